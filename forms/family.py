"""What the family says: to a tiltak, to all that was read aloud, and to help that is offered."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person, PersonKind
from bti.casework.said import agreeing, proposing
from bti.casework.steps.planning import PlanView
from bti.casework.story import ProposalView, TiltakView
from bti.content.labels import label
from bti.language import N_, _
from bti.rules.access import Action, may
from bti.rules.tiltak import FamilySays, ProposalStatus
from forms import people, shown
from forms.allowed import MustChoose, Sentence
from forms.fields import Choose, Paragraph, Pick
from forms.form import Answers, Form
from forms.parts import Parts
from forms.press import press

ANSWERS = (ProposalStatus.ACCEPTED, ProposalStatus.DECLINED_BY_FAMILY, ProposalStatus.LATER)


class OfferForm(Form, saves_with=proposing.offer):
    """Something one of those who take part can do, if the family wants it."""

    text: Annotated[Sentence, Paragraph(N_("Hva tilbyr dere å gjøre?"), lines=2)]
    offered_by: Annotated[UUID, MustChoose, Choose(N_("Hvem tilbyr det?"))]
    oppmerksomhet: Annotated[UUID | None, Choose(N_("Under hvilken oppmerksomhet? (kan stå tomt)"))] = None


def save_answer(
    asked: Asking,
    *,
    proposal: UUID,
    status: ProposalStatus,
    decided_by: UUID,
    oppmerksomhet: UUID | None,
    offered: Sequence[ProposalView],
) -> UUID:
    """Save what the family says to the proposal that was chosen."""
    version = next((p.version for p in offered if p.id == proposal), 0)
    return proposing.decide(
        asked,
        proposal=proposal,
        status=status,
        decided_by=decided_by,
        oppmerksomhet=oppmerksomhet,
        version=version,
    )


class AnswerForm(Form, saves_with=save_answer, given=("offered",)):
    """What the family says to one of the proposals. Nothing is chosen beforehand."""

    proposal: Annotated[UUID, MustChoose, Choose(N_("Hvilket forslag har familien svart på?"))]
    status: Annotated[ProposalStatus, Pick(N_("Hva sier familien?"), words=ProposalStatus, among=ANSWERS)]
    decided_by: Annotated[UUID, MustChoose, Choose(N_("Hvem i familien sa det?"))]
    oppmerksomhet: Annotated[UUID | None, Choose(N_("Hvilken oppmerksomhet hører tiltaket til?"))] = None

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask where it belongs only when it becomes a tiltak."""
        accepted = raw["status"] is ProposalStatus.ACCEPTED
        return [name for name in cls.model_fields if name != "oppmerksomhet" or accepted]


def told_proposals(offered: Sequence[ProposalView], taking_part: Sequence[Person]) -> Markup | None:
    """Show what is offered, by whom, and what the family has said to it."""
    if not offered:
        return None
    return shown.joined(
        shown.filled(
            '<div class="bti-tiltak"><strong>{text}</strong><p>{rest}</p></div>',
            text=p.text,
            rest=_("Tilbud fra {navn}. {svar}.", navn=_offers(taking_part, p), svar=label(p.status)),
        )
        for p in offered
    )


def _offers(taking_part: Sequence[Person], proposal: ProposalView) -> str:
    return next((p.first_name for p in taking_part if p.id == proposal.offered_by), _("en som er med"))


def ask_proposals(case: OpenCase, view: PlanView, offered: Sequence[ProposalView], parts: Parts) -> None:
    """Ask for one more proposal, and for the family's word about those it has not answered."""
    if told := told_proposals(offered, view.people):
        shown.show(told)
    tool = _("Drøft handlingsmuligheter og alternativer. Verktøyet «Å utvikle gode tiltak» kan hjelpe.")
    shown.show(shown.quiet(tool))
    concerns = [(c.id, c.title) for c in view.oppmerksomheter]
    OfferForm.ask(
        case,
        at=str(len(offered)),
        button=_("Lagre forslaget"),
        options={"offered_by": people.choices(view.people), "oppmerksomhet": concerns},
        then=parts.keep_open,
    )
    waiting = [p for p in offered if p.status is not ProposalStatus.ACCEPTED]
    if waiting:
        family = people.choices([p for p in view.people if p.kind is not PersonKind.STAFF])
        AnswerForm.ask(
            case,
            button=_("Lagre familiens svar"),
            options={
                "proposal": [(p.id, p.text) for p in waiting],
                "decided_by": family,
                "oppmerksomhet": concerns,
            },
            offered=offered,
            then=parts.keep_open,
        )


def said(tiltak: TiltakView) -> str:
    """Say what the family has said to a tiltak; nothing while it has not been asked."""
    if tiltak.family_says is FamilySays.NO:
        return _("Familien har sagt nei. Det settes ikke i gang.")
    return _("Familien er enig.") if tiltak.family_says else ""


def ask_about(case: OpenCase, tiltak: TiltakView, parts: Parts) -> None:
    """Offer one press for the family's no to a tiltak, or for its yes after a no (R-58)."""
    refused = tiltak.family_says is FamilySays.NO
    says = FamilySays.AGREES if refused else FamilySays.NO
    press(
        _("Familien sier ja til dette") if refused else _("Familien sier nei til dette"),
        f"{parts.key}.family",
        lambda: agreeing.family_says(case, tiltak=tiltak.id, says=says, version=tiltak.version),
        parts.keep_open,
    )


def ask_read_aloud(case: OpenCase, planned: Sequence[TiltakView], parts: Parts) -> None:
    """Offer one press for all that is planned, when something in it has not been read aloud and approved."""
    waits = any(t.is_complete and t.family_says is None for t in planned)
    if waits and may(case.sight, Action.LEAD):
        press(
            _("Lest opp og godkjent"),
            f"{parts.key}.aloud",
            lambda: agreeing.approve_read_aloud(case),
            parts.keep_open,
        )
