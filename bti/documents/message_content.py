"""What stands on the printed message to external services: values that one recipient may read, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from bti.content.kommune import Kommune
    from bti.documents.stafettlogg_content import Language, Who
    from bti.rules.evaluation import Effect


@dataclass(frozen=True)
class Message:
    """The message as one recipient may read it, at one moment."""

    kommune: Kommune
    language: Language
    recipient: str
    made_at: datetime
    number: str
    version: int
    child: str
    birth_year: int | None
    stafettholder: Who
    sender: str
    asked: tuple[str, ...]
    question: str
    situation: str
    tried: tuple[tuple[str, Effect], ...]
    family_says: str
    child_says: tuple[str, ...]
    until: date | None
    """The last day of the yes a service reads it by; nothing on the family's own paper."""
