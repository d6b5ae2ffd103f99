"""Charts: specifications from plain rows, each with a description in words.

Colour is never the only signal: bars are labelled one by one, and lines differ in dash and in the shape of their
points too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias

import altair as alt

from funding_model.report.look import DASHES, PALETTE, SHAPES, Look
from funding_model.report.rows import MoneyRow, MonthRow
from funding_model.report.words import number, pounds

STROKE: Final = "M0,-1.1L0,1.1"
"""Shape of a mark across a bar."""
MOST_BARS: Final = 48
"""More bars than this are shown for the whole period and not by year."""
BAR_HEIGHT: Final = 30
POINTS_EVERY: Final = {36: 3, 72: 6, 120: 12}
"""Months between the points on a line, by the longest period for which they are right."""
LINE_HEIGHT: Final = 260
KEY_HEIGHT: Final = 20
AHEAD_HEIGHT: Final = 180
LONGEST_KEY: Final = 190
"""Pixels for a name beside its line's sign: as many as a screen of 320 pixels has room for."""
KEY_LETTERS: Final = 36
"""Letters of a name in one line of the key."""


def broken(letters: int) -> str:
    """Return how Vega writes a name in lines of at most so many letters that end between words."""
    return rf"split(trim(replace(datum.label, /(.{{1,{letters}}})(\s+|$)/g, '$1\n')), '\n')"


KEY: Final = alt.Legend(
    orient="bottom",
    columns=1,
    labelLimit=LONGEST_KEY,
    labelExpr=broken(KEY_LETTERS),
    symbolSize=90,
    symbolStrokeWidth=2,
)
"""The legend of contracts; a name that is longer than a small screen is wide goes on below."""

Chart: TypeAlias = alt.LayerChart | alt.FacetChart


def price_chart(rows: Sequence[MoneyRow], look: Look) -> Chart:
    """Draw each contract's price as a bar, with full and fundable cost marked on it."""
    bars = _bars(rows, "price")
    marks = [
        {**bar, "kind": kind, "amount": getattr(row, name)}
        for bar, row in zip(bars, _shown_rows(rows), strict=True)
        for kind, name in (("Full cost", "full_cost"), ("Fundable cost", "fundable_cost"))
    ]
    points = (
        alt.Chart(chart_data(marks))
        .mark_point(size=110, strokeWidth=2.5, filled=False, color=look.ink)
        .encode(
            x="amount:Q",
            y=_year_axis(bars),
            yOffset=_contract_offset(bars),
            shape=alt.Shape(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=["Full cost", "Fundable cost"], range=[STROKE, "diamond"]),
                legend=alt.Legend(orient="top", symbolStrokeColor=look.ink, symbolFillColor="transparent"),
            ),
            tooltip=[alt.Tooltip("contract:N"), alt.Tooltip("year:N"), alt.Tooltip("kind:N"), money_tooltip("amount")],
        )
    )
    return _bar_chart(bars, look, points, _describe("Price beside full cost", bars))


def surplus_chart(rows: Sequence[MoneyRow], look: Look, name: str = "surplus_posts_filled") -> Chart:
    """Draw each contract's surplus as a bar to the right of nil, or to the left where it is a shortfall."""
    bars = _bars(rows, name)
    nil = alt.Chart(chart_data([{"amount": 0}])).mark_rule(strokeWidth=1.5, color=look.ink).encode(x="amount:Q")
    return _bar_chart(bars, look, nil, _describe("Surplus", bars))


def chart_data(values: Sequence[dict[str, Any]]) -> alt.Data:
    """Return rows as a chart's data."""
    return alt.Data(values=list(values))  # type: ignore[no-untyped-call]  # altair says no types here


def layered(layers: Sequence[alt.Chart], height: int | alt.Step, description: str, look: Look) -> Chart:
    """Lay charts over each other, with axes and legends in colours of the page that are dark enough to be read."""
    chart = alt.layer(*layers).properties(height=height, description=description)
    chart = chart.configure_axis(labelColor=look.quiet, titleColor=look.quiet)
    finished: Chart = chart.configure_legend(labelColor=look.ink, labelFontSize=12)
    return finished


def _shown_rows(rows: Sequence[MoneyRow]) -> list[MoneyRow]:
    """Return the rows, or where they are too many for a chart one for each contract over the whole period."""
    if len(rows) <= MOST_BARS:
        return list(rows)
    names = list(dict.fromkeys(row.contract for row in rows))

    def whole(contract: str, name: str) -> float:
        return math.fsum(getattr(row, name) for row in rows if row.contract == contract)

    columns = ("full_cost", "fundable_cost", "price", "surplus", "surplus_posts_filled")
    return [MoneyRow(name, "Whole period", **{each: whole(name, each) for each in columns}) for name in names]


def _bars(rows: Sequence[MoneyRow], name: str) -> list[dict[str, Any]]:
    return [
        {
            "contract": row.contract,
            "year": row.year,
            "value": getattr(row, name),
            "label": f"{row.contract}: {pounds(getattr(row, name))}",
        }
        for row in _shown_rows(rows)
    ]


def _year_axis(bars: Sequence[dict[str, Any]]) -> alt.Y:
    years = list(dict.fromkeys(bar["year"] for bar in bars))
    # One year alone is named by what stands above the chart.
    axis = alt.Axis(labelLimit=150) if len(years) > 1 else None
    return alt.Y("year:N", sort=years, title=None, axis=axis, scale=alt.Scale(paddingInner=0.12))


def _contract_offset(bars: Sequence[dict[str, Any]]) -> alt.YOffset:
    return alt.YOffset("contract:N", sort=_contracts(bars))


def _contracts(bars: Sequence[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(bar["contract"] for bar in bars))


def _bar_chart(bars: Sequence[dict[str, Any]], look: Look, marks: alt.Chart, description: str) -> Chart:
    base = alt.Chart(chart_data(list(bars))).encode(y=_year_axis(bars), yOffset=_contract_offset(bars))
    drawn = base.mark_bar(height=10).encode(
        x=alt.X("value:Q", title=None, axis=alt.Axis(labelExpr=POUND_LABEL, tickCount=5)),
        color=_colour(_contracts(bars), None),
        tooltip=[alt.Tooltip("contract:N"), alt.Tooltip("year:N"), money_tooltip("value")],
    )
    labels = base.mark_text(align="left", dy=-12, fontSize=12, color=look.ink).encode(x=alt.value(4), text="label:N")
    return layered([drawn, marks, labels], alt.Step(BAR_HEIGHT, **{"for": "offset"}), description, look)


POUND_LABEL: Final = "(datum.value < 0 ? '−£' : '£') + format(abs(datum.value), ',.0f')"


def money_tooltip(field: str) -> alt.Tooltip:
    """Return what is said of an amount that is pointed at."""
    return alt.Tooltip(f"{field}:Q", format=",.0f", title="£")


def _colour(contracts: Sequence[str], legend: alt.Legend | None) -> alt.Color:
    colours = [PALETTE[place % len(PALETTE)] for place in range(len(contracts))]
    return alt.Color("contract:N", title=None, legend=legend, scale=alt.Scale(domain=list(contracts), range=colours))


def _describe(what: str, bars: Sequence[dict[str, Any]]) -> str:
    years = list(dict.fromkeys(bar["year"] for bar in bars))
    told = "; ".join(f"{bar['year']}, {bar['label']}" for bar in bars[:MOST_BARS])
    return f"Bar chart. {what}, {years[0]} to {years[-1]}. {told}. The table below holds the same numbers."


def cash_chart(rows: Sequence[MonthRow], minimum: float, look: Look) -> Chart:
    """Draw cash at each month's end under every contract, with the minimum that the organisation wants to keep."""
    contracts = list(dict.fromkeys(row.contract for row in rows))
    values = [
        {"contract": row.contract, "day": row.day, "month": row.month, "value": row.cash, "number": row.number}
        for row in rows
    ]
    lines = month_lines(values, contracts, _money_axis())
    lowest = {name: min(row.cash for row in rows if row.contract == name) for name in contracts}
    told = "; ".join(f"{name}, lowest {pounds(value)}" for name, value in lowest.items())
    description = f"Line chart. Cash at each month’s end, {rows[0].month} to {rows[-1].month}. {told}."
    return layered([*lines, *_minimum(minimum, look)], line_height(contracts), description, look)


def contract_cash_chart(rows: Sequence[MonthRow], minimum: float, confirmed: int, look: Look) -> Chart:
    """Draw one contract's cash and free reserves: solid while funding is confirmed at the start, dashed beyond.

    Args:
        rows: The contract's months.
        minimum: Cash below which the board wants to know, pounds.
        confirmed: Months whose funding is confirmed at the start.
        look: Colours of the page.
    """
    kinds = ("Cash", "Free reserves")
    values = [
        {"contract": kind, "day": row.day, "month": row.month, "value": value, "number": row.number, "part": part}
        for row in rows
        for kind, value in zip(kinds, (row.cash, row.free_reserves), strict=True)
        for part in _parts(row.number, confirmed)
    ]
    base = alt.Chart(chart_data(values)).encode(x=month_axis(), color=_colour(kinds, KEY))
    lines = base.mark_line(strokeWidth=2.5).encode(
        y=_money_axis(),
        detail="part:N",
        strokeDash=alt.StrokeDash(
            "part:N", legend=None, scale=alt.Scale(domain=["confirmed", "assumed"], range=[[1, 0], [5, 4]])
        ),
    )
    layers = [lines, _points(base, kinds, len(rows), _money_axis()), *_minimum(minimum, look)]
    if 0 < confirmed < len(rows):
        end = rows[confirmed - 1]
        mark = alt.Chart(chart_data([{"day": end.day, "text": f"Confirmed to {end.month}"}]))
        side: Literal["left", "right"] = "left" if confirmed <= len(rows) / 2 else "right"
        layers += [
            mark.mark_rule(strokeWidth=1.5, color=look.ink).encode(x="day:T"),
            mark.mark_text(align=side, dx=5 if side == "left" else -5, fontSize=12, color=look.ink).encode(
                x="day:T", y=alt.value(8), text="text:N"
            ),
        ]
    first, last = rows[0], rows[-1]
    description = (
        f"Line chart. Cash and free reserves under {first.contract}, {first.month} to {last.month}: cash ends at "
        f"{pounds(last.cash)}, free reserves at {pounds(last.free_reserves)}. Lines are solid while funding is "
        "confirmed at the start and dashed where it is assumed to go on."
    )
    return layered(layers, line_height(kinds), description, look)


def _parts(month: int, confirmed: int) -> list[str]:
    """Say to which part of a line a month belongs; the last confirmed month joins both."""
    parts = ["confirmed"] if month < confirmed else []
    return [*parts, "assumed"] if month >= confirmed - 1 else parts


def confirmed_chart(rows: Sequence[MonthRow], look: Look) -> Chart:
    """Draw how many months of confirmed funding lie ahead in each month."""
    values = [{"day": row.day, "month": row.month, "value": row.months_ahead} for row in rows]
    steps = (
        alt.Chart(chart_data(values))
        .mark_area(interpolate="step", line={"color": PALETTE[0], "strokeWidth": 2}, color=PALETTE[0], opacity=0.35)
        .encode(
            x=month_axis(),
            y=alt.Y("value:Q", title="Months ahead", axis=alt.Axis(tickMinStep=1, tickCount=5)),
            tooltip=[alt.Tooltip("month:N"), alt.Tooltip("value:Q", format=".1f", title="months ahead")],
        )
    )
    nil = alt.Chart(chart_data([{"value": 0}])).mark_rule(color=look.ink).encode(y="value:Q")
    ahead = [row.months_ahead for row in rows]
    description = (
        f"Area chart. Months of confirmed funding ahead under {rows[0].contract}, {rows[0].month} to {rows[-1].month}: "
        f"between {number(min(ahead), 1)} and {number(max(ahead), 1)} months."
    )
    return layered([steps, nil], AHEAD_HEIGHT, description, look)


def month_axis() -> alt.X:
    """Return the axis of months, which are the same in every time zone."""
    axis = alt.Axis(format="%b %Y", tickCount=6, labelOverlap="greedy")
    return alt.X("day:T", title=None, axis=axis, scale=alt.Scale(type="utc"))


def _money_axis() -> alt.Y:
    return alt.Y("value:Q", title=None, axis=alt.Axis(labelExpr=POUND_LABEL, tickCount=6))


def line_height(names: Sequence[str]) -> int:
    """Return the height of a chart with lines, with room for its key below."""
    return LINE_HEIGHT + KEY_HEIGHT * sum(math.ceil(len(name) / KEY_LETTERS) for name in names)


def month_lines(values: list[dict[str, Any]], names: Sequence[str], amounts: alt.Y) -> list[alt.Chart]:
    """Return a line by month for each name, told apart by colour, dash and the shape of its points."""
    dashes = [list(DASHES[_turn(place)]) for place in range(len(names))]
    base = alt.Chart(chart_data(values)).encode(x=month_axis(), color=_colour(names, KEY))
    lines = base.mark_line(strokeWidth=2.5).encode(
        y=amounts,
        strokeDash=alt.StrokeDash(
            "contract:N", title=None, legend=KEY, scale=alt.Scale(domain=list(names), range=dashes)
        ),
    )
    return [lines, _points(base, names, len(values) // len(names), amounts)]


def _turn(place: int) -> int:
    """Return which dash and shape a line gets: beyond six lines the colours come again with others."""
    return (place + place // len(PALETTE)) % len(SHAPES)


def _points(base: alt.Chart, names: Sequence[str], months: int, amounts: alt.Y) -> alt.Chart:
    every = next(step for longest, step in POINTS_EVERY.items() if months <= longest)
    shapes = [SHAPES[_turn(place)] for place in range(len(names))]
    drawn: alt.Chart = (
        base.mark_point(filled=True, size=70, opacity=1)
        .encode(
            y=amounts,
            shape=alt.Shape("contract:N", title=None, legend=KEY, scale=alt.Scale(domain=list(names), range=shapes)),
            tooltip=[
                alt.Tooltip("contract:N", title="what"),
                alt.Tooltip("month:N"),
                alt.Tooltip("value:Q", format=",.0f"),
            ],
        )
        .transform_filter(f"datum.number % {every} == {every - 1}")
    )
    return drawn


def _minimum(minimum: float, look: Look) -> list[alt.Chart]:
    """Mark nil and the minimum that the organisation wants to keep."""
    nil = alt.Chart(chart_data([{"value": 0}])).mark_rule(color=look.ink, strokeWidth=1).encode(y="value:Q")
    if not minimum:
        return [nil]
    data = chart_data([{"value": minimum, "text": f"Minimum cash {pounds(minimum)}"}])
    rule = alt.Chart(data).mark_rule(color=look.ink, strokeDash=[2, 4], strokeWidth=2).encode(y="value:Q")
    text = (
        alt.Chart(data)
        .mark_text(align="left", baseline="bottom", dy=-4, fontSize=12, color=look.ink)
        .encode(x=alt.value(4), y="value:Q", text="text:N")
    )
    return [nil, rule, text]
