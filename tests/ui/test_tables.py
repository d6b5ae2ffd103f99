from __future__ import annotations

import pytest

from funding_model.questions.compare import Comparison, compare
from funding_model.report.words import pounds
from funding_model.scenario.library import library_ids, load_library
from funding_model.ui.html import Group, Row, Table, markdown_text, table_html
from funding_model.ui.tables import checks_table, gap_table, money_table


def amount(text: str) -> int:
    return int(text.replace("£", "").replace(",", "").replace("−", "-").replace("+", ""))


def library_comparison(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


@pytest.mark.parametrize("identifier", library_ids())
def test_shown_years_add_up_to_the_whole(identifier: str) -> None:
    for group in money_table(library_comparison(identifier)).groups:
        *years, whole = group.rows
        for place, cell in enumerate(whole.cells):
            assert sum(amount(row.cells[place]) for row in years) == amount(cell)


@pytest.mark.parametrize("identifier", library_ids())
def test_shown_steps_add_up_to_the_surplus(identifier: str) -> None:
    found = library_comparison(identifier)
    rows = gap_table(found)[0].groups[0].rows
    for case, cell in enumerate(rows[-1].cells):
        assert sum(amount(row.cells[case]) for row in rows[:-1]) == amount(cell)
        assert cell == pounds(float(found.totals.surplus[case]))


def test_the_sums_that_are_checked_are_written_with_minus_signs() -> None:
    headings = [row.heading for row in checks_table(library_comparison("family_support_hub")).groups[0].rows]
    assert "People supported: opening + starting − leaving = closing" in headings
    assert not any(" - " in heading for heading in headings)


def test_a_table_escapes_what_people_wrote_and_has_headings() -> None:
    table = Table("A & B", ("Row", "<b>"), (Group("G", (Row("<i>", ("1 < 2\nsecond",)),)),))
    html = table_html(table)
    assert "A &amp; B" in html
    assert "&lt;b&gt;" in html
    assert '<th scope="row">&lt;i&gt;</th>' in html
    assert '<th scope="rowgroup" colspan="2">G</th>' in html
    assert "<td>1 &lt; 2<br><small>second</small></td>" in html


def test_markdown_is_shown_as_it_is() -> None:
    assert markdown_text("![a](b) *c*") == "\\!\\[a\\]\\(b\\) \\*c\\*"
