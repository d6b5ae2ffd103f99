"""Why, how sure, what would it take: one way through the questions, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from funding_model.questions.bridge import End, bridge
from funding_model.questions.compare import Comparison, compare
from funding_model.questions.explain import explain
from funding_model.questions.ladder import ladder
from funding_model.report.bridges import bridge_tables, lead
from funding_model.report.explanations import value_text
from funding_model.report.ladder import ladder_grids
from funding_model.report.words import pounds
from funding_model.scenario.library import load_library
from funding_model.ui.plans import QUESTIONS
from tests.browser.person import Person, violations

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
HUB = "family_support_hub"


def hub() -> Comparison:
    scenario, problems = load_library(HUB)
    assert scenario is not None, problems
    return compare(scenario)


def whole(page: Page) -> None:
    """Wait until the page is drawn to its end, and nothing of the one before is left."""
    expect(page.get_by_role("link", name=re.compile("^Next: "))).to_be_visible()
    expect(page.locator('[data-stale="true"]')).to_have_count(0)


def test_why_how_sure_and_what_would_it_take(visit: Visit, address: str) -> None:
    found = hub()
    person = Person(visit(address))
    page = person.page
    person.open_example(found.scenario.name)

    # Why: the bridge between two contracts says what the engine says.
    person.go("why", "Why")
    whole(page)
    end = found.contracts[-1]
    if len(found.contracts) > 2:
        person.choose("To", end)
    told = bridge(End(found.scenario, found.base), End(found.scenario, end), ("surplus_posts_filled",))
    expect(page.get_by_text(lead(told, bridge_tables(told)[0]))).to_be_visible()

    # Where a figure comes from: from the table to its parts, by the keyboard.
    person.reads("Where does it come from?").click()
    page.get_by_role("link", name="Price", exact=True).click()
    person.settle("Where figures come from")
    root = explain(found, found.base, "price", found.scenario.services[0].name)
    tree = page.locator("ul.fm-tree")
    expect(tree.locator("summary").first).to_contain_text(value_text(root))
    summary = tree.locator("summary").nth(1)
    summary.focus()
    page.keyboard.press("Enter")
    expect(tree.locator("details").nth(1)).to_have_attribute("open", "")

    # How sure: a range is entered, drawn, drawn more often, and a long run is broken off.
    person.go("assumptions", "Assumptions")
    box = page.get_by_role("combobox", name=re.compile("Assumption$"))
    box.click()
    box.fill("Staff turnover")  # a long list holds only the choices in sight
    page.get_by_role("option", name="Staff turnover", exact=True).click()
    person.settle("Assumptions")
    for label, value in (("Low", "10%"), ("Value", "20%"), ("High", "40%")):
        person.fill(label, value)
    person.choose("Distribution", "Most often near the value (triangular)")
    person.says("Saved.")
    person.go("how_sure", "How sure")
    expect(page.get_by_text(re.compile("^500 draws of 1 range"))).to_be_visible()
    person.choose("Number of draws", "2,000")
    expect(page.get_by_text(re.compile("^2,000 draws of 1 range"))).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Number of draws")).click()
    page.get_by_role("option", name="65,536", exact=True).click()
    page.get_by_role("button", name="Cancel").click()
    person.settle("How sure")
    expect(page.get_by_text(re.compile("^500 draws of 1 range"))).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)

    # What would it take: the ladder's price is that of the comparison.
    person.go("what_it_takes", "What would it take")
    person.choose("Question", next(each for each in QUESTIONS if each.startswith("Where is there room")))
    rungs = page.get_by_role("table", name=re.compile("^The ladder over the whole period"))
    expect(rungs).to_be_visible()
    expected = {row[0]: row[1] for row in ladder_grids(ladder(found))[0].rows}
    assert set(expected) == set(found.contracts)
    for case, name in enumerate(found.contracts):
        assert pounds(float(found.totals.price[case])) == expected[name]


@pytest.mark.parametrize(
    ("scheme", "size"), [("dark", {"width": 1280, "height": 2000}), ("light", {"width": 320, "height": 1600})]
)
def test_every_question_is_accessible(visit: Visit, address: str, scheme: str, size: dict[str, int]) -> None:
    person = Person(visit(address, size=size, scheme=scheme))
    page = person.page
    person.open_example(hub().scenario.name)
    person.go("what_it_takes", "What would it take")
    for place, question in enumerate(QUESTIONS):
        if place:
            person.choose("Question", question)
        expect(page.get_by_role("heading", level=2, name=question)).to_be_visible()
        whole(page)
        assert violations(page) == [], question
        assert page.get_by_test_id("stMain").evaluate("area => area.scrollWidth <= area.clientWidth"), question
