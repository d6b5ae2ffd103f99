"""Assembling: the cells of a workbook become the document of a scenario, and every place in it keeps its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from funding_model.problems import Problem
from funding_model.scenario.explain_errors import nearest
from funding_model.scenario.overrides import apply_overrides, place_at
from funding_model.scenario.plain import MOST_VALUES, Place, place_of, shown
from funding_model.scenario.workbook.cells import Cell, meaning
from funding_model.scenario.workbook.grid import HEADINGS, ITEMS, Cells, Spot
from funding_model.scenario.workbook.headings import Heading
from funding_model.scenario.workbook.layout import OWNERS, Listing, Owner

Document: TypeAlias = dict[str, Any]
Named: TypeAlias = dict[str, list[Place]]
Entry: TypeAlias = tuple[Heading, Spot, Cell | None]
"""A field, its cell, and what that holds."""
TO_NOTES: Final = "Move it to a sheet whose name begins with Notes."
PUT_BACK: Final = "Put it back, or copy your entries into a new input workbook."


@dataclass
class Assembled:
    """What a workbook says.

    Attributes:
        document: The scenario as plain values, with what was understood.
        spots: The cell, row, column or sheet of each place in it.
        problems: What was not understood, and where it stands.
        refused: The places of the cells that were not understood.
    """

    document: Document = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    problems: list[tuple[Spot, Problem]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def refuse(self, spot: Spot, message: str, remedy: str = "", place: Place | None = None) -> None:
        """Keep what is wrong with a cell, and the place that it speaks of."""
        self.problems.append((spot, Problem("", message, remedy)))
        if place is not None:
            self.refused.add(place_of(place))

    def group_at(self, place: Place) -> Document:
        """Return the group at a place; one that is not there yet is made."""
        found: Any = self.document
        for step in place:
            found = found[step] if isinstance(step, int) else found.setdefault(step, {})
        group: Document = found
        return group

    def item_after(self, place: Place, spot: Spot) -> Place:
        """Add an empty group to a list, and return its place."""
        items: list[Document] = self.group_at(place[:-1]).setdefault(str(place[-1]), [])
        items.append({})
        item = (*place, len(items) - 1)
        self.spots[place_of(item)] = spot
        return item

    def named(self, kinds: Iterable[Owner]) -> Named:
        """Return the places of those of some kinds by name."""
        found: Named = {}
        for kind in kinds:
            for index, item in enumerate(self.items_at(OWNERS[kind])):
                if isinstance(item.get("name"), str):
                    found.setdefault(item["name"], []).append((*OWNERS[kind], index))
        return found

    def items_at(self, place: Place) -> list[Document]:
        """Return the groups in a list; none when it is not there."""
        found: Any = self.document
        for step in place:
            found = found[step] if isinstance(step, int) else found.get(step, {})
        return found if isinstance(found, list) else []

    def enter(self, place: Place, entries: Sequence[Entry]) -> None:
        """Put what a row or a column says of a thing into the document, at the thing's place."""
        by_year: dict[Place, dict[int, Any]] = {}
        for heading, spot, cell in entries:
            whole: Place = (*place, *heading.path)
            self.spots[place_of(whole)] = spot
            meant = meaning(heading.column, cell)
            if meant.problem is not None:
                self.refuse(spot, meant.problem.message, meant.problem.remedy, whole)
            elif meant.entered and isinstance(whole[-1], int):
                by_year.setdefault(whole[:-1], {})[whole[-1]] = meant.value
            elif meant.entered:
                self.group_at(whole[:-1])[str(whole[-1])] = meant.value
        for listed, values in by_year.items():
            self._enter_years(listed, values)

    def _enter_years(self, place: Place, values: dict[int, Any]) -> None:
        self.spots.setdefault(place_of(place), self.spots[place_of((*place, 0))])
        missing = [year for year in range(max(values)) if year not in values]
        for year in missing:
            there: Place = (*place, year)
            if place_of(there) not in self.refused:
                message = "is blank, and a later year is not."
                self.refuse(self.spots[place_of(there)], message, "Enter 0 for a year without money.", place)
        self.group_at(place[:-1])[str(place[-1])] = [values.get(year, 0) for year in range(max(values) + 1)]


# Sheets with a field in each row


def read_listing(found: Assembled, sheet: Listing, cells: Cells) -> None:
    """Take over a sheet with a field in each row."""
    if sheet.place:
        found.spots[place_of(sheet.place)] = Spot(sheet.sheet)
    rows = _rows_of_fields(found, sheet, cells)
    for column in _columns_of_items(found, sheet, cells):
        entries = [(each, Spot(sheet.sheet, row, column), cells.get((row, column))) for each, row in rows]
        if not sheet.place:
            found.enter((), entries)
        elif any(cell is not None for _, _, cell in entries):
            found.enter(found.item_after(sheet.place, Spot(sheet.sheet, None, column)), entries)


def _rows_of_fields(found: Assembled, sheet: Listing, cells: Cells) -> list[tuple[Heading, int]]:
    """Return the row of each field: its title stands in the first column, below the title of its section."""
    sections = {title: {each.title: each for each in headings} for title, headings in sheet.sections}
    missing = [(section, title) for section, wanted in sections.items() for title in wanted]
    rows: list[tuple[Heading, int]] = []
    section = ""
    for row in range(HEADINGS + 1, 1 + max((row for row, _ in cells), default=0)):
        title = str(cells.get((row, 0), "")).strip()
        if (section, title) in missing:
            rows.append((sections[section][title], row))
            missing.remove((section, title))
        elif title in sections:
            section = title
        else:
            filled = min((column for at_row, column in cells if at_row == row), default=None)
            if filled is not None:
                message = f"{shown(cells[(row, filled)])} stands in a row that is none of this sheet’s."
                found.refuse(Spot(sheet.sheet, row, filled), message, TO_NOTES)
    for section, title in missing:
        found.refuse(Spot(sheet.sheet), f"the row {shown(title)} below {shown(section)} is missing.", PUT_BACK)
    return rows


def _columns_of_items(found: Assembled, sheet: Listing, cells: Cells) -> list[int]:
    titles = {str(cell).strip(): column for (row, column), cell in cells.items() if row == HEADINGS}
    for title in sheet.items:
        if title not in titles:
            found.refuse(Spot(sheet.sheet), f"row {HEADINGS + 1} does not have the heading {shown(title)}.", PUT_BACK)
    columns = [titles[title] for title in sheet.items if title in titles]
    beside = sorted(spot for spot in cells if spot[0] > HEADINGS and spot[1] > max(columns, default=ITEMS))
    if beside and sheet.place:
        message = f"{shown(cells[beside[0]])} stands beside the columns of this sheet."
        found.refuse(Spot(sheet.sheet, *beside[0]), message, f"There may be {len(sheet.items)}. {TO_NOTES}")
    return columns


# Other settings


def read_others(found: Assembled, sheet: str, values: dict[str, tuple[Spot, Any]]) -> None:
    """Lay the sheet of other settings over what the other sheets say.

    Args:
        found: What the other sheets say.
        sheet: The name of this sheet.
        values: The value of each path, and its cell.
    """
    for path, (spot, _) in values.items():
        place, fault = place_at(found.document, path)
        if fault is None:
            found.spots[place_of(place)] = spot
    before = found.document
    changed, problems = apply_overrides(before, {path: value for path, (_, value) in values.items()}, "", MOST_VALUES)
    found.document = changed
    for problem in problems:
        spot = values[problem.where][0] if problem.where in values else Spot(sheet)
        found.refuse(spot, problem.message, problem.remedy)


def no_such(what: str, name: str, known: Iterable[str]) -> str:
    """Return the message about a name that is not known."""
    return f"there is no {what} called {shown(name)}{nearest(name, known)}"
