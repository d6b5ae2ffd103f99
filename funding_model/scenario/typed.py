"""Typed: numbers, months and years as people write them, understood exactly or refused out loud.

``£1,250.50``, ``(300)`` and ``12%`` mean one thing each. ``1,5`` could be one and a half or fifteen hundred, so it is
refused: no character that was typed is ever passed over.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from funding_model.problems import Problem
from funding_model.scenario.plain import shown

Form: TypeAlias = Literal["money", "share", "number", "month", "year", "text", "choice", "yes_no"]
"""How a value is written: pounds, a fraction as a percentage, a plain number, and so on."""
Numeric: TypeAlias = Literal["money", "share", "number"]
Understood: TypeAlias = tuple[float | None, Problem | None]

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SHORTEST_MONTH: Final = 3
"""Letters by which a month's name is known."""
PENCE: Final = 2
_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NUMBER: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?")
_YEAR_MONTH: Final = re.compile(r"((?:19|20)[0-9]{2})[-/. ](0?[1-9]|1[0-2])")
_MONTH_YEAR: Final = re.compile(r"(0?[1-9]|1[0-2])[-/. ]((?:19|20)[0-9]{2})")
_NAMED_MONTH: Final = re.compile(r"([A-Za-z]+)\.?[-/, ]*((?:19|20)?[0-9]{2})")
_YEARS: Final = re.compile(r"((?:19|20)[0-9]{2})\s*[-/–]\s*(?:20|19)?([0-9]{2})")


def number_typed(text: str, form: Numeric = "number") -> Understood:
    """Return the number that a text means, or why it is refused; nothing for a blank.

    Args:
        text: What was typed or pasted.
        form: Pounds; a fraction, written as ``12%`` or as 0.12; or a plain number.
    """
    wanted = _tidy(text)
    if not wanted:
        return None, None
    body, negative, fault = _without_sign(wanted)
    if fault is None and "£" in body:
        fault = _fault(text, "is not in pounds here.", "Write the number without £.") if form != "money" else None
        body = body.replace("£", "", 1).strip()
    per_cent = body.endswith("%")
    if per_cent:
        if form != "share" and fault is None:
            fault = _fault(text, "is a percentage, and this is none.", "Write the number itself.")
        body = body[:-1].strip()
    if fault is None and not (_NUMBER.fullmatch(body) and body):
        fault = _not_a_number(text, body, form)
    if fault is None and form == "money":
        fault = _odd_pence(text, body)
    if fault is not None:
        return None, fault
    value = Decimal(body.replace(",", "").replace(" ", ""))
    if form == "share" and not per_cent and value >= 1:
        return None, _fault(
            text, "could be a percentage or a multiple.", f"Write {body}%, or {_plain(value * 100)}% if that is meant."
        )
    value = value / 100 if per_cent else value
    return float(-value if negative else value) or 0.0, None


def number_text(value: float | None, form: Numeric = "number") -> str:
    """Return a number as it stands in a field, exactly: ``1,250.50``, ``12%``, ``0.6``; blank for none."""
    if value is None:
        return ""
    exact = Decimal(repr(float(value)))
    if form == "share":
        return f"{_plain(exact * 100)}%"
    words = _plain(exact)
    whole, point, pence = words.partition(".")
    return f"{whole}{point}{pence.ljust(PENCE, '0')}" if form == "money" and point else words


def unit_text(unit: str) -> str:
    """Return a unit as it is said beside a value: a fraction is shown in per cent."""
    if not unit.startswith("fraction"):
        return unit
    return f"per cent {unit.removeprefix('fraction').removesuffix(', 0 to 1').strip(' ,')}".strip()


def month_typed(text: str) -> tuple[str | None, Problem | None]:
    """Return a month as ``2026-04`` from ``April 2026``, ``Apr-26`` or ``04/2026``; nothing for a blank."""
    wanted = _tidy(text)
    if not wanted:
        return None, None
    if match := _YEAR_MONTH.fullmatch(wanted):
        return f"{match.group(1)}-{int(match.group(2)):02d}", None
    if match := _MONTH_YEAR.fullmatch(wanted):
        return f"{match.group(2)}-{int(match.group(1)):02d}", None
    if match := _NAMED_MONTH.fullmatch(wanted):
        name, year = match.group(1).casefold(), match.group(2)
        found = [place for place, month in enumerate(MONTHS, 1) if month.startswith(name)]
        if len(name) >= SHORTEST_MONTH and len(found) == 1:
            return f"{year if len(year) > PENCE else f'20{year}'}-{found[0]:02d}", None
    return None, _fault(text, "is not a month.", "Write it as April 2026 or 2026-04.")


def month_text(value: str | None) -> str:
    """Return a month as people write it: ``April 2026``; what is no month stays as it is."""
    match = _YEAR_MONTH.fullmatch(value or "")
    return f"{MONTHS[int(match.group(2)) - 1].capitalize()} {match.group(1)}" if match else value or ""


def year_typed(text: str) -> tuple[str | None, Problem | None]:
    """Return a financial year as ``2026-27`` from ``2026-27``, ``2026/27`` or ``2026-2027``; nothing for a blank."""
    wanted = _tidy(text)
    if not wanted:
        return None, None
    match = _YEARS.fullmatch(wanted)
    if match and (int(match.group(1)) + 1) % 100 == int(match.group(2)):
        return f"{match.group(1)}-{match.group(2)}", None
    return None, _fault(text, "is not a financial year.", "Write the year from April 2026 as 2026-27.")


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip().replace("−", "-").replace("–", "-")


def _without_sign(text: str) -> tuple[str, bool, Problem | None]:
    """Return a number without its sign: brackets and a minus both mean less than nothing, and not twice."""
    negative = False
    body = text
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1].strip(), True
    lead = body.replace("£", "", 1).strip() if body.startswith("£") else body
    if lead[:1] in "+-" and lead:
        if negative:
            return body, negative, _fault(text, "has two signs.", "Write it with a minus or in brackets.")
        negative = lead[0] == "-"
        body = body.replace(lead[0], "", 1).strip()
    return body, negative, None


def _not_a_number(text: str, body: str, form: Numeric) -> Problem:
    example = {"money": "1,250.50", "share": "12%", "number": "1.5"}[form]
    if "," in body and re.fullmatch(r"[0-9.,]+", body):
        return _fault(
            text,
            "has a comma where it does not part thousands, so it could be read in two ways.",
            f"Write a point before a fraction ({_points(body)}), and commas only as in 1,500.",
        )
    return _fault(text, "is not a number.", f"Write it as {example}.")


def _odd_pence(text: str, body: str) -> Problem | None:
    whole, point, pence = body.partition(".")
    if point and len(pence) == len("000") and whole.strip("0") and len(whole) <= len("000"):
        return _fault(
            text, "could be thousands or pounds and pence.", f"Write {whole},{pence} or {whole}.{pence[:PENCE]}."
        )
    return None


def _points(body: str) -> str:
    head, _, tail = body.rpartition(",")
    return f"{head.replace(',', '').replace('.', '')}.{tail.replace('.', '')}"


def _plain(value: Decimal) -> str:
    words = f"{value:,f}"
    return (words.rstrip("0").rstrip(".") if "." in words else words) or "0"


def _fault(text: str, message: str, remedy: str) -> Problem:
    return Problem("", f"{shown(text.strip())} {message}", remedy)
