"""Entered prices: what each contract says about price, payment and monitoring, on a sheet of its own.

Services to which a contract says the same share a row: its *set of terms*. Which rules a contract has (costed afresh
or rolled forward, a price paid today, a schedule, payment by volume, an underspend carried) is part of the structure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from funding_model import units
from funding_model.costing.contract import (
    CARRIED,
    FORECAST,
)
from funding_model.costing.inputs import LAG
from funding_model.questions.prepare.contracts import excluded_categories
from funding_model.report.workbook.book import (
    FLAG,
    FRACTION,
    POUNDS,
    POUNDS_A_YEAR,
    WHOLE,
    Book,
    Cell,
    Column,
    Entry,
    Fixed,
    Formula,
    Line,
    Numbers,
    Sheet,
)
from funding_model.report.workbook.engine import Engine, of_case
from funding_model.report.workbook.handles import ContractEntries, EffortEntries, TermsEntries
from funding_model.report.workbook.stages.price_columns import Figures, columns_of
from funding_model.units import Unit

PRICES, BY_YEAR = "Prices entered", "Prices by year"


LIMITS: Final = (
    (
        "Which rules a contract has is part of the structure: a price costed afresh or rolled forward, by the forecast "
        "or not, paid today, in a schedule or with single years changed; payment by volume; an underspend carried."
    ),
    (
        "Prices are costed at the prices of the years in which the contracts as delivered agree them. A changed length "
        "of award may need those of other years: a check then fails, and the workbook is to be made anew."
    ),
    "A contingency is paid only when need changes in mid-contract, which this workbook does not hold.",
)


@dataclass(frozen=True)
class _Set:
    """A contract with the services that it treats alike."""

    contract: int
    services: tuple[int, ...]


def enter_prices(book: Book, engine: Engine) -> ContractEntries:
    """Put what the contracts say about price and payment on the sheets of inputs."""
    sets, of = _sets(engine)
    sheet = book.page(
        PRICES, "What each contract says about price and payment; services on the same terms share a row."
    )
    yearly = book.sheet(
        BY_YEAR, "Agreed prices, factors of single years and what other funders meet, by financial year."
    )
    names = [_label(engine, each) for each in sets]
    cells: list[dict[str, Any]] = [{} for _ in sets]
    excluded = excluded_categories(engine.comparison.prepared.contracts)
    tables = columns_of(engine, excluded)
    for title, note, columns in tables:
        table = sheet.table(title, ("Terms", *(header for header, _ in columns.values())), note)
        for number, each in enumerate(sets):
            case, service = each.contract, each.services[0]

            def read(array: Figures, case: int = case, service: int = service) -> float:
                return float(array[case if len(array) > 1 else 0, service])

            items = [make(read) for _, make in columns.values()]
            cells[number] |= dict(zip(columns, table.add(names[number], *items)[1:], strict=True))
    for of_set in cells:
        limit = f"{of_set['cap_of_direct']}+{of_set['cap_of_all']}/(1-{of_set['cap_of_all']})"
        book.redefine(of_set["overhead_limit"], Formula(limit, FRACTION))
    for text in LIMITS:
        book.limit(text)
    lines = _by_year(yearly, engine, sets, names)
    named = {item.name for item in fields(TermsEntries)}
    entries = tuple(
        TermsEntries(
            contract=each.contract,
            label=names[number],
            services=each.services,
            excluded=tuple(cells[number][f"excluded_{place}"] for place in range(len(excluded))),
            **_structure(engine, each),
            **lines[number],
            **{name: cell for name, cell in cells[number].items() if name in named},
        )
        for number, each in enumerate(sets)
    )
    earlier, met = _earlier_growth(sheet, engine), _meeting_cost(yearly, engine)
    return ContractEntries(entries, of, _effort(sheet, engine), *earlier, met, _exit_lines(sheet, engine))


def _sets(engine: Engine) -> tuple[list[_Set], tuple[tuple[int, ...], ...]]:
    """Return each contract once for all services that it treats alike, and which of them holds for each service."""
    grid = engine.comparison.prepared.contracts
    sets: list[_Set] = []
    of: list[tuple[int, ...]] = []
    for case, name in enumerate(engine.contracts):
        alike: dict[int, list[int]] = {}
        for service, contract in enumerate(grid[name]):
            alike.setdefault(id(contract), []).append(service)
        place = {service: len(sets) + at for at, found in enumerate(alike.values()) for service in found}
        of.append(tuple(place[service] for service in range(len(engine.services))))
        sets += [_Set(case, tuple(found)) for found in alike.values()]
    return sets, tuple(of)


def _label(engine: Engine, each: _Set) -> str:
    name = engine.contracts[each.contract]
    if len(each.services) == len(engine.services):
        return name
    first = engine.services[each.services[0]]
    more = len(each.services) - 1
    return f"{name}: {first}" + (f" and {more} more" if more else "")


def _structure(engine: Engine, each: _Set) -> dict[str, Any]:
    """Return which rules a set of terms has."""
    terms, place = engine.comparison.terms, (each.contract, each.services[0])
    contract = engine.comparison.prepared.contracts[engine.contracts[each.contract]][each.services[0]]
    return {
        "rolled_forward": bool(terms.price.rolled_forward[place]),
        "forecast": bool(terms.price.movement[place] == FORECAST),
        "has_current": bool(terms.price.has_current[place]),
        "by_volume": bool(terms.payment.by_volume[place]),
        "carries_underspend": bool(terms.payment.underspend[place] == CARRIED),
        "increments_recognised": contract.price.increments_recognised,
        "planned_establishment": contract.price.establishment == "planned",
    }


def _by_year(sheet: Sheet, engine: Engine, sets: Sequence[_Set], names: Sequence[str]) -> list[dict[str, Any]]:
    """Enter schedules and dated factors of the terms that have them."""
    price = engine.comparison.terms.price
    lines: list[dict[str, Any]] = []

    def one(title: str, unit: str, values: Numbers, name: str, bounds: Unit | None) -> Line:
        return sheet.block(title).entered([name], unit, values[None].astype(float), bounds=bounds)[0]

    for each, name in zip(sets, names, strict=True):
        place = (each.contract, each.services[0])
        found: dict[str, Line | None] = dict.fromkeys(("schedule", "factor", "follows_last_year", "last_year_factor"))
        if price.has_schedule[place]:
            found["schedule"] = one("Agreed prices", POUNDS_A_YEAR, price.schedule[place], name, units.POUNDS)
        if (price.factor[place] != 1).any():
            found["factor"] = one(
                "Factors on a year's own price", FRACTION, price.factor[place], name, units.PRICE_FACTOR
            )
        if price.follows_last_year[place].any():
            follows, factor = price.follows_last_year[place], price.last_year_factor[place]
            found["follows_last_year"] = one(
                "Years that follow the price of the year before", FLAG, follows, name, units.FRACTION
            )
            found["last_year_factor"] = one("Factors on it", FRACTION, factor, name, units.PRICE_FACTOR)
        lines.append(found)
    return lines


def _earlier_growth(sheet: Sheet, engine: Engine) -> tuple[Column, Column]:
    """Enter growth into the years before the first, which uplifts with a lag read."""
    economy = engine.inputs.economy
    pay, prices = of_case(economy.pay_growth), of_case(economy.price_growth)
    columns = sheet.table("Growth before the first year", ("Year", "Pay award", "Consumer prices")).rows(
        [
            (
                f"Years before the first: {back}",
                Entry(float(pay[LAG - back]), FRACTION, units.GROWTH),
                Entry(float(prices[LAG - back]), FRACTION, units.GROWTH),
            )
            for back in range(1, LAG + 1)
        ]
    )
    return columns[1], columns[2]


def _effort(sheet: Sheet, engine: Engine) -> EffortEntries:
    """Enter hours and pounds of letters, bids, returns, notices and variations."""
    effort = engine.inputs.effort
    table = sheet.table("Letters, bids, returns and notices", ("What", "Value"))

    def one(label: str, value: float, unit: str = "hours", bounds: Unit | None = units.HOURS) -> Cell:
        return table.add(label, Entry(float(value), unit, bounds))[1]

    return EffortEntries(
        bought_in=one("They are bought in, not done by staff already costed", effort.bought_in, FLAG, None),
        provider_hour=one("Value of a provider's hour", effort.provider_hour[0], POUNDS, units.POUNDS),
        provider_hour_entered=one(
            "That is entered, not worked out from pay", effort.provider_hour_entered[0], FLAG, None
        ),
        funder_hour=one("Value of a funder's hour", effort.funder_hour[0], POUNDS, units.POUNDS),
        letter=one("A letter", effort.letter[0]),
        letter_funder=one("A letter, funder", effort.letter_funder[0]),
        bid=one("A bid", effort.bid[0]),
        bid_funder=one("A competition, funder", effort.bid_funder[0]),
        bid_external=one("Bought-in help with a bid", effort.bid_external[0], POUNDS, units.POUNDS),
        notice=one("A notice to a member of staff", effort.notice[0]),
        variation_funder=one("A variation, funder", effort.variation_funder[0]),
    )


def _meeting_cost(sheet: Sheet, engine: Engine) -> tuple[Line | None, ...]:
    """Enter what other funders pay towards cost that the contract would pay for, for the services that have it."""
    yearly = engine.by_year(engine.inputs.funds.other_meeting_cost)
    if not yearly.any():
        return (None,) * len(engine.services)
    block = sheet.block("Other funders that meet cost", "Co-funding and gifts in kind, a part of all other funders.")
    return tuple(
        block.entered(["Other funders that meet cost"], POUNDS, row[None], of=name, bounds=units.POUNDS)[0]
        if row.any() else None
        for name, row in zip(engine.services, yearly, strict=True)
    )  # fmt: skip


def _exit_lines(sheet: Sheet, engine: Engine) -> tuple[tuple[tuple[Cell, Cell], ...], ...]:
    """Enter the exit lines that a price may recognise, one sum for each index that moves them."""
    amounts = engine.inputs.lines.exit_eligible
    found: list[tuple[tuple[Cell, Cell], ...]] = [()] * len(engine.services)
    if not amounts.any():
        return tuple(found)
    table = sheet.table("Exit lines that a price may recognise", ("Service", "Amount", "Index"))
    for service, name in enumerate(engine.services):
        for index in np.flatnonzero(amounts[:, service]):
            cells = table.add(
                name, Entry(float(amounts[index, service]), POUNDS, units.POUNDS), Fixed(int(index) + 1, WHOLE)
            )
            found[service] = (*found[service], (cells[1], cells[2]))
    return tuple(found)
