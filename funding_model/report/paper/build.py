"""Build: a comparison, and the other answers that are wanted, as one report."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from string import ascii_uppercase
from typing import Final

from funding_model import __version__
from funding_model.questions.compare import Comparison, data_date
from funding_model.report.paper.asked import ALWAYS, ANNEXES, Asked, Choices, refuse
from funding_model.report.paper.basis import assumptions, basis
from funding_model.report.paper.board import board
from funding_model.report.paper.cash import cash
from funding_model.report.paper.content import Paper, Section, figures, made_inert
from funding_model.report.paper.drawing import svg_of
from funding_model.report.paper.layouts import layouts
from funding_model.report.paper.money import money, results
from funding_model.report.paper.plans import delivery, support_costs, sure, takes, workforce
from funding_model.report.paper.reasons import reasons
from funding_model.report.rows import period
from funding_model.report.sentences import listed, quoted
from funding_model.scenario.dumping import input_hash

Progress = Callable[[float, str], None]
"""Is told the share that is done, and what comes next; what it raises ends the work."""
PARTS: Final[dict[str, Callable[[Asked], Section]]] = {
    "money": money,
    "results": results,
    "why": reasons,
    "sure": sure,
    "takes": takes,
    "cash": cash,
    "delivery": delivery,
    "workforce": workforce,
    "support_costs": support_costs,
    "layouts": layouts,
    "assumptions": assumptions,
}
"""What builds each annex."""
HASH_SHOWN: Final = 12
SUBTITLE: Final = "Scenario report: what the services cost, and what changes with the contract"
OPEN_BOOK: Final = "Open-book scenario report: what the services cost, and what changes with the contract"


def paper_of(comparison: Comparison, choices: Choices | None = None, progress: Progress | None = None) -> Paper:
    """Return the report of a comparison; its charts are drawn beside the work, on another core.

    Args:
        comparison: The contracts; the report's differences are those from its base.
        choices: What the report is to hold; everything when None.
        progress: Is told how far it is.

    Raises:
        ProblemsError: What is chosen cannot be had, or something that was entered cannot be costed or drawn.
    """
    wanted = choices or Choices()
    refuse(wanted, comparison.scenario)
    asked = Asked(comparison, wanted)
    chosen = [name for name in ANNEXES if name in wanted.annexes]
    named = [*((ANNEXES[name], PARTS[name]) for name in chosen), (ALWAYS, basis)]
    annexes = []
    with ThreadPoolExecutor(1) as draughtsman:
        for number, (title, build) in enumerate(named):
            if progress is not None:
                progress(number / len(named), title)
            section = build(asked)
            annexes.append((title, section))
            for each in figures((section,)):
                draughtsman.submit(svg_of, each.specification)
    lettered = (
        replace(section, title=f"Annex {letter}. {title}", annex=True)
        for letter, (title, section) in zip(ascii_uppercase, annexes, strict=False)
    )
    whole = Paper(
        title=comparison.scenario.name,
        subtitle=OPEN_BOOK if wanted.open_book else SUBTITLE,
        facts=_facts(asked),
        sections=(*board(asked), *lettered),
        stamp=f"Funding model calculator {__version__}, input {input_hash(comparison.scenario)[:HASH_SHOWN]}",
    )
    return made_inert(whole)


def day_words(iso: str) -> str:
    """Return a date as people write it: ``22 November 2026``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def _facts(asked: Asked) -> tuple[tuple[str, str], ...]:
    comparison = asked.comparison
    names = [quoted(name) for name in comparison.contracts]
    found = [
        ("Provider", comparison.scenario.organisation.name),
        ("Period", period(comparison)),
        ("Contracts", listed(names)),
        ("Base", quoted(comparison.base)),
        ("Public figures of", day_words(data_date())),
    ]
    return tuple(fact for fact in found if fact[0] != "Base" or asked.others)
