"""Assumed: every assumption with what holds for it now, where that comes from, and what it still needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from funding_model.reference.defaults import LEVELS, AssumptionDefault, assumption_defaults
from funding_model.report.words import NOTHING
from funding_model.scenario.assumptions import Assumptions, ServiceAssumptions
from funding_model.scenario.choices import CHOICES
from funding_model.scenario.plain import Place
from funding_model.scenario.typed import month_text, number_text, unit_text
from funding_model.ui.entry.documents import Document, value_at
from funding_model.ui.html import Group, Row, Table

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
    """Return every assumption as it stands in the organisation's assumptions or in a service's own."""
    model = Assumptions if holder == ("assumptions",) else ServiceAssumptions
    found = []
    for level in LEVELS:
        for name, default in assumption_defaults().items():
            here = name in model.model_fields
            if default.level == level and (here or model is Assumptions):
                entered = value_at(document, (*holder, name)) if here else None
                same = here and entered == model.model_fields[name].default
                found.append(_held(default, None if same else entered))
    return found


def holder_label(services: list[str], holder: Place) -> str:
    """Return whose assumptions stand at a place, in words."""
    index = holder[1] if len(holder) > 1 else None
    return "The whole organisation’s" if index is None else f"Those that differ for: {services[int(index)]}"


def can_be_entered(name: str, holder: Place) -> bool:
    """Return whether an assumption is entered with these assumptions and not elsewhere."""
    return name in (Assumptions if holder == ("assumptions",) else ServiceAssumptions).model_fields


def _held(default: AssumptionDefault, entered: Any) -> Held:  # noqa: ANN401 - a number or a group
    group = entered if isinstance(entered, dict) else {} if entered is None else {"value": entered, "status": "yours"}
    value = group.get("value", group.get("every_year"))
    has_own = value is not None or bool(group.get("by_year")) or bool(group.get("added"))
    status = str(group.get("status", "yours")) if has_own else default.status
    return Held(
        default=default,
        value=_own_words(default, group) if has_own else default_words(default),
        status=status,
        source=str(group.get("source") or ("" if has_own else default.source_title)),
        date=str(group.get("date") or ("" if has_own else default.date)),
        rationale=str(group.get("rationale") or ("" if has_own else default.basis)),
        review_by=month_text(group.get("review_by")),
        entered=has_own,
        blank=not has_own and default.is_blank,
    )


def in_unit(value: Any, unit: str) -> str:  # noqa: ANN401 - a number, yes or no, or text
    """Return a value of an assumption as it is written in a field."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return CHOICES.get(("done_by", value), value)
    form = "share" if unit.startswith("fraction") else "money" if unit.startswith("pounds") else "number"
    return number_text(value, form)  # type: ignore[arg-type]


def _own_words(default: AssumptionDefault, group: Document) -> str:
    value, low, high = (group.get(name) for name in ("value", "low", "high"))
    if value is None and group.get("every_year") is not None:
        value = group["every_year"]
    if value is None:
        years = ", ".join(f"{year}: {in_unit(rate, default.unit)}" for year, rate in group.get("by_year", {}).items())
        plus = f"{in_unit(group['added'], default.unit)} added" if group.get("added") else ""
        return "; ".join(part for part in (years, plus, "else the forecast") if part)
    between = f"\n{in_unit(low, default.unit)} to {in_unit(high, default.unit)}" if None not in (low, high) else ""
    return f"{in_unit(value, default.unit)}{between}"


def default_words(default: AssumptionDefault) -> str:
    """Return the default of an assumption in words: a value with its range, a forecast by year, or that it is blank."""
    if default.series_id:
        return "the forecast, by year"
    if default.value is None:
        return "blank"
    between = ""
    if default.low is not None and default.high is not None:
        between = f"\n{in_unit(default.low, default.unit)} to {in_unit(default.high, default.unit)}"
    return f"{in_unit(default.value, default.unit)}{between}"


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
                    row.status if row.entered else f"{row.status}\nconfidence: {row.default.confidence}",
                    "\n".join(part for part in (row.source or NOTHING, row.date) if part),
                    row.review_by or NOTHING,
                ),
            )
            for row in rows
            if row.default.level == level
        ]
        if own:
            groups.append(Group(LEVEL_TITLES[level], tuple(own)))
    return Table(
        "Assumptions as they stand",
        ("Assumption", "Value or range, and unit", "Status", "Source and date", "Review by"),
        tuple(groups),
        words=True,
    )
