"""The family's screen: it is asked, each answers for herself, and may take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from markupsafe import Markup

from bti.casework.consent import consenting, windows
from bti.casework.consent.consenting import ConsentView, Given, LatestRequest
from bti.casework.consent.family_eyes import OneGuardian
from bti.casework.desk.seeing import HeadView
from bti.casework.door import OpenCase
from bti.casework.paper import exporting
from bti.casework.people import people
from bti.casework.people.people import Person, PersonKind
from bti.content.words import explained_in
from bti.language import _, listed
from bti.rules.consent import ConsentState
from bti.rules.people import PARENTS
from bti.rules.workflow import CaseStatus
from forms import (
    consent_asking,
    consent_child,
    consent_nobody,
    consent_presets,
    consent_reminders,
    consent_withdrawal,
    frame,
    shown,
    stafettlogg,
)
from forms.consent_answers import EvidenceForm, asked_options, form_for
from forms.consent_reminders import information
from forms.fields import apart
from forms.parts import Parts


@dataclass(frozen=True)
class Screen:
    """What the family's screen is drawn of."""

    case: OpenCase
    view: ConsentView
    top: HeadView
    taking_part: Sequence[Person]
    guardians: Sequence[OneGuardian]
    given: Sequence[Given]
    parts: Parts


def ask_the_family(
    case: OpenCase,
    view: ConsentView,
    top: HeadView,
    taking_part: Sequence[Person],
    guardians: Sequence[OneGuardian],
) -> None:
    """Ask the family, take each one's answer, and let each take it back."""
    parts = Parts(f"{case.number}.samtykke", may_write=case.status is not CaseStatus.CLOSED)
    screen = Screen(case, view, top, taking_part, guardians, consenting.given(case), parts)
    if case.status is not CaseStatus.CLOSED:
        _who_does_not_answer(screen)
        consent_reminders.show(case, view, top, taking_part)
    latest = None if _asks(screen) else view.latest
    if latest:
        _each_asking(screen, latest)
    _find_again(screen)
    if latest:
        consent_child.ask(case, view, top, taking_part, parts)
    consent_withdrawal.take_back(case, view, taking_part)
    if latest and case.status is not CaseStatus.CLOSED and latest.until >= case.today:
        _ask_for_more(case, view, top)


def _who_does_not_answer(screen: Screen) -> None:
    """Say which parents are not asked, since it is not ticked that they have foreldreansvar; a birth is written without it (R-03).

    Where then nobody can answer for the child, it stops there until it is put right.
    """
    case = screen.case
    if case.of_age or not case.row.birth_date:
        return
    left_out = [p.name for p in screen.taking_part if p.relation in PARENTS and not p.has_parental_responsibility]
    where = _("Stemmer det ikke, rettes det under «Foresatte» på siden «Hvem er med».")
    if not screen.view.must_answer:
        nobody = _("Ingen kan svare for barnet: det står ikke at noen har foreldreansvar.")
        shown.show(shown.note(f"{nobody} {where}", kind="stop"))
    elif left_out:
        said = _("{navn} blir ikke spurt: det står ikke at {navn} har foreldreansvar.", navn=listed(left_out))
        shown.show(shown.quiet(f"{said} {where}"))


def has_answered(case: OpenCase, view: ConsentView) -> bool:
    """Say whether nobody is waited for: all have answered, or the family lets nobody else in (R-10)."""
    return not view.latest.silent if view.latest else case.row.own_log_yes_at is not None


def _asks(screen: Screen) -> bool:
    """Show what the family was asked about, or ask it. Return whether the questions are open."""
    view, request = screen.view, screen.view.latest
    title = _("Hvem kan vi samarbeide med om {barn}?", barn=screen.top.child)
    told = consent_asking.told(view, request) if request else consent_nobody.told(screen.case, view)
    if told and (kept_back := frame.kept_back(view.not_to_share)):
        told = shown.joined([told, kept_back])
    if not screen.parts.part("sporsmal", title, told):
        return False
    shown.show(information(screen.top))
    at = str(request.consent) if request else ""
    is_outside = screen.case.status is CaseStatus.ESCALATING
    offer = consent_presets.offer if is_outside else consent_presets.offer_nobody_too
    fills = offer(screen.case, view, screen.taking_part, at=at)
    if consent_nobody.is_chosen(screen.case):
        consent_nobody.ask(screen.case, view, screen.top, screen.taking_part, screen.parts)
        return True
    consent_asking.AskForm.ask(
        screen.case,
        at=at,
        button=_("Informasjonen er lest opp. Gå videre"),
        options=consent_asking.options(screen.case, view, screen.top.child),
        fills=fills,
        then=screen.parts.saved,
    )
    return True


def _each_asking(screen: Screen, latest: LatestRequest) -> None:
    """Take the answers to what was asked, to what was asked later, and to what is asked for the time after."""
    view, parts = screen.view, screen.parts
    missing = [p.first_name for p in screen.taking_part if p.key in latest.silent]
    if 0 < len(missing) < len(view.must_answer):
        shown.show(shown.note(_("Samtykket er ikke fullstendig: {navn} mangler.", navn=listed(missing))))
    _answers(screen, latest, among_all=not view.more)
    for number, more in enumerate(view.more, 1):
        stands = shown.paragraphs(_("Et nei her endrer ikke det dere har sagt ja til før."))
        told = shown.joined([consent_asking.told(view, more), stands])
        parts.read_only(f"mer-{number}", _("Spurt om mer"), told)
        _answers(screen, more, among_all=number == len(view.more))
    if view.renewal:
        parts.read_only("fornyet", _("Spurt om å fornye"), consent_asking.told(view, view.renewal))
        _answers(screen, view.renewal, among_all=True)


def _ask_for_more(case: OpenCase, view: ConsentView, top: HeadView) -> None:
    """Ask about a service that came later, a higher level or an addition, behind one press (R-06)."""
    key = f"{case.number}.more".replace("-", "_")
    if not st.toggle(_("Spør om mer: en tjeneste til, et høyere nivå eller et tillegg"), key=key):
        return

    def asked(_consent: object) -> None:
        del st.session_state[key]

    stands = _("Det dere har sagt ja til før, gjelder som før. Vi spør bare om det som er nytt.")
    shown.show(shown.joined([shown.note(stands), information(top)]))
    consent_asking.MoreForm.ask(
        case,
        at=str(len(view.more)),
        button=_("Informasjonen er lest opp. Spør om dette"),
        options=consent_asking.options(case, view, top.child),
        then=asked,
    )


def _answers(screen: Screen, request: LatestRequest, *, among_all: bool) -> None:
    """Take the answers to one asking; of those before the newest only what is missing is asked for.

    A refusal asks nobody, and nor does what is over.
    """
    if request.is_refusal or request.until < screen.case.today:
        return
    for person in screen.taking_part:
        if person.key in (request.answering if among_all else request.silent):
            _one_answers(screen, request, person)


def _one_answers(screen: Screen, request: LatestRequest, person: Person) -> None:
    case, view, parts = screen.case, screen.view, screen.parts
    has_answered = person.key not in request.silent
    name = f"svar-{person.key}-{request.consent}"
    title, answered = _("{navn} svarer", navn=person.name), _answered(screen, request, person) if has_answered else None
    if parts.part(name, title, answered, optional=person.key in view.ahead):
        if person.kind is PersonKind.CHILD and case.row.birth_date:
            shown.show(consent_reminders.to_youth(case, view, request, screen.top, person))
        meeting = consenting.meeting_now(case)
        if meeting:
            later = _("Er svaret gitt i møtet i dag, kan dere skrive hvor det er journalført, når møtet er slutt.")
            shown.show(shown.note(later))
        form, begins = form_for(next((g for g in screen.guardians if g.id == person.key), None))
        form.ask(
            case,
            at=f"{request.consent}.{person.key}",
            button=_("Lagre svaret"),
            stored=begins,
            options=asked_options(view, request),
            request=request,
            consenter=person.key,
            meeting=meeting,
            then=partial(_saved, parts),
        )


def _saved(parts: Parts, what: str) -> None:
    """Go on; a no to more is said to the one who has just said it, and stands nowhere on the page (R-10)."""
    if what:
        st.session_state["flash"] = what
    parts.saved()


def _find_again(screen: Screen) -> None:
    """Ask where each answer can be found, for as long as nobody has said so (R-05)."""
    case, parts = screen.case, screen.parts
    for one in (given for given in screen.given if given.lacks_reference):
        name = next((p.first_name for p in screen.taking_part if p.key == (one.guardian or case.child_id)), "")
        waits = shown.paragraphs(_("Uten det gjelder svaret bare i møtet det ble gitt i."))
        title = _("Hvor er svaret fra {navn} journalført?", navn=name)
        if parts.part(f"funnet-{one.declaration}", title, None, shows=waits):
            shown.show(waits)
            EvidenceForm.ask(
                case,
                at=str(one.declaration),
                button=_("Lagre hvor det ligger"),
                declaration=one.declaration,
                then=parts.saved,
            )


def _answered(screen: Screen, request: LatestRequest, person: Person) -> Markup:
    """Say that somebody has answered, and in what language it was explained (R-04); never what she has said."""
    hers = (
        one.explained_in
        for one in screen.given
        if one.consent == request.consent
        and one.about_services
        and person.key == (one.guardian or screen.case.child_id)
    )
    return shown.paragraphs("\n".join(part for part in (_("Har svart."), explained_in(next(hers, ""))) if part))


def show_as_seen(case: OpenCase, view: ConsentView, top: HeadView, guardians: Sequence[OneGuardian]) -> None:
    """Let the family see the case as a service or one of themselves sees it: the same views, that reader's eyes."""
    if not case.sight.everything:
        return
    open_now = {s.code: s.name for s in view.standings if s.state is ConsentState.ACTIVE}
    open_now |= {one.code: one.name for one in guardians if not one.blocked}
    open_now = apart(open_now.items())
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
