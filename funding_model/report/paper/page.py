"""Page: a report as one HTML file to send: no script, no outside request, light and dark, and fit to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from funding_model.report.paper.content import (
    Block,
    Bullets,
    Figure,
    Item,
    Note,
    Paper,
    Paragraph,
    Section,
    every_section,
)
from funding_model.report.paper.drawing import inline, svg_of
from funding_model.report.table import LINE, Row, Table

_SIGNED: Final = re.compile(r"[−+±]£?[\d,.]*\d%?")
SHORTEST_LIST: Final = 2
"""Sections from which on a page has a table of contents."""
HIGHEST: Final = 6
STYLE: Final = """
:root { color-scheme: light dark; --ink: #16202a; --quiet: #4d5a63; --paper: #fff; --shade: #f1f4f6;
  --rule: #c3ccd2; --mark: #2f566f; --warn: #9a3f06; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9eef0; --quiet: #a9b5bc; --paper: #14191d; --shade: #1f272d;
  --rule: #46525a; --mark: #9cc3dc; --warn: #ffb38a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", sans-serif; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
header, nav, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
header { padding-top: 2.5rem; }
header p { color: var(--quiet); margin: 0 0 1rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.4rem 0 .6rem; color: var(--mark); }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; }
section.annex { border-top: 3px solid var(--mark); margin-top: 3rem; }
p, ul { max-width: 46rem; margin: 0 0 .8rem; }
ul { padding-left: 1.2rem; }
li { margin-bottom: .4rem; }
a { color: var(--mark); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0 0 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
nav ol { columns: 20rem; margin: 0; padding-left: 1.2rem; }
.note { border-left: 4px solid var(--mark); background: var(--shade); padding: .6rem .9rem; max-width: 46rem; }
.warning { border-color: var(--warn); }
.scroll { overflow-x: auto; margin: 1rem 0 1.4rem; }
.scroll:focus-visible { outline: 3px solid var(--mark); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
th, td { padding: .3rem .6rem; text-align: right; vertical-align: top; border-bottom: 1px solid var(--rule); }
td { white-space: nowrap; overflow-wrap: normal; }
td.text { white-space: normal; overflow-wrap: anywhere; }
th { overflow-wrap: break-word; }
thead th { font-weight: 600; vertical-align: bottom; border-bottom: 2px solid var(--ink); }
.text, tbody th { text-align: left; }
tbody th { font-weight: 400; min-width: 9rem; }
.total th, .total td { font-weight: 600; border-top: 1px solid var(--ink); }
.group th { font-weight: 600; background: var(--shade); }
td small { display: block; color: var(--quiet); font-size: .85em; }
.n { white-space: nowrap; }
.below { color: var(--quiet); font-size: .85rem; margin: .3rem 0 0; }
figure { margin: 1.2rem 0; }
figcaption { font-weight: 600; margin-bottom: .4rem; }
figure svg { width: 100%; min-width: 30rem; height: auto; display: block; }
figure .scroll { margin: 0; }
details { margin: .3rem 0 0; color: var(--quiet); font-size: .85rem; max-width: 46rem; }
footer { color: var(--quiet); font-size: .85rem; padding-top: 2rem; padding-bottom: 2.5rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print {
  @page { margin: 18mm 16mm; }
  :root { --ink: #000; --quiet: #333; --paper: #fff; --shade: #eee; --rule: #999; --mark: #223; --warn: #000; }
  body { font-size: 10pt; }
  header, nav, main, footer { max-width: none; padding: 0; }
  .skip, details { display: none; }
  section.annex { break-before: page; }
  h2, h3, caption, figcaption { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  figure svg { min-width: 0; }
  table { font-size: 8.5pt; }
}
"""
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What the file lets a browser load: nothing but its own styles."""


def html_of(paper: Paper) -> bytes:
    """Return a report as one HTML file."""
    return "".join(_whole(paper)).encode()


def _whole(paper: Paper) -> Iterator[str]:
    title = escape(paper.title)
    yield (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} – Scenario report</title><style>{STYLE}</style></head><body>"
        '<a class="skip" href="#report">Skip to the report</a>'
        f"<header><h1>{title}</h1><p>{escape(paper.subtitle)}</p><dl>"
    )
    yield from (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in paper.facts)
    yield "</dl></header>"
    places = {id(section): f"s{place}" for place, (_, section) in enumerate(every_section(paper.sections), 1)}
    if len(paper.sections) >= SHORTEST_LIST:
        yield '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>'
        for section in paper.sections:
            yield f'<li><a href="#{places[id(section)]}">{escape(section.title)}</a></li>'
        yield "</ol></nav>"
    yield '<main id="report">'
    drawn = iter(range(1, 1_000_000))
    for section in paper.sections:
        yield from _section(section, 2, places, drawn)
    yield f"</main><footer><p>{escape(paper.stamp)}.</p></footer></body></html>\n"


def _section(section: Section, level: int, places: dict[int, str], drawn: Iterator[int]) -> Iterator[str]:
    kind = ' class="annex"' if section.annex else ""
    rank = min(level, HIGHEST)
    place = places[id(section)]
    yield f'<section{kind} aria-labelledby="{place}"><h{rank} id="{place}">{escape(section.title)}</h{rank}>'
    for block in section.blocks:
        yield from _block(block, drawn)
    for part in section.parts:
        yield from _section(part, level + 1, places, drawn)
    yield "</section>"


def _block(block: Block, drawn: Iterator[int]) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield f"<p>{_prose(text)}</p>"
        case Bullets(items):
            yield f"<ul>{''.join(map(_item, items))}</ul>"
        case Note(text, warning):
            lead = "<strong>Warning:</strong> " if warning else ""
            yield f'<p class="note{" warning" if warning else ""}">{lead}{_prose(text)}</p>'
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block, f"c{next(drawn)}")


def _item(item: Item) -> str:
    lead = f"<strong>{escape(item.subject)}:</strong> " if item.subject else ""
    return f"<li>{lead}{_prose(item.text)}</li>"


def _prose(text: str) -> str:
    """Return a sentence in which no line ends between a sign and its amount."""
    return _SIGNED.sub(r'<span class="n">\g<0></span>', escape(text)).replace(LINE, "<br>")


def _table(table: Table) -> Iterator[str]:
    caption = escape(table.caption)
    heads = "".join(
        f'<th scope="col"{_class(place, table)}>{escape(column)}</th>' for place, column in enumerate(table.columns)
    )
    yield (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table>'
        f"<caption><span>{caption}</span></caption><thead><tr>{heads}</tr></thead><tbody>"
    )
    yield from (_row(row, table) for row in table.rows)
    yield "</tbody></table>"
    yield from (f'<p class="below">{_prose(note)}</p>' for note in table.notes)
    yield "</div>"


def _class(place: int, table: Table) -> str:
    return ' class="text"' if place < table.texts else ""


def _row(row: Row, table: Table) -> str:
    if row.kind == "group":
        return f'<tr class="group"><th scope="colgroup" colspan="{len(table.columns)}">{escape(row.cells[0])}</th></tr>'
    cells = "".join(f"<td{_class(place, table)}>{_cell(cell)}</td>" for place, cell in enumerate(row.cells[1:], 1))
    kind = ' class="total"' if row.kind == "total" else ""
    return f'<tr{kind}><th scope="row">{_cell(row.cells[0])}</th>{cells}</tr>'


def _cell(text: str) -> str:
    first, *others = escape(text).split(LINE)
    return "".join([first, *(f"<small>{line}</small>" for line in others)])


def _figure(figure: Figure, name: str) -> Iterator[str]:
    yield (
        f'<figure><figcaption>{escape(figure.caption)}</figcaption><div class="scroll" tabindex="0" role="region" '
        f'aria-label="Chart: {escape(figure.caption)}"><div role="img" aria-label="{escape(figure.description)}">'
        f"{inline(svg_of(figure.specification), name)}</div></div></figure>"
    )
    if figure.table is not None:
        yield from _table(figure.table)
