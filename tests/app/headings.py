"""The headings of a page, which are HTML as its tables are."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

HEADING = re.compile(r'<h([123]) class="fm">(.*?)</h\1>')


def headings(app: AppTest, *levels: int) -> list[str]:
    """Return what a page is headed with, at these levels, from the top down."""
    page = "\n".join(element.proto.body for element in app.get("html"))
    return [unescape(text) for level, text in HEADING.findall(page) if int(level) in levels]
