"""On the way to services outside the kommune: whom we ask, what they are told, and when we meet."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework.door import OpenCase
from bti.casework.paper import message_paper
from bti.casework.steps import escalating
from bti.casework.steps.escalating import EscalateView, MessageView
from bti.content.labels import label
from bti.content.words import said_of
from bti.errors import Refused
from bti.language import N_, _, figures, listed
from bti.rules.access import Action, may
from bti.rules.escalating import MessageStatus, Outward
from forms import frame, meeting, papers, shown
from forms.allowed import ClockTime, MustChoose, Name, Sentence, SentenceOrNothing, Story
from forms.fields import ChooseSome, Day, Line, Paragraph
from forms.form import Form
from forms.parts import Parts


class MessageForm(Form, saves_with=escalating.write_message, given=("version",)):
    """Whom we ask, and what they are told. What was tried and what the child lets them read comes by itself."""

    recipients: Annotated[list[UUID], MustChoose, ChooseSome(N_("Hvem spør vi om hjelp?"))]
    situation_text: Annotated[Story, Paragraph(N_("Beskriv situasjonen"), lines=4)]
    question_to_service: Annotated[Sentence, Paragraph(N_("Hva spør vi om?"), lines=2)]
    family_view: Annotated[SentenceOrNothing, Paragraph(N_("Hva sier familien? (kan stå tomt)"), lines=2)] = ""


class SentForm(Form, saves_with=escalating.was_sent, given=("version",)):
    """How and when the kommune sent it."""

    channel: Annotated[Name, Line(N_("Hvordan ble meldingen sendt?"))]
    sent_on: Annotated[date, MustChoose, Day(N_("Sendt den"))]


class OutwardMeetingForm(Form, saves_with=escalating.call_meeting):
    """When we meet those we ask."""

    day: Annotated[date, MustChoose, Day(N_("Dato for møtet med de eksterne tjenestene"))]
    at: Annotated[ClockTime, Line(N_("Klokka"))]


def page(case: OpenCase, parts: Parts) -> None:
    """Draw the four things, and the two ways on."""
    view = escalating.view(case)
    message = view.message
    if parts.part("melding", _("Meldingen til de eksterne tjenestene"), told(message, view)):
        shown.show(shown.quiet(_(shown.READ_BY_ALL)))
        MessageForm.ask(
            case,
            button=_("Lagre meldingen"),
            stored=_stored(message),
            version=message.version if message else 0,
            options={"recipients": list(escalating.choices(case))},
            then=parts.saved,
        )
    leads = may(case.sight, Action.LEAD)
    if leads and message:
        _papers(case, message)
        _next_for(case, message)
    if parts.part(
        "mote", _("Møtet med de eksterne tjenestene"), meeting.told(case, view.meeting, view.people)
    ) and not meeting.about_the_rest(case, view.meeting, view.people, parts):
        OutwardMeetingForm.ask(case, button=_("Avtal møtet"), then=parts.saved)
    if leads:
        _ways_on(case, view.missing)


def told(message: MessageView | None, view: EscalateView) -> Markup | None:
    """Show the message as those who are asked will meet it: what was tried, and what the child lets them read."""
    if message is None:
        return None
    tried = [said_of(text, label(effect).lower()) for text, effect in view.tried]
    return told_message(message, tried, view.child_said)


def told_message(message: MessageView, tried: Sequence[str], child_said: Sequence[str]) -> Markup:
    """Show one message."""
    sent = _("Sendt {dato}: {kanal}", dato=figures(message.sent_on), kanal=message.channel) if message.sent_on else ""
    return shown.facts(
        [
            (_("Til"), listed([name for _key, name in message.recipients])),
            (_("Situasjonen"), message.situation_text),
            (_("Dette er prøvd"), shown.bullets(tried) if tried else ""),
            (_("Familien sier"), message.family_view),
            (_("Barnet sier"), "\n\n".join(child_said)),
            (_("Vi spør om"), message.question_to_service),
            (_("Hvor den står"), sent or label(message.status)),
        ]
    )


def _papers(case: OpenCase, message: MessageView) -> None:
    """Offer the message as paper, behind one press: who may have it is asked when somebody wants to know."""
    if st.toggle(_("Skriv ut meldingen"), key=f"{case.number}.message_papers"):
        made_for = [(r.code, r.name) for r in message_paper.recipients(case, message)]
        papers.links(made_for, papers.MESSAGE, case.number, _("Skriv ut meldingen"))


def _next_for(case: OpenCase, message: MessageView) -> None:
    """Offer the one press the message waits for."""
    if message.status is MessageStatus.DRAFT:
        _press(case, message, _("Familien har lest meldingen"), escalating.family_has_read)
    elif message.status is MessageStatus.FAMILY_READ:
        _press(case, message, _("Meldingen er klar til å sendes"), escalating.make_ready)
    elif message.status is MessageStatus.READY:
        shown.show(shown.paragraphs(_("Send meldingen i kommunens sikre kanal. Ingenting sendes herfra.")))
        SentForm.ask(case, button=_("Meldingen er sendt"), version=message.version)


def _press(case: OpenCase, message: MessageView, words: str, act: Any) -> None:
    if not st.button(words, key=f"message.{message.status}"):
        return
    try:
        act(case, version=message.version)
    except Refused as no:
        shown.show(shown.refusal(no))
        return
    st.rerun()


def _ways_on(case: OpenCase, missing: Sequence[Outward]) -> None:
    words = _("Begynn på nytt sammen med de eksterne tjenestene")
    if st.button(words, key="go_out", type="secondary" if missing else "primary"):
        if missing:
            shown.show(shown.note(shown.bullets(_(thing) for thing in missing), kind="stop"))
        else:
            escalating.go_out(case)
            frame.go_to("oppstart", case.number)
    if st.button(_("Familien sier nei til å spørre andre"), key="family_says_no", type="tertiary"):
        escalating.family_says_no(case)
        st.rerun()


def _stored(message: MessageView | None) -> dict[str, Any]:
    if message is None:
        return {}
    return {
        "recipients": [key for key, _name in message.recipients],
        "situation_text": message.situation_text,
        "question_to_service": message.question_to_service,
        "family_view": message.family_view,
    }
