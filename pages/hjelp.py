"""Help."""

from forms import here

me = here.me()
