"""Outlook: what money is worth in each year: an index is 1 in the first year and grows by the year's rate."""

from __future__ import annotations

import numpy as np

from funding_model.report.workbook.book import INDEX, Book, Line, Stack
from funding_model.report.workbook.engine import Engine, of_case
from funding_model.report.workbook.handles import Entered, Outlook


def look_ahead(book: Book, engine: Engine, entered: Entered) -> Outlook:
    """Work out the indices."""
    sheet = book.sheet(
        "Outlook", "What money is worth in each year, from the growth rates on the sheet Inputs by year."
    )
    block = sheet.block("Indices", "1 in the first year; index of the year before x (1 + growth into the year).")
    known = engine.evaluation.planned.outlook
    year = book.time.year
    rates = len(entered.own_rates)
    lines = book.ahead(3 + rates, "year")

    def grown(line: Line, growth: Line) -> str:
        return f"IF({year.year}=1,1,{line.year_before}*(1+{growth.year}))"

    labels = ("Pay", "Prices", "Fixed", *(f"Own rate {number + 1}" for number in range(rates)))
    formulas = [
        grown(lines[0], entered.pay_growth),
        grown(lines[1], entered.price_growth),
        "1",
        *(f"(1+{rate})^({year.year}-1)" for rate in entered.own_rates.cells),
    ]
    block.stack(labels, INDEX, lambda at: formulas[at], period="year", engine=of_case(known.indices), fill=lines)
    deflator = book.ahead(1, "year")
    block.stack(
        ("GDP deflator",),
        INDEX,
        lambda _: grown(deflator[0], entered.deflator_growth),
        period="year",
        engine=np.atleast_2d(of_case(known.deflator)),
        fill=deflator,
    )
    return Outlook(lines[0], lines[1], deflator[0], Stack(lines.lines))
