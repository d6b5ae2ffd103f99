"""Overheads: what a driver means, how much of it everyone uses, and whether all that is spent is borne by somebody."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

import streamlit as st

from funding_model.problems import ProblemsError
from funding_model.questions.entered import Sharing, rates, sharing
from funding_model.report.words import per_cent, pounds, shown_parts
from funding_model.scenario.choices import DRIVERS, OWN_DRIVER, driver_name
from funding_model.scenario.organisation import BUILT_IN_DRIVERS, STAFF_DRIVERS
from funding_model.scenario.plain import Place, place_of
from funding_model.scenario.titles import lower_first
from funding_model.ui import state
from funding_model.ui.entry.documents import Document, as_text, contract_from, list_at, value_at
from funding_model.ui.entry.parts import QUANTITIES, STAFF
from funding_model.ui.entry.places import placed
from funding_model.ui.evaluation import MOST_TEXTS, compared
from funding_model.ui.fields import enter, faults_at, show_faults
from funding_model.ui.grids import matrix
from funding_model.ui.html import Group, Row, Table, paragraphs_html, table_html
from funding_model.ui.show import drawer, explain, subheading

POOLS: Place = ("organisation", "pools")
OTHERS: Place = ("organisation", "other_activities")


def driver_typed(typed: str, known: Iterable[str]) -> str:
    """Return the driver that a text means: a known one by any of its names, or else a new one of that name."""
    wanted = _plain(typed)
    same = (name for name in known if wanted in (_plain(name), _plain(driver_name(name))))
    return next(same, " ".join(typed.split()))


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()


def choose_driver(place: Place) -> None:
    """Let the driver of a pool be chosen, or a name of one's own be typed; say in plain words what it means."""
    document, where = state.document(), (*place, "driver")
    driver = str(value_at(document, where) or "")
    known = tuple(dict.fromkeys(name for name in (*BUILT_IN_DRIVERS, *_entered_drivers(document), driver) if name))
    key = f"{place_of(where)}-{state.current().fields}"
    st.selectbox(
        "Driver",
        known,
        index=known.index(driver) if driver else None,
        format_func=driver_name,
        key=key,
        help="What the cost of the pool is shared by. Choose one, or type a name of your own, such as Floor area.",
        placeholder="Choose one, or type a name of your own",
        accept_new_options=True,
        on_change=_driver_chosen,
        args=(key, where, known),
    )
    show_faults(faults_at(where))
    if driver:
        explain(f"{driver_name(driver)}: {lower_first(DRIVERS.get(driver, OWN_DRIVER))}")
    with drawer("Which driver to choose") as opened:
        if not opened:
            return
        rows = tuple(Row(f"{driver_name(name)}\nin a rule: {name}", (words,)) for name, words in DRIVERS.items())
        own = Row("A name of your own", (OWN_DRIVER,))
        st.html(table_html(Table("Drivers", ("Driver", "What it means"), (Group("", (*rows, own)),), words=True)))


def _driver_chosen(key: str, where: Place, known: tuple[str, ...]) -> None:
    enter(where, driver_typed(str(state.entered(key) or ""), known) or None)


def _entered_drivers(document: Document) -> Iterator[str]:
    """Yield the drivers of pools, and those of which somebody has entered a quantity."""
    yield from (str(pool.get("driver") or "") for pool in list_at(document, POOLS))
    for user in _users(document):
        yield from value_at(document, (*user, "driver_quantities")) or ()


def quantities() -> None:
    """Let everyone's use of each driver be entered that is not worked out from posts and costs."""
    document = state.document()
    used = dict.fromkeys(str(pool.get("driver") or "") for pool in list_at(document, POOLS))
    own = tuple(driver for driver in used if driver and driver not in BUILT_IN_DRIVERS)
    staffed = tuple(driver for driver in STAFF_DRIVERS if driver in used)
    others = tuple((*OTHERS, index) for index, _ in enumerate(list_at(document, OTHERS)))
    if own or (staffed and others):
        subheading("How much of each driver everyone uses")
    if own:
        explain("Leave blank where nothing is used. What counts is the share of each in the total.")
        matrix("driver_quantities", tuple(_users(document)), own, QUANTITIES)
    if staffed and others:
        explain("Staff of services and pools are counted from their posts; enter here who works in other activities.")
        matrix("driver_quantities", others, staffed, STAFF)


def _users(document: Document) -> Iterator[Place]:
    for place in (("services",), POOLS, OTHERS):
        for index, _ in enumerate(list_at(document, place)):
            yield (*place, index)


def sharing_html() -> str:
    """Return that everything that is spent is borne by somebody, and the overhead rate in its bases."""
    return _sharing_html(state.text())


@lru_cache(maxsize=MOST_TEXTS)
def _sharing_html(text: str) -> str:
    found = _shared(json.loads(text))
    if isinstance(found, str):
        return paragraphs_html([found])
    gap = found.spent - found.allocated
    if abs(gap) < 1:
        said = f"Everything adds up: {pounds(found.spent)} is spent in {found.year}, and all of it is borne."
    else:
        said = f"{pounds(found.spent)} is spent in {found.year}, and {pounds(found.allocated)} is borne."
    words = paragraphs_html([said]) if abs(gap) < 1 else f'<p class="fm-fault">{escape(said)}</p>'
    return words + table_html(sharing_table(found)) + "<br>" + table_html(rates_table(found))


def _shared(document: Document) -> Sharing | str:
    """Return who bears the support costs, or why that cannot be said yet; contracts make no difference to it."""
    if not list_at(document, ("contracts",)):
        document = {**document, "contracts": [contract_from("annual_rolled_forward", [])]}
    try:
        return sharing(compared(as_text(document), (), ""))
    except ProblemsError as error:
        services = list_at(document, ("services",))
        if not services:
            return "Enter a service on the next page, and who bears what is shown here."
        first = placed(error.problems, document)[0]
        return f"Who bears what is shown here once the entries are whole. The first to look at: {first}"


def sharing_table(found: Sharing) -> Table:
    """Return what each service and activity costs itself and what it bears of the pools."""
    direct = shown_parts([bearer.direct for bearer in found.bearers])
    overhead = shown_parts([bearer.overhead for bearer in found.bearers])
    rows = [
        Row(bearer.name, (pounds(own), pounds(borne), pounds(own + borne)))
        for bearer, own, borne in zip(found.bearers, direct, overhead, strict=True)
    ]
    pools = [Row(name, (pounds(cost), "", "")) for name, cost in found.pools.items()]
    whole = Row(
        "Everything",
        (pounds(math.fsum(direct)), pounds(math.fsum(overhead)), pounds(math.fsum(direct) + math.fsum(overhead))),
        total=True,
    )
    return Table(
        f"Who bears the support costs in {found.year}, pounds",
        ("", "Own cost", "Share of support costs", "Together"),
        (Group("Support pools, shared below", tuple(pools)), Group("Services and other activities", (*rows, whole))),
    )


def rates_table(found: Sharing) -> Table:
    """Return the overhead rate of each service and of all, in each of its bases."""
    entries = [(bearer.name, bearer.direct, bearer.staff, bearer.overhead) for bearer in found.bearers]
    whole = [math.fsum(amounts) for amounts in zip(*(entry[1:] for entry in entries), strict=True)]
    rows = [Row(name, tuple(per_cent(rate) for rate in rates(*amounts))) for name, *amounts in entries]
    total = Row("Everything", tuple(per_cent(rate) for rate in rates(*whole)), total=True)
    return Table(
        f"The overhead rate in {found.year}, in each of its bases",
        ("", "Of direct cost", "Of total cost", "Of staff cost"),
        (Group("", (*rows, total)),),
    )
