"""The situation in more words than the three questions: what each text is about says who reads it."""

import pytest

from bti.casework.consent import modes
from bti.casework.door import At
from bti.casework.said import situating
from bti.casework.steps import planning, starting
from bti.content.words import situation_text
from bti.errors import Reason
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentLevel
from bti.rules.evaluation import Effect
from bti.rules.situation import SituationKind, Tried, TriedBy
from bti.rules.workflow import StafettloggMode, Step
from tests.casework.test_consent_windows import later, log_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused

HOME = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.FAMILY_HOME}))


def texts(table):
    with table.looking() as case:
        return [(t.kind, t.text) for t in starting.view(case).further]


@pytest.mark.meets("S3-22", "S0-29")
def test_more_than_one_strength_may_be_written_beside_the_three_questions(table):
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
def test_what_works_at_home_is_read_by_those_who_may_read_about_the_home(table, pernille):
    table.starts()
    table.lets_join(pernille)
    situating.add_text(table.at, kind=SituationKind.WORKS_FAMILY, text="Frokosten er rolig.")
    situating.add_text(table.at, kind=SituationKind.WORKS_SCHOOL, text="Gymtimene er fine.")
    assert "Gymtimene er fine." in log_of(table, pernille)["situation"]
    assert "Frokosten er rolig." not in log_of(table, pernille)["situation"]

    for guardian in (table.marte, table.jonas):
        later(table, guardian, ppt=HOME)

    assert "Frokosten er rolig." in log_of(table, pernille)["situation"]


def test_what_a_text_is_about_is_changed_by_one_answer_and_so_are_its_readers(table, pernille):
    table.starts()
    table.lets_join(pernille)
    with table.looking() as case:
        core = starting.view(case).situation[SituationKind.CORE]
    assert core.text in log_of(table, pernille)["situation"]

    situating.change_text(table.at, changed=core.id, text=core.text, category=Category.HEALTH, version=core.version)

    assert core.text not in log_of(table, pernille)["situation"]
    assert core.text in log_of(table, table.eirik)["situation"]


def test_more_of_what_is_one_text_comes_after_what_was_written(table):
    table.starts()
    key = situating.add_text(table.at, kind=SituationKind.MASTERS, text="Hun leser.")
    situating.add_text(table.at, kind=SituationKind.MASTERS, text="Hun svømmer.")
    assert texts(table) == [(SituationKind.MASTERS, "Hun leser.\n\nHun svømmer.")]

    situating.change_text(table.at, changed=key, text="", category=Category.WELLBEING_SOCIAL, version=2)
    situating.add_text(table.at, kind=SituationKind.MASTERS, text="Hun sykler.")

    assert texts(table) == [(SituationKind.MASTERS, "Hun sykler.")]


@ON_ONE_ENGINE
def test_what_stands_beside_the_questions_is_no_conflict_for_who_answers_them(table):
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
def test_what_has_a_place_of_its_own_is_not_written_here(table, kind):
    assert refused(situating.add_text, table.at, kind=kind, text="Ord") is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_nobody_writes_what_she_cannot_read_or_in_a_step_that_is_over(table):
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


def test_what_is_about_a_guardian_is_not_moved_among_the_other_texts(table):
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
def test_a_covered_service_reads_and_does_not_write_here(table, pernille):
    table.starts()
    table.lets_join(pernille)

    act = {"kind": SituationKind.MASTERS, "text": "Ord"}
    assert refused(situating.add_text, At(pernille, table.number), **act) is Reason.NOT_ALLOWED


# What was tried before (S2-12, S3-21)

BEFORE = Tried("høsten 2025", Effect.SOME, TriedBy.SCHOOL)


def adds_tried(table, tried=BEFORE, text="Lekselesing i gruppe."):
    return situating.add_text(table.at, kind=SituationKind.TRIED, text=text, tried=tried)


@pytest.mark.meets("S2-12", "S3-21")
def test_what_was_tried_before_stands_where_the_tiltak_are_chosen(table):
    table.starts()
    adds_tried(table)
    table.moves(Step.PLANLEGG_TILTAK)

    with table.looking() as case:
        tried = next(t for t in planning.resources(case) if t.kind is SituationKind.TRIED)
    assert (tried.text, tried.tried) == ("Lekselesing i gruppe.", BEFORE)
    assert situation_text(tried.text, "", tried.tried) == (
        "Lekselesing i gruppe.\nSkolen eller barnehagen, høsten 2025. Noe effekt."
    )


def test_what_is_known_of_it_is_put_right(table):
    key = adds_tried(table, Tried())
    to = {"text": "Lekselesing.", "category": Category.SCHOOL_KINDERGARTEN}
    situating.change_text(table.at, changed=key, **to, tried=Tried("", Effect.NONE, TriedBy.FAMILY), version=1)

    with table.looking() as case:
        assert starting.view(case).further[0].tried == Tried("", Effect.NONE, TriedBy.FAMILY)


@ON_ONE_ENGINE
def test_only_what_was_tried_had_an_effect_and_it_is_never_too_early_to_say(table):
    early = {"kind": SituationKind.TRIED, "text": "Ord", "tried": Tried(effect=Effect.TOO_EARLY)}
    assert refused(situating.add_text, table.at, **early) is Reason.NOT_A_CHOICE
    no_tiltak = {"kind": SituationKind.MASTERS, "text": "Ord", "tried": BEFORE}
    assert refused(situating.add_text, table.at, **no_tiltak) is Reason.NOT_A_CHOICE


@pytest.mark.meets("scenario-8")
def test_a_log_that_is_made_after_all_takes_along_what_was_tried_and_opens_it_by_consent(table, pernille):
    modes.do_without_log(table.at, mode=StafettloggMode.NONE)
    adds_tried(table)
    modes.create_log(table.at)
    assert texts(table) == [(SituationKind.TRIED, "Lekselesing i gruppe.")]

    table.consents("ppt")
    table.lets_join(pernille)

    assert log_of(table, pernille)["situation"] == ["Lekselesing i gruppe."]


# Around the table (S0-23, R-55)


@pytest.mark.meets("S0-23")
def test_a_description_is_somebodys_or_everybodys(table, pernille):
    table.starts()
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    hers = table.take_part["Pernille Påfunn"]
    situating.add_text(table.at, kind=SituationKind.OBSERVATION, text="Hun står alene i friminuttet.", by=hers)
    situating.add_text(table.at, kind=SituationKind.OBSERVATION, text="Hun kom tre mandager av fire.")
    marte = table.take_part["Marte Testdal"]
    situating.add_text(table.at, kind=SituationKind.TOLD, text="Hun sover lite.", by=marte)

    with table.looking() as case:
        said = [(t.kind, t.by) for t in starting.view(case).further]
    assert said == [
        (SituationKind.OBSERVATION, hers),
        (SituationKind.OBSERVATION, None),
        (SituationKind.TOLD, marte),
    ]


@pytest.mark.meets("R-34")
@pytest.mark.parametrize("who", ["Solveig", "Marte Testdal"])
def test_the_childs_words_and_the_familys_are_no_description_of_ours(table, who):
    by = next(key for name, key in table.take_part.items() if name.startswith(who))
    act = {"kind": SituationKind.OBSERVATION, "text": "Ord", "by": by}
    assert refused(situating.add_text, table.at, **act) is Reason.NOT_A_CHOICE
    if who == "Solveig":
        assert refused(situating.add_text, table.at, **(act | {"kind": SituationKind.TOLD})) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_what_is_told_is_told_by_somebody_and_other_texts_by_nobody(table):
    eirik = table.take_part["Eirik Prøve"]
    assert refused(situating.add_text, table.at, kind=SituationKind.TOLD, text="Ord") is Reason.MISSING
    act = {"kind": SituationKind.MASTERS, "text": "Ord", "by": eirik}
    assert refused(situating.add_text, table.at, **act) is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-59")
def test_what_a_guardian_tells_about_herself_is_hers_to_share(table, pernille):
    table.starts()
    table.lets_join(pernille)
    marte = table.take_part["Marte Testdal"]
    said = {"kind": SituationKind.TOLD, "text": "Jeg er sykmeldt.", "by": marte}
    situating.add_text(table.at, **said, about=table.marte)
    later(table, table.jonas, ppt=HOME)
    assert "Jeg er sykmeldt." not in log_of(table, pernille)["situation"]

    later(table, table.marte, ppt=HOME)

    assert "Jeg er sykmeldt." in log_of(table, pernille)["situation"]
    assert refused(situating.add_text, table.at, **said, about=table.eirik.id) is Reason.NOT_A_CHOICE
