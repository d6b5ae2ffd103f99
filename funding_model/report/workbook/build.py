"""Build: the proof workbook of a comparison."""

from __future__ import annotations

from collections.abc import Callable

from funding_model.questions.compare import Comparison
from funding_model.report.workbook import control
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import Book
from funding_model.report.workbook.calculate import calculated
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.figures import draft
from funding_model.report.workbook.handles import Money
from funding_model.report.workbook.stages.accounts import account
from funding_model.report.workbook.stages.awards import run_awards
from funding_model.report.workbook.stages.cash import run_cash
from funding_model.report.workbook.stages.certainty import judge_certainty
from funding_model.report.workbook.stages.continuation import AtAnEnd, continue_or_end, survive
from funding_model.report.workbook.stages.contract import enter_contracts
from funding_model.report.workbook.stages.delivery import Course, deliver
from funding_model.report.workbook.stages.entered import enter, enter_constants
from funding_model.report.workbook.stages.entered_prices import enter_prices
from funding_model.report.workbook.stages.funds import enter_funds
from funding_model.report.workbook.stages.ledgers import Stages, draw_up_ledgers
from funding_model.report.workbook.stages.loss import IfLost, lose_a_service
from funding_model.report.workbook.stages.outlook import look_ahead
from funding_model.report.workbook.stages.plan import cost_plan
from funding_model.report.workbook.stages.planned import plan_quantities
from funding_model.report.workbook.stages.price import price_contracts
from funding_model.report.workbook.stages.price_calendar import lay_out_prices
from funding_model.report.workbook.stages.results import show_results
from funding_model.report.workbook.stages.staffing import staff
from funding_model.report.workbook.stages.terms import charge_public_purse, cost_terms, value_hours
from funding_model.report.workbook.stages.timeline import lay_out_time
from funding_model.report.workbook.stages.underspend import Outcome
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
    prices = enter_prices(book, engine)
    outlook = look_ahead(book, engine, entered)
    basis = Basis(book, engine, entered, outlook, plan_quantities(book, engine, entered))
    plan = cost_plan(basis, own, engine.evaluation.planned.full, own=True)
    awards = run_awards(book, engine, constants, award_terms)
    certainty = judge_certainty(basis, award_terms, awards)
    survival = survive(basis, award_terms, awards)
    staffing = staff(basis, plan, certainty)
    delivery = deliver(basis, Course(award_terms, certainty, staffing, survival))
    ending = continue_or_end(basis, AtAnEnd(award_terms, awards, survival, plan, staffing, delivery))
    price_calendar = lay_out_prices(basis, prices, awards)
    sheet, hour = value_hours(basis, plan, prices)
    terms = cost_terms(basis, sheet, hour, prices, award_terms, awards, ending.notices)
    stage, pricing = price_contracts(basis, plan, prices, price_calendar, delivery, hour, award_terms.cycle_months)
    outcome = Outcome(staffing, delivery, survival.survival, ending.cost_of_loss, pricing, terms)
    accounts = account(stage, outcome, funds.other_funders)
    administration, saving = charge_public_purse(basis, sheet, terms, award_terms, survival.survival, pricing.price)
    money = Money(
        administration=administration,
        competition_saving=saving,
        received=awards.received,
        survival=survival.survival,
        pay_not_spent=staffing.pay_not_spent,
        cover=staffing.cover,
        lines_change=delivery.lines_change,
        price=pricing.price,
        fundable_cost=pricing.fundable_cost,
        underspend_returned=accounts.underspend_returned,
        underspend_carried=accounts.underspend_carried,
        running_terms=accounts.running_terms,
        cost=accounts.cost,
        income=accounts.income,
        cost_of_terms=accounts.cost_of_terms,
        surplus_posts_filled=accounts.surplus_posts_filled,
        **draw_up_ledgers(basis, Stages(survival, staffing, delivery, ending)),
    )
    cash = run_cash(basis, plan, funds, money)
    lost = lose_a_service(basis, IfLost(awards, ending, terms, funds, money, cash))
    show_results(basis, plan, money, cash, lost)
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
    tell(0.05, "Writing the formulas")
    content = draft(book)
    tell(0.2, "Working the formulas out")
    values = calculated(content)
    tell(0.6, "Writing what they come to")
    return written(book, values)
