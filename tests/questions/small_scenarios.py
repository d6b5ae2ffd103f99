"""A small scenario that uses most of what can be entered, as a document that a test changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from funding_model.questions.compare import Comparison, compare
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario

TEXT = """
name: Two services
horizon_years: 3
organisation:
  name: Small charity
  first_month: 2026-04
  opening_free_reserves: 50000
  opening_cash: 40000
  minimum_cash: 30000
  reserves_policy_months: 3
  borrowing_rate: 0.08
  pools:
    - name: Office
      category: central_functions
      driver: fte
      lines:
        - {name: Rent, amount: 12000}
        - {name: Depreciation, amount: 3000, cash: no}
    - name: Director
      category: governance_and_strategy
      driver: accumulated_cost
      posts:
        - {name: Director, fte: 0.5, salary: 48000, delivery_share: 0, status: published}
  other_activities:
    - {name: Shop, staff_cost: 40000, other_cost: 9000, heads: 2, mean_pay: 18000, driver_quantities: {fte: 1.5}}
services:
  - name: Family support
    posts:
      - name: Support worker
        headcount: 3
        fte: 1
        salary: 29000
        pension_rate: 0.05
        heads: [{heads: 2, years_of_service: 4, age: 45}]
        contractual_notice_weeks: 4
        status: example
    lines:
      - {name: Travel, amount: 2500, status: default}
    people: {caseload_per_fte: 10, mean_length_months: 5, referrals_a_month: 7, opening_waiting: 4}
    other_funders:
      - {name: Trust, amount_by_year: [5000, 5000]}
  - name: Training
    posts:
      - {name: Trainer, fte: 0.6, pay_point: 20}
    lines:
      - {name: Venues, amount: 4000}
contracts:
  - name: Each year
    term: {months: 12}
    award: {lead_months: -2, renewal_probability: 0.9}
    movement: {new_award: rolled_forward, renewal_uplift: 0.01}
    price: {overhead_rule: cap_of_direct, overhead_rate: 0.1}
    monitoring: {returns_a_year: 4}
  - name: Three years
    term: {months: 36}
    award: {break_notice_months: 3, renewal_probability: 0.9}
    movement: {within_award: cpi}
    payment: {timing: arrears, days: 30}
assumptions:
  secure_months: 6
  return_hours: 10
"""


def scenario(settings: Mapping[str, Any] | None = None, text: str = TEXT) -> Scenario:
    """Return the small scenario with other values at some places."""
    found, problems = load_text(text, settings)
    assert found is not None, problems
    return found


def compared(settings: Mapping[str, Any] | None = None, text: str = TEXT) -> Comparison:
    """Return the comparison of the small scenario's contracts."""
    return compare(scenario(settings, text))
