"""Charts of plans: bars that are named and labelled one by one, so that colour is never the only signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import altair as alt

from funding_model.report.charts import POUND_LABEL, Chart, broken, chart_data, layered
from funding_model.report.look import PALETTE, Look

BAR_HEIGHT: Final = 30
LONGEST_GROUP: Final = 150
"""Pixels of the name of a group beside its bars."""
GROUP_LETTERS: Final = 22
"""Letters of it in one line."""


@dataclass(frozen=True)
class Bar:
    """One bar: its group on the axis, its series in the group, how long it is and what is written on it."""

    group: str
    series: str
    value: float
    text: str


def labelled_bars(what: str, bars: Sequence[Bar], look: Look, *, in_pounds: bool = True) -> Chart:
    """Draw bars in groups, each with its series and amount written on it."""
    rows = [asdict(bar) | {"label": f"{bar.series}: {bar.text}"} for bar in bars]
    groups, series = (list(dict.fromkeys(getattr(bar, name) for bar in bars)) for name in ("group", "series"))
    names = alt.Axis(labelLimit=LONGEST_GROUP, labelExpr=broken(GROUP_LETTERS))
    base = alt.Chart(chart_data(rows)).encode(
        y=alt.Y("group:N", sort=groups, title=None, axis=names, scale=alt.Scale(paddingInner=0.12)),
        yOffset=alt.YOffset("series:N", sort=series),
    )
    axis = alt.Axis(labelExpr=POUND_LABEL, tickCount=5) if in_pounds else alt.Axis(tickCount=5)
    colours = [PALETTE[place % len(PALETTE)] for place in range(len(series))]
    drawn = base.mark_bar(height=10).encode(
        x=alt.X("value:Q", title=None, axis=axis),
        color=alt.Color("series:N", title=None, legend=None, scale=alt.Scale(domain=series, range=colours)),
        tooltip=[alt.Tooltip("group:N", title="where"), alt.Tooltip("label:N", title="what")],
    )
    labels = base.mark_text(align="left", dy=-12, fontSize=12, color=look.ink).encode(x=alt.value(4), text="label:N")
    nil = alt.Chart(chart_data([{"amount": 0}])).mark_rule(strokeWidth=1.5, color=look.ink).encode(x="amount:Q")
    told = "; ".join(f"{bar.group}, {bar.series}: {bar.text}" for bar in bars)
    description = f"Bar chart. {what}. {told}. The table beside it holds the same numbers."
    return layered([drawn, nil, labels], alt.Step(BAR_HEIGHT, **{"for": "offset"}), description, look)
