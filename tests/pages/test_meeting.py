"""The meeting on the screen: told in a few lines, with all but the day behind one press; nothing of it is asked for."""

from datetime import date, timedelta

import pytest

from bti.casework import story
from bti.casework.door import At, looking
from bti.casework.people import people
from bti.casework.steps import preparing
from bti.rules.meeting import FamilyAgreed
from bti.rules.people import ParticipantKind
from forms.meeting import About
from tests.cast import NOON
from tests.pages.conftest import INGRID, OLA, SOLVEIG
from tests.pages.test_plan import field, selects, who

PART = "2026_002.planlegg_tiltak.part.mote"


def opens_the_meeting(at, about, key=PART):
    """Open the part of the meeting, and choose what of it to write."""
    at.at.button(key=key).click()
    at.run()
    next(c for c in at.at.pills if c.key.endswith("mote.about")).set_value(about)
    return at.run()


def types(at, name, text):
    next(t for t in [*at.at.text_input, *at.at.text_area] if t.key.endswith(f".{name}")).set_value(text)


def meeting_of(at, number=OLA):
    with looking(At(who(at), number), "test") as case:
        return story.evaluation_meeting(story.meetings(case), case.round)


@pytest.mark.meets("R-39")
def test_the_meeting_is_told_in_a_few_lines_before_anybody_has_said_more_than_the_day(browser):
    text = browser("torleiv").open("iverksett", INGRID).text

    assert "Tysdag 21. april 2026 kl. 14.30–15.30" in text
    assert "Vi ser på kva tiltaka har ført til, og bestemmer vegen vidare." in text
    assert "Torleiv kallar inn, leier møtet, skriv referatet og oppdaterer loggen." in text


@pytest.mark.meets("S0-10", "S3-08")
def test_where_what_for_and_how_it_was_agreed_is_written_and_told(browser):
    at = opens_the_meeting(browser("eirik").open("planlegg_tiltak", OLA), About.WHAT)
    types(at, "place", "Rom 12")
    types(at, "until", "14.00")
    field(at, "agreed_how").set_value(FamilyAgreed.BY_PHONE)
    at.press("Lagre")
    assert "Møtet begynner kl. 14.30. Det må slutte senere." in at.text

    types(at, "until", "15.45")
    at.press("Lagre")

    assert "kl. 14.30–15.45, Rom 12" in at.text
    assert "Avtalt med familien 10. mars 2026: på telefon." in at.text


def test_a_purpose_that_is_left_as_it_follows_goes_on_following_and_one_of_its_own_is_told_instead(browser):
    at = opens_the_meeting(browser("eirik").open("planlegg_tiltak", OLA), About.WHAT)
    types(at, "purpose", "Vi ser på hva tiltakene har ført til, og bestemmer veien videre.")
    at.press("Lagre")
    assert meeting_of(at).purpose == ""
    assert "Vi ser på hva tiltakene har ført til" in at.text

    opens_the_meeting(at, About.WHAT)
    types(at, "purpose", "Vi ser på leksene.")
    at.press("Lagre")
    assert "Vi ser på leksene." in at.text
    assert "Vi ser på hva tiltakene" not in at.text


@pytest.mark.meets("S0-16", "S0-52")
def test_a_duty_is_given_to_another_and_the_rest_follows(browser):
    at = opens_the_meeting(browser("eirik").open("planlegg_tiltak", OLA), About.DUTIES)
    with looking(At(who(at), OLA), "test") as case:
        pernille = next(p.id for p in people.people(case) if p.first_name == "Pernille")
    selects(at, "Hvem leder møtet?", pernille)
    assert at.messages <= 45
    at.press("Lagre hvem som gjør hva")

    assert "Eirik kaller inn, skriver referatet og oppdaterer loggen. Pernille leder møtet." in at.text
    assert "Pernille leder møtet." in browser("pernille").open("planlegg_tiltak", OLA).text


@pytest.mark.meets("R-64")
def test_a_guest_comes_when_the_family_wishes_it_and_nothing_typed_is_lost_before(browser):
    at = opens_the_meeting(browser("eirik").open("planlegg_tiltak", OLA), About.WHO)
    assert "Andre som kommer på møtet, får ikke se loggen." in at.text
    types(at, "name", "Tove Tolkesen")
    at.press("Legg til på møtet")
    assert "Hvem er Tove Tolkesen her?" in at.text

    field(at, "kind").set_value(ParticipantKind.FAMILY_GUEST)
    at.run()
    at.press("Legg til på møtet")
    assert "Bare familien kan si ja til at Tove Tolkesen er med." in at.text

    next(c for c in at.at.checkbox if c.key.endswith(".wished_by_family")).check()
    at.press("Legg til på møtet")
    newest = meeting_of(at).besides[-1]
    assert (newest.name, newest.wished_by_family) == ("Tove Tolkesen", True)
    shown = browser("eirik").open("planlegg_tiltak", OLA).text
    assert "Tove Tolkesen, gjest som familien ønsker med" in shown


@pytest.mark.meets("R-64")
def test_an_interpreter_is_not_asked_what_the_family_wishes(browser):
    at = opens_the_meeting(browser("eirik").open("planlegg_tiltak", OLA), About.WHO)
    asked = {
        ParticipantKind.INTERPRETER: ["Taushetsplikten er forklart"],
        ParticipantKind.OBSERVER: ["Familien ønsker det"],
        ParticipantKind.FAMILY_GUEST: ["Familien ønsker det", "Taushetsplikten er forklart"],
    }
    for kind, ticks in asked.items():
        field(at, "kind").set_value(kind)
        at.run()
        assert [c.label for c in at.at.checkbox] == ticks


def test_who_does_not_come_is_said_and_can_come_after_all(browser):
    at = opens_the_meeting(browser("eirik").open("planlegg_tiltak", OLA), About.WHO)
    with looking(At(who(at), OLA), "test") as case:
        pernille = next(p.id for p in people.people(case) if p.first_name == "Pernille")
    field(at, "away").set_value([pernille])
    at.press("Lagre hvem som ikke kommer")

    assert "Kommer ikke denne gangen: Pernille." in browser("eirik").open("planlegg_tiltak", OLA).text
    field(at, "away").set_value([])
    at.press("Lagre hvem som ikke kommer")
    assert meeting_of(at).away == frozenset()


@pytest.mark.parametrize("about", About)
def test_whatever_is_asked_of_a_meeting_the_page_stays_small(browser, about):
    at = browser("eirik").open("planlegg_tiltak", OLA)
    for name in ("Tove Tolkesen", "Nora Nyvik"):
        preparing.bring_to_meeting(
            At(who(at), OLA),
            meeting=meeting_of(at).id,
            name=name,
            kind=ParticipantKind.INTERPRETER,
            why="",
            wished_by_family=False,
            secrecy_explained=True,
        )
    at = opens_the_meeting(at.open("planlegg_tiltak", OLA), about)

    assert at.messages <= 45
    at.run()
    assert len(at.statements) <= 14, "\n".join(at.statements)


def test_before_the_day_is_agreed_only_the_day_is_asked_and_one_suggested(browser, granvik):
    at = browser("torleiv").open("iverksett", INGRID)
    at.at.button(key="2026_004.iverksett.part.mote").click()
    at.run()
    assert [s.label for s in at.at.pills if s.key.endswith("mote.about")] == ["Om møtet"]
    assert date(2026, 4, 21) <= meeting_of(at, INGRID).day


def test_of_a_meeting_that_is_over_it_is_not_said_who_does_what(browser, wall_clock):
    assert "Eirik kaller inn, leder møtet" in browser("eirik").open("stafettlogg", SOLVEIG).text
    wall_clock.set(NOON + timedelta(days=60))

    text = browser("eirik").open("stafettlogg", SOLVEIG).text
    assert "Granvik skole, rom 12" in text
    assert "leder møtet" not in text
