"""What the scenarios say in words, word for word: in bokmål and in nynorsk, at the moment it is said to somebody."""

from datetime import date

import pytest
from sqlalchemy.exc import StatementError

from bti.casework.consent import modes
from bti.casework.desk import coordinating, seeing
from bti.casework.door import At
from bti.casework.intake import creating, protecting
from bti.casework.paper import exporting
from bti.casework.people import people, transferring
from bti.casework.steps import evaluating, inviting, moving, planning, starting
from bti.content.kommune import kommune
from bti.content.words import tiltak_sentence
from bti.errors import Refused
from bti.language import _, speaking
from bti.rules.childs_voice import ShareWith
from bti.rules.consent import TakesAlong
from bti.rules.evaluation import Effect, FamilyFirst, TiltakOutcome
from bti.rules.people import ProtectedAddress
from bti.rules.workflow import Blank, Level, StafettloggMode, Step
from forms import tiltak
from tests.casework.test_consent_whole import somebody_of
from tests.casework.test_coordinating import NO_LOG, SOLVEIG, makes
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_modes import all_words
from tests.casework.test_registering import OnPaper
from tests.casework.test_transferring import make_school
from tests.cast import JONAS, MARTE, SOLVEIG_BORN
from tests.rules.test_privacy import someone

NUMBER = someone("024615")
"""Both check digits are right, and the month does not exist: nobody's."""
PHONES = "912 34 567, 91234568, +47 91 23 45 69"


def in_both(say):
    """Return what is said in bokmål and what is said in nynorsk."""
    said = []
    for spoken in ("nb", "nn"):
        with speaking(spoken):
            said.append(say())
    return tuple(said)


def told(act, *args, **kwargs):
    """Return what somebody is told when it is refused: in the language of the one who tried."""

    def tried():
        with pytest.raises(Refused) as refusal:
            act(*args, **kwargs)
        return refusal.value.sentence()

    return in_both(tried)


@pytest.mark.meets("scenario-5", "R-06")
def test_a_service_that_came_later_is_asked_about(table, person):
    table.consents("ppt")
    barnevern = somebody_of("barnevern", person)

    assert told(people.add_colleagues, table.at, users=[barnevern.id]) == (
        "barneverntjenesten kom til etter at samtykket ble gitt. Spør familien om tilleggssamtykke.",
        "barnevernstenesta kom til etter at samtykket blei gitt. Spør familien om tilleggssamtykke.",
    )


@pytest.mark.meets("scenario-9", "R-12", "R-56", "R-70")
def test_who_is_not_the_childs_own_asks_and_is_joined_by_consent(table, liv, person):
    kaja, torleiv = person("kaja"), person("torleiv")
    waits = ("BTI-koordinatoren har fått beskjed og tar kontakt.", "BTI-koordinatoren har fått beskjed og tek kontakt.")
    for actor, more in ((torleiv, {"own_class": False}), (liv, {})):
        for child in (SOLVEIG, NO_LOG):
            assert told(makes, actor, child, **more) == waits
    for number in (table.number, "2026-999"):
        assert told(moving.move_on, At(liv, number), to=Step.PLANLEGG_TILTAK) == (
            "Du har ikke en stafettlogg her. Spør BTI-koordinatoren om hjelp.",
            "Du har ingen stafettlogg her. Spør BTI-koordinatoren om hjelp.",
        )
    assert told(makes, table.eirik, SOLVEIG) == (
        "Barnet har allerede en åpen stafettlogg. Oppdater den i stedet.",
        "Barnet har alt ein open stafettlogg. Oppdater han i staden.",
    )

    request = next(
        r for r in coordinating.requests(kaja) if (r.asked_by, r.child_name) == ("Liv Eksempel", "Solveig Testdal")
    )
    assert told(coordinating.join_asker, At(kaja, ""), request=request.id) == (
        "Samtykket dekker ikke helsesykepleier. Dette kan ikke deles her.",
        "Samtykket dekkjer ikkje helsesjukepleiar. Dette kan ikkje delast her.",
    )
    table.consents("skolehelse")
    coordinating.join_asker(At(kaja, ""), request=request.id)
    assert [line.number for line in seeing.my_cases(liv)] == [table.number]


def listed(table):
    """Return the tiltak as they are listed in the plan."""
    with table.looking() as case:
        plan = planning.view(case)
        return tiltak.told_tiltak(plan.tiltak, plan.people, plan.meeting, seeing.head(case).owner_kind, case.today)


@pytest.mark.meets("scenario-10", "R-15", "R-21", "S1-26")
def test_without_who_it_is_a_proposal_and_with_a_guardian_it_is_done_at_home(table):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.concern = planning.save_oppmerksomhet(table.at, title="Fravær mandager", goal="", version=0)
    proposal = table.adds_tiltak("Leksehjelp", None)
    table.agrees_on_meeting()
    planning.save_best_interests(table.at, text="Trygge mandager.", version=0)
    planning.save_child_view(table.at, words="Ro.", share_with=ShareWith.ALL, named=(), version=0)

    def left():
        return [_(one) for one in table.missing(planning)]

    assert in_both(lambda: listed(table)) == (
        (
            '<div class="bti-tiltak"><strong>Leksehjelp</strong>'
            "<p>Forslag: det er ikke avtalt hvem som gjør det ennå.</p></div>"
        ),
        (
            '<div class="bti-tiltak"><strong>Leksehjelp</strong>'
            "<p>Forslag: det er ikkje avtalt kven som gjer det enno.</p></div>"
        ),
    )
    assert in_both(left) == (
        ["Skriv minst ett tiltak, og hvem som gjør det."],
        ["Skriv minst eitt tiltak, og kven som gjer det."],
    )

    table.adds_tiltak("Pakker sekken", "Marte Testdal")
    assert left() == []
    with table.looking() as case:
        plan = planning.view(case)
        home = next(t for t in plan.tiltak if t.id != proposal)
        days = planning.dates_of(home, plan.meeting)
        arena = planning.arena_of(home, seeing.head(case).owner_kind)
        today = case.today
    assert in_both(lambda: tiltak_sentence("Marte", arena, days, today=today)) == (
        "Marte gjør dette hjemme fra i dag. Vi evaluerer 14. april.",
        "Marte gjer dette heime frå i dag. Vi evaluerer 14. april.",
    )
    table.moves(Step.IVERKSETT)


@pytest.mark.meets("scenario-11", "R-22")
def test_days_out_of_order_are_refused_with_the_reason(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    start = date(2026, 3, 20)

    assert told(table.adds_tiltak, "Leksehjelp", "Eirik Prøve", evaluation_due=date(2026, 4, 15)) == (
        "Evalueringsdatoen kan ikke være etter evalueringsmøtet (14. april 2026).",
        "Evalueringsdatoen kan ikkje vere etter evalueringsmøtet (14. april 2026).",
    )
    assert told(table.adds_tiltak, "Leksehjelp", "Eirik Prøve", start=start, deadline=date(2026, 3, 19)) == (
        "Fristen kan ikke være før tiltaket starter.",
        "Fristen kan ikkje vere før tiltaket startar.",
    )


@pytest.mark.meets("scenario-12", "R-23")
def test_a_concern_without_the_family_is_an_invitation_and_no_stop(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    planning.save_oppmerksomhet(table.at, title="Søvn", goal="", version=0)
    with table.looking() as case:
        (without,) = inviting.without_family(planning.view(case))

    invitation = "Har familien noe de vil bidra med under «{oppmerksomhet}»?"
    assert in_both(lambda: _(invitation, oppmerksomhet=without.title)) == (
        "Har familien noe de vil bidra med under «Søvn»?",
        "Har familien noko dei vil bidra med under «Søvn»?",
    )
    table.moves(Step.IVERKSETT)


@pytest.mark.meets("scenario-14")
def test_the_next_level_is_called_what_the_kommune_calls_it(granvik):
    assert seeing.level_name(Level.EXTERNAL) == "C"
    with (granvik.data / "kommune.toml").open("a", encoding="utf-8") as file:
        file.write('\n[levels]\nexternal = "3"\n')
    kommune.cache_clear()
    assert seeing.level_name(Level.EXTERNAL) == "3"


@pytest.mark.meets("scenario-19", "R-30")
def test_who_has_done_it_is_told_that_the_stafettholder_completes_it(table, pernille):
    table.starts()
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    hers = table.adds_tiltak("Kartlegger lesingen", "Pernille Påfunn")
    table.moves(Step.IVERKSETT)
    table.carries_out()
    table.moves(Step.EVALUERING)

    given = {"family_first": FamilyFirst.YES, "why_not_answered": "", "effect": Effect.SOME, "version": 0}
    more = {"outcome": TiltakOutcome.END, "changed_text": "", "reason": "", "best_interests": ""}
    at = At(pernille, table.number)
    assert told(evaluating.record_evaluation, at, tiltak=hers, **given, **more) == (
        "Dette gjør stafettholderen. Si fra til stafettholderen hvis noe skal endres.",
        "Dette gjer stafetthaldaren. Sei frå til stafetthaldaren om noko skal endrast.",
    )


@pytest.mark.meets("scenario-23", "R-52")
def test_the_store_keeps_no_national_number_and_quotes_none_and_keeps_a_list_of_phones(table):
    said = {"resource": "Hun tegner.", "challenge": "", "version": 0}

    for core in (NUMBER, f"Født {NUMBER[:6]} {NUMBER[6:]}."):
        with pytest.raises(StatementError) as stopped:
            starting.save_situation(table.at, core=core, **said)
        assert in_both(stopped.value.orig.sentence) == (
            "Teksten ser ut til å inneholde et fødselsnummer. Ta det bort; det skal ikke stå her.",
            "Teksten ser ut til å innehalde eit fødselsnummer. Ta det bort; det skal ikkje stå her.",
        )
        assert core not in str(stopped.value)
    with table.looking() as case:
        assert starting.view(case).situation == {}

    starting.save_situation(table.at, core=PHONES, **said)
    with table.looking() as case:
        assert PHONES in {t.text for t in starting.view(case).situation.values()}


@pytest.mark.meets("scenario-26", "R-61")
def test_a_paper_says_its_day_and_where_it_lies_and_what_is_entered_is_marked(eirik):
    assert told(OnPaper(eirik).registers, reference=" ") == (
        "Skriv datoen som står på samtykket, og hvor papiret ligger.",
        "Skriv datoen som står på samtykket, og kvar papiret ligg.",
    )
    running = OnPaper(eirik).registers()

    at = At(eirik, running.number)
    for spoken in ("nb", "nn"):
        assert "registrert i ettertid" in flat(text_of(exporting.stafettlogg(at, recipient="archive", language=spoken)))


@pytest.mark.meets("scenario-27", "R-62")
def test_the_new_school_gets_nothing_before_the_family_has_said_yes(table, granvik):
    nes = make_school(granvik)
    plan = {"to": nes, "day": date(2026, 8, 17), "takes_along": TakesAlong.AGREEMENTS, "chosen": ()}
    waits = transferring.prepare_transfer(table.at, **plan, said_yes=())

    assert told(transferring.family_says_yes, table.at, transfer=waits, said_yes=[table.marte]) == (
        "Nes skole får ingenting før familien har sagt ja. Velg sammen med familien hva som skal følge med.",
        "Nes skule får ingenting før familien har sagt ja. Vel saman med familien kva som skal følgje med.",
    )


@pytest.mark.meets("scenario-29", "R-60")
def test_a_strictly_protected_child_has_no_log_before_both_have_approved(eirik, person):
    strict = {
        "child_name": "Solveig Testdal",
        "birth_date": SOLVEIG_BORN,
        "protected_address": ProtectedAddress.STRENGT_FORTROLIG,
        "guardians": [MARTE, JONAS],
    }
    speak_first = (
        "Barnet har strengt fortrolig adresse. Snakk med BTI-koordinatoren før du skriver noe her.",
        "Barnet har strengt fortruleg adresse. Snakk med BTI-koordinatoren før du skriv noko her.",
    )
    assert told(creating.create_case, eirik, **strict) == speak_first
    protecting.approve(person("kaja"), child_name="Solveig Testdal", birth_date=SOLVEIG_BORN, reason="Drøftet.")
    assert told(creating.create_case, eirik, **strict) == speak_first


@pytest.mark.meets("scenario-31", "R-69")
def test_on_paper_the_meeting_is_led_from_empty_forms_and_no_word_of_it_is_kept(table, granvik):
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)
    spoken_aloud = "Solveig gruer seg til mandag."

    assert told(starting.save_situation, table.at, core=spoken_aloud, resource="Ro.", challenge="", version=0) == (
        "Familien ønsker papir. Møtet kan skrives ut, men innholdet lagres ikke her.",
        "Familien ønskjer papir. Møtet kan skrivast ut, men innhaldet blir ikkje lagra her.",
    )
    modes.note_paper_meeting(table.at, day=date(2026, 3, 10), held=True)
    for spoken in ("nb", "nn"):
        empty = {kind: flat(text_of(exporting.blank_form(kind, spoken))) for kind in Blank}
        assert set(empty) == set(Blank)
        assert all(empty.values())
        assert "Solveig" not in " ".join(empty.values())
    with table.looking() as case:
        assert [(m.day, m.held) for m in modes.paper_meetings(case)] == [(date(2026, 3, 10), True)]
    if not granvik.is_postgres:
        assert spoken_aloud not in all_words(granvik)
