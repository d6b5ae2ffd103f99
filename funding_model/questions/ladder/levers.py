"""Levers: the single terms of a contract that a funder may concede, component by component.

A lever has candidates, the smallest concession first: the choices of a term, or points along a number, between which
the value is then searched. Where services have versions of the contract of their own, each gets at least as much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from funding_model import units
from funding_model.scenario.contracts import COMPONENTS, RULES_WITHOUT_RATE, Contract

Value: TypeAlias = float | str | bool | None
Fields: TypeAlias = dict[str, Any]
POINTS: Final = 24
"""Points along a number at which a concession is tried before it is searched between two of them."""
MOST_OVERHEAD: Final = 1.0
"""An overhead as large as the direct cost is the most that is asked for."""
MOST_TIMES: Final = 3.0
"""Three times the price is the most that is asked for."""
LONGEST_LEAD: Final = 12
LONGEST_TERM_YEARS: Final = 10
BREAK_NOTICES: Final = (3.0, 6.0, 9.0, 12.0)
FRACTION, PER_YEAR, MONTHS, TIMES, A_YEAR, HOURS, CHOICE = (
    "fraction", "fraction a year", "months", "times the price", "times a year", "hours", "choice",
)  # fmt: skip


@dataclass(frozen=True)
class Lever:
    """One term that may be conceded."""

    component: str
    field: str
    unit: str
    now: Value
    candidates: tuple[Value, ...]
    fields: Callable[[Contract, Any], Fields]
    """The component's fields with a candidate in them; empty where a contract is as good already."""
    searched: bool = False
    """Whether the candidates are points along a number."""

    @property
    def start(self) -> float:
        """Where the number stands before any concession."""
        return float(self.now) if isinstance(self.now, int | float) else 0.0


def levers(versions: list[Contract], base: Contract) -> Iterator[Lever]:
    """Yield the levers of a contract, given its versions for the services; ``base`` is the contract as entered."""
    for find in (_term, _award, _price, _movement, _payment, _monitoring, _flexibility):
        for lever in find(base, versions):
            if lever.candidates and any(lever.fields(version, lever.candidates[-1]) for version in versions):
                yield lever


def applied(lever: Lever, contract: Contract, value: Value) -> Contract:
    """Return a contract with a concession in it.

    Raises:
        pydantic.ValidationError: The concession does not fit the contract.
    """
    fields = lever.fields(contract, value)
    if not fields:
        return contract
    # The components that stay are checked already, so they are taken as they are.
    parts = {name: getattr(contract, name) for name in ("name", *COMPONENTS)}
    component = parts[lever.component]
    parts[lever.component] = {name: getattr(component, name) for name in type(component).model_fields} | fields
    return Contract.model_validate(parts)


def _along(start: float, end: float) -> tuple[Value, ...]:
    """Return points from next to the start to the end."""
    return tuple(np.linspace(start, end, POINTS + 1)[1:].tolist()) if start != end else ()


def _at_least(name: str, value_if_blank: float = 0.0) -> Callable[[str], Callable[[Contract, Any], Fields]]:
    """Return what sets a component's number to a value, where it is lower."""

    def of(component: str) -> Callable[[Contract, Any], Fields]:
        def fields(contract: Contract, value: float) -> Fields:
            own = getattr(getattr(contract, component), name)
            return {name: value} if value > (value_if_blank if own is None else own) else {}

        return fields

    return of


def _choice(component: str, field: str, now: Value, value: Value, more: Fields | None = None) -> Lever:
    """Return the choice of one value for a field, with what else must then change."""

    def fields(contract: Contract, _value: object) -> Fields:
        return {} if getattr(getattr(contract, component), field) == value else {field: value, **(more or {})}

    return Lever(component, field, CHOICE, now, (value,), fields)


def _term(base: Contract, _versions: list[Contract]) -> Iterator[Lever]:
    now = base.term.months
    years = [year * units.MONTHS_A_YEAR for year in range(1, LONGEST_TERM_YEARS + 1)]
    nearest = sorted((months for months in years if months != now), key=lambda months: (abs(months - now), months))
    yield Lever("term", "months", MONTHS, now, tuple(nearest), lambda _contract, value: {"months": int(value)})


def _award(base: Contract, versions: list[Contract]) -> Iterator[Lever]:
    award = base.award
    sooner = tuple(float(month) for month in range(LONGEST_LEAD + 1) if month > award.lead_months)
    yield Lever("award", "lead_months", MONTHS, award.lead_months, sooner, _at_least("lead_months")("award"))
    if any(version.award.competed for version in versions):
        yield _choice("award", "competed", award.competed, value=False)
    if any(version.award.break_notice_months is not None for version in versions):
        notice = award.break_notice_months
        longer = tuple(months for months in BREAK_NOTICES if months > (notice or 0.0))

        def fields(contract: Contract, value: float) -> Fields:
            own = contract.award.break_notice_months
            return {"break_notice_months": value} if own is not None and value > own else {}

        yield Lever("award", "break_notice_months", MONTHS, notice, longer, fields)
        yield _choice("award", "break_notice_months", notice, None)
    if any(version.term.extensions for version in versions):
        yield _choice("award", "letters_for_extensions", award.letters_for_extensions, value=False)


def _price(base: Contract, versions: list[Contract]) -> Iterator[Lever]:
    price = base.price
    if any(version.price.schedule for version in versions):
        yield Lever("price", "schedule", TIMES, 1.0, _along(1.0, MOST_TIMES), _scaled_schedule, searched=True)
    if all(version.price.schedule for version in versions):
        return
    full: Fields = {"overhead_rate": None, "base_exclusions": []}
    yield _choice("price", "overhead_rule", price.overhead_rule, "full", full)
    rate = price.overhead_rate or 0.0
    yield Lever("price", "overhead_rate", FRACTION, rate, _along(rate, MOST_OVERHEAD), _higher_rate, searched=True)
    share = price.funded_share
    set_share = _at_least("funded_share")("price")
    yield Lever("price", "funded_share", FRACTION, share, _along(share, 1.0), set_share, searched=True)
    margin, most = price.margin, units.MARGIN.maximum
    yield Lever("price", "margin", FRACTION, margin, _along(margin, most), _at_least("margin")("price"), searched=True)
    if any(version.price.current is not None for version in versions):
        yield Lever("price", "current", TIMES, 1.0, _along(1.0, MOST_TIMES), _scaled_current, searched=True)
    for what in ("recruitment", "monitoring", "closing_costs"):
        yield Lever("price", "recognises", CHOICE, None, (what,), _recognising)
    yield _choice("price", "increments_recognised", price.increments_recognised, value=True)
    yield _choice("price", "establishment", price.establishment, "planned")


def _scaled_schedule(contract: Contract, value: float) -> Fields:
    schedule = contract.price.schedule
    return {"schedule": [amount * value for amount in schedule]} if schedule else {}


def _scaled_current(contract: Contract, value: float) -> Fields:
    current = contract.price.current
    return {} if current is None else {"current": current * value}


def _higher_rate(contract: Contract, value: float) -> Fields:
    price = contract.price
    most = 0.95 if price.overhead_rule == "cap_of_total" else MOST_OVERHEAD
    if price.overhead_rule in RULES_WITHOUT_RATE or value <= (price.overhead_rate or 0.0):
        return {}
    return {"overhead_rate": min(value, most)}


def _recognising(contract: Contract, value: str) -> Fields:
    known = contract.price.recognises
    return {} if value in known else {"recognises": [*known, value]}


def _movement(base: Contract, versions: list[Contract]) -> Iterator[Lever]:
    if all(version.price.schedule for version in versions):
        return
    movement, most = base.movement, units.GROWTH.maximum
    uplift = movement.renewal_uplift or 0.0
    yield Lever("movement", "renewal_uplift", PER_YEAR, uplift, _along(uplift, most), _higher_uplift, searched=True)
    rate = movement.rate or 0.0
    yield Lever("movement", "rate", PER_YEAR, rate, _along(rate, most), _higher_fixed_rate, searched=True)
    yield Lever("movement", "new_award", CHOICE, movement.new_award, ("recosted",), _recosted)
    for rule in ("cpi", "pay", "forecast"):
        yield Lever("movement", "within_award", CHOICE, movement.within_award, (rule,), _moving_by)
    if any(version.movement.cap is not None for version in versions):
        yield _choice("movement", "cap", movement.cap, None)


def _higher_uplift(contract: Contract, value: float) -> Fields:
    movement = contract.movement
    rolled = movement.new_award == "rolled_forward"
    return {"renewal_uplift": value} if rolled and value > (movement.renewal_uplift or 0.0) else {}


def _moves_within(contract: Contract) -> bool:
    return contract.term.cycle_months > units.MONTHS_A_YEAR


def _higher_fixed_rate(contract: Contract, value: float) -> Fields:
    movement = contract.movement
    if not _moves_within(contract) or (movement.within_award == "fixed" and value <= (movement.rate or 0.0)):
        return {}
    return {"within_award": "fixed", "rate": value, "pay_weight": None}


def _recosted(contract: Contract, _value: object) -> Fields:
    rolled = contract.movement.new_award == "rolled_forward"
    return {"new_award": "recosted", "renewal_uplift": None} if rolled else {}


def _moving_by(contract: Contract, value: str) -> Fields:
    if not _moves_within(contract) or contract.movement.within_award == value:
        return {}
    return {"within_award": value, "rate": None, "pay_weight": None}


def _payment(base: Contract, _versions: list[Contract]) -> Iterator[Lever]:
    payment = base.payment
    yield _choice("payment", "timing", payment.timing, "advance")
    yield _choice("payment", "interval_months", payment.interval_months, 1)
    yield _choice("payment", "days", payment.days, 0.0)
    for what in ("carried", "kept"):
        yield _choice("payment", "underspend", payment.underspend, what)
    yield _choice("payment", "basis", payment.basis, "block")


def _monitoring(base: Contract, versions: list[Contract]) -> Iterator[Lever]:
    returns = max(version.monitoring.returns_a_year for version in versions)

    def fields(contract: Contract, value: float) -> Fields:
        return {"returns_a_year": value} if value < contract.monitoring.returns_a_year else {}

    yield Lever("monitoring", "returns_a_year", A_YEAR, returns, _along(returns, 0.0), fields, searched=True)
    hours = _hours(base.monitoring.hours_each)
    yield Lever("monitoring", "hours_each", HOURS, hours, (0.0,), _no_hours)


def _no_hours(contract: Contract, value: float) -> Fields:
    monitoring = contract.monitoring
    return {"hours_each": value} if monitoring.returns_a_year and _hours(monitoring.hours_each) != value else {}


def _flexibility(base: Contract, versions: list[Contract]) -> Iterator[Lever]:
    if any(version.flexibility.chance_of_change.value for version in versions):

        def fields(contract: Contract, value: float) -> Fields:
            return {} if _hours(contract.flexibility.variation_hours) == value else {"variation_hours": value}

        yield Lever("flexibility", "variation_hours", HOURS, _hours(base.flexibility.variation_hours), (0.0,), fields)


def _hours(entered: Any) -> float | None:  # noqa: ANN401 - an assumption or a blank
    value = getattr(entered, "value", None)
    return None if value is None else float(value)
