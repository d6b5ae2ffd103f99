"""Reading: what a report says and shows, out of its content and out of its HTML."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from pypdf import PdfReader

from funding_model.questions.compare import Comparison, compare
from funding_model.report.paper import build, page, pdf, word
from funding_model.report.paper.asked import ANNEXES, Choices
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.content import Bullets, Figure, Note, Paper, Paragraph, every_section, tables
from funding_model.report.rows import period
from funding_model.report.table import Table
from funding_model.scenario.library import load_library

NUMBER = re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?")
NAMED = re.compile(r"“[^”]*”|‘[^’]*’")
DRAWING = '<svg class="marks" width="10" height="10" viewBox="0 0 10 10"><path d="M0,0"/></svg>'


@cache
def comparison_of(identifier: str) -> Comparison:
    scenario, problems = load_library(identifier)
    assert scenario is not None, problems
    return compare(scenario)


@cache
def library_paper(identifier: str, annexes: tuple[str, ...] = tuple(ANNEXES)) -> Paper:
    """Return a report of the library; its charts are drawn when a format asks for them."""
    with undrawn():
        return paper_of(comparison_of(identifier), Choices(annexes=annexes))


@contextmanager
def undrawn() -> Iterator[None]:
    """Put an empty drawing in the place of every chart, where no test looks at one."""
    with ExitStack() as stack:
        for module in (build, page, pdf, word):
            stack.enter_context(patch.object(module, "svg_of", lambda _: DRAWING))
        yield


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


def read_page(content: bytes) -> Read:
    reader = PageReader()
    reader.feed(content.decode())
    reader.close()
    return reader.found


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def rows_of(table: WordTable) -> list[list[str]]:
    """Return the cells of a table in Word, one that goes across several columns once."""
    cells = [[cell for cell in row if cell.tag == qn("w:tc")] for row in table._tbl.tr_lst]  # noqa: SLF001 - quick
    return [["\n".join(_lines(cell)) for cell in row] for row in cells]


def _lines(cell: Any) -> list[str]:  # noqa: ANN401 - an element of the markup
    text = ""
    for node in cell.iter(qn("w:t"), qn("w:br")):
        text += "\n" if node.tag == qn("w:br") else node.text or ""
    return text.split("\n")


MARKED = re.compile(rb"(/Artifact\b)|\b(BDC|BMC)\b|\b(EMC)\b|\bBT\b(.*?)\bET\b", re.DOTALL)
"""In what draws a page: where marked content starts and ends, and the text in it."""
INSIDE = rb"(?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*"
"""What a string may hold: brackets that are a pair stand in it as they are."""
SET = re.compile(rb"/(\w+) [\d.]+ Tf|\((" + INSIDE + rb")\)", re.DOTALL)
"""In such a text: a typeface, and the letters set in it."""
ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
OF_LETTERS = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")


def text_of(content: bytes) -> str:
    """Return the text of all pages of a PDF without its spaces, headers and footers left out.

    It reads what typst writes, many times faster than what reads every PDF.
    """
    known: dict[Any, dict[int, str]] = {}
    return "".join(_page_text(each, known) for each in PdfReader(io.BytesIO(content)).pages)


def _page_text(sheet: Any, known: dict[Any, dict[int, str]]) -> str:  # noqa: ANN401 - a page of a PDF
    fonts = sheet["/Resources"]["/Font"]
    text, left_out, artifact = "", [False], False
    for begins_artifact, begins, ends, shown in MARKED.findall(sheet.get_contents().get_data()):
        if begins:
            left_out.append(artifact or left_out[-1])
        elif ends:
            left_out.pop()
        elif shown and not left_out[-1]:
            text += _letters_set(shown, fonts, known)
        artifact = bool(begins_artifact)
    return squeezed(text)


def _letters_set(shown: bytes, fonts: Any, known: dict[Any, dict[int, str]]) -> str:  # noqa: ANN401 - of a PDF
    letters: dict[int, str] = {}
    text = ""
    for name, string in SET.findall(shown):
        if name:
            font = fonts.raw_get(f"/{name.decode()}")
            if font.idnum not in known:
                known[font.idnum] = _letters(font.get_object()["/ToUnicode"].get_data())
            letters = known[font.idnum]
        codes = ESCAPED.sub(lambda found: _unescaped(found[1], found[2]), string)
        text += "".join(letters[codes[at] << 8 | codes[at + 1]] for at in range(0, len(codes), 2))
    return text


def _unescaped(octal: bytes | None, sign: bytes) -> bytes:
    return bytes([int(octal, 8)]) if octal else PLAIN.get(sign, sign)


def _letters(mapping: bytes) -> dict[int, str]:
    found = OF_LETTERS.findall(mapping)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}


def squeezed(text: str) -> str:
    """Return text without its spaces, which lines and columns of a page change."""
    return "".join(text.split())
