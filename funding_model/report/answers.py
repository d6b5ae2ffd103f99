"""Answers: what each command prints, from what was typed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.allocate import allocate_cases, allocation_table
from funding_model.questions.allocation import allocate_scenario
from funding_model.questions.compare import Comparison, compare, unlike
from funding_model.questions.document import as_document, csv_text, differences_across
from funding_model.report.asking import (
    BAD_INPUT,
    CHECK_FAILED,
    OK,
    Answer,
    as_json,
    check_services,
    is_path,
    load_all,
    load_source,
    named,
    overrides_of,
    sensible_figures,
)
from funding_model.report.plain import WIDTH, comparison_text, differences_text
from funding_model.report.saving import save_new
from funding_model.report.sentences import headlines
from funding_model.scenario.library import library_entry, library_ids, starter_document
from funding_model.scenario.library_files import library_document
from funding_model.scenario.plain import clean
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.schema import file_schema
from funding_model.scenario.yaml_text import LONGEST_TEXT, read_document


def answer_compare(
    sources: Sequence[str],
    *,
    contracts: Sequence[str],
    base: str | None,
    settings: Sequence[str],
    across: bool,
    style: str,
    services: Sequence[str] = (),
) -> Answer:
    """Compare the contracts of each scenario, or the scenarios with each other.

    Args:
        sources: Ids of the library or paths.
        contracts: The contracts to compare; all when there are none.
        base: The contract that the others are compared with.
        settings: Other values, each as ``PATH=VALUE``.
        across: Whether the scenarios are compared with the first of them.
        style: ``table``, ``json`` or ``csv``.
        services: How the table shows the services: words of ``plain.SERVICES``, or names.

    Raises:
        ProblemsError: Something that was entered cannot be used, or the scenarios cannot be compared.
    """
    scenarios = load_all(sources, overrides_of(settings))
    if across:
        _refuse_unlike(scenarios)
    check_services(services, scenarios, style)
    comparisons = [_compared(scenario, contracts, base) for scenario in scenarios]
    code = OK if all(comparison.passed for comparison in comparisons) else CHECK_FAILED
    documents = [as_document(comparison) for comparison in comparisons]
    if across:
        for comparison, document in zip(comparisons[1:], documents[1:], strict=True):
            document["across"] = differences_across(comparisons[0], comparison)
    if style == "csv":
        return csv_text(documents), code, ()
    if style == "json":
        return as_json(documents if len(documents) > 1 else documents[0]), code, ()
    return _tables(comparisons, documents, services), code, ()


def _tables(comparisons: Sequence[Comparison], documents: Sequence[dict[str, Any]], services: Sequence[str]) -> str:
    texts = [
        comparison_text(document, services, headlines(comparison))
        for comparison, document in zip(comparisons, documents, strict=True)
    ]
    across = [row for document in documents for row in document.get("across", [])]
    if across:
        title = f"Beside {documents[0]['scenario']}"
        texts.append("\n".join([title, "=" * min(len(title), WIDTH), "", *differences_text(across)]))
    return "\n\n\n".join(texts)


def _compared(scenario: Scenario, contracts: Sequence[str], base: str | None) -> Comparison:
    with sensible_figures(scenario.name):
        return compare(scenario, contracts, base)


def _refuse_unlike(scenarios: Sequence[Scenario]) -> None:
    first, *others = scenarios
    if not others:
        raise ProblemsError([Problem("--across", "there is one scenario only.", "Name two or more.")])
    problems = [problem for other in others for problem in unlike(first, other)]
    if problems:
        raise ProblemsError(dict.fromkeys(problems))


def answer_allocate(source: str, method: str, style: str) -> Answer:
    """Share the overheads of a scenario, or of every case of a file of cases.

    Raises:
        ProblemsError: There is no case that can be answered.
    """
    problems: list[Problem] = []
    cases = _cases_in(source)
    if cases is not None:
        answer, problems = allocate_cases(cases, method)
    else:
        (scenario,) = load_all([source], {})
        with sensible_figures(scenario.name):
            answer = allocate_scenario(scenario, method)
    if not answer["cases"]:
        raise ProblemsError(problems)
    return (as_json(answer) if style == "json" else allocation_table(answer)), BAD_INPUT if problems else OK, problems


def _cases_in(source: str) -> dict[str, Any] | None:
    """Return the document of a file of allocation cases; None when the source is anything else."""
    if not is_path(source):
        return None
    try:
        with Path(source).open("rb") as file:
            text = file.read(LONGEST_TEXT + 1)
    except (OSError, ValueError):
        return None
    document, _ = read_document(text)
    return document if document is not None and "cases" in document else None


def answer_validate(sources: Sequence[str]) -> Answer:
    """Say what each scenario holds, if nothing is wrong in any of them.

    Raises:
        ProblemsError: Something is wrong; every problem of every file is named.
    """
    lines, problems = [], []
    for source in sources:
        scenario, found = load_source(source)
        if scenario is not None and not found:
            found = _costing_problems(scenario)
            lines += _understood(source, scenario)
        problems += named(source, found) if len(sources) > 1 else found
    if problems:
        raise ProblemsError(problems)
    return "\n".join(lines), OK, ()


def _costing_problems(scenario: Scenario) -> list[Problem]:
    """Return what only comes to light when a scenario is costed."""
    try:
        _compared(scenario, (), None)
    except ProblemsError as error:
        return list(error.problems)
    return []


def _understood(source: str, scenario: Scenario) -> list[str]:
    organisation = scenario.organisation
    pools, others = len(organisation.pools), len(organisation.other_activities)
    lines = [
        f"{clean(source)}: {scenario.name}",
        f"  {_count(scenario.horizon_years, 'year')} from {organisation.first_month}, {organisation.name}",
        f"  {_count(pools, 'support pool')}, {_count(others, 'other activity', 'other activities')}",
    ]
    for service in scenario.services:
        heads = sum(post.headcount for post in service.posts)
        fte = sum(post.headcount * post.fte for post in service.posts)
        people = "people's side entered" if service.people else "no people's side"
        lines.append(
            f"  service {service.name}: {_count(len(service.posts), 'post')} "
            f"({_count(heads, 'person', 'people')}, {fte:g} FTE), "
            f"{_count(len(service.lines), 'line')} of other cost, {people}"
        )
    for contract in scenario.contracts:
        base = " (the base)" if contract.name == (scenario.base or scenario.contracts[0].name) else ""
        extended = f" and {_count(contract.term.extensions, 'extension')}" if contract.term.extensions else ""
        lines.append(f"  contract {contract.name}: {_count(contract.term.months, 'month')}{extended}{base}")
    return lines


def _count(number: float, one: str, several: str = "") -> str:
    return f"{number:g} {one if number == 1 else several or f'{one}s'}"


def answer_library(style: str) -> str:
    """List the scenarios of the library: id, name and the first sentence of the description."""
    entries = [library_entry(identifier) for identifier in library_ids()]
    if style == "json":
        return as_json([{"id": each, "name": name, "description": _one_line(about)} for each, name, about in entries])
    if not entries:
        raise ProblemsError(library_document("any")[1])
    lines = []
    for identifier, name, about in entries:
        lines += textwrap.wrap(f"{identifier}: {name}. {_one_line(about)}", WIDTH, subsequent_indent="  ")
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """Return the first sentence of a text."""
    sentence, stop, _ = " ".join(text.split()).partition(". ")
    return sentence + stop.strip()


def answer_schema() -> str:
    """Return the JSON Schema of a scenario's file."""
    return as_json(file_schema())


def answer_new(path: str | None) -> str:
    """Return the starter scenario, or save it in a file that must not exist yet and say so.

    Raises:
        ProblemsError: The file exists or cannot be written.
    """
    if path is None:
        return starter_document()
    save_new(starter_document().encode(), path)
    return f"A scenario to start from is in {path}. To see what it says: funding-model compare {path}"
