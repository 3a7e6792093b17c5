"""A row's key says nothing but the order in which rows were made."""

from datetime import timedelta

from bti import ids
from tests.cast import NOON


def test_keys_stand_in_the_order_they_were_made_also_within_a_millisecond(wall_clock):
    made = [ids.new() for _ in range(1000)]

    assert made == sorted(made)
    assert len(set(made)) == 1000


def test_a_key_is_a_uuid_of_version_7_and_carries_its_millisecond(wall_clock):
    wall_clock.set(NOON + timedelta(days=36500))
    key = ids.new()

    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert key.int >> 80 == int((NOON + timedelta(days=36500)).timestamp() * 1000)
