"""Price bases: the plan costed at the prices at which contracts agree theirs.

A price recognises the quantities of each month, steps and volumes, at the prices of one year: of the year in which the
cycle began (*award*), of the first year (*first*, what a rolled-forward price compares volumes by), or of the price
year (*forecast*). Contracts that agree in their years share a plan. Where a month's year is held by one of several
plans, flags choose it. Steps and later posts that a price leaves out narrow the direct cost; the overhead stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from funding_model.costing.planned import PriceCalendar as EngineCalendar
from funding_model.costing.planned import cost_plan as cost_by_engine
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FLAG, WHOLE, Line, Sheet
from funding_model.report.workbook.handles import ContractEntries, Direct, Plan, PriceCalendar, Prices
from funding_model.report.workbook.stages.plan import Costed, cost_narrowed, cost_plan

Purpose = Literal["award", "first", "forecast"]
TABLES: dict[Purpose, str] = {"award": "own", "first": "base", "forecast": "year_central"}
"""Which of the engine's calendars of prices each purpose reads."""
Path = tuple[int, ...]
"""The year whose prices each year takes, 0 for the first."""


@dataclass
class PriceBases:
    """Costs the plan as terms need it, each set of prices once."""

    basis: Basis
    own: Plan
    contracts: ContractEntries
    calendar: PriceCalendar
    sheet: Sheet
    plans: dict[Path, Plan] = field(default_factory=dict)
    narrowed: dict[tuple[bytes, Purpose], Direct] = field(default_factory=dict)
    unmatched: list[tuple[str, str]] = field(default_factory=list)
    """Of each set of terms and purpose: its name and a formula, nil where every month has its prices."""

    def cost(self) -> dict[tuple[int, Purpose], Costed]:
        """Return what each set of terms may recognise, for each purpose that it has."""
        self.plans[tuple(range(self.basis.book.years))] = self.own
        result = {
            (number, purpose): self._of(number, purpose)
            for number in range(len(self.contracts.sets))
            for purpose in self._purposes(number)
        }
        if not self.unmatched:
            return result
        block = self.sheet.block(
            "Months at other prices than those of their year", "Nil; a changed length of award may need other plans."
        )
        nil = block.stack(
            [name for name, _ in self.unmatched], FLAG, lambda at: self.unmatched[at][1], kind="check"
        )  # fmt: skip
        self.basis.book.check_nil("Every price is costed at the prices of its year", nil)
        return result

    def _purposes(self, number: int) -> list[Purpose]:
        terms = self.contracts.sets[number]
        if terms.schedule is not None:
            return []
        found: list[Purpose] = ["award"]
        if terms.rolled_forward:
            found.append("first")
        if terms.forecast and self.moves(number):
            found.append("forecast")
        return found

    def moves(self, number: int) -> bool:
        """Whether a further price year of a cycle begins within the horizon."""
        terms, segments = self.contracts.sets[number], self.basis.engine.comparison.terms.segments
        return bool(segments.new_price_year[terms.contract, terms.services[0]].any())

    def _paths(self, number: int, purpose: Purpose) -> list[EngineCalendar]:
        """Return the engine's calendar of prices of each month."""
        terms, engine = self.contracts.sets[number], self.basis.engine.comparison.terms
        table = getattr(engine.calendars, TABLES[purpose])[terms.contract, terms.services[0]]
        return [engine.price_calendars[place] for place in table]

    def _wanted(self, number: int, purpose: Purpose) -> str:
        """Return the year whose prices a month of some terms takes."""
        if purpose == "first":
            return "1"
        return (self.calendar.award_year if purpose == "award" else self.calendar.price_year)[number].now

    def _of(self, number: int, purpose: Purpose) -> Costed:
        terms = self.contracts.sets[number]
        paths = list(dict.fromkeys(each.prices_of_year for each in self._paths(number, purpose)))
        plans = [self._plan(path, number, purpose) for path in paths]
        wanted, label = self._wanted(number, purpose), f"{terms.label}: {purpose}"
        matches = [f"({plan.prices.year_of_month.now}={wanted})" for plan in plans]
        if len(plans) == 1:
            flags: list[Line] = []
            self.unmatched.append((label, f"1-{matches[0]}*1"))
        else:
            block = self.sheet.block(f"Which plan costs the month: {label}", "The first that holds its prices.")
            flags = []
            for plan, match in zip(plans, matches, strict=True):
                left = "".join(f"*(1-{flag.now})" for flag in flags) or "*1"
                flags.append(block.line(f"Plan at{plan.prices.name or ' own prices'}", FLAG, f"{match}{left}"))
            self.unmatched.append((label, "1-" + "-".join(flag.now for flag in flags)))

        def chosen(values: list[str]) -> str:
            if len(values) == 1:
                return values[0]
            return "(" + "+".join(f"{flag.now}*{value}" for flag, value in zip(flags, values, strict=True)) + ")"

        narrowed = self._narrowed(number, purpose)
        directs = [plan.direct for plan in plans] if narrowed is None else [narrowed]

        def of(name: str) -> Callable[[int], str]:
            return lambda at: chosen([getattr(direct, name)[at].now for direct in directs])

        return Costed(
            direct=of("eligible_direct"),
            staff=of("eligible_staff"),
            overhead=lambda at: chosen([plan.overheads.overhead[at].now for plan in plans]),
            recruitment=of("recruitment"),
            excluded=lambda at, group: chosen([self._excluded(direct, at, group) for direct in directs]),
            year=wanted,
            plan=plans[0] if len(plans) == 1 and narrowed is None else None,
        )

    def _excluded(self, direct: Direct, service: int, group: int) -> str:
        """Return the eligible lines of a service in a category that some contract leaves out."""
        lines, groups = self.basis.entered.lines, self.basis.engine.inputs.lines.excluded_group
        found = [at for at in lines.of(service) if groups[at] == group]
        return "(" + ("+".join(f"{direct.lines[at].now}*{lines.eligible[at]}" for at in found) or "0") + ")"

    def _plan(self, path: Path, number: int, purpose: Purpose) -> Plan:
        if path not in self.plans:
            prices = self._prices(path, number, purpose)
            engine, planned = self.basis.engine, self.basis.engine.evaluation.planned
            known = cost_by_engine(engine.inputs, planned.outlook, EngineCalendar(path), planned.starts)
            self.plans[path] = cost_plan(self.basis, prices, known)
        return self.plans[path]

    def _prices(self, path: Path, number: int, purpose: Purpose) -> Prices:
        """Return prices that follow the first months of each year of some terms, where they do as delivered."""
        time, name = self.basis.book.time, f" (prices {len(self.plans) + 1})"
        block = self.sheet.block(f"Years of{name}", "The year whose prices each year's quantities take.")
        calendars = self._paths(number, purpose)
        firsts = [int(np.flatnonzero(self.basis.engine.year_of_month == year)[0]) for year in range(len(path))]
        follows = all(calendars[month].prices_of_year[year] == path[year] for year, month in enumerate(firsts))
        label = "Number of the year of prices"
        if not any(path):
            year = block.line(label, WHOLE, "1", period="year")
        elif follows and purpose != "first":
            lines = self.calendar.award_year if purpose == "award" else self.calendar.price_year
            first = f"{time.last_month.year}-{time.months_of_year.year}+1"
            year = block.line(label, WHOLE, lines[number].in_month(first), period="year")
        else:
            year = block.constants([label], WHOLE, np.array([path], float) + 1, period="year")[0]
            self.basis.book.limit(
                "Where awards start within a financial year, the years of prices of the plan that costs the other part "
                "of it are as delivered."
            )
        return Prices(name, block.line(label, WHOLE, year.of_year(time)), year, time.year_of_month)

    def _narrowed(self, number: int, purpose: Purpose) -> Direct | None:
        """Cost the services without steps or later posts, if some terms leave them out."""
        terms, time = self.contracts.sets[number], self.basis.book.time
        if terms.increments_recognised and terms.planned_establishment:
            return None
        key = (self._key(number, purpose), purpose)
        if key not in self.narrowed:
            name = f" (narrowed {len(self.narrowed) + 1})"
            block = self.sheet.block(f"Prices, steps and posts of{name}", f"As {terms.label} has them.")
            year = block.line("Number of the year of prices", WHOLE, self._wanted(number, purpose))
            steps, cutoff = time.year_of_month, None
            if not terms.increments_recognised:
                wanted = "1" if purpose == "first" else self.calendar.award_year[number].now
                steps = block.line("Number of the year of pay steps", WHOLE, wanted)
            if not terms.planned_establishment:
                twelve = self.basis.entered.constants.months_a_year
                cutoff = block.line(
                    "Last month whose new posts count", WHOLE,
                    f"MAX({time.month.now}-1-{self.calendar.place[number].now}+{twelve},1)",
                )  # fmt: skip
            prices = Prices(name, year, time.year, steps, cutoff)
            self.narrowed[key] = cost_narrowed(self.basis, prices)
        return self.narrowed[key]

    def _key(self, number: int, purpose: Purpose) -> bytes:
        """Return what is the same for terms that are costed alike."""
        terms, years = self.contracts.sets[number], self.basis.engine.year_of_month
        service, never = terms.services[0], -1
        rows = [
            (
                each.prices_of_year[year],
                each.steps_of_year[service][year] if each.steps_of_year else year,
                each.cutoff[service][year] if each.cutoff and not terms.planned_establishment else never,
            )
            for each, year in zip(self._paths(number, purpose), years, strict=True)
        ]
        return np.array(rows, np.int64).tobytes()


def open_bases(basis: Basis, own: Plan, contracts: ContractEntries, calendar: PriceCalendar) -> PriceBases:
    """Start costing the plan at other prices."""
    sheet = basis.book.sheet("Price bases", "At the prices of which years the plan is costed for each contract.")
    return PriceBases(basis, own, contracts, calendar, sheet)
