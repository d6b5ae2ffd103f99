"""Reading: what a report says and shows, out of its content and out of its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from funding_model.questions.compare import Comparison, compare
from funding_model.report.paper.asked import ANNEXES, Choices
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.content import Bullets, Figure, Note, Paper, Paragraph, Table, every_section, tables
from funding_model.report.rows import period
from funding_model.scenario.library import load_library

NUMBER = re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?")
NAMED = re.compile(r"“[^”]*”|‘[^’]*’")
SLOW = ("takes",)
"""Annexes that search, and so are left out where many scenarios are read."""
QUICK = tuple(name for name in ANNEXES if name not in SLOW)


@cache
def comparison_of(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


@cache
def library_paper(identifier: str, annexes: tuple[str, ...] = QUICK) -> Paper:
    return paper_of(comparison_of(identifier), Choices(annexes=annexes))


def prose(paper: Paper) -> Iterator[str]:
    """Yield every sentence that stands outside tables and charts."""
    for _, section in every_section(paper.sections):
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph(text) | Note(text, _):
                    yield text
                case Bullets(items):
                    yield from (item.text for item in items)
                case Table():
                    yield from block.notes
                case Figure(caption, _, _, _):
                    yield caption


def cells(paper: Paper) -> list[str]:
    """Return every cell and heading of every table."""
    return [text for table in tables(paper.sections) for texts in (table.columns, *(row.cells for row in table.rows))
            for text in texts]  # fmt: skip


def untold(paper: Paper, comparison: Comparison) -> list[str]:
    """Return the numbers in prose that no table shows; names, quotations and the period are none."""
    shown = {number for cell in cells(paper) for number in NUMBER.findall(cell)}
    scenario = comparison.scenario
    names = [period(comparison), scenario.name, *comparison.contracts, *(each.name for each in scenario.services)]
    missing = []
    for text in prose(paper):
        plain = NAMED.sub("", text)
        for name in names:
            plain = plain.replace(name, "")
        missing += [f"{number}: {text}" for number in NUMBER.findall(plain) if number not in shown]
    return missing


@dataclass
class Read:
    """What a browser finds in a page."""

    text: list[str] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)


class PageReader(HTMLParser):
    """Reads the text, the tables and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Read()
        self.rows: list[list[str]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.tags.append((tag, dict(attrs)))
        if tag in ("caption", "style", "svg"):
            self.inside = tag
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = "cell"
        elif tag == "small" and self.inside == "cell":
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption", "style", "svg"):
            self.inside = ""
        elif tag == "table":
            self.found.tables[self.caption] = self.rows
            self.rows = []

    def handle_data(self, data: str) -> None:
        if self.inside == "cell":
            self.rows[-1][-1] += data
        elif self.inside == "caption":
            self.caption = data
        elif self.inside == "":
            self.found.text.append(data)


def read_page(page: bytes) -> Read:
    reader = PageReader()
    reader.feed(page.decode())
    reader.close()
    return reader.found
