"""Open book: what a commissioner is shown without pay that could be put down to a person: roles in bands of pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from funding_model.questions.compare import Comparison
from funding_model.questions.entered import post_costs
from funding_model.report.grids import Grid
from funding_model.report.words import pounds
from funding_model.scenario.changes import Change
from funding_model.scenario.costs import Post
from funding_model.scenario.organisation import Pool
from funding_model.scenario.services import Service

Document = Mapping[str, Any]
BAND: Final = 5_000.0
"""Width of a band of full-time pay, pounds a year."""
FEWEST: Final = 5
"""People of whom a staff cost may be shown: that of fewer says what one of them earns."""
WITHHELD: Final = "Withheld"
OF_PEOPLE: Final = (
    "salary", "pay_point", "steps_left", "increment", "heads", "redundancy", "contractual_notice_weeks", "age",
    "years_of_service",
)  # fmt: skip
"""Fields of a post that tell what the people in it earn, or who they are."""
STAFF_COST: Final = "Staff cost"
ABOUT: Final = (
    "This is the open-book report: pay is shown in bands, no post is costed by itself, and what tells the pay or age "
    "of people is withheld. In a service with few posts their pay can still be worked out from its cost: look at it "
    "before it leaves the organisation."
)


def tells_pay(change: Change) -> bool:
    """Return whether a change of an entry tells what somebody earns, or who they are."""
    return any(part in OF_PEOPLE for part in change.where.split("."))


def band(salary: float | None) -> str:
    """Return the band of a full-time salary: ``£25,000 to £29,999``."""
    if salary is None:
        return "pay not known"
    low = salary // BAND * BAND
    return f"{pounds(low)} to {pounds(low + BAND - 1)}"


def banded(document: Document, comparison: Comparison) -> dict[str, Any]:
    """Return a workforce plan whose posts carry a band in place of their pay."""
    known = _salaries(comparison)

    def role(record: Document) -> dict[str, Any]:
        pay = known.get((record["pay_point"], record["salary"]))
        return {**{key: value for key, value in record.items() if key != "post"},
                "service": f"{record['post']}, {band(pay)}"}  # fmt: skip

    contracts = [
        {**contract, "titles": [role(each) for each in contract["titles"]]} for contract in document["contracts"]
    ]
    return {**document, "contracts": contracts, "support_posts": [role(each) for each in document["support_posts"]]}


def _salaries(comparison: Comparison) -> dict[tuple[int | None, float | None], float]:
    """Return full-time salaries at the start by pay point and salary as entered."""
    scenario = comparison.scenario
    homes: tuple[Service | Pool, ...] = (*scenario.services, *scenario.organisation.pools)
    posts: list[Post] = [post for home in homes for post in home.posts]
    costs = post_costs(posts, scenario.organisation.first_month, scenario.assumptions)
    return {
        (post.pay_point, post.salary): cost.salary for post, cost in zip(posts, costs, strict=True) if cost is not None
    }


def withheld(grids: Sequence[Grid], document: Document) -> list[Grid]:
    """Return the tables of a workforce plan without staff costs that tell what a person earns."""
    few = any(
        0 < year["posts"] < FEWEST
        for contract in document["contracts"]
        for service in contract["services"]
        for year in service["years"]
    )
    return [_without_cost(grid) if _by_post(grid) or (few and grid.title.startswith("By service")) else grid
            for grid in grids]  # fmt: skip


def _by_post(grid: Grid) -> bool:
    return grid.title.startswith("By post") or "Post" in grid.columns


def _without_cost(grid: Grid) -> Grid:
    kept = [place for place, column in enumerate(grid.columns) if not column.startswith(STAFF_COST)]
    rows = [tuple(row[place] for place in kept) for row in grid.rows]
    return Grid(grid.title, tuple(grid.columns[place] for place in kept), rows, grid.texts)
