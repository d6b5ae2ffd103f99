"""Pay: what a head costs a year, and what the posts of each owner cost a month.

``gross = full-time salary after the steps taken x fte x pay index``; ``pay = gross + nic_rate x max(0, gross -
threshold) + pension_rate x base + extra_rate x gross``; base is gross, or the band of qualifying earnings above the
trigger. A month costs a twelfth. ``absence cover = pay x absence_rate x (1 + cover_premium)``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from funding_model.costing.direct import StaffCost
from funding_model.costing.inputs import Parts
from funding_model.costing.pay import PayPerHead
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FRACTION, POUNDS, POUNDS_A_YEAR, Cell, Line, Numbers, Sheet, Stack, Years
from funding_model.report.workbook.engine import Engine, of_case
from funding_model.report.workbook.handles import Pay, PostEntries, Prices


class _Figures:
    """The statutory figures of each month at some prices."""

    def __init__(self, sheet: Sheet, basis: Basis, prices: Prices) -> None:
        entered, outlook = basis.entered, basis.outlook
        block = sheet.block(f"Pay index and statutory figures{prices.name}", "Of the year whose prices apply.")
        part, year = basis.book.time.part, prices.year_of_month

        def figure(label: str, unit: str, table: Stack) -> Line:
            return block.line(label, unit, f"INDEX({table.years},{part.now},{year.now})")

        self.pay_index = block.line("Pay index", "index", outlook.pay_index.in_year(year.now))
        self.nic_rate = figure("Employer's National Insurance rate", FRACTION, entered.nic_rate)
        self.nic_threshold = figure("Secondary threshold", POUNDS_A_YEAR, entered.nic_threshold)
        self.trigger = figure("Automatic enrolment trigger", POUNDS_A_YEAR, entered.pension_trigger)
        self.lower = figure("Lower limit of qualifying earnings", POUNDS_A_YEAR, entered.pension_lower)
        self.upper = figure("Upper limit of qualifying earnings", POUNDS_A_YEAR, entered.pension_upper)


def cost_posts(
    basis: Basis,
    posts: PostEntries,
    active: Stack,
    premium: Sequence[Cell],
    prices: Prices,
    known: tuple[Parts, PayPerHead, StaffCost] | None,
) -> Pay:
    """Cost the posts of the services, or of the support pools.

    Args:
        basis: What the stages build on.
        posts: The posts.
        active: By group of posts: 1 while it stands.
        premium: By owner: what covering costs beyond pay.
        prices: At the prices and steps of which years.
        known: The engine's figures at these prices, where it has them.
    """
    book, engine, entered = basis.book, basis.engine, basis.entered
    whose = "support pools" if posts is entered.support_posts else "services"
    sheet = book.sheet(f"Pay {whose}{prices.name}", f"What posts of {whose} cost with every post filled.")
    figures = _Figures(sheet, basis, prices)
    gross, nic, pay = _heads(sheet, engine, posts, figures, prices, known)
    return _owners(sheet, basis, posts, active, premium, (gross, nic, pay), prices, known)


def _heads(
    sheet: Sheet,
    engine: Engine,
    posts: PostEntries,
    figures: _Figures,
    prices: Prices,
    known: tuple[Parts, PayPerHead, StaffCost] | None,
) -> tuple[Stack, Stack, Stack]:
    """Cost one head of each post type."""
    types = posts.layout.types
    names = [each.post.name for each in types]

    def of_engine(array: Numbers, parts: Parts) -> Numbers:
        return posts.layout.by_type(engine.by_month(of_case(array)), parts)

    block = sheet.block(
        f"Gross pay of a head{prices.name}", "Full-time salary after the steps taken x FTE x pay index."
    )
    gross = block.stack(
        names,
        POUNDS_A_YEAR,
        lambda at: f"{posts.salary[at].in_year(prices.steps_of_month.now)}*{posts.fte[at]}*{figures.pay_index.now}",
        engine=None if known is None else of_engine(known[1].gross, known[0]),
    )
    block = sheet.block(f"Employer's National Insurance of a head{prices.name}", "Rate x gross above the threshold.")
    nic = block.stack(
        names,
        POUNDS_A_YEAR,
        lambda at: f"{figures.nic_rate.now}*MAX(0,{gross[at].now}-{figures.nic_threshold.now})",
        engine=None if known is None else of_engine(known[1].nic, known[0]),
    )
    block = sheet.block(
        f"Employer's pension of a head{prices.name}",
        "Rate x gross, or x the band of qualifying earnings above the trigger.",
    )
    pension = block.stack(
        names,
        POUNDS_A_YEAR,
        lambda at: (
            f"{posts.pension_rate[at]}*((1-{posts.qualifying[at]})*{gross[at].now}+{posts.qualifying[at]}"
            f"*({gross[at].now}>{figures.trigger.now})"
            f"*(MAX({figures.lower.now},MIN({gross[at].now},{figures.upper.now}))-{figures.lower.now}))"
        ),
        engine=None if known is None else of_engine(known[1].pension, known[0]),
    )
    block = sheet.block(
        f"Pay of a head with on-costs{prices.name}", "Gross, National Insurance, pension, other on-costs."
    )
    pay = block.stack(
        names,
        POUNDS_A_YEAR,
        lambda at: f"{gross[at].now}*(1+{posts.extra_rate[at]})+{nic[at].now}+{pension[at].now}",
        engine=None if known is None else of_engine(known[1].pay, known[0]),
    )
    return gross, nic, pay


def _owners(
    sheet: Sheet,
    basis: Basis,
    posts: PostEntries,
    active: Stack,
    premium: Sequence[Cell],
    heads: tuple[Stack, Stack, Stack],
    prices: Prices,
    known: tuple[Parts, PayPerHead, StaffCost] | None,
) -> Pay:
    """Cost each group of posts, and from them each owner's posts."""
    layout, twelve, engine = posts.layout, basis.entered.constants.months_a_year, basis.engine
    gross, nic, pay = heads
    group_labels = [_group_label(posts, number) for number in range(len(layout.groups))]
    group_owners = [layout.owners[group.owner] for group in layout.groups]

    def of_group(amounts: Stack, number: int, *weights: str) -> str:
        group = layout.groups[number]
        team = layout.teams[group.team]
        each = (posts.heads.part(team.start, team.stop), amounts.part(team.types, team.types_stop).now, *weights)
        return f"{active[number].now}*{posts.group_size[number]}*SUMPRODUCT({','.join(each)})/{twelve}"

    def column(number: int, name: str) -> str:
        team = layout.teams[layout.groups[number].team]
        part: str = getattr(posts, name).part(team.types, team.types_stop)
        return part

    def groups(title: str, note: str, formula: Callable[[int], str], known_rows: Numbers | None = None) -> Stack:
        block = sheet.block(f"{title}{prices.name}", note)
        return block.stack(group_labels, POUNDS, formula, of=group_owners, engine=known_rows)

    def rows(staff: StaffCost | None, name: str) -> Numbers | None:
        row_pay = None if staff is None else getattr(staff, name)
        if row_pay is None:
            return None
        monthly = engine.by_month(of_case(row_pay.by_period)) * row_pay.active
        return layout.by_group(monthly)

    staff = None if known is None else known[2]
    group_pay = groups(
        "Pay of each group of posts", "Heads x pay of a head / 12 while the group stands.",
        lambda at: of_group(pay, at), rows(staff, "pay"),
    )  # fmt: skip
    ineligible = groups(
        "Pay that the funder does not pay for", "Of posts that are not eligible.",
        lambda at: of_group(pay, at, f"1-{column(at, 'eligible')}"), rows(staff, "ineligible_pay"),
    )  # fmt: skip
    covered = groups(
        "Pay of absence, before the premium for covering it", "Pay x absence cover rate.",
        lambda at: of_group(pay, at, column(at, "absence_rate")),
    )  # fmt: skip
    covered_ineligible = groups(
        "The same of posts that are not eligible", "",
        lambda at: of_group(pay, at, column(at, "absence_rate"), f"1-{column(at, 'eligible')}"),
    )  # fmt: skip
    gross_bill = groups("Gross pay, for the levy", "", lambda at: of_group(gross, at))
    nic_bill = groups("National Insurance, for the Employment Allowance", "", lambda at: of_group(nic, at))

    def summed(stack: Stack, owner: int) -> str:
        span = layout.groups_of(owner)
        return f"SUM({stack.part(span.start, span.stop).now})" if span else "0"

    def owners(title: str, formula: Callable[[int], str], known_rows: Numbers | None, years: Years = "none") -> Stack:
        block = sheet.block(f"{title}{prices.name}")
        return block.stack(layout.owners, POUNDS, formula, engine=known_rows, years=years)

    planned_pay = owners(
        "Pay with every post filled", lambda at: summed(group_pay, at),
        None if staff is None else of_case(staff.pay.summed()), "sum",
    )  # fmt: skip
    absence = owners(
        "Absence cover", lambda at: f"{summed(covered, at)}*(1+{premium[at]})",
        None if staff is None else _wide(of_case(staff.absence), planned_pay),
    )  # fmt: skip
    ineligible_absence = owners(
        "Absence cover that the funder does not pay for",
        lambda at: f"{summed(covered_ineligible, at)}*(1+{premium[at]})",
        None if staff is None else _wide(of_case(staff.ineligible_absence), planned_pay),
    )
    staff_cost = owners(
        "Staff cost", lambda at: f"{planned_pay[at].now}+{absence[at].now}",
        None if staff is None else of_case(staff.pay.summed() + staff.absence), "sum",
    )  # fmt: skip
    bills = sheet.block(f"Pay bill{prices.name}", "Of all of them, for the employer's charges.")
    total = [
        bills.line(label, POUNDS, f"SUM({stack.now})" if len(stack) else "0", years="sum")
        for label, stack in (("Gross pay", gross_bill), ("Employer's National Insurance", nic_bill))
    ]
    return Pay(
        gross, nic, pay, group_pay, ineligible, planned_pay, absence, ineligible_absence, staff_cost, total[0], total[1]
    )


def _wide(array: Numbers, stack: Stack) -> Numbers | None:
    """Return an array with a row for each line; None where the engine holds fewer."""
    return array if len(array) == len(stack) else None


def _group_label(posts: PostEntries, number: int) -> str:
    group = posts.layout.groups[number]
    team = posts.layout.teams[group.team]
    titles = [each.post.name for each in team.posts]
    shown = titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"
    place = group.layer - posts.layout.layers_of(group.owner).start
    return f"{shown}, layer {place + 1} of size"
