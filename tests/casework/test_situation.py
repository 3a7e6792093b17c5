"""The situation in more words than the three questions: what each text is about says who reads it."""

import pytest

from bti.casework import situating, starting
from bti.casework.door import At
from bti.errors import Reason
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentLevel
from bti.rules.situation import SituationKind
from bti.rules.workflow import Step
from tests.casework.test_consent_windows import later, log_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused, table  # noqa: F401 - a fixture

HOME = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.FAMILY_HOME}))


def texts(table):  # noqa: F811
    with table.looking() as case:
        return [(t.kind, t.text) for t in starting.view(case).further]


@pytest.mark.meets("S3-22", "S0-29")
def test_more_than_one_strength_may_be_written_beside_the_three_questions(table):  # noqa: F811
    table.starts()
    for kind, said in (
        (SituationKind.RESOURCE_CHILD, "Hun tegner."),
        (SituationKind.RESOURCE_CHILD, "Hun er modig."),
        (SituationKind.RESOURCE_SURROUNDINGS, "Besteforeldrene bor nær."),
        (SituationKind.CHALLENGE, "Mandagene."),
    ):
        situating.add_text(table.at, kind=kind, text=said)

    assert [said for _kind, said in texts(table)] == [
        "Hun tegner.",
        "Hun er modig.",
        "Besteforeldrene bor nær.",
        "Mandagene.",
    ]
    with table.looking() as case:
        assert SituationKind.CHALLENGE not in starting.view(case).situation


@pytest.mark.meets("R-01")
def test_what_works_at_home_is_read_by_those_who_may_read_about_the_home(table, pernille):  # noqa: F811
    table.starts()
    table.lets_join(pernille)
    situating.add_text(table.at, kind=SituationKind.WORKS_FAMILY, text="Frokosten er rolig.")
    situating.add_text(table.at, kind=SituationKind.WORKS_SCHOOL, text="Gymtimene er fine.")
    assert "Gymtimene er fine." in log_of(table, pernille)["situation"]
    assert "Frokosten er rolig." not in log_of(table, pernille)["situation"]

    for guardian in (table.marte, table.jonas):
        later(table, guardian, ppt=HOME)

    assert "Frokosten er rolig." in log_of(table, pernille)["situation"]


def test_what_a_text_is_about_is_changed_by_one_answer_and_so_are_its_readers(table, pernille):  # noqa: F811
    table.starts()
    table.lets_join(pernille)
    with table.looking() as case:
        core = starting.view(case).situation[SituationKind.CORE]
    assert core.text in log_of(table, pernille)["situation"]

    situating.change_text(table.at, changed=core.id, text=core.text, category=Category.HEALTH, version=core.version)

    assert core.text not in log_of(table, pernille)["situation"]
    assert core.text in log_of(table, table.eirik)["situation"]


def test_more_of_what_is_one_text_comes_after_what_was_written(table):  # noqa: F811
    table.starts()
    key = situating.add_text(table.at, kind=SituationKind.MASTERS, text="Hun leser.")
    situating.add_text(table.at, kind=SituationKind.MASTERS, text="Hun svømmer.")
    assert texts(table) == [(SituationKind.MASTERS, "Hun leser.\n\nHun svømmer.")]

    situating.change_text(table.at, changed=key, text="", category=Category.WELLBEING_SOCIAL, version=2)
    situating.add_text(table.at, kind=SituationKind.MASTERS, text="Hun sykler.")

    assert texts(table) == [(SituationKind.MASTERS, "Hun sykler.")]


@ON_ONE_ENGINE
def test_what_stands_beside_the_questions_is_no_conflict_for_who_answers_them(table):  # noqa: F811
    table.starts()
    with table.looking() as case:
        version = starting.view(case).situation_version
    situating.add_text(table.at, kind=SituationKind.CHALLENGE, text="Mandagene.")

    starting.save_situation(table.at, core="a", resource="b", challenge="c", version=version)

    with table.looking() as case:
        assert starting.view(case).situation[SituationKind.CHALLENGE].text == "c"
    assert texts(table) == [(SituationKind.CHALLENGE, "Mandagene.")]


@ON_ONE_ENGINE
@pytest.mark.parametrize("kind", [SituationKind.CORE, SituationKind.RESOURCE, SituationKind.ABOUT_GUARDIAN])
def test_what_has_a_place_of_its_own_is_not_written_here(table, kind):  # noqa: F811
    assert refused(situating.add_text, table.at, kind=kind, text="Ord") is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_nobody_writes_what_she_cannot_read_or_in_a_step_that_is_over(table):  # noqa: F811
    table.starts()
    said = {"kind": SituationKind.MASTERS, "text": "Ord"}
    assert refused(situating.add_text, table.at, **said, category=Category.CHILD_STATEMENTS) is Reason.NOT_A_CHOICE
    key = situating.add_text(table.at, **said)
    to = {"text": "Ord", "version": 1}
    assert (
        refused(situating.change_text, table.at, changed=key, category=Category.CHILD_STATEMENTS, **to)
        is Reason.NOT_A_CHOICE
    )
    table.moves(Step.PLANLEGG_TILTAK)

    assert refused(situating.add_text, table.at, **said) is Reason.OTHER_STEP
    assert refused(situating.change_text, table.at, changed=key, category=Category.HEALTH, **to) is Reason.OTHER_STEP


def test_what_is_about_a_guardian_is_not_moved_among_the_other_texts(table):  # noqa: F811
    starting.save_situation(
        table.at, core="a", resource="b", challenge="", personal="Marte er sliten.", about=table.marte, version=0
    )
    with table.looking() as case:
        personal = starting.view(case).about_guardians[0]

    assert (
        refused(
            situating.change_text,
            table.at,
            changed=personal.id,
            text="Ord",
            category=Category.SCHOOL_KINDERGARTEN,
            version=personal.version,
        )
        is Reason.NOT_YOURS
    )


@ON_ONE_ENGINE
def test_a_covered_service_reads_and_does_not_write_here(table, pernille):  # noqa: F811
    table.starts()
    table.lets_join(pernille)

    act = {"kind": SituationKind.MASTERS, "text": "Ord"}
    assert refused(situating.add_text, At(pernille, table.number), **act) is Reason.NOT_ALLOWED
