"""Plans: the annexes that hold the answers to other questions: how sure, what it would take, staff, support costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from funding_model.questions.notes import Note as Told
from funding_model.report.breaking_even import break_even_grids, break_even_sentences
from funding_model.report.chance_charts import curve_chart, fan_chart
from funding_model.report.chances import simulation_grids, simulation_sentences
from funding_model.report.delivery import (
    SHOWN,
    delivery_rows,
    delivery_sentences,
    people_chart,
    security_grid,
    weeks_grid,
)
from funding_model.report.drivers import drivers_grids, drivers_sentences, overheads_chart
from funding_model.report.grids import Grid
from funding_model.report.ladder import ladder_chart, ladder_grids, ladder_sentences
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import Asked
from funding_model.report.paper.content import Block, Note, Paragraph, Section, bullets, figure
from funding_model.report.paper.open_book import FEWEST, banded, withheld
from funding_model.report.sensitivities import sensitivity_grids, sensitivity_sentences, tornado_chart
from funding_model.report.sentences import quoted
from funding_model.report.table import Table, grid_table
from funding_model.report.tables import notes_table
from funding_model.report.timetable import timetable_grid, timetable_sentences
from funding_model.report.waiting import waiting_grids, waiting_sentences
from funding_model.report.workforce import hires_chart, workforce_grids, workforce_sentences

Document = Mapping[str, Any]
HEADLINE: Final = "surplus_posts_filled"
WAITING: Final = "waiting"
MONTH: Final = "Month"
MONTHS_A_QUARTER: Final = 3
MOST_GRIDS: Final = 2
"""Tables of a break-even that a report holds: what was asked, and where the target is reached."""
RUNGS: Final = (
    "The full-cost price meets the full cost. The least acceptable price leaves the provider no worse off than without "
    "the contract, once what it could not shed is counted. Below the walk-away price it would cost less not to take it."
)
MOST_BARS: Final = 60
"""Bars that a chart on a page has room for; of more, the table alone is shown."""
WARNING: Final = "Warning: "


def sure(asked: Asked) -> Section:
    """Return how sure the results are, from draws of everything that is entered as a range."""
    document = asked.simulation
    blocks: list[Block] = [bullets(*simulation_sentences(document))]
    if document["uncertain"]:
        chart = curve_chart(document["contracts"], HEADLINE, LIGHT)
        blocks.append(figure("Surplus with posts filled over the whole period", chart))
        base = next(each for each in document["contracts"] if each["name"] == document["base"])
        fan = fan_chart(base, HEADLINE, LIGHT)
        caption = f"Surplus with posts filled by year under {quoted(base['name'])}"
        blocks.append(figure(caption, fan))
        blocks += [grid_table(grid) for grid in simulation_grids(document)]
    return Section("", (*blocks, *_notes(document)), (_matters(asked),))


def _matters(asked: Asked) -> Section:
    """Return what the result of the base contract depends on most, one input after the other."""
    document = asked.sensitivity
    blocks: list[Block] = [bullets(*sensitivity_sentences(document))]
    tables = [grid_table(grid) for grid in sensitivity_grids(document)]
    if document["tornado"]:
        chart = tornado_chart(document, LIGHT)
        caption = f"Surplus with posts filled under {quoted(asked.comparison.base)}, each input from low to high"
        blocks.append(figure(caption, chart))
    return Section("What matters most", (*blocks, *tables, *_notes(document)))


def takes(asked: Asked) -> Section:
    """Return the prices between which to negotiate, and the smallest concessions that break even."""
    document = asked.ladder
    chart = ladder_chart(document, LIGHT)
    caption = "Price beside full-cost, least acceptable and walk-away price"
    whole, *others = (grid_table(grid) for grid in ladder_grids(document))
    return Section(
        "",
        (
            Paragraph(RUNGS),
            bullets(*ladder_sentences(document)),
            figure(caption, chart, whole),
            *others,
            *_notes(document),
        ),
        (Section(f"The price at which {quoted(asked.comparison.base)} breaks even", tuple(_price(asked))),),
    )


def _price(asked: Asked) -> Iterator[Block]:
    """Yield the price at which the base contract leaves neither surplus nor shortfall, with every post filled."""
    document = asked.price
    yield bullets(*break_even_sentences(document))
    for grid in break_even_grids(document)[:MOST_GRIDS]:
        table = grid_table(grid)
        yield replace(table, caption=f"{table.caption}: price under {quoted(document['contract'])}")


def delivery(asked: Asked) -> Section:
    """Return who is supported and who waits, how secure staff are, and the dates at which services may end."""
    comparison = asked.comparison
    cases = range(len(comparison.contracts))
    blocks: list[Block] = []
    if comparison.prepared.inputs.people.counted.any():
        rows = [row for case in cases for row in delivery_rows(comparison, case)]
        chart = people_chart(rows, WAITING, LIGHT)
        document = asked.waiting
        blocks = [
            bullets(*delivery_sentences(comparison), *waiting_sentences(document)),
            figure(SHOWN[WAITING], chart),
            grid_table(weeks_grid(comparison)),
            *(grid_table(_by_quarter(grid)) for grid in waiting_grids(document) if grid.rows),
            *_notes(document),
        ]
    if comparison.evaluation.jobs.heads.any():
        blocks.append(grid_table(security_grid(comparison)))
    dates: list[Block] = []
    for case in cases:
        grid = timetable_grid(comparison, case)
        dates.append(grid_table(grid) if grid.rows else bullets(*timetable_sentences(comparison, case)))
    return Section("", tuple(blocks), (Section("Dates at which services may end", tuple(dates)),))


def _by_quarter(grid: Grid) -> Grid:
    """Return a table of months with the first of them and the end of every quarter, as a page has room for."""
    if grid.columns[0] != MONTH:
        return grid
    rows = [row for place, row in enumerate(grid.rows, 1) if place == 1 or place % MONTHS_A_QUARTER == 0]
    return replace(grid, title=f"{grid.title}: first month and quarters’ ends", rows=rows)


def workforce(asked: Asked) -> Section:
    """Return the workforce plan; in an open book with pay in bands."""
    document = asked.workforce
    sentences, grids = workforce_sentences(document), workforce_grids(document)
    if asked.choices.open_book:
        grids = withheld(workforce_grids(banded(document, asked.comparison)), document)
        if any(0 < year["posts"] < FEWEST for year in document["contracts"][0]["years"]):
            sentences, grids = [sentences[0], *sentences[2:]], grids[1:]
    found: list[Block] = [bullets(*sentences)]
    if grids:
        base = [each for each in document["contracts"] if each["name"] == asked.comparison.base]
        chart = hires_chart({**document, "contracts": base}, LIGHT)
        caption = f"Hires by year under {quoted(asked.comparison.base)}, for growth and to replace leavers"
        found.append(figure(caption, chart))
    return Section("", (*found, *(grid_table(grid) for grid in grids), *_notes(document)))


def support_costs(asked: Asked) -> Section:
    """Return what each service bears of the support costs, as they are shared and however else they might be."""
    document = asked.drivers
    told = drivers_sentences(document)
    blocks: list[Block] = [bullets(*(text for text in told if not text.startswith(WARNING)))]
    blocks += [Note(text.removeprefix(WARNING).capitalize(), warning=True) for text in told if text.startswith(WARNING)]
    if document["pools"] and 3 * len(document["services"]) <= MOST_BARS:
        chart = overheads_chart(document, LIGHT)
        caption = "Overhead of each service over the whole period: lowest, chosen and highest"
        blocks.append(figure(caption, chart))
    blocks += [grid_table(grid) for grid in drivers_grids(document) if grid.rows]
    return Section("", (*blocks, *_notes(document)))


def _notes(document: Document) -> Iterator[Table]:
    """Yield what is to be read beside an answer, unless its sentences say the same."""
    if document["notes"] and document.get("uncertain", True):
        notes = [Told(each["where"], each["text"]) for each in document["notes"]]
        yield notes_table("To be read beside this answer", notes)
