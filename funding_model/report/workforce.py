"""The workforce plan in words, tables and charts; every number in a sentence stands in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from funding_model.report.charts import Chart
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.in_common import alike, once
from funding_model.report.look import Look
from funding_model.report.plan_charts import Bar, labelled_bars
from funding_model.report.sentences import listed
from funding_model.report.words import number, pounds, shown_parts, shown_table

Document = Mapping[str, Any]
PLACES: Final = 1
"""Places of posts, people and FTE: a tenth of a post matters in a small service."""
PAY: Final = {
    "gross_pay": "Gross pay",
    "national_insurance": "National Insurance",
    "pension": "Pension",
    "other_on_costs": "Other on-costs",
    "absence_cover": "Absence cover",
}


def shown_hires(years: Sequence[Document]) -> list[list[float]]:
    """Return growth and replacement hires of each year as shown: they add up to the hires shown, across and down."""
    scale = 10**PLACES
    hires = [[year["growth_hires"] * scale, year["replacement_hires"] * scale] for year in years]
    return [[cell / scale for cell in row] for row in shown_table(hires)]


def workforce_sentences(document: Document) -> list[str]:
    """Return what a reader should know first."""
    first = document["contracts"][0]
    opening, closing = first["years"][0], first["years"][-1]
    if not any(year["posts"] for year in first["years"]):
        return ["No posts are entered, so there is no workforce to plan."]
    cost = [sum(row) for row in _shown_pay(first["years"])]
    posts = (
        f"In {opening['year']} the services have {_count(opening['posts'])} posts on average "
        f"({_count(opening['fte'])} FTE), and in {closing['year']} {_count(closing['posts'])} "
        f"({_count(closing['fte'])} FTE), the same under every contract."
    )
    pay = (
        f"With every post filled they cost {pounds(cost[0])} in {opening['year']} and {pounds(cost[-1])} in "
        f"{closing['year']}, National Insurance, pension and other on-costs included."
    )
    hiring = alike((contract["name"], _hiring(contract)) for contract in document["contracts"])
    return [posts, pay, *(f"Under {whose} {text}" for whose, text in hiring)]


def _hiring(contract: Document) -> str:
    shown = shown_hires(contract["years"])
    growth, replacement = (sum(column) for column in zip(*shown, strict=True))
    text = (
        f"{_count(growth + replacement)} people are hired: {_count(growth)} for "
        f"growth and {_count(replacement)} to replace leavers."
    )
    short = [each for each in contract["recruits"] if each["short"]]
    if contract["recruits"][0]["supply"] is None:
        return f"{text} How many recruits there are is not entered."
    if not short:
        return f"{text} The supply of recruits is enough in every year."
    years = listed([f"{_count(each['short'])} in {each['year']}" for each in short])
    return f"{text} The supply of recruits is short by {years}."


def workforce_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    parts = set(document["part_years"])
    first = document["contracts"][0]
    grids = [_pay_grid(first["years"], parts)]
    for made in (
        partial(_people_grid, parts=parts),
        partial(_recruits_grid, parts=parts),
        partial(_owners_grid, heading="Service", key="services"),
        partial(_owners_grid, heading="Post", key="titles"),
    ):
        grids += once(made, document["contracts"])
    grids.append(_support_grid(document))
    return [grid for grid in grids if grid.rows]


def people_grids(document: Document) -> list[Grid]:
    """Return the table of posts, people, leavers and hires by year, once for all contracts with the same."""
    return once(partial(_people_grid, parts=set(document["part_years"])), document["contracts"])


def workforce_text(document: Document) -> str:
    """Return the workforce plan as plain text."""
    title = f"Workforce plan: {document['scenario']}"
    return sheet_text(title, document, workforce_sentences(document), workforce_grids(document))


def _count(value: float) -> str:
    return number(value, PLACES)


def _year(record: Document, parts: set[str]) -> str:
    return f"{record['year']}{' (part-year)' if record['year'] in parts else ''}"


def _shown_pay(years: Sequence[Document]) -> list[list[float]]:
    return shown_table([[year[name] for name in PAY] for year in years])


def _pay_grid(years: Sequence[Document], parts: set[str]) -> Grid:
    shown = _shown_pay(years)
    rows = [
        (_year(year, parts), *(pounds(cell) for cell in row), pounds(sum(row)))
        for year, row in zip(years, shown, strict=True)
    ]
    sums = [sum(column) for column in zip(*shown, strict=True)]
    rows.append(("together", *map(pounds, sums), pounds(sum(sums))))
    title = "Planned staff cost of the services, every post filled, under every contract"
    return Grid(title, ("Year", *PAY.values(), "Staff cost"), rows)


def _people_grid(contract: Document, whose: str, parts: set[str]) -> Grid:
    years = contract["years"]
    leavers = shown_parts([year["leavers"] for year in years], PLACES)
    shown = shown_hires(years)
    rows = [
        (
            _year(year, parts),
            *(_count(year[name]) for name in ("posts_at_end", "posts", "fte", "in_post", "vacancies")),
            _count(left),
            *map(_count, hired),
            _count(sum(hired)),
        )
        for year, hired, left in zip(years, shown, leavers, strict=True)
    ]
    growth, replacement = (sum(column) for column in zip(*shown, strict=True))
    totals = (sum(leavers), growth, replacement, growth + replacement)
    rows.append(("together", *[""] * 5, *map(_count, totals)))
    columns = (
        "Year", "Posts at the end", "Posts, mean", "FTE, mean", "In post, mean", "Empty, mean", "Leavers",
        "Hires for growth", "Hires to replace", "Hires",
    )  # fmt: skip
    return Grid(f"People under {whose}", columns, rows)


def _recruits_grid(contract: Document, whose: str, parts: set[str]) -> Grid:
    if contract["recruits"][0]["supply"] is None:
        return Grid("", (), [])
    rows = [
        (_year(each, parts), *(_count(each[name]) for name in ("needed", "supply", "short")))
        for each in contract["recruits"]
    ]
    return Grid(f"Recruits under {whose}", ("Year", "Needed", "Supply", "Short by"), rows)


def _owners_grid(contract: Document, whose: str, heading: str, key: str) -> Grid:
    """Return services or posts over the whole period; its columns add up to what is shown of all of them."""
    title = f"By {heading.lower()} under {whose}"
    records: Sequence[Document] = contract[key]
    every: Sequence[Document] = contract["years"]
    if not records:
        return Grid(title, (), [])
    growth, replacement = (sum(column) for column in zip(*shown_hires(every), strict=True))
    cost = sum(_shown_pay(every)[-1])

    def flow(name: str, whole: float | None = None) -> list[float]:
        return shown_parts([sum(year[name] for year in record["years"]) for record in records], PLACES, whole)

    def at(year: int, name: str) -> list[float]:
        return shown_parts([record["years"][year][name] for record in records], PLACES)

    counts = (
        at(0, "posts"), at(-1, "posts"), at(-1, "fte"), flow("growth_hires", growth),
        flow("replacement_hires", replacement), flow("leavers"),
    )  # fmt: skip
    costs = shown_parts([record["years"][-1]["staff_cost"] for record in records], 0, cost)
    rows = [
        (_named(record), *map(_count, cells), pounds(amount))
        for record, amount, *cells in zip(records, costs, *counts, strict=True)
    ]
    first, last = every[0]["year"], every[-1]["year"]
    columns = (
        heading, f"Posts {first}", f"Posts {last}", f"FTE {last}", "Hires for growth", "Hires to replace", "Leavers",
        f"Staff cost {last}",
    )  # fmt: skip
    return Grid(title, columns, rows)


def _named(record: Document) -> str:
    if "post" not in record:
        return str(record.get("service") or record["pool"])
    grade = f"point {record['pay_point']}" if record["pay_point"] is not None else pounds(record["salary"])
    return f"{record['post']}, {grade}"


def _support_grid(document: Document) -> Grid:
    rows = [
        (each["pool"], _named(each), *(_count(each["years"][-1][name]) for name in ("posts", "fte")),
         pounds(each["years"][-1]["staff_cost"]))
        for each in document["support_posts"]
    ]  # fmt: skip
    if not rows:
        return Grid("", (), [])
    last = document["support_posts"][0]["years"][-1]["year"]
    columns = ("Support pool", "Post", f"Posts {last}", f"FTE {last}", f"Staff cost {last}")
    return Grid("Posts of the support pools", columns, rows, texts=2)


def hires_chart(document: Document, look: Look) -> Chart:
    """Draw the hires of each year, for growth and to replace leavers, under every contract of the plan."""
    contracts = document["contracts"]
    bars = [
        Bar(year["year"] if len(contracts) == 1 else f"{contract['name']}, {year['year']}", kind, cell, _count(cell))
        for contract in contracts
        for year, row in zip(contract["years"], shown_hires(contract["years"]), strict=True)
        for kind, cell in zip(("For growth", "To replace leavers"), row, strict=True)
    ]
    of = f" under {contracts[0]['name']}" if len(contracts) == 1 else ""
    return labelled_bars(f"Hires by year{of}", bars, look, in_pounds=False)
