"""Explanations in words: a tree of figures as indented text, and where each value at its ends comes from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from funding_model.questions.explain.document import figure_list
from funding_model.questions.explain.node import OPERATIONS_IN_WORDS, Entry, Node
from funding_model.report.words import NOTHING, exact, pounds

WIDTH: Final = 110
STATUSES: Final = {
    "yours": "your own",
    "published": "published",
    "default": "a default",
    "example": "an example",
    "no evidence": "no evidence",
    "terms": "a term of the contract",
    "calendar": "counted from the dates entered",
    "constant": "",
}
DEFAULT_DEPTH: Final = 3


def value_text(node: Node) -> str:
    """Write a figure with its unit: pounds to the penny, other numbers with the decimals that they need."""
    if node.value is None:
        return NOTHING
    if node.unit.startswith("pounds"):
        per = node.unit.removeprefix("pounds").strip()
        return f"{pounds(node.value, pence=True)}{f' {per}' if per else ''}"
    return f"{exact(node.value)}{f' {node.unit}' if node.unit else ''}"


def entry_text(entry: Entry) -> str:
    """Say where a value comes from: place, status, source, date and confidence, and why it was chosen."""
    parts = [entry.where, STATUSES.get(entry.status, entry.status), entry.source, entry.date]
    if entry.confidence:
        parts.append(f"confidence {entry.confidence}")
    if entry.rationale:
        parts.append(entry.rationale)
    return "; ".join(part for part in parts if part)


def how_text(node: Node) -> str:
    """Say how a figure is made: its formula, or else its operation, and the stage that makes it."""
    if node.entry is not None:
        return node.formula
    formula = node.formula or OPERATIONS_IN_WORDS[node.operation].capitalize()
    return f"{formula.rstrip('.')} ({node.stage})"


def explanation_text(root: Node, depth: int = DEFAULT_DEPTH) -> str:
    """Return a tree as indented text, a figure that several others rest on only where it comes first."""
    seen: dict[int, int] = {}
    lines: list[str] = []
    left_out = _write(root, 0, depth, seen, lines)
    if left_out:
        note = f"{left_out:,} figures have parts that are not shown; --depth {depth + 1} shows a level more."
        lines += ["", *textwrap.wrap(note, WIDTH)]
    return "\n".join(lines)


def _write(node: Node, level: int, depth: int, seen: dict[int, int], lines: list[str]) -> int:
    """Write a figure and its parts; return how many figures have parts that are left out."""
    indent = "  " * level
    head = f"{node.label}: {value_text(node)}"
    if id(node) in seen and node.parts:
        lines += textwrap.wrap(
            f"{head} (as in line {seen[id(node)]})", WIDTH, initial_indent=indent, subsequent_indent=f"{indent}    "
        )
        return 0
    seen[id(node)] = len(lines) + 1
    lines += textwrap.wrap(head, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}    ")
    for text in _below(node):
        lines += textwrap.wrap(f"= {text}", WIDTH, initial_indent=f"{indent}    ", subsequent_indent=f"{indent}      ")
    if not node.parts:
        return 0
    if level >= depth:
        return 1
    return sum(_write(part, level + 1, depth, seen, lines) for part in node.parts)


def _below(node: Node) -> Iterator[str]:
    how = how_text(node)
    if how:
        yield how
    if node.entry is not None and (said := entry_text(node.entry)):
        yield said


def figures_text() -> str:
    """Return every figure that can be explained, a line each."""
    rows = figure_list()
    width = max(len(row["figure"]) for row in rows)
    return "\n".join(
        f"{row['figure'].ljust(width)}  {row['label']}, {row['unit']}"
        + (f" (of one {' and '.join(row['of_one'])})" if row["of_one"] else "")
        for row in rows
    )
