"""The page of consent, as the family sees it across the table."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bti import ids
from bti.casework.consent import case_decisions, consenting
from bti.casework.desk import seeing
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules.consent import (
    Answer,
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    ConsentState,
    DecisionValue,
    Said,
    YesNo,
)
from bti.rules.meeting import MeetingType
from bti.store.tables import Case, ConsentDeclaration, Guardian, Meeting, Sharing
from forms.people import ColleaguesForm
from tests.cast import NOON
from tests.pages.conftest import BO, SOLVEIG


def box(at, kind, label):
    return next(w for w in getattr(at.at, kind) if w.label.startswith(label))


def turn_on(at, label):
    box(at, "toggle", label).set_value(True)
    return at.run()


def standings(at, number):
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        return {s.code: s.state for s in consenting.view(case).standings}


def services(at, number):
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        return {c.code: c.service for c in consenting.view(case).choices}


def within_budget(at):
    """A page that is only looked at: what is typed has been kept the run before."""
    at.run()
    at.run()
    assert len(at.statements) <= 14, "\n".join(at.statements)
    assert at.messages <= 45


def asks_for_more(at, code):
    at.open("samtykke", SOLVEIG)
    turn_on(at, "Spør om mer")
    box(at, "multiselect", "1. Hvem").set_value([services(at, SOLVEIG)[code]])
    box(at, "radio", "2. Hva kan de").set_value(ConsentLevel.EVERYDAY)
    box(at, "radio", "3. Er det noe").set_value(YesNo.NO)
    at.run()
    within_budget(at)
    at.press("Informasjonen er lest opp. Spør om dette")


@pytest.mark.meets("R-01")
def test_a_form_that_is_refused_for_want_of_consent_says_that_one_must_tell_all_the_same(browser, monkeypatch):
    def not_covered(*_asked, **_given):
        raise Refused(Reason.NOT_COVERED, field="users", tjeneste="PPT")

    monkeypatch.setattr(ColleaguesForm, "saved_by", staticmethod(not_covered))
    at = browser("eirik").open("oppstart", BO)
    at.at.button(key="2026_003.oppstart.part.deltakere").click()
    at.run()
    with looking(At(identity.signed_in(at.login), BO), "test") as case:
        somebody = people.may_join(case)[0].user
    box(at, "multiselect", "Hvem skal være med?").set_value([somebody])
    at.run()
    at.press("Legg til")

    assert "Samtykket dekker ikke PPT. Dette kan ikke deles her." in at.text
    assert at.text.count("Meldeplikt og avvergeplikt gjelder uansett samtykke.") == 1


def test_the_family_is_told_the_number_to_ring_when_it_wants_to_stop(browser):
    at = browser("eirik").open("samtykke", SOLVEIG)
    turn_on(at, "Spør om mer")

    assert "ring Eirik Prøve, 000 00 000. Da slutter vi å dele med en gang." in at.text


@pytest.mark.meets("R-06", "S1-23")
def test_the_family_is_asked_about_one_service_more_and_only_that_one_waits(browser):
    at = browser("eirik")
    asks_for_more(at, "barnevern")

    assert "Spurt om mer" in at.text
    assert "Et nei her endrer ikke det dere har sagt ja til før." in at.text
    within_budget(at)
    assert standings(at, SOLVEIG) == {
        "ppt": ConsentState.ACTIVE,
        "skolehelse": ConsentState.ACTIVE,
        "barnevern": ConsentState.AWAITING,
    }
    for _guardian in ("Marte", "Jonas"):
        box(at, "radio", "Svaret er").set_value(Said.YES)
        box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
        at.run()
        at.press("Lagre svaret")
    assert set(standings(at, SOLVEIG).values()) == {ConsentState.ACTIVE}
    assert "arneverntjenesten" not in browser("pernille").open("oppstart", SOLVEIG).text


def test_where_one_is_let_in_stands_the_way_to_ask_the_family(browser):
    words = "Spør familien om en tjeneste til"

    assert words in [link.proto.label for link in browser("eirik").open("deltakere", SOLVEIG).at.get("page_link")]
    assert words not in [
        link.proto.label for link in browser("pernille").open("deltakere", SOLVEIG).at.get("page_link")
    ]


def goes_on_in_a_meeting(granvik, at, number):
    actor = identity.signed_in(at.login)
    with granvik.writing(actor.id) as session:
        case = session.execute(select(Case.id).where(Case.number == number)).scalar_one()
        meeting = {"type": MeetingType.STARTUP, "place": "", "start": NOON, "planned_end": NOON + timedelta(hours=1)}
        kept = {"version": 1, "updated_by": actor.id, "updated_at": NOON}
        session.add(Meeting(id=ids.new(), case_id=case, round=1, **meeting, **kept))


@pytest.mark.meets("R-05")
def test_what_is_said_in_the_meeting_is_written_down_first_and_where_it_lies_afterwards(browser, granvik):
    at = browser("eirik")
    goes_on_in_a_meeting(granvik, at, BO)
    at.open("samtykke", BO)
    assert "kan dere skrive hvor det er journalført, når møtet er slutt" in at.text
    box(at, "radio", "Svaret er").set_value(Said.YES)
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ORAL)
    within_budget(at)
    at.press("Lagre svaret")

    assert standings(at, BO) == {"ppt": ConsentState.ACTIVE}
    assert "Hvor er svaret fra Geir journalført?" in at.text
    within_budget(at)
    box(at, "text_input", "Hvor er det journalført").input("elevmappe, notat 10.3.")
    at.run()
    at.press("Lagre hvor det ligger")
    assert "journalført" not in at.text


@pytest.mark.meets("R-07")
def test_a_yes_is_taken_back_from_all_with_one_tick_and_no_reason(browser):
    at = browser("eirik").open("samtykke", SOLVEIG)
    turn_on(at, "Marte vil trekke samtykke")
    at.press("Slutt å dele nå")
    assert "Svar her." in at.text
    assert not at.at.text_area
    assert not at.at.button_group
    box(at, "checkbox", "Jeg vil at dere slutter å dele med alle").check()
    within_budget(at)
    at.press("Slutt å dele nå")

    assert "Samtykket er trukket tilbake. Ingenting deles fra kl. 12.00." in at.text
    assert set(standings(at, SOLVEIG).values()) == {ConsentState.WITHDRAWN}


@pytest.mark.meets("R-07")
def test_only_an_addition_is_taken_back_when_that_is_what_is_said(browser, wall_clock):
    wall_clock.set(NOON + timedelta(minutes=1))
    at = browser("eirik")
    actor = At(identity.signed_in(at.login), SOLVEIG)
    nurse = services(at, SOLVEIG)["skolehelse"]
    with looking(actor, "test") as case:
        guardians = consenting.view(case).must_answer
    health = frozenset({ConsentAddition.HEALTH})
    asked = [consenting.Asked(nurse, ConsentLevel.EVERYDAY, health)]
    more = consenting.ask_for_more(actor, asked=asked, not_to_share="", information_given=True)
    yes = {nurse: Answer(ConsentLevel.EVERYDAY, health)}
    for one in guardians:
        consenting.record_answer(actor, consent=more, consenter=one, answers=yes, form=ConsentForm.ELECTRONIC)

    wall_clock.set(NOON + timedelta(minutes=2))
    at.open("samtykke", SOLVEIG)
    turn_on(at, "Jonas vil trekke samtykke")
    box(at, "multiselect", "Jeg vil at dere slutter å dele med").set_value([nurse])
    box(at, "button_group", "Bare dette").set_value([ConsentAddition.HEALTH])
    at.run()
    at.press("Slutt å dele nå")

    assert "Ingenting om helse deles fra kl. 12.02." in at.text
    with looking(actor, "test") as case:
        (one,) = [s for s in consenting.view(case).standings if s.code == "skolehelse"]
    assert (one.state, one.level) == (ConsentState.ACTIVE, ConsentLevel.EVERYDAY)
    assert Category.HEALTH not in one.scope


@pytest.mark.meets("R-59")
def test_a_guardian_says_for_herself_who_in_the_family_may_see_what_is_about_her(browser, granvik):
    at = browser("eirik").open("samtykke", SOLVEIG)
    turn_on(at, "Noe handler om en av de foresatte selv")
    guardians = {name: key for key, name in people_of(at, SOLVEIG)}
    box(at, "selectbox", "Hvem svarer for seg selv?").set_value(guardians["Marte Testdal"])
    box(at, "multiselect", "Hvem i familien får se det?").set_value([guardians["Jonas Testdal"]])
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
    within_budget(at)
    at.press("Lagre svaret")

    with granvik.reading(identity.signed_in(at.login).id) as session:
        rows = session.execute(select(Sharing.person, Sharing.about).where(Sharing.person.is_not(None))).all()
    assert {tuple(r) for r in rows} == {(guardians["Jonas Testdal"], guardians["Marte Testdal"])}
    assert not box(at, "toggle", "Noe handler om en av de foresatte selv").value


def people_of(at, number):
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        return [(p.key, p.name) for p in people.people(case)]


def in_bokmaal(at):
    identity.choose_language(identity.signed_in(at.login), "nb")
    return at


def number_of(at, child):
    return next(line.number for line in seeing.my_cases(identity.signed_in(at.login)) if line.child == child)


@pytest.mark.meets("R-09")
def test_a_consent_that_ends_is_said_to_the_stafettholder_and_can_be_asked_for_again(browser):
    at = in_bokmaal(browser("torleiv"))
    mina = number_of(at, "Mina")
    at.open("samtykke", mina)
    assert "Spør familien om det skal fornyes." in at.text
    turn_on(at, "Spør om å fornye")
    box(at, "multiselect", "1. Hvem").set_value([services(at, mina)["ppt"]])
    assert box(at, "radio", "2. Hva kan de").value is None
    box(at, "radio", "2. Hva kan de").set_value(ConsentLevel.AGREEMENTS)
    box(at, "radio", "3. Er det noe").set_value(YesNo.NO)
    within_budget(at)
    at.press("Informasjonen er lest opp. Spør om å fornye")

    assert "Spurt om å fornye" in at.text
    assert "Svaret gjelder fra " in at.text
    assert "Spør familien om det skal fornyes." not in at.text
    assert "skal fornyes" not in browser("pernille").open("samtykke", mina).text
    within_budget(at)


@pytest.mark.meets("R-03", "S3-11")
def test_a_young_person_is_spoken_to_and_answers_for_herself(browser):
    at = in_bokmaal(browser("torleiv"))
    vilja = number_of(at, "Vilja")
    at.open("samtykke", vilja)
    assert "Vilja har fylt 15 år og skal selv svare." in at.text
    assert "Du er 15 år. Derfor spør vi deg også. Du bestemmer om helsesykepleier kan få vite noe." in at.text
    assert "Sier du nei, får du fortsatt hjelp" in at.text
    box(at, "radio", "Svaret er").set_value(Said.YES)
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
    within_budget(at)
    at.press("Lagre svaret")

    assert standings(at, vilja) == {"skolehelse": ConsentState.ACTIVE}
    assert "skal selv svare" not in at.text


@pytest.mark.meets("R-09", "scenario-4")
def test_before_the_birthday_the_day_is_said_and_the_answer_may_be_given(browser, wall_clock):
    at = in_bokmaal(browser("torleiv"))
    vilja = number_of(at, "Vilja")
    wall_clock.set(NOON - timedelta(days=20))
    at.open("samtykke", vilja)

    assert "Vilja fyller 15 år 3. mars 2026 og skal da selv svare." in at.text
    at.press("Skriv")
    assert "Du fyller 15 år 3. mars 2026. Derfor spør vi deg også." in at.text


def speaks(granvik, name, **more):
    with granvik.writing(None) as session:
        session.execute(update(Guardian).where(Guardian.name == name).values(**more))


@pytest.mark.meets("R-04")
def test_the_language_is_asked_for_only_when_it_is_another(browser, granvik):
    at = browser("eirik").open("samtykke", BO)
    assert not [t for t in at.at.text_input if t.label.startswith("Forklart på")]
    speaks(granvik, "Geir Eksempelsen", language="tigrinja", interpreter_language="tigrinja")

    at = browser("eirik").open("samtykke", BO)
    assert box(at, "text_input", "Forklart på").value == "tigrinja, tolk: tigrinja"
    box(at, "radio", "Svaret er").set_value(Said.YES)
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
    within_budget(at)
    at.press("Lagre svaret")

    with granvik.reading(identity.signed_in(at.login).id) as session:
        noted = session.execute(select(ConsentDeclaration.explained_in)).scalars().all()
    assert "tigrinja, tolk: tigrinja" in noted


def test_one_thing_is_taken_out_for_one_service_when_the_answer_differs(browser, granvik):
    at = browser("eirik").open("samtykke", BO)
    box(at, "radio", "Svaret er").set_value(Said.DIFFERS)
    at.run()
    box(at, "multiselect", "Ikke hvordan barnet har det med andre barn").set_value([services(at, BO)["ppt"]])
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
    within_budget(at)
    at.press("Lagre svaret")

    with looking(At(identity.signed_in(at.login), BO), "test") as case:
        (ppt,) = consenting.view(case).standings
    assert ppt.scope == {Category.TILTAK_AND_EVALUATION, Category.SCHOOL_KINDERGARTEN}
    assert ppt.level is ConsentLevel.EVERYDAY


def test_that_the_child_is_told_is_written_behind_one_press(browser):
    at = browser("eirik").open("samtykke", SOLVEIG)
    assert "Hva Solveig vet, og synes" in at.text
    at.press("Skriv")
    eirik = next(key for key, name in participants_of(at, SOLVEIG) if name == "Eirik Prøve")
    box(at, "selectbox", "Hvem har fortalt det").set_value(eirik)
    within_budget(at)
    at.press("Lagre")

    assert "Vi har fortalt Solveig hvem som får vite hva, og spurt hva Solveig synes. (Eirik)" in at.text


def participants_of(at, number):
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        return [(p.id, p.name) for p in people.people(case)]


@pytest.mark.meets("R-02")
def test_the_stafettholder_is_told_whose_answer_is_missing(browser):
    assert "Samtykket er ikke fullstendig: Geir mangler." in browser("eirik").open("samtykke", BO).text
    assert "ikke fullstendig" not in browser("eirik").open("samtykke", SOLVEIG).text


@pytest.mark.meets("R-03")
def test_that_the_other_guardian_is_told_is_pressed_where_it_stands_who_answers(browser):
    eirik, pernille = browser("eirik"), browser("pernille")
    at = At(identity.signed_in(eirik.login), SOLVEIG)
    with looking(at, "test") as case:
        marte = next(p.key for p in people.people(case) if p.first_name == "Marte")
    case_decisions.decide_who_answers(
        at,
        value=DecisionValue.ONE_PLUS_NOTICE,
        consenters=[marte],
        decided_by="Randi Rolle",
        decided_on=NOON.date(),
        reason="Far er på reise.",
    )
    task, hers = (
        f"{who} skal få vite hvem som svarer på samtykket." for who in ("En med foreldreansvar", "Jonas Testdal")
    )
    assert task in eirik.open("mine_saker").text
    assert task not in pernille.open("mine_saker").text
    assert hers in eirik.open("samtykke", SOLVEIG).text
    within_budget(eirik)

    eirik.press("Har fått vite det")

    assert hers not in eirik.text
    assert "Jonas Testdal har fått vite det. Skrevet 10. mars 2026 av Eirik Prøve." in eirik.text
    assert task not in eirik.open("mine_saker").text
    assert "har fått vite hvem som svarer" in eirik.open("innsyn", SOLVEIG).text


@pytest.mark.meets("R-03")
@pytest.mark.parametrize("number", [SOLVEIG, BO])
def test_a_parent_who_is_not_said_to_have_foreldreansvar_is_not_asked_and_the_page_says_why(browser, granvik, number):
    asked = "blir ikke spurt: det står ikke at"
    assert asked not in browser("eirik").open("samtykke", number).text
    with granvik.writing() as session:
        of_the_child = select(Case.child_id).where(Case.number == number).scalar_subquery()
        family = session.execute(select(Guardian).where(Guardian.child_id == of_the_child)).scalars().all()
        family[0].has_parental_responsibility = False
        name, others = family[0].name, family[1:]
    text = browser("eirik").open("samtykke", number).text
    assert (f"{name} {asked} {name} har foreldreansvar." in text) is bool(others)

    with granvik.writing() as session:
        session.execute(update(Guardian).values(has_parental_responsibility=False))
    text = browser("eirik").open("samtykke", number).text
    assert "Ingen kan svare for barnet: det står ikke at noen har foreldreansvar." in text
    assert "Stemmer det ikke, rettes det under «Foresatte» på siden «Hvem er med»." in text
