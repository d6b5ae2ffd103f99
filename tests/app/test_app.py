from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import Comparison, compare
from funding_model.report.words import difference_as_shown, pounds
from funding_model.scenario.library import load_library, starter_document
from funding_model.ui.frame import TITLES
from funding_model.ui.state import KEY
from funding_model.ui.workspace import Workspace
from tests.app.headings import headings

Tables = dict[str, list[list[str]]]
PAGES = tuple(TITLES)
ALREADY = "Results are worked out already."
FIRST = "family_support_hub"


def library_comparison(identifier: str, contracts: tuple[str, ...] = (), base: str | None = None) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario, contracts, base)


def table(tables: Tables, start: str) -> list[list[str]]:
    return next(rows for caption, rows in tables.items() if caption.startswith(start))


def open_page(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"funding_model/ui/pages/{page}.py").run()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_example(hub: AppTest, page: str) -> None:
    open_page(hub, page)
    assert not hub.exception
    assert not hub.error
    assert len(headings(hub, 1)) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_empty_scenario(app: AppTest, page: str) -> None:
    app.button(key="start-empty").click().run()
    open_page(app, page)
    assert not app.exception
    assert not [each.value for each in app.error if "failed on this page" in each.value]
    assert len(headings(app, 1)) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_way_while_nothing_is_open(visit: Callable[..., AppTest], page: str) -> None:
    app = open_page(visit(work="nobody"), page)
    assert not app.exception
    assert not app.error
    if page not in ("start", "about"):
        assert app.info[0].value.startswith("No scenario is open yet.")


@pytest.mark.parametrize("page", PAGES)
def test_a_first_visitor_finds_an_example_open_and_nothing_is_kept(app: AppTest, database: Path, page: str) -> None:
    open_page(app, page)
    assert not app.exception
    assert not app.error
    assert Workspace.from_json(app.session_state[KEY]).name == library_comparison(FIRST).scenario.name
    assert not app.query_params
    assert not database.exists()


def test_the_results_of_the_example_are_there_at_once(app: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    found = library_comparison(FIRST)
    first = table(tables(app), "At once")
    assert next(row for row in first if row[0] == "Price")[1:] == [pounds(float(each)) for each in found.totals.price]
    rows = table(tables(open_page(app, "compare")), "Cost and price of")
    whole = next(row for row in rows if row[0] == "Whole period")
    assert whole[1] == pounds(float(found.totals.full_cost[0]))


@pytest.mark.parametrize("identifier", [FIRST, "multi_service_charity", "sure_start_regional"])
def test_the_tables_hold_what_the_engine_returned(
    app: AppTest,
    identifier: str,
    tables: Callable[[AppTest], Tables],
    example: Callable[[AppTest, str], AppTest],
) -> None:
    found = library_comparison(identifier)
    shown = tables(open_page(example(app, identifier), "compare"))
    money = table(shown, "Cost and price of")
    wholes = [row for row in money if row[0] == "Whole period"]
    assert len(wholes) == len(found.contracts)
    for case, row in enumerate(wholes):
        totals = found.totals
        assert row[1:] == [
            pounds(float(values[case]))
            for values in (
                totals.full_cost,
                totals.fundable_cost,
                totals.price,
                totals.surplus,
                totals.surplus_posts_filled,
            )
        ]
    results = table(shown, "Results over")
    surplus = next(row for row in results if row[0] == "Surplus with posts filled")
    base = found.contracts.index(found.base)
    assert surplus[1] == pounds(float(found.totals.surplus_posts_filled[base]))
    others = [case for case in range(len(found.contracts)) if case != base]
    for cell, case in zip(surplus[2:], others, strict=True):
        value, start = (float(found.totals.surplus_posts_filled[place]) for place in (case, base))
        assert cell.startswith(pounds(value))
        change = difference_as_shown(value, start, "pounds")
        expected = "no difference" if pounds(change) == "£0" else pounds(change, sign=True)
        assert expected in cell


def test_one_service_of_several(
    app: AppTest, tables: Callable[[AppTest], Tables], example: Callable[[AppTest, str], AppTest]
) -> None:
    found = library_comparison("multi_service_charity")
    open_page(example(app, "multi_service_charity"), "compare")
    app.selectbox(key=f"service-{scenario_of(app)}").set_value(1).run()
    rows = table(tables(app), f"Cost and price of {found.scenario.services[1].name} by")
    whole = next(row for row in rows if row[0] == "Whole period")
    assert whole[1] == pounds(float(found.evaluation.money.full_cost[0, 1].sum()))


def scenario_of(app: AppTest) -> str:
    return Workspace.from_json(app.session_state[KEY]).scenario


def contract_boxes(app: AppTest) -> list[Any]:
    return [box for box in app.checkbox if str(box.key).startswith("contract-")]


def test_choosing_contracts_and_the_base(
    hub: AppTest, workspace: Callable[[AppTest], Workspace], tables: Callable[[AppTest], Tables]
) -> None:
    open_page(hub, "compare")
    names = library_comparison(FIRST).contracts
    contract_boxes(hub)[1].uncheck().run()
    assert workspace(hub).contracts == (names[0], *names[2:])
    base = next(radio for radio in hub.radio if str(radio.key).startswith("base-"))
    base.set_value(names[2]).run()
    assert workspace(hub).base == names[2]
    assert table(tables(hub), "Results over")[0][1] == f"{names[2]} (base)"
    contract_boxes(hub)[2].uncheck().run()
    assert table(tables(hub), "Results over")[0][1] == f"{names[0]} (base)"
    assert not hub.exception


def test_no_contract_chosen(hub: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    open_page(hub, "compare")
    for box in contract_boxes(hub):
        box.uncheck()
    hub.run()
    assert workspace(hub).contracts == ()
    assert hub.info[0].value.startswith("Tick at least one contract")
    contract_boxes(hub)[0].check().run()
    assert not hub.info
    assert len(workspace(hub).contracts or ()) == 1


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    return app.file_uploader[0].upload(name, content, "application/yaml").run()


def test_a_file_of_your_own_opens_and_is_saved(
    app: AppTest, workspace: Callable[[AppTest], Workspace], document: Callable[[AppTest], dict[str, Any]]
) -> None:
    upload(app, "mine.yaml", starter_document().encode())
    assert not app.error
    assert workspace(app).name == "My scenario"
    assert document(app)["organisation"]["name"] == "My organisation"
    assert app.query_params["scenario"] in (workspace(app).scenario, [workspace(app).scenario])


def test_a_bad_file_is_explained_and_changes_nothing(
    hub: AppTest, workspace: Callable[[AppTest], Workspace], tables: Callable[[AppTest], Tables]
) -> None:
    before = workspace(hub)
    text = starter_document().replace("horizon_years: 3", "horizon_years: 99").replace("fte: 0.6", "fte: 0,6")
    upload(hub, "bad.yaml", text.encode())
    assert not hub.exception
    assert replace(workspace(hub), said="", times=0) == replace(before, said="", times=0)
    assert any("The file bad.yaml was not opened" in error.value.replace("\\", "") for error in hub.error)
    rows = table(tables(hub), "What is wrong")
    assert [row[0] for row in rows[1:]] == ["horizon_years", "services.1.posts.2.fte"]
    assert "99" in rows[1][1]
    assert rows[2][2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe\x89PNG",
        b"PK\x03\x04" + b"\x00" * 1000,
        b"[" * 50_000,
        b"a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n",
        b"!!python/object/apply:os.system [exit]\n",
        b'{"name": "<script>alert(1)</script>", "horizon_years": "![x](https://example.org/x.png)"}',
        b"name,amount\n=cmd|' /C calc'!A0,1\n",
    ],
    ids=["empty", "binary", "zip", "deep", "aliases", "tag", "markup", "formula"],
)
def test_a_hostile_file_is_refused_in_words(
    hub: AppTest, content: bytes, document: Callable[[AppTest], dict[str, Any]], words: Callable[[AppTest], str]
) -> None:
    before = document(hub)
    upload(hub, "hostile.yaml", content)
    assert not hub.exception
    assert hub.error
    assert document(hub) == before
    assert "<script>alert" not in words(hub)


@pytest.mark.parametrize("page", PAGES)
def test_names_that_look_like_markup_are_shown_as_they_are(
    app: AppTest, page: str, words: Callable[[AppTest], str]
) -> None:
    name = "![x](https://example.org/x.png) <img src=x onerror=alert(1)> :red[a] $x$ </script>"
    text = starter_document().replace("name: My scenario", f"name: '{name}'")
    text = text.replace("name: Three years with consumer prices", f"name: '{name}'")
    text = text.replace("name: Family support\n", f"name: '{name}'\n")
    upload(app, "markup.yaml", text.encode())
    open_page(app, page)
    assert not app.exception
    assert not app.error
    shown = words(app)
    assert "<img" not in shown
    assert "a) $x$ </script>" not in shown
    for box in contract_boxes(app)[1:]:
        assert "\\!\\[x\\]\\(https\\:" in box.label


def test_a_scenario_that_cannot_be_costed_says_why(app: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    text = starter_document().replace("first_month: 2026-04", "first_month: 1950-04")
    upload(app, "old.yaml", text.encode())
    open_page(app, "compare")
    assert not app.exception
    assert "This scenario cannot be worked out yet" in app.error[0].value.replace("\\", "")
    assert "1950-04" in table(tables(app), "What is wrong")[1][1]


def test_an_unfinished_scenario_says_what_is_missing_and_where(app: AppTest, words: Callable[[AppTest], str]) -> None:
    app.button(key="start-empty").click().run()
    assert "Still needed: 9 of 9." in words(app)
    open_page(app, "compare")
    assert not app.exception
    assert "not complete yet" in app.warning[0].value
    links = {link.proto.label for link in app.get("page_link")}
    assert {"A contract to look at: Contracts side by side", "A service, with a name: Services"} <= links
    assert ALREADY not in words(app)


def test_steps_that_are_rounded_to_add_up_say_so(hub: AppTest, words: Callable[[AppTest], str]) -> None:
    assert "one may differ by a pound from the same amount elsewhere" in words(open_page(hub, "compare"))


def test_what_may_stay_blank_does_not_hold_up_the_results(app: AppTest, words: Callable[[AppTest], str]) -> None:
    upload(app, "some.yaml", starter_document().replace("  opening_cash:", "  # opening_cash:").encode())
    open_page(app, "start")
    assert not app.exception
    assert "Still needed: " in words(app)
    assert ALREADY in words(app)


def test_cash_page_shows_each_month(hub: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    found = library_comparison(FIRST)
    shown = tables(open_page(hub, "cash"))
    months = table(shown, "At each month")
    assert len(months) == 1 + found.prepared.dates.months
    assert months[1][:2] == ["April 2026", pounds(float(found.evaluation.cash.balance[0, 0]))]
    lowest = table(shown, "Cash and free reserves")
    assert lowest[1][3].startswith(pounds(float(found.totals.lowest_cash[0])))


def test_checks_page_lists_checks_and_what_is_off(hub: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    found = library_comparison(FIRST)
    shown = tables(open_page(hub, "checks"))
    checks = table(shown, "Reconciliations")
    assert [row[1] for row in checks[1:]] == ["yes" if check.passed else "NO" for check in found.checks]
    assert len(table(shown, "Effects that are not counted or are simplified")) > 1
    assert any("Outlook" in block.value for block in hub.markdown)


def test_what_was_chosen_holds_on_every_page(hub: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    chosen = workspace(hub)
    for page in PAGES:
        open_page(hub, page)
        assert not hub.exception
        assert workspace(hub) == chosen


def test_the_workspace_is_kept_as_text(hub: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    assert json.loads(hub.session_state[KEY])["name"] == "Family support hub"
    assert Workspace.from_json(workspace(hub).to_json()) == workspace(hub)
