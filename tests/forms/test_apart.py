"""What is chosen by its name is never another of the same name."""

from uuid import UUID

import pytest

from forms.fields import apart

FIRST, SECOND, THIRD = (UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize("read_in", [(FIRST, SECOND, THIRD), (THIRD, SECOND, FIRST)])
def test_two_of_the_same_name_are_told_apart_in_whatever_order_they_are_read(read_in):
    names = apart((one, "Odd Oppspinn, rådgiver (PPT)") for one in read_in)

    assert list(names) == list(read_in)
    assert [names[one] for one in (FIRST, SECOND, THIRD)] == [
        "Odd Oppspinn, rådgiver (PPT)",
        "Odd Oppspinn, rådgiver (PPT) (2)",
        "Odd Oppspinn, rådgiver (PPT) (3)",
    ]


def test_who_has_a_name_of_her_own_keeps_it():
    assert apart([(SECOND, "Liv"), (FIRST, "Liv (2)"), (THIRD, "Liv")]) == {
        SECOND: "Liv",
        FIRST: "Liv (2)",
        THIRD: "Liv (3)",
    }
