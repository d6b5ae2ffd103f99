"""Grids: a list of the scenario as a table to type or paste into; every change is understood and saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from funding_model.problems import Problem
from funding_model.scenario.columns import Column, columns_of, kind_at
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.titles import lower_first, title_of
from funding_model.ui import state
from funding_model.ui.at_once import work_out
from funding_model.ui.entry.documents import list_at, value_at, with_value
from funding_model.ui.entry.paste import Pasted, block_typed
from funding_model.ui.entry.rows import Read, after_edits, cells_of, row_typed, rows_typed
from funding_model.ui.fields import column_at, faults_under, show_faults
from funding_model.ui.html import Group, Row, Table, table_html
from funding_model.ui.show import beside, drawer
from funding_model.ui.tables import meanings_table

WHO = "who"
"""The column of a table that says whose row it is."""


def grid(place: Place, names: tuple[str, ...], caption: str, *, drawers: bool = True, fields_too: bool = False) -> None:
    """Show a list as a table: rows may be added at its foot, deleted, and pasted in.

    Args:
        place: Where the list stands in the document.
        names: The fields to show, of each item.
        caption: What the table holds.
        drawers: Whether to offer pasting and the meaning of the columns below it.
        fields_too: Whether fields on the page show values of the list as well.
    """
    columns = columns_at(place, names)
    where = place_of(place)
    key, kept = _mounted(where, place, columns)
    st.html(f'<p class="fm-caption">{caption}</p>')
    st.data_editor(
        pd.DataFrame(kept["cells"], columns=list(names), dtype=str),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={column.name: _config(column) for column in columns},
        on_change=_changed,
        args=(key, place, names, fields_too),
        placeholder="",
        alt=caption,
    )
    read = rows_typed(columns, kept["rows"], kept["cells"], state.entered(key) or {})
    show_faults([*read.problems, *_fitting(place, names, read)])
    if not drawers:
        return
    with beside(2, where):
        with drawer(f"Paste a block from a spreadsheet: {lower_first(caption)}") as opened:
            if opened:
                paste(place, columns)
        with drawer(f"What the columns mean: {lower_first(caption)}") as opened:
            if opened:
                st.html(table_html(meanings_table(columns)))


def optional_grid(place: Place, names: tuple[str, ...], caption: str, offer: str) -> None:
    """Show a list that most leave empty: as a table once there is something in it, or somebody wants to enter it.

    A table takes a browser as long as thirty fields do, so an empty one stands in nobody's way.

    Args:
        place: Where the list stands in the document.
        names: The fields to show, of each item.
        caption: What the table holds.
        offer: What the button says that shows the empty table.
    """
    wanted = f"wanted-{place_of(place)}-{state.current().scenario}"
    entered = list_at(state.document(), place) or faults_under(place)
    if entered or state.entered(wanted) or state.table(place_of(place)):
        grid(place, names, caption)
    else:
        st.button(offer, key=f"offer-{place_of(place)}", on_click=state.put, args=(wanted, 1))


def columns_at(place: Place, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a list of the scenario.

    Raises:
        LookupError: No list of groups stands at the place.
    """
    model = kind_at(Scenario, (*place, 0)).model
    if model is None:
        raise LookupError(f"there is no list of groups at {place}")
    return columns_of(model, names)


def _config(column: Column) -> Any:  # noqa: ANN401 - Streamlit's own kind of column
    title = column.title + {"money": " (£)", "share": " (%)"}.get(column.form, "")
    if column.form == "choice" and not column.many:
        return st.column_config.SelectboxColumn(title, help=column.help, options=list(column.choices.values()))
    if column.form == "yes_no":
        return st.column_config.SelectboxColumn(title, help=column.help, options=["yes", "no"])
    return st.column_config.TextColumn(title, help=column.help)


def _mounted(where: str, place: Place, columns: Sequence[Column]) -> tuple[str, dict[str, Any]]:
    """Return the key of a table and how it was first shown; it is shown anew when its key is new on the page.

    What a table is given stays the same as long as it is on the page: what is typed is never fed back.
    """
    kept, drawn = state.table(where), state.current().tables
    key = f"{where}-{kept.get('drawn')}-{kept.get('mount')}"
    if kept and kept["drawn"] == drawn and state.is_on_page(key):
        return key, kept
    rows = list_at(state.document(), place)
    cells = [cells_of(columns, row) for row in rows]
    slips = kept.get("slips") or []
    if len(slips) == len(cells):
        cells = slips
    kept = {"drawn": drawn, "mount": kept.get("mount", 0) + 1, "rows": rows, "cells": cells, "slips": slips}
    state.keep_table(where, kept)
    return f"{where}-{drawn}-{kept['mount']}", kept


def _changed(key: str, place: Place, names: tuple[str, ...], fields_too: bool) -> None:  # noqa: FBT001 - by position
    where, columns = place_of(place), columns_at(place, names)
    kept = state.table(where)
    read = rows_typed(columns, kept["rows"], kept["cells"], state.entered(key) or {})
    state.keep_table(where, {**kept, "slips": read.cells if read.problems else []})
    state.save(with_value(state.document(), place, read.rows), fields_stale=fields_too, tables_stale=False)
    work_out()
    if read.problems:
        first = read.problems[0]
        state.say(f"{first.where}: {first.message} {first.remedy}")


def _fitting(place: Place, names: tuple[str, ...], read: Read) -> list[Problem]:
    """Return what does not fit in the rows, each with its row and column in words."""
    columns = {column.name: column.title for column in columns_at(place, names)}
    slipped = {problem.where for problem in read.problems}
    found = []
    for problem in faults_under(place):
        parts = problem.where.removeprefix(place_of(place)).strip(".").split(".")
        if not parts[0].isdigit():
            found.append(Problem("", problem.message, problem.remedy))
            continue
        row = int(parts[0]) - 1
        name = str(read.rows[row].get("name") or "") if row < len(read.rows) else ""
        where = f"row {row + 1}" + (f" ({name})" if name else "")
        where += f", {columns.get(parts[1], title_of(parts[1]))}" if len(parts) > 1 else ""
        follows = len(parts) == 1 and any(slip.startswith(f"{where},") for slip in slipped)
        if where not in slipped and not follows:
            found.append(Problem(where, problem.message, problem.remedy))
    return found


# A table whose rows are there already


def matrix(group: str, users: tuple[Place, ...], names: tuple[str, ...], caption: str) -> None:
    """Show a number for each of several users under each of several names.

    Args:
        group: The group by name of each user that holds the numbers.
        users: Where the users stand in the document; each has a name.
        names: The names in that group.
        caption: What the table holds.
    """
    columns = _numbers(users[0], group, names)
    key, kept = _matrix_mounted(caption, group, users, columns)
    st.html(f'<p class="fm-caption">{caption}</p>')
    who = [str(value_at(state.document(), (*user, "name")) or "No name yet") for user in users]
    frame = pd.DataFrame(kept["cells"], columns=list(names), dtype=str)
    frame.insert(0, WHO, who)
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        width="stretch",
        height="content",
        disabled=[WHO],
        column_config={WHO: st.column_config.TextColumn("Who uses it", pinned=True)}
        | {column.name: st.column_config.TextColumn(column.title) for column in columns},
        on_change=_matrix_changed,
        args=(key, group, users, names, caption),
        placeholder="",
        alt=caption,
    )
    found = []
    for place, (_, slips) in enumerate(_matrix_read(columns, kept, state.entered(key) or {})):
        found += [Problem(f"{who[place]}, {title}", each.message, each.remedy) for title, each in slips]
    for user, name in zip(users, who, strict=True):
        found += [Problem(name, each.message, each.remedy) for each in faults_under((*user, group))]
    show_faults(found)


def _numbers(user: Place, group: str, names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(replace(column_at((*user, group, name)), title=title_of(name)) for name in names)


def _matrix_mounted(
    caption: str, group: str, users: Sequence[Place], columns: Sequence[Column]
) -> tuple[str, dict[str, Any]]:
    kept, drawn = state.table(caption), state.current().tables
    key = f"{caption}-{kept.get('drawn')}-{kept.get('mount')}"
    if kept and kept["drawn"] == drawn and state.is_on_page(key):
        return key, kept
    rows = [value_at(state.document(), (*user, group)) or {} for user in users]
    cells = kept.get("slips") or []
    if len(cells) != len(rows):
        cells = [cells_of(columns, row) for row in rows]
    kept = {"drawn": drawn, "mount": kept.get("mount", 0) + 1, "rows": rows, "cells": cells}
    state.keep_table(caption, kept)
    return f"{caption}-{drawn}-{kept['mount']}", kept


def _matrix_read(
    columns: Sequence[Column], kept: dict[str, Any], edits: dict[str, Any]
) -> list[tuple[dict[str, Any], list[tuple[str, Problem]]]]:
    written = [cells for _, cells in after_edits(kept["cells"], edits)]
    return [
        row_typed(columns, before, cells, shown)
        for before, cells, shown in zip(kept["rows"], written, kept["cells"], strict=True)
    ]


def _matrix_changed(key: str, group: str, users: tuple[Place, ...], names: tuple[str, ...], caption: str) -> None:
    columns, kept = _numbers(users[0], group, names), state.table(caption)
    edits = state.entered(key) or {}
    document, slips = state.document(), []
    for user, (row, wrong) in zip(users, _matrix_read(columns, kept, edits), strict=True):
        slips += wrong
        for name in names:
            document = with_value(document, (*user, group, name), row.get(name))
    typed = [cells for _, cells in after_edits(kept["cells"], edits)]
    state.keep_table(caption, {**kept, "slips": typed if slips else []})
    state.save(document, fields_stale=False, tables_stale=False)
    work_out()
    if slips:
        title, problem = slips[0]
        state.say(f"{title}: {problem.message} {problem.remedy}")


# Paste


def paste(place: Place, columns: Sequence[Column]) -> None:
    """Let a block be pasted, show what was understood, and add it to the list or put it in its place."""
    where = place_of(place)
    key = f"paste-{where}-{state.current().fields}-{state.current().tables}"
    titles = ", ".join(column.title for column in columns)
    block = st.text_area(
        "Copy the cells in your spreadsheet and paste them here",
        key=key,
        help="The first row may hold the names of the columns.",
    )
    st.caption(
        f"Columns in this order, or with their names in the first row: {titles}. Press Ctrl and Enter to read it."
    )
    if not block.strip():
        return
    pasted = block_typed(columns, block)
    show_faults(pasted.problems)
    if not pasted.rows:
        return
    st.html(table_html(understood_table(pasted)))
    if pasted.problems:
        st.caption("Correct what was not understood, and paste again: nothing has been changed.")
        return
    count = f"{len(pasted.rows)} {'row' if len(pasted.rows) == 1 else 'rows'}"
    with st.container(horizontal=True):
        st.button(
            "Add this row" if len(pasted.rows) == 1 else f"Add these {count}",
            key=f"add-{key}",
            on_click=_pasted,
            args=(place, columns, key, False),
        )
        st.button(
            "Put them in place of the table",
            key=f"replace-{key}",
            on_click=_pasted,
            args=(place, columns, key, True),
        )


def _pasted(place: Place, columns: Sequence[Column], key: str, instead: bool) -> None:  # noqa: FBT001 - by position
    """Enter what the box holds now, which may have been changed since the page was drawn."""
    pasted = block_typed(columns, str(state.entered(key) or ""))
    if pasted.rows and not pasted.problems:
        kept = [] if instead else list_at(state.document(), place)
        state.save(with_value(state.document(), place, [*kept, *pasted.rows]))


def understood_table(pasted: Pasted) -> Table:
    """Return what was understood of a block, as it will be entered."""
    rows = [
        Row(
            str(number),
            tuple(cells_of((column,), row)[column.name] if column.name in row else "" for column in pasted.columns),
        )
        for number, row in enumerate(pasted.rows, 1)
    ]
    return Table(
        "What was understood",
        ("Row", *(column.title for column in pasted.columns)),
        (Group("", tuple(rows)),),
        words=True,
    )
