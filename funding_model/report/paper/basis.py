"""Basis: what a report rests on: assumptions, what is switched off, limits, checks and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from funding_model import __version__
from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import LAG
from funding_model.questions.compare import data_date
from funding_model.questions.notes import LIMITS, switched_off, warnings
from funding_model.questions.notes import Note as Told
from funding_model.questions.notes.figures import low_pay
from funding_model.reference.defaults import LEVELS, AssumptionDefault, assumption_defaults
from funding_model.report.paper.asked import DRAWS, Asked
from funding_model.report.paper.content import Block, Note, Section, bullets
from funding_model.report.paper.open_book import WITHHELD
from funding_model.report.rows import year_labels
from funding_model.report.table import LINE, Row, Table
from funding_model.report.tables import checks_table, notes_table
from funding_model.report.words import NOTHING, number, per_cent, pounds
from funding_model.scenario.assumptions import Assumption, ServiceAssumptions, YearlyGrowth
from funding_model.scenario.dumping import input_hash

LEVEL_TITLES: Final = {
    "economy": "The economy",
    "organisation": "The organisation",
    "service": "Services, where a service has no figure of its own",
    "contract": "Entered with each contract",
}
COLUMNS: Final = ("Assumption", "Value or range", "Unit", "Status", "Confidence", "Source and date")


def assumptions(asked: Asked) -> Section:
    """Return every assumption as it stands, and growth by year."""
    entered = asked.comparison.scenario.assumptions
    rows: list[Row] = []
    for level in LEVELS:
        rows.append(Row((LEVEL_TITLES[level],), "group"))
        for name, default in assumption_defaults().items():
            if default.level == level:
                rows.append(_held(default, getattr(entered, name, None)))
    rows += _of_services(asked)
    table = Table("Assumptions as they stand", COLUMNS, tuple(rows), texts=len(COLUMNS))
    return Section("", (_growth(asked), table))


def _of_services(asked: Asked) -> Iterator[Row]:
    for service in asked.comparison.scenario.services:
        own = {name: getattr(service.assumptions, name) for name in ServiceAssumptions.model_fields}
        held = [(name, value) for name, value in own.items() if value is not None]
        if held:
            yield Row((service.name,), "group")
            yield from (
                _held(assumption_defaults()[name], value) for name, value in held if name in assumption_defaults()
            )


def _held(default: AssumptionDefault, entered: Any) -> Row:  # noqa: ANN401 - an assumption, a path, a choice or None
    if isinstance(entered, Assumption) and entered.value is not None:
        dated = f"{entered.source or entered.rationale or NOTHING}{LINE}{entered.date}".rstrip()
        between = _between(default, entered.low, entered.high)
        return _row(default, f"{_value(default, entered.value)}{between}", entered.status, NOTHING, dated)
    if isinstance(entered, YearlyGrowth) and (entered.every_year is not None or entered.by_year or entered.added):
        source = entered.source or entered.rationale or NOTHING
        return _row(default, "see growth by year", entered.status, NOTHING, source)
    if entered is not None and not isinstance(entered, Assumption | YearlyGrowth) and entered != default.value:
        return _row(default, _value(default, entered), "yours", NOTHING, NOTHING)
    dated = f"{default.source_title or NOTHING}{LINE}{default.date}".rstrip()
    return _row(default, _default(default), default.status, default.confidence, dated)


def _row(default: AssumptionDefault, value: str, status: str, confidence: str, source: str) -> Row:
    return Row((default.title, value, default.unit, status, confidence, source))


def _default(default: AssumptionDefault) -> str:
    if default.series_id:
        return "the forecast; see growth by year"
    if default.value is None:
        return "blank"
    return f"{_value(default, default.value)}{_between(default, default.low, default.high)}"


def _between(default: AssumptionDefault, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f"{LINE}{_value(default, low)} to {_value(default, high)}"


def _value(default: AssumptionDefault, value: float | bool | str) -> str:  # noqa: FBT001 - as it was entered
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.replace("_", " ")
    if default.unit.startswith("fraction"):
        return per_cent(value)
    if default.unit.startswith("pounds"):
        return pounds(value, pence=not float(value).is_integer())
    return number(value, 0 if float(value).is_integer() else 2)


def _growth(asked: Asked) -> Table:
    inputs = asked.comparison.prepared.inputs.economy
    paths: Sequence[tuple[str, Floats]] = (
        ("Pay awards", inputs.pay_growth),
        ("Consumer prices", inputs.price_growth),
        ("GDP deflator", inputs.deflator_growth),
    )
    rows = [Row((name, *(per_cent(float(rate)) for rate in path[0][LAG:]))) for name, path in paths]
    heads = year_labels(asked.comparison)
    return Table("Growth on the year before", ("Path", *heads), tuple(rows))


def basis(asked: Asked) -> Section:
    """Return what holds for every report."""
    comparison = asked.comparison
    warned = warnings(comparison)
    blocks: list[Block] = []
    if asked.choices.open_book:
        of_pay = set(low_pay(comparison))
        if of_pay & set(warned):
            blocks.append(Note(f"{WITHHELD}: warnings about the pay of single posts."))
        warned = [note for note in warned if note not in of_pay]
    parts = (
        Section("To be read beside the results", (*blocks, *_told("What to know, and where it applies", warned))),
        Section(
            "What is switched off, and why",
            _told("Effects that are off for want of an entry", switched_off(comparison)),
        ),
        Section("Limits", (bullets(*LIMITS),)),
        Section("Checks", (checks_table(comparison),)),
        Section("Where these figures come from", (_stamp(asked),)),
    )
    return Section("", (), parts)


def _told(caption: str, notes: Sequence[Told]) -> tuple[Table, ...]:
    return (notes_table(caption, notes),) if notes else ()


def _stamp(asked: Asked) -> Table:
    scenario = asked.comparison.scenario
    rows = [
        ("Version of the calculator", __version__),
        ("Version of the scenario’s format", number(scenario.schema_version)),
        ("Hash of everything entered (SHA-256)", input_hash(scenario)),
        ("Date of the public figures", data_date()),
    ]
    if "sure" in asked.choices.annexes:
        rows.append(("Draws and their seed", f"{number(DRAWS)}, {asked.simulation['seed']}"))
    if asked.choices.baseline is not None:
        rows.append(("Hash of the baseline scenario", input_hash(asked.choices.baseline)))
    return Table("Version, inputs and public figures", ("What", "Value"), tuple(map(Row, rows)), texts=2)
