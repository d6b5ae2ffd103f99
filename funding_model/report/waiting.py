"""Early intervention and the waiting list in words, tables and charts; numbers in sentences stand in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from funding_model.report.change import month_words
from funding_model.report.charts import Chart, layered, line_height, month_lines
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.in_common import alike, once
from funding_model.report.look import Look
from funding_model.report.sentences import listed, quoted
from funding_model.report.words import NOTHING, in_unit, number, per_cent, pounds, rounded, shown_parts

Document = Mapping[str, Any]
WHOSE: Final = "\x00"
"""Stands in a sentence for the contracts that it is true of; nobody can enter it."""
MOST_NAMED: Final = 4
"""Services whose list has a sentence of its own; of more, they are told together."""
PER: Final = {"person_starting": "person starting support", "person_month": "person-month of support"}


def waiting_sentences(document: Document) -> list[str]:
    """Return what a reader should know first."""
    # What is the same under several contracts is said once: with a word in the place of the contract's name.
    told = alike((contract["name"], _contract(contract, document, WHOSE)) for contract in document["contracts"])
    return [sentence.replace(WHOSE, whose) for whose, sentences in told for sentence in sentences]


def _contract(contract: Document, document: Document, name: str) -> list[str]:
    sentences = []
    early = contract["early_intervention"]
    if early is not None:
        first, last = early["years"][0], early["years"][-1]
        of = "" if not early["left_out"] else " of the services for which it was entered"
        sentences.append(
            f"Under {name} the share of spend on early intervention{of} is {per_cent(first['share'])} in "
            f"{first['year']} and {per_cent(last['share'])} in {last['year']}."
        )
    if contract["months"] is not None:
        sentences.append(_list(contract, name))
    if contract["clearing"] is not None:
        sentences += _clearing(contract["clearing"], document)
    if contract["social_value"] is not None:
        sentences += [_worth(each, name) for each in contract["social_value"]]
    return sentences


def _list(contract: Document, name: str) -> str:
    first, last = contract["months"][0], contract["months"][-1]
    wait = "" if last["mean_wait"] is None else f", a mean wait of {_wait(last['mean_wait'])} months"
    return (
        f"If everything continues under {name}, {in_unit(first['waiting'], 'people')} people wait at the end of "
        f"{month_words(first['month'])} and {in_unit(last['waiting'], 'people')} at the end of "
        f"{month_words(last['month'])}{wait}."
    )


def _wait(months: float | None) -> str:
    return NOTHING if months is None else number(months, 1)


def _clearing(found: Sequence[Document], document: Document) -> list[str]:
    by = month_words(document["clear_by"])
    if not found:
        return ["No service has both a waiting list and a delivery post, so there is no list to clear."]
    sentences = []
    possible = [each for each in found if each["possible"]]
    fte, cost = shown_parts([each["fte"] for each in possible], 2), shown_parts([each["cost"] for each in possible])
    beside = iter(zip(fte, cost, strict=True))
    for each in found if len(found) <= MOST_NAMED else ():
        service = quoted(each["service"])
        if not each["possible"]:
            sentences.append(
                f"Nothing that was tried, up to {number(each['most_fte_tried'], 2)} FTE more, clears the list of "
                f"{service} by {by}."
            )
            continue
        staff, money = next(beside)
        if not each["fte"]:
            sentences.append(f"The list of {service} is clear by {by} without more staff.")
        else:
            sentences.append(
                f"To clear the list of {service} by {by} takes {number(staff, 2)} FTE more from "
                f"{month_words(document['from'])}, for {pounds(money)} without overhead."
            )
    if len(found) > MOST_NAMED:
        sentences.append(
            f"To clear the lists of {number(len(possible))} of {number(len(found))} services by {by} takes "
            f"{number(sum(fte), 2)} FTE more from {month_words(document['from'])}, for {pounds(sum(cost))} without "
            "overhead."
        )
    return sentences


def _worth(each: Document, name: str) -> str:
    return (
        f"Social value, in a ledger of its own: under {name} {quoted(each['name'])} of {quoted(each['service'])} comes "
        f"to {pounds(each['value'])}. What it does not show: {quoted(each['limits'].rstrip('.'))}. Source: "
        f"{quoted(each['source'].rstrip('.'))}."
    )


def waiting_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    parts = set(document["part_years"])
    contracts: Sequence[Document] = document["contracts"]
    with_people = [each for each in contracts if each["months"] is not None]
    several = [each for each in with_people if len(each["services"]) > 1]
    early = [each for each in contracts if each["early_intervention"] is not None]
    clearing = [each for each in contracts if each["clearing"]]
    valued = [each for each in contracts if each["social_value"] is not None]
    return [
        *once(lambda each, whose: _early_grid(each["early_intervention"], whose, parts), early),
        *once(lambda each, whose: _reached_grid(each["reached"], whose, parts), with_people),
        *once(lambda each, whose: _months_grid(each["months"], whose), with_people),
        *once(lambda each, whose: _services_grid(each["services"], whose), several),
        *once(lambda each, whose: _clearing_grid(each["clearing"], document, whose), clearing),
        *once(lambda each, whose: _worth_grid(each["social_value"], whose), valued),
    ]


def waiting_text(document: Document) -> str:
    """Return the answer as plain text."""
    title = f"Early intervention and waiting list: {document['scenario']}"
    return sheet_text(title, document, waiting_sentences(document), waiting_grids(document))


def _year(year: str, parts: set[str]) -> str:
    return f"{year}{' (part-year)' if year in parts else ''}"


def _early_grid(early: Document, name: str, parts: set[str]) -> Grid:
    rows = [
        (_year(each["year"], parts), pounds(each["spend"]), pounds(each["early_intervention"]), per_cent(each["share"]))
        for each in early["years"]
    ]
    of = "" if not early["left_out"] else f", {listed(early['counted'])}"
    columns = ("Year", "Spend", "Early intervention", "Share")
    return Grid(f"Spend on early intervention under {name}{of}", columns, rows)


def _reached_grid(reached: Sequence[Document], name: str, parts: set[str]) -> Grid:
    starting = shown_parts([each["people_starting_support"] for each in reached])
    given = shown_parts([each["support_months"] for each in reached])
    rows = [
        (_year(each["year"], parts), number(people), number(months))
        for each, people, months in zip(reached, starting, given, strict=True)
    ]
    rows.append(("together", number(sum(starting)), number(sum(given))))
    return Grid(f"People reached under {name}", ("Year", "Starting support", "Person-months given"), rows)


def _month_cells(each: Document) -> tuple[str, ...]:
    return (*(in_unit(each[name], "people") for name in ("referred", "starting", "waiting")), _wait(each["mean_wait"]))


def _months_grid(months: Sequence[Document], name: str) -> Grid:
    rows = [(month_words(each["month"]), *_month_cells(each)) for each in months]
    columns = ("Month", "Referred", "Starting", "Waiting at the end", "Mean wait, months")
    return Grid(f"The waiting list by month under {name}, if everything continues", columns, rows)


def _services_grid(services: Sequence[Document], name: str) -> Grid:
    rows = [
        (
            each["service"],
            in_unit(each["months"][0]["waiting"], "people"),
            in_unit(each["months"][-1]["waiting"], "people"),
            _wait(each["months"][0]["mean_wait"]),
            _wait(each["months"][-1]["mean_wait"]),
        )
        for each in services
    ]
    first, last = (month_words(services[0]["months"][place]["month"]) for place in (0, -1))
    columns = ("Service", f"Waiting {first}", f"Waiting {last}", f"Mean wait {first}", f"Mean wait {last}")
    return Grid(f"The lists of the services under {name}, if they continue", columns, rows)


def _clearing_grid(found: Sequence[Document], document: Document, name: str) -> Grid:
    possible = [each for each in found if each["possible"]]
    fte = iter(shown_parts([each["fte"] for each in possible], 2))
    cost = iter(shown_parts([each["cost"] for each in possible]))
    rows, sums = [], [0.0, 0.0]
    for each in found:
        lists = tuple(in_unit(each[key], "people") for key in ("waiting_without", "waiting_with"))
        if not each["possible"]:
            none = f"none up to {number(each['most_fte_tried'], 2)}"
            rows.append((each["service"], each["post"], none, NOTHING, *lists, NOTHING))
            continue
        staff, money = next(fte), next(cost)
        sums = [sums[0] + staff, sums[1] + money]
        more = in_unit(each["more_starting"], "people")
        rows.append((each["service"], each["post"], number(staff, 2), more, *lists, pounds(money)))
    if len(found) > 1:
        total = (number(sums[0], 2), "", "", "", pounds(sums[1]))
        rows.append((f"{number(len(possible))} of {number(len(found))} services", "", *total))
    span = f"from {month_words(document['from'])} to {month_words(document['clear_by'])}"
    columns = (
        "Service", "Post", "FTE more", "People starting more", "Waiting without", "Waiting with", "Cost",
    )  # fmt: skip
    title = f"What clearing the lists takes under {name}, {span}, without overhead"
    return Grid(title, columns, rows, texts=2)


def _worth_grid(ledger: Sequence[Document], name: str) -> Grid:
    rows = [
        (
            each["service"],
            each["name"],
            f"{pounds(each['pounds'])} a {PER[each['per']]}",
            per_cent(each["attributable"]),
            pounds(rounded(each["value"])),
        )
        for each in ledger
    ]
    columns = ("Service", "What is valued", "Worth", "Attributable", "Value")
    return Grid(f"Social value under {name}, a ledger of its own", columns, rows, texts=3)


def waiting_chart(document: Document, look: Look) -> Chart | None:
    """Draw the waiting list by month under every contract; None where nobody is counted."""
    contracts = [each for each in document["contracts"] if each["months"] is not None]
    if not contracts:
        return None
    values = [
        {
            "contract": contract["name"],
            "day": f"{each['month']}-28",
            "month": month_words(each["month"]),
            "value": each["waiting"],
            "number": place,
        }
        for contract in contracts
        for place, each in enumerate(contract["months"])
    ]
    names = [contract["name"] for contract in contracts]
    axis = alt.Y("value:Q", title="People waiting", axis=alt.Axis(tickCount=6))
    told = "; ".join(
        f"{each['name']}, from {in_unit(each['months'][0]['waiting'], 'people')} to "
        f"{in_unit(each['months'][-1]['waiting'], 'people')}"
        for each in contracts
    )
    description = f"Line chart. People waiting at each month’s end: {told}. The table beside it holds the same numbers."
    return layered(month_lines(values, names, axis), line_height(names), description, look)
