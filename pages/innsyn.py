"""Page."""

from forms import frame, here

case = here.on_the_table("innsyn")
frame.head(case, "innsyn")
