"""Frame: what stands beside every page: the scenario, the contracts, and problems with a file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.report.rows import period
from funding_model.scenario.library import library_ids, starter_document
from funding_model.ui import state
from funding_model.ui.evaluation import STARTER, compared, entry, read_library, read_text
from funding_model.ui.html import STYLE, markdown_text, paragraphs_html, table_html
from funding_model.ui.state import Workspace
from funding_model.ui.tables import problems_table

FIRST_SHOWN = "family_support_hub"
OWN_FILE = ""
"""Stands for the visitor's own file where a scenario of the library is chosen."""


def open_frame() -> None:
    """Lay out the side panel; open an example on a first visit; show problems with a file above the page."""
    st.html(STYLE)
    workspace = state.current()
    if workspace is None:
        workspace = _first_workspace()
        state.save(workspace)
    with st.sidebar:
        _choose_scenario(workspace)
        name, problems = _open_file(workspace)
        _choose_contracts(workspace)
    if problems:
        show_problems(f"The file {name} was not opened. The scenario before it is still shown.", problems)


def run(page: Callable[[], None]) -> None:
    """Run a page; where the calculator itself fails, say so in plain words and keep the details for the log."""
    try:
        page()
    except Exception:
        logging.getLogger(__name__).exception("a page failed")
        st.error(
            "The calculator failed on this page: this is its fault, not yours. Your scenario is still open. "
            "The details are in the terminal in which it was started; please report them."
        )


def comparison() -> Comparison:
    """Return the visitor's comparison; where there is none to show, say why in its place and end the page."""
    workspace = state.current()
    if workspace is None or not workspace.contracts:
        st.info("Tick at least one contract in the side panel.")
        st.stop()
    try:
        with st.spinner("Working it out"):
            return compared(workspace.document, workspace.contracts, workspace.base)
    except ProblemsError as error:
        show_problems("This scenario cannot be worked out yet.", error.problems)
        st.stop()


def show_problems(summary: str, problems: Sequence[Problem]) -> None:
    """Show what is wrong with a scenario: where, what, and what to do about it."""
    count = "One problem" if len(problems) == 1 else f"{len(problems)} problems"
    st.error(f"{markdown_text(summary)} {count}:")
    st.html(table_html(problems_table(problems)))


def show_scenario(found: Comparison) -> None:
    """Say which scenario is open, which months it covers, and where another is chosen."""
    scenario = found.scenario
    about = f"{scenario.name}. {scenario.organisation.name}, {period(found)}. Amounts are in pounds of each year."
    st.html(paragraphs_html([about]))
    st.caption(
        "Choose another scenario, a file of your own or other contracts in the side panel (» on a small screen)."
    )


def choose_service(found: Comparison) -> int | None:
    """Let the visitor choose one service or all of them; return its place, None for all."""
    names = tuple(service.name for service in found.scenario.services)
    if len(names) == 1:
        return None
    places: list[int | None] = [None, *range(len(names))]
    chosen: int | None = st.selectbox(
        "Services",
        places,
        format_func=partial(_service_label, names),
        key=key("service"),
    )
    return chosen


def _service_label(names: tuple[str, ...], place: int | None) -> str:
    return f"All {len(names)} services" if place is None else names[place]


def key(name: str) -> str:
    """Return the key of a widget whose choices depend on the scenario that is open."""
    workspace = state.current()
    return f"{name}-{workspace.revision if workspace else 0}"


def date_words(iso: str) -> str:
    """Return a date as people write it: ``22 November 2026``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def _first_workspace() -> Workspace:
    ids = library_ids()
    for identifier in dict.fromkeys([FIRST_SHOWN, *ids, STARTER]):
        scenario, _ = read_library(identifier)
        if scenario is not None:
            return state.workspace_of(scenario, source=identifier)
    raise ValueError("the starter scenario cannot be read")


def _choose_scenario(workspace: Workspace) -> None:
    options = [*([OWN_FILE] if workspace.file_name else []), *library_ids()]
    if workspace.source == STARTER or len(options) == 0:
        options.append(STARTER)
    widget = f"scenario-{workspace.files}"
    st.selectbox(
        "Scenario",
        options,
        index=options.index(workspace.source) if workspace.source in options else 0,
        format_func=partial(_scenario_label, workspace.file_name),
        key=widget,
        on_change=_scenario_chosen,
        args=(widget,),
        help="Worked examples. Their amounts are examples: replace them with your own.",
    )


def _scenario_label(file_name: str, identifier: str) -> str:
    if identifier == OWN_FILE:
        return f"Your file: {file_name}"
    try:
        return entry(identifier)[0]
    except ProblemsError:
        return identifier


def _scenario_chosen(key: str) -> None:
    workspace, identifier = state.current(), state.entered(key)
    if workspace is None or not identifier:
        return
    scenario, _ = read_library(identifier)
    if scenario is not None:
        state.save(workspace.with_scenario(scenario, source=identifier))


def _open_file(workspace: Workspace) -> tuple[str, tuple[Problem, ...]]:
    """Offer to open a file; return its name and the problems with it, if any."""
    with st.expander("Use a scenario of your own"):
        st.download_button(
            "Download a file to start from",
            starter_document(),
            "my_scenario.yaml",
            "application/yaml",
            on_click="ignore",
            help="A small scenario with explanations, to change in any text editor.",
        )
        file = st.file_uploader(
            "Open a scenario file",
            type=["yaml", "yml", "json"],
            key=f"file-{workspace.files}",
            help="YAML or JSON, up to 5 MB. It is read on this computer and sent nowhere else.",
        )
        if file is None:
            return "", ()
        scenario, problems = read_text(file.getvalue())
        if scenario is not None:
            state.save(workspace.with_scenario(scenario, file_name=file.name))
            st.rerun()
        st.error("This file has problems. They are listed on the page.")
        return file.name, problems


def _choose_contracts(workspace: Workspace) -> None:
    st.html('<h2 style="font-size:1rem;padding:0.5rem 0 0 0;margin:0">Contracts to compare</h2>')
    keys = [f"contract-{workspace.revision}-{place}" for place in range(len(workspace.names))]
    for key, name in zip(keys, workspace.names, strict=True):
        st.checkbox(
            markdown_text(name),
            value=name in workspace.contracts,
            key=key,
            on_change=_contracts_chosen,
            args=(tuple(keys),),
        )
    if len(workspace.contracts) > 1:
        widget = (
            f"base-{workspace.revision}-{'-'.join(str(workspace.names.index(name)) for name in workspace.contracts)}"
        )
        st.radio(
            "Compare them with",
            workspace.contracts,
            index=workspace.contracts.index(workspace.base),
            format_func=markdown_text,
            key=widget,
            on_change=_base_chosen,
            args=(widget,),
            help="The base: differences are shown against this contract.",
        )


def _contracts_chosen(keys: tuple[str, ...]) -> None:
    workspace = state.current()
    if workspace is not None:
        chosen = [name for key, name in zip(keys, workspace.names, strict=True) if state.entered(key)]
        state.save(workspace.with_contracts(chosen))


def _base_chosen(key: str) -> None:
    workspace, base = state.current(), state.entered(key)
    if workspace is not None and isinstance(base, str):
        state.save(workspace.with_base(base))
