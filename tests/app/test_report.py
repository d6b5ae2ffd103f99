"""The page Report: what is chosen is in the report, which is shown and offered in every format."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.report.paper.asked import ANNEXES
from funding_model.ui.reports import FORMATS

PAGE = "funding_model/ui/pages/report.py"


@pytest.fixture
def report(app: AppTest, example: Callable[[AppTest, str], AppTest]) -> AppTest:
    """The page with an example open and most annexes left out, so that it is made quickly."""
    opened = example(app, "citizens_advice_2020").switch_page(PAGE).run()
    for box in annexes(opened):
        if box.label != ANNEXES["money"]:
            box.uncheck()
    return opened.run()


def annexes(app: AppTest) -> list:  # type: ignore[type-arg]  # of checkboxes, which have no public type
    return [box for box in app.checkbox if str(box.key).startswith("annex-")]


def preview(app: AppTest) -> str:
    """Return the page that is shown; empty while none is."""
    frames = app.get("iframe")
    return str(frames[0].proto.srcdoc) if frames else ""


def labelled(app: AppTest, start: str) -> object:
    return next(each for each in (*app.checkbox, *app.selectbox, *app.number_input) if each.label.startswith(start))


def test_nothing_is_made_until_it_is_asked_for(report: AppTest) -> None:
    assert len(annexes(report)) == len(ANNEXES)
    assert not preview(report)
    assert not report.get("download_button")


def test_it_is_made_shown_and_offered_in_every_format(report: AppTest) -> None:
    report.button(key="make-report").click().run()
    assert not report.exception
    page = preview(report)
    assert "Annex A. The money by year and service" in page
    assert "Annex B. What is switched off" in page
    assert "Annex C." not in page
    labels = [button.proto.label for button in report.get("download_button")]
    assert labels == [label for label, _ in FORMATS.values()]
    report.run()
    assert preview(report) == page, "it stays while nothing changes"


def test_the_proof_workbook_is_made_when_it_is_asked_for_and_stays(
    app: AppTest, example: Callable[[AppTest, str], AppTest]
) -> None:
    page = example(app, "youth_engagement_contracts").switch_page(PAGE).run()
    assert not page.get("download_button")
    page.button(key="make-workbook").click().run()
    assert not page.exception
    assert not preview(page), "the report itself was not asked for"
    for _ in range(2):
        assert [button.proto.label for button in page.get("download_button")] == [
            "The proof workbook (Excel, LibreOffice)"
        ]
        page.run()


def test_another_choice_waits_to_be_made(report: AppTest) -> None:
    report.button(key="make-report").click().run()
    assert preview(report)
    labelled(report, "Open book").check()  # type: ignore[attr-defined]
    report.run()
    assert not preview(report)
    report.button(key="make-report").click().run()
    assert "Open-book scenario report" in preview(report)


def test_a_baseline_of_another_kind_is_named_in_words(report: AppTest) -> None:
    box = labelled(report, "Baseline scenario")
    box.set_value("example:short_breaks")  # type: ignore[attr-defined]
    report.run()
    report.button(key="make-report").click().run()
    assert not report.exception
    assert any("This report cannot be made" in each.value for each in report.error)
    assert not preview(report)
