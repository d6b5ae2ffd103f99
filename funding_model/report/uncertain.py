"""Uncertain: what the commands about uncertainty print, from what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from funding_model.questions.break_even import HEADINGS as BREAK_EVEN_HEADINGS
from funding_model.questions.break_even import Wanted, break_even, break_even_rows
from funding_model.questions.compare import compare
from funding_model.questions.sensitivity import HEADINGS as SENSITIVITY_HEADINGS
from funding_model.questions.sensitivity import Settings, sensitivity, sensitivity_rows
from funding_model.questions.uncertainty.asked import Asked
from funding_model.questions.uncertainty.document import HEADINGS, simulation_document, simulation_rows
from funding_model.questions.uncertainty.drawing import Work
from funding_model.questions.uncertainty.sampling import Sampler
from funding_model.questions.uncertainty.simulation import simulate
from funding_model.report.asking import Answer, load_all, overrides_of, sensible_figures
from funding_model.report.breaking_even import break_even_text
from funding_model.report.chances import simulation_text
from funding_model.report.planning import code_of, printed
from funding_model.report.progress import progress_on_a_terminal
from funding_model.report.sensitivities import sensitivity_text
from funding_model.scenario.scenario import Scenario


def answer_simulate(
    source: str,
    *,
    contracts: Sequence[str],
    settings: Sequence[str],
    draws: int,
    seed: int,
    sampler: Sampler,
    style: str,
) -> Answer:
    """Draw what is not certain in a scenario, and say what follows for its contracts.

    Raises:
        ProblemsError: Something that was entered cannot be used.
    """
    (scenario,) = load_all([source], overrides_of(settings))
    with sensible_figures(scenario.name):
        simulation = simulate(
            scenario, contracts, draws=draws, seed=seed, sampler=sampler, work=Work(progress=progress_on_a_terminal())
        )
        document = simulation_document(simulation)
    text = printed(document, style, simulation_text, HEADINGS, simulation_rows)
    return text, code_of(simulation.comparison), ()


def answer_sensitivity(
    source: str, asked: Mapping[str, Any], looked_at: Mapping[str, Any], *, settings: Sequence[str], style: str
) -> Answer:
    """Say which inputs a result depends on.

    Raises:
        ProblemsError: Something that was entered or asked for cannot be used.
    """
    (scenario,) = load_all([source], overrides_of(settings))
    work = Work(progress=progress_on_a_terminal())
    with sensible_figures(scenario.name):
        document = sensitivity(scenario, Asked(**asked), Settings(**looked_at), work)
        code = _code_as_entered(scenario, document)
    return printed(document, style, sensitivity_text, SENSITIVITY_HEADINGS, sensitivity_rows), code, ()


def answer_break_even(source: str, asked: Mapping[str, Any], *, settings: Sequence[str], style: str) -> Answer:
    """Find where a result comes to a target.

    Raises:
        ProblemsError: Something that was entered or asked for cannot be used.
    """
    (scenario,) = load_all([source], overrides_of(settings))
    with sensible_figures(scenario.name):
        document = break_even(scenario, Wanted(**asked), progress_on_a_terminal())
        code = _code_as_entered(scenario, document)
    return printed(document, style, break_even_text, BREAK_EVEN_HEADINGS, break_even_rows), code, ()


def _code_as_entered(scenario: Scenario, document: Mapping[str, Any]) -> int:
    """Return the exit code: 1 when a check of the results fails for the contracts asked about, as they are entered."""
    return code_of(compare(scenario, [name for name in (document["contract"], document["than"]) if name]))
