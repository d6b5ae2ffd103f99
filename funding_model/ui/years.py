"""Years: the financial years that an unfinished scenario covers."""

from __future__ import annotations

from funding_model.reference import financial_year_label, financial_year_of, last_day_of_month
from funding_model.ui.entry.documents import Document, value_at
from funding_model.ui.evaluation import FIRST_MONTH
from funding_model.units import LONGEST_HORIZON

USUAL_YEARS = 3


def financial_years(document: Document) -> list[str]:
    """Return the financial years from the one of the first month, as many as the scenario covers."""
    year, month = str(value_at(document, ("organisation", "first_month")) or FIRST_MONTH).split("-")
    first = financial_year_of(last_day_of_month(int(year), int(month)))
    years = value_at(document, ("horizon_years",)) or USUAL_YEARS
    return [financial_year_label(first + each) for each in range(min(int(years), LONGEST_HORIZON))]
