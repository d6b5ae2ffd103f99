"""Waterfalls: a difference as steps from where it starts to where it ends, each with its amount written on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import altair as alt

from funding_model.questions.gap import TO_FUNDABLE, TO_PRICE, TO_SURPLUS
from funding_model.report.bridges import BridgeTable
from funding_model.report.charts import POUND_LABEL, Chart, chart_data, layered
from funding_model.report.gaps import END_LABELS, GapTable
from funding_model.report.look import PALETTE, Look
from funding_model.report.rows import GAP_LABELS
from funding_model.report.words import pounds

STEP_HEIGHT: Final = 32
WHOLE, RISE, FALL = "Value", "+ Adds", "− Takes off"
KINDS: Final = (WHOLE, RISE, FALL)
COLOURS: Final = (PALETTE[0], PALETTE[2], PALETTE[1])
FILLS: Final = (PALETTE[0], PALETTE[2], "transparent")
"""What a bar is filled with: one that takes off is an outline, so that steps differ in grey as well."""


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall: a value from nil, or a change from where the bar before it ended."""

    label: str
    start: float
    end: float
    text: str
    kind: str


Amount: TypeAlias = tuple[str, float, str]
"""What an amount is called, the amount, and how it is written."""


def steps_between(first: Amount, changes: Sequence[Amount], last: Amount) -> list[Step]:
    """Return the bars from a first value over changes to a last one."""
    label, level, text = first
    found = [Step(label, 0.0, level, text, WHOLE)]
    for name, change, written in changes:
        found.append(Step(name, level, level + change, written, RISE if change >= 0 else FALL))
        level += change
    label, level, text = last
    return [*found, Step(label, 0.0, level, text, WHOLE)]


def bridge_steps(table: BridgeTable, ends: tuple[str, str]) -> list[Step]:
    """Return the bars of one result's bridge, from the numbers that its table shows."""
    shown = table.shown
    start, end = (
        (name, value, shown.text(value)) for name, value in zip(ends, (table.from_value, table.to_value), strict=True)
    )
    return steps_between(
        start, [(row.label, row.value, shown.change(row.value)) for row in table.rows if not row.nothing], end
    )


def bridge_chart(table: BridgeTable, ends: tuple[str, str], look: Look) -> Chart:
    """Draw one result's bridge; ``ends`` are what the two ends are called."""
    result = table.found.result
    return waterfall_chart(result.label, bridge_steps(table, ends), look, result.unit)


def waterfall_chart(what: str, steps: Sequence[Step], look: Look, unit: str = "pounds") -> Chart:
    """Draw steps as bars one under the other.

    Which way a step goes is said by its sign at the end of the bar and by its filling, not by its colour alone.
    """
    rows = [
        {
            "step": f"{number + 1}. {step.label}",
            "start": min(step.start, step.end),
            "end": max(step.start, step.end),
            "kind": step.kind,
            "sign": "" if step.kind == WHOLE else step.kind[0],
            "text": f"{step.label}: {step.text}",
        }
        for number, step in enumerate(steps)
    ]
    order = [f"{number + 1}. {step.label}" for number, step in enumerate(steps)]
    base = alt.Chart(chart_data(rows)).encode(y=alt.Y("step:N", sort=order, title=None, axis=None))
    axis = alt.Axis(labelExpr=POUND_LABEL, tickCount=5) if unit == "pounds" else alt.Axis(tickCount=5)
    fills, strokes = (alt.Scale(domain=list(KINDS), range=list(each)) for each in (FILLS, COLOURS))
    legend = alt.Legend(orient="top", symbolType="square", symbolStrokeWidth=2)
    bars = base.mark_bar(height=12, yOffset=8, strokeWidth=2).encode(
        x=alt.X("start:Q", title=None, axis=axis),
        x2="end:Q",
        fill=alt.Fill("kind:N", title=None, legend=legend, scale=fills),
        stroke=alt.Stroke("kind:N", title=None, legend=legend, scale=strokes),
        tooltip=[alt.Tooltip("text:N", title=what)],
    )
    signs = base.mark_text(align="left", dx=5, dy=8, fontSize=14, fontWeight="bold", color=look.ink).encode(
        x="end:Q", text="sign:N"
    )
    labels = base.mark_text(align="left", dy=-8, fontSize=12, color=look.ink).encode(x=alt.value(4), text="text:N")
    nil = alt.Chart(chart_data([{"amount": 0}])).mark_rule(color=look.quiet).encode(x="amount:Q")
    told = "; ".join(f"{step.label}, {step.text}" for step in steps)
    description = f"Waterfall chart. {what}. {told}. The table beside it holds the same numbers."
    return layered([bars, nil, signs, labels], alt.Step(STEP_HEIGHT), description, look)


def gap_steps(table: GapTable) -> list[Step]:
    """Return the bars of a gap over the whole period: from full cost to price, and on to what is left of it."""
    shown = table.together
    steps: list[Step] = []
    level = shown["full_cost"]
    steps.append(Step(END_LABELS["full_cost"], 0.0, level, pounds(level), WHOLE))
    for name in (*TO_FUNDABLE, *TO_PRICE):
        if shown[name]:
            steps.append(_change(name, level, shown[name]))
            level += shown[name]
    steps.append(Step(END_LABELS["price"], 0.0, level, pounds(level), WHOLE))
    level = shown["price_less_full_cost"]
    steps.append(Step(END_LABELS["price_less_full_cost"], 0.0, level, pounds(level), WHOLE))
    for name in TO_SURPLUS:
        if shown[name]:
            steps.append(_change(name, level, shown[name]))
            level += shown[name]
    return [*steps, Step(END_LABELS["surplus"], 0.0, level, pounds(level), WHOLE)]


def _change(name: str, level: float, change: float) -> Step:
    kind = RISE if change >= 0 else FALL
    return Step(GAP_LABELS[name], level, level + change, pounds(change, sign=True), kind)


def gap_chart(table: GapTable, look: Look) -> Chart:
    """Draw the gap of one service, or of all, over the whole period."""
    return waterfall_chart(gap_title(table), gap_steps(table), look)


def gap_title(table: GapTable) -> str:
    """Return what the chart of a gap shows."""
    return f"Why the surplus is what it is, {table.service or 'all services'}, {table.contract}"
