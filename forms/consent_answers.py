"""Each consenter's own answer to what was read back: nobody answers for another."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final
from uuid import UUID

from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked, ConsentView, LatestRequest
from bti.casework.consent.family_eyes import OneGuardian
from bti.casework.door import Asking
from bti.language import N_, _
from bti.rules.consent import INSIDE, Answer, Category, ConsentAddition, ConsentForm, ConsentLevel, Said
from forms import consent_asking
from forms.allowed import LineOrNothing
from forms.fields import ChooseSome, Line, Option, Pick
from forms.form import Answers, Form

NORWEGIAN: Final = frozenset({"", "norsk", "bokmål", "nynorsk"})


def answer(
    asked: Asking,
    *,
    said: Said,
    no_to: Sequence[UUID],
    only_agreements_to: Sequence[UUID],
    not_school_to: Sequence[UUID],
    not_others_to: Sequence[UUID],
    not_health_to: Sequence[UUID],
    not_family_home_to: Sequence[UUID],
    not_assessment_to: Sequence[UUID],
    form: ConsentForm,
    reference: str,
    explained_in: str,
    request: LatestRequest,
    consenter: UUID,
    meeting: UUID | None,
) -> str:
    """Write down one consenter's answer to what was read back; and say what it is, when it is a no to more alone (R-06)."""
    out = {
        Category.SCHOOL_KINDERGARTEN: not_school_to,
        Category.WELLBEING_SOCIAL: not_others_to,
        Category.HEALTH: not_health_to,
        Category.FAMILY_HOME: not_family_home_to,
        Category.ASSESSMENT: not_assessment_to,
    }
    answers = {a.service: _answer_for(a, said, no_to, only_agreements_to, out) for a in request.asked}
    consenting.record_answer(
        asked,
        consent=request.consent,
        consenter=consenter,
        answers=answers,
        form=form,
        reference=reference,
        explained_in=explained_in,
        meeting=meeting,
    )
    return _no_to_more(answers.values()) if request.is_supplement else ""


def _no_to_more(answers: Iterable[Answer]) -> str:
    """Say it once, to the one who has just answered; what stands on the page is only that she has."""
    is_no = all(one.level is ConsentLevel.NO for one in answers)
    return _("Nei til mer. Det som ble sagt før, gjelder.") if is_no else ""


def _answer_for(
    asked: Asked,
    said: Said,
    no_to: Sequence[UUID],
    only_agreements_to: Sequence[UUID],
    out: Mapping[Category, Sequence[UUID]],
) -> Answer:
    """Return the answer for one service: as it was read back, or less.

    An addition that is taken out is not said yes to; what is taken out of the level beats every answer.
    """
    if said is Said.NO or (said is Said.DIFFERS and asked.service in no_to):
        return Answer(ConsentLevel.NO)
    if said is Said.YES:
        return Answer(asked.level, asked.additions)
    if asked.service in only_agreements_to:
        return Answer(ConsentLevel.AGREEMENTS)
    taken_out = frozenset(category for category, services in out.items() if asked.service in services)
    additions = frozenset(a for a in asked.additions if Category(a.value) not in taken_out)
    return Answer(asked.level, additions, taken_out & INSIDE[ConsentLevel.EVERYDAY])


ADDED: Final[Mapping[str, ConsentAddition]] = {
    "not_health_to": ConsentAddition.HEALTH,
    "not_family_home_to": ConsentAddition.FAMILY_HOME,
    "not_assessment_to": ConsentAddition.ASSESSMENT,
}
"""The questions that are asked only when the addition was."""
EACH: Final = ("no_to", "only_agreements_to", "not_school_to", "not_others_to", *ADDED)
"""The questions that are asked when the answer is not the same for each service."""


class AnswerForm(Form, saves_with=answer, given=("request", "consenter", "meeting")):
    """One consenter's own answer."""

    said: Annotated[Said, Pick(N_("Svaret er"), words=Said)]
    no_to: Annotated[list[UUID], ChooseSome(N_("Nei til"))] = []  # noqa: RUF012
    only_agreements_to: Annotated[list[UUID], ChooseSome(N_("Bare avtalene til"))] = []  # noqa: RUF012
    not_school_to: Annotated[list[UUID], ChooseSome(N_("Ikke hvordan det går på skolen eller i barnehagen – til"))] = []  # noqa: RUF012
    not_others_to: Annotated[list[UUID], ChooseSome(N_("Ikke hvordan barnet har det med andre barn – til"))] = []  # noqa: RUF012
    not_health_to: Annotated[list[UUID], ChooseSome(N_("Ikke helse – til"))] = []  # noqa: RUF012
    not_family_home_to: Annotated[list[UUID], ChooseSome(N_("Ikke familien og hjemme – til"))] = []  # noqa: RUF012
    not_assessment_to: Annotated[list[UUID], ChooseSome(N_("Ikke kartlegging – til"))] = []  # noqa: RUF012
    form: Annotated[ConsentForm, Pick(N_("Svaret er gitt"), words=ConsentForm)]
    reference: Annotated[LineOrNothing, Line(N_("Hvor er det journalført, eller hvor ligger papiret?"))] = ""
    explained_in: Annotated[LineOrNothing, Line(N_("Forklart på hvilket språk, og med hvilken tolk?"))] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for each service only when the answers differ, and where it lies only when it is not given here."""
        hidden = _of_no_service(raw["request"]) if raw["said"] is Said.DIFFERS else set(EACH)
        hidden.add("explained_in")
        if raw["form"] in {None, ConsentForm.ELECTRONIC}:
            hidden.add("reference")
        return [name for name in cls.model_fields if name not in hidden]


def _of_no_service(request: LatestRequest) -> set[str]:
    """Return the questions about an addition that was asked for to nobody."""
    return {field for field, addition in ADDED.items() if not any(addition in one.additions for one in request.asked)}


class ExplainedForm(AnswerForm, saves_with=answer, given=("request", "consenter", "meeting")):
    """The answer of one who was spoken to in another language: which one is noted with it (R-04)."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for the language too."""
        return [*super().asked_now(raw), "explained_in"]


class EvidenceForm(Form, saves_with=consenting.add_evidence, given=("declaration",)):
    """Where an answer can be found again (R-05)."""

    reference: Annotated[LineOrNothing, Line(N_("Hvor er det journalført, eller hvor ligger papiret?"))] = ""


def form_for(person: OneGuardian | None) -> tuple[type[AnswerForm], dict[str, str]]:
    """Return the form for this consenter, and what it begins with: the language is asked for when it is another."""
    language = person.language if person and person.language.casefold() not in NORWEGIAN else ""
    interpreter = _("tolk: {spraak}", spraak=person.interpreter) if person and person.interpreter else ""
    begins = ", ".join(part for part in (language, interpreter) if part)
    return (ExplainedForm, {"explained_in": begins}) if begins else (AnswerForm, {})


def asked_options(view: ConsentView, request: LatestRequest) -> dict[str, list[Option]]:
    """Return the services of one request as choices; an addition is taken out only where it was asked for."""
    names = consent_asking.names(view)

    def of(field: str) -> list[Option]:
        return [
            (a.service, names.get(a.service, ""))
            for a in request.asked
            if field not in ADDED or ADDED[field] in a.additions
        ]

    return {field: of(field) for field in EACH}
