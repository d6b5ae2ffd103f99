"""Pictures: charts as PNG on white, for a format that takes no drawings.

They are laid out as the PDF is, with typefaces that come with the program, so that they are the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, cast

import typst

from funding_model.report.paper.drawing import in_print, size_of

SCALE: Final = 2.0
"""Pixels of a picture for each of the drawing."""
POINTS_AN_INCH: Final = 72
LAYOUT: Final = b"""
#for each in json(bytes(sys.inputs.drawings)) {
  page(width: each.width * 1pt, height: each.height * 1pt, margin: 0pt,
    image(bytes(each.drawing), format: "svg", width: 100%))
}
"""


def pictures_of(drawings: Sequence[str]) -> list[bytes]:
    """Return drawings as pictures, all of them made at once."""
    if not drawings:
        return []
    pages = [
        {"drawing": in_print(drawing), "width": width, "height": height}
        for drawing in drawings
        for width, height in (size_of(drawing),)
    ]
    compiler = typst.Compiler(LAYOUT, ignore_system_fonts=True, sys_inputs={"drawings": json.dumps(pages)})
    made = compiler.compile(format="png", ppi=SCALE * POINTS_AN_INCH)
    return [made] if isinstance(made, bytes) else cast("list[bytes]", made)
