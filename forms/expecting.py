"""A log for a pregnancy, where the health services make it: the pregnant woman, the due date, and no more that must be said."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from bti.casework.door import Asking
from bti.casework.intake import expecting
from bti.casework.intake.creating import NewGuardian
from bti.errors import Reason, Refused
from bti.language import N_
from bti.rules.people import GuardianRelation, ProtectedAddress
from forms.allowed import LineOrNothing, MustChoose, Name
from forms.fields import Day, Line, Pick
from forms.form import Answers, Form

OTHERS = (GuardianRelation.FATHER, GuardianRelation.CO_MOTHER, GuardianRelation.OTHER)


def make(
    asked: Asking,
    *,
    pregnant: str,
    due_date: date,
    protected_address: ProtectedAddress,
    other_name: str,
    other_relation: GuardianRelation | None,
) -> str:
    """Make the log. Another parent is named, and is asked for nothing before the child is born."""
    if other_name and other_relation is None:
        raise Refused(Reason.MISSING, field="other_relation")
    named = other_name and other_relation
    return expecting.create_for_pregnancy(
        asked.actor,
        pregnant=pregnant,
        due_date=due_date,
        protected_address=protected_address,
        other=NewGuardian(other_name, named, has_parental_responsibility=False) if named else None,
    )


class PregnancyForm(Form, saves_with=make):
    """Whom the log is for before there is a child."""

    pregnant: Annotated[Name, Line(N_("Den gravides navn"))]
    due_date: Annotated[date, MustChoose, Day(N_("Termin"))]
    protected_address: Annotated[ProtectedAddress, Pick(N_("Har den gravide sperret adresse?"), words=ProtectedAddress)]
    other_name: Annotated[LineOrNothing, Line(N_("Den andre forelderen, hvis det er noen"))] = ""
    other_relation: Annotated[
        GuardianRelation | None, Pick(N_("Hvem er den andre?"), words=GuardianRelation, among=OTHERS)
    ] = None

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask who the other parent is only when one is named."""
        return [name for name in cls.model_fields if name != "other_relation" or raw["other_name"]]
