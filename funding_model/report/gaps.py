"""The gap in words: a table that adds up down and across, sentences whose numbers are its cells, and plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.compare import Comparison
from funding_model.questions.gap import ENDS, TO_FUNDABLE, TO_PRICE, TO_SURPLUS, GapYear, gap_years, subsidies
from funding_model.report.plain import ALL_SERVICES, NO_SERVICES, SUMMARY
from funding_model.report.rows import GAP_LABELS, year_labels
from funding_model.report.words import NOTHING, balance_words, number, pounds, shown_parts, shown_table

END_LABELS: Final = {
    "full_cost": "Full cost",
    "fundable_cost": "Fundable cost",
    "price": "Price",
    "price_less_full_cost": "Price less full cost",
    "surplus": "Surplus",
}
ROWS: Final = (
    "full_cost",
    *TO_FUNDABLE,
    "fundable_cost",
    *TO_PRICE,
    "price",
    "price_less_full_cost",
    *TO_SURPLUS,
    "surplus",
)
"""Rows of a table of the gap, in order."""
GROUPS: Final = (TO_FUNDABLE, TO_PRICE, TO_SURPLUS)
HALF_A_PENNY: Final = 0.005
"""A step that is smaller is nothing."""
WIDTH: Final = 110
NAME_WIDTH, MONEY_WIDTH = 42, 15
Column = dict[str, float]
"""What is shown in one column, by row."""


@dataclass(frozen=True)
class GapTable:
    """The gap of one service, or of all, as it is shown: a column for each year and one for all of them together."""

    contract: str
    service: str | None
    years: tuple[str, ...]
    columns: tuple[Column, ...]
    together: Column

    @property
    def nil(self) -> list[str]:
        """Steps in which there is nothing in any year, by name."""
        return [name for name in GAP_STEPS if not any(column[name] for column in self.columns)]


def gap_tables(comparison: Comparison, case: int) -> list[GapTable]:
    """Return the tables of a contract: of each service, then of all of them.

    What is shown of full cost, fundable cost, price and surplus is what a comparison shows; steps are rounded so that
    they lead from one to the next, and what is shown of services and years adds up to what is shown of all.
    """
    labels = tuple(year_labels(comparison))
    found = [each for each in gap_years(comparison, case) if each.year is not None]
    services = [service.name for service in comparison.scenario.services]
    own = [[each for each in found if each.service == service] for service in services]
    ends = {name: shown_table([[year.ends[name] for year in years] for years in own]) for name in ENDS}
    contract = comparison.contracts[case]
    largest = tuple(_largest(names, found) for names in GROUPS)
    columns = [
        [_column(year, {name: ends[name][place][at] for name in ENDS}, largest) for at, year in enumerate(years)]
        for place, years in enumerate(own)
    ]
    tables = [
        GapTable(contract, service, labels, tuple(shown), _sum(shown))
        for service, shown in zip(services, columns, strict=True)
    ]
    every = [_sum([shown[at] for shown in columns]) for at in range(len(labels))]
    return [*tables, GapTable(contract, None, labels, tuple(every), _sum(every))]


def _largest(names: Sequence[str], years: Sequence[GapYear]) -> str:
    """Return the step in which there is most, of all services and years together."""
    return max(names, key=lambda name: sum(abs(year.steps[name]) for year in years))


def _column(year: GapYear, ends: Column, largest: Sequence[str]) -> Column:
    """Return the column of one service and year, whose steps lead from one shown end to the next.

    A step in which there is nothing is shown as nil: what rounding needs is borne by the others, or where there is none
    by the step that is the largest of the contract's.
    """
    fundable = ends["fundable_cost"] - ends["full_cost"]
    price = ends["price"] - ends["fundable_cost"]
    gap = ends["price"] - ends["full_cost"]
    column = ends | {"price_less_full_cost": gap}
    for names, usual, whole in zip(GROUPS, largest, (fundable, price, ends["surplus"] - gap), strict=True):
        seen = [name for name in names if abs(year.steps[name]) >= HALF_A_PENNY] or [usual]
        shown = shown_parts([year.steps[name] for name in seen], whole=whole)
        column |= dict.fromkeys(names, 0.0) | dict(zip(seen, shown, strict=True))
    return column


def _sum(columns: Sequence[Column]) -> Column:
    return {name: sum(column[name] for column in columns) for name in ROWS}


def gap_sentences(table: GapTable) -> list[str]:
    """Say in sentences what leads from full cost to price, and from there to the surplus, over the whole period."""
    shown = table.together
    gap = shown["price_less_full_cost"]
    subject = "The services cost" if table.service is None else f"“{table.service}” costs"
    lead = f"{subject} {pounds(shown['full_cost'])} in full; the price is {pounds(shown['price'])}"
    found = [f"{lead}, {pounds(abs(gap))} {'less' if gap < 0 else 'more'}." if gap else f"{lead}, the same."]
    for names, text in (
        ((*TO_FUNDABLE, *TO_PRICE), "From full cost to price"),
        (TO_SURPLUS, "From price less full cost to surplus"),
    ):
        steps = [(name, shown[name]) for name in names if shown[name]]
        steps.sort(key=lambda step: -abs(step[1]))
        if steps:
            listed = "; ".join(f"{GAP_LABELS[name].lower()} {pounds(value, sign=True)}" for name, value in steps)
            found.append(f"{text}: {listed}.")
    found.append(f"That leaves {balance_words(shown['surplus'])}.")
    return found


@dataclass(frozen=True)
class SubsidyRow:
    """What reserves have met by one year's end, as it is shown."""

    year: str
    in_year: float
    so_far: float
    left: float
    months_of_cover: float | None
    policy_months: float | None
    opening_entered: bool

    def cells(self) -> list[str]:
        """Return what stands in the row's cells after the year."""
        return [
            pounds(self.in_year, sign=True),
            pounds(self.so_far, sign=True),
            pounds(self.left if self.opening_entered else None),
            number(self.months_of_cover, 1),
            number(self.policy_months, 1),
        ]


SUBSIDY_HEADS: Final = ("Met in the year", "Met so far", "Left", "Months", "Policy")


def subsidy_rows(comparison: Comparison, case: int) -> list[SubsidyRow]:
    """Return the call on reserves as it is shown; what is met in single years adds up to what is met so far."""
    found = subsidies(comparison, case)
    labels = year_labels(comparison)
    opening = comparison.prepared.inputs.funds.opening_reserves
    entered = comparison.scenario.organisation.opening_free_reserves is not None
    left = [shown_parts([opening])[0], *(shown_parts([each.free_reserves])[0] for each in found)]
    return [
        SubsidyRow(
            label,
            in_year=left[at] - left[at + 1],
            so_far=left[0] - left[at + 1],
            left=left[at + 1],
            months_of_cover=each.months_of_cover,
            policy_months=each.policy_months,
            opening_entered=entered,
        )
        for at, (each, label) in enumerate(zip(found, labels, strict=True))
    ]


def subsidy_sentences(comparison: Comparison, case: int) -> list[str]:
    """Say who carries the gap if everything continues: what reserves meet, and what is left beside the policy."""
    rows = subsidy_rows(comparison, case)
    last = rows[-1]
    if not last.so_far:
        return ["If everything continues, free reserves end where they started."]
    if last.so_far > 0:
        found = [f"If everything continues, free reserves have met {pounds(last.so_far)} by the end of {last.year}."]
    else:
        found = [
            f"If everything continues, free reserves have grown by {pounds(-last.so_far)} by the end of {last.year}."
        ]
    if last.months_of_cover is None:
        return [*found, "Opening free reserves were not entered, so how long they last cannot be said."]
    left = f"They stand at {pounds(last.left)}, {number(last.months_of_cover, 1)} months of spending"
    if last.policy_months is None:
        return [*found, f"{left}; no reserves policy was entered."]
    below = next((row.year for row in rows if (row.months_of_cover or 0.0) < last.policy_months), None)
    verdict = f"below it from the end of {below}" if below else "never below it at a year’s end"
    return [*found, f"{left}; the policy asks for {number(last.policy_months, 1)}, and they are {verdict}."]


def gap_text(comparison: Comparison, services: Collection[str] = ()) -> str:
    """Return the gap under every contract as plain text for a terminal.

    Args:
        comparison: The contracts compared.
        services: Whose tables by year to show: names, or one of the words of ``SERVICES``; a word wins over a name.
            Where there are several services and nothing is chosen, each has one line.
    """
    name = comparison.scenario.name
    lines = [name, "=" * min(len(name), WIDTH)]
    for case, contract in enumerate(comparison.contracts):
        *each, every = gap_tables(comparison, case)
        lines += ["", contract, "-" * min(len(contract), WIDTH)]
        if len(each) > 1:
            lines += _of_services(each, services)
        for table in [*(table for table in each if _chosen(table, services, len(each))), every]:
            lines += [*_table_lines(table), ""]
        for text in (*gap_sentences(every if len(each) > 1 else each[0]), *subsidy_sentences(comparison, case)):
            lines += textwrap.wrap(text, WIDTH, subsequent_indent="  ")
        lines += ["", *_subsidy_lines(comparison, case)]
    note = (
        "Steps are additions to the surplus, each put to the rule that causes it. Costs and income count each month by "
        "the chance that the service still goes on; reserves are shown as if everything continues."
    )
    return "\n".join([*lines, "", *textwrap.wrap(note, WIDTH)])


def _chosen(table: GapTable, services: Collection[str], several: int) -> bool:
    if several == 1 or NO_SERVICES in services:
        return False
    return ALL_SERVICES in services or (SUMMARY not in services and table.service in services)


def _of_services(tables: Sequence[GapTable], services: Collection[str]) -> list[str]:
    """Return a line for each service over the whole period, unless others are chosen."""
    if services and SUMMARY not in services:
        return []
    ends = ("full_cost", "fundable_cost", "price", "price_less_full_cost", "surplus")
    heads = "".join(label.rjust(MONEY_WIDTH) for label in ("Full cost", "Fundable cost", "Price", "Gap", "Surplus"))
    lines = [f"{'Services, whole period'.ljust(NAME_WIDTH)}{heads}"]
    for table in tables:
        cells = "".join(pounds(table.together[name]).rjust(MONEY_WIDTH) for name in ends)
        *above, last = textwrap.wrap(table.service or "", NAME_WIDTH - 1, break_on_hyphens=False)
        lines += [*above, f"{last.ljust(NAME_WIDTH)}{cells}"]
    return [*lines, "  (every step of each: --services all)", ""]


def _table_lines(table: GapTable) -> Iterator[str]:
    yield table.service or "All services"
    heads = [*table.years, "together"] if len(table.years) > 1 else list(table.years)
    columns = [*table.columns, table.together] if len(table.years) > 1 else list(table.columns)
    yield "".ljust(NAME_WIDTH) + "".join(head.removesuffix(" (part of the year)").rjust(MONEY_WIDTH) for head in heads)
    nil = table.nil
    for name in ROWS:
        if name in nil:
            continue
        sign = name in GAP_STEPS
        label = f"  {GAP_LABELS[name]}" if sign else END_LABELS[name]
        yield label.ljust(NAME_WIDTH) + "".join(
            pounds(column[name], sign=sign).rjust(MONEY_WIDTH) for column in columns
        )
    if nil:
        text = f"Nothing in: {', '.join(GAP_LABELS[name].lower() for name in nil)}."
        yield from textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _subsidy_lines(comparison: Comparison, case: int) -> Iterator[str]:
    yield "Free reserves".ljust(NAME_WIDTH) + "".join(head.rjust(MONEY_WIDTH + 2) for head in SUBSIDY_HEADS)
    for row in subsidy_rows(comparison, case):
        yield row.year.ljust(NAME_WIDTH) + "".join((cell or NOTHING).rjust(MONEY_WIDTH + 2) for cell in row.cells())
