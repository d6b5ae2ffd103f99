"""A change of need in words, tables and charts; every number in a sentence stands in a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from funding_model.report.charts import Chart
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.look import Look
from funding_model.report.plan_charts import Bar, labelled_bars
from funding_model.report.sentences import listed, quoted
from funding_model.report.words import (
    NOTHING,
    as_shown,
    difference_as_shown,
    in_unit,
    number,
    per_cent,
    pounds,
    rounded,
    shown_parts,
)
from funding_model.scenario.titles import upper_first

Document = Mapping[str, Any]
PAYERS: Final = {"funder": "Funder", "contingency": "Contingency", "provider": "Provider"}
AWARDS: Final = {"recosted": "costed afresh", "rolled_forward": "rolled forward"}


def month_words(month: str) -> str:
    """Return a month as people write it."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def _count(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)


def change_words(document: Document) -> str:
    """Say what changes, from when and where."""
    change = document["change"]
    what = []
    if change["referrals"]:
        what.append(f"{_count(change['referrals'])} more people are referred a month")
    if change["cohort"]:
        what.append(f"{_count(change['cohort'])} people are referred at once")
    if change["cost_shock"]:
        which = f"costs of the category {quoted(change['category'])}" if change["category"] else "costs other than pay"
        what.append(f"{which} rise by {per_cent(change['cost_shock'])}")
    what += [
        f"{_count(each['heads'])} more {quoted(each['post'])} {'is' if each['heads'] == 1 else 'are'} taken on"
        for each in change["posts"]
    ]
    until = f" to {month_words(change['end'])}" if change["end"] else " on"
    where = f" in {quoted(change['service'])}" if change["service"] else ""
    return f"From {month_words(change['start'])}{until}{where}: {listed(what)}."


def shown_payers(money: Document) -> dict[str, float]:
    """Return who pays as shown: it adds up to the cost as shown."""
    shown = shown_parts([money[name] for name in PAYERS], 0, rounded(money["cost"]))
    return dict(zip(PAYERS, shown, strict=True))


def change_sentences(document: Document) -> list[str]:
    """Return what a reader should know first."""
    return [change_words(document), *map(_contract, document["contracts"])]


def _contract(contract: Document) -> str:
    money, name = contract["who_pays"], quoted(contract["name"])
    paid = shown_payers(money)
    cost = pounds(abs(money["cost"]))
    if cost == pounds(0.0) and not any(paid.values()):
        text = f"Under {name} it costs nothing more."
    else:
        parts = [_payer(payer, amount) for payer, amount in paid.items() if amount]
        change = "costs nothing more" if cost == pounds(0.0) else f"costs {cost} {_way(money['cost'])}"
        text = f"Under {name} it {change}: {listed(parts) if parts else 'nobody pays'}."
    return " ".join([text, *_delivery(contract), _follows(contract)])


def _way(amount: float) -> str:
    return "more" if amount > 0 else "less"


def _payer(payer: str, amount: float) -> str:
    shown = pounds(abs(amount))
    if payer == "provider":
        return f"the provider bears {shown}" if amount > 0 else f"the provider gains {shown}"
    who = "the funder pays" if payer == "funder" else "the contingency pays"
    return f"{who} {shown} {_way(amount)}"


def _delivery(contract: Document) -> list[str]:
    delivered = contract["delivered"]
    if delivered is None:
        return []
    waiting = delivered["waiting_at_end"]
    people = in_unit(abs(waiting), "people")
    wait = "as many wait" if people == "0" else f"{people} {'more' if waiting > 0 else 'fewer'} wait"
    start = in_unit(abs(delivered["starting"]), "people")
    starting = f"{'no' if start == '0' else start} {'more' if delivered['starting'] >= 0 else 'fewer'} start support"
    referred = f"{in_unit(delivered['referred'], 'people')} people are referred in addition, "
    return [upper_first(f"{referred if delivered['referred'] else ''}{starting}, and {wait} at the end.")]


def _follows(contract: Document) -> str:
    allows = contract["allows"]
    held = [share for share in allows["contingency_share"] if share]
    contingency = f" It holds {listed([per_cent(share) for share in held])} of the price for new need." if held else ""
    if allows["price_follows_from"] is None:
        return f"No award is decided after it within the period, and the price stays as agreed.{contingency}"
    how = " or ".join(_awards(allows))
    return f"The next award, {how}, starts in {month_words(allows['price_follows_from'])}.{contingency}"


def _awards(allows: Document) -> list[str]:
    """Say how the next award is priced, and where a price rolled forward does not follow what is added."""
    follows = " or ".join("volume follows" if each else "volume does not follow" for each in allows["volume_follows"])
    return [f"{AWARDS[each]} ({follows})" if each == "rolled_forward" else AWARDS[each] for each in allows["new_award"]]


def change_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    contracts = document["contracts"]
    grids = beside_each_other(document)
    if len(contracts[0]["services"]) > 1:
        grids += [_services_grid(contract) for contract in contracts]
    return [*grids, *map(_results_grid, contracts)]


def beside_each_other(document: Document) -> list[Grid]:
    """Return what was asked, and the tables that set the contracts beside each other."""
    grids = [_asked_grid(document), _payers_grid(document), _allows_grid(document)]
    return grids if document["contracts"][0]["delivered"] is None else [*grids, _delivered_grid(document)]


def of_contract(contract: Document) -> list[Grid]:
    """Return the tables of one contract: who pays by service, and every ledger before and after."""
    several = len(contract["services"]) > 1
    return [*([_services_grid(contract)] if several else []), _results_grid(contract)]


def change_text(document: Document) -> str:
    """Return a change as plain text."""
    title = f"Change of need: {document['scenario']}"
    return sheet_text(title, document, change_sentences(document), change_grids(document))


def _asked_grid(document: Document) -> Grid:
    change = document["change"]
    rows = [
        ("From", month_words(change["start"])),
        ("To", month_words(change["end"]) if change["end"] else "the end"),
        ("Service", change["service"] or "all"),
        *([("More people referred a month", _count(change["referrals"]))] if change["referrals"] else []),
        *([("People referred at once", _count(change["cohort"]))] if change["cohort"] else []),
        *([("Costs other than pay rise by", per_cent(change["cost_shock"]))] if change["cost_shock"] else []),
        *([("Only costs of the category", change["category"])] if change["category"] else []),
        *((f"More {each['post']}", _count(each["heads"])) for each in change["posts"]),
    ]
    return Grid("What changes", ("Change", "Asked"), rows)


def _payers_grid(document: Document) -> Grid:
    rows = []
    for contract in document["contracts"]:
        money = contract["who_pays"]
        paid = shown_payers(money)
        amounts = (rounded(money["cost"]), *paid.values(), rounded(money["overhead"]))
        rows.append((contract["name"], *(pounds(amount, sign=True) for amount in amounts)))
    heads = ("Contract", "Cost", *PAYERS.values(), "Of the cost, overhead")
    return Grid("Who pays what the change costs, over the whole period", heads, rows)


def _allows_grid(document: Document) -> Grid:
    rows = []
    for contract in document["contracts"]:
        allows, variations = contract["allows"], contract["variations"]
        follows = allows["price_follows_from"]
        rows.append(
            (
                contract["name"],
                "none in the period" if follows is None else month_words(follows),
                ", ".join(_awards(allows)),
                ", ".join(allows["basis"]),
                ", ".join(allows["underspend"]),
                ", ".join(per_cent(share) for share in allows["contingency_share"]),
                NOTHING if variations["provider_hours"] is None else number(variations["provider_hours"], 1),
            )
        )
    heads = (
        "Contract", "Next award from", "Its price", "Paid by", "Underspend", "Contingency", "Hours of variations",
    )  # fmt: skip
    return Grid("What the terms allow", heads, rows, texts=5)


def _delivered_grid(document: Document) -> Grid:
    names = {
        "referred": "Referred",
        "starting": "Starting",
        "support_months": "Person-months",
        "gave_up": "Giving up",
        "waiting_at_end": "Waiting at the end",
    }
    units = {"support_months": "person-months"}
    rows = [
        (contract["name"], *(in_unit(contract["delivered"][name], units.get(name, "people")) for name in names))
        for contract in document["contracts"]
    ]
    return Grid("What is delivered in addition, if the services continue", ("Contract", *names.values()), rows)


def _services_grid(contract: Document) -> Grid:
    rows = []
    for each in contract["services"]:
        amounts = (rounded(each["cost"]), *shown_payers(each).values())
        rows.append((each["service"], *(pounds(amount, sign=True) for amount in amounts)))
    return Grid(f"By service under {quoted(contract['name'])}", ("Service", "Cost", *PAYERS.values()), rows)


def _results_grid(contract: Document) -> Grid:
    rows = []
    for each in contract["results"]:
        unit = each["unit"]
        change = difference_as_shown(each["after"], each["before"], unit)
        values = (in_unit(as_shown(each[key], unit), unit) for key in ("before", "after"))
        rows.append((each["label"], each["ledger"], *values, in_unit(change, unit, sign=True)))
    title = f"Every ledger under {quoted(contract['name'])}"
    return Grid(title, ("Result", "Ledger", "Before", "After", "Difference"), rows, texts=2)


def payers_chart(document: Document, look: Look) -> Chart:
    """Draw who pays what the change costs under every contract."""
    bars = [
        Bar(contract["name"], PAYERS[payer], amount, pounds(amount, sign=True))
        for contract in document["contracts"]
        for payer, amount in shown_payers(contract["who_pays"]).items()
    ]
    return labelled_bars("Who pays what the change costs, over the whole period", bars, look)
