"""Charts of what is not certain: fans and S-curves, each with a description in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from funding_model.report.charts import KEY, POUND_LABEL, Chart, chart_data, layered, line_height
from funding_model.report.look import DASHES, PALETTE, SHAPES, Look
from funding_model.report.words import in_unit

Document = Mapping[str, Any]
HEIGHT: Final = 260
POINT_EVERY: Final = 10
"""Percentiles between the signs on an S-curve."""


def fan_chart(contract: Document, result: str, look: Look) -> Chart:
    """Draw one result of a contract by year: the middle of the draws, and the band that holds four of five."""
    rows = [each for each in contract["years"] if each["result"] == result]
    label, unit = rows[0]["label"], rows[0]["unit"]
    values = [{name: each[name] for name in ("year", "p10", "p50", "p90")} for each in rows]
    base = alt.Chart(chart_data(values)).encode(
        x=alt.X("year:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    )
    band = base.mark_area(color=PALETTE[0], opacity=0.3).encode(y=_amount_axis("p10", unit), y2="p90:Q")
    edges = [
        base.mark_line(color=PALETTE[0], strokeWidth=1.5, strokeDash=[4, 3]).encode(y=_amount_axis(end, unit))
        for end in ("p10", "p90")
    ]
    middle = base.mark_line(color=look.ink, strokeWidth=2.5, point={"size": 60, "color": look.ink}).encode(
        y=_amount_axis("p50", unit),
        tooltip=[alt.Tooltip("year:O"), *(alt.Tooltip(f"{name}:Q", format=",.0f") for name in ("p10", "p50", "p90"))],
    )
    nil = alt.Chart(chart_data([{"amount": 0}])).mark_rule(color=look.ink).encode(y="amount:Q")
    told = "; ".join(
        f"{each['year']}, {in_unit(each['p50'], unit)} in the middle, {in_unit(each['p10'], unit)} to "
        f"{in_unit(each['p90'], unit)}"
        for each in rows
    )
    description = (
        f"Fan chart. {label} under {contract['name']} by year: a line for the middle of the draws (P50) and a band "
        f"from P10 to P90. {told}. The table beside it holds the same numbers."
    )
    return layered([band, *edges, middle, nil], HEIGHT, description, look)


def _amount_axis(name: str, unit: str) -> alt.Y:
    axis = alt.Axis(labelExpr=POUND_LABEL, tickCount=6) if unit == "pounds" else alt.Axis(tickCount=6)
    return alt.Y(f"{name}:Q", title=None, axis=axis)


def curve_chart(contracts: Sequence[Document], result: str, look: Look) -> Chart:
    """Draw the whole distribution of a result under each contract: the share of draws in which it is not exceeded."""
    names = [contract["name"] for contract in contracts]
    rows = []
    for contract in contracts:
        found = next(each for each in contract["curves"] if each["result"] == result)
        rows += [
            {"contract": contract["name"], "value": point["value"], "share": point["share"], "number": number}
            for number, point in enumerate(found["points"])
        ]
    whole = [next(each for each in contract["results"] if each["result"] == result) for contract in contracts]
    label, unit = whole[0]["label"], whole[0]["unit"]
    axis = alt.Axis(labelExpr=POUND_LABEL, tickCount=5) if unit == "pounds" else alt.Axis(tickCount=5)
    colours = [PALETTE[place % len(PALETTE)] for place in range(len(names))]
    base = alt.Chart(chart_data(rows)).encode(
        x=alt.X("value:Q", title=None, axis=axis, scale=alt.Scale(zero=False)),
        y=alt.Y("share:Q", title="Share of draws", axis=alt.Axis(format="%", tickCount=5)),
        color=alt.Color("contract:N", title=None, legend=KEY, scale=alt.Scale(domain=names, range=colours)),
    )
    dashes = [list(DASHES[place % len(DASHES)]) for place in range(len(names))]
    shapes = [SHAPES[place % len(SHAPES)] for place in range(len(names))]
    lines = base.mark_line(strokeWidth=2.5, interpolate="monotone").encode(
        order="share:Q",
        strokeDash=alt.StrokeDash("contract:N", title=None, legend=KEY, scale=alt.Scale(domain=names, range=dashes)),
    )
    points = (
        base.mark_point(filled=True, size=70, opacity=1)
        .encode(
            shape=alt.Shape("contract:N", title=None, legend=KEY, scale=alt.Scale(domain=names, range=shapes)),
            tooltip=[
                alt.Tooltip("contract:N", title="what"),
                alt.Tooltip("share:Q", format=".0%", title="share of draws"),
                alt.Tooltip("value:Q", format=",.0f", title="at most"),
            ],
        )
        .transform_filter(f"datum.number % {POINT_EVERY} == 0")
    )
    told = "; ".join(
        f"{name}: P10 {in_unit(each['p10'], unit)}, P50 {in_unit(each['p50'], unit)}, P90 {in_unit(each['p90'], unit)}"
        for name, each in zip(names, whole, strict=True)
    )
    description = (
        f"S-curve. {label}: for each amount the share of draws in which it is not exceeded. {told}. "
        "The table beside it holds the same numbers."
    )
    return layered([lines, points], line_height(names), description, look)
