"""Each consenter's own answer to what was read back: nobody answers for another."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from bti.casework import consenting
from bti.casework.consenting import Asked, ConsentView, LatestRequest
from bti.casework.door import Asking
from bti.language import N_
from bti.rules.consent import Answer, ConsentForm, ConsentLevel, Said
from forms import consent_asking
from forms.fields import ChooseSome, Line, LineOrNothing, Option, Pick
from forms.form import Answers, Form


def answer(
    asked: Asking,
    *,
    said: Said,
    no_to: Sequence[UUID],
    only_agreements_to: Sequence[UUID],
    form: ConsentForm,
    reference: str,
    request: LatestRequest,
    consenter: UUID,
    meeting: UUID | None,
) -> UUID:
    """Write down one consenter's answer to what was read back."""
    answers = {a.service: _answer_for(a, said, no_to, only_agreements_to) for a in request.asked}
    return consenting.record_answer(
        asked,
        consent=request.consent,
        consenter=consenter,
        answers=answers,
        form=form,
        reference=reference,
        meeting=meeting,
    )


def _answer_for(asked: Asked, said: Said, no_to: Sequence[UUID], only_agreements_to: Sequence[UUID]) -> Answer:
    if said is Said.NO or (said is Said.DIFFERS and asked.service in no_to):
        return Answer(ConsentLevel.NO)
    if said is Said.DIFFERS and asked.service in only_agreements_to:
        return Answer(ConsentLevel.AGREEMENTS)
    return Answer(asked.level, asked.additions)


class AnswerForm(Form, saves_with=answer, given=("request", "consenter", "meeting")):
    """One consenter's own answer."""

    said: Annotated[Said, Pick(N_("Svaret er"), words=Said)]
    no_to: Annotated[list[UUID], ChooseSome(N_("Nei til"))] = []  # noqa: RUF012
    only_agreements_to: Annotated[list[UUID], ChooseSome(N_("Bare avtalene til"))] = []  # noqa: RUF012
    form: Annotated[ConsentForm, Pick(N_("Svaret er gitt"), words=ConsentForm)]
    reference: Annotated[LineOrNothing, Line(N_("Hvor er det journalført, eller hvor ligger papiret?"))] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for each service only when the answers differ, and where it lies only when it is not given here."""
        hidden = set() if raw["said"] is Said.DIFFERS else {"no_to", "only_agreements_to"}
        if raw["form"] in {None, ConsentForm.ELECTRONIC}:
            hidden.add("reference")
        return [name for name in cls.model_fields if name not in hidden]


class EvidenceForm(Form, saves_with=consenting.add_evidence, given=("declaration",)):
    """Where an answer can be found again (R-05)."""

    reference: Annotated[LineOrNothing, Line(N_("Hvor er det journalført, eller hvor ligger papiret?"))] = ""


def asked_options(view: ConsentView, request: LatestRequest) -> list[Option]:
    """Return the services of one request as choices."""
    return [(a.service, consent_asking.names(view).get(a.service, "")) for a in request.asked]
