"""Print: a report as PDF, tagged so that a screen reader finds headings, tables and descriptions of charts.

The layout is ``paper.typ``. Everything of the report is handed to it as data, so that nothing a person wrote can be
taken for markup or code. It asks for PDF/UA-1; no full checker has confirmed that it conforms.
"""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.resources import files
from typing import Any, Final, Literal

import typst

from funding_model.report.paper.content import Block, Bullets, Figure, Note, Paper, Paragraph, Section
from funding_model.report.paper.drawing import in_print, svg_of
from funding_model.report.paper.sheet import share_of_page, size_of_text, weights
from funding_model.report.table import Table

TIMESTAMP: Final = 1_767_225_600
"""The date that every PDF bears, 1 January 2026, so that the same report is the same file."""
NOT_SHOWN: Final = re.compile(r"the text `?\"(.+)\"`? could not be displayed", re.DOTALL)
ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
MISSING: Final = (
    "The typefaces of this format do not have every character of this report: those that are missing are written by "
    "their Unicode number. The other formats show them."
)


def pdf_of(paper: Paper) -> bytes:
    """Return a report as PDF."""
    return b"".join(_compiled(paper, "pdf"))


def pages_of(paper: Paper, resolution: float = 60.0) -> list[bytes]:
    """Return the pages of a report as pictures (PNG), at a resolution in dots an inch."""
    return _compiled(paper, "png", resolution)


def _compiled(paper: Paper, kind: Literal["pdf", "png"], resolution: float | None = None) -> list[bytes]:
    """Lay a report out; signs that no typeface has are spelt out, which the layout finds out one after the other."""
    data, missing = _paper(paper), set[str]()
    while True:
        try:
            pages = _laid_out(data, kind, resolution)
        except typst.TypstError as error:
            signs = _signs(error.message) - missing
            if not signs:
                raise
            missing |= signs
            data = _spelt_out(_paper(paper, note=MISSING), missing)
        else:
            return [pages] if isinstance(pages, bytes) else pages


def _laid_out(data: Any, kind: Literal["pdf", "png"], resolution: float | None) -> bytes | list[bytes]:  # noqa: ANN401 - JSON
    compiler = typst.Compiler(
        files("funding_model.report.paper").joinpath("paper.typ").read_bytes(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(data)},
    )
    return compiler.compile(  # type: ignore[return-value]  # it is written nowhere, so there is something to return
        format=kind,
        ppi=resolution,
        pdf_standards=["ua-1"] if kind == "pdf" else [],
        timestamp=TIMESTAMP,
    )


def _signs(message: str) -> set[str]:
    """Return the signs that the layout says no typeface has."""
    found = NOT_SHOWN.search(message)
    if found is None:
        return set()
    text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return {letter for letter in text if not letter.isascii()}


def _spelt_out(data: Any, missing: set[str]) -> Any:  # noqa: ANN401 - JSON
    """Return data whose texts spell out the signs that are missing, and those of the same script."""
    scripts = {_script(letter) for letter in missing}
    if isinstance(data, str):
        return "".join(f"[U+{ord(letter):04X}]" if _script(letter) in scripts else letter for letter in data)
    if isinstance(data, list):
        return [_spelt_out(each, missing) for each in data]
    if isinstance(data, dict):
        return {name: _spelt_out(each, missing) for name, each in data.items()}
    return data


def _script(letter: str) -> str:
    """Return the first word of a sign's name, such as CJK or HANGUL; a sign without a script stands for itself."""
    if not letter.isalpha():
        return letter
    return unicodedata.name(letter, letter).split(" ")[0].split("-")[0]


def _paper(paper: Paper, note: str = "") -> dict[str, Any]:
    sections = [_section(section) for section in paper.sections]
    if note:
        sections[0]["blocks"].append(_block(Note(note)))
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "author": dict(paper.facts).get("Provider", ""),
        "facts": [list(fact) for fact in paper.facts],
        "stamp": paper.stamp,
        "sections": sections,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "annex": section.annex,
        "blocks": [_block(block) for block in section.blocks],
        "parts": [_section(part) for part in section.parts],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": [{"subject": item.subject, "text": item.text} for item in items]}
        case Note(text, warning):
            return {"kind": "note", "text": text, "warning": warning}
        case Table():
            return {"kind": "table", **_table(block)}
        case Figure():
            return _figure(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [{"kind": row.kind, "cells": list(row.cells)} for row in table.rows],
        "texts": table.texts,
        "weights": weights(table),
        "size": size_of_text(table),
        "notes": list(table.notes),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    drawing = in_print(svg_of(figure.specification))
    return {
        "kind": "figure",
        "caption": figure.caption,
        "description": figure.description,
        "drawing": drawing,
        "share": share_of_page(drawing),
        "table": None if figure.table is None else _table(figure.table),
    }
