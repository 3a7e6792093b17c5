"""Write the first migration anew from the tables, until the first release: ``python -m tests.first_migration``."""

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Enum, create_engine

from bti.store.making import MIGRATIONS
from bti.store.tables import Base

FILE = MIGRATIONS / "versions" / "0001_first.py"


def rendered(kind, thing, _context):
    """Write our own types as the plain ones they are stored as."""
    if kind != "type":
        return False
    if isinstance(thing, Enum):
        words = ", ".join(repr(word) for word in thing.enums)
        return f"sa.Enum({words}, name={thing.name!r}, native_enum=False, create_constraint=True, length=40)"
    if type(thing).__module__.startswith("bti."):
        return f"sa.{thing.impl_instance!r}"
    return False


def main():
    """Write the file."""
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"render_item": rendered, "target_metadata": Base.metadata}
        )
        script = produce_migrations(context, Base.metadata)
        body = render_python_code(script.upgrade_ops, render_item=rendered, migration_context=context)
    FILE.write_text(
        '"""The tables of the first release."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        'revision = "0001"\ndown_revision = None\nbranch_labels = None\ndepends_on = None\n\n\n'
        f"def upgrade() -> None:\n    {body}\n",
        encoding="utf-8",
    )
    subprocess.run([str(Path(sys.executable).with_name("ruff")), "format", "-q", str(FILE)], check=True)


if __name__ == "__main__":
    main()
