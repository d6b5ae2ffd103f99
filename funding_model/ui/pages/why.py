"""Why: every pound between full cost, price and surplus, who carries it, and why two contracts differ."""

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.report.bridges import bridge_tables, end_names, lead, sentences
from funding_model.report.cash_tables import subsidy_table
from funding_model.report.gaps import gap_sentences, gap_tables, subsidy_sentences
from funding_model.report.reason_tables import bridge_table, every_step_by_service, gap_by_year, results_to_bridge
from funding_model.report.rows import GAP_LABELS
from funding_model.report.waterfall import bridge_steps, gap_steps, gap_title, waterfall_chart
from funding_model.ui import frame, state
from funding_model.ui.asked import bridged
from funding_model.ui.ends import choose_scenario, contracts_of
from funding_model.ui.entry.places import placed
from funding_model.ui.html import list_html, remark_html, report_html
from funding_model.ui.origins import offer_origins
from funding_model.ui.show import drawer, explain, heading, look, show_drawn, subheading

WORKED_OUT = (
    "Each contract is made of seven independent parts, such as the length of its awards or how its price "
    "moves; what was entered beside it, where that differs, makes parts as well, such as posts and pay or "
    "staffing. The calculator swaps them one after the other, in every order, and works out everything anew "
    "for each mixture. A part of the difference is the mean of what its swap changes over every order (the "
    "Shapley value), so that the parts add up to the difference."
)
ORDERS = "“If it alone changed” and “if it changed last” show how far it depends on what else changes."


def _furthest(start: str, others: list[str]) -> int:
    """Return the place of the contract whose result is furthest from that of another: there is most to explain."""
    values = dict(zip(comparison.contracts, comparison.totals.surplus_posts_filled.tolist(), strict=True))
    return max(range(len(others)), key=lambda place: abs(values[others[place]] - values[start]))


frame.open_page(
    "Why",
    "Where every pound between full cost, price and surplus goes, who carries the gap, and which terms make two "
    "contracts differ.",
)
comparison = frame.comparison()
frame.show_scenario(comparison)

heading("The gap, rule by rule")
contract = st.selectbox(
    "Contract",
    comparison.contracts,
    index=comparison.contracts.index(comparison.base),
    key=frame.key("gap-contract"),
)
case = comparison.contracts.index(contract)
service = frame.choose_service(comparison)
tables = gap_tables(comparison, case)
one = len(comparison.scenario.services) == 1
table = tables[0] if one else tables[-1] if service is None else tables[service]
st.html(list_html(gap_sentences(table)))
show_drawn(waterfall_chart, gap_title(table), tuple(gap_steps(table)), look())
st.html(
    report_html(gap_by_year(table))
    + remark_html(
        "A step with a plus adds to the surplus, one with a minus takes off it. Income and cost count each month by "
        "the chance that the service still goes on. Amounts are rounded so that they add up."
    )
)
steps = [f"gap_{name}" for name in GAP_LABELS if name not in table.nil]
offer_origins((*steps, "price", "surplus"), contract, table.service)
if not one:
    with drawer(f"Each of the {len(comparison.scenario.services)} services") as opened:
        if opened:
            st.html(report_html(every_step_by_service(comparison, tables)))

heading("Who carries the gap")
st.html(
    list_html(subsidy_sentences(comparison, case))
    + report_html(subsidy_table(comparison, case))
    + remark_html(
        "Reserves are those of the whole organisation, as if everything continues. A minus means that they grow."
    )
)

heading("Why two contracts or scenarios differ")
here, there = choose_scenario()
if here == there and len(comparison.contracts) == 1:
    st.info(
        "There is one contract only. Add or tick another one, or choose another scenario or an earlier version, and "
        "what makes the difference is shown here."
    )
    frame.link("contracts")
else:
    start = st.selectbox(
        "From",
        comparison.contracts,
        index=comparison.contracts.index(comparison.base),
        key=frame.key("bridge-from"),
    )
    others = [name for name in contracts_of(there) if here != there or (name in comparison.contracts and name != start)]
    same = others.index(start) if start in others else _furthest(start, others)
    end = st.selectbox("To", others, index=same, key=frame.key(f"bridge-to-{there.name}"))
    labels = results_to_bridge(comparison)
    result = st.selectbox("Result", list(labels), format_func=labels.__getitem__, key=frame.key("bridge-result"))
    try:
        with st.spinner("Swapping the terms one after the other"):
            found = bridged(here, start, there, end, (result,))
    except ProblemsError as error:
        frame.show_problems("This cannot be worked out.", placed(error.problems, state.document()))
        st.stop()
    if not found.parts:
        explain("They do not differ in anything that is costed.")
    elif not found.results:
        explain(f"{labels[result]} does not apply to both of them.")
    else:
        shown, ends = bridge_tables(found)[0], end_names(found)
        explain(lead(found, shown))
        told = shown.found.result
        show_drawn(waterfall_chart, told.label, tuple(bridge_steps(shown, ends)), look(), told.unit)
        st.html(report_html(bridge_table(shown, ends)))
        subheading("In words")
        st.html(list_html(sentences(shown) or ["No term makes a difference that would be shown."]))
        for text in found.notes:
            explain(text)
        with drawer("How the parts are worked out") as opened:
            if opened:
                explain(WORKED_OUT, ORDERS)

frame.next_link("why")
