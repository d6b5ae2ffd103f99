"""What a person reads when something in a scenario is wrong."""

from __future__ import annotations

import pytest

from funding_model.problems import Problem
from funding_model.scenario.explain_errors import in_order, number_remedy
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text


def said(before: str, after: str) -> list[str]:
    """Return the problems of the starter scenario with one thing in it changed."""
    assert before in starter_document()
    scenario, problems = load_text(starter_document().replace(before, after, 1))
    assert scenario is None
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (
            "  - annual rolled forward ",
            "  - {preset: annual rolled forward, movement: {renewal_uplift: 1}} ",
            (
                "contracts.1.movement.renewal_uplift: must be at most 0.4; you entered 1. It is a fraction: write 1 "
                "per cent a year as 0.01, 10 per cent as 0.1."
            ),
        ),
        (
            "amount: 14000,",
            "amount: 14000, per: person_starting,",
            (
                "organisation.pools.1.lines.1.per: no people start support in a support pool, so this line would "
                "cost nothing. Enter the line in the services that need it, or the pool's amount per month, year "
                "or once."
            ),
        ),
        (
            "amount: 5500,",
            "amount: 5500, per: delivery_fte,",
            (
                "organisation.pools.1.lines.2.per: no posts carry a caseload in a support pool, so this line would "
                "cost nothing. Enter the line in the services that need it, or the pool's amount per month, year "
                "or once."
            ),
        ),
        (
            "amount: 5500,",
            "amount: 5500, per: once, kind: exit,",
            (
                "organisation.pools.1.lines.2.kind: an exit cost falls when a service ends, and a support pool does "
                "not end with one. Enter the line in the service, or say in shed_after_months how long the pool's cost "
                "goes on."
            ),
        ),
        (
            "fte: 0.6",
            "fte: -1",
            "services.1.posts.2.fte: must be more than 0; you entered -1. Delete the post if it is not needed.",
        ),
        (
            "pension_rate: 0.05",
            "pension_rate: 5%",
            'services.1.posts.1.pension_rate: must be a number; you entered "5%". Write 5 per cent as 0.05.',
        ),
        (
            "amount: 3200",
            "amount: '£1,250.50'",
            'services.1.lines.1.amount: must be a number; you entered "£1,250.50". Write it as 1250.50.',
        ),
        (
            "amount: 3200",
            "amount: '3200'",
            'services.1.lines.1.amount: must be a number; you entered "3200". Write it without quotation marks.',
        ),
        (
            "amount: 3200",
            "amount: null",
            "services.1.lines.1.amount: must be a number; it is blank. Enter an amount in pounds, without a sign.",
        ),
        (
            "amount: 3200",
            "amount: yes",
            "services.1.lines.1.amount: must be a number; you entered yes. Enter an amount in pounds, without a sign.",
        ),
        (
            "amount: 3200",
            "amount: 99999999999",
            (
                "services.1.lines.1.amount: must be at most 10,000,000,000; you entered 99999999999. "
                "Enter an amount in pounds, without a sign."
            ),
        ),
        (
            "horizon_years: 3",
            "horizon_years: 3 years",
            'horizon_years: must be a whole number; you entered "3 years". Write the number alone: 3.',
        ),
        ("horizon_years: 3", "horizon_years: 2.5", "horizon_years: must be a whole number; you entered 2.5."),
        ("horizon_years: 3", "horizon_years: 11", "horizon_years: must be at most 10; you entered 11."),
        (
            "name: My organisation",
            "name: 2026",
            'organisation.name: must be text; you entered 2026. Put quotation marks round it: "2026".',
        ),
        ("name: My organisation", "name: ''", "organisation.name: is blank. Enter some text."),
        (
            "name: My organisation",
            'name: "one\\ntwo"',
            "organisation.name: must be one line without control characters. Delete them.",
        ),
        (
            "  name: My organisation\n",
            "",
            "organisation.name: is missing. Enter the organisation's name.",
        ),
        (
            "first_month: 2026-04",
            "first_month: April 2026",
            (
                'organisation.first_month: must be a year and month; you entered "April 2026". Write April '
                '2026 as "2026-04".'
            ),
        ),
        (
            "jurisdiction: NI ",
            "jurisdiction: Scotland ",
            'organisation.jurisdiction: "Scotland" is not one of the choices here. Choose from: NI, GB.',
        ),
        (
            "category: central_functions",
            "category: central functions",
            (
                'organisation.pools.1.category: "central functions" is not one of the choices here. Did you mean '
                '"central_functions"? Choose from: premises_and_office, central_functions, '
                "governance_and_strategy, fundraising."
            ),
        ),
        (
            "people:\n",
            "peopel:\n",
            (
                'services.1.peopel: is not a field here; did you mean "people"? Fields: status, source, '
                "name, posts, lines, "
                "people, driver_quantities, planned_changes, need_index, "
                "opening_restricted_funds, other_funders, social_value, assumptions, "
                "contract_changes."
            ),
        ),
        (
            "headcount: 2\n",
            "headcount: 2\n        pay_point: 23\n",
            "services.1.posts.1: needs either a salary or a pay point, and not both.",
        ),
        (
            "headcount: 2\n",
            "headcount: 2\n        time: {Family support: 0.5}\n",
            "services.1.posts.1.time: the shares must add to 1, and they add to 0.5. Correct them.",
        ),
        (
            "headcount: 2\n",
            "headcount: 2\n        time: {Family suport: 1}\n",
            (
                'services.1.posts.1.time: there is no service or pool called "Family suport"; did you mean '
                '"Family support"? '
                'Choose from "Family support", "Office and management".'
            ),
        ),
        (
            "headcount: 2\n",
            "headcount: 2\n        start: 2027-04\n        end: 2026-04\n",
            "services.1.posts.1.end: is before the start. Swap them.",
        ),
        (
            "driver: fte ",
            "driver: floor_area ",
            (
                'organisation.pools.1.driver: nobody has entered any "floor_area". Enter how much of it services, '
                "pools and activities use, or choose one of: Full-time equivalents (fte), People employed (headcount), "
                "Direct cost (direct_cost), Staff cost (direct_staff_cost), "
                "All cost so far in a step-down (accumulated_cost)."
            ),
        ),
        (
            "horizon_years: 3",
            "base: three years",
            (
                'base: there is no contract called "three years". '
                'Choose from "annual rolled forward", "Three years with consumer prices".'
            ),
        ),
        (
            "name: Other projects",
            "name: Family support",
            (
                'organisation.other_activities.1.name: "Family support" is the name of services.1 as well. '
                "Give each its own name."
            ),
        ),
        (
            "name: Three years with consumer prices",
            "name: annual rolled forward",
            'contracts.2.name: "annual rolled forward" is the name of contracts.1 as well. Give each its own name.',
        ),
        (
            "horizon_years: 3",
            "assumptions: {turnover: 18%}",
            (
                'assumptions.turnover: must be a number, or a group of fields; you entered "18%". Write 18 '
                "per cent as 0.18."
            ),
        ),
        (
            "horizon_years: 3",
            "assumptions: {turnover: 18}",
            (
                "assumptions.turnover: must be between 0 and 3 (fraction of staff a year); you entered 18. "
                "Enter 18 per cent a year as 0.18."
            ),
        ),
        (
            "horizon_years: 3",
            "assumptions: {turnover: {low: 0.3, value: 0.2, high: 0.1}}",
            "assumptions.turnover.low: is above high. Swap them.",
        ),
        (
            "horizon_years: 3",
            "assumptions: {turnover: {low: 0.1, high: 0.3}}",
            (
                "assumptions.turnover.value: is blank, so that low and high have no effect. "
                "Enter it, or leave all three out."
            ),
        ),
        (
            "horizon_years: 3",
            "assumptions: {pay_award: {by_year: {2027-29: 0.03}}}",
            (
                'assumptions.pay_award.by_year.2027-29: "2027-29" is not a financial year. '
                'Write the year from April 2026 as "2026-27".'
            ),
        ),
        (
            "overhead_rate: 0.15",
            "margin: 0.02",
            'contracts.2.price.overhead_rate: the rule "cap_of_direct" needs a rate. Enter 15 per cent as 0.15.',
        ),
        (
            "  - annual rolled forward ",
            "  - annual rolled foward ",
            (
                'contracts.1: there is no preset called "annual rolled foward"; did you mean "annual rolled forward"? '
                'Presets: "annual rolled forward", "annual rolled forward, late letter", "annual re-tendered", '
                '"one plus one plus one", "three-year fixed price", "three-year indexed", "three-year '
                'subject to budget", '
                '"five-year indexed", "five years with two one-year extensions, fixed maximum price", "no-Budget year".'
            ),
        ),
        (
            "  - name: Family support\n",
            "  - name: Family support\n    contract_changes: {all: {price: {margn: 0.1}}}\n",
            (
                'services.1.contract_changes.all.price.margn: is not a field here; did you mean "margin"? Fields: '
                "overhead_rule, overhead_rate, base_exclusions, funded_share, margin, recognises, "
                "increments_recognised, "
                "establishment, current, schedule, dated_factors, income_restricted."
            ),
        ),
        (
            "  - name: Family support\n",
            "  - name: Family support\n    contract_changes: {all: {prices: {margin: 0.1}}}\n",
            (
                "services.1.contract_changes.all.prices: is not a component of a contract; did you mean "
                '"price"? Components: '
                "term, award, price, movement, payment, monitoring, flexibility."
            ),
        ),
        (
            "pension_rate: 0.05\n        status: example\n      - name: Team leader",
            "pension_rate: 5\n        status: example\n      - name: Team leader",
            "services.1.posts.1.pension_rate: must be at most 1; you entered 5. Enter 12 per cent as 0.12.",
        ),
        (
            "fte: 0.6",
            "fte: 37",
            (
                "services.1.posts.2.fte: must be at most 1; you entered 37. 1 is full time: enter how many people hold "
                "the post as headcount."
            ),
        ),
        (
            "amount: 14000, category: premises",
            "amount: 14,000, category: premises",
            (
                "organisation.pools.1.lines.1.000: is not a field here; it looks like the rest of a number written "
                "with a comma. Write 30,000 as 30000."
            ),
        ),
    ],
)
def test_a_slip_is_explained(before: str, after: str, problem: str) -> None:
    assert said(before, after) == [problem]


def test_all_problems_are_reported_at_once_in_the_order_of_their_places() -> None:
    text = (
        starter_document()
        .replace("fte: 0.6", "fte: 2")
        .replace("amount: 14000", "amount: -5")
        .replace("horizon_years: 3", "base: nothing\nhorizon: 3")
        .replace("headcount: 2\n", "headcount: 2\n        time: {Elsewhere: 1}\n")
        .replace("caseload_per_fte: 12", "caseload_per_fte: a dozen")
    )
    scenario, problems = load_text(text)
    assert scenario is None
    assert [problem.where for problem in problems] == [
        "base",
        "horizon",
        "organisation.pools.1.lines.1.amount",
        "services.1.people.caseload_per_fte",
        "services.1.posts.1.time",
        "services.1.posts.2.fte",
    ]


def test_an_empty_list_is_too_short_and_a_list_of_faulty_items_is_not() -> None:
    assert load_text(starter_document(), {"contracts": []})[1] == [Problem("contracts", "is empty.", "Add one.")]
    _, problems = load_text(starter_document(), {"services.1.name": 3})
    assert [problem.where for problem in problems] == ["services.1.name"]


def test_places_are_sorted_as_numbers() -> None:
    problems = [Problem(f"services.{number}.name", "is blank.") for number in (10, 2, 1)]
    assert [problem.where for problem in in_order(problems)] == [
        "services.1.name",
        "services.2.name",
        "services.10.name",
    ]


@pytest.mark.parametrize(
    ("entered", "remedy"),
    [
        ("12%", "Write 12 per cent as 0.12."),
        ("2.5 %", "Write 2.5 per cent as 0.025."),
        ("12 per cent", "Write 12 per cent as 0.12."),
        ("£1,250.50", "Write it as 1250.50."),
        ("-£300", "Write it as -300."),
        ("£-300", "Write it as -300."),
        ("1 250", "Write it as 1250."),
        ("1_000", "Write it as 1000."),
        ("6 months", "Write the number alone: 6."),
        ("a dozen", ""),
        ("1.250,50", ""),
        ("", ""),
    ],
)
def test_a_number_written_otherwise_is_understood_in_the_remedy(entered: str, remedy: str) -> None:
    assert number_remedy(entered) == remedy


def test_html_in_a_name_is_text_like_any_other() -> None:
    scenario, problems = load_text(starter_document(), {"name": "<script>alert(1)</script>"})
    assert problems == []
    assert scenario is not None
    assert scenario.name == "<script>alert(1)</script>"
