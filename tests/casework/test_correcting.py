"""Names, dates and guardians are put right; what follows is shown first, and takes effect at once (R-67, R-71)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bti.casework.consent import consenting
from bti.casework.door import At
from bti.casework.paper import exporting
from bti.casework.people import correcting, family_facts, handing_over
from bti.errors import Reason, Refused
from bti.rules.consent import Answer, ConsentLevel, ConsentState
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.store.tables import Child
from tests.casework.test_door import change
from tests.casework.test_five_steps import refused
from tests.cast import NOON, SOLVEIG_BORN

OLDER = date(2010, 6, 2)
"""Fifteen and more: she answers herself."""


def family(table, actor=None):
    with table.looking(actor) as case:
        return family_facts.view(case)


def child(table, **new):
    known = family(table)
    given = {name: getattr(known, name) for name in ("name", "birth_date", "due_date", "group", "version")}
    return correcting.correct_child(table.at, **given | {"understood": False} | new)


def guardian(table, called, /, **new):
    one = next((g for g in family(table).guardians if g.name == called), None)
    given = {"guardian": one.id, "version": one.version} if one else {"guardian": None, "version": 0}
    for field in correcting.PUT_RIGHT:
        given[field] = getattr(one, field, None)
    return correcting.correct_guardian(table.at, **given | {"by_mistake": False, "understood": False} | new)


def contact(table, name, at=None, **new):
    one = next(g for g in family(table).guardians if g.name == name)
    fields = ("phone", "phoned_by", "lives_with_child", "receives_information", "language")
    given = {field: getattr(one, field) for field in (*fields, "interpreter_language", "why_not", "version")}
    correcting.save_contact(at or table.at, guardian=one.id, **given | new)


def phones(table, actor=None):
    with table.looking(actor) as case:
        return dict(family_facts.phones(case))


@pytest.mark.meets("R-67")
def test_a_name_is_put_right_without_a_reason_and_the_old_one_is_kept(table, eirik):
    child(table, name="Solveig Marie Testdal", group="5a")

    known = family(table)
    assert (known.name, known.group) == ("Solveig Marie Testdal", "5A")
    assert {(c.field, c.old, c.new, c.by) for c in known.corrections} == {
        ("given_names", "Solveig", "Solveig Marie", "Eirik Prøve"),
        ("group", "5B", "5A", "Eirik Prøve"),
    }


@pytest.mark.meets("R-67", "R-03")
def test_a_birth_date_says_first_who_shall_answer_and_who_sees_less(table):
    table.consents("ppt")
    with pytest.raises(Refused) as refusal:
        child(table, birth_date=OLDER)
    assert (refusal.value.reason, refusal.value.field) == (Reason.CHANGES_WHO_ANSWERS, "understood")
    assert refusal.value.values["hva"] == "PPT ser mindre; Solveig skal svare"
    assert family(table).birth_date == SOLVEIG_BORN
    assert table.state("ppt") is ConsentState.ACTIVE

    child(table, birth_date=OLDER, understood=True)

    assert table.state("ppt") is not ConsentState.ACTIVE
    with table.looking() as case:
        assert case.child_id in consenting.view(case).must_answer


def test_what_was_open_by_a_wrong_date_is_shut_at_the_next_read(table, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    child(table, birth_date=OLDER, understood=True)

    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS


def test_a_later_birthday_says_from_when_the_child_answers(table):
    with pytest.raises(Refused) as refusal:
        child(table, birth_date=SOLVEIG_BORN + timedelta(days=1))
    assert refusal.value.values["hva"] == "Solveig skal selv svare fra 3. juni 2030"


def test_a_guardian_who_was_left_out_must_answer_from_now_on(table, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    new = {"name": "Mona Testdal", "relation": GuardianRelation.CO_MOTHER, "has_parental_responsibility": True}
    with pytest.raises(Refused) as refusal:
        guardian(table, "Mona Testdal", **new)
    assert refusal.value.values["hva"] == "PPT ser mindre; den nye skal svare"
    assert len(family(table).guardians) == 2

    guardian(table, "Mona Testdal", understood=True, **new)

    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS
    assert "Mona Testdal" in table.who_takes_part()


def test_a_guardian_entered_by_mistake_takes_no_part_and_answers_for_nothing(table):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=Answer(ConsentLevel.EVERYDAY))
    assert refused(guardian, table, "Jonas Testdal", by_mistake=True) is Reason.CHANGES_WHO_ANSWERS
    guardian(table, "Jonas Testdal", by_mistake=True, understood=True)

    assert "Jonas Testdal" not in table.who_takes_part()
    assert table.state("ppt") is ConsentState.ACTIVE


def test_a_name_alone_has_no_consequence(table):
    guardian(table, "Marte Testdal", name="Marte Prøvedal")

    assert [c.field for c in family(table).corrections] == ["name"]


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ({"version": 99}, Reason.CHANGED_BY_OTHER),
        ({"valid_from": date(2026, 3, 1), "valid_to": date(2026, 2, 1)}, Reason.AWAY_BACKWARDS),
    ],
)
def test_what_cannot_be_put_right_is_refused(table, new, reason):
    assert refused(guardian, table, "Marte Testdal", **new) is reason


def test_a_child_is_not_born_tomorrow_and_a_guardian_is_of_this_child(table, eirik):
    assert refused(child, table, birth_date=date(2026, 3, 11)) is Reason.IN_THE_FUTURE
    assert refused(child, table, version=99) is Reason.CHANGED_BY_OTHER
    assert refused(guardian, table, "Marte Testdal", guardian=eirik.id) is Reason.NOT_YOURS


def test_a_colleague_puts_nothing_right_and_reads_no_corrections(table, torleiv):
    table.lets_join(torleiv)

    assert refused(family, table, torleiv) is Reason.NOT_ALLOWED
    given = {"name": "a", "birth_date": SOLVEIG_BORN, "due_date": None, "group": "", "understood": True, "version": 1}
    assert refused(correcting.correct_child, At(torleiv, table.number), **given) is Reason.NOT_ALLOWED


def test_papers_made_before_are_listed_to_be_printed_again(table, wall_clock):
    exporting.stafettlogg(table.at, recipient="family", language="nb")
    assert family(table).print_again == ()
    wall_clock.set(NOON + timedelta(minutes=1))
    child(table, name="Solveig Marie Testdal")
    assert family(table).print_again == ("family",)

    wall_clock.set(NOON + timedelta(minutes=2))
    exporting.stafettlogg(table.at, recipient="family", language="nb")
    assert family(table).print_again == ()


@pytest.mark.meets("R-71")
def test_a_number_is_shown_to_the_stafettholder_and_to_the_one_who_has_agreed_to_phone(table, torleiv, pernille):
    table.consents("ppt")
    table.lets_join(torleiv)
    table.lets_join(pernille)
    agreed = table.who_takes_part()["Torleiv Tenkt"]
    contact(table, "Marte Testdal", phone="000 00 001", phoned_by=[agreed])

    assert phones(table) == phones(table, torleiv) == {"Marte Testdal": "000 00 001"}
    assert phones(table, pernille) == {}

    contact(table, "Marte Testdal", phoned_by=[])
    assert phones(table, torleiv) == {}
    assert phones(table) == {"Marte Testdal": "000 00 001"}


def test_with_a_protected_address_the_number_is_the_stafettholders_alone(table, torleiv, granvik):
    table.lets_join(torleiv)
    handing_over.name_deputy(table.at, to=torleiv.id, until=date(2026, 3, 13))
    contact(table, "Marte Testdal", phone="000 00 001", phoned_by=[table.who_takes_part()["Torleiv Tenkt"]])
    assert phones(table, torleiv)
    protected = update(Child).where(Child.given_names == "Solveig")
    change(granvik, protected.values(protected_address=ProtectedAddress.FORTROLIG), table.eirik.id)

    assert phones(table, torleiv) == {}
    contact(table, "Marte Testdal", At(torleiv, table.number), phone="", why_not="bor i utlandet")
    assert phones(table) == {"Marte Testdal": "000 00 001"}
    assert not next(g for g in family(table).guardians if g.name == "Marte Testdal").participates


def test_nobody_who_takes_no_part_is_agreed_with(table, eirik):
    assert refused(contact, table, "Marte Testdal", phone="1", phoned_by=[eirik.id]) is Reason.NOT_YOURS
