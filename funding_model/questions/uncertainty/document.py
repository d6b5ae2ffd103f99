"""Document: the answer to *simulate* as plain data for JSON and CSV, described key by key in ``docs/json.md``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from itertools import permutations
from typing import Final

from funding_model.costing.arrays import Floats
from funding_model.questions.document import FAMILIES_RESULTS
from funding_model.questions.notes.contracts import chances_of_renewal
from funding_model.questions.notes.note import ORGANISATION, Note, listed
from funding_model.questions.results import Record
from funding_model.questions.sheet import about, notes_of
from funding_model.questions.totals import Totals
from funding_model.questions.uncertainty.distributions import cut_off
from funding_model.questions.uncertainty.outcomes import Yearly
from funding_model.questions.uncertainty.ranges import Range
from funding_model.questions.uncertainty.sampling import REPLICATES
from funding_model.questions.uncertainty.simulation import Simulation
from funding_model.questions.uncertainty.statistics import (
    chance,
    convergence,
    curve,
    enough_draws,
    estimate,
    ties,
)
from funding_model.reference.defaults import assumption_defaults
from funding_model.scenario.columns import in_unit

BETTER: Final = {
    "provider": ("surplus_posts_filled", 1.0),
    "public purse": ("purse_total", -1.0),
    "families": ("weeks_lost", -1.0),
}
"""By which result a contract is better for whom, and whether more of it is better (1) or less (-1)."""
HEADLINES: Final = ("surplus", "surplus_posts_filled", "purse_total", "weeks_lost", "lowest_cash")
"""Results of which the whole distribution is given."""
PART_OF_THE_COST: Final = "cost_with_people"
"""A part of another result, kept for the cost of each person."""
AS_DRAWN: Final = "_as_drawn"
"""Ends the name of a limit's probability that counts the services lost in a draw."""
BLANK: Final = {"probability": None, "standard_error": None}
NOTHING_UNCERTAIN: Final = (
    "Nothing in this scenario is uncertain: no assumption is entered as a range with a distribution, and no contract "
    "has a chance of losing a service. Every draw would be the same, so one case was evaluated."
)
CONTINUING: Final = "Cash and reserves are those if everything continues, in every draw."
DRAWN_LIMITS: Final = (
    "Cash and reserves by year, and lowest cash, are those if everything continues, in every draw. How often limits "
    "are broken is told for that, and for services ending where they are drawn to end, with what their loss costs."
)
ENDED_SOONER: Final = (
    "The contracts differ in the chance that a service goes on. From the date at which a draw ends it, a service earns "
    "and costs nothing: one that makes a loss then loses less, which is no gain."
)
HEADINGS: Final = ("contract", "year", "result", "unit", "mean", "standard_error", "p10", "p50", "p90", "central")


def simulation_document(simulation: Simulation) -> Record:
    """Return a simulation as plain data: numbers unrounded, None where something does not apply."""
    comparison = simulation.comparison
    scenario = comparison.scenario
    return {
        "scenario": scenario.name,
        "base": comparison.base,
        "draws": simulation.draws,
        "seed": simulation.seed,
        "sampler": simulation.sampler,
        "replicates": REPLICATES if simulation.uncertain else None,
        "uncertain": simulation.uncertain,
        "contracts": [_contract(simulation, number) for number in range(len(comparison.contracts))],
        "probabilities": [*_better(simulation), *_breaches(simulation)],
        "differences": _differences(simulation),
        "inputs": [_input(each) for each in simulation.ranges.drawn],
        "loss_drawn": simulation.loss_drawn,
        "notes": notes_of(_notes(simulation)),
        **about(comparison),
    }


def results_shown(simulation: Simulation) -> list[str]:
    """Return the names of the results that mean something: those of families only when a service supports people."""
    people = bool(simulation.comparison.prepared.inputs.people.counted.any())
    left_out = {PART_OF_THE_COST} if people else {PART_OF_THE_COST, *FAMILIES_RESULTS}
    return [item.name for item in fields(Totals) if item.name not in left_out]


def _contract(simulation: Simulation, number: int) -> Record:
    outcomes, comparison = simulation.outcomes[number], simulation.comparison
    labels = {item.name: item.metadata for item in fields(Totals)}
    shown = results_shown(simulation)
    headlines = [name for name in HEADLINES if name in shown]
    return {
        "name": comparison.contracts[number],
        "results": [
            {
                "result": name,
                "label": labels[name]["label"],
                "unit": labels[name]["unit"],
                **asdict(estimate(getattr(outcomes.totals, name))),
                "central": float(getattr(comparison.totals, name)[number]),
            }
            for name in shown
        ],
        "years": list(_years(simulation, outcomes.yearly)),
        "curves": [
            {
                "result": name,
                "unit": labels[name]["unit"],
                "points": [{"share": share, "value": value} for share, value in curve(getattr(outcomes.totals, name))],
            }
            for name in headlines
        ],
        "convergence": [
            {
                "result": name,
                "unit": labels[name]["unit"],
                "enough_draws": enough_draws(getattr(outcomes.totals, name)) if simulation.uncertain else None,
                "steps": [
                    {**asdict(step), "within": step.within} for step in convergence(getattr(outcomes.totals, name))
                ],
            }
            for name in headlines
        ],
    }


def _years(simulation: Simulation, yearly: Yearly) -> Iterator[Record]:
    for place, label in enumerate(simulation.comparison.prepared.dates.year_labels()):
        for item in fields(Yearly):
            yield {
                "year": label,
                "result": item.name,
                "label": item.metadata["label"],
                "unit": item.metadata["unit"],
                **asdict(estimate(getattr(yearly, item.name)[:, place])),
            }


def _better(simulation: Simulation) -> Iterator[Record]:
    """Yield how often each contract is better than each other one, for whom."""
    names, shown = simulation.comparison.contracts, results_shown(simulation)
    for ledger, (result, sign) in BETTER.items():
        if result not in shown:
            continue
        for one, other in permutations(range(len(names)), 2):
            ours, theirs = (sign * _total(simulation, number, result) for number in (one, other))
            same = ties(ours, theirs)
            yield {
                "question": "better",
                "ledger": ledger,
                "result": result,
                "contract": names[one],
                "than": names[other],
                **asdict(chance((ours > theirs) & ~same)),
                "tie": chance(same).probability,
            }


def _breaches(simulation: Simulation) -> Iterator[Record]:
    """Yield how often cash or reserves fall below what the organisation has set itself.

    Both are told for everything continuing and, where losses are drawn, for services ending where they are drawn to.
    """
    organisation = simulation.comparison.scenario.organisation
    policy = organisation.reserves_policy_months is not None and organisation.opening_free_reserves is not None
    known = {"below_minimum_cash": organisation.opening_cash is not None, "below_reserves_policy": policy}
    for name, outcomes in zip(simulation.comparison.contracts, simulation.outcomes, strict=True):
        for limit, applies in known.items():
            for question in (limit, f"{limit}{AS_DRAWN}") if simulation.loss_drawn else (limit,):
                found = asdict(chance(getattr(outcomes, question))) if applies else BLANK
                yield {
                    "question": question,
                    "ledger": "cash",
                    "result": None,
                    "contract": name,
                    "than": None,
                    **found,
                    "tie": None,
                }


def _differences(simulation: Simulation) -> list[Record]:
    """Return what each contract differs by from the base in the same draws."""
    comparison, labels = simulation.comparison, {item.name: item.metadata for item in fields(Totals)}
    base = comparison.contracts.index(comparison.base)
    return [
        {
            "contract": name,
            "base": comparison.base,
            "result": result,
            "unit": labels[result]["unit"],
            **asdict(estimate(_total(simulation, number, result) - _total(simulation, base, result))),
        }
        for number, name in enumerate(comparison.contracts)
        if number != base
        for result in HEADLINES
        if result in results_shown(simulation)
    ]


def _total(simulation: Simulation, number: int, result: str) -> Floats:
    values: Floats = getattr(simulation.outcomes[number].totals, result)
    return values


def _input(drawn: Range) -> Record:
    assumption = drawn.assumption
    return {
        "place": drawn.path,
        "label": drawn.label,
        "unit": drawn.unit.name,
        "distribution": assumption.distribution,
        "low": assumption.low,
        "value": assumption.value,
        "high": assumption.high,
        "values": list(assumption.values),
        "weights": list(assumption.weights),
        "cut_off": cut_off(drawn),
    }


def _notes(simulation: Simulation) -> Iterator[Note]:
    """Yield what a reader must know of these draws."""
    ranges, organisation = simulation.ranges, simulation.comparison.scenario.organisation
    if simulation.uncertain:
        yield Note(
            "draws",
            "Standard errors come from 16 independent randomisations of the draws. They say how well the draws know "
            "the mean of what was entered, not how right the ranges are.",
        )
    else:
        yield Note("draws", NOTHING_UNCERTAIN)
    if simulation.loss_drawn:
        yield Note(
            "awards",
            "In each draw a service goes on or is lost at each date, by the chances entered; the same numbers decide a "
            "date under every contract.",
        )
        if any(chances_of_renewal(simulation.comparison)):
            yield Note("awards", ENDED_SOONER)
    yield Note("cash", DRAWN_LIMITS if simulation.loss_drawn else CONTINUING)
    for found, text in (
        (ranges.not_drawn, "Low and high are entered without a distribution, so every draw has the central value of"),
        (ranges.without_effect, "No result reads these ranges, so they are not drawn:"),
    ):
        if found:
            yield Note("assumptions", f"{text} {listed(each.label for each in found)}.")
    published = list(_published_ranges(simulation))
    if published:
        text = "These defaults have a published range, which is not drawn until you enter it with a distribution:"
        yield Note("assumptions", f"{text} {listed(published)}.")
    if organisation.opening_cash is None:
        yield Note(ORGANISATION, "Opening cash is blank, so the chance of falling below the minimum cash is not given.")
    if organisation.reserves_policy_months is None or organisation.opening_free_reserves is None:
        yield Note(
            ORGANISATION,
            "The reserves policy or opening reserves are blank, so the chance of breaching it is not given.",
        )


def _published_ranges(simulation: Simulation) -> Iterator[str]:
    """Yield the defaults in use that have a published range."""
    assumptions = simulation.comparison.scenario.assumptions
    for name, default in assumption_defaults().items():
        entered = getattr(assumptions, name, None)
        blank = name in type(assumptions).model_fields and (entered is None or getattr(entered, "value", None) is None)
        if blank and default.value is not None and default.low is not None and default.high is not None:
            yield f"{default.title} ({in_unit(default.low, default.unit)} to {in_unit(default.high, default.unit)})"


def simulation_rows(document: Record) -> list[tuple[str | float | None, ...]]:
    """Return a row for each contract and result, over the whole horizon and by year; a blank year is all of them."""
    return [
        tuple({"contract": contract["name"], "year": None, "central": None, **row}[column] for column in HEADINGS)
        for contract in document["contracts"]
        for row in (*contract["results"], *contract["years"])
    ]
