"""Where the app will not share, it says that who must tell does not need consent for it (R-01)."""

import re
from pathlib import Path

import pytest

from bti.errors import FOR_WANT_OF_CONSENT, Reason, Refused
from bti.language import speaking
from forms import shown

LINE = "Meldeplikt og avvergeplikt gjelder uansett samtykke."
VALUES = {"tjeneste": "PPT"}
FORMS = Path(shown.__file__).parent


@pytest.mark.meets("R-01")
@pytest.mark.parametrize("reason", sorted(FOR_WANT_OF_CONSENT))
def test_a_refusal_for_want_of_consent_has_its_own_sentence_and_the_small_line_under_it(reason):
    said = str(shown.refusal(Refused(reason, **VALUES)))

    assert said.index(Refused(reason, **VALUES).sentence()) < said.index(LINE)
    assert said.count(LINE) == 1
    with speaking("nn"):
        assert "Meldeplikt og avverjeplikt gjeld uansett samtykke." in str(shown.refusal(Refused(reason, **VALUES)))


@pytest.mark.meets("R-01")
def test_the_reason_keeps_its_own_sentence():
    assert Refused(Reason.NOT_COVERED, **VALUES).sentence() == "Samtykket dekker ikke PPT. Dette kan ikke deles her."


@pytest.mark.parametrize("reason", [Reason.NOT_YOURS, Reason.MISSING, Reason.STRICT_ADDRESS])
def test_what_is_refused_for_another_reason_says_no_more_than_why(reason):
    assert LINE not in str(shown.refusal(Refused(reason)))


def test_the_line_is_said_once_though_two_answers_lack_consent():
    assert str(shown.small(Reason.MISSING, Reason.NOT_COVERED, Reason.OTHER_OWNER)).count(LINE) == 1
    assert shown.small(Reason.MISSING) == ""


def test_no_form_shows_a_refusal_in_a_way_of_its_own():
    own = [file.name for file in FORMS.glob("*.py") if re.search(r"\.sentence\(\)", file.read_text(encoding="utf-8"))]

    assert own == ["shown.py"]
