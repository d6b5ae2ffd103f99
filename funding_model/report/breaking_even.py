"""Where a result breaks even, in words, tables and a chart; every number in a sentence stands in a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt

from funding_model.report.charts import POUND_LABEL, Chart, chart_data, layered
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.look import PALETTE, Look
from funding_model.report.sentences import quoted
from funding_model.report.words import NOTHING, exact, in_unit, pounds
from funding_model.scenario.titles import lower_first
from funding_model.units import PERCENT

Document = Mapping[str, Any]
HEIGHT: Final = 260
VALUE_PLACES: Final = 2
CLAUSES: Final = {
    "none": "no uplift",
    "cpi": "consumer prices",
    "pay": "the pay award",
    "forecast": "the forecast of costs known at the award",
}


def value_words(value: float | None, unit: str) -> str:
    """Write a value of an input in its unit."""
    if value is None:
        return NOTHING
    if unit.startswith("fraction"):
        return f"{exact(value * PERCENT, VALUE_PLACES)}%"
    if unit.startswith("pounds"):
        return pounds(value)
    return exact(value, VALUE_PLACES)


def _subject(document: Document) -> str:
    result = document["result"]
    label = lower_first(result["label"])
    than = "" if document["than"] is None else f", less that under {quoted(document['than'])},"
    year = "" if result["year"] is None else f" in {result['year']}"
    return f"Under {quoted(document['contract'])} the {label}{year}{than}"


def _target(document: Document) -> str:
    result = document["result"]
    return "nil" if result["target"] == 0 else in_unit(result["target"], result["unit"])


def break_even_sentences(document: Document) -> list[str]:
    """Return the answer in words."""
    entered, unit = document["input"], document["result"]["unit"]
    label = lower_first(entered["label"])
    subject, target = _subject(document), _target(document)
    ends = [value_words(document["range"][end], entered["unit"]) for end in ("from", "to")]
    now = in_unit(document["current"]["result"], unit)
    at_present = f"{subject} is {now} as entered"
    if document["current"]["value"] is not None:
        at_present += f" ({label}: {value_words(document['current']['value'], entered['unit'])})"
    found = [f"{at_present}."]
    if not document["roots"]:
        return [*found, f"It is {target} at none of the values of {label} in the range {ends[0]} to {ends[1]}."]
    found += [f"{_root(root, document, target)}." for root in document["roots"]]
    found.append(f"The range searched is {ends[0]} to {ends[1]}.")
    return found


def _root(root: Document, document: Document, target: str) -> str:
    entered, unit = document["input"], document["result"]["unit"]
    label = lower_first(entered["label"])
    first, last = (value_words(root[end], entered["unit"]) for end in ("from", "to"))
    at_first, at_last = (in_unit(root[f"result_{end}"], unit) for end in ("from", "to"))
    if root["kind"] == "exact":
        return f"It is {target} at this value of {label}: {value_words(root['value'], entered['unit'])}"
    if root["kind"] == "stretch":
        return f"It is {target} at every value of {label} from {first} to {last}"
    if root["kind"] == "between":
        return f"It passes {target} between {first} ({at_first}) and {last} ({at_last}) of {label}"
    return f"It jumps over {target} between {first} ({at_first}) and {last} ({at_last}) of {label}"


def break_even_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    entered, result = document["input"], document["result"]
    unit = result["unit"]
    roots = [
        (
            root["kind"],
            value_words(root["from"], entered["unit"]),
            in_unit(root["result_from"], unit),
            value_words(root["to"], entered["unit"]),
            in_unit(root["result_to"], unit),
        )
        for root in document["roots"]
    ]
    points = [
        (value_words(each["value"], entered["unit"]), in_unit(each["result"], unit)) for each in document["points"]
    ]
    in_year = "" if result["year"] is None else f" in {result['year']}"
    asked = [
        ("Result", f"{result['label']}{in_year}"),
        ("Target", in_unit(result["target"], unit)),
        ("As entered", in_unit(document["current"]["result"], unit)),
        ("Input as entered", value_words(document["current"]["value"], entered["unit"])),
        ("Range from", value_words(document["range"]["from"], entered["unit"])),
        ("Range to", value_words(document["range"]["to"], entered["unit"])),
    ]
    clauses = [(CLAUSES[each["clause"]], in_unit(each["result"], unit)) for each in document["clauses"]]
    grids = [
        Grid("What was asked", ("What", "Value"), asked),
        Grid("Where the target is reached", ("How", "From", "Result", "To", "Result"), roots),
        Grid("What usual uplift clauses within an award would give", ("Uplift by", "Result"), clauses),
        Grid("Points along the range", (entered["label"], result["label"]), points),
    ]
    return [grid for grid in grids if grid.rows]


def break_even_text(document: Document) -> str:
    """Return the answer as plain text."""
    title = f"Break-even: {document['scenario']}"
    return sheet_text(title, document, break_even_sentences(document), break_even_grids(document))


def break_even_chart(document: Document, look: Look) -> Chart:
    """Draw the result along the range, with the target and every value at which it is reached marked."""
    entered, result = document["input"], document["result"]
    points = [each for each in document["points"] if each["result"] is not None]
    axis = alt.Axis(labelExpr=POUND_LABEL, tickCount=6) if result["unit"] == "pounds" else alt.Axis(tickCount=6)
    x_axis = alt.Axis(format="%") if entered["unit"].startswith("fraction") else alt.Axis()
    base = alt.Chart(chart_data(points)).encode(
        x=alt.X("value:Q", title=entered["label"], axis=x_axis, scale=alt.Scale(zero=False)),
        y=alt.Y("result:Q", title=None, axis=axis),
    )
    line = base.mark_line(color=PALETTE[0], strokeWidth=2.5, point={"size": 40, "color": PALETTE[0]})
    target = alt.Chart(chart_data([{"result": result["target"]}])).mark_rule(color=look.ink).encode(y="result:Q")
    roots = [
        {"value": root["from"], "result": result["target"], "text": value_words(root["from"], entered["unit"])}
        for root in document["roots"]
    ]
    marks = alt.Chart(chart_data(roots)).encode(x="value:Q", y="result:Q")
    layers = [line, target]
    if roots:
        layers += [
            marks.mark_point(size=140, strokeWidth=2.5, shape="diamond", color=look.ink),
            marks.mark_text(dy=-14, fontSize=12, color=look.ink).encode(text="text:N"),
        ]
    description = f"Line chart. {' '.join(break_even_sentences(document))} The table beside it holds the same numbers."
    return layered(layers, HEIGHT, description, look)
