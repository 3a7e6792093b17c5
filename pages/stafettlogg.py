"""Page."""

from forms import frame, here

case = here.on_the_table("stafettlogg")
frame.head(case, "stafettlogg")
