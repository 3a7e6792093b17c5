"""Staff and services from a file: what would happen is said first, and what is wrong is said with its line."""

import pytest
from sqlalchemy import select

from bti.casework.operating import identity
from bti.content.kommune import kommune
from bti.store.tables import Service, StaffUser

HEAD = "username;name;service;role;title;groups\n"
STAFF = (
    f"{HEAD}nina;Nina Nyprøve;granvik-skole;stafettholder_capable;kontaktlærer;5a\nliv;Liv Eksempel;ppt;employee;;\n"
)


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "liste.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return written


def staff(here):
    def look(database):
        with database.reading() as session:
            return dict(session.execute(select(StaffUser.username, StaffUser.groups)).all())

    return here.inside(look)


def test_what_would_happen_is_said_and_nothing_is_done(here, file):
    assert here.runs("user", "import", file(STAFF)) == 0

    assert here.said.splitlines() == [
        "Linje 2: lager nina: Nina Nyprøve, granvik-skole.",
        "Linje 3: «liv» finnes fra før og blir ikke rørt.",
        "1 ville blitt laget. Skriv --do for å gjøre det.",
    ]
    assert "nina" not in staff(here)


def test_what_is_in_the_list_is_done_when_asked_and_the_passwords_work(here, file):
    assert here.runs("user", "import", file(STAFF), "--do") == 0

    password = next(line for line in here.said.splitlines() if line.startswith("nina ")).split()[1]
    assert here.said.splitlines()[-1] == "1 er laget."
    assert here.inside(lambda _database: identity.sign_in("nina", password, "test"))
    assert staff(here)["nina"] == "5a"
    assert here.runs("verify") == 0


def test_the_list_may_say_the_number_at_work(here, file):
    listed = "username;name;service;role;work_phone\nnina;Nina Nyprøve;ppt;employee; 000 00 111 \nola;O;ppt;employee;\n"
    assert here.runs("user", "import", file(listed), "--do") == 0

    def look(database):
        with database.reading() as session:
            return dict(session.execute(select(StaffUser.username, StaffUser.work_phone)).all())

    assert [here.inside(look)[name] for name in ("nina", "ola", "eirik")] == ["000 00 111", None, "000 00 000"]
    assert here.runs("user", "import", file(listed.replace("nina;", "a;").replace("000 00 111", "0" * 41))) == 1
    assert here.complained.startswith("Linje 2: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("username;name\na;b\n", "Linje 1: kolonnen «service», «role» mangler."),
        (f"{HEAD[:-1]};alder\n", "Linje 1: kolonnen «alder» er ukjent."),
        (f"{HEAD[:-1]};name\n", "Linje 1: kolonnen «name» står to ganger."),
        (HEAD, "Fila har ingen rader under kolonnenavnene."),
        ("", "Linje 1: kolonnen «username», «name», «service», «role» mangler."),
        (f"{HEAD}a;b\n", "Linje 2: 2 felt, men det er 6 kolonner."),
        (f"{HEAD}\n;b;ppt;employee;;\n", "Linje 3: «username» er tom."),
        (f"{HEAD}a;b;rådhuset;employee;;\n", "Linje 2: «rådhuset» i service. Velg en av: barnevern,"),
        (f"{HEAD}a;b;ppt;sjef;;\n", "Linje 2: «sjef» i role. Velg en av: employee,"),
        (f"{HEAD}to ord;b;ppt;employee;;\n", "Linje 2: Teksten inneholder tegn som ikke kan lagres."),
        (f"{HEAD}a;b;ppt;employee;;\nA;c;ppt;employee;;\n", "Linje 3: «a» står også på linje 2."),
        (f"{HEAD}a;01010150074;ppt;employee;;\n", "Linje 2: Teksten ser ut til å inneholde et fødselsnummer."),
        (f'{HEAD}a;"b;ppt;employee;;\n', "et anførselstegn mangler eller står feil."),
        (f"{HEAD}a;b;ppt;employee;;\n".encode("utf-16"), "Fila er ikke en CSV-fil i UTF-8 eller Windows-1252."),
        (f"{HEAD}a;b;".encode() + b"\x81\n", "Linje 2 har tegn som verken er UTF-8 eller Windows-1252."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_done(here, file, content, said):
    before = staff(here)

    assert here.runs("user", "import", file(content), "--do") == 1
    assert said in here.complained
    assert here.complained.splitlines()[-1] == "Ingenting er lest inn. Rett fila, og prøv igjen."
    assert "Traceback" not in here.complained
    assert staff(here) == before


def test_a_file_that_is_not_there_is_said(here, tmp_path):
    assert here.runs("user", "import", str(tmp_path / "ingen.csv")) == 1
    assert "kan ikke leses" in here.complained


@pytest.mark.parametrize(("encoding", "noted"), [("utf-8", False), ("utf-8-sig", False), ("cp1252", True)])
def test_the_letters_are_read_as_they_were_written(here, file, encoding, noted):
    content = f"{HEAD}bjørn;Bjørn Påfunn;ppt;employee;rådgiver;\n".encode(encoding)

    assert here.runs("user", "import", file(content)) == 0
    assert "lager bjørn: Bjørn Påfunn, ppt." in here.said
    assert ("Linje 2 er ikke UTF-8. Fila er lest som Windows-1252" in here.said) is noted


@pytest.mark.parametrize("between", [",", "\t"])
def test_other_marks_between_the_columns_are_understood(here, file, between):
    assert here.runs("user", "import", file(STAFF.replace(";", between))) == 0
    assert "lager nina" in here.said


def test_services_get_what_is_usual_for_their_kind(here, file):
    listed = "code;name_nb;kind;owner;agreement_date;may_create\n"
    rows = "nes-barnehage;Nes barnehage;kindergarten;other;01.02.2026;nei\nfamilievern;familievernet;family_counselling;;;\n"
    assert here.runs("service", "import", file(listed + rows), "--do") == 0

    def look(database):
        with database.reading() as session:
            wanted = select(Service.code, Service.may_create, Service.sensitive_membership, Service.name_nn)
            return {row.code: tuple(row)[1:] for row in session.execute(wanted)}

    found = here.inside(look)
    assert found["nes-barnehage"] == (False, False, "Nes barnehage")
    assert found["familievern"] == (False, True, "familievernet")


@pytest.mark.meets("R-56")
def test_what_is_usual_for_a_kind_is_what_the_kommune_has_decided(here, file):
    with (here.data / "kommune.toml").open("a", encoding="utf-8") as own:
        own.write('\n[kinds]\nmay_create = ["nav"]\nsensitive_membership = ["nav", "ppt"]\n')
    kommune.cache_clear()
    listed = "code;name_nb;kind;sensitive_membership\nnav;NAV;nav;\nny-ppt;PPT;ppt;nei\nny-bup;BUP;bup;\n"
    assert here.runs("service", "import", file(listed), "--do") == 0

    def look(database):
        with database.reading() as session:
            wanted = select(Service.code, Service.may_create, Service.sensitive_membership)
            return {row.code: tuple(row)[1:] for row in session.execute(wanted)}

    found = here.inside(look)
    assert found["nav"] == (True, True)
    assert found["ny-ppt"] == (False, False)
    assert found["ny-bup"] == (False, False)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Nes;Nes;school;;", "Linje 2: Koden kan ha små bokstaver"),
        ("nes;Nes;slott;;", "Linje 2: «slott» i kind."),
        ("nes;Nes;school;kanskje;", "Linje 2: «kanskje» i may_create. Skriv ja eller nei."),
        ("nes;Nes;school;;31.02.2026", "Linje 2: «31.02.2026» i agreement_date."),
    ],
)
def test_what_cannot_be_a_service_is_said_with_its_line(here, file, row, said):
    assert here.runs("service", "import", file(f"code;name_nb;kind;may_create;agreement_date\n{row}\n")) == 1
    assert said in here.complained
