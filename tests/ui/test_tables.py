from __future__ import annotations

from typing import Any

import pytest

from funding_model.report.table import Row as ReportRow
from funding_model.report.table import Table as ReportTable
from funding_model.scenario.columns import column_of
from funding_model.scenario.contracts import Award, Price
from funding_model.ui.html import Group, Row, Table, in_groups, list_html, markdown_text, report_html, table_html
from funding_model.ui.tables import value_words


def test_a_table_of_the_report_is_shown_in_its_groups_with_its_notes_below() -> None:
    rows = (ReportRow(("G",), "group"), ReportRow(("a", "1")), ReportRow(("all", "2"), "total"))
    table = ReportTable("C", ("Row", "Amount"), rows, notes=("Nothing in: <x>.",))
    assert in_groups(table).groups == (Group("G", (Row("a", ("1",)), Row("all", ("2",), total=True))),)
    assert report_html(table).endswith('</table></div><p class="fm">Nothing in: &lt;x&gt;.</p>')
    assert in_groups(ReportTable("C", ("Row", "Amount"), rows[1:])).groups[0].heading == ""
    assert in_groups(ReportTable("C", ("Row", "Words"), rows[1:], texts=2)).words


def test_a_table_escapes_what_people_wrote_and_has_headings() -> None:
    table = Table("A & B", ("Row", "<b>"), (Group("G", (Row("<i>", ("1 < 2\nsecond",)),)),))
    html = table_html(table)
    assert "A &amp; B" in html
    assert "&lt;b&gt;" in html
    assert '<th scope="row">&lt;i&gt;</th>' in html
    assert '<th scope="rowgroup" colspan="2">G</th>' in html
    assert "<td>1 &lt; 2<br><small>second</small></td>" in html


def test_a_cell_that_differs_is_shaded_as_well_as_marked() -> None:
    html = table_html(Table("C", ("Term", "base", "other"), (Group("", (Row("Length", ("12", "36\n≠ base")),)),)))
    assert "<td>12</td><td class=fm-differs>36<br><small>≠ base</small></td>" in html


def test_markdown_is_shown_as_it_is() -> None:
    assert markdown_text("![a](b) *c*") == "\\!\\[a\\]\\(b\\) \\*c\\*"


def test_no_line_ends_within_a_financial_year() -> None:
    assert '<span class="fm-n">2028-29</span>' in list_html(["In 2028-29 it is less."])
    assert '<span class="fm-n">2026-27</span>' in table_html(Table("C", ("Post", "FTE 2026-27"), ()))


@pytest.mark.parametrize(
    ("model", "name", "value", "words"),
    [
        (Award, "lead_months", -3, "−3"),
        (Price, "current", 104_483, "£104,483"),
        (Price, "current", 0.5, "£0.50"),
        (Price, "schedule", [12_000, 12_400], "£12,000; £12,400"),
        (Price, "overhead_rate", 0.1, "10%"),
        (Price, "current", None, ""),
    ],
)
def test_what_a_contract_says_is_read_with_its_signs(model: Any, name: str, value: Any, words: str) -> None:  # noqa: ANN401
    assert value_words(column_of(model, name), value) == words
