"""Board: the two pages that a board member reads: the question, the answer and what each contract means."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from funding_model.questions.notes.figures import where_entries_come_from
from funding_model.report.charts import price_chart
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import Asked
from funding_model.report.paper.content import Block, Bullets, Figure, Item, Note, Paragraph, Section, figure
from funding_model.report.paper.open_book import ABOUT
from funding_model.report.rows import MONEY, MoneyRow, money_rows, period
from funding_model.report.sentences import headlines, listed, quoted
from funding_model.report.table import Row, Table
from funding_model.report.tables import MONEY_HEADS, contract_heading, results_on_pages
from funding_model.report.words import per_cent, pounds

MEANINGS: Final = {
    "Full cost": "what the services cost with every post filled, their fair share of support costs included.",
    "Fundable cost": "the part of it that the contract’s rules look at.",
    "Price": "what the contract pays if the services go on.",
    "Surplus": "income less cost; a minus is a shortfall, which reserves or other money must meet.",
    "Surplus with posts filled": "the surplus if no post stood empty: an empty post saves money and is no success.",
}
FOR_THE_BOARD: Final = (
    "surplus_posts_filled", "surplus", "cost_of_terms", "lowest_cash", "closing_free_reserves", "purse_total",
    "people_starting_support", "support_months", "weeks_lost", "leavers", "notices",
)  # fmt: skip
MOST_NAMED: Final = 4


def board(asked: Asked) -> list[Section]:
    """Return the sections that a board member reads."""
    comparison = asked.comparison
    answer: list[Block] = []
    if not comparison.passed:
        answer.append(Note("The checks of these results do not hold: do not use this report.", warning=True))
    answer.append(Bullets(tuple(Item(line.text, line.subject) for line in headlines(comparison))))
    return [
        Section("The question", (Paragraph(_question(asked)),)),
        Section("The answer", tuple(answer)),
        Section("What it costs and what is paid", (_money_figure(asked), _meanings())),
        Section(
            "What each contract means",
            (
                Paragraph(
                    "The four sides are told apart and never added together. Below each figure stands its difference "
                    f"from {quoted(comparison.base)}."
                    if asked.others
                    else "The four sides are told apart and never added together."
                ),
                *results_on_pages(comparison, FOR_THE_BOARD, "What each contract means"),
            ),
        ),
        Section("How to read this", tuple(_caution(asked))),
    ]


def _question(asked: Asked) -> str:
    comparison = asked.comparison
    scenario = comparison.scenario
    names = [quoted(service.name) for service in scenario.services]
    what = listed(names) if len(names) <= MOST_NAMED else "the services in this report"
    does = "does" if len(names) == 1 else "do"
    cost = (
        f"What {does} {what}, provided by {quoted(scenario.organisation.name)}, cost in full from {period(comparison)}"
    )
    if not asked.others:
        return f"{cost}, and what does {quoted(comparison.base)} pay of it?"
    others = [quoted(comparison.contracts[case]) for case in asked.others]
    beside = listed(others) if len(others) <= MOST_NAMED else "the other contracts in this report"
    return f"{cost}, and what changes if {quoted(comparison.base)} gives way to {beside.replace(' and ', ' or ')}?"


def whole_period(rows: Sequence[MoneyRow], contracts: Sequence[str]) -> list[MoneyRow]:
    """Return the money columns of each contract over the whole period."""
    return [
        MoneyRow(
            name,
            "Whole period",
            **{each: math.fsum(getattr(row, each) for row in rows if row.contract == name) for each in MONEY},
        )
        for name in contracts
    ]


def _money_figure(asked: Asked) -> Figure:
    comparison = asked.comparison
    whole = whole_period(money_rows(comparison), comparison.contracts)
    rows = [
        Row(
            (
                contract_heading(comparison, comparison.contracts[case]),
                *(pounds(getattr(row, name)) for name in MONEY),
                per_cent(row.price / row.full_cost if row.full_cost else None),
            )
        )
        for case, row in enumerate(whole)
    ]
    caption = f"The money columns, {period(comparison)}, all services, in pounds of each year"
    chart = price_chart(whole, LIGHT)
    return figure(
        f"Price beside full and fundable cost, {period(comparison)}",
        chart,
        Table(caption, ("Contract", *MONEY_HEADS, "Price of full cost"), tuple(rows)),
    )


def _meanings() -> Bullets:
    return Bullets(tuple(Item(text, subject) for subject, text in MEANINGS.items()))


def _caution(asked: Asked) -> Iterator[Block]:
    if asked.choices.open_book:
        yield Note(ABOUT)
    yield Bullets(
        (
            Item(
                "no UK study measures the effect of contract length on cost, staff turnover or outcomes. The figures "
                "follow from the terms of the contracts and from what was entered.",
                "What this is",
            ),
            Item(
                "an effect for which there is no evidence is left out until somebody enters a figure of their own. The "
                "last annex lists what is switched off, and what is to be read beside the results.",
                "What is left out",
            ),
            *(Item(note.text, "What it rests on") for note in where_entries_come_from(asked.comparison)),
        )
    )
