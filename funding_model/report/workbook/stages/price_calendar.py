"""Price calendar: which months of an award share a price.

A cycle, an award and its extensions, is cut into *segments* at its anniversaries and where an award starts; the horizon
cuts the last one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FLAG, MONTHS, NUMBER, WHOLE, Numbers, Stack
from funding_model.report.workbook.handles import Awards, ByContract, ContractEntries, PriceCalendar
from funding_model.report.workbook.stages.price_columns import Figures


def lay_out_prices(basis: Basis, contracts: ContractEntries, awards: Awards) -> PriceCalendar:
    """Lay out cycles, awards and segments of every set of terms."""
    book, engine = basis.book, basis.engine
    time, sets, twelve = book.time, contracts.sets, basis.entered.constants.months_a_year
    sheet = book.sheet("Price calendar", "Where each month stands in its award: which months share a price.")
    labels = [each.label for each in sets]
    month, first, last_of_all = time.month.now, time.first.now, f"MAX({time.month.whole})"
    segments = engine.comparison.terms.segments

    def rows(array: Figures) -> Numbers:
        return np.array([array[each.contract, each.services[0]] for each in sets], float)

    def of_month(array: Figures) -> Numbers:
        found: Numbers = np.take_along_axis(rows(array), rows(segments.of_month).astype(int), axis=1)
        return found

    def stack(
        title: str,
        unit: str,
        formula: Callable[[int], str],
        note: str = "",
        figures: Numbers | None = None,
        fill: Stack | None = None,
    ) -> Stack:
        return sheet.block(title, note).stack(labels, unit, formula, engine=figures, fill=fill)

    def flags(title: str, formula: Callable[[int], str], note: str = "", figures: Numbers | None = None) -> Stack:
        return stack(title, FLAG, formula, note, figures)

    def of(handle: ByContract, at: int) -> str:
        return handle[sets[at].contract][sets[at].services[0]].now

    place = stack("Months of the cycle before this one", MONTHS, lambda at: f"{month}-1-{of(awards.cycle_start, at)}")
    run = stack("Months of the award before this one", MONTHS, lambda at: f"{month}-1-{of(awards.award_start, at)}")
    left = stack("Months of the award from this one on", MONTHS, lambda at: f"{of(awards.award_end, at)}-{month}+1")
    run_of_year = stack("Months of the price year before this one", MONTHS, lambda at: f"MOD({place[at].now},{twelve})")
    begins = flags(
        "A segment begins", lambda at: f"MAX({first},({run[at].now}=0)*1,({run_of_year[at].now}=0)*1)",
        "With an award, or a year of its cycle.",
    )  # fmt: skip
    opens = flags("A cycle begins", lambda at: f"MAX({first},({place[at].now}=0)*1)", "The first month counts as one.")
    new_year = flags(
        "A further price year of the cycle begins",
        lambda at: f"({run_of_year[at].now}=0)*({place[at].now}>0)*(1-{first})",
        figures=of_month(segments.new_price_year) * _starts(of_month(segments.start)),
    )
    last = stack(
        "Number of the segment's last month", WHOLE,
        lambda at: f"MIN({month}-1+MIN({left[at].now},{twelve}-{run_of_year[at].now}),{last_of_all})",
        figures=of_month(segments.end),
    )  # fmt: skip
    ends = flags("The segment ends", lambda at: f"({month}={last[at].now})*1")
    goes_on = flags(
        "It ends and its award goes on",
        lambda at: f"{ends[at].now}*({left[at].now}>1)*({month}<{last_of_all})",
    )
    start = book.ahead(len(sets))
    stack(
        "Number of the segment's first month", WHOLE,
        lambda at: f"{begins[at].now}*{month}+(1-{begins[at].now})*{start[at].before}",
        figures=of_month(segments.start) + 1, fill=start,
    )  # fmt: skip
    months = stack("Months of the segment", MONTHS, lambda at: f"{last[at].now}-{start[at].now}+1")
    whole = stack(
        "Months of the segment, those outside the horizon included", MONTHS,
        lambda at: (
            f"MIN({run[at].now},{run_of_year[at].now})+MIN({left[at].now},{twelve}-{run_of_year[at].now})"
        ),
        figures=of_month(segments.whole_months),
    )  # fmt: skip
    year, award_year, price_year, cycle = time.year_of_month.now, *(book.ahead(len(sets)) for _ in range(3))
    stack(
        "Financial year in which the cycle began", NUMBER,
        lambda at: f"{opens[at].now}*{year}+(1-{opens[at].now})*{award_year[at].before}",
        "A recosted price is costed at its prices.", fill=award_year,
    )  # fmt: skip
    stack(
        "Financial year in which the price year began", NUMBER,
        lambda at: (
            f"MAX({first},{new_year[at].now},{opens[at].now})*{year}"
            f"+(1-MAX({first},{new_year[at].now},{opens[at].now}))*{price_year[at].before}"
        ),
        figures=of_month(segments.year) + 1, fill=price_year,
    )  # fmt: skip
    stack(
        "In the first cycle", FLAG,
        lambda at: f"{first}+(1-{first})*(1-{opens[at].now})*{cycle[at].before}", fill=cycle,
    )  # fmt: skip
    return PriceCalendar(
        place=place,
        begins=begins,
        opens_cycle=opens,
        new_price_year=new_year,
        last_month=last,
        ends=ends,
        goes_on=goes_on,
        months=months,
        whole_months=whole,
        award_year=award_year,
        price_year=price_year,
        first_cycle=cycle,
    )


def _starts(first_month: Numbers) -> Numbers:
    """Return 1 in each month that is the first of its segment: axes (set, month)."""
    found: Numbers = (first_month == np.arange(first_month.shape[1])).astype(float)
    return found
