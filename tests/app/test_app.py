from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.questions.compare import Comparison, compare
from funding_model.report.words import difference_as_shown, pounds
from funding_model.scenario.library import load_library, starter_document
from funding_model.ui.state import KEY, Workspace

Tables = dict[str, list[list[str]]]
PAGES = ("compare", "cash", "checks", "about")
FIRST = "family_support_hub"


def library_comparison(identifier: str, contracts: tuple[str, ...] = (), base: str | None = None) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario, contracts, base)


def table(tables: Tables, start: str) -> list[list[str]]:
    return next(rows for caption, rows in tables.items() if caption.startswith(start))


def open_page(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"funding_model/ui/pages/{page}.py").run()


def choose(app: AppTest, identifier: str) -> AppTest:
    return app.selectbox(key="scenario-0").set_value(identifier).run()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_example(app: AppTest, page: str, words: Callable[[AppTest], str]) -> None:
    open_page(app, page)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert "Contracts to compare" in words(app)


def test_the_first_visit_shows_the_hub(app: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    opened = workspace(app)
    expected = library_comparison(FIRST)
    assert opened.source == FIRST
    assert opened.contracts == expected.contracts
    assert opened.base == expected.base


@pytest.mark.parametrize("identifier", [FIRST, "multi_service_charity", "sure_start_regional"])
def test_the_tables_hold_what_the_engine_returned(
    app: AppTest, identifier: str, tables: Callable[[AppTest], Tables]
) -> None:
    found = library_comparison(identifier)
    shown = tables(choose(app, identifier))
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


def test_one_service_of_several(app: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    found = library_comparison("multi_service_charity")
    choose(app, "multi_service_charity")
    app.selectbox(key="service-1").set_value(1).run()
    rows = table(tables(app), f"Cost and price of {found.scenario.services[1].name} by")
    whole = next(row for row in rows if row[0] == "Whole period")
    assert whole[1] == pounds(float(found.evaluation.money.full_cost[0, 1].sum()))


def test_choosing_contracts_and_the_base(
    app: AppTest, workspace: Callable[[AppTest], Workspace], tables: Callable[[AppTest], Tables]
) -> None:
    names = workspace(app).names
    app.checkbox(key="contract-0-1").uncheck().run()
    assert workspace(app).contracts == (names[0], *names[2:])
    app.radio(key="base-0-0-2-3").set_value(names[2]).run()
    assert workspace(app).base == names[2]
    assert table(tables(app), "Results over")[0][1] == f"{names[2]} (base)"
    app.checkbox(key="contract-0-2").uncheck().run()
    assert workspace(app).base == names[0]
    assert not app.exception


def test_no_contract_chosen(app: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    for place in range(len(workspace(app).names)):
        app.checkbox(key=f"contract-0-{place}").uncheck()
    app.run()
    assert workspace(app).contracts == ()
    assert app.info[0].value == "Tick at least one contract in the side panel."
    app.checkbox(key="contract-0-0").check().run()
    assert not app.info
    assert len(workspace(app).contracts) == 1


def test_a_file_of_your_own(app: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    app.file_uploader[0].upload("mine.yaml", starter_document().encode(), "application/yaml").run()
    assert not app.exception
    assert not app.error
    assert workspace(app).file_name == "mine.yaml"
    assert json.loads(workspace(app).document)["name"] == "My scenario"
    app.selectbox(key="scenario-1").set_value(FIRST).run()
    assert workspace(app).source == FIRST


def test_a_bad_file_changes_nothing_and_names_each_problem(
    app: AppTest, workspace: Callable[[AppTest], Workspace], tables: Callable[[AppTest], Tables]
) -> None:
    before = workspace(app)
    bad = starter_document().replace("horizon_years: 3", "horizon_years: 99").replace("fte: 1\n", "fte: 7\n", 1)
    app.file_uploader[0].upload("bad.yaml", bad.encode(), "application/yaml").run()
    assert not app.exception
    assert workspace(app) == before
    assert any("2 problems" in error.value for error in app.error)
    rows = table(tables(app), "Problems")
    assert [row[0] for row in rows[1:]] == ["horizon_years", "services.1.posts.1.fte"]
    assert "99" in rows[1][1]
    assert rows[2][2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe\x89PNG",
        b"[" * 50_000,
        b"a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n",
        b"!!python/object/apply:os.system [exit]\n",
        b'{"name": "<script>alert(1)</script>", "horizon_years": "![x](https://example.org/x.png)"}',
    ],
    ids=["empty", "binary", "deep", "aliases", "tag", "markup"],
)
def test_a_hostile_file_is_refused_in_words(
    app: AppTest, content: bytes, workspace: Callable[[AppTest], Workspace], words: Callable[[AppTest], str]
) -> None:
    before = workspace(app)
    app.file_uploader[0].upload("hostile.yaml", content, "application/yaml").run()
    assert not app.exception
    assert app.error
    assert workspace(app) == before
    assert "<script" not in words(app)


def test_names_that_look_like_markup_are_shown_as_they_are(app: AppTest, words: Callable[[AppTest], str]) -> None:
    name = "![x](https://example.org/x.png) <img src=x onerror=alert(1)> :red[a] $x$"
    text = starter_document().replace("name: My scenario", f"name: '{name}'")
    text = text.replace("name: Three years with consumer prices", f"name: '{name}'")
    app.file_uploader[0].upload("markup.yaml", text.encode(), "application/yaml").run()
    assert not app.exception
    assert not app.error
    assert "<img" not in words(app)
    assert "&lt;img src=x onerror=alert(1)&gt;" in words(app)
    label = app.checkbox(key="contract-1-1").label
    assert "\\!\\[x\\]\\(https\\:" in label


def test_a_scenario_that_cannot_be_costed_says_why(app: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    text = starter_document().replace("first_month: 2026-04", "first_month: 1950-04")
    app.file_uploader[0].upload("old.yaml", text.encode(), "application/yaml").run()
    assert not app.exception
    assert "This scenario cannot be worked out yet" in app.error[0].value.replace("\\", "")
    assert "1950-04" in table(tables(app), "Problems")[1][1]


def test_cash_page_shows_each_month(app: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    found = library_comparison(FIRST)
    shown = tables(open_page(app, "cash"))
    months = table(shown, "At each month")
    assert len(months) == 1 + found.prepared.dates.months
    assert months[1][:2] == ["April 2026", pounds(float(found.evaluation.cash.balance[0, 0]))]
    lowest = table(shown, "Cash and free reserves")
    assert lowest[1][2].startswith(pounds(float(found.totals.lowest_cash[0])))


def test_checks_page_lists_checks_and_what_is_off(app: AppTest, tables: Callable[[AppTest], Tables]) -> None:
    found = library_comparison(FIRST)
    shown = tables(open_page(app, "checks"))
    checks = table(shown, "Reconciliations")
    assert [row[1] for row in checks[1:]] == ["yes" if check.passed else "NO" for check in found.checks]
    assert len(table(shown, "Effects that are not counted")) > 1
    assert any("Outlook" in block.value for block in app.markdown)


def test_what_was_chosen_holds_on_every_page(app: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    choose(app, "multi_service_charity")
    chosen = workspace(app)
    for page in PAGES:
        open_page(app, page)
        assert not app.exception
        assert workspace(app) == chosen


def test_the_workspace_is_kept_as_text(app: AppTest, workspace: Callable[[AppTest], Workspace]) -> None:
    assert json.loads(app.session_state[KEY])["source"] == FIRST
    assert Workspace.from_json(workspace(app).to_json()) == workspace(app)
