"""Drawing: charts as pictures (SVG) without a browser.

The converter reads no address: a chart holds its data, and whatever a person wrote in it is text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import vl_convert

from funding_model.report.look import LIGHT
from funding_model.report.paper.content import inert

TYPEFACE: Final = "Libertinus Serif"
"""It comes with the program that lays out pages, so that a page is the same on every machine."""
RULE: Final = "#ddd"
"""The colour that the drawing gives to its grid."""
_SIZE: Final = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_REFERENCES: Final = re.compile(r'(id="|url\(#|href="#)')
_BACKGROUND: Final = re.compile(r'<rect width="[\d.]+" height="[\d.]+" fill="white"/>')
_SPOKEN: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


@lru_cache(maxsize=128)
def svg_of(specification: str) -> str:
    """Return a chart as SVG, drawn once for every format that asks for it."""
    drawn: str = vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])
    # The description stands beside the drawing in words, so its parts are not read out one by one.
    return _SPOKEN.sub("", _BACKGROUND.sub("", inert(drawn)))


def in_print(drawing: str) -> str:
    """Return a drawing whose letters are of the typeface that is set on paper."""
    return drawing.replace("sans-serif", TYPEFACE)


def size_of(drawing: str) -> tuple[float, float]:
    """Return width and height of a drawing in its own pixels.

    Raises:
        ValueError: It is no drawing.
    """
    found = _SIZE.search(drawing)
    if found is None:
        raise ValueError("a drawing says how large it is")
    return float(found[1]), float(found[2])


def inline(drawing: str, name: str) -> str:
    """Return a drawing that can stand in a page: its own names, its ink in the colour of the page's text."""
    own = _REFERENCES.sub(rf"\g<1>{name}-", drawing)
    for colour in (LIGHT.ink, LIGHT.quiet, "black", "#000"):
        own = own.replace(f'="{colour}"', '="currentColor"')
    own = own.replace(f'="{RULE}"', '="#8888"')
    width, height = size_of(own)
    sized = (
        f'<svg aria-hidden="true" focusable="false" viewBox="0 0 {width:g} {height:g}" style="max-width:{width:g}px"'
    )
    return re.sub(r"<svg\b.*?>", f'{sized} xmlns="http://www.w3.org/2000/svg">', own, count=1)
