"""What may stand in a text: whatever people write, and never a fødselsnummer (R-51, R-52)."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bti.errors import Reason, Refused
from bti.rules import privacy
from bti.rules.privacy import LONG, MEDIUM, SHORT, has_national_id, words

DRAWN = settings(max_examples=300)
K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def numbered(birth, counter):
    """Return the eleven digits of an invented person: the birth, a counter nobody has, and both check digits.

    Nothing when the counter gives no check digit.
    """
    digits = [int(d) for d in f"{birth}{counter:03d}"]
    for weights in (K1, K2):
        rest = -sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if rest == 10:
            return None
        digits.append(rest)
    return "".join(map(str, digits))


def someone(birth):
    """Return the first number there is for this birth."""
    return next(n for counter in range(100, 1000) if (n := numbered(birth, counter)))


BORN = {
    "fødselsnummer": "010203",
    "last day of a month": "311299",
    "D-number": "410203",
    "last D-number": "711299",
    "synthetic, month + 40": "014203",
    "synthetic, month + 80": "018203",
    "synthetic D-number": "414203",
}
NUMBERS = {name: someone(birth) for name, birth in BORN.items()}


def kept_or_refused(text, limit=SHORT):
    try:
        return words(text, limit)
    except Refused as refused:
        return refused.reason


def refusal(text, limit=LONG):
    with pytest.raises(Refused) as refused:
        words(text, limit)
    return refused.value


# Numbers


@pytest.mark.meets("R-51", "R-52", "scenario-23")
@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
def test_a_national_number_is_refused(number):
    assert refusal(number).reason is Reason.NATIONAL_ID
    assert has_national_id(number)


WRITTEN = {
    "alone": "{0}{1}",
    "with a space": "{0} {1}",
    "with a dot": "{0}.{1}",
    "with a dash": "{0}-{1}",
    "with a long dash": "{0}–{1}",
    "with a dash that does not break": "{0}‑{1}",
    "with a space that does not break": "{0}\N{NO-BREAK SPACE}{1}",
    "with a narrow space": "{0}\N{NARROW NO-BREAK SPACE}{1}",
    "with a soft hyphen": "{0}\N{SOFT HYPHEN}{1}",
    "with a space nobody sees": "{0}\N{ZERO WIDTH SPACE}{1}",
    "with a line break": "{0}\n{1}",
    "with two spaces": "{0}  {1}",
    "with a dash between spaces": "{0} - {1}",
    "in a sentence": "Solveig ({0}{1}) går i 5B.",
    "after a colon": "fnr.:{0}{1}, se mappe",
    "beside a word": "fnr{0}{1}x",
}


@pytest.mark.parametrize("form", WRITTEN.values(), ids=WRITTEN.keys())
@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
def test_however_it_is_written(number, form):
    assert refusal(form.format(number[:6], number[6:])).reason is Reason.NATIONAL_ID


@pytest.mark.parametrize("between", [".", " ", "-"])
def test_a_birth_date_written_out_hides_nothing(between):
    number = NUMBERS["fødselsnummer"]
    day, month, year, rest = number[:2], number[2:4], number[4:6], number[6:]

    assert has_national_id(f"{day}{between}{month}{between}{year} {rest}")
    assert has_national_id(f"{day}{between}{month}{between}{year} {rest[:3]} {rest[3:]}")


@pytest.mark.parametrize("zero", ["٠", "०", "０", "𝟎"], ids=["Arabic", "Devanagari", "full width", "bold"])
def test_digits_of_another_script_are_digits(zero):
    number = "".join(chr(ord(zero) + int(d)) for d in NUMBERS["fødselsnummer"])

    assert has_national_id(number)


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
@pytest.mark.parametrize("place", range(11))
def test_one_wrong_digit_is_no_number(number, place):
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]

    assert not has_national_id(wrong)


def test_the_check_digits_alone_make_no_number_without_a_day():
    assert not any(has_national_id(n) for day in ("00", "32", "40", "72", "99") if (n := someone(f"{day}0203")))


PHONES = [
    "Ring 22334455 eller 99887766.",
    "22 33 44 55, 99 88 77 66",
    "912 34 567 / 913 45 678",
    "+47 912 34 567",
    "004791234567",
    "Klasse 5B: 22334451, 22334452, 22334453",
    "41234567 91234567 81234567",
    "55 12 34 56 55 12 34 57",
    "12345678901",
    "Konto 1234.56.78903, 1503.40.12348",
    "2026-03-10 12:00",
    "10.03.2026 kl. 12.30-13.15",
]


@pytest.mark.parametrize("text", PHONES)
def test_phone_numbers_and_times_are_only_numbers(text):
    assert words(text, LONG) == text


@pytest.mark.meets("R-52", "scenario-23")
@DRAWN
@given(
    st.lists(st.from_regex(r"[2-9]\d{7}", fullmatch=True), min_size=1, max_size=8),
    st.sampled_from([", ", "\n", "; ", " / "]),
)
def test_a_list_of_phone_numbers_is_not_blocked(phones, between):
    assert not has_national_id(between.join(phones))


@pytest.mark.parametrize("form", ["1{0}{1}", "{0}{1}2", "{0}1{1}", "{0}{1}{0}{1}"])
def test_a_longer_run_of_digits_is_something_else(form):
    number = NUMBERS["fødselsnummer"]

    assert not has_national_id(form.format(number[:6], number[6:]))


@DRAWN
@given(st.dates().map(lambda d: f"{d:%d%m%y}"), st.integers(100, 999), st.text(max_size=20), st.text(max_size=20))
def test_no_number_slips_through_whatever_stands_around_it(birth, counter, before, after):
    number = numbered(birth, counter)
    if number is None or (before and before[-1].isdigit()) or (after and after[0].isdigit()):
        return

    assert has_national_id(before + number + after)


# Letters


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Solveig\t", "Solveig"),
        ("to\r\nlinjer\rog en", "to\nlinjer\nog en"),
        ("re\N{COMBINING ACUTE ACCENT}", "ré"),
        ("blabærsyltetøy pa\N{COMBINING RING ABOVE}", "blabærsyltetøy på"),
        ("\ufeffførst", "først"),
        ("", ""),
        (" \n\t ", ""),
        ("\u200b", ""),
        ("\u200b  to \u200b", "to"),
    ],
)
def test_a_text_is_trimmed_and_composed(written, kept):
    assert words(written, LONG) == kept


@pytest.mark.parametrize(
    "text", ["🙂", "👩‍🏫 og 👨‍👩‍👧", "🏳️‍🌈", "👍🏽", "🇳🇴", "čáhppat", "Đorđe", "ትግርኛ", "اردو", "«ja» – nei …"]
)
def test_emoji_and_other_alphabets_are_kept(text):
    assert words(text, LONG) == text


MARKS = [*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", *"\u200b\u2060\ufeff"]


@pytest.mark.parametrize("mark", MARKS, ids=[unicodedata.name(m) for m in MARKS])
def test_marks_that_turn_the_text_around_are_taken_out(mark):
    assert words(f"{mark}a{mark}b{mark}", LONG) == "ab"


@pytest.mark.parametrize("mark", MARKS, ids=[unicodedata.name(m) for m in MARKS])
def test_what_a_mark_kept_apart_is_composed(mark):
    assert words(f"e{mark}\N{COMBINING ACUTE ACCENT}", LONG) == "é"


@pytest.mark.parametrize("half", ["\ud800", "\udfff", "\ud83d\ude42"], ids=["high", "low", "a pair"])  # noqa: PT014 - halves are not the same
def test_half_a_character_is_refused(half):
    assert refusal(f"a{half}b").reason is Reason.NOT_TEXT


@pytest.mark.parametrize("code", [*(c for c in range(0x20) if c not in b"\n\t\r"), *range(0x7F, 0xA0)], ids=hex)
def test_control_characters_are_refused(code):
    assert refusal(f"a{chr(code)}b").reason is Reason.NOT_TEXT


def test_line_breaks_and_tabs_are_kept():
    assert words("a\n\tb\n\nc", LONG) == "a\n\tb\n\nc"


@pytest.mark.parametrize("limit", [SHORT, MEDIUM, LONG])
def test_a_text_as_long_as_there_is_room_for_is_kept_and_one_letter_more_is_refused(limit):
    assert words("å" * limit, limit) == "å" * limit
    assert words(" " + "a\N{COMBINING RING ABOVE}" * limit + " ", limit) == "å" * limit

    too_long = refusal("å" * (limit + 1), limit)

    assert (too_long.reason, too_long.values) == (Reason.TOO_LONG, {"lengde": limit + 1, "plass": limit})


def test_a_national_number_is_said_before_the_length():
    assert refusal(NUMBERS["fødselsnummer"] + "a" * LONG).reason is Reason.NATIONAL_ID


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from([*MARKS, "\r", "\n", "\t", " ", "\x85", "\x1c", "\u2028", "\N{COMBINING ACUTE ACCENT}", "e"]),
        st.sampled_from("각가0123456789.- "),
    ),
    max_size=30,
)


@DRAWN
@given(st.one_of(st.text(), ODD))
def test_any_text_at_all_is_kept_as_it_will_be_kept_again_or_refused(text):
    kept = kept_or_refused(text)
    if kept in {Reason.NOT_TEXT, Reason.NATIONAL_ID, Reason.TOO_LONG}:
        return

    assert words(kept, SHORT) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert not set(kept) & set(MARKS)
    assert len(kept) <= SHORT
    assert kept == kept.strip()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Eirik ringer.", ["Eirik"]),
        ("Vi spør eirik prøve og Eiriks klasse.", ["eirik prøve", "Eiriks"]),
        ("Møtet er på Nes skole, eller bare på Nes.", ["Nes skole", "Nes"]),
        ("Ring 75001122 eller 75 00 11 22.", ["75001122", "75 00 11 22"]),
        ("Hun går i 5B.", ["5B"]),
        ("Et nesten tomt skoleår, og Eirikka.", ["nesten", "Eirikka"]),
        ("Verken navn eller sted.", []),
        ("", []),
    ],
)
def test_names_are_found_however_they_stand_and_nothing_of_the_text_is_lost(text, marked):
    known = ["Eirik Prøve", "Nes skole", "75 00 11 22", "5B", " "]

    pieces = list(privacy.with_names_marked(text, known))

    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, is_name in pieces if is_name] == marked


def test_where_no_name_is_known_none_is_marked():
    assert list(privacy.with_names_marked("Eirik", ["", " "])) == [("Eirik", False)]
