from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import Comparison, compare
from funding_model.report.words import in_unit, number
from funding_model.scenario.library import load_library

Tables = dict[str, list[list[str]]]


def comparison_of(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


def table(tables: Tables, start: str) -> list[list[str]]:
    return next(rows for caption, rows in tables.items() if caption.startswith(start))


@pytest.mark.parametrize("identifier", ["family_support_hub", "multi_service_charity", "sure_start_regional"])
def test_months_end_with_those_who_wait_and_weeks_add_up_to_those_lost(
    app: AppTest,
    identifier: str,
    tables: Callable[[AppTest], Tables],
    example: Callable[[AppTest, str], AppTest],
) -> None:
    found = comparison_of(identifier)
    base = found.contracts.index(found.base)
    shown = tables(example(app, identifier).switch_page("funding_model/ui/pages/delivery.py").run())
    assert not app.exception
    months = table(shown, f"People by month under “{found.base}”")
    assert len(months) == 1 + found.prepared.dates.months
    assert months[-1][-1] == in_unit(float(found.totals.waiting_at_end[base]), "people")
    together = table(shown, "Weeks of service lost")[-1]
    assert together[1:] == [number(float(lost)) for lost in found.totals.weeks_lost]


def test_one_service_is_shown_alone(
    app: AppTest, tables: Callable[[AppTest], Tables], example: Callable[[AppTest, str], AppTest]
) -> None:
    found = comparison_of("multi_service_charity")
    example(app, "multi_service_charity").switch_page("funding_model/ui/pages/delivery.py").run()
    box = next(each for each in app.selectbox if each.label == "Services")
    box.set_value(2).run()
    months = table(tables(app), "People by month")
    flow = found.evaluation.delivery.flow
    assert [row[-1] for row in months[1:]] == [in_unit(float(each), "people") for each in flow.waiting[0, 2]]


def test_without_people_the_way_to_enter_them_is_shown(
    app: AppTest, example: Callable[[AppTest, str], AppTest]
) -> None:
    example(app, "contract_charity_1059917").switch_page("funding_model/ui/pages/delivery.py").run()
    assert not app.exception
    assert any("No people are entered" in each.value for each in app.info)
