"""A form is declared once: what is asked, how it is drawn, what is allowed, and which use case saves it.

What stands in the widgets is compared with what was kept on every run, so that nothing typed is lost, whatever happens to
the connection. A refusal from anywhere below arrives as a reason and a field, and stands beside the field.
"""

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import streamlit as st
from pydantic import BaseModel, ConfigDict, ValidationError

from bti import clock
from bti.casework.desk import drafting
from bti.casework.door import Asking
from bti.errors import Reason, Refused
from bti.language import _, clock_time, short_date
from forms import conflict, here, keep_apart, shown
from forms.fields import Field, Option

Answers = dict[str, Any]
Wrong = tuple[str, Mapping[str, object]]
Fills = Callable[[Answers], Answers]


class Form(BaseModel):
    """Subclass with ``saves_with=``: fields and what the page gives must be that use case's keyword arguments."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    saved_by: ClassVar[Callable[..., Any]]
    given: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, *, saves_with: Callable[..., Any], given: tuple[str, ...] = (), **kwargs: Any) -> None:
        """Remember the use case before Pydantic builds the class."""
        super().__init_subclass__(**kwargs)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse to be imported when the form and its use case do not ask for the same."""
        cls.saved_by, cls.given = staticmethod(kwargs["saves_with"]), kwargs.get("given", ())
        taken = {p.name for p in inspect.signature(cls.saved_by).parameters.values() if p.kind is p.KEYWORD_ONLY}
        asked = set(cls.model_fields) | set(cls.given)
        if taken != asked:
            name = getattr(cls.saved_by, "__name__", "")
            raise TypeError(f"{cls.__name__} asks {sorted(asked)}, {name} takes {sorted(taken)}")

    @classmethod
    def questions(cls) -> dict[str, Field]:
        """Return the questions by field."""
        return {name: next(m for m in info.metadata if hasattr(m, "draw")) for name, info in cls.model_fields.items()}

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Return which fields are asked, given what stands in the others and what the page gives. A subclass leaves out some."""
        del raw
        return list(cls.model_fields)

    @classmethod
    def ask(
        cls,
        case: Asking,
        *,
        button: str,
        at: str = "",
        stored: Mapping[str, Any] | None = None,
        version: int = 0,
        options: Mapping[str, Sequence[Option]] | None = None,
        fills: Fills | None = None,
        done: str = "",
        then: Callable[[Any], None] | None = None,
        **given: Any,
    ) -> None:
        """Draw the form, keep what is typed, and save when the button is pressed.

        ``at`` tells forms of one kind apart. ``stored`` is the answer as the database has it, ``version`` the version of it.
        ``fills`` says what is put into fields now, given what stands in them: as if it was typed, and nothing is saved.
        """
        _Asking(cls, case, f"{cls.__name__}{'.' if at else ''}{at}", stored or {}, version, options or {}).run(
            button, done, then, given, fills or (lambda _raw: {})
        )


@dataclass
class _OnScreen:
    """What the fields on this screen last held, and which version that began from.

    The session holds the object itself: it is changed in the same breath as what is typed is kept. A run may be broken off
    wherever the session is asked for something, and would then take its own words for another's.
    """

    version: int
    digest: str
    alone: bool = False  # what is typed stands here and nowhere else: of a case on paper nothing is kept


class _Asking:
    """One form on the screen in one run."""

    def __init__(
        self,
        form: type[Form],
        case: Asking,
        name: str,
        stored: Mapping[str, Any],
        version: int,
        options: Mapping[str, Sequence[Option]],
    ) -> None:
        self.form, self.case, self.name, self.version, self.options = form, case, name, version, options
        self.key = f"{case.number}.{name}".replace("-", "_")
        self.questions = form.questions()
        self.draft = here.drafts(case.number).get(name)
        self.stored = {field: stored.get(field) for field in self.questions}
        begin = self.draft.answers if self.draft else {}
        self.begin = {
            field: question.from_draft(begin[field], self.options.get(field, ()))
            if field in begin
            else self.stored[field]
            for field, question in self.questions.items()
        }
        self.based_on = self.draft.based_on if self.draft else version
        self.another_tab = False
        self.put = self._follows()

    def run(self, button: str, done: str, then: Callable[[Any], None] | None, given: Answers, fills: Fills) -> None:
        conflict.show(self.key)
        wrong = st.session_state.get(f"{self.key}!", {})
        self._say(wrong)
        raw = self._draw(wrong, given, fills)
        self._keep(raw)
        pressed = st.button(button, key=f"{self.key}.save", type="primary")
        self._status()
        if pressed:
            self._save(raw, done, then, given)

    def _follows(self) -> bool:
        """Say whether the fields are to show what is kept, though they stand on the screen with something older.

        The session remembers what the fields on this screen last held and which version that was. When what is kept is
        another, somebody saved, or the same person typed in another tab; then an untouched field follows. One that was
        typed in does not, and the version it began from meets the version check (R-49).
        """
        kept = self._digest(self.begin)
        last = self.on_screen = st.session_state.setdefault(f"{self.key}?", _OnScreen(self.based_on, kept))
        shown_now = {f: st.session_state[k] for f in self.questions if (k := f"{self.key}.{f}") in st.session_state}
        if not shown_now or kept == last.digest:
            self._remember(last.version if shown_now else self.based_on, kept)
            return False
        if self._digest(shown_now) == last.digest and not last.alone:
            self._remember(self.based_on, kept)
            return True
        self.another_tab = self.draft is not None
        self.based_on = last.version
        return False

    def _remember(self, version: int, digest: str) -> None:
        """Remember what the fields hold now and which version it began from."""
        self.based_on = self.on_screen.version = version
        self.on_screen.digest = digest

    def _draw(self, wrong: Mapping[str, Wrong], given: Answers, fills: Fills) -> Answers:
        raw: Answers = dict(self.begin)
        for field in self.questions:
            if self.put:
                st.session_state[f"{self.key}.{field}"] = raw[field]
            raw[field] = st.session_state.get(f"{self.key}.{field}", raw[field])
        filled = fills(raw)
        for field in filled:
            st.session_state[f"{self.key}.{field}"] = raw[field] = filled[field]
        for field in self.form.asked_now({**given, **raw}):
            question = self.questions[field]
            label = _(question.label)
            if field in wrong:
                label = f"{label} {shown.warning(_sentence(wrong[field]))}"
            begin = None if self.put or field in filled else self.begin[field]
            raw[field] = question.draw(f"{self.key}.{field}", label, begin, self.options.get(field, ()))
            keep_apart.beside(self.case, question.is_about(raw[field]))
        asked = set(self.form.asked_now({**given, **raw}))
        return {field: value for field, value in raw.items() if field in asked}

    def _say(self, wrong: Mapping[str, Wrong]) -> None:
        if not wrong:
            return
        lines = [
            f"{_(self.questions[field].label)} – {_sentence(w)}" if field in self.questions else _sentence(w)
            for field, w in wrong.items()
        ]
        title = _("Ikke lagret ennå. Dette må rettes:")
        small = shown.small(*(Reason[name] for name, _values in wrong.values()))
        said = shown.filled("{title}{lines}{small}", title=title, lines=shown.bullets(lines), small=small)
        shown.show(shown.note(said, kind="stop"))

    def _keep(self, raw: Answers) -> None:
        """Keep what was typed here since last; let go of a draft that says what is stored."""
        now, actor, place = self._encoded(raw), self.case.actor, self.case.number
        if self._digest(raw) == self.on_screen.digest:
            return
        if self.another_tab:
            self._meet(self.begin, raw, _("Det du skrev i en annen fane"), self.based_on)
            st.rerun()
        if self.draft and now == self._encoded(self.stored):
            drafting.drop(actor, place, self.name)
            self.draft = None
        else:
            self.draft = drafting.keep(actor, place, self.name, now, self.based_on)
            self.on_screen.alone = self.draft is None
        self._remember(self.based_on, self._digest(raw))
        here.remember_draft(place, self.name, self.draft)

    def _status(self) -> None:
        if self.draft:
            text = _("Lagret som utkast kl. {tid}", tid=clock_time(self.draft.updated_at, seconds=True))
            shown.show(shown.filled('<p class="bti-saved" role="status">{text}</p>', text=text))

    def _save(self, raw: Answers, done: str, then: Callable[[Any], None] | None, given: Answers) -> None:
        wrong, result = self._try(raw, given)
        if wrong is None:
            drafting.drop(self.case.actor, self.case.number, self.name)
            for left in [k for k in st.session_state if str(k).startswith(self.key)]:
                del st.session_state[left]
            st.session_state["flash"] = done or _("Lagret kl. {tid}.", tid=clock_time(clock.now(), seconds=True))
            if then:
                then(result)
        else:
            st.session_state[f"{self.key}!"] = wrong
            for reason, values in wrong.values():
                if reason == Reason.CHANGED_BY_OTHER.name:
                    self._meet(self.stored, raw, _by_whom(values), self.version)
        st.rerun()

    def _meet(self, theirs: Answers, mine: Answers, who: str, version: int) -> None:
        """Lay both in each text that differs, show them beside each other, and begin from the newer version (R-49)."""
        both, answers = dict(mine), []
        for field in mine:
            question, choices = self.questions[field], self.options.get(field, ())
            if question.to_draft(theirs[field]) == question.to_draft(mine[field]):
                continue
            pair = question.said(theirs[field], choices), question.said(mine[field], choices)
            if pair[0] == pair[1]:
                continue
            answers.append(conflict.Both(_(question.label), *pair))
            if question.between:
                both[field] = conflict.joined(*pair, question.between)
        conflict.meet(self.key, who, answers)
        drafting.keep(self.case.actor, self.case.number, self.name, self._encoded(both), version)
        self._remember(version, self._digest(mine))

    def _try(self, raw: Answers, given: Answers) -> tuple[dict[str, Wrong] | None, Any]:
        try:
            answer = self.form.model_validate(raw)
        except ValidationError as problems:
            return _problems(problems, raw), None
        answers = {name: getattr(answer, name) for name in self.form.model_fields}
        more = {"version": self.based_on} if "version" in self.form.given else {}
        try:
            return None, self.form.saved_by(self.case, **answers, **{**given, **more})
        except Refused as no:
            return {no.field or "": (no.reason.name, no.values)}, None

    def _encoded(self, raw: Mapping[str, Any]) -> Answers:
        return {field: question.to_draft(raw.get(field)) or None for field, question in self.questions.items()}

    def _digest(self, raw: Mapping[str, Any]) -> str:
        return hashlib.sha256(json.dumps(self._encoded(raw), sort_keys=True).encode()).hexdigest()


def _by_whom(values: Mapping[str, object]) -> str:
    """Say whose the other answer is, and when it was saved."""
    at = values.get("at")
    if not isinstance(at, datetime):
        return _("Lagret av den andre")
    return _(
        "{navn} lagret dette {dag} kl. {tid}",
        navn=values.get("navn"),
        dag=short_date(clock.day(at)),
        tid=clock_time(at),
    )


def _sentence(wrong: Wrong) -> str:
    return _(Reason[wrong[0]], **wrong[1])


def _problems(problems: ValidationError, raw: Answers) -> dict[str, Wrong]:
    """Return every wrong answer as its reason, one for each field."""
    found: dict[str, Wrong] = {}
    for problem in problems.errors():
        field = str(problem["loc"][0])
        if problem["type"] == "refused":
            context = problem["ctx"]
            found[field] = (context["reason"], context["values"])
        else:
            empty = raw.get(field) in (None, "", [])
            found[field] = (Reason.MISSING.name if empty else Reason.NOT_A_CHOICE.name, {})
    return found
