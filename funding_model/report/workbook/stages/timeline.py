"""Timeline: the one ruler. A month's financial year starts in the month that the inputs name (April)."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from funding_model.report.workbook.book import DATE, FLAG, NUMBER, WHOLE, Book, Cell, Column, Fixed, Ruler
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.handles import Constants, Prices

DAY_0: Final = date(1899, 12, 30)
"""The day from which spreadsheets count."""


def lay_out_time(book: Book, engine: Engine, constants: Constants) -> Prices:
    """Lay out the ruler and return each year at its own prices."""
    first, parts = _structure(book, engine)
    sheet = book.sheet("Timeline", "Months and financial years: the same column is the same period on every sheet.")
    block = sheet.block(
        "Months", "Every month has a number; a financial year takes its name from the year it starts in."
    )
    calendar = engine.inputs.calendar
    month = book.ahead(1)[0]
    block.line("Number of the month", WHOLE, f"{month.before}+1", fill=month)
    starts = block.line("First day", DATE, f"EDATE({first},{month.now}-1)")
    ends = block.line("Last day", DATE, f"EOMONTH({starts.now},0)")
    calendar_year = block.line(
        "Calendar year in which its financial year starts",
        WHOLE,
        f"YEAR({ends.now})-(MONTH({ends.now})<{constants.first_month_of_year})",
    )
    year_of_month = block.line(
        "Number of its financial year",
        WHOLE,
        f"{calendar_year.now}-{calendar_year.in_month(1)}+1",
        engine=(calendar.year_of_month + 1).astype(np.float64),
    )
    months_of_this_year = block.line(
        "Months of that year in the scenario", WHOLE, f"COUNTIF({year_of_month.whole},{year_of_month.now})"
    )
    place = block.line(
        "Months of its financial year before it",
        WHOLE,
        f"MOD(MONTH({ends.now})-{constants.first_month_of_year},{constants.months_a_year})",
    )
    part = block.line(
        "Part of the year between changes of statutory rates", WHOLE, f"MATCH({place.now},{parts.whole},1)"
    )
    first_flag = block.line("First month", FLAG, f"({month.now}=1)*1")
    years = sheet.block("Financial years", "A year of fewer than twelve months is a part-year.")
    year = book.ahead(1, "year")[0]
    years.line("Number of the year", WHOLE, f"{year.year_before}+1", period="year", fill=year)
    months_of_year = years.line(
        "Months in the scenario",
        NUMBER,
        f"COUNTIF({year_of_month.whole},{year.year})",
        period="year",
        engine=calendar.months_of_year.astype(np.float64),
    )
    last = book.ahead(1, "year")[0]
    years.line(
        "Number of its last month", NUMBER, f"{last.year_before}+{months_of_year.year}", period="year", fill=last
    )
    book.ruler = Ruler(
        month, starts, ends, year_of_month, months_of_this_year, part, first_flag, year, months_of_year, last
    )
    return Prices("", year_of_month, year, year_of_month)


def _structure(book: Book, engine: Engine) -> tuple[Cell, Column]:
    """Return the first day and the months at which the parts of a financial year start."""
    prepared = engine.comparison.prepared
    day = prepared.dates.day(0).replace(day=1)
    sheet = book.named("Inputs")
    table = sheet.table(
        "Dates", ("What", "Value"), "Part of the structure: other dates or more months need a workbook made anew."
    )
    first = table.add("First month of the scenario", Fixed((day - DAY_0).days, DATE, "First_month"))[1]
    parts = table.rows(
        [
            (f"Months of the year before its part {number}", Fixed(float(start), WHOLE))
            for number, start in enumerate(_part_starts(engine), 1)
        ]
    )[1]
    return first, parts


def _part_starts(engine: Engine) -> list[int]:
    """Return at which month of a financial year each part starts, 0 for April."""
    calendar, dates = engine.inputs.calendar, engine.comparison.prepared.dates
    starts: dict[int, int] = {0: 0}
    for month in range(calendar.months):
        part = int(calendar.part_of_period[calendar.period_of_month[month]])
        place = (dates.day(month).month - 4) % 12
        starts[part] = min(starts.get(part, place), place)
    return [starts[part] for part in sorted(starts)]
