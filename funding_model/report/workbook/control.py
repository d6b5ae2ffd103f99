"""Control: the cover, the checks, the limits and the logs: what a reader looks at before and after the figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from funding_model import __version__
from funding_model.questions.compare import data_date
from funding_model.report.assumption_rows import assumption_rows
from funding_model.report.workbook.book import (
    FLAG,
    POUNDS,
    WHOLE,
    Book,
    Cell,
    Check,
    Column,
    Entry,
    Fixed,
    Formula,
    Item,
    Link,
    Sample,
    Sheet,
    Space,
    TableRow,
)
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.figures import MASTER_CHECK
from funding_model.report.workbook.handles import Constants
from funding_model.scenario.dumping import input_hash
from funding_model.scenario.scenario import SCHEMA_VERSION

COVER, CHECKS, INPUTS, FIGURES, CHANGES = "Cover", "Checks", "Inputs", "Engine figures", "Changes"
ROOM: Final = 30
"""Rows of the change log that are left to the readers."""
ENTRIES_CHANGED: Final = "Entries_changed"
KINDS: Final = (
    (
        "Input",
        "Framed, on a pale ground, blue: a value that you may change. Everything else is locked, without a password.",
    ),
    ("Working", "Plain: a formula that leads from inputs towards a result."),
    ("Result", "Bold under a rule: a figure that the engine gives as well."),
    ("Check", "Slanted over a dotted rule: nil, or words that say whether a check holds."),
    ("Fixed", "Grey in a dashed frame: a part of the structure, or a figure of the engine as it was delivered."),
)
STRUCTURE: Final = (
    (
        "Months, services, contracts, posts, lines and pools are the structure: to add or take out one, or to start in "
        "another month, change the scenario and make the workbook anew."
    ),
    "Whether a line is for each month, person starting or delivery FTE is part of the structure.",
    (
        "Bridges, chances from simulation, sensitivities and break-even ask the whole model many times over: they are "
        "in the report, and not here."
    ),
    "Salaries and amounts in older prices were brought to the first year when the workbook was made.",
)


def start(book: Book) -> None:
    """Put the sheets of control and of inputs first."""
    book.page(COVER, "What this workbook is, who made it from what, and how to read it.")
    book.page(CHECKS, "Every reconciliation, and how far these formulas are from the engine that made the workbook.")
    book.page(INPUTS, "What was entered; change a framed cell and every figure follows.")
    for text in STRUCTURE:
        book.limit(text)


def finish(book: Book, engine: Engine, constants: Constants) -> None:
    """Fill the sheets of control once every stage has said what it checks and what it does not do."""
    figures = book.sheet(FIGURES, "The engine's figures and yearly inputs as delivered, as constants.")
    _compare(book, figures)
    _entries(book, figures)
    _assumptions(book, engine)
    _log(book, engine)
    _checks(book, constants)
    _cover(book, engine)


def _compare(book: Book, figures: Sheet) -> None:
    """Have the results compared with the engine's, which stand as constants."""
    for name, stack in book.compared:
        rows = [book.rows[line.key][1] for line in stack]
        values = np.array([row.engine for row in rows if row.engine is not None])
        if len(values) != len(rows):
            raise ValueError(f"{name} has no figures of the engine to compare with")
        period = stack[0].period
        known = figures.block(f"{name}: engine").constants(
            [row.label for row in rows], rows[0].unit, values, of=[row.of for row in rows], period=period
        )
        ours, theirs = (stack.whole, known.whole) if period == "month" else (stack.years, known.years)
        difference = f"SQRT(SUMPRODUCT(({ours}-{theirs})*({ours}-{theirs})))"
        book.checks.append(
            Check(f"{name}: formulas less engine, root of the sum of squares", difference, as_delivered=True)
        )


def _entries(book: Book, figures: Sheet) -> None:
    """List every entry with its delivered value and what it is now."""
    sheet = book.page(CHANGES, "Change log: the inputs that differ from those delivered, found by the workbook itself.")
    entries = [
        (cell, placed) for cell, placed in ((Cell(key), each) for key, each in list(book.cells.items()))
        if isinstance(placed.item, Entry)
    ]  # fmt: skip
    called = {key: name for each in book.sheets for key, name in _names_of_entries(each)}
    table = sheet.table("Entries", ("Where", "What", "Delivered", "Now", "Changed"))
    flags = []
    for cell, placed in entries:
        item = placed.item
        unit = item.unit if isinstance(item, Entry) else ""
        value = item.value if isinstance(item, Entry) else 0.0
        place = f"{placed.sheet.name}, {xl_rowcol_to_cell(placed.row, placed.column)}"
        now = Formula(str(cell), unit)
        cells = table.add(place, called[cell.key], Fixed(value, unit), now, Formula("0", FLAG))
        book.redefine(cells[4], Formula(f"({cells[2]}<>{cells[3]})*1", FLAG))
        flags.append(cells[4])
    series = sheet.table("Entries by year or month", ("Where", "What", "Row", "Sum of squared changes", "Changed"))
    for home, row in list(book.rows.values()):
        if row.kind != "input" or row.entered is None:
            continue
        known = figures.block(f"{row.label}: as delivered").constants(
            [row.label], row.unit, row.entered[None], period=row.line.period
        )
        month = row.line.period == "month"
        ours, theirs = (row.line.whole, known.whole) if month else (row.line.years, known.years)
        cells = series.add(
            home.name,
            f"{row.of}: {row.label}" if row.of else row.label,
            Fixed(row.place + 1, "row"),
            Formula(f"SUMPRODUCT(({ours}-{theirs})*({ours}-{theirs}))"),
            Formula("0", FLAG),
        )
        book.redefine(cells[4], Formula(f"({cells[3]}>0)*1", FLAG))
        flags.append(cells[4])
    totals = sheet.table("In all", ("What", "Number"))
    span = f"SUM({Column((flags[0], flags[-1])).whole})"
    totals.add("Entries changed", Formula(span, WHOLE, name=ENTRIES_CHANGED))


def _names_of_entries(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield the key of each cell of the tables of a sheet, with the labels of its row and the header of its column."""
    headers: tuple[str, ...] = ()
    for row in sheet.contents:
        if not isinstance(row, TableRow):
            continue
        headers = row.headers or headers
        items = [sheet.book.cells[cell.key].item for cell in row.cells]
        labels = ", ".join(item for item in items if isinstance(item, str))
        for column, cell in enumerate(row.cells):
            header = headers[column]
            yield cell.key, labels if header == "Value" else f"{labels}: {header}"


def _assumptions(book: Book, engine: Engine) -> None:
    """List every assumption as it was delivered, with where it comes from."""
    sheet = book.page("Assumptions", "Every assumption as it was entered, or as the calculator starts with it.")
    for group, held in groupby(assumption_rows(engine.comparison.scenario), key=lambda each: each.group):
        table = sheet.table(
            group, ("Assumption", "Value", "Range", "Unit", "Status", "Confidence", "Source", "Date", "Rationale",
                    "Review by"),
        )  # fmt: skip
        for each in held:
            table.add(
                each.title, each.value, each.between, each.unit, each.status, each.confidence, each.source, each.date,
                each.rationale or each.basis, each.review_by,
            )  # fmt: skip


def _log(book: Book, engine: Engine) -> None:
    """Say what the workbook was made with, and leave room for what its readers do to it."""
    sheet = book.page("Change log", "What this workbook was made with, and room to write down what is changed in it.")
    made = sheet.table("Made with", ("What", "Value"))
    made.add("Version of the calculator", __version__)
    made.add("Form of scenarios", str(SCHEMA_VERSION))
    made.add("Public figures of", data_date())
    made.add("Inputs, SHA-256", input_hash(engine.comparison.scenario))
    made.add("Formulas", f"{len(book.rows):,} lines on {len(book.sheets)} sheets")
    own = sheet.table(
        "Your entries", ("Date", "Who", "What was changed, and why"),
        "What differs from the delivered inputs stands by itself on the sheet Changes.",
    )  # fmt: skip
    for _ in range(ROOM):
        own.add(Space(), Space(), Space())


def _checks(book: Book, constants: Constants) -> None:
    """List the checks; the master check says whether all of them hold."""
    sheet = book.named(CHECKS)
    table = sheet.table(
        "Checks", ("Check", "Difference", "Largest allowed", "Holds", "In words"),
        "A comparison with the engine holds for the inputs as delivered; it says so once an input is changed.",
    )  # fmt: skip
    holds = []
    for check in book.checks:
        changed = f"({ENTRIES_CHANGED}>0)*{int(check.as_delivered)}"
        cells = table.add(
            check.name,
            Formula(f"ABS({check.difference})", "pounds, exact", kind="check"),
            Formula(str(constants.penny), "pounds, exact"),
            Formula("0", FLAG),
            Formula("0", "text", kind="check"),
        )
        book.redefine(cells[3], Formula(f"MAX({changed},({cells[1]}<={cells[2]})*1)", FLAG, kind="check"))
        book.redefine(
            cells[4],
            Formula(
                f'IF({changed}=1,"not compared: inputs changed",IF({cells[3]}=1,"holds","FAILS"))', "text", "check"
            ),
        )
        holds.append(cells[3])
    span = Column(tuple(holds)).whole
    master = sheet.table("In all", ("What", "In words"))
    master.add(
        "Master check",
        Formula(
            f'IF(SUM({span})=COUNT({span}),"all checks hold","A CHECK FAILS: see the sheet {CHECKS}")',
            "text", "check", name=MASTER_CHECK,
        ),
    )  # fmt: skip


def _cover(book: Book, engine: Engine) -> None:
    """Write what the workbook is, its colour key, its sheets and its limits."""
    sheet, scenario = book.named(COVER), engine.comparison.scenario
    facts: list[tuple[str, str]] = [
        (
            "Purpose",
            "A second, independent working of the funding model in live formulas: change an input and follow it.",
        ),
        ("Scenario", scenario.name),
        ("Organisation", scenario.organisation.name),
        ("Contracts", ", ".join(engine.contracts)),
        ("Made by", "Funding model calculator"),
        ("Version", __version__),
        ("Public figures of", data_date()),
        ("Inputs, SHA-256", input_hash(scenario)),
    ]
    table = sheet.table("This workbook", ("What", "Value"))
    for fact in facts:
        table.add(*fact)
    table.add("Prepared by (to be filled in)", Space())
    table.add("Date (to be filled in)", Space())
    table.add("Master check", Formula(MASTER_CHECK, "text", kind="check"))
    table.add("Entries changed since it was delivered", Formula(ENTRIES_CHANGED, WHOLE, kind="check"))
    key = sheet.table("Key", ("Kind", "How it looks and what it is", "Sample"))
    samples: dict[str, Item] = {
        "Working": Formula("1", POUNDS),
        "Result": Formula("1", POUNDS, kind="result"),
        "Check": Formula("0", POUNDS, kind="check"),
        "Fixed": Fixed(1.0, POUNDS),
        "Input": Sample(1.0, POUNDS),
    }
    for kind, look in KINDS:
        key.add(kind, look, samples[kind])
    contents = sheet.table("Sheets", ("Sheet", "What it holds"))
    for each in book.sheets:
        contents.add(Link(each.name), each.about)
    limits = sheet.table("Limits", ("Number", "What the workbook does not do live"))
    for number, text in enumerate(dict.fromkeys(book.limits), 1):
        limits.add(str(number), text)
