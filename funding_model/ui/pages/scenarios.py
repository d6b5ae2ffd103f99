"""Scenarios side by side: several in one comparison, and in which inputs they differ."""

from typing import NoReturn

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.ui import frame, state
from funding_model.ui.beside import choices, common_contracts, compared_under, faults, made_alike, results_table, texts
from funding_model.ui.entry.places import placed
from funding_model.ui.evaluation import read_text
from funding_model.ui.html import markdown_text, table_html
from funding_model.ui.show import explain, heading
from funding_model.ui.stored import differences
from funding_model.ui.tables import differences_in_words


def _end() -> NoReturn:
    """End the page early, with the way to the next one."""
    frame.next_link("scenarios")
    st.stop()


frame.open_page(
    "Scenarios side by side",
    "The scenario that is open beside others of yours or from the library, all under the same contract: what comes out "
    "differently, and in which entries they differ. To try something out, copy the scenario here and change the copy.",
)
st.button("Save a copy of this scenario and open it", key="copy-scenario", on_click=state.copy_scenario)
offered = choices()
chosen = st.multiselect(
    "Scenarios to set beside it", list(offered), format_func=offered.__getitem__, key=frame.key("beside")
)
if not chosen:
    st.info(
        "Choose one or more scenarios above. To try something out, save a copy of this one, change it, and choose this "
        "one here: the two then stand side by side."
    )
    _end()

found = texts(chosen, offered)
scenarios = []
for each in found:
    scenario, problems = read_text(each.text) if each.text else (None, ())
    if scenario is None:
        frame.show_problems(f"{each.name} cannot be compared yet.", placed(problems, {}))
        _end()
    scenarios.append(scenario)

mendable, refused = [], False
for each, scenario in zip(found[1:], scenarios[1:], strict=True):
    wrong, can_be_mended = faults(scenarios[0], scenario)
    if wrong and not can_be_mended:
        frame.show_problems(f"{each.name} cannot be set beside {found[0].name}.", placed(wrong, {}))
        refused = True
    elif wrong:
        mendable += wrong
if refused:
    _end()
if mendable:
    st.warning(" ".join(markdown_text(each.message) for each in mendable))
    if not st.checkbox("Show all over the same months", key=frame.key("alike")):
        _end()

common = common_contracts(scenarios)
if not common:
    st.error("They have no contract of the same name. Give one contract the same name in each, and compare them again.")
    _end()
contract = st.selectbox("Contract", common, key=frame.key("beside-contract"))
try:
    alike = made_alike(scenarios[0], found) if mendable else found
    comparisons = [compared_under(each.text, contract) for each in alike]
except ProblemsError as error:
    frame.show_problems("One of them cannot be worked out.", placed(error.problems, {}))
    _end()
heading("Results")
st.html(table_html(results_table([each.name for each in found], comparisons)))
heading("In which entries they differ")
for each in found[1:]:
    lines = differences(found[0].text, each.text)
    if lines:
        st.html(table_html(differences_in_words(f"From {found[0].name} to {each.name}", lines)))
    else:
        explain(f"{each.name} has the same entries.")
frame.next_link("scenarios")
