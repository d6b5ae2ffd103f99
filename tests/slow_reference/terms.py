"""Stage 10 of the method, first part: what the terms cost, and with them the cost and income of a month."""

from __future__ import annotations

from decimal import Decimal

from tests.slow_reference.course import Award
from tests.slow_reference.figures import TWELVE, ZERO, Series, kept, number, total, value_of
from tests.slow_reference.underspend import Underspend


class Terms(Underspend):
    """What the provider bears and earns, the work that the contract's terms make included."""

    # The work of the terms

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

    # Cost and income

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
