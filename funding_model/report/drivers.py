"""The driver defence in words, tables and charts; every number in a sentence stands in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from funding_model.report.charts import Chart
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.look import Look
from funding_model.report.plan_charts import Bar, labelled_bars
from funding_model.report.sentences import listed, quoted
from funding_model.report.words import NOTHING, pounds, shown_parts
from funding_model.scenario.choices import driver_name
from funding_model.scenario.titles import lower_first

Document = Mapping[str, Any]
METHODS: Final = {
    "direct": "direct",
    "step_down": "step-down",
    "reciprocal": "reciprocal",
    "single_rate": "single rate",
}
MOST_NAMED: Final = 4
"""Services that have a sentence each; of more, only the one that the choice moves most has."""


def way_words(way: Document) -> str:
    """Return a way of sharing in words."""
    method = METHODS[way["method"]]
    if way["driver"] is None:
        return f"{method}, drivers as chosen"
    if way["method"] == "single_rate":
        return f"{method} on {_driver(way['driver'])}"
    return f"{method}, {way['pool'] or 'everything'} by {_driver(way['driver'])}"


def _driver(name: str) -> str:
    """Return what a driver is called in the middle of a sentence."""
    return lower_first(driver_name(name))


def drivers_sentences(document: Document) -> list[str]:
    """Return what a reader should know first: what the choice moves, why it was made and who rejects it."""
    if not document["pools"]:
        return ["No support pools are entered, so there is nothing to share."]
    services = sorted(document["services"], key=lambda each: -each["spread"])
    if len(services) > MOST_NAMED:
        services = services[:1]
    sentences = [_spread(each) for each in services]
    for pool in document["pools"]:
        rationale = pool["rationale"]
        why = f": {quoted(rationale.rstrip('.'))}" if rationale else ", and no reason for it is written down"
        sentences.append(f"{quoted(pool['pool'])} is shared by {_driver(pool['driver'])}{why}.")
    for contract in document["contracts"]:
        for each in contract["rejected"]:
            reason = f" Its reason: {quoted(each['reason'].rstrip('.'))}." if each["reason"] else ""
            sentences.append(
                f"Warning: under {quoted(contract['name'])} {quoted(each['funder'])} does not accept "
                f"{each['rejects']} (source: {quoted(each['source'])}).{reason}"
            )
    return sentences


def _spread(service: Document) -> str:
    lowest, highest = service["lowest"], service["highest"]
    name, chosen = quoted(service["service"]), pounds(service["chosen"])
    if pounds(lowest["value"]) == pounds(highest["value"]):
        return f"{name} bears {chosen} of the support costs, however they are shared."
    return (
        f"{name} bears {chosen} of the support costs over the whole period. Shared otherwise it would bear between "
        f"{pounds(lowest['value'])} ({way_words(lowest)}) and {pounds(highest['value'])} ({way_words(highest)})."
    )


def drivers_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    if not document["pools"]:
        return []
    return [_spread_grid(document), _methods_grid(document), _ways_grid(document), _pools_grid(document)]


def drivers_text(document: Document) -> str:
    """Return the driver defence as plain text."""
    title = f"Driver defence: {document['scenario']}"
    return sheet_text(title, document, drivers_sentences(document), drivers_grids(document))


def _spread_grid(document: Document) -> Grid:
    rows = [
        (
            each["service"],
            way_words(each["lowest"]),
            way_words(each["highest"]),
            pounds(each["lowest"]["value"]),
            pounds(each["chosen"]),
            pounds(each["highest"]["value"]),
        )
        for each in document["services"]
    ]
    columns = ("Service", "Lowest by", "Highest by", "Lowest", "Chosen", "Highest")
    return Grid("Overhead of each service over the whole period", columns, rows, texts=3)


def _methods_grid(document: Document) -> Grid:
    """Return each service's overhead by each method with the drivers chosen; columns add up to what is shared."""
    chosen = document["single_rate_base"]
    ways = [way for way in document["ways"] if way["pool"] is None and way["driver"] in (None, chosen or "direct_cost")]
    ways = [way for way in ways if way["driver"] is None or way["method"] == "single_rate"]
    columns = [[*way["services"], *way["other_activities"]] for way in ways]
    shown = [shown_parts([each["overhead"] for each in column]) for column in columns]
    rows = [(each["name"], *(pounds(column[place]) for column in shown)) for place, each in enumerate(columns[0] or [])]
    rows.append(("together", *(pounds(sum(column)) for column in shown)))
    heads = tuple(way_words(way).partition(",")[0].capitalize() for way in ways)
    return Grid("Every method, with the drivers chosen", ("Service or activity", *heads), rows)


def _ways_grid(document: Document) -> Grid:
    """Return each way of sharing by the method chosen or by a single rate, and which service it moves most."""
    chosen = next(way for way in document["ways"] if way["chosen"])
    before = {each["name"]: each["overhead"] for each in chosen["services"]}
    rows = []
    for way in document["ways"]:
        changes = [(each["overhead"] - before[each["name"]], each["name"]) for each in way["services"]]
        change, name = max(changes, key=lambda each: abs(each[0]))
        moved = pounds(change) != pounds(0.0)
        rows.append(
            (
                f"{way_words(way)}{' (chosen)' if way['chosen'] else ''}",
                name if moved else NOTHING,
                ", ".join(way["rejected_by"]) or NOTHING,
                pounds(change, sign=True) if moved else NOTHING,
            )
        )
    columns = ("Way of sharing", "Moves most", "Rejected by", "By")
    return Grid("Ways of sharing, beside the one chosen", columns, rows, texts=3)


def _pools_grid(document: Document) -> Grid:
    rows = []
    for pool in document["pools"]:
        left_out = [f"{_driver(each['driver'])} (none: {listed(_few(each['without']))})" for each in pool["left_out"]]
        rows.append(
            (
                pool["pool"],
                _driver(pool["driver"]),
                pool["rationale"] or "not written down",
                ", ".join(map(_driver, pool["reasonable"][1:])) or NOTHING,
                "; ".join(left_out) or NOTHING,
            )
        )
    columns = ("Support pool", "Shared by", "Why", "Other reasonable drivers", "Not all users have any")
    return Grid("Drivers of each support pool", columns, rows, texts=5)


def _few(names: Sequence[str]) -> list[str]:
    """Return a few names, and how many more there are."""
    if len(names) <= MOST_NAMED:
        return list(names)
    return [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} more"]


def overheads_chart(document: Document, look: Look) -> Chart:
    """Draw the lowest, the chosen and the highest overhead of each service."""
    bars = [
        Bar(each["service"], name, value, pounds(value))
        for each in document["services"]
        for name, value in (
            ("Lowest", each["lowest"]["value"]),
            ("Chosen", each["chosen"]),
            ("Highest", each["highest"]["value"]),
        )
    ]
    return labelled_bars("Overhead of each service over the whole period, by way of sharing", bars, look)
