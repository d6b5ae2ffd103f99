"""Workforce: posts, people in post, hires and pay by financial year, service and post.

Posts, FTE and pay are those of the plan, with every post filled, and the same for every contract. Who leaves, who is
hired and which posts stand empty follow from the contract, and count each month by the chance that the service goes
on. All of it comes from the engine's own stages: a part of a post is costed as an owner by itself.

Growth hires fill posts added later, beyond the leavers of those posts; replacement hires are the others. The recruits
that a plan needs in a year are its hires; the supply, where one is entered, is set beside them and limits nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import numpy as np

from funding_model.costing.actual import cover_rate, empty_pay
from funding_model.costing.arrays import Floats, months_first, year_sums
from funding_model.costing.direct import StaffCost, cost_staff
from funding_model.costing.inputs import Parts
from funding_model.costing.pay import PayPerHead
from funding_model.questions.compare import Comparison
from funding_model.questions.notes.note import Note
from funding_model.questions.prepare.behaviour import value_of
from funding_model.questions.prepare.staffing import Staffed
from funding_model.questions.results import of_case
from funding_model.questions.sheet import about, notes_of
from funding_model.reference.defaults import assumption_default
from funding_model.units import MONTHS_A_YEAR

POSTS, FTE, POUNDS = "posts", "FTE", "pounds"
PLANNED: Final = {
    "posts": ("Posts, mean over the year", POSTS),
    "posts_at_end": ("Posts at the year's end", POSTS),
    "fte": ("FTE of the posts, mean over the year", FTE),
    "gross_pay": ("Gross pay", POUNDS),
    "national_insurance": ("Employer's National Insurance", POUNDS),
    "pension": ("Employer's pension contributions", POUNDS),
    "other_on_costs": ("Deficit contributions and other on-costs", POUNDS),
    "absence_cover": ("Absence cover", POUNDS),
    "staff_cost": ("Staff cost with every post filled", POUNDS),
}
"""Label and unit of the measures of the plan."""
OF_THE_CONTRACT: Final = {
    "in_post": ("People in post, mean over the year", POSTS),
    "vacancies": ("Empty posts, mean over the year", POSTS),
    "leavers": ("Leavers", POSTS),
    "hires": ("Hires", POSTS),
    "growth_hires": ("Hires for growth", POSTS),
    "replacement_hires": ("Hires to replace leavers", POSTS),
    "pay_not_spent": ("Pay not spent on empty posts", POUNDS),
    "cover": ("Cover for empty posts", POUNDS),
}
"""Label and unit of the measures that follow from the contract."""
MEASURES: Final = PLANNED | OF_THE_CONTRACT
PAY: Final = ("gross_pay", "national_insurance", "pension", "other_on_costs", "absence_cover")
"""The parts of the staff cost."""
SUPPLY: Final = "supply_of_recruits"
HEADINGS: Final = ("scenario", "contract", "owner", "post", "pay_point", "salary", "year", "measure", "value", "unit")

ByYear: TypeAlias = dict[str, Floats]
"""Each measure of every part of a post: axes (part, year)."""
Record: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Grade:
    """A job's title, with the pay point or the full-time salary at which it was entered."""

    post: str
    pay_point: int | None
    salary: float | None


def workforce(comparison: Comparison) -> Record:
    """Return the workforce plan of every contract compared, in the shape in which it is written as JSON."""
    scenario, inputs, full = comparison.scenario, comparison.prepared.inputs, comparison.evaluation.planned.full
    prepared = comparison.prepared
    services = [service.name for service in scenario.services]
    pools = [pool.name for pool in scenario.organisation.pools]
    staff, support = inputs.staff, inputs.support
    planned = _planned(comparison, staff, full.services.heads_cost, inputs.behaviour.cover_premium[:, staff.owner])
    of_pools = _planned(comparison, support, full.support.heads_cost, inputs.behaviour.support_cover_premium)
    contracts = []
    for case, name in enumerate(comparison.contracts):
        found = planned | _of_the_contract(comparison, case)
        years = _years(comparison, found, np.ones(len(staff.owner), bool))
        contracts.append(
            {
                "name": name,
                "years": years,
                "services": _by_owner(comparison, found, staff, services, "service"),
                "posts": _by_post(comparison, found, staff, services, prepared.service_posts, "service"),
                "titles": _by_title(comparison, found, staff, prepared.service_posts),
                "recruits": _recruits(comparison, years),
            }
        )
    return {
        "scenario": scenario.name,
        "contracts": contracts,
        "support": _by_owner(comparison, of_pools, support, pools, "pool"),
        "support_posts": _by_post(comparison, of_pools, support, pools, prepared.support_posts, "pool"),
        "notes": notes_of(_notes(comparison)),
        **about(comparison),
    }


def apart(parts: Parts) -> Parts:
    """Return the same parts of posts, each an owner by itself: a grid of one layer with a column for each part."""
    each = np.arange(len(parts.owner))
    return replace(
        parts,
        owner=each,
        row=each,
        start=parts.start[parts.layer, parts.owner][None],
        active=parts.active[parts.layer, parts.owner][None],
        present_at_start=parts.present_at_start[parts.layer, parts.owner][None],
    )


def _cost(comparison: Comparison, parts: Parts, heads_cost: PayPerHead, premium: Floats) -> StaffCost:
    alone = apart(parts)
    return cost_staff(comparison.prepared.inputs, alone, heads_cost, alone.active, premium)


def _planned(comparison: Comparison, parts: Parts, heads_cost: PayPerHead, premium: Floats) -> ByYear:
    """Return the measures of the plan."""
    months = comparison.prepared.inputs.calendar.months_of_year
    active = apart(parts).active[0]
    posts = parts.heads[:, None] * active
    ends = np.cumsum(months) - 1
    cost = _cost(comparison, parts, heads_cost, premium)

    def paid(amounts: Floats) -> Floats:
        each = replace(heads_cost, pay_of_alike=amounts, kind=np.arange(len(parts.owner)))
        return year_sums(_cost(comparison, parts, each, premium).pay.summed()[0], months)

    return {
        "posts": year_sums(posts, months) / months,
        "posts_at_end": posts[:, ends],
        "fte": year_sums(posts * parts.fte[:, None], months) / months,
        "gross_pay": paid(heads_cost.gross),
        "national_insurance": paid(heads_cost.nic),
        "pension": paid(heads_cost.pension),
        "other_on_costs": paid(heads_cost.other),
        "absence_cover": year_sums(cost.absence[0], months),
        "staff_cost": year_sums((cost.pay.summed() + cost.absence)[0], months),
    }


def _of_the_contract(comparison: Comparison, case: int) -> ByYear:
    """Return the measures that follow from a contract, each month weighted by the chance that the service goes on."""
    evaluation, inputs = comparison.evaluation, comparison.prepared.inputs
    parts, staffing, behaviour = inputs.staff, evaluation.staffing, inputs.behaviour
    months = inputs.calendar.months_of_year
    going_on = of_case(evaluation.provider.survival, case)[parts.owner, :-1]
    posts = parts.heads[:, None] * apart(parts).active[0]

    def of_part(rows: Floats) -> Floats:
        picked: Floats = of_case(rows, case)[parts.layer, parts.owner]
        return picked

    def summed(monthly: Floats) -> Floats:
        return year_sums(going_on * monthly, months)

    empty = of_part(staffing.vacant_mean)
    leavers, hires = posts * of_part(staffing.leavers), posts * of_part(staffing.hires)
    later = ~apart(parts).present_at_start.T
    cost = _cost(
        comparison, parts, evaluation.planned.full.services.heads_cost, behaviour.cover_premium[:, parts.owner]
    )
    saved = empty_pay(cost.pay, months_first(empty[None, None]), behaviour.all_in[:, parts.owner])[0]
    return {
        "in_post": summed(posts * (1 - empty)) / months,
        "vacancies": summed(posts * empty) / months,
        "leavers": summed(leavers),
        "hires": summed(hires),
        "growth_hires": summed((hires - leavers) * later),
        "replacement_hires": summed(np.where(later, leavers, hires)),
        "pay_not_spent": summed(saved),
        "cover": summed(saved * cover_rate(behaviour)[0, parts.owner][:, None]),
    }


def _years(comparison: Comparison, found: ByYear, chosen: Floats) -> list[Record]:
    sums = {name: values[chosen].sum(axis=0) for name, values in found.items()}
    return [
        {"year": label, **{name: float(values[year]) for name, values in sums.items()}}
        for year, label in enumerate(comparison.prepared.dates.year_labels())
    ]


def _by_owner(comparison: Comparison, found: ByYear, parts: Parts, names: Sequence[str], key: str) -> list[Record]:
    return [
        {key: name, "years": _years(comparison, found, parts.owner == owner)}
        for owner, name in enumerate(names)
        if (parts.owner == owner).any()
    ]


def _grade(staffed: Staffed) -> Grade:
    post = staffed.post
    return Grade(post.name, post.pay_point, post.salary)


def _grouped(comparison: Comparison, found: ByYear, keys: Sequence[Hashable]) -> dict[Hashable, list[Record]]:
    """Return years for each distinct key of the parts, in the order in which the keys are first met."""
    return {
        key: _years(comparison, found, np.array([each == key for each in keys], bool)) for key in dict.fromkeys(keys)
    }


def _by_post(
    comparison: Comparison, found: ByYear, parts: Parts, names: Sequence[str], posts: Sequence[Staffed], key: str
) -> list[Record]:
    grades = [_grade(each) for each in posts]
    keys = [(int(owner), grades[post]) for owner, post in zip(parts.owner, parts.post, strict=True)]
    order = sorted(set(keys), key=lambda each: (each[0], grades.index(each[1])))
    years = _grouped(comparison, found, keys)
    return [{key: names[owner], **vars(grade), "years": years[owner, grade]} for owner, grade in order]


def _by_title(comparison: Comparison, found: ByYear, parts: Parts, posts: Sequence[Staffed]) -> list[Record]:
    grades = [_grade(each) for each in posts]
    keys = [grades[post] for post in parts.post]
    years = _grouped(comparison, found, keys)
    return [{**vars(grade), "years": years[grade]} for grade in sorted(set(keys), key=grades.index)]


def _recruits(comparison: Comparison, years: Sequence[Record]) -> list[Record]:
    """Return the recruits needed beside the supply; None where no supply is entered."""
    supply = value_of(comparison.scenario, SUPPLY)
    months = comparison.prepared.inputs.calendar.months_of_year.tolist()
    records = []
    for record, share in zip(years, months, strict=True):
        offered = None if supply is None else supply * share / MONTHS_A_YEAR
        short = None if offered is None else max(0.0, record["hires"] - offered)
        records.append({"year": record["year"], "needed": record["hires"], "supply": offered, "short": short})
    return records


def _notes(comparison: Comparison) -> list[Note]:
    scenario = comparison.scenario
    notes = []
    if value_of(scenario, SUPPLY) is None:
        notes.append(Note("recruits", assumption_default(SUPPLY).off_message))
    else:
        notes.append(
            Note(
                "recruits",
                "The supply is set beside the hires and limits none of them: where it is short, posts would stand "
                "empty for longer than the months to fill say.",
            )
        )
    if comparison.prepared.inputs.support.owner.size:
        notes.append(
            Note("support pools", "Leavers, hires and empty posts are worked out for services only, not for support.")
        )
    if not comparison.prepared.inputs.staff.owner.size:
        notes.append(Note("all services", "No posts are entered, so there is no workforce to plan."))
    return notes


def workforce_rows(document: Record) -> list[tuple[str | float | None, ...]]:
    """Return a workforce plan as the rows of one table; a blank owner stands for all services."""
    rows: list[tuple[str | float | None, ...]] = []

    def add(contract: str, owner: str, record: Record, years: Sequence[Record]) -> None:
        grade = (record.get("post", ""), record.get("pay_point"), record.get("salary"))
        for year in years:
            for measure, value in year.items():
                if measure != "year" and value is not None:
                    unit = MEASURES[measure][1] if measure in MEASURES else "people"
                    rows.append((document["scenario"], contract, owner, *grade, year["year"], measure, value, unit))

    for contract in document["contracts"]:
        add(contract["name"], "", {}, contract["years"])
        recruits = [
            {"year": each["year"], **{f"recruits_{name}": each[name] for name in ("needed", "supply", "short")}}
            for each in contract["recruits"]
        ]
        add(contract["name"], "", {}, recruits)
        for each in (*contract["services"], *contract["posts"]):
            add(contract["name"], each["service"], each, each["years"])
        for each in contract["titles"]:
            add(contract["name"], "", each, each["years"])
    for each in (*document["support"], *document["support_posts"]):
        add("", each["pool"], each, each["years"])
    return rows
