"""Every scenario of the library in every format: the same sentences, the same tables and the same hash of the input."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from funding_model.report.paper.asked import ANNEXES
from funding_model.report.paper.content import Paper, every_section, tables
from funding_model.report.paper.page import html_of
from funding_model.report.paper.pdf import pdf_of
from funding_model.report.paper.word import docx_of
from funding_model.scenario.dumping import input_hash
from funding_model.scenario.library import library_ids
from tests.report.paper.reading import (
    comparison_of,
    library_paper,
    opened,
    prose,
    read_page,
    rows_of,
    squeezed,
    text_of,
    undrawn,
    untold,
)


@pytest.fixture(scope="module", params=library_ids())
def identifier(request: pytest.FixtureRequest) -> Iterator[str]:
    """A scenario of the library, of which one report is made for all formats, with nothing drawn."""
    with undrawn():
        yield request.param


@pytest.fixture(scope="module")
def paper(identifier: str) -> Paper:
    return library_paper(identifier)


@pytest.fixture(scope="module")
def told(identifier: str) -> str:
    """The hash of everything entered."""
    return input_hash(comparison_of(identifier).scenario)


def expected(paper: Paper) -> list[list[list[str]]]:
    return [[list(table.columns), *(list(row.cells) for row in table.rows)] for table in tables(paper.sections)]


def test_it_says_and_shows_something_in_every_part(paper: Paper) -> None:
    """What follows looks for everything that the report holds, and would find nothing missing in an empty one."""
    always = 1
    assert sum(section.title.startswith("Annex ") for section in paper.sections) == len(ANNEXES) + always
    for section in paper.sections:
        held = [block for _, each in every_section((section,)) for block in each.blocks]
        assert held, section.title


def test_every_number_in_prose_is_in_a_table(identifier: str, paper: Paper) -> None:
    assert untold(paper, comparison_of(identifier)) == []


def test_the_page_holds_it(paper: Paper, told: str) -> None:
    page = html_of(paper)
    found = read_page(page)
    text = "".join(found.text)
    assert [sentence for sentence in prose(paper) if sentence not in text] == []
    captions = [table.caption for table in tables(paper.sections)]
    assert len(found.tables) == len(set(captions))
    for caption, rows in found.tables.items():
        assert rows in [each for each, own in zip(expected(paper), captions, strict=True) if own == caption]
    assert told in page.decode()
    assert f"input {told[:12]}" in text


def test_the_pdf_holds_it(paper: Paper, told: str) -> None:
    text = text_of(pdf_of(paper))
    assert [sentence for sentence in prose(paper) if squeezed(sentence) not in text] == []
    cells = {cell for table in expected(paper) for row in table for cell in row}
    assert sorted(cell for cell in cells if squeezed(cell) not in text) == []
    assert told in text


def test_the_word_document_holds_it(paper: Paper, told: str) -> None:
    word = opened(docx_of(paper))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert [sentence for sentence in prose(paper) if sentence not in text] == []
    found = [rows_of(table) for table in word.tables]
    assert found == expected(paper)
    assert any(told in row for rows in found for row in rows)
    assert f"input {told[:12]}" in word.sections[0].footer.paragraphs[0].text
