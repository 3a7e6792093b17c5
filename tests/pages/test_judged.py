"""What the pages of the evaluation and the way forward show, and to whom."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import update

from bti.casework import story
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import people
from bti.casework.steps import deciding, escalating, evaluating, moving, planning
from bti.rules.best_interests import Factor
from bti.rules.childs_voice import ChildTakesPart
from bti.rules.decision import FamilyAgrees
from bti.rules.due import Due
from bti.rules.evaluation import Degree, Effect, FamilyFirst, TiltakOutcome
from bti.rules.workflow import ClosingReason, DecisionOutcome, Step
from bti.store.tables import Case, StaffUser
from forms.mine_saker import NEXT
from tests.pages.conftest import BO, INGRID, NILS, OLA, SOLVEIG


def chosen(at, label, value):
    next(r for r in at.at.radio if r.label == label).set_value(value)
    return at.run()


@pytest.mark.meets("R-30")
def test_ppt_sends_in_what_its_own_tiltak_has_done_and_it_waits(browser):
    pernille = browser("pernille").open("evaluering", INGRID)
    assert "Kartlegg lesinga i klassen." in pernille.text
    chosen(pernille, "Hvilken effekt har tiltaket hatt?", Effect.SOME)
    chosen(pernille, "Hva foreslår du at vi gjør med tiltaket?", TiltakOutcome.CONTINUE)
    pernille.press("Send evalueringen til stafettholderen")

    assert "Venter på at stafettholderen fullfører evalueringen." in pernille.text
    assert "Ventar på at stafetthaldaren fullfører" in browser("torleiv").open("evaluering", INGRID).text


@pytest.mark.meets("R-34")
def test_what_each_says_stands_behind_one_press_and_the_child_has_a_place_of_its_own(browser):
    at = browser("eirik").open("evaluering", SOLVEIG)
    assert not [s for s in at.at.selectbox if s.label == "Hvem sier det?"]

    next(t for t in at.at.toggle if t.label == "Skriv hva hver enkelt sier").set_value(True)
    at.run()
    with looking(At(identity.signed_in(at.login), SOLVEIG), "test") as case:
        tiltak = story.evaluations(case)[0].tiltak
        marte = next(p.id for p in people.people(case) if p.first_name == "Marte")
    assert not [one for s in at.at.selectbox if s.label == "Hvem sier det?" for one in s.options if "Solveig" in one]
    for label, value in (("Hvilket tiltak?", tiltak), ("Hvem sier det?", marte)):
        next(s for s in at.at.selectbox if s.label == label).set_value(value)
        at.run()
    next(a for a in at.at.text_area if a.label.startswith("Hva sier hun")).set_value("Mandagene er roligere.")
    at.run()
    at.press("Lagre det som ble sagt")

    assert "Marte: Mandagene er roligere." in at.text
    assert at.messages <= 45


@pytest.mark.meets("R-20")
@pytest.mark.parametrize("number", [SOLVEIG, OLA, BO])
def test_the_family_may_close_from_any_step_and_only_the_stafettholder_is_asked(browser, number):
    at = browser("eirik").open("veien_videre", number)
    switch = next(t for t in at.at.toggle if t.label == "Avslutte av en annen grunn")
    switch.set_value(True)
    at.run()
    assert at.messages <= 45
    assert len(at.statements) <= 14
    chosen(at, "Hvorfor avslutter vi?", ClosingReason.FAMILY_WISH)
    next(t for t in at.at.text_input if t.label == "Hvem sa det?").set_value("Mor")
    at.run()
    at.press("Avslutt stafettloggen")

    log = browser("eirik").open("stafettlogg", number)
    assert "Familien ønsker å avslutte" in log.text
    assert "Referatet er ikke arkivert i barnets mappe." in log.text
    assert not [t for t in browser("pernille").open("veien_videre", INGRID).at.toggle if "annen grunn" in t.label]


@pytest.mark.meets("R-20")
def test_the_family_may_close_while_others_are_being_asked_and_need_not_say_no_to_that_first(browser):
    eirik = browser("eirik")
    goes_to_external_services(At(identity.signed_in(eirik.login), SOLVEIG))
    at = eirik.open("veien_videre", SOLVEIG)
    assert "Familien sier nei til å spørre andre" in [b.label for b in at.at.button]
    next(t for t in at.at.toggle if t.label == "Avslutte av en annen grunn").set_value(True)
    at.run()
    chosen(at, "Hvorfor avslutter vi?", ClosingReason.FAMILY_WISH)
    assert at.messages <= 45
    next(t for t in at.at.text_input if t.label == "Hvem sa det?").set_value("Mor")
    at.run()
    at.press("Avslutt stafettloggen")

    assert "Familien ønsker å avslutte" in browser("eirik").open("stafettlogg", SOLVEIG).text


@pytest.mark.meets("R-46")
def test_a_closed_log_asks_for_the_archive_and_the_child_until_both_are_done(browser):
    at = browser("eirik").open("stafettlogg", NILS)
    at.press("Nils har fått vite det")
    next(t for t in at.at.text_input if t.label == "Referanse i arkivet").set_value("26/118")
    next(d for d in at.at.date_input if d.label == "Arkivert den").set_value(date(2026, 3, 10))
    at.run()
    at.press("Loggen er arkivert")

    assert "26/118" in at.text
    assert "ikke arkivert" not in at.text
    assert "Nils fikk vite det" in at.text


def test_a_closed_log_tells_of_no_meeting_that_was_never_held(browser):
    eirik = browser("eirik")
    for page in ("planlegg_tiltak", "iverksett", "stafettlogg"):
        assert "Evalueringsmøte" not in eirik.open(page, NILS).text, page
        assert "Evalueringsmøte" in eirik.open(page, SOLVEIG).text, page


def test_the_first_step_says_that_the_child_is_heard_once_it_is(browser):
    eirik = browser("eirik")

    assert "Solveig er hørt." in eirik.open("oppstart", SOLVEIG).text
    assert "innen" not in eirik.text


def test_a_plan_that_is_carried_out_still_says_what_it_was(browser):
    plan = browser("eirik").open("planlegg_tiltak", NILS).text

    assert "Vondt i magen om morgenen" in plan
    assert "Spiser frokost sammen kl. 07.30." in plan
    assert "Nora gjorde dette hjemme 10. mars." in plan
    assert "Vi evaluerer" not in plan


def test_the_administrator_opens_a_log_again_without_reading_it(browser, wall_clock):
    wall_clock.set(wall_clock.now + timedelta(hours=1))
    sander = browser("sander").open("mine_saker")
    next(t for t in sander.at.toggle if t.label == "Åpne en avsluttet stafettlogg igjen").set_value(True)
    sander.run()
    next(t for t in sander.at.text_input if t.label == "Nummeret på stafettloggen").set_value(NILS)
    next(a for a in sander.at.text_area if a.label == "Hvorfor skal den åpnes igjen?").set_value("Feil logg.")
    sander.run()
    sander.press("Åpne den igjen")

    assert "Nils" not in sander.text
    assert "Stafettloggen er åpnet igjen." in sander.text
    assert not [t for t in browser("eirik").open("mine_saker").at.toggle if "igjen" in t.label]


@pytest.mark.meets("R-08")
def test_the_way_to_external_services_is_four_things_on_the_page(browser):
    eirik = browser("eirik")
    at = At(identity.signed_in(eirik.login), SOLVEIG)
    goes_to_external_services(at)
    eirik.open("veien_videre", SOLVEIG)
    eirik.run()
    assert len(eirik.statements) <= 14, len(eirik.statements)
    assert eirik.messages <= 45
    eirik.press("Begynn på nytt sammen med de eksterne tjenestene")
    assert "Velg hvilke eksterne tjenester dere vil spørre." in eirik.text

    with looking(at, "test") as case:
        bup = next(key for key, name in escalating.choices(case) if name == "BUP")
    escalating.write_message(
        at, recipients=[bup], situation_text="Borte oftere.", family_view="", question_to_service="Hva nå?", version=0
    )
    eirik.open("veien_videre", SOLVEIG)
    assert "Borte oftere." in eirik.text
    assert "ikke lest av familien ennå" in eirik.text
    eirik.press("Familien har lest meldingen")
    eirik.press("Meldingen er klar til å sendes")
    assert "Nytt samtykke trengs før eksterne tjenester involveres." in eirik.text
    assert eirik.messages <= 45
    assert "Borte oftere." in browser("eirik").open("stafettlogg", SOLVEIG).text
    assert "Borte oftere." not in browser("pernille").open("stafettlogg", SOLVEIG).text
    assert "Borte oftere." not in browser("pernille").open("veien_videre", SOLVEIG).text
    assert "BUP" not in browser("pernille").open("veien_videre", SOLVEIG).text
    eirik.press("Familien sier nei til å spørre andre")
    assert "Barnets beste og veien videre" in eirik.text


def test_the_decision_is_asked_for_within_what_a_page_may_cost(browser):
    eirik = browser("eirik")
    comes_to_the_way_forward(At(identity.signed_in(eirik.login), SOLVEIG))
    eirik.open("veien_videre", SOLVEIG)
    eirik.run()

    assert "Hva er veien videre?" in {r.label for r in eirik.at.radio}
    assert len(eirik.statements) <= 14, "\n".join(eirik.statements)
    assert eirik.messages <= 45


def asks_why(at):
    return [a for a in at.at.text_area if a.label == "Hvorfor, når evalueringen peker en annen vei?"]


@pytest.mark.meets("R-17")
def test_why_is_asked_only_when_the_evaluation_speaks_for_another_way(browser):
    eirik = browser("eirik")
    comes_to_the_way_forward(At(identity.signed_in(eirik.login), SOLVEIG))
    eirik.open("veien_videre", SOLVEIG)

    assert not asks_why(eirik)
    chosen(eirik, "Hva er veien videre?", DecisionOutcome.CLOSE)
    assert asks_why(eirik)
    chosen(eirik, "Hva er veien videre?", DecisionOutcome.OTHER_MEASURES_OWN_SERVICE)
    assert not asks_why(eirik)


@pytest.mark.meets("R-17")
def test_where_a_concern_stands_is_set_by_one_press_and_a_decision_that_follows_needs_no_reason(browser):
    eirik = browser("eirik")
    comes_to_the_way_forward(At(identity.signed_in(eirik.login), SOLVEIG))
    eirik.open("veien_videre", SOLVEIG)
    assert not [b for b in eirik.at.button if b.label == "Bedre"]

    next(t for t in eirik.at.toggle if t.label == "Noe står et annet sted enn evalueringen viser").set_value(True)
    eirik.run()
    assert eirik.messages <= 45
    eirik.press("Falt bort")

    assert "Fravær mandager: falt bort" in eirik.text
    chosen(eirik, "Hva er veien videre?", DecisionOutcome.CONTINUE)
    assert asks_why(eirik)
    eirik.press("Fortsatt åpen")

    assert "Fravær mandager: fortsatt åpen" in eirik.text
    assert not asks_why(eirik)
    assert "annet sted enn evalueringen" not in str(browser("pernille").open("veien_videre", SOLVEIG).at.toggle)


@pytest.mark.meets("R-53")
def test_the_right_to_an_individual_plan_stands_by_the_decision_when_several_help_for_long(browser, granvik):
    eirik = browser("eirik")
    comes_to_the_way_forward(At(identity.signed_in(eirik.login), SOLVEIG))
    right = "Barnet kan ha rett til barnekoordinator eller individuell plan."
    assert right not in eirik.open("veien_videre", SOLVEIG).text

    with granvik.writing() as session:
        session.execute(update(Case).where(Case.number == SOLVEIG).values(round=2))
    assert right in eirik.open("veien_videre", SOLVEIG).text
    assert right not in browser("pernille").open("veien_videre", SOLVEIG).text


def goes_to_external_services(at):
    goes_round_once_more(at, DecisionOutcome.ESCALATE_EXTERNAL)


def goes_round_once_more(at, outcome, teller="Eirik"):
    comes_to_the_way_forward(at)
    with looking(at, "test") as case:
        who = next(p.id for p in people.people(case) if p.first_name == teller)
    deciding.decide(
        at,
        best_interests="At noen hjelper henne.",
        outcome=outcome,
        family_agrees=FamilyAgrees.YES,
        family_wants_instead="",
        deviation_reason="Vi trenger andre.",
        version=0,
    )
    deciding.agree_who_tells(at, who=who, by=date(2026, 3, 12), version=0)
    deciding.carry_out(at)


@pytest.mark.meets("R-34")
def test_more_from_the_child_stands_behind_one_press(browser):
    at = browser("eirik").open("evaluering", SOLVEIG)
    at.at.button(key=f"{SOLVEIG.replace('-', '_')}.evaluering.part.barnet").click()
    at.run()
    assert not [a for a in at.at.text_area if a.label == "Hva ønsker barnet?"]
    next(t for t in at.at.checkbox if t.label == "Mer fra barnet").check()
    at.run()
    next(a for a in at.at.text_area if a.label == "Hva ønsker barnet?").set_value("Sitte ved vinduet.")
    at.run()
    assert at.messages <= 45
    at.press("Lagre det barnet har sagt")

    assert "Sitte ved vinduet." in at.text
    assert "Sitte ved vinduet." in browser("eirik").open("stafettlogg", SOLVEIG).text


def writes_why_the_child_is_not_heard(at, page, number):
    """Press the switch under the words and write the reason, as it can be done without pressing anything untrue."""
    at.open(page, number)
    next(t for t in at.at.toggle if t.label == "Barnet er ikke spurt ennå, eller kan ikke spørres").set_value(True)
    at.run()
    chosen(at, "Hvordan kommer barnets mening fram?", ChildTakesPart.NOT_HEARD)
    next(a for a in at.at.text_area if a.label.startswith("Hvorfor er barnet ikke hørt?")).set_value("Hun er syk.")
    at.run()
    assert at.messages <= 45
    at.press("Lagre")
    at.run()
    assert len(at.statements) <= 14


@pytest.mark.meets("R-32")
def test_a_new_round_that_begins_in_step_2_can_say_there_why_the_child_is_not_heard(browser):
    eirik = browser("eirik")
    goes_round_once_more(At(identity.signed_in(eirik.login), SOLVEIG), DecisionOutcome.OTHER_MEASURES_OWN_SERVICE)
    assert "Avklar hvem som snakker med barnet, og når." in eirik.open("planlegg_tiltak", SOLVEIG).text

    writes_why_the_child_is_not_heard(eirik, "planlegg_tiltak", SOLVEIG)

    assert "Solveig er ikke hørt: Hun er syk." in eirik.text
    assert "Avklar hvem som snakker" not in eirik.text


@pytest.mark.meets("R-31")
def test_a_round_that_goes_on_asks_in_step_3_when_it_is_evaluated_again(browser):
    eirik = browser("eirik")
    at = At(identity.signed_in(eirik.login), SOLVEIG)
    goes_round_once_more(at, DecisionOutcome.CONTINUE)
    moving.move_on(at, to=Step.IVERKSETT)

    assert "Når skal tiltaket evalueres neste gang?" in eirik.open("iverksett", SOLVEIG).text
    planning.agree_evaluation(at, day=date(2026, 5, 26), at=time(12, 0), version=0)
    assert "Når skal tiltaket evalueres neste gang?" not in eirik.open("iverksett", SOLVEIG).text


@pytest.mark.meets("R-33")
def test_the_list_leads_to_where_it_is_pressed_that_the_child_is_told_also_when_the_next_round_goes(browser):
    eirik = browser("eirik")
    goes_round_once_more(At(identity.signed_in(eirik.login), SOLVEIG), DecisionOutcome.OTHER_MEASURES_OWN_SERVICE)
    assert "Fortell barnet hva som er bestemt" in eirik.open("mine_saker").text

    eirik.open(NEXT[Due.TELL_CHILD].page, SOLVEIG).press("Solveig har fått vite det")

    assert "Fortell barnet hva som er bestemt, innen 12. mars" not in eirik.open("mine_saker").text


@pytest.mark.meets("R-33")
def test_the_one_who_tells_the_child_is_led_to_where_she_presses_that_it_is_done_and_no_other_sees_the_press(browser):
    eirik, pernille, liv = browser("eirik"), browser("pernille"), browser("liv")
    at = At(identity.signed_in(eirik.login), SOLVEIG)
    goes_round_once_more(at, DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, teller="Pernille")
    assert "Fortell barnet hva som er bestemt, innen 12. mars" in pernille.open("mine_saker").text
    told = "Solveig har fått vite det"
    assert told not in [b.label for b in liv.open(NEXT[Due.TELL_CHILD].page, SOLVEIG).at.button]

    pernille.open(NEXT[Due.TELL_CHILD].page, SOLVEIG).press(told)

    assert "Solveig fikk vite det" in pernille.text
    assert told not in [b.label for b in pernille.at.button]
    assert "Fortell barnet hva som er bestemt, innen 12. mars" not in pernille.open("mine_saker").text


@pytest.mark.meets("R-16", "R-32")
def test_the_evaluation_goes_on_when_it_is_written_there_why_the_child_is_not_asked(browser, granvik):
    with granvik.writing() as session:
        session.execute(update(StaffUser).values(language="nb"))
    torleiv = browser("torleiv")
    moving.move_on(At(identity.signed_in(torleiv.login), INGRID), to=Step.EVALUERING)
    asked = "Skriv hvordan barnet opplever endringen, eller hvorfor det ikke er spurt."
    assert asked in torleiv.open("evaluering", INGRID).text

    writes_why_the_child_is_not_heard(torleiv, "evaluering", INGRID)

    assert "Ingrid er ikke hørt: Hun er syk." in torleiv.text
    assert asked not in torleiv.text


def test_what_was_weighed_is_pressed_and_never_chosen_beforehand(browser):
    at = browser("eirik").open("planlegg_tiltak", OLA)
    at.at.button(key=f"{OLA.replace('-', '_')}.planlegg_tiltak.part.barnets-beste").click()
    at.run()
    chips = next(b for b in at.at.button_group if b.label.startswith("Dette har vi tenkt på"))
    assert chips.value == []
    chips.set_value([Factor.STABILITY])
    at.run()
    at.press("Lagre barnets beste")

    assert "Ro og stabilitet" in at.text


def comes_to_the_way_forward(at):
    with looking(at, "test") as case:
        view = evaluating.view(case)
    done = {e.tiltak for e in view.evaluations}
    given = {"why_not_answered": "", "changed_text": "", "reason": "", "best_interests": "", "version": 0}
    for tiltak in (t.id for t in view.due if t.id not in done):
        evaluating.record_evaluation(
            at,
            tiltak=tiltak,
            family_first=FamilyFirst.YES,
            effect=Effect.NONE,
            outcome=TiltakOutcome.END,
            **given,
        )
    evaluating.judge_round(at, degree=Degree.NOT_AT_ALL, text="", how_weighted="Stor vekt.", version=0)
    moving.move_on(at, to=Step.VEIEN_VIDERE)
