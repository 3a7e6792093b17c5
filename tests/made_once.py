"""What is made once for a whole run, since each test would else wait for the same: compiled statements, and Streamlit's scan."""

import functools

from sqlalchemy.util import LRUCache
from streamlit.components.v2 import manifest_scanner

from bti.store import engine

MANY_STATEMENTS = 5000


def make_once(patch):
    """Let the databases of one run share their compiled statements, and pages the list of installed components."""
    patch.setattr(engine, "create_engine", _sharing(engine.create_engine))
    patch.setattr(
        manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests)
    )


def _sharing(create_engine):
    first = {}

    def create(*address, **options):
        made = create_engine(*address, **options)
        # A compiled statement belongs to the dialect it was compiled for: both go together.
        shared = first.setdefault(made.dialect.name, made)
        if shared is made:
            made._compiled_cache = LRUCache(MANY_STATEMENTS)
        else:
            made.dialect = made.pool._dialect = shared.dialect
            made._compiled_cache = shared._compiled_cache
        return made

    return create
