"""A lock that serves writers in the order they came, so that nobody waits for ever behind the quick ones."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, get_ident


class FairLock:
    """First come, first served. Who asks for a turn inside her own is told so; she would else wait for herself for ever."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._holder: int | None = None
        self._waiting: deque[tuple[int, Event]] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, hold the lock inside the block, and hand it to the next."""
        self._take()
        try:
            yield
        finally:
            self._hand_on()

    def _take(self) -> None:
        me = get_ident()
        with self._guard:
            if self._holder == me:
                raise RuntimeError("a write inside a write")
            if self._holder is None:
                self._holder = me
                return
            mine = Event()
            self._waiting.append((me, mine))
        mine.wait()

    def _hand_on(self) -> None:
        with self._guard:
            self._holder = None
            if self._waiting:
                self._holder, called = self._waiting.popleft()
                called.set()
