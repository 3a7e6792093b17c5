"""What a kommune decides: the defaults, what its own file changes, and what is said when something in it is wrong."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bti import language
from bti.casework.operating import beginning, installing
from bti.content.kommune import DEFAULTS, kommune
from bti.errors import CannotStart, Reason
from bti.rules.people import ServiceKind
from bti.rules.workflow import Level
from bti.store import current
from tests import translations


@pytest.fixture
def decided(tmp_path):
    """Let the kommune write its own file, and read what holds."""

    def write(text):
        (tmp_path / "kommune.toml").write_text(text, encoding="utf-8")
        kommune.cache_clear()
        return kommune(tmp_path)

    yield write
    kommune.cache_clear()


def test_without_a_file_of_its_own_the_kommune_has_what_is_shipped(tmp_path):
    shipped = kommune(tmp_path)

    assert (shipped.consent.youth_age, shipped.consent.youth_rule, shipped.consent.health_age) == (15, "and", 16)
    assert shipped.consent.guardians_read_health
    assert shipped.consent.remind_days == (60, 30, 7)
    assert shipped.tiltak.youth_measure_age == 12
    assert [shipped.levels.least(level) for level in Level] == [1, 1, 2, 2]
    assert shipped.numbers.barnevern == shipped.numbers.police == ""


@pytest.mark.meets("S4-01")
def test_the_levels_are_called_what_the_kommune_calls_them(decided, tmp_path):
    assert kommune(tmp_path).levels.municipal == "B"

    renamed = decided('[levels]\nmunicipal = "2"\n').levels

    assert (renamed.municipal, renamed.own_service) == ("2", "A")


def test_its_own_file_holds_only_what_differs(decided):
    ours = decided("[consent]\nyouth_age = 16\n\n[levels.least_services]\nexternal = 3\n")

    assert (ours.consent.youth_age, ours.consent.youth_rule) == (16, "and")
    assert (ours.levels.least(Level.MUNICIPAL), ours.levels.least(Level.EXTERNAL)) == (2, 3)


def test_holidays_and_planning_days_are_days_without_school(decided):
    ours = decided(
        "[school_calendar]\nholidays = [{ first = 2026-06-20, last = 2026-08-16 }]\nplanning_days = [2026-08-17]\n"
    )

    assert list(ours.school_calendar.without_school()) == [
        (date(2026, 6, 20), date(2026, 8, 16)),
        (date(2026, 8, 17), date(2026, 8, 17)),
    ]


@pytest.mark.meets("R-12", "R-56")
def test_what_holds_for_a_kind_of_service_holds_for_each_until_its_own_row_says_otherwise(decided):
    seeded = {s.kind: s for s in decided("").seeded()}
    assert [k for k, s in seeded.items() if s.may_create] == [
        ServiceKind.SCHOOL,
        ServiceKind.KINDERGARTEN,
        ServiceKind.HEALTH_STATION,
        ServiceKind.SCHOOL_HEALTH,
    ]
    assert [k for k, s in seeded.items() if s.sensitive_membership] == [ServiceKind.CHILD_WELFARE, ServiceKind.BUP]

    (ppt,) = decided(
        '[[service]]\ncode = "ppt"\nname_nb = "PPT"\nname_nn = "PPT"\nkind = "ppt"\nmay_create = true\n'
        'why_nb = "gir råd"\nwhy_nn = "gir råd"\n'
    ).seeded()
    assert ppt.may_create
    assert not ppt.sensitive_membership


SERVICE = '[[service]]\ncode = "a1"\nname_nb = "A"\nname_nn = "A"\nkind = "school"\nwhy_nb = "x"\nwhy_nn = "x"\n'


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[consent]\n# som i Øygarden\nyouth_agee = 16\n", 3, "«consent.youth_agee» finnes ikke; se etter skrivefeil"),
        (
            "[tiltak]\nyouth_measure_age = 12\n[consnt]\nyouth_age = 16\n",
            3,
            "«consnt» finnes ikke; se etter skrivefeil",
        ),
        ("[consent]\nyouth_age = 19\n", 2, "«consent.youth_age» må være 18 eller mindre"),
        ("[consent]\nhealth_age = 9\n", 2, "«consent.health_age» må være 12 eller mer"),
        (
            '[consent]\nyouth_rule = "xor"\n',
            2,
            "«consent.youth_rule» kan ikke være det; velg en av 'and', 'or' or 'alone'",
        ),
        ("[consent]\nschool_year_ends = [2, 30]\n", 2, "«consent.school_year_ends» er feil: "),
        ('[consent]\nyouth_age = "femten"\n', 2, "«consent.youth_age» har feil form"),
        (
            "[school_calendar]\nholidays = [\n  { first = 2026-08-16, last = 2026-06-20 },\n]\n",
            2,
            "«school_calendar.holidays.1» er feil: ferien slutter før den begynner",
        ),
        (
            "[school_calendar]\nplanning_days = []\nholidays = [{ first = 2026-06-20, last = 2206-08-16 }]\n",
            3,
            "«school_calendar.holidays.1» er feil: ferien varer i mer enn 100 dager; se over årstallet",
        ),
        (
            "[school_calendar]\nholidays = [{ first = 2026-06-20, last = 9999-12-31 }]\n",
            2,
            "«school_calendar.holidays.1» er feil: ferien varer i mer enn 100 dager; se over årstallet",
        ),
        ('[words]\nstafetthaldar = "stafettleiar"\n', 2, "«words.stafetthaldar» kan ikke være det"),
        (
            SERVICE + "\n" + SERVICE.replace("a1", "a2").replace('"school"', '"skole"'),
            13,
            "«service.2.kind» kan ikke være det",
        ),
        (SERVICE + "\n" + SERVICE.replace("a1", "a2").replace('kind = "school"\n', ""), 9, "«service.2.kind» mangler"),
        (SERVICE.replace("a1", "Å 1"), 2, "«service.1.code» kan bare ha små bokstaver"),
        (SERVICE.replace('"A"', '" "', 1), 3, "«service.1.name_nb» må ha minst 1 tegn"),
        (SERVICE + f'phone = "{"9" * 41}"\n', 8, "«service.1.phone» kan ha høyst 40 tegn"),
        ('name = ""\n', 1, "«name» må ha minst 1 tegn"),
        (SERVICE + "\n" + SERVICE, 1, "«service» er feil: koden a1 er brukt to ganger"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("«") else "",
)
def test_what_is_wrong_is_said_with_file_line_and_a_sentence(decided, tmp_path, text, line, what):
    with pytest.raises(CannotStart) as stopped:
        decided(text)

    assert str(stopped.value).startswith(f"{tmp_path / 'kommune.toml'}, linje {line}: {what}")


EMPTY = st.text(alphabet=" \t", max_size=3)
UNSHOWN = st.text(alphabet="\n\x00\x1b", min_size=1, max_size=3).map(lambda some: f"a{some}b")
TOO_LONG = st.integers(121, 400).map(lambda length: "a" * length)
NO_NAME = EMPTY | UNSHOWN | TOO_LONG


def outside(least, most):
    return st.integers(max_value=least - 1) | st.integers(min_value=most + 1)


NO_DAY = (
    st.tuples(outside(1, 12), st.integers(1, 28)) | st.tuples(st.integers(1, 12), outside(1, 31)) | st.just((2, 30))
)
WRONG = {
    ("consent", "youth_age"): outside(12, 18),
    ("consent", "health_age"): outside(12, 18),
    ("consent", "answer_ahead_days"): outside(0, 180),
    ("consent", "remind_days"): st.lists(outside(1, 180), min_size=1, max_size=3),
    ("consent", "school_year_ends"): NO_DAY.map(list),
    ("levels", "clarify"): NO_NAME,
    ("levels", "municipal"): NO_NAME,
    ("levels.least_services", "external"): outside(1, 6),
    ("kinds", "may_create"): st.just([]),
    ("tiltak", "youth_measure_age"): outside(7, 18),
    ("tiltak", "formal_decision"): st.lists(EMPTY | st.just("    "), min_size=1, max_size=2),
    ("screen", "lock_after_minutes"): outside(1, 30),
    ("stamp", "title_nn"): EMPTY | UNSHOWN,
}
"""What would pass for a number, a word or a list, and break a page, or say nothing where something is to be said."""


@given(data=st.data(), setting=st.sampled_from(sorted(WRONG)), above=st.integers(0, 3))
def test_whatever_cannot_be_is_said_with_file_and_line(tmp_path_factory, data, setting, above):
    table, name = setting
    folder = tmp_path_factory.mktemp("kommune")
    written = "# vi\n" * above + f"[{table}]\n{name} = {json.dumps(data.draw(WRONG[setting]))}\n"
    (folder / "kommune.toml").write_text(written, encoding="utf-8")
    with pytest.raises(CannotStart) as stopped:
        kommune(folder)

    assert str(stopped.value).startswith(f"{folder / 'kommune.toml'}, linje {above + 2}: «{table}.{name}")


def test_a_file_that_is_not_toml_is_said_with_its_line(decided, tmp_path):
    with pytest.raises(CannotStart, match=r"kommune\.toml: .*line 2"):
        decided("[consent]\nyouth_age = = 3\n")


def test_every_setting_is_explained_in_the_file_and_named_in_the_handbook():
    handbook = (translations.ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    tables = {line.strip("[] \n").split(".")[0] for line in DEFAULTS.read_text().splitlines() if line.startswith("[")}
    top = {"name", "unit_nb", "unit_nn"}

    assert {name for name in top if f"`{name}`" not in handbook} == set()
    assert {name for name in tables if f"[{name}" not in handbook} == set()


@pytest.fixture
def with_their_word(tmp_path, wall_clock):
    """A demo of a kommune that says «stafettholdar», begun as the server begins it."""
    from bti import settings
    from bti.store.engine import open_database

    chosen = settings.read({"BTI_DATA": str(tmp_path)})
    (tmp_path / "kommune.toml").write_text(
        installing.GRANVIK.read_text(encoding="utf-8") + '\n[words]\nstafetthaldar = "stafettholdar"\n',
        encoding="utf-8",
    )
    kommune.cache_clear()
    database = open_database(chosen, make=True)
    installing.install(database, chosen, demo=True)
    database.close()
    beginning.begin(chosen)
    yield
    current.let_go()
    kommune.cache_clear()
    language.choose_words({})


@pytest.mark.usefixtures("with_their_word")
def test_with_stafettholdar_chosen_no_stafetthaldar_is_left_in_any_text():
    said = language.catalogue("nn")

    assert [text for text in said.values() if "stafetthald" in text.casefold()] == []
    assert any("stafettholdar" in text for text in said.values())
    assert any(text.startswith("Stafettholdar") for text in said.values())
    with language.speaking("nn"):
        assert "stafettholdaren" in language._(Reason.NOT_ALLOWED)


def test_without_a_choice_it_is_stafetthaldar_as_the_texts_have_it():
    with language.speaking("nn"):
        assert "stafetthaldaren" in language._(Reason.NOT_ALLOWED)
