"""Files that mean harm, or are none: each is refused in words and in good time, and nothing in them is run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funding_model.scenario.loading import load_text
from funding_model.scenario.workbook.drawing import blank_workbook
from funding_model.scenario.yaml_text import LONGEST_TEXT
from tests.scenario.workbook.by_hand import SMALL, typed
from tests.scenario.workbook.by_hand import content as saved

BLANK = blank_workbook()
WHOLE = saved(typed(SMALL))
"""A workbook in which nothing is wrong, so that what is refused is refused for its change."""
Change = Callable[[str, bytes], bytes]
POSTS = "xl/worksheets/sheet6.xml"


def changed(change: Change, workbook: bytes = BLANK, **further: bytes) -> bytes:
    """Return a workbook with its parts changed, and further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in further.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return file.getvalue()


def part(wanted: str, change: Callable[[bytes], bytes], workbook: bytes = BLANK) -> bytes:
    return changed(lambda name, old: change(old) if name == wanted else old, workbook)


def refused(content: bytes) -> str:
    """The one problem of a workbook that cannot be read at all."""
    scenario, problems = load_text(content)
    assert scenario is None
    assert len(problems) == 1, problems
    assert problems[0].remedy
    return str(problems[0])


def rows(text: str) -> bytes:
    """Return the whole workbook with another row 7, the first to type into, or further rows on the sheet Posts."""

    def other(old: bytes) -> bytes:
        if text.startswith('<row r="7">'):
            before, _, after = old.partition(b'<row r="7"')
            return before + text.encode() + after.partition(b"</row>")[2]
        return old.replace(b"</sheetData>", text.encode() + b"</sheetData>")

    return part(POSTS, other, WHOLE)


def inline(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_what_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as other:
        other.writestr("word/document.xml", "<document/>")
    assert refused(file.getvalue()).startswith("the file is packed, but it is no Excel workbook.")
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).startswith(
        "the workbook is locked with a password"
    )
    assert refused(b"PK\x03\x04" + b"\0" * 600).startswith("the workbook cannot be read: it is damaged or not whole")
    assert refused(BLANK[: len(BLANK) // 2]).startswith("the workbook cannot be read: it is damaged or not whole")
    assert refused(BLANK + b" " * LONGEST_TEXT).startswith(
        "the workbook is too large: it has more than 2,000,000 bytes"
    )


def test_macros_are_not_read() -> None:
    assert refused(changed(lambda _, old: old, xl__vbaProject_dot_bin=b"x")).startswith("the workbook holds macros")


def test_a_bomb_is_not_unpacked() -> None:
    bomb = changed(lambda _, old: old, xl__bomb_dot_xml=b" " * 60_000_000)
    assert len(bomb) < LONGEST_TEXT
    assert refused(bomb).startswith("the workbook is too large: unpacked it has 6")


@pytest.mark.parametrize(
    "trick",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b'<! ENTITY a SYSTEM "http://example.org/">',
    ],
)
def test_entities_are_not_expanded(trick: bytes) -> None:
    content = part("xl/sharedStrings.xml", lambda old: old.replace(b"<sst", trick + b"<sst", 1))
    assert "xl/sharedStrings.xml" in refused(content)


def test_an_encoding_cannot_hide_an_entity() -> None:
    def hidden(old: bytes) -> bytes:
        return old.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    assert "is not what a spreadsheet program writes" in refused(part("xl/sharedStrings.xml", hidden))


def test_a_workbook_in_which_nothing_is_wrong_is_read() -> None:
    scenario, problems = load_text(changed(lambda _, old: old, WHOLE))
    assert scenario is not None
    assert problems == []


TOO_FAR = "Posts: cells are filled or formatted further than can be read."
DAMAGED = "the workbook cannot be read: it is damaged or not whole"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'<row r="1048576">{inline("A1048576", "far")}</row>', "Posts, cell A1048576: there is no service"),
        (f'<row r="99999999999">{inline("A99999999999", "further")}</row>', TOO_FAR),
        ("".join(f'<row r="{row}">{inline(f"XFD{row}", "wide")}</row>' for row in range(3_000, 3_400)), TOO_FAR),
        (f'<row r="7">{inline("ZZZZZZ7", "beyond")}</row>', DAMAGED),
        ('<row r="7"><c r="A7" t="s"><v>99999999</v></c></row>', DAMAGED),
        ('<row r="7"><c r="A7"><v>not a number</v></c></row>', DAMAGED),
        ('<row r="7"><c r="A7"><v>1E400</v></c></row>', "Posts, cell A7: there is no service"),
        ('<row r="7"><c r="A7" s="99999"><v>1</v></c></row>', "Posts, cell A7: there is no service"),
    ],
    ids=["last row", "beyond the last row", "last column", "beyond it", "no text", "no number", "infinite", "no style"],
)
def test_cells_that_no_person_fills_end_in_words(text: str, words: str) -> None:
    scenario, problems = load_text(rows(text))
    assert scenario is None
    assert str(problems[0]).startswith(words)


def test_a_size_that_a_file_claims_is_not_believed() -> None:
    content = part(POSTS, lambda old: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', old))
    assert load_text(content) == load_text(BLANK)


def test_links_to_other_files_are_not_followed() -> None:
    link = b'<row r="7"><c r="A7"><f>[1]Sheet1!A1</f><v>5</v></c><c r="B7"><f>HYPERLINK("file:///x")</f></c></row>'
    content = part(POSTS, lambda old: old.replace(b'<row r="7"', link + b'<row r="8"', 1))
    scenario, problems = load_text(content)
    assert scenario is None
    assert any('holds the formula "=[1]Sheet1!A1"' in str(each) for each in problems)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=40), st.integers(0, len(WHOLE) - 1))
def test_damage_anywhere_never_stumbles(damage: bytes, where: int) -> None:
    scenario, problems = load_text(WHOLE[:where] + damage + WHOLE[where + len(damage) :])
    assert (scenario is None) is bool(problems)
