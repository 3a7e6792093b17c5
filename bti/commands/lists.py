"""``user import`` and ``service import``: a list of staff or services from a file. It says what would happen, until ``--do``."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bti.casework.operating import importing
from bti.casework.operating.importing import Plan
from bti.errors import CannotStart

HELP: Final = "les inn en liste fra en CSV-fil; si hva som ville skje, til --do"


def parse(parser: argparse.ArgumentParser, read: Callable[[bytes], Plan], opened: Callable[[], object]) -> None:
    """Let ``import`` take a file, and do what is in it only with ``--do``."""
    parser.add_argument("file")
    parser.add_argument("--do", action="store_true", help="gjør det som står i lista")
    parser.set_defaults(command=lambda chosen: run(chosen, read, opened))


def run(chosen: argparse.Namespace, read: Callable[[bytes], Plan], opened: Callable[[], object]) -> int:
    """Read the file, say what is wrong or what would happen, and do it when asked to."""
    content = _content(Path(chosen.file))
    opened()
    plan = read(content)
    for sentence in plan.notes:
        print(sentence)
    if plan.faults:
        raise CannotStart("\n".join([*plan.faults, "Ingenting er lest inn. Rett fila, og prøv igjen."]))
    for sentence in plan.says:
        print(sentence)
    if not chosen.do:
        print(f"{len(plan.new)} ville blitt laget. Skriv --do for å gjøre det.")
        return 0
    for line in importing.carry_out(plan):
        print(line)
    print(f"{len(plan.new)} er laget.")
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise CannotStart(f"Fila {path} kan ikke leses ({trouble.strerror or type(trouble).__name__}).") from trouble
