"""The PDF: what is read back out of it is what the report holds, and its tags say what is what."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from funding_model.report.paper.asked import Choices
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.content import every_section, figures, tables
from funding_model.report.paper.pdf import MISSING, pages_of, pdf_of
from tests.report.paper.reading import comparison_of, library_paper, squeezed, text_of
from tests.report.paper.test_page import HOSTILE, hostile_paper


def elements(node: Any) -> Iterator[DictionaryObject]:  # noqa: ANN401 - an object of a PDF
    """Yield every element of the structure."""
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, ArrayObject):
        for each in found:
            yield from elements(each)
    elif isinstance(found, DictionaryObject) and "/S" in found:
        yield found
        if "/K" in found:
            yield from elements(found["/K"])


def test_tags_say_what_is_what() -> None:
    paper = library_paper("family_support_hub")
    reader = PdfReader(io.BytesIO(pdf_of(paper)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]) == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == f"{paper.title} – Scenario report"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()  # type: ignore[attr-defined]
    found = list(elements(root["/StructTreeRoot"]["/K"]))  # type: ignore[index]
    kinds = [str(element["/S"]) for element in found]
    assert kinds.count("/Table") == len(list(tables(paper.sections)))
    assert kinds.count("/Title") == 1
    levels = [level for level, _ in every_section(paper.sections)]
    assert kinds.count("/H1") == levels.count(1) + 1, "the contents have a heading of their own"
    assert kinds.count("/H2") == levels.count(2)
    assert kinds.count("/TH") >= sum(len(table.columns) for table in tables(paper.sections))
    spoken = [str(element["/Alt"]) for element in found if "/Alt" in element]
    assert {figure.description for figure in figures(paper.sections)} <= set(spoken)


def test_the_pdf_is_the_same_twice() -> None:
    choices = Choices(annexes=("money",))
    first, second = (pdf_of(paper_of(comparison_of("short_breaks"), choices)) for _ in range(2))
    assert first == second


def test_hostile_names_stand_there_as_they_are() -> None:
    paper = hostile_paper()
    text = text_of(pdf_of(paper))
    assert squeezed(HOSTILE) in text
    assert text.count(squeezed("alert(1)")) > 20


def test_signs_that_no_typeface_has_are_spelt_out_and_the_reader_is_told() -> None:
    paper = hostile_paper("慈善 团体 😀 Élan Γ Ж £ ﬁ \ue000", ())
    text = text_of(pdf_of(paper))
    assert "[U+6148][U+5584]" in text
    assert "[U+1F600]" in text
    assert squeezed("Élan Γ Ж £") in text
    assert squeezed(MISSING) in text
    assert squeezed(MISSING) not in text_of(pdf_of(hostile_paper("plain", ())))


def test_a_board_reads_two_pages_before_the_contents() -> None:
    reader = PdfReader(io.BytesIO(pdf_of(library_paper("multi_service_charity", ("cash",)))))
    first, second, third = (page.extract_text() for page in reader.pages[:3])
    assert "The question" in first
    assert "How to read this" in second
    assert "Contents" in third


def test_pages_are_drawn_as_pictures() -> None:
    pages = pages_of(library_paper("citizens_advice_2020", ()), 30)
    assert len(pages) >= 2
    assert all(page.startswith(b"\x89PNG") for page in pages)
