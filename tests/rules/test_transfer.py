"""Who owns the log, and what each owner reads of it, when the child changes school."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from bti import clock
from bti.errors import Reason, Refused
from bti.rules.access import Relation, Sight, Stretch
from bti.rules.consent import (
    FOR_EVER,
    Category,
    Facts,
    Item,
    Owned,
    Purpose,
    TakesAlong,
    Transfer,
    can_share,
    ownership,
    takes,
)
from bti.rules.transfer import TransferState, check_day, check_may_let_go, check_not_done, check_yes, is_agreed, state
from tests.rules.test_access import PERNILLE

GRANVIK, NES, MO = UUID(int=1), UUID(int=2), UUID(int=3)
MARTE, JONAS, SOLVEIG = UUID(int=4), UUID(int=5), UUID(int=6)
JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
AUGUST = date(2026, 8, 17)
BEGINS = clock.midnight(AUGUST)
A_SECOND = timedelta(seconds=1)
AGREEMENTS = takes(TakesAlong.AGREEMENTS)


def moves(to=NES, day=AUGUST, along=AGREEMENTS, agreed_at=JUNE, **more):
    return Transfer(to, day, along, agreed_at, **more)


def reads(service, at, *transfers, written_at=JUNE, category=Category.TILTAK_AND_EVALUATION, about=None, **more):
    facts = Facts(SOLVEIG, date(2015, 6, 2), (), owner=GRANVIK, transfers=transfers, **more)
    item = Item(category, about=about, written_at=written_at)
    return can_share(facts, item, service=service, purpose=Purpose.COOPERATE, at=at).allowed


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.reason, refusal.value.field


@pytest.mark.meets("R-62")
def test_the_new_owner_reads_from_the_day_and_the_old_one_until_it_has_archived():
    archived = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    move = moves(archived_at=archived)
    eve, later = BEGINS - A_SECOND, BEGINS + A_SECOND

    assert reads(GRANVIK, eve, move)
    assert not reads(NES, eve, move)
    assert reads(NES, BEGINS, move)
    assert reads(GRANVIK, BEGINS, move)
    assert reads(GRANVIK, archived - A_SECOND, move)
    assert not reads(GRANVIK, archived, move)
    assert reads(NES, archived, move)
    assert reads(NES, later, move, written_at=BEGINS, category=Category.HEALTH)
    assert not reads(GRANVIK, later, move, written_at=BEGINS)


@pytest.mark.meets("R-62")
def test_of_what_was_there_before_only_what_the_family_chose_goes_along():
    assert not reads(NES, BEGINS, moves(), category=Category.HEALTH)
    assert reads(NES, BEGINS, moves(along=takes(TakesAlong.CHOSEN, [Category.HEALTH])), category=Category.HEALTH)
    everything = moves(along=takes(TakesAlong.EVERYTHING))
    assert reads(NES, BEGINS, everything, category=Category.ASSESSMENT)
    assert not reads(NES, BEGINS, everything, category=Category.FAMILY_HOME, about=MARTE)
    assert not reads(NES, BEGINS, everything, category=Category.CHILD_STATEMENTS)
    assert not reads(NES, BEGINS, moves(along=takes(TakesAlong.NOTHING)))


@pytest.mark.meets("R-62")
@pytest.mark.parametrize(
    ("move", "begins"),
    [
        (moves(), BEGINS),
        (moves(agreed_at=None), None),
        (moves(agreed_at=BEGINS + A_SECOND), BEGINS + A_SECOND),
        (moves(cancelled_at=BEGINS - A_SECOND), None),
        (moves(cancelled_at=BEGINS + A_SECOND), BEGINS),
    ],
)
def test_it_begins_on_the_day_and_never_before_the_yes(move, begins):
    assert move.begins == begins
    assert bool(ownership(GRANVIK, [move])) is (begins is not None)


def test_a_log_with_one_owner_says_nothing_of_owners():
    assert ownership(GRANVIK, []) == ()
    assert ownership(None, [moves()]) == ()
    assert reads(GRANVIK, JUNE)
    assert not reads(NES, JUNE)


def test_one_who_comes_back_reads_as_owner_again_and_no_longer_as_the_one_who_was_left():
    back = moves(GRANVIK, date(2026, 10, 1), frozenset())
    first, left, nes, nes_left, again = ownership(GRANVIK, [back, moves()])
    returns = clock.midnight(date(2026, 10, 1))

    assert (first.service, first.owns, first.closes) == (GRANVIK, True, BEGINS)
    assert (left.owns, left.opens, left.closes, left.until) == (False, BEGINS, returns, BEGINS)
    assert (nes.service, nes.before, nes.closes) == (NES, AGREEMENTS, returns)
    assert (nes_left.owns, nes_left.closes) == (False, FOR_EVER)
    assert again == Owned(GRANVIK, returns, FOR_EVER, since=returns)
    assert ownership(GRANVIK, [moves(), moves(MO)])[-1].service == MO
    assert [one.service for one in ownership(GRANVIK, [moves(GRANVIK)])] == [GRANVIK, GRANVIK]


def test_what_a_service_is_kept_out_of_does_not_open_on_the_day():
    facts = Facts(SOLVEIG, date(2015, 6, 2), (), owner=GRANVIK, transfers=(moves(),))
    kept_out = Item(Category.TILTAK_AND_EVALUATION, frozenset({NES}), written_at=BEGINS)
    assert not can_share(facts, kept_out, service=NES, purpose=Purpose.COOPERATE, at=BEGINS).allowed


@pytest.mark.meets("R-65")
def test_a_school_with_another_owner_stays_inside_the_gate():
    agreed = {"other_owner": {NES: date(2026, 8, 1)}}
    assert reads(NES, BEGINS, moves(), **agreed)
    assert not reads(NES, BEGINS, moves(), written_at=BEGINS, category=Category.HEALTH, **agreed)
    assert not reads(NES, BEGINS, moves(), other_owner={NES: None})


@pytest.mark.parametrize(
    ("along", "chosen", "reason"),
    [
        (TakesAlong.CHOSEN, [], Reason.MISSING),
        (TakesAlong.CHOSEN, [Category.CHILD_STATEMENTS], Reason.NOT_A_CHOICE),
    ],
)
def test_what_is_chosen_is_something_and_never_the_childs_own_words(along, chosen, reason):
    assert refused(takes, along, chosen) == (reason, "chosen")


@pytest.mark.parametrize(
    ("move", "at", "now"),
    [
        (moves(), JUNE, TransferState.AGREED),
        (moves(), BEGINS, TransferState.DONE),
        (moves(agreed_at=None), BEGINS, TransferState.PREPARED),
        (moves(cancelled_at=JUNE), BEGINS, TransferState.CANCELLED),
    ],
)
def test_how_far_it_has_come_follows_from_the_yes_and_the_clock(move, at, now):
    assert state(move, at) is now


@pytest.mark.meets("R-62", "R-03")
def test_all_who_answer_for_what_goes_along_have_said_yes():
    both, alone = (frozenset({MARTE, JONAS}),), (frozenset({SOLVEIG}),)
    check_yes([MARTE, JONAS], [both], "Nes")
    check_yes([MARTE, JONAS, SOLVEIG], [both, alone], "Nes")
    for said, groups in (([MARTE], [both]), ([MARTE, JONAS], [both, alone]), ([MARTE], [()])):
        assert not is_agreed(said, groups)
        assert refused(check_yes, said, groups, "Nes") == (Reason.TRANSFER_NEEDS_YES, "said_yes")


def test_what_is_over_is_not_agreed_and_what_has_happened_is_not_taken_back():
    check_day(AUGUST, AUGUST)
    assert refused(check_day, date(2026, 8, 16), AUGUST) == (Reason.IN_THE_PAST, "day")
    for now in (TransferState.PREPARED, TransferState.AGREED):
        check_not_done(now)
    for now in (TransferState.DONE, TransferState.CANCELLED):
        assert refused(check_not_done, now)[0] is Reason.SAVED_ALREADY
    check_may_let_go(holder_is_here=False)
    assert refused(check_may_let_go, holder_is_here=True)[0] is Reason.HANDOVER_FIRST


def test_a_paper_holds_of_the_printers_own_time_what_the_recipient_may_see_too():
    printer = Sight(
        PERNILLE,
        Relation.STAFETTHOLDER,
        NES,
        AGREEMENTS,
        everything=True,
        about=frozenset(),
        stretch=Stretch(BEGINS, FOR_EVER),
    )
    family = Sight(PERNILLE, Relation.COLLEAGUE, NES, frozenset(Category), everything=True, about=frozenset({MARTE}))
    both = printer.narrowed_to(family)

    assert (both.categories, both.about, both.sees_all) == (AGREEMENTS, frozenset(), False)
    assert both.stretch == Stretch(BEGINS, FOR_EVER, about=frozenset({MARTE}))
    assert both.writes_in == frozenset(Category)
    assert printer.mark() != family.mark()
    assert len(printer.mark()) <= 60
