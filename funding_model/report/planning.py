"""Planning: what the commands that ask "what would it take" print, from what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.change import change_need
from funding_model.questions.change.asked import AddedPosts, Change
from funding_model.questions.change.document import HEADINGS as CHANGE_HEADINGS
from funding_model.questions.change.document import as_document as change_document
from funding_model.questions.change.document import change_rows
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.drivers import HEADINGS as DRIVERS_HEADINGS
from funding_model.questions.drivers import drivers, drivers_rows
from funding_model.questions.ladder import HEADINGS as LADDER_HEADINGS
from funding_model.questions.ladder import ladder, ladder_rows
from funding_model.questions.tidy import table_csv
from funding_model.questions.waiting import HEADINGS as WAITING_HEADINGS
from funding_model.questions.waiting import waiting, waiting_rows
from funding_model.questions.workforce import HEADINGS as WORKFORCE_HEADINGS
from funding_model.questions.workforce import workforce, workforce_rows
from funding_model.report.asking import CHECK_FAILED, OK, Answer, as_json, load_all, overrides_of, sensible_figures
from funding_model.report.change import change_text
from funding_model.report.drivers import drivers_text
from funding_model.report.ladder import ladder_text
from funding_model.report.progress import progress_on_a_terminal
from funding_model.report.waiting import waiting_text
from funding_model.report.workforce import workforce_text
from funding_model.scenario.plain import clean

Document = dict[str, Any]


def printed(
    document: Document,
    style: str,
    text: Callable[[Document], str],
    headings: Sequence[str],
    rows: Callable[[Document], Sequence[tuple[str | float | None, ...]]],
) -> str:
    """Return an answer as a table for people, JSON or CSV."""
    if style == "json":
        return as_json(document)
    return table_csv(headings, rows(document)) if style == "csv" else text(document)


def code_of(comparison: Comparison) -> int:
    """Return the exit code: 1 when a check of the results fails."""
    return OK if comparison.passed else CHECK_FAILED


def answer_change(
    source: str, contracts: Sequence[str], settings: Sequence[str], change: Change, posts: Sequence[str], style: str
) -> Answer:
    """Apply a change of need in mid-contract to each contract.

    Raises:
        ProblemsError: Something that was entered or asked cannot be used.
    """
    added = _added_posts(posts)
    (scenario,) = load_all([source], overrides_of(settings))
    asked = replace(change, posts=added)
    with sensible_figures(scenario.name):
        changed = change_need(compare(scenario, contracts), asked)
        document = change_document(changed)
    code = OK if changed.before.passed and changed.after.passed else CHECK_FAILED
    return printed(document, style, change_text, CHANGE_HEADINGS, change_rows), code, ()


def _added_posts(texts: Sequence[str]) -> tuple[AddedPosts, ...]:
    found, problems = [], []
    for text in texts:
        name, _, heads = text.rpartition("=")
        try:
            found.append(AddedPosts(name.strip(), float(heads)))
        except ValueError:
            message = "must be the title of a post and a number of people."
            problems.append(Problem(f"--post {clean(text)}", message, "Write it as TITLE=HEADS."))
    if problems:
        raise ProblemsError(problems)
    return tuple(found)


def answer_drivers(source: str, contracts: Sequence[str], settings: Sequence[str], style: str) -> Answer:
    """Show what every service would bear of the support costs under every reasonable way of sharing them.

    Raises:
        ProblemsError: Something that was entered cannot be used.
    """
    (scenario,) = load_all([source], overrides_of(settings))
    with sensible_figures(scenario.name):
        comparison = compare(scenario, contracts)
        document = drivers(comparison)
    return printed(document, style, drivers_text, DRIVERS_HEADINGS, drivers_rows), code_of(comparison), ()


def answer_ladder(
    source: str, contracts: Sequence[str], settings: Sequence[str], service: str | None, style: str
) -> Answer:
    """Show the prices between which to negotiate, and the smallest concessions that break even.

    Raises:
        ProblemsError: Something that was entered cannot be used.
    """
    (scenario,) = load_all([source], overrides_of(settings))
    with sensible_figures(scenario.name):
        comparison = compare(scenario, contracts)
        document = ladder(comparison, service, progress_on_a_terminal())
    return printed(document, style, ladder_text, LADDER_HEADINGS, ladder_rows), code_of(comparison), ()


def answer_waiting(
    source: str, contracts: Sequence[str], settings: Sequence[str], asked: Mapping[str, str | None], style: str
) -> Answer:
    """Show early intervention, people reached and the waiting list, and what clearing it would take.

    Args:
        source: The scenario.
        contracts: The contracts; all when empty.
        settings: Other values at some places.
        asked: ``clear_by``, ``start`` and ``service``.
        style: table, json or csv.

    Raises:
        ProblemsError: Something that was entered or asked cannot be used.
    """
    (scenario,) = load_all([source], overrides_of(settings))
    with sensible_figures(scenario.name):
        comparison = compare(scenario, contracts)
        document = waiting(comparison, **asked, progress=progress_on_a_terminal())
    return printed(document, style, waiting_text, WAITING_HEADINGS, waiting_rows), code_of(comparison), ()


def answer_workforce(source: str, contracts: Sequence[str], settings: Sequence[str], style: str) -> Answer:
    """Plan the workforce of a scenario under each of its contracts.

    Raises:
        ProblemsError: Something that was entered cannot be used.
    """
    (scenario,) = load_all([source], overrides_of(settings))
    with sensible_figures(scenario.name):
        comparison = compare(scenario, contracts)
        document = workforce(comparison)
    text = printed(document, style, workforce_text, WORKFORCE_HEADINGS, workforce_rows)
    return text, code_of(comparison), ()
