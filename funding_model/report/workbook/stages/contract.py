"""Contract inputs: the terms of each contract, entered once for all services that share them.

Cycle = initial award + extensions; a cycle in force at the start began at ``last month of its award - months of the
initial award - extensions used x months of each``, and at the start of the first month where no end is entered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from funding_model import units
from funding_model.costing.timeline import AwardTerms
from funding_model.questions.prepare.timelines import award_terms
from funding_model.report.workbook.book import FLAG, FRACTION, MONTHS, POUNDS, WHOLE, Book, Column, Entry, Formula, Item
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.handles import AwardEntries, CellsByContract
from funding_model.report.workbook.stages.entered import shared_by
from funding_model.scenario.contracts import Contract
from funding_model.units import Unit

CONTRACTS: Final = "Contracts"
LABELS: Final = 3
"""Services that a label names before it counts the others."""

AWARD_COLUMNS: Final[dict[str, tuple[str, str, Unit | None]]] = {
    "months": ("Months of the initial award", WHOLE, units.TERM_MONTHS),
    "extensions": ("Extensions", WHOLE, units.EXTENSIONS),
    "extension_months": ("Months of each extension", WHOLE, units.TERM_MONTHS),
    "first_entered": ("The award in force has an end of its own", FLAG, None),
    "first_end": ("Number of the last month of the award in force", WHOLE, units.TERM_MONTHS),
    "extensions_used": ("Extensions used by then", WHOLE, units.EXTENSIONS),
    "lead": ("Months from decision to start (negative: late)", MONTHS, units.LEAD_MONTHS),
    "competed": ("A new cycle is competed for", FLAG, None),
    "letters_for_extensions": ("An extension needs a letter", FLAG, None),
    "renewal_probability": ("Chance of renewal", FRACTION, units.FRACTION),
    "extension_probability": ("Chance of extension", FRACTION, units.FRACTION),
    "break_right": ("Break clause", FLAG, None),
    "break_notice": ("Months of break notice", MONTHS, units.MONTHS),
    "break_probability": ("Chance of a break at an anniversary", FRACTION, units.FRACTION),
    "break_credibility": ("How far staff disregard the clause", FRACTION, units.FRACTION),
    "at_risk": ("Goes on at risk while undecided", FLAG, None),
    "interval": ("Months that a payment covers", WHOLE, units.TERM_MONTHS),
    "arrears": ("Paid in arrears", FLAG, None),
    "payment_lag": ("Months allowed for payment", WHOLE, units.MONTHS),
    "competition_cost": ("Funder's cost of a competition", POUNDS, units.POUNDS),
    "competition_saving": ("Share of the price saved by competing", FRACTION, units.FRACTION),
}


@dataclass(frozen=True)
class Shared:
    """A contract for the services for which some of its terms are the same."""

    contract: int
    services: tuple[int, ...]
    terms: Contract

    def named(self, engine: Engine) -> str:
        """Return the names of the services."""
        return shared_by([engine.services[service] for service in self.services], engine)

    def label(self, engine: Engine) -> str:
        """Return the names of the services, or of the first ones and how many more there are."""
        names = [engine.services[service] for service in self.services]
        if len(names) == len(engine.services) or len(names) <= LABELS:
            return self.named(engine)
        return f"{', '.join(names[:LABELS])} and {len(names) - LABELS} more"


def shared_terms(engine: Engine, key: Callable[[int, int, Contract], Hashable]) -> tuple[Shared, ...]:
    """Return each contract for the services that ``key`` (of contract, service and terms) does not tell apart."""
    found: dict[tuple[int, Hashable], list[int]] = {}
    grid = engine.comparison.prepared.contracts
    for contract, name in enumerate(engine.contracts):
        for service, terms in enumerate(grid[name]):
            found.setdefault((contract, key(contract, service, terms)), []).append(service)
    return tuple(
        Shared(contract, tuple(services), grid[engine.contracts[contract]][services[0]])
        for (contract, _), services in found.items()
    )


def place_of_each(engine: Engine, sets: Sequence[Shared]) -> tuple[tuple[int, ...], ...]:
    """Return for each contract and service the number of its set of shared terms."""
    places = {(each.contract, service): number for number, each in enumerate(sets) for service in each.services}
    return tuple(
        tuple(places[contract, service] for service in range(len(engine.services)))
        for contract in range(len(engine.contracts))
    )


def award_sets(engine: Engine) -> tuple[Shared, ...]:
    """Return each contract for the services with the same awards, decisions and payments."""
    dates = engine.comparison.prepared.dates
    return shared_terms(engine, lambda _contract, _service, terms: (award_terms(terms, dates), repr(terms.award)))


def enter_contracts(book: Book, engine: Engine) -> AwardEntries:
    """Enter what shapes the awards of each contract, and work out its cycles."""
    sheet = book.page(CONTRACTS, "The terms of each contract; services with the same terms share a row.")
    sets = award_sets(engine)
    places = place_of_each(engine, sets)
    table = sheet.table(
        "Awards, decisions and payments",
        ("Contract", "Services", *(label for label, *_ in AWARD_COLUMNS.values())),
        "A blank chance of extension is the chance of renewal, a blank chance of renewal certain.",
    )
    columns = table.rows([_row(engine, each) for each in sets])[2:]
    entered = dict(zip(AWARD_COLUMNS, columns, strict=True))
    worked = sheet.table(
        "Cycles of awards", ("Contract", "Services", "Months of a cycle", "Start of the cycle in force"),
        "Worked out. The start is counted in months after the start of the scenario, and is nil or negative.",
    ).rows(
        [
            (
                engine.contracts[each.contract],
                each.named(engine),
                Formula(
                    f"{entered['months'][at]}+{entered['extensions'][at]}*{entered['extension_months'][at]}", WHOLE
                ),
                Formula(
                    f"{entered['first_entered'][at]}*({entered['first_end'][at]}-{entered['months'][at]}"
                    f"-{entered['extensions_used'][at]}*{entered['extension_months'][at]})",
                    WHOLE,
                ),
            )
            for at, each in enumerate(sets)
        ]
    )  # fmt: skip
    _check_the_award_in_force(book, {name: column.whole for name, column in entered.items()})
    entered |= {"cycle_months": worked[2], "cycle_start": worked[3]}
    book.limit(
        "Services with the same terms of a contract share a row of its inputs; to give one of them terms of its own, "
        "change the scenario and make the workbook anew."
    )
    return AwardEntries(**{name: by_contract(column, places) for name, column in entered.items()})


def _check_the_award_in_force(book: Book, of: dict[str, str]) -> None:
    """Have it checked that an award in force at the start had begun by then, with no more extensions than there are."""
    length = f"({of['months']}+({of['extensions_used']}>0)*({of['extension_months']}-{of['months']}))"
    late = f"{of['first_entered']}*({of['first_end']}>{length})*({of['first_end']}-{length})"
    book.check("The award in force at the start began by then: months by which it did not", f"SUMPRODUCT({late})")
    more = f"({of['extensions_used']}>{of['extensions']})*({of['extensions_used']}-{of['extensions']})"
    book.check("No more extensions are used than a contract has: those beyond", f"SUMPRODUCT({more})")


def by_contract(column: Column, places: tuple[tuple[int, ...], ...]) -> CellsByContract:
    """Return the cells of shared terms by contract and service."""
    return tuple(Column(tuple(column[place] for place in row)) for row in places)


def _row(engine: Engine, each: Shared) -> list[Item]:
    award = engine.evaluation.terms.award
    terms = award_terms(each.terms, engine.comparison.prepared.dates)
    at = each.contract, each.services[0]
    values: dict[str, float] = {
        **_lengths(terms),
        "renewal_probability": float(award.renewal_probability[at]),
        "extension_probability": float(award.extension_probability[at]),
        "break_right": float(terms.break_notice is not None),
        "break_notice": terms.break_notice or 0.0,
        "break_probability": float(award.break_probability[at]),
        "break_credibility": float(award.break_credibility[at]),
        "at_risk": float(award.at_risk[at]),
        "interval": terms.interval,
        "arrears": float(terms.timing == "arrears"),
        "payment_lag": terms.payment_lag,
        "competition_cost": float(award.competition_cost[at]),
        "competition_saving": float(award.competition_saving[at]),
    }
    entries = [Entry(values[name], unit, bounds) for name, (_, unit, bounds) in AWARD_COLUMNS.items()]
    return [engine.contracts[each.contract], each.named(engine), *entries]


def _lengths(terms: AwardTerms) -> dict[str, float]:
    return {
        "months": terms.months,
        "extensions": terms.extensions,
        "extension_months": terms.extension_months,
        "first_entered": float(terms.first_award_end is not None),
        "first_end": terms.months if terms.first_award_end is None else terms.first_award_end,
        "extensions_used": terms.extensions_used,
        "lead": terms.lead,
        "competed": float(terms.competed),
        "letters_for_extensions": float(terms.letters_for_extensions),
    }
