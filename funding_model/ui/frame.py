"""Frame: what stands around every page: what is open, whether it is saved, and the way to the next page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.report.rows import period
from funding_model.ui import state
from funding_model.ui.attending import attend, saved_words
from funding_model.ui.entry.completeness import needs, page_of
from funding_model.ui.entry.parts import PARTS, part_of
from funding_model.ui.entry.places import in_the_order_of_the_work, placed
from funding_model.ui.evaluation import compared, read_text
from funding_model.ui.html import STYLE, heading_html, markdown_text, paragraphs_html, table_html
from funding_model.ui.live import Live, live_page
from funding_model.ui.opening import show_first_example
from funding_model.ui.show import explain, watched
from funding_model.ui.stored import differences
from funding_model.ui.tables import differences_in_words, problems_table

FOLDER: Final = "funding_model/ui/pages"
SECTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "": {"start": "Start"},
    "Enter": {
        "organisation": "Organisation and support costs",
        "services": "Services",
        "contracts": "Contracts side by side",
        "assumptions": "Assumptions",
    },
    "See the results": {
        "compare": "Compare contracts",
        "cash": "Cash and reserves",
        "delivery": "Delivery and staff",
    },
    "Ask why and what if": {
        "why": "Why",
        "how_sure": "How sure",
        "sensitivity": "What matters most",
        "what_it_takes": "What would it take",
        "scenarios": "Scenarios side by side",
    },
    "Check": {
        "figures": "Where figures come from",
        "checks": "Checks and method",
    },
    "Take away": {
        "report": "Report",
        "download": "Download",
    },
    "Your work and help": {
        "history": "History",
        "about": "About",
    },
}
"""Every page's title by the name of its file, in the order of the work and under the heading of its part."""
TITLES: Final = {name: title for pages in SECTIONS.values() for name, title in pages.items()}
GO_TO: Final = "part"
"""What the address of a link calls the part of a page to which it leads."""


def open_frame() -> None:
    """Open what the address names; lay out the side panel; while two tabs clash, ask which version is to be kept."""
    st.html(STYLE)
    state.arrive()
    show_first_example()
    # Before the page, not after it: a run that is cut short by the next action must not go on to draw anything.
    workspace = state.current()
    attend(workspace.said, workspace.times)
    with st.sidebar:
        _show_what_is_open()


def run(page: Callable[[], None]) -> None:
    """Run a page, or let the visitor choose between two versions first."""
    with watched():
        if state.clash() is None:
            page()
        else:
            _choose_version()


def _show_what_is_open() -> None:
    workspace = state.current()
    if not workspace.scenario:
        return
    st.html(f"{paragraphs_html(('Open now:', workspace.name))}<p class='fm fm-saved'>{escape(saved_words())}</p>")


def top(title: str, purpose: str) -> None:
    """Head a page: its title, what it is for, and what can be undone."""
    st.html(heading_html(1, title, (purpose,)))
    workspace = state.current()
    if workspace.unsaved:
        st.error(f"Your last change is not saved: {markdown_text(workspace.unsaved)} The next change tries again.")


def undo_buttons() -> None:
    """Say what is open and saved, and offer to undo and redo."""
    workspace = state.current()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Undo", key="undo", disabled=not workspace.can_undo, on_click=state.undo)
        st.button("Redo", key="redo", disabled=not workspace.can_redo, on_click=state.redo)
        st.html(
            # What was undone may stand on another page, or in another part of this one.
            f'<p class="fm-state">{escape(workspace.name)}. <span class="fm-saved">{escape(saved_words())}</span> '
            f'<span class="fm-stepped">{escape(workspace.stepped)}</span></p>'
        )


def open_page(title: str, purpose: str) -> None:
    """Head a page that needs a scenario; where none is open, show the way to one and end the page."""
    top(title, purpose)
    if not state.current().scenario:
        st.info("No scenario is open yet. Open an example, your saved work or a file, or start an empty one.")
        link("start", "Go to Start")
        st.stop()
    undo_buttons()


def open_live_page(title: str, purpose: str) -> Live:
    """Head a page on which a scenario is entered: as any other, and with the results of what is entered."""
    open_page(title, purpose)
    return live_page()


def link(page: str, label: str = "", asked: Mapping[str, str] | None = None) -> None:
    """Show a link to a page, and to what is asked of it."""
    query = None if asked is None else {**state.address(), **asked}
    st.page_link(f"{FOLDER}/{page}.py", label=label or TITLES[page], query_params=query)


def next_link(page: str, part: str = "") -> None:
    """End a page, or a part of one, with the way to what follows."""
    pages, parts = list(TITLES), list(PARTS.get(page, ()))
    following = pages[pages.index(page) + 1]
    with st.container(horizontal=True):
        if part in parts[:-1]:
            next_part = parts[parts.index(part) + 1]
            link(page, f"Next: {next_part}", {GO_TO: next_part})
        else:
            link(following, f"Next: {TITLES[following]}")
        link("about", "What the words mean")


def show_needs() -> None:
    """List what the scenario has and what it still needs, with the way to where it is entered."""
    scenario, problems = read_text(state.text())
    found = needs(state.document(), problems)
    missing = [need for need in found if not need.done]
    explain(f"Still needed: {len(missing)} of {len(found)}." if missing else "Nothing is missing.")
    for need in missing:
        part = part_of(Problem(need.place or need.page, ""))
        link(need.page, f"{need.text}: {TITLES[need.page]}", {GO_TO: part} if part else None)
    if missing and scenario is not None:
        explain("Results are worked out already. Leave blank what does not apply: the results leave it out as well.")
    done = [need.text for need in found if need.done]
    if done:
        st.caption(f"Done: {'; '.join(done)}.")


def comparison() -> Comparison:
    """Return the visitor's comparison; where there is none to show, say why in its place and end the page."""
    workspace = state.current()
    scenario, problems = read_text(state.text())
    if scenario is None:
        _show_what_is_missing(problems)
        st.stop()
    chosen = _choose_contracts(tuple(contract.name for contract in scenario.contracts), scenario.base)
    if not chosen:
        st.info("Tick at least one contract under “Contracts to compare”.")
        st.stop()
    base = workspace.base if workspace.base in chosen else ""
    try:
        with st.spinner("Working it out"):
            return compared(state.text(), chosen, base)
    except ProblemsError as error:
        show_problems("This scenario cannot be worked out yet.", placed(error.problems, state.document()))
        st.stop()


def _show_what_is_missing(problems: Sequence[Problem]) -> None:
    st.warning("This scenario is not complete yet, so there are no results. What is missing or wrong is listed here.")
    show_needs()
    within = [problem for problem in problems if "." in problem.where and problem.where != "organisation.name"]
    if not within:
        return
    show_problems("Not right yet.", placed(within, state.document()))
    for page, part in dict.fromkeys((page_of(each), part_of(each)) for each in in_the_order_of_the_work(within)):
        words = f"{TITLES[page]}, {part}" if part else TITLES[page]
        link(page, f"Put it right: {words}", {GO_TO: part} if part else None)


def show_problems(summary: str, problems: Sequence[Problem]) -> None:
    """Show what is wrong with a scenario: where, what, and what to do about it."""
    count = "One problem" if len(problems) == 1 else f"{len(problems)} problems"
    st.error(f"{markdown_text(summary)} {count}:".strip())
    st.html(table_html(problems_table(problems)))


def show_scenario(found: Comparison) -> None:
    """Say which scenario is open and which months it covers."""
    scenario = found.scenario
    about = f"{scenario.name}. {scenario.organisation.name}, {period(found)}. Amounts are in pounds of each year."
    explain(about)


def choose_contract(found: Comparison, name: str) -> str:
    """Let the visitor choose one of the contracts compared; the base until another is chosen."""
    return st.selectbox(
        "Contract",
        found.contracts,
        index=found.contracts.index(found.base),
        key=key(name),
    )


def choose_service(found: Comparison, places: Sequence[int] | None = None) -> int | None:
    """Let the visitor choose one service or all of them; return its place, None for all.

    Args:
        found: The contracts compared.
        places: The services from which to choose; all of the scenario's when left out.
    """
    names = tuple(service.name for service in found.scenario.services)
    offered = tuple(range(len(names))) if places is None else tuple(places)
    if len(offered) == 1:
        return None if len(names) == 1 else offered[0]
    options: list[int | None] = [None, *offered]
    chosen: int | None = st.selectbox(
        "Services",
        options,
        format_func=partial(_service_label, names, len(offered)),
        key=key("service"),
    )
    return chosen


def _service_label(names: tuple[str, ...], count: int, place: int | None) -> str:
    return f"All {count} services" if place is None else names[place]


def key(name: str) -> str:
    """Return the key of a widget whose choices depend on the scenario that is open."""
    return f"{name}-{state.current().scenario}"


def date_words(iso: str) -> str:
    """Return a date as people write it: ``22 November 2026``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


# Which contracts


def _choose_contracts(names: tuple[str, ...], own_base: str | None) -> tuple[str, ...]:
    """Let the visitor choose contracts and base; return those chosen, in their order."""
    workspace = state.current()
    chosen = names if workspace.contracts is None else tuple(name for name in names if name in workspace.contracts)
    base = workspace.base if workspace.base in chosen else own_base if own_base in chosen else next(iter(chosen), "")
    with st.sidebar:
        st.html('<h2 style="font-size:1rem;padding:0.5rem 0 0 0;margin:0">Contracts to compare</h2>')
        keys = [key(f"contract-{workspace.fields}-{place}") for place in range(len(names))]
        for each, name in zip(keys, names, strict=True):
            st.checkbox(
                markdown_text(name),
                value=name in chosen,
                key=each,
                on_change=_contracts_chosen,
                args=(tuple(keys), names, base),
            )
        if len(chosen) > 1:
            places = "-".join(str(names.index(name)) for name in chosen)
            widget = key(f"base-{workspace.fields}-{places}")
            st.radio(
                "Compare them with",
                chosen,
                index=chosen.index(base),
                format_func=markdown_text,
                key=widget,
                on_change=_base_chosen,
                args=(widget, chosen),
                help="The base: differences are shown against this contract.",
            )
    return chosen


def _contracts_chosen(keys: tuple[str, ...], names: tuple[str, ...], base: str) -> None:
    chosen = [name for each, name in zip(keys, names, strict=True) if state.entered(each)]
    state.choose(chosen, base if base in chosen else "")


def _base_chosen(widget: str, chosen: tuple[str, ...]) -> None:
    state.choose(chosen, str(state.entered(widget)))


# Two tabs


def _choose_version() -> None:
    mine, theirs = state.clash() or ("", "")
    st.html(heading_html(1, "Two versions"))
    st.error(
        "This scenario was changed in another tab or window while you were changing it here. Nothing is lost: "
        "choose which version is to go on. The other one stays in the history or can be typed again."
    )
    rows = differences(theirs, mine)
    st.html(table_html(differences_in_words("What differs: from the other version to yours", rows)))
    with st.container(horizontal=True):
        st.button("Keep my version", key="keep-mine", on_click=state.keep_mine)
        st.button("Keep the other version", key="keep-theirs", on_click=state.keep_theirs)
