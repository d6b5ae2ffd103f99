"""Ranges: every assumption of a scenario that is entered as a range, where it stands, and whether a result reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.prepare.behaviour import place_of_value
from funding_model.questions.prepare.contracts import contract_grid
from funding_model.questions.prepare.drawn_terms import OF_CONTRACTS, place_in_contract
from funding_model.scenario.assumptions import Assumption, ServiceAssumptions, YearlyGrowth
from funding_model.scenario.explain_errors import nearest, quoted_names
from funding_model.scenario.plain import Place, place_of, shown
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.services import ALL_CONTRACTS
from funding_model.scenario.titles import assumption_title, title_of
from funding_model.scenario.walk import at
from funding_model.units import Unit

WITHOUT_RESULT = frozenset({"early_intervention_share", "supply_of_recruits"})
"""Assumptions that no result of a contract reads."""
GROWTH_PATHS = ("pay_award", "cpi", "gdp_deflator")


@dataclass(frozen=True)
class Range:
    """An assumption whose value is not certain.

    Attributes:
        place: Where it is entered.
        label: What it is, in words.
        unit: Its unit, with the bounds that no draw may leave.
        assumption: The value, the range and the distribution.
    """

    place: Place
    label: str
    unit: Unit
    assumption: Assumption

    @property
    def path(self) -> str:
        """The place as a person writes it: ``assumptions.turnover``."""
        return place_of(self.place)

    def concerns(self, scenario: Scenario, contracts: Collection[str]) -> bool:
        """Whether it has to do with some of these contracts: every range but those of other contracts has."""
        match self.place:
            case ("contracts", int(number), *_):
                return scenario.contracts[number].name in contracts
            case ("services", _, "contract_changes", str(name), *_):
                return name == ALL_CONTRACTS or name in contracts
            case _:
                return True

    @property
    def drawn(self) -> bool:
        """Whether a simulation draws it."""
        return self.assumption.distribution != "fixed"


@dataclass(frozen=True)
class Ranges:
    """The ranges of a scenario, in the order in which they are entered: those that results read, and the others."""

    in_use: tuple[Range, ...]
    without_effect: tuple[Range, ...]

    @property
    def drawn(self) -> tuple[Range, ...]:
        """The ranges that a simulation draws."""
        return tuple(each for each in self.in_use if each.drawn)

    @property
    def not_drawn(self) -> tuple[Range, ...]:
        """Ranges without a distribution: a simulation takes their central value."""
        return tuple(each for each in self.in_use if not each.drawn)


def ranges_of(scenario: Scenario) -> Ranges:
    """Return every assumption entered as a range."""
    entered = dict(_entered(scenario))
    used = set(_read_by_results(scenario))
    found = [
        range_at(scenario, place, assumption) for place, assumption in entered.items() if assumption.ends is not None
    ]
    return Ranges(
        tuple(each for each in found if each.place in used), tuple(each for each in found if each.place not in used)
    )


def read_and_entered(scenario: Scenario) -> list[tuple[Place, Assumption]]:
    """Return every assumption that holds a value which some result reads, range or not."""
    used = set(_read_by_results(scenario))
    return [(place, assumption) for place, assumption in dict(_entered(scenario)).items() if place in used]


def range_at(scenario: Scenario, place: Place, assumption: Assumption) -> Range:
    """Return an assumption with its place, its name in words and its unit."""
    return Range(place, _label(scenario, place), unit_at(place), assumption)


def unit_at(place: Place) -> Unit:
    """Return the unit of the assumption at a place.

    Raises:
        LookupError: No assumption stands there.
    """
    if "contract_changes" in place:
        place = ("contracts", 0, *place[-2:])
    kind, _ = at(Scenario, place)
    if kind is None or kind.model is not Assumption:
        raise LookupError(f"no assumption stands at {place_of(place)}")
    bounds = kind.extra
    least = bounds.get("exclusiveMinimum", bounds.get("minimum"))
    return Unit(bounds["unit"], minimum=least, maximum=bounds["maximum"], above_minimum="exclusiveMinimum" in bounds)


def _label(scenario: Scenario, place: Place) -> str:
    """Return an assumption in words: what it is, and of which service or contract."""
    match place:
        case ("assumptions", str(path), "outturn_added"):
            return f"{assumption_title(path)} above its path"
        case ("assumptions", str(name)):
            return assumption_title(name)
        case ("services", int(number), "assumptions", str(name)):
            return f"{assumption_title(name)}, {scenario.services[number].name}"
        case ("services", int(number), "contract_changes", str(contract), _, str(field)):
            every = "every contract" if contract == ALL_CONTRACTS else contract
            return f"{title_of(field)}, {every}, {scenario.services[number].name}"
        case ("contracts", int(number), _, str(field)):
            return f"{title_of(field)}, {scenario.contracts[number].name}"
        case _:
            return place_of(place)


def _entered(scenario: Scenario) -> Iterator[tuple[Place, Assumption]]:
    """Yield every assumption that holds a value, in the order of the document."""
    grid = contract_grid(scenario)
    for number, service in enumerate(scenario.services):
        for name in ServiceAssumptions.model_fields:
            yield from _at(("services", number, "assumptions", name), getattr(service.assumptions, name))
        for contract in scenario.contracts:
            for component, field in _contract_fields():
                place = place_in_contract(scenario, contract.name, number, component, field)
                if place[0] == "services":
                    yield from _at(place, getattr(getattr(grid[contract.name][number], component), field))
    for number, contract in enumerate(scenario.contracts):
        for component, field in _contract_fields():
            yield from _at(("contracts", number, component, field), getattr(getattr(contract, component), field))
    for name in type(scenario.assumptions).model_fields:
        entered = getattr(scenario.assumptions, name)
        if isinstance(entered, YearlyGrowth):
            yield from _at(("assumptions", name, "outturn_added"), entered.outturn_added)
        yield from _at(("assumptions", name), entered)


def _at(place: Place, entered: object) -> Iterator[tuple[Place, Assumption]]:
    if isinstance(entered, Assumption) and entered.value is not None:
        yield place, entered


def _contract_fields() -> list[tuple[str, str]]:
    """Return component and field of every assumption of a contract."""
    paths = [path for terms in OF_CONTRACTS.values() for choices in terms.values() for path in choices if "." in path]
    return [(component, field) for component, _, field in (path.partition(".") for path in dict.fromkeys(paths))]


def _read_by_results(scenario: Scenario) -> Iterator[Place]:
    """Yield the places that results read: not an organisation's figure for which every service has its own."""
    for name in GROWTH_PATHS:
        yield ("assumptions", name, "outturn_added")
    of_services = [name for name in ServiceAssumptions.model_fields if name not in WITHOUT_RESULT]
    for name in of_services:
        for number in range(len(scenario.services)):
            place = place_of_value(scenario, name, number)
            if place is not None:
                yield place
    of_the_organisation = [
        name for name in type(scenario.assumptions).model_fields if name not in {*of_services, *WITHOUT_RESULT}
    ]
    yield from (("assumptions", name) for name in (*of_the_organisation, "cover_premium"))
    for contract in scenario.contracts:
        for component, field in _contract_fields():
            for number in range(len(scenario.services)):
                yield place_in_contract(scenario, contract.name, number, component, field)


def range_called(ranges: tuple[Range, ...], path: str, where: str) -> Range:
    """Return the range at a place that a person wrote.

    Raises:
        ProblemsError: None of the ranges stands there.
    """
    wanted = path.strip()
    for each in ranges:
        if wanted in (each.path, each.path.removeprefix("assumptions.")):
            return each
    known = [each.path for each in ranges]
    message = f"there is no range to draw at {shown(wanted)}{nearest(wanted, known)}"
    remedy = f"Choose from {quoted_names(known)}." if known else "Enter a range with a distribution there first."
    raise ProblemsError([Problem(where, message, remedy)])
