"""A case that already runs on paper (scenario 26)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bti.casework import story
from bti.casework.desk import seeing
from bti.casework.door import At, looking
from bti.casework.intake import creating, registering
from bti.casework.intake.registering import Ongoing, PaperConsent
from bti.casework.paper import exporting
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules.consent import Category, ConsentLevel, ConsentState
from bti.rules.people import ProtectedAddress
from bti.rules.registering import Carrier
from bti.rules.workflow import CaseStatus, Step
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.cast import JONAS, MARTE, NOON, SOLVEIG_BORN

NOVEMBER = date(2025, 11, 3)
AT_SCHOOL, AT_HOME = "Eirik møter Solveig i døra", "Kvelden før pakker vi sekken"


class OnPaper:
    """Solveig's case, run on paper since November; Eirik enters it on 10 March."""

    def __init__(self, actor):
        self.actor = actor
        self.services = {name: key for key, name in registering.choices(actor).services}

    def registers(self, *, signed=(True, True), holder=None, evaluation=date(2026, 3, 24), started=None, **consent):
        paper = {
            "services": [self.services["PPT"]],
            "level": ConsentLevel.EVERYDAY,
            "given_on": NOVEMBER,
            "reference": "papiret ligger i elevmappen, ref. 25/118",
        }
        self.number = registering.register_ongoing(
            self.actor,
            child_name="Solveig Testdal",
            birth_date=SOLVEIG_BORN,
            protected_address=ProtectedAddress.NONE,
            guardians=[MARTE, JONAS],
            consent=PaperConsent(**paper | {"signed": signed} | consent),
            stafettholder=holder,
            concern="Fravær mandager",
            tiltak=[Ongoing(AT_SCHOOL, Carrier.STAFETTHOLDER), Ongoing(AT_HOME, Carrier.FIRST_GUARDIAN)],
            started=started,
            evaluation=registering.meeting_at(evaluation, time(12)),
        )
        return self

    def looking(self, actor=None):
        return looking(At(actor or self.actor, self.number), "test")

    def state(self):
        with self.looking() as case:
            return {s.code: s.state for s in seeing.head(case).standings}["ppt"]


@pytest.fixture
def on_paper(eirik):
    return OnPaper(eirik)


@pytest.mark.meets("R-61", "scenario-26")
def test_it_opens_in_step_3_of_its_first_round_with_what_goes_on(on_paper):
    on_paper.registers()

    with on_paper.looking() as case:
        assert (case.status, case.step, case.round) == (CaseStatus.OPEN, Step.IVERKSETT, 1)
        assert case.stafettholder_id == on_paper.actor.id
        names = {p.id: p.name for p in people.people(case)}
        assert [(t.text, names[t.responsible], t.start) for t in story.tiltak(case)] == [
            (AT_SCHOOL, "Eirik Prøve", NOVEMBER),
            (AT_HOME, "Marte Testdal", NOVEMBER),
        ]
        assert [m.day for m in story.meetings(case)] == [date(2026, 3, 24)]
        top = seeing.head(case)
        assert top.registered_afterwards
        assert [(s.state, s.until) for s in top.standings] == [(ConsentState.ACTIVE, date(2026, 7, 31))]


@pytest.mark.meets("R-61", "scenario-26")
def test_the_service_on_the_paper_sees_it_from_now_and_not_before_and_to_the_end_of_the_paper(
    on_paper, pernille, wall_clock
):
    on_paper.registers()
    people.add_colleagues(At(on_paper.actor, on_paper.number), users=[pernille.id])
    with on_paper.looking(pernille) as case:
        assert Category.TILTAK_AND_EVALUATION in case.sight.categories

    wall_clock.set(NOON - timedelta(minutes=1))
    with pytest.raises(Refused):
        on_paper.looking(pernille).__enter__()
    wall_clock.set(datetime(2026, 7, 31, 21, 59, tzinfo=UTC))
    with on_paper.looking(pernille):
        pass
    wall_clock.set(datetime(2026, 7, 31, 22, 0, tzinfo=UTC))
    with pytest.raises(Refused):
        on_paper.looking(pernille).__enter__()


@pytest.mark.meets("scenario-26")
def test_a_paper_whose_period_has_passed_is_over_at_once(on_paper):
    assert on_paper.registers(until=date(2026, 3, 9)).state() is ConsentState.EXPIRED


@pytest.mark.meets("R-04")
def test_what_the_paper_says_we_shall_not_share_is_known_to_those_who_write_and_not_to_the_service(on_paper, pernille):
    on_paper.registers(not_to_share="At far er syk.")
    people.add_colleagues(At(on_paper.actor, on_paper.number), users=[pernille.id])

    with on_paper.looking() as case:
        assert seeing.head(case).not_to_share == ("At far er syk.",)
    with on_paper.looking(pernille) as case:
        assert seeing.head(case).not_to_share == ()


def test_a_paper_one_of_them_has_not_signed_opens_nothing(on_paper):
    assert on_paper.registers(signed=(True, False)).state() is ConsentState.AWAITING


def test_another_colleague_can_be_named_and_carries_it_from_the_first_moment(on_paper, person):
    torleiv = person("torleiv")
    assert torleiv.id in {one.user for one in registering.choices(on_paper.actor).holders}

    on_paper.registers(holder=torleiv.id)

    with on_paper.looking(torleiv) as case:
        assert case.stafettholder_id == torleiv.id
        assert story.tiltak(case)[0].responsible == case.participant_id


@pytest.mark.meets("scenario-26")
def test_every_date_from_the_paper_is_marked(on_paper):
    on_paper.registers(started=date(2026, 2, 1))

    with on_paper.looking() as case:
        assert all(t.registered_afterwards and t.start == date(2026, 2, 1) for t in story.tiltak(case))
    content = exporting.print_stafettlogg(At(on_paper.actor, on_paper.number), recipient="archive", language="nb")
    assert content.registered_afterwards
    assert all(t.dates.registered_afterwards for c in content.concerns for t in c.tiltak)


REFUSED = {
    "no place": ({"reference": " "}, Reason.PAPER_CONSENT, "reference"),
    "nobody signed": ({"signed": (False, False)}, Reason.PAPER_CONSENT, "first_signed"),
    "no service": ({"services": []}, Reason.CHOOSE_CONSENT, "services"),
    "a day to come": ({"given_on": date(2026, 3, 11)}, Reason.IN_THE_FUTURE, "given_on"),
    "begins tomorrow": ({"started": date(2026, 3, 11)}, Reason.IN_THE_FUTURE, "started"),
    "has been evaluated": ({"evaluation": date(2026, 3, 9)}, Reason.IN_THE_PAST, "day"),
}


@ON_ONE_ENGINE
@pytest.mark.parametrize(("changes", "reason", "field"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_no_log_is_made(on_paper, changes, reason, field):
    with pytest.raises(Refused) as no:
        on_paper.registers(**changes)

    assert (no.value.reason, no.value.field) == (reason, field)
    assert seeing.my_cases(on_paper.actor) == ()


def test_what_is_refused_in_the_middle_leaves_nothing_behind(on_paper, liv):
    with pytest.raises(Refused) as no:
        on_paper.registers(holder=liv.id)
    assert no.value.reason is Reason.NOT_A_CHOICE
    assert seeing.my_cases(on_paper.actor) == ()

    with pytest.raises(Refused):
        on_paper.registers(services=[on_paper.actor.service])
    assert seeing.my_cases(on_paper.actor) == ()


def test_a_child_with_an_open_log_is_not_entered_again(on_paper):
    on_paper.registers()

    with pytest.raises(Refused) as no:
        on_paper.registers()
    assert no.value.reason is Reason.CASE_EXISTS


def test_the_one_who_may_not_create_may_not_enter_either(pernille):
    with pytest.raises(Refused) as no:
        OnPaper(pernille) and registering.register_ongoing(
            pernille,
            child_name="Solveig Testdal",
            birth_date=SOLVEIG_BORN,
            protected_address=ProtectedAddress.NONE,
            guardians=[MARTE],
            consent=PaperConsent([pernille.service], ConsentLevel.AGREEMENTS, NOVEMBER, "mappa", [True]),
            stafettholder=None,
            concern="Fravær",
            tiltak=[Ongoing("x", Carrier.CHILD)],
            started=None,
            evaluation=registering.meeting_at(date(2026, 3, 24), time(12)),
        )
    assert no.value.reason is Reason.COORDINATOR_WILL_CALL
    assert creating.may_start(pernille) is False


@ON_ONE_ENGINE
def test_somebody_who_is_not_there_carries_nothing(on_paper):
    with pytest.raises(Refused) as no:
        registering.register_ongoing(
            on_paper.actor,
            child_name="Solveig Testdal",
            birth_date=SOLVEIG_BORN,
            protected_address=ProtectedAddress.NONE,
            guardians=[MARTE],
            consent=PaperConsent([on_paper.services["PPT"]], ConsentLevel.AGREEMENTS, NOVEMBER, "mappa", [True]),
            stafettholder=None,
            concern="Fravær",
            tiltak=[Ongoing("Sekken", Carrier.SECOND_GUARDIAN)],
            started=None,
            evaluation=registering.meeting_at(date(2026, 3, 24), time(12)),
        )
    assert no.value.reason is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-61", "scenario-26")
def test_the_same_past_dates_are_refused_in_an_ordinary_case(table):
    table.comes_to(Step.PLANLEGG_TILTAK)

    assert refused(table.adds_tiltak, "Sekken", "Marte Testdal", start=NOVEMBER) is Reason.IN_THE_PAST
    assert refused(table.agrees_on_meeting, NOVEMBER, version=0) is Reason.IN_THE_PAST
