"""Hypothesis strategies for valid small scenarios, and contracts with neutral terms for the null test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from funding_model.scenario.scenario import Scenario

Plain = dict[str, object]
Kind = TypeVar("Kind")

FIRST_MONTHS = ("2026-04", "2026-04", "2026-04", "2025-04", "2026-09", "2027-01", "2026-03")
EARLIER_MONTHS = ("2023-06", "2024-10", "2025-05")
FRACTIONS = tuple(step / 20 for step in range(21))
GROWTHS = (-0.02, 0.0, 0.01, 0.02, 0.025, 0.04, 0.07)
SALARIES = tuple(range(22_037, 52_000, 1_213))
FTES = (0.2, 0.4, 0.5, 0.6, 0.8, 1.0, 1.0)
LEADS = (0.0, 0.0, 1.0, 3.0, 6.0, 13.5, -0.25, -1.0, -3.0, -4.5)
TERMS = (3, 6, 9, 12, 12, 12, 18, 24, 30, 36, 48, 60)
RULES_WITH_RATE = ("cap_of_direct", "cap_of_total", "flat_on_direct", "flat_on_staff", "modified_base")
CATEGORIES = ("premises", "travel", "subcontract")
AREA = "floor_area"


def simple_contract(name: str = "Annual", months: int = 12, **components: Plain) -> Plain:
    """Return a contract with prompt decisions, certain renewal and full cost; components add or replace fields."""
    contract: Plain = {"name": name, "term": {"months": months}}
    return contract | {
        component: {**({"months": months} if component == "term" else {}), **fields}
        for component, fields in components.items()
    }


def null_contracts(years: Sequence[int] = (1, 2, 3, 5), **shared: Plain) -> list[Plain]:
    """Return contracts of several lengths that must give equal results: recosted yearly, or moved by the forecast.

    ``shared`` components must not hold what the null test excludes.
    """
    return [simple_contract(f"{length} years", 12 * length, **shared | _null_movement(length)) for length in years]


def _null_movement(years: int) -> dict[str, Plain]:
    return {"movement": {"new_award": "recosted", **({"within_award": "forecast"} if years > 1 else {})}}


@st.composite
def scenarios(draw: DrawFn, *, longest: int = 4, null: bool = False) -> Scenario:
    """Return valid small scenarios.

    Args:
        draw: Hypothesis draws from strategies by it.
        longest: Longest horizon in years.
        null: Whether to meet the conditions of the null test: every contract must then give the same money.
    """
    first_month = draw(st.sampled_from(FIRST_MONTHS))
    years = draw(st.integers(1, longest))
    method = draw(st.sampled_from(("direct", "step_down", "step_down", "reciprocal", "single_rate")))
    service_names = [f"Service {number}" for number in range(1, draw(st.integers(1, 3)) + 1)]
    pool_names = [f"Pool {number}" for number in range(1, draw(st.integers(0, 3)) + 1)]
    units = [*service_names, *pool_names]
    months = _months_from(first_month, 12 * years)
    contracts = _null_contracts(draw) if null else _contracts(draw, first_month, years)
    services = [_service(draw, name, units, months, null=null) for name in service_names]
    if not null:
        for service in services:
            changes = _contract_changes(draw, [str(contract["name"]) for contract in contracts])
            if changes:
                service["contract_changes"] = changes
    organisation: Plain = {
        "name": "Organisation",
        "jurisdiction": draw(st.sampled_from(("NI", "GB"))),
        "first_month": first_month,
        "opening_free_reserves": draw(st.sampled_from((-5_000.0, 0.0, 60_000.0))),
        "opening_cash": draw(st.sampled_from((-20_000.0, 0.0, 80_000.0))),
        "borrowing_rate": draw(st.sampled_from((None, 0.06, 0.12))),
        "full_time_hours_a_week": draw(st.sampled_from((35.0, 37.0))),
        "employment_allowance_claimed": draw(st.booleans()) if pool_names else False,
        "allocation_method": method,
        "single_rate_base": draw(st.sampled_from(("direct_cost", "direct_staff_cost", "fte"))),
        "pools": [_pool(draw, name, units, months, method) for name in pool_names],
        "other_activities": [_activity(draw, f"Activity {number}") for number in range(1, draw(st.integers(0, 2)) + 1)],
    }
    return Scenario.model_validate(
        {
            "name": "Scenario",
            "horizon_years": years,
            "organisation": organisation,
            "services": services,
            "contracts": contracts,
            "assumptions": _assumptions(draw, null=null),
        }
    )


def _maybe(draw: DrawFn, fields: Plain, name: str, strategy: SearchStrategy[Kind]) -> None:
    """Put a field in about half of the time."""
    if draw(st.booleans()):
        fields[name] = draw(strategy)


def _months_from(first_month: str, months: int) -> list[str]:
    year, month = first_month.split("-")
    start = 12 * int(year) + int(month) - 1
    return [f"{index // 12}-{index % 12 + 1:02d}" for index in range(start, start + months)]


def _window(draw: DrawFn, fields: Plain, months: Sequence[str]) -> None:
    """Put in a first month, a last month, both or neither."""
    first, last = sorted((draw(st.sampled_from(months)), draw(st.sampled_from(months))))
    which = draw(st.sampled_from(("", "", "start", "end", "start and end")))
    fields |= {name: month for name, month in (("start", first), ("end", last)) if name in which}


# Services, pools and other activities


def _post(draw: DrawFn, name: str, home: str, units: Sequence[str], months: Sequence[str], *, lasting: bool) -> Plain:
    headcount = draw(st.sampled_from((0.5, 1.0, 2.0, 3.0, 5.0)))
    post: Plain = {"name": name, "headcount": headcount, "fte": draw(st.sampled_from(FTES))}
    if draw(st.booleans()):
        post["pay_point"] = draw(st.integers(5, 42))
    else:
        post["salary"] = float(draw(st.sampled_from(SALARIES)))
        _maybe(draw, post, "increment", st.sampled_from((350.0, 900.0)))
        _maybe(draw, post, "prices_of", st.sampled_from(EARLIER_MONTHS))
    post["steps_left"] = draw(st.integers(0, 3))
    post["pension_rate"] = draw(st.sampled_from((0.0, 0.03, 0.08, 0.19)))
    post["pension_base"] = draw(st.sampled_from(("whole_pay", "qualifying_earnings")))
    _maybe(draw, post, "deficit_rate", st.just(0.015))
    _maybe(draw, post, "other_on_cost_rate", st.just(0.01))
    _maybe(draw, post, "absence_cover_rate", st.just(0.02))
    post["delivery_share"] = draw(st.sampled_from((0.0, 0.25, 0.8, 1.0, 1.0)))
    post["senior"] = draw(st.booleans())
    post["contractual_notice_weeks"] = draw(st.sampled_from((0.0, 4.0, 8.0, 12.0)))
    if not lasting:
        _window(draw, post, months)
        post["eligible"] = draw(st.booleans())
        others = [unit for unit in units if unit != home]
        if draw(st.booleans()) and others:
            share = draw(st.sampled_from((0.25, 0.5, 0.75)))
            post["time"] = {home: share, draw(st.sampled_from(others)): 1 - share}
    if draw(st.booleans()):
        post["heads"] = _cohorts(draw, headcount)
        if draw(st.booleans()):
            post["redundancy"] = {
                "multiple": draw(st.sampled_from((1.0, 1.5, 2.0))),
                "capped": draw(st.booleans()),
                "minimum_years": draw(st.integers(0, 3)),
            }
    return post


def _cohorts(draw: DrawFn, headcount: float) -> list[Plain]:
    shares = draw(st.sampled_from(((1.0,), (0.5,), (0.5, 0.25), (0.25, 0.25, 0.5))))
    return [
        {
            "heads": headcount * share,
            "years_of_service": draw(st.sampled_from((0, 1, 2, 4, 11, 19, 25))),
            "age": draw(st.integers(19, 66)),
        }
        for share in shares
    ]


def _line(draw: DrawFn, name: str, months: Sequence[str], *, in_service: bool) -> Plain:
    line: Plain = {
        "name": name,
        "category": draw(st.sampled_from(CATEGORIES)),
        "index": draw(st.sampled_from(("pay", "prices", "none", "own_rate"))),
        "vat_rate": draw(st.sampled_from((0.0, 0.2))),
        "vat_recoverable": draw(st.sampled_from((0.0, 0.4, 1.0))),
        "eligible": draw(st.booleans()),
        "cash": draw(st.booleans()),
    }
    if line["index"] == "own_rate":
        line["own_rate"] = draw(st.sampled_from(GROWTHS))
    _maybe(draw, line, "prices_of", st.sampled_from(EARLIER_MONTHS))
    kinds = ["running", "running", "running", "set_up", *(["exit"] if in_service else [])]
    kind = draw(st.sampled_from(kinds))
    per = "once"
    if kind == "running":
        per = draw(
            st.sampled_from(["month", "year", "once", *(["person_starting", "delivery_fte"] if in_service else [])])
        )
    sizes = {"month": 200.0, "year": 6_000.0, "once": 3_000.0, "person_starting": 40.0, "delivery_fte": 700.0}
    line |= {"kind": kind, "per": per, "amount": sizes[per] * draw(st.sampled_from((0.5, 1.0, 3.0)))}
    if per != "once":
        _window(draw, line, months)
    elif kind != "exit":
        _maybe(draw, line, "start", st.sampled_from(months))
    return line


def _people(draw: DrawFn) -> Plain:
    people: Plain = {
        "caseload_per_fte": draw(st.sampled_from((6.0, 12.0, 20.0))),
        "mean_length_months": draw(st.sampled_from((1.0, 4.0, 9.0))),
        "opening_waiting": draw(st.sampled_from((0.0, 7.0, 40.0))),
        "referrals_a_month": draw(st.sampled_from((0.0, 2.0, 5.0, 30.0))),
    }
    _maybe(draw, people, "opening_caseload", st.sampled_from((0.0, 10.0, 60.0)))
    return people


def _other_funder(draw: DrawFn, number: int) -> Plain:
    return {
        "name": f"Funder {number}",
        "kind": draw(st.sampled_from(("match", "co_funding", "in_kind"))),
        "amount_by_year": draw(st.lists(st.sampled_from((0.0, 1_500.0, 9_000.0)), min_size=1, max_size=5)),
        "income_restricted": draw(st.booleans()),
    }


def _service(draw: DrawFn, name: str, units: Sequence[str], months: Sequence[str], *, null: bool) -> Plain:
    posts = [
        _post(draw, f"Post {number}", name, units, months, lasting=number == 1)
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    service: Plain = {
        "name": name,
        "posts": posts,
        "lines": [
            _line(draw, f"Line {number}", months, in_service=True) for number in range(1, draw(st.integers(0, 3)) + 1)
        ],
        "driver_quantities": {AREA: draw(st.sampled_from((10.0, 25.0, 80.0)))},
        "other_funders": [_other_funder(draw, number) for number in range(1, draw(st.integers(0, 2)) + 1)],
    }
    _maybe(draw, service, "opening_restricted_funds", st.sampled_from((900.0, 40_000.0)))
    _maybe(draw, service, "people", st.composite(_people)())
    if draw(st.booleans()):
        starts = draw(st.lists(st.sampled_from(months), min_size=1, max_size=3, unique=True))
        service["planned_changes"] = [
            {"start": start, "volume": draw(st.sampled_from((0.5, 0.75, 1.0, 1.25, 2.0)))} for start in sorted(starts)
        ]
    if draw(st.booleans()):
        service["assumptions"] = _service_assumptions(draw, null=null)
    return service


def _pool(draw: DrawFn, name: str, units: Sequence[str], months: Sequence[str], method: str) -> Plain:
    drivers = ["fte", "headcount", "direct_cost", "direct_staff_cost", AREA]
    if method == "step_down":
        drivers.append("accumulated_cost")
    pool: Plain = {
        "name": name,
        "category": draw(
            st.sampled_from(("premises_and_office", "central_functions", "governance_and_strategy", "fundraising"))
        ),
        "driver": draw(st.sampled_from(drivers)),
        "posts": [
            _post(draw, f"Support {number}", name, units, months, lasting=False)
            for number in range(1, draw(st.integers(0, 2)) + 1)
        ],
        "lines": [
            _line(draw, f"Line {number}", months, in_service=False) for number in range(1, draw(st.integers(0, 2)) + 1)
        ],
        "driver_quantities": {AREA: draw(st.sampled_from((0.0, 15.0)))},
    }
    _maybe(draw, pool, "shed_after_months", st.sampled_from((0.0, 2.0, 9.0)))
    return pool


def _activity(draw: DrawFn, name: str) -> Plain:
    activity: Plain = {
        "name": name,
        "staff_cost": draw(st.sampled_from((0.0, 40_000.0, 4_000_000.0))),
        "other_cost": draw(st.sampled_from((5_000.0, 30_000.0))),
        "mean_pay": draw(st.sampled_from((0.0, 27_311.0))),
        "driver_quantities": {
            AREA: draw(st.sampled_from((0.0, 30.0))),
            "fte": draw(st.sampled_from((0.0, 2.5))),
            "headcount": draw(st.sampled_from((0.0, 3.0))),
        },
    }
    _maybe(draw, activity, "heads", st.sampled_from((1.0, 3.0, 150.0)))
    _maybe(draw, activity, "income", st.sampled_from((0.0, 70_000.0)))
    return activity


# Contracts


def _null_contracts(draw: DrawFn) -> list[Plain]:
    price = _overhead(draw)
    price["funded_share"] = draw(st.sampled_from((0.8, 1.0)))
    price["margin"] = draw(st.sampled_from((0.0, 0.05)))
    price["recognises"] = draw(st.sampled_from(([], ["recruitment"], ["recruitment", "monitoring"])))
    payment = _payment(draw)
    payment["underspend"] = draw(st.sampled_from(("returned", "kept")))
    return null_contracts(price=price, payment=payment, monitoring=_monitoring(draw))


def _contracts(draw: DrawFn, first_month: str, years: int) -> list[Plain]:
    return [
        _contract(draw, f"Contract {number}", first_month, years) for number in range(1, draw(st.integers(1, 3)) + 1)
    ]


def _contract(draw: DrawFn, name: str, first_month: str, years: int) -> Plain:
    term = _term(draw, first_month)
    return {
        "name": name,
        "term": term,
        "award": _award(draw),
        "price": _price(draw, years),
        "movement": _movement(draw, term),
        "payment": _payment(draw),
        "monitoring": _monitoring(draw),
        "flexibility": _flexibility(draw),
    }


def _term(draw: DrawFn, first_month: str) -> dict[str, object]:
    term: Plain = {
        "months": draw(st.sampled_from(TERMS)),
        "extensions": draw(st.sampled_from((0, 0, 1, 2))),
        "extension_months": draw(st.sampled_from((3, 6, 12, 12, 18))),
    }
    if draw(st.booleans()):
        used = draw(st.integers(0, 1)) if term["extensions"] else 0
        length = term["extension_months"] if used else term["months"]
        assert isinstance(length, int)
        ends = draw(st.integers(1, length))
        term |= {"first_award_ends": _months_from(first_month, ends)[-1], "extensions_used": used}
    return term


def _award(draw: DrawFn) -> Plain:
    award: Plain = {
        "lead_months": draw(st.sampled_from(LEADS)),
        "renewal_probability": draw(st.sampled_from((1.0, 0.9, 0.6, 0.0))),
        "competed": draw(st.booleans()),
        "letters_for_extensions": draw(st.booleans()),
        "continued_at_risk": draw(st.booleans()),
    }
    _maybe(draw, award, "extension_probability", st.sampled_from((1.0, 0.95, 0.5)))
    _maybe(draw, award, "competition_cost", st.sampled_from((0.0, 12_000.0)))
    _maybe(draw, award, "competition_saving", st.just(0.02))
    if draw(st.booleans()):
        award["break_notice_months"] = draw(st.sampled_from((1.0, 3.0, 6.0)))
        award["break_probability"] = draw(st.sampled_from((0.0, 0.1, 0.3)))
        _maybe(draw, award, "break_credibility", st.sampled_from((0.0, 0.4, 1.0)))
    return award


def _overhead(draw: DrawFn) -> Plain:
    price: Plain = {"overhead_rule": draw(st.sampled_from(("full", "none", *RULES_WITH_RATE)))}
    if price["overhead_rule"] in RULES_WITH_RATE:
        price["overhead_rate"] = draw(st.sampled_from((0.0, 0.07, 0.15, 0.4)))
    if price["overhead_rule"] == "modified_base":
        price["base_exclusions"] = draw(st.lists(st.sampled_from(CATEGORIES), max_size=2, unique=True))
    return price


def _price(draw: DrawFn, years: int) -> Plain:
    price = _overhead(draw)
    price |= {
        "funded_share": draw(st.sampled_from((1.0, 0.9, 0.5, 0.0))),
        "margin": draw(st.sampled_from((0.0, 0.0, 0.03, 0.1))),
        "recognises": draw(
            st.lists(st.sampled_from(("recruitment", "monitoring", "closing_costs")), max_size=3, unique=True)
        ),
        "increments_recognised": draw(st.booleans()),
        "establishment": draw(st.sampled_from(("planned", "award_year"))),
        "income_restricted": draw(st.booleans()),
    }
    prices = draw(st.sampled_from(("costed", "costed", "current", "schedule")))
    if prices == "current":
        price["current"] = draw(st.sampled_from((40_000.0, 150_000.0)))
    if prices == "schedule":
        price["schedule"] = [draw(st.sampled_from((50_000.0, 120_000.0))) for _ in range(years + 1)]
    if draw(st.booleans()):
        price["dated_factors"] = [
            {
                **draw(st.sampled_from(({"scenario_year": 1}, {"scenario_year": 2}, {"financial_year": "2027-28"}))),
                "factor": draw(st.sampled_from((0.0, 0.65, 0.95, 1.1))),
                "of": draw(st.sampled_from(("last_year", "this_year"))),
            }
        ]
    return price


def _movement(draw: DrawFn, term: Plain) -> Plain:
    movement: Plain = {
        "new_award": draw(st.sampled_from((None, "recosted", "rolled_forward", "rolled_forward"))),
        "volume_follows": draw(st.booleans()),
        "lag_years": draw(st.integers(0, 2)),
    }
    if movement["new_award"] == "rolled_forward":
        _maybe(draw, movement, "renewal_uplift", st.sampled_from(GROWTHS))
    months, extensions, each = term["months"], term["extensions"], term["extension_months"]
    assert isinstance(months, int)
    assert isinstance(extensions, int)
    assert isinstance(each, int)
    if months + extensions * each > 12:
        rule = draw(st.sampled_from((None, "none", "fixed", "cpi", "pay", "basket", "forecast")))
        movement["within_award"] = rule
        if rule == "fixed":
            movement["rate"] = draw(st.sampled_from(GROWTHS))
        if rule == "basket":
            movement["pay_weight"] = draw(st.sampled_from(FRACTIONS))
    if draw(st.booleans()):
        movement["floor"] = draw(st.sampled_from((0.0, 0.015)))
    if draw(st.booleans()):
        movement["cap"] = draw(st.sampled_from((0.02, 0.05)))
    return movement


def _payment(draw: DrawFn) -> Plain:
    return {
        "interval_months": draw(st.sampled_from((1, 2, 3, 4, 6, 12))),
        "timing": draw(st.sampled_from(("advance", "arrears"))),
        "days": draw(st.sampled_from((0.0, 30.0, 31.0, 45.0))),
        "basis": draw(st.sampled_from(("block", "block", "volume"))),
        "underspend": draw(st.sampled_from(("returned", "kept", "carried"))),
    }


def _monitoring(draw: DrawFn) -> Plain:
    monitoring: Plain = {"returns_a_year": draw(st.sampled_from((0.0, 4.0, 12.0)))}
    _maybe(draw, monitoring, "hours_each", st.just(7.0))
    _maybe(draw, monitoring, "funder_hours_each", st.just(3.0))
    return monitoring


def _flexibility(draw: DrawFn) -> Plain:
    flexibility: Plain = {}
    _maybe(draw, flexibility, "variation_hours", st.just(20.0))
    _maybe(draw, flexibility, "chance_of_change", st.sampled_from((0.0, 0.1, 0.5)))
    _maybe(draw, flexibility, "repurposable", st.sampled_from((0.0, 0.3, 1.0)))
    return flexibility


def _contract_changes(draw: DrawFn, contracts: Sequence[str]) -> Plain:
    """Return changes that fit every contract."""
    changes: Plain = {}
    if draw(st.booleans()):
        changes["all"] = draw(
            st.sampled_from(
                (
                    {"award": {"lead_months": -2.0}},
                    {"payment": {"interval_months": 1, "timing": "arrears"}},
                    {"price": {"funded_share": 0.75}, "award": {"renewal_probability": 0.8}},
                )
            )
        )
    if draw(st.booleans()):
        changes[draw(st.sampled_from(contracts))] = draw(
            st.sampled_from(
                (
                    {"payment": {"underspend": "carried", "basis": "block"}},
                    {"monitoring": {"returns_a_year": 6.0}},
                    {"award": {"lead_months": 2.0}},
                )
            )
        )
    return changes


# Assumptions


def _service_assumptions(draw: DrawFn, *, null: bool) -> Plain:
    fields: Plain = {}
    _maybe(draw, fields, "turnover", st.sampled_from((0.0, 0.18, 0.4)))
    _maybe(draw, fields, "opening_vacancy", st.sampled_from((0.0, 0.1, 1.0)))
    _maybe(draw, fields, "months_to_fill", st.sampled_from((0.5, 1.4, 4.0)))
    _maybe(draw, fields, "cover_share", st.sampled_from((0.0, 0.5, 1.0)))
    _maybe(draw, fields, "cover_premium", st.sampled_from((0.0, 0.3)))
    _maybe(draw, fields, "cost_per_hire", st.sampled_from((0.0, 2_500.0)))
    _maybe(draw, fields, "cost_per_hire_senior", st.just(6_125.0))
    _maybe(draw, fields, "cost_per_hire_all_in", st.booleans())
    _maybe(draw, fields, "induction_months", st.sampled_from((0.0, 1.5, 3.0)))
    _maybe(draw, fields, "induction_productivity", st.sampled_from((0.0, 0.5)))
    _maybe(draw, fields, "most_starts_a_month", st.sampled_from((1.0, 8.0)))
    _maybe(draw, fields, "gives_up_a_month", st.sampled_from((0.0, 0.1, 1.0)))
    _maybe(draw, fields, "redeployed", st.sampled_from((0.0, 0.5)))
    _maybe(draw, fields, "pension_cessation_exposure", st.just(25_000.0))
    _maybe(draw, fields, "open_at_risk", st.sampled_from((0.0, 0.6, 1.0)))
    if not null:
        _maybe(draw, fields, "extra_turnover_when_insecure", st.sampled_from((0.025, 0.2)))
        _maybe(draw, fields, "freeze_months", st.sampled_from((1.0, 3.0, 6.0)))
        _maybe(draw, fields, "close_intake_months", st.sampled_from((1.0, 4.0, 9.0)))
        _maybe(draw, fields, "pause_share", st.sampled_from((0.0, 0.4, 1.0)))
    return fields


def _growth(draw: DrawFn) -> Plain:
    growth: Plain = {}
    _maybe(draw, growth, "every_year", st.sampled_from(GROWTHS))
    if draw(st.booleans()):
        growth["by_year"] = {"2026-27": 0.05, "2028-29": draw(st.sampled_from(GROWTHS))}
    growth["added"] = draw(st.sampled_from((0.0, 0.0, 0.01, -0.005)))
    return growth


def _assumptions(draw: DrawFn, *, null: bool) -> Plain:
    fields = _service_assumptions(draw, null=null)
    fields |= {"pay_award": _growth(draw), "cpi": _growth(draw), "gdp_deflator": _growth(draw)}
    _maybe(draw, fields, "discount_rate", st.just(0.03))
    _maybe(draw, fields, "secure_months", st.sampled_from((3.0, 6.0, 12.0)))
    _maybe(draw, fields, "stranded_months", st.sampled_from((0.0, 6.0)))
    _maybe(draw, fields, "provider_hour_value", st.just(24.5))
    _maybe(draw, fields, "funder_hour_value", st.just(31.0))
    fields["done_by"] = draw(st.sampled_from(("already_costed", "bought_in")))
    _maybe(draw, fields, "return_hours", st.just(9.0))
    _maybe(draw, fields, "return_hours_funder", st.just(4.0))
    if not null:
        for name, hours in (("letter", 6.0), ("bid", 90.0), ("variation", 30.0)):
            _maybe(draw, fields, f"{name}_hours", st.just(hours))
            _maybe(draw, fields, f"{name}_hours_funder", st.just(hours / 2))
        _maybe(draw, fields, "bid_external", st.just(5_813.0))
        _maybe(draw, fields, "notice_hours_per_head", st.just(1.5))
    return fields
