"""The timetable of a contract in words and as a chart: ends of awards, late decisions and protective notices."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import altair as alt

from funding_model.questions.compare import Comparison
from funding_model.questions.timetable import Occasion, occasions
from funding_model.report.charts import Chart, chart_data, layered, month_axis
from funding_model.report.grids import Grid
from funding_model.report.look import PALETTE, SHAPES, Look
from funding_model.report.sentences import quoted
from funding_model.report.words import NOTHING, in_unit, number

EVENT_WORDS: Final = {
    "renewal": "Award ends, a new one may follow",
    "extension": "Award ends, it may be extended",
    "break": "The funder may end the award early",
}
ROW_HEIGHT: Final = 34
MOST_NAMED: Final = 3


def timetable_grid(comparison: Comparison, case: int) -> Grid:
    """Return a row for each date at which services may end."""
    rows = [
        (
            comparison.prepared.dates.label(each.boundary - 1),
            EVENT_WORDS[each.event],
            _services(comparison, each),
            decision_words(comparison, each),
            in_unit(each.notices, "posts") if each.event != "break" else NOTHING,
        )
        for each in occasions(comparison, case)
    ]
    columns = ("At the end of", "What happens", "Services", "Decided", "Protective notices, posts")
    return Grid(f"Dates under {quoted(comparison.contracts[case])}", columns, rows, texts=4)


def _services(comparison: Comparison, each: Occasion) -> str:
    names = [comparison.scenario.services[place].name for place in each.services]
    if len(names) == len(comparison.scenario.services):
        return names[0] if len(names) == 1 else f"all {len(names)} services"
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{', '.join(names[:2])} and {len(names) - 2} more"


def decision_words(comparison: Comparison, each: Occasion) -> str:
    """Say when it is decided, and how long before or after the date."""
    if each.decided <= 0:
        return "before the scenario starts" if each.decided < 0 else "at the start of the scenario"
    ahead = each.boundary - each.decided
    if each.late:
        return f"{_months(each.late)} late, {_month_of(comparison, each.decided)}"
    return f"{_months(ahead)} before, {_month_of(comparison, each.decided)}" if ahead else "on that day"


def _months(count: float) -> str:
    return f"{number(count, 0 if count.is_integer() else 1)} {'month' if count == 1 else 'months'}"


def _month_of(comparison: Comparison, moment: float) -> str:
    """Name the month in which a moment falls, or at whose end it does; the last months may lie beyond the scenario."""
    dates = comparison.prepared.dates
    if moment.is_integer():
        return f"end of {dates.label(int(moment) - 1)}"
    return f"in {dates.label(math.floor(moment))}"


def timetable_sentences(comparison: Comparison, case: int) -> list[str]:
    """Say how many dates there are, how many decisions come late, and how many notices that takes."""
    found = occasions(comparison, case)
    name = quoted(comparison.contracts[case])
    if not found:
        return [f"Under {name} no award ends, and none may be ended early, before the scenario does."]
    ends = [each for each in found if each.event != "break"]
    late = [each for each in ends if each.late]
    warned = math.fsum(each.notices for each in ends)
    said = [f"Under {name} awards end on {_dates(ends)}; {_late(late)}."] if ends else []
    if in_unit(warned, "posts") != in_unit(0.0, "posts"):
        said.append(
            "A protective notice of redundancy has to be given where the decision comes too late for the notice that "
            "staff are owed, whether or not the award follows."
        )
    breaks = [each for each in found if each.event == "break"]
    if breaks:
        said.append(f"The funder may end an award early on {_dates(breaks)}.")
    return said


def _dates(found: Sequence[Occasion]) -> str:
    count = len({each.boundary for each in found})
    return f"{count} {'date' if count == 1 else 'dates'}"


def _late(late: Sequence[Occasion]) -> str:
    if not late:
        return "no decision comes after the award before it has ended"
    longest = max(each.late for each in late)
    return f"decisions come late on {_dates(late)}, by up to {_months(longest)}"


def _marks(comparison: Comparison, found: Sequence[Occasion]) -> Iterator[dict[str, str]]:
    dates = comparison.prepared.dates
    for each in found:
        about = _services(comparison, each)
        day, month = dates.day(each.boundary - 1).isoformat(), dates.label(each.boundary - 1)
        kind = "May be ended early" if each.event == "break" else "Award ends"
        yield {"kind": kind, "day": day, "text": f"{EVENT_WORDS[each.event]}: {about}, end of {month}"}
        if each.late:
            decided = dates.day(math.ceil(each.decided) - 1).isoformat()
            yield {"kind": "Decided late", "day": decided, "text": f"{about}: {decision_words(comparison, each)}"}
        if each.event != "break" and each.notices:
            shown = in_unit(each.notices, "posts")
            yield {"kind": "Protective notices", "day": day, "text": f"{about}: {shown} posts, end of {month}"}


def timetable_chart(comparison: Comparison, case: int, look: Look) -> Chart | None:
    """Draw the dates of a contract on a line each for ends, late decisions and notices; None when there are none."""
    marks = list(_marks(comparison, occasions(comparison, case)))
    if not marks:
        return None
    kinds = list(dict.fromkeys(mark["kind"] for mark in marks))
    dates = comparison.prepared.dates
    frame = alt.Chart(chart_data([{"day": dates.day(0).isoformat()}, {"day": dates.day(dates.months - 1).isoformat()}]))
    points = (
        alt.Chart(chart_data(marks))
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=month_axis(),
            y=alt.Y("kind:N", sort=kinds, title=None, axis=alt.Axis(labelLimit=150, grid=True)),
            color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=kinds, range=list(PALETTE[: len(kinds)]))),
            shape=alt.Shape("kind:N", legend=None, scale=alt.Scale(domain=kinds, range=list(SHAPES[: len(kinds)]))),
            tooltip=[alt.Tooltip("text:N", title="what")],
        )
    )
    ends = frame.mark_point(opacity=0).encode(x="day:T")
    told = "; ".join(f"{mark['kind']}: {mark['text']}" for mark in marks)
    description = (
        f"Timeline. Dates under {comparison.contracts[case]}. {told}. The table beside it holds the same dates."
    )
    return layered([points, ends], alt.Step(ROW_HEIGHT), description, look)
