"""Stage 2 of the method, first part: what is assumed, the size of each service, and the parts of posts.

Every amount of the plan is a month's unless its name says ``year``. ``prices`` is the financial year whose prices are
used. A stage is a class that goes on from the one before: posts, pay, costs, and the whole plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from funding_model.scenario.costs import Post
from funding_model.scenario.organisation import Pool
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import Service
from tests.slow_reference.figures import ONE, ZERO, Calendar, Economy, kept, month_number, number, total, value_of

DEFAULTS = {
    "turnover": Decimal("0.18"),
    "extra_turnover_when_insecure": ZERO,
    "months_to_fill": Decimal("1.4"),
    "open_at_risk": ONE,
    "pause_share": ZERO,
    "cover_share": ZERO,
    "cover_premium": ZERO,
    "cost_per_hire": Decimal(1500),
    "cost_per_hire_senior": Decimal(3000),
    "redeployed": ZERO,
    "stranded_months": ZERO,
    "gives_up_a_month": ZERO,
    "discount_rate": Decimal("0.035"),
}
"""Table 4.1 of the specification; what is not here is off while it is blank."""


@dataclass(frozen=True)
class Part:
    """Heads of one post that belong to one owner from a first to a last month."""

    post: Post
    owner: str
    heads: Decimal
    first: int
    last: int

    def there(self, month: int) -> bool:
        return self.first <= month <= self.last

    @property
    def fte(self) -> Decimal:
        return self.heads * number(self.post.fte)

    @property
    def delivery_fte(self) -> Decimal:
        return self.fte * number(self.post.delivery_share)


class Posts:
    """Who is planned to work where and when."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.organisation = scenario.organisation
        self.calendar = Calendar(month_number(self.organisation.first_month), 12 * scenario.horizon_years)
        given = scenario.assumptions
        self.economy = Economy(
            self.calendar, {"pay": given.pay_award, "cpi": given.cpi, "deflator": given.gdp_deflator}
        )
        self.services = {service.name: service for service in scenario.services}
        self.pools = {pool.name: pool for pool in self.organisation.pools}
        self.activities = {activity.name: activity for activity in self.organisation.other_activities}

    # Assumptions

    @kept
    def assumed(self, owner: str, name: str) -> Decimal | None:
        """Return a service's assumption, else the organisation's, else the published default, else None."""
        own = value_of(getattr(self.services[owner].assumptions, name, None)) if owner in self.services else None
        if own is not None:
            return own
        general = value_of(getattr(self.scenario.assumptions, name))
        return DEFAULTS.get(name) if general is None else general

    def sure(self, owner: str, name: str) -> Decimal:
        """Return an assumption that has a default, or nothing where it is blank."""
        value = self.assumed(owner, name)
        return ZERO if value is None else value

    def all_in(self, owner: str) -> bool:
        own = self.services[owner].assumptions.cost_per_hire_all_in
        return bool(self.scenario.assumptions.cost_per_hire_all_in if own is None else own)

    def cost_per_hire(self, owner: str, post: Post) -> Decimal:
        return self.sure(owner, "cost_per_hire_senior" if post.senior else "cost_per_hire")

    # Size and parts

    @kept
    def volume(self, owner: str, month: int, frozen_from: int | None = None) -> Decimal:
        """Return the size of a service in a month; from ``frozen_from`` on rises are left out and falls are not."""
        if frozen_from is not None and month >= frozen_from:
            return min(self.volume(owner, earlier) for earlier in range(frozen_from - 1, month + 1))
        size = ONE
        if owner in self.services:
            for change in self.services[owner].planned_changes:
                if self.calendar.index(change.start) <= month:
                    size = number(change.volume)
        return size

    @kept
    def parts(self, frozen_from: int | None = None) -> list[Part]:
        made: list[Part] = []
        units: list[Service | Pool] = [*self.scenario.services, *self.organisation.pools]
        for unit in units:
            for post in unit.posts:
                for owner, share in (post.time or {unit.name: 1.0}).items():
                    made += self.parts_of(post, owner, number(post.headcount) * number(share), frozen_from)
        return made

    def parts_of(self, post: Post, owner: str, heads: Decimal, frozen_from: int | None) -> list[Part]:
        """Return the layers of a post: a rise adds one, a fall ends the newest first."""
        first = 0 if post.start is None else max(0, self.calendar.index(post.start))
        end = self.calendar.months - 1
        last = end if post.end is None else min(end, self.calendar.index(post.end))
        if heads == 0 or (frozen_from is not None and first >= frozen_from):
            return []
        finished: list[tuple[Decimal, int, int]] = []
        layers: list[tuple[Decimal, int]] = []
        for month in range(first, last + 1):
            wanted = self.volume(owner, month, frozen_from)
            size = total(layer for layer, _ in layers)
            if wanted > size:
                layers.append((wanted - size, month))
            surplus = size - wanted
            while surplus > 0:
                layer, start = layers.pop()
                ended = min(layer, surplus)
                finished.append((ended, start, month - 1))
                surplus -= ended
                if layer > ended:
                    layers.append((layer - ended, start))
        finished += [(layer, start, last) for layer, start in layers]
        return [Part(post, owner, heads * layer, start, stop) for layer, start, stop in finished]

    @kept
    def delivery_fte(self, unit: str, month: int, frozen_from: int | None = None) -> Decimal:
        return total(part.delivery_fte for part in self.parts(frozen_from) if part.owner == unit and part.there(month))
