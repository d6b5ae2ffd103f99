"""Sensitivity in words, tables and charts; every number in a sentence stands in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import altair as alt

from funding_model.report.breaking_even import value_words
from funding_model.report.charts import POUND_LABEL, Chart, chart_data, layered
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.look import LIGHT, PALETTE, Look
from funding_model.report.sentences import quoted
from funding_model.report.words import NOTHING, difference_as_shown, in_unit, per_cent, thousands
from funding_model.scenario.titles import lower_first

Document = Mapping[str, Any]
SOURCES: Final = {"range": "entered", "published": "published", "spread": "spread asked for"}
NAMED: Final = 3
"""Inputs that sentences name."""
BAR_HEIGHT: Final = 52
LONGEST_LABEL: Final = 260
"""Pixels of a line beside a bar: as many as a screen of 320 pixels has room for."""
IN_THOUSANDS_FROM: Final = 10_000
"""Pounds from which the cells of a heat map are written in thousands, so that a small screen has room for them."""
CELL: Final = 44
PLUS_MINUS: Final = "±"


def sensitivity_sentences(document: Document) -> list[str]:
    """Return what a reader should know first."""
    result, unit = document["result"], document["result"]["unit"]
    label = lower_first(result["label"])
    year = "" if result["year"] is None else f" in {result['year']}"
    than = "" if document["than"] is None else f", less that under {quoted(document['than'])},"
    subject = f"Under {quoted(document['contract'])} the {label}{year}{than}"
    found = [f"{subject} is {in_unit(document['central'], unit)} as entered."]
    moved = [bar for bar in document["tornado"] if in_unit(bar["swing"], unit) != in_unit(0.0, unit)]
    found += [_bar_sentence(bar, unit) for bar in moved[:NAMED]]
    still = len(document["tornado"]) - len(moved)
    if document["tornado"] and not moved:
        found.append("None of the inputs that are not certain changes it.")
    elif still:
        found.append(f"{'One input changes' if still == 1 else 'Some inputs change'} nothing in it.")
    return [*found, *_shares(document)]


def _bar_sentence(bar: Document, unit: str) -> str:
    low, high = (value_words(bar[end], bar["unit"]) for end in ("low", "high"))
    at_low, at_high = (in_unit(bar[f"at_{end}"], unit) for end in ("low", "high"))
    return f"{bar['label']}: from {low} to {high} it goes from {at_low} to {at_high}."


def _shares(document: Document) -> Iterator[str]:
    indices = document["indices"]
    if indices is None or indices["inputs"][0]["first"] is None:
        return
    for each in sorted(indices["inputs"], key=lambda each: -each["total"])[:NAMED]:
        own, error = per_cent(each["first"]), f"{PLUS_MINUS}{per_cent(each['first_error'])}"
        whole, whole_error = per_cent(each["total"]), f"{PLUS_MINUS}{per_cent(each['total_error'])}"
        yield (
            f"{each['label']} accounts for {own} ({error}) of its variance by itself, and for {whole} ({whole_error}) "
            "with all that it does together with others."
        )


def sensitivity_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    unit = document["result"]["unit"]
    asked = [("As entered", in_unit(document["central"], unit))]
    if document["result"]["year"] is not None:
        asked.append(("Year", document["result"]["year"]))
    grids = [
        Grid(document["result"]["label"], ("What", "Value"), asked),
        _varied_grid(document),
        _tornado_grid(document, unit),
        _indices_grid(document),
        _two_way_grid(document, unit),
    ]
    return [grid for grid in grids if grid.rows]


def sensitivity_text(document: Document) -> str:
    """Return the answer as plain text."""
    title = f"Sensitivity: {document['scenario']}"
    return sheet_text(title, document, sensitivity_sentences(document), sensitivity_grids(document))


def _varied_grid(document: Document) -> Grid:
    rows = [
        (
            bar["label"],
            SOURCES[bar["source"]],
            *(value_words(bar[name], bar["unit"]) for name in ("low", "value", "high")),
        )
        for bar in document["tornado"]
    ]
    return Grid("Inputs that are varied", ("Input", "Range", "Low", "Value", "High"), rows, texts=2)


def _tornado_grid(document: Document, unit: str) -> Grid:
    central = document["central"]
    rows = [
        (
            bar["label"],
            *(
                words
                for end in ("at_low", "at_high")
                for words in (
                    in_unit(bar[end], unit),
                    in_unit(difference_as_shown(bar[end], central, unit), unit, sign=True),
                )
            ),
        )
        for bar in document["tornado"]
    ]
    columns = ("Input", "Result at low", "Change", "Result at high", "Change")
    return Grid("One input at a time, the widest swing first", columns, rows)


def _indices_grid(document: Document) -> Grid:
    indices = document["indices"]
    rows = [
        (
            each["label"],
            per_cent(each["first"]),
            f"{PLUS_MINUS}{per_cent(each['first_error'])}",
            per_cent(each["total"]),
            f"{PLUS_MINUS}{per_cent(each['total_error'])}",
        )
        for each in ([] if indices is None else indices["inputs"])
        if each["first"] is not None
    ]
    columns = ("Input", "By itself", "Standard error", "In all", "Standard error")
    return Grid("Shares of the variance (Sobol indices)", columns, rows)


def _two_way_grid(document: Document, unit: str) -> Grid:
    grid = document["grid"]
    if grid is None:
        return Grid("", (), [])
    first, second = grid["first"], grid["second"]
    rows = [
        (value_words(value, first["unit"]), value_words(other, second["unit"]), in_unit(result, unit))
        for value, row in zip(first["values"], grid["results"], strict=True)
        for other, result in zip(second["values"], row, strict=True)
    ]
    return Grid("Two inputs at a time", (first["label"], second["label"], document["result"]["label"]), rows)


def tornado_chart(document: Document, look: Look, most: int = 20) -> Chart:
    """Draw the tornado: for each input a bar to its result at low and one to its result at high."""
    unit = document["result"]["unit"]
    bars = document["tornado"][:most]
    rows = [
        {
            "input": bar["label"],
            "end": end,
            "start": document["central"],
            "result": bar[f"at_{end.lower()}"],
            "text": f"{bar['label']}\n{_told_bar(bar, unit)}",
        }
        for bar in bars
        for end in ("Low", "High")
    ]
    order = [bar["label"] for bar in bars]
    axis = alt.Axis(labelExpr=POUND_LABEL, tickCount=5) if unit == "pounds" else alt.Axis(tickCount=5)
    base = alt.Chart(chart_data(rows)).encode(y=alt.Y("input:N", sort=order, title=None, axis=None))
    drawn = base.mark_bar(height=10, yOffset=14).encode(
        x=alt.X("start:Q", title=None, axis=axis, scale=alt.Scale(zero=False)),
        x2="result:Q",
        color=alt.Color(
            "end:N",
            title="Input at its",
            legend=alt.Legend(orient="top"),
            scale=alt.Scale(domain=["Low", "High"], range=[PALETTE[0], PALETTE[1]]),
        ),
        tooltip=[alt.Tooltip("text:N", title="what")],
    )
    labels = (
        base.transform_filter("datum.end == 'Low'")
        .mark_text(  # once for both ends of a bar
            align="left", dy=-16, fontSize=12, color=look.ink, lineBreak="\n", limit=LONGEST_LABEL
        )
        .encode(x=alt.value(4), text="text:N")
    )
    middle = (
        alt.Chart(chart_data([{"amount": document["central"]}]))
        .mark_rule(strokeWidth=1.5, color=look.ink)
        .encode(x="amount:Q")
    )
    told = "; ".join(f"{bar['label']}: {_told_bar(bar, unit)}" for bar in bars)
    description = (
        f"Tornado chart. {document['result']['label']}, {in_unit(document['central'], unit)} as entered, with each "
        f"input at its low and its high. {told}. The table beside it holds the same numbers."
    )
    return layered([drawn, middle, labels], alt.Step(BAR_HEIGHT), description, look)


def _told_bar(bar: Document, unit: str) -> str:
    low, high = (value_words(bar[end], bar["unit"]) for end in ("low", "high"))
    return f"{in_unit(bar['at_low'], unit)} at {low}, {in_unit(bar['at_high'], unit)} at {high}"


def told_in_thousands(document: Document) -> bool:
    """Whether the cells of a heat map are written in thousands of pounds."""
    known = [abs(result) for row in document["grid"]["results"] for result in row if result is not None]
    return document["result"]["unit"] == "pounds" and max(known, default=0.0) >= IN_THOUSANDS_FROM


def heat_chart(document: Document, look: Look) -> Chart:
    """Draw a result over two inputs as a field of cells, each with its result written in it."""
    grid, unit = document["grid"], document["result"]["unit"]
    first, second = grid["first"], grid["second"]
    brief = told_in_thousands(document)
    rows = [
        {
            "first": value_words(value, first["unit"]),
            "second": value_words(other, second["unit"]),
            "result": result,
            "text": NOTHING if result is None else in_unit(result, unit),
            "short": thousands(result) if brief else in_unit(result, unit),
        }
        for value, row in zip(first["values"], grid["results"], strict=True)
        for other, result in zip(second["values"], row, strict=True)
    ]
    base = alt.Chart(chart_data(rows)).encode(
        x=alt.X("second:O", sort=_words(second), title=second["label"], axis=alt.Axis(labelAngle=0)),
        y=alt.Y("first:O", sort=_words(first)[::-1], title=first["label"]),
    )
    known = [row["result"] for row in rows if row["result"] is not None]
    cells = base.mark_rect(stroke=look.quiet, strokeWidth=0.5).encode(
        color=alt.Color("result:Q", title=None, legend=None, scale=alt.Scale(scheme="greys", domain=_lighter(known))),
        tooltip=[alt.Tooltip("first:N", title=first["label"]), alt.Tooltip("second:N", title=second["label"]),
                 alt.Tooltip("text:N", title=document["result"]["label"])],
    )  # fmt: skip
    texts = base.mark_text(fontSize=11, color=LIGHT.ink).encode(text="short:N")
    least, most = (in_unit(each, unit) for each in (min(known), max(known))) if known else (NOTHING, NOTHING)
    description = (
        f"Heat map. {document['result']['label']} over {first['label']} and {second['label']}: between {least} and "
        f"{most}. The result is written in each cell; the table beside it holds the same numbers."
    )
    return layered([cells, texts], alt.Step(CELL), description, look)


def _words(axis: Document) -> Sequence[str]:
    return [value_words(value, axis["unit"]) for value in axis["values"]]


def _lighter(known: Sequence[float]) -> list[float]:
    """Return a domain that keeps every cell light enough for dark text to be read on it."""
    if not known:
        return [0.0, 1.0]
    least, most = min(known), max(known)
    return [least, least + 2.5 * ((most - least) or 1.0)]
