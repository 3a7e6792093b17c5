"""What things are called, and in which order a Norwegian reader looks for them."""

from bti.casework.ground.naming import in_order, role, title


def test_great_and_small_letters_stand_alike_and_ae_oe_aa_stand_last():
    names = ["Åsen barnehage", "PPT", "ølen skole", "barnehagen", "Ærlig", "zoo", "BUP", "aspen"]

    assert in_order(names, str) == (
        "aspen",
        "barnehagen",
        "BUP",
        "PPT",
        "zoo",
        "Ærlig",
        "ølen skole",
        "Åsen barnehage",
    )


def test_a_title_that_is_the_services_own_name_is_said_once_and_no_title_is_no_word():
    assert role("kontaktlærer", "skolen") == "kontaktlærer, skolen"
    assert role("", "skolen") == "skolen"
    assert title("helsesykepleier", "helsesykepleier", "helsesjukepleiar") == ""
    assert title("helsesjukepleiar", "helsesykepleier", "helsesjukepleiar") == ""
    assert title("kontaktlærer", "skolen", "skulen") == "kontaktlærer"
    assert title(None, None, None) == ""
