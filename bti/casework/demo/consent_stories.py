"""One invented family for each thing consent can be. They live in the past, so that something has had time to happen."""

from collections.abc import Callable
from datetime import date
from typing import Final

from bti import clock
from bti.casework.consent import consenting
from bti.casework.demo.making import AGREEMENTS, NO, YES, Seeded, begun, consents, joined, planned, presented
from bti.casework.intake import siblings
from bti.rules.consent import birthday
from bti.rules.people import Actor, GuardianRelation


def _older_than(years: int, *, by_days: int) -> date:
    """Return the birth date of a child who turned so many years some days ago."""
    turned = clock.day(clock.wall()).toordinal() - by_days
    return birthday(date.fromordinal(turned), -years)


def _agreed(holder: Actor, child: str, born: date, guardian: str, *codes: str, whole_year: bool = False) -> Seeded:
    """Begin a case whose one guardian has said yes to the services, with a plan made."""
    case = begun(holder, child, born, (guardian, GuardianRelation.MOTHER))
    consents(case, *codes, answers=(YES,), whole_year=whole_year)
    joined(case, *("pernille" for code in codes if code == "ppt"), *("liv" for code in codes if code == "skolehelse"))
    presented(case, "Det er bråk i garderoben etter gymmen.", "Mange gode venner, og en trygg lærer.")
    first = child.split(maxsplit=1)[0]
    planned(
        case,
        "Jeg vil ha en fast plass.",
        [("Garderoben etter gymmen", "")],
        [
            (0, "Går inn fem minutter før de andre.", "Torleiv"),
            (0, "Snakker om dagen ved middagsbordet.", guardian.split(maxsplit=1)[0]),
        ],
        f"Det er best for {first} å få begynne rolig.",
    )
    return case


def ending_soon(holder: Actor) -> None:
    """Make a case whose consent ends in twenty days: given for a year, eleven months ago."""
    with clock.days_ago(345):
        _agreed(holder, "Mina Fabel", date(2016, 2, 8), "Frida Fabel", "ppt", whole_year=True)


def ended(holder: Actor) -> None:
    """Make a case whose consent has run out: given for a year, thirteen months ago."""
    with clock.days_ago(395):
        _agreed(holder, "Jon Skrøne", date(2014, 10, 1), "Siri Skrøne", "ppt", whole_year=True)


def refused(holder: Actor) -> None:
    """Make a case where the family has said no to every other service: the school goes on alone."""
    with clock.days_ago(12):
        case = begun(holder, "Ella Oppspinn", date(2017, 8, 19), ("Eva Oppspinn", GuardianRelation.MOTHER))
        consents(case, "ppt", answers=(YES,))
    with clock.days_ago(11):
        consents(case, "ppt", answers=(NO,))


def partly_withdrawn(holder: Actor) -> None:
    """Make a case where the family has taken back the yes to one of two services."""
    with clock.days_ago(40):
        case = _agreed(holder, "Tor Dikt", date(2013, 5, 17), "Tone Dikt", "ppt", "skolehelse")
    with clock.days_ago(9):
        consenting.withdraw(case.at, consenter=case.guardians[0], services=[case.services["ppt"]])


def youth_to_answer(holder: Actor) -> None:
    """Make a case whose youth turned fifteen a week ago and has not answered yet."""
    with clock.days_ago(60):
        _agreed(holder, "Vilja Konstruert", _older_than(15, by_days=7), "Vera Konstruert", "skolehelse")


def superseded(holder: Actor) -> None:
    """Make a case where a wider consent was given anew as a narrower one."""
    with clock.days_ago(30):
        case = _agreed(holder, "Sol Eventyr", date(2015, 1, 30), "Synne Eventyr", "ppt", "skolehelse")
    with clock.days_ago(3):
        consents(case, "ppt", "skolehelse", answers=(AGREEMENTS,))


def with_a_sensitive_service(holder: Actor) -> None:
    """Make a case with a service whose very part in it is told to few."""
    with clock.days_ago(20):
        case = _agreed(holder, "Aron Liksom", date(2012, 3, 4), "Anna Liksom", "ppt")
        consents(case, "bup", answers=(AGREEMENTS,))


def empty(holder: Actor) -> None:
    """Make a case where nothing is written yet, and one for her brother."""
    case = begun(holder, "Una Tom", date(2018, 12, 24), ("Ulla Tom", GuardianRelation.MOTHER))
    siblings.create_for_sibling(
        case.at, first_name="Ulf", birth_date=date(2016, 3, 5), guardians=case.guardians, other_class=False
    )


ALL: Final[tuple[Callable[[Actor], None], ...]] = (
    ending_soon,
    ended,
    refused,
    partly_withdrawn,
    youth_to_answer,
    superseded,
    with_a_sensitive_service,
    empty,
)
