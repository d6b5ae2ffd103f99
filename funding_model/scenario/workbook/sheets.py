"""Sheets: which of them an input workbook has, in the order of the work, and which fields stand on each.

The fields themselves, with their titles, units, help and bounds, are those of the entry models: nothing of them is said
again here. What has no place on any sheet is carried by the sheet of other settings, place by place.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from pydantic import BaseModel

from funding_model.reference.dates import financial_year_label
from funding_model.reference.defaults import assumption_defaults
from funding_model.scenario.assumptions import (
    Assumption,
    Assumptions,
    Correlation,
    ServiceAssumptions,
    YearlyGrowth,
)
from funding_model.scenario.columns import Column, column_of, form_of, kind_at
from funding_model.scenario.contracts import COMPONENTS, Contract, DatedFactor, Price
from funding_model.scenario.costs import Cohort, Line, OtherFunder, Post
from funding_model.scenario.organisation import FunderRule, Organisation, OtherActivity, Pool, Reconciliation
from funding_model.scenario.plain import Place
from funding_model.scenario.presets import preset_names
from funding_model.scenario.scenario import MOST_CONTRACTS, Scenario
from funding_model.scenario.services import PeopleSupported, Service, SocialValue, VolumeChange
from funding_model.scenario.titles import lower_first
from funding_model.scenario.workbook.headings import (
    MOST_YEARS,
    Heading,
    bounds_of,
    heading_of,
    headings_of,
    numbered,
)
from funding_model.scenario.workbook.layout import Key, Listing, Sheet, Table

FIRST_YEAR: Final = 2026
WHERE_FROM: Final = ("source", "date", "rationale", "review_by")
"""What is said of a path of growth beside its rates."""
"""The first year of growth on a blank workbook."""


_TERM: Final = Column("value", "Value", "text", {}, "", "What the term is for this service.", None, needed=True)
"""The value of a term: how it is written depends on the term."""


@cache
def sheets(first_year: int = FIRST_YEAR) -> tuple[Sheet, ...]:
    """Return the sheets on which a scenario is entered, in the order of the work.

    Args:
        first_year: The financial year with which growth by year begins.
    """
    return (*_organisation(), *_services(), *_contracts(), *_assumptions(first_year), *_seldom())


def _organisation() -> tuple[Sheet, ...]:
    single = headings_of(Organisation, ("reconciliation",), ("organisation",))
    checked = headings_of(Reconciliation, (), ("organisation", "reconciliation"))
    return (
        Listing(
            "Organisation",
            "The scenario as a whole, and who provides the services.",
            (
                ("The scenario", headings_of(Scenario, ("schema_version", "organisation", "assumptions"))),
                ("The organisation", single),
                (column_of(Organisation, "reconciliation").help.rstrip("."), checked),
            ),
            ("Your entry",),
        ),
        Table(
            "Support costs",
            "One row for each pool of costs that several services share, such as the office or the finance team. "
            "What a pool buys goes on the sheet Other costs, its posts on the sheet Posts.",
            headings_of(Pool),
            under=("organisation", "pools"),
        ),
        Table(
            "Other activities",
            "Everything else that the organisation does and that bears its share of the support costs.",
            headings_of(OtherActivity),
            under=("organisation", "other_activities"),
        ),
    )


def _services() -> tuple[Sheet, ...]:
    return (
        Table(
            "Services",
            "One row for each service. Its posts, other costs and people follow on the next sheets.",
            headings_of(Service, ("people", "assumptions")),
            under=("services",),
            needed=True,
        ),
        Table(
            "Posts",
            "One row for each kind of post of a service or a support pool. Enter a salary or a pay point, not both.",
            headings_of(Post),
            owners=("services", "pools"),
            under=("posts",),
        ),
        Table(
            "Shared posts",
            "Only for posts that work in several places: one row for each place, the shares of a post adding to 100%.",
            (_number("time", "Share of time", Post),),
            owners=("services", "pools"),
            of_posts=True,
            under=("time",),
            holds="numbers",
            named=Key("Works for", "A service or support pool, by its name.", ("services", "pools")),
        ),
        Table(
            "Other costs",
            "One row for each cost that is not pay, of a service or of a support pool.",
            headings_of(Line),
            owners=("services", "pools"),
            under=("lines",),
        ),
        Table(
            "People",
            "The people whom a service supports and those who wait for it: one row for a service. A service without a "
            "row has no caseload and no waiting list.",
            headings_of(PeopleSupported),
            owners=("services",),
            under=("people",),
            holds="one",
        ),
        Table(
            "Planned changes",
            "Planned growth or shrinking of a service over the years: one row for each new size.",
            headings_of(VolumeChange),
            owners=("services",),
            under=("planned_changes",),
        ),
        Table(
            "Driver quantities",
            "For support pools that are shared by a quantity of your own, such as floor area: how much of it each one "
            "uses. Full-time equivalents and heads come from the posts, except for other activities.",
            (_number("driver_quantities", "Quantity", Service),),
            owners=("services", "pools", "activities"),
            under=("driver_quantities",),
            holds="numbers",
            named=Key("Driver", "What the quantity is of, as on the sheet Support costs."),
        ),
    )


def _contracts() -> tuple[Sheet, ...]:
    sections = [("The contract", _general_terms())]
    sections += [(column_of(Contract, component).title, _component(component)) for component in COMPONENTS]
    return (
        Listing(
            "Contracts",
            "The contracts to compare, side by side: one column for each. Name the preset that a contract starts from, "
            "and fill in only what differs; or fill in everything.",
            tuple(sections),
            tuple(f"Contract {number + 1}" for number in range(MOST_CONTRACTS)),
            ("contracts",),
        ),
        Table(
            "Agreed prices",
            "Only where prices are agreed for years ahead: pounds for each financial year from the scenario’s first. "
            "They replace every other price of the contract.",
            numbered(Price, "schedule", ("price",)),
            owners=("contracts",),
            holds="one",
        ),
        Table(
            "Service terms",
            "Only for terms that differ for one service: one row for each. What stands here takes the place of what "
            "the sheet Contracts says, for that service only.",
            (Heading((), _TERM),),
            owners=("services",),
            under=("contract_changes",),
            holds="changes",
            settings=tuple(
                (_component_title(each.path), each.path) for name in COMPONENTS for each in _component(name)
            ),
        ),
        Table(
            "Single years",
            "Only for single years whose price is changed, such as a year without a budget.",
            headings_of(DatedFactor),
            owners=("contracts",),
            under=("price", "dated_factors"),
        ),
    )


def _general_terms() -> tuple[Heading, ...]:
    name, description, preset = (heading_of(Contract, name) for name in ("name", "description", "preset"))
    choice = Column(**{**vars(preset.column), "form": "choice", "choices": dict(preset_names())})
    return name, description, Heading(preset.path, choice)


def _component(component: str) -> tuple[Heading, ...]:
    return headings_of(_model_at(Contract, (component,)), ("schedule", "dated_factors"), (component,))


def _assumptions(first_year: int) -> tuple[Sheet, ...]:
    growth = {name for name in Assumptions.model_fields if _model_at(Assumptions, (name,)) is YearlyGrowth}
    names = [name for name in (*assumption_defaults(), *Assumptions.model_fields) if name in Assumptions.model_fields]
    own: list[Place] = [(name,) for name in dict.fromkeys(names) if name not in growth]
    own += [(name, "outturn_added") for name in names if name in growth]
    paths = [(name,) for name in Assumptions.model_fields if name in growth]
    return (
        Table(
            "Assumptions",
            "What holds where your records say nothing. Leave a row blank to use what stands under If blank; give low "
            "and high as well to say how unsure you are. A figure of your own is better than any default.",
            headings_of(Assumption),
            under=("assumptions",),
            holds="settings",
            settings=tuple((_title(Assumptions, path), path) for path in dict.fromkeys(own)),
            fixed=True,
        ),
        Table(
            "Growth",
            "How pay and prices grow. Leave a row blank to use the published forecast. Another year may be written "
            "over the heading of a year that you do not need.",
            (*headings_of(YearlyGrowth, ("outturn_added", "status", *WHERE_FROM)), *growth_years(first_year)),
            under=("assumptions",),
            holds="settings",
            settings=tuple((_title(Assumptions, path), path) for path in paths),
            fixed=True,
        ),
    )


def growth_years(first_year: int) -> tuple[Heading, ...]:
    """Return the columns of growth by year, from the one that begins in a calendar year, and of where it comes from."""
    years = [financial_year_label(first_year + number) for number in range(MOST_YEARS)]
    status = heading_of(YearlyGrowth, "status")
    own = replace(status, column=replace(status.column, default="yours"))
    return (*(growth_year(year) for year in years), own, *(heading_of(YearlyGrowth, name) for name in WHERE_FROM))


def growth_year(year: str) -> Heading:
    """Return the column of one year's growth."""
    rate = heading_of(YearlyGrowth, "every_year")
    help_text = column_of(YearlyGrowth, "by_year").help
    column = Column(year, year, "share", {}, rate.column.unit, help_text, None, needed=False)
    return Heading(("by_year", year), column, rate.bounds)


def _seldom() -> tuple[Sheet, ...]:
    ranges = [each.path for component in COMPONENTS for each in _component(component) if each.assumed]
    return (
        Table(
            "Service assumptions",
            "Only for assumptions that differ for one service: one row for each.",
            headings_of(Assumption),
            owners=("services",),
            under=("assumptions",),
            holds="settings",
            settings=tuple((_title(ServiceAssumptions, (name,)), (name,)) for name in ServiceAssumptions.model_fields),
        ),
        Table(
            "Contract ranges",
            "Only for terms of a contract that you want to give a range or a source; a single value goes on the sheet "
            "Contracts.",
            headings_of(Assumption),
            owners=("contracts",),
            holds="settings",
            settings=tuple((_component_title(path), path) for path in ranges),
        ),
        Table(
            "Other funders",
            "Who else pays for a service, with pounds for each financial year from the scenario’s first.",
            _with_years(headings_of(OtherFunder, ("amount_by_year",))),
            owners=("services",),
            under=("other_funders",),
        ),
        Table(
            "Social value",
            "Only from a study, with its source and its limits; it is counted in a ledger of its own.",
            headings_of(SocialValue),
            owners=("services",),
            under=("social_value",),
        ),
        Table(
            "Funder rules",
            "What a funder does not accept in the sharing of support costs, and the document in which it says so.",
            headings_of(FunderRule),
            under=("organisation", "funder_rules"),
        ),
        Table(
            "Staff in post",
            "For redundancy and notice costs: the people in a post by completed years of service and age.",
            headings_of(Cohort),
            owners=("services", "pools"),
            of_posts=True,
            under=("heads",),
        ),
        Table(
            "Correlations",
            "Only for ranges that go up and down together: the places of both, as they stand in the fields’ reference.",
            headings_of(Correlation),
            under=("correlations",),
        ),
    )


def _with_years(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Put the amounts by year after what the money is, before where it comes from."""
    return (*headings[:2], *numbered(OtherFunder, "amount_by_year"), *headings[2:])


def _number(name: str, title: str, model: type[BaseModel]) -> Heading:
    """Return the number that a group by name holds for each name."""
    kind = kind_at(model, (name, title))
    unit = str(kind.extra.get("unit", ""))
    column = Column(name, title, form_of(kind), {}, unit, column_of(model, name).help, None, needed=True)
    return Heading((), column, bounds_of(kind)[0])


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel]:
    return kind_at(model, place).model or BaseModel


def _title(model: type[BaseModel], path: Place) -> str:
    """Return what an assumption is called: as its default is, where it has one."""
    defaults = assumption_defaults()
    name = str(path[0])
    title = defaults[name].title if name in defaults else column_of(model, name).title
    return f"{title}: {lower_first(column_of(YearlyGrowth, str(path[1])).title)}" if len(path) > 1 else title


def _component_title(path: Place) -> str:
    component, name = str(path[0]), str(path[1])
    term = column_of(_model_at(Contract, (component,)), name).title
    return f"{column_of(Contract, component).title}: {lower_first(term)}"
