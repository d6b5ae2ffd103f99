"""Cost of the terms: letters, bids, returns, variations and notices, for the provider and for the public purse.

A letter or a bid falls in its award's first month, returns and expected variations a twelfth a month, notices in the
award's last month. Hours count where they are bought in; bought-in help with a bid always does. An hour's value = the
one entered, or planned pay of the first year for a paid hour, x pay index.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

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
from funding_model.report.workbook.under_contract import UnderContract


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

    def shared(title: str, note: str, formula: Callable[[TermsEntries], str], figures: Numbers) -> ByContract:
        """Add a line for each set of terms, which is that of all its services."""
        known = [of_case(figures, terms.contract) for terms in contracts.sets]
        rows = [row[terms.services[0] if len(row) > 1 else 0] for row, terms in zip(known, contracts.sets, strict=True)]
        lines = sheet.block(title, note).stack(
            [terms.label for terms in contracts.sets], POUNDS, lambda at: formula(contracts.sets[at]), years="sum",
            engine=np.array(rows),
        )  # fmt: skip
        return tuple(Stack(tuple(lines[at] for at in row)) for row in contracts.of)

    def of_service(contract: int) -> Stack:
        """Add a line for each service, of which notices differ."""

        def formula(at: int) -> str:
            terms = contracts.sets[contracts.of[contract][at]]
            returned = f"{terms.returns}*{terms.return_hours}+{terms.variation_hours}*{terms.chance_of_change}"
            return f"{effort.bought_in}*(({returned})/{twelve}+{effort.notice}*{notices[contract][at].now})*{value.now}"

        return UnderContract(basis, sheet, contract).services(
            "Returns, variations and notices", POUNDS, formula, "Weighted by survival.", known.running, "sum"
        )

    def letters(terms: TermsEntries) -> str:
        return awards.letters[terms.contract][terms.services[0]].now

    def bids(terms: TermsEntries) -> str:
        return awards.bids[terms.contract][terms.services[0]].now

    own = shared(
        "Letters and bids", "Weighted by survival of the month before.",
        lambda terms: (
            f"{effort.bought_in}*({effort.letter}*{letters(terms)}+{effort.bid}*{bids(terms)})*{value.now}"
            f"+{effort.bid_external}*{bids(terms)}*{prices}"
        ),
        known.effort,
    )  # fmt: skip
    running = tuple(of_service(contract) for contract in range(len(entered.contracts)))
    funder_effort = shared(
        "Funder's letters and competitions", "Weighted by survival of the month before.",
        lambda terms: (
            f"{award_terms.competition_cost[terms.contract][terms.services[0]]}*{bids(terms)}*{prices}"
            f"+({effort.letter_funder}*{letters(terms)}+{effort.bid_funder}*{bids(terms)})*{funder}"
        ),
        known.funder_effort,
    )  # fmt: skip
    funder_running = shared(
        "Funder's returns and variations", "Weighted by survival.",
        lambda terms: (
            f"({terms.returns}*{terms.return_hours_funder}+{effort.variation_funder}*{terms.chance_of_change})"
            f"/{twelve}*{funder}"
        ),
        known.funder_running,
    )  # fmt: skip
    return Terms(value, own, running, funder_effort, funder_running)


def charge_public_purse(
    basis: Basis,
    sheet: Sheet,
    terms: Terms,
    award_terms: AwardEntries,
    survival: ByContract,
    price: ByContract,
) -> tuple[ByContract, ByContract]:
    """Work out administration of the public purse, and its saving from competition, weighted by survival.

    Services with the same terms and the same survival share a line of administration.
    """
    book, services = basis.book, basis.entered.services
    known, first = basis.engine.evaluation.purse, book.time.first.now

    def administration(contract: int) -> Stack:
        name, found = basis.entered.contracts[contract], {}
        figures = UnderContract(basis, sheet, contract).figures(known.administration)
        block = sheet.block(f"Administration of the public purse: {name}", "Weighted by survival.")
        for at, service in enumerate(services):
            effort, running = terms.funder_effort[contract][at], terms.funder_running[contract][at]
            path = survival[contract][at]
            if (effort.key, path.key) not in found:
                found[effort.key, path.key] = block.line(
                    f"{service} and those on the same terms", POUNDS,
                    f"({first}+{path.before})*{effort.now}+{path.now}*{running.now}", of=name, years="sum",
                    engine=figures[at],
                )  # fmt: skip
        keys = [(terms.funder_effort[contract][at].key, survival[contract][at].key) for at in range(len(services))]
        return Stack(tuple(found[key] for key in keys))

    def saving(contract: int) -> Stack:
        share, competed = award_terms.competition_saving[contract], award_terms.competed[contract]
        return UnderContract(basis, sheet, contract).services(
            "Saving from competition", POUNDS,
            lambda at: f"{share[at]}*{competed[at]}*{survival[contract][at].now}*{price[contract][at].now}",
            "Share saved x price, where cycles are competed.", known.competition_saving, "sum",
        )  # fmt: skip

    contracts = range(len(basis.entered.contracts))
    return tuple(administration(each) for each in contracts), tuple(saving(each) for each in contracts)
