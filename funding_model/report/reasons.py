"""Reasons: what the commands that say why print, from what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from funding_model.problems import Problem, ProblemsError
from funding_model.questions import gap
from funding_model.questions.bridge import Bridge, End, bridge
from funding_model.questions.bridge.document import as_csv, as_document
from funding_model.questions.bridge.results import MAIN, RESULTS
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.explain import document as explanation
from funding_model.questions.explain import explain
from funding_model.questions.explain.document import Asked
from funding_model.questions.notes import LIMITS
from funding_model.questions.tidy import table_csv
from funding_model.report.asking import (
    CHECK_FAILED,
    OK,
    Answer,
    as_json,
    check_services,
    load_all,
    overrides_of,
    sensible_figures,
)
from funding_model.report.bridges import bridge_text
from funding_model.report.explanations import DEFAULT_DEPTH, explanation_text, figures_text
from funding_model.report.gaps import gap_text
from funding_model.report.plain import wrapped
from funding_model.scenario.scenario import Scenario

OF_BOTH_ENDS: Final = ("horizon_years", "organisation.first_month")
"""Places at which both ends of a bridge must agree, so that another value there is laid over both."""
EVERY_RESULT: Final = "all"


def answer_bridge(
    sources: Sequence[str],
    *,
    start: str | None,
    ends: Sequence[str],
    settings: Sequence[str],
    results: Sequence[str],
    style: str,
) -> Answer:
    """Share out the difference between contracts of a scenario, or between two scenarios.

    Raises:
        ProblemsError: Something that was entered cannot be used, or the two ends cannot be compared.
    """
    first, second = _both_ends(sources, settings)
    chosen = start or first.base or first.contracts[0].name
    wanted = list(dict.fromkeys(ends)) or _other_ends(first, second, chosen)
    asked = list(RESULTS) if EVERY_RESULT in results else list(dict.fromkeys(results)) or list(MAIN)
    with sensible_figures(second.name):
        bridges = [bridge(End(first, chosen), End(second, name), asked) for name in wanted]
    return _printed(bridges, style), OK, ()


def _both_ends(sources: Sequence[str], settings: Sequence[str]) -> tuple[Scenario, Scenario]:
    overrides = overrides_of(settings)
    shared = {path: value for path, value in overrides.items() if path in OF_BOTH_ENDS}
    if len(sources) > 2:  # noqa: PLR2004 - two ends
        raise ProblemsError([Problem("", "a bridge has two ends.", "Name one scenario or two.")])
    (first,) = load_all(sources[:1], shared)
    if len(sources) == 1 and overrides == shared:
        return first, first
    (second,) = load_all(sources[-1:], overrides)
    return first, second


def _other_ends(first: Scenario, second: Scenario, chosen: str) -> list[str]:
    """Return the contracts that a bridge leads to when none is named."""
    if first is not second:
        return [chosen]
    others = [contract.name for contract in first.contracts if contract.name != chosen]
    if not others:
        message = "has one contract only, so there is nothing to go to."
        raise ProblemsError([Problem("contracts", message, "Add a contract, or change an input: --set PATH=VALUE.")])
    return others


def _printed(bridges: Sequence[Bridge], style: str) -> str:
    if style == "csv":
        return as_csv(bridges)
    if style == "json":
        documents = [as_document(each) for each in bridges]
        return as_json(documents if len(documents) > 1 else documents[0])
    return "\n\n\n".join([*(bridge_text(each) for each in bridges), _limits()])


def _limits() -> str:
    """Return what holds for every result."""
    return "\n".join(wrapped(" ".join(LIMITS)))


def answer_gap(
    source: str, *, contracts: Sequence[str], settings: Sequence[str], style: str, services: Sequence[str] = ()
) -> Answer:
    """Put every pound between full cost, price and surplus down to the rule that caused it.

    Args:
        source: Id of the library or path.
        contracts: The contracts to show; all when there are none.
        settings: Other values, each as ``PATH=VALUE``.
        style: ``table``, ``json`` or ``csv``.
        services: How the table shows the services: words of ``plain.SERVICES``, or names.

    Raises:
        ProblemsError: Something that was entered cannot be used.
    """
    comparison = _compared(source, contracts, settings)
    check_services(services, [comparison.scenario], style)
    code = OK if comparison.passed else CHECK_FAILED
    if style == "csv":
        return gap.as_csv(comparison), code, ()
    if style == "json":
        return as_json(gap.as_document(comparison)), code, ()
    return f"{gap_text(comparison, services)}\n\n{_limits()}", code, ()


def _compared(source: str, contracts: Sequence[str], settings: Sequence[str]) -> Comparison:
    (scenario,) = load_all([source], overrides_of(settings))
    with sensible_figures(scenario.name):
        comparison = compare(scenario, contracts)
        comparison.evaluation.gap  # noqa: B018 - drawn up here, so that figures too far apart are told in words
    return comparison


def answer_explain(
    source: str,
    *,
    contract: str | None,
    figure: str | None,
    of: tuple[str | None, str | None],
    settings: Sequence[str],
    depth: int | None,
    style: str,
) -> Answer:
    """Explain a figure of a contract, down to what was typed.

    Args:
        source: Id of the library or path.
        contract: Name of a contract; the base when None.
        figure: Name of a figure.
        of: A service and a financial year; all of them where None.
        settings: Other values, each as ``PATH=VALUE``.
        depth: How many levels to show; by default three in a table, and all of them in JSON and CSV.
        style: ``table``, ``json`` or ``csv``.

    Raises:
        ProblemsError: Something that was entered cannot be used, or a name is unknown.
    """
    if not figure:
        raise ProblemsError([Problem("--figure", "no figure is named.", "Name one of those of explain --list.")])
    comparison = _compared(source, [contract] if contract else [], settings)
    asked = Asked(contract or comparison.base, figure, *of)
    root = explain(comparison, asked.contract, figure, asked.service, asked.year)
    code = OK if comparison.passed else CHECK_FAILED
    if style == "csv":
        return explanation.as_csv(root, depth), code, ()
    if style == "json":
        return as_json(explanation.as_document(comparison, asked, root, depth)), code, ()
    return explanation_text(root, DEFAULT_DEPTH if depth is None else depth), code, ()


def answer_figures(style: str) -> Answer:
    """List every figure that can be explained."""
    if style == "csv":
        rows = (
            (row["figure"], row["label"], row["unit"], " ".join(row["of_one"])) for row in explanation.figure_list()
        )
        return table_csv(("figure", "label", "unit", "of_one"), rows), OK, ()
    return (as_json(explanation.figure_list()) if style == "json" else figures_text()), OK, ()
