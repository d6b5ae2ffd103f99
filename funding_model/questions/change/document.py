"""Document: a change of need as plain data for JSON and CSV, described key by key in ``docs/json.md``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any, Final, TypeAlias

import numpy as np

from funding_model.costing.accounts import surviving
from funding_model.costing.arrays import Floats, sum_months, total
from funding_model.questions.change import Changed, contingency_shares
from funding_model.questions.change.asked import concerned, window
from funding_model.questions.change.prices import settled_months
from funding_model.questions.document import FAMILIES_RESULTS
from funding_model.questions.notes.note import Note
from funding_model.questions.prepare.behaviour import value_of
from funding_model.questions.results import month_label, of_case
from funding_model.questions.sheet import about, notes_of
from funding_model.questions.tidy import Cell
from funding_model.questions.totals import Totals
from funding_model.scenario.contracts import Contract

Record: TypeAlias = dict[str, Any]
PAYERS: Final = ("funder", "contingency", "provider")
HEADINGS: Final = ("scenario", "contract", "service", "month", "measure", "before", "after", "difference", "unit")


def as_document(changed: Changed) -> Record:
    """Return a change as plain data: numbers unrounded, None where something does not apply or is blank."""
    before = changed.before
    return {
        "scenario": before.scenario.name,
        "change": {name: value for name, value in asdict(changed.change).items() if name != "posts"}
        | {"posts": [asdict(added) for added in changed.change.posts]},
        "contracts": [_contract(changed, case) for case in range(len(before.contracts))],
        "checks_passed": changed.after.passed,
        "notes": notes_of(_notes(changed)),
        **about(before),
    }


def _contract(changed: Changed, case: int) -> Record:
    before = changed.before
    money = _money(changed, case)
    return {
        "name": before.contracts[case],
        "allows": _allows(changed, case),
        "who_pays": {name: float(values.sum()) for name, values in money.items()},
        "services": [
            {"service": service.name, **{name: float(values[number]) for name, values in money.items()}}
            for number, service in enumerate(before.scenario.services)
        ],
        "delivered": _delivered(changed, case),
        "variations": _variations(changed, case),
        "results": _results(changed, case),
        "months": _months(changed, case),
    }


def _whole(values: Floats, case: int) -> Floats:
    """Return a monthly array of one case summed over the months: axis (service,)."""
    return sum_months(of_case(values, case))


def _money(changed: Changed, case: int) -> dict[str, Floats]:
    """Return what the change costs each service and who pays it: axis (service,), pounds over the whole horizon."""
    old, new = changed.before.evaluation, changed.after.evaluation
    cost = _whole(new.provider.cost, case) - _whole(old.provider.cost, case)
    contingency = _whole(surviving(new.provider.survival, changed.agreed.contingency), case)
    paid = _whole(new.purse.paid, case) - _whole(old.purse.paid, case) - contingency
    moved = (new.planned.full.support.overhead[0] - old.planned.full.support.overhead[0]).sum(axis=-1)
    return {
        "cost": cost,
        "funder": paid,
        "contingency": contingency,
        "provider": cost - paid - contingency,
        "overhead": moved,
    }


def _distinct(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _allows(changed: Changed, case: int) -> Record:
    """Return what the terms say of a change, as the services concerned have them."""
    before, change = changed.before, changed.change
    chosen = concerned(change, before.scenario)
    versions: list[Contract] = [before.prepared.contracts[before.contracts[case]][number] for number in chosen]
    first, _ = window(change, before.prepared.dates)
    later = ~of_case(settled_months(before, first), case)[chosen]
    later[:, :first] = False
    months = np.flatnonzero(later.any(axis=0))
    return {
        "price_follows_from": month_label(before, int(months[0])) if len(months) else None,
        "new_award": _distinct([version.movement.new_award or "recosted" for version in versions]),
        "volume_follows": _distinct([version.movement.volume_follows for version in versions]),
        "basis": _distinct([version.payment.basis for version in versions]),
        "underspend": _distinct([version.payment.underspend for version in versions]),
        "contingency_share": _distinct([float(share) for share in contingency_shares(before)[case, chosen]]),
    }


def _delivered(changed: Changed, case: int) -> Record | None:
    """Return what the new need comes to, as if the services continue; None where no people are supported."""
    old, new = changed.before.evaluation.delivery.flow, changed.after.evaluation.delivery.flow
    counted = changed.before.prepared.inputs.people.counted
    if not counted.any():
        return None

    def more(name: str) -> float:
        values = of_case(getattr(new, name), case) - of_case(getattr(old, name), case)
        return float(total(sum_months(values), 0))

    waiting = of_case(new.waiting, case)[:, -1] - of_case(old.waiting, case)[:, -1]
    return {
        "referred": float(of_case(changed.need.referred, case).sum()),
        "starting": more("starts"),
        "support_months": more("given"),
        "gave_up": more("gave_up"),
        "waiting_at_end": float(waiting.sum()),
    }


def _variations(changed: Changed, case: int) -> Record:
    """Return the work of the variations made; None where their hours are blank."""
    before, new = changed.before, changed.after
    made = changed.agreed.variations[0].sum(axis=-1)
    hours = of_case(new.terms.scrutiny.variation_hours, case)
    versions = before.prepared.contracts[before.contracts[case]]
    own = value_of(before.scenario, "variation_hours")
    entered = all(
        own is not None or getattr(version.flexibility.variation_hours, "value", None) is not None
        for version, number in zip(versions, made, strict=True)
        if number
    )
    funder = value_of(before.scenario, "variation_hours_funder")
    value = of_case(new.evaluation.terms_cost.hour_value, case)[0]
    spent = (changed.agreed.variations[0] * hours[:, None] * value).sum()
    return {
        "made": float(made.sum()),
        "provider_hours": float((made * hours).sum()) if entered else None,
        "provider_value": float(spent) if entered else None,
        "bought_in": before.prepared.inputs.effort.bought_in,
        "funder_hours": None if funder is None else float(made.sum()) * funder,
    }


def _results(changed: Changed, case: int) -> list[Record]:
    """Return every result before and after; ledgers stand beside each other and are never added."""
    counted = changed.before.prepared.inputs.people.counted.any()
    found = []
    for item in fields(Totals):
        if item.name in FAMILIES_RESULTS and not counted:
            continue
        old, new = (float(getattr(each.totals, item.name)[case]) for each in (changed.before, changed.after))
        meta = item.metadata
        found.append(
            {
                "result": item.name,
                "label": meta["label"],
                "unit": meta["unit"],
                "ledger": meta["ledger"],
                "before": old,
                "after": new,
                "difference": new - old,
            }
        )
    return found


def _months(changed: Changed, case: int) -> list[Record]:
    def both(read: Any) -> list[Floats]:  # noqa: ANN401 - a function of a comparison
        return [read(each) for each in (changed.before, changed.after)]

    def families(name: str) -> Any:  # noqa: ANN401 - as above
        return lambda each: total(of_case(getattr(each.evaluation.families, name), case), 0)

    cash = both(lambda each: of_case(each.evaluation.cash.balance, case))
    starting, waiting = both(families("starting")), both(families("waiting"))
    counted = changed.before.prepared.inputs.people.counted.any()
    return [
        {
            "month": month_label(changed.before, month),
            "cash": _pair(cash, month),
            "starting": _pair(starting, month) if counted else None,
            "waiting": _pair(waiting, month) if counted else None,
        }
        for month in range(changed.before.prepared.dates.months)
    ]


def _pair(values: list[Floats], month: int) -> Record:
    old, new = (float(each[month]) for each in values)
    return {"before": old, "after": new}


def _notes(changed: Changed) -> Iterator[Note]:
    before, change = changed.before, changed.change
    if not contingency_shares(before)[:, concerned(change, before.scenario)].any():
        yield Note("contingency", "No contract compared holds a share of its price for new need.")
    elif not change.needs:
        yield Note("contingency", "No new need is asked about, so nothing held for new need is paid.")
    if change.posts:
        yield Note(
            "posts",
            "Posts added start empty and are filled at the pace that the months to fill say; those added in the "
            "scenario's first month are there from the start.",
        )
    if change.cost_shock:
        pools = "" if change.service else " of services and support pools"
        yield Note("cost shock", f"It falls on the costs{pools} that are not pay; exit costs stay as they are.")
    if changed.agreed.variations.any() and any(
        _variations(changed, case)["provider_hours"] is None for case in range(len(before.contracts))
    ):
        yield Note("variations", "The provider's hours for a variation are blank, so its work is not counted.")
    if before.scenario.organisation.pools:
        yield Note(
            "overhead",
            "Overhead is shared anew: what a service then bears more is not new cost of the organisation where the "
            "support pools cost the same.",
        )


def change_rows(document: Record) -> list[tuple[Cell, ...]]:
    """Return a change as the rows of one table; a blank service or month stands for all."""
    rows: list[tuple[Cell, ...]] = []
    for contract in document["contracts"]:
        lead = (document["scenario"], contract["name"])
        for owner in (contract["who_pays"] | {"service": ""}, *contract["services"]):
            rows += [
                (*lead, owner["service"], "", f"change_{name}", None, None, value, "pounds")
                for name, value in owner.items()
                if name != "service"
            ]
        for name, value in (contract["delivered"] or {}).items():
            unit = "person-months" if name == "support_months" else "people"
            rows.append((*lead, "", "", f"more_{name}", None, None, value, unit))
        for each in contract["results"]:
            values = (each[name] for name in ("before", "after", "difference", "unit"))
            rows.append((*lead, "", "", each["result"], *values))
        for month in contract["months"]:
            for name, unit in (("cash", "pounds"), ("starting", "people"), ("waiting", "people")):
                pair = month[name]
                if pair is not None:
                    change = pair["after"] - pair["before"]
                    rows.append((*lead, "", month["month"], name, pair["before"], pair["after"], change, unit))
    return rows
