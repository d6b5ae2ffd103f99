"""History: every change with when, by whom and what; name a version, look at it, bring it back."""

import streamlit as st

from funding_model.ui import frame, state
from funding_model.ui.html import table_html
from funding_model.ui.past import bring_back, differences_from_now, name_version, sign, version_label, versions_table
from funding_model.ui.show import explain, heading
from funding_model.ui.stored import store

frame.open_page(
    "History",
    "Every change of this scenario, the newest first. Any version can be looked at, given a name and brought back; "
    "nothing that was saved is ever lost by it.",
)
workspace = state.current()
label = f"by-{workspace.fields}"
st.text_input(
    "Your name or a label, beside your changes from now on",
    value=workspace.by,
    key=label,
    max_chars=120,
    on_change=sign,
    args=(label,),
    help="It is kept with your work, so that it is here again when you come back, and shown to everyone who has the "
    "address. Leave it blank to have none.",
)
if not workspace.is_kept:
    st.info("Nothing has been changed yet. The history of this example begins with your first change.")
    frame.next_link("history")
    st.stop()
versions = store().history(workspace.owner, workspace.scenario)
st.html(table_html(versions_table(versions)))

heading("An earlier version")
labels = {version.revision: version_label(version) for version in versions}
version_key = f"version-{workspace.revision}"
revision = st.selectbox("Version", list(labels), format_func=labels.__getitem__, key=version_key)
if revision != workspace.revision:
    st.html(table_html(differences_from_now(revision)))
name_key = f"name-of-{revision}-{workspace.revision}"
name = st.text_input(
    "Name of this version, to find it by",
    value=next(version.version_name for version in versions if version.revision == revision),
    max_chars=120,
    key=name_key,
)
with st.container(horizontal=True):
    st.button("Keep this name", key="keep-name", on_click=name_version, args=(revision, name_key))
    st.button(
        "Bring this version back",
        key="restore",
        disabled=revision == workspace.revision,
        on_click=bring_back,
        args=(version_key,),
    )
explain("Bringing a version back is a change like any other: it can be undone.")
frame.next_link("history")
