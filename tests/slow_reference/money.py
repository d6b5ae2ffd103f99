"""Stage 10 of the method, last part: why the gap, the public purse and regret; and so the whole money of a service."""

from __future__ import annotations

from decimal import Decimal

from tests.slow_reference.figures import TWELVE, ZERO, Series, number, total, value_of
from tests.slow_reference.recognised import Recognised
from tests.slow_reference.terms import Terms


class Money(Terms):
    """One service under one contract: stages 9 and 10."""

    # Why the gap

    def fundable(self, year: int) -> tuple[Decimal, Decimal]:
        """Return a year's eligible direct cost and the overhead that the rule allows on it."""
        months = self.calendar.months_of(year)
        costs = [self.plan.cost_now(self.service, month) for month in months]
        cost = Recognised(
            direct=total(cost.eligible for cost in costs),
            staff=total(cost.eligible_staff for cost in costs),
            excluded=total(
                cost.eligible_by_category.get(category, ZERO)
                for cost in costs
                for category in set(self.contract.price.base_exclusions)
            ),
            overhead=total(self.plan.overhead(self.service, month) for month in months),
            terms=ZERO,
        )
        return cost.direct, self.overhead_paid(cost)

    def gap(self, year: int, surplus: Decimal, returned: Series) -> dict[str, Decimal]:
        """Return the steps from full cost to price and on to surplus, each as it changes the provider's result."""
        months = self.calendar.months_of(year)
        share, margin = number(self.contract.price.funded_share), number(self.contract.price.margin)
        full = total(self.full_cost(month) for month in months)
        direct, allowed = self.fundable(year)
        overhead = total(self.plan.overhead(self.service, month) for month in months)
        fundable = direct + allowed
        terms = total(
            self.terms_recognised(year, self.plan.planned_recruitment(self.service, month, year)) for month in months
        )
        price = total(self.price[month] for month in months)
        steps = {
            "ineligible": direct + overhead - full,
            "overhead_not_allowed": allowed - overhead,
            "funded_share": fundable * (share - 1),
            "margin": fundable * share / (1 - margin) - fundable * share,
            "terms_recognised": share * terms / (1 - margin),
        }
        steps["price_movement"] = price - full - total(steps.values())
        steps |= {
            "underspend_returned": -total(returned[month] for month in months),
            "other_funders": total(self.other_funders(month) for month in months),
            "pay_not_spent": total(self.course.pay_not_spent(month) for month in months),
            "cover": -total(self.course.cover(month) for month in months),
            "lines_change": -total(self.course.lines_change(month) for month in months),
            "running_terms": -total(self.running_terms(month) for month in months),
        }
        steps["survival_and_loss"] = surplus - total(steps.values())
        return steps

    # The public purse and regret

    def administration(self, month: int) -> Decimal:
        """Return the funder's expected cost of awarding, monitoring and varying in a month."""
        letters, bids = self.award_tasks(month)
        published = Decimal(8000)
        competition = value_of(self.contract.award.competition_cost)
        once = bids * (published if competition is None else competition) * self.index("cpi", month)
        value = value_of(self.plan.scenario.assumptions.funder_hour_value)
        running = ZERO
        if value is not None:
            value *= self.index("pay", month)
            once += (letters * self.hours("letter_hours_funder") + bids * self.hours("bid_hours_funder")) * value
            own = value_of(self.contract.monitoring.funder_hours_each)
            each = self.hours("return_hours_funder") if own is None else own
            chance = value_of(self.contract.flexibility.chance_of_change) or ZERO
            hours = number(self.contract.monitoring.returns_a_year) * each
            hours += chance * self.hours("variation_hours_funder")
            running = hours / TWELVE * value
        return self.survival_before(month) * once + self.survival[month] * running

    def saving(self, month: int) -> Decimal:
        if not self.contract.award.competed:
            return ZERO
        share = value_of(self.contract.award.competition_saving) or ZERO
        return share * self.survival[month] * self.price[month]

    def regret(self, month: int) -> Decimal:
        """Return the price confirmed ahead that may no longer fit; off while chance or repurposable share is blank."""
        chance = value_of(self.contract.flexibility.chance_of_change)
        repurposable = value_of(self.contract.flexibility.repurposable)
        if chance is None or repurposable is None:
            return ZERO
        ahead = self.course.certainty.award_end_ahead(month)
        notice = self.contract.award.break_notice_months
        if notice is not None:
            ahead = min(ahead, number(notice))
        return chance / TWELVE * self.price[month] * ahead * (1 - repurposable)
