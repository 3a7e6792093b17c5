"""From the views of a case to what stands on its paper. Reads through the case's Sight, and knows no recipient's rights."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from bti import clock
from bti.casework import story
from bti.casework.consent.windows import Kept
from bti.casework.desk import seeing
from bti.casework.door import OpenCase
from bti.casework.ground.naming import role
from bti.casework.ground.policy import kommune
from bti.casework.paper import timeline as days
from bti.casework.paper import withheld
from bti.casework.paper.paper_head import Head, called, head_of
from bti.casework.paper.paper_meeting import next_meeting
from bti.casework.paper.withheld import Told
from bti.casework.people import people
from bti.casework.people.people import Person, PersonKind
from bti.casework.steps import closing, planning
from bti.casework.steps.closing import ClosingView
from bti.casework.story import Doer, EvaluationView, MeetingView, OppmerksomhetView, TextView, TiltakView
from bti.content.labels import label
from bti.content.words import agreement_sentence, by_hand_sentence, situation_text
from bti.documents import stafettlogg_content as paper
from bti.documents.stafettlogg_content import Audience, Content, Language, Who
from bti.rules.childs_voice import HeardFor
from bti.rules.consent import Category, ConsentAddition, ConsentLevel
from bti.rules.people import ServiceKind
from bti.rules.situation import SituationKind
from bti.rules.tiltak import FamilySays, TiltakStatus
from bti.rules.workflow import CaseStatus, Step

Closes = Mapping[Category, datetime]


def content(
    case: OpenCase,
    *,
    audience: Audience,
    name: str,
    language: Language,
    covered: Sequence[tuple[str, Closes]],
    taking_part: frozenset[UUID],
    shared: Sequence[Kept],
    withholds: bool = False,
    seen_by: str = "",
) -> Content:
    """Return all of the case that this Sight is open to, as it stands on paper. Few statements, however long the story.

    It ``withholds`` what tells where the child is: school, services, staff and place stand there without their names (R-60).
    ``seen_by`` is the printer's service when it does not see all of the log, so that the paper says so.
    """
    here = people.people(case)
    told = Told(head_of(case, here), here, story.meetings(case), story.tiltak(case), kommune())
    head, everyone, meetings, planned, sender = withheld.without_names(told) if withholds else told
    names = {p.id: p.first_name if p.kind is PersonKind.CHILD else p.name for p in everyone}
    evaluated = story.evaluations(case, with_voices=True)
    hearing, heard = _voice(case, names, withholds=withholds)
    return Content(
        kommune=sender,
        language=language,
        audience=audience,
        recipient=name or called(audience, head),
        made_at=case.at,
        number=case.number,
        version=case.last_write,
        child=head.child,
        of_age=case.of_age,
        birth_year=head.birth_year,
        status=case.status,
        step=case.step,
        round=case.round,
        level=seeing.level_name(case.level),
        opened_on=head.opened_on,
        closed_on=head.closed_on,
        registered_afterwards=head.registered_afterwards,
        stafettholder=head.stafettholder,
        archive_unit=head.archive_unit,
        seen_by="" if withholds else seen_by,
        covered=tuple(_covered(name, closes) for name, closes in covered),
        family=tuple(_who(p) for p in everyone if p.kind is not PersonKind.STAFF),
        staff=tuple(
            dict.fromkeys(_who(p) for p in everyone if p.kind is PersonKind.STAFF and _is_in(case, p, taking_part))
        ),
        hearing=hearing,
        heard=heard,
        situation=_situation(story.situation(case), names),
        concerns=_concerns(case, head, meetings, planned, evaluated, everyone),
        judgements=tuple(paper.Judgement(r.round, r.degree, r.text) for r in story.rounds(case)),
        decisions=tuple(
            paper.Decided(
                d.round, d.outcome, clock.day(d.decided_at), d.family_agrees, d.family_wants_instead, d.deviation_reason
            )
            for d in story.decisions(case)
        ),
        best=tuple(paper.Best(a.round, a.assessed_for, a.text, a.factors) for a in story.assessments(case)),
        next_meeting=next_meeting(case, meetings, everyone, is_protected=head.is_protected),
        telling=tuple(
            paper.Telling(t.round, names.get(t.who, ""), t.by, clock.day(t.done_at) if t.done_at else None)
            for t in story.informing(case)
        ),
        endings=tuple(_ending(one) for one in closing.closings(case)),
        agreements=tuple(
            paper.Agreed(
                a.round, a.kind, agreement_sentence(a.text, names.get(a.by, "") if a.by else "", a.due, a.settled_on)
            )
            for a in story.agreements(case)
        ),
        timeline=days.of(case, meetings, planned, evaluated, shared, only=taking_part, names_owner=not withholds),
    )


def _ending(one: ClosingView) -> paper.Ending:
    again = clock.day(one.reopened_at) if one.reopened_at else None
    return paper.Ending(clock.day(one.at), one.reason, one.said_by, one.note, again, one.reopened_because or "")


def _situation(texts: Sequence[TextView], names: Mapping[UUID, str]) -> tuple[paper.SituationPart, ...]:
    """Return the situation; what is about a guardian begins with whom it is about, one after the other."""
    plain = [paper.SituationPart(t.round, t.kind, _said(t, names)) for t in texts if t.about is None and t.text]
    rounds = sorted({t.round for t in texts if t.about is not None})
    of_guardians = [
        paper.SituationPart(
            number,
            SituationKind.ABOUT_GUARDIAN,
            "\n\n".join(f"{t.about_name}: {t.text}" for t in texts if t.about is not None and t.round == number),
        )
        for number in rounds
    ]
    return (*plain, *of_guardians)


def _said(text: TextView, names: Mapping[UUID, str]) -> str:
    return situation_text(text.text, names.get(text.by, "") if text.by else "", text.tried)


def _covered(name: str, closes: Closes) -> paper.Covered:
    level = ConsentLevel.EVERYDAY if Category.SCHOOL_KINDERGARTEN in closes else ConsentLevel.AGREEMENTS
    added = {a: closes[Category(a.value)] for a in ConsentAddition if Category(a.value) in closes}
    base = [moment for category, moment in closes.items() if category.value not in set(ConsentAddition)]
    until = _last_day(max(base or closes.values()))
    return paper.Covered(name, level, until, tuple((a, _last_day(moment)) for a, moment in added.items()))


def _last_day(closes: datetime) -> date:
    return clock.day(closes - clock.A_MOMENT)


def _who(person: Person) -> Who:
    if person.kind is PersonKind.CHILD:
        return Who(person.first_name)
    if person.kind is PersonKind.GUARDIAN:
        return Who(person.name, label(person.relation) if person.relation else "")
    return Who(person.name, role(person.title, person.service_name))


def _is_in(case: OpenCase, person: Person, taking_part: frozenset[UUID]) -> bool:
    """Say whether a colleague stands on the list: while the service is covered; of a closed log, all to its end."""
    to_its_end = case.status is CaseStatus.CLOSED and case.sight.everything
    return to_its_end or person.service in taking_part


def _voice(
    case: OpenCase, names: Mapping[UUID, str], *, withholds: bool
) -> tuple[paper.HearingPlan | None, tuple[paper.Heard, ...]]:
    """Return what the child has said, newest first, and the plan for the next time when that has not been yet."""
    stage = HeardFor.PLAN if case.step in {Step.OPPSTART, Step.PLANLEGG_TILTAK} else HeardFor.EVALUATION
    views = story.child_views(case)
    plan, said, _known = story.heard(story.child_plans(case), views, stage, case.round)
    order = list(HeardFor)
    newest_first = sorted(views, key=lambda v: (v.round, order.index(v.heard_for)), reverse=True)
    heard = tuple(
        paper.Heard(
            v.round,
            v.heard_for,
            v.heard_on,
            v.method,
            names.get(v.heard_by, "") if v.heard_by else "",
            v.share_with,
            v.words,
            v.experienced_change,
            v.how_weighted,
            v.own_situation,
            v.wants,
            v.assessed_by_role,
            () if withholds else v.only_with,
        )
        for v in newest_first
    )
    if plan is None or said is not None:
        return None, heard
    # The reason is somebody's words about the child but its row has no category: it goes where such words go by default.
    why_not = plan.not_heard_reason if Category.SCHOOL_KINDERGARTEN in case.sight.categories else ""
    interviewer = names.get(plan.interviewer, "") if plan.interviewer else ""
    return paper.HearingPlan(plan.attends, interviewer, plan.due, why_not), heard


def _concerns(
    case: OpenCase,
    head: Head,
    meetings: Sequence[MeetingView],
    planned: Sequence[TiltakView],
    said: Sequence[EvaluationView],
    everyone: Sequence[Person],
) -> tuple[paper.Concern, ...]:
    evaluated = [e for e in said if e.is_final]
    names = {person.id: person.first_name for person in everyone}
    return tuple(
        paper.Concern(
            concern.title,
            concern.goal.text,
            story.status_of(concern, evaluated, _judged_in(concern, evaluated, case.round)),
            concern.closed_round is None,
            tuple(
                _tiltak(t, head.owner_kind, _meeting_of(t, meetings, case.round), evaluated, names)
                for t in planned
                if t.oppmerksomhet == concern.id
            ),
            concern.description,
            concern.goal.success_sign,
        )
        for concern in story.oppmerksomheter(case)
    )


def _judged_in(concern: OppmerksomhetView, evaluated: Sequence[EvaluationView], now: int) -> int:
    """Return the round a concern was last judged in."""
    return max((e.round for e in evaluated if e.oppmerksomhet == concern.id), default=now)


def _meeting_of(tiltak: TiltakView, meetings: Sequence[MeetingView], now: int) -> MeetingView | None:
    """Return the meeting a tiltak's days follow: this round's while it goes on, else its own round's."""
    return story.evaluation_meeting(meetings, now if tiltak.status is TiltakStatus.PLANNED else tiltak.round)


def _tiltak(
    tiltak: TiltakView,
    owner: ServiceKind,
    meeting: MeetingView | None,
    evaluated: Sequence[EvaluationView],
    names: Mapping[UUID, str],
) -> paper.Tiltak:
    return paper.Tiltak(
        text=tiltak.text,
        who=_responsible(tiltak.who) if tiltak.who else None,
        arena=planning.arena_of(tiltak, owner),
        dates=planning.dates_of(tiltak, meeting),
        status=tiltak.status,
        ended_on=tiltak.ended_on,
        refused=tiltak.family_says is FamilySays.NO,
        results=tuple(
            paper.Result(
                e.round,
                e.family_first,
                e.why_not_answered,
                e.effect,
                e.outcome,
                e.reason,
                e.best_interests,
                tuple((names.get(v.said_by, ""), v.effect, v.text) for v in e.voices),
            )
            for e in evaluated
            if e.tiltak == tiltak.id and e.family_first
        ),
        by_hand=by_hand_sentence(
            [names[p] for p in tiltak.contributors if p in names],
            tiltak.evaluation_mode,
            names.get(tiltak.follow_up_by, "") if tiltak.follow_up_by else "",
            tiltak.follow_up_how,
            tiltak.changed_from,
        ),
        may_need_formal_decision=tiltak.requires_formal_decision,
    )


def _responsible(who: Doer) -> Who:
    if who.service_name:
        return Who(who.name, role(who.title, who.service_name))
    return Who(who.name, label(who.relation)) if who.relation else Who(who.first_name)
