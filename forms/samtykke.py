"""The family's screen: who, what, is there something we shall not share, how long; and each answers for herself."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework import consenting, exporting, family_eyes, people, windows
from bti.casework.consenting import Asked, ConsentView, LatestRequest
from bti.casework.door import Asking, OpenCase
from bti.casework.people import Person
from bti.casework.seeing import HeadView
from bti.content.words import INFORMATION, read_back
from bti.language import N_, _, clock_time
from bti.rules.consent import (
    Answer,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    ConsentState,
    Period,
    Said,
    YesNo,
)
from bti.rules.workflow import CaseStatus
from forms import shown, stafettlogg
from forms.fields import ChooseSome, Line, LineOrNothing, MustChoose, Option, Paragraph, Pick, SentenceOrNothing
from forms.form import Answers, Form
from forms.parts import Parts


def ask(
    asked: Asking,
    *,
    services: Sequence[UUID],
    level: ConsentLevel,
    health_to: Sequence[UUID],
    family_home_to: Sequence[UUID],
    assessment_to: Sequence[UUID],
    withheld: YesNo,
    not_to_share: str,
    period: Period | None,
) -> UUID:
    """Ask the family about these services. The press that saves it says that the information was read out."""
    extra = {
        ConsentAddition.HEALTH: health_to,
        ConsentAddition.FAMILY_HOME: family_home_to,
        ConsentAddition.ASSESSMENT: assessment_to,
    }
    return consenting.ask_family(
        asked,
        asked=[Asked(s, level, frozenset(a for a, to in extra.items() if s in to)) for s in services],
        not_to_share=not_to_share if withheld is YesNo.YES else "",
        whole_year=period is Period.YEAR,
        information_given=True,
    )


class AskForm(Form, saves_with=ask):
    """The four questions. Nothing is ticked beforehand."""

    services: Annotated[list[UUID], MustChoose, ChooseSome(N_("1. Hvem kan vi samarbeide med?"))]
    level: Annotated[
        ConsentLevel,
        Pick(
            N_("2. Hva kan de få vite?"),
            words=ConsentLevel,
            among=(ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY),
            across=False,
        ),
    ]
    health_to: Annotated[list[UUID], ChooseSome(N_("I tillegg, hvis dere vil: helse – til"))] = []  # noqa: RUF012
    family_home_to: Annotated[list[UUID], ChooseSome(N_("… familien og hjemme – til"))] = []  # noqa: RUF012
    assessment_to: Annotated[list[UUID], ChooseSome(N_("… kartlegging – til"))] = []  # noqa: RUF012
    withheld: Annotated[YesNo, Pick(N_("3. Er det noe vi ikke skal dele?"), words=YesNo)]
    not_to_share: Annotated[SentenceOrNothing, Paragraph(N_("Hva skal vi ikke dele?"), lines=2)] = ""
    period: Annotated[
        Period | None, Pick(N_("4. Hvor lenge? Sier dere ingenting, gjelder det korteste."), words=Period)
    ] = None

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask about additions when services are chosen, and what is withheld when something is."""
        hidden = set() if raw["services"] else {"health_to", "family_home_to", "assessment_to"}
        if raw["withheld"] is not YesNo.YES:
            hidden.add("not_to_share")
        return [name for name in cls.model_fields if name not in hidden]


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
) -> UUID:
    """Write down one consenter's answer to what was read back."""
    answers = {a.service: _answer_for(a, said, no_to, only_agreements_to) for a in request.asked}
    return consenting.record_answer(
        asked, consent=request.consent, consenter=consenter, answers=answers, form=form, reference=reference
    )


def _answer_for(asked: Asked, said: Said, no_to: Sequence[UUID], only_agreements_to: Sequence[UUID]) -> Answer:
    if said is Said.NO or (said is Said.DIFFERS and asked.service in no_to):
        return Answer(ConsentLevel.NO)
    if said is Said.DIFFERS and asked.service in only_agreements_to:
        return Answer(ConsentLevel.AGREEMENTS)
    return Answer(asked.level, asked.additions)


class AnswerForm(Form, saves_with=answer, given=("request", "consenter")):
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


def stop(asked: Asking, *, services: Sequence[UUID], consenter: UUID) -> None:
    """Stop the sharing with these services."""
    consenting.withdraw(asked, consenter=consenter, services=services)


class WithdrawForm(Form, saves_with=stop, given=("consenter",)):
    """Take a yes back. No reason is asked."""

    services: Annotated[list[UUID], MustChoose, ChooseSome(N_("Jeg vil at dere slutter å dele med"))]


def choices(view: ConsentView) -> list[Option]:
    """Return the services the family can be asked about."""
    return [(c.service, f"{c.name}: {c.why}") for c in view.choices]


def names(view: ConsentView) -> Mapping[UUID, str]:
    """Return the services' names."""
    return {c.service: c.name for c in view.choices}


def asked_options(view: ConsentView, request: LatestRequest) -> list[Option]:
    """Return the services of one request as choices."""
    return [(a.service, names(view).get(a.service, "")) for a in request.asked]


def told(view: ConsentView, request: LatestRequest) -> Markup:
    """Say what the family was asked about, one sentence for each group of services with the same answer."""
    groups: dict[tuple[ConsentLevel, frozenset[ConsentAddition]], list[str]] = {}
    for asked in request.asked:
        groups.setdefault((asked.level, asked.additions), []).append(names(view).get(asked.service, ""))
    sentences = [read_back(who, level, extra, request.until) for (level, extra), who in groups.items()]
    return shown.filled(
        '<div class="bti-note bti-warm"><p class="bti-quiet">{lead}</p>{text}</div>',
        lead=_("Vi leser opp:"),
        text=shown.paragraphs("\n\n".join(f"«{s}»" for s in sentences)),
    )


def ask_the_family(case: OpenCase, view: ConsentView, top: HeadView, taking_part: Sequence[Person]) -> None:
    """Ask the family, take each one's answer, and let each take it back."""
    parts = Parts(f"{case.number}.samtykke", may_write=case.status is not CaseStatus.CLOSED)
    request = view.latest
    if parts.part(
        "sporsmal", _("Hvem kan vi samarbeide med om {barn}?", barn=top.child), told(view, request) if request else None
    ):
        shown.show(_information(top))
        AskForm.ask(
            case,
            at=str(request.consent) if request else "",
            button=_("Informasjonen er lest opp. Gå videre"),
            options=dict.fromkeys(("services", "health_to", "family_home_to", "assessment_to"), choices(view)),
            then=parts.saved,
        )
        return
    if request is None:
        return
    for person in taking_part:
        if person.key in view.must_answer:
            _one_answers(case, view, request, person, parts)


def _one_answers(case: OpenCase, view: ConsentView, request: LatestRequest, person: Person, parts: Parts) -> None:
    has_answered = person.key not in request.silent
    if parts.part(f"svar-{person.key}", _("{navn} svarer", navn=person.name), _answered() if has_answered else None):
        AnswerForm.ask(
            case,
            at=f"{request.consent}.{person.key}",
            button=_("Lagre svaret"),
            options=dict.fromkeys(("no_to", "only_agreements_to"), asked_options(view, request)),
            request=request,
            consenter=person.key,
            then=parts.saved,
        )
    standing = view.has_answered.get(person.key, frozenset())
    if standing and st.toggle(_("{navn} vil trekke samtykke", navn=person.first_name), key=f"stop.{person.key}"):
        WithdrawForm.ask(
            case,
            at=str(person.key),
            button=_("Slutt å dele nå"),
            options={"services": [(s, n) for s, n in names(view).items() if s in standing]},
            consenter=person.key,
            done=_("Samtykket er trukket tilbake. Ingenting deles fra kl. {tid}.", tid=clock_time(case.at)),
        )


def _answered() -> Markup:
    return shown.paragraphs(_("Har svart."))


def _information(top: HeadView) -> Markup:
    phone = f", {top.stafettholder_phone}" if top.stafettholder_phone else ""
    text = _(INFORMATION, barn=top.child, eier=top.owner_service, stafettholder=top.stafettholder, telefon=phone)
    lead = _(
        "Vi har taushetsplikt. Vi snakker bare med andre om {barn} når dere sier ja. Dere bestemmer hvem, hva og hvor lenge.",
        barn=top.child,
    )
    return shown.filled('<div class="bti-note bti-calm"><p>{lead}</p><p>{text}</p></div>', lead=lead, text=text)


def show_as_seen(case: OpenCase, view: ConsentView, top: HeadView) -> None:
    """Let the family see the case as a service or one of themselves sees it: the same views, that reader's eyes."""
    if not case.sight.everything:
        return
    open_now = {s.code: s.name for s in view.standings if s.state is ConsentState.ACTIVE}
    open_now |= {one.code: one.name for one in family_eyes.guardians(case) if not one.blocked}
    code = st.selectbox(
        _("Se saken slik en annen ser den"),
        list(open_now),
        index=None,
        key=f"{case.number}.seen".replace("-", "_"),
        format_func=lambda one: open_now.get(one, ""),
        placeholder=_("Velg hvem"),
    )
    if code:
        through = exporting.as_seen_by(case, code)
        shown.show(shown.note(_("Slik ser {navn} saken nå.", navn=open_now[code])))
        shown.show(stafettlogg.told(through, top, people.people(through), windows.kept(through)))
