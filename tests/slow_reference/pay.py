"""Stage 2 of the method, second part: a head's pay with on-costs in a month, and the value of an hour."""

from __future__ import annotations

from decimal import Decimal

from funding_model.scenario.costs import Post
from funding_model.scenario.scenario import Scenario
from tests.slow_reference.figures import (
    APRIL,
    PAY_WEEKS_A_YEAR,
    TWELVE,
    ZERO,
    figure_on,
    financial_year,
    kept,
    last_day,
    month_number,
    number,
    ratio,
    remembered,
    row_on,
    value_of,
)
from tests.slow_reference.posts import Posts


class Pay(Posts):
    """What a head of each post is paid."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario)
        self.pay_known: dict[tuple[int, int, int, int], tuple[Decimal, Decimal]] = {}

    def full_time_salary(self, post: Post, steps_of: int) -> Decimal:
        """Return the full-time salary a year at year-0 prices after the steps taken by a year."""
        steps = min(steps_of, post.steps_left)
        first_year = financial_year(self.calendar.first)
        if post.pay_point is None:
            assert post.salary is not None
            amount = number(post.salary) + number(post.increment) * steps
            of = first_year if post.prices_of is None else financial_year(month_number(post.prices_of))
            return amount / self.economy.index("pay", min(0, of - first_year))
        start, spine = row_on("njc.scp_salary", last_day(self.calendar.first))
        points = {int(point): number(salary) for point, salary in spine.items()}
        spine_year = start.year if start.month > APRIL else start.year - 1
        point = min(post.pay_point + steps, max(points))
        return points[point] / self.economy.index("pay", min(0, spine_year - first_year))

    @kept
    def statutory(self, name: str, month: int, prices: int) -> Decimal:
        return figure_on(name, self.calendar.last_day(month, prices))

    def national_insurance(self, gross: Decimal, month: int, prices: int) -> Decimal:
        threshold = self.statutory("nic.secondary_threshold_annual", month, prices) / TWELVE
        return self.statutory("nic.employer_rate", month, prices) * max(ZERO, gross - threshold)

    def gross_and_pay(self, post: Post, month: int, prices: int, steps_of: int) -> tuple[Decimal, Decimal]:
        """Return a head's gross pay and pay with on-costs in a month."""

        def make() -> tuple[Decimal, Decimal]:
            gross = (
                self.full_time_salary(post, steps_of) * number(post.fte) * self.economy.index("pay", prices) / TWELVE
            )
            base = gross
            if post.pension_base == "qualifying_earnings":
                lower = self.statutory("ae.lower_limit", month, prices) / TWELVE
                upper = self.statutory("ae.upper_limit", month, prices) / TWELVE
                trigger = self.statutory("ae.trigger", month, prices) / TWELVE
                base = min(max(gross, lower), upper) - lower if gross > trigger else ZERO
            pay = (
                gross
                + self.national_insurance(gross, month, prices)
                + number(post.pension_rate) * base
                + (number(post.deficit_rate) + number(post.other_on_cost_rate)) * gross
            )
            return gross, pay

        return remembered(self.pay_known, (id(post), month, prices, steps_of), make)

    def pay_of(self, post: Post, month: int) -> Decimal:
        """Return a head's pay with on-costs in a month, at that month's own prices and steps."""
        year = self.calendar.year(month)
        return self.gross_and_pay(post, month, year, year)[1]

    @kept
    def hour_value(self) -> Decimal:
        """Return pounds an hour in year 0: entered, or the planned pay of all posts per paid hour."""
        entered = value_of(self.scenario.assumptions.provider_hour_value)
        if entered is not None:
            return entered
        pay, hours = ZERO, ZERO
        weekly = number(self.organisation.full_time_hours_a_week)
        for month in self.calendar.months_of(0):
            for part in self.parts():
                if part.there(month):
                    pay += part.heads * self.pay_of(part.post, month)
                    hours += part.fte * weekly * PAY_WEEKS_A_YEAR / TWELVE
        return ratio(pay, hours)
