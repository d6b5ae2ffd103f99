"""Stage 9 of the method, first part: the stretches of a contract with one price, and the cost that its rule looks at.

A contract's money goes on from class to class: the recognised cost, the price, underspend, the terms, and the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tests.slow_reference.costs import Basis
from tests.slow_reference.course import Award, Course, Draws
from tests.slow_reference.figures import TWELVE, ZERO, kept, number, total, value_of


@dataclass(frozen=True)
class Segment:
    """A stretch of a cycle with one price.

    Attributes:
        start: First month, which may lie before the scenario.
        end: Month after its last, which may lie beyond the horizon.
        award: The award that it belongs to.
        price_year: Whole years since the cycle began.
        cycle_year: Financial year in which the cycle began (0 if earlier).
        year: Financial year in which the price year began (0 if earlier).
        price_year_starts: Month in which the price year began.
        months: Its months inside the horizon.
    """

    start: int
    end: int
    award: Award
    price_year: int
    cycle_year: int
    year: int
    price_year_starts: int
    months: tuple[int, ...]


@dataclass(frozen=True)
class Recognised:
    """What a funder's rule looks at, in some months."""

    direct: Decimal
    staff: Decimal
    excluded: Decimal
    overhead: Decimal
    terms: Decimal


class RecognisedCost:
    """What the funder's rule makes of one service's cost."""

    def __init__(self, course: Course, service_index: int, drawn: Draws | None) -> None:
        self.course = course
        self.contract, self.plan, self.service = course.contract, course.plan, course.service
        self.calendar = self.plan.calendar
        self.months = course.months
        self.survival = course.certainty.survival(service_index, drawn)
        self.hour_value = self.plan.hour_value()
        self.segments = self.cut()

    def year(self, month: int) -> int:
        return self.calendar.year(month)

    def index(self, kind: str, month: int) -> Decimal:
        return self.plan.economy.index(kind, self.year(month))

    def hours(self, name: str) -> Decimal:
        """Return the organisation's hours for a task; a blank leaves it out."""
        return value_of(getattr(self.plan.scenario.assumptions, name)) or ZERO

    def return_hours(self) -> Decimal:
        own = value_of(self.contract.monitoring.hours_each)
        return self.hours("return_hours") if own is None else own

    def cut(self) -> list[Segment]:
        found = []
        for award in self.course.certainty.awards:
            cuts = [
                month
                for month in range(award.start, award.end + 1)
                if month in (award.start, award.end) or (month - award.cycle_start) % 12 == 0
            ]
            for start, end in pairwise(cuts):
                inside = tuple(month for month in self.months if start <= month < end)
                if not inside:
                    continue
                price_year = (start - award.cycle_start) // 12
                began = award.cycle_start + 12 * price_year
                found.append(
                    Segment(
                        start,
                        end,
                        award,
                        price_year,
                        max(0, self.year(award.cycle_start)),
                        max(0, self.year(began)),
                        began,
                        inside,
                    )
                )
        return found

    # The rule

    def overhead_paid(self, cost: Recognised) -> Decimal:
        price = self.contract.price
        rate = ZERO if price.overhead_rate is None else number(price.overhead_rate)
        paid = ZERO
        match price.overhead_rule:
            case "full":
                paid = cost.overhead
            case "cap_of_direct":
                paid = min(cost.overhead, rate * cost.direct)
            case "cap_of_total":
                paid = min(cost.overhead, rate / (1 - rate) * cost.direct)
            case "flat_on_direct":
                paid = rate * cost.direct
            case "flat_on_staff":
                paid = rate * cost.staff
            case "modified_base":
                paid = rate * (cost.direct - cost.excluded)
        return paid

    def ruled(self, cost: Recognised) -> Decimal:
        """Return what the funder's rule makes of a cost: funded share, overhead and margin included."""
        share, margin = number(self.contract.price.funded_share), number(self.contract.price.margin)
        return share * (cost.direct + self.overhead_paid(cost) + cost.terms) / (1 - margin)

    def terms_recognised(self, prices: int, recruitment: Decimal) -> Decimal:
        """Return the costs of the terms that the price covers in a month, at some year's prices."""
        recognised, terms = self.contract.price.recognises, ZERO
        if "recruitment" in recognised:
            terms += recruitment
        if "monitoring" in recognised:
            hours = number(self.contract.monitoring.returns_a_year) / TWELVE * self.return_hours()
            terms += hours * self.hour_value * self.plan.economy.index("pay", prices)
        if "closing_costs" in recognised:
            cycle_months = self.contract.term.cycle_months
            terms += self.plan.exit_lines(self.service, prices, eligible_only=True) / cycle_months
        return terms

    # The planned cost

    def establishment_month(self, segment: Segment) -> int | None:
        """Return the month from which new parts and rises of size do not count; what month 0 has always counts."""
        month = max(1, segment.award.cycle_start + 12)
        return month if self.contract.price.establishment == "award_year" and month in self.months else None

    @kept
    def recognised(self, segment: Segment, prices: int, steps_of: int) -> Recognised:
        """Return the planned cost of a segment that the rule looks at, all at prices of one year.

        ``steps_of`` is the year whose pay steps count where increments are not recognised.
        """
        price = self.contract.price
        basis = Basis(
            prices,
            None if price.increments_recognised else steps_of,
            self.establishment_month(segment),
        )
        costs = [self.plan.cost(self.service, month, basis) for month in segment.months]
        return Recognised(
            direct=total(cost.eligible for cost in costs),
            staff=total(cost.eligible_staff for cost in costs),
            excluded=total(
                cost.eligible_by_category.get(category, ZERO)
                for cost in costs
                for category in set(price.base_exclusions)
            ),
            overhead=total(self.plan.overhead(self.service, month, prices) for month in segment.months),
            terms=total(
                self.terms_recognised(
                    prices,
                    self.plan.planned_recruitment(self.service, month, prices, basis.frozen_from),
                )
                for month in segment.months
            ),
        )

    @kept
    def rho(self, index: int, prices: int, steps_of: int | None = None) -> Decimal:
        """Return the recognised cost a month of a segment at prices of a year."""
        segment = self.segments[index]
        steps_year = prices if steps_of is None else steps_of
        return self.ruled(self.recognised(segment, prices, steps_year)) / len(segment.months)
