"""Stages 9 and 10 of the method for one service under one contract: the price, underspend, terms and the gap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from funding_model.scenario.contracts import DatedFactor
from tests.slow_reference.course import Award, Course, Draws
from tests.slow_reference.figures import ONE, TWELVE, ZERO, Series, kept, number, ratio, total, value_of
from tests.slow_reference.plan import Basis

GAP_TO_PRICE = (
    "ineligible",
    "overhead_not_allowed",
    "funded_share",
    "margin",
    "terms_recognised",
    "price_movement",
)
GAP_TO_SURPLUS = (
    "underspend_returned",
    "other_funders",
    "pay_not_spent",
    "cover",
    "lines_change",
    "running_terms",
    "survival_and_loss",
)


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


class Money:
    """One service under one contract: stages 9 and 10."""

    def __init__(self, course: Course, service_index: int, drawn: Draws | None) -> None:
        self.course = course
        self.contract, self.plan, self.service = course.contract, course.plan, course.service
        self.calendar = self.plan.calendar
        self.months = course.months
        self.survival = course.certainty.survival(service_index, drawn)
        self.hour_value = self.plan.hour_value()
        self.segments = self.cut()
        self.unfactored = self.segment_prices()
        self.block = self.block_prices()
        self.price = self.prices_paid()

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

    # Stage 9: segments and the recognised cost

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

    # Stage 9: how the price moves

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

    # Stage 9: underspend

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

    # Stage 10: cost of the terms

    def is_new_cycle(self, award: Award) -> bool:
        return award.number == 0

    @kept
    def award_tasks(self, month: int) -> tuple[int, int]:
        """Return how many letters and bids fall in a month: those of the award that starts in it."""
        award = next((award for award in self.course.certainty.awards if award.start == month), None)
        if award is None:
            return 0, 0
        if self.is_new_cycle(award):
            return (0, 1) if self.contract.award.competed else (1, 0)
        return (1, 0) if self.contract.award.letters_for_extensions else (0, 0)

    @kept
    def task_hours(self, month: int) -> dict[str, Decimal]:
        """Return the provider's hours in a month, not yet weighted by survival."""
        letters, bids = self.award_tasks(month)
        flexibility = self.contract.flexibility
        own = value_of(flexibility.variation_hours)
        variation = self.hours("variation_hours") if own is None else own
        chance = value_of(flexibility.chance_of_change) or ZERO
        ending = self.course.certainty.award_starting(month + 1) is not None
        notices = self.course.notices(month + 1) if ending else ZERO
        return {
            "letters": letters * self.hours("letter_hours"),
            "bids": bids * self.hours("bid_hours"),
            "returns": number(self.contract.monitoring.returns_a_year) / TWELVE * self.return_hours(),
            "notices": notices * self.hours("notice_hours_per_head"),
            "variations": variation * chance / TWELVE,
        }

    def survival_before(self, month: int) -> Decimal:
        return self.survival[max(0, month - 1)]

    def task_cost(self, month: int, tasks: tuple[str, ...]) -> Decimal:
        if self.plan.scenario.assumptions.done_by != "bought_in":
            return ZERO
        hours = self.task_hours(month)
        return total(hours[task] for task in tasks) * self.hour_value * self.index("pay", month)

    @kept
    def award_effort(self, month: int) -> Decimal:
        """Return the cost of letters and bids, which is borne whether or not the award is made."""
        bids = self.award_tasks(month)[1]
        external = bids * self.hours("bid_external") * self.index("cpi", month)
        return external + self.task_cost(month, ("letters", "bids"))

    @kept
    def running_terms(self, month: int) -> Decimal:
        """Return all running terms of a month if the service continues."""
        extra = self.course.recruitment(month) - self.plan.planned_recruitment(self.service, month, self.year(month))
        return extra + self.award_effort(month) + self.task_cost(month, ("returns", "notices", "variations"))

    @kept
    def full_cost(self, month: int) -> Decimal:
        return (
            self.plan.cost_now(self.service, month).direct
            + self.plan.overhead(self.service, month)
            + self.plan.planned_recruitment(self.service, month, self.year(month))
        )

    def cost_of_loss(self, month: int) -> Decimal:
        """Return the expected cost of losing the service at the end of a month."""
        lost = self.survival[month] - self.survival[month + 1]
        return lost * self.course.loss(month + 1) if lost else ZERO

    @kept
    def continuing_cost(self, month: int, *, posts_filled: bool = False) -> Decimal:
        """Return a month's cost if the service continues."""
        cost = self.full_cost(month) + self.course.lines_change(month) + self.running_terms(month)
        if posts_filled:
            return cost
        return cost - self.course.pay_not_spent(month) + self.course.cover(month)

    def cost(self, month: int, *, posts_filled: bool = False) -> Decimal:
        """Return a month's expected cost; letters and bids weigh as much as the month before."""
        effort = self.award_effort(month)
        return (
            self.survival[month] * (self.continuing_cost(month, posts_filled=posts_filled) - effort)
            + self.survival_before(month) * effort
            + self.cost_of_loss(month)
        )

    def income(self, month: int, returned: Series) -> Decimal:
        return self.survival[month] * (self.price[month] - returned[month] + self.other_funders(month))

    # Stage 10: why the gap

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

    # Stage 10: the public purse and regret

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
