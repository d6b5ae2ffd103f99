"""Cost of the terms: letters, bids, returns, variations and notices, for the provider and for the public purse.

A letter or a bid falls in its award's first month, returns and expected variations a twelfth a month, notices in the
award's last month. Hours count where they are bought in; bought-in help with a bid always does. An hour's value = the
one entered, or planned pay of the first year for a paid hour, x pay index.
"""

from __future__ import annotations

from collections.abc import Callable

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import POUNDS, Line, Numbers, Sheet, Stack
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import (
    AwardEntries,
    Awards,
    ByContract,
    ContractEntries,
    Plan,
    Terms,
    TermsEntries,
)


def value_hours(basis: Basis, own: Plan, contracts: ContractEntries) -> tuple[Sheet, Line]:
    """Work out the value of a provider's hour in each month."""
    book, entered = basis.book, basis.entered
    sheet = book.sheet("Cost of terms", "Letters, bids, returns, variations and notices.")
    block = sheet.block("Value of a provider's hour", "Entered, or planned pay for a paid hour.")
    effort, year, constants = contracts.effort, "1", entered.constants

    def first_year(*stacks: Stack) -> str:
        return "+".join(line.in_year(year) for stack in stacks for line in stack) or "0"

    pay = block.line(
        "Planned pay of the first year", POUNDS, first_year(own.pay.planned_pay, own.support_pay.planned_pay)
    )
    hours = block.line(
        "Paid hours of the first year", "hours",
        f"({first_year(basis.planned.fte, basis.planned.support_fte)})*{entered.full_time_hours}"
        f"*{constants.pay_weeks_a_year}/{constants.months_a_year}",
    )  # fmt: skip
    worked_out = f"IF({hours.now}=0,0,{pay.now}/{hours.now})"
    value = block.line(
        "Value of an hour", POUNDS,
        f"({effort.provider_hour_entered}*{effort.provider_hour}+(1-{effort.provider_hour_entered})*{worked_out})"
        f"*{basis.outlook.pay_index.of_year(book.time)}",
        engine=of_case(basis.engine.evaluation.terms_cost.hour_value)[0],
    )  # fmt: skip
    return sheet, value


def cost_terms(
    basis: Basis,
    sheet: Sheet,
    value: Line,
    contracts: ContractEntries,
    award_terms: AwardEntries,
    awards: Awards,
    notices: ByContract,
) -> Terms:
    """Cost the terms of every contract, before survival.

    Args:
        basis: What the stages build on.
        sheet: The sheet on which an hour's value stands.
        value: Value of a provider's hour in each month.
        contracts: What the contracts say.
        award_terms: What a competition costs.
        awards: When letters and bids fall.
        notices: Heads under protective notice.
    """
    book, entered, effort, twelve = basis.book, basis.entered, contracts.effort, basis.entered.constants.months_a_year
    known = basis.engine.evaluation.terms_cost
    pay, prices = (line.of_year(book.time) for line in (basis.outlook.pay_index, basis.outlook.price_index))
    funder = f"{effort.funder_hour}*{pay}"

    def each(
        title: str, note: str, formula: Callable[[int, int, TermsEntries], str], figures: Numbers
    ) -> tuple[Stack, ...]:
        def of_contract(number: int) -> Stack:
            name = entered.contracts[number]
            return sheet.block(f"{title}: {name}", note).stack(
                entered.services, POUNDS,
                lambda at: formula(number, at, contracts.sets[contracts.of[number][at]]),
                of=name, years="sum", engine=_wide(of_case(figures, number), len(entered.services)),
            )  # fmt: skip

        return tuple(of_contract(number) for number in range(len(entered.contracts)))

    def letters(contract: int, at: int) -> str:
        return awards.letters[contract][at].now

    def bids(contract: int, at: int) -> str:
        return awards.bids[contract][at].now

    own = each(
        "Letters and bids", "Weighted by survival of the month before.",
        lambda contract, at, _: (
            f"{effort.bought_in}*({effort.letter}*{letters(contract, at)}+{effort.bid}*{bids(contract, at)})"
            f"*{value.now}+{effort.bid_external}*{bids(contract, at)}*{prices}"
        ),
        known.effort,
    )  # fmt: skip
    running = each(
        "Returns, variations and notices", "Weighted by survival.",
        lambda contract, at, terms: (
            f"{effort.bought_in}*(({terms.returns}*{terms.return_hours}"
            f"+{terms.variation_hours}*{terms.chance_of_change})/{twelve}"
            f"+{effort.notice}*{notices[contract][at].now})*{value.now}"
        ),
        known.running,
    )  # fmt: skip
    funder_effort = each(
        "Funder's letters and competitions", "Weighted by survival of the month before.",
        lambda contract, at, _: (
            f"{award_terms.competition_cost[contract][at]}*{bids(contract, at)}*{prices}"
            f"+({effort.letter_funder}*{letters(contract, at)}+{effort.bid_funder}*{bids(contract, at)})*{funder}"
        ),
        known.funder_effort,
    )  # fmt: skip
    funder_running = each(
        "Funder's returns and variations", "Weighted by survival.",
        lambda _, __, terms: (
            f"({terms.returns}*{terms.return_hours_funder}+{effort.variation_funder}*{terms.chance_of_change})"
            f"/{twelve}*{funder}"
        ),
        known.funder_running,
    )  # fmt: skip
    return Terms(value, own, running, funder_effort, funder_running)


def _wide(array: Numbers, services: int) -> Numbers:
    """Return a row for each service of figures that may be the same for all."""
    if len(array) == services:
        return array
    return array.repeat(services, axis=0)
