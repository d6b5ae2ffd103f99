"""Reading: an input workbook becomes the document of a scenario, and what is wrong is said by sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from funding_model.problems import Problem
from funding_model.scenario.scenario import SCHEMA_VERSION
from funding_model.scenario.titles import title_of
from funding_model.scenario.workbook.assembling import Assembled
from funding_model.scenario.workbook.grid import Cells, Spot
from funding_model.scenario.workbook.layout import ABOUT, VERSION
from funding_model.scenario.workbook.opening import opened, spot_order
from funding_model.scenario.workbook.rows import assembled

_PLACE: Final = re.compile(r"\b(?:services|contracts|organisation)(?:\.[a-z_]+|\.[0-9]+)+")
"""A place of the document within a sentence."""


@dataclass(frozen=True)
class Workbook:
    """An input workbook as it was read.

    Attributes:
        document: The scenario as plain values; None when the file cannot be read at all.
        problems: What keeps it from being read.
        said: What its cells say, and where each place of the document stands.
    """

    document: dict[str, Any] | None
    problems: tuple[Problem, ...]
    said: Assembled

    def in_cells(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return everything that is wrong, from the first sheet to the last, each named by sheet and cell.

        Args:
            problems: What is wrong with the document, each named by its place in it.
        """
        found = [(Spot(""), each) for each in self.problems]
        found += [(spot, Problem(spot.words, each.message, each.remedy)) for spot, each in self.said.problems]
        for problem in problems:
            spot, rest = self._spot(problem.where)
            if spot is None:
                found.append((Spot(""), problem))
            elif not self._follows(problem):
                where = f"{spot.words} ({rest})" if rest else spot.words
                message = _PLACE.sub(self._in_words, problem.message)
                found.append((spot, Problem(where, message, problem.remedy)))
        ordered = sorted(found, key=lambda each: (*spot_order(each[0]), each[1].message))
        return list(dict.fromkeys(problem for _, problem in ordered))

    def _follows(self, problem: Problem) -> bool:
        """Whether a problem may only follow from a cell that was not understood and so says nothing.

        What is wrong with a thing as a whole is said once each of its cells is understood.
        """
        where, refused = problem.where, self.said.refused
        if any(where == each or where.startswith(f"{each}.") or each.startswith(f"{where}.") for each in refused):
            return True
        return problem.message == "is missing." and f"{where.rpartition('.')[0]}.preset" in refused

    def _in_words(self, place: re.Match[str]) -> str:
        """Return the cell, row or column of a place that a message speaks of."""
        spot, rest = self._spot(place.group())
        return place.group() if spot is None or rest else spot.words

    def _spot(self, where: str) -> tuple[Spot | None, str]:
        """Return the cell of a place, or of the nearest thing around it with the rest of the place in words."""
        parts = where.split(".") if where else []
        for length in range(len(parts), 0, -1):
            spot = self.said.spots.get(".".join(parts[:length]))
            if spot is not None:
                return spot, ", ".join(title_of(part) for part in parts[length:])
        return None, ""


def read_workbook(content: bytes) -> Workbook:
    """Return what an input workbook says."""
    grid, problems = opened(content)
    if grid is not None:
        problems = _version_problems(grid[ABOUT]) or problems
    if grid is None or _version_problems(grid[ABOUT]):
        return Workbook(None, tuple(problems), Assembled())
    said = assembled(grid)
    said.document["schema_version"] = SCHEMA_VERSION
    said.document.setdefault("organisation", {})
    return Workbook(said.document, tuple(problems), said)


def _version_problems(cells: Cells) -> list[Problem]:
    row = next((row for (row, column), cell in cells.items() if column == 0 and cell == VERSION), None)
    if row is not None and cells.get((row, 1)) == SCHEMA_VERSION:
        return []
    where = Spot(ABOUT, row, 1).words if row is not None else ABOUT
    message = f"does not say that the workbook was made for version {SCHEMA_VERSION} of the scenario’s form."
    return [Problem(where, message, "Copy your entries into a new input workbook.")]
