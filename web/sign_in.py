"""Signing in and out: plain pages and forms that work without JavaScript, ending in one session and one cookie."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import config

from bti.casework.operating import identity
from bti.errors import Reason, Refused
from bti.language import LANGUAGES, N_, _, speak
from bti.settings import Settings
from web.addresses import DEMO_SIGN_IN, HOME, SIGN_IN, SIGN_OUT, own_page
from web.cookies import Cookies
from web.demo import may_be_pressed
from web.gate import who
from web.hosts import from_own_page
from web.posted import belongs, fields, new_form_token
from web.sign_in_page import LONGEST_NAME, LONGEST_PASSWORD, Asked, signing_in, signing_out

NAME_MISSING: Final = N_("Skriv brukernavnet.")
PASSWORD_MISSING: Final = N_("Skriv passordet.")
NOT_OUR_FORM: Final = N_("Skjemaet kom ikke fra denne siden.")


class SignIn:
    """The sign-in of this server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cookies = Cookies.of(settings)

    def routes(self) -> list[BaseRoute]:
        """Return the addresses where people sign in and out."""
        return [
            Route(SIGN_IN, self.open, methods=["GET"]),
            Route(SIGN_IN, self.enter, methods=["POST"]),
            Route(DEMO_SIGN_IN, self.enter_as_invented, methods=["POST"]),
            Route(SIGN_OUT, self.ask_to_leave, methods=["GET"]),
            Route(SIGN_OUT, self.leave, methods=["POST"]),
        ]

    async def open(self, request: Request) -> Response:
        """Show the sign-in page, in the language that was chosen on it; go on when she is signed in already."""
        onwards = own_page(request.query_params.get("next", HOME))
        if who(request):
            return RedirectResponse(onwards, 303)
        language = request.query_params.get("lang")
        if language not in LANGUAGES:
            return await self.page(request, onwards)
        speak(language)
        response = await self.page(request, onwards)
        self._cookies.remember_language(response, language)
        return response

    async def enter(self, request: Request) -> Response:
        """Sign a person in with her name and password, and lead her to where she was going."""
        if not from_own_page(request.headers, self._settings):
            return PlainTextResponse(_(NOT_OUR_FORM), 403)
        form = await fields(request)
        username = form.get("username", "")
        if not self._belongs(request, form):
            return await self._again(request, form, note=_(Reason.FORM_TOO_OLD), status=403)
        if missing := _missing(form):
            return await self._again(request, form, errors=missing, status=422)
        try:
            token = await asyncio.to_thread(_token, username, form["password"], _address(request))
        except Refused as no:
            status = 429 if no.reason is Reason.SIGN_IN_WAIT else 422
            return await self._again(
                request, form, errors={no.at("password").field or "": no.sentence()}, status=status
            )
        return await self._let_in(request, token, form)

    async def enter_as_invented(self, request: Request) -> Response:
        """Sign in as an invented person. Where that is not offered, there is nothing here."""
        if not from_own_page(request.headers, self._settings):
            return PlainTextResponse(_(NOT_OUR_FORM), 403)
        if not self._may_press(request, await asyncio.to_thread(identity.is_demo)):
            return PlainTextResponse(_("Siden finnes ikke."), 404)
        form = await fields(request)
        if not self._belongs(request, form):
            return await self._again(request, form, note=_(Reason.FORM_TOO_OLD), status=403)
        try:
            token = await asyncio.to_thread(identity.demo_sign_in, form.get("person", ""))
        except Refused as no:
            return await self._again(request, form, note=no.sentence(), status=422)
        return await self._let_in(request, token, form)

    async def ask_to_leave(self, request: Request) -> Response:
        """Offer to sign out. Following a link does not do it, so that no page or prefetch can."""
        if not who(request):
            return RedirectResponse(HOME, 303)
        return signing_out(demo=await asyncio.to_thread(identity.is_demo))

    async def leave(self, request: Request) -> Response:
        """End the sign-in in every tab of this browser."""
        if not from_own_page(request.headers, self._settings):
            return PlainTextResponse(_(NOT_OUR_FORM), 403)
        await self._end(request)
        response = RedirectResponse(HOME, 303)
        self._cookies.take_back(response)
        return response

    async def page(
        self,
        request: Request,
        onwards: str,
        *,
        username: str = "",
        errors: Mapping[str, str] | None = None,
        note: str = "",
        status: int = 200,
    ) -> Response:
        """Return the sign-in page that leads to ``onwards``."""
        kept = self._cookies.form_token(request.headers)
        token = kept or new_form_token()
        demo, people = await asyncio.to_thread(self._invented, request)
        response = signing_in(Asked(onwards, token, demo, people, username, errors or {}, note, status))
        if not kept:
            self._cookies.give(response, self._cookies.form, token)
        return response

    async def _again(
        self,
        request: Request,
        form: Mapping[str, str],
        *,
        errors: Mapping[str, str] | None = None,
        note: str = "",
        status: int,
    ) -> Response:
        """Show the page once more, with what was typed (but for the password) and what was wrong."""
        onwards, username = own_page(form.get("next", HOME)), form.get("username", "")[:LONGEST_NAME]
        return await self.page(request, onwards, username=username, errors=errors, note=note, status=status)

    async def _let_in(self, request: Request, token: str, form: Mapping[str, str]) -> Response:
        """Give the browser its new sign-in; the one it may have had is over."""
        await self._end(request)
        response = RedirectResponse(own_page(form.get("next", HOME)), 303)
        self._cookies.give(response, self._cookies.session, token)
        return response

    async def _end(self, request: Request) -> None:
        if old := self._cookies.token(request.headers):
            await asyncio.to_thread(identity.sign_out, identity.hash_of(old))

    def _belongs(self, request: Request, form: Mapping[str, str]) -> bool:
        return belongs(form, self._cookies.form_token(request.headers))

    def _invented(self, request: Request) -> tuple[bool, Sequence[identity.DemoPerson]]:
        demo = identity.is_demo()
        return demo, identity.demo_people() if self._may_press(request, demo) else ()

    def _may_press(self, request: Request, demo: bool) -> bool:
        return may_be_pressed(request.headers, is_demo=demo, bound_to=config.get_option("server.address"))


def _missing(form: Mapping[str, str]) -> dict[str, str]:
    """Say what was left empty, field by field."""
    wanted = {"username": NAME_MISSING, "password": PASSWORD_MISSING}
    return {name: _(sentence) for name, sentence in wanted.items() if not form.get(name, "").strip()}


def _token(username: str, password: str, address: str) -> str:
    """Return the token of a new sign-in. What cannot be anybody's name or password is tried as nobody's."""
    fits = len(username) <= LONGEST_NAME and len(password) <= LONGEST_PASSWORD
    return identity.sign_in(username if fits else "", password[:LONGEST_PASSWORD], address)


def _address(request: Request) -> str:
    """Return where the request came from; behind a proxy uvicorn has read it from the proxy's own header."""
    return request.client.host if request.client else ""
