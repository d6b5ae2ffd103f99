"""Warnings about contracts: part-awards, part-years, unlike chances of renewal, terms without effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from funding_model.costing.timeline import award_spans
from funding_model.questions.compare import Comparison
from funding_model.questions.notes.note import ALL_SERVICES, Note, listed, named_out_of, per_cent
from funding_model.questions.notes.off import compared
from funding_model.questions.prepare.behaviour import value_of
from funding_model.questions.prepare.timelines import award_terms
from funding_model.scenario.contracts import COMPONENTS, Contract
from funding_model.scenario.scenario import contract_for
from funding_model.scenario.titles import title_of
from funding_model.units import LONGEST_HORIZON, MONTHS_A_YEAR, SHORTEST_HORIZON

SAME = 1e-9
COSTED: Final = ("funded_share", "margin", "recognises")
"""Terms by which a price is costed, where none is entered."""
CHANCES: Final = ("renewal_probability", "extension_probability", "break_probability")
"""Terms that say how likely a service is to go on."""
COUNTED_BY_CHANCE: Final = (
    "Amounts count each month by the chance that the service goes on, so that a service that makes a loss looks less "
    "of a burden where it is likelier to end: a smaller loss for that reason is no gain."
)


def applied(comparison: Comparison) -> list[tuple[str, Contract]]:
    """Return every distinct contract as services have it, with its place: its name, and the services if not all."""
    services = comparison.scenario.services
    found: list[tuple[str, Contract]] = []
    for contract in compared(comparison):
        versions: list[tuple[Contract, list[str]]] = []
        for service in services:
            own = contract_for(contract, service)
            match = [names for version, names in versions if version == own]
            if match:
                match[0].append(service.name)
            else:
                versions.append((own, [service.name]))
        for version, names in versions:
            place = contract.name if len(versions) == 1 else f"{contract.name}, {listed(names)}"
            found.append((place, version))
    return found


def part_awards(comparison: Comparison) -> Iterator[Note]:
    """Yield the contracts whose last cycle the end of the horizon cuts short."""
    years = comparison.scenario.horizon_years
    everything = applied(comparison)
    cut = [(place, contract) for place, contract in everything if not _ends_whole(comparison, contract, years)]
    if not cut:
        return
    fitting = [
        horizon
        for horizon in range(SHORTEST_HORIZON, LONGEST_HORIZON + 1)
        if all(_ends_whole(comparison, contract, horizon) for _, contract in everything)
    ]
    offer = (
        f"{_years(fitting[0] * MONTHS_A_YEAR).capitalize()} would hold whole awards of all contracts."
        if fitting
        else f"No horizon of up to {LONGEST_HORIZON} years holds whole awards of all contracts."
    )
    for place, contract in cut:
        length = "An award lasts" if not contract.term.extensions else "An award with its extensions lasts"
        yield Note(
            place,
            f"{length} {_years(contract.term.cycle_months)}, and the horizon of {_years(years * MONTHS_A_YEAR)} cuts "
            f"the last one short. A part-award flatters it, as what comes later in the award is not seen. {offer}",
        )


def _ends_whole(comparison: Comparison, contract: Contract, years: int) -> bool:
    """Whether a cycle ends where a horizon of some years ends."""
    months = years * MONTHS_A_YEAR
    spans = award_spans(award_terms(contract, comparison.prepared.dates), months)
    return any(span.start == months == span.cycle_start for span in spans)


def _years(months: int) -> str:
    whole, rest = divmod(months, MONTHS_A_YEAR)
    if rest:
        return f"{months} months"
    return f"{whole} year{'s' if whole > 1 else ''}"


def part_years(comparison: Comparison) -> Iterator[Note]:
    """Yield the financial years of which the horizon holds only a part."""
    dates, counts = comparison.prepared.dates, comparison.prepared.inputs.calendar.months_of_year
    labels = dates.part_years()
    if labels:
        months = dict(zip(dates.year_labels(), counts.tolist(), strict=True))
        parts = listed(f"{label} ({months[label]} months)" for label in labels)
        yield Note(
            "horizon",
            f"Only a part of these financial years is counted, as the scenario starts in {dates.label(0)}: {parts}. "
            "Do not read them beside whole years.",
        )


def chances_of_renewal(comparison: Comparison) -> Iterator[Note]:
    """Yield one note when contracts differ in the chance of going on, put as a chance a year."""
    chances = {place: yearly_chance(contract) for place, contract in applied(comparison)}
    if chances and max(chances.values()) - min(chances.values()) > SAME:
        shown = listed(f"{place} {per_cent(chance)}" for place, chance in chances.items())
        yield Note(
            "chance of renewal",
            f"The contracts differ in the chance of going on, put as a chance a year: {shown}. A part of the "
            "differences comes from these chances, and not from how long an award lasts.",
        )


def yearly_chance(contract: Contract) -> float:
    """Return the chance that a service goes on under a contract, put as a chance a year."""
    award, term = contract.award, contract.term
    renewal = 1.0 if award.renewal_probability.value is None else award.renewal_probability.value
    extension = renewal
    if award.extension_probability is not None and award.extension_probability.value is not None:
        extension = award.extension_probability.value
    unbroken = 1.0 - (award.break_probability.value or 0.0) if award.break_notice_months is not None else 1.0
    going_on = renewal * extension**term.extensions * unbroken ** _anniversaries(contract)
    return float(going_on ** (MONTHS_A_YEAR / term.cycle_months))


def _anniversaries(contract: Contract) -> int:
    """Return at how many dates of a cycle an award may be ended early: its anniversaries within each award."""
    term = contract.term
    awards = [term.months, *[term.extension_months] * term.extensions]
    return sum((months - 1) // MONTHS_A_YEAR for months in awards)


def intake_without_effect(comparison: Comparison) -> Iterator[Note]:
    """Yield the services whose intake closes by one entry and stays open by another."""
    scenario = comparison.scenario
    names = [
        service.name
        for service in scenario.services
        if service.people is not None
        and value_of(scenario, "close_intake_months", service)
        and value_of(scenario, "open_at_risk", service) == 1
    ]
    if names:
        yield Note(
            named_out_of(names, scenario.services, ALL_SERVICES),
            "The months before the end at which intake closes have no effect, because the share of intake kept open at "
            "risk is 1. Enter a smaller share, or leave the months out.",
        )


def terms_no_service_takes(comparison: Comparison) -> Iterator[Note]:
    """Yield the contracts of which an entered term has no effect, because every service has another in its place."""
    for contract in compared(comparison):
        own = [contract_for(contract, service) for service in comparison.scenario.services]
        terms = [
            f"{title_of(component).lower()}: {title_of(name).lower()}"
            for component in COMPONENTS
            for name in type(getattr(contract, component)).model_fields
            if name in getattr(contract, component).model_fields_set
            and all(_term(version, component, name) != _term(contract, component, name) for version in own)
        ]
        if terms:
            yield Note(
                contract.name,
                f"What the contract itself says of {listed(terms)} has no effect, because every service has terms "
                "of its own in its place. Change them, or take them back, with the service.",
            )


def price_terms_beside_a_price_entered(comparison: Comparison) -> Iterator[Note]:
    """Yield the contracts whose margin, funded share or recognised terms set no price, because a price is entered."""
    dates = comparison.prepared.dates
    for place, contract in applied(comparison):
        price = contract.price
        if price.current is None and not price.schedule:
            continue
        spans = award_spans(award_terms(contract, dates), dates.months)
        later_cycles = [span for span in spans if 0 < span.start < dates.months and span.start == span.cycle_start]
        costed_later = later_cycles and not price.schedule and contract.movement.new_award != "rolled_forward"
        changed = [name for name in COSTED if getattr(price, name) != type(price).model_fields[name].get_default()]
        if changed and not costed_later:
            terms = listed(title_of(name).lower() for name in changed)
            entered = "agreed prices are" if price.schedule else "the price paid today is"
            yield Note(
                place,
                f"What is said of {terms} moves no price here, because {entered} entered: it decides only how much of "
                "an underspend is given back.",
            )


def _term(contract: Contract, component: str, name: str) -> object:
    return getattr(getattr(contract, component), name)
