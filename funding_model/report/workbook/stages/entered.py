"""Entered: the sheets of inputs, one for each kind of reading: tables, and growth and rates by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from funding_model import units
from funding_model.costing.arrays import Floats
from funding_model.costing.inputs import LAG, Lines
from funding_model.questions.prepare.costs import own_rates, prepare_lines
from funding_model.report.workbook.book import (
    FLAG,
    FRACTION,
    FTE,
    MONTHS,
    NUMBER,
    PEOPLE,
    POUNDS,
    POUNDS_A_YEAR,
    WHOLE,
    Block,
    Book,
    Cell,
    Column,
    Entry,
    Fixed,
    Formula,
    Item,
    Line,
    Numbers,
    Sheet,
    Stack,
)
from funding_model.report.workbook.engine import Engine, of_case
from funding_model.report.workbook.handles import (
    BehaviourEntries,
    Constants,
    Entered,
    LineEntries,
    PeopleEntries,
    PostEntries,
)
from funding_model.report.workbook.posts import Posts
from funding_model.units import Unit

PENNY: Final = 0.005
"""Half a penny: amounts that differ by less are the same to a penny."""
BEHAVIOUR: Final[dict[str, tuple[str, str, Unit | None]]] = {
    "turnover": ("Turnover a year", FRACTION, units.TURNOVER),
    "extra_turnover": ("Extra turnover while insecure", FRACTION, units.TURNOVER),
    "opening_vacancy": ("Opening vacancy", FRACTION, units.FRACTION),
    "opening_vacancy_entered": ("Opening vacancy entered", FLAG, None),
    "months_to_fill": ("Months to fill a post", MONTHS, units.MONTHS_ABOVE_NONE),
    "open_at_risk": ("Share open at risk", FRACTION, units.FRACTION),
    "pause_share": ("Pause share", FRACTION, units.FRACTION),
    "cover_share": ("Cover share", FRACTION, units.FRACTION),
    "cover_premium": ("Cover premium", FRACTION, units.RATE),
    "cost_per_hire": ("Cost per hire", POUNDS, units.POUNDS),
    "cost_per_hire_senior": ("Cost per senior hire", POUNDS, units.POUNDS),
    "all_in": ("Cost per hire is all-in", FLAG, None),
    "induction_months": ("Induction months", MONTHS, units.MONTHS),
    "induction_loss": ("Productivity lost in induction", FRACTION, units.FRACTION),
    "redeployed": ("Share redeployed", FRACTION, units.FRACTION),
    "pension_cessation": ("Pension cessation exposure", POUNDS, units.POUNDS),
}
LOOKING_AHEAD: Final = {
    "secure_months": "Staff feel insecure below (0 off)",
    "freeze_months": "Hiring is frozen below (0 off)",
    "close_intake_months": "Intake is closed below (0 off)",
}
PEOPLE_COLUMNS: Final[dict[str, tuple[str, str, Unit | None]]] = {
    "counted": ("Supports people", FLAG, None),
    "caseload": ("People for each delivery FTE", PEOPLE, units.CASELOAD),
    "length": ("Mean months of support", MONTHS, units.LENGTH_OF_SUPPORT),
    "opening_caseload": ("People in support at the start", PEOPLE, units.PEOPLE),
    "opening_entered": ("That is entered", FLAG, None),
    "opening_waiting": ("People waiting at the start", PEOPLE, units.PEOPLE),
    "referrals": ("Referrals a month at the size entered", PEOPLE, units.PEOPLE_A_MONTH),
    "most_starts": (
        f"Most starts a month ({units.PEOPLE_A_MONTH.maximum:,.0f} no limit)",
        PEOPLE,
        units.PEOPLE_A_MONTH,
    ),
    "gives_up": ("Share giving up waiting a month", FRACTION, units.FRACTION),
}

TYPE_COLUMNS: Final = (
    "fte", "pension_rate", "qualifying", "extra_rate", "absence_rate", "eligible", "senior", "delivery_share",
    "contractual_notice", "redundancy_multiple", "redundancy_capped", "redundancy_minimum",
)  # fmt: skip
LAYER_COLUMNS: Final = ("layer_size", "layer_first", "layer_last")
GROUP_COLUMNS: Final = (
    "group_size", "group_first", "group_last", "group_heads", "group_senior_heads", "group_fte", "group_delivery_fte",
)  # fmt: skip


def enter_constants(book: Book) -> Constants:
    """Put the conventions of the model on the sheet of inputs, as named cells."""
    table = book.named("Inputs").table(
        "Conventions of the model", ("What", "Value"), "Formulas refer to them by name; they are not assumptions."
    )

    def constant(label: str, value: float, name: str, unit: str = NUMBER) -> Cell:
        return table.add(label, Fixed(value, unit, name))[1]

    return Constants(
        months_a_year=constant("Months in a year", units.MONTHS_A_YEAR, "Months_a_year"),
        weeks_a_year=constant("Weeks of service in a year", units.WEEKS_A_YEAR, "Weeks_a_year"),
        days_a_year=constant("Days in a year", units.DAYS_A_YEAR, "Days_a_year"),
        pay_weeks_a_year=constant(
            "Weeks by which yearly pay becomes hourly", units.PAY_WEEKS_A_YEAR, "Pay_weeks_a_year"
        ),
        first_month_of_year=constant("Calendar month in which a financial year starts", 4, "First_month_of_year"),
        middle_of_month=constant("Part of a month before its middle", 0.5, "Middle_of_month"),
        penny=constant("Half a penny: the largest difference forgiven", PENNY, "Half_a_penny", "pounds, exact"),
    )


def enter(book: Book, engine: Engine, constants: Constants) -> Entered:
    """Put everything entered on the sheets of inputs; the posts, lines and assumptions of each service first."""
    sheet, inputs = book.named("Inputs"), engine.inputs
    scenario = engine.comparison.scenario
    organisation = sheet.table("The organisation", ("What", "Value"))
    hours = organisation.add("Hours of a full-time week", Entry(inputs.full_time_hours, NUMBER, units.HOURS_A_WEEK))[1]
    premium = organisation.add(
        "Cover premium in support pools",
        Entry(float(inputs.behaviour.support_cover_premium[0, 0]), FRACTION, units.RATE),
    )[1]
    discount = organisation.add(
        "Discount rate, real", Entry(float(inputs.economy.discount_rate[0]), FRACTION, units.FRACTION)
    )[1]
    behaviour = _by_service(
        sheet, engine, "Assumptions about staff and the end of a service", BEHAVIOUR,
        {name: of_case(getattr(inputs.behaviour, name)) for name in BEHAVIOUR},
    )  # fmt: skip
    behaviour |= _looking_ahead(sheet, engine)
    people = _by_service(sheet, engine, "People supported", PEOPLE_COLUMNS, _people(engine))
    yearly = book.sheet("Inputs by year", "Growth, salaries and statutory figures by financial year.")
    posts = _posts(sheet, yearly, engine.posts, inputs.staff.salary, "services", engine)
    support_posts = _posts(sheet, yearly, engine.support_posts, inputs.support.salary, "support pools", engine)
    lines = _lines(sheet, "Lines of services", engine.services, inputs.lines, [
        [line.name for line in service.lines if line.kind != "exit"] for service in scenario.services
    ])  # fmt: skip
    support_lines = _lines(sheet, "Lines of support pools", engine.pools, _pool_lines(engine), [
        [line.name for line in pool.lines] for pool in scenario.organisation.pools
    ])  # fmt: skip
    activities = _columns(
        sheet, "Other activities",
        ("Activity", "Staff cost a year", "Other cost a year", "Heads", "Mean pay a year"),
        [
            (name, *(Entry(float(amount), unit, bounds) for amount, unit, bounds in (
                (inputs.other.staff_cost[at], POUNDS_A_YEAR, units.POUNDS),
                (inputs.other.other_cost[at], POUNDS_A_YEAR, units.POUNDS),
                (inputs.other.heads[at], PEOPLE, units.PEOPLE),
                (inputs.other.mean_pay[at], POUNDS_A_YEAR, units.POUNDS),
            )))
            for at, name in enumerate(engine.activities)
        ],
    )  # fmt: skip
    drivers = _drivers(sheet, engine)
    own = _columns(
        sheet, "Growth of lines with a rate of their own", ("Rate", "Growth a year"),
        [(f"Own rate {at + 1}", Entry(rate, FRACTION, units.GROWTH)) for at, rate in enumerate(own_rates(scenario))],
    )  # fmt: skip
    by_year = _YearlyFigures(yearly, engine)
    return Entered(
        services=engine.services,
        pools=engine.pools,
        activities=engine.activities,
        contracts=engine.contracts,
        constants=constants,
        behaviour=BehaviourEntries(**behaviour),
        support_cover_premium=premium,
        people=PeopleEntries(**people),
        posts=posts,
        support_posts=support_posts,
        lines=lines,
        support_lines=support_lines,
        full_time_hours=hours,
        activity_staff=activities[1],
        activity_other=activities[2],
        activity_heads=activities[3],
        activity_pay=activities[4],
        driver_quantities=tuple(drivers[3:]),
        unit_fte=drivers[1],
        unit_heads=drivers[2],
        pay_growth=by_year.growth("Pay", inputs.economy.pay_growth),
        price_growth=by_year.growth("Consumer prices", inputs.economy.price_growth),
        deflator_growth=by_year.growth("GDP deflator", inputs.economy.deflator_growth),
        own_rates=own[1],
        discount_rate=discount,
        nic_rate=by_year.parts("Employer's National Insurance rate", FRACTION, inputs.statutory.nic_rate),
        nic_threshold=by_year.parts("Secondary threshold", POUNDS_A_YEAR, inputs.statutory.nic_threshold),
        pension_trigger=by_year.parts("Automatic enrolment trigger", POUNDS_A_YEAR, inputs.statutory.pension_trigger),
        pension_lower=by_year.parts(
            "Lower limit of qualifying earnings", POUNDS_A_YEAR, inputs.statutory.pension_lower
        ),
        pension_upper=by_year.parts(
            "Upper limit of qualifying earnings", POUNDS_A_YEAR, inputs.statutory.pension_upper
        ),
        levy_rate=by_year.line("Apprenticeship levy rate", FRACTION, inputs.statutory.levy_rate),
        levy_allowance=by_year.line("Apprenticeship levy allowance", POUNDS_A_YEAR, inputs.statutory.levy_allowance),
        employment_allowance=by_year.line(
            "Employment Allowance, nil when not claimed", POUNDS_A_YEAR, inputs.statutory.employment_allowance
        ),
    )


def _columns(
    sheet: Sheet, title: str, headers: Sequence[str], rows: Sequence[Sequence[Item]], note: str = ""
) -> list[Column]:
    """Add a table and return its columns; empty ones where it has no rows, and then no table either."""
    if not rows:
        return [Column(()) for _ in headers]
    return sheet.table(title, headers, note).rows(rows)


def _by_service(
    sheet: Sheet,
    engine: Engine,
    title: str,
    columns: dict[str, tuple[str, str, Unit | None]],
    values: dict[str, Floats],
) -> dict[str, Column]:
    rows: list[list[Item]] = [
        [
            name,
            *(
                Entry(_finite(float(values[column][service]), bounds), unit, bounds)
                for column, (_, unit, bounds) in columns.items()
            ),
        ]
        for service, name in enumerate(engine.services)
    ]
    found = _columns(sheet, title, ("Service", *(label for label, *_ in columns.values())), rows)
    return dict(zip(columns, found[1:], strict=True))


def _looking_ahead(sheet: Sheet, engine: Engine) -> dict[str, Column]:
    """Enter how far ahead staff and managers look, once for all services with the same figures."""
    behaviour = engine.inputs.behaviour
    figures = np.stack([of_case(getattr(behaviour, name)) for name in LOOKING_AHEAD], axis=1)
    of_service = [tuple(float(value) for value in row) for row in figures]
    distinct = list(dict.fromkeys(of_service))
    columns = _columns(
        sheet, "How far ahead staff and managers look",
        ("Services", *LOOKING_AHEAD.values()),
        [
            (
                shared_by([name for name, own in zip(engine.services, of_service, strict=True) if own == row], engine),
                *(Entry(value, MONTHS, units.MONTHS) for value in row),
            )
            for row in distinct
        ],
        "Months of confirmed funding ahead, counted from the middle of the month.",
    )  # fmt: skip
    places = [distinct.index(row) for row in of_service]
    return {
        name: Column(tuple(column[place] for place in places))
        for name, column in zip(LOOKING_AHEAD, columns[1:], strict=True)
    }


def shared_by(services: Sequence[str], engine: Engine) -> str:
    """Return the names of services that share a row."""
    return "All services" if len(services) == len(engine.services) else ", ".join(services)


def _finite(value: float, bounds: Unit | None) -> float:
    """Return a value; where there is no limit, the largest that may be entered."""
    return value if bounds is None or np.isfinite(value) else bounds.maximum


def _people(engine: Engine) -> dict[str, Floats]:
    people = engine.inputs.people
    sides = [service.people for service in engine.comparison.scenario.services]
    by_name = {name: of_case(getattr(people, name)) for name in PEOPLE_COLUMNS if name not in ("counted", "referrals")}
    return by_name | {
        "counted": people.counted.astype(float),
        "referrals": np.array([0.0 if side is None else side.referrals_a_month for side in sides]),
    }


def _posts(sheet: Sheet, yearly: Sheet, layout: Posts, salary: Floats, whose: str, engine: Engine) -> PostEntries:
    """Enter post types, posts, layers of size and the groups that follow from them."""
    parts = engine.inputs.staff if whose == "services" else engine.inputs.support
    names = [each.post.name for each in layout.types]
    block = yearly.block(
        f"Full-time salaries of {whose} after the steps taken", "In the first year's prices, before the pay award."
    )
    salaries = block.entered(names, POUNDS_A_YEAR, layout.by_type(salary, parts), bounds=units.SALARY)
    types = _columns(
        sheet, f"Post types of {whose}",
        (
            "Post", "FTE of each head", "Employer's pension rate", "Pension on qualifying earnings",
            "Deficit and other on-costs", "Absence cover rate", "Eligible", "Senior", "Share that carries a caseload",
            "Contractual notice, weeks", "Redundancy, times statutory", "Redundancy capped", "Redundancy from years",
        ),
        [
            (
                each.post.name,
                Entry(each.post.fte, FTE, units.FTE),
                Entry(each.post.pension_rate, FRACTION, units.FRACTION),
                _flag(each.post.pension_base == "qualifying_earnings"),
                Entry(each.post.deficit_rate + each.post.other_on_cost_rate, FRACTION, units.RATE),
                Entry(each.post.absence_cover_rate, FRACTION, units.FRACTION),
                _flag(each.post.eligible),
                _flag(each.post.senior),
                Entry(each.post.delivery_share, FRACTION, units.FRACTION),
                Entry(each.post.contractual_notice_weeks, "weeks", units.WEEKS),
                Entry(each.post.redundancy.multiple, NUMBER, units.MULTIPLE),
                _flag(each.post.redundancy.capped),
                Entry(each.post.redundancy.minimum_years, WHOLE, units.YEARS_OF_SERVICE),
            )
            for each in layout.types
        ],
    )  # fmt: skip
    posts = _columns(
        sheet, f"Posts of {whose}", ("Post", "Belongs to", "Headcount", "Share of time", "Heads"),
        [
            (
                each.post.name,
                layout.owners[team.owner],
                Entry(each.post.headcount, PEOPLE, units.HEADS),
                Entry(each.share, FRACTION, units.FRACTION),
                Formula("", PEOPLE),
            )
            for team, each in layout.team_posts
        ],
    )  # fmt: skip
    _multiply(sheet, posts)
    layers = _columns(
        sheet, f"Size of {whose}", ("Belongs to", "Size, in times what is entered", "First month", "Last month"),
        [
            (
                layout.owners[layer.owner],
                Entry(layer.size, NUMBER, units.VOLUME),
                Entry(layer.first, WHOLE, units.MONTHS),
                Entry(layer.last, WHOLE, units.MONTHS),
            )
            for layer in layout.layers
        ],
        "Size is the sum of the layers; each has its first and last month, by number.",
    )  # fmt: skip
    return _groups(sheet, layout, whose, salaries, types, posts[4], layers)


def _flag(value: bool) -> Entry:  # noqa: FBT001 - the value to enter
    return Entry(float(value), FLAG)


def _multiply(sheet: Sheet, posts: list[Column]) -> None:
    """Give each post its heads: headcount x share of time."""
    for headcount, share, heads in zip(posts[2].cells, posts[3].cells, posts[4].cells, strict=True):
        sheet.book.redefine(heads, Formula(f"{headcount}*{share}", PEOPLE))


def _groups(
    sheet: Sheet,
    layout: Posts,
    whose: str,
    salaries: Stack,
    types: list[Column],
    heads: Column,
    layers: list[Column],
) -> PostEntries:
    teams = _columns(
        sheet, f"Teams of {whose}", ("Belongs to", "First month", "Last month"),
        [
            (layout.owners[team.owner], Entry(team.first, WHOLE, units.MONTHS), Entry(team.last, WHOLE, units.MONTHS))
            for team in layout.teams
        ],
        "Posts that come and go together.",
    )  # fmt: skip
    rows: list[tuple[Item, ...]] = []
    for group in layout.groups:
        team, size = layout.teams[group.team], layers[1][group.layer]
        each = heads.part(team.start, team.stop)

        def of_types(column: int, span: slice = slice(team.types, team.types_stop)) -> str:
            return types[column].part(span.start, span.stop)

        rows.append(
            (
                layout.owners[group.owner],
                Formula(f"{size}", NUMBER),
                Formula(f"MAX({layers[2][group.layer]},{teams[1][group.team]})", WHOLE),
                Formula(f"MIN({layers[3][group.layer]},{teams[2][group.team]})", WHOLE),
                Formula(f"{size}*SUM({each})", PEOPLE),
                Formula(f"{size}*SUMPRODUCT({each},{of_types(7)})", PEOPLE),
                Formula(f"{size}*SUMPRODUCT({each},{of_types(1)})", FTE),
                Formula(f"{size}*SUMPRODUCT({each},{of_types(1)},{of_types(8)})", FTE),
            )
        )
    groups = _columns(
        sheet, f"Groups of posts of {whose}",
        ("Belongs to", "Size", "First month", "Last month", "Heads", "Senior heads", "FTE", "Delivery FTE"), rows,
        "Worked out: a team in one layer of size.",
    )  # fmt: skip
    return PostEntries(
        layout=layout,
        salary=salaries,
        heads=heads,
        **dict(zip(TYPE_COLUMNS, types[1:], strict=True)),
        **dict(zip(LAYER_COLUMNS, layers[1:], strict=True)),
        **dict(zip(GROUP_COLUMNS, groups[1:], strict=True)),
    )


def _lines(
    sheet: Sheet, title: str, owners: Sequence[str], lines: Lines, names: Sequence[Sequence[str]]
) -> LineEntries:
    """Enter lines, which the engine has sorted by owner."""
    every = [name for of_owner in names for name in of_owner]
    indices = Unit("number of an index", "", 1, len(lines.exit_cost), whole=True)
    columns = _columns(
        sheet, title,
        ("Line", "Belongs to", "Amount a month, once or each", "Index (1 pay, 2 prices, 3 fixed, then own rates)",
         "First month", "Last month", "Eligible", "Cash"),
        [
            (
                name,
                owners[lines.owner[at]],
                Entry(float(lines.amount[at]), POUNDS, units.POUNDS),
                Entry(int(lines.index[at]) + 1, WHOLE, indices),
                Entry(int(lines.start[at]) + 1, WHOLE),
                Entry(int(lines.end[at]), WHOLE),
                _flag(bool(lines.eligible[at])),
                _flag(bool(lines.cash[at])),
            )
            for at, name in enumerate(every)
        ],
        "In the first year's prices, with the VAT that is not recovered; a yearly amount as a twelfth.",
    )  # fmt: skip
    return LineEntries(
        tuple(int(owner) for owner in lines.owner),
        tuple(int(basis) for basis in lines.basis),
        tuple(bool(once) for once in lines.one_off),
        *columns[2:],
    )


def _pool_lines(engine: Engine) -> Lines:
    """Return the lines of the support pools, as they were prepared for the core."""
    prepared = engine.comparison.prepared
    scenario = prepared.scenario
    pools = scenario.organisation.pools
    whole = np.ones((len(pools), prepared.dates.months))
    return prepare_lines(
        [pool.lines for pool in pools], whole, prepared.dates, scenario.assumptions, own_rates(scenario), []
    )


def _drivers(sheet: Sheet, engine: Engine) -> list[Column]:
    overheads = engine.inputs.overheads
    units_of = (*engine.pools, *engine.services, *engine.activities)
    return _columns(
        sheet, "Quantities of drivers",
        ("Unit", "FTE, for a unit without posts", "Heads, for a unit without posts",
         *(f"Driver of {pool}: {driver}" for pool, driver in zip(engine.pools, overheads.driver, strict=True))),
        [
            (
                name,
                Entry(float(overheads.entered_fte[at]), FTE, units.QUANTITY),
                Entry(float(overheads.entered_heads[at]), PEOPLE, units.QUANTITY),
                *(Entry(float(row[at]), NUMBER, units.QUANTITY) for row in overheads.entered),
            )
            for at, name in enumerate(units_of)
        ],
        "A driver that is worked out from posts or costs reads none of these.",
    )  # fmt: skip


class _YearlyFigures:
    """Enters rows of figures by financial year."""

    def __init__(self, sheet: Sheet, engine: Engine) -> None:
        self.growths: Block = sheet.block("Growth into the year", "The first year is the base and moves nothing.")
        self.sheet, self.years = sheet, engine.inputs.calendar.years

    def growth(self, label: str, path: Numbers) -> Line:
        return self.growths.entered(
            [label], FRACTION, of_case(path)[None, LAG : LAG + self.years], bounds=units.GROWTH
        )[0]

    def parts(self, label: str, unit: str, table: Numbers) -> Stack:
        block = self.sheet.block(label, "A line for each part of the year between changes.")
        bounds = units.FRACTION if unit == FRACTION else units.POUNDS
        return block.entered([f"Part {part + 1}" for part in range(table.shape[1])], unit, table.T, bounds=bounds)

    def line(self, label: str, unit: str, values: Numbers) -> Line:
        bounds = units.FRACTION if unit == FRACTION else units.POUNDS
        return self.sheet.block(label).entered([label], unit, values[None], bounds=bounds)[0]
