"""The paper of a guardian the child is hidden from: no name of school, service, staff or place, and nothing before it is read."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bti.casework.door import At
from bti.casework.intake import protecting
from bti.casework.paper import exporting, reading_through
from bti.casework.said import arranging
from bti.casework.steps import evaluating
from bti.errors import Reason
from bti.rules.agreement import AgreementKind
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.people import ProtectedAddress
from bti.rules.tiltak import EvaluationMode
from bti.rules.workflow import Step
from bti.store.tables import Child, LogEvent, Meeting, StaffUser, Tiltak
from tests.casework.test_exporting import everything_in, flat, text_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_transferring import make_school, prepares, takes_over
from tests.cast import NOON

JONAS = "guardian:2"
WHERE_SHE_IS = (
    "Eirik",
    "Prøve",
    "kontaktlærer",
    "Pernille",
    "Påfunn",
    "PPT",
    "elsesykepleier",
    "Granvik",
    "Stedord",
)
MEETS = "Møter mormor ved brua."
START, END = datetime(2026, 3, 20, 9, 0, tzinfo=UTC), datetime(2026, 3, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def hidden(table, eirik, pernille, granvik):
    """Solveig is hidden from Jonas, and her log names everybody it can name, as data."""
    table.starts()
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    table.changes_what_follows(
        table.at_school,
        contributors=[table.take_part["Pernille Påfunn"]],
        follow_up_by=table.take_part["Eirik Prøve"],
        evaluation_mode=EvaluationMode.PHONE,
        deadline=None,
    )
    with granvik.writing(eirik.id) as session:
        session.execute(update(Tiltak).where(Tiltak.id == table.at_school).values(text="En voksen møter i døra"))
        session.execute(update(Child).values(protected_address=ProtectedAddress.FORTROLIG, group="5B"))
        case = session.execute(select(Tiltak.case_id)).scalars().first()
        session.add(Meeting(case_id=case, round=1, type="planning", start=START, planned_end=END, place="Stedord"))
    table.moves(Step.IVERKSETT)
    table.carries_out()
    table.moves(Step.EVALUERING)
    table.evaluates_one(table.at_school, Effect.DESIRED, TiltakOutcome.END)
    evaluating.add_voice(
        table.at,
        tiltak=table.at_school,
        said_by=table.take_part["Pernille Påfunn"],
        effect=Effect.SOME,
        text="Det hjelper.",
        version=0,
    )
    arranging.agree(table.at, kind=AgreementKind.AGREED, text=MEETS)
    protecting.block(table.at, guardian=table.jonas, blocked=True)
    return table


def reads(table, recipient=JONAS):
    with table.looking() as case:
        found = reading_through.to_read(case, recipient)
    reading_through.read_through(table.at, recipient=recipient, mark=found.mark)
    return found


def paper(table, language="nb", recipient=JONAS):
    return exporting.stafettlogg(table.at, recipient=recipient, language=language)


def waits(table, actor=None):
    with table.looking(actor) as case:
        return [one.name for one in exporting.addressed(case) if one.waits]


@pytest.mark.meets("R-60", "scenario-21")
def test_a_guardian_the_child_is_hidden_from_gets_a_paper_that_names_neither_people_nor_places(hidden):
    assert refused(paper, hidden) is Reason.READ_THROUGH_FIRST
    assert waits(hidden) == ["Jonas Testdal"]
    reads(hidden)
    assert waits(hidden) == []

    for language, colleague in (("nb", "[ansatt]"), ("nn", "[tilsett]")):
        file = paper(hidden, language)
        anywhere, shown = everything_in(file), flat(text_of(file))
        assert [word for word in WHERE_SHE_IS if word in anywhere] == []
        assert f"Stafettlogg {hidden.number}" in shown
        assert f"{colleague}, dato" in shown
        assert "5B" not in shown
        assert "Solveig" in shown
        assert "Jonas Testdal" in shown
        assert "En voksen møter i døra" in shown
        assert "Det hjelper." in shown


def test_the_other_guardians_paper_names_them_and_says_nothing_of_what_is_withheld(hidden):
    shown = flat(text_of(paper(hidden, recipient="guardian:1")))

    assert "Eirik Prøve" in shown
    assert "Granvik" in shown
    assert "ansatt]" not in everything_in(paper(hidden, recipient="guardian:1"))


@pytest.mark.meets("R-60")
def test_what_is_written_after_the_reading_is_read_anew(hidden):
    found = reads(hidden)
    paper(hidden)
    exporting.stafettlogg(hidden.at, recipient="guardian:1", language="nb")
    paper(hidden)

    hidden.judges()

    assert refused(paper, hidden) is Reason.READ_THROUGH_FIRST
    stale = {"recipient": JONAS, "mark": found.mark}
    assert refused(reading_through.read_through, hidden.at, **stale) is Reason.READ_THROUGH_FIRST
    assert waits(hidden) == ["Jonas Testdal"]
    reads(hidden)
    paper(hidden)


def test_only_what_goes_to_somebody_the_child_is_hidden_from_is_read_through(hidden, pernille):
    for recipient in ("guardian:1", "guardian:9", "family", "ppt"):
        act = {"recipient": recipient, "mark": ""}
        assert refused(reading_through.read_through, hidden.at, **act) is Reason.NOT_A_CHOICE
    assert waits(hidden, pernille) == []
    by_pernille = At(pernille, hidden.number)
    assert refused(reading_through.read_through, by_pernille, recipient=JONAS, mark="") is Reason.NOT_ALLOWED


@pytest.mark.meets("R-60", "R-62")
def test_that_guardian_is_not_told_which_school_the_child_has_gone_to(hidden, granvik, person):
    nora = person("nora")
    prepares(hidden, make_school(granvik), day=NOON.date())
    takes_over(hidden, nora)
    hidden.at = At(nora, hidden.number)
    with hidden.looking(nora) as case:
        found = reading_through.to_read(case, JONAS)
    reading_through.read_through(hidden.at, recipient=JONAS, mark=found.mark)

    assert "Nes skole" not in everything_in(paper(hidden))
    assert "Nes skole" in flat(text_of(paper(hidden, recipient="guardian:1")))


@ON_ONE_ENGINE
def test_on_the_screen_the_log_is_never_shown_as_that_guardian_sees_it(hidden):
    with hidden.looking() as case:
        assert refused(exporting.as_seen_by, case, JONAS) is Reason.NOT_A_CHOICE
        assert exporting.as_seen_by(case, "guardian:1")


@ON_ONE_ENGINE
def test_all_that_people_have_written_on_the_paper_is_read_and_the_names_the_app_knows_are_marked(hidden, granvik):
    with granvik.writing(hidden.eirik.id) as session:
        session.execute(update(StaffUser).where(StaffUser.username == "liv").values(work_phone="75 00 11 22"))
    found = reads(hidden)

    assert MEETS in found.texts
    assert {"En voksen møter i døra", "Det hjelper.", "Fravær mandager", "Søndagene er lange."} <= set(found.texts)
    assert {"Eirik Prøve", "Granvik skole", "Stedord", "5B", "75 00 11 22"} <= set(found.names)
    printed = flat(text_of(paper(hidden)))
    assert [text for text in found.texts if flat(text) not in printed] == []


@ON_ONE_ENGINE
def test_neither_the_audit_nor_the_file_is_named_after_anybody(hidden, granvik):
    reads(hidden)
    paper(hidden)

    with granvik.reading(hidden.eirik.id) as session:
        said = session.execute(select(LogEvent.action, LogEvent.object).order_by(LogEvent.seq)).all()
    assert {("paper_read", JONAS), ("document", JONAS)} <= {tuple(row) for row in said}
    assert not [row for row in said if any(word in row.object for word in (*WHERE_SHE_IS, "Jonas", "Testdal"))]
