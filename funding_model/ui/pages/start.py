"""Start: what the calculator answers, and the four ways to begin; what a scenario still needs."""

import streamlit as st

from funding_model.scenario.library import library_ids, starter_document
from funding_model.ui import frame, state
from funding_model.ui.at_once import at_once_html
from funding_model.ui.erasing import offer_erasing
from funding_model.ui.evaluation import WORKBOOK, blank_workbook, entry, read_text
from funding_model.ui.opening import (
    FIRST_SHOWN,
    MOST_MEGABYTES,
    bring_back_chosen,
    delete_chosen,
    example_name,
    file_problems,
    open_chosen,
    open_example,
    open_file,
    saved_label,
    start_empty,
    sure_key,
)
from funding_model.ui.show import explain, heading, subheading
from funding_model.ui.stored import store

frame.top(
    "Funding model calculator",
    "What does your service fully cost, and who pays the part that the price does not? "
    "Enter its posts, its other costs and its share of your organisation’s support costs, and put it under several "
    "contracts: it works out price, gap, cash and what families receive under each. "
    "It holds no opinion: if a yearly contract comes out better, it says so.",
)
workspace = state.current()
if workspace.lost:
    st.warning(
        "The address names saved work that is not here: it may have been deleted, or the address is not complete. "
        "Check it, or start anew below."
    )

if workspace.scenario:
    if workspace.is_kept:
        heading("Your scenario")
        frame.undo_buttons()
        frame.show_needs()
    else:
        heading(
            "An example is open",
            f"So that there is something to look at, {workspace.name} is open. See what its contracts come to, or "
            "change anything you like: your copy is kept from the first change on. To cost your own service, begin "
            "below.",
        )
        st.html(at_once_html())
    with st.container(horizontal=True):
        if read_text(state.text())[0] is not None:
            frame.link("compare", "See the results")
        frame.link("organisation", "Go on: Organisation and support costs")

heading("Begin")
if workspace.owner:
    saved = store().scenarios(workspace.owner)
    deleted = store().deleted(workspace.owner)
    if saved:
        subheading("Continue saved work")
        names = {each.id: saved_label(each) for each in saved}
        key = f"saved-{len(saved)}"
        chosen = st.selectbox("Your saved scenarios", list(names), format_func=names.__getitem__, key=key)
        with st.container(horizontal=True):
            st.button("Open it", key="open-saved", on_click=open_chosen, args=(key,))
            sure = st.checkbox("I want to delete it", key=sure_key(chosen))
            st.button("Delete it", key="delete-saved", on_click=delete_chosen, args=(key,), disabled=not sure)
    if deleted:
        names = {each.id: saved_label(each) for each in deleted}
        key = f"gone-{len(deleted)}"
        st.selectbox("Deleted scenarios", list(names), format_func=names.__getitem__, key=key)
        st.button("Bring it back", key="undelete", on_click=bring_back_chosen, args=(key,))

empty, own = st.columns(2)
with empty:
    subheading(
        "Start empty", "Enter everything yourself. The list of what is still needed leads you from page to page."
    )
    st.button("Start an empty scenario", key="start-empty", type="primary", on_click=start_empty)
with own:
    subheading("Open a file")
    key = f"file-{workspace.fields}"
    st.file_uploader(
        "Open a scenario file",
        type=["yaml", "yml", "json", "xlsx"],
        key=key,
        on_change=open_file,
        args=(key,),
        max_upload_size=MOST_MEGABYTES,
        help=f"YAML, JSON or an input workbook (.xlsx), up to {MOST_MEGABYTES} MB. It is read here and sent nowhere "
        "else.",
    )
    st.caption("A file that is marked in red is larger than that, or of another kind, and was not read.")
    st.download_button(
        "Download a file to start from",
        starter_document(),
        "my_scenario.yaml",
        "application/yaml",
        on_click="ignore",
    )
    st.download_button(
        "Download a blank workbook to fill in (Excel)",
        blank_workbook,
        "input_workbook.xlsx",
        WORKBOOK,
        on_click="ignore",
    )
name, problems = file_problems(key)
if problems:
    frame.show_problems(f"The file {name} was not opened. Nothing else has changed.", problems)

subheading("Open an example")
identifiers = library_ids()
if identifiers:
    first = identifiers.index(FIRST_SHOWN) if FIRST_SHOWN in identifiers else 0
    identifier = st.selectbox("Example", identifiers, index=first, format_func=example_name, key="example")
    explain(entry(identifier)[1])
    st.button("Open this example", key="open-example", on_click=open_example, args=("example",))
    st.caption("A copy is opened, to be changed as you like. Its amounts are examples: replace them with your own.")
else:
    st.caption("No library of examples is installed here.")

heading(
    "How your work is kept",
    "Every change is saved at once. The address of this page holds the key to your work: bookmark it, and open "
    "it again to go on. Whoever has the address can read and change the work, so give it only to people who "
    "should. There is no list of other people’s work, and nothing is sent to any other computer.",
)
offer_erasing()
