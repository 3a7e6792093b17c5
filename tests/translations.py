"""Keep the nynorsk catalogue in step with the bokmål that stands in the source: ``make translations``."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PO = ROOT / "bti" / "locale" / "nn" / "LC_MESSAGES" / "bti.po"
MADE = datetime(2026, 11, 22, tzinfo=UTC)
"""The catalogue's own date stands still, so that it changes only with its texts."""
FOLDERS = ("bti", "forms", "pages", "web")


def in_the_source():
    """Return every text that is said on screen or paper, in bokmål, with where it stands."""
    found = {}
    for folder in FOLDERS:
        for file, _line, text, _comments, _context in extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords={"_": None, "N_": None}
        ):
            found.setdefault(text, set()).add(f"{folder}/{Path(file).as_posix()}")
    return found


def in_the_catalogue():
    """Return the nynorsk by its bokmål."""
    with PO.open("rb") as file:
        return {m.id: m.string for m in read_po(file) if m.id}


def update():
    """Write the catalogue anew: texts that are gone go, new ones wait for their nynorsk. Return what waits."""
    before = in_the_catalogue() if PO.exists() else {}
    catalogue = Catalog(
        locale="nn",
        project="BTI",
        charset="utf-8",
        fuzzy=False,
        header_comment="# Nynorsk for BTI.",
        creation_date=MADE,
    )
    for text, places in sorted(in_the_source().items(), key=lambda item: (min(item[1]), item[0])):
        catalogue.add(text, before.get(text, ""), locations=[(place, None) for place in sorted(places)])
    with PO.open("wb") as file:
        write_po(file, catalogue, width=120, include_lineno=False, omit_header=False)
    return [m.id for m in catalogue if m.id and not m.string]


if __name__ == "__main__":
    waiting = update()
    sys.stdout.write("".join(f"mangler nynorsk: {text}\n" for text in waiting))
    sys.exit(1 if waiting else 0)
