"""Text to plain values: the part of YAML and JSON that a scenario needs, and nothing that could run or expand.

The YAML is read as a stream of events, so that nothing is ever constructed but mappings, lists, text, numbers, yes or
no, and blank. Dates, times, octals and ``nan`` stay text; tags, anchors, aliases and merge keys are refused; a key that
stands twice is an error and not a silent overwrite.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

import yaml

from funding_model.problems import Problem
from funding_model.scenario.plain import MOST_LEVELS, MOST_VALUES, shown, too_deep, too_many

LONGEST_TEXT: Final = 2_000_000
"""Bytes in a file: a scenario of two hundred services needs a quarter of it."""
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANK: Final = frozenset({"", "~", "null", "Null", "NULL"})
_YES_OR_NO: Final = {
    form: word in {"yes", "true"}
    for word in ("yes", "no", "true", "false")
    for form in (word, word.capitalize(), word.upper())
}
_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)
_SURELY_WHOLE: Final = 18
"""Characters up to which a whole number of JSON is one here too."""
_NUMBER: Final = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?", re.ASCII)
_BRACKET: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""A bracket of JSON, or a whole quoted text, so that the brackets in it are passed over."""
_QUOTED: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BARE_BRACKET: Final = re.compile(r"[\[\]{}]")
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
_SYNTAX: Final = {
    "cannot start any token": (
        "a tab or a sign that means something in YAML stands where a value should begin.",
        "Indent with spaces, and put quotation marks round text that begins with a sign such as @, % or `.",
    ),
    "mapping values are not allowed": (
        "a colon stands where YAML does not expect one.",
        "Put quotation marks round text that holds a colon followed by a space, and check the indentation.",
    ),
    "did not find expected key": (
        "the indentation changes in the middle of a group.",
        "Start all fields of one group in the same column.",
    ),
    "could not find expected ':'": (
        "a field has no colon after its name.",
        "Write each field as name: value.",
    ),
    "unexpected end of stream": (
        "a quotation mark or a bracket is opened and never closed.",
        "Close it.",
    ),
    "control characters are not allowed": (
        "there is a control character in the file.",
        "Delete it; it may be invisible in your editor.",
    ),
}


def read_document(text: str | bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the mapping that a YAML or JSON text holds, or the problems that keep it from being read."""
    value, problems = read_value(text)
    if problems:
        return None, problems
    if value is None:
        return None, [Problem("", "there is nothing in this file.", "Enter a scenario, or start from an example.")]
    if not isinstance(value, dict):
        return None, [
            Problem(
                "",
                f"a scenario is a group of fields, but this file holds {shown(value)}.",
                "Begin with the fields name, organisation, services and contracts.",
            )
        ]
    return value, []


def read_value(text: str | bytes) -> tuple[Any, list[Problem]]:
    """Return whatever value a YAML or JSON text holds, with the problems that keep it from being read."""
    decoded, problems = _decoded(text)
    if problems:
        return None, problems
    try:
        if decoded.lstrip()[:1] in {"{", "["}:
            try:
                return _read_json(decoded), []
            except json.JSONDecodeError:
                return _read_yaml(decoded), []
        return _read_yaml(decoded), []
    except _RefusedError as refused:
        return None, [refused.problem]
    except yaml.YAMLError as error:
        return None, [_syntax_problem(error)]


def plain_scalar(text: str) -> str | int | float | bool | None:
    """Return what unquoted text means: blank, yes or no, a number, or else the text itself."""
    if text in _BLANK:
        return None
    if text in _YES_OR_NO:
        return _YES_OR_NO[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        number = float(text)
        return text if number in {float("inf"), float("-inf")} else number
    return text


class _RefusedError(Exception):
    """Carries the problem for which a text is refused out of the reader's depths."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def _decoded(text: str | bytes) -> tuple[str, list[Problem]]:
    if len(text) > LONGEST_TEXT:
        return "", [
            Problem(
                "",
                f"the file is too large: it has {len(text):,} characters, and {LONGEST_TEXT:,} is the limit.",
                "Split it into several scenarios.",
            )
        ]
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        decoded.encode("utf-8")
    except UnicodeError:
        return "", [
            Problem("", "the file is not text in UTF-8.", "Save it as UTF-8 text; a workbook is read as a workbook.")
        ]
    if "\0" in decoded:
        line = decoded[: decoded.index("\0")].count("\n") + 1
        return "", [Problem(f"line {line}", "there is a NUL character in the file.", "Save it as plain UTF-8 text.")]
    return decoded, []


def _syntax_problem(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}" if mark is not None else ""
    said = " ".join(str(getattr(error, "problem", None) or getattr(error, "reason", None) or "").split())
    for sign, (message, remedy) in _SYNTAX.items():
        if sign in said:
            return Problem(where, message, remedy)
    return Problem(where, f"this is not YAML: {said or 'it cannot be read'}.", "Compare it with an example.")


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    value: dict[str, Any] | list[Any]
    line: int
    key: str | None = None
    key_lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Builds one plain value from a stream of YAML events."""

    def __init__(self) -> None:
        self.result: Any = None
        self._open: list[_Open] = []
        self._values = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take in one event.

        Raises:
            _RefusedError: The event is something that a scenario may not hold.
        """
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                _refuse(line, "a second document begins here.", "Keep one scenario in each file.")
        elif isinstance(event, yaml.NodeEvent):
            self._check(event, line)
            if isinstance(event, yaml.ScalarEvent):
                self._take_scalar(event, line)
            else:
                opened: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
                self._put(opened, line)
                self._open.append(_Open(opened, line))
                if len(self._open) > MOST_LEVELS:
                    raise _RefusedError(too_deep(f"line {line}"))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()

    def _check(self, event: yaml.NodeEvent, line: int) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            raise _RefusedError(too_many(f"line {line}"))
        if event.anchor is not None:
            _refuse(
                line,
                "anchors and aliases (& and *) are not read here.",
                "Write the value out, use service_templates, or put quotation marks round text that begins so.",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            _refuse(
                line,
                f"tags are not read here, and this value has the tag {shown(tag)}.",
                "Delete the tag, or put quotation marks round text that begins with an exclamation mark.",
            )

    def _take_scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._take_key(top, event.value, line, plain=event.style in {None, ""})
            return
        self._put(plain_scalar(event.value) if event.style in {None, ""} else event.value, line)

    def _take_key(self, top: _Open, key: str, line: int, *, plain: bool) -> None:
        if plain and key == "<<":
            _refuse(line, "merge keys (<<) are not read here.", "Write the fields out, or use service_templates.")
        if key in top.key_lines:
            _refuse(
                line, f"the key {shown(key)} is there twice, first on line {top.key_lines[key]}.", "Keep one of them."
            )
        top.key = key
        top.key_lines[key] = line

    def _put(self, value: Any, line: int) -> None:  # noqa: ANN401 - a plain value of any kind
        if not self._open:
            self.result = value
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is None:
            _refuse(line, "a list or a group stands where the name of a field should be.", "Write name: value.")
        else:
            top.value[top.key] = value
            top.key = None


def _refuse(line: int, message: str, remedy: str) -> None:
    raise _RefusedError(Problem(f"line {line}", message, remedy))


def _read_yaml(text: str) -> Any:  # noqa: ANN401 - a plain value of any kind
    builder = _Builder()
    for event in yaml.parse(text, Loader=_LOADER):
        builder.take(event)
    return builder.result


def _read_json(text: str) -> Any:  # noqa: ANN401 - a plain value of any kind
    if _levels(text) > MOST_LEVELS:
        _refuse_too_deep(text)
    return json.loads(
        text,
        object_pairs_hook=_json_mapping,
        parse_constant=_refuse_constant,
        parse_int=_json_whole,
        parse_float=plain_scalar,
    )


def _levels(text: str) -> int:
    """Return how deep the groups and lists of JSON are nested."""
    return max(accumulate(map(_STEPS.__getitem__, _BARE_BRACKET.findall(_QUOTED.sub("", text)))), default=0)


def _refuse_too_deep(text: str) -> None:
    level = 0
    for bracket in _BRACKET.finditer(text):
        level += _STEPS.get(bracket.group(), 0)
        if level > MOST_LEVELS:
            line = text[: bracket.start()].count("\n") + 1
            raise _RefusedError(too_deep(f"line {line}"))


def _json_mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise _RefusedError(Problem("", f"the key {shown(twice)} is there twice in one group.", "Keep one of them."))
    return mapping


def _refuse_constant(constant: str) -> None:
    message = f"{constant} is not a number that can be used."
    raise _RefusedError(Problem("", message, "Enter a number, or leave it out."))


def _json_whole(digits: str) -> str | int | float | bool | None:
    return int(digits) if len(digits) <= _SURELY_WHOLE else plain_scalar(digits)
