"""Every check passes on sound results and fails when a number that it reads is a little wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from funding_model.costing.checks import TOLERANCE, Check, check_all
from funding_model.questions.compare import Comparison
from tests.costing.small import POST, costed
from tests.strategies import Plain, simple_contract

Change = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]


@pytest.fixture(scope="module")
def sound() -> Comparison:
    people: Plain = {"caseload_per_fte": 10.0, "mean_length_months": 5.0, "referrals_a_month": 7.0}
    pool: Plain = {
        "name": "Office",
        "category": "central_functions",
        "driver": "fte",
        "lines": [{"name": "Rent", "amount": 8_000.0}],
    }
    shop: Plain = {"name": "Shop", "staff_cost": 9_000.0, "driver_quantities": {"fte": 0.5}}
    return costed(
        simple_contract(award={"renewal_probability": 0.8}, payment={"timing": "arrears", "underspend": "carried"}),
        simple_contract("Long", 36, price={"income_restricted": True}),
        service={"posts": [{**POST, "headcount": 3.0}], "people": people},
        years=2,
        organisation={"pools": [pool], "other_activities": [shop], "borrowing_rate": 0.06, "opening_cash": -5_000.0},
        assumptions={"secure_months": 6.0},
    )


def a_little(array: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Add a hundredth to the entry in the middle of an array."""
    wrong = np.array(array)
    wrong[tuple(size // 2 for size in wrong.shape)] += 0.01
    return wrong


def above_one(array: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.full_like(array, 1.01)


def below_nought(array: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.full_like(array, -0.01)


def a_month_more(array: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return array + 1


def found_again(array: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Let a service that may be lost be certain again in the last month."""
    wrong = np.array(array)
    wrong[..., -1] = 1.0
    return wrong


def with_wrong(value: object, path: str, change: Change) -> object:
    """Return a copy of nested results in which one array is changed."""
    name, _, rest = path.partition(".")
    copied = copy.copy(value)
    if isinstance(copied, dict):
        copied[name] = change(copied[name])
        return copied
    part = getattr(value, name)
    object.__setattr__(copied, name, with_wrong(part, rest, change) if rest else change(part))
    return copied


def failing(comparison: Comparison, path: str, change: Change) -> set[str]:
    """Return the names of the checks that fail when one array is changed."""
    wrong = with_wrong(comparison, path, change)
    assert isinstance(wrong, Comparison)
    checks = check_all(wrong.evaluation, wrong.prepared.inputs, wrong.terms)
    return {check.name for check in checks if not check.passed}


def test_all_checks_pass_on_sound_results(sound: Comparison) -> None:
    assert sound.passed
    assert len(sound.checks) == 13
    assert len({check.name for check in sound.checks}) == 13


ALLOCATED = "everything allocated equals everything spent"
PLAN = "a service's months bear what was allocated to its years"
GAP = "the steps from full cost to surplus add up"
POSTS = "empty posts move by leavers less hires"
SUPPORTED = "people supported: opening + starting - leaving = closing"
WAITING = "people waiting: opening + referred - starting - giving up = closing"
WEEKS = "weeks of service lost add up to planned less given"
PRICED = "every month is priced once"
CASH = "cash and reserves differ only by timing and costs without cash"
RESERVES = "free and restricted reserves move by income less cost"
OWED = "money owed is price less money received"
YEARS = "months add up to years"
SHARES = "chances and shares lie between 0 and 1"


@pytest.mark.parametrize(
    ("path", "change", "check"),
    [
        ("evaluation.planned.full.support.own_cost", a_little, ALLOCATED),
        ("evaluation.planned.full.support.allocation.full_cost", a_little, ALLOCATED),
        ("evaluation.planned.full.support.overhead", a_little, PLAN),
        ("evaluation.planned.full.services.direct", a_little, PLAN),
        ("evaluation.gap.steps.price_movement", a_little, GAP),
        ("evaluation.gap.steps.survival_and_loss", a_little, GAP),
        ("evaluation.money.income", a_little, GAP),
        ("evaluation.staffing.vacant_mean", a_little, POSTS),
        ("evaluation.staffing.vacant_end", a_little, POSTS),
        ("evaluation.delivery.flow.opening", a_little, SUPPORTED),
        ("evaluation.delivery.flow.closing", a_little, SUPPORTED),
        ("evaluation.delivery.flow.starts", a_little, SUPPORTED),
        ("evaluation.delivery.flow.exits", a_little, SUPPORTED),
        ("evaluation.delivery.flow.starts", a_little, WAITING),
        ("evaluation.delivery.flow.waiting", a_little, WAITING),
        ("evaluation.delivery.flow.waiting_opening", a_little, WAITING),
        ("evaluation.delivery.flow.gave_up", a_little, WAITING),
        ("evaluation.families.weeks_lost.not_filled", a_little, WEEKS),
        ("evaluation.families.support_months", a_little, WEEKS),
        ("terms.segments.end", a_month_more, PRICED),
        ("evaluation.cash.balance", a_little, CASH),
        ("evaluation.cash.debtors", a_little, CASH),
        ("evaluation.cash.interest", a_little, CASH),
        ("evaluation.flows.not_cash", a_little, CASH),
        ("evaluation.flows.organisation", a_little, CASH),
        ("evaluation.cash.free_reserves", a_little, RESERVES),
        ("evaluation.cash.restricted", a_little, RESERVES),
        ("evaluation.flows.cost", a_little, RESERVES),
        ("evaluation.cash.received", a_little, OWED),
        ("evaluation.cash.debtors", a_little, OWED),
        ("evaluation.money.cost", a_little, YEARS),
        ("evaluation.provider.cost", a_little, YEARS),
        ("evaluation.staffing.vacant_mean", above_one, SHARES),
        ("evaluation.staffing.vacant_end", below_nought, SHARES),
        ("evaluation.certainty.insecure", above_one, SHARES),
        ("evaluation.provider.survival", below_nought, SHARES),
        ("evaluation.provider.survival", found_again, SHARES),
    ],
)
def test_every_check_can_fail(sound: Comparison, path: str, change: Change, check: str) -> None:
    assert check in failing(sound, path, change)


def test_every_check_is_tried(sound: Comparison) -> None:
    tried = {ALLOCATED, PLAN, GAP, POSTS, SUPPORTED, WAITING, WEEKS, PRICED, CASH, RESERVES, OWED, YEARS, SHARES}
    assert tried == {check.name for check in sound.checks}


@pytest.mark.parametrize(
    ("difference", "scale", "passed"),
    [
        (0.0, 0.0, True),
        (TOLERANCE, 0.0, True),  # measured against 1 at least
        (1.01 * TOLERANCE, 0.5, False),
        (0.001, 1e6, True),
        (0.00101, 1e6, False),
        (float("nan"), 1e6, False),
    ],
)
def test_a_difference_is_measured_against_the_amounts(difference: float, scale: float, passed: bool) -> None:  # noqa: FBT001 - a table
    assert Check("a check", difference, scale).passed is passed
