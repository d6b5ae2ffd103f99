"""Filling: the document of a scenario becomes the cells of a workbook; what no cell can hold is carried by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

from funding_model.reference.dates import financial_year_of, last_day_of_month
from funding_model.scenario.assumptions import Assumption, YearlyGrowth
from funding_model.scenario.contract_texts import expand_contracts
from funding_model.scenario.overrides import below
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.presets import preset_document, preset_id
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.walk import Kind, at, kind_of, kind_of_field
from funding_model.scenario.workbook.cells import LONGEST_CELL, NOTHING, Cell, as_json, cell_of, number_cell, text_cell
from funding_model.scenario.workbook.grid import FIRST, HEADINGS, ITEMS, Cells, Grid
from funding_model.scenario.workbook.headings import Heading
from funding_model.scenario.workbook.layout import OTHER, OWNERS, Listing, Sheet, Table, title_of_column
from funding_model.scenario.workbook.rows import assembled, in_unit, model_of_settings, term
from funding_model.scenario.workbook.sheets import sheets

Document: TypeAlias = Mapping[str, Any]
Written: TypeAlias = list[Cell | None]


def sheets_for(document: Document) -> tuple[Sheet, ...]:
    """Return the sheets of a scenario: growth by year begins with the first year that it speaks of."""
    month = value_at(document, ("organisation", "first_month"))
    if month is None:
        return sheets()
    year, number = month.split("-")
    rates = [value_at(group, ("by_year",)) for group in document["assumptions"].values()]
    entered = [int(each[:4]) for by_year in rates for each in by_year or ()]
    return sheets(min([financial_year_of(last_day_of_month(int(year), int(number))), *entered]))


def filled(document: Document, entered: Document) -> Grid:
    """Return the cells that say what a scenario's complete document says, headings included.

    Args:
        document: Every field of a scenario as plain values; an empty group for a blank workbook.
        entered: Of these the ones that somebody has entered, or a preset: they are written even where a blank would
            mean the same.
    """
    grid: Grid = {}
    for sheet in sheets_for(document):
        grid[sheet.sheet] = (
            _listing(sheet, document, entered) if isinstance(sheet, Listing) else _table(sheet, document)
        )
    if document:
        grid[OTHER] = _others(carried(document, assembled(grid).document))
    return grid


def value_at(value: Any, place: Place) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Return what stands at a place; None when there is nothing."""
    return reduce(below, place, value)


# Sheets with a field in each row


def _listing(sheet: Listing, document: Document, entered: Document) -> Cells:
    cells: Cells = {(HEADINGS, ITEMS + number): title for number, title in enumerate(sheet.items)}
    items, said = ([each] if not sheet.place else value_at(each, sheet.place) or [] for each in (document, entered))
    row = HEADINGS + 1
    for title, headings in sheet.sections:
        cells[(row, 0)] = title
        for number, heading in enumerate(headings, row + 1):
            cells[(number, 0)] = heading.title
            for column, (item, own) in enumerate(zip(items, said, strict=True), ITEMS):
                _put(cells, (number, column), _term(heading, item, own) if item else None)
        row += len(headings) + 1
    return cells


def _term(heading: Heading, item: Document, entered: Document) -> Cell | None:
    value = value_at(item, heading.path)
    if heading.assumed:
        bare = None if value is None else value.get("value")
        return cell_of(heading.column, bare) if bare is not None and _as(Assumption, bare) == value else None
    if value is None or value in ("", []):
        if value_at(item, heading.path[:-1]) is None:
            return None
        return NOTHING if _blank_means(heading, item) not in (None, "", [], ()) else None
    if value == _blank_means(heading, item) and value_at(entered, heading.path) is None:
        return None
    return cell_of(heading.column, value)


def _blank_means(heading: Heading, item: Document) -> Any:  # noqa: ANN401 - a value of any form
    preset = preset_id(str(item.get("preset") or ""))
    found = value_at(preset_document(preset), heading.path) if preset is not None else None
    return heading.default if found is None else found


# Sheets with a thing in each row


def _table(table: Table, document: Document) -> Cells:
    cells: Cells = {(HEADINGS, place): title_of_column(column) for place, column in enumerate(table.columns)}
    places = [place for place, column in enumerate(table.columns) if not isinstance(column, str)]
    for row, written in enumerate(_rows(table, document), FIRST):
        for column, cell in zip(places, written, strict=False):  # a setting that is not entered says its title alone
            _put(cells, (row, column), cell)
    return cells


def _rows(table: Table, document: Document) -> Iterator[Written]:
    for names, place in _holders(table, document):
        keys: Written = [text_cell(name) for name in names]
        group = value_at(document, (*place, *table.under))
        if table.holds == "list":
            yield from ([*keys, *_fields(table.headings, item)] for item in group or ())
        elif table.holds == "numbers":
            for name, number in (group or {}).items():
                yield [*keys, text_cell(name), number_cell(number, table.headings[0].column)]
        elif table.holds == "one":
            written = _fields(table.headings, group) if group is not None else []
            if any(cell is not None for cell in written):
                yield [*keys, *written]
        elif table.holds == "changes":
            yield from _changes(table, keys, group or {})
        else:
            yield from _settings(table, keys, group)


def _holders(table: Table, document: Document) -> Iterator[tuple[tuple[str, ...], Place]]:
    if not table.owners:
        yield (), ()
    for owner in table.owners:
        for index, item in enumerate(value_at(document, OWNERS[owner]) or ()):
            place: Place = (*OWNERS[owner], index)
            if not table.of_posts:
                yield (item["name"],), place
                continue
            names = [post["name"] for post in item["posts"]]
            for number, name in enumerate(names):
                if names.count(name) == 1:
                    yield (item["name"], name), (*place, "posts", number)


def _fields(headings: Sequence[Heading], item: Document) -> Written:
    """Return the fields of a thing, without those that a blank means."""
    values = [(heading, value_at(item, heading.path)) for heading in headings]
    return [
        cell_of(heading.column, value)
        if heading.column.needed or (value is not None and value not in (heading.default, heading.column.default, []))
        else None
        for heading, value in values
    ]


def _changes(table: Table, keys: Written, changes: Document) -> Iterator[Written]:
    for contract, components in changes.items():
        for title, path in table.settings:
            component, name = path
            terms = components.get(str(component))
            if not isinstance(terms, dict) or name not in terms:
                continue
            own = term(path)
            cell = NOTHING if terms[name] is None else cell_of(own.column, terms[name])
            if cell is not None:
                yield [*keys, text_cell(contract), title, cell]


def _settings(table: Table, keys: Written, group: Any) -> Iterator[Written]:  # noqa: ANN401 - a group, or nothing
    for title, path in table.settings:
        value = value_at(group, path)
        written = _setting(table, path, value)
        if written is None and table.fixed:
            yield [*keys, title]
        elif written is not None:
            yield [*keys, title, *written]


def _setting(table: Table, path: Place, value: Any) -> Written | None:  # noqa: ANN401 - a value of any form
    """Return what is entered for a setting; None where that is what holds without it, or stands elsewhere."""
    kind, info = at(model_of_settings(table), path)
    if kind is None or info is None:
        return None
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    if value is None or value == (default.model_dump(mode="json") if isinstance(default, BaseModel) else default):
        return None
    if kind.model is None:
        value = {"value": value}
    if table.owners == ("contracts",) and _as(Assumption, value["value"]) == value:
        return None
    return _fields_of_setting(table, path, value)


def _fields_of_setting(table: Table, path: Place, value: Document) -> Written:
    found: Written = []
    for heading in table.headings:
        own = in_unit(heading, table, path)
        found += [None] if own is None else _fields((own,), value)
    return found


def _put(cells: Cells, spot: tuple[int, int], cell: Cell | None) -> None:
    if cell is not None:
        cells[spot] = cell


def _as(model: type[BaseModel], value: Any) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Return a plain value as it is kept once a model has read it; itself where the model refuses it."""
    try:
        return model.model_validate(value).model_dump(mode="json")
    except ValidationError:
        return value


# What no sheet says


def carried(document: Document, written: Document) -> dict[str, Any]:
    """Return by path what a document holds and the sheets do not say, so that nothing of it is lost."""
    expanded, _ = expand_contracts(written)
    return {place_of(place): value for place, value in _unlike(Kind(model=Scenario), document, expanded, ())}


def _unlike(kind: Kind, value: Any, said: Any, place: Place) -> Iterator[tuple[Place, Any]]:  # noqa: ANN401 - plain values
    model = kind.model
    if model in (Assumption, YearlyGrowth) and value is not None and said is not None:
        if _as(model, said) != value:
            yield place, value
    elif model is not None and isinstance(value, dict) and isinstance(said, dict):
        for name, field in model.model_fields.items():
            default = None if field.is_required() else field.get_default(call_default_factory=True)
            plain = default.model_dump(mode="json") if isinstance(default, BaseModel) else default
            yield from _unlike(kind_of_field(field), value[name], said.get(name, plain), (*place, name))
    elif kind.is_list and kind_of(kind.item).model is not None and len(value) == len(said):
        for index, (item, other) in enumerate(zip(value, said, strict=True)):
            yield from _unlike(kind_of(kind.item), item, other, (*place, index))
    elif value != (list(said) if isinstance(said, tuple) else said):
        yield place, value


def _others(values: Mapping[str, Any]) -> Cells:
    cells: Cells = {}
    for row, (path, value) in enumerate(values.items(), FIRST):
        cells[(row, 0)] = text_cell(path)
        plain = isinstance(value, int | float) and not isinstance(value, bool) and float(f"{value:.16G}") == value
        text = "" if plain else as_json(value)
        parts = [text[start : start + LONGEST_CELL] for start in range(0, len(text), LONGEST_CELL)]
        for column, part in enumerate([value] if plain else parts, 1):
            cells[(row, column)] = part
    return cells
