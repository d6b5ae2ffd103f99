"""Build: the proof workbook of a comparison."""

from __future__ import annotations

from collections.abc import Callable

from funding_model.questions.compare import Comparison
from funding_model.report.workbook import control
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import Book
from funding_model.report.workbook.calculate import calculated
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.stages.as_delivered import money_of
from funding_model.report.workbook.stages.awards import run_awards
from funding_model.report.workbook.stages.cash import run_cash
from funding_model.report.workbook.stages.certainty import judge_certainty
from funding_model.report.workbook.stages.continuation import AtAnEnd, continue_or_end, survive
from funding_model.report.workbook.stages.contract import enter_contracts
from funding_model.report.workbook.stages.delivery import Course, deliver
from funding_model.report.workbook.stages.entered import enter, enter_constants
from funding_model.report.workbook.stages.funds import enter_funds
from funding_model.report.workbook.stages.outlook import look_ahead
from funding_model.report.workbook.stages.plan import cost_plan
from funding_model.report.workbook.stages.planned import plan_quantities
from funding_model.report.workbook.stages.staffing import staff
from funding_model.report.workbook.stages.timeline import lay_out_time
from funding_model.report.workbook.write import written

Progress = Callable[[float, str], None]
"""Is told the share that is done, and what comes next; what it raises ends the work."""


def book_of(comparison: Comparison) -> Book:
    """Lay out the workbook of a comparison: the stages of the method, from inputs to money."""
    engine = Engine(comparison)
    calendar = engine.inputs.calendar
    book = Book(calendar.months, comparison.prepared.dates.year_labels(), comparison.scenario.name)
    control.start(book)
    constants = enter_constants(book)
    own = lay_out_time(book, engine, constants)
    entered = enter(book, engine, constants)
    award_terms = enter_contracts(book, engine)
    funds = enter_funds(book, engine)
    outlook = look_ahead(book, engine, entered)
    basis = Basis(book, engine, entered, outlook, plan_quantities(book, engine, entered))
    plan = cost_plan(basis, own)
    awards = run_awards(book, engine, constants, award_terms)
    certainty = judge_certainty(basis, award_terms, awards)
    survival = survive(basis, award_terms, awards)
    staffing = staff(basis, plan, certainty)
    delivery = deliver(basis, Course(award_terms, certainty, staffing, survival))
    continue_or_end(basis, AtAnEnd(award_terms, awards, survival, plan, staffing, delivery))
    live = {
        "received": awards.received,
        "survival": survival.survival,
        "pay_not_spent": staffing.pay_not_spent,
        "cover": staffing.cover,
        "lines_change": delivery.lines_change,
    }
    money = money_of(basis, live)
    run_cash(basis, plan, funds, money)
    control.finish(book, engine, constants)
    return book


def workbook_of(comparison: Comparison, progress: Progress | None = None) -> bytes:
    """Return the proof workbook of a comparison as an .xlsx file; its cells hold what its formulas come to.

    Args:
        comparison: The contracts, and the base that the others are compared with.
        progress: Is told the share that is done, and what comes next; what it raises ends the work.
    """

    def tell(share: float, what: str) -> None:
        if progress is not None:
            progress(share, what)

    tell(0.0, "Laying out the sheets")
    book = book_of(comparison)
    tell(0.1, "Writing the formulas")
    content = written(book)
    tell(0.3, "Working the formulas out")
    values = calculated(content)
    tell(0.8, "Writing what they come to")
    return written(book, values)
