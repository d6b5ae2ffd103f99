"""What is switched off for want of an entry, or because an assumption stands where it does nothing.

An effect that nothing entered could use (bids without a competition, an intake without a people's side) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from funding_model.questions.compare import Comparison
from funding_model.questions.notes.note import ALL_CONTRACTS, ALL_SERVICES, ORGANISATION, Note, listed, named_out_of
from funding_model.questions.prepare.behaviour import contract_value, value_of
from funding_model.reference.defaults import AssumptionDefault, assumption_default
from funding_model.scenario.contracts import Contract
from funding_model.scenario.costs import Post
from funding_model.scenario.organisation import Pool
from funding_model.scenario.scenario import contract_for
from funding_model.scenario.services import Service

ASSUMPTIONS = "assumptions"


def switched_off(comparison: Comparison) -> list[Note]:
    """Return the effects that are off, each with the services or contracts that it would concern."""
    return list(
        dict.fromkeys(
            [
                *_blank_entries(comparison),
                *_assumptions(comparison),
                *_contracts(comparison),
                *_entered_and_unused(comparison),
                *_work(comparison),
                _social_value(comparison),
            ]
        )
    )


def _social_value(comparison: Comparison) -> Note:
    """Return that social value is off, or that it stands elsewhere once it is entered."""
    if any(service.social_value for service in comparison.scenario.services):
        text = "Social value is entered; it is counted in no ledger here and stands in its own beside the waiting list."
        return Note(ALL_SERVICES, text)
    return Note(ALL_SERVICES, "Social value is counted in no ledger; it is always off unless you turn it on.")


def compared(comparison: Comparison) -> list[Contract]:
    """Return the contracts compared, in their order."""
    by_name = {contract.name: contract for contract in comparison.scenario.contracts}
    return [by_name[name] for name in comparison.contracts]


def service_posts(comparison: Comparison) -> dict[str, list[Post]]:
    """Return the posts that spend time on each service, wherever they stand."""
    scenario = comparison.scenario
    found: dict[str, list[Post]] = {service.name: [] for service in scenario.services}
    homes: tuple[Service | Pool, ...] = (*scenario.services, *scenario.organisation.pools)
    for home in homes:
        for post in home.posts:
            for name, share in (post.time or {home.name: 1.0}).items():
                if name in found and share:
                    found[name].append(post)
    return found


def _blank_entries(comparison: Comparison) -> Iterator[Note]:
    scenario, organisation = comparison.scenario, comparison.scenario.organisation
    if organisation.opening_cash is None:
        yield Note(
            ORGANISATION,
            "Cash starts from nothing, because the money in the bank at the start is blank: it shows how cash moves, "
            "not how much there is.",
        )
    if organisation.opening_free_reserves is None:
        yield Note(
            ORGANISATION,
            "Free reserves start from nothing, because those at the start are blank: they show the call on reserves, "
            "not what is left.",
        )
    if organisation.reserves_policy_months is None:
        yield Note(ORGANISATION, "Reserves are held against no policy, because its months of spending are blank.")
    if organisation.borrowing_rate is None:
        yield Note(ORGANISATION, assumption_default("borrowing_rate").off_message)
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, posts in service_posts(comparison).items():
        without = dict.fromkeys(post.name for post in posts if not post.heads)
        alike.setdefault(tuple(without), []).append(name)
    for posts_without, names in alike.items():
        if posts_without:
            yield Note(
                named_out_of(names, scenario.services, ALL_SERVICES),
                f"Redundancy pay is not counted for {listed(posts_without)}, because years of service and ages are not "
                "entered; notice is the contractual one only.",
            )
    without_people = [service.name for service in scenario.services if service.people is None]
    if without_people:
        yield Note(
            named_out_of(without_people, scenario.services, ALL_SERVICES),
            "Delivery and the waiting list are left out, because the people supported are not entered.",
        )


def _assumptions(comparison: Comparison) -> Iterator[Note]:
    scenario, posts = comparison.scenario, service_posts(comparison)
    uses = {service.name: _uses(comparison, service, posts[service.name]) for service in scenario.services}
    for name in next(iter(uses.values())):
        default = assumption_default(name)
        services = [
            service.name
            for service in scenario.services
            if uses[service.name][name] and _idle(value_of(scenario, name, service), default)
        ]
        if services:
            of_service = default.level == "service"
            where = named_out_of(services, scenario.services, ALL_SERVICES) if of_service else ASSUMPTIONS
            yield Note(where, default.off_message)


def _uses(comparison: Comparison, service: Service, posts: Sequence[Post]) -> dict[str, bool]:
    """Return whether a service could use each assumption, in the order in which they are listed."""
    scenario = comparison.scenario
    staffed, people = bool(posts), service.people is not None
    undecided = comparison.terms.award.undecided[:, scenario.services.index(service)]
    absence = any(post.absence_cover_rate for post in posts)
    return {
        "opening_vacancy": staffed,
        "extra_turnover_when_insecure": staffed,
        "secure_months": staffed,
        "freeze_months": staffed,
        "close_intake_months": people,
        "pause_share": people and bool(np.any(undecided > 0)),
        "cover_share": staffed,
        "cover_premium": absence or (staffed and bool(value_of(scenario, "cover_share", service))),
        "induction_months": staffed and people,
        "induction_productivity": staffed and people and value_of(scenario, "induction_months", service) is not None,
        "most_starts_a_month": people,
        "gives_up_a_month": people,
        "redeployed": any(post.heads or post.contractual_notice_weeks for post in posts),
        "stranded_months": any(pool.shed_after_months is None for pool in scenario.organisation.pools),
        "pension_cessation_exposure": any(post.pension_rate or post.deficit_rate for post in posts),
        "early_intervention_share": True,
        "supply_of_recruits": staffed,
    }


def _idle(value: float | None, default: AssumptionDefault) -> bool:
    """Whether an assumption is blank, or stands where its effect is nothing."""
    return value is None or (default.value is not None and value == default.value)


def _contracts(comparison: Comparison) -> Iterator[Note]:
    contracts = compared(comparison)
    breakable = [contract for contract in contracts if contract.award.break_notice_months is not None]
    competed = [contract for contract in contracts if contract.award.competed]
    readers: tuple[tuple[str, list[Contract], Callable[[Contract], float | None]], ...] = (
        ("break_credibility", breakable, lambda contract: contract.award.break_credibility.value),
        ("renewal_probability", contracts, _least_chance_of_going_on),
        ("break_probability", breakable, lambda contract: contract.award.break_probability.value or 0.0),
        (
            "competition_saving",
            competed,
            lambda contract: contract_value(contract.award.competition_saving, "competition_saving"),
        ),
        ("chance_of_change", contracts, lambda contract: contract.flexibility.chance_of_change.value),
        (
            "repurposable",
            [contract for contract in contracts if contract.flexibility.chance_of_change.value is not None],
            lambda contract: contract.flexibility.repurposable.value,
        ),
    )
    for name, concerned, read in readers:
        default = assumption_default(name)
        idle = [contract.name for contract in concerned if _idle(read(contract), default)]
        if idle:
            yield Note(named_out_of(idle, contracts, ALL_CONTRACTS), default.off_message)


def _entered_and_unused(comparison: Comparison) -> Iterator[Note]:
    """Yield what is entered and belongs to another question than the comparison of contracts."""
    scenario, contracts = comparison.scenario, compared(comparison)
    held = [
        contract.name
        for contract in contracts
        if any(contract_for(contract, service).flexibility.contingency_share for service in scenario.services)
    ]
    if held:
        yield Note(
            named_out_of(held, contracts, ALL_CONTRACTS),
            "The share of the price held for new need is entered and changes nothing in this comparison, because it is "
            "paid only when new need is met, and no change of need is asked about here.",
        )
    early = [service.name for service in scenario.services if value_of(scenario, "early_intervention_share", service)]
    if early:
        yield Note(
            named_out_of(early, scenario.services, ALL_SERVICES),
            "The share that is early intervention is entered and changes nothing in this comparison, where its "
            "spending is not set apart.",
        )
    if value_of(scenario, "supply_of_recruits") is not None:
        yield Note(
            ASSUMPTIONS,
            "The recruits that the labour market offers are entered and limit nothing in this comparison, where every "
            "post can be filled; they are for the workforce plan.",
        )


def _least_chance_of_going_on(contract: Contract) -> float:
    renewal, extension = contract.award.renewal_probability.value, contract.award.extension_probability
    chances = [1.0 if renewal is None else renewal]
    if contract.term.extensions and extension is not None and extension.value is not None:
        chances.append(extension.value)
    return min(chances)


def _work(comparison: Comparison) -> Iterator[Note]:
    """Yield what is off in the work that the terms make, where there is any of that work."""
    scenario, award = comparison.scenario, comparison.terms.award
    applied = [contract_for(contract, service) for contract in compared(comparison) for service in scenario.services]
    reporting = [contract for contract in applied if contract.monitoring.returns_a_year]
    changing = [contract for contract in applied if contract.flexibility.chance_of_change.value]
    notices = bool(np.any(comparison.evaluation.jobs.notices > 0))
    letters, bids = bool(np.any(award.letters > 0)), bool(np.any(award.bids > 0))
    needed = {
        "letter_hours": letters,
        "letter_hours_funder": letters,
        "bid_hours": bids,
        "bid_hours_funder": bids,
        "bid_external": bids,
        "return_hours": any(not _entered(contract.monitoring.hours_each) for contract in reporting),
        "return_hours_funder": any(not _entered(contract.monitoring.funder_hours_each) for contract in reporting),
        "notice_hours_per_head": notices,
        "variation_hours": any(not _entered(contract.flexibility.variation_hours) for contract in changing),
        "variation_hours_funder": bool(changing),
    }
    for name, wanted in needed.items():
        if wanted and value_of(scenario, name) is None:
            yield Note(ASSUMPTIONS, assumption_default(name).off_message)
    provider = ("letter_hours", "bid_hours", "return_hours", "notice_hours_per_head", "variation_hours")
    worked = [name for name in provider if value_of(scenario, name)]
    own = [contract for contract in applied if _hours(contract.monitoring.hours_each)]
    if worked or own:
        if scenario.assumptions.done_by == "already_costed":
            yield Note(ASSUMPTIONS, assumption_default("done_by").off_message)
        if value_of(scenario, "provider_hour_value") is None:
            yield Note(ASSUMPTIONS, assumption_default("provider_hour_value").off_message)
    funder = ("letter_hours_funder", "bid_hours_funder", "return_hours_funder", "variation_hours_funder")
    priced = any(value_of(scenario, name) for name in funder) or any(
        _hours(contract.monitoring.funder_hours_each) for contract in applied
    )
    if priced and value_of(scenario, "funder_hour_value") is None:
        yield Note(ASSUMPTIONS, assumption_default("funder_hour_value").off_message)


def _entered(assumption: object) -> bool:
    return getattr(assumption, "value", None) is not None


def _hours(assumption: object) -> float:
    return getattr(assumption, "value", None) or 0.0
