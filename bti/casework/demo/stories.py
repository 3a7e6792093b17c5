"""The invented children of Granvik, one in each step. Nobody in it exists."""

from datetime import date, timedelta
from typing import Final

from bti import clock
from bti.casework.demo.making import (
    AGREEMENTS,
    NO,
    YES,
    Seeded,
    begun,
    consents,
    evaluated,
    experienced,
    joined,
    met,
    planned,
    presented,
)
from bti.casework.said import situating
from bti.casework.steps import deciding, evaluating, moving, preparing
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, TiltakOutcome
from bti.rules.meeting import FamilyAgreed
from bti.rules.people import Actor, GuardianRelation, ParticipantKind
from bti.rules.situation import SituationKind, Tried, TriedBy
from bti.rules.workflow import DecisionOutcome, Step

LONG: Final = (
    "Ola er blid om morgenen og sliter når dagen blir lang. Han får til mye når han vet hva som kommer, og lite når planen "
    "endrer seg. Læreren har sett at han trekker seg unna i friminuttene på tirsdager og torsdager, når klassen deles. "
)


def solveig(eirik: Actor) -> None:
    """Make a case in step 4, with PPT and helsesykepleier covered."""
    case = begun(
        eirik,
        "Solveig Testdal",
        date(2015, 6, 2),
        ("Marte Testdal", GuardianRelation.MOTHER),
        ("Jonas Testdal", GuardianRelation.FATHER),
    )
    consents(case, "ppt", "skolehelse", answers=(YES, YES))
    joined(case, "pernille", "liv")
    presented(
        case,
        "Solveig har vært borte fra skolen seks mandager siden jul. Resten av uka er hun på plass.",
        "Hun er glad i å tegne, har en god venn i klassen, og to voksne som følger opp hjemme.",
    )
    tiltak = planned(
        case,
        "Jeg vil at mandagene skal begynne rolig.",
        [("Fravær mandager", "Solveig er på skolen hver mandag.")],
        [
            (0, "Møter Solveig ved porten hver mandag kl. 08.15, og går sammen til klasserommet.", "Eirik"),
            (0, "Pakker sekken sammen søndag kveld, og snakker om hva mandagen bringer.", "Marte"),
        ],
        "Det er best for Solveig at mandagene blir trygge, slik hun selv ønsker. Derfor begynner vi i det små.",
    )
    met(case, "Granvik skole, rom 12", FamilyAgreed.BY_PHONE)
    moving.move_on(case.at, to=Step.IVERKSETT)
    experienced(case, "Det er fint når Eirik står ved porten.", "Jeg gruer meg ikke til mandag lenger.")
    moving.move_on(case.at, to=Step.EVALUERING)
    evaluated(case, tiltak[0], Effect.DESIRED, TiltakOutcome.CONTINUE)


def ola(eirik: Actor) -> None:
    """Make a case in step 2, with all texts at their longest."""
    case = begun(
        eirik,
        "Ola Prøvesen",
        date(2013, 9, 14),
        ("Petra Prøvesen", GuardianRelation.MOTHER),
        ("Per Prøvesen", GuardianRelation.FATHER),
    )
    consents(case, "ppt", "skolehelse", "granvik-barnehage", answers=(YES, AGREEMENTS))
    joined(case, "pernille", "liv")
    around_the_table(case)
    presented(case, (LONG * 15)[:3990], (LONG * 6)[:1500], LONG * 2)
    planned(
        case,
        (LONG * 4)[:900],
        [
            ("Lange dager og brå endringer i planen", (LONG * 2)[:480]),
            ("Friminutt på tirsdager og torsdager", (LONG * 2)[:480]),
            ("Søvn", ""),
        ],
        [
            (n % 3, (LONG * 2)[:300], who)
            for n, who in enumerate(["Eirik", "Petra", "Pernille", "Liv", "Per", "Ola", "Eirik", "", "Petra"])
        ],
        (LONG * 2)[:490],
    )
    meeting = met(case, "Granvik skole, møterommet i andre etasje", FamilyAgreed.TOGETHER, (LONG * 2)[:490])
    for name, kind in (("Gunn Prøvesen", ParticipantKind.FAMILY_GUEST), ("Nora Nyvik", ParticipantKind.OBSERVER)):
        preparing.bring_to_meeting(
            case.at,
            meeting=meeting,
            name=name,
            kind=kind,
            why=LONG[:110],
            wished_by_family=True,
            secrecy_explained=kind is ParticipantKind.FAMILY_GUEST,
        )


def around_the_table(case: Seeded) -> None:
    """Write down more of what is known than anybody has to."""
    said = (
        (SituationKind.MASTERS, "Ola leser kart bedre enn de voksne."),
        (SituationKind.WORKS_FAMILY, "Å si fra kvelden før hva som skal skje."),
        (SituationKind.RESOURCE_SURROUNDINGS, "Bestefar henter to dager i uka."),
    )
    for kind, text in said:
        situating.add_text(case.at, kind=kind, text=text)
    hers = "Han sovner seint når dagen har vært uklar."
    situating.add_text(case.at, kind=SituationKind.TOLD, text=hers, by=case.participants["Petra"])
    seen = "Han går alene til benken når klassen deles."
    situating.add_text(case.at, kind=SituationKind.OBSERVATION, text=seen, by=case.participants["Eirik"])
    before = Tried("høsten 2025", Effect.SOME, TriedBy.SCHOOL)
    situating.add_text(case.at, kind=SituationKind.TRIED, text="Dagsplan på pulten.", tried=before)


def bo(eirik: Actor) -> None:
    """Make a draft: one guardian has answered."""
    case = begun(
        eirik,
        "Bo Eksempelsen",
        date(2018, 1, 20),
        ("Ada Eksempelsen", GuardianRelation.MOTHER),
        ("Geir Eksempelsen", GuardianRelation.FATHER),
    )
    consents(case, "ppt", answers=(YES,))


def ingrid(torleiv: Actor) -> None:
    """Make a case in step 3, in nynorsk, with one service refused."""
    case = begun(torleiv, "Ingrid Oppdikt", date(2016, 11, 3), ("Signe Oppdikt", GuardianRelation.MOTHER))
    consents(case, "ppt", answers=(YES,), not_to_share="Kvar dei budde før.")
    consents(case, "skolehelse", answers=(NO,))
    joined(case, "pernille")
    presented(
        case,
        "Ingrid les mindre enn før, og seier ofte at ho er trøytt.",
        "Ho er god til å fortelje, og likar å syngje.",
    )
    planned(
        case,
        "Eg vil lese for nokon som har tid.",
        [("Lesing", "Ingrid les ei bok ho har valt sjølv før jul.")],
        [
            (0, "Les med Ingrid to gonger i veka.", "Torleiv"),
            (0, "Kartlegg lesinga i klassen.", "Pernille"),
            (0, "Les høgt saman på senga.", "Signe"),
        ],
        "Det er best for Ingrid at lesinga blir noko ho gler seg til.",
    )
    moving.move_on(case.at, to=Step.IVERKSETT)


def nils(eirik: Actor) -> None:
    """Make a case that is closed, with the goal reached."""
    case = begun(eirik, "Nils Påhitt", date(2014, 4, 9), ("Nora Påhitt", GuardianRelation.MOTHER))
    consents(case, "skolehelse", answers=(YES,))
    joined(case, "liv")
    presented(case, "Nils har hatt vondt i magen før skolen.", "Han er trygg på besteforeldrene og glad i fotball.")
    tiltak = planned(
        case,
        "Det hjelper å vite hva jeg skal spise.",
        [("Vondt i magen om morgenen", "")],
        [(0, "Spiser frokost sammen kl. 07.30.", "Nora"), (0, "Snakker med Nils annenhver uke.", "Liv")],
        "Det er best for Nils å ha en rolig start, hjemme og på skolen.",
    )
    moving.move_on(case.at, to=Step.IVERKSETT)
    experienced(case, "Jeg har ikke vondt lenger.", "Nå spiser jeg frokost hver dag.")
    moving.move_on(case.at, to=Step.EVALUERING)
    for one, outcome in zip(tiltak, (TiltakOutcome.END, TiltakOutcome.HAND_OVER_TO_ORDINARY), strict=True):
        evaluated(case, one, Effect.DESIRED, outcome)
    evaluating.judge_round(
        case.at,
        degree=Degree.VERY_MUCH,
        text="",
        how_weighted="Stor vekt: Nils valgte frokosten selv.",
        version=0,
    )
    moving.move_on(case.at, to=Step.VEIEN_VIDERE)
    deciding.decide(
        case.at,
        best_interests="Det som virker, fortsetter hjemme og hos helsesykepleieren.",
        outcome=DecisionOutcome.CLOSE,
        family_agrees=FamilyAgrees.YES,
        family_wants_instead="",
        deviation_reason="",
        version=0,
    )
    by = clock.today() + timedelta(days=3)
    deciding.agree_who_tells(case.at, who=case.participants["Eirik"], by=by, version=0)
    deciding.carry_out(case.at)
