"""Waiting: early intervention, people reached, the waiting list and the mean wait, and what clearing it would take.

Mean wait by Little's law: ``people waiting at the month's end / people starting in the month``, in months. It is the
mean of a list that stays as it is: on a list that grows, those who join now wait longer, and those who give up make it
look shorter. It is blank in a month in which nobody starts.

Social value stands in a ledger of its own, and only where it was entered with its source and its limits: ``pounds x
attributable x people starting`` (or person-months given), weighted by survival, in pounds as entered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np

from funding_model.costing.arrays import Floats, total, year_sums
from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison
from funding_model.questions.notes.note import ALL_SERVICES, Note, named_out_of
from funding_model.questions.prepare.behaviour import value_of
from funding_model.questions.results import month_label, of_case, ratio
from funding_model.questions.sheet import about, notes_of
from funding_model.questions.tidy import Cell
from funding_model.questions.waiting.clearing import Cleared, clear, delivery_post
from funding_model.reference.defaults import assumption_default
from funding_model.scenario.explain_errors import nearest, quoted_names
from funding_model.scenario.fields import YEAR_MONTH_PATTERN
from funding_model.scenario.plain import shown

Record: TypeAlias = dict[str, Any]
EARLY: Final = "early_intervention_share"
SHARED: Final = (
    " A post that shares its time is taken on with its shares: what it costs and does for another service stands in "
    "that service's row."
)
"""Said where it is so."""
HEADINGS: Final = ("scenario", "contract", "service", "period", "measure", "value", "unit")
UNITS: Final = {
    "spend": "pounds",
    "early_intervention": "pounds",
    "share": "fraction",
    "people_starting_support": "people",
    "support_months": "person-months",
    "waiting": "people",
    "starting": "people",
    "referred": "people",
    "mean_wait": "months",
    "fte": "FTE",
    "heads": "posts",
    "waiting_without": "people",
    "waiting_with": "people",
    "more_starting": "people",
    "cost": "pounds",
    "overhead": "pounds",
    "value": "pounds",
}


def waiting(
    comparison: Comparison,
    clear_by: str | None = None,
    start: str | None = None,
    service: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Record:
    """Return what the waiting question answers for every contract compared, in the shape of the JSON.

    Args:
        comparison: The contracts.
        clear_by: Month at whose end the lists are to be clear; None does not ask.
        start: Month from which staff are taken on for it; None for the scenario's first.
        service: The service whose list is to be cleared; None for every one.
        progress: Is told the share of the contracts that is done.

    Raises:
        ProblemsError: A month or a service cannot be used.
    """
    _check(comparison, clear_by, start, service)
    scenario, dates = comparison.scenario, comparison.prepared.dates
    months = None if clear_by is None else (dates.index_of(start, 0), dates.index_of(clear_by, 0))
    contracts = []
    for case in range(len(comparison.contracts)):
        contracts.append(_contract(comparison, case, months, service))
        if progress is not None:
            progress((case + 1) / len(comparison.contracts))
    return {
        "scenario": scenario.name,
        "clear_by": clear_by,
        "from": None if months is None else month_label(comparison, months[0]),
        "contracts": contracts,
        "notes": notes_of(_notes(comparison, clear_by)),
        **about(comparison),
    }


def _contract(comparison: Comparison, case: int, months: tuple[int, int] | None, service: str | None) -> Record:
    counted = np.flatnonzero(comparison.prepared.inputs.people.counted).tolist()
    services = comparison.scenario.services
    wanted = [number for number in counted if service in (None, services[number].name)]
    staffed = [number for number in wanted if delivery_post(services[number]) is not None]
    return {
        "name": comparison.contracts[case],
        "early_intervention": _early(comparison, case),
        "reached": _reached(comparison, case) if counted else None,
        "months": _months(comparison, case, counted) if counted else None,
        "services": [
            {"service": services[number].name, "months": _months(comparison, case, [number])} for number in counted
        ],
        "clearing": None if months is None else [
            _clearing(comparison, each) for each in clear(comparison, case, staffed, *months)
        ],
        "social_value": _social_value(comparison, case),
    }  # fmt: skip


def _yearly(comparison: Comparison, monthly: Floats) -> Floats:
    return year_sums(monthly, comparison.prepared.inputs.calendar.months_of_year)


def _early(comparison: Comparison, case: int) -> Record | None:
    """Return spend on early intervention by year, of the services for which a share was entered; None where none is."""
    scenario = comparison.scenario
    shares = [value_of(scenario, EARLY, service) for service in scenario.services]
    entered = [number for number, share in enumerate(shares) if share is not None]
    if not entered:
        return None
    cost = of_case(comparison.evaluation.money.cost, case)
    spend = total(cost[entered], 0)
    weights = np.array([shares[number] for number in entered], float)
    early = total(cost[entered] * weights[:, None], 0)
    labels = comparison.prepared.dates.year_labels()
    return {
        "counted": [scenario.services[number].name for number in entered],
        "left_out": [each.name for number, each in enumerate(scenario.services) if number not in entered],
        "years": [
            {
                "year": label,
                "spend": float(spend[year]),
                "early_intervention": float(early[year]),
                "share": ratio(float(early[year]), float(spend[year])),
            }
            for year, label in enumerate(labels)
        ],
    }


def _reached(comparison: Comparison, case: int) -> list[Record]:
    """Return people reached by year, weighted by survival."""
    families = comparison.evaluation.families
    starting, given = (
        _yearly(comparison, total(of_case(array, case), 0)) for array in (families.starting, families.support_months)
    )
    return [
        {"year": label, "people_starting_support": float(starting[year]), "support_months": float(given[year])}
        for year, label in enumerate(comparison.prepared.dates.year_labels())
    ]


def _months(comparison: Comparison, case: int, services: Sequence[int]) -> list[Record]:
    """Return the list and the mean wait of some services by month, if they continue."""
    flow = comparison.evaluation.delivery.flow
    list_, starts = (total(of_case(array, case)[list(services)], 0) for array in (flow.waiting, flow.starts))
    referred = total(of_case(comparison.prepared.inputs.people.referrals, case)[list(services)], 0)
    return [
        {
            "month": month_label(comparison, month),
            "waiting": float(list_[month]),
            "starting": float(starts[month]),
            "referred": float(referred[month]),
            "mean_wait": ratio(float(list_[month]), float(starts[month])),
        }
        for month in range(len(list_))
    ]


def _clearing(comparison: Comparison, cleared: Cleared) -> Record:
    return {
        "service": comparison.scenario.services[cleared.service].name,
        "post": cleared.post,
        "possible": cleared.fte is not None,
        "fte": cleared.fte,
        "heads": cleared.heads,
        "most_fte_tried": cleared.most,
        "waiting_without": cleared.waiting_without,
        "waiting_with": cleared.waiting_with,
        "more_starting": cleared.starting,
        "cost": cleared.cost,
        "overhead": cleared.overhead,
    }


def _social_value(comparison: Comparison, case: int) -> list[Record] | None:
    """Return the ledger of social value; None where none is entered."""
    families = comparison.evaluation.families
    quantities = {"person_starting": families.starting, "person_month": families.support_months}
    labels = comparison.prepared.dates.year_labels()
    ledger = []
    for number, service in enumerate(comparison.scenario.services):
        for entry in service.social_value:
            people = _yearly(comparison, of_case(quantities[entry.per], case)[number])
            worth = entry.pounds * entry.attributable * people
            ledger.append(
                {
                    "service": service.name,
                    "name": entry.name,
                    "pounds": entry.pounds,
                    "per": entry.per,
                    "attributable": entry.attributable,
                    "source": entry.source,
                    "limits": entry.limits,
                    "value": float(worth.sum()),
                    "years": [
                        {"year": label, "quantity": float(people[year]), "value": float(worth[year])}
                        for year, label in enumerate(labels)
                    ],
                }
            )
    return ledger or None


def _check(comparison: Comparison, clear_by: str | None, start: str | None, service: str | None) -> None:
    problems = list(_problems(comparison, clear_by, start, service))
    if problems:
        raise ProblemsError(problems)


def _problems(
    comparison: Comparison, clear_by: str | None, start: str | None, service: str | None
) -> Iterator[Problem]:
    dates, services = comparison.prepared.dates, comparison.scenario.services
    last = dates.months - 1
    sound = True
    for where, month in (("clear by", clear_by), ("from", start)):
        if month is None:
            continue
        if not re.fullmatch(YEAR_MONTH_PATTERN, month):
            sound = False
            yield Problem(where, f"{shown(month)} is no month.", 'Write March 2028 as "2028-03".')
        elif not 0 <= dates.index_of(month, 0) <= last:
            sound = False
            message = f"{month} is outside the scenario, which goes from {dates.label(0)} to {dates.label(last)}."
            yield Problem(where, message, "Choose a month within it.")
    if clear_by is None and (start is not None or service is not None):
        yield Problem("clear by", "is left out, so nothing is to be cleared.", "Say by which month.")
    elif sound and start is not None and clear_by is not None and start > clear_by:
        yield Problem("from", "is after the month by which the list is to be clear.", "Choose an earlier month.")
    with_people = [each.name for each in services if each.people is not None]
    if service is not None and service not in with_people:
        message = f"no service whose people are counted is called {shown(service)}{nearest(service, with_people)}"
        yield Problem("service", message, f"Choose from {quoted_names(with_people)}." if with_people else "")


def _notes(comparison: Comparison, clear_by: str | None) -> Iterator[Note]:
    scenario = comparison.scenario
    blank = [each.name for each in scenario.services if value_of(scenario, EARLY, each) is None]
    if blank:
        yield Note(named_out_of(blank, scenario.services, ALL_SERVICES), assumption_default(EARLY).off_message)
    uncounted = [each.name for each in scenario.services if each.people is None]
    if uncounted:
        yield Note(
            named_out_of(uncounted, scenario.services, ALL_SERVICES),
            "There is no waiting list and nobody is counted, because the people supported are not entered.",
        )
    if len(uncounted) < len(scenario.services):
        yield Note(
            "mean wait",
            "By Little's law: people waiting at the month's end over people starting in the month. It is the mean of a "
            "list that stays as it is: where the list grows, those who join now wait longer; those who give up make it "
            "look shorter. It is blank in a month in which nobody starts.",
        )
    if clear_by is not None:
        yield Note(
            "clearing the list",
            "Found through the model: the fewest more staff in the post with the most delivery time with whom fewer "
            "than half a person waits at the month's end. They start empty and are filled as the months to fill say "
            "(in the scenario's first month they are there from the start), and leave after that month. Who would pay "
            "is another question: change."
            + (SHARED if any(len(post.time) > 1 for post in map(delivery_post, scenario.services) if post) else ""),
        )
    if any(service.social_value for service in scenario.services):
        yield Note("social value", "It is a ledger of its own, added to no other, and no saving of the public purse.")
    else:
        yield Note("social value", "It is off: no value with its source and its limits is entered.")


def waiting_rows(document: Record) -> list[tuple[Cell, ...]]:
    """Return the answer as the rows of one table; a blank service or period stands for all."""
    rows: list[tuple[Cell, ...]] = []

    def add(contract: str, service: str, records: Sequence[Record], prefix: str = "") -> None:
        for record in records:
            period = record.get("year") or record.get("month") or ""
            for name, value in record.items():
                if name in UNITS and value is not None:
                    rows.append(
                        (document["scenario"], contract, service, period, f"{prefix}{name}", value, UNITS[name])
                    )

    for contract in document["contracts"]:
        name = contract["name"]
        add(name, "", (contract["early_intervention"] or {}).get("years", []))
        add(name, "", contract["reached"] or [])
        add(name, "", contract["months"] or [])
        for each in contract["services"]:
            add(name, each["service"], each["months"])
        for each in contract["clearing"] or []:
            add(name, each["service"], [each], "clearing_")
        for each in contract["social_value"] or []:
            add(name, each["service"], each["years"], "social_")
    return rows
