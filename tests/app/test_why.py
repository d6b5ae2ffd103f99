from __future__ import annotations

from collections.abc import Callable
from html import unescape
from re import sub

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.bridge import End, bridge
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.gap import gap_years, subsidies
from funding_model.report.bridges import bridge_tables, lead, sentences
from funding_model.report.words import pounds
from funding_model.scenario.library import load_library
from funding_model.ui import stored
from funding_model.ui.state import KEY
from funding_model.ui.workspace import Workspace

Tables = dict[str, list[list[str]]]
CHARITY = "multi_service_charity"


def comparison_of(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


def table(tables: Tables, start: str) -> list[list[str]]:
    return next(rows for caption, rows in tables.items() if caption.startswith(start))


def plain(html: str) -> str:
    return unescape(sub(r"<[^>]+>", "", html))


@pytest.fixture
def why(app: AppTest, example: Callable[[AppTest, str], AppTest]) -> AppTest:
    return example(app, CHARITY).switch_page("funding_model/ui/pages/why.py").run()


def choose(app: AppTest, label: str, value: object) -> AppTest:
    return next(box for box in app.selectbox if box.label == label).set_value(value).run()


def test_the_gap_is_what_the_engine_says_of_a_contract_and_of_one_service(
    why: AppTest, tables: Callable[[AppTest], Tables]
) -> None:
    found = comparison_of(CHARITY)
    contract = found.contracts[1]
    choose(why, "Contract", contract)
    rows = {row[0]: row[1:] for row in table(tables(why), "From full cost to surplus: all services")}
    whole = next(each for each in gap_years(found, 1) if each.service is None and each.year is None)
    for label, name in (("Full cost", "full_cost"), ("Fundable cost", "fundable_cost"), ("Price", "price")):
        assert rows[label][-1] == pounds(whole.ends[name])
    assert rows["Surplus"][-1] == pounds(whole.ends["surplus"])

    service = found.scenario.services[2].name
    choose(why, "Services", 2)
    rows = {row[0]: row[1:] for row in table(tables(why), f"From full cost to surplus: {service} under “{contract}”")}
    own = next(each for each in gap_years(found, 1) if each.service == service and each.year is None)
    assert rows["Price"][-1] == pounds(own.ends["price"])


def test_each_service_has_a_row_that_adds_up(why: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    drawer = next(each.label for each in why.expander if each.label.startswith("Each of the"))
    why.session_state[f"drawer-{drawer}"] = True
    head, *services, together = table(tables(why.run()), "From full cost to surplus, each service")
    assert [row[0] for row in services] == [each.name for each in comparison_of(CHARITY).scenario.services]

    def amount(cell: str) -> int:
        return int(cell.replace("−", "-").replace("£", "").replace(",", "").replace("+", ""))

    for column in range(1, len(head)):
        assert sum(amount(row[column]) for row in services) == amount(together[column])


def test_what_reserves_meet_is_what_the_engine_says(why: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    found = comparison_of(CHARITY)
    rows = table(tables(why), "What free reserves meet")[1:]
    assert [row[3] for row in rows] == [pounds(each.free_reserves) for each in subsidies(found, 0)]


def test_the_bridge_is_the_one_between_the_contracts_and_for_the_result_chosen(
    why: AppTest, tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    found = comparison_of(CHARITY)
    start, end = found.contracts[1], found.contracts[3]
    choose(why, "From", start)
    choose(why, "To", end)
    choose(why, "Result", "price")
    expected = bridge(End(found.scenario, start), End(found.scenario, end), ("price",))
    shown = bridge_tables(expected)[0]
    said = plain(words(why))
    assert lead(expected, shown) in said
    for sentence in sentences(shown):
        assert sentence in said
    rows = table(tables(why), "What makes the difference: Price")
    cells = {row[0].split("\n")[0]: row[1] for row in rows}
    for row in shown.rows:
        assert row.nothing or cells[row.label] == shown.shown.change(row.value)
    assert cells["Difference"] == shown.shown.change(shown.difference)


def test_with_one_contract_the_way_to_another_is_shown(why: AppTest) -> None:
    boxes = [box for box in why.checkbox if str(box.key).startswith("contract-")]
    for box in boxes[1:]:
        box.uncheck()
    why.run()
    assert not why.exception
    assert any("There is one contract only" in each.value for each in why.info)


def test_a_bridge_leads_to_a_changed_copy_and_to_an_earlier_version(
    why: AppTest, tables: Callable[[AppTest], Tables], words: Callable[[AppTest], str]
) -> None:
    why.switch_page("funding_model/ui/pages/scenarios.py").run()
    why.button(key="copy-scenario").click().run()
    why.switch_page("funding_model/ui/pages/services.py").run()
    field = next(each for each in why.text_input if str(each.key).startswith("services.1.people.caseload_per_fte-"))
    field.set_value("11").run()
    why.switch_page("funding_model/ui/pages/why.py").run()
    boxes = {box.label: box for box in why.selectbox}
    ends = boxes["Compare with a contract of"].options
    original = next(place for place, words in enumerate(ends) if words == "One charity, five funders")
    assert any(each.startswith("Version 1: Copied from") for each in ends)
    for end, called in ((1, "version 1"), (original, "“One charity, five funders”")):
        choose(why, "Compare with a contract of", key_of(why, end))
        assert boxes["From"].value == next(box for box in why.selectbox if box.label == "To").value
        choose(why, "Result", "support_months")
        assert not why.exception
        rows = table(tables(why), "What makes the difference")
        assert [row[0].split("\n")[0] for row in rows[2:-2]] == ["People supported and size"]
        assert called in plain(words(why))


def key_of(app: AppTest, place: int) -> str:
    """The key of a scenario to which a bridge may lead, by its place in the list."""
    opened = Workspace.from_json(app.session_state[KEY])
    kept = [each for each in stored.store().scenarios(opened.owner) if each.id != opened.scenario]
    return ["here", "version:1", *(f"saved:{each.id}" for each in kept)][place]


def test_a_bridge_to_other_services_is_refused_with_what_to_do(why: AppTest, words: Callable[[AppTest], str]) -> None:
    box = next(each for each in why.selectbox if each.label == "Compare with a contract of")
    box.set_value("example:family_support_hub").run()
    assert not why.exception
    assert any("There is no bridge to" in each.value for each in why.error)
    assert "save a copy of this scenario" in plain(words(why))
