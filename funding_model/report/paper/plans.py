"""Plans: the annexes that hold the answers to other questions: how sure, what it would take, staff, support costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from funding_model.report.chance_charts import curve_chart, fan_chart
from funding_model.report.chances import simulation_grids, simulation_sentences
from funding_model.report.drivers import drivers_grids, drivers_sentences, overheads_chart
from funding_model.report.ladder import ladder_chart, ladder_grids, ladder_sentences
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import Asked
from funding_model.report.paper.content import Block, Figure, Note, Paragraph, Row, Section, Table, bullets, grid_table
from funding_model.report.paper.open_book import ABOUT, FEWEST, banded, withheld
from funding_model.report.sentences import quoted
from funding_model.report.workforce import hires_chart, workforce_grids, workforce_sentences

Document = Mapping[str, Any]
HEADLINE: Final = "surplus_posts_filled"
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
        blocks.append(Figure("Surplus with posts filled over the whole period", str(chart.description), chart))
        base = next(each for each in document["contracts"] if each["name"] == document["base"])
        fan = fan_chart(base, HEADLINE, LIGHT)
        caption = f"Surplus with posts filled by year under {quoted(base['name'])}"
        blocks.append(Figure(caption, str(fan.description), fan))
        blocks += [grid_table(grid) for grid in simulation_grids(document)]
    return Section("", (*blocks, *_notes(document)))


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
            Figure(caption, str(chart.description), chart, whole),
            *others,
            *_notes(document),
        ),
    )


def workforce(asked: Asked) -> Section:
    """Return the workforce plan; in an open book with pay in bands."""
    document, blocks = asked.workforce, []
    sentences, grids = workforce_sentences(document), workforce_grids(document)
    if asked.choices.open_book:
        blocks.append(Note(ABOUT))
        grids = withheld(workforce_grids(banded(document, asked.comparison)), document)
        if any(0 < year["posts"] < FEWEST for year in document["contracts"][0]["years"]):
            sentences, grids = [sentences[0], *sentences[2:]], grids[1:]
    found: list[Block] = [*blocks, bullets(*sentences)]
    if grids:
        base = [each for each in document["contracts"] if each["name"] == asked.comparison.base]
        chart = hires_chart({**document, "contracts": base}, LIGHT)
        caption = f"Hires by year under {quoted(asked.comparison.base)}, for growth and to replace leavers"
        found.append(Figure(caption, str(chart.description), chart))
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
        blocks.append(Figure(caption, str(chart.description), chart))
    blocks += [grid_table(grid) for grid in drivers_grids(document) if grid.rows]
    return Section("", (*blocks, *_notes(document)))


def _notes(document: Document) -> Iterator[Table]:
    """Yield what is to be read beside an answer, unless its sentences say the same."""
    if document["notes"] and document.get("uncertain", True):
        rows = tuple(Row((note["text"], note["where"])) for note in document["notes"])
        yield Table("To be read beside this answer", ("What to know", "Where it applies"), rows, texts=2)
