"""The one way for people's words to reach the screen: literal templates, escaped values, one element.

No other module calls ``st.html``, and nothing people have written goes into markdown, where it could load a picture from
somewhere else or pass for ours.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from bti.errors import Reason, Refused, small_line
from bti.language import N_

MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]()<>#+!|~$]")


def filled(template: str, **values: object) -> Markup:
    """Fill a template of ours with values that are escaped, unless they are markup of ours already."""
    return Markup(template).format(**values)  # noqa: S704 - the templates are literals, the values are escaped


def joined(parts: Iterable[Markup]) -> Markup:
    """Put pieces of markup after one another."""
    return Markup("").join(parts)


def show(markup: Markup) -> None:
    """Show a piece of markup as one element."""
    st.html(str(markup))


def paragraphs(text: str) -> Markup:
    """Return a text people have written, its blank lines as paragraphs and its line breaks kept."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    lines = (Markup("<br>").join(block.split("\n")) for block in blocks)
    return joined(filled("<p>{text}</p>", text=line) for line in lines)


def marked(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """Return a text with some of its pieces marked."""
    return joined(
        filled("<mark>{piece}</mark>" if is_marked else "{piece}", piece=piece) for piece, is_marked in pieces
    )


def facts(pairs: Sequence[tuple[str, object]]) -> Markup:
    """Return label and value, one pair under the other. Pairs without a value are left out."""
    rows = (
        filled("<dt>{name}</dt><dd>{value}</dd>", name=name, value=_as_block(value)) for name, value in pairs if value
    )
    return filled('<dl class="bti-facts">{rows}</dl>', rows=joined(rows))


def bullets(things: Iterable[object]) -> Markup:
    """Return a list."""
    return filled("<ul>{items}</ul>", items=joined(filled("<li>{thing}</li>", thing=thing) for thing in things))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str) -> Markup:
    """Return a table whose rows begin with their heading; on a narrow screen each row becomes a card."""
    head = joined(filled('<th scope="col">{h}</th>', h=h) for h in headings)
    body = joined(_row(headings, row) for row in rows)
    return filled(
        '<table class="bti-table"><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>',
        caption=caption,
        head=head,
        body=body,
    )


def note(text: object, *, kind: str = "calm") -> Markup:
    """Return a short message in a box: calm, warm (the child's), done or stop."""
    role = "alert" if kind == "stop" else "status"
    return filled('<div class="bti-note bti-{kind}" role="{role}">{text}</div>', kind=kind, role=role, text=text)


def refusal(no: Refused) -> Markup:
    """Return why it was not done, and the small line under what is not shared for want of consent (R-01)."""
    return note(filled("{sentence}{line}", sentence=no.sentence(), line=small(no.reason)), kind="stop")


def small(*reasons: Reason) -> Markup:
    """Return the small line, once, when one of the reasons has it (R-01)."""
    line = next(filter(None, map(small_line, reasons)), "")
    return quiet(line) if line else Markup("")


def quiet(text: str) -> Markup:
    """Return a line that asks nothing: a word from the kommune's guide, where the meeting is."""
    return filled('<p class="bti-quiet">{text}</p>', text=text)


READ_BY_ALL = N_(
    "Alle som er med, leser dette. Det som handler om en av foreldrene selv, har sin egen avkryssing under situasjonen, "
    "oppmerksomhetene og avtalene."
)
"""Stands where one text is for everybody, and nothing in it can be kept for one (R-59)."""


def warning(sentence: str) -> str:
    """Return what is wrong as the end of a question's label, in the colour of stop. What people have written in it is text."""
    as_text = MARKDOWN.sub(r"\\\g<0>", sentence)
    return f":red[– {as_text}]"


def chip(text: str, kind: str, symbol: str) -> Markup:
    """Return a small mark of symbol and words, never colour alone."""
    return filled(
        '<span class="bti-chip bti-{kind}"><span aria-hidden="true">{symbol}</span> {text}</span>',
        kind=kind,
        symbol=symbol,
        text=text,
    )


def _row(headings: Sequence[str], row: Sequence[object]) -> Markup:
    first, *rest = row
    cells = joined(
        filled('<td data-h="{before}">{cell}</td>', before=_before(h), cell=cell)
        for h, cell in zip(headings[1:], rest, strict=True)
    )
    return filled('<tr><th scope="row">{first}</th>{cells}</tr>', first=first, cells=cells)


def _before(heading: str) -> str:
    """Return a heading as it stands before its answer on a narrow screen."""
    return heading if heading.endswith("?") else f"{heading}:"


def _as_block(value: object) -> object:
    return paragraphs(value) if isinstance(value, str) and not isinstance(value, Markup) else value
