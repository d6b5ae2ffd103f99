"""Places: where something stands in a scenario, said with the names that the visitor has given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from funding_model.problems import Problem
from funding_model.scenario.change_texts import noun_of
from funding_model.scenario.titles import assumption_title, title_of, upper_first
from funding_model.ui.entry.completeness import page_of
from funding_model.ui.entry.documents import Document
from funding_model.ui.entry.plain_words import in_plain_words

PAGES: Final = ("organisation", "services", "contracts", "assumptions")
"""The pages on which a scenario is entered, in the order of the work."""


def place_words(where: str, document: Document) -> str:
    """Return a place such as ``services.1.posts.2.fte`` in words: ``Family support hub, Key worker, FTE``."""
    found: list[str] = []
    value: Any = document
    noun = ""
    for part in where.split("."):
        if part.isdigit() and noun:
            items = value if isinstance(value, list) else []
            value = items[int(part) - 1] if 0 < int(part) <= len(items) else None
            found[-1] = str((value.get("name") if isinstance(value, dict) else "") or f"{upper_first(noun)} {part}")
            noun = ""
        else:
            value = value.get(part) if isinstance(value, dict) else None
            noun = noun_of(part, title_of(part))
            found.append(assumption_title(part) if found[-1:] == [title_of("assumptions")] else title_of(part))
    return ", ".join(found)


def in_the_order_of_the_work(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems as the pages follow each other on which they are put right."""
    return sorted(problems, key=lambda problem: PAGES.index(page_of(problem)))


def placed(problems: Iterable[Problem], document: Document) -> list[Problem]:
    """Return problems with a scenario, each in plain words and with its place, in the order of the work."""
    return [
        replace(in_plain_words(problem), where=place_words(problem.where, document))
        for problem in in_the_order_of_the_work(problems)
    ]
