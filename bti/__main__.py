"""``python -m bti …``: what the one who runs the server does without a browser.

It ends with 0 when it is done, 1 when it was refused or failed, 2 when the command was not understood. It never shows
a traceback: what went wrong is a sentence.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Never

from bti import settings
from bti.casework import demo
from bti.casework.door import At
from bti.casework.ground.policy import take_up_words
from bti.casework.operating import accounts, identity, importing, installing, inventory, verifying
from bti.casework.operating.commanding import at_the_command_line
from bti.casework.paper import exporting
from bti.commands import lists
from bti.content.labels import label
from bti.errors import CannotStart, Reason, Refused
from bti.language import LANGUAGES
from bti.rules.people import AccessRole
from bti.settings import Settings
from bti.store import current, making
from bti.store.engine import FILE, Database, open_database

DONE: Final = 0
FAILED: Final = 1
KINDS: Final = {
    "stafettlogg": "Stafettloggen for én mottaker: family, child, archive, eller koden til en tjeneste samtykket dekker.",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says, and return the exit code."""
    chosen = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except CannotStart as why:
        _complain(str(why))
    except Refused as refusal:
        _complain(refusal.sentence())
    except KeyboardInterrupt:
        _complain("Avbrutt.")
    except Exception as error:  # noqa: BLE001 - whoever runs a server is told in a sentence, whatever it was
        _complain(f"Noe gikk galt ({type(error).__name__}). Kommandoen er stanset.")
    finally:
        current.let_go()
    return FAILED


def migrate(_chosen: argparse.Namespace) -> int:
    """Make an empty installation, or bring the tables of one up to date."""
    here = settings.read()
    database = _opened_or_new(here)
    if making.is_made(database):
        if making.is_up_to_date(database):
            print(f"Installasjonen i {here.data} er oppdatert.")
        else:
            making.migrate(database, here)
            print(f"Tabellene i {here.data} er oppdatert nå.")
        return DONE
    installing.install(database, here, demo=False)
    codes = inventory.service_codes()
    print(f"Laget en tom installasjon i {here.data}.")
    print(f"Tjenestene er: {', '.join(codes)}.")
    print("Den første systemansvarlige får logge inn når du har skrevet dette, med eget brukernavn, navn og tjeneste:")
    print(
        f'  .venv/bin/python -m bti user add fornavn --name "Fornavn Etternavn" --service {codes[0]} --role administrator'
    )
    return DONE


def make_demo(chosen: argparse.Namespace) -> int:
    """Make the invented Granvik in an empty folder, or say what is in it."""
    here = settings.read()
    database = _opened_or_new(here)
    installing.install(database, here, demo=True)
    if not identity.is_demo():
        raise CannotStart(f"Installasjonen i {here.data} er ikke en demo. Sett BTI_DATA til en tom mappe.")
    if not making.is_up_to_date(database):
        making.migrate(database, here)
    demo.seed()
    people, numbers = inventory.accounts(), inventory.case_numbers()
    if chosen.json:
        found = {
            "users": [{"username": one.username, "role": one.role.value} for one in people],
            "cases": [{"number": number} for number in numbers],
        }
        print(json.dumps(found))
    else:
        print(f"Demoen i {here.data} har {len(people)} oppdiktede personer og {len(numbers)} stafettlogger.")
    return DONE


def add_user(chosen: argparse.Namespace) -> int:
    """Make an account; without a password from outside, one is made and shown once."""
    _opened()
    if chosen.service not in inventory.service_codes():
        raise CannotStart(_choose("tjeneste", chosen.service, inventory.service_codes()))
    if chosen.role not in set(AccessRole):
        raise CannotStart(_choose("rolle", chosen.role, [role.value for role in AccessRole]))
    password = _from_stdin() if chosen.password_stdin else accounts.made_password()
    accounts.add_user(
        username=chosen.username,
        name=chosen.name,
        title=chosen.title,
        service=chosen.service,
        role=AccessRole(chosen.role),
        language=chosen.language,
        password=password,
    )
    print(f"Laget brukeren {chosen.username.strip().casefold()}.")
    if not chosen.password_stdin:
        print(f"Passord, vises bare denne ene gangen: {password}")
    return DONE


def disable_user(chosen: argparse.Namespace) -> int:
    """End an account and all its sign-ins at once."""
    _opened()
    try:
        accounts.disable_user(chosen.username)
    except Refused as refusal:
        if refusal.reason is Reason.NOT_A_CHOICE:
            raise CannotStart(f"Det er ingen bruker «{chosen.username}».") from refusal
        raise
    print(f"Brukeren {chosen.username} er avsluttet, og er logget ut overalt.")
    return DONE


def list_users(_chosen: argparse.Namespace) -> int:
    """List the accounts."""
    _opened()
    for one in inventory.accounts():
        ended = "" if one.active else " (avsluttet)"
        print(f"{one.username:<20} {one.name:<28} {one.service:<20} {label(one.role)}{ended}")
    return DONE


def document(chosen: argparse.Namespace) -> int:
    """Make a document into a file that only its owner can read."""
    _opened()
    out = Path(chosen.out)
    if out.exists() and not chosen.force:
        raise CannotStart(f"{out} finnes fra før. Velg et annet navn, eller skriv --force.")
    if not out.parent.is_dir():
        raise CannotStart(f"Det er ingen mappe {out.parent}.")
    with at_the_command_line(chosen.user, lambda: _password(chosen), "document") as actor:
        file = exporting.stafettlogg(At(actor, chosen.case), recipient=chosen.recipient, language=chosen.language)
    _write(out, file, over=chosen.force)
    print(f"Skrevet til {out}. Bare du kan lese fila. Slett den når den er brukt.")
    return DONE


def verify(_chosen: argparse.Namespace) -> int:
    """Say whether everything is whole, or what is not."""
    found = False
    database = open_database(settings.read())
    current.use(database)
    for sentence in verifying.faults(database):
        found = True
        print(sentence)
    if found:
        return FAILED
    print("Alt er i orden.")
    return DONE


def _opened() -> Database:
    """Open the installation that is here."""
    here = settings.read()
    database = open_database(here)
    current.use(database)
    if not making.is_made(database):
        raise CannotStart(f"Databasen i {here.data} er tom. Skriv: .venv/bin/python -m bti migrate")
    take_up_words()
    return database


def _opened_or_new(here: Settings) -> Database:
    """Open what is here; only where there is neither database nor key are new ones made.

    A key that is lost is never replaced in silence: what it sealed could not be checked again.
    """
    key = here.data / "audit.key"
    is_new = not key.exists() and not (here.data / FILE).exists()
    database = open_database(here, make=is_new)
    current.use(database)
    is_made = making.is_made(database)
    if is_new and is_made:
        key.unlink()
        raise CannotStart(f"Databasen er i bruk fra før, men nøkkelfila {key} mangler. Hent den fra sikkerhetskopien.")
    if not is_made and database.head.read():
        raise CannotStart(verifying.EMPTIED)
    return database


def _write(out: Path, file: bytes, *, over: bool) -> None:
    """Write a file nobody else can read, not even for the moment it is being written."""
    if over:
        out.unlink(missing_ok=True)
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(file)


def _password(chosen: argparse.Namespace) -> str:
    return _from_stdin() if chosen.password_stdin else getpass.getpass(f"Passordet til {chosen.user}: ")


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _choose(what: str, given: str, among: Sequence[str]) -> str:
    return f"Det er ingen {what} «{given}». Velg en av: {', '.join(among)}."


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    """A parser that says in Norwegian that it did not understand."""

    def error(self, message: str) -> Never:
        """Say how it is written, and end with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"Kommandoen ble ikke forstått ({message}). Skriv: {self.prog} --help\n")


def _parser() -> _Parser:
    parser = _Parser(prog="python -m bti", description="Bedre tverrfaglig innsats, fra kommandolinja.")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")
    commands.add_parser("migrate", help="lag en tom installasjon, eller oppdater tabellene").set_defaults(
        command=migrate
    )
    seeded = commands.add_parser("demo", help="lag den oppdiktede kommunen Granvik i en tom mappe")
    seeded.add_argument("--json", action="store_true", help="list brukere og saker som JSON")
    seeded.set_defaults(command=make_demo)
    _parse_users(commands.add_parser("user", help="brukere: add, disable, list, import"))
    services = commands.add_parser("service", help="tjenester: import").add_subparsers(required=True, metavar="HVA")
    lists.parse(services.add_parser("import", help=lists.HELP), importing.services, _opened)
    _parse_documents(commands.add_parser("document", help="skriv et dokument til fil"))
    commands.add_parser("verify", help="se etter at alt er i orden").set_defaults(command=verify)
    return parser


def _parse_users(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="HVA")
    add = commands.add_parser("add", help="lag en bruker")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="fullt navn")
    add.add_argument("--service", required=True, help="koden til tjenesten")
    add.add_argument("--role", required=True, help=", ".join(role.value for role in AccessRole))
    add.add_argument("--title", default="", help="for eksempel kontaktlærer")
    add.add_argument("--language", choices=list(LANGUAGES), default="nb")
    add.add_argument("--password-stdin", action="store_true", help="les passordet fra standard inn")
    add.set_defaults(command=add_user)
    disable = commands.add_parser("disable", help="avslutt en bruker")
    disable.add_argument("username")
    disable.set_defaults(command=disable_user)
    commands.add_parser("list", help="list brukerne").set_defaults(command=list_users)
    lists.parse(commands.add_parser("import", help=lists.HELP), importing.users, _opened)


def _parse_documents(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=document)
    parser.add_argument("--list", action=_List, nargs=0, help="list dokumentene")
    parser.add_argument("kind", choices=list(KINDS))
    parser.add_argument("case", help="saksnummer")
    parser.add_argument("--as", dest="user", required=True, help="brukernavn")
    parser.add_argument("--for", dest="recipient", required=True, help="family, child, archive eller en tjeneste")
    parser.add_argument("--language", choices=list(LANGUAGES), default="nb")
    parser.add_argument("--out", required=True, help="fila som skal skrives")
    parser.add_argument("--force", action="store_true", help="skriv over en fil som finnes")
    parser.add_argument("--password-stdin", action="store_true", help="les passordet fra standard inn")


class _List(argparse.Action):
    """Ask for the list alone, as ``--help`` asks for help alone."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """List the kinds, and end."""
        for kind, what in KINDS.items():
            print(f"{kind:<14} {what}")
        parser.exit(DONE)


if __name__ == "__main__":
    sys.exit(main())
