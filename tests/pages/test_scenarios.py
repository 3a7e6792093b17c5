"""The scenarios as they are met on the screen."""

import pytest
from sqlalchemy import inspect, text

from bti.casework.consent import modes
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.paper import exporting, extract
from bti.casework.people import people
from bti.casework.steps import planning
from bti.rules.childs_voice import ShareWith
from bti.rules.workflow import StafettloggMode
from tests.casework.test_exporting import flat, text_of
from tests.pages.conftest import BO, OLA, SOLVEIG
from tests.pages.test_consent import in_bokmaal
from tests.pages.test_plan import opens_a_tiltak, tiltak_of

KEPT = "Jeg er redd for at mamma blir lei seg."


def who(at):
    return identity.signed_in(at.login)


def asked(at, label):
    return next(a for a in at.at.text_area if a.label.startswith(label))


# 2 and 10: what stands on the screen while an answer is waited for


@pytest.mark.meets("scenario-2", "R-02")
def test_while_one_guardian_has_not_answered_only_the_stafettholder_reads_a_name(browser):
    eirik = browser("eirik").open("samtykke", BO).text
    assert "PPT: venter på svar" in eirik
    assert "Geir Eksempelsen svarer" in eirik

    for page in ("oppstart", "samtykke", "stafettlogg"):
        pernille = browser("pernille").open(page, BO)
        shown = f"{pernille.text} {pernille.at.main} {pernille.at.sidebar}"
        assert [name for name in ("Bo Eksempelsen", "Geir", "Ada", "Eksempelsen") if name in shown] == []


# 13: what does no good is ended or changed


@pytest.mark.meets("scenario-13", "R-29", "S0-06", "S1-03")
def test_to_end_it_and_to_change_it_stand_first(browser):
    at = browser("eirik").open("evaluering", SOLVEIG)

    choices = next(r for r in at.at.radio if r.label == "Hva gjør vi med tiltaket?")

    assert choices.options[:3] == ["Avslutte", "Endre", "Videreføre"]
    assert choices.value is None


# 15: what the child wants kept


def part_of_the_child(browser, page, number):
    at = browser.open(page, number)
    at.at.button(key=f"{number.replace('-', '_')}.{page}.part.barnet").click()
    return at.run()


@pytest.mark.meets("scenario-15", "R-34")
@pytest.mark.parametrize(
    ("language", "help_text", "only_what_may_be_shared"),
    [
        ("nb", "Lov aldri barnet at ingenting blir sagt videre.", "Skriv bare det barnet har sagt at det er greit å"),
        ("nn", "Lov aldri barnet at ingenting blir sagt vidare.", "Skriv berre det barnet har sagt at det er greitt å"),
    ],
)
def test_the_one_who_talks_with_the_child_is_reminded_and_secrecy_is_never_promised(
    browser, language, help_text, only_what_may_be_shared
):
    eirik = browser("eirik")
    identity.choose_language(who(eirik), language)
    for page, number in (("planlegg_tiltak", OLA), ("evaluering", SOLVEIG)):
        at = part_of_the_child(eirik, page, number)
        assert help_text in at.text
        assert [a for a in at.at.text_area if only_what_may_be_shared in a.label]
        assert "hemmelig" not in at.text
        assert at.messages <= 45


def in_the_database(granvik):
    """Return all that is kept, by table, but for when somebody was last here."""
    with granvik.reading() as session:
        names = [name for name in inspect(granvik.engine).get_table_names() if "session" not in name]
        return {name: [str(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))] for name in names}


@pytest.mark.meets("scenario-15", "R-34")
def test_a_sentence_the_child_keeps_is_not_left_in_what_was_typed(browser, granvik):
    at = part_of_the_child(browser("eirik"), "evaluering", SOLVEIG)
    asked(at, "Hva er viktig for barnet nå?").set_value(KEPT)
    at.run()
    next(r for r in at.at.radio if r.label == "Hvem vil barnet dele det med?").set_value(ShareWith.NONE)
    at.run()

    assert not [a for a in at.at.text_area if a.label.startswith("Hva er viktig for barnet nå?")]
    assert KEPT not in str(in_the_database(granvik))


# 18: two in the same place


def writes(at, words):
    asked(at, "Hva gjør vi?").set_value(words)
    return at.run()


@pytest.mark.meets("scenario-18", "R-49")
def test_two_people_in_one_tiltak_meet_in_both_texts_and_save_them_together(browser):
    eirik = browser("eirik")
    torleiv = in_bokmaal(browser("torleiv"))
    people.add_colleagues(At(who(eirik), OLA), users=[who(torleiv).id])
    third = tiltak_of(eirik)[2]
    for at in (eirik, torleiv):
        opens_a_tiltak(at.open("planlegg_tiltak", OLA), third.id)

    writes(torleiv, "Leksehjelp tirsdag.").press("Lagre tiltaket")
    writes(eirik, "Leksehjelp torsdag.").press("Lagre tiltaket")

    assert "Torleiv Tenkt har endret dette etter at du åpnet det." in eirik.text
    assert "Leksehjelp tirsdag." in eirik.text
    assert "Leksehjelp torsdag." in eirik.text
    assert asked(eirik, "Hva gjør vi?").value == "Leksehjelp tirsdag.\n\nLeksehjelp torsdag."
    assert eirik.messages <= 45

    writes(eirik, "Leksehjelp tirsdag og torsdag.").press("Lagre tiltaket")
    saved = next(t for t in tiltak_of(eirik) if t.id == third.id)
    assert (saved.text, saved.version) == ("Leksehjelp tirsdag og torsdag.", third.version + 2)


@pytest.mark.meets("scenario-18", "R-49")
def test_two_tabs_of_one_person_meet_in_both_texts_too(browser):
    one, other = browser("eirik"), browser("eirik")
    third = tiltak_of(one)[2]
    for at in (one, other):
        opens_a_tiltak(at.open("planlegg_tiltak", OLA), third.id)

    writes(one, "Den ene fanen.").press("Lagre tiltaket")
    writes(other, "Den andre fanen.").press("Lagre tiltaket")

    assert asked(other, "Hva gjør vi?").value == "Den ene fanen.\n\nDen andre fanen."
    with looking(At(who(one), OLA), "test") as case:
        assert [t.text for t in planning.view(case).tiltak if t.id == third.id] == ["Den ene fanen."]


# 22: the way to barnevernet


POINTER = {
    "nb": "Melding til barnevernet sendes i egen kanal. Ingenting lagres her.",
    "nn": "Melding til barnevernet blir send i eigen kanal. Ingenting blir lagra her.",
}


def on_screen(at):
    """Return what the browser's session remembers, but for whether the page looks for news."""
    return {key: kept for key, kept in at.at.session_state._state.filtered_state.items() if key != "pulse"}


@pytest.mark.meets("scenario-22", "R-47", "S4-30")
@pytest.mark.parametrize("language", POINTER)
def test_the_way_to_barnevernet_writes_nothing_anywhere(browser, granvik, language):
    eirik = browser("eirik")
    identity.choose_language(who(eirik), language)
    at = eirik.open("oppstart", SOLVEIG)
    kept, remembered = in_the_database(granvik), on_screen(at)

    assert POINTER[language] in at.open("hjelp", SOLVEIG).text

    assert in_the_database(granvik) == kept
    assert on_screen(at) == remembered
    case = At(who(eirik), SOLVEIG)
    papers = [exporting.stafettlogg(case, recipient=one, language=language) for one in ("family", "archive")]
    papers += [extract.extract(case, recipient=one, language=language) for one in ("guardian:1", "child")]
    for paper in papers:
        assert [word for word in (POINTER[language], "barnevern", "hjelp.py") if word in flat(text_of(paper))] == []


# 8: in the own service alone


@pytest.mark.meets("scenario-8", "R-10")
def test_without_a_log_there_is_nothing_to_share_only_to_take_back_and_one_way_back(browser):
    eirik = browser("eirik")
    modes.do_without_log(At(who(eirik), BO), mode=StafettloggMode.NONE)
    at = eirik.open("samtykke", BO)

    assert not [*at.at.main.radio, *at.at.main.multiselect]
    assert [t.label for t in at.at.main.toggle] == ["Ada vil trekke samtykke"]
    pressed = {b.label for b in at.at.main.button}
    assert pressed == {"Hent det nyeste", "Familien vil ha en digital stafettlogg likevel"}
    assert "oppdaterer loggen" not in eirik.open("oppstart", BO).text
