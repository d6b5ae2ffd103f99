"""Contracts are added, copied, moved and compared term by term, and single services may have terms of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.scenario.presets import preset_names
from tests.app.on_page import (
    CHANGES,
    TERMS,
    Document,
    Tables,
    button,
    faults,
    open_drawer,
    open_page,
    table,
    widget,
)


@pytest.mark.parametrize("preset", preset_names())
def test_every_preset_can_be_added_and_compared(app: AppTest, document: Document, preset: str) -> None:
    app.selectbox(key="example").set_value("family_support_hub").run()
    app.button(key="open-example").click().run()
    open_page(app, "contracts")
    app.selectbox(key="preset").set_value(preset).run()
    app.button(key="add-contract").click().run()
    assert len(document(app)["contracts"]) == 5
    assert faults(app) == ""
    open_page(app, "compare")
    assert not app.error


def test_contracts_are_copied_moved_and_deleted(hub: AppTest, document: Document) -> None:
    open_page(hub, "contracts")

    def names() -> list[str]:
        return [contract["name"] for contract in document(hub)["contracts"]]

    first, second, *rest = names()
    open_drawer(hub, "Name, describe, copy")
    hub.button(key="Move right-contracts.1").click().run()
    assert names() == [second, first, *rest]
    hub.button(key="Copy-contracts.2").click().run()
    assert names() == [second, first, f"{first} (copy)", *rest]
    hub.button(key="Delete-contracts.2").click().run()
    assert names() == [second, f"{first} (copy)", *rest]
    assert document(hub).get("base") is None
    assert faults(hub) == ""
    assert not hub.exception


def test_terms_of_single_services_stand_beside_those_of_the_contracts(
    app: AppTest, example: Callable[[AppTest, str], AppTest], tables: Tables
) -> None:
    example(app, "multi_service_charity")
    open_page(app, "contracts")
    rows = {row[0]: row[1:] for row in table(tables(app), "Terms that are not the same")}
    capped = "Up to a share of direct cost"
    assert rows["Overhead rule: Family support (Trust)"] == [capped, capped, capped, "All of the overhead\n≠ base"]
    assert rows["Overhead rate: Family support (Trust)"] == ["8%", "8%", "8%", "–\n≠ base"]
    # What is alike under every contract is no difference between them: it stands where such terms are entered.
    assert not any(name.startswith("Income restricted") for name in rows)
    open_page(app, "contracts", TERMS)
    open_drawer(app, "A term that differs for one service")
    both = "Young parents (trusts and foundations); Early years programme (department)"
    alike = table(tables(app), "Terms that differ for single services, alike under every contract")
    assert ["Income restricted", both, "yes"] in alike


def test_the_base_is_chosen_and_differences_are_marked(hub: AppTest, document: Document, tables: Tables) -> None:
    open_page(hub, "contracts")
    rows = table(tables(hub), "Terms that are not the same")
    months = next(row for row in rows if row[0] == "Length of the award (whole months)")
    assert months[1:] == ["12", "12", "36\n≠ base", "36\n≠ base"]
    widget(hub.selectbox, "base-of-all").set_value(3).run()
    assert document(hub)["base"] == document(hub)["contracts"][3]["name"]
    rows = table(tables(hub), "Terms that are not the same")
    months = next(row for row in rows if row[0] == "Length of the award (whole months)")
    assert months[1:] == ["12\n≠ base", "12\n≠ base", "36", "36"]
    open_page(hub, "contracts", TERMS)
    labels = [each.label for each in hub.text_input if str(each.key).startswith("contracts.1.term.months")]
    assert labels[0].endswith("≠ differs from the base")


@pytest.mark.parametrize(
    ("component", "field", "value", "kept"),
    [
        ("award", "lead_months", "-3", -3),
        ("award", "renewal_probability", "80%", {"value": 0.8, "status": "yours"}),
        ("price", "schedule", "£100,000; 102,000", [100000, 102000]),
        ("payment", "days", "30", 30),
        ("monitoring", "hours_each", "6", 6),
        ("flexibility", "contingency_share", "5%", 0.05),
    ],
)
def test_a_term_of_each_component(
    hub: AppTest, document: Document, component: str, field: str, value: str, kept: object
) -> None:
    open_page(hub, "contracts", TERMS)
    hub.radio(key="component").set_value(component).run()
    widget(hub.text_input, f"contracts.3.{component}.{field}").set_value(value).run()
    assert not hub.exception
    held = document(hub)["contracts"][2][component][field]
    if isinstance(kept, dict):
        assert {name: held[name] for name in kept} == kept
    else:
        assert held == kept


def test_a_term_that_does_not_fit_is_explained_beside_its_contract(hub: AppTest) -> None:
    open_page(hub, "contracts", TERMS)
    hub.radio(key="component").set_value("price").run()
    widget(hub.selectbox, "contracts.3.price.overhead_rule").set_value("cap_of_direct").run()
    assert "needs a rate" in faults(hub)
    widget(hub.text_input, "contracts.3.price.overhead_rate").set_value("15%").run()
    assert faults(hub) == ""


def test_a_term_for_one_service_alone(hub: AppTest, document: Document) -> None:
    open_page(hub, "contracts", TERMS)
    hub.radio(key="component").set_value("payment").run()
    open_drawer(hub, "A term that differs")
    hub.selectbox(key="term-payment").set_value("days").run()
    widget(hub.text_input, "services.1.contract_changes.all.payment.days").set_value("30").run()
    changes = document(hub)["services"][0]["contract_changes"]["all"]
    assert changes["payment"] == {"days": 30}
    open_page(hub, "services", CHANGES)
    button(hub, "take-back-services.1-all-payment-days").click().run()
    assert "payment" not in document(hub)["services"][0]["contract_changes"]["all"]
