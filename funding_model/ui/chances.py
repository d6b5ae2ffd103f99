"""Chances: what a simulation draws, chosen and worked out, and its answer laid out for the page *How sure*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, get_args

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.uncertainty.sampling import Sampler
from funding_model.questions.uncertainty.simulation import FIRST_DRAWS, MOST_DRAWS, MOST_SEED, USUAL_DRAWS, USUAL_SEED
from funding_model.report.chance_charts import curve_chart, fan_chart
from funding_model.report.chances import (
    BY_YEAR,
    HEADLINE,
    better_grid,
    better_sentences,
    breach_sentences,
    breaches_grid,
    convergence_grid,
    draws_grid,
    enough_sentences,
    inputs_grid,
    result_grid,
    results_grid,
    simulation_sentences,
    years_grid,
)
from funding_model.report.words import number
from funding_model.ui import frame, state
from funding_model.ui.asked import DRAWN, Document, drawn
from funding_model.ui.kept import Progress, answered
from funding_model.ui.sheets import show_grids, show_sentences
from funding_model.ui.show import caption, explain, look, show_chart

DRAWS: Final = (FIRST_DRAWS, 2_000, USUAL_DRAWS, MOST_DRAWS)
DRAWS_KEY: Final = "draws"
SPREAD: Final[Mapping[Sampler, str]] = {
    "sobol": "Evenly over all ranges at once (Sobol sequence)",
    "latin_hypercube": "Evenly over each range (Latin hypercube)",
}
LARGEST_SEED: Final = min(MOST_SEED, 2**53 - 1)
"""Browsers count whole numbers exactly up to here."""


def choose_draws(comparison: Comparison) -> Document:
    """Let the visitor choose how much is drawn, and return what follows; a first answer comes from few draws."""
    draws = st.selectbox("Number of draws", DRAWS, format_func=number, key=DRAWS_KEY)
    samplers: tuple[Sampler, ...] = get_args(Sampler)
    with st.expander("How the draws are made, to repeat them exactly"):
        first, second = st.columns(2)
    sampler = first.selectbox("How the draws are spread", samplers, format_func=SPREAD.__getitem__, key="sampler")
    seed = second.number_input("Seed: the same one gives the same draws", 0, LARGEST_SEED, USUAL_SEED, key="seed")
    chosen = (state.text(), comparison.contracts, comparison.base, draws, int(seed), sampler)
    return answered(
        DRAWN,
        chosen,
        partial(_work, *chosen),
        what=f"Working out {number(draws)} draws",
        on_cancel=partial(state.put, DRAWS_KEY, FIRST_DRAWS),
    )


def _work(
    text: str, contracts: tuple[str, ...], base: str, draws: int, seed: int, sampler: Sampler, progress: Progress
) -> Document:
    return drawn(text, contracts, base, draws, seed, sampler, progress)


def show_nothing_uncertain(document: Document) -> None:
    """Say plainly that nothing is uncertain, what to enter, and where."""
    st.info(simulation_sentences(document)[0])
    explain(
        "To see how sure the results are, enter a range for at least one assumption: the lowest and the highest value "
        "that you think reasonable, the likeliest between them, and a distribution, such as triangular.",
        "Or enter a chance below 100% that an award is renewed or extended, or a chance that a break clause is used.",
    )
    frame.link("assumptions", "Enter ranges: Assumptions")
    frame.link("contracts", "Enter chances of renewal: Contracts side by side")


def show_better(document: Document) -> None:
    """Show how often one contract is better than another."""
    show_sentences(better_sentences(document))
    show_grids([better_grid(document)])


def show_limits(document: Document) -> None:
    """Show how often limits of cash and reserves are broken."""
    show_sentences(breach_sentences(document))
    show_grids([breaches_grid(document)])


def show_curves(document: Document) -> None:
    """Show the whole distribution of one result under every contract."""
    contracts: Sequence[Document] = document["contracts"]
    labels = {each["result"]: each["label"] for each in contracts[0]["results"]}
    names = [each["result"] for each in contracts[0]["curves"]]
    result = st.selectbox(
        "Result", names, index=names.index(HEADLINE), format_func=labels.__getitem__, key="curve-result"
    )
    caption(f"{labels[result]}: the share of draws in which it is at most this much")
    show_chart(curve_chart(contracts, result, look()))
    explain(
        "The steeper a curve, the surer the result. P10 is the amount that one draw in ten does not exceed, P50 the "
        "middle of the draws, and P90 the amount that nine in ten do not exceed."
    )
    show_grids([result_grid(document, result)])


def show_years(document: Document, comparison: Comparison) -> None:
    """Show one contract: a result by year as a fan, and every result over the whole period."""
    contract = frame.choose_contract(comparison, "fan-contract")
    found = next(each for each in document["contracts"] if each["name"] == contract)
    labels = {each["result"]: each["label"] for each in found["years"]}
    names = [name for name in BY_YEAR if name in labels]
    result = st.selectbox(
        "Result by year", names, index=names.index(HEADLINE), format_func=labels.__getitem__, key="fan-result"
    )
    caption(f"{labels[result]} under {contract}: the middle of the draws, and the band that holds four of five")
    show_chart(fan_chart(found, result, look()))
    show_grids([years_grid(found), results_grid(found)])


def show_draws(document: Document) -> None:
    """Show whether there were enough draws, and what was drawn."""
    show_sentences(enough_sentences(document))
    show_grids([convergence_grid(document), draws_grid(document), inputs_grid(document["inputs"])])
