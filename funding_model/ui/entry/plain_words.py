"""Plain words: problems as they are said to those who fill in forms, and do not know a file's names of fields."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from funding_model.problems import Problem
from funding_model.scenario.choices import CHOICES, DRIVER_NAMES
from funding_model.scenario.titles import title_of

_DRIVER: Final = re.compile(r" \((?:" + "|".join(DRIVER_NAMES) + r")\)")
_RULE: Final = re.compile(r'the rule "(\w+)"')
_ENTRY: Final = re.compile(r'write "(\w+): (\w+)"')
_NAME: Final = re.compile(r'"?\b([a-z]+(?:_[a-z]+)+)\b"?')
_PREDICATES: Final = (
    "can", "cannot", "does", "has", "holds", "is", "leaves", "may", "must", "names", "needs", "reads", "rejects",
    "rests", "sets", "stands", "sums", "was",
)  # fmt: skip
"""Words with which a message begins that speaks of the field it belongs to."""
MOST_KEPT: Final = 500


@lru_cache(maxsize=MOST_KEPT)
def in_plain_words(problem: Problem) -> Problem:
    """Return a problem whose message and remedy call fields and choices what the pages call them."""
    return Problem(problem.where, _plain(problem.message), _plain(problem.remedy))


def _plain(text: str) -> str:
    text = _DRIVER.sub("", text)
    text = _RULE.sub(lambda found: f"the rule {_choice(found[1], 'overhead_rule')}", text)
    text = _ENTRY.sub(lambda found: f"choose {_choice(found[2], found[1])} as “{title_of(found[1])}”", text)
    return _NAME.sub(lambda found: _choice(found[1]), text)


def _choice(value: str, field: str = "") -> str:
    """Return what a page calls a choice, or else a field, of this name."""
    named = [words for (of, choice), words in CHOICES.items() if choice == value and field in ("", of)]
    return f"“{DRIVER_NAMES.get(value) or (named[0] if named else title_of(value))}”"


def sentence(problem: Problem) -> str:
    """Return what is wrong and what to do, in sentences that stand beside the field, or name where it is."""
    message, where = problem.message, f"{problem.where}: " if " " in problem.where else ""
    if message.partition(" ")[0] in _PREDICATES:
        message = f"it {message}"
    elif not where:
        message = message[:1].upper() + message[1:]
    return f"{where}{message} {problem.remedy}".strip()
