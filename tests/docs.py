"""The pages of docs/ that are made, not written: ``make docs`` writes docs/access.md and docs/coverage.md anew."""

import ast
import importlib
import pkgutil
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

from bti import casework
from bti.casework.door import USE_CASES
from bti.rules.access import MAY, Action

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PARTS = {
    "P1": "oppstart",
    "P2": "planlegg_tiltak",
    "P3": "iverksett",
    "P4": "evaluering",
    "P5": "veien_videre",
    "X-CONSENT": "samtykke",
    "X-MEETING": "møtet",
    "X-LOG": "stafettlogg",
    "X-REFERAT": "referat",
    "X-CHILD": "barnets stemme",
    "X-AFTER": "etter møtet",
    "X-LEVEL": "nivå",
    "X-ROLES": "roller",
    "X-TPL": "maler",
}


@cache
def known():
    """Return the ids, each with the part of the app it belongs to, and those that come with the led meeting."""
    listed = tomllib.loads((ROOT / "tests" / "requirements.toml").read_text(encoding="utf-8"))
    parts = {key: ", ".join(PARTS[p] for p in part.split(", ")) for key, part in listed["requirements"].items()}
    return parts | listed["rules"] | listed["scenarios"], listed["later"]


@cache
def claims():
    """Return which tests name which ids: by ``@pytest.mark.meets`` and by the refused examples."""
    found = {}
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (ids := _claimed(node)):
                found[f"{file.relative_to(ROOT / 'tests')}::{node.name}"] = ids
    return found


def _claimed(function):
    calls = [d for d in function.decorator_list if isinstance(d, ast.Call)]
    named = [call.args for call in calls if ast.unparse(call.func) == "pytest.mark.meets"]
    named += [call.args[:1] for call in calls if ast.unparse(call.func) == "refuses"]
    return tuple(arg.value for args in named for arg in args)


def coverage():
    """Return docs/coverage.md."""
    ids, later = known()
    tests = defaultdict(list)
    for test, claimed in claims().items():
        for key in claimed:
            tests[key].append(test)
    lines = [
        "# Where each requirement is met",
        "",
        "Made by `make docs` from the tests; a requirement or rule stands with the tests that would fail without it.",
        "",
        "| Id | Part | Test |",
        "|---|---|---|",
    ]
    for key, part in ids.items():
        seen = "<br>".join(f"`{test}`" for test in tests[key]) or f"ikke ennå: {later.get(key, '')}"
        lines.append(f"| {key} | {part} | {seen} |")
    return "\n".join(lines) + "\n"


def access():
    """Return docs/access.md."""
    for module in pkgutil.walk_packages(casework.__path__, "bti.casework."):
        importlib.import_module(module.name)
    lines = [
        "# Who may do what in a case",
        "",
        "Made by `make docs` from `bti/rules/access.py` and the use cases. Who has no relation to a case has no case.",
        "",
        f"| | {' | '.join(MAY)} |",
        f"|---|{'---|' * len(MAY)}",
    ]
    for action in Action:
        may = " | ".join("yes" if action in allowed else "–" for allowed in MAY.values())
        lines.append(f"| {action} | {may} |")
    lines += ["", "| Use case | Needs |", "|---|---|"]
    lines += [f"| `{name.removeprefix('bti.casework.')}` | {needs} |" for name, needs in sorted(USE_CASES.items())]
    return "\n".join(lines) + "\n"


MADE = {"coverage.md": coverage, "access.md": access}


def main():
    """Write them."""
    for name, text in MADE.items():
        (DOCS / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
