"""How signing in and out looks. The words and the marks; what happens is in ``sign_in``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import HTMLResponse

from bti.casework.ground.naming import role
from bti.casework.operating.identity import DemoPerson
from bti.language import LANGUAGES, _, spoken
from web.addresses import DEMO_SIGN_IN, HOME, SIGN_IN, SIGN_OUT
from web.own_page import own_page
from web.posted import FORM_TOKEN

LONGEST_NAME: Final = 120
LONGEST_PASSWORD: Final = 200

_MAIN: Final = Markup("""<div class="card">
<h1>{heading}</h1>
<p class="lead">{lead}</p>
{note}<form method="post" action="{action}" novalidate>
{hidden}{username}{password}<button type="submit">{button}</button>
</form>
<p class="help">{forgotten}</p>
</div>
""")
_FIELD: Final = Markup("""<div class="field">
<label for="{name}">{label}</label>
{error}<input id="{name}" name="{name}" type="{type}" value="{value}" autocomplete="{autocomplete}" maxlength="{longest}" \
autocapitalize="none" spellcheck="false" required{marks}>
</div>
""")
_ERROR: Final = Markup('<p class="error" id="{name}-feil"><span class="hidden">{word}</span> {sentence}</p>\n')
_MARKS: Final = Markup(' aria-invalid="true" aria-describedby="{name}-feil"{focus}')
_NOTE: Final = Markup('<p class="error" role="alert">{sentence}</p>\n')
_HIDDEN: Final = Markup('<input type="hidden" name="{name}" value="{value}">\n')
_DEMO: Final = Markup("""<div class="card">
<h2>{heading}</h2>
<p>{lead}</p>
<form method="post" action="{action}">
{hidden}<ul class="people">
{people}</ul>
</form>
</div>
""")
_PERSON: Final = Markup(
    '<li><button type="submit" name="person" value="{username}"><strong>{name}</strong> '
    "<span>{place}</span></button></li>\n"
)
_LANGUAGES: Final = Markup('<nav aria-label="{label}">{choices}</nav>\n')
_SPOKEN: Final = Markup('<span aria-current="true" lang="{code}">{name}</span>')
_OTHER: Final = Markup('<a href="{address}" lang="{code}" hreflang="{code}">{name}</a>')
_GOODBYE: Final = Markup("""<div class="card">
<h1>{heading}</h1>
<p class="lead">{lead}</p>
<form method="post" action="{action}"><button type="submit">{button}</button></form>
<p class="help"><a href="{home}">{back}</a></p>
</div>
""")
_ONWARDS: Final = Markup('<div class="card"><p><a href="{address}">{word}</a></p></div>\n')
_REFRESH: Final = Markup('<meta http-equiv="refresh" content="0; url={address}">\n')


@dataclass(frozen=True)
class Asked:
    """What stands on the page: where it leads, what was typed, what was wrong with it, and who may be pressed."""

    onwards: str
    form_token: str
    demo: bool = False
    people: Sequence[DemoPerson] = ()
    username: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    status: int = 200


def signing_in(asked: Asked) -> HTMLResponse:
    """Return the sign-in page."""
    heading = _("Logg inn")
    main = _MAIN.format(
        heading=heading,
        lead=_("Her samarbeider familien, skolen, PPT og helsetjenestene om et barn."),
        note=_NOTE.format(sentence=asked.note) if asked.note else Markup(),
        action=SIGN_IN,
        hidden=_carried(asked),
        username=_field(
            asked, "username", _("Brukernavn"), "text", value=asked.username, longest=LONGEST_NAME, fill="username"
        ),
        password=_field(asked, "password", _("Passord"), "password", longest=LONGEST_PASSWORD, fill="current-password"),
        button=heading,
        forgotten=_("Har du glemt passordet? Spør den som er systemansvarlig."),
    )
    wrong = asked.errors or asked.note
    title = _("Feil: {tittel}", tittel=heading) if wrong else heading
    return own_page(
        title,
        main + (_demo(asked) if asked.people else Markup()),
        status=asked.status,
        demo=asked.demo,
        aside=_languages(asked.onwards),
    )


def signing_out(*, demo: bool) -> HTMLResponse:
    """Return the page that signs out with one press, for a browser where the menu could not."""
    main = _GOODBYE.format(
        heading=_("Logg ut"),
        lead=_("Du blir logget ut i alle faner i denne nettleseren."),
        action=SIGN_OUT,
        button=_("Logg ut"),
        home=HOME,
        back=_("Tilbake"),
    )
    return own_page(_("Logg ut"), main, demo=demo)


def onwards(address: str) -> HTMLResponse:
    """Return a page that goes on to ``address`` by itself.

    A person who follows a link in an e-mail comes without the cookie (SameSite=Strict). From here on it is a step on
    our own site, and the cookie comes along.
    """
    word = _("Gå videre")
    head = _REFRESH.format(address=address)
    return own_page(word, _ONWARDS.format(address=address, word=word), head=head)


def _carried(asked: Asked) -> Markup:
    return _HIDDEN.format(name=FORM_TOKEN, value=asked.form_token) + _HIDDEN.format(name="next", value=asked.onwards)


def _field(asked: Asked, name: str, label: str, kind: str, *, longest: int, fill: str, value: str = "") -> Markup:
    error = asked.errors.get(name, "")
    first = next(iter(asked.errors), None) == name
    return _FIELD.format(
        name=name,
        label=label,
        type=kind,
        value=value,
        autocomplete=fill,
        longest=longest,
        error=_ERROR.format(name=name, word=_("Feil:"), sentence=error) if error else Markup(),
        marks=_MARKS.format(name=name, focus=" autofocus" if first else "") if error else Markup(),
    )


def _demo(asked: Asked) -> Markup:
    return _DEMO.format(
        heading=_("Prøv som en av de oppdiktede"),
        lead=_("Velg hvem du vil være. Her trengs ikke passord."),
        action=DEMO_SIGN_IN,
        hidden=_carried(asked),
        people=Markup().join(
            _PERSON.format(username=one.username, name=one.name, place=role(one.title, one.service))
            for one in asked.people
        ),
    )


def _languages(onwards: str) -> Markup:
    return _LANGUAGES.format(
        label=_("Språk"), choices=Markup(" ").join(_choice(code, name, onwards) for code, name in LANGUAGES.items())
    )


def _choice(code: str, name: str, onwards: str) -> Markup:
    if code == spoken():
        return _SPOKEN.format(code=code, name=name)
    address = f"{SIGN_IN}?{urlencode({'lang': code, 'next': onwards})}"
    return _OTHER.format(address=address, code=code, name=name)
