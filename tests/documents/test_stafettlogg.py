"""The printed stafettlogg as its readers meet it: what stands where, how long it is, and the standards it keeps."""

import time
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import page
import pytest
from fpdf.output import PDFFontStream
from fpdf.syntax import PDFContentStream

from bti.content.colours import ENOUGH, FILE, colours, contrast
from bti.content.kommune import kommune
from bti.documents import stafettlogg_content as said
from bti.documents.canvas import Palette
from bti.documents.stafettlogg import palette, stafettlogg
from bti.documents.stafettlogg_content import Audience, Content, Who
from bti.documents.tagging import end_plainly
from bti.errors import CannotStart
from bti.rules.best_interests import AssessedFor
from bti.rules.childs_voice import HeardBy, HeardFor, ShareWith
from bti.rules.consent import ConsentAddition, ConsentLevel
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, FamilyFirst, OppmerksomhetStatus, TiltakOutcome
from bti.rules.meeting import MeetingType
from bti.rules.situation import SituationKind
from bti.rules.tiltak import Arena, Dates, TiltakStatus
from bti.rules.workflow import CaseStatus, DecisionOutcome, Step

AUDIENCES = list(Audience)
RECIPIENTS = {
    Audience.FAMILY: "familien",
    Audience.CHILD: "Solveig",
    Audience.ARCHIVE: "arkivet ved Granvik skole",
    Audience.SERVICE: "PPT",
}
EIRIK = Who("Eirik Prøve", "kontaktlærer")
JULY = date(2026, 7, 31)


def empty(audience=Audience.FAMILY, language="nb", **changes):
    """Return a log nobody has written in yet."""
    content = Content(
        kommune=kommune(Path("nowhere")),
        language=language,
        audience=audience,
        recipient=RECIPIENTS[audience],
        made_at=datetime(2026, 3, 10, 11, tzinfo=UTC),
        number="2026-014",
        version=7,
        child="Solveig",
        birth_year=2015,
        status=CaseStatus.DRAFT,
        step=Step.OPPSTART,
        round=1,
        level="B",
        opened_on=date(2026, 3, 10),
        closed_on=None,
        registered_afterwards=False,
        stafettholder=EIRIK,
        archive_unit="Granvik skole",
        covered=(),
        family=(Who("Solveig"), Who("Marte Testdal", "mor"), Who("Jonas Testdal", "far")),
        staff=(Who("Eirik Prøve", "kontaktlærer, Granvik skole"),),
        hearing=None,
        heard=(),
        situation=(),
        concerns=(),
        judgements=(),
        decisions=(),
        best=(),
        next_meeting=None,
        telling=(),
    )
    return replace(content, **changes)


def tiltak(text="Eirik møter Solveig i porten hver mandag.", who=EIRIK, results=(), **changes):
    given = {
        "arena": Arena.SCHOOL,
        "dates": Dates(date(2026, 3, 10), date(2026, 4, 14), date(2026, 4, 14)),
        "status": TiltakStatus.PLANNED,
        "ended_on": None,
        "refused": False,
    }
    return said.Tiltak(text=text, who=who, results=tuple(results), **(given | changes))


def result(number=1, effect=Effect.DESIRED, reason="", family=FamilyFirst.YES, why=""):
    return said.Result(number, family, why, effect, TiltakOutcome.END, reason, "")


def heard(number=1, heard_for=HeardFor.PLAN, words="Jeg vil være med på fotball.", **changes):
    return said.Heard(
        **{
            "round": number,
            "heard_for": heard_for,
            "heard_on": date(2026, 3, 10),
            "method": HeardBy.CONVERSATION,
            "heard_by": "Eirik Prøve",
            "share_with": ShareWith.ALL,
            "words": words,
            "change": "",
            "weight": "",
        }
        | changes
    )


def concern(*doing, title="Fravær mandager", goal="Solveig kommer alle mandager"):
    return said.Concern(title, goal, OppmerksomhetStatus.OPEN, True, doing)


def whole(audience=Audience.FAMILY, language="nb", text="En setning om hvordan dagen går.", rounds=1, times=1):
    """Return a log in which everything is answered, each text as long as ``text``."""
    numbers = range(1, rounds + 1)
    results = [result(number, reason=text) for number in numbers]
    doing = [
        tiltak(text, results=results, status=TiltakStatus.ENDED, ended_on=date(2026, 4, 14)),
        tiltak(text, Who("Marte Testdal", "mor"), [result(effect=Effect.NEGATIVE)], arena=Arena.HOME),
        tiltak(text, None),
        tiltak(text, refused=True),
    ]
    return empty(
        audience,
        language,
        status=CaseStatus.OPEN,
        step=Step.VEIEN_VIDERE,
        round=rounds,
        covered=(
            said.Covered("PPT", ConsentLevel.AGREEMENTS, JULY),
            said.Covered("helsesykepleier", ConsentLevel.EVERYDAY, JULY, ((ConsentAddition.HEALTH, date(2026, 6, 1)),)),
        ),
        hearing=said.HearingPlan(attends=False, interviewer="Eirik Prøve", due=date(2026, 4, 13), why_not=""),
        heard=tuple(heard(number, kind, text, weight=text) for number in numbers for kind in HeardFor),
        situation=tuple(said.SituationPart(number, kind, text) for number in numbers for kind in SituationKind),
        concerns=tuple(concern(*doing, title=text[:118], goal=text[:500]) for _ in range(times)),
        judgements=tuple(said.Judgement(number, Degree.MUCH, text) for number in numbers),
        decisions=tuple(
            said.Decided(number, DecisionOutcome.CONTINUE, date(2026, 4, 14), FamilyAgrees.NO, text, text)
            for number in numbers
        ),
        best=tuple(said.Best(number, kind, text) for number in numbers for kind in AssessedFor),
        next_meeting=said.NextMeeting(
            datetime(2026, 5, 26, 11, tzinfo=UTC),
            datetime(2026, 5, 26, 12, tzinfo=UTC),
            "Granvik skole",
            MeetingType.EVALUATION,
            purpose=text[:500],
            besides=(text[:120],),
            duties="Eirik Prøve kaller inn. Liv Eksempel leder møtet.",
        ),
        telling=(said.Telling(1, "Eirik Prøve", date(2026, 4, 15), None),),
    )


LONGEST = "Dette er en lang tekst om hvordan dagen går for barnet. " * 71
CONTENTS = {
    "empty": empty,
    "normal": whole,
    "longest": lambda audience, language: whole(audience, language, LONGEST, rounds=3, times=3),
}


def shown(paper):
    return " ".join(paper.text().split())


@pytest.fixture
def printed(read):
    return lambda content: read(stafettlogg(content))


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("kind", CONTENTS)
def test_every_paper_is_fit_for_the_archive_and_for_everyone(kind, audience, language):
    file = stafettlogg(CONTENTS[kind](audience, language))

    for profile in ("2a", "ua1"):
        report = page.validate_pdf_bytes(file, profile=profile)
        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant


@pytest.mark.parametrize("audience", AUDIENCES)
def test_an_empty_log_is_one_page_and_has_no_empty_part(printed, audience):
    paper = printed(empty(audience))

    headings = [node.text().strip() for node in paper.find("H2")]
    expected = ["Hva samtykket dekker", "Hvem som er med", "Barnets stemme"]
    if audience is Audience.CHILD:
        expected = ["Hvem som forteller deg mer"]
    assert [
        h for h in headings if h not in {"Underskrift", "Arkiveres i barnets mappe", "Kopi til orientering"}
    ] == expected
    assert len(paper.pages) == 1


def test_the_shortest_honest_log_is_at_most_two_pages(printed):
    doing = [
        tiltak(results=[result()], status=TiltakStatus.ENDED, ended_on=date(2026, 4, 14)),
        tiltak("Solveig legger fram klær søndag kveld.", Who("Marte Testdal", "mor"), [result()], arena=Arena.HOME),
    ]
    for audience in AUDIENCES:
        assert len(printed(replace(whole(audience), concerns=(concern(*doing),))).pages) <= 2


def test_the_parts_stand_in_the_order_of_the_meeting(printed):
    headings = [node.text().strip() for node in printed(whole()).find("H1", "H2")]

    assert headings == [
        "Stafettlogg for Solveig",
        "Hva samtykket dekker",
        "Hvem som er med",
        "Barnets stemme",
        "Barnets stemme i planen",
        "Barnets stemme i evalueringen",
        "Situasjonen",
        "Oppmerksomheter, mål og tiltak",
        "Evaluering",
        "Veien videre",
        "Barnets beste",
        "Underskrift",
    ]


@pytest.mark.meets("S0-29", "S3-20")
def test_what_can_be_built_on_stands_before_what_is_hard(printed):
    headings = [node.text().strip() for node in printed(whole()).find("H3")]

    assert headings.index("Dette kan vi bygge på") < headings.index("Hva det gjelder")
    assert headings.index("Dette kan vi bygge på") < headings.index("Dette er vanskelig")


@pytest.mark.meets("S0-29")
def test_more_than_one_text_of_a_kind_stands_under_one_heading(printed):
    kind = SituationKind.RESOURCE_CHILD
    texts = ("Hun tegner.", "Hun er modig.")
    shown = printed(empty(situation=tuple(said.SituationPart(1, kind, text) for text in texts)))

    assert [node.text().strip() for node in shown.find("H3")].count("Styrker hos barnet") == 1
    assert all(text in shown.text() for text in texts)


def test_each_round_is_headed_and_the_newest_comes_first(printed):
    headings = [node.text().strip() for node in printed(whole(rounds=2)).find("H2")]

    for part in ("Situasjonen", "Evaluering", "Barnets beste"):
        assert [h for h in headings if h.startswith(part)] == [f"{part}, runde 2", f"{part}, runde 1"]


def test_what_a_tiltak_did_in_an_earlier_round_stands_with_that_round(printed):
    before, now = result(1, Effect.NONE, "Grunnen da"), result(2, Effect.SOME, "Grunnen nå")
    content = empty(round=2, step=Step.EVALUERING, concerns=(concern(tiltak(results=[before, now])),))

    plan, earlier = printed(content).find("Table")

    assert "Noe effekt" in plan.text()
    assert "Ingen effekt" not in plan.text()
    assert "Ingen effekt" in earlier.text()
    assert "Grunnen da" in earlier.text()


def test_a_long_reason_stands_with_the_evaluation_and_not_in_a_narrow_column(printed):
    content = empty(concerns=(concern(tiltak(results=[result(reason="Lang grunn " * 20)])),))

    plan, in_full = printed(content).find("Table")

    assert "Lang grunn" not in plan.text()
    assert "Lang grunn" in in_full.text()


def test_a_proposal_has_no_days_and_no_effect(printed):
    row = printed(empty(concerns=(concern(tiltak(who=None)),))).find("TR")[1]

    assert "Forslag. Ingen har tatt det på seg ennå." in " ".join(row.text().split())
    assert "Ikke vurdert" not in row.text()
    assert "2026" not in row.text()


@pytest.mark.meets("R-58")
def test_a_tiltak_the_family_does_not_want_is_not_begun_and_nobody_is_named(printed):
    row = printed(empty(concerns=(concern(tiltak(refused=True)),))).find("TR")[1]

    assert "Settes ikke i gang" in row.text()
    assert "nei" not in row.text().casefold()


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [(date(2026, 4, 14), "Fra 10.03.2026 Evalueres 14.04.2026"), (date(2026, 4, 1), "Frist 01.04.2026")],
)
def test_a_deadline_on_the_day_of_the_evaluation_is_said_once(printed, deadline, expected):
    days = Dates(date(2026, 3, 10), deadline, date(2026, 4, 14))

    assert expected in shown(printed(empty(concerns=(concern(tiltak(dates=days)),))))


@pytest.mark.meets("R-28", "S0-34")
@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ([FamilyFirst.YES, FamilyFirst.YES], ["Familien snakket først om alle tiltakene."]),
        (
            [FamilyFirst.YES, FamilyFirst.NOT_ANSWERED],
            ["Familien snakket først om de andre tiltakene.", "To: Ikke svart. Ville vente."],
        ),
        ([FamilyFirst.HEARD_OTHERS_FIRST] * 2, ["En: Familien ville høre de andre først."]),
    ],
)
def test_it_is_said_whether_the_family_spoke_first(printed, family, expected):
    whys = ["Ville vente." if answer is FamilyFirst.NOT_ANSWERED else "" for answer in family]
    doing = [
        tiltak(name, results=[result(family=answer, why=why)])
        for name, answer, why in zip(("En", "To"), family, whys, strict=True)
    ]

    text = shown(printed(empty(concerns=(concern(*doing),))))

    for sentence in expected:
        assert sentence in text


@pytest.mark.meets("S4-22", "S0-48")
def test_one_way_forward_is_ticked(printed):
    text = shown(printed(whole()))

    assert text.count("☑") == 1
    assert text.count("☐") == 3
    assert "☑ Tiltakene har effekt, men vi er ikke i mål. Vi fortsetter." in text


@pytest.mark.meets("R-34")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"share_with": ShareWith.NONE, "words": ""}, "Solveig vil ikke at det blir delt."),
        ({"share_with": ShareWith.TOO_SMALL}, "Barnet er for lite til å svare selv. Jeg vil være"),
        ({"method": HeardBy.AAC}, "Samtale med ASK 10. mars 2026 med Eirik Prøve."),
        ({"weight": "Stor vekt"}, "Vekt i vurderingen: Stor vekt"),
    ],
)
def test_it_is_said_how_the_child_was_heard(printed, changes, expected):
    assert expected in shown(printed(empty(heard=(heard(**changes),))))


def test_what_others_have_seen_is_not_put_in_the_mouth_of_a_child_too_small_to_answer(printed):
    for audience in AUDIENCES:
        paper = printed(empty(audience, heard=(heard(share_with=ShareWith.TOO_SMALL),)))

        assert not paper.find("BlockQuote")


def test_an_addition_that_ends_before_the_rest_says_when(printed):
    assert "Også om helse til 1. juni 2026." in shown(printed(whole()))


def test_a_closed_log_has_all_its_steps_done(printed):
    paper = printed(empty(status=CaseStatus.CLOSED, step=Step.VEIEN_VIDERE, closed_on=date(2026, 4, 14)))

    (strip,) = paper.find("Figure")
    alt = "Alle de fem stegene er ferdige: Oppstart, Planlegg tiltak, Sett i verk, Evaluering og Veien videre."
    assert strip.entry["/Alt"] == alt
    assert "Avsluttet 14. april 2026" in shown(paper)
    assert "Solveig er ikke hørt." in shown(paper)


def test_the_child_is_not_told_of_what_is_over_or_was_never_agreed(printed):
    doing = [
        tiltak("Pågår"),
        tiltak("Slutt", status=TiltakStatus.ENDED),
        tiltak("Foreslått", None),
        tiltak("Avvist", refused=True),
        tiltak("Vanlig", status=TiltakStatus.HANDED_OVER),
    ]

    text = shown(printed(empty(Audience.CHILD, concerns=(concern(*doing),))))

    assert [word for word in ("Pågår", "Slutt", "Foreslått", "Avvist", "Vanlig") if word in text] == ["Pågår", "Vanlig"]


@pytest.mark.parametrize(
    ("who", "done_on", "expected"),
    [
        ("Eirik Prøve", None, "Eirik Prøve forteller deg hva vi ble enige om, senest 15. april 2026."),
        ("", None, "Du får vite hva vi ble enige om, senest 15. april 2026."),
        ("Eirik Prøve", date(2026, 4, 14), "Du fikk vite hva vi ble enige om, 14. april 2026."),
    ],
)
def test_the_child_reads_who_tells(printed, who, done_on, expected):
    telling = (said.Telling(1, who, date(2026, 4, 15), done_on),)

    assert expected in shown(printed(empty(Audience.CHILD, telling=telling)))


def test_the_childs_letters_are_larger(printed):
    sizes = {audience: printed(whole(audience)).reader.pages[0].get_contents().get_data() for audience in AUDIENCES}

    assert b" 11.50 Tf" in sizes[Audience.CHILD]
    assert b" 10.00 Tf" in sizes[Audience.FAMILY]


def test_no_letter_is_lost_of_a_name_from_the_north(printed):
    paper = printed(empty(child="Ánde", family=(Who("Ánde"), Who("Máret Čáhppe-Ŋuorra", "mor"))))

    assert "Máret Čáhppe-Ŋuorra" in shown(paper)


@pytest.mark.parametrize("kind", [PDFFontStream, partial(PDFContentStream, compress=True)])
def test_no_stream_ends_such_that_an_archive_would_count_it_a_byte_short(kind):
    texts = [bytes([33 + number % 90]) + b"a" * (number // 90) for number in range(900)]
    risky = [text for text in texts if kind(text).content_stream().endswith(b"\r")]

    for text in risky:
        end_plainly(stream := kind(text))
        held = zlib.decompress(stream.content_stream())
        assert not stream.content_stream().endswith(b"\r")
        assert held == text + b" "
        assert stream.length == len(stream.content_stream())
        assert getattr(stream, "length1", len(held)) == len(held)
    assert risky


def test_the_same_moment_gives_the_same_paper():
    assert stafettlogg(whole()) == stafettlogg(whole())


def test_a_paper_is_drawn_in_a_moment():
    content = whole()
    stafettlogg(content)
    taken = []
    for _ in range(5):
        began = time.process_time()
        stafettlogg(content)
        taken.append(time.process_time() - began)

    assert min(taken) < 0.3


def test_every_text_can_be_read_on_what_it_stands_on():
    chosen = colours()

    assert all(contrast(text, ground) >= ENOUGH for text, ground in chosen.read_against())
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_the_paper_has_the_colours_of_the_file():
    assert palette() == Palette()


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ('ink = "#1A1A1A"', 'ink = "#AAAAAA"', "kan ikke leses"),
        ('ink = "#1A1A1A"', 'ink = "black"', "ink"),
        ("[child]", "[barn]", "child"),
        ('ink = "#1A1A1A"', 'ink = "#1A1A1A"\nother = "#000000"', "other"),
    ],
)
def test_colours_that_cannot_be_read_are_refused_with_what_is_wrong(tmp_path, before, after, why):
    file = tmp_path / "colours.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    with pytest.raises(CannotStart, match=why):
        colours(file)
