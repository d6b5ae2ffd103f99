"""Stage 9 of the method, last part: what of the price is not spent, and goes back or is carried."""

from __future__ import annotations

from decimal import Decimal

from tests.slow_reference.figures import ZERO, Series, kept, number, total
from tests.slow_reference.price import Price
from tests.slow_reference.recognised import Recognised, Segment


class Underspend(Price):
    """What is left of the price when the rule looks at the actual cost."""

    @kept
    def other_funders(self, month: int, kinds: tuple[str, ...] = ("match", "co_funding", "in_kind")) -> Decimal:
        year = self.year(month)
        return total(
            number(funder.amount_by_year[year]) / len(self.calendar.months_of(year))
            for funder in self.plan.services[self.service].other_funders
            if funder.kind in kinds and year < len(funder.amount_by_year)
        )

    def allowed(self, segment: Segment, *, posts_filled: bool) -> Decimal:
        """Return what the rule makes of a segment's actual eligible cost that nobody else meets."""
        direct, staff, excluded, overhead, terms = ZERO, ZERO, ZERO, ZERO, ZERO
        exclusions = set(self.contract.price.base_exclusions)
        for month in segment.months:
            year = self.year(month)
            cost = self.plan.cost_now(self.service, month)
            change = ZERO
            if not posts_filled:
                change = self.course.cover(month, eligible_only=True) - self.course.pay_not_spent(
                    month, eligible_only=True
                )
            direct += cost.eligible + change + self.course.lines_change(month, eligible_only=True)
            direct -= self.other_funders(month, ("co_funding", "in_kind"))
            staff += cost.eligible_staff + change
            excluded += total(cost.eligible_by_category.get(category, ZERO) for category in exclusions)
            excluded += total(
                self.course.line_change(line, month)
                for line in self.plan.services[self.service].lines
                if line.eligible and line.category in exclusions
            )
            overhead += self.plan.overhead(self.service, month)
            terms += self.terms_recognised(year, self.course.recruitment(month))
        return self.ruled(Recognised(max(ZERO, direct), staff, excluded, overhead, terms))

    @kept
    def underspend_returned(self, *, posts_filled: bool = False) -> Series:
        """Return what is paid back, in each segment's or award's last month inside the horizon."""
        paid_back = [ZERO] * len(self.months)
        rule = self.contract.payment.underspend
        if self.by_volume or rule == "kept":
            return paid_back
        carried = ZERO
        for index, segment in enumerate(self.segments):
            price = total(self.price[month] for month in segment.months)
            left = max(ZERO, price + carried - self.allowed(segment, posts_filled=posts_filled))
            following = self.segments[index + 1] if index + 1 < len(self.segments) else None
            if rule == "carried" and following is not None and following.award is segment.award:
                carried = left
            else:
                paid_back[segment.months[-1]] = left
                carried = ZERO
        return paid_back

    def underspend_carried(self) -> Series:
        """Return what is held over for the award's later years at the end of each month."""
        held = [ZERO] * len(self.months)
        if self.by_volume or self.contract.payment.underspend != "carried":
            return held
        carried = ZERO
        for segment, following in zip(self.segments, self.segments[1:], strict=False):
            price = total(self.price[month] for month in segment.months)
            left = max(ZERO, price + carried - self.allowed(segment, posts_filled=False))
            carried = left if following.award is segment.award else ZERO
            held[segment.months[-1]] = carried
            for month in following.months[:-1]:
                held[month] = carried
        return held
