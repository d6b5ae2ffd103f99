"""The negotiation ladder in words, tables and charts; every number in a sentence stands in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from funding_model.report.charts import Chart
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.look import Look
from funding_model.report.plan_charts import Bar, labelled_bars
from funding_model.report.sentences import listed, quoted
from funding_model.report.words import NOTHING, balance_words, number, per_cent, pounds, rounded, shown_parts

Document = Mapping[str, Any]
RUNGS: Final = {
    "price": "Price",
    "full_cost_price": "Full-cost price",
    "least_acceptable": "Least acceptable",
    "walk_away": "Walk-away",
}
MADE_OF: Final = {
    "full_cost": "Full cost",
    "other_funders": "Other funders",
    "stranded_anyway": "Overhead stranded anyway",
    "cost_of_terms": "Cost of the terms",
    "without_cash": "Costs without cash",
    "exit_cost": "Exit cost",
}
FIELDS: Final = {
    "months": "length of the award",
    "lead_months": "decision before the award starts",
    "competed": "competition for each new cycle",
    "break_notice_months": "notice of an early end",
    "letters_for_extensions": "a letter for each extension",
    "overhead_rule": "overhead rule",
    "overhead_rate": "overhead rate",
    "funded_share": "share funded",
    "margin": "margin in the price",
    "current": "price paid today",
    "schedule": "agreed prices",
    "recognises": "costs of the terms recognised",
    "increments_recognised": "pay increments recognised",
    "establishment": "posts recognised",
    "renewal_uplift": "uplift when rolled forward",
    "rate": "fixed uplift within the award",
    "new_award": "how a new award is priced",
    "within_award": "how the price moves within an award",
    "cap": "most that the price may rise",
    "timing": "when payment is due",
    "interval_months": "months that a payment covers",
    "days": "days allowed for payment",
    "underspend": "what happens to an underspend",
    "basis": "block price or unit price",
    "returns_a_year": "monitoring returns",
    "hours_each": "hours for each return",
    "variation_hours": "hours for each variation",
}
"""What each term that may be conceded is called."""


def value_words(value: object, unit: str) -> str:
    """Return a term's value in its unit: a number, a name, yes or no, or none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return "none" if value is None else str(value).replace("_", " ")
    if unit.startswith("fraction"):
        return f"{per_cent(value, 2)}{' a year' if unit == 'fraction a year' else ''}"
    if unit == "times the price":
        return f"{number(value, 3)} times"
    return f"{number(value, 0 if float(value).is_integer() else 1)}{'' if unit == 'choice' else f' {unit}'}"


def ladder_sentences(document: Document) -> list[str]:
    """Return what a reader should know first."""
    return [sentence for contract in document["contracts"] for sentence in _contract(contract, document["service"])]


def _contract(contract: Document, service: str | None) -> list[str]:
    name = quoted(contract["name"])
    shown = {key: pounds(contract[key]) for key in RUNGS}
    rungs = (
        f"Over the whole period {name} pays {shown['price']}. The full-cost price is {shown['full_cost_price']}, the "
        f"least acceptable {shown['least_acceptable']}, and the walk-away price {shown['walk_away']}."
    )
    sentences = [f"{rungs} {_place(contract)}"]
    of = f" for {quoted(service)}" if service else ""
    left = balance_words(contract["surplus_posts_filled"])
    if not contract["concession_needed"]:
        return [*sentences, f"With every post filled {name} leaves {left}{of}: no concession is needed."]
    sentences.append(f"With every post filled {name} leaves {left}{of}.")
    closing = [each for each in contract["components"] if each["smallest"] is not None]
    sentences += [f"{each['component'].capitalize()}: {_closing(each['smallest'])}" for each in closing]
    rest = [each["component"] for each in contract["components"] if each["smallest"] is None]
    if rest:
        sentences.append(f"No single concession that was tried on {listed(rest)} closes it under {name}.")
    return sentences


def _place(contract: Document) -> str:
    """Say between which rungs the price stands."""
    price = rounded(contract["price"])
    if price >= rounded(contract["full_cost_price"]):
        return "The price meets the full cost."
    if price >= rounded(contract["least_acceptable"]):
        return "The price does not meet the full cost, and is not below what is acceptable."
    if price >= rounded(contract["walk_away"]):
        return "The price is below what is acceptable, and still better than to end the service at once."
    return "The price is below the walk-away price: it would cost less not to take the contract."


def _closing(found: Document) -> str:
    more = pounds(abs(found["purse_total_change"]))
    change = "nothing" if more == pounds(0.0) else f"{more} {'more' if found['purse_total_change'] > 0 else 'less'}"
    now, needed = (value_words(found[key], found["unit"]) for key in ("now", "value"))
    return (
        f"{FIELDS[found['field']]}, {needed} (now {now}), closes it; the public purse pays {change} over the whole "
        f"period{'' if change != 'nothing' else ' for it'}."
    )


def ladder_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    contracts = document["contracts"]
    grids = beside_each_other(document)
    if len(contracts[0]["services"]) > 1:
        grids += [_services_grid(each) for each in contracts]
    return [*grids, *(_concessions_grid(each, document["service"]) for each in contracts)]


def of_contract(contract: Document, service: str | None) -> list[Grid]:
    """Return the tables of one contract: its rungs by service, and the concessions that would do."""
    several = len(contract["services"]) > 1
    return [*([_services_grid(contract)] if several else []), _concessions_grid(contract, service)]


def beside_each_other(document: Document) -> list[Grid]:
    """Return the tables that set the rungs of the contracts beside each other."""
    contracts = document["contracts"]
    whole = [
        (each["name"], *(pounds(each[key]) for key in RUNGS), pounds(each["surplus_posts_filled"]))
        for each in contracts
    ]
    yearly = [(each["name"], *(pounds(each["a_year"][key]) for key in RUNGS)) for each in contracts]
    heads = ("Contract", *RUNGS.values())
    return [
        Grid("The ladder over the whole period, all services", (*heads, _left(document["service"])), whole),
        Grid("The same a year, on average", heads, yearly),
        Grid(
            "What the rungs are made of, all services",
            ("Contract", *MADE_OF.values()),
            [(each["name"], *map(pounds, shown_parts_of(each))) for each in contracts],
        ),
    ]


def _left(service: str | None) -> str:
    """Return the heading of what is left with posts filled, of all services or of one."""
    return f"Surplus with posts filled{f', {service}' if service else ''}"


def shown_parts_of(owner: Document) -> list[float]:
    """Return the parts of the rungs as shown, so that they lead from full cost to each rung as shown."""
    parts = owner["made_of"]
    signs = {"full_cost": 1, "other_funders": -1, "stranded_anyway": -1, "cost_of_terms": 1, "without_cash": -1,
             "exit_cost": -1}  # fmt: skip
    shown: list[float] = []
    level = 0.0
    names = list(signs)
    for rung, pair in zip(list(RUNGS)[1:], (names[:2], names[2:4], names[4:]), strict=True):
        goal = rounded(owner[rung])
        shown += shown_parts([signs[name] * parts[name] for name in pair], 0, goal - level)
        level = goal
    return [amount * signs[name] or 0.0 for name, amount in zip(names, shown, strict=True)]


def _services_grid(contract: Document) -> Grid:
    columns = [shown_parts([each[key] for each in contract["services"]], 0, contract[key]) for key in RUNGS]
    rows = [
        (each["service"], *(pounds(column[place]) for column in columns))
        for place, each in enumerate(contract["services"])
    ]
    return Grid(f"By service under {quoted(contract['name'])}", ("Service", *RUNGS.values()), rows)


def _concessions_grid(contract: Document, service: str | None) -> Grid:
    """Return the smallest concession on each component, or the best that those tried lead to."""
    rows = []
    for each in contract["components"]:
        found = each["smallest"]
        if found is not None:
            change = pounds(found["purse_total_change"], sign=True)
            now, needed = (value_words(found[key], found["unit"]) for key in ("now", "value"))
            left = pounds(found["surplus_posts_filled"])
            rows.append((each["component"], FIELDS[found["field"]], now, needed, change, left))
            continue
        best = max((one["best_surplus"] for one in each["tried"] if one["best_surplus"] is not None), default=None)
        rows.append((each["component"], _tried_words(each["tried"]), NOTHING, "none", NOTHING, pounds(best)))
    before = balance_words(contract["surplus_posts_filled"])
    columns = ("Component", "Concession", "Now", "Needed", "Public purse", "Leaves")
    of = f" of {quoted(service)}" if service else ""
    title = f"Smallest single concession under {quoted(contract['name'])}, which leaves {before}{of}"
    return Grid(title, columns, rows, texts=4)


def _tried_words(tried: Sequence[Document]) -> str:
    if not tried:
        return "nothing in it bears on money here"
    return f"tried: {', '.join(dict.fromkeys(FIELDS[each['field']] for each in tried))}"


def ladder_text(document: Document) -> str:
    """Return the ladder as plain text."""
    title = f"Negotiation ladder: {document['scenario']}"
    return sheet_text(title, document, ladder_sentences(document), ladder_grids(document))


def ladder_chart(document: Document, look: Look) -> Chart:
    """Draw the price of each contract beside the rungs."""
    bars = [
        Bar(contract["name"], label, contract[key], pounds(contract[key]))
        for contract in document["contracts"]
        for key, label in RUNGS.items()
    ]
    return labelled_bars("Price beside full-cost, least acceptable and walk-away price", bars, look)
