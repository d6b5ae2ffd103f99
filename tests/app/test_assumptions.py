"""Assumptions say what holds and where it is from; figures and ranges of one's own take their place."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from funding_model.reference.defaults import assumption_defaults
from funding_model.scenario.typed import unit_text
from tests.app.on_page import (
    Document,
    Tables,
    faults,
    open_page,
    table,
    widget,
)


def test_every_assumption_is_listed_with_where_it_comes_from(hub: AppTest, tables: Tables) -> None:
    open_page(hub, "assumptions")
    rows = table(tables(hub), "Assumptions as they stand")
    shown = {row[0]: row for row in rows if len(row) > 1}
    for default in assumption_defaults().values():
        row = shown[default.title]
        assert row[1].endswith(unit_text(default.unit))
        assert row[2] == f"{default.status}\nconfidence: {default.confidence}"
        assert row[3] == default.basis
        assert row[4].startswith(default.source_title or "–")


def test_a_figure_of_your_own_and_the_way_back(hub: AppTest, document: Document, tables: Tables) -> None:
    open_page(hub, "assumptions")
    picker = next(each for each in hub.selectbox if str(each.key).startswith("assumption-"))
    picker.set_value("turnover").run()
    for name, typed in (("value", "22%"), ("low", "15%"), ("high", "30%")):
        widget(hub.text_input, f"assumptions.turnover.{name}").set_value(typed).run()
    widget(hub.text_area, "assumptions.turnover.rationale").set_value("Our own records").run()
    widget(hub.text_input, "assumptions.turnover.review_by").set_value("April 2027").run()
    held = document(hub)["assumptions"]["turnover"]
    assert (held["value"], held["low"], held["high"], held["review_by"]) == (0.22, 0.15, 0.3, "2027-04")
    assert faults(hub) == ""
    row = next(row for row in table(tables(hub), "Assumptions as they stand") if row[0] == "Staff turnover")
    assert row[1] == "22%\n15% to 30%\nper cent of staff a year"
    assert row[2:4] == ["yours\nreview by April 2027", "Our own records"]
    hub.button(key="reset-turnover").click().run()
    assert "turnover" not in document(hub)["assumptions"]


def test_a_range_that_does_not_hold_its_value_is_explained(hub: AppTest) -> None:
    open_page(hub, "assumptions")
    picker = next(each for each in hub.selectbox if str(each.key).startswith("assumption-"))
    picker.set_value("turnover").run()
    widget(hub.text_input, "assumptions.turnover.value").set_value("22%").run()
    widget(hub.text_input, "assumptions.turnover.low").set_value("30%").run()
    assert "below low" in faults(hub)


def test_those_that_need_you(hub: AppTest, tables: Tables) -> None:
    open_page(hub, "assumptions")
    hub.radio(key="filter").set_value("Needs you").run()
    rows = table(tables(hub), "Assumptions as they stand")
    shown = {row[0] for row in rows[1:] if len(row) > 1}
    expected = {
        default.title
        for default in assumption_defaults().values()
        if default.is_blank or default.status in ("example", "no evidence")
    }
    assert shown == expected


def test_a_forecast_is_replaced_year_by_year_and_all_defaults_come_back(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    widget(hub.text_input, "assumptions.pay_award.by_year.2027-28").set_value("3%").run()
    assert document(hub)["assumptions"]["pay_award"]["by_year"] == {"2027-28": 0.03}
    hub.button(key="reset-all").click().run()
    assert "assumptions" not in document(hub)


def test_an_assumption_of_one_service(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    holder = next(each for each in hub.selectbox if str(each.key).startswith("holder"))
    holder.set_value(("services", 0, "assumptions")).run()
    assert not hub.exception
    widget(hub.text_input, "services.1.assumptions.turnover.value").set_value("25%").run()
    held = document(hub)["services"][0]["assumptions"]["turnover"]
    assert held == 0.25 or held["value"] == 0.25


# Ranges


def choose_assumption(app: AppTest, name: str) -> AppTest:
    picker = next(each for each in app.selectbox if str(each.key).startswith("assumption-"))
    return picker.set_value(name).run()


def enter_range(app: AppTest, place: str, low: str, value: str, high: str, distribution: str = "triangular") -> None:
    for name, typed in (("value", value), ("low", low), ("high", high)):
        widget(app.text_input, f"{place}.{name}").set_value(typed).run()
    widget(app.selectbox, f"{place}.distribution").set_value(distribution).run()
    assert not app.exception


def test_values_with_weights_are_entered_and_read_back(hub: AppTest, document: Document, tables: Tables) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "months_to_fill")
    place = "assumptions.months_to_fill"
    widget(hub.selectbox, f"{place}.distribution").set_value("discrete").run()
    assert "needs values and as many weights" in faults(hub)
    widget(hub.text_input, f"{place}.values").set_value("1; 2; 4").run()
    widget(hub.text_input, f"{place}.weights").set_value("2; 1; 1").run()
    assert "must be one of values" in faults(hub)
    widget(hub.text_input, f"{place}.value").set_value("2").run()
    assert faults(hub) == ""
    held = document(hub)["assumptions"]["months_to_fill"]
    assert (held["value"], held["values"], held["weights"]) == (2, [1, 2, 4], [2, 1, 1])
    rows = table(tables(hub), "How often each value is drawn")
    assert rows[1:] == [["1", "2", "50.0%"], ["2", "1", "25.0%"], ["4", "1", "25.0%"]]


def test_a_fault_of_a_range_stands_below_the_field_that_it_is_of(hub: AppTest) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "turnover")
    widget(hub.selectbox, "assumptions.turnover.distribution").set_value("normal").run()
    assert faults(hub).count("Not right yet") == 1
    assert "A range needs low, value and high" in faults(hub)
    enter_range(hub, "assumptions.turnover", "20%", "20%", "30%", "normal")
    assert "low, value and high must all differ" in faults(hub)
    widget(hub.text_input, "assumptions.turnover.low").set_value("15%").run()
    assert faults(hub) == ""


def test_the_published_range_is_taken_with_its_source(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "turnover")
    hub.button(key="published-turnover").click().run()
    assert not hub.exception
    held, default = document(hub)["assumptions"]["turnover"], assumption_defaults()["turnover"]
    assert (held["low"], held["value"], held["high"]) == (default.low, default.value, default.high)
    assert held["source"] == default.source_title
    assert faults(hub) == ""


def test_a_contract_s_chance_and_the_turn_of_prices_may_be_ranges(hub: AppTest, document: Document) -> None:
    open_page(hub, "assumptions")
    choose_assumption(hub, "cpi")
    enter_range(hub, "assumptions.cpi.outturn_added", "-1%", "0%", "2%")
    holder = next(each for each in hub.selectbox if str(each.key).startswith("holder"))
    holder.set_value(("contracts", 0)).run()
    choose_assumption(hub, "renewal_probability")
    enter_range(hub, "contracts.1.award.renewal_probability", "70%", "90%", "100%")
    assert faults(hub) == ""
    held = document(hub)
    assert held["assumptions"]["cpi"]["outturn_added"]["high"] == 0.02
    assert held["contracts"][0]["award"]["renewal_probability"]["low"] == 0.7


def test_ranges_that_go_together_are_chosen_by_name_and_contradictions_explained(
    hub: AppTest, document: Document
) -> None:
    open_page(hub, "assumptions")
    assert hub.button(key="add-pair").disabled
    for name in ("turnover", "months_to_fill", "cost_per_hire"):
        choose_assumption(hub, name)
        low, value, high = ("1", "2", "3") if name != "turnover" else ("10%", "20%", "30%")
        enter_range(hub, f"assumptions.{name}", low, value, high)
    for number, closeness in enumerate(("0.5", "0.5", "-0.9"), 1):
        hub.button(key="add-pair").click().run()
        widget(hub.text_input, f"correlations.{number}.rank_correlation").set_value(closeness).run()
    assert not hub.exception
    pairs = [(each["first"], each["second"]) for each in document(hub)["correlations"]]
    assert len(set(pairs)) == 3
    assert "contradict each other" in faults(hub)
    hub.button(key="drop-pair-2").click().run()
    assert faults(hub) == ""
    widget(hub.selectbox, "correlations.1.second").set_value(pairs[0][0]).run()
    assert "names the same range twice" in faults(hub)
    widget(hub.text_input, "correlations.1.rank_correlation").set_value("2").run()
    assert "must be less than 1" in faults(hub)
