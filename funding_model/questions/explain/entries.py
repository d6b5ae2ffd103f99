"""Entries: what was typed, published or taken by default, each with its place, source, date and confidence."""

from __future__ import annotations

from datetime import date

from funding_model.questions.explain.case import Case, remembered
from funding_model.questions.explain.node import Entry, Node, leaf, made
from funding_model.questions.prepare.behaviour import value_of
from funding_model.questions.prepare.dates import YEARLY_FIGURES, growth_rate, month_number, statutory_figure
from funding_model.reference import financial_year_label, financial_year_of, last_day_of_month
from funding_model.reference.defaults import assumption_defaults
from funding_model.reference.economy import GrowthKind, forecast_date, forecast_name, growth, growth_series
from funding_model.reference.parameters import DatedValue, series, value_on
from funding_model.scenario.assumptions import Assumption, YearlyGrowth
from funding_model.scenario.fields import Sourced
from funding_model.units import MONTHS_A_YEAR

APRIL = 4
GROWTH_NAMES: dict[GrowthKind, str] = {"pay": "pay_award", "cpi": "cpi", "gdp_deflator": "gdp_deflator"}


def typed(label: str, value: float, unit: str, where: str, owner: Sourced | None = None) -> Node:
    """Return what was typed into the scenario, with the status and source of the entry that it is part of."""
    status, source = (owner.status, owner.source) if owner is not None else ("yours", "")
    return leaf(label, value, unit, Entry(where, status, source))


def counted(label: str, value: float, unit: str, where: str) -> Node:
    """Return what is counted from the calendar and the dates entered."""
    return leaf(label, value, unit, Entry(where, "calendar"), stage="timeline")


@remembered
def assumption(case: Case, name: str, service: int | None = None, blank: float = 0.0) -> Node:
    """Return an assumption as it holds for a service; one that is blank as what leaves its effect off."""
    holders: list[tuple[str, object]] = [("assumptions", case.scenario.assumptions)]
    owner = None if service is None else case.scenario.services[service]
    if owner is not None and service is not None:
        holders.insert(0, (f"services.{service + 1}.assumptions", owner.assumptions))
    value = value_of(case.scenario, name, owner)
    default = assumption_defaults().get(name)
    title, unit = (default.title, default.unit) if default is not None else (name.replace("_", " ").capitalize(), "")
    for place, holder in holders:
        entered = getattr(holder, name, None)
        if isinstance(entered, bool):
            return leaf(title, float(entered), unit, Entry(f"{place}.{name}", "yours"))
        if isinstance(entered, Assumption) and entered.value is not None:
            return leaf(title, entered.value, unit, _assumed(f"{place}.{name}", entered))
    if value is None or default is None:
        entry = Entry(f"assumptions.{name}", "no evidence", rationale=default.off_message if default else "")
        return leaf(title, blank, unit, entry, "Blank: its effect is off.")
    entry = Entry(
        f"assumptions.{name}", default.status, default.source_title, default.date, default.confidence, default.basis
    )
    return leaf(title, value, unit, entry, "The default, because nothing was entered.")


def _assumed(where: str, entered: Assumption) -> Entry:
    return Entry(where, entered.status, entered.source, entered.date, "", entered.rationale)


def contract_assumption(
    case: Case, service: int, component: str, name: str, value: float, default_name: str | None = None
) -> Node:
    """Return an assumption of the contract, or the default or the organisation's own that stands for a blank one."""
    entered = getattr(getattr(case.contract(service), component), name)
    default = assumption_defaults().get(default_name or name)
    title = default.title if default is not None else name.replace("_", " ").capitalize()
    unit = default.unit if default is not None else ""
    if isinstance(entered, Assumption) and entered.value is not None:
        return leaf(title, value, unit, _assumed(contract_place(case, service, component, name), entered))
    if default_name is not None and hasattr(case.scenario.assumptions, default_name):
        return assumption(case, default_name)
    status = default.status if default is not None else "no evidence"
    source, when, confidence = (
        (default.source_title, default.date, default.confidence) if default is not None else ("", "", "")
    )
    entry = Entry(contract_place(case, service, component, name), status, source, when, confidence)
    return leaf(title, value, unit, entry, "Not entered.")


def contract_place(case: Case, service: int, component: str, name: str) -> str:
    """Return where a term of the contract stands: in the contract, or among a service's changes of it."""
    changes = case.scenario.services[service].contract_changes
    for key in (case.name, "all"):
        if name in changes.get(key, {}).get(component, {}):
            return f"services.{service + 1}.contract_changes.{key}.{component}.{name}"
    number = next(place for place, each in enumerate(case.scenario.contracts, 1) if each.name == case.name)
    return f"contracts.{number}.{component}.{name}"


@remembered
def term(case: Case, service: int, component: str, name: str, label: str, value: float, unit: str) -> Node:
    """Return a term of the contract."""
    preset = case.contract(service).preset
    entry = Entry(
        contract_place(case, service, component, name), "terms", f"preset {preset}" if preset else "", "", "", ""
    )
    return leaf(label, value, unit, entry)


def _published(name: str, label: str, value: float, unit: str, found: DatedValue | None) -> Node:
    known = series(name)
    held = " The last known figure is held." if found is not None and found.held else ""
    entry = Entry(
        name,
        "published",
        (found.source if found is not None else "") or known.source,
        "" if found is None else f"from {found.start.isoformat()}",
        found.confidence if found is not None else "",
    )
    return leaf(label, value, unit, entry, f"{known.label}.{held}", "reference")


def _on(name: str, day: date) -> DatedValue | None:
    try:
        return value_on(name, day)
    except LookupError:
        return None


@remembered
def statutory(case: Case, figure: str, label: str, unit: str, year: int, part: int = 0) -> Node:
    """Return a statutory figure of one year's part, as the core reads it."""
    calendar = case.inputs.calendar
    table = getattr(case.inputs.statutory, figure)
    value = float(table[year, part] if table.ndim > 1 else table[year])
    place = next(
        (m for m in range(calendar.months)
         if calendar.year_of_month[m] == year and calendar.part_of_period[calendar.period_of_month[m]] == part),
        None,
    )  # fmt: skip
    name = YEARLY_FIGURES[figure]
    day = case.dates.day(place if place is not None else case.span(year)[0])
    found = _on(name, day)
    if place is None or statutory_figure(name, day) != value:
        found = None
    return _published(name, f"{label}, {case.years[year]}", value, unit, found)


@remembered
def growth_into(case: Case, kind: GrowthKind, calendar_year: int, *, central: bool = False) -> Node:
    """Return the growth into a financial year: entered, or the forecast, what was added to it, and how it turns out.

    ``central`` leaves out what it turns out above the path, as a price agreed on the forecast does.
    """
    path: YearlyGrowth = getattr(case.scenario.assumptions, GROWTH_NAMES[kind])
    known, more = _growth_on_path(case, kind, calendar_year), path.outturn_added
    if central or more is None or not more.value or calendar_year <= case.dates.first_year:
        return known
    unit = "fraction a year"
    above = leaf(
        "Turns out above the path", more.value, unit, _assumed(f"assumptions.{GROWTH_NAMES[kind]}.outturn_added", more)
    )
    label = f"{known.label}, as it turns out"
    return made("sum", label, unit, "outlook", (known, above))


@remembered
def _growth_on_path(case: Case, kind: GrowthKind, calendar_year: int) -> Node:
    name = GROWTH_NAMES[kind]
    path: YearlyGrowth = getattr(case.scenario.assumptions, name)
    label = financial_year_label(calendar_year)
    words = {"pay": "Pay award", "cpi": "Consumer prices", "gdp_deflator": "GDP deflator"}[kind]
    where, unit = f"assumptions.{name}", "fraction a year"
    try:
        whole = growth_rate(path, kind, calendar_year)
    except LookupError:
        return leaf(
            f"{words} into {label}", 0.0, unit, Entry(growth_series(kind), "published"), "Not known.", "reference"
        )
    entry = Entry(where, path.status, path.source, "", "", path.rationale)
    if path.every_year is not None or label in path.by_year:
        rate = leaf(f"{words} into {label}", whole - path.added, unit, entry)
    else:
        found = growth(kind, calendar_year)
        source = Entry(growth_series(kind), "default", forecast_name(), forecast_date(), found.confidence)
        held = "The forecast's last year is held." if found.held else "The forecast."
        rate = leaf(f"{words} into {label}", whole - path.added, unit, source, held, "reference")
    if not path.added:
        return rate
    more = leaf("Added to every year", path.added, unit, Entry(f"{where}.added", path.status))
    return made("sum", f"{words} into {label}, with what is added", unit, "outlook", (rate, more))


def year_of(year_month: str) -> int:
    """Return the financial year of a month such as ``2024-10``."""
    number = month_number(year_month)
    return financial_year_of(last_day_of_month(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1))


@remembered
def growth_since(case: Case, kind: GrowthKind, year_month: str) -> Node:
    """Return the growth from the financial year of a month up to the first year."""
    nodes = tuple(
        made(
            "sum",
            f"1 + growth into {financial_year_label(year)}",
            "times",
            "outlook",
            (ONE, growth_into(case, kind, year)),
        )
        for year in range(year_of(year_month) + 1, case.dates.first_year + 1)
    )
    words = "1 + growth, multiplied over the years up to the first"
    return made("product", "Growth up to the first year", "times", "outlook", nodes, words)


@remembered
def index(case: Case, kind: GrowthKind, year: int, *, central: bool = False) -> Node:
    """Return an index of a year, as it turns out or by the central forecast; 1 in year 0."""
    planned = case.evaluation.planned
    outlook = planned.central if central else planned.outlook
    values = {"pay": outlook.pay_index, "cpi": outlook.price_index, "gdp_deflator": outlook.deflator}[kind]
    words = {"pay": "Pay index", "cpi": "Price index", "gdp_deflator": "Deflator"}[kind]
    label = f"{words}, {case.years[year]}"
    if year == 0:
        return leaf(label, 1.0, "index, first year = 1", Entry("", "constant"), stage="outlook")
    first = case.dates.first_year

    def parts() -> list[Node]:
        one = leaf("1", 1.0, "", Entry("", "constant"), stage="constant")
        return [
            made(
                "sum",
                f"1 + growth into {financial_year_label(first + each)}",
                "",
                "outlook",
                (one, growth_into(case, kind, first + each, central=central)),
            )
            for each in range(1, year + 1)
        ]

    formula = "1 + growth, multiplied over the years after the first"
    return made("product", label, "index, first year = 1", "outlook", parts, formula, float(case.of(values)[year]))


def line_index(case: Case, number: int, year: int, *, central: bool = False) -> Node:
    """Return the index that moves a line: pay, prices, nothing, or its own rate."""
    if number == 0:
        return index(case, "pay", year, central=central)
    if number == 1:
        return index(case, "cpi", year, central=central)
    if number == 2:  # noqa: PLR2004 - a price that stands still
        return leaf("Unmoved", 1.0, "index, first year = 1", Entry("", "constant"), stage="outlook")
    rate = float(case.inputs.economy.own_rates[0, number - 3])
    grown = made(
        "sum",
        "1 + own rate",
        "",
        "outlook",
        (
            leaf("1", 1.0, "", Entry("", "constant"), stage="constant"),
            leaf("Own rate", rate, "fraction a year", Entry("own_rate", "yours")),
        ),
    )
    label = f"Index at its own rate, {case.years[year]}"
    years = counted("Years since the first", year, "years", "")
    return made("power", label, "index, first year = 1", "outlook", (grown, years), "1 + own rate, a year")


TWELVE = leaf("Months a year", MONTHS_A_YEAR, "months", Entry("", "constant"), stage="constant")
ONE = leaf("1", 1.0, "", Entry("", "constant"), stage="constant")
NOTHING = leaf("Nothing", 0.0, "", Entry("", "constant"), stage="constant")
