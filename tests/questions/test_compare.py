"""Compare: which contracts are compared with which base, what is refused and how that is put, and the totals."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from funding_model.problems import ProblemsError
from funding_model.questions.compare import compare, data_date, per_cent_of, unlike
from funding_model.questions.totals import Totals, losses
from tests.questions.small_scenarios import TEXT, compared, scenario


def test_every_contract_is_compared_with_the_first_unless_one_is_named() -> None:
    found = compare(scenario())
    assert found.contracts == ("Each year", "Three years")
    assert found.base == "Each year"
    assert compare(scenario({"base": "Three years"})).base == "Three years"
    assert compare(scenario(), base="Three years").base == "Three years"


def test_a_base_that_was_not_asked_for_is_added_in_front() -> None:
    found = compare(scenario(), ["Three years"], "Each year")
    assert found.contracts == ("Each year", "Three years")
    alone = compare(scenario(), ["Three years"])
    assert (alone.contracts, alone.base) == (("Three years",), "Three years")
    with_own_base = compare(scenario({"base": "Each year"}), ["Three years"])
    assert with_own_base.base == "Three years"  # the scenario's own base is not among those asked for


def test_a_contract_named_twice_is_compared_once() -> None:
    found = compare(scenario(), ["Three years", "Each year", "Three years"])
    assert found.contracts == ("Three years", "Each year")
    assert found.base == "Three years"


def test_an_unknown_contract_is_a_problem_that_names_the_known_ones() -> None:
    with pytest.raises(ProblemsError) as caught:
        compare(scenario(), ["Five years"], "Ten years")
    said = [(problem.where, problem.message, problem.remedy) for problem in caught.value.problems]
    assert said == [
        ("contract", f'no contract of this scenario is called "{name}".', 'Choose from "Each year", "Three years".')
        for name in ("Five years", "Ten years")
    ]


def test_differences_are_value_less_base_value() -> None:
    found = compared()
    differences = {difference.result: difference for difference in found.differences()}
    assert set(differences) == {item.name for item in fields(Totals)}
    for name, difference in differences.items():
        value, base_value = (float(number) for number in getattr(found.totals, name)[[1, 0]])
        assert (difference.value, difference.base_value) == (value, base_value)
        assert difference.difference == value - base_value
        assert (difference.contract, difference.base) == ("Three years", "Each year")
    price = differences["price"]
    assert (price.label, price.unit) == ("Price", "pounds")
    assert price.per_cent == pytest.approx(100 * (price.value - price.base_value) / price.base_value)
    assert differences["full_cost"].difference == 0


def test_a_per_cent_of_a_deficit_has_the_sign_of_the_difference_and_one_of_nothing_is_blank() -> None:
    found = {difference.result: difference for difference in compared().differences()}
    surplus = found["surplus"]
    assert surplus.base_value < 0
    assert surplus.per_cent is not None
    assert np.sign(surplus.per_cent) == np.sign(surplus.difference)
    nothing = {difference.result: difference for difference in compare(scenario(), base="Three years").differences()}
    zero = [difference for difference in nothing.values() if difference.base_value == 0]
    assert zero
    assert all(difference.per_cent is None for difference in zero)


def test_what_is_left_of_sums_that_cancel_is_no_base_for_a_per_cent() -> None:
    assert per_cent_of(103_371.0, 2.6e-12) is None
    assert per_cent_of(0.0, 0.0) is None
    assert per_cent_of(-50.0, -200.0) == -25
    assert per_cent_of(0.0, 2.6e-12) == 0


def test_the_totals_are_sums_of_the_ledgers() -> None:
    found = compared()
    evaluation, totals = found.evaluation, found.totals
    for name in ("full_cost", "price", "income", "cost", "surplus_posts_filled"):
        monthly = getattr(evaluation.provider, name)
        assert getattr(totals, name) == pytest.approx(monthly.sum(axis=(1, 2)) + np.zeros(2)), name
    assert totals.surplus == pytest.approx(totals.income - totals.cost)
    assert totals.paid == pytest.approx(evaluation.purse.paid.sum(axis=(1, 2)))
    assert totals.purse_total == pytest.approx(evaluation.purse.total.sum(axis=(1, 2)))
    assert totals.support_months == pytest.approx(evaluation.families.support_months.sum(axis=(1, 2)))
    assert totals.weeks_lost == pytest.approx(sum(evaluation.families.weeks_lost.values()).sum(axis=(1, 2)))  # type: ignore[union-attr]
    assert totals.leavers == pytest.approx(evaluation.jobs.leavers.sum(axis=(1, 2)))
    assert totals.hires == pytest.approx(evaluation.jobs.hires.sum(axis=(1, 2)))
    assert totals.notices == pytest.approx(evaluation.jobs.notices.sum(axis=(1, 2)))
    assert totals.lowest_cash == pytest.approx(evaluation.cash.balance.min(axis=1))
    assert totals.closing_free_reserves == pytest.approx(evaluation.cash.free_reserves[:, -1])
    deflator = evaluation.planned.outlook.deflator[0]
    by_year = evaluation.purse.total.sum(axis=1).reshape(2, 3, 12).sum(axis=2)
    assert totals.purse_present_value == pytest.approx((by_year / deflator / 1.035 ** np.arange(3)).sum(axis=1))
    with_people = evaluation.provider.cost[:, :1].sum(axis=(1, 2))  # training has no people's side
    assert totals.cost_with_people == pytest.approx(with_people)
    yearly = evaluation.money.surplus.sum(axis=1)
    assert totals.surplus_real == pytest.approx((yearly / deflator).sum(axis=1))


def test_losses_are_listed_for_every_service_and_date_at_which_it_may_end() -> None:
    found = compared()
    annual, long = (losses(found.evaluation, found.prepared.inputs, found.terms, case) for case in (0, 1))
    assert [(loss.service, loss.boundary) for loss in annual] == [(s, b) for s in (0, 1) for b in (12, 24, 36)]
    assert [(loss.service, loss.boundary) for loss in long] == [(s, b) for s in (0, 1) for b in (12, 24, 36)]
    assert all(loss.lowest <= found.evaluation.cash.balance[0, :11].max() for loss in annual)


def test_a_scenario_compared_with_itself_is_like_itself() -> None:
    assert unlike(scenario(), scenario()) == []


def test_what_makes_two_scenarios_unlike_is_said_with_its_repair() -> None:
    other = scenario({"horizon_years": 5, "organisation.first_month": "2027-04", "services.2.name": "Courses"})
    problems = {problem.where: problem for problem in unlike(scenario(), other)}
    assert set(problems) == {"horizon_years", "organisation.first_month", "services"}
    assert problems["horizon_years"].remedy == "Compare both over 3 years: --set horizon_years=3"
    assert "2026-04" in problems["organisation.first_month"].message
    assert problems["organisation.first_month"].remedy.endswith("--set organisation.first_month=2027-04")
    assert "Courses, Training" in problems["services"].message
    assert [problem.where for problem in unlike(scenario(), scenario({"horizon_years": 2}))] == ["horizon_years"]


def test_services_in_another_order_are_unlike() -> None:
    turned = scenario().model_copy(update={"services": scenario().services[::-1]})
    [problem] = unlike(scenario(), turned)
    assert "their order differs" in problem.message


def test_a_driver_that_nobody_who_may_bear_cost_uses_is_a_problem() -> None:
    """Only the pool itself uses any chairs."""
    text = TEXT.replace("driver: fte", "driver: chairs")
    with pytest.raises(ProblemsError) as caught:
        compare(scenario({"organisation.pools.1.driver_quantities": {"chairs": 1}}, text))
    [problem] = caught.value.problems
    assert problem.where == "organisation.pools.1.driver"
    assert problem.message == 'the driver "chairs" of "Office" sums to zero over those who may bear its cost.'


def test_pools_that_only_serve_each_other_are_named() -> None:
    text = TEXT.replace("driver: fte", "driver: desks").replace("driver: accumulated_cost", "driver: chairs")
    loop = {
        "organisation.allocation_method": "reciprocal",
        "organisation.pools.1.driver_quantities": {"chairs": 1},
        "organisation.pools.2.driver_quantities": {"desks": 1},
    }
    with pytest.raises(ProblemsError) as caught:
        compare(scenario(loop, text))
    [problem] = caught.value.problems
    assert problem.where == "organisation.pools"
    assert problem.message.startswith('"Office", "Director" only serve each other')


def test_a_single_rate_on_nothing_is_a_problem() -> None:
    settings = {
        "organisation.allocation_method": "single_rate",
        "organisation.single_rate_base": "fte",
        "services.1.posts": [],
        "services.2.posts": [],
        "organisation.other_activities": [],
    }
    with pytest.raises(ProblemsError) as caught:
        compare(scenario(settings, TEXT.replace("driver: accumulated_cost", "driver: fte")))
    assert [problem.where for problem in caught.value.problems] == ["organisation.single_rate_base"]


def test_the_reference_data_has_a_date() -> None:
    assert len(data_date()) == len("2026-03-31")
