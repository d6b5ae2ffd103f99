"""Results of one contract as plain numbers, in the shape of the JSON: money, families, staff, cash, public purse.

Numbers are floats, unrounded; None stands where a result does not apply or an entry that it needs is blank.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from funding_model.costing.arrays import Flags, Floats, after_month_0, total
from funding_model.costing.certainty import degree_below, insecurity
from funding_model.costing.ledgers import YearlyMoney
from funding_model.costing.timeline import BREAK, EXTENSION, NO_EVENT, RENEWAL
from funding_model.questions.compare import Comparison
from funding_model.questions.reserves import falls_short, reserves_record
from funding_model.questions.totals import STANDARD_SECURITY, Loss, losses
from funding_model.units import MONTHS_A_YEAR

Record: TypeAlias = dict[str, Any]
"""A result in the shape in which it is written as JSON."""
Number = TypeVar("Number", np.float64, np.int64, np.bool_)
COLUMNS: Final = (
    "full_cost", "fundable_cost", "price", "cost", "income", "surplus", "cost_of_terms", "pay_not_spent",
    "surplus_posts_filled",
)  # fmt: skip
"""The money columns, in pounds."""
EVENTS: Final = {RENEWAL: "renewal", EXTENSION: "extension", BREAK: "break"}
DURATIONS: Final = ("letters", "bids", "returns", "variations", "notices")


def of_case(array: NDArray[Number], case: int) -> NDArray[Number]:
    """Return one case of an array whose case axis may have length 1."""
    chosen: NDArray[Number] = array[case if len(array) > 1 else 0]
    return chosen


def ratio(numerator: float, denominator: float) -> float | None:
    """Divide; None when the denominator is nil."""
    return float(numerator / denominator) if denominator else None


def added(array: Floats) -> float:
    """Return the sum of an array with the axes (service, month or year), added up in the order of the totals."""
    return float(total(total(array, -1), 0))


def month_label(comparison: Comparison, month: int) -> str:
    """Return a month of the scenario such as ``2026-04``."""
    return f"{comparison.prepared.dates.day(month):%Y-%m}"


def money_record(columns: dict[str, float]) -> Record:
    """Return the money columns with the recovery rate."""
    record: Record = {name: float(columns[name]) for name in COLUMNS}
    record["recovery_rate"] = ratio(record["price"], record["full_cost"])
    return record


def yearly_columns(money: YearlyMoney, case: int) -> dict[str, Floats]:
    """Return every money column of a case: axes (service, year)."""
    return {name: of_case(getattr(money, name), case) for name in COLUMNS}


def years_records(comparison: Comparison, columns: dict[str, Floats]) -> list[Record]:
    """Return a record for each financial year of columns with the axis (year,)."""
    labels = comparison.prepared.dates.year_labels()
    return [
        {"year": label, **money_record({name: values[year] for name, values in columns.items()})}
        for year, label in enumerate(labels)
    ]


def families_record(comparison: Comparison, case: int, services: Flags) -> Record:
    """Return the families' results of the services chosen; None throughout when none of them supports people."""
    evaluation, people = comparison.evaluation, comparison.prepared.inputs.people
    chosen = services & people.counted
    families = evaluation.families
    if not chosen.any():
        names = ("people_starting_support", "support_months", "waiting_at_end", "gave_up", "cut_off")
        return {**dict.fromkeys(names), "weeks_lost": {}, "cost_per_person": None, "cost_per_place": None}

    def whole(array: Floats) -> float:
        return added(of_case(array, case)[chosen])

    cost = whole(evaluation.money.cost)
    starting = whole(families.starting)
    places = whole(evaluation.delivery.planned_capacity) / MONTHS_A_YEAR
    return {
        "people_starting_support": starting,
        "support_months": whole(families.support_months),
        "weeks_lost": {cause: whole(weeks) for cause, weeks in families.weeks_lost.items()},
        "waiting_at_end": float(total(of_case(families.waiting, case)[chosen, -1], 0)),
        "gave_up": whole(families.gave_up),
        "cut_off": whole(families.cut_off),
        "cost_per_person": ratio(cost, starting),
        "cost_per_place": ratio(cost, places),
    }


def secure_share(comparison: Comparison, case: int, insecure: Floats) -> float | None:
    """Return the share of post-months that are secure, weighted by survival; None when there are no posts."""
    heads = of_case(comparison.evaluation.jobs.heads, case)
    return ratio(float((heads * (1 - of_case(insecure, case))).sum()), float(heads.sum()))


def share_at(comparison: Comparison, case: int, months: float) -> float | None:
    """Return the share of post-months that would be secure at a number of months, the break clause as entered."""
    award = comparison.terms.award
    return secure_share(comparison, case, insecurity(award, _threshold(comparison, months)))


def _threshold(comparison: Comparison, months: float) -> Floats:
    return np.full((1, len(comparison.scenario.services)), float(months))


def staff_record(comparison: Comparison, case: int) -> Record:
    """Return the staff's results."""
    jobs, award = comparison.evaluation.jobs, comparison.terms.award
    entered = comparison.scenario.assumptions.secure_months
    blank = entered is None or entered.value is None
    at = []
    for months in STANDARD_SECURITY:
        threshold = _threshold(comparison, months)
        at.append(
            {
                "months": months,
                "break_clause_counted": secure_share(
                    comparison, case, degree_below(award, threshold, award.break_notice)
                ),
                "break_clause_disregarded": secure_share(comparison, case, degree_below(award, threshold)),
            }
        )
    return {
        "secure_post_months_share": (
            None if blank else secure_share(comparison, case, comparison.evaluation.certainty.insecure)
        ),
        "secure_post_months_share_at": at,
        "post_months": added(of_case(jobs.heads, case)),
        **{name: added(of_case(getattr(jobs, name), case)) for name in ("leavers", "hires", "growth_hires", "notices")},
        "empty_post_months": added(of_case(jobs.vacant, case)),
    }


def cash_record(comparison: Comparison, case: int) -> Record:
    """Return cash if everything continues, and at its lowest if one service is lost at a date at which it may be."""
    evaluation, organisation = comparison.evaluation, comparison.scenario.organisation
    balance = of_case(evaluation.cash.balance, case)
    below = np.flatnonzero(falls_short(balance, organisation.minimum_cash))
    lost = losses(evaluation, comparison.prepared.inputs, comparison.terms, case)
    worst = min(lost, key=lambda loss: loss.lowest) if lost else None
    rate = organisation.borrowing_rate
    waiting, prompt = (
        None if rate is None else added(of_case(array, case))
        for array in (evaluation.waiting_for_money, evaluation.waiting_if_prompt)
    )
    return {
        "lowest": float(balance.min()),
        "lowest_month": month_label(comparison, int(balance.argmin())),
        "first_month_below_minimum": month_label(comparison, int(below[0])) if len(below) else None,
        "lowest_if_lost": None if worst is None else worst.lowest,
        "lowest_if_lost_service": None if worst is None else comparison.scenario.services[worst.service].name,
        "lowest_if_lost_last_month": None if worst is None else month_label(comparison, worst.boundary - 1),
        "if_lost": [_loss_record(comparison, loss) for loss in lost],
        "opening_entered": organisation.opening_cash is not None,
        "minimum": organisation.minimum_cash,
        "closing": float(balance[-1]),
        "owed_by_funder_at_end": float(of_case(evaluation.cash.debtors, case)[:, -1].sum()),
        "overdraft_interest": None if rate is None else float(total(of_case(evaluation.cash.interest, case), 0)),
        "notional_financing": waiting,
        "notional_financing_of_late_decisions": None if waiting is None or prompt is None else waiting - prompt,
        "reserves": reserves_record(comparison, case),
    }


def _loss_record(comparison: Comparison, loss: Loss) -> Record:
    return {
        "service": comparison.scenario.services[loss.service].name,
        "last_month": month_label(comparison, loss.boundary - 1),
        "lowest": loss.lowest,
    }


def purse_record(comparison: Comparison, case: int) -> Record:
    """Return the public purse's results; regret is beside the total."""
    purse, totals = comparison.evaluation.purse, comparison.totals
    known = of_case(comparison.terms.scrutiny.regret_known, case)
    return {
        "paid": float(totals.paid[case]),
        "administration": float(totals.administration[case]),
        "competition_saving": added(of_case(purse.competition_saving, case)),
        "total": float(totals.purse_total[case]),
        "present_value_real": float(totals.purse_present_value[case]),
        "regret": added(of_case(purse.regret, case)) if bool(known.all()) else None,
    }


def hours_record(comparison: Comparison, case: int) -> Record:
    """Return the hours on the terms of both sides, weighted by survival, and what the provider's are worth."""
    evaluation, award = comparison.evaluation, comparison.terms.award
    effort, scrutiny = comparison.prepared.inputs.effort, comparison.terms.scrutiny
    path = of_case(evaluation.provider.survival, case)
    going_on, before = path[:, :-1], after_month_0(path)
    weight = {name: before if name in ("letters", "bids") else going_on for name in DURATIONS}
    hours = {name: weight[name] * of_case(getattr(evaluation.terms_cost.hours, name), case) for name in DURATIONS}
    value = of_case(evaluation.terms_cost.hour_value, case)
    funder = {
        "letters": before * effort.letter_funder[0] * of_case(award.letters, case),
        "bids": before * effort.bid_funder[0] * of_case(award.bids, case),
        "returns": going_on * _monthly(scrutiny.returns * scrutiny.return_hours_funder, case),
        "variations": going_on * _monthly(scrutiny.chance_of_change * effort.variation_funder[0], case),
    }
    return {
        "provider": {name: float(values.sum()) for name, values in hours.items()},
        "provider_value": float(sum((values * value).sum() for values in hours.values())),
        "bought_in": effort.bought_in,
        "funder": {name: float(values.sum()) for name, values in funder.items()},
    }


def _monthly(yearly: Floats, case: int) -> Floats:
    spread: Floats = of_case(yearly, case)[:, None] / MONTHS_A_YEAR
    return spread


def gap_records(comparison: Comparison, case: int) -> list[Record]:
    """Return the steps from full cost to surplus of all services, by financial year."""
    steps = {name: total(of_case(step, case), 0) for name, step in comparison.evaluation.gap.steps.items()}
    return [
        {"year": label, **{name: float(values[year]) for name, values in steps.items()}}
        for year, label in enumerate(comparison.prepared.dates.year_labels())
    ]


def month_records(comparison: Comparison, case: int) -> list[Record]:
    """Return cash and free reserves at each month's end, if everything continues."""
    cash = comparison.evaluation.cash
    balance, reserves = of_case(cash.balance, case), of_case(cash.free_reserves, case)
    return [
        {
            "month": month_label(comparison, month),
            "cash": float(balance[month]),
            "free_reserves": float(reserves[month]),
        }
        for month in range(len(balance))
    ]


def exposure_records(comparison: Comparison, case: int) -> list[Record]:
    """Return what the end of each service would cost at each date at which it may end, whatever its chance."""
    exposures, provider = comparison.evaluation.exposures, comparison.evaluation.provider
    event, path = of_case(comparison.terms.award.event, case), of_case(provider.survival, case)
    names = (
        "redundancy", "notice", "pension_cessation", "exit_lines", "unpaid_months", "stranded_overhead", "total",
        "cost_if_lost",
    )  # fmt: skip
    amounts = {name: of_case(getattr(exposures, name), case) for name in names}
    return [
        {
            "service": comparison.scenario.services[service].name,
            "last_month": month_label(comparison, boundary - 1),
            "event": EVENTS[int(event[service, boundary])],
            "chance_of_loss": float(path[service, boundary - 1] - path[service, boundary]),
            **{name: float(values[service, boundary]) + 0.0 for name, values in amounts.items()},  # no minus nought
        }
        for service, boundary in np.argwhere(event != NO_EVENT).tolist()
    ]
