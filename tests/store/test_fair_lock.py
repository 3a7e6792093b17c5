"""Writers are served in the order they came."""

from threading import Event, Thread

import pytest

from bti.store import fair_lock
from bti.store.fair_lock import FairLock


@pytest.fixture
def arrived(monkeypatch):
    """Tell when a writer has taken its place in the queue: it begins to wait."""
    places = []

    class Told(Event):
        def __init__(self):
            super().__init__()
            self.waits = Event()
            places.append(self)

        def wait(self, timeout=None):
            self.waits.set()
            return super().wait(timeout)

    monkeypatch.setattr(fair_lock, "Event", Told)
    return places


def queue(lock, names, served, arrived, release):
    """Start writers one after the other, each when the one before it stands in the queue."""
    threads = []
    for name in names:

        def write(name=name):
            with lock.turn():
                served.append(name)
                release.wait()

        before = len(arrived)
        threads.append(Thread(target=write))
        threads[-1].start()
        while len(arrived) == before and threads[-1].is_alive():
            threads[-1].join(0.001)
        arrived[-1].waits.wait()
    return threads


def test_first_come_first_served(arrived):
    lock, served, release = FairLock(), [], Event()
    with lock.turn():
        threads = queue(lock, "abcdefgh", served, arrived, release)
        assert served == []
        release.set()
    for thread in threads:
        thread.join()

    assert served == list("abcdefgh")


def test_one_who_comes_while_others_wait_goes_to_the_end(arrived):
    lock, served, release = FairLock(), [], Event()
    with lock.turn():
        first = queue(lock, "abc", served, arrived, release)
    last = queue(lock, "d", served, arrived, release)
    release.set()
    for thread in first + last:
        thread.join()

    assert served == list("abcd")


def test_a_free_lock_is_taken_at_once_and_again():
    lock = FairLock()
    for _ in range(3):
        with lock.turn():
            pass


def test_a_writer_who_fails_hands_the_turn_on(arrived):
    lock, served, release, waiting = FairLock(), [], Event(), []

    def write_and_fall():
        with lock.turn():
            waiting.extend(queue(lock, "a", served, arrived, release))
            release.set()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fall()
    waiting[0].join()

    assert served == ["a"]
    with lock.turn():
        served.append("b")
    assert served == ["a", "b"]


def test_no_two_write_at_once():
    lock, inside, most = FairLock(), [], []

    def write():
        for _ in range(200):
            with lock.turn():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(most) == 1600
    assert set(most) == {1}


def test_who_writes_inside_her_own_write_is_told_so_and_does_not_wait_for_herself():
    lock = FairLock()
    with lock.turn(), pytest.raises(RuntimeError, match="inside"), lock.turn():
        pass

    with lock.turn():
        pass
