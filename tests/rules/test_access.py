"""Who may do what in a case: every relation and every action, also the refused ones."""

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest

from bti.errors import Reason, Refused
from bti.rules.access import MAY, Action, Relation, Sight, decide, may
from bti.rules.consent import Category
from bti.rules.people import AccessRole, Actor, ServiceKind
from tests.cast import NOON

SCHOOL, PPT = UUID(int=1), UUID(int=2)
PERNILLE = Actor(
    id=UUID(int=3),
    username="pernille",
    name="Pernille Påfunn",
    title="PPT-rådgiver",
    service=PPT,
    service_code="ppt",
    service_name="PPT",
    service_kind=ServiceKind.PPT,
    service_may_create=False,
    access_role=AccessRole.EMPLOYEE,
    language="nb",
    login=None,
    last_seen=NOON,
)
ALLOWED = {
    (Relation.STAFETTHOLDER, Action.LOOK),
    (Relation.STAFETTHOLDER, Action.WRITE),
    (Relation.STAFETTHOLDER, Action.NOTE),
    (Relation.STAFETTHOLDER, Action.SUBMIT),
    (Relation.STAFETTHOLDER, Action.TELL),
    (Relation.STAFETTHOLDER, Action.LEAD),
    (Relation.STAFETTHOLDER, Action.RECORD_CONSENT),
    (Relation.STAFETTHOLDER, Action.PRINT),
    (Relation.STAFETTHOLDER, Action.ARCHIVE),
    (Relation.STAFETTHOLDER, Action.SEE_TRACES),
    (Relation.COLLEAGUE, Action.LOOK),
    (Relation.COLLEAGUE, Action.WRITE),
    (Relation.COLLEAGUE, Action.NOTE),
    (Relation.COLLEAGUE, Action.SUBMIT),
    (Relation.COLLEAGUE, Action.TELL),
    (Relation.COLLEAGUE, Action.ARCHIVE),
    (Relation.FORMER, Action.LOOK),
    (Relation.FORMER, Action.PRINT),
    (Relation.FORMER, Action.ARCHIVE),
    (Relation.COVERED, Action.LOOK),
    (Relation.COVERED, Action.NOTE),
    (Relation.COVERED, Action.SUBMIT),
    (Relation.COVERED, Action.TELL),
}


def sight(relation=Relation.COVERED, *categories, everything=False):
    return Sight(PERNILLE, relation, PPT, frozenset(categories), everything=everything)


@pytest.mark.meets("R-56")
@pytest.mark.parametrize(("relation", "action"), list(product(Relation, Action)))
def test_only_what_the_table_says_is_allowed(relation, action):
    assert may(sight(relation), action) is ((relation, action) in ALLOWED)
    if (relation, action) in ALLOWED:
        decide(sight(relation), action)
        return

    with pytest.raises(Refused) as refusal:
        decide(sight(relation), action)
    assert (refusal.value.reason, refusal.value.field) == (Reason.NOT_ALLOWED, None)


def test_every_relation_has_its_row():
    assert set(MAY) == set(Relation)


@pytest.mark.parametrize("covered", [set(), {Category.HEALTH}, set(Category)])
def test_a_paper_shows_no_more_than_its_recipient_and_its_printer_both_may_see(covered):
    printer = sight(Relation.STAFETTHOLDER, Category.HEALTH, Category.ASSESSMENT)
    recipient = Sight(PERNILLE, Relation.COVERED, SCHOOL, frozenset(covered), everything=True)

    both = printer.narrowed_to(recipient)

    assert both.categories == printer.categories & recipient.categories
    assert (both.service, both.relation) == (SCHOOL, Relation.COVERED)
    assert both.actor is printer.actor


@pytest.mark.parametrize(("printers", "recipients"), list(product([True, False], repeat=2)))
def test_a_paper_skips_what_is_kept_out_unless_both_see_everything(printers, recipients):
    printer = sight(Relation.STAFETTHOLDER, *Category, everything=printers)
    recipient = sight(Relation.COVERED, *Category, everything=recipients)

    assert printer.narrowed_to(recipient).everything is (printers and recipients)


def test_the_mark_changes_with_every_category_and_with_everything():
    marks = {sight(Relation.COVERED, category).mark() for category in Category}
    marks |= {sight().mark(), sight(Relation.COVERED, *Category).mark(), sight(everything=True).mark()}

    assert len(marks) == len(Category) + 3


def test_the_mark_of_one_who_sees_all_is_another_without_health():
    assert sight(Relation.COLLEAGUE, *Category, everything=True).mark() == "all"
    assert sight(Relation.COLLEAGUE, *(set(Category) - {Category.HEALTH}), everything=True).mark() == "all,-heal"


def test_the_mark_does_not_depend_on_who_asks_or_in_which_order():
    one = sight(Relation.COVERED, Category.HEALTH, Category.ASSESSMENT)
    other = sight(Relation.STAFETTHOLDER, Category.ASSESSMENT, Category.HEALTH)

    assert one.mark() == other.mark()


@pytest.mark.parametrize("everything", [True, False])
def test_the_mark_has_room_in_the_trace(everything):
    seen = replace(sight(Relation.COVERED, *Category, everything=everything), about=frozenset({PPT, SCHOOL}))
    assert len(seen.mark()) <= 60


def test_the_mark_changes_when_another_guardians_own_affairs_open():
    one = replace(sight(Relation.COVERED, Category.HEALTH), about=frozenset({PPT}))

    assert one.mark() != replace(one, about=frozenset({SCHOOL})).mark()
    assert one.mark() != sight(Relation.COVERED, Category.HEALTH).mark()


MARTES, BOTHS = frozenset({UUID(int=8)}), frozenset({UUID(int=8), UUID(int=9)})


@pytest.mark.parametrize(
    ("printers", "recipients", "both"),
    [(None, None, None), (None, MARTES, MARTES), (MARTES, None, MARTES), (BOTHS, MARTES, MARTES), (BOTHS, (), ())],
)
def test_a_paper_tells_of_a_guardian_only_what_both_may_read(printers, recipients, both):
    printer = replace(sight(), about=printers)
    recipient = replace(sight(), about=None if recipients is None else frozenset(recipients))

    assert printer.narrowed_to(recipient).about == (None if both is None else frozenset(both))


@pytest.mark.parametrize(
    ("printers", "everything", "recipients", "both"),
    [(PPT, False, PPT, PPT), (None, False, PPT, None), (None, True, PPT, PPT), (SCHOOL, False, PPT, None)],
)
def test_what_a_service_wrote_itself_is_on_its_own_paper(printers, everything, recipients, both):
    printer = replace(sight(everything=everything), own=printers)

    assert printer.narrowed_to(replace(sight(), own=recipients)).own == both


@pytest.mark.meets("R-65")
@pytest.mark.parametrize("printers", [PPT, None])
def test_the_family_reads_what_the_printers_service_wrote_itself(printers):
    printer = replace(sight(), own=printers)

    reader = replace(sight(everything=True), categories=frozenset(Category))
    both = printer.narrowed_to(reader)
    assert (both.own, both.everything) == (printers, False)
    assert printer.narrowed_to(replace(reader, categories=reader.categories - {Category.HEALTH})).own is None


@pytest.mark.meets("R-56")
@pytest.mark.parametrize(
    ("service", "is_sensitive", "everything", "named"),
    [(SCHOOL, False, False, True), (SCHOOL, True, False, False), (PPT, True, False, True), (SCHOOL, True, True, True)],
)
def test_a_service_whose_part_is_a_secret_is_named_to_the_school_and_to_itself(
    service, is_sensitive, everything, named
):
    assert sight(everything=everything).may_name(service, is_sensitive=is_sensitive) is named
