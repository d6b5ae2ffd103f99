"""Funder rules: which ways of sharing support costs a funder does not accept, as they were entered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from funding_model.scenario.choices import CHOICES, driver_name
from funding_model.scenario.organisation import FunderRule
from funding_model.scenario.scenario import Scenario

SINGLE_RATE = "single_rate"


def holds_for(rule: FunderRule, contracts: Sequence[str]) -> bool:
    """Whether a rule holds for one of the contracts named."""
    return not rule.contracts or bool(set(rule.contracts) & set(contracts))


def rejections(
    scenario: Scenario, contracts: Sequence[str], method: str, drivers: Sequence[str]
) -> Iterator[tuple[FunderRule, str]]:
    """Yield the rules that reject a way of sharing, each with what they do not accept in words.

    Args:
        scenario: What was entered.
        contracts: The contracts concerned.
        method: The method of sharing.
        drivers: The driver of each pool in the order entered; of a single rate, its base for every pool.
    """
    pools = [pool.name for pool in scenario.organisation.pools]
    for rule in scenario.organisation.funder_rules:
        if not holds_for(rule, contracts):
            continue
        concerned = [place for place, name in enumerate(pools) if not rule.pools or name in rule.pools]
        if method in rule.methods and concerned:
            yield rule, f'the method "{CHOICES["allocation_method", method]}"'
        if method == SINGLE_RATE:
            for base in dict.fromkeys(drivers[place] for place in concerned if drivers[place] in rule.drivers):
                yield rule, f'a single rate on "{driver_name(base)}"'
            continue
        for place in concerned:
            if drivers[place] in rule.drivers:
                yield rule, f'the driver "{driver_name(drivers[place])}" of {pools[place]}'


def chosen_drivers(scenario: Scenario) -> list[str]:
    """Return what each pool is shared by: its driver, or the base of the single rate."""
    organisation = scenario.organisation
    if organisation.allocation_method == SINGLE_RATE:
        return [organisation.single_rate_base] * len(organisation.pools)
    return [pool.driver for pool in organisation.pools]
