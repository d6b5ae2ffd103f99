"""Validation errors in plain words: the place, what is wrong with what was entered there, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import Any, Final, TypeAlias

from pydantic import BaseModel, ValidationError

from funding_model.problems import Problem
from funding_model.scenario.plain import Place, place_of, shown
from funding_model.scenario.walk import Kind, at

MOST_PROBLEMS: Final = 200
_MOST_NAMES: Final = 12
_REMEDY_ABOVE: Final[Mapping[tuple[str | int, str], str]] = {
    ("fte", "less_than_equal"): "1 is full time: enter how many people hold the post as headcount.",
    ("fte", "float_type"): "1 is full time, 0.5 is half time.",
}
"""What to do where the field's own remedy would be beside the point."""
Detail: TypeAlias = Mapping[str, Any]
Words: TypeAlias = tuple[str, str]
"""What is wrong, and what to do."""
_FIELD_BEFORE_COLON: Final = re.compile(r"([a-z_]+(?:\.[a-z_]+)*): ")
_PER_CENT: Final = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?) ?(?:%|per ?cent)")
_MONEY: Final = re.compile(r"([-+]?)£? ?([-+]?)([0-9]{1,3}(?:[, _][0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_REST_OF_A_NUMBER: Final = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")
_NUMBER_AND_WORD: Final = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?) ?[A-Za-z][A-Za-z ]*")


def explain(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Return every problem that a validation error holds, without those that only follow from another."""
    details = error.errors(include_url=False)
    failed = {tuple(detail["loc"]) for detail in details}
    below = {place[:depth] for place in failed for depth in range(len(place))}
    problems: list[Problem] = []
    for detail in details:
        place: Place = tuple(detail["loc"])
        if detail["type"] == "too_short" and place in below:
            continue
        problems += _carried(detail, place) or [_explained(detail, place, model)]
        if len(problems) > MOST_PROBLEMS:
            return problems[:MOST_PROBLEMS]
    return problems


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by place, numbers by size, each once; past the most that are shown only their count."""
    ordered = sorted(dict.fromkeys(problems), key=_order)
    if len(ordered) > MOST_PROBLEMS:
        kept = ordered[:MOST_PROBLEMS]
        return [*kept, Problem("", "there are more problems than can be listed.", "Mend these first.")]
    return ordered


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the question after a word that is not known: ``; did you mean "headcount"?``, or nothing."""
    close = difflib.get_close_matches(word[:80], islice(known, MOST_PROBLEMS), n=1, cutoff=0.6)
    return f"; did you mean {shown(close[0])}?" if close else "."


def too_long(where: str, entered: int, most: int) -> Problem:
    """Return the problem of a list with too many items."""
    message = f"may hold at most {most:,}; you entered {entered:,}."
    return Problem(where, message, "Delete some, or split the scenario.")


def sentence(text: str) -> str:
    """Return text as one sentence: a capital first and a full stop last."""
    words = " ".join(text.split())
    return words[:1].upper() + words[1:] + ("" if not words or words[-1] in ".?!" else ".")


def _order(problem: Problem) -> tuple[list[tuple[int, int, str]], str]:
    parts = problem.where.split(".") if problem.where else []
    return [(0, int(p), "") if p.isascii() and p.isdigit() else (1, 0, p) for p in parts], problem.message


def _carried(detail: Detail, place: Place) -> list[Problem]:
    """Return the problems that a validator of several things at once has put into its error."""
    prefix = place_of(place)
    return [
        Problem(".".join(part for part in (prefix, problem.where) if part), problem.message, problem.remedy)
        for problem in detail.get("ctx", {}).get("problems", ())
    ]


def _explained(detail: Detail, place: Place, model: type[BaseModel]) -> Problem:
    is_key = place[-1:] == ("[key]",)
    place = place[:-1] if is_key else place
    kind, info = at(model, place)
    if is_key:
        return _key_problem(detail, place)
    if detail["type"] == "extra_forbidden":
        return _unknown_field(place, model)
    if detail["type"] == "missing":
        help_text = info.description if info is not None and info.description else ""
        remedy = sentence(f"Enter {_lower_first(help_text)}") if help_text else ""
        return Problem(place_of(place), "is missing.", remedy)
    if detail["type"] == "value_error":
        return _value_error(detail, place, model)
    write = _WORDS.get(detail["type"], _not_valid)
    message, remedy = write(detail, kind or Kind())
    own_remedy = str((kind.extra if kind is not None else {}).get("remedy", ""))
    return Problem(place_of(place), message, remedy or _REMEDY_ABOVE.get((place[-1], detail["type"]), own_remedy))


def _key_problem(detail: Detail, place: Place) -> Problem:
    entered = shown(detail["input"])
    if detail["type"] in {"string_pattern_mismatch", "value_error"} and place[-2:-1] == ("by_year",):
        message = f"{entered} is not a financial year."
        return Problem(place_of(place), message, 'Write the year from April 2026 as "2026-27".')
    if detail["type"] == "string_too_short":
        return Problem(place_of(place), "a name is blank.", "Enter a name.")
    return Problem(place_of(place), f"{entered} cannot be a name here.", "Enter a name of at most 120 characters.")


def _unknown_field(place: Place, model: type[BaseModel]) -> Problem:
    kind, _ = at(model, place[:-1])
    names = list(kind.model.model_fields) if kind is not None and kind.model is not None else []
    if _REST_OF_A_NUMBER.fullmatch(str(place[-1])):
        message = "is not a field here; it looks like the rest of a number written with a comma."
        return Problem(place_of(place), message, "Write 30,000 as 30000.")
    return Problem(
        place_of(place), f"is not a field here{nearest(str(place[-1]), names)}", f"Fields: {', '.join(names)}."
    )


def _value_error(detail: Detail, place: Place, model: type[BaseModel]) -> Problem:
    """A validator writes ``field: what is wrong; what to do``, the first and last part where it has them."""
    text = str(detail.get("ctx", {}).get("error", detail["msg"]))
    named = _FIELD_BEFORE_COLON.match(text)
    if named is not None:
        further = tuple(named.group(1).split("."))
        if at(model, (*place, *further))[0] is not None:
            place, text = (*place, *further), text[named.end() :]
    message, _, remedy = text.partition("; ")
    return Problem(place_of(place), f"{message.rstrip('.')}.", sentence(remedy))


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _entered(detail: Detail) -> str:
    return f"you entered {shown(detail['input'])}." if detail["input"] is not None else "it is blank."


def _bound(words: str, key: str) -> Callable[[Detail, Kind], Words]:
    def write(detail: Detail, _kind: Kind) -> Words:
        return f"must be {words} {detail['ctx'][key]:,.15g}; {_entered(detail)}", ""

    return write


def _number(detail: Detail, kind: Kind) -> Words:
    entered = detail["input"]
    what = "a whole number" if kind.base is int else "a number"
    return f"must be {what}; {_entered(detail)}", number_remedy(entered) if isinstance(entered, str) else ""


def number_remedy(text: str) -> str:
    """Return how to write what was meant by text that stands where a number should, or nothing when that is unclear."""
    text = " ".join(text.split())[:60]
    if match := _PER_CENT.fullmatch(text):
        return f"Write {match.group(1)} per cent as {float(match.group(1)) / 100:.10g}."
    if match := _MONEY.fullmatch(text):
        sign, inner_sign, whole, pence = match.groups()
        digits = f"{(sign or inner_sign).removeprefix('+')}{re.sub('[, _]', '', whole)}{pence or ''}"
        if digits == text:
            return "Write it without quotation marks."
        return f"Write it as {digits}."
    if match := _NUMBER_AND_WORD.fullmatch(text):
        return f"Write the number alone: {match.group(1)}."
    return ""


def _text(detail: Detail, _kind: Kind) -> Words:
    entered = detail["input"]
    if isinstance(entered, bool | int | float):
        return f"must be text; {_entered(detail)}", f'Put quotation marks round it: "{shown(entered)}".'
    return f"must be text; {_entered(detail)}", ""


def _too_short(detail: Detail, _kind: Kind) -> Words:
    least = detail["ctx"]["min_length"]
    entered = len(detail["input"])
    return (f"needs at least {least:,} of them; you entered {entered:,}." if entered else "is empty."), "Add one."


def _too_long(detail: Detail, _kind: Kind) -> Words:
    problem = too_long("", len(detail["input"]), detail["ctx"]["max_length"])
    return problem.message, problem.remedy


def _choice(detail: Detail, kind: Kind) -> Words:
    names = [str(choice) for choice in kind.choices]
    entered = detail["input"]
    guess = nearest(entered, names).removeprefix("; ").removesuffix(".") if isinstance(entered, str) else ""
    guess = f"{guess[:1].upper()}{guess[1:]} " if guess else ""
    return f"{shown(entered)} is not one of the choices here.", f"{guess}Choose from: {', '.join(names)}."


def _list(detail: Detail, _kind: Kind) -> Words:
    return f"must be a list; {_entered(detail)}", "Begin each item with a hyphen."


def _group(detail: Detail, kind: Kind) -> Words:
    if kind.model is None:
        return f"must be a group of names with values; {_entered(detail)}", "Write each as name: value."
    entered = detail["input"]
    if "unit" in kind.extra or "every_year" in kind.model.model_fields:
        hint = number_remedy(entered) if isinstance(entered, str) else ""
        return f"must be a number, or a group of fields; {_entered(detail)}", hint
    names = [name for name, field in kind.model.model_fields.items() if field.is_required()]
    needed = names or list(kind.model.model_fields)[:6]
    return f"must be a group of fields; {_entered(detail)}", f"Enter its fields, such as {', '.join(needed)}."


def _not_valid(detail: Detail, _kind: Kind) -> Words:
    return f"cannot be used here; {_entered(detail)}", ""


def _fixed(message: str, remedy: str = "") -> Callable[[Detail, Kind], Words]:
    def write(detail: Detail, _kind: Kind) -> Words:
        return f"{message}; {_entered(detail)}", remedy

    return write


def _pattern(detail: Detail, kind: Kind) -> Words:
    return f"must be a {kind.extra.get('unit', 'text of another form')}; {_entered(detail)}", ""


_WORDS: Final[dict[str, Callable[[Detail, Kind], Words]]] = {
    "greater_than": _bound("more than", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("less than", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "float_type": _number,
    "float_parsing": _number,
    "int_type": _number,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "int_from_float": _number,
    "finite_number": _number,
    "bool_type": _fixed("must be yes or no"),
    "bool_parsing": _fixed("must be yes or no"),
    "string_type": _text,
    "string_too_short": lambda _detail, _kind: ("is blank.", "Enter some text."),
    "string_too_long": lambda detail, _kind: (
        f"is too long: it has {len(detail['input']):,} characters, and {detail['ctx']['max_length']:,} is the limit.",
        "Shorten it.",
    ),
    "string_unicode": _fixed("has characters that cannot be shown", "Delete them."),
    "string_pattern_mismatch": _pattern,
    "literal_error": _choice,
    "too_short": _too_short,
    "too_long": _too_long,
    "tuple_type": _list,
    "dict_type": _group,
    "model_type": _group,
    "model_attributes_type": _group,
}


def quoted_names(names: Collection[str]) -> str:
    """Return names as they are listed in a remedy, the first dozen of them."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(shown(name) for name in islice(names, _MOST_NAMES)) + more
