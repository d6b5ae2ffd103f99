"""Stage 9 of the method, second part: the first price of each cycle, and how it moves."""

from __future__ import annotations

from decimal import Decimal

from funding_model.scenario.contracts import DatedFactor
from tests.slow_reference.course import Course, Draws
from tests.slow_reference.figures import ONE, TWELVE, ZERO, Series, number, ratio, total
from tests.slow_reference.recognised import RecognisedCost


class Price(RecognisedCost):
    """What is paid for each month if the service continues."""

    def __init__(self, course: Course, service_index: int, drawn: Draws | None) -> None:
        super().__init__(course, service_index, drawn)
        self.unfactored = self.segment_prices()
        self.block = self.block_prices()
        self.price = self.prices_paid()

    def segment_prices(self) -> Series:
        """Return each segment's price a month, before schedules and dated factors."""
        price, movement = self.contract.price, self.contract.movement
        rolled = movement.new_award == "rolled_forward"
        made: Series = []
        first = 0
        for index, segment in enumerate(self.segments):
            if index == 0:
                entered = price.current
                made.append(self.rho(0, segment.cycle_year) if entered is None else number(entered) / TWELVE)
            elif segment.award.cycle != self.segments[index - 1].award.cycle:
                first = index
                made.append(self.rolled_price(index, made[-1]) if rolled else self.rho(index, segment.cycle_year))
            else:
                if not rolled:
                    volume = ratio(self.rho(index, segment.cycle_year), self.rho(first, segment.cycle_year), ONE)
                elif movement.volume_follows:
                    volume = ratio(self.rho(index, 0), self.rho(first, 0), ONE)
                else:
                    volume = ONE
                made.append(made[first] * self.uplift(first, index) * volume)
        return made

    def rolled_price(self, index: int, last_price: Decimal) -> Decimal:
        last = self.segments[index - 1]
        movement = self.contract.movement
        uplift = ZERO if movement.renewal_uplift is None else number(movement.renewal_uplift)
        years = min(ONE, Decimal(last.end - last.start) / TWELVE)
        follows = ratio(self.rho(index, 0), self.rho(index - 1, 0), ONE) if movement.volume_follows else ONE
        return last_price * (1 + uplift) ** years * follows

    def uplift(self, first: int, index: int) -> Decimal:
        """Return the product of the yearly uplifts between two segments of a cycle, each within floor and cap."""
        movement = self.contract.movement
        product = ONE
        before = first
        for price_year in range(self.segments[first].price_year + 1, self.segments[index].price_year + 1):
            here = next(place for place in range(first, index + 1) if self.segments[place].price_year == price_year)
            if price_year == self.segments[index].price_year:
                here = index
            growth = self.growth(before, here)
            if movement.cap is not None:
                growth = min(growth, number(movement.cap))
            if movement.floor is not None:
                growth = max(growth, number(movement.floor))
            product *= 1 + growth
            before = here
        return product

    def growth(self, before: int, here: int) -> Decimal:
        """Return the uplift from one price year to the next."""
        movement, economy = self.contract.movement, self.plan.economy
        year = self.year(self.segments[here].price_year_starts) - movement.lag_years
        rule = movement.within_award
        if rule is None:
            if movement.new_award == "rolled_forward":
                return ZERO if movement.renewal_uplift is None else number(movement.renewal_uplift)
            rule = "forecast"
        if rule == "fixed":
            return ZERO if movement.rate is None else number(movement.rate)
        if rule in ("cpi", "pay"):
            return economy.growth(rule, year)
        if rule == "basket":
            weight = number(movement.pay_weight or 0)
            return weight * economy.growth("pay", year) + (1 - weight) * economy.growth("cpi", year)
        if rule == "forecast":
            return ratio(self.risen(here), self.risen(before), ONE) - 1
        return ZERO

    def risen(self, index: int) -> Decimal:
        """Return how far a segment's recognised cost has risen from the prices of its cycle's first year."""
        segment = self.segments[index]
        return ratio(self.rho(index, segment.year, segment.cycle_year), self.rho(index, segment.cycle_year), ONE)

    def block_prices(self) -> Series:
        """Return the price of each month with schedule and dated factors."""
        price = self.contract.price
        monthly = [ZERO] * len(self.months)
        for segment, amount in zip(self.segments, self.unfactored, strict=True):
            for month in segment.months:
                monthly[month] = amount
        if price.schedule:
            for month in self.months:
                amount = number(price.schedule[min(self.year(month), len(price.schedule) - 1)])
                monthly[month] = amount / len(self.calendar.months_of(self.year(month)))
        for year in range(self.calendar.years):
            for factor in price.dated_factors:
                if self.factor_is_of(factor, year):
                    self.apply_factor(factor, year, monthly)
        return monthly

    def factor_is_of(self, factor: DatedFactor, year: int) -> bool:
        return factor.scenario_year == year + 1 or factor.financial_year == self.calendar.label(year)

    def apply_factor(self, factor: DatedFactor, year: int, monthly: Series) -> None:
        if factor.of == "this_year":
            for month in self.calendar.months_of(year):
                monthly[month] *= number(factor.factor)
            return
        if year > 0:
            before = self.calendar.months_of(year - 1)
            last = total(monthly[month] for month in before) / len(before)
        else:
            current = self.contract.price.current
            last = monthly[0] if current is None else number(current) / TWELVE
        for month in self.calendar.months_of(year):
            monthly[month] = number(factor.factor) * last

    @property
    def by_volume(self) -> bool:
        """Whether a unit price is paid; a service without people has no units and is paid as a block."""
        return self.contract.payment.basis == "volume" and self.plan.services[self.service].people is not None

    def prices_paid(self) -> Series:
        """Return what is paid for each month if the service continues."""
        if not self.by_volume:
            return list(self.block)
        planned = self.plan.planned_capacity(self.service)
        given = self.course.delivered()[0].given
        paid = [ZERO] * len(self.months)
        for segment in self.segments:
            units = total(planned[month] for month in segment.months) / len(segment.months)
            for month in segment.months:
                paid[month] = ratio(self.block[month] * given[month], units)
        return paid
