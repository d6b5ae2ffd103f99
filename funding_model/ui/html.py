"""HTML: tables and lists that a screen reader can read, with every word of a visitor's own escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from funding_model.report.table import Table as ReportTable

STYLE = """<style>
.st-key-attending { display: none; }
[data-testid="stMainBlockContainer"] { padding-top: 3.5rem; }
h1.fm, h2.fm, h3.fm { margin: 0; line-height: 1.2; overflow-wrap: anywhere; scroll-margin-top: 3.75rem; }
h1.fm:focus { outline: none; }
h1.fm { font-size: 2.1rem; font-weight: 700; padding: 1.25rem 0 1rem; }
h2.fm { font-size: 1.55rem; font-weight: 600; padding: 1rem 0; letter-spacing: -0.005em; }
h3.fm { font-size: 1.25rem; font-weight: 600; padding: 0.5rem 0 1rem; }
:is(h1, h2, h3).fm:has(+ p) { padding-bottom: 0.6rem; }
.fm-scroll { overflow: auto; border: 1px solid rgba(128, 128, 128, 0.35); border-radius: 4px; }
.fm-scroll.fm-long { max-height: 36rem; }
.fm-scroll.fm-long thead th { position: sticky; top: 0; background: var(--st-background-color, Canvas); z-index: 1; }
.fm-scroll:focus-visible { outline: 3px solid #24828c; outline-offset: 2px; }
table.fm { border-collapse: collapse; width: 100%; font-size: 0.95rem; font-variant-numeric: tabular-nums; }
table.fm caption { text-align: left; font-weight: 600; padding: 0.5rem 0.6rem; caption-side: top; }
table.fm caption span { display: inline-block; position: sticky; left: 0.6rem;
  max-width: calc(100vw - 4rem); }
table.fm th, table.fm td { padding: 0.3rem 0.6rem; border-top: 1px solid rgba(128, 128, 128, 0.3);
  text-align: right; vertical-align: top; white-space: nowrap; }
table.fm thead th { vertical-align: bottom; white-space: normal; min-width: 4rem; font-weight: 600; }
table.fm th[scope="row"], table.fm th.fm-first { text-align: left; font-weight: 400; white-space: normal;
  min-width: 8.5rem; }
table.fm th[scope="rowgroup"] { text-align: left; font-weight: 600; background: rgba(128, 128, 128, 0.12); }
table.fm tr.fm-total th, table.fm tr.fm-total td { font-weight: 600; border-top: 2px solid rgba(128, 128, 128, 0.7); }
table.fm .fm-text { text-align: left; white-space: normal; min-width: 9rem; }
table.fm thead th.fm-first { font-weight: 600; }
table.fm.fm-words th, table.fm.fm-words td { min-width: 8rem; text-align: left; white-space: normal;
  overflow-wrap: break-word; }
table.fm td.fm-differs { background: rgba(36, 130, 140, 0.16); }
table.fm small { font-size: 0.9em; font-weight: 400; }
ul.fm-headlines { padding-left: 1.1rem; margin: 0; max-width: 60rem; }
ul.fm-headlines li { margin-bottom: 0.45rem; font-size: 1.05rem; line-height: 1.5; }
p.fm-fault { max-width: 60rem; margin: 0 0 0.5rem 0; padding: 0.35rem 0.6rem; border-left: 4px solid #b3261e;
  background: rgba(179, 38, 30, 0.10); line-height: 1.45; overflow-wrap: anywhere; }
p.fm-fault.fm-wanting { border-left-color: #24828c; background: rgba(36, 130, 140, 0.10); }
[data-testid="stPageLink-NavLink"] { height: auto; }
[data-testid="stPageLink-NavLink"] :is(span, p) { white-space: normal; overflow: visible; }
[data-testid="stPageLink-NavLink"] p { text-decoration: underline; color: var(--st-link-color, inherit); }
.fm-warning { border-left: 4px solid #d6681f; background: rgba(214, 104, 31, 0.10); padding: 0.35rem 0.6rem; }
p.fm-term { margin: 0.6rem 0 0 0; font-weight: 600; }
p.fm-term span { font-weight: 400; }
p.fm-remark { font-size: 0.875rem; max-width: 60rem; margin: 0; line-height: 1.5; overflow-wrap: anywhere; }
.fm-scroll + p.fm-remark { margin-top: 0.75rem; }
p.fm-caption { font-weight: 600; margin: 0; }
p.fm-state { margin: 0; overflow-wrap: anywhere; }
ul.fm-tree, ul.fm-tree ul { list-style: none; margin: 0; padding-left: 0.9rem;
  border-left: 2px solid rgba(128, 128, 128, 0.35); }
ul.fm-tree { padding-left: 0; border-left: 0; }
ul.fm-tree li { margin: 0.3rem 0; padding-left: 0.4rem; line-height: 1.45; overflow-wrap: anywhere; }
ul.fm-tree summary { cursor: pointer; padding: 0.1rem 0; }
ul.fm-tree summary:focus-visible { outline: 3px solid #24828c; outline-offset: 2px; }
ul.fm-tree b { font-weight: 600; }
ul.fm-tree p { margin: 0; max-width: 60rem; font-size: 0.92rem; }
.fm-n { white-space: nowrap; }
[class*="st-key-beside-"] { display: grid; gap: 1rem; align-items: end; grid-template-columns: minmax(0, 1fr); }
[class*="st-key-beside-"]:has([data-testid="stExpander"]) { align-items: start; }
[class*="st-key-beside-"] > :has(p.fm-fault) { grid-column: 1 / -1; }
@media (min-width: 40rem) {
  [class*="st-key-beside-2-"] { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  [class*="st-key-beside-3-"] { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  [class*="st-key-beside-4-"] { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
.st-key-at-once table.fm { font-size: 0.875rem; }
.st-key-at-once table.fm th, .st-key-at-once table.fm td { padding: 0.15rem 0.6rem; }
@media (min-width: 60rem) and (min-height: 50rem) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-at-once) { position: sticky; top: 0; z-index: 3; background: Canvas; }
  .st-key-at-once table.fm th[scope="row"] { white-space: nowrap; }
  [data-testid="stMain"]:has(.st-key-at-once) { scroll-padding-top: 18rem; }
}
ul.fm-headlines + .fm-scroll { margin-top: 1rem; }
.fm-scroll + p.fm { margin-top: 0.5rem; }
p.fm.fm-small { font-size: 0.875rem; margin-top: 0.25rem; line-height: 1.4; }
p.fm { max-width: 60rem; margin: 0 0 0.5rem 0; line-height: 1.5; overflow-wrap: anywhere; }
</style>"""
DIFFERS = "≠"
"""Marks a cell that differs from what it is compared with; such a cell is shaded as well."""
LONGEST_WHOLE = 25
"""Rows of a plain list beyond which it scrolls in its own frame."""
_WHOLE = re.compile(r"[−+±]£?[\d,.]*\d%?|\b\d{4}-\d{2}\b")
"""What no line ends within: an amount with its sign, and a financial year."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|~$:<>&^=-])")


@dataclass(frozen=True)
class Row:
    """A row of a table: its heading and its cells; a second line of a cell follows a line break."""

    heading: str
    cells: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class Group:
    """Rows that belong together; the heading is blank when there is only one group."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table as it is shown: every cell is finished text.

    Attributes:
        caption: What the table holds, with the unit and the years of its numbers.
        columns: Headings, that of the first column included.
        groups: The rows.
        words: Whether the cells hold words, and so are set to the left.
        texts: How many columns hold text, that of the headings included; the others hold numbers.
        long: Whether it scrolls in its own frame, its headings staying in sight, though it is no plain list.
    """

    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    words: bool = False
    texts: int = 1
    long: bool = False


def markdown_text(text: str) -> str:
    """Return text so that the label of a widget shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def in_groups(table: ReportTable) -> Table:
    """Return a table of the report with its rows in the groups that their headings make."""
    groups: list[tuple[str, list[Row]]] = []
    for row in table.rows:
        if row.kind == "group":
            groups.append((row.cells[0], []))
            continue
        if not groups:
            groups.append(("", []))
        groups[-1][1].append(Row(row.cells[0], row.cells[1:], total=row.kind == "total"))
    words = table.texts == len(table.columns)
    found = tuple(Group(heading, tuple(rows)) for heading, rows in groups)
    return Table(table.caption, table.columns, found, words=words, texts=table.texts)


def report_html(table: ReportTable) -> str:
    """Return a table of the report in its frame, and below it what is to be known of it."""
    return table_html(in_groups(table)) + paragraphs_html(table.notes)


def table_html(table: Table) -> str:
    """Return a table in a frame that scrolls, and that the keyboard can reach."""
    heads = "".join(
        f'<th scope="col"{_class(place, table.texts)}>{_prose(column)}</th>'
        for place, column in enumerate(table.columns)
    )
    list_is_long = len(table.groups) == 1 and len(table.groups[0].rows) > LONGEST_WHOLE
    long = " fm-long" if table.long or list_is_long else ""
    bodies = "".join(_group_html(group, len(table.columns), table.texts) for group in table.groups)
    return (
        f'<div class="fm-scroll{long}" tabindex="0" role="region" aria-label="{escape(table.caption)}">'
        f'<table class="fm{" fm-words" if table.words else ""}"><caption><span>{escape(table.caption)}</span></caption>'
        f"<thead><tr>{heads}</tr></thead>{bodies}</table></div>"
    )


def _class(place: int, texts: int) -> str:
    return " class=fm-first" if place == 0 else " class=fm-text" if place < texts else ""


def _group_html(group: Group, columns: int, texts: int) -> str:
    heading = f'<tr><th scope="rowgroup" colspan="{columns}">{escape(group.heading)}</th></tr>' if group.heading else ""
    rows = "".join(
        f'<tr{" class=fm-total" if row.total else ""}><th scope="row">{_cell(row.heading)}</th>'
        f"{''.join(_data(cell, place, texts) for place, cell in enumerate(row.cells, 1))}</tr>"
        for row in group.rows
    )
    return f"<tbody>{heading}{rows}</tbody>"


def _data(cell: str, place: int, texts: int) -> str:
    kind = " class=fm-differs" if DIFFERS in cell else _class(place, texts)
    return f"<td{kind}>{_cell(cell)}</td>"


def _cell(text: str) -> str:
    first, *others = escape(text).split("\n")
    return "".join([first, *(f"<br><small>{line}</small>" for line in others)])


def _prose(text: str) -> str:
    """Return a sentence in which no line ends between a sign and its amount, or within a financial year."""
    return _WHOLE.sub(r'<span class="fm-n">\g<0></span>', escape(text))


def headlines_html(lines: Iterable[tuple[str, str]]) -> str:
    """Return sentences as a list, each with its subject before it."""
    items = "".join(f"<li><strong>{escape(subject)}:</strong> {_prose(text)}</li>" for subject, text in lines)
    return f'<ul class="fm-headlines">{items}</ul>'


def list_html(texts: Iterable[str]) -> str:
    """Return sentences as a list."""
    return f'<ul class="fm-headlines">{"".join(f"<li>{_prose(text)}</li>" for text in texts)}</ul>'


def heading_html(level: int, title: str, texts: Sequence[str] = ()) -> str:
    """Return a heading of a page, and what is to be known before one reads on."""
    return f'<h{level} class="fm">{escape(title)}</h{level}>{paragraphs_html(texts)}'


def paragraphs_html(texts: Sequence[str]) -> str:
    """Return plain text as paragraphs."""
    return "".join(f'<p class="fm">{_prose(text)}</p>' for text in texts if text)


def remark_html(text: str) -> str:
    """Return plain text as a paragraph in small print; nothing for no text."""
    return f'<p class="fm-remark">{_prose(text)}</p>' if text else ""
