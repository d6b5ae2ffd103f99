"""What must hold for every scenario: the null test first, then conservation, sums that close, and symmetries."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import Inputs
from funding_model.costing.model import Evaluation, evaluate
from funding_model.costing.overheads import METHODS, AllocationError
from funding_model.costing.plan import plan
from funding_model.costing.timeline import NO_EVENT, AwardTerms, lay_out
from funding_model.questions.compare import Comparison
from funding_model.scenario.scenario import Scenario
from funding_model.units import WEEKS_A_MONTH
from tests.costing.generated import agree, arrays_in, changed, compared, examples, of_case, results_of, same_bits
from tests.strategies import scenarios

BILLIONTH = 1e-9


# The null test: length alone changes nothing.


@examples(25)
@given(scenarios(null=True))
def test_an_annual_award_recosted_and_a_longer_one_moved_by_the_forecast_give_the_same(scenario: Scenario) -> None:
    """Money, delivery, cash, leavers and hires of every length; certainty and exposure differ by nature."""
    comparison = compared(scenario)
    assert len(comparison.contracts) == 4
    found = comparison.evaluation
    same = {
        **dict(arrays_in(found.provider, "provider")),
        **dict(arrays_in(found.money, "money")),
        **dict(arrays_in(found.gap, "gap")),
        **dict(arrays_in(found.purse, "purse")),
        **dict(arrays_in(found.families, "families")),
        **dict(arrays_in(found.cash, "cash")),
        "leavers": found.jobs.leavers,
        "hires": found.jobs.hires,
        "waiting for money": found.waiting_for_money,
    }
    for name, array in same.items():
        for case in range(1, len(array)):
            assert agree(array[case], array[0], BILLIONTH), f"{name} under {comparison.contracts[case]}"


# Sums that close


@examples(12)
@given(scenarios())
def test_services_and_other_activities_bear_all_cost_in_every_method(scenario: Scenario) -> None:
    comparison = compared(scenario)
    inputs = comparison.prepared.inputs
    for method in METHODS:
        if "accumulated_cost" in inputs.overheads.driver and method in ("direct", "reciprocal"):
            continue
        try:
            support = plan(with_method(inputs, method), ()).full.support
        except AllocationError:  # a driver that this method cannot use
            continue
        pools, services = len(inputs.overheads.driver), len(scenario.services)
        spent = support.own_cost.sum(axis=-1)
        borne = support.allocation.full_cost.sum(axis=-1)
        assert agree(borne, spent, BILLIONTH), method
        by_months = support.overhead.sum(axis=(1, 2)) + support.allocation.overhead[..., services:].sum(axis=(1, 2))
        assert agree(by_months, support.own_cost[..., :pools].sum(axis=(1, 2)), BILLIONTH), method
        assert agree(support.pool_cost.sum(axis=-1), support.own_cost[..., :pools].sum(axis=(1, 2)), BILLIONTH), method
        assert (support.overhead_from_pool.shape[2], support.overhead_from_pool.shape[3]) == (pools, services)


def with_method(inputs: Inputs, method: Any) -> Inputs:  # noqa: ANN401 - one of the four names
    return replace(inputs, overheads=replace(inputs.overheads, method=method))


@examples(25)
@given(scenarios())
def test_every_sum_closes(scenario: Scenario) -> None:
    comparison = compared(scenario)
    found, inputs = comparison.evaluation, comparison.prepared.inputs
    assert comparison.passed
    the_gap_leads_from_full_cost_to_surplus(found)
    weeks_lost_are_planned_less_given(found)
    posts_empty_by_leavers_and_fill_by_hires(found, inputs)
    people_who_come_stay_or_leave(found, inputs)
    reserves_and_cash_differ_by_timing_and_what_moves_no_cash(found, inputs)


def the_gap_leads_from_full_cost_to_surplus(found: Evaluation) -> None:
    money, steps = found.money, found.gap.steps
    fundable = money.full_cost + steps["ineligible"] + steps["overhead_not_allowed"]
    assert agree(fundable, money.fundable_cost, BILLIONTH)
    recognised = fundable + steps["funded_share"] + steps["margin"] + steps["terms_recognised"]
    assert agree(recognised + steps["price_movement"], money.price, BILLIONTH)
    after_price = list(steps)[list(steps).index("price_movement") + 1 :]
    surplus = money.price - money.full_cost
    for name in after_price:
        surplus = surplus + steps[name]
    assert np.allclose(surplus, money.surplus, rtol=0, atol=BILLIONTH * scale_of(money.full_cost, money.price))


def scale_of(*amounts: Floats) -> float:
    return max(1.0, *(float(np.abs(amount).max(initial=0.0)) for amount in amounts))


def weeks_lost_are_planned_less_given(found: Evaluation) -> None:
    lost = sum(found.families.weeks_lost.values(), np.zeros(1))
    planned, given_support = found.delivery.planned_capacity, found.families.support_months
    assert agree(lost, (planned - given_support) * WEEKS_A_MONTH, BILLIONTH)


def posts_empty_by_leavers_and_fill_by_hires(found: Evaluation, inputs: Inputs) -> None:
    staffing = found.staffing
    assert agree(staffing.vacant_end - staffing.vacant_start, staffing.leavers - staffing.hires, BILLIONTH)
    joins = staffing.vacant_start[..., 1:] == staffing.vacant_end[..., :-1]
    running = inputs.staff.active[..., :-1] * inputs.staff.active[..., 1:] > 0
    assert (joins | ~running).all()
    assert (staffing.vacant_mean >= 0).all()
    assert (staffing.vacant_mean <= 1).all()


def people_who_come_stay_or_leave(found: Evaluation, inputs: Inputs) -> None:
    flow = found.delivery.flow
    assert agree(flow.opening + flow.starts - flow.exits, flow.closing, BILLIONTH)
    assert same_bits(flow.opening[..., 1:], flow.closing[..., :-1])
    waiting = flow.waiting_opening + inputs.people.referrals - flow.starts - flow.gave_up
    assert agree(waiting, flow.waiting, BILLIONTH)
    assert same_bits(flow.waiting_opening[..., 1:], flow.waiting[..., :-1])
    for people in (flow.starts, flow.exits, flow.gave_up):
        assert (people >= 0).all()
    assert (flow.given <= found.delivery.capacity).all()
    served = found.families
    assert agree(
        served.cut_off, (found.provider.survival[..., :-1] - found.provider.survival[..., 1:]) * flow.closing, BILLIONTH
    )


def reserves_and_cash_differ_by_timing_and_what_moves_no_cash(found: Evaluation, inputs: Inputs) -> None:
    flows, cash, funds = found.flows, found.cash, inputs.funds
    not_free = (cash.restricted + flows.carried * (1 - flows.price_restricted)).sum(axis=1)
    without_cash = (flows.not_cash - flows.other_in_kind).sum(axis=1) + flows.organisation - flows.organisation_result
    expected = (
        cash.free_reserves
        + (funds.opening_cash - funds.opening_reserves - funds.opening_restricted.sum())
        + not_free
        - cash.debtors.sum(axis=1)
        + without_cash.cumsum(axis=-1)
    )
    spent = scale_of(flows.cost.sum(axis=(1, 2)), flows.price.sum(axis=(1, 2)))
    assert np.allclose(cash.balance, expected, rtol=0, atol=BILLIONTH * spent)


@examples(12)
@given(scenarios())
def test_what_a_service_costs_does_not_depend_on_the_contract(scenario: Scenario) -> None:
    comparison = compared(scenario)
    found = comparison.evaluation
    assert len(found.provider.full_cost) == 1
    for name in comparison.contracts:
        alone = evaluate(comparison.prepared.inputs, comparison.prepared.terms([name]))
        assert same_bits(alone.provider.full_cost, found.provider.full_cost)


@examples(12)
@given(scenarios(), st.data())
def test_equal_contracts_give_equal_results_bit_for_bit(scenario: Scenario, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([contract.name for contract in scenario.contracts]))
    plain = scenario.model_dump()
    twin = copy.deepcopy(next(contract for contract in plain["contracts"] if contract["name"] == name))
    twin["name"] = "Twin"
    for service in plain["services"]:
        changes = service["contract_changes"]
        if name in changes:
            changes["Twin"] = changes[name]
    comparison = compared(changed(scenario, contracts=[*plain["contracts"], twin], services=plain["services"]))
    original, copied = comparison.contracts.index(name), comparison.contracts.index("Twin")
    for path, array in results_of(comparison.evaluation).items():
        assert same_bits(of_case(array, original), of_case(array, copied)), path


# Expected value


@examples(12)
@given(scenarios(longest=3))
def test_the_expected_case_is_the_mean_over_all_paths_of_loss(scenario: Scenario) -> None:
    """Each service is lost at one of the boundaries where it may end, or goes on: forced by drawn uniforms."""
    comparison = compared(scenario)
    inputs = comparison.prepared.inputs
    for case, name in enumerate(comparison.contracts):
        terms = comparison.prepared.terms([name])
        expected = of_one_case(comparison, case)
        drawn, weights = loss_paths(terms.award.event[0], conditional_chances(comparison, case))
        paths = evaluate(inputs, terms, drawn)
        for result, mean in expected.items():
            by_path = linear_results(paths)[result]
            weight = weights.reshape(*weights.shape, *([1] * (by_path.ndim - 2)))
            assert agree((by_path * weight).sum(axis=0), mean, BILLIONTH), (name, result)


def linear_results(found: Evaluation) -> dict[str, Floats]:
    """Return what is linear in survival: axes (case, service, ...)."""
    provider, families, jobs = found.provider, found.families, found.jobs
    return {
        "cost": provider.cost,
        "income": provider.income,
        "surplus posts filled": provider.surplus_posts_filled,
        "cost of loss": provider.cost_of_loss,
        "cost of terms": provider.cost_of_terms,
        "yearly surplus": found.money.surplus,
        "public purse": found.purse.total,
        "people starting": families.starting,
        "support given": families.support_months,
        "cut off": families.cut_off,
        "gave up": families.gave_up,
        **{f"weeks lost to {cause}": weeks for cause, weeks in families.weeks_lost.items()},
        "posts": jobs.heads,
        "secure posts": jobs.secure_heads,
        "leavers": jobs.leavers,
        "hires": jobs.hires,
        "notices": jobs.notices,
    }


def of_one_case(comparison: Comparison, case: int) -> dict[str, Floats]:
    return {name: of_case(array, case) for name, array in linear_results(comparison.evaluation).items()}


def conditional_chances(comparison: Comparison, case: int) -> Floats:
    """Return the chance that a service goes on at each boundary, by the terms entered: (service, boundary)."""
    award = comparison.terms.award
    event = award.event[case]
    renewal, extension = award.renewal_probability[case][:, None], award.extension_probability[case][:, None]
    stays = 1 - award.break_probability[case][:, None]
    chance: Floats = np.choose(event, [np.ones_like(event, float), renewal, extension, stays])
    return chance


def loss_paths(event: npt.NDArray[np.int64], chance: Floats) -> tuple[Floats, Floats]:
    """Return uniform numbers that force every path, one a case, and each path's probability: (case, service)."""
    services, boundaries = event.shape
    may_end = [np.flatnonzero(row != NO_EVENT) for row in event]
    paths = 1 + max(len(places) for places in may_end)
    drawn, weights = np.zeros((paths, services, boundaries)), np.zeros((paths, services))
    for service, places in enumerate(may_end):
        alive = 1.0
        for path, boundary in enumerate(places):
            drawn[path, service, boundary] = 1.0
            weights[path, service] = alive * (1 - chance[service, boundary])
            alive *= chance[service, boundary]
        weights[len(places), service] = alive
    return drawn, weights


# Symmetries


@examples(12)
@given(scenarios(), st.randoms(use_true_random=False))
def test_permuting_services_permutes_results(scenario: Scenario, random: Any) -> None:  # noqa: ANN401 - hypothesis's own
    services = scenario.model_dump()["services"]
    order = list(range(len(services)))
    random.shuffle(order)
    first, second = (
        compared(scenario),
        compared(changed(scenario, services=[services[place] for place in order])),
    )
    by_service = (first.evaluation.provider, first.evaluation.money, first.evaluation.families, first.evaluation.jobs)
    others = second.evaluation.provider, second.evaluation.money, second.evaluation.families, second.evaluation.jobs
    for ours, theirs in zip(by_service, others, strict=True):
        for (name, array), (_, permuted) in zip(arrays_in(ours), arrays_in(theirs), strict=True):
            assert agree(array[:, order], permuted, BILLIONTH), name
    assert agree(first.evaluation.cash.balance, second.evaluation.cash.balance, BILLIONTH)
    assert agree(first.evaluation.cash.free_reserves, second.evaluation.cash.free_reserves, BILLIONTH)


def split(post: dict[str, Any], share: float) -> list[dict[str, Any]]:
    """Return two posts that together have one's heads: its cohorts are split alike."""
    return [
        {
            **post,
            "name": f"{post['name']}, {part}",
            "headcount": post["headcount"] * part,
            "heads": [{**cohort, "heads": cohort["heads"] * part} for cohort in post["heads"]],
        }
        for part in (share, 1 - share)
    ]


@examples(12)
@given(scenarios(), st.sampled_from((0.25, 0.5)))
def test_a_post_of_several_heads_is_several_posts(scenario: Scenario, share: float) -> None:
    plain = scenario.model_dump()
    for owner in (*plain["services"], *plain["organisation"]["pools"]):
        owner["posts"] = [part for post in owner["posts"] for part in split(post, share)]
    whole = compared(scenario).evaluation
    parts = compared(changed(scenario, services=plain["services"], organisation=plain["organisation"])).evaluation
    for group in ("provider", "money", "gap", "families", "jobs", "exposures", "cash", "purse"):
        for (name, ours), (_, theirs) in zip(
            arrays_in(getattr(whole, group)), arrays_in(getattr(parts, group)), strict=True
        ):
            assert agree(ours, theirs, BILLIONTH), f"{group}.{name}"


@examples(12)
@given(scenarios(), st.sampled_from((0.37, 100.0)))
def test_money_thresholds_caps_and_hourly_rates_times_k_give_results_times_k(scenario: Scenario, k: float) -> None:
    comparison = compared(scenario)
    terms = comparison.terms
    scaled_terms = replace(
        terms,
        price=replace(terms.price, current=terms.price.current * k, schedule=terms.price.schedule * k),
        award=replace(terms.award, competition_cost=terms.award.competition_cost * k),
    )
    once = comparison.evaluation
    scaled = evaluate(in_other_money(comparison.prepared.inputs, k), scaled_terms)
    for group in ("provider", "money", "gap", "purse", "exposures", "cash"):
        for (name, ours), (_, theirs) in zip(
            arrays_in(getattr(once, group)), arrays_in(getattr(scaled, group)), strict=True
        ):
            factor = 1.0 if name.endswith(("survival", "redeployed", "price_restricted")) else k
            assert agree(ours * factor, theirs, BILLIONTH), f"{group}.{name}"
    for group in ("families", "jobs", "certainty", "staffing", "delivery"):
        for (name, ours), (_, theirs) in zip(
            arrays_in(getattr(once, group)), arrays_in(getattr(scaled, group)), strict=True
        ):
            assert same_bits(ours, theirs), f"{group}.{name}"


MONEY = {
    "statutory": ("nic_threshold", "pension_trigger", "pension_lower", "pension_upper", "levy_allowance",
                  "employment_allowance", "week_pay_cap"),
    "staff": ("salary",),
    "support": ("salary",),
    "lines": ("amount", "exit_cost", "exit_eligible"),
    "spread": ("everything", "ineligible", "not_cash", "excluded"),
    "support_spread": ("everything", "ineligible", "not_cash", "excluded"),
    "other": ("staff_cost", "other_cost", "mean_pay", "income"),
    "behaviour": ("cost_per_hire", "cost_per_hire_senior", "pension_cessation"),
    "effort": ("provider_hour", "funder_hour", "bid_external"),
    "funds": ("opening_cash", "opening_reserves", "opening_restricted", "other_funders", "other_restricted",
              "other_meeting_cost", "other_in_kind"),
}  # fmt: skip
"""Every input in pounds."""


def in_other_money(inputs: Inputs, k: float) -> Inputs:
    """Return inputs in a money of which one pound has k."""
    return replace(
        inputs,
        **{
            group: replace(
                getattr(inputs, group), **{name: getattr(getattr(inputs, group), name) * k for name in names}
            )
            for group, names in MONEY.items()
        },
    )


@examples(12)
@given(scenarios(), st.sampled_from((0.0, 3.0, 1e6)))
def test_what_a_pool_uses_of_itself_changes_nothing(scenario: Scenario, quantity: float) -> None:
    comparison = compared(scenario)
    overheads = comparison.prepared.inputs.overheads
    entered = overheads.entered.copy()
    pools = np.arange(len(overheads.driver))
    entered[pools, pools] = quantity
    inputs = replace(comparison.prepared.inputs, overheads=replace(overheads, entered=entered))
    again = evaluate(inputs, comparison.terms)
    assert same_bits(again.provider.cost, comparison.evaluation.provider.cost)
    assert same_bits(again.provider.income, comparison.evaluation.provider.income)


TERMS = st.builds(
    AwardTerms,
    months=st.integers(1, 40),
    extensions=st.integers(0, 2),
    extension_months=st.integers(1, 18),
    first_award_end=st.none(),
    extensions_used=st.just(0),
    lead=st.integers(-40, 60).map(lambda quarters: quarters / 4),
    competed=st.booleans(),
    letters_for_extensions=st.booleans(),
    break_notice=st.none() | st.integers(1, 6),
    interval=st.integers(1, 12),
    timing=st.sampled_from(("advance", "arrears")),
    payment_lag=st.integers(0, 3),
)


@given(TERMS, st.integers(1, 40), st.integers(1, 36))
def test_a_later_decision_never_raises_the_funding_confirmed_ahead(
    terms: AwardTerms, quarters: int, months: int
) -> None:
    sooner = lay_out(terms, months)
    later = lay_out(replace(terms, lead=terms.lead - quarters / 4), months)
    assert (later.end_ahead <= sooner.end_ahead).all()
    assert (later.undecided >= sooner.undecided).all()
    assert (later.received <= sooner.received).all()
    assert (later.months_late >= sooner.months_late).all()


@given(TERMS, st.integers(1, 36))
def test_every_month_is_in_one_segment_and_no_payment_comes_twice(terms: AwardTerms, months: int) -> None:
    line = lay_out(terms, months)
    covered = [month for segment in line.segments for month in range(segment.start, segment.end)]
    assert covered == list(range(months))
    for month, number in enumerate(line.segment_of_month):
        assert line.segments[number].start <= month < line.segments[number].end
    assert (np.diff(line.received) >= 0).all()
    assert (line.received <= line.received_on_time).all()
    assert (line.received_on_time <= months).all()
