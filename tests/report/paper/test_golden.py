"""How pages look: the two of the board and one of an annex, beside pictures of them that someone has looked at."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from funding_model.report.paper.pdf import pages_of
from tests.report.paper.reading import library_paper

FOLDER = Path(__file__).parent / "golden"
SCENARIO = "family_support_hub"
PAGES = {"board_1": 0, "board_2": 1, "cash": 3}
"""Pages by the name of their picture; the third page holds the contents."""
DOTS_AN_INCH = 48
SEEN = 8
"""By how much, of 255, the shade differs of a point that counts as another one."""
MOST = 0.005
"""Share of the points that may be others: some letters and digits, and no line or table elsewhere."""


def pages() -> dict[str, bytes]:
    """Return the pages as pictures in shades of grey."""
    drawn = pages_of(library_paper(SCENARIO, ("cash",)), DOTS_AN_INCH)
    found = {}
    for name, place in PAGES.items():
        picture = io.BytesIO()
        Image.open(io.BytesIO(drawn[place])).convert("L").save(picture, "PNG", optimize=True)
        found[name] = picture.getvalue()
    return found


def points(picture: bytes) -> np.ndarray:
    """Return the shade of every point."""
    return np.asarray(Image.open(io.BytesIO(picture)), np.int64)


def share_of_others(first: bytes, second: bytes) -> float:
    """Return the share of the points in which two pictures differ; all of them when they are not of one size."""
    one, other = points(first), points(second)
    if one.shape != other.shape:
        return 1.0
    return float((np.abs(one - other) > SEEN).mean())


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name: str, drawn: dict[str, bytes], tmp_path: Path) -> None:
    known, found = FOLDER / f"{name}.png", tmp_path / f"{name}.png"
    found.write_bytes(drawn[name])
    share = share_of_others(known.read_bytes(), drawn[name])
    assert share <= MOST, (
        f"{share:.1%} of the page {name} of {SCENARIO} is not as in {known}. Look at {found} beside it: if it is meant "
        "to look like that, `make golden` takes the pictures anew. Look at what it changed before it is committed."
    )


def test_a_layout_that_moves_is_noticed(drawn: dict[str, bytes]) -> None:
    """A page whose lines lie two points of its picture lower, about a millimetre, is another one."""
    for picture in drawn.values():
        moved = io.BytesIO()
        Image.fromarray(np.roll(points(picture), 2, axis=0).astype(np.uint8)).save(moved, "PNG")
        assert share_of_others(picture, moved.getvalue()) > 2 * MOST


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for page, content in pages().items():
        (FOLDER / f"{page}.png").write_bytes(content)
        print(f"{page}: {len(content):,} bytes")  # noqa: T201 - what a command of the Makefile says
