"""What is written in one child's log may be about a brother or a sister: said quietly to the one who writes (R-68)."""

import re
from collections.abc import Iterable


def named_in(text: str, siblings: Iterable[str], child: str) -> str | None:
    """Return the first of the siblings whose first name stands in the text, or nobody.

    A name is written with a capital: «Per» is a brother, «per uke» is not. A child and a sibling with the same first name
    cannot be told apart, and then nothing is said.
    """
    return next((name for name in siblings if name and name != child and _stands(name, text)), None)


def _stands(name: str, text: str) -> bool:
    written = f"{name[:1].upper()}{name[1:]}"
    words = "|".join(re.escape(word) for word in dict.fromkeys((written, written.upper())))
    return re.search(rf"\b(?:{words})(?:['’]?[sS])?\b", text) is not None
