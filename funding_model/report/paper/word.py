"""Word: a report as a document to edit, with real headings, header rows and descriptions of charts.

Tables are written as the markup that Word reads, cell by cell out of escaped text; the dates in the file are fixed, so
that the same report is the same file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from funding_model.report.paper.content import (
    Block,
    Bullets,
    Figure,
    Note,
    Paper,
    Paragraph,
    Section,
    every_section,
    figures,
)
from funding_model.report.paper.drawing import svg_of
from funding_model.report.paper.pictures import pictures_of
from funding_model.report.paper.sheet import share_of_page, size_of_text, weights
from funding_model.report.table import LINE, Row, Table

WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The date that every document bears."""
ZIP_DATE: Final = (2026, 1, 1, 0, 0, 0)
MARGIN, HEAD_AND_FOOT, WIDTH = 20, 18, 170
"""Millimetres."""
TEXT, ABOVE, BELOW = 9.5, 11, 4
"""Points: the size of text, the room above a first heading, and below a paragraph: a board's part fits two pages."""
TWIPS: Final = 56.7
"""Word's units of width in a millimetre."""
MARK, SHADE, RULE, QUIET = "2F566F", "F1F4F6", "C3CCD2", "4D5A63"
LONGEST_PROPERTY: Final = 255
DEEPEST: Final = 4
CLOSE: Final = "NoSpacing"
"""The style of lines with no room between them."""
CONTENTS_INDENTS: Final = (0, 6)
"""Millimetres by which each level of the contents stands in."""
PLACE: Final = "s"
"""What the name of each section's bookmark starts with; its number follows."""
STYLES: Final = {
    "Title": 20,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11.5,
    "Heading 4": 10.5,
    "Caption": 9.5,
    "Subtitle": 11,
}
"""Sizes of the styles that are used, in points."""
FONT: Final = "Arial"
"""A letter of it is as wide as the columns reckon, and where it is missing there is one of the same widths."""
SHORT: Final = 8
"""Rows up to which a table is not broken between pages."""
SMALLER: Final = 0.86
"""Size of a cell's second line beside its first."""

Word = Any
"""A document; the library that writes it has no complete types."""


def docx_of(paper: Paper) -> bytes:
    """Return a report as a Word document."""
    word: Word = Document()
    _set_up(word, paper)
    _paragraph(word, "Title", paper.title)
    _paragraph(word, "Subtitle", paper.subtitle)
    for name, value in paper.facts:
        line = _paragraph(word, CLOSE)
        line.add_run(f"{name}: ").bold = True
        line.add_run(value)
    places = {id(section): f"{PLACE}{place}" for place, (_, section) in enumerate(every_section(paper.sections), 1)}
    annexes = [section for section in paper.sections if section.annex]
    pictures = iter(pictures_of([svg_of(figure.specification) for figure in figures(paper.sections)]))
    for section in paper.sections:
        if annexes and section is annexes[0]:
            _contents(word, paper, places)
        _section(word, section, 1, places, pictures)
    return _same_twice(word)


def _paragraph(word: Word, style: str, text: str = "") -> Word:
    """Return a paragraph at the end, with the name of its style as it stands in the file, which looks none up."""
    paragraph = word.add_paragraph(text)
    paragraph._p.style = style  # noqa: SLF001 - no public door is as quick
    return paragraph


def _set_up(word: Word, paper: Paper) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(MARGIN)
    page.top_margin = page.bottom_margin = Mm(HEAD_AND_FOOT)
    for name, size in STYLES.items():
        style = word.styles[name]
        style.font.size, style.font.name = Pt(size), FONT
        style.font.color.rgb = RGBColor.from_string("16202A" if name == "Title" else MARK)
        fonts = style.element.rPr.rFonts
        for theme in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[theme]
    word.styles["Heading 1"].paragraph_format.space_before = Pt(ABOVE)
    word.styles["Caption"].paragraph_format.keep_with_next = True
    subtitle = word.styles["Subtitle"]
    subtitle.font.italic = False
    subtitle.font.color.rgb = RGBColor.from_string(QUIET)
    for spacing in subtitle.element.rPr.findall(qn("w:spacing")):
        subtitle.element.rPr.remove(spacing)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(TEXT)
    normal.paragraph_format.space_after = Pt(BELOW)
    word.styles["No Spacing"].font.name, word.styles["No Spacing"].font.size = FONT, Pt(TEXT)
    defaults = word.styles.element.find(".//{*}rPrDefault/{*}rPr")
    for language in defaults.findall("{*}lang"):
        defaults.remove(language)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'))
    properties = word.core_properties
    properties.title = f"{paper.title} – Scenario report"[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = dict(paper.facts).get("Provider", "")[:LONGEST_PROPERTY]
    properties.comments = paper.stamp
    properties.subject, properties.language, properties.revision = paper.subtitle, "en-GB", 1
    properties.created = properties.modified = WRITTEN
    page.header.paragraphs[0].text = paper.title
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{paper.stamp}    Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for level, indent in enumerate(CONTENTS_INDENTS, 1):
        listed = word.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        listed.base_style = normal
        listed.paragraph_format.left_indent, listed.paragraph_format.space_after = Mm(indent), Pt(3)
        listed.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    # Word then asks whether it may number the pages of the contents, which only it can know.
    ask = parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>')
    word.settings.element.find(qn("w:compat")).addprevious(ask)


def _field(paragraph: Word, code: str) -> None:
    paragraph._p.append(  # noqa: SLF001 - fields have no public door
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _contents(word: Word, paper: Paper, places: dict[int, str]) -> None:
    """Write the contents as a field that Word brings up to date when it opens the document, with links until then."""
    title = word.add_paragraph()
    title.paragraph_format.page_break_before = True
    run = title.add_run("Contents")
    run.bold, run.font.size = True, Pt(STYLES["Heading 1"])
    run.font.color.rgb = RGBColor.from_string(MARK)
    listed = [each for each in every_section(paper.sections) if each[0] <= len(CONTENTS_INDENTS)]
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for place, (level, section) in enumerate(listed):
        text = f"<w:r><w:t>{escape(section.title)}</w:t></w:r>"
        link = f'<w:hyperlink w:anchor="{places[id(section)]}">{text}</w:hyperlink>'
        inner = (start if place == 0 else "") + link + (end if place == len(listed) - 1 else "")
        style = f'<w:pPr><w:pStyle w:val="toc{level}"/></w:pPr>'
        _append(word, f"<w:p {nsdecls('w')}>{style}{inner}</w:p>")


def _append(word: Word, markup: str) -> None:
    """Put markup at the end of the document, before what says how large its pages are."""
    word.element.body.sectPr.addprevious(parse_xml(markup))


def _section(word: Word, section: Section, level: int, places: dict[int, str], pictures: Iterator[bytes]) -> None:
    heading = word.add_heading(section.title, level=min(level, DEEPEST))
    heading.paragraph_format.page_break_before = section.annex
    name = places[id(section)]
    mark = f'{nsdecls("w")} w:id="{name.removeprefix(PLACE)}"'
    heading._p.insert(1, parse_xml(f'<w:bookmarkStart {mark} w:name="{name}"/>'))  # noqa: SLF001 - no public door
    heading._p.append(parse_xml(f"<w:bookmarkEnd {mark}/>"))  # noqa: SLF001
    for block in section.blocks:
        _block(word, block, pictures)
    for part in section.parts:
        _section(word, part, level + 1, places, pictures)


def _block(word: Word, block: Block, pictures: Iterator[bytes]) -> None:
    match block:
        case Paragraph(text):
            word.add_paragraph(text)
        case Bullets(items):
            for item in items:
                line = _paragraph(word, "ListBullet")
                if item.subject:
                    line.add_run(f"{item.subject}: ").bold = True
                line.add_run(item.text)
        case Note(text, warning):
            line = word.add_paragraph()
            line.paragraph_format.left_indent = Mm(5)
            if warning:
                line.add_run("Warning: ").bold = True
            line.add_run(text)
        case Table():
            _table(word, block)
        case Figure():
            _figure(word, block, next(pictures))


def _figure(word: Word, figure: Figure, picture: bytes) -> None:
    _paragraph(word, "Caption", figure.caption)
    share = share_of_page(svg_of(figure.specification))
    shape = word.add_picture(io.BytesIO(picture), width=Mm(WIDTH * share))
    about = shape._inline.docPr  # noqa: SLF001 - a description has no public door
    about.set("descr", figure.description)
    about.set("title", figure.caption)
    if figure.table is not None:
        _table(word, figure.table)


def _table(word: Word, table: Table) -> None:
    _paragraph(word, "Caption", table.caption)
    _append(word, "".join(_markup(table)))
    for note in table.notes:
        line = word.add_paragraph()
        run = line.add_run(note)
        run.font.size = Pt(8.5)
    if not table.notes:
        _paragraph(word, CLOSE)


def _markup(table: Table) -> Iterator[str]:
    shares = weights(table)
    widths = [round(WIDTH * TWIPS * share / sum(shares)) for share in shares]
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    yield (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>'
        f'<w:top {edge}/><w:bottom {edge}/><w:insideH {edge}/></w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:firstRow="1" w:firstColumn="1" w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr><w:tblGrid>"
    )
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    short = len(table.rows) <= SHORT
    yield _row(Row(table.columns, "total"), table, widths, header=True, stays=short)
    yield from (_row(row, table, widths, stays=short) for row in table.rows[:-1])
    yield from (_row(row, table, widths) for row in table.rows[-1:])
    yield "</w:tbl>"


def _row(row: Row, table: Table, widths: list[int], *, header: bool = False, stays: bool = False) -> str:
    """Return a row; one that stays is on the page of the next."""
    mark = "<w:tblHeader/>" if header else ""
    bold = row.kind != "plain"
    size = size_of_text(table)
    if row.kind == "group":
        cells = _cell(row.cells[0], sum(widths), "left", size, bold=True, across=len(widths), shaded=True, stays=stays)
    else:
        cells = "".join(
            _cell(text, width, "left" if place < table.texts else "right", size, bold=bold, shaded=header, stays=stays)
            for place, (text, width) in enumerate(zip(row.cells, widths, strict=True))
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{cells}</w:tr>"


def _cell(
    text: str,
    width: int,
    side: str,
    size: float,
    *,
    bold: bool,
    across: int = 1,
    shaded: bool = False,
    stays: bool = False,
) -> str:
    first, *others = text.split(LINE)
    runs = _run(first, size, "<w:b/>" if bold else "")
    quiet = f'<w:color w:val="{QUIET}"/>'
    runs += "".join(f"<w:r><w:br/></w:r>{_run(line, size * SMALLER, quiet)}" for line in others)
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if shaded else ""
    keep = "<w:keepNext/>" if stays else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr><w:p><w:pPr>{keep}'
        f'<w:spacing w:before="10" w:after="10"/><w:jc w:val="{side}"/></w:pPr>{runs}</w:p></w:tc>'
    )


def _run(text: str, size: float, style: str) -> str:
    halves = round(2 * size)
    return f'<w:r><w:rPr>{style}<w:sz w:val="{halves}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _same_twice(word: Word) -> bytes:
    """Return a document as a file in which no moment of its making is left."""
    made, same = io.BytesIO(), io.BytesIO()
    word.save(made)
    with ZipFile(made) as parts, ZipFile(same, "w", ZIP_DEFLATED) as written:
        for name in parts.namelist():
            entry = ZipInfo(name, ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            written.writestr(entry, parts.read(name))
    return same.getvalue()
