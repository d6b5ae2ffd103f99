from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding_model.scenario.typed import month_text, month_typed, number_text, number_typed, unit_text, year_typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£1,250.50", 1250.5),
        ("1,250.50", 1250.5),
        ("1250.5", 1250.5),
        ("1 250", 1250),
        ("1\u00a0250", 1250),
        ("£ 1,000,000", 1_000_000),
        ("(300)", -300),
        ("(£300)", -300),
        ("£(300)", None),
        ("-300", -300),
        ("−300", -300),
        ("-£300", -300),
        ("£-300", -300),
        ("+12", 12),
        (" 12 ", 12),
        ("0", 0),
        ("-0", 0),
        (".5", 0.5),
        ("0.125", 0.125),
        ("", None),
        ("   ", None),
    ],
)
def test_pounds_are_understood(text: str, value: float | None) -> None:
    found, problem = number_typed(text, "money")
    assert found == value
    assert (problem is None) == (value is not None or not text.strip())


@pytest.mark.parametrize(
    "text",
    ["1,5", "23,4", "1,2500", "12,34,567", "1.250,50", "1,250,5", ",5", "5,", "1, 5", "1,5%", "(1,5)", "£1,5"],
)
@pytest.mark.parametrize("form", ["money", "share", "number"])
def test_a_comma_that_parts_no_thousands_is_refused(text: str, form: str) -> None:
    value, problem = number_typed(text, form)  # type: ignore[arg-type]
    assert value is None
    assert problem is not None
    assert problem.message.startswith(f'"{text}"')
    assert problem.remedy


def test_the_refusal_shows_both_ways_of_writing_it() -> None:
    _, problem = number_typed("1,5", "money")
    assert problem is not None
    assert str(problem) == (
        '"1,5" has a comma where it does not part thousands, so it could be read in two ways. '
        "Write a point before a fraction (1.5), and commas only as in 1,500."
    )


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "12k",
        "£",
        "%",
        "-",
        "()",
        "--3",
        "(-3)",
        "3-",
        "1.2.3",
        "1e5",
        "NaN",
        "inf",
        "=SUM(A1)",
        "12 34",
        "£5£",
        "½",
        chr(0xFF11) + chr(0xFF12),
        "12%",
        "<b>3</b>",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    value, problem = number_typed(text, "money")
    assert value is None
    assert problem is not None


def test_three_decimals_of_pounds_could_be_thousands() -> None:
    value, problem = number_typed("1.250", "money")
    assert value is None
    assert problem is not None
    assert problem.remedy == "Write 1,250 or 1.25."
    assert number_typed("1.250", "number") == (1.25, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12%", 0.12),
        ("12 %", 0.12),
        ("0.12", 0.12),
        ("-1.5%", -0.015),
        ("(2%)", -0.02),
        ("150%", 1.5),
        ("0", 0),
        ("5.5%", 0.055),
    ],
)
def test_shares_are_understood(text: str, value: float) -> None:
    assert number_typed(text, "share") == (value, None)


@pytest.mark.parametrize(
    ("text", "remedy"), [("12", "Write 12%, or 1,200% if that is meant."), ("1", "Write 1%, or 100% if that is meant.")]
)
def test_a_share_without_its_sign_is_asked_about(text: str, remedy: str) -> None:
    value, problem = number_typed(text, "share")
    assert value is None
    assert problem is not None
    assert problem.remedy == remedy


@pytest.mark.parametrize("text", ["5%", "£5"])
def test_a_sign_that_does_not_belong_is_refused(text: str) -> None:
    value, problem = number_typed(text, "number")
    assert value is None
    assert problem is not None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_every_amount_is_read_back_as_it_is_shown(amount: object) -> None:
    value = float(amount)  # type: ignore[arg-type]
    assert number_typed(number_text(value, "money"), "money") == (value or 0.0, None)


@given(st.integers(min_value=-(10**6), max_value=10**6))
def test_every_share_is_read_back_as_it_is_shown(thousandths: int) -> None:
    value = thousandths / 100_000
    assert number_typed(number_text(value, "share"), "share") == (value or 0.0, None)


@given(st.text(alphabet="0123456789.,£%()- +", max_size=12))
def test_no_digit_is_ever_passed_over(text: str) -> None:
    value, problem = number_typed(text, "money")
    if value is not None:
        digits = "".join(letter for letter in text if letter.isdigit()).lstrip("0").rstrip("0")
        assert digits.strip("0") in number_text(value, "money").replace(",", "").replace(".", "")
        assert problem is None
    if "," in text and value is not None:
        assert all(len(group[:3]) == 3 and group[:3].isdigit() for group in text.split(",")[1:])


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1250.5, "money", "1,250.50"),
        (1250, "money", "1,250"),
        (-300, "money", "-300"),
        (0.12, "share", "12%"),
        (0.055, "share", "5.5%"),
        (1, "share", "100%"),
        (0.6, "number", "0.6"),
        (None, "money", ""),
        (0, "money", "0"),
        (1e-9, "number", "0.000000001"),
    ],
)
def test_a_number_stands_in_a_field_exactly(value: float | None, form: str, text: str) -> None:
    assert number_text(value, form) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["2026-04", "2026/4", "04/2026", "4-2026", "April 2026", "apr 2026", "Apr-26", "APRIL, 2026"]
)
def test_months_are_understood(text: str) -> None:
    assert month_typed(text) == ("2026-04", None)


@pytest.mark.parametrize("text", ["2026", "13/2026", "ju 2026", "Smarch 2026", "2026-4-1", "4"])
def test_what_is_no_month_is_refused(text: str) -> None:
    value, problem = month_typed(text)
    assert value is None
    assert problem is not None
    assert problem.remedy == "Write it as April 2026 or 2026-04."


def test_a_month_is_shown_in_words() -> None:
    assert month_text("2026-04") == "April 2026"
    assert month_text("rubbish") == "rubbish"
    assert month_text(None) == ""


@pytest.mark.parametrize(
    ("unit", "text"),
    [("fraction, 0 to 1", "per cent"), ("fraction of staff a year", "per cent of staff a year"), ("months", "months")],
)
def test_a_fraction_is_said_in_per_cent(unit: str, text: str) -> None:
    assert unit_text(unit) == text


@pytest.mark.parametrize("text", ["2026-27", "2026/27", "2026-2027", "2026 – 27"])
def test_financial_years_are_understood(text: str) -> None:
    assert year_typed(text) == ("2026-27", None)


@pytest.mark.parametrize("text", ["2026-28", "2026", "26-27"])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    value, problem = year_typed(text)
    assert value is None
    assert problem is not None
