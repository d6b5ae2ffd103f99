"""Recognised: what the funder's rule looks at, and what it allows of it.

Recognised = ``share x (D + overhead paid + terms) / (1 - margin)``, D eligible direct cost; overhead paid = overhead as
it is borne, at most a limit x D where it is capped, + flat rate x (D - what the base leaves out) + flat rate x eligible
staff cost. Fundable cost = D + overhead paid, by year at each year's own prices.
"""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import POUNDS, Line, Sheet, Stack
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import (
    CellsByContract,
    ContractEntries,
    Plan,
    PriceCalendar,
    Pricing,
    Recognised,
    TermsEntries,
)
from funding_model.report.workbook.stages.plan import Costed
from funding_model.report.workbook.under_contract import UnderContract


@dataclass(frozen=True)
class Whole:
    """What the rule looks at over a segment so far: the text of each amount."""

    direct: str
    overhead: str
    rest: str
    """Flat rates on staff cost, less those on what the base leaves out, and the terms that are recognised."""


def overhead_paid(terms: TermsEntries, direct: str, overhead: str) -> str:
    """Return the overhead that the rule allows before flat rates on other bases than direct cost."""
    above = f"{terms.capped}*MAX(0,{overhead}-{terms.overhead_limit}*{direct})"
    return f"{terms.actual_overhead}*({overhead}-{above})+{terms.flat_on_direct}*{direct}"


def recognised(terms: TermsEntries, whole: Whole) -> str:
    """Return what the price recognises of an amount."""
    paid = overhead_paid(terms, whole.direct, whole.overhead)
    return f"{terms.funded_share}*({whole.direct}+{paid}+{whole.rest})/(1-{terms.margin})"


@dataclass(frozen=True)
class Stage:
    """What the stage builds on, and where it stands."""

    basis: Basis
    sheet: Sheet
    contracts: ContractEntries
    calendar: PriceCalendar
    own: Plan
    hour_value: Line
    """Pounds, at each year's pay."""
    cycle_months: CellsByContract

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services."""
        return self.basis.entered.services

    def terms(self, contract: int, service: int) -> TermsEntries:
        """Return the terms that hold for a service."""
        return self.contracts.sets[self.contracts.of[contract][service]]

    def at(self, stack: Stack, contract: int, service: int) -> Line:
        """Return a line of the calendar of the terms that hold for a service."""
        return stack[self.contracts.of[contract][service]]

    def running(self, contract: int, service: int, total: Line, amount: str) -> str:
        """Return the formula of a sum over the segment so far."""
        return f"(1-{self.at(self.calendar.begins, contract, service).now})*{total.before}+{amount}"

    def recognised_terms(self, terms: TermsEntries, service: int, costed: Costed) -> str:
        """Return the cost of the terms that the price recognises in a month, at some prices."""
        twelve, outlook = self.basis.entered.constants.months_a_year, self.basis.outlook
        closing = "+".join(
            f"{amount}*{outlook.index(index, costed.year)}" for amount, index in self.contracts.exit_lines[service]
        )
        hours = f"{terms.returns}*{terms.return_hours}/{twelve}*{self.hour_value.in_month(1)}"
        return (
            f"{terms.recognises_recruitment}*{costed.recruitment(service)}"
            f"+{terms.recognises_monitoring}*{hours}*{outlook.pay_index.in_year(costed.year)}"
            + (
                f"+{terms.recognises_closing}*({closing})/{self.cycle_months[terms.contract][service]}"
                if closing
                else ""
            )
        )

    def excluded(self, terms: TermsEntries, service: int, costed: Costed) -> str:
        """Return what the base of a flat rate leaves out in a month; empty where nothing is."""
        groups = range(len(terms.excluded))
        return "+".join(f"{terms.excluded[group]}*{costed.excluded(service, group)}" for group in groups)

    def rest(self, terms: TermsEntries, service: int, costed: Costed) -> str:
        """Return flat rates on other bases than direct cost, and the terms that are recognised."""
        left_out = self.excluded(terms, service, costed)
        return f"{terms.flat_on_staff}*{costed.staff(service)}+{self.recognised_terms(terms, service, costed)}" + (
            f"-{terms.flat_on_direct}*({left_out})" if left_out else ""
        )


def find_fundable(stage: Stage, price: tuple[Stack, ...]) -> Pricing:
    """Work out fundable cost by year, and what the rule looks at, at each year's own prices."""
    own, contracts = own_costed(stage), range(len(stage.basis.entered.contracts))
    excluded = tuple(_left_out(stage, own, contract) for contract in contracts)
    terms = tuple(_terms_recognised(stage, own, contract) for contract in contracts)
    fundable = tuple(_fundable_of(stage, excluded[contract], contract) for contract in contracts)
    for contract in contracts:
        stage.basis.book.compare(f"Fundable cost: {stage.basis.entered.contracts[contract]}", fundable[contract])
    return Pricing(Recognised(excluded, terms), price, fundable)


def _left_out(stage: Stage, own: Costed, contract: int) -> tuple[Line | None, ...]:
    """Work out what the base of a flat rate leaves out, of the services of which it leaves out any."""
    flags, name = stage.basis.engine.evaluation.terms.price.excluded, stage.basis.entered.contracts[contract]
    chosen = [at for at in range(len(stage.services)) if flags[contract, at].any()]
    if not chosen:
        return (None,) * len(stage.services)
    lines = stage.sheet.block(f"Cost left out of the base of the rate: {name}").stack(
        [stage.services[at] for at in chosen], POUNDS,
        lambda at: stage.excluded(stage.terms(contract, chosen[at]), chosen[at], own), of=name, years="sum",
    )  # fmt: skip
    found = dict(zip(chosen, lines, strict=True))
    return tuple(found.get(at) for at in range(len(stage.services)))


def _terms_recognised(stage: Stage, own: Costed, contract: int) -> Stack:
    """Work out the costs of the terms that the price recognises."""
    return UnderContract(stage.basis, stage.sheet, contract).services(
        "Costs of the terms that the price recognises", POUNDS,
        lambda at: stage.recognised_terms(stage.terms(contract, at), at, own),
        known=stage.basis.engine.evaluation.base.recognised_terms,
    )  # fmt: skip


def _fundable_of(stage: Stage, excluded: tuple[Line | None, ...], contract: int) -> Stack:
    """Work out fundable cost of one contract."""
    direct, overhead = stage.own.direct, stage.own.overheads.overhead
    name = stage.basis.entered.contracts[contract]

    def yearly(at: int) -> str:
        terms, line = stage.terms(contract, at), excluded[at]
        paid = overhead_paid(terms, direct.eligible_direct[at].year, overhead[at].year)
        less = "" if line is None else f"-{terms.flat_on_direct}*{line.year}"
        staff = f"{terms.flat_on_staff}*{direct.eligible_staff[at].year}"
        return f"{direct.eligible_direct[at].year}+{paid}+{staff}{less}"

    block = stage.sheet.block(f"Fundable cost: {name}", "Eligible direct cost + the overhead that the rule allows.")
    return block.stack(
        stage.services, POUNDS, yearly, of=name, kind="result", period="year",
        engine=of_case(stage.basis.engine.evaluation.fundable_cost, contract),
    )  # fmt: skip


def own_costed(stage: Stage) -> Costed:
    """Return the plan at each year's own prices, as a price may recognise it."""
    direct, lines = stage.own.direct, stage.basis.entered.lines
    groups = stage.basis.engine.inputs.lines.excluded_group

    def excluded(service: int, group: int) -> str:
        found = [at for at in lines.of(service) if groups[at] == group]
        return "(" + ("+".join(f"{direct.lines[at].now}*{lines.eligible[at]}" for at in found) or "0") + ")"

    return Costed(
        direct=lambda at: direct.eligible_direct[at].now,
        staff=lambda at: direct.eligible_staff[at].now,
        overhead=lambda at: stage.own.overheads.overhead[at].now,
        recruitment=lambda at: direct.recruitment[at].now,
        excluded=excluded,
        year=stage.basis.book.time.year_of_month.now,
        plan=stage.own,
    )
