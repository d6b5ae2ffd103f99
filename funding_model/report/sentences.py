"""Sentences: the answer in words, every number in them written exactly as a table shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from funding_model.questions.compare import Comparison
from funding_model.questions.notes.contracts import chances_of_renewal
from funding_model.questions.reserves import falls_short
from funding_model.report.rows import ResultRow, period, result_rows, same
from funding_model.report.words import as_shown, balance_words, difference_as_shown, in_unit, pounds
from funding_model.units import MONTHS_A_YEAR

UNLIKE_CHANCES: Final = (
    "The contracts differ in the chance that a service goes on. Amounts count each month by that chance, so that a "
    "service that makes a loss looks less of a burden where it is likelier to end. What its loss would do is shown by "
    "the lowest cash if a service is lost."
)
MOST_NAMED: Final = 4
"""Contracts compared with the base by name; where there are more, the best and the worst of them are."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence or two on one subject, in plain text."""

    subject: str
    text: str


def headlines(comparison: Comparison) -> list[Headline]:
    """Return what a reader should know first; the ledgers are told apart and never added together."""
    rows = {row.name: row for row in result_rows(comparison)}
    unlike = any(chances_of_renewal(comparison))
    found = [
        Headline("Cost and price", _cost_and_price(comparison, rows)),
        *([Headline("Chance of going on", UNLIKE_CHANCES)] if unlike else []),
        Headline("The provider", _provider(comparison, rows["surplus_posts_filled"], rows.get("support_months"))),
        Headline("The public purse", _purse(comparison, rows["purse_total"], rows.get("support_months"))),
        Headline("Cash", _cash(comparison, rows["lowest_cash"])),
    ]
    if "people_starting_support" in rows:
        found.append(Headline("Families", _families(comparison, rows["people_starting_support"], rows["weeks_lost"])))
    if "leavers" in rows:
        found.append(Headline("Staff", _staff(comparison, rows["leavers"], rows["notices"])))
    return found


def quoted(name: str) -> str:
    """Return the name of a contract in quotation marks."""
    return f"“{name}”"


def listed(words: list[str]) -> str:
    """Return words as a list: ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _cost_and_price(comparison: Comparison, rows: dict[str, ResultRow]) -> str:
    base = comparison.contracts.index(comparison.base)
    many = len(comparison.scenario.services) > 1
    full, price = rows["full_cost"].values[base], rows["price"].values[base]
    return (
        f"From {period(comparison)} the {'services cost' if many else 'service costs'} {pounds(full)} in full. "
        f"Under {quoted(comparison.base)} the price is {pounds(price)}."
    )


def _provider(comparison: Comparison, row: ResultRow, support: ResultRow | None) -> str:
    if all_same(row):
        under = "every contract compared" if len(row.values) > 1 else quoted(comparison.base)
        return f"With every post filled, {under} leaves {balance_words(row.values[0])}."
    verdict = _verdict(comparison, row, "Best for the provider, with every post filled,", "best", "leaves", sign=1)
    less = _less_support(comparison, row, support, "gives", sign=1)
    return f"{verdict}{less} {_against_base(comparison, row, 'better', 'worse', sign=1)}"


def _purse(comparison: Comparison, row: ResultRow, support: ResultRow | None) -> str:
    if all_same(row):
        which = ", whichever of them is chosen" if len(row.values) > 1 else ""
        return f"It pays {pounds(row.values[0])} in all, its own administration included{which}."
    verdict = _verdict(comparison, row, "Cheapest for the public purse", "cheapest", "comes to", sign=-1)
    less = _less_support(comparison, row, support, "buys", sign=-1)
    return f"{verdict}{less} {_against_base(comparison, row, 'less', 'more', sign=-1)}"


def _less_support(comparison: Comparison, row: ResultRow, support: ResultRow | None, verb: str, sign: int) -> str:
    """Say when the best contract gives less: what is cheap, or loses little, may do so because it delivers less."""
    if support is None:
        return ""
    best = _best(row, range(len(row.values)), sign)
    most = max(range(len(row.values)), key=lambda case: support.values[case])
    if same(support.values[best], support.values[most], support.unit):
        return ""
    given, others = (in_unit(support.values[case], support.unit) for case in (best, most))
    return (
        f" {quoted(comparison.contracts[best])} {verb} less support: {given} person-months, against {others} under "
        f"{quoted(comparison.contracts[most])}."
    )


def _verdict(comparison: Comparison, row: ResultRow, lead: str, superlative: str, verb: str, sign: int) -> str:
    """Name the best contract and say of which kind it is, and the best of the other kind: yearly, or multi-year."""
    terms = {contract.name: contract.term.months for contract in comparison.scenario.contracts}
    kinds = ["yearly" if terms[name] <= MONTHS_A_YEAR else "multi-year" for name in comparison.contracts]
    best = _best(row, range(len(kinds)), sign)
    told = (
        f"{lead} is {quoted(comparison.contracts[best])}, a {kinds[best]} contract: "
        f"{_shown(row, row.values[best])}{'' if row.name.startswith('surplus') else ' in all'}."
    )
    others = [case for case, kind in enumerate(kinds) if kind != kinds[best]]
    if not others:
        return told
    rival = _best(row, others, sign)
    name = quoted(comparison.contracts[rival])
    if same(row.values[rival], row.values[best], row.unit):
        return f"{told} The {superlative} {kinds[rival]} contract, {name}, {verb} the same."
    return f"{told} The {superlative} {kinds[rival]} contract, {name}, {verb} {_shown(row, row.values[rival])}."


def _best(row: ResultRow, cases: Iterable[int], sign: int) -> int:
    """Return the best case, of those shown alike the first: what is left of sums that cancel decides nothing."""
    return max(cases, key=lambda case: sign * as_shown(row.values[case], row.unit))


def _shown(row: ResultRow, value: float) -> str:
    return balance_words(value) if row.name.startswith("surplus") else in_unit(value, row.unit)


def _against_base(comparison: Comparison, row: ResultRow, better: str, worse: str, sign: int) -> str:
    base = comparison.contracts.index(comparison.base)
    others = sorted(
        (case for case in range(len(comparison.contracts)) if case != base), key=lambda case: -sign * row.values[case]
    )
    if len(others) > MOST_NAMED:
        others = [others[0], others[-1]]

    def against(case: int) -> str:
        difference = difference_as_shown(row.values[case], row.values[base], row.unit)
        name = quoted(comparison.contracts[case])
        if not difference:
            return f"{name} is the same"
        return f"{name} is {pounds(abs(difference))} {better if sign * difference > 0 else worse}"

    return f"Compared with {quoted(comparison.base)}, {listed([against(case) for case in others])}."


def _cash(comparison: Comparison, row: ResultRow) -> str:
    organisation = comparison.scenario.organisation
    lowest = min(range(len(row.values)), key=lambda case: row.values[case])
    where = "under every contract" if all_same(row) and len(row.values) > 1 else ""
    where = where or f"under {quoted(comparison.contracts[lowest])}"
    fall = f"If everything continues, cash falls lowest {where}, to {pounds(row.values[lowest])}"
    if organisation.opening_cash is None:
        return f"{fall}. Cash at the start was not entered and counts as nil: this shows how cash moves, no more."
    limit = f"the minimum of {pounds(organisation.minimum_cash)}" if organisation.minimum_cash else "nil"
    below = np.flatnonzero(falls_short(np.array(row.values), organisation.minimum_cash)).tolist()
    if not below:
        verdict = f"{'no contract takes' if len(row.values) > 1 else 'it does not take'} it below {limit}"
    elif len(row.values) == 1:
        verdict = f"that is below {limit}"
    elif len(below) == len(row.values):
        verdict = f"every contract takes it below {limit}"
    else:
        names = [quoted(comparison.contracts[case]) for case in below]
        told = listed(names) if len(names) < MOST_NAMED else "some of the contracts"
        verdict = f"{told} would take it below {limit}"
    return f"{fall}; {verdict}."


def _families(comparison: Comparison, starting: ResultRow, weeks: ResultRow) -> str:
    return " ".join(
        [
            _range(comparison, starting, "{value} people start support{every}.", "People starting support"),
            _range(comparison, weeks, "{value} weeks of service are lost{every}.", "Weeks of service lost"),
        ]
    )


def _staff(comparison: Comparison, leavers: ResultRow, notices: ResultRow) -> str:
    return " ".join(
        [
            _range(comparison, leavers, "{value} leavers are expected{every}.", "Leavers"),
            _range(comparison, notices, "{value} protective notices are expected{every}.", "Protective notices"),
        ]
    )


def _range(comparison: Comparison, row: ResultRow, if_same: str, name: str) -> str:
    if all_same(row):
        every = " under every contract" if len(row.values) > 1 else ""
        return if_same.format(value=in_unit(row.values[0], row.unit), every=every)
    low = min(range(len(row.values)), key=lambda case: row.values[case])
    high = max(range(len(row.values)), key=lambda case: row.values[case])
    return (
        f"{name}: from {in_unit(row.values[low], row.unit)} under {quoted(comparison.contracts[low])} "
        f"to {in_unit(row.values[high], row.unit)} under {quoted(comparison.contracts[high])}."
    )


def all_same(row: ResultRow) -> bool:
    """Return whether a result is the same under every contract, as far as it would be shown."""
    return all(same(value, row.values[0], row.unit) for value in row.values)
