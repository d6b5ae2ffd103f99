"""Completeness: what a scenario still needs before its results can be read, and where it is entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from funding_model.problems import Problem
from funding_model.ui.entry.documents import Document, list_at, names_at, value_at


@dataclass(frozen=True)
class Need:
    """One thing that a scenario needs.

    Attributes:
        text: What it is.
        page: The page on which it is entered.
        done: Whether it is there.
        place: Where on that page, as the place of a problem; blank where that does not matter.
    """

    text: str
    page: str
    done: bool
    place: str = ""


def needs(document: Document, problems: Sequence[Problem]) -> tuple[Need, ...]:
    """Return everything that a scenario needs, in the order in which it is entered."""
    services = list_at(document, ("services",))
    posts = [post for service in services for post in list_at(service, ("posts",))]

    def sound(prefix: str) -> bool:
        return not any(problem.where.split(".")[0] == prefix for problem in problems)

    return (
        Need("The organisation’s name", "organisation", bool(value_at(document, ("organisation", "name")))),
        Need(
            "Cash and free reserves at the start",
            "organisation",
            all(
                value_at(document, ("organisation", name)) is not None
                for name in ("opening_cash", "opening_free_reserves")
            ),
        ),
        Need(
            "The support costs that services share",
            "organisation",
            bool(list_at(document, ("organisation", "pools"))) and sound("organisation"),
            "organisation.pools",
        ),
        Need("A service, with a name", "services", bool(services) and all(names_at(document, ("services",)))),
        Need(
            "A post or a cost for each service",
            "services",
            bool(services) and all(list_at(each, ("posts",)) or list_at(each, ("lines",)) for each in services),
            "services.1.posts",
        ),
        Need(
            "Hours and pay for each post",
            "services",
            bool(services)
            and all(post.get("fte") and (post.get("salary") or post.get("pay_point")) for post in posts)
            and sound("services"),
            "services.1.posts",
        ),
        Need(
            "People supported, in a service with a caseload",
            "services",
            bool(services) and all(each.get("people") for each in services),
        ),
        Need("A contract to look at", "contracts", bool(list_at(document, ("contracts",)))),
        Need("Contracts without a fault", "contracts", bool(list_at(document, ("contracts",))) and sound("contracts")),
    )


def page_of(problem: Problem) -> str:
    """Return the page on which a problem is put right."""
    first = problem.where.split(".")[0]
    pages = {"services": "services", "contracts": "contracts", "base": "contracts", "assumptions": "assumptions"}
    return pages.get(first, "organisation")
