"""Trees: where a figure comes from, as nested lists that open and close, down to what was typed or published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final

from funding_model.questions.explain import Node
from funding_model.report.explanations import entry_text, how_text, value_text

MOST_SHOWN: Final = 150
"""Figures of a tree on one page; the parts of others are shown when they are asked for."""


@dataclass
class _Drawing:
    """What of a tree is drawn: the figures nearest to its root, each with its parts where it comes first."""

    wanted: frozenset[int]
    drawn: set[int] = field(default_factory=set)


def _nearest(root: Node, most: int) -> frozenset[int]:
    """Return the figures whose parts are drawn: those nearest to the root, as long as there is room."""
    found: set[int] = set()
    room = most
    layer = [root]
    while layer:
        below: list[Node] = []
        for node in layer:
            if id(node) in found or not node.parts or len(node.parts) > room:
                continue
            found.add(id(node))
            room -= len(node.parts)
            below += node.parts
        layer = below
    return frozenset(found)


def tree_html(root: Node, most: int = MOST_SHOWN) -> str:
    """Return a figure and what it is made of as nested lists; its own parts are open, those below are closed."""
    wanted = _nearest(root, max(most, len(root.parts)))
    return f'<ul class="fm-tree">{_item(root, _Drawing(wanted), open_=True)}</ul>'


def _item(node: Node, drawing: _Drawing, *, open_: bool = False) -> str:
    head = f"<b>{escape(node.label)}:</b> <span class=fm-n>{escape(value_text(node))}</span>"
    said = "".join(f"<p>{escape(text)}</p>" for text in _said(node))
    if not node.parts:
        return f"<li>{head}{said}</li>"
    if id(node) in drawing.drawn:
        return f"<li>{head}{said}<p>Its parts are shown above.</p></li>"
    if id(node) not in drawing.wanted:
        count = len(node.parts)
        parts = f"{count} {'part' if count == 1 else 'parts'}"
        return f"<li>{head}{said}<p>Made of {parts}: choose it under “Go into” to see them.</p></li>"
    drawing.drawn.add(id(node))
    parts = "".join(_item(part, drawing) for part in node.parts)
    state = " open" if open_ else ""
    return f"<li><details{state}><summary>{head}</summary>{said}<ul>{parts}</ul></details></li>"


def _said(node: Node) -> Iterator[str]:
    how = how_text(node)
    if how:
        yield how
    if node.entry is not None and (text := entry_text(node.entry)):
        yield text


def at_path(root: Node, path: tuple[int, ...]) -> list[Node]:
    """Return the figures from the root along a path of places of parts; what lies beyond the tree is left out."""
    found = [root]
    for place in path:
        if place >= len(found[-1].parts):
            break
        found.append(found[-1].parts[place])
    return found


def with_parts(root: Node, most: int = MOST_SHOWN) -> dict[tuple[int, ...], str]:
    """Return the figures below one that are drawn and have parts, by their path from it, each with its value."""
    wanted = _nearest(root, max(most, len(root.parts)))
    found: dict[tuple[int, ...], str] = {}
    seen: set[int] = set()
    layer: list[tuple[Node, tuple[int, ...]]] = [(root, ())]
    while layer:
        below: list[tuple[Node, tuple[int, ...]]] = []
        for node, path in layer:
            if id(node) in seen or id(node) not in wanted:
                continue
            seen.add(id(node))
            below += [(part, (*path, place)) for place, part in enumerate(node.parts)]
        found |= {path: f"{part.label}: {value_text(part)}" for part, path in below if part.parts}
        layer = below
    return found
