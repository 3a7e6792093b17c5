"""The invented children of Granvik: a case in each step, made by the same use cases people use. Nobody in it exists."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from bti import clock
from bti.casework import (
    carrying_out,
    consenting,
    creating,
    deciding,
    evaluating,
    identity,
    moving,
    people,
    planning,
    starting,
)
from bti.casework.consenting import Asked
from bti.casework.creating import NewGuardian
from bti.casework.door import At, looking
from bti.casework.people import PersonKind
from bti.rules.childs_voice import ChildTakesPart, ShareWith
from bti.rules.consent import Answer, ConsentForm, ConsentLevel
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, FamilyFirst, TiltakOutcome
from bti.rules.people import Actor, GuardianRelation, ProtectedAddress
from bti.rules.workflow import DecisionOutcome, Step
from bti.store.current import database
from bti.store.tables import Case

YES: Final = Answer(ConsentLevel.EVERYDAY)
AGREEMENTS: Final = Answer(ConsentLevel.AGREEMENTS)
NO: Final = Answer(ConsentLevel.NO)
LONG: Final = (
    "Ola er blid om morgenen og sliter når dagen blir lang. Han får til mye når han vet hva som kommer, og lite når planen "
    "endrer seg. Læreren har sett at han trekker seg unna i friminuttene på tirsdager og torsdager, når klassen deles. "
)


@dataclass
class Seeded:
    """A case while it is being made: who holds it, its number, and its people."""

    at: At
    services: dict[str, UUID]
    guardians: list[UUID]
    participants: dict[str, UUID]
    holder: UUID | None = None
    consent: UUID | None = None

    def learn(self) -> None:
        """Look up who takes part by now."""
        with looking(self.at, "demo") as case:
            everyone = people.people(case)
            self.services = {s.code: s.service for s in consenting.view(case).choices}
        self.participants = {p.first_name: p.id for p in everyone}
        self.holder = next(p.id for p in everyone if p.is_stafettholder)
        self.guardians = [p.key for p in everyone if p.kind is PersonKind.GUARDIAN]


def seed() -> None:
    """Make the invented cases, if there are none yet."""
    with database().reading() as session:
        if session.execute(select(Case.id).limit(1)).first():
            return
    eirik, torleiv = _sign_in("eirik"), _sign_in("torleiv")
    _solveig(eirik)
    _ola(eirik)
    _bo(eirik)
    _ingrid(torleiv)
    _nils(eirik)


def _sign_in(username: str) -> Actor:
    token = identity.demo_sign_in(username)
    actor = identity.signed_in(identity.hash_of(token))
    assert actor is not None  # noqa: S101 - it was signed in on the line above
    return actor


def _begun(actor: Actor, child: str, born: date, *guardians: tuple[str, GuardianRelation]) -> Seeded:
    number = creating.create_case(
        actor,
        child_name=child,
        birth_date=born,
        protected_address=ProtectedAddress.NONE,
        guardians=[NewGuardian(name, relation, has_parental_responsibility=True) for name, relation in guardians],
    )
    seeded = Seeded(At(actor, number), {}, [], {})
    seeded.learn()
    return seeded


def _consents(case: Seeded, *codes: str, answers: tuple[Answer, ...]) -> None:
    case.consent = consenting.ask_family(
        case.at,
        asked=[Asked(case.services[code], ConsentLevel.EVERYDAY) for code in codes],
        not_to_share="",
        whole_year=False,
        information_given=True,
    )
    for guardian, answer in zip(case.guardians, answers, strict=False):
        consenting.record_answer(
            case.at,
            consent=case.consent,
            consenter=guardian,
            answers={case.services[code]: answer for code in codes},
            form=ConsentForm.ELECTRONIC,
        )


def _joined(case: Seeded, *usernames: str) -> None:
    with looking(case.at, "demo") as opened:
        known = {c.name.split()[0].lower(): c.user for c in people.may_join(opened)}
    people.add_colleagues(case.at, users=[known[username] for username in usernames])
    case.learn()


def _presented(case: Seeded, core: str, resource: str, challenge: str = "") -> None:
    starting.plan_child(
        case.at,
        takes_part=ChildTakesPart.HEARD_BEFORE,
        interviewer=case.holder,
        not_heard_reason="",
        version=0,
    )
    starting.save_situation(case.at, core=core, resource=resource, challenge=challenge, version=0)
    moving.move_on(case.at, to=Step.PLANLEGG_TILTAK)


def _planned(
    case: Seeded, words: str, concerns: list[tuple[str, str]], tiltak: list[tuple[int, str, str]], best: str
) -> list[UUID]:
    planning.save_child_view(case.at, words=words, share_with=ShareWith.ALL, named=(), version=0)
    made = [planning.save_oppmerksomhet(case.at, title=title, goal=goal, version=0) for title, goal in concerns]
    planned = [
        planning.save_tiltak(case.at, text=text, responsible=case.participants.get(who), oppmerksomhet=made[under])
        for under, text, who in tiltak
    ]
    with looking(case.at, "demo") as opened:
        day = planning.view(opened).suggested_day
    planning.agree_evaluation(case.at, day=day, at=time(14, 30), version=0)
    planning.save_best_interests(case.at, text=best, version=0)
    return planned


def _experienced(case: Seeded, words: str, change: str) -> None:
    carrying_out.save_child_view(
        case.at, words=words, experienced_change=change, share_with=ShareWith.ALL, named=frozenset(), version=0
    )


def _evaluated(case: Seeded, tiltak: UUID, effect: Effect, outcome: TiltakOutcome) -> None:
    evaluating.record_evaluation(
        case.at,
        tiltak=tiltak,
        family_first=FamilyFirst.YES,
        why_not_answered="",
        effect=effect,
        outcome=outcome,
        changed_text="",
        reason="",
        best_interests="",
        version=0,
    )


def _solveig(eirik: Actor) -> None:
    """Make a case in step 4, with PPT and helsesykepleier covered."""
    case = _begun(
        eirik,
        "Solveig Testdal",
        date(2015, 6, 2),
        ("Marte Testdal", GuardianRelation.MOTHER),
        ("Jonas Testdal", GuardianRelation.FATHER),
    )
    _consents(case, "ppt", "skolehelse", answers=(YES, YES))
    _joined(case, "pernille", "liv")
    _presented(
        case,
        "Solveig har vært borte fra skolen seks mandager siden jul. Resten av uka er hun på plass.",
        "Hun er glad i å tegne, har en god venn i klassen, og to voksne som følger opp hjemme.",
    )
    tiltak = _planned(
        case,
        "Jeg vil at mandagene skal begynne rolig.",
        [("Fravær mandager", "Solveig er på skolen hver mandag.")],
        [
            (0, "Møter Solveig ved porten hver mandag kl. 08.15, og går sammen til klasserommet.", "Eirik"),
            (0, "Pakker sekken sammen søndag kveld, og snakker om hva mandagen bringer.", "Marte"),
        ],
        "Det er best for Solveig at mandagene blir trygge, slik hun selv ønsker. Derfor begynner vi i det små.",
    )
    moving.move_on(case.at, to=Step.IVERKSETT)
    _experienced(case, "Det er fint når Eirik står ved porten.", "Jeg gruer meg ikke til mandag lenger.")
    moving.move_on(case.at, to=Step.EVALUERING)
    _evaluated(case, tiltak[0], Effect.DESIRED, TiltakOutcome.CONTINUE)


def _ola(eirik: Actor) -> None:
    """Make a case in step 2, with all texts at their longest."""
    case = _begun(
        eirik,
        "Ola Prøvesen",
        date(2013, 9, 14),
        ("Petra Prøvesen", GuardianRelation.MOTHER),
        ("Per Prøvesen", GuardianRelation.FATHER),
    )
    _consents(case, "ppt", "skolehelse", "granvik-barnehage", answers=(YES, AGREEMENTS))
    _joined(case, "pernille", "liv")
    _presented(case, (LONG * 15)[:3990], (LONG * 6)[:1500], LONG * 2)
    _planned(
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


def _bo(eirik: Actor) -> None:
    """Make a draft: one guardian has answered."""
    case = _begun(
        eirik,
        "Bo Eksempelsen",
        date(2018, 1, 20),
        ("Ada Eksempelsen", GuardianRelation.MOTHER),
        ("Geir Eksempelsen", GuardianRelation.FATHER),
    )
    _consents(case, "ppt", answers=(YES,))


def _ingrid(torleiv: Actor) -> None:
    """Make a case in step 3, in nynorsk, with one service refused."""
    case = _begun(torleiv, "Ingrid Oppdikt", date(2016, 11, 3), ("Signe Oppdikt", GuardianRelation.MOTHER))
    _consents(case, "ppt", answers=(YES,))
    _consents(case, "skolehelse", answers=(NO,))
    _joined(case, "pernille")
    _presented(
        case,
        "Ingrid les mindre enn før, og seier ofte at ho er trøytt.",
        "Ho er god til å fortelje, og likar å syngje.",
    )
    _planned(
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


def _nils(eirik: Actor) -> None:
    """Make a case that is closed, with the goal reached."""
    case = _begun(eirik, "Nils Påhitt", date(2014, 4, 9), ("Nora Påhitt", GuardianRelation.MOTHER))
    _consents(case, "skolehelse", answers=(YES,))
    _joined(case, "liv")
    _presented(case, "Nils har hatt vondt i magen før skolen.", "Han er trygg på besteforeldrene og glad i fotball.")
    tiltak = _planned(
        case,
        "Det hjelper å vite hva jeg skal spise.",
        [("Vondt i magen om morgenen", "")],
        [(0, "Spiser frokost sammen kl. 07.30.", "Nora"), (0, "Snakker med Nils annenhver uke.", "Liv")],
        "Det er best for Nils å ha en rolig start, hjemme og på skolen.",
    )
    moving.move_on(case.at, to=Step.IVERKSETT)
    _experienced(case, "Jeg har ikke vondt lenger.", "Nå spiser jeg frokost hver dag.")
    moving.move_on(case.at, to=Step.EVALUERING)
    for one, outcome in zip(tiltak, (TiltakOutcome.END, TiltakOutcome.HAND_OVER_TO_ORDINARY), strict=True):
        _evaluated(case, one, Effect.DESIRED, outcome)
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
