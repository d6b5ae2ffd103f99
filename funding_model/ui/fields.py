"""Fields: one value of the scenario as one widget, saved as soon as it is entered; slips stay and are explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any, Final

import streamlit as st
from pydantic import BaseModel

from funding_model.problems import Problem
from funding_model.scenario.assumptions import Assumption
from funding_model.scenario.columns import Column, column_of, form_of, kind_at, value_text, value_typed
from funding_model.scenario.contracts import Contract
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.walk import Kind
from funding_model.ui import state
from funding_model.ui.at_once import work_out
from funding_model.ui.entry.documents import value_at, with_name, with_value
from funding_model.ui.entry.plain_words import in_plain_words, sentence
from funding_model.ui.evaluation import read_text
from funding_model.ui.html import markdown_text, table_html
from funding_model.ui.show import beside, drawer
from funding_model.ui.tables import meanings_table

NOT_SET: Final = "(blank)"
LONG_TEXTS: Final = ("description", "rationale", "source")
CHANGES: Final = "contract_changes"
WANTING: Final = ("is missing.", "has no posts and no costs.")
"""What is said of something that has yet to be entered, and is no mistake."""
IN_UNIT: Final = ("value", "low", "high", "values")
"""The numbers of an assumption, which are in the unit of what is assumed."""
NAMED_LISTS: Final = ("services", "contracts", "pools")


def column_at(place: Place) -> Column:
    """Return the field of the scenario at a place, or the kind of value that a group by name holds there.

    Raises:
        LookupError: Nothing may stand there.
    """
    if CHANGES in place:
        return _changed_term(place)
    kind = kind_at(Scenario, place[:-1])
    if kind.model is not None:
        column = column_of(kind.model, str(place[-1]))
        of_the_whole = kind.model is Assumption and column.name in IN_UNIT
        unit = str(kind.extra.get("unit", ""))
        return replace(column, form=form_of(Kind(base=float, extra=kind.extra)), unit=unit) if of_the_whole else column
    item = kind_at(Scenario, place)
    unit = str(item.extra.get("unit", ""))
    return Column(str(place[-1]), str(place[-1]), form_of(item), {}, unit, "", None, needed=False)


def _changed_term(place: Place) -> Column:
    """Return a term of a contract as a service changes it: blank leaves it as it is in the contract."""
    component, name = place[-2:]
    model = kind_at(Contract, (component,)).model
    if model is None:
        raise LookupError(f"there is no component of a contract called {component}")
    term = replace(column_of(model, str(name)), default=None, needed=False)
    return replace(term, form="choice", choices={True: "yes", False: "no"}) if term.form == "yes_no" else term


def field(
    place: Place, label: str = "", *, about: str = "", note: str = "", stale: bool = True, explained: bool = False
) -> None:
    """Show one value of the scenario as a widget.

    Args:
        place: Where it stands in the document.
        label: What it is called; the field's own title when left out.
        about: What it belongs to, said after the title, where several of one title stand on a page.
        note: What to say after the label, such as that it differs from the base.
        stale: Whether tables on the page show this value as well.
        explained: Whether the page says right above what it means, so that it needs no word of its own.
    """
    column = column_at(place)
    where = place_of(place)
    key = f"{where}-{state.current().fields}"
    title = label or column.title
    shown = markdown_text(f"{title}, {about}" if about else _with_unit(column, title)) + note
    held = _held(place, column)
    arguments: dict[str, Any] = {"on_change": _changed, "args": (key, place, stale), "key": key}
    help_text = None if explained else markdown_text(column.help)
    if column.many and column.choices:
        st.multiselect(
            shown, list(column.choices), default=list(held or ()), format_func=column.choices.__getitem__, **arguments
        )
    elif column.form == "choice":
        _choice(column, held, shown, help_text, arguments)
    elif column.form == "yes_no":
        st.checkbox(shown, value=bool(held), help=help_text, **arguments)
    else:
        slip = state.slip(where)
        written = value_text(column, held) if slip is None else slip
        widget: Any = st.text_area if column.name in LONG_TEXTS else st.text_input
        widget(shown, value=written, help=help_text, **arguments)
    show_faults(faults_at(place))


def fields(places: Sequence[Place], columns: int = 3, *, stale: bool = True) -> None:
    """Show several values beside each other, row by row."""
    with beside(columns, place_of(places[0])):
        for place in places:
            field(place, stale=stale)


def _with_unit(column: Column, title: str) -> str:
    signs = {"money": "£", "share": "%", "month": "month"}
    sign = signs.get(column.form, column.unit)
    return f"{title} ({sign})" if sign and sign.casefold() not in title.casefold() else title


def _held(place: Place, column: Column) -> Any:  # noqa: ANN401 - a value of any form
    held = value_at(state.document(), place)
    if place[-1] == "value" and held is None:  # an assumption that is a bare number
        whole = value_at(state.document(), place[:-1])
        held = whole if isinstance(whole, int | float) else None
    if isinstance(held, Mapping):
        held = held.get("value")
    if held is None:
        held = column.default
    return getattr(held, "value", None) if isinstance(held, BaseModel) else held


def _choice(column: Column, held: Any, shown: str, help_text: str | None, arguments: Mapping[str, Any]) -> None:  # noqa: ANN401
    options = [None, *column.choices] if column.default is None else list(column.choices)
    st.selectbox(
        shown,
        options,
        index=options.index(held) if held in options else 0,
        format_func=partial(_choice_label, column.choices),
        help=help_text,
        **arguments,
    )


def _choice_label(choices: Mapping[Any, str], choice: Any) -> str:  # noqa: ANN401 - a value of any form
    return NOT_SET if choice is None else choices[choice]


def _changed(key: str, place: Place, stale: bool) -> None:  # noqa: FBT001 - Streamlit passes it by position
    column, typed, where = column_at(place), state.entered(key), place_of(place)
    if isinstance(typed, str) and column.form not in ("choice", "yes_no"):
        value, problem = value_typed(column, typed)
        if problem is not None:
            state.keep_slip(where, typed)
            state.say(f"{column.title}: {problem.message} {problem.remedy}")
            return
        state.keep_slip(where, None)
        state.put(
            key, value_text(column, column.default if value is None else value) if not _assumed(column) else typed
        )
    else:
        value = typed
    enter(place, value, stale=stale)


def _assumed(column: Column) -> bool:
    return isinstance(column.default, BaseModel)


def enter(place: Place, value: Any, *, stale: bool = True) -> None:  # noqa: ANN401 - a value of any form
    """Save a value at a place; a new name goes wherever the old one stood, a salary takes the place of a pay point."""
    before = state.document()
    if place[-1] == "name" and len(place) > 1 and place[-3:-2] and place[-3] in NAMED_LISTS:
        after = with_name(before, place[:-1], value or "")
    else:
        held = value_at(before, place)
        inside = isinstance(held, Mapping) and not isinstance(value, Mapping) and value is not None
        after = with_value(before, (*place, "value") if inside else place, value)
        if inside:
            after = with_value(after, (*place, "status"), "yours")
    if place[-1] == "salary" and value is not None:
        after = with_value(after, (*place[:-1], "pay_point"), None)
    state.save(after, fields_stale=False, tables_stale=stale)
    work_out()


def explain_fields(*groups: tuple[Place, tuple[str, ...]]) -> None:
    """Say in the page what its fields mean: for each group, where it stands and which of its fields to explain."""
    with drawer("What the fields of this page mean") as opened:
        if opened:
            columns = [column_at((*place, name)) for place, names in groups for name in names]
            st.html(table_html(meanings_table(columns)))


# What is wrong


def problems() -> tuple[Problem, ...]:
    """Return everything that is wrong with the scenario that is open."""
    return tuple(in_plain_words(problem) for problem in read_text(state.text())[1])


def faults_at(place: Place) -> list[Problem]:
    """Return what is wrong with a value: what was typed and not understood, or what does not fit."""
    where = place_of(place)
    slip = state.slip(where)
    if slip is not None:
        _, problem = value_typed(column_at(place), slip)
        return [problem] if problem is not None else []
    needed = column_at(place).needed
    return [problem for problem in problems() if problem.where == where and not _only_missing(problem, needed=needed)]


def faults_under(place: Place) -> list[Problem]:
    """Return what is wrong at a place and below it."""
    where = place_of(place)
    return [problem for problem in problems() if problem.where == where or problem.where.startswith(f"{where}.")]


def _only_missing(problem: Problem, *, needed: bool) -> bool:
    """Return whether something has yet to be entered: the list of what is still needed says so, not the field."""
    return problem.message == "is missing." or (needed and problem.message == "is blank.")


def show_faults(found: Sequence[Problem]) -> None:
    """Show what is wrong right below where it was typed."""
    if found:
        st.html("".join(map(_fault, found)))


def _fault(problem: Problem) -> str:
    wanting = problem.message in WANTING
    lead, look = ("Still needed", "fm-fault fm-wanting") if wanting else ("Not right yet", "fm-fault")
    return f'<p class="{look}"><b>{lead}:</b> {escape(sentence(problem))}</p>'
