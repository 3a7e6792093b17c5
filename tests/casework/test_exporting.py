"""A paper holds what its recipient may read, and nothing else: not in its words, not in its bytes."""

import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject
from pypdfium2 import PdfDocument
from sqlalchemy import event, select, update

from bti import ids
from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.door import At, looking
from bti.casework.paper import exporting
from bti.casework.people import people
from bti.casework.steps import carrying_out, deciding, evaluating, moving, planning, starting
from bti.documents.page import Cell, Column, Letterhead, Paper, StepMark
from bti.errors import Reason, Refused
from bti.rules.childs_voice import ChildTakesPart, ShareWith
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentForm, ConsentLevel
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, FamilyFirst, TiltakOutcome
from bti.rules.people import AccessRole, ProtectedAddress
from bti.rules.situation import SituationKind
from bti.rules.workflow import DecisionOutcome, Step
from bti.store.tables import (
    Case,
    Child,
    Evaluation,
    Goal,
    LogEvent,
    Meeting,
    Oppmerksomhet,
    Service,
    SituationText,
    StaffUser,
    Tiltak,
)
from tests.granvik import new_log

EVALUATED = datetime(2026, 4, 14, 11, 0, tzinfo=UTC)
BY_RELATION = {"family", "child", "archive"}

# A word of its own for everything a family has told, by what lets a reader read it.
EVERYDAY = {"Ressursord", "Kjerneord", "Strevord", "Planbeste", "Valgbeste"}
HOME = {"Hjemmeord"}
ASSESSMENT = {"Kartleggord"}
HEALTH = {"Helseord", "Helsemål", "Helsetiltak", "Helsegrunn"}
AGREED = {"Fraværsord", "Fraværsmål", "Skoletiltak", "Familietiltak", "Skolegrunn", "Rundeord", "Avviksord", "Ønskeord"}
NOT_FOR_PPT = {"Leseord", "Lesemål", "Lesetiltak", "Lesegrunn"}
CHILDS = {"Barneord", "Opplevord", "Vektord"}
CHILDS_FOR_ALL = {"Planord"}
NEVER = {"Hemmeligord", "Tlford", "2015-06-02", "02.06.2015", "2. juni", "Testdal Solveig", "Solveig Testdal"}
ALL = EVERYDAY | HOME | ASSESSMENT | HEALTH | AGREED | NOT_FOR_PPT | CHILDS | CHILDS_FOR_ALL

MAY_READ = {
    "family": ALL,
    "archive": ALL,
    "child": {"Fraværsord", "Leseord", "Helseord", "Lesetiltak", "Barneord", "Opplevord", "Planord"},
    "ppt": AGREED | CHILDS_FOR_ALL,
    "skolehelse": AGREED | EVERYDAY | HEALTH | NOT_FOR_PPT | CHILDS | CHILDS_FOR_ALL,
    "bup": AGREED | NOT_FOR_PPT | CHILDS_FOR_ALL,
}


class Log:
    """Solveig's stafettlogg, with Eirik who writes in it and the family around the table."""

    def __init__(self, database, eirik):
        self.database, self.eirik = database, eirik
        self.number = new_log(eirik)
        self.at = At(eirik, self.number)
        with self.looking() as case:
            self.id = case.id
            self.services = {s.code: s.service for s in consenting.view(case).choices}
            everyone = people.people(case)
        self.marte, self.jonas = (p.key for p in everyone if p.kind is people.PersonKind.GUARDIAN)
        self.take_part = {p.name: p.id for p in everyone}

    def looking(self, actor=None):
        return looking(At(actor or self.eirik, self.number), "test")

    def consents(self, **answers):
        consent = consenting.ask_family(
            self.at,
            asked=[Asked(self.services[code], answer.level, answer.additions) for code, answer in answers.items()],
            not_to_share="Hemmeligord",
            whole_year=False,
            information_given=True,
        )
        for guardian in (self.marte, self.jonas):
            consenting.record_answer(
                self.at,
                consent=consent,
                consenter=guardian,
                answers={self.services[code]: answer for code, answer in answers.items()},
                form=ConsentForm.ELECTRONIC,
            )

    def joins(self, *actors):
        for actor in actors:
            people.add_colleagues(self.at, users=[actor])
        with self.looking() as case:
            self.take_part = {p.name: p.id for p in people.people(case)}

    def adds(self, *rows):
        with self.database.writing(self.eirik.id) as session:
            for row in rows:
                row.case_id = self.id
                session.add(row)

    def changes(self, statement):
        with self.database.writing(self.eirik.id) as session:
            session.execute(statement)

    def starts(self, core="Kjerneord", resource="Ressursord", challenge="Strevord"):
        starting.save_situation(self.at, core=core, resource=resource, challenge=challenge, version=0)
        starting.plan_child(
            self.at,
            takes_part=ChildTakesPart.HEARD_BEFORE,
            interviewer=self.take_part["Eirik Prøve"],
            not_heard_reason="",
            version=0,
        )
        moving.move_on(self.at, to=Step.PLANLEGG_TILTAK)

    def looks_at(self, title, goal=""):
        return planning.save_oppmerksomhet(self.at, title=title, goal=goal, version=0)

    def does(self, concern, text, who):
        return planning.save_tiltak(
            self.at, text=text, responsible=self.take_part[who] if who else None, oppmerksomhet=concern, version=0
        )

    def plans(self, best="Planbeste"):
        planning.save_best_interests(self.at, text=best, version=0)
        planning.agree_evaluation(self.at, day=date(2026, 4, 14), at=time(13, 0), version=0)
        moving.move_on(self.at, to=Step.IVERKSETT)

    def evaluates(self, tiltak, reason="", effect=Effect.DESIRED, outcome=TiltakOutcome.END):
        evaluating.record_evaluation(
            self.at,
            tiltak=tiltak,
            family_first=FamilyFirst.YES,
            why_not_answered="",
            effect=effect,
            outcome=outcome,
            changed_text="",
            reason=reason,
            best_interests="",
            version=0,
        )

    def paper(self, recipient, language="nb", actor=None):
        return exporting.stafettlogg(At(actor or self.eirik, self.number), recipient=recipient, language=language)


@pytest.fixture
def log(granvik, eirik):
    return Log(granvik, eirik)


@pytest.fixture
def bjarne(granvik):
    """Give the sensitive service somebody invented to send."""
    key = ids.new()
    with granvik.writing() as session:
        service = session.execute(select(Service.id).where(Service.code == "bup")).scalar_one()
        session.add(
            StaffUser(
                id=key,
                username="bjarne",
                display_name="Bjarne Innbilt",
                title="psykolog",
                service_id=service,
                access_role=AccessRole.EMPLOYEE,
                work_phone="Tlford",
            )
        )
    return key


@pytest.fixture
def full(log, pernille, liv, bjarne, wall_clock):
    """Fill Solveig's log with a word of its own everywhere, and let three services in as far as the family wants."""
    log.consents(
        ppt=Answer(ConsentLevel.AGREEMENTS),
        skolehelse=Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.HEALTH})),
        bup=Answer(ConsentLevel.AGREEMENTS),
    )
    log.joins(pernille.id, liv.id, bjarne)
    log.starts()
    log.adds(
        SituationText(round=1, kind=SituationKind.WORKS_FAMILY, text="Hjemmeord", category=Category.FAMILY_HOME),
        SituationText(round=1, kind=SituationKind.MASTERS, text="Kartleggord", category=Category.ASSESSMENT),
    )
    everybody = {"words": "Planord", "share_with": ShareWith.ALL, "named": (), "version": 0}
    planning.save_child_view(log.at, **everybody)
    absence = log.looks_at("Fraværsord", "Fraværsmål")
    reading = log.looks_at("Leseord", "Lesemål")
    sleep = log.looks_at("Helseord", "Helsemål")
    tiltak = {
        "Skolegrunn": log.does(absence, "Skoletiltak", "Eirik Prøve"),
        "": log.does(absence, "Familietiltak", "Marte Testdal"),
        "Lesegrunn": log.does(reading, "Lesetiltak", "Liv Eksempel"),
        "Helsegrunn": log.does(sleep, "Helsetiltak", "Liv Eksempel"),
    }
    consenting.narrow(log.at, oppmerksomhet=reading, service=log.services["ppt"], kept_out=True, said_by="Marte")
    log.plans()
    wall_clock.set(EVALUATED)
    moving.move_on(log.at, to=Step.EVALUERING)
    carrying_out.save_child_view(
        log.at,
        words="Barneord",
        experienced_change="Opplevord",
        share_with=ShareWith.NAMED,
        named=frozenset({log.services["skolehelse"]}),
        version=0,
    )
    for reason, key in tiltak.items():
        goes_on = reason == "Lesegrunn"
        effect = Effect.SOME if goes_on else Effect.DESIRED
        log.evaluates(key, reason, effect, TiltakOutcome.CONTINUE if goes_on else TiltakOutcome.END)
    for table in (Oppmerksomhet, Goal, Tiltak, Evaluation):
        about = table.id if table is Oppmerksomhet else table.oppmerksomhet_id
        log.changes(update(table).where(about == sleep).values(category=Category.HEALTH))
    evaluating.judge_round(log.at, degree=Degree.MUCH, text="Rundeord", how_weighted="Vektord", version=0)
    moving.move_on(log.at, to=Step.VEIEN_VIDERE)
    deciding.decide(
        log.at,
        best_interests="Valgbeste",
        outcome=DecisionOutcome.CONTINUE,
        family_agrees=FamilyAgrees.PARTLY,
        family_wants_instead="Ønskeord",
        deviation_reason="Avviksord",
        version=0,
    )
    deciding.agree_who_tells(log.at, who=log.take_part["Eirik Prøve"], by=date(2026, 4, 15), version=0)
    return log


def text_of(file):
    """Return what stands on the sheets, as PDFium reads it: ten times quicker than reading it in Python."""
    with closing(PdfDocument(file)) as paper:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in paper)


def everything_in(file):
    """Return all that can be read out of the file by any means: words, alternative texts, metadata, every stream."""
    reader = PdfReader(BytesIO(file))
    parts = [text_of(file), file.decode("latin-1"), str(reader.metadata), str(reader.outline)]
    for number in range(1, len(reader.xref[0]) + 1):
        thing = IndirectObject(number, 0, reader).get_object()
        if isinstance(thing, DictionaryObject):
            parts.append(str({key: value for key, value in thing.items() if not isinstance(value, IndirectObject)}))
        if hasattr(thing, "get_data"):
            data = thing.get_data()
            parts += [data.decode(coding, errors="ignore") for coding in ("latin-1", "utf-8", "utf-16-be")]
    return "\n".join(parts)


def flat(text):
    return " ".join(text.split())


@pytest.mark.meets("R-01", "S0-38", "S1-21", "S1-22")
def test_a_paper_holds_what_its_recipient_may_read_and_no_other_word(full):
    for recipient, may_read in MAY_READ.items():
        for language in ("nb", "nn"):
            file = full.paper(recipient, language)
            shown, anywhere = text_of(file), everything_in(file)
            assert {word for word in ALL if word in shown} == may_read, recipient
            assert {word for word in ALL | NEVER if word in anywhere} == may_read, recipient


def test_the_searcher_finds_what_is_hidden_in_an_alternative_text_a_table_and_the_title():
    sheet = {"footer": ("", ""), "page_word": "", "made_at": EVALUATED, "letterhead": Letterhead("", "")}
    paper = Paper(title="Tittelord", language="nb", **sheet)
    paper.h1("Synlig")
    paper.steps([StepMark("Steg", "here")], alt="Skjultord")
    paper.table([Column("", 1)], [[Cell("")]], summary="Tabellord")

    shown, anywhere = text_of(paper.bytes()), everything_in(paper.bytes())

    hidden = {"Tittelord", "Skjultord", "Tabellord"}
    assert {word for word in hidden if word in anywhere} == hidden
    assert not {word for word in hidden if word in shown}


@pytest.mark.meets("R-56")
def test_a_sensitive_service_stands_on_the_list_of_those_only_who_may_know_it(full):
    for recipient in ("ppt", "skolehelse"):
        anywhere = everything_in(full.paper(recipient))
        assert "BUP" not in anywhere
        assert "Innbilt" not in anywhere

    for recipient in ("family", "archive", "bup"):
        shown = flat(text_of(full.paper(recipient)))
        assert "BUP: bare avtalene, til 31. juli 2026" in shown
        assert "Bjarne Innbilt, psykolog, BUP" in shown


def test_who_does_a_tiltak_is_named_to_those_who_see_that_tiltak(full):
    joined = full.take_part["Bjarne Innbilt"]
    full.changes(update(Tiltak).where(Tiltak.text == "Skoletiltak").values(responsible_id=joined))

    shown = flat(text_of(full.paper("ppt")))

    assert "Bjarne Innbilt" in shown
    assert "BUP: bare avtalene" not in shown


def test_a_service_reads_how_much_it_sees_and_until_when(full):
    shown = flat(text_of(full.paper("skolehelse")))

    assert "Helsesykepleier: avtalene og hverdagen, til 31. juli 2026. Også om helse." in shown
    assert "Dette papiret viser bare det helsesykepleier får se." in shown
    assert "PPT: bare avtalene, til 31. juli 2026" in shown


def test_a_service_that_is_not_covered_any_more_stands_on_no_paper(full):
    consenting.withdraw(full.at, consenter=full.jonas, services=[full.services["ppt"]])

    for recipient in ("family", "archive", "skolehelse"):
        shown = text_of(full.paper(recipient))
        assert "PPT" not in shown
        assert "Pernille" not in shown


@pytest.mark.meets("R-46", "S2-40")
def test_each_paper_says_what_it_is_for(full):
    for recipient, mark, not_there in (
        ("archive", "Arkiveres i barnets mappe", "Kopi til orientering"),
        ("ppt", "Kopi til orientering", "Arkiveres"),
        ("family", "Marte Testdal, dato", "Arkiveres"),
    ):
        shown = flat(text_of(full.paper(recipient)))
        assert mark in shown
        assert not_there not in shown


def test_every_page_says_case_version_time_recipient_and_page(full):
    with full.looking() as case:
        version = case.last_write

    sheets = PdfReader(BytesIO(full.paper("ppt"))).pages

    for number, sheet in enumerate(sheets, 1):
        shown = flat(sheet.extract_text())
        assert f"Stafettlogg {full.number} · versjon {version} · 14. april 2026 kl. 13.00" in shown
        assert "Utskrift til PPT. Kopi til orientering." in shown
        assert f"Side {number} av {len(sheets)}" in shown


def test_the_metadata_name_the_case_by_number_and_nobody(full):
    metadata = PdfReader(BytesIO(full.paper("family"))).xmp_metadata.dc_title

    assert metadata == {"x-default": f"Stafettlogg {full.number}"}


def test_the_step_strip_says_in_words_where_we_are(full):
    alts = [node["/Alt"] for node in elements(full.paper("family")) if node.get("/S") == "/Figure"]

    assert alts == [
        "Steg 5 av 5: Veien videre. Ferdig: Oppstart, Planlegg tiltak, Sett i verk og Evaluering.",
    ]


def elements(file):
    reader = PdfReader(BytesIO(file))
    things = (IndirectObject(number, 0, reader).get_object() for number in range(1, len(reader.xref[0]) + 1))
    return [thing for thing in things if isinstance(thing, DictionaryObject) and thing.get("/Type") == "/StructElem"]


def test_the_childs_edition_speaks_to_the_child(full):
    shown = flat(text_of(full.paper("child")))

    assert "Til Solveig" in shown
    assert "«Barneord»" in shown
    assert "Eirik Prøve forteller deg hva vi ble enige om, senest 15. april 2026." in shown
    for strange in ("Samtykke", "PPT", "UNNTATT", "Ønsket effekt", "Marte"):
        assert strange not in shown


def test_a_nynorsk_paper_has_nynorsk_dates_names_and_stamp(full):
    file = full.paper("family", "nn")

    shown = flat(text_of(file))
    assert "14. april 2026" in shown
    assert "Granvik skule" in shown
    assert "UNNATEKE OFFENTLEGHEIT" in shown
    assert PdfReader(BytesIO(file)).trailer["/Root"]["/Lang"] == "nn-NO"


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"takes_part": ChildTakesPart.ATTENDS}, "Solveig er selv med i møtet."),
        (
            {"takes_part": ChildTakesPart.HEARD_BEFORE, "interviewer": "Eirik Prøve"},
            "Avtalt: Eirik Prøve snakker med Solveig, senest 10. mars 2026.",
        ),
        ({"takes_part": ChildTakesPart.NOT_HEARD, "not_heard_reason": "Grunnord"}, "Solveig er ikke hørt: Grunnord"),
        (None, "Det er ikke avtalt hvordan Solveig blir hørt."),
    ],
)
def test_a_child_that_is_not_heard_yet_has_its_place_all_the_same(log, plan, said):
    if plan:
        asked = {"interviewer": None, "not_heard_reason": "", "version": 0} | plan
        asked["interviewer"] = log.take_part.get(asked["interviewer"])
        starting.plan_child(log.at, **asked)

    assert said in flat(text_of(log.paper("family")))


def test_why_a_child_was_not_heard_is_not_told_to_those_who_see_the_agreements_only(log):
    log.consents(ppt=Answer(ConsentLevel.AGREEMENTS), skolehelse=Answer(ConsentLevel.EVERYDAY))
    not_heard = ChildTakesPart.NOT_HEARD
    starting.plan_child(log.at, takes_part=not_heard, interviewer=None, not_heard_reason="Grunnord", version=0)

    assert "Grunnord" not in everything_in(log.paper("ppt"))
    assert "Grunnord" in text_of(log.paper("skolehelse"))


@pytest.mark.parametrize("share_with", [ShareWith.NONE, ShareWith.NAMED])
def test_a_service_cannot_tell_whether_the_child_has_said_something_that_is_not_for_it(log, share_with):
    log.consents(ppt=Answer(ConsentLevel.EVERYDAY), skolehelse=Answer(ConsentLevel.EVERYDAY))
    log.starts()
    before = log.paper("ppt")
    words = "" if share_with is ShareWith.NONE else "Barneord"
    named = {log.services["skolehelse"]}
    planning.save_child_view(log.at, words=words, share_with=share_with, named=named, version=0)

    after = log.paper("ppt")

    assert without_version(text_of(before)) == without_version(text_of(after))
    assert len(elements(before)) == len(elements(after))


def without_version(text):
    return [line for line in text.splitlines() if "versjon" not in line]


def test_no_paper_for_a_service_that_is_not_covered(log):
    for recipient, name in (("bup", "BUP"), ("ppt", "PPT")):
        with pytest.raises(Refused) as refusal:
            log.paper(recipient)
        assert refusal.value.reason is Reason.NOT_COVERED
        assert refusal.value.sentence() == f"Samtykket dekker ikke {name}. Dette kan ikke deles her."

    with log.database.reading(log.eirik.id) as session:
        noted = session.execute(select(LogEvent.action, LogEvent.object).order_by(LogEvent.seq.desc())).first()
    assert noted == ("refused", "print_stafettlogg")


def test_no_paper_for_what_is_no_recipient(full):
    for recipient, language in (("", "nb"), ("granvik-skole", "nb"), ("nobody", "nb"), ("family", "en")):
        with pytest.raises(Refused):
            full.paper(recipient, language)


def test_who_does_not_carry_the_log_prints_nothing(full, pernille, person):
    for actor in (pernille, person("torleiv")):
        with pytest.raises(Refused):
            full.paper("ppt", actor=actor)


@pytest.mark.meets("R-01", "R-13")
def test_a_stafettholder_of_another_service_prints_what_her_own_may_read_and_no_paper_for_another(full, pernille):
    full.changes(update(Case).where(Case.id == full.id).values(stafettholder_id=pernille.id))

    for recipient in ("skolehelse", "bup"):
        with pytest.raises(Refused) as refusal:
            full.paper(recipient, actor=pernille)
        assert refusal.value.reason is Reason.NOT_COVERED
    with full.looking(pernille) as case:
        assert {r.code for r in exporting.recipients(case)} == BY_RELATION | {"guardian:1", "guardian:2", "ppt"}
    for recipient in ("ppt", *BY_RELATION, "guardian:1", "guardian:2"):
        shown, anywhere = text_of(full.paper(recipient, actor=pernille)), MAY_READ["ppt"]
        assert {word for word in ALL if word in shown} <= anywhere, recipient
        assert recipient == "child" or "får se" in shown, recipient
    shown = text_of(full.paper("family", actor=pernille))
    assert {word for word in ALL if word in shown} == MAY_READ["ppt"]


def test_a_paper_can_be_made_for_the_family_the_child_the_archive_and_those_covered(full):
    with full.looking() as case:
        found = {r.code: r.name for r in exporting.recipients(case)}

    assert found == {
        "family": "familien",
        "guardian:1": "Marte Testdal",
        "guardian:2": "Jonas Testdal",
        "child": "Solveig",
        "archive": "arkivet ved Granvik skole",
        "bup": "BUP",
        "ppt": "PPT",
        "skolehelse": "helsesykepleier",
    }


def test_a_closed_log_is_printed_for_the_family_and_the_archive_with_all_who_took_part(full):
    changed = update(Oppmerksomhet).where(Oppmerksomhet.case_id == full.id).values(status="gone")
    full.changes(changed)
    later = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
    full.adds(Meeting(round=1, type="other", start=later, planned_end=later + timedelta(hours=1), place="Stedord"))
    assert "12. mai 2026" in flat(text_of(full.paper("family")))
    deciding.decide(
        full.at,
        best_interests="Valgbeste",
        outcome=DecisionOutcome.CLOSE,
        family_agrees=FamilyAgrees.YES,
        family_wants_instead="",
        deviation_reason="Avviksord",
        version=1,
    )
    deciding.carry_out(full.at)

    with full.looking() as case:
        assert {r.code for r in exporting.recipients(case)} == BY_RELATION | {"guardian:1", "guardian:2"}
    shown = flat(text_of(full.paper("archive")))
    assert "Pernille Påfunn, PPT-rådgiver, PPT" in shown
    assert "Loggen er avsluttet. Andre tjenester ser den ikke lenger." in shown
    for recipient in BY_RELATION:
        assert "12. mai 2026" not in flat(text_of(full.paper(recipient))), "nobody meets about a log that is closed"
    with pytest.raises(Refused):
        full.paper("ppt")


def test_where_we_meet_is_not_told_while_the_address_is_protected(log):
    start = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    end = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)
    log.adds(Meeting(round=1, type="planning", start=start, planned_end=end, place="Stedord"))
    assert "Fredag 20. mars 2026 kl. 10.00–11.00, Stedord" in flat(text_of(log.paper("family")))

    log.changes(update(Child).values(protected_address=ProtectedAddress.FORTROLIG))

    for recipient in BY_RELATION:
        assert "Stedord" not in everything_in(log.paper(recipient))


def test_each_paper_is_written_down_with_whom_it_is_for(full):
    with full.looking() as case:
        before = case.last_write
    full.paper("ppt")

    with full.database.reading(full.eirik.id) as session:
        noted = session.execute(
            select(LogEvent.action, LogEvent.object, LogEvent.outcome, LogEvent.actor_id, LogEvent.case_id)
            .where(LogEvent.seq > before, LogEvent.action != "look")
            .order_by(LogEvent.seq)
        ).all()
    who = (full.eirik.id, full.id)
    assert noted == [("document", "ppt", "printed", *who), ("print_stafettlogg", "", "printed", *who)]


def test_a_paper_that_cannot_be_written_down_is_not_made(full, monkeypatch):
    def breaks(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(exporting.audit, "append", breaks)

    with pytest.raises(OSError, match="the disk is full"):
        full.paper("family")


def test_a_paper_takes_few_statements_however_long_the_story(full):
    told = []

    def count(_connection, _cursor, statement, *_):
        told.append(statement)

    event.listen(full.database.engine, "before_cursor_execute", count)
    for recipient in MAY_READ:
        told.clear()
        full.paper(recipient)
        assert len(told) <= 25, "\n".join(told)


def test_what_draws_is_not_loaded_before_somebody_prints():
    code = "import sys; import bti.casework.paper.exporting; sys.exit('fpdf' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
