"""A page in parts: what is done is shown in a few lines, what is next is open, and one part at a time is written in."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.language import _
from forms import shown
from forms.fields import Option, apart


class Parts:
    """The parts of one page of one case. Drawn from top to bottom; the first that is not done opens by itself."""

    def __init__(self, key: str, *, may_write: bool, beside: Markup | None = None) -> None:
        """Begin a page. ``beside`` stands in the open part, with what is written there."""
        self.key = f"{key}.part".replace("-", "_")
        self._may_write = may_write
        self._beside = beside or Markup("")
        self._chosen: str | None = st.session_state.get(self.key)
        self._open_name = ""

    def part(
        self, name: str, title: str, content: Markup | None, *, shows: Markup | None = None, optional: bool = False
    ) -> bool:
        """Draw one part. Return whether it is open for writing, so that the page asks its questions there.

        A reader who does not write here meets only what is open to her, and no word of what may or may not be there.
        ``content`` is what is written, or nothing when the part is not done; ``shows`` is then what there is of it so far.
        An ``optional`` part never opens by itself.
        """
        opens = self._chosen == name if self._chosen else content is None and not optional
        if self._may_write and opens and not self._open_name:
            self._open_name = name
            shown.show(
                shown.filled(
                    '<h2 class="bti-part bti-open" id="del-{name}">{title}</h2>{beside}',
                    name=name,
                    title=title,
                    beside=self._beside,
                )
            )
            return True
        if not self._may_write and content is None and shows is None:
            return False
        shown.show(_closed(name, title, content or shows))
        words = _("Endre") if content is not None else _("Skriv")
        if self._may_write and st.button(words, key=f"{self.key}.{name}", type="tertiary"):
            st.session_state[self.key] = name
            st.rerun()
        return False

    def read_only(self, name: str, title: str, content: Markup | None) -> None:
        """Draw a part that is written in another step, if there is anything in it."""
        if content is not None:
            shown.show(_closed(name, title, content))

    def saved(self, _result: object = None) -> None:
        """Let the page choose the next part by itself again."""
        st.session_state.pop(self.key, None)

    def keep_open(self, _result: object = None) -> None:
        """Keep the part open, since there is often one more to write."""
        if self._open_name:
            st.session_state[self.key] = self._open_name


def _closed(name: str, title: str, content: Markup | None) -> Markup:
    body = content if content is not None else shown.filled("<p>{text}</p>", text=_("Ikke skrevet ennå."))
    return shown.filled(
        '<section class="bti-part"><h2 id="del-{name}">{title}</h2>{body}</section>', name=name, title=title, body=body
    )


def choose_one(
    parts: Parts, things: Sequence[Option], question: str, *, key: str = "one", nothing: str = ""
) -> UUID | None:
    """Ask which of the things is to be changed; none means one more, or what ``nothing`` says."""
    if not things:
        return None
    names = apart(things)
    chosen: UUID | None = st.selectbox(
        question,
        list(names),
        index=None,
        key=f"{parts.key}.{key}",
        format_func=lambda one: names.get(one, ""),
        placeholder=nothing or _("Skriv en ny"),
    )
    return chosen
