"""The plan on the screen: what follows behind one press, the family's word, proposals, notes; few elements all the way."""

import re
from datetime import date, timedelta

import pytest

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import people
from bti.casework.steps import planning
from bti.rules.tiltak import Arena, EvaluationMode, NoteKind, ProposalStatus
from tests.pages.conftest import INGRID, OLA


def selects(at, label, key):
    """Choose in a list."""
    next(s for s in at.at.selectbox if s.label == label).set_value(key)
    return at.run()


def who(at):
    return identity.signed_in(at.login)


def tiltak_of(at, number=OLA):
    with looking(At(who(at), number), "test") as case:
        return story.tiltak(case)


def field(at, name):
    """Return the question that ``name`` asks in the open form."""
    return next(e for e in [*at.at.radio, *at.at.date_input, *at.at.multiselect] if str(e.key).endswith(f".{name}"))


def opens_a_tiltak(at, key):
    at.at.button(key="2026_002.planlegg_tiltak.part.tiltak").click()
    at.run()
    return selects(at, "Endre, eller skriv et til", key)


@pytest.mark.meets("R-21", "R-22")
def test_what_follows_is_behind_one_press_and_shown_as_it_stands(browser):
    eirik = browser("eirik")
    at = opens_a_tiltak(eirik.open("planlegg_tiltak", OLA), tiltak_of(eirik)[-1].id).press("Endre det som følger")

    assert field(at, "arena").value is Arena.HOME
    assert field(at, "deadline").value == field(at, "evaluation_due").value == date(2026, 4, 21)
    assert at.messages <= 45
    at.run()
    assert len(at.statements) <= 14

    field(at, "evaluation_due").set_value(date(2026, 4, 14))
    at.press("Lagre det som følger")
    assert "Velg en annen måte" in at.text

    field(at, "evaluation_mode").set_value(EvaluationMode.PHONE)
    at.press("Lagre det som følger")
    assert "Vi evaluerer 14. april. Det skjer på telefon." in at.text


@pytest.mark.meets("R-22")
def test_a_moved_meeting_says_what_moved(browser):
    at = browser("eirik").open("planlegg_tiltak", OLA)
    at.at.button(key="2026_002.planlegg_tiltak.part.mote").click()
    at.run()
    at.at.date_input[0].set_value(date(2026, 4, 28))
    at.press("Avtal møtet")

    assert "Møtet er tirsdag 28. april 2026. Dagene følger med for" in at.text


@pytest.mark.meets("R-57")
def test_help_that_may_need_a_formal_decision_is_said_where_it_is_written(browser):
    eirik = browser("eirik")
    first = tiltak_of(eirik)[0]
    planning.save_tiltak(
        At(who(eirik), OLA),
        text="Spesialundervisning",
        responsible=first.responsible,
        oppmerksomhet=first.oppmerksomhet,
        tiltak=first.id,
        version=first.version,
    )

    at = opens_a_tiltak(eirik.open("planlegg_tiltak", OLA), first.id)

    assert "Tiltaket kan kreve enkeltvedtak i egen sak." in at.text


@pytest.mark.meets("R-58", "S2-08")
def test_the_familys_no_is_one_press_and_stands_on_the_page(browser):
    eirik = browser("eirik")
    at = opens_a_tiltak(eirik.open("planlegg_tiltak", OLA), tiltak_of(eirik)[-1].id)

    at.press("Familien sier nei til dette")

    assert "Familien har sagt nei. Det settes ikke i gang." in at.text
    at.press("Familien sier ja til dette")
    assert "Familien har sagt nei." not in at.text


@pytest.mark.meets("S2-08")
def test_one_press_says_that_all_was_read_aloud_and_approved(browser):
    at = browser("eirik").open("planlegg_tiltak", OLA)
    at.at.button(key="2026_002.planlegg_tiltak.part.tiltak").click()

    at.run().press("Lest opp og godkjent")

    assert at.text.count("Familien er enig.") == 8
    assert "Lest opp og godkjent" not in {b.label for b in at.at.button}


@pytest.mark.meets("R-58")
def test_the_family_may_say_no_while_the_tiltak_is_carried_out(browser):
    torleiv = browser("torleiv")
    at = torleiv.open("iverksett", INGRID)
    at.at.button(key="2026_004.iverksett.part.tiltak").click()
    at.run()

    selects(at, "Kva tiltak gjeld det?", tiltak_of(torleiv, INGRID)[0].id).press("Familien seier nei til dette")

    assert "Familien har sagt nei. Det blir ikkje sett i gang." in at.text


@pytest.mark.meets("S2-20", "S2-22")
def test_a_proposal_is_offered_and_the_family_decides(browser):
    eirik = browser("eirik")
    at = eirik.open("planlegg_tiltak", OLA)
    at.at.button(key="2026_002.planlegg_tiltak.part.forslag").click()
    at.run()
    with looking(At(who(eirik), OLA), "test") as case:
        take_part = {p.first_name: p.id for p in people.people(case)}
    next(a for a in at.at.text_area if a.label == "Hva tilbyr dere å gjøre?").set_value("Samtalegruppe på torsdager")
    selects(at, "Hvem tilbyr det?", take_part["Liv"]).press("Lagre forslaget")
    assert "Tilbud fra Liv. Familien har ikke svart ennå." in at.text

    selects(at, "Hvilket forslag har familien svart på?", offered(eirik)[0].id)
    field(at, "status").set_value(ProposalStatus.DECLINED_BY_FAMILY)
    selects(at, "Hvem i familien sa det?", take_part["Petra"]).press("Lagre familiens svar")

    assert "Tilbud fra Liv. Familien sier nei." in at.text
    assert at.messages <= 45


def offered(at):
    with looking(At(who(at), OLA), "test") as case:
        return planning.proposals(case)


@pytest.mark.meets("R-27")
def test_the_plan_says_which_goal_is_not_written_and_who_sees_what(browser):
    at = browser("eirik").open("planlegg_tiltak", OLA)

    assert "Det er ikke skrevet noe mål. Målet blir «At det blir bedre med søvn»." in at.text
    at.at.button(key="2026_002.planlegg_tiltak.part.oppmerksomheter").click()
    assert at.run().text.count("<p>Dette ser: ") == 3
    assert "<p>Dette ser" not in browser("pernille").open("planlegg_tiltak", OLA).text


def test_more_about_a_concern_is_behind_one_press_and_the_family_keeps_a_service_out(browser):
    eirik = browser("eirik")
    at = eirik.open("planlegg_tiltak", OLA)
    at.at.button(key="2026_002.planlegg_tiltak.part.oppmerksomheter").click()
    at.run()
    with looking(At(who(eirik), OLA), "test") as case:
        plan = planning.view(case)
        ppt = next(s.service for s in consenting.standings(case) if s.code == "ppt")
    petra = next(p.id for p in plan.people if p.first_name == "Petra")
    selects(at, "Endre, eller skriv en til", plan.oppmerksomheter[2].id).press("Mer om denne, og hvem som ser den")
    at.run()
    assert len(at.statements) <= 14
    assert at.messages <= 45

    selects(at, "Hvem skal ikke se dette?", ppt)
    selects(at, "Hvem i familien sa det?", petra).press("Hold utenfor")

    assert "Søvn" not in browser("pernille").open("planlegg_tiltak", OLA).text


def test_a_covered_service_writes_a_note_on_what_it_does_and_all_can_read_it(browser):
    pernille = browser("pernille")
    hers = next(t for t in tiltak_of(pernille, INGRID) if t.who and t.who.name.startswith("Pernille"))
    at = pernille.open("iverksett", INGRID)
    at.at.button(key="2026_004.notater.part.notater").click()
    at.run()
    assert len(next(s for s in at.at.selectbox if s.label == "Hvilket tiltak gjelder det?").options) == 1

    selects(at, "Hvilket tiltak gjelder det?", hers.id)
    field(at, "kind").set_value(NoteKind.POSITIVE_NOTE)
    at.at.text_area[0].set_value("Ho las ei heil bok.")
    at.press("Lagre notatet")

    assert "Lysglimt</strong> Ho las ei heil bok." in browser("torleiv").open("iverksett", INGRID).text
    assert "Ho las ei heil bok." in browser("torleiv").open("stafettlogg", INGRID).text


@pytest.mark.meets("R-54")
def test_what_is_late_stands_over_the_tiltak_for_those_who_can_write_how_it_goes(browser, wall_clock):
    assert "Over fristen" not in browser("torleiv").open("iverksett", INGRID).text

    wall_clock.set(wall_clock.now + timedelta(weeks=6))
    torleiv = browser("torleiv").open("iverksett", INGRID).run()
    assert torleiv.messages <= 45
    assert len(torleiv.statements) <= 14

    pernille = browser("pernille").open("iverksett", INGRID)
    assert late_on(torleiv) > late_on(pernille) == {"Kartlegg lesinga i klassen."}


def late_on(at):
    """Return what stands under «over fristen: notat …» on the page."""
    told = re.search("<p>Over fristen: notat om [^<]*</p>(.*?)</ul>", at.text)
    return set(re.findall("<li>(.*?)</li>", told[1]))


@pytest.mark.meets("R-26")
def test_the_stafettholder_is_told_when_a_tiltak_needs_somebody_new(browser):
    torleiv = browser("torleiv")
    with looking(At(who(torleiv), INGRID), "test") as case:
        gone = next(p for p in people.people(case) if p.first_name == "Pernille")
    people.remove_colleague(At(who(torleiv), INGRID), participant=gone.id)

    at = torleiv.open("iverksett", INGRID)
    assert "Tiltaket treng ny ansvarleg." in at.text
    assert "«Kartlegg lesinga i klassen.» – Pernille er ikkje med lenger" in at.text
