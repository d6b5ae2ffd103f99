"""Assuming: the fields in which an assumption is entered: a value or a range, how likely its values are, its source."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from funding_model.reference.defaults import AssumptionDefault
from funding_model.scenario.assumptions import YearlyGrowth
from funding_model.scenario.columns import kind_at
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.scenario import Scenario
from funding_model.ui import state
from funding_model.ui.assumed import chances, words_of
from funding_model.ui.entry.documents import value_at, with_value
from funding_model.ui.fields import faults_under, field, fields, show_faults
from funding_model.ui.html import table_html
from funding_model.ui.show import explain, subheading
from funding_model.ui.years import financial_years

DISCRETE: Final = "discrete"
OF_A_SPAN: Final = ("low", "value", "high")
OF_A_LIST: Final = ("value", "values", "weights")
WHERE_FROM: Final = ("status", "date", "review_by")
WHY: Final = ("source", "rationale")


def show_default(default: AssumptionDefault) -> None:
    """Say what an assumption is, what holds without a figure of the visitor's own, and what is off meanwhile."""
    held = ", ".join(words_of(default, state.document()).splitlines()).replace(":,", ":")
    lines = [default.help, f"Default: {held}. {default.basis if default.basis != default.help else ''}".strip()]
    if default.alternative is not None:
        lines.append(f"An alternative, never filled in: {default.alternative:g}. {default.alternative_note}")
    if default.off_message:
        lines.append(f"While it is blank or does nothing: {default.off_message}")
    explain(*lines)


def edit_assumption(place: Place, default: AssumptionDefault) -> None:
    """Show the fields of one assumption, whatever kind it is of, with the way back to its default."""
    model = kind_at(Scenario, place).model
    if model is None:
        field(place, default.title, stale=False)
    elif model is YearlyGrowth:
        _edit_growth(place, default)
    else:
        edit_range(place, default)
        fields([(*place, each) for each in WHERE_FROM], stale=False)
        fields([(*place, each) for each in WHY], columns=2, stale=False)
    with st.container(horizontal=True):
        st.button(
            "Go back to the default",
            key=f"reset-{default.name}",
            disabled=value_at(state.document(), place) is None,
            on_click=state.edit,
            args=(with_value, place, None),
        )
        if None not in (default.low, default.value, default.high):
            st.button(
                "Take the published range",
                key=f"published-{default.name}",
                help="Low, value and high as published, most often near the value.",
                on_click=_take_published,
                args=(place, default),
            )


def go_back_to_all_defaults(chosen: str) -> None:
    """Take every figure of the visitor's own out of the assumptions that a list holds when the button is pressed."""
    holder = state.entered(chosen)
    if holder[0] != "contracts":  # theirs are terms as well, and are taken back one by one
        state.edit(with_value, holder, None)


def edit_range(place: Place, default: AssumptionDefault) -> None:
    """Show the fields of a value and of the range round it; what does not fit is said below the field that it is of."""
    held = value_at(state.document(), place)
    group = held if isinstance(held, dict) else {}
    discrete = group.get("distribution") == DISCRETE
    field((*place, "distribution"), "Distribution of the range", stale=False)
    wanted, others = (OF_A_LIST, OF_A_SPAN) if discrete else (OF_A_SPAN, OF_A_LIST)
    # What no longer belongs to the distribution stays in sight until it is taken out.
    left_over = tuple(each for each in others if group.get(each) is not None and each not in wanted)
    fields([(*place, each) for each in (*wanted, *left_over)], stale=False)
    if discrete:
        _show_chances(group, default.unit)
    shown = {place_of((*place, each)) for each in ("distribution", *wanted, *left_over)}
    left = [problem for problem in faults_under(place) if problem.where not in shown and _is_of(problem.where, place)]
    show_faults([replace(problem, where="") for problem in left])


def _is_of(where: str, place: Place) -> bool:
    """Return whether a fault is of an assumption's numbers: those of a range inside it are said there."""
    here = place_of(place)
    return where == here or where.removeprefix(f"{here}.") in ("distribution", *OF_A_SPAN, *OF_A_LIST)


def _show_chances(group: dict[str, object], unit: str) -> None:
    values, weights = group.get("values"), group.get("weights")
    if not isinstance(values, list) or not isinstance(weights, list) or len(values) != len(weights):
        st.caption("Write the values, and as many weights, in the same order, with semicolons between them.")
    elif weights and min(weights) >= 0 and sum(weights):
        st.html(table_html(chances(values, weights, unit)))


def _edit_growth(place: Place, default: AssumptionDefault) -> None:
    fields([(*place, each) for each in ("every_year", "added")], columns=2, stale=False)
    explain("Or single years; the others follow the forecast:")
    years = financial_years(state.document())
    fields([(*place, "by_year", year) for year in years], columns=4, stale=False)
    fields([(*place, each) for each in WHERE_FROM], stale=False)
    fields([(*place, each) for each in WHY], columns=2, stale=False)
    subheading(
        "How far it may turn out otherwise",
        "A value or a range that is added to every year’s growth from the second year on. Prices agreed on the "
        "forecast follow the path above; costs, and prices that follow an index, follow what it turns out to be.",
    )
    edit_range((*place, "outturn_added"), default)
    show_faults([problem for problem in faults_under(place) if problem.where == place_of(place)])


def _take_published(place: Place, default: AssumptionDefault) -> None:
    group = {
        "low": default.low,
        "value": default.value,
        "high": default.high,
        "distribution": "triangular",
        "status": "published" if default.source_title else default.status,
        "source": default.source_title,
        "date": default.date,
        "rationale": default.basis,
    }
    state.edit(with_value, place, {name: value for name, value in group.items() if value not in (None, "")})
