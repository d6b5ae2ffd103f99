"""Document: an explanation as plain data; each figure stands once, and parts are named by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from funding_model import __version__
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, data_date
from funding_model.questions.explain.figures import FIGURES
from funding_model.questions.explain.node import OPERATIONS_IN_WORDS, Node
from funding_model.questions.tidy import Cell, table_csv
from funding_model.scenario.dumping import input_hash

MOST_NODES: Final = 50_000
"""Figures in one answer; a tree that is larger must be asked for in parts."""
COLUMNS: Final = (
    "number", "depth", "label", "value", "unit", "operation", "formula", "stage", "parts", "where", "status", "source",
    "date", "confidence", "rationale",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What was asked to be explained."""

    contract: str
    figure: str
    service: str | None = None
    year: str | None = None


@dataclass(frozen=True)
class Numbered:
    """A figure of a tree with its number, how deep it first stands and the numbers of its parts."""

    number: int
    depth: int
    node: Node
    parts: tuple[int, ...]
    cut: bool
    """Whether its parts are left out because they lie too deep."""


def numbered(root: Node, depth: int | None = None) -> list[Numbered]:
    """Return every figure of a tree once, those nearest to the root first.

    Args:
        root: The figure explained.
        depth: How deep to go; None goes down to what was typed.

    Raises:
        ProblemsError: The tree is too large for one answer.
    """
    numbers = {id(root): 0}
    order: list[tuple[Node, int]] = [(root, 0)]
    found = []
    for node, level in order:
        cut = depth is not None and level >= depth
        parts = () if cut else node.parts
        for part in parts:
            if id(part) not in numbers:
                numbers[id(part)] = len(order)
                order.append((part, level + 1))
        if len(order) > MOST_NODES:
            message = f"rests on more than {MOST_NODES:,} figures."
            remedy = "Ask for one service and one year, or for fewer levels: --depth 4"
            raise ProblemsError([Problem("figure", message, remedy)])
        listed = tuple(numbers[id(part)] for part in parts)
        found.append(Numbered(numbers[id(node)], level, node, listed, cut and bool(node.parts)))
    return found


def as_document(comparison: Comparison, asked: Asked, root: Node, depth: int | None = None) -> dict[str, Any]:
    """Return an explanation as plain data: numbers unrounded, None where a figure does not apply."""
    return {
        "scenario": comparison.scenario.name,
        **asdict(asked),
        "value": root.value,
        "unit": root.unit,
        "nodes": [_record(each) for each in numbered(root, depth)],
        "operations": OPERATIONS_IN_WORDS,
        "meta": {
            "version": __version__,
            "input_hash": input_hash(comparison.scenario),
            "reference_data_date": data_date(),
        },
    }


def _record(each: Numbered) -> dict[str, Any]:
    node = each.node
    return {
        "number": each.number,
        "depth": each.depth,
        "label": node.label,
        "value": node.value,
        "unit": node.unit,
        "operation": node.operation,
        "formula": node.formula,
        "stage": node.stage,
        "parts": list(each.parts),
        "parts_left_out": each.cut,
        "entry": None if node.entry is None else asdict(node.entry),
    }


def as_csv(root: Node, depth: int | None = None) -> str:
    """Return an explanation as a table, one figure a row."""
    return table_csv(COLUMNS, _rows(root, depth))


def _rows(root: Node, depth: int | None) -> Iterator[tuple[Cell, ...]]:
    for each in numbered(root, depth):
        node, entry = each.node, each.node.entry
        yield (
            str(each.number),
            str(each.depth),
            node.label,
            node.value,
            node.unit,
            node.operation,
            node.formula,
            node.stage,
            " ".join(map(str, each.parts)),
            *(("",) * 6 if entry is None else asdict(entry).values()),
        )


def figure_list() -> list[dict[str, Any]]:
    """Return every figure that can be explained: its name, label and unit, and what it can be asked for."""
    return [
        {"figure": each.name, "label": each.label, "unit": each.unit, "of_one": list(each.takes)}
        for each in FIGURES.values()
    ]
