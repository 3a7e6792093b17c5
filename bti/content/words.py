"""What the values are called, on screen and on paper, and the sentences that are made from them."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bti.content.labels import label
from bti.language import N_, _, first_up, listed, long_date, short_date
from bti.rules.consent import (
    ConsentAddition,
    ConsentLevel,
    ConsentState,
)
from bti.rules.situation import Tried
from bti.rules.tiltak import Arena, Dates, EvaluationMode

INFORMATION: Final = N_(
    "Det er frivillig. Sier dere nei, får {barn} fortsatt hjelp av {eier}, og ingen andre får vite noe. Dere kan ombestemme "
    "dere når som helst, uten å si hvorfor: ring {stafettholder}{telefon}. Da slutter vi å dele med en gang. Det som alt er "
    "delt eller arkivert, blir ikke borte. Opplysninger om deg selv deler vi bare hvis du selv sier ja. Er et barn i fare, "
    "må vi melde fra uansett. Dere kan se hvem som har lest."
)

INFORMATION_TO_YOUTH: Final = N_(
    "Det er frivillig. Sier du nei, får du fortsatt hjelp av {eier}, og ingen andre får vite noe. Du kan ombestemme deg når som "
    "helst, uten å si hvorfor: ring {stafettholder}{telefon}. Da slutter vi å dele med en gang. Det som alt er delt eller "
    "arkivert, blir ikke borte. Er et barn i fare, må vi melde fra uansett. Du kan se hvem som har lest."
)
ASK_YOUTH: Final = N_(
    "Du er {alder} år. Derfor spør vi deg også. Du bestemmer om {tjenester} kan få vite noe. Du kan si ja til noen og nei til "
    "andre, og du kan ombestemme deg."
)
ASK_YOUTH_AHEAD: Final = N_(
    "Du fyller {alder} år {dato}. Derfor spør vi deg også. Du bestemmer om {tjenester} kan få vite noe fra den dagen. Du kan si "
    "ja til noen og nei til andre, og du kan ombestemme deg."
)


def tiltak_sentence(name: str, where: Arena, days: Dates, *, today: date) -> str:
    """Say all that follows from what and who: «Eirik gjør dette på skolen fra i dag. Vi evaluerer 14. april.» (R-21)."""
    since = _("fra i dag") if days.start == today else _("fra {dato}", dato=short_date(days.start))
    if days.registered_afterwards:
        since = _("{fra} (registrert i ettertid)", fra=since)
    does = _("{navn} gjør dette {sted} {fra}.", navn=name, sted=label(where), fra=since)
    parts = [does]
    if days.deadline and days.deadline != days.evaluation:
        parts.append(_("Fristen er {dato}.", dato=short_date(days.deadline)))
    if days.evaluation:
        parts.append(_("Vi evaluerer {dato}.", dato=short_date(days.evaluation)))
    else:
        parts.append(_("Vi evaluerer når møtet er avtalt."))
    return " ".join(parts)


def ended_sentence(name: str, where: Arena, start: date, ended: date) -> str:
    """Say of a tiltak that is over who did it, where and when."""
    if start == ended:
        return _("{navn} gjorde dette {sted} {dato}.", navn=name, sted=label(where), dato=short_date(ended))
    begin, end = short_date(start), short_date(ended)
    return _("{navn} gjorde dette {sted} fra {fra} til {dato}.", navn=name, sted=label(where), fra=begin, dato=end)


def by_hand_sentence(helpers: list[str], mode: EvaluationMode | None, by: str, how: str, before: str = "") -> str:
    """Say what does not follow: what it was changed from, who helps, how it is evaluated, who follows it up and how."""
    said = [
        _("Endret fra «{tiltak}».", tiltak=before.rstrip(". ")) if before else "",
        _("Sammen med {navn}.", navn=listed(helpers)) if helpers else "",
        _("Det skjer {maate}.", maate=label(mode)) if mode else "",
        _("{navn} følger opp.", navn=by) if by else "",
        _("Oppfølging: {hvordan}", hvordan=how) if how else "",
    ]
    return " ".join(part for part in said if part)


def situation_text(text: str, who: str, tried: Tried) -> str:
    """Say a text about the situation, with who has seen or tells it, and with what is known of what was tried."""
    when = ", ".join(part for part in (label(tried.by) if tried.by else "", tried.period) if part)
    known = ". ".join(part for part in (first_up(when), label(tried.effect) if tried.effect else "") if part)
    said = f"{who}: {text}" if who else text
    return f"{said}\n{known}." if known else said


def agreement_sentence(text: str, who: str, due: date | None, settled_on: date | None) -> str:
    """Say what is agreed, who does it by when, and when it was done."""
    by_when = _("innen {dato}", dato=short_date(due)) if due else ""
    parts = (first_up(", ".join(part for part in (who, by_when) if part)), _done(settled_on))
    return "\n".join([text, " ".join(f"{part}." for part in parts if part)]).rstrip()


def _done(settled_on: date | None) -> str:
    return _("Gjort {dato}", dato=short_date(settled_on)) if settled_on else ""


def said_of(tiltak: str, what: str) -> str:
    """Say something of a tiltak on one line; what is written may be a whole sentence, and its full stop is left out."""
    return _("{tiltak}: {hva}", tiltak=tiltak.rstrip(". "), hva=what)


def goal_sentence(goal: str | None, title: str) -> str:
    """Say the goal; without one it is the concern itself (R-27)."""
    return goal or _("At det blir bedre med {oppmerksomhet}", oppmerksomhet=_inside_a_sentence(title))


def _inside_a_sentence(title: str) -> str:
    """Begin a title with a small letter, unless it begins with an abbreviation such as PPT."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def standing_sentence(
    service: str, state: ConsentState, *, level: ConsentLevel, until: date | None, withdrawn_on: date | None
) -> str:
    """Say where a service stands, as everybody may read it; never who is missing or who has said no (R-02, R-10)."""
    name = first_up(service)
    if state is ConsentState.ACTIVE and until:
        words = _("avtalene og hverdagen") if level is ConsentLevel.EVERYDAY else _("bare avtalene")
        return _("{tjeneste}: {hva}, til {dato}", tjeneste=name, hva=words, dato=long_date(until))
    if state is ConsentState.REFUSED:
        return _("Det er ikke gitt samtykke til å dele med {tjeneste}.", tjeneste=service)
    if state is ConsentState.WITHDRAWN and withdrawn_on:
        return _("{tjeneste}: trukket tilbake {dato}", tjeneste=name, dato=long_date(withdrawn_on))
    if state is ConsentState.EXPIRED and until:
        return _("{tjeneste}: gjaldt til {dato}", tjeneste=name, dato=long_date(until))
    return _("{tjeneste}: venter på svar", tjeneste=name)


def only_with(services: Sequence[str]) -> str:
    """Say whom the child has said «bare …» of; nothing when nobody is named (R-34)."""
    return _("Deles bare med {hvem}", hvem=listed(list(services))) if services else ""


def explained_in(language: str) -> str:
    """Say in what language, and with what interpreter, the questions were explained to the one who answered (R-04)."""
    return _("Forklart på {spraak}", spraak=language) if language else ""


def level_opens(level: ConsentLevel, child: str) -> str:
    """Say what a level lets a service know, as the family is asked about it: the same words on the screen and on paper."""
    if level is ConsentLevel.EVERYDAY:
        return _("også hvordan {barn} har det på skolen / i barnehagen og med andre barn", barn=child)
    return _("mål, tiltak, hvem som gjør hva, og hvordan det går")


def read_back(
    services: list[str],
    level: ConsentLevel,
    additions: frozenset[ConsentAddition],
    until: date,
) -> str:
    """Say what the family is about to say yes to, so that the yes is to what was read (consent_texts.md).

    Of those who are let in to nothing it is said that they are told nothing (R-10).
    """
    who = first_up(listed(services))
    many = len(services) > 1
    if level is ConsentLevel.NO:
        return _("{tjenester} får ikke vite noe.", tjenester=who)
    knows = (
        _("{tjenester} får vite om avtalene og hverdagen.", tjenester=who)
        if level is ConsentLevel.EVERYDAY
        else _("{tjenester} får bare vite om avtalene.", tjenester=who)
    )
    order = list(ConsentAddition)
    added = [label(a) for a in sorted(additions, key=order.index)]
    left_out = [label(a) for a in order if a not in additions and a is not ConsentAddition.ASSESSMENT]
    parts = [knows]
    if added:
        parts.append(
            _("De får også vite om {hva}.", hva=listed(added)) if many else _("Også om {hva}.", hva=listed(added))
        )
    if left_out:
        what = _(" eller ").join(left_out)
        parts.append(_("De får ikke vite noe om {hva}.", hva=what) if many else _("Ingenting om {hva}.", hva=what))
    parts.append(_("Det gjelder til {dato}.", dato=long_date(until)))
    return " ".join(parts)
