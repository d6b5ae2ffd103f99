"""Origins: which figure is to be taken apart, how deep the visitor has gone into it, and the way here from results."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.explain import FIGURES, Node
from funding_model.questions.explain.document import Asked
from funding_model.report.rows import GAP_LABELS
from funding_model.ui import frame, state
from funding_model.ui.asked import explanation_csv, explanation_json
from funding_model.ui.show import drawer
from funding_model.ui.trees import at_path, with_parts

FIGURE, OF_CONTRACT, OF_SERVICE, OF_YEAR = "figure", "contract", "service", "year"
SERVICE, YEAR = "service", "year"
USUAL: Final = "full_cost"
GAP: Final = "gap_"
"""Begins the names of the steps of the gap."""


def offer_origins(names: Iterable[str], contract: str, service: str | None = None, about: str = "") -> None:
    """Offer the way to where figures come from, in a drawer: a link to each takes the browser as long as a field.

    Args:
        names: The figures.
        contract: Of which contract.
        service: Of which service; all of them when left out.
        about: What they are about, where a page offers this more than once.
    """
    with drawer(f"Where does it come from?{f' {about}' if about else ''}") as opened:
        if not opened:
            return
        with st.container(horizontal=True):
            for name in names:
                figure = FIGURES[name]
                asked = {FIGURE: name, OF_CONTRACT: contract}
                if service is not None and SERVICE in figure.takes:
                    asked[OF_SERVICE] = service
                frame.link("figures", _figure_label(name), asked)


def choose_figure(comparison: Comparison) -> Asked:
    """Let the visitor choose a figure, a contract, a service and a year; what the address asks for comes first."""
    wanted = {name: st.query_params.get(name, "") for name in (FIGURE, OF_CONTRACT, OF_SERVICE, OF_YEAR)}
    mark = frame.key("-".join(wanted.values()))
    first, second = st.columns(2)
    names = list(FIGURES)
    name = first.selectbox(
        "Figure",
        names,
        index=_place(names, wanted[FIGURE] or USUAL),
        format_func=_figure_label,
        key=f"figure-{mark}",
    )
    contracts = list(comparison.contracts)
    contract = second.selectbox(
        "Contract",
        contracts,
        index=_place(contracts, wanted[OF_CONTRACT] or comparison.base),
        key=f"of-contract-{mark}",
    )
    takes = FIGURES[name].takes
    services: list[str | None] = [None, *(service.name for service in comparison.scenario.services)]
    years: list[str | None] = [None, *comparison.prepared.dates.year_labels()]
    service = year = None
    first, second = st.columns(2)
    if SERVICE in takes:
        service = first.selectbox(
            "Service",
            services,
            index=_place(services, wanted[OF_SERVICE]),
            format_func=partial(_or_all, "All services"),
            key=f"of-service-{mark}",
        )
    if YEAR in takes:
        year = second.selectbox(
            "Financial year",
            years,
            index=_place(years, wanted[OF_YEAR]),
            format_func=partial(_or_all, "Whole period"),
            key=f"of-year-{mark}",
        )
    return Asked(contract, name, service, year)


def _figure_label(name: str) -> str:
    """Return what a figure is called; a step of the gap as everywhere on the pages."""
    return GAP_LABELS.get(name.removeprefix(GAP)) or FIGURES[name].label


def _place(options: list[str] | list[str | None], wanted: str) -> int:
    return options.index(wanted) if wanted in options else 0


def _or_all(everything: str, name: str | None) -> str:
    return everything if name is None else name


def choose_part(root: Node, asked: Asked) -> list[Node]:
    """Let the visitor go into a part of a figure and back; return the figures from the root to where they are."""
    key = f"path-{asked}"
    path = _path(str(state.entered(key) or ""))
    here = at_path(root, path)
    parts = with_parts(here[-1])
    options: list[tuple[int, ...] | None] = [None, *parts]
    chooser = f"into-{asked}-{path}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Go into",
            options,
            format_func=partial(_part_label, parts),
            key=chooser,
            on_change=_go_into,
            args=(key, chooser, path),
        )
        st.button("Back to the whole figure", key="whole-figure", disabled=not path, on_click=state.put, args=(key, ""))
    return here


def _part_label(parts: dict[tuple[int, ...], str], path: tuple[int, ...] | None) -> str:
    return "(choose a part)" if path is None else parts[path]


def _path(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(".") if each)


def _go_into(key: str, chooser: str, path: tuple[int, ...]) -> None:
    chosen = state.entered(chooser)
    if chosen is not None:
        state.put(key, ".".join(map(str, (*path, *chosen))))


def offer_explanation(comparison: Comparison, asked: Asked) -> None:
    """Offer the whole tree as files."""
    chosen = (state.text(), comparison.contracts, comparison.base, asked)
    with st.container(horizontal=True):
        for label, make, ending, kind in (
            ("The whole tree for a spreadsheet (CSV)", explanation_csv, "csv", "text/csv"),
            ("The whole tree (JSON)", explanation_json, "json", "application/json"),
        ):
            st.download_button(
                label, partial(make, *chosen), f"{asked.figure}.{ending}", kind, on_click="ignore", key=f"tree-{ending}"
            )
