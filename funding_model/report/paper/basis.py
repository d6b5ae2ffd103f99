"""Basis: what a report rests on: assumptions, what is switched off, limits, checks and where the figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from funding_model import __version__
from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import LAG
from funding_model.questions.compare import data_date
from funding_model.questions.notes import LIMITS, switched_off, warnings
from funding_model.questions.notes import Note as Told
from funding_model.questions.notes.figures import low_pay
from funding_model.report.assumption_rows import AssumptionRow, assumption_rows
from funding_model.report.paper.asked import DRAWS, Asked
from funding_model.report.paper.content import Block, Note, Section, bullets
from funding_model.report.paper.open_book import WITHHELD
from funding_model.report.rows import year_labels
from funding_model.report.table import LINE, Row, Table
from funding_model.report.tables import checks_table, notes_table
from funding_model.report.words import NOTHING, number, per_cent
from funding_model.scenario.dumping import input_hash
from funding_model.scenario.typed import unit_text

UNITS_IN_THE_VALUE: Final = ("yes or no", "already_costed or bought_in")
"""Units of assumptions whose value is a word."""
COLUMNS: Final = ("Assumption", "Value or range", "Unit", "Status", "Confidence", "Source and date")


def assumptions(asked: Asked) -> Section:
    """Return every assumption as it stands, and growth by year."""
    rows: list[Row] = []
    for group, held in groupby(assumption_rows(asked.comparison.scenario), key=lambda each: each.group):
        rows.append(Row((group,), "group"))
        rows += [_row(each) for each in held]
    table = Table("Assumptions as they stand", COLUMNS, tuple(rows), texts=len(COLUMNS))
    return Section("", (_growth(asked), table))


def _row(held: AssumptionRow) -> Row:
    value = f"{held.value}{LINE}{held.between}".rstrip()
    dated = f"{held.source or held.rationale or NOTHING}{LINE}{held.date}".rstrip()
    return Row((held.title, value, _unit(held.unit), held.status, held.confidence or NOTHING, dated))


def _unit(unit: str) -> str:
    """Return a unit as it is said beside a value."""
    return NOTHING if unit in UNITS_IN_THE_VALUE else unit_text(unit)


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
