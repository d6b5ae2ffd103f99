"""Together: ranges that go up and down with each other, chosen by name; what contradicts itself is said beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import combinations
from typing import Final

import streamlit as st

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.uncertainty.ranges import ranges_of
from funding_model.questions.uncertainty.sampling import correlation_matrix
from funding_model.scenario.plain import Place, place_of
from funding_model.ui import state
from funding_model.ui.entry.documents import Document, added, list_at, removed, with_value
from funding_model.ui.evaluation import read_text
from funding_model.ui.fields import faults_under, field, show_faults
from funding_model.ui.show import explain

CORRELATIONS: Place = ("correlations",)
FEWEST: Final = 2
"""Ranges that it takes for two to go together."""


def edit_together() -> None:
    """Let pairs of ranges be named that are not independent of each other."""
    ranges, wrong = drawn_ranges(state.text())
    entries = list_at(state.document(), CORRELATIONS)
    explain(
        "Ranges are drawn independently of each other unless you say here that two go together: near 1 means that both "
        "are high or low at once, 0 that they have nothing to do with each other, near −1 that one is high where the "
        "other is low."
    )
    for index, entry in enumerate(entries):
        with st.container(border=True):
            _edit_pair(index, entry, ranges, wrong)
    whole = [problem for problem in wrong if problem.where == place_of(CORRELATIONS)]
    show_faults([replace(problem, where="", message=f"These pairs {problem.message}") for problem in whole])
    if len(ranges) < FEWEST:
        st.caption(
            f"It takes two ranges that are drawn, and {'one is' if ranges else 'none is'} entered. Enter low, value "
            "and high for an assumption above, and choose a distribution."
        )
    st.button(
        "Add a pair of ranges", key="add-pair", disabled=len(ranges) < FEWEST, on_click=_add, args=(list(ranges),)
    )


@lru_cache(maxsize=16)
def drawn_ranges(text: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return what every range that is drawn is called, by its place, and what is wrong with those that go together.

    While a scenario is not whole there are none to choose from.
    """
    scenario, _ = read_text(text)
    if scenario is None:
        return {}, ()
    drawn = ranges_of(scenario).drawn
    try:
        correlation_matrix(scenario, drawn)
    except ProblemsError as error:
        return {each.path: each.label for each in drawn}, tuple(error.problems)
    return {each.path: each.label for each in drawn}, ()


def _edit_pair(index: int, entry: Document, ranges: dict[str, str], wrong: Sequence[Problem]) -> None:
    place = (*CORRELATIONS, index)
    first, second, closeness = st.columns(3, vertical_alignment="bottom")
    for area, name, label in ((first, "first", "This range"), (second, "second", "goes with")):
        with area:
            _choose_range((*place, name), f"{label}, pair {index + 1}", str(entry.get(name) or ""), ranges)
    with closeness:
        field((*place, "rank_correlation"), f"How closely, from −1 to 1, pair {index + 1}", stale=False)
    field((*place, "rationale"), f"Why, pair {index + 1}", stale=False)
    own = [*faults_under(place), *(each for each in wrong if f"{each.where}.".startswith(f"{place_of(place)}."))]
    said = {place_of((*place, name)) for name in ("rank_correlation", "rationale")}
    show_faults(list(dict.fromkeys(Problem("", each.message, each.remedy) for each in own if each.where not in said)))
    st.button(
        "Take this pair away",
        key=f"drop-pair-{index}",
        help=f"Pair {index + 1}",
        on_click=state.edit,
        args=(removed, CORRELATIONS, index),
    )


def _choose_range(place: Place, label: str, held: str, ranges: dict[str, str]) -> None:
    whole = held if held in ranges else f"assumptions.{held}" if f"assumptions.{held}" in ranges else held
    options = list(ranges) if whole in ranges else [whole, *ranges]
    key = f"{place_of(place)}-{state.current().fields}"
    st.selectbox(
        label,
        options,
        index=options.index(whole),
        format_func=partial(_range_label, ranges),
        key=key,
        on_change=_chosen,
        args=(place, key),
    )


def _range_label(ranges: dict[str, str], path: str) -> str:
    return ranges.get(path, f"{path} (no range is drawn there)")


def _chosen(place: Place, key: str) -> None:
    state.save(with_value(state.document(), place, state.entered(key)), fields_stale=False)


def _add(paths: Sequence[str]) -> None:
    taken = [{entry.get("first"), entry.get("second")} for entry in list_at(state.document(), CORRELATIONS)]
    free = [pair for pair in combinations(paths, 2) if set(pair) not in taken]
    first, second = free[0] if free else (paths[0], paths[1])
    state.edit(added, CORRELATIONS, {"first": first, "second": second, "rank_correlation": 0})
