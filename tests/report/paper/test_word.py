"""The Word document: what is read back out of it is what the report holds, with real headings and header rows."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn

from funding_model.report.paper.asked import Choices
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.content import every_section, figures
from funding_model.report.paper.word import SHORT, docx_of
from tests.report.paper.reading import comparison_of, library_paper, opened, rows_of
from tests.report.paper.test_page import HOSTILE, hostile_paper

AMOUNT = re.compile(r"[−+]?£?[0-9][0-9,.]*")
TWIPS_A_POINT, BESIDE = 20, 5
"""Word's units of width in a point; points that the edges of a cell take."""


def test_headings_header_rows_and_descriptions_are_real() -> None:
    paper = library_paper("family_support_hub")
    word = opened(docx_of(paper))
    headings = [
        (int(paragraph.style.name.removeprefix("Heading ")), paragraph.text)
        for paragraph in word.paragraphs
        if paragraph.style is not None and str(paragraph.style.name).startswith("Heading")
    ]
    assert headings == [(level, section.title) for level, section in every_section(paper.sections)]
    for table in word.tables:
        first, *others = table._tbl.tr_lst  # noqa: SLF001 - header rows have no public door
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:tblHeader')}") is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None  # noqa: SLF001
    spoken = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]  # noqa: SLF001
    assert spoken == [figure.description for figure in figures(paper.sections)]
    places = {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))]
    assert len(links) == len([level for level, _ in every_section(paper.sections) if level <= 2])
    assert set(links) <= places
    assert word.settings.element.find(qn("w:updateFields")) is not None, "Word is asked to number the contents"
    languages = [found.get(qn("w:val")) for found in word.styles.element.iter(qn("w:lang"))]
    assert languages[0] == "en-GB"


@pytest.mark.parametrize("scenario", ["multi_service_charity", "sure_start_regional"])
def test_amounts_keep_to_one_line_and_short_tables_to_one_page(scenario: str) -> None:
    """In Arial a digit, a sign of pounds and a full minus are at most 0.584 of the size wide, a comma 0.278."""
    for table in opened(docx_of(library_paper(scenario))).tables:
        rows = table._tbl.tr_lst  # noqa: SLF001 - as above
        kept = [[each.find(f".//{qn('w:keepNext')}") is not None for each in row.iter(qn("w:p"))] for row in rows]
        assert all(all(row) == (len(rows) - 1 <= SHORT) for row in kept[:-1])
        assert not any(kept[-1])
        for cell in table._tbl.iter(qn("w:tc")):  # noqa: SLF001
            width = int(cell.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w"))) / TWIPS_A_POINT - BESIDE
            for run in cell.iter(qn("w:r")):
                text = "".join(each.text or "" for each in run.iter(qn("w:t")))
                if AMOUNT.fullmatch(text):
                    size = int(run.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val"))) / 2
                    asked = sum(0.278 if letter in ",." else 0.584 for letter in text) * size
                    assert asked <= width, (text, asked, width)


def test_the_document_is_the_same_twice_and_bears_one_date() -> None:
    choices = Choices(annexes=("cash",))
    first, second = (docx_of(paper_of(comparison_of("short_breaks"), choices)) for _ in range(2))
    assert first == second
    properties = opened(first).core_properties
    assert properties.created is not None
    assert properties.created.year == 2026
    with ZipFile(io.BytesIO(first)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(2026, 1, 1, 0, 0, 0)}


def test_hostile_names_stand_there_as_they_are_and_nothing_is_fetched() -> None:
    content = docx_of(hostile_paper())
    word = opened(content)
    assert any(HOSTILE in paragraph.text for paragraph in word.paragraphs)
    assert sum(HOSTILE in cell for table in word.tables for row in rows_of(table) for cell in row) > 3
    with ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if name.endswith((".bin", ".vba"))]
        assert not [name for name in parts.namelist() if b'TargetMode="External"' in parts.read(name)]
    fields = [each.get(qn("w:instr")) for each in word.element.iter(qn("w:fldSimple"))]
    instructions = [each.text for each in word.element.iter(qn("w:instrText"))]
    assert (fields, instructions) == ([], [' TOC \\o "1-2" \\h '])
