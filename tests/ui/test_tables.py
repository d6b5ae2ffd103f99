from __future__ import annotations

from funding_model.report.table import Row as ReportRow
from funding_model.report.table import Table as ReportTable
from funding_model.ui.html import Group, Row, Table, in_groups, markdown_text, report_html, table_html


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


def test_markdown_is_shown_as_it_is() -> None:
    assert markdown_text("![a](b) *c*") == "\\!\\[a\\]\\(b\\) \\*c\\*"
