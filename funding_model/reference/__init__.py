"""Dated public figures and evidence, each with its source: the facts that the model starts from.

Look a figure up by date with `value_on` or month by month with `monthly_values`; `growth` and `discount_rate` give the
economy, `pay` the pay scales, `evidence` what is known of annual and multi-year funding, `defaults` the assumptions
that the app starts with, and `cases` published examples to test against.
"""

from funding_model.reference.dates import financial_year_label, financial_year_of, last_day_of_month
from funding_model.reference.economy import discount_rate, growth
from funding_model.reference.parameters import DatedValue, monthly_values, reference_data_date, value_on

__all__ = [
    "DatedValue",
    "discount_rate",
    "financial_year_label",
    "financial_year_of",
    "growth",
    "last_day_of_month",
    "monthly_values",
    "reference_data_date",
    "value_on",
]
