"""All of it at once, for the page and the paper that show the whole log."""

from dataclasses import dataclass

from bti.casework.door import OpenCase
from bti.casework.story.along import AgreementView, NoteView, ProposalView, agreements, notes, proposals
from bti.casework.story.judged import (
    DecisionView,
    EvaluationView,
    InformView,
    RoundView,
    decisions,
    evaluations,
    informing,
    rounds,
)
from bti.casework.story.meetings import MeetingView, meetings
from bti.casework.story.plan import OppmerksomhetView, TiltakView, oppmerksomheter, tiltak
from bti.casework.story.texts import TextView, situation
from bti.casework.story.voice import AssessmentView, ChildViewView, assessments, child_views


@dataclass(frozen=True)
class Whole:
    """All of the case that the reader may see. How the child is to be heard is a plan, and stands on the pages."""

    situation: tuple[TextView, ...]
    oppmerksomheter: tuple[OppmerksomhetView, ...]
    tiltak: tuple[TiltakView, ...]
    proposals: tuple[ProposalView, ...]
    notes: tuple[NoteView, ...]
    child_views: tuple[ChildViewView, ...]
    assessments: tuple[AssessmentView, ...]
    meetings: tuple[MeetingView, ...]
    evaluations: tuple[EvaluationView, ...]
    rounds: tuple[RoundView, ...]
    decisions: tuple[DecisionView, ...]
    informing: tuple[InformView, ...]
    agreements: tuple[AgreementView, ...]


def whole(case: OpenCase) -> Whole:
    """Return all of the case that the reader may see, one statement for each kind of row."""
    return Whole(
        situation=situation(case),
        oppmerksomheter=oppmerksomheter(case),
        tiltak=tiltak(case),
        proposals=proposals(case),
        notes=notes(case),
        child_views=child_views(case),
        assessments=assessments(case),
        meetings=meetings(case),
        evaluations=evaluations(case, with_voices=True),
        rounds=rounds(case),
        decisions=decisions(case),
        informing=informing(case),
        agreements=agreements(case),
    )
