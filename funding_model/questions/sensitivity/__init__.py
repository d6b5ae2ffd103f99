"""Sensitivity: which inputs a result depends on: one by one, by their share of its variance, and two at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from funding_model.costing.arrays import Floats
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.questions.notes.contracts import CHANCES, COUNTED_BY_CHANCE
from funding_model.questions.notes.note import Note, listed
from funding_model.questions.results import Record
from funding_model.questions.sensitivity.grid import Axis, TwoWay, axis_of, two_way
from funding_model.questions.sensitivity.indices import Indices, sobol_indices
from funding_model.questions.sensitivity.tornado import Bar, tornado
from funding_model.questions.sheet import about, notes_of
from funding_model.questions.uncertainty.asked import Asked, settle
from funding_model.questions.uncertainty.distributions import quantile
from funding_model.questions.uncertainty.drawing import USUAL_WORK, Work, evaluate_draws
from funding_model.questions.uncertainty.ranges import Range, ranges_of
from funding_model.questions.uncertainty.simulation import MOST_SEED, USUAL_SEED
from funding_model.scenario.scenario import Scenario

FEWEST_SAMPLES, USUAL_SAMPLES, MOST_SAMPLES = 64, 256, 16_384
FEWEST_STEPS, USUAL_STEPS, MOST_STEPS = 2, 7, 25
BY_ONE, SHARES = "one input at a time", "shares of the variance"
"""What a note is about."""
HEADINGS: Final = (
    "scenario", "contract", "than", "result", "year", "question", "input", "input_2", "source", "measure", "at",
    "at_2", "value",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """How sensitivity is looked at.

    Attributes:
        spread: Part of its value by which an assumption without a range goes down and up; None leaves it out.
        samples: Base samples of the indices; 0 leaves them out.
        seed: Seed of the indices.
        grid: Two inputs, each ``NAME`` or ``NAME=LOW:HIGH``; empty for no grid.
        steps: Values of each input of the grid.
    """

    spread: float | None = None
    samples: int = USUAL_SAMPLES
    seed: int = USUAL_SEED
    grid: Sequence[str] = field(default=())
    steps: int = USUAL_STEPS


USUAL_SETTINGS: Final = Settings()


def sensitivity(
    scenario: Scenario, asked: Asked, settings: Settings = USUAL_SETTINGS, work: Work = USUAL_WORK
) -> Record:
    """Return what a result depends on, in the shape of the JSON.

    Args:
        scenario: What was entered.
        asked: The result.
        settings: How sensitivity is looked at.
        work: How the cases are evaluated.

    Raises:
        ProblemsError: Something that was entered or asked for cannot be used.
    """
    _check_the_settings(settings)
    comparison, asked = settle(scenario, asked)
    axes = [axis_of(comparison, asked.contract, each, settings.steps) for each in settings.grid]
    years = comparison.prepared.dates.year_labels()
    central, bars = tornado(scenario, asked, years, settings.spread, work)
    drawn = [each for each in ranges_of(scenario).drawn if each.concerns(scenario, asked.names)]
    indices = None
    if drawn and settings.samples:
        indices = _indices(comparison, asked, drawn, settings, work)
    grid = two_way(comparison, asked, axes[0], axes[1], work) if axes else None
    return {
        "scenario": scenario.name,
        "contract": asked.contract,
        "than": asked.than,
        "result": asked.record(),
        "central": central,
        "spread": settings.spread,
        "tornado": [_bar(bar, central) for bar in bars],
        "indices": None if indices is None else _indices_record(indices, drawn, settings.seed),
        "grid": None if grid is None else _grid_record(grid),
        "notes": notes_of(_notes(comparison, asked, bars, drawn, indices)),
        **about(comparison),
    }


def _check_the_settings(settings: Settings) -> None:
    problems = []
    if settings.spread is not None and not 0 < settings.spread < 1:
        message = f"must be above 0 and below 100 per cent; you entered {100 * settings.spread:g}."
        problems.append(Problem("--spread", message, "Enter 10 for 10 per cent."))
    if settings.samples and not FEWEST_SAMPLES <= settings.samples <= MOST_SAMPLES:
        message = f"must be 0 for none, or between {FEWEST_SAMPLES} and {MOST_SAMPLES:,}."
        problems.append(Problem("--samples", message, f"{USUAL_SAMPLES} are usual."))
    if not 0 <= settings.seed <= MOST_SEED:
        problems.append(Problem("--seed", f"must be between 0 and {MOST_SEED:,}.", "Any whole number will do."))
    if len(settings.grid) not in (0, 2):
        problems.append(Problem("--grid", "needs two inputs.", "Name two, such as uplift and assumptions.turnover."))
    if not FEWEST_STEPS <= settings.steps <= MOST_STEPS:
        message = f"must be between {FEWEST_STEPS} and {MOST_STEPS}; you entered {settings.steps}."
        problems.append(Problem("--steps", message, f"{USUAL_STEPS} are usual."))
    if problems:
        raise ProblemsError(problems)


def _indices(comparison: Comparison, asked: Asked, drawn: Sequence[Range], settings: Settings, work: Work) -> Indices:
    years = comparison.prepared.dates.year_labels()

    def result(shares: Floats) -> Floats:
        draws = {each.place: quantile(each, shares[:, number]) for number, each in enumerate(drawn)}
        return asked.of(evaluate_draws(comparison.scenario, asked.names, draws, len(shares), work), years)

    return sobol_indices(result, len(drawn), settings.samples, settings.seed)


def _bar(bar: Bar, central: float) -> Record:
    return {
        **asdict(bar),
        "change_low": bar.at_low - central,
        "change_high": bar.at_high - central,
        "swing": bar.swing,
    }


def _indices_record(indices: Indices, drawn: Sequence[Range], seed: int) -> Record:
    columns = {name: getattr(indices, name) for name in ("first", "first_error", "total", "total_error")}
    return {
        "samples": indices.samples,
        "seed": seed,
        "evaluations": indices.evaluations,
        "mean": indices.mean,
        "variance": indices.variance,
        "inputs": [
            {
                "place": each.path,
                "label": each.label,
                **{name: None if values is None else float(values[number]) for name, values in columns.items()},
            }
            for number, each in enumerate(drawn)
        ],
    }


def _axis(axis: Axis) -> Record:
    return {
        "name": axis.input.name,
        "label": axis.input.label,
        "unit": axis.input.unit,
        "values": list(axis.values),
    }


def _grid_record(grid: TwoWay) -> Record:
    return {
        "first": _axis(grid.first),
        "second": _axis(grid.second),
        "results": [list(row) for row in grid.results],
    }


def _notes(
    comparison: Comparison, asked: Asked, bars: Sequence[Bar], drawn: Sequence[Range], indices: Indices | None
) -> list[Note]:
    found = [Note(BY_ONE, "Each input goes to its low and its high while all others stay as entered.")]
    if not bars:
        text = (
            "No assumption is entered as a range, and nothing is made up: ask for a spread to see what each would do."
        )
        found = [Note(BY_ONE, text)]
    if any(bar.source == "spread" for bar in bars):
        text = "Where no range is entered, the input goes down and up by the spread asked for, which is no evidence."
        found.append(Note(BY_ONE, text))
    if any(bar.swing > 0 and bar.place.endswith(CHANCES) for bar in bars):
        found.append(Note("chance of going on", COUNTED_BY_CHANCE))
    scenario = comparison.scenario
    not_drawn = [each.label for each in ranges_of(scenario).not_drawn if each.concerns(scenario, asked.names)]
    if not drawn:
        found.append(Note(SHARES, "No range has a distribution, so there are no shares of variance."))
    elif indices is not None:
        text = (
            "Losses of a service are weighted by their chance, not drawn, so their own share of variance is not in it."
        )
        found.append(Note(SHARES, text))
        if not_drawn:
            found.append(Note(SHARES, f"Ranges without a distribution are not in it: {listed(not_drawn)}."))
        if comparison.scenario.correlations:
            found.append(Note(SHARES, "Ranges are drawn as if independent; correlations entered are left out."))
        if indices.first is None:
            found.append(
                Note(
                    "shares of the variance",
                    "The result does not depend on what is drawn, so there is no variance to share.",
                )
            )
    return found


def sensitivity_rows(document: Record) -> list[tuple[str | float | None, ...]]:
    """Return tornado, indices and grid as rows."""
    result = document["result"]
    about_it = (
        document["scenario"], document["contract"], document["than"] or "", result["name"], result["year"] or "",
    )  # fmt: skip
    shares = [] if document["indices"] is None else document["indices"]["inputs"]
    rows: list[tuple[str | float | None, ...]] = [
        (*about_it, "tornado", bar["place"], "", bar["source"], end, bar[end], None, bar[f"at_{end}"])
        for bar in document["tornado"]
        for end in ("low", "high")
    ]
    rows += [
        (*about_it, "indices", each["place"], "", "range", name, None, None, each[name])
        for each in shares
        for name in ("first", "first_error", "total", "total_error")
    ]
    grid = document["grid"]
    if grid is not None:
        names = (grid["first"]["name"], grid["second"]["name"])
        rows += [
            (*about_it, "grid", *names, "", "result", one, other, value)
            for one, row in zip(grid["first"]["values"], grid["results"], strict=True)
            for other, value in zip(grid["second"]["values"], row, strict=True)
        ]
    return rows
