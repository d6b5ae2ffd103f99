"""Sensitivities: how a result's dependence on its inputs is looked at, chosen and worked out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import streamlit as st

from funding_model.questions.compare import Comparison
from funding_model.questions.sensitivity import USUAL_SAMPLES, Settings
from funding_model.report.sensitivities import heat_chart, told_in_thousands, tornado_chart
from funding_model.report.words import number
from funding_model.ui import frame, state
from funding_model.ui.asked import SENSITIVE, Document, looked_at
from funding_model.ui.kept import answered
from funding_model.ui.results import INPUTS, choose_result
from funding_model.ui.show import caption, explain, look, show_chart
from funding_model.units import PERCENT

USUAL_SPREAD: Final = 10.0
"""Per cent by which assumptions without a range go down and up until something else is entered."""
SAMPLES: Final = (0, USUAL_SAMPLES, 1_024)
STEPS: Final = 5
"""Values of each of two inputs: as many as a small screen has room for."""
SAMPLES_KEY: Final = "sensitivity-samples"
FIRST_KEY: Final = "sensitivity-first"


def choose_and_work_out(comparison: Comparison) -> Document:
    """Let the visitor choose a result and how to look at it, and return what it depends on."""
    asked = choose_result(comparison, "sensitivity")
    with st.expander("More to look at: other spreads, shares of the variance, two inputs at a time"):
        settings = _settings()
    chosen = (state.text(), asked, settings)
    return answered(
        SENSITIVE, chosen, partial(looked_at, *chosen), what="Trying one input after the other", on_cancel=_back
    )


def _settings() -> Settings:
    first, second = st.columns(2)
    spread = first.number_input(
        "Assumptions without a range go down and up by, %", 0.0, 99.0, USUAL_SPREAD, 5.0, format="%g",
        key="sensitivity-spread",
    )  # fmt: skip
    samples = second.selectbox(
        "Shares of the variance, base samples", SAMPLES, format_func=_samples_words, key=SAMPLES_KEY
    )
    first, second = st.columns(2)
    options: list[str | None] = [None, *INPUTS]
    one = first.selectbox("Two inputs at a time: the first", options, format_func=_input_words, key=FIRST_KEY)
    rest: list[str | None] = [each for each in INPUTS if each != one]
    other = second.selectbox(
        "Two inputs at a time: the second",
        rest,
        format_func=_input_words,
        key="sensitivity-second",
        disabled=one is None,
    )
    grid = () if one is None or other is None else (one, other)
    return Settings(spread=spread / PERCENT or None, samples=samples, grid=grid, steps=STEPS)


def _back() -> None:
    """Go back to what is worked out at once."""
    state.put(SAMPLES_KEY, 0)
    state.put_away(FIRST_KEY)


def _samples_words(samples: int) -> str:
    return "leave them out" if not samples else number(samples)


def _input_words(name: str | None) -> str:
    return "(none)" if name is None else INPUTS[name]


def show_tornado(document: Mapping[str, Any]) -> None:
    """Draw the inputs with the widest swing."""
    if not document["tornado"]:
        explain("No input has a range. Enter a spread above, or ranges on the page Assumptions.")
        frame.link("assumptions")
        return
    caption(f"{document['result']['label']} with each input at its low and at its high, all else as entered")
    show_chart(tornado_chart(document, look()))
    explain("The longer a bar, the more depends on that input.")


def show_heat(document: Mapping[str, Any]) -> None:
    """Draw the result over two inputs."""
    unit = ", in thousands of pounds" if told_in_thousands(document) else ""
    caption(f"{document['result']['label']} for each pair of values{unit}")
    show_chart(heat_chart(document, look()))
