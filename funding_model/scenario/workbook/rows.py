"""Rows: what each row of a table is about, and where in the scenario it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel

from funding_model.scenario.assumptions import Assumptions, ServiceAssumptions, YearlyGrowth
from funding_model.scenario.columns import column_of, kind_at
from funding_model.scenario.contracts import Contract
from funding_model.scenario.explain_errors import quoted_names
from funding_model.scenario.plain import Place, clean, place_of, shown
from funding_model.scenario.services import ALL_CONTRACTS
from funding_model.scenario.titles import lower_first
from funding_model.scenario.typed import year_typed
from funding_model.scenario.walk import Kind, at
from funding_model.scenario.workbook.assembling import (
    PUT_BACK,
    TO_NOTES,
    Assembled,
    Entry,
    Named,
    no_such,
    read_listing,
    read_others,
)
from funding_model.scenario.workbook.cells import Cell, meaning
from funding_model.scenario.workbook.grid import FIRST, HEADINGS, Cells, Grid, Spot
from funding_model.scenario.workbook.headings import Heading, heading_of, in_unit_of, with_form
from funding_model.scenario.workbook.layout import OTHER, Key, Listing, Table, owner_title
from funding_model.scenario.workbook.sheets import growth_year, sheets
from funding_model.scenario.yaml_text import read_value

TWICE: Final = "Keep one of the two rows."
_ANY_NAME: Final = column_of(Contract, "name")
_VALUES: Final = 1
"""The column of the sheet of other settings in which values begin."""


@dataclass(frozen=True)
class _Row:
    """A row of a table: where it stands, what it is about, what it says, and of whom it may speak."""

    spot: Spot
    keys: Sequence[tuple[Key, Spot, Cell | None]]
    entries: Sequence[Entry]
    owners: Named
    named: Named


def assembled(grid: Grid) -> Assembled:
    """Return what the cells of a workbook say."""
    found = Assembled()
    for sheet in sheets():
        cells = grid.get(sheet.sheet, {})
        if isinstance(sheet, Listing):
            read_listing(found, sheet, cells)
        else:
            _read_table(found, sheet, cells)
    _read_other_settings(found, grid.get(OTHER, {}))
    return found


def model_of_settings(table: Table) -> type[BaseModel]:
    """Return the model whose fields a table of settings sets."""
    if table.owners == ("contracts",) or table.holds == "changes":
        return Contract
    return ServiceAssumptions if table.owners else Assumptions


def in_unit(heading: Heading, table: Table, path: Place) -> Heading | None:
    """Return a heading of a table of settings as it is for one of them; None where nothing is entered there."""
    kind, _ = at(model_of_settings(table), path)
    if table.holds == "changes":
        return term(path)
    if kind is None or kind.model is not None:
        return in_unit_of(heading, kind or Kind())
    return with_form(heading, kind, str(path[-1])) if heading.path == ("value",) else None


def term(path: Place) -> Heading:
    """Return a term of a contract as a service changes it: what is blank is said to be so."""
    component, name = path
    model = kind_at(Contract, (component,)).model or BaseModel
    own = heading_of(model, str(name), (component,))
    return replace(own, column=replace(own.column, default=None, needed=False))


def _read_table(found: Assembled, table: Table, cells: Cells) -> None:
    if table.holds == "list" and not table.owners:
        found.spots[place_of(table.under)] = Spot(table.sheet)
    columns = _columns(found, table, cells)
    if columns is None:
        return
    keys, headings = columns
    owners = found.named(table.owners)
    named = found.named(table.named.offers) if table.named is not None else {}
    for number in range(FIRST, 1 + max((row for row, _ in cells), default=0)):
        entries = [(each, Spot(table.sheet, number, column), cells.get((number, column))) for column, each in headings]
        written = [(key, Spot(table.sheet, number, column), cells.get((number, column))) for column, key in keys]
        entered = any(cell is not None for _, _, cell in entries)
        if entered or (not table.fixed and any(cell is not None for _, _, cell in written)):
            _read_row(found, table, _Row(Spot(table.sheet, number), written, entries, owners, named))


def _columns(
    found: Assembled, table: Table, cells: Cells
) -> tuple[list[tuple[int, Key]], list[tuple[int, Heading]]] | None:
    """Return the columns of a table by the titles that stand above them; None when one is missing."""
    keys, headings = {key.title: key for key in table.keys}, {each.title: each for each in table.headings}
    at_keys: list[tuple[int, Key]] = []
    at_headings: list[tuple[int, Heading]] = []
    notes: set[int] = set()
    for column in sorted(column for row, column in cells if row == HEADINGS):
        title = str(cells[(HEADINGS, column)]).strip()
        year = year_typed(title)[0] if any(each.path[:1] == ("by_year",) for each in table.headings) else None
        if title in keys:
            at_keys.append((column, keys.pop(title)))
        elif title in headings:
            at_headings.append((column, headings.pop(title)))
        elif year is not None:
            at_headings.append((column, growth_year(year)))
        elif title in table.columns:
            notes.add(column)
    known = {column for column, _ in (*at_keys, *at_headings)} | notes
    for column in sorted({column for row, column in cells if row >= FIRST} - known):
        row = min(row for row, at_column in cells if at_column == column and row >= FIRST)
        message = f"{shown(cells[(row, column)])} stands in a column that is none of this sheet’s."
        found.refuse(Spot(table.sheet, row, column), message, TO_NOTES)
    missing = [*keys, *(title for title, each in headings.items() if each.path[:1] != ("by_year",))]
    for title in missing:
        found.refuse(Spot(table.sheet), f"row {HEADINGS + 1} does not have the heading {shown(title)}.", PUT_BACK)
    return None if missing else (sorted(at_keys, key=lambda each: table.keys.index(each[1])), at_headings)


def _read_row(found: Assembled, table: Table, row: _Row) -> None:
    names = _names(found, row)
    if names is None:
        _may_be_of_any(found, table, row)
    owner = _owner(found, table, row, names) if names is not None else None
    if names is None or owner is None:
        return
    under: Place = (*owner, *table.under)
    if table.holds == "settings":
        _read_setting(found, table, row, under, names[-1])
    elif table.holds == "changes":
        _read_change(found, table, row, under, names[1:])
    elif table.holds == "numbers":
        _read_named_number(found, row, under, names[-1])
    elif table.holds == "list":
        found.enter(found.item_after(under, row.spot), row.entries)
    else:
        _read_one(found, row, (*under, *row.entries[0][0].path[:1]) if not table.under else under, under)


def _names(found: Assembled, row: _Row) -> list[str] | None:
    """Return what the first columns of a row say; None when one of them says nothing that can be used."""
    names = []
    for key, spot, cell in row.keys:
        meant = meaning(_ANY_NAME, cell)
        if meant.problem is not None:
            found.refuse(spot, meant.problem.message, meant.problem.remedy)
            return None
        if not meant.value:
            what = lower_first(key.title)
            found.refuse(spot, "is blank.", f"Enter the {what} that this row is about, or clear the row.")
            return None
        names.append(str(meant.value))
    return names


def _owner(found: Assembled, table: Table, row: _Row, names: Sequence[str]) -> Place | None:
    """Return the place of the one that a row belongs to; None when there is none of that name, or several."""
    if not table.owners:
        return ()
    key, spot, _ = row.keys[0]
    what = lower_first(key.title)
    places = row.owners.get(names[0], [])
    if not places:
        remedy = f"Choose from {quoted_names(row.owners)}." if row.owners else f"Enter the {what} on its own sheet."
        found.refuse(spot, no_such(what, names[0], row.owners), remedy)
        _may_be_of_any(found, table, row)
        return None
    return _post(found, row, places[0], names) if table.of_posts else places[0]


def _may_be_of_any(found: Assembled, table: Table, row: _Row) -> None:
    """Keep that a row which could not be placed may belong to any owner, so that none is told that it has none."""
    found.refused |= {place_of((*place, *table.under, "row")) for places in row.owners.values() for place in places}


def _post(found: Assembled, row: _Row, owner: Place, names: Sequence[str]) -> Place | None:
    posts = [str(post.get("name", "")) for post in found.items_at((*owner, "posts"))]
    if posts.count(names[1]) == 1:
        return (*owner, "posts", posts.index(names[1]))
    _, spot, _ = row.keys[1]
    if names[1] in posts:
        message = f"{shown(names[0])} has several posts called {shown(names[1])}."
        found.refuse(spot, message, "Give each a name of its own on the sheet Posts.")
    else:
        remedy = f"Its posts: {quoted_names(posts)}." if posts else "Enter it on the sheet Posts."
        found.refuse(spot, f"in {shown(names[0])} {no_such('post', names[1], posts)}", remedy)
    return None


def _read_one(found: Assembled, row: _Row, whole: Place, place: Place) -> None:
    where = place_of((*whole, "row"))
    if where in found.spots:
        found.refuse(row.keys[0][1], f"has a row already: {found.spots[where].words}.", TWICE)
        return
    found.spots[where] = row.spot
    found.spots.setdefault(place_of(place), row.spot)
    found.group_at(place)
    found.enter(place, row.entries)


def _read_named_number(found: Assembled, row: _Row, place: Place, name: str) -> None:
    heading, spot, cell = row.entries[0]
    key, key_spot, _ = row.keys[-1]
    number: Place = (*place, name)
    if place_of(number) in found.spots:
        found.refuse(key_spot, f"{shown(name)} is there twice.", TWICE)
        return
    found.spots.setdefault(place_of(place), row.spot)
    found.spots[place_of(number)] = spot
    if key.offers and name not in row.named:
        what = lower_first(owner_title(key.offers))
        remedy = f"Choose from {quoted_names(row.named)}."
        found.refuse(key_spot, no_such(what, name, row.named), remedy, number)
        return
    if cell is None:
        found.refuse(spot, "is missing.", f"Enter the {lower_first(heading.title)}.", number)
        return
    meant = meaning(heading.column, cell)
    if meant.problem is not None:
        found.refuse(spot, meant.problem.message, meant.problem.remedy, number)
    else:
        found.group_at(place)[name] = meant.value


def _read_setting(found: Assembled, table: Table, row: _Row, under: Place, title: str) -> None:
    paths = {each.casefold(): path for each, path in table.settings}
    path = paths.get(title.casefold())
    key_spot = row.keys[-1][1]
    if path is None:
        found.refuse(key_spot, no_such("assumption", title, [each for each, _ in table.settings]), "Choose one.")
        return
    place: Place = (*under, *path)
    kind, _ = at(model_of_settings(table), path)
    group, name = found.group_at(place[:-1]), str(path[-1])
    is_path = kind is not None and kind.model is YearlyGrowth  # how far it turns out otherwise has a row of its own
    if (name in group and not is_path) or place_of((*place, "row")) in found.spots:
        found.refuse(key_spot, f"{shown(title)} is entered twice.", TWICE)
        return
    found.spots[place_of((*place, "row"))] = row.spot
    value = next((spot for heading, spot, _ in row.entries if heading.path == ("value",)), row.spot)
    found.spots[place_of(place)] = value  # what is wrong with an assumption as a whole is said of its value
    if kind is None:
        return
    entries: list[Entry] = []
    for heading, spot, cell in row.entries:
        own = in_unit(heading, table, path)
        if own is not None:
            entries.append((own, spot, cell))
        elif cell is not None:
            found.refuse(spot, f"{shown(title)} has nothing to enter here.", "Clear the cell.")
    if kind.model is None:
        found.enter(place[:-1], [(heading.at((name,)), spot, cell) for heading, spot, cell in entries])
        return
    group.setdefault(name, {}).update({"status": "yours"} if is_path else {})
    found.enter(place, entries)


def _read_change(found: Assembled, table: Table, row: _Row, under: Place, names: Sequence[str]) -> None:
    """Read a term that differs for one service in one contract, or in every one."""
    contract, title = names
    spot = row.keys[-1][1]
    path = {each.casefold(): path for each, path in table.settings}.get(title.casefold())
    if path is None:
        found.refuse(spot, no_such("term", title, [each for each, _ in table.settings]), "Choose one from the list.")
        return
    place: Place = (*under, contract, *path)
    contracts = [*found.named(("contracts",)), ALL_CONTRACTS]
    if contract not in contracts:
        remedy = f"Choose from {quoted_names(contracts)}."
        found.refuse(row.keys[1][1], no_such("contract", contract, contracts), remedy, place)
        return
    if place_of((*place, "row")) in found.spots:
        found.refuse(spot, f"{shown(title)} is entered twice.", TWICE)
        return
    _, value_spot, cell = row.entries[0]
    found.spots.setdefault(place_of((*under, contract)), row.keys[1][1])
    found.spots[place_of((*place, "row"))] = row.spot
    if cell is None:
        found.refuse(value_spot, "is missing.", "Enter what the term is for this service.", place)
    else:
        found.enter((*under, contract), [(term(path), value_spot, cell)])


def _read_other_settings(found: Assembled, cells: Cells) -> None:
    values: dict[str, tuple[Spot, Any]] = {}
    for row in sorted({row for row, _ in cells if row >= FIRST}):
        meant = meaning(_ANY_NAME, cells.get((row, 0)))
        spot = Spot(OTHER, row, 0)
        path = str(meant.value or "")
        if meant.problem is not None or not path:
            problem = meant.problem
            message, remedy = (problem.message, problem.remedy) if problem else ("is blank.", "Enter the place.")
            found.refuse(spot, message, remedy)
        elif path in values:
            found.refuse(spot, f"{shown(clean(path))} is there twice.", TWICE)
        else:
            value, understood = _other_value(found, cells, row)
            if understood:
                values[path] = (Spot(OTHER, row, _VALUES), value)
    read_others(found, OTHER, values)


def _other_value(found: Assembled, cells: Cells, row: int) -> tuple[Any, bool]:
    """Return the value that a row of other settings says; a long one goes on in the cells to its right."""
    parts = [cells[spot] for spot in sorted(cells) if spot[0] == row and spot[1] >= _VALUES]
    spot = Spot(OTHER, row, _VALUES)
    if not parts:
        found.refuse(spot, "is blank.", "Enter the value, or clear the row.")
        return None, False
    if len(parts) == 1 and isinstance(parts[0], bool | int | float):
        return parts[0], True
    texts = []
    for part in parts:
        if not isinstance(part, str):
            meant = meaning(_ANY_NAME, part)
            problem = meant.problem
            message = problem.message if problem is not None else f"{shown(str(part))} stands beside another value."
            found.refuse(spot, message, problem.remedy if problem is not None else "Keep one value in the row.")
            return None, False
        texts.append(part)
    value, problems = read_value("".join(texts))
    for problem in problems:
        found.refuse(spot, problem.message, problem.remedy)
    return value, not problems
