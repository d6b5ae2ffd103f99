"""Assumed: every assumption with what holds for it now, where that comes from, and what it still needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from funding_model.reference.dates import financial_year_start
from funding_model.reference.defaults import LEVELS, AssumptionDefault, assumption_defaults
from funding_model.reference.parameters import value_on
from funding_model.report.words import NOTHING, exact, per_cent
from funding_model.scenario.assumptions import Assumption, Assumptions, ServiceAssumptions
from funding_model.scenario.columns import column_of, default_words, in_unit, kind_at
from funding_model.scenario.contracts import COMPONENTS, Contract
from funding_model.scenario.plain import Place
from funding_model.scenario.typed import month_text, number_text, unit_text
from funding_model.ui.entry.documents import Document, value_at
from funding_model.ui.html import Group, Row, Table
from funding_model.ui.years import financial_years

ALL: Final = "All"
NEEDS_YOU: Final = "Needs you"
FILTERS: Final = (ALL, NEEDS_YOU, "yours", "published", "default", "example", "no evidence")
LEVEL_TITLES: Final = {
    "economy": "The economy",
    "organisation": "The organisation",
    "service": "Services",
    "contract": "Entered with each contract",
}


@dataclass(frozen=True)
class Held:
    """An assumption as it stands.

    Attributes:
        default: Its default and what is known of it.
        value: What holds, in words.
        status: Where it comes from.
        source: The document behind it.
        date: The date of that.
        rationale: Why it was chosen.
        review_by: When it should be looked at again.
        entered: Whether the visitor has entered something.
        blank: Whether nothing holds, so that its effect is off.
    """

    default: AssumptionDefault
    value: str
    status: str
    source: str
    date: str
    rationale: str
    review_by: str
    entered: bool
    blank: bool

    @property
    def needs_you(self) -> bool:
        """Whether a figure of the visitor's own is wanted: it is blank, an example or without evidence."""
        return self.blank or self.status in ("example", "no evidence")


def held(document: Document, holder: Place) -> list[Held]:
    """Return every assumption as it stands in the organisation's, in a service's own or in a contract's terms."""
    if holder[0] == "contracts":
        return [
            _held(each, value_at(document, place_in(holder, each.name)), document)
            for each in contract_defaults().values()
        ]
    model = Assumptions if holder == ("assumptions",) else ServiceAssumptions
    found = []
    for level in LEVELS:
        for name, default in assumption_defaults().items():
            here = name in model.model_fields
            if default.level == level and (here or model is Assumptions):
                entered = value_at(document, (*holder, name)) if here else None
                same = here and entered == model.model_fields[name].default
                found.append(_held(default, None if same else entered, document))
    return found


@cache
def contract_fields() -> dict[str, str]:
    """Return the assumptions among a contract's terms: the component that holds each."""
    found = {}
    for component in COMPONENTS:
        model = kind_at(Contract, (component,)).model
        for name in model.model_fields if model is not None else ():
            if kind_at(Contract, (component, name)).model is Assumption:
                found[name] = component
    return found


@cache
def contract_defaults() -> dict[str, AssumptionDefault]:
    """Return the defaults of a contract's assumptions, called as among its terms.

    Of those that nothing published speaks of, the help of the field is what there is.
    """
    found = {}
    for name, component in contract_fields().items():
        known = assumption_defaults().get(name)
        model = kind_at(Contract, (component,)).model
        if model is None:
            continue
        column = column_of(model, name)
        if known is not None and known.level == "contract":
            found[name] = replace(known, title=column.title)
        else:
            found[name] = AssumptionDefault(
                name, column.title, column.help, column.unit, "contract", None, "default", "none", column.help
            )
    return found


def place_in(holder: Place, name: str) -> Place:
    """Return where an assumption stands: among a contract's terms in the component that holds it."""
    return (*holder, contract_fields()[name], name) if holder[0] == "contracts" else (*holder, name)


def holders_of(services: Sequence[str], contracts: Sequence[str]) -> list[Place]:
    """Return everything that holds assumptions: the organisation, its services and the contracts."""
    return [
        ("assumptions",),
        *(("services", index, "assumptions") for index in range(len(services))),
        *(("contracts", index) for index in range(len(contracts))),
    ]


def holder_label(services: Sequence[str], contracts: Sequence[str], holder: Place) -> str:
    """Return whose assumptions stand at a place, in words."""
    match holder:
        case ("services", int(index), _):
            return f"Those that differ for the service: {services[index]}"
        case ("contracts", int(index)):
            return f"Those of the contract: {contracts[index]}"
        case _:
            return "The whole organisation’s"


def can_be_entered(name: str, holder: Place) -> bool:
    """Return whether an assumption is entered with these assumptions and not elsewhere."""
    if holder[0] == "contracts":
        return True
    return name in (Assumptions if holder == ("assumptions",) else ServiceAssumptions).model_fields


def words_of(default: AssumptionDefault, document: Document) -> str:
    """Return what holds by default: a forecast with its growth in each year of the scenario from the second on."""
    years = financial_years(document)[1:] if default.series_id else []
    if not years:
        return default_words(default)
    grown = [(year, value_on(default.series_id, financial_year_start(int(year[:4]))).number) for year in years]
    return "the forecast:\n" + "\n".join(f"{year}: {exact(per_cent_a_year, 2)}%" for year, per_cent_a_year in grown)


def _held(default: AssumptionDefault, entered: Any, document: Document) -> Held:  # noqa: ANN401 - a number or a group
    group = entered if isinstance(entered, dict) else {} if entered is None else {"value": entered, "status": "yours"}
    value = group.get("value", group.get("every_year"))
    has_own = value is not None or any(group.get(name) for name in ("by_year", "added", "outturn_added"))
    status = str(group.get("status", "yours")) if has_own else default.status
    return Held(
        default=default,
        value=_own_words(default, group) if has_own else words_of(default, document),
        status=status,
        source=str(group.get("source") or ("" if has_own else default.source_title)),
        date=str(group.get("date") or ("" if has_own else default.date)),
        rationale=str(group.get("rationale") or ("" if has_own else default.basis)),
        review_by=month_text(group.get("review_by")),
        entered=has_own,
        blank=not has_own and default.is_blank,
    )


def _own_words(default: AssumptionDefault, group: Document) -> str:
    value, low, high = (group.get(name) for name in ("value", "low", "high"))
    if value is None and group.get("every_year") is not None:
        value = group["every_year"]
    if value is None:
        years = ", ".join(f"{year}: {in_unit(rate, default.unit)}" for year, rate in group.get("by_year", {}).items())
        plus = f"{in_unit(group['added'], default.unit)} added" if group.get("added") else ""
        return "; ".join(part for part in (years, plus, "else the forecast") if part) + _outturn(default, group)
    between = f"\n{in_unit(low, default.unit)} to {in_unit(high, default.unit)}" if None not in (low, high) else ""
    if group.get("distribution") == "discrete" and group.get("values"):
        between = f"\none of {', '.join(in_unit(each, default.unit) for each in group['values'])}"
    return f"{in_unit(value, default.unit)}{between}{_outturn(default, group)}"


def _outturn(default: AssumptionDefault, group: Document) -> str:
    """Say how far growth may turn out above its path, where that is entered."""
    found = group.get("outturn_added")
    if not isinstance(found, dict) or found.get("value") is None:
        return ""
    ends = [in_unit(found[name], default.unit) for name in ("low", "high") if found.get(name) is not None]
    return f"\nturns out {' to '.join(ends) or in_unit(found['value'], default.unit)} above that"


def chosen(rows: list[Held], wanted: str) -> list[Held]:
    """Return the assumptions that a filter lets through."""
    if wanted == NEEDS_YOU:
        return [row for row in rows if row.needs_you]
    return [row for row in rows if wanted in (ALL, row.status)]


def table(rows: list[Held]) -> Table:
    """Return assumptions with all that is known of them."""
    groups = []
    for level in LEVELS:
        own = [
            Row(
                row.default.title,
                (
                    f"{row.value}\n{unit_text(row.default.unit)}",
                    _status_words(row),
                    row.rationale or NOTHING,
                    "\n".join(part for part in (row.source or NOTHING, row.date) if part),
                ),
            )
            for row in rows
            if row.default.level == level
        ]
        if own:
            groups.append(Group(LEVEL_TITLES[level], tuple(own)))
    return Table(
        "Assumptions as they stand",
        (
            "Assumption",
            "Value or range, and unit",
            "Status, confidence and review",
            "Why this value",
            "Source and date",
        ),
        tuple(groups),
        words=True,
        long=True,
    )


def _status_words(row: Held) -> str:
    """Say where a value comes from, how far it can be relied on, and when it should be looked at again."""
    known = "" if row.entered else f"confidence: {row.default.confidence}"
    return "\n".join(part for part in (row.status, known, row.review_by and f"review by {row.review_by}") if part)


def chances(values: Sequence[float], weights: Sequence[float], unit: str) -> Table:
    """Return the values that a discrete distribution takes, and how often each comes."""
    whole = sum(weights)
    rows = tuple(
        Row(in_unit(value, unit), (number_text(weight), per_cent(weight / whole)))
        for value, weight in zip(values, weights, strict=True)
    )
    return Table("How often each value is drawn", ("Value", "Weight", "Share of the draws"), (Group("", rows),))
