"""Help: what the steps are, whom to ask, and the way to barnevernet. Writes nothing."""

from forms import here, hjelp

me = here.me()
hjelp.show()
