"""Stages 5 to 8 of the method for one service under one contract, as if the service continues, and its survival."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from funding_model.scenario.contracts import Contract
from funding_model.scenario.costs import Line, Post
from tests.slow_reference.delivery import Run, deliver
from tests.slow_reference.figures import (
    DAYS_A_YEAR,
    HALF,
    ONE,
    TWELVE,
    WEEK_PAY_CAPS,
    WEEKS_A_MONTH,
    ZERO,
    Series,
    exponential,
    kept,
    number,
    ratio,
    total,
    value_of,
)
from tests.slow_reference.plan import Plan
from tests.slow_reference.posts import Part

Draws = dict[tuple[int, int], float]
WEEK_OF_A_YEAR = Decimal(7) / DAYS_A_YEAR


@dataclass(frozen=True)
class Award:
    """One award: months ``start`` to ``end - 1`` of the scenario.

    Attributes:
        number: 0 for the initial award of a cycle, else which extension.
        cycle: Which cycle, counted from the one running at the start.
        cycle_start: Month in which that cycle began.
        decision: When it is decided, in months from the start of month 0.
        chance: Chance that it is made.
    """

    start: int
    end: int
    number: int
    cycle: int
    cycle_start: int
    decision: Decimal
    chance: Decimal

    @property
    def decided_in(self) -> int:
        """The first month by whose middle it is decided."""
        return int((self.decision - HALF).to_integral_value(ROUND_CEILING))


def awards_of(contract: Contract, plan: Plan) -> list[Award]:
    """Return the awards from the one running in month 0 to those decided before the horizon ends."""
    term, months = contract.term, plan.calendar.months
    lead = number(contract.award.lead_months)
    renewal = value_of(contract.award.renewal_probability)
    renewal = ONE if renewal is None else renewal
    extension = value_of(contract.award.extension_probability)
    extension = renewal if extension is None else extension

    if term.first_award_ends is None:
        start, end, which, cycle_start = 0, term.months, 0, 0
    else:
        end = plan.calendar.index(term.first_award_ends) + 1
        which = term.extensions_used
        start = min(0, end - (term.extension_months if which else term.months))
        cycle_start = start - (which - 1) * term.extension_months - term.months if which else start
    awards = [Award(start, end, which, 0, cycle_start, start - lead, ONE)]
    while awards[-1].start <= months or awards[-1].decision <= months:
        last = awards[-1]
        start = last.end
        if last.number < term.extensions:
            made = Award(
                start,
                start + term.extension_months,
                last.number + 1,
                last.cycle,
                last.cycle_start,
                start - lead,
                extension,
            )
        else:
            made = Award(start, start + term.months, 0, last.cycle + 1, start, start - lead, renewal)
        awards.append(made)
    return awards


class Certainty:
    """Stage 5: how far ahead the funding is decided."""

    def __init__(self, contract: Contract, plan: Plan, service: str) -> None:
        self.contract, self.plan, self.service = contract, plan, service
        self.awards = awards_of(contract, plan)
        self.months = plan.calendar.months

    @kept
    def own(self, month: int) -> int:
        """Return which award a month belongs to."""
        return next(index for index, award in enumerate(self.awards) if award.start <= month < award.end)

    @kept
    def undecided(self, month: int) -> bool:
        return self.awards[self.own(month)].decision > month + HALF

    @kept
    def last_decided(self, month: int) -> int:
        own = self.own(month)
        return max(index for index, award in enumerate(self.awards) if index == own or award.decision <= month + HALF)

    def award_end_ahead(self, month: int) -> Decimal:
        if self.undecided(month):
            return ZERO
        return self.awards[self.last_decided(month)].end - (month + HALF)

    @kept
    def reaches(self, month: int) -> list[tuple[Decimal, Decimal]]:
        """Return the chance and the length of every reach that the awards already decided may have."""
        if self.undecided(month):
            return [(ONE, ZERO)]
        own, last = self.own(month), self.last_decided(month)
        found, so_far = [], ONE
        for index in range(own, last + 1):
            further = self.awards[index + 1].chance if index < last else ZERO
            found.append((so_far * (1 - further), self.awards[index].end - (month + HALF)))
            so_far *= further
        return found

    def nearer_than(self, month: int, threshold: Decimal | None, at_most: Decimal | None = None) -> Decimal:
        """Return the mean of the flag that the reach, or the notice if that is shorter, is below a threshold."""
        if threshold is None:
            return ZERO
        return total(
            chance
            for chance, reach in self.reaches(month)
            if (reach if at_most is None else min(reach, at_most)) < threshold
        )

    @kept
    def insecure(self, month: int) -> Decimal:
        threshold = value_of(self.plan.scenario.assumptions.secure_months)
        plain = self.nearer_than(month, threshold)
        notice = self.contract.award.break_notice_months
        if notice is None:
            return plain
        # A blank credibility leaves the break clause without effect on staff.
        entered = value_of(self.contract.award.break_credibility)
        disregard = ONE if entered is None else entered
        return disregard * plain + (1 - disregard) * self.nearer_than(month, threshold, number(notice))

    @kept
    def frozen(self, month: int) -> Decimal:
        return self.nearer_than(month, self.plan.assumed(self.service, "freeze_months"))

    @kept
    def closed(self, month: int) -> Decimal:
        return self.nearer_than(month, self.plan.assumed(self.service, "close_intake_months"))

    # Stage 7: survival

    @kept
    def award_starting(self, boundary: int) -> Award | None:
        """Return the award after the first that starts at a boundary."""
        return next((award for award in self.awards[1:] if award.start == boundary), None)

    def can_break(self, boundary: int) -> bool:
        """Return whether a boundary is an anniversary inside an award with a break clause."""
        if self.contract.award.break_notice_months is None:
            return False
        return any(award.start < boundary < award.end and (boundary - award.start) % 12 == 0 for award in self.awards)

    @kept
    def boundaries(self) -> dict[int, Decimal]:
        """Return the boundaries at which the service may end, with the chance that it goes on."""
        chances = {}
        breaking = value_of(self.contract.award.break_probability) or ZERO
        for boundary in range(1, self.months + 1):
            award = self.award_starting(boundary)
            if award is not None:
                chances[boundary] = award.chance
            elif self.can_break(boundary):
                chances[boundary] = 1 - breaking
        return chances

    def survival(self, service_index: int, drawn: Draws | None) -> Series:
        chances = self.boundaries()
        path = [ONE]
        for boundary in range(1, self.months + 1):
            going_on = chances.get(boundary, ONE)
            if drawn is not None and boundary in chances and (service_index, boundary) in drawn:
                going_on = ONE if number(drawn[service_index, boundary]) < going_on else ZERO
            path.append(path[-1] * going_on)
        return path


@dataclass
class Vacancies:
    """Stage 6 for one part: shares of its heads, by month from its first; lists are as long as the horizon."""

    part: Part
    start: Series
    mean: Series
    end: Series
    leaving: Series
    filling: Series

    def leavers(self, month: int) -> Decimal:
        return self.part.heads * self.leaving[month] * (1 - self.mean[month])

    def hires(self, month: int) -> Decimal:
        return self.part.heads * self.filling[month] * self.mean[month]


def vacancies_of(part: Part, certainty: Certainty) -> Vacancies:
    plan, service, months = certainty.plan, certainty.service, certainty.months
    turnover, extra = plan.sure(service, "turnover"), plan.sure(service, "extra_turnover_when_insecure")
    to_fill = plan.sure(service, "months_to_fill")
    found = Vacancies(part, *([ZERO] * months for _ in range(5)))
    vacant = ONE
    if part.first == 0:
        entered = plan.assumed(service, "opening_vacancy")
        steady = ratio(turnover / TWELVE, turnover / TWELVE + 1 / to_fill)
        vacant = steady if entered is None else entered
    for month in range(part.first, part.last + 1):
        leaving = (turnover + extra * certainty.insecure(month)) / TWELVE
        filling = (1 - certainty.frozen(month)) / to_fill
        rate = leaving + filling
        found.start[month], found.leaving[month], found.filling[month] = vacant, leaving, filling
        if rate == 0:
            found.mean[month] = vacant
        else:
            steady, kept = leaving / rate, exponential(-rate)
            found.mean[month] = steady + (vacant - steady) * (1 - kept) / rate
            vacant = steady + (vacant - steady) * kept
        found.end[month] = vacant
    return found


@dataclass(frozen=True)
class Cohort:
    """Heads of a part with the same years of service and age at a boundary; both None without entered cohorts."""

    heads: Decimal
    years: int | None
    age: int | None


def statutory_weeks(years: int, age: int) -> Decimal:
    """Return the weeks of redundancy pay: by the age at which each of the last years of service began."""
    weeks = ZERO
    for back in range(1, min(years, 20) + 1):
        began = age - back
        if began < 22:
            weeks += HALF
        elif began >= 41:
            weeks += Decimal("1.5")
        else:
            weeks += ONE
    return weeks


def notice_weeks(post: Post, years: int | None) -> Decimal:
    contractual = number(post.contractual_notice_weeks)
    if years is None:
        return contractual
    return max(contractual, ONE if years < 2 else Decimal(min(years, 12)))


@dataclass
class Exposure:
    """What it would cost if the service ended at a boundary."""

    redundancy: Decimal
    notice: Decimal
    pension_cessation: Decimal
    exit_lines: Decimal

    @property
    def total(self) -> Decimal:
        return self.redundancy + self.notice + self.pension_cessation + self.exit_lines


class Course:
    """One service under one contract: stages 5 to 8."""

    def __init__(self, contract: Contract, plan: Plan, service: str) -> None:
        self.contract, self.plan, self.service = contract, plan, service
        self.months = range(plan.calendar.months)
        self.certainty = Certainty(contract, plan, service)
        self.staff = [vacancies_of(part, self.certainty) for part in plan.parts() if part.owner == service]
        self.all_in = plan.all_in(service)
        self.cover_share = plan.sure(service, "cover_share")
        self.cover_premium = plan.sure(service, "cover_premium")

    @kept
    def staffed(self, month: int) -> list[Vacancies]:
        return [vacancies for vacancies in self.staff if vacancies.part.there(month)]

    # Stage 6: money

    @kept
    def pay_not_spent(self, month: int, *, eligible_only: bool = False) -> Decimal:
        if self.all_in:
            return ZERO
        return total(
            found.part.heads * self.plan.pay_of(found.part.post, month) * found.mean[month]
            for found in self.staffed(month)
            if found.part.post.eligible or not eligible_only
        )

    @kept
    def cover(self, month: int, *, eligible_only: bool = False) -> Decimal:
        unspent = self.pay_not_spent(month, eligible_only=eligible_only)
        return unspent * self.cover_share * (1 + self.cover_premium)

    @kept
    def recruitment(self, month: int) -> Decimal:
        index = self.plan.economy.index("cpi", self.plan.calendar.year(month))
        return index * total(
            found.hires(month) * self.plan.cost_per_hire(self.service, found.part.post) for found in self.staffed(month)
        )

    def induction_loss(self, found: Vacancies, month: int) -> Decimal:
        length = self.plan.assumed(self.service, "induction_months")
        productivity = self.plan.assumed(self.service, "induction_productivity")
        if length is None or productivity is None:
            return ZERO
        lost = ZERO
        for lag in range(1, month - found.part.first + 1):
            share = min(max(length - (lag - 1), ZERO), ONE)
            hired = month - lag
            lost += share * found.filling[hired] * found.mean[hired]
        return (1 - productivity) * lost

    # Stage 7: exposure

    def cohorts(self, found: Vacancies, boundary: int) -> list[Cohort]:
        """Return who is in a part at a boundary, by completed years of service and age."""
        part, post = found.part, found.part.post
        if not post.heads:
            return [Cohort(part.heads * (1 - found.end[boundary - 1]), None, None)]
        staying = ONE
        made: list[Cohort] = []
        entered = total(number(cohort.heads) for cohort in post.heads)
        mean = total(number(cohort.heads) * cohort.age for cohort in post.heads) / entered
        mean_age = int(mean.to_integral_value(ROUND_HALF_UP))
        for month in range(boundary - 1, part.first - 1, -1):
            leaving = exponential(-found.leaving[month])
            new = (1 - found.end[month]) - (1 - found.start[month]) * leaving
            years = (boundary - month - 1) // 12
            made.append(Cohort(part.heads * new * staying, years, mean_age + years))
            staying *= leaving
        if part.first == 0:
            filled = part.heads * (1 - found.start[0])
            years = boundary // 12
            made += [
                Cohort(
                    filled * number(cohort.heads) / entered * staying,
                    cohort.years_of_service + years,
                    cohort.age + years,
                )
                for cohort in post.heads
            ]
        return made

    @kept
    def weeks_between(self, boundary: int) -> Decimal:
        """Return the weeks between the decision that the service ends and its end."""
        if self.certainty.award_starting(boundary) is not None:
            return max(ZERO, number(self.contract.award.lead_months)) * WEEKS_A_MONTH
        return number(self.contract.award.break_notice_months or 0) * WEEKS_A_MONTH

    @kept
    def exposure(self, boundary: int) -> Exposure:
        plan, month = self.plan, boundary - 1
        year = plan.calendar.year(month)
        cap = plan.statutory(WEEK_PAY_CAPS[plan.organisation.jurisdiction], month, year)
        between = self.weeks_between(boundary)
        redundancy, notice = ZERO, ZERO
        for found in self.staffed(month):
            post = found.part.post
            gross, pay = plan.gross_and_pay(post, month, year, year)
            week = gross * TWELVE * WEEK_OF_A_YEAR
            if post.redundancy.capped:
                week = min(week, cap)
            for cohort in self.cohorts(found, boundary):
                due = max(ZERO, notice_weeks(post, cohort.years) - between)
                notice += cohort.heads * due * pay * TWELVE * WEEK_OF_A_YEAR
                if cohort.years is None or cohort.age is None or cohort.years < post.redundancy.minimum_years:
                    continue
                weeks = number(post.redundancy.multiple) * statutory_weeks(cohort.years, cohort.age)
                redundancy += cohort.heads * weeks * week
        return Exposure(
            redundancy,
            notice,
            plan.sure(self.service, "pension_cessation_exposure"),
            plan.exit_lines(self.service, year),
        )

    @kept
    def stranded(self, month: int) -> Decimal:
        plan = self.plan
        general = plan.sure("", "stranded_months")
        cost = ZERO
        for name, pool in plan.pools.items():
            shed = pool.shed_after_months
            cost += plan.overhead_from(name, self.service, month) * (general if shed is None else number(shed))
        return cost

    def months_unpaid(self, boundary: int) -> Decimal:
        award = self.contract.award
        if self.certainty.award_starting(boundary) is None or not award.continued_at_risk:
            return ZERO
        return max(ZERO, -number(award.lead_months))

    @kept
    def loss(self, boundary: int) -> Decimal:
        """Return what losing the service at a boundary costs."""
        month = boundary - 1
        exposed = self.exposure(boundary)
        running = (
            self.plan.cost_now(self.service, month).direct
            + self.plan.overhead(self.service, month)
            - self.pay_not_spent(month)
            + self.cover(month)
            + self.lines_change(month)
        )
        return (
            (exposed.redundancy + exposed.notice) * (1 - self.plan.sure(self.service, "redeployed"))
            + exposed.pension_cessation
            + exposed.exit_lines
            + self.months_unpaid(boundary) * running
            + self.stranded(month)
        )

    @kept
    def notices(self, boundary: int) -> Decimal:
        """Return the heads who must be given protective notice when an award ends at a boundary."""
        between = self.weeks_between(boundary)
        given = ZERO
        for found in self.staffed(boundary - 1):
            for cohort in self.cohorts(found, boundary):
                if max(ONE, notice_weeks(found.part.post, cohort.years)) > between:
                    given += cohort.heads
        return given

    # Stage 8: delivery

    def pausing(self, month: int) -> Decimal:
        """Return the share of delivery that pauses in a month."""
        if not self.certainty.undecided(month):
            return ZERO
        return self.plan.sure(self.service, "pause_share") if self.contract.award.continued_at_risk else ONE

    @kept
    def capacities(self) -> tuple[Series, Series, Series, Series]:
        """Return capacity as planned, less vacancies, less induction too, and less pauses too."""
        people = self.plan.services[self.service].people
        caseload = ZERO if people is None else number(people.caseload_per_fte)
        planned, staffed, working, open_to_work = [], [], [], []
        for month in self.months:
            here = self.staffed(month)
            fte = total(found.part.delivery_fte for found in here)
            empty = total(found.part.delivery_fte * found.mean[month] * (1 - self.cover_share) for found in here)
            learning = total(found.part.delivery_fte * self.induction_loss(found, month) for found in here)
            planned.append(caseload * fte)
            staffed.append(caseload * max(ZERO, fte - empty))
            working.append(caseload * max(ZERO, fte - empty - learning))
            open_to_work.append(working[-1] * (1 - self.pausing(month)))
        return planned, staffed, working, open_to_work

    def opened(self) -> Series:
        kept = self.plan.sure(self.service, "open_at_risk")
        return [1 - self.certainty.closed(month) * (1 - kept) for month in self.months]

    @kept
    def delivered(self) -> tuple[Run, Run]:
        """Return the run as it goes and the same with intake open."""
        people = self.plan.people(self.service)
        if people is None:
            nothing = Run(*([ZERO] * len(self.months) for _ in range(6)))
            return nothing, nothing
        capacity, referrals = self.capacities()[3], self.plan.referrals(self.service)
        return deliver(people, capacity, referrals, self.opened()), deliver(people, capacity, referrals)

    def line_change(self, line: Line, month: int) -> Decimal:
        """Return how far a line that follows delivery differs from the planned one in a month."""
        start = 0 if line.start is None else self.plan.calendar.index(line.start)
        if line.kind == "exit" or month < start or (line.end and month > self.plan.calendar.index(line.end)):
            return ZERO
        if line.per == "person_starting":
            units = self.delivered()[0].starts[month] - self.plan.planned_starts(self.service)[month]
        elif line.per == "delivery_fte":
            units = total(
                found.part.delivery_fte * (self.cover_share - 1) * found.mean[month] / TWELVE
                for found in self.staffed(month)
            )
        else:
            return ZERO
        return units * number(line.amount) * self.plan.line_index(line, self.plan.calendar.year(month))

    @kept
    def lines_change(self, month: int, *, eligible_only: bool = False, non_cash_only: bool = False) -> Decimal:
        return total(
            self.line_change(line, month)
            for line in self.plan.services[self.service].lines
            if (line.eligible or not eligible_only) and not (line.cash and non_cash_only)
        )
