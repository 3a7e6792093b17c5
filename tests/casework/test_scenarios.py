"""The scenarios the app was ordered by, where no meeting is held: played on both engines, and read in both languages."""

from datetime import UTC, date, datetime

import pytest

from bti.casework import consenting, correcting, deciding, evaluating, exporting, starting, story
from bti.content.words import standing_sentence
from bti.errors import Reason, Refused
from bti.language import _, speaking
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentForm, ConsentLevel, ConsentState
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.family import ReceivesInformation
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import DecisionOutcome, Step
from tests.casework.test_consent_windows import A_SECOND, kept_as_the_rule_says, later
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table, refused
from tests.casework.test_gate import NO, ONLY_AGREEMENTS, YES, Family, sees, sees_nothing
from tests.cast import OLA_BORN

BOTH = pytest.mark.parametrize("language", ["nb", "nn"])
NOTHING = Answer(ConsentLevel.NO)


def reads(family, code):
    """Return what everybody may read of where the service stands."""
    with family.looking() as case:
        one = next(s for s in consenting.standings(case) if s.code == code)
    return standing_sentence(one.name, one.state, level=one.level, until=one.until, withdrawn_on=one.withdrawn_on)


@BOTH
@pytest.mark.meets("scenario-2", "R-01", "R-02", "R-10")
def test_one_of_two_guardians_has_not_answered_or_answers_differently(eirik, pernille, language):
    family = Family(eirik)
    family.is_asked("ppt", "skolehelse")
    family.answers(family.marte, ppt=YES, skolehelse=YES)

    assert sees_nothing(family, pernille)
    with family.looking() as case:
        assert consenting.view(case).latest.silent == {family.jonas}
    with speaking(language):
        assert reads(family, "ppt") == {"nb": "PPT: venter på svar", "nn": "PPT: ventar på svar"}[language]

    family.answers(family.jonas, ppt=ONLY_AGREEMENTS)
    family.lets_join(pernille)
    assert sees(family, pernille) == {Category.TILTAK_AND_EVALUATION}
    assert family.state("skolehelse") is ConsentState.AWAITING

    family.answers(family.jonas, skolehelse=NO)
    with speaking(language):
        assert (
            reads(family, "skolehelse")
            == {
                "nb": "Det er ikke gitt samtykke til å dele med helsesykepleier.",
                "nn": "Det er ikkje gitt samtykke til å dele med helsesjukepleiar.",
            }[language]
        )
    assert sees(family, pernille) == {Category.TILTAK_AND_EVALUATION}


THE_EVE = datetime(2026, 3, 10, 22, 59, 59, tzinfo=UTC)
THE_DAY = datetime(2026, 3, 10, 23, 0, tzinfo=UTC)
"""11 March 2026 begins in Oslo: Ola is fifteen."""


@pytest.mark.meets("scenario-4", "R-03", "R-09")
def test_the_child_turns_fifteen_overnight(eirik, pernille, wall_clock):
    family = Family(eirik, "Ola Prøvesen", OLA_BORN)
    family.is_asked("ppt")
    for guardian in (family.marte, family.jonas):
        family.answers(guardian, ppt=YES)
    family.lets_join(pernille)

    wall_clock.set(THE_EVE)
    assert sees(family, pernille)
    wall_clock.set(THE_DAY)

    assert sees_nothing(family, pernille)
    assert family.state("ppt") is ConsentState.NEEDS_YOUTH


@pytest.mark.meets("scenario-4", "R-03")
def test_a_youth_who_has_answered_ahead_goes_on_where_the_answer_is_yes(eirik, pernille, liv, wall_clock, granvik):
    wall_clock.set(datetime(2026, 1, 9, 11, 0, tzinfo=UTC))
    family = Family(eirik, "Ola Prøvesen", OLA_BORN)
    family.is_asked("ppt", "skolehelse")
    for guardian in (family.marte, family.jonas):
        family.answers(guardian, ppt=YES, skolehelse=YES)
    family.lets_join(pernille)
    family.lets_join(liv)
    with family.looking() as case:
        ola, ahead = case.child_id, consenting.view(case).ahead
    assert ahead == {}
    assert refused(family.answers, ola, ppt=YES) is Reason.NOT_A_CONSENTER
    wall_clock.set(datetime(2026, 1, 10, 11, 0, tzinfo=UTC))
    with family.looking() as case:
        assert consenting.view(case).ahead == {ola: date(2026, 3, 11)}

    wall_clock.set(datetime(2026, 3, 1, 11, 0, tzinfo=UTC))
    family.answers(ola, ppt=YES, skolehelse=NO)
    assert (sees(family, pernille), sees(family, liv)) == (YES.categories(), YES.categories())
    wall_clock.set(THE_DAY)

    assert sees(family, pernille) == YES.categories()
    assert sees_nothing(family, liv)
    assert family.state("skolehelse") is ConsentState.REFUSED
    assert kept_as_the_rule_says(granvik)


@BOTH
@pytest.mark.meets("scenario-13", "R-17", "R-29")
def test_the_evaluation_finds_a_negative_effect(eirik, wall_clock, language):
    table = Table(eirik, wall_clock)
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    harm = (table.at_school, Effect.NEGATIVE, TiltakOutcome.CONTINUE)

    assert refused(table.evaluates_one, *harm) is Reason.NO_EFFECT_GOES_ON
    assert refused(table.evaluates_one, *harm, reason="Vi vil prøve litt til.") is Reason.HARM_GOES_ON
    with speaking(language):
        assert {"nb": "best for barnet", "nn": "best for barnet"}[language] in _(Reason.HARM_GOES_ON)
    table.evaluates_one(table.at_school, Effect.NEGATIVE, TiltakOutcome.END)
    table.evaluates_one(table.at_home, Effect.SOME, TiltakOutcome.CONTINUE)
    table.judges()
    table.moves(Step.VEIEN_VIDERE)

    with table.looking() as case:
        ended = next(t for t in story.tiltak(case) if t.id == table.at_school)
        assert (ended.status, ended.ended_on) == (TiltakStatus.ENDED, date(2026, 4, 14))
        assert deciding.view(case).suggested is not DecisionOutcome.CLOSE


@pytest.mark.meets("scenario-18", "R-49")
def test_two_people_edit_at_once_and_nothing_is_lost(eirik, wall_clock, granvik):
    table = Table(eirik, wall_clock)
    table.comes_to(Step.EVALUERING)
    with table.looking() as case:
        opened = evaluating.view(case).round

    evaluating.judge_round(
        table.at, degree=opened.degree, text="Den første.", how_weighted="Stor.", version=opened.version
    )
    with pytest.raises(Refused) as refusal:
        evaluating.judge_round(
            table.at, degree=opened.degree, text="Den andre.", how_weighted="Stor.", version=opened.version
        )

    assert refusal.value.reason is Reason.CHANGED_BY_OTHER
    assert refusal.value.values["navn"] == "Eirik Prøve"
    with table.looking() as case:
        kept = evaluating.view(case).round
    assert (kept.text, kept.version) == ("Den første.", opened.version + 1)


HOME = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.FAMILY_HOME}))
ILLNESS = "Marte er sykmeldt."


def informs(table, guardian, *, lives_with_child, initiative):
    with table.looking() as case:
        version = next(g.version for g in correcting.view(case).guardians if g.id == guardian)
    correcting.save_contact(
        table.at,
        guardian=guardian,
        phone="",
        phoned_by=(),
        lives_with_child=lives_with_child,
        receives_information=initiative,
        language="",
        interpreter_language="",
        why_not="",
        version=version,
    )


def reads_of_it(table, actor):
    with table.looking(actor) as case:
        return ILLNESS in [t.text for t in story.situation(case)]


def papers_with_it(table):
    with table.looking() as case:
        codes = [r.code for r in exporting.recipients(case)]
    papers = {code: exporting.print_stafettlogg(table.at, recipient=code, language="nb") for code in codes}
    return {code for code, paper in papers.items() if ILLNESS in repr(paper)}


@pytest.mark.meets("R-59")
def test_two_homes_and_a_fact_about_one_guardian(eirik, pernille, wall_clock, granvik):
    table = Table(eirik, wall_clock)
    table.consents("ppt", "skolehelse")
    table.lets_join(pernille)
    informs(table, table.marte, lives_with_child=True, initiative=ReceivesInformation.OWN_INITIATIVE)
    informs(table, table.jonas, lives_with_child=False, initiative=ReceivesInformation.ON_REQUEST)
    starting.save_situation(
        table.at, core="Borte.", resource="Tegner.", challenge="", personal=ILLNESS, about=table.marte, version=0
    )
    assert papers_with_it(table) == {"archive", "guardian:1"}
    assert not reads_of_it(table, pernille)

    later(table, table.jonas, ppt=HOME)
    assert not reads_of_it(table, pernille)
    later(table, table.marte, ppt=HOME)
    assert reads_of_it(table, pernille)
    assert "guardian:2" not in papers_with_it(table)

    wall_clock.set(wall_clock.now + A_SECOND)
    consenting.answer_about_me(
        table.at, guardian=table.marte, shown_to=[table.jonas], form=ConsentForm.ORAL, reference="notat 10.3."
    )
    assert "guardian:2" in papers_with_it(table)
    wall_clock.set(wall_clock.now + A_SECOND)
    consenting.answer_about_me(table.at, guardian=table.marte, shown_to=[], form=ConsentForm.ELECTRONIC)
    assert "guardian:2" not in papers_with_it(table)
    with table.looking() as case:
        told = {g.name: (g.lives_with_child, g.receives_information) for g in correcting.view(case).guardians}
        assert consenting.view(case).latest.silent == set()
    assert told == {
        "Marte Testdal": (True, ReceivesInformation.OWN_INITIATIVE),
        "Jonas Testdal": (False, ReceivesInformation.ON_REQUEST),
    }
    assert kept_as_the_rule_says(granvik)


@ON_ONE_ENGINE
def test_a_word_about_oneself_is_no_answer_about_the_services(eirik, wall_clock):
    table = Table(eirik, wall_clock)
    table.is_asked("ppt")
    said = {"guardian": table.marte, "shown_to": [], "form": ConsentForm.ELECTRONIC}
    consenting.answer_about_me(table.at, **said)

    with table.looking() as case:
        assert consenting.view(case).latest.silent == {table.marte, table.jonas}
    wall_clock.set(datetime(2026, 8, 10, tzinfo=UTC))
    assert refused(consenting.answer_about_me, table.at, **said) is Reason.CHOOSE_CONSENT
