"""The scenarios the app was ordered by, where no meeting is held: played on both engines, and read in both languages."""

from datetime import UTC, date, datetime

import pytest

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.desk import due
from bti.casework.door import At
from bti.casework.paper import exporting, extract
from bti.casework.people import correcting, family_facts
from bti.casework.steps import carrying_out, deciding, planning, starting
from bti.content.kommune import kommune
from bti.content.words import standing_sentence
from bti.errors import Reason, Refused
from bti.language import _, speaking
from bti.rules.childs_voice import ChildTakesPart, ShareWith
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentForm, ConsentLevel, ConsentState
from bti.rules.due import Due
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.family import ReceivesInformation
from bti.rules.guards import Missing
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import DecisionOutcome, Step
from forms.veien_videre import telling
from tests.casework.test_consent_windows import A_SECOND, kept_as_the_rule_says, later, log_of
from tests.casework.test_five_steps import DAY_BEFORE, MEETING_2, ON_ONE_ENGINE, Table, refused
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
    paper = {"recipient": "ppt", "language": language}
    assert refused(exporting.stafettlogg, At(pernille, family.number), **paper) is Reason.NOT_YOURS
    assert refused(exporting.stafettlogg, family.at, **paper) is Reason.NOT_COVERED

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
    with family.looking(pernille) as case:
        told = repr(consenting.standings(case))
    assert [who for who in (family.jonas, family.marte) if str(who) in told] == []


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


@pytest.mark.meets("scenario-4")
def test_where_the_kommune_asks_the_youth_at_sixteen_nothing_happens_at_fifteen(eirik, pernille, wall_clock, granvik):
    with (granvik.data / "kommune.toml").open("a", encoding="utf-8") as file:
        file.write("\n[consent]\nyouth_age = 16\n")
    kommune.cache_clear()
    wall_clock.set(datetime(2026, 1, 10, 11, 0, tzinfo=UTC))
    family = Family(eirik, "Ola Prøvesen", OLA_BORN)
    family.is_asked("ppt")
    for guardian in (family.marte, family.jonas):
        family.answers(guardian, ppt=YES)
    family.lets_join(pernille)
    with family.looking() as case:
        assert consenting.view(case).ahead == {}

    for moment in (THE_EVE, THE_DAY):
        wall_clock.set(moment)
        assert sees(family, pernille) == YES.categories()
    assert family.state("ppt") is ConsentState.ACTIVE


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
        assert (_(Reason.NO_EFFECT_GOES_ON), _(Reason.HARM_GOES_ON)) == {
            "nb": (
                (
                    "Tiltak uten effekt eller med negativ effekt skal avsluttes eller endres. "
                    "Skriv hvorfor det likevel fortsetter."
                ),
                "Tiltaket har hatt negativ effekt. Skriv hvorfor det likevel er best for barnet.",
            ),
            "nn": (
                (
                    "Tiltak utan effekt eller med negativ effekt skal avsluttast eller endrast. "
                    "Skriv kvifor det likevel held fram."
                ),
                "Tiltaket har hatt negativ effekt. Skriv kvifor det likevel er best for barnet.",
            ),
        }[language]
    table.evaluates_one(table.at_school, Effect.NEGATIVE, TiltakOutcome.END)
    table.evaluates_one(table.at_home, Effect.SOME, TiltakOutcome.CONTINUE)
    table.judges()
    table.moves(Step.VEIEN_VIDERE)

    with table.looking() as case:
        ended = next(t for t in story.tiltak(case) if t.id == table.at_school)
        assert (ended.status, ended.ended_on) == (TiltakStatus.ENDED, date(2026, 4, 14))
        assert deciding.view(case).suggested is not DecisionOutcome.CLOSE


KEPT = "Jeg er redd for at mamma blir lei seg."


def waits(table, actor):
    """Return what the case waits for in this person's list: what, by which day, and whether it is hers to do."""
    mine = [one for one in due.my_list(actor) if one.line.number == table.number]
    return {(task.kind, task.day, task.mine) for one in mine for task in one.tasks}


@BOTH
@pytest.mark.meets("scenario-15", "R-32", "R-33", "R-34", "S0-12")
def test_an_absent_child_is_heard_before_the_meeting_and_told_after_it(eirik, wall_clock, language):
    table = Table(eirik, wall_clock)
    table.starts(but=Missing.CHILD_PLAN)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but=Missing.CHILD_PLAN)
    assert table.missing(planning) == (Missing.CHILD_PLAN,)
    assert refused(table.moves, Step.IVERKSETT) is Reason.STEP_NOT_DONE

    table.plans_for_child(ChildTakesPart.HEARD_BEFORE)
    assert (Due.TALK_WITH_CHILD, date(2026, 3, 10), True) in waits(table, eirik)
    table.moves(Step.IVERKSETT)
    before = {"takes_part": ChildTakesPart.HEARD_BEFORE, "interviewer": table.take_part["Eirik Prøve"]}
    carrying_out.plan_child(table.at, **before, not_heard_reason="", version=0)
    to_talk = (Due.TALK_WITH_CHILD, date(2026, 4, 13), True)
    assert to_talk in waits(table, eirik)

    wall_clock.set(DAY_BEFORE)
    keeps = {"share_with": ShareWith.NONE, "named": frozenset(), "experienced_change": "", "version": 0}
    assert refused(carrying_out.save_child_view, table.at, words=KEPT, **keeps) is Reason.CHILD_KEEPS_IT
    table.hears_child()
    assert to_talk not in waits(table, eirik)
    assert log_of(table, eirik)["child"] == ["Nå gleder jeg meg til mandag."]

    wall_clock.set(MEETING_2)
    table.moves(Step.EVALUERING)
    table.evaluates()
    table.moves(Step.VEIEN_VIDERE)
    table.decides(but=Missing.INFORM_CHILD)
    assert refused(deciding.carry_out, table.at) is Reason.STEP_NOT_DONE
    with table.looking() as case:
        way = deciding.view(case)
    assert (way.missing, way.suggested_teller) == ((Missing.INFORM_CHILD,), table.take_part["Eirik Prøve"])
    with speaking(language):
        assert (_(Missing.CHILD_PLAN), _(Reason.CHILD_KEEPS_IT), telling("Eirik", "Solveig", way.tell_by)) == {
            "nb": (
                "Avklar hvem som snakker med barnet, og når.",
                "Barnet vil ikke at dette deles. Ta det bort her; det skal ikke lagres.",
                "Eirik forteller Solveig det i en samtale innen onsdag 15. april 2026.",
            ),
            "nn": (
                "Avklar kven som snakkar med barnet, og når.",
                "Barnet vil ikkje at dette blir delt. Ta det bort her; det skal ikkje lagrast.",
                "Eirik fortel Solveig det i ein samtale innan onsdag 15. april 2026.",
            ),
        }[language]

    deciding.agree_who_tells(table.at, who=way.suggested_teller, by=way.tell_by, version=0)
    deciding.carry_out(table.at)
    assert (Due.TELL_CHILD, date(2026, 4, 15), True) in waits(table, eirik)
    assert KEPT not in str(log_of(table, eirik))


class ThirdTiltak(Table):
    """The third tiltak in its fourth version, with Torleiv beside Eirik in step 2."""

    def __init__(self, eirik, torleiv, wall_clock):
        super().__init__(eirik, wall_clock)
        self.lets_join(torleiv)
        self.comes_to(Step.PLANLEGG_TILTAK)
        self.third = self.adds_tiltak("Leksehjelp", "Eirik Prøve")
        for version in (1, 2, 3):
            self.saves(eirik, f"Leksehjelp, {version}", version)

    def saves(self, actor, text, version):
        planning.save_tiltak(
            At(actor, self.number),
            text=text,
            responsible=self.take_part["Eirik Prøve"],
            oppmerksomhet=self.concern,
            tiltak=self.third,
            version=version,
        )

    def stands_as(self):
        with self.looking() as case:
            return next((t.text, t.version) for t in story.tiltak(case) if t.id == self.third)


@BOTH
@pytest.mark.meets("scenario-18", "R-49")
def test_two_people_edit_the_third_tiltak_and_nothing_is_lost(eirik, person, wall_clock, language):
    torleiv = person("torleiv")
    table = ThirdTiltak(eirik, torleiv, wall_clock)
    assert table.stands_as() == ("Leksehjelp, 3", 4)

    table.saves(torleiv, "Leksehjelp tirsdag", 4)
    with pytest.raises(Refused) as refusal:
        table.saves(eirik, "Leksehjelp torsdag", 4)
    with speaking(language):
        assert (
            refusal.value.sentence()
            == {
                "nb": "Torleiv Tenkt har endret dette etter at du åpnet det.",
                "nn": "Torleiv Tenkt har endra dette etter at du opna det.",
            }[language]
        )
    assert table.stands_as() == ("Leksehjelp tirsdag", 5)

    table.saves(eirik, "Leksehjelp tirsdag og torsdag", 5)
    assert table.stands_as() == ("Leksehjelp tirsdag og torsdag", 6)


@pytest.mark.meets("scenario-18", "R-49")
def test_two_tabs_of_one_person_overwrite_nothing_either(eirik, person, wall_clock):
    table = ThirdTiltak(eirik, person("torleiv"), wall_clock)

    table.saves(eirik, "Den ene fanen", 4)
    with pytest.raises(Refused) as refusal:
        table.saves(eirik, "Den andre fanen", 4)

    assert (refusal.value.reason, refusal.value.values["navn"]) == (Reason.CHANGED_BY_OTHER, "Eirik Prøve")
    assert table.stands_as() == ("Den ene fanen", 5)


HOME = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.FAMILY_HOME}))
ILLNESS = "Marte er sykmeldt."


def informs(table, guardian, *, lives_with_child, initiative):
    with table.looking() as case:
        version = next(g.version for g in family_facts.view(case).guardians if g.id == guardian)
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
        on_screen = {
            code for code in codes if ILLNESS in [t.text for t in story.situation(exporting.as_seen_by(case, code))]
        }
        given = [r.code for r in extract.recipients(case)]
    papers = {code: exporting.print_stafettlogg(table.at, recipient=code, language="nb") for code in codes}
    extracts = {code: extract.print_extract(table.at, recipient=code, language="nb") for code in given}
    on_paper = {code for code, paper in papers.items() if ILLNESS in repr(paper)}
    assert on_screen == on_paper
    assert {code for code, paper in extracts.items() if ILLNESS in repr(paper)} == on_paper & set(given)
    return on_paper


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
        told = {g.name: (g.lives_with_child, g.receives_information) for g in family_facts.view(case).guardians}
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
