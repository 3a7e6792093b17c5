"""The questions to the family: who, what, is there something we shall not share, how long. Nothing is ticked beforehand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti import clock
from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked, ConsentView, LatestRequest
from bti.casework.door import Asking, OpenCase
from bti.content.words import level_opens, read_back
from bti.language import N_, _, long_date
from bti.rules.consent import ConsentAddition, ConsentLevel, Period, YesNo
from forms import shown
from forms.allowed import MustChoose, SentenceOrNothing
from forms.fields import ChooseSome, Option, Paragraph, Pick
from forms.form import Answers, Form

SERVICES = ("services", "health_to", "family_home_to", "assessment_to")
"""The questions that are answered with services."""
NOBODY = N_("Ingen – vi jobber videre i egen tjeneste")


def _asks(put: Callable[..., UUID]) -> Callable[..., UUID]:
    """Return what puts the four questions to the family. The press that saves it says that the information was read out."""

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
        return put(
            asked,
            asked=_each(services, level, health_to, family_home_to, assessment_to),
            not_to_share=not_to_share if withheld is YesNo.YES else "",
            whole_year=period is Period.YEAR,
            information_given=True,
        )

    return ask


def ask_for_more(
    asked: Asking,
    *,
    services: Sequence[UUID],
    level: ConsentLevel,
    health_to: Sequence[UUID],
    family_home_to: Sequence[UUID],
    assessment_to: Sequence[UUID],
    withheld: YesNo,
    not_to_share: str,
) -> UUID:
    """Ask about what is new, and nothing else. It lasts as long as what it adds to, so nobody is asked how long."""
    return consenting.ask_for_more(
        asked,
        asked=_each(services, level, health_to, family_home_to, assessment_to),
        not_to_share=not_to_share if withheld is YesNo.YES else "",
        information_given=True,
    )


def _each(
    services: Sequence[UUID],
    level: ConsentLevel,
    health_to: Sequence[UUID],
    family_home_to: Sequence[UUID],
    assessment_to: Sequence[UUID],
) -> list[Asked]:
    """Return what is asked about each service: the level for all, and the additions for those named."""
    extra = {
        ConsentAddition.HEALTH: health_to,
        ConsentAddition.FAMILY_HOME: family_home_to,
        ConsentAddition.ASSESSMENT: assessment_to,
    }
    return [Asked(s, level, frozenset(a for a, to in extra.items() if s in to)) for s in services]


class MoreForm(Form, saves_with=ask_for_more):
    """Three questions about what is new."""

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

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask about additions when services are chosen, and what is withheld when something is."""
        hidden = set() if raw["services"] else {"health_to", "family_home_to", "assessment_to"}
        if raw["withheld"] is not YesNo.YES:
            hidden.add("not_to_share")
        return [name for name in cls.model_fields if name not in hidden]


class AskForm(MoreForm, saves_with=_asks(consenting.ask_family)):
    """The four questions."""

    period: Annotated[
        Period | None, Pick(N_("4. Hvor lenge? Sier dere ingenting, gjelder det korteste."), words=Period)
    ] = None


class RenewForm(AskForm, saves_with=_asks(consenting.ask_to_renew)):
    """The same four questions, for the time after this consent: nothing is carried over, the family says it anew."""


def choices(view: ConsentView) -> list[Option]:
    """Return the services the family can be asked about."""
    return [(c.service, f"{c.name}: {c.why}") for c in view.choices]


def options(case: OpenCase, view: ConsentView, child: str, begins: date | None = None) -> dict[str, Sequence[Option]]:
    """Return what can be chosen, what each level opens, and the last day of each period from the day it ``begins``."""
    levels = (ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY)
    ends = {one: consenting.last_day(case, whole_year=one is Period.YEAR, given=begins) for one in Period}
    return {
        **dict.fromkeys(SERVICES, choices(view)),
        "level": [(level, level_opens(level, child)) for level in levels],
        # In parentheses: a date alone would be taken for a numbered list, and lose its day.
        "period": [(period, f"({long_date(day)})") for period, day in ends.items()],
    }


def names(view: ConsentView) -> Mapping[UUID, str]:
    """Return the services' names."""
    return {c.service: c.name for c in view.choices}


def told(view: ConsentView, request: LatestRequest) -> Markup:
    """Say what the family was asked about, one sentence for each group of services with the same answer."""
    if request.is_refusal:
        return shown.paragraphs(_(NOBODY))
    groups: dict[tuple[ConsentLevel, frozenset[ConsentAddition]], list[str]] = {}
    for asked in request.asked:
        groups.setdefault((asked.level, asked.additions), []).append(names(view).get(asked.service, ""))
    sentences = [read_back(who, level, extra, request.until) for (level, extra), who in groups.items()]
    begins = "" if request.since <= clock.today() else _("Svaret gjelder fra {dato}.", dato=long_date(request.since))
    return aloud(sentences, begins)


def aloud(sentences: Sequence[str], begins: str = "") -> Markup:
    """Return what is read back before the answer."""
    return shown.filled(
        '<div class="bti-note bti-warm"><p class="bti-quiet">{lead}</p>{text}<p>{begins}</p></div>',
        begins=begins,
        lead=_("Vi leser opp:"),
        text=shown.paragraphs("\n\n".join(f"«{s}»" for s in sentences)),
    )
