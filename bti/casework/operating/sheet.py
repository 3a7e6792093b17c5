"""A sheet of rows from a file: which letters it is written in, where its columns are, and what is wrong on which line."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

UTF_8: Final = "utf-8-sig"
WINDOWS: Final = "cp1252"
LARGEST: Final = 5_000_000


@dataclass(frozen=True)
class Row:
    """One row, and the line of the file it begins on."""

    line: int
    values: Mapping[str, str]


@dataclass
class Sheet:
    """What was read: rows, what is worth knowing, and what is wrong."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(content: bytes, needs: Sequence[str], may: Sequence[str]) -> Sheet:
    """Return the rows under the columns ``needs`` and ``may``; every fault says its line."""
    sheet = Sheet()
    text = _text(content, sheet)
    if text is None:
        return sheet
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        columns = _columns(next(reader, []), needs, may, sheet)
        before = reader.line_num
        for cells in reader:
            if columns and any(cell.strip() for cell in cells):
                _row(before + 1, cells, columns, needs, sheet)
            before = reader.line_num
    except csv.Error:
        sheet.faults.append(f"Linje {reader.line_num}: et anførselstegn mangler eller står feil.")
    if columns_but_nothing(sheet):
        sheet.faults.append("Fila har ingen rader under kolonnenavnene.")
    return sheet


def columns_but_nothing(sheet: Sheet) -> bool:
    """Say whether nothing was wrong, and nothing was there."""
    return not sheet.rows and not sheet.faults


def _text(content: bytes, sheet: Sheet) -> str | None:
    """Return the text, read as UTF-8 or else as the letters of Windows; say which line settled it."""
    if len(content) > LARGEST or b"\0" in content:
        sheet.faults.append("Fila er ikke en CSV-fil i UTF-8 eller Windows-1252. Lagre den på nytt som «CSV UTF-8».")
        return None
    try:
        return content.decode(UTF_8)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        sheet.notes.append(f"Linje {line} er ikke UTF-8. Fila er lest som Windows-1252; se at æ, ø og å er riktige.")
    try:
        return content.decode(WINDOWS)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        sheet.faults.append(
            f"Linje {line} har tegn som verken er UTF-8 eller Windows-1252. Lagre fila som «CSV UTF-8»."
        )
        return None


def _delimiter(text: str) -> str:
    """Return what stands between the columns: most of these in the first line."""
    first = text.split("\n", 1)[0]
    return max(";,\t", key=first.count)


def _columns(found: Sequence[str], needs: Sequence[str], may: Sequence[str], sheet: Sheet) -> list[str]:
    names = [name.strip().casefold() for name in found]
    unknown = [name for name in names if name not in {*needs, *may}]
    missing = [name for name in needs if name not in names]
    double = sorted({name for name in names if names.count(name) > 1})
    known = ", ".join([*needs, *may])
    if missing:
        sheet.faults.append(f"Linje 1: kolonnen «{'», «'.join(missing)}» mangler. Kolonnene er: {known}.")
    if unknown:
        sheet.faults.append(f"Linje 1: kolonnen «{'», «'.join(unknown)}» er ukjent. Kolonnene er: {known}.")
    if double:
        sheet.faults.append(f"Linje 1: kolonnen «{'», «'.join(double)}» står to ganger.")
    return [] if sheet.faults else names


def _row(line: int, cells: Sequence[str], columns: Sequence[str], needs: Sequence[str], sheet: Sheet) -> None:
    if len(cells) != len(columns):
        sheet.faults.append(f"Linje {line}: {len(cells)} felt, men det er {len(columns)} kolonner.")
        return
    values = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
    empty = [name for name in needs if not values[name]]
    if empty:
        sheet.faults.append(f"Linje {line}: «{'», «'.join(empty)}» er tom.")
        return
    sheet.rows.append(Row(line, values))
