"""The tables. Only bti.store and bti.casework may import this package."""

from bti.store.tables.audit import Draft, LogEvent
from bti.store.tables.base import Base, OfCase
from bti.store.tables.case import Case, CreationRequest, PaperMeeting, Participant
from bti.store.tables.closing import CaseReopened, Closing
from bti.store.tables.consent import (
    CaseDecision,
    CaseDecisionConsenter,
    CaseDecisionNotice,
    Consent,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentEvidence,
    ConsentRequest,
    ConsentWithdrawal,
    Narrowing,
    Sharing,
    StrictAddressApproval,
)
from bti.store.tables.family import Correction, PhoneAgreement, SiblingLink
from bti.store.tables.handover import StafettholderHandover
from bti.store.tables.meeting import (
    Agreement,
    ArchiveReceipt,
    Decision,
    Evaluation,
    EvaluationVoice,
    InformChildTask,
    Meeting,
    MeetingParticipant,
    RoundEvaluation,
)
from bti.store.tables.people import Child, Guardian, Installation, Login, Service, SignInAttempt, StaffUser
from bti.store.tables.plan import (
    Goal,
    GoalOwner,
    Oppmerksomhet,
    ProgressNote,
    SituationText,
    Tiltak,
    TiltakContributor,
    TiltakProposal,
)
from bti.store.tables.referral import ReferralMessage, ReferralRecipient
from bti.store.tables.transfer import Ownership, Transfer
from bti.store.tables.voice import BestInterestsAssessment, ChildView, ChildViewPlan, ChildViewReader

__all__ = [
    "Agreement",
    "ArchiveReceipt",
    "Base",
    "BestInterestsAssessment",
    "Case",
    "CaseDecision",
    "CaseDecisionConsenter",
    "CaseDecisionNotice",
    "CaseReopened",
    "Child",
    "ChildView",
    "ChildViewPlan",
    "ChildViewReader",
    "Closing",
    "Consent",
    "ConsentAnswer",
    "ConsentDeclaration",
    "ConsentEvidence",
    "ConsentRequest",
    "ConsentWithdrawal",
    "Correction",
    "CreationRequest",
    "Decision",
    "Draft",
    "Evaluation",
    "EvaluationVoice",
    "Goal",
    "GoalOwner",
    "Guardian",
    "InformChildTask",
    "Installation",
    "LogEvent",
    "Login",
    "Meeting",
    "MeetingParticipant",
    "Narrowing",
    "OfCase",
    "Oppmerksomhet",
    "Ownership",
    "PaperMeeting",
    "Participant",
    "PhoneAgreement",
    "ProgressNote",
    "ReferralMessage",
    "ReferralRecipient",
    "RoundEvaluation",
    "Service",
    "Sharing",
    "SiblingLink",
    "SignInAttempt",
    "SituationText",
    "StafettholderHandover",
    "StaffUser",
    "StrictAddressApproval",
    "Tiltak",
    "TiltakContributor",
    "TiltakProposal",
    "Transfer",
]
