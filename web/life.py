"""From start to stop: what must hold before the first visitor, and what is let go of after the last."""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import Any, Final, Never

import uvicorn

from bti.casework.operating import beginning
from bti.errors import CannotStart
from bti.settings import Settings
from bti.store import current
from web import streamlit_settings
from web.trouble import keep_logs_discreet

_WARMED_LATER: Final = "bti.documents.stafettlogg"


def life(settings: Settings) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return the life of an app with these settings."""

    @asynccontextmanager
    async def lived(_app: Any) -> AsyncIterator[None]:
        try:
            _begin(settings)
        except CannotStart as why:
            leave(why)
        # Drawing documents takes a third of a second to import, which the first visitor should not wait for, and the
        # one who starts the server neither.
        asyncio.get_running_loop().call_soon(Thread(target=_warm, daemon=True).start)
        try:
            yield
        finally:
            current.let_go()

    return lived


def leave(why: CannotStart) -> Never:
    """Say why the app cannot start, and end with 1. Raised further, Starlette would print a traceback instead."""
    sys.stderr.write(f"{why}\n")
    sys.stderr.flush()
    os._exit(1)


def _begin(settings: Settings) -> None:
    streamlit_settings.check()
    keep_logs_discreet()
    beginning.begin(settings)
    _be_nobody()
    # What the imports left will never be garbage; not walking it again is worth a third of a rerun's time.
    gc.collect()
    gc.freeze()


def _be_nobody() -> None:
    """Let uvicorn leave out the header that names it. Neither st.App nor «streamlit run» lets one say so."""
    for one in gc.get_objects():
        if type(one) is uvicorn.Config:
            one.encoded_headers = [header for header in one.encoded_headers if header[0] != b"server"]


def _warm() -> None:
    with suppress(ModuleNotFoundError):
        import_module(_WARMED_LATER)
