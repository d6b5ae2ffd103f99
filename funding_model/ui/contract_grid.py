"""Contract grid: contracts as columns, their terms as rows, and what differs from the base marked in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, TypeAlias

import streamlit as st
from pydantic import BaseModel

from funding_model.report.words import NOTHING
from funding_model.scenario.columns import Column, column_of
from funding_model.scenario.contracts import COMPONENTS, Contract
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.services import ALL_CONTRACTS
from funding_model.scenario.walk import kind_of_field
from funding_model.ui import state
from funding_model.ui.entry.documents import (
    Document,
    added,
    contract_from,
    copied,
    list_at,
    moved,
    names_at,
    removed,
    value_at,
    with_value,
)
from funding_model.ui.fields import CHANGES, faults_under, field, show_faults
from funding_model.ui.grids import grid
from funding_model.ui.html import Group, Row, Table, markdown_text, table_html
from funding_model.ui.live import Live
from funding_model.ui.show import beside, drawer, explain
from funding_model.ui.tables import value_words

CONTRACTS: Place = ("contracts",)
MOST_IN_A_ROW = 4
"""Columns beside each other; further contracts go into the row below."""
MOST_NAMED = 3
"""Services that a row names."""
PARTS_OF_A_TERM = 4
"""In the place of a term: contracts, number, component, field."""
EVERY = "every contract"
DATED = "dated_factors"
DIFFERS = "differs from the base"


def add_preset(chosen: str) -> None:
    """Add a contract of the kind that a list holds when the button is pressed, by the key of the list."""
    document = state.document()
    contract = contract_from(str(state.entered(chosen)), names_at(document, CONTRACTS))
    state.save(added(document, CONTRACTS, contract), f"Added the contract “{contract['name']}”")


def base_of(document: Document) -> int:
    """Return the place of the base among the contracts."""
    names, held = names_at(document, CONTRACTS), document.get("base")
    return names.index(held) if held in names else 0


def choose_base(document: Document) -> int:
    """Let the base be chosen; return its place."""
    names, index = names_at(document, CONTRACTS), base_of(document)
    if len(names) > 1:
        key = f"base-of-all-{state.current().fields}"
        st.selectbox(
            "The base: the contract that the others are compared with",
            range(len(names)),
            index=index,
            format_func=names.__getitem__,
            key=key,
            on_change=_base_chosen,
            args=(key,),
        )
    return index


def _base_chosen(key: str) -> None:
    document, place = state.document(), state.entered(key)
    name = names_at(document, CONTRACTS)[place]
    state.choose(state.current().contracts or names_at(document, CONTRACTS), "")
    state.save(with_value(document, ("base",), name), f"“{name}” is the base")


def edit_columns() -> None:
    """Let contracts be named, described, copied, moved and deleted."""
    with drawer("Name, describe, copy, move or delete contracts") as opened:
        if opened:
            _columns(names_at(state.document(), CONTRACTS))


def _columns(names: list[str]) -> None:
    with beside(min(len(names), MOST_IN_A_ROW), "contracts"):
        for index, name in enumerate(names):
            with st.container(border=True, height="stretch"):
                place = (*CONTRACTS, index)
                field((*place, "name"), f"Name of contract {index + 1}")
                field((*place, "description"), "What it is", about=f"contract {index + 1}", stale=False)
                _column_buttons(index, name or f"contract {index + 1}", len(names))


def _column_buttons(index: int, name: str, count: int) -> None:
    shown = markdown_text(name)
    actions: list[tuple[str, Any, tuple[Any, ...], str, bool]] = [
        ("Copy", copied, (CONTRACTS, index), f"Copied the contract “{name}”", False),
        ("Move left", moved, (CONTRACTS, index, -1), f"Moved the contract “{name}”", index == 0),
        ("Move right", moved, (CONTRACTS, index, 1), f"Moved the contract “{name}”", index == count - 1),
        ("Delete", removed, (CONTRACTS, index), f"Deleted the contract “{name}”", False),
    ]
    with st.container(horizontal=True):
        for words, change, arguments, what, disabled in actions:
            st.button(
                words,
                key=f"{words}-{place_of((*CONTRACTS, index))}",
                help=f"{words}: {shown}",
                disabled=disabled,
                on_click=_change,
                args=(change, arguments, what),
            )


def _change(change: Any, arguments: tuple[Any, ...], what: str) -> None:  # noqa: ANN401 - a function of entry.documents
    state.edit(change, *arguments, what=what)


def component_fields(live: Live, component: str, base: int) -> None:
    """Let the terms of one component be entered, every contract beside the others; each term is a section."""
    names = names_at(state.document(), CONTRACTS)
    about = Contract.model_fields[component].description or ""
    explain(about, f"What is not as in “{names[base]}” is marked “{DIFFERS}”.")
    for name in _model(component).model_fields:
        if name == DATED:
            live.section(_dated_factors, names)
        else:
            live.section(_term, component, name, base)
    for index, name in enumerate(names):
        whole = [
            each
            for each in faults_under((*CONTRACTS, index, component))
            if len(each.where.split(".")) < PARTS_OF_A_TERM
        ]
        if whole:
            explain(f"{name}:")
            show_faults(whole)


def _model(component: str) -> type[BaseModel]:
    model = kind_of_field(Contract.model_fields[component]).model
    if model is None:
        raise LookupError(component)
    return model


def _term(component: str, name: str, base: int) -> None:
    """Let one term be entered, of every contract."""
    column = column_of(_model(component), name)
    names = names_at(state.document(), CONTRACTS)
    st.html(f'<p class="fm-term">{escape(_with_unit(column))}: <span>{escape(column.help)}</span></p>')
    with beside(min(len(names), MOST_IN_A_ROW), f"{component}-{name}"):
        for index, contract in enumerate(names):
            note = f" ≠ {DIFFERS}" if _differs(column, component, index, base) else ""
            field((*CONTRACTS, index, component, name), about=contract, note=note, stale=False, explained=True)


def service_terms(component: str) -> None:
    """Let a term of a component be changed for one service, in one contract or in every one."""
    document = state.document()
    services, contracts = names_at(document, ("services",)), names_at(document, CONTRACTS)
    model = kind_of_field(Contract.model_fields[component]).model
    if not services or model is None:
        return
    terms = {name: column_of(model, name).title for name in model.model_fields if name != DATED}
    with drawer("A term that differs for one service") as opened:
        if not opened:
            return
        alike = _alike_table(document)
        if alike.groups[0].rows:
            st.html(table_html(alike))
        explain("What is entered here takes the place of what the contract says, for that service only.")
        which, where, what = st.columns(3)
        scenario = state.current().scenario
        with which:
            service = st.selectbox(
                "For the service",
                range(len(services)),
                format_func=services.__getitem__,
                key=f"service-of-term-{scenario}",
            )
        with where:
            contract = st.selectbox("In the contract", [EVERY, *contracts], key=f"contract-of-term-{scenario}")
        with what:
            term = st.selectbox("Term", list(terms), format_func=terms.__getitem__, key=f"term-{component}")
        key = ALL_CONTRACTS if contract == EVERY else contract
        field(("services", service, CHANGES, key, component, term), about=services[service], stale=False)
        explain("The page Services lists what differs for a service, and takes it back.")


def _dated_factors(names: list[str]) -> None:
    explain(
        "Dated factors: single years whose price is changed and no other, such as a year without a budget. Enter "
        "the financial year or its number, and what the price is multiplied by."
    )
    key = f"dated-{state.current().scenario}"
    index = st.selectbox("Dated factors of the contract", range(len(names)), format_func=names.__getitem__, key=key)
    grid(
        (*CONTRACTS, index, "price", "dated_factors"),
        ("financial_year", "scenario_year", "factor", "of"),
        "Years with another price",
    )


def held(document: Document, component: str, column: Column, index: int) -> Any:  # noqa: ANN401 - any form
    """Return what a contract says in one of its terms, its default where it says nothing."""
    value = value_at(document, (*CONTRACTS, index, component, column.name))
    if isinstance(value, dict):
        value = value.get("value")
    if value is None:
        value = column.default
    return value.value if isinstance(value, BaseModel) and hasattr(value, "value") else value


def _differs(column: Column, component: str, index: int, base: int) -> bool:
    document = state.document()
    return index != base and _words(document, component, column, index) != _words(document, component, column, base)


def _words(document: Document, component: str, column: Column, index: int) -> str:
    return _in_words(column, held(document, component, column, index))


def _in_words(column: Column, value: Any) -> str:  # noqa: ANN401 - a value of any form
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, list | tuple) and any(isinstance(each, dict) for each in value):
        return "; ".join(
            f"{each.get('financial_year') or each.get('scenario_year')}: {each.get('factor')}" for each in value
        )
    return value_words(column, value)


def _with_unit(column: Column) -> str:
    """Return what a term is called, with the unit that its numbers are in, where they do not show it themselves."""
    said = column.unit.casefold() in column.title.casefold()
    shown = column.form in ("money", "number") and column.unit and not said
    return f"{column.title} ({column.unit})" if shown else column.title


def _beside_base(words: Sequence[str], base: int) -> tuple[str, ...]:
    return tuple(
        f"{each or NOTHING}\n≠ base" if index != base and each != words[base] else each or NOTHING
        for index, each in enumerate(words)
    )


Own: TypeAlias = dict[tuple[str, str], dict[int, dict[str, Any]]]
"""What services say instead of a contract: by component and term, of each service by its number, for each contract."""


def _own_terms(document: Document) -> Own:
    found: Own = {}
    for number, service in enumerate(list_at(document, ("services",))):
        for contract, components in (service.get(CHANGES) or {}).items():
            for component, terms in components.items():
                for name, value in terms.items():
                    found.setdefault((component, name), {}).setdefault(number, {})[contract] = value
    return found


def _of_services(
    own: dict[int, dict[str, Any]], column: Column, words: Sequence[str], document: Document
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the services that have a term of their own, those with the same one together, and what each contract says.

    Args:
        own: What services say of the term: of each by its number, for each contract.
        column: The term.
        words: What each contract says of it.
        document: What is entered.
    """
    services, contracts = names_at(document, ("services",)), names_at(document, CONTRACTS)
    alike: dict[tuple[str, ...], list[str]] = {}
    for number, terms in own.items():
        told = tuple(
            _in_words(column, terms.get(contract, terms.get(ALL_CONTRACTS)))
            if contract in terms or ALL_CONTRACTS in terms
            else said
            for contract, said in zip(contracts, words, strict=True)
        )
        if told != tuple(words):
            alike.setdefault(told, []).append(services[number] or f"Service {number + 1}")
    for told, named in alike.items():
        yield _named(named, len(services)), told


def _named(services: Sequence[str], count: int) -> str:
    if len(services) == count > 1:
        return "every service"
    if len(services) <= MOST_NAMED:
        return "; ".join(services)
    return f"{'; '.join(services[:MOST_NAMED])} and {len(services) - MOST_NAMED} more services"


def contracts_table(document: Document, base: int) -> Table:
    """Return every term of every contract, and of single services where contracts say unlike things of theirs.

    Rows in which all contracts agree with what holds by default are left out.
    """
    names, own = names_at(document, CONTRACTS), _own_terms(document)
    groups = []
    for component in COMPONENTS:
        model = kind_of_field(Contract.model_fields[component]).model
        if model is None:
            continue
        rows = []
        for name in model.model_fields:
            column = column_of(model, name)
            words = [_words(document, component, column, index) for index in range(len(names))]
            default = value_words(column, getattr(column.default, "value", column.default))
            if any(each != default for each in words) or len(set(words)) > 1:
                rows.append(Row(_with_unit(column), _beside_base(words, base)))
            for services, told in _of_services(own.get((component, name), {}), column, words, document):
                if len(set(told)) > 1:
                    rows.append(Row(f"{column.title}: {services}", _beside_base(told, base)))
        if rows:
            groups.append(Group(component.capitalize(), tuple(rows)))
    headings = [f"{name} (base)" if index == base else name for index, name in enumerate(names)]
    return Table(
        f"Terms that are not the same everywhere or not the usual ones; ≠ base marks what differs from the base, and "
        f"{NOTHING} what is blank",
        ("Term", *headings),
        tuple(groups),
        words=True,
    )


def _alike_table(document: Document) -> Table:
    """Return the terms that single services have of their own, alike under every contract."""
    names, rows = names_at(document, CONTRACTS), []
    for (component, name), of_services in _own_terms(document).items():
        column = column_of(_model(component), name)
        words = [_words(document, component, column, index) for index in range(len(names))]
        rows += [
            Row(_with_unit(column), (services, told[0] or NOTHING))
            for services, told in _of_services(of_services, column, words, document)
            if len(set(told)) == 1
        ]
    return Table(
        "Terms that differ for single services, alike under every contract",
        ("Term", "Service", "What holds for it"),
        (Group("", tuple(rows)),),
        words=True,
    )
