"""Plain text: a comparison for a terminal of a hundred columns; shown parts add up to shown totals."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from funding_model.report.sentences import Headline
from funding_model.report.words import (
    as_shown,
    balance_words,
    difference_as_shown,
    in_unit,
    number,
    per_cent,
    pounds,
    shown_parts,
    shown_table,
    sum_in_words,
)

Document: TypeAlias = Mapping[str, Any]
WIDTH: Final = 100
NAME_WIDTH, MONEY_WIDTH, SHARE_WIDTH = 24, 16, 12
IN_SHORT: Final = "In short"
ALL_SERVICES, SUMMARY, NO_SERVICES = "all", "summary", "none"
SERVICES: Final = (SUMMARY, ALL_SERVICES, NO_SERVICES)
"""Ways to show the services: each in a line, each by year, or not at all; a name shows that service by year."""
MONEY: Final = {"full_cost": "Full cost", "fundable_cost": "Fundable cost", "price": "Price", "surplus": "Surplus"}
CAUSES: Final = {
    "vacancy": "empty posts",
    "induction": "new staff learning the job",
    "pause": "pauses while an award is undecided",
    "service_lost": "the chance of losing the service",
    "closed_intake": "intake closed before an end",
    "not_filled": "too few referrals",
}
COMPARED: Final = {
    "surplus_posts_filled": "Surplus with posts filled",
    "surplus": "Surplus",
    "price": "Price",
    "income": "Income",
    "cost": "Cost",
    "cost_of_terms": "Cost of the terms",
    "lowest_cash": "Lowest cash if everything continues",
    "closing_free_reserves": "Free reserves at the end if everything continues",
    "purse_total": "Public purse in all",
    "people_starting_support": "People starting support",
    "weeks_lost": "Weeks of service lost",
    "cost_per_person": "Cost of each person starting support",
    "leavers": "Leavers",
    "notices": "Protective notices",
    "secure_post_months_share_at_12": "Posts secure for 12 months or more",
}
"""Results that are compared in sentences; rankings for the provider read the first, for empty posts are not success."""


def comparison_text(document: Document, services: Collection[str] = (), short: Sequence[Headline] = ()) -> str:
    """Return a comparison's document as plain text.

    Args:
        document: The answer to *compare*.
        services: Whose tables by year to show: names, or one of the words of ``SERVICES``; a word wins over a name.
        short: What a reader should know first, which contract is best for whom among it.
    """
    name = document["scenario"]
    lines = [*wrapped(name), "=" * min(len(name), WIDTH), ""]
    if short:
        lines += [IN_SHORT, "-" * len(IN_SHORT)]
        lines += [line for each in short for line in wrapped(f"{each.subject}: {each.text}")]
        lines.append("")
    for contract in document["contracts"]:
        lines += [*_contract(contract, document, services or (SUMMARY,)), ""]
    if len(document["contracts"]) > 1:
        lines += [*differences_text(document["differences"]), ""]
    lines += notes_text("To be read beside the results", document["warnings"])
    lines += notes_text("Switched off", document["off"])
    checks = document["checks"]["checks"]
    failed = [check for check in checks if not check["passed"]]
    lines.append(f"Checks: {len(checks) - len(failed)} of {len(checks)} hold.")
    lines += [
        line for check in failed for line in wrapped(f"FAILED: {sum_in_words(check['name'])} ({check['detail']})", "  ")
    ]
    return "\n".join([*lines, "", *footing(document)])


def footing(document: Document) -> list[str]:
    """Return what holds for every result, and where the results come from."""
    meta = document["meta"]
    origin = (
        f"Version {meta['version']}; public figures of {_day(meta['reference_data_date'])}; "
        f"entries {meta['input_hash'][:12]}"
    )
    return [*wrapped(" ".join(document["limits"])), "", origin]


def differences_text(differences: Sequence[Document]) -> list[str]:
    """Return the differences from the base in plain sentences."""
    lines: list[str] = []
    for contract, base in dict.fromkeys((row["contract"], row["base"]) for row in differences):
        rows = {row["result"]: row for row in differences if row["contract"] == contract}
        lines += wrapped(f"{contract}, beside {base}")
        same = []
        for result, label in COMPARED.items():
            row = rows.get(result)
            if row is None:
                continue
            if as_shown(row["value"], row["unit"]) == as_shown(row["base_value"], row["unit"]):
                same.append(label)
                continue
            lines += wrapped(f"{label}: {_difference(row)}", "  ", "    ")
        if same:
            lines += wrapped(f"The same: {', '.join(same)}.", "  ", "    ")
    return lines


def _difference(row: Document) -> str:
    """Say value, difference and base value; the difference shown is that of the values shown."""
    unit, value, base_value = row["unit"], row["value"], row["base_value"]
    change = abs(difference_as_shown(value, base_value, unit))
    points = f"{number(change * 100, 1)} percentage points" if unit == "fraction" else in_unit(change, unit)
    without_share = row["per_cent"] is None or unit == "fraction" or not as_shown(base_value, unit)
    share = "" if without_share else f" ({per_cent(abs(row['per_cent']) / 100)})"
    direction = "more" if value > base_value else "less"
    return f"{in_unit(value, unit)}, {points}{share} {direction} than {in_unit(base_value, unit)}."


def _contract(contract: Document, document: Document, services: Collection[str]) -> Iterator[str]:
    is_base = contract["name"] == document["base"] and len(document["contracts"]) > 1
    title = f"{contract['name']} (the base)" if is_base else contract["name"]
    yield from wrapped(title)
    yield "-" * min(len(title), WIDTH)
    yield from _money_table(contract, document["part_years"], services)
    yield ""
    for ledger, sentences in (
        ("Provider", _provider(contract["totals"])),
        ("Public purse", _purse(contract["public_purse"])),
        ("Families", _families(contract["families"])),
        ("Staff", _staff(contract["staff"])),
        ("Cash", _cash(contract["cash"])),
    ):
        yield from wrapped(f"{ledger}: {sentences}", "", "  ")


def _money_table(contract: Document, part_years: Sequence[str], chosen: Collection[str]) -> Iterator[str]:
    """Show all services together by year, and below them those chosen: by year, or each in a line.

    Whatever is shown is taken from one table of services by year, so that it adds up in every view.
    """
    services = contract["services"]
    yield (
        "".ljust(NAME_WIDTH)
        + "".join(head.rjust(MONEY_WIDTH) for head in MONEY.values())
        + "Recovery".rjust(SHARE_WIDTH)
    )
    shown = {
        measure: shown_table([[year[measure] for year in service["years"]] for service in services])
        for measure in MONEY
    }
    sums = {measure: [sum(column) for column in zip(*shown[measure], strict=True)] for measure in MONEY}
    yield from wrapped("All services" if len(services) > 1 else services[0]["service"])
    yield from _rows(sums, contract, part_years)
    if len(services) == 1 or NO_SERVICES in chosen:
        return
    if SUMMARY in chosen and ALL_SERVICES not in chosen:
        yield "Each service, all years together"
        for place, service in enumerate(services):
            *above, last = textwrap.wrap(service["service"], NAME_WIDTH - 3)
            yield from (f"  {line}" for line in above)
            amounts = [sum(shown[measure][place]) for measure in MONEY]
            yield _row(f"  {last}", amounts, service["totals"]["recovery_rate"])
    for place, service in enumerate(services):
        if ALL_SERVICES in chosen or service["service"] in chosen:
            yield from wrapped(service["service"])
            yield from _rows({measure: shown[measure][place] for measure in MONEY}, service, part_years)


def _rows(shown: Mapping[str, Sequence[float]], owner: Document, part_years: Sequence[str]) -> Iterator[str]:
    for place, year in enumerate(owner["years"]):
        label = f"  {year['year']}{' (part-year)' if year['year'] in part_years else ''}"
        yield _row(label, [shown[measure][place] for measure in MONEY], year["recovery_rate"])
    yield _row("  together", [sum(shown[measure]) for measure in MONEY], owner["totals"]["recovery_rate"])


def _row(label: str, amounts: Sequence[float], recovery: float | None) -> str:
    cells = "".join(pounds(amount).rjust(MONEY_WIDTH) for amount in amounts)
    return f"{label.ljust(NAME_WIDTH)}{cells}{per_cent(recovery).rjust(SHARE_WIDTH)}"


def _provider(totals: Document) -> str:
    return (
        f"income {pounds(totals['income'])}, cost {pounds(totals['cost'])}: {balance_words(totals['surplus'])}; with "
        f"posts filled, {balance_words(totals['surplus_posts_filled'])}. "
        f"The terms cost {pounds(totals['cost_of_terms'])}, "
        f"and {pounds(totals['pay_not_spent'])} of pay is not spent while posts stand empty."
    )


def _purse(purse: Document) -> str:
    paid, administration, less_saving = shown_parts(
        [purse["paid"], purse["administration"], -purse["competition_saving"]]
    )
    saving = f" less {pounds(-less_saving)} saved by competition" if less_saving else ""
    text = (
        f"paid {pounds(paid)} and administration {pounds(administration)}{saving}: "
        f"{pounds(paid + administration + less_saving)}; present value in real terms "
        f"{pounds(purse['present_value_real'])}."
    )
    if purse["regret"] is not None:
        text += f" Beside it, {pounds(purse['regret'])} would be tied up if need changed."
    return text


def _families(families: Document) -> str:
    if families["people_starting_support"] is None:
        return "left out, because the people supported are not entered."
    text = (
        f"{in_unit(families['people_starting_support'], 'people')} start support, "
        f"{number(families['support_months'])} person-months are given, and "
        f"{in_unit(families['waiting_at_end'], 'people')} wait at the end."
    )
    lost = families["weeks_lost"]
    parts = dict(zip(lost, shown_parts(list(lost.values())), strict=True))
    causes = [f"{number(weeks)} to {CAUSES[cause]}" for cause, weeks in parts.items() if weeks]
    text += f" Weeks of service lost: {number(sum(parts.values()))}{' (' + ', '.join(causes) + ')' if causes else ''}."
    return (
        f"{text} Each person starting costs {pounds(families['cost_per_person'])}, a place "
        f"{pounds(families['cost_per_place'])} a year."
    )


def _staff(staff: Document) -> str:
    if not staff["post_months"]:
        return "left out, because no posts are entered."
    leavers, hires, notices = (in_unit(staff[name], "posts") for name in ("leavers", "hires", "notices"))
    text = f"{leavers} leave, {hires} are hired, {notices} protective notices."
    if staff["secure_post_months_share"] is not None:
        text += f" Funding is secure in {per_cent(staff['secure_post_months_share'], 0)} of post-months."
    at = staff["secure_post_months_share_at"]
    if at[0]["break_clause_counted"] is None:
        return text
    counted, disregarded = (
        ", ".join(f"{per_cent(entry[key], 0)} at {entry['months']}" for entry in at)
        for key in ("break_clause_counted", "break_clause_disregarded")
    )
    text += f" Secure by months of confirmed funding: {counted}"
    return f"{text}; with the break clause disregarded {disregarded}." if counted != disregarded else f"{text}."


def _cash(cash: Document) -> str:
    opening = "" if cash["opening_entered"] else ", counted from nothing,"
    text = f"at its lowest{opening} {pounds(cash['lowest'])} in {_month(cash['lowest_month'])} if everything continues"
    if cash["lowest_if_lost"] is not None:
        text += (
            f", and {pounds(cash['lowest_if_lost'])} if {cash['lowest_if_lost_service']} ends after "
            f"{_month(cash['lowest_if_lost_last_month'])}"
        )
    if cash["opening_entered"]:
        limit = f"the minimum of {pounds(cash['minimum'])}" if cash["minimum"] else "nil"
        below = cash["first_month_below_minimum"]
        text += f"; first below {limit} in {_month(below)}" if below else f"; never below {limit}"
    text += "."
    reserves = cash["reserves"]
    if reserves["opening_entered"]:
        text += f" Free reserves end at {pounds(reserves['closing'])}"
        breached = reserves["policy_breached_year"]
        text += f" and are below the policy from {breached}." if breached else "."
    return text


def notes_text(title: str, notes: Sequence[Document]) -> list[str]:
    """Return notes under a title, those on one place together."""
    if not notes:
        return []
    lines = [title, "-" * len(title)]
    together: dict[str, list[str]] = {}
    for note in notes:
        together.setdefault(note["where"], []).append(note["text"])
    for where, texts in together.items():
        lines += wrapped(f"{where[:1].upper()}{where[1:]}")
        lines += [line for text in texts for line in wrapped(text, "  - ", "    ")]
    return [*lines, ""]


def wrapped(text: str, first: str = "", further: str = "  ") -> list[str]:
    """Return a text in lines that a terminal of a hundred columns has room for."""
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False) or [
        first
    ]


def _month(year_month: str) -> str:
    return f"{date.fromisoformat(f'{year_month}-01'):%B %Y}"


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
