"""Explain: any figure as a tree, from its formula in words down to what was typed or published.

Each node holds its value, its unit, the operation that makes it of its parts, the stage of the core that does so, and
at the end of each branch where the value comes from. Values are the core's own; the tree is true when every node is
what its operation makes of its parts, which tests work out again for all figures.
"""

from __future__ import annotations

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.questions.explain.case import Case
from funding_model.questions.explain.figures import FIGURES, SERVICE, YEAR, Figure
from funding_model.questions.explain.node import Entry, Node
from funding_model.scenario.explain_errors import nearest, quoted_names

__all__ = ["FIGURES", "Case", "Entry", "Figure", "Node", "explain", "explain_in"]


def explain(
    comparison: Comparison, contract: str, figure: str, service: str | None = None, year: str | None = None
) -> Node:
    """Explain a figure of a contract.

    Args:
        comparison: The contracts compared.
        contract: Name of one of them.
        figure: One of ``FIGURES``.
        service: Name of a service; all of them when None.
        year: A financial year such as ``2026-27``; all of them when None.

    Raises:
        ProblemsError: A name is unknown, or the figure is not one of a single service or year.
    """
    if contract not in comparison.contracts:
        message = f'no contract of this comparison is called "{contract}".'
        raise ProblemsError([Problem("contract", message, f"Choose from {quoted_names(comparison.contracts)}.")])
    return explain_in(Case(comparison, contract), figure, service, year)


def explain_in(case: Case, figure: str, service: str | None = None, year: str | None = None) -> Node:
    """Explain a figure of a case that several figures are asked of, so that they share what they rest on.

    Raises:
        ProblemsError: A name is unknown, or the figure is not one of a single service or year.
    """
    found = FIGURES.get(figure)
    if found is None:
        message = f'there is no figure called "{figure}"{nearest(figure, FIGURES)}'
        raise ProblemsError([Problem("figure", message, "See explain --list.")])
    names = [each.name for each in case.scenario.services]
    problems = []
    for what, asked, known in ((SERVICE, service, names), (YEAR, year, case.years)):
        if asked is None:
            continue
        if what not in found.takes:
            message = f'"{figure}" is not a figure of one {what}.'
            problems.append(Problem(what, message, "Leave it out."))
        elif asked not in known:
            problems.append(
                Problem(what, f'there is no {what} called "{asked}".', f"Choose from {quoted_names(known)}.")
            )
    if problems:
        raise ProblemsError(problems)
    services = tuple(range(len(names))) if service is None else (names.index(service),)
    years = tuple(range(len(case.years))) if year is None else (case.years.index(year),)
    return found.build(case, services, years)
