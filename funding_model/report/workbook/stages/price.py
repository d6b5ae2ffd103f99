"""Price: what a contract recognises and how its price moves.

Recognised of a segment: ``share x (D + overhead paid + terms) / (1 - margin)``, D its eligible direct cost, overhead
paid = overhead as it is borne, at most a limit x D where it is capped, + flat rate x (D - what the base leaves out) +
flat rate x eligible staff cost. ``rho`` = recognised / months of the segment.

Costed afresh: price a month = rho x U, or the price paid today x rho / rho of the first segment x U in the first cycle.
Rolled forward: first price of the cycle x rho / rho of the cycle's first segment, both at the first year's prices, x U;
first price = last month's price x ``(1 + uplift)^min(1, whole months / 12)`` x the same ratio to last month's. ``U`` is
the product over price years of ``1 + step``, held between least and most; by forecast the step is that of ``rho at the
price year's prices / rho at the award's``. A schedule replaces all; factors change single years; by volume ``price x
months given / planned months a month``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FLAG, INDEX, POUNDS, Line, Stack
from funding_model.report.workbook.handles import (
    CellsByContract,
    ContractEntries,
    Delivery,
    Plan,
    PriceCalendar,
    Pricing,
    TermsEntries,
)
from funding_model.report.workbook.stages.plan import Costed
from funding_model.report.workbook.stages.price_bases import PriceBases, Purpose, open_bases
from funding_model.report.workbook.stages.recognised import Stage, Whole, find_fundable, recognised
from funding_model.report.workbook.under_contract import UnderContract


def price_contracts(
    basis: Basis,
    own: Plan,
    contracts: ContractEntries,
    calendar: PriceCalendar,
    delivery: Delivery,
    hour_value: Line,
    cycle_months: CellsByContract,
) -> tuple[Stage, Pricing]:
    """Work out the price of each month under each contract, as if the service continues."""
    bases = open_bases(basis, own, contracts, calendar)
    costed = bases.cost()
    sheet = basis.book.sheet("Price", "What each contract recognises, and how its price moves.")
    stage = Stage(basis, sheet, contracts, calendar, own, hour_value, cycle_months)
    steps = _fixed_steps(stage)
    price = tuple(
        _Contract(stage, bases, costed, steps, number).price(delivery) for number in range(len(basis.entered.contracts))
    )
    for stack in price:
        basis.book.compare(f"Price: {basis.book.rows[stack[0].key][1].of}", stack)
    fundable = basis.book.sheet("Fundable cost", "What the funder's rule looks at, at each year's own prices.")
    return stage, find_fundable(replace(stage, sheet=fundable), price)


def _fixed_steps(stage: Stage) -> Stack:
    """Work out the step of each month's price year, of terms that do not follow a forecast."""
    entered, contracts = stage.basis.entered, stage.contracts
    sets, year = contracts.sets, stage.calendar.price_year

    def growth(at: int, path: Line, earlier: str) -> str:
        number = f"({year[at].now}-{sets[at].lag})"
        return f"IF({number}>0,{path.in_year(number)},INDEX({earlier},1-{number}))"

    def step(at: int) -> str:
        terms = sets[at]
        moved = (
            f"1+{terms.rate}+{terms.pay_weight}*{growth(at, entered.pay_growth, contracts.earlier_pay_growth.whole)}"
            f"+{terms.price_weight}*{growth(at, entered.price_growth, contracts.earlier_price_growth.whole)}"
        )
        return f"MIN(1+{terms.cap},MAX(1+{terms.floor},{moved}))"

    return stage.sheet.block(
        "Step of the price year",
        "1 + fixed rate + weights x growth of the year, less the lag; held between least and most.",
    ).stack([terms.label for terms in sets], INDEX, step)


class _Contract:
    """Prices the services under one contract."""

    def __init__(
        self,
        stage: Stage,
        bases: PriceBases,
        costed: dict[tuple[int, Purpose], Costed],
        steps: Stack,
        number: int,
    ) -> None:
        self.stage, self.bases, self.costed, self.steps, self.number = stage, bases, costed, steps, number
        self.book, self.sheet = stage.basis.book, stage.sheet
        self.name = stage.basis.engine.contracts[number]
        self.services = range(len(stage.services))
        self.twelve = stage.basis.entered.constants.months_a_year
        self.sets = [stage.contracts.of[number][service] for service in self.services]

    def _terms(self, service: int) -> TermsEntries:
        return self.stage.contracts.sets[self.sets[service]]

    def _now(self, stack: Stack, service: int) -> str:
        return stack[self.sets[service]].now

    def _stack(
        self,
        title: str,
        note: str,
        formula: Callable[[int], str],
        chosen: list[int],
        unit: str = POUNDS,
        fill: Stack | None = None,
    ) -> dict[int, Line]:
        """Add a line for each of some services, and return them by service."""
        if not chosen:
            return {}
        names = [self.stage.services[service] for service in chosen]
        lines = self.sheet.block(f"{title}: {self.name}", note).stack(
            names, unit, lambda at: formula(chosen[at]), of=self.name, fill=fill
        )
        return dict(zip(chosen, lines, strict=True))

    def _kept(
        self, title: str, note: str, amount: Callable[[int], str], when: Stack, chosen: list[int], unit: str = POUNDS
    ) -> dict[int, Line]:
        """Add lines that take an amount when a flag is set and keep it until the next time."""
        fill = self.book.ahead(len(chosen))
        own = dict(zip(chosen, fill, strict=True))

        def formula(service: int) -> str:
            flag = self._now(when, service)
            return f"{flag}*{amount(service)}+(1-{flag})*{own[service].before}"

        return self._stack(title, note, formula, chosen, unit, fill)

    def _sums(self, title: str, amount: Callable[[int], str], chosen: list[int]) -> dict[int, Line]:
        """Add sums over the segment so far."""
        fill = self.book.ahead(len(chosen))
        own = dict(zip(chosen, fill, strict=True))
        return self._stack(
            f"{title}, in the segment so far", "",
            lambda service: self.stage.running(self.number, service, own[service], amount(service)),
            chosen, POUNDS, fill,
        )  # fmt: skip

    def _rho(self, purpose: Purpose, words: str, chosen: list[int]) -> dict[int, Line]:
        """Work out what is recognised a month in each segment."""
        if not chosen:
            return {}
        costed = {service: self.costed[self.sets[service], purpose] for service in chosen}
        direct = self._sums(f"Eligible direct cost {words}", lambda at: costed[at].direct(at), chosen)
        overhead = self._sums(f"Overhead {words}", lambda at: costed[at].overhead(at), chosen)
        rest = self._sums(
            f"Flat rates and terms recognised {words}",
            lambda at: f"{self.stage.rest(self._terms(at), at, costed[at])}",
            chosen,
        )
        whole = self._stack(
            f"Recognised {words}, in the segment so far", "Share x (direct + overhead paid + rest) / (1 - margin).",
            lambda at: recognised(self._terms(at), Whole(direct[at].now, overhead[at].now, rest[at].now)), chosen,
        )  # fmt: skip
        return self._stack(
            f"Recognised {words}, a month of the segment", "",
            lambda at: (
                f"{whole[at].in_month(self._now(self.stage.calendar.last_month, at))}"
                f"/{self._now(self.stage.calendar.months, at)}"
            ),
            chosen,
        )  # fmt: skip

    def _uplift(self, rho: dict[int, Line]) -> dict[int, str]:
        """Return the uplift since the cycle began, by service."""
        forecast = [
            service for service in rho
            if self._terms(service).forecast and self.bases.moves(self.sets[service])
        ]  # fmt: skip
        later = self._rho("forecast", "at the price year's prices", forecast)
        calendar = self.stage.calendar
        result = {service: line.now for service, line in self._forecast(rho, later, forecast).items()}
        shared: dict[int, Line] = {}
        for service in rho:
            number = self.sets[service]
            if service in result:
                continue
            if self._terms(service).forecast:
                result[service] = "1"
                continue
            if number not in shared:
                line = self.book.ahead(1)[0]
                opens, begins = calendar.opens_cycle[number].now, calendar.new_price_year[number].now
                moved = f"{line.before}*(1+{begins}*({self.steps[number].now}-1))"
                self.sheet.block(f"Uplift since the cycle began: {self.name}", "Product of its steps.").line(
                    self._terms(service).label, INDEX, f"{opens}+(1-{opens})*{moved}", of=self.name, fill=line
                )
                shared[number] = line
            result[service] = shared[number].now
        return result

    def _forecast(self, rho: dict[int, Line], later: dict[int, Line], chosen: list[int]) -> dict[int, Line]:
        """Work out uplifts by the forecast of the recognised cost."""
        if not chosen:
            return {}
        calendar = self.stage.calendar
        level = self._stack(
            "Recognised cost, times that at the award's prices", "",
            lambda at: f"IF({rho[at].now}=0,1,{later[at].now}/{rho[at].now})", chosen, INDEX,
        )  # fmt: skip
        renewed = self.book.ahead(len(chosen))
        starts = dict(zip(chosen, renewed, strict=True))

        def new(at: int) -> str:
            return f"MAX({self._now(calendar.opens_cycle, at)},{self._now(calendar.new_price_year, at)})"

        self._stack(
            "The same when the price year began", "",
            lambda at: f"{new(at)}*{level[at].now}+(1-{new(at)})*{starts[at].before}", chosen, INDEX, renewed,
        )  # fmt: skip
        before = self._kept(
            "The same of the price year before",
            "",
            lambda at: starts[at].before,
            calendar.new_price_year,
            chosen,
            INDEX,
        )
        uplift = self.book.ahead(len(chosen))
        own = dict(zip(chosen, uplift, strict=True))
        reached, at_start = self.book.ahead(len(chosen)), self.book.ahead(len(chosen))
        until, current = (dict(zip(chosen, lines, strict=True)) for lines in (reached, at_start))

        def so_far(at: int) -> str:
            opens, begins = self._now(calendar.opens_cycle, at), self._now(calendar.new_price_year, at)
            return f"{opens}+{begins}*{current[at].before}+(1-{new(at)})*{until[at].before}"

        self._stack("Uplift until the price year", "", so_far, chosen, INDEX, reached)
        moving = self.book.ahead(len(chosen))
        moves = dict(zip(chosen, moving, strict=True))
        self._stack(
            "A further price year has begun in the cycle", "",
            lambda at: (
                f"(1-{self._now(calendar.opens_cycle, at)})"
                f"*MAX({moves[at].before},{self._now(calendar.new_price_year, at)})"
            ),
            chosen, FLAG, moving,
        )  # fmt: skip

        def held(at: int) -> str:
            terms = self._terms(at)
            step = f"IF({before[at].now}=0,1,{level[at].now}/{before[at].now})"
            limited = f"MIN(1+{terms.cap},MAX(1+{terms.floor},{step}))"
            return f"1+{moves[at].now}*({until[at].now}*{limited}-1)"

        result = self._stack("Uplift by the forecast since the cycle began", "", held, chosen, INDEX, uplift)
        self._stack(
            "The same when the price year began", "",
            lambda at: f"{new(at)}*{own[at].now}+(1-{new(at)})*{current[at].before}", chosen, INDEX, at_start,
        )  # fmt: skip
        return result

    def price(self, delivery: Delivery) -> Stack:
        """Work out the price of each month."""
        costed = [service for service in self.services if self._terms(service).schedule is None]
        rho = self._rho("award", "at the award's prices", costed)
        first = self._rho(
            "first", "at the first year's prices", [at for at in costed if self._terms(at).rolled_forward]
        )
        moved = self._moved(rho, first, self._uplift(rho) if costed else {})
        block = self._in_single_years(moved)
        by_volume = self._by_volume()

        def final(at: int) -> str:
            if at not in by_volume:
                return block[at]
            capacity = by_volume[at].in_month(self._now(self.stage.calendar.last_month, at))
            given = delivery.flow[self.number].given[at].now
            return f"IF({capacity}=0,0,{block[at]}*{self._now(self.stage.calendar.months, at)}/{capacity}*{given})"

        return UnderContract(self.stage.basis, self.sheet, self.number).services(
            "Price", POUNDS, final, "What the contract pays if the service continues.",
            self.stage.basis.engine.evaluation.provider.price, "sum", kind="result",
        )  # fmt: skip

    def _by_volume(self) -> dict[int, Line]:
        """Return planned capacity of the segment so far of the services that are paid by volume."""
        counted, planned = self.stage.basis.engine.inputs.people.counted, self.stage.basis.planned
        chosen = [at for at in self.services if self._terms(at).by_volume and counted[at]]
        return self._sums("Planned capacity", lambda at: planned.capacity[at].now, chosen)

    def _moved(self, rho: dict[int, Line], first: dict[int, Line], uplift: dict[int, str]) -> dict[int, str]:
        """Return the price of each month before schedules and single years."""
        calendar, time = self.stage.calendar, self.book.time
        rolled = list(first)
        result: dict[int, str] = {}
        today = [at for at in rho if self._terms(at).has_current and at not in first]
        first_rho = self._kept(
            "Recognised a month, when the cycle began", "", lambda at: rho[at].now, calendar.opens_cycle, today
        )
        for at, line in rho.items():
            if at in first:
                continue
            result[at] = f"{line.now}*{uplift[at]}"
            if at in first_rho:
                entered, own = self._now(calendar.first_cycle, at), first_rho[at].now
                today_price = f"{self._terms(at).current}/{self.twelve}*IF({own}=0,1,{line.now}/{own})"
                result[at] = f"({entered}*{today_price}+(1-{entered})*{line.now})*{uplift[at]}"
        lines = self.book.ahead(len(rolled))
        price = dict(zip(rolled, lines, strict=True))
        cycle_first = self._kept(
            "Recognised a month at the first year's prices, when the cycle began", "",
            lambda at: first[at].now, calendar.opens_cycle, rolled,
        )  # fmt: skip

        def opening(at: int) -> str:
            terms, base = self._terms(at), first[at]
            start = f"{terms.current}/{self.twelve}" if terms.has_current else rho[at].now
            whole = calendar.whole_months[self.sets[at]].before
            volume = f"(1+{terms.volume_follows}*(IF({base.before}=0,1,{base.now}/{base.before})-1))"
            moved = f"{price[at].before}*(1+{terms.renewal_uplift})^MIN(1,{whole}/{self.twelve})*{volume}"
            return f"IF({time.first.now}=1,{start},{moved})"

        first_price = self._kept(
            "First price of the cycle", "Last month's price, moved on.", opening, calendar.opens_cycle, rolled
        )

        def rolled_price(at: int) -> str:
            own = cycle_first[at].now
            volume = f"(1+{self._terms(at).volume_follows}*(IF({own}=0,1,{first[at].now}/{own})-1))"
            return f"{first_price[at].now}*{volume}*{uplift[at]}"

        self._stack("Price as it is rolled forward", "", rolled_price, rolled, POUNDS, lines)
        return result | {at: line.now for at, line in price.items()}

    def _in_single_years(self, moved: dict[int, str]) -> dict[int, str]:
        """Return the block price after schedules and the factors of single years."""
        time, result = self.book.time, dict(moved)
        for at in self.services:
            terms = self._terms(at)
            if terms.schedule is not None:
                result[at] = f"{terms.schedule.of_year(time)}/{time.months_of_this_year.now}"
            if terms.factor is not None:
                result[at] = f"({result[at]})*{terms.factor.of_year(time)}"
        chosen = [at for at in self.services if self._terms(at).follows_last_year is not None]
        if not chosen:
            return result
        year_starts = self.sheet.block(f"A financial year begins: {self.name}").line(
            "A financial year begins", FLAG, f"({time.year_of_month.now}<>{time.year_of_month.before})*1"
        )
        so_far, price = (self.book.ahead(len(chosen)) for _ in range(2))
        own = dict(zip(chosen, price, strict=True))
        years = dict(zip(chosen, so_far, strict=True))
        before = self.book.ahead(len(chosen))
        means = dict(zip(chosen, before, strict=True))

        def mean(at: int) -> str:
            first = f"{time.first.now}*{self._terms(at).current}/{self.twelve}"
            earlier = f"IF({time.first.now}=1,0,{years[at].before}/{time.months_of_this_year.before})"
            starts = year_starts.now
            return f"{starts}*({first}+{earlier})+(1-{starts})*{means[at].before}"

        self._stack(
            "Price a month in the year before",
            "Before the first year the price paid today.",
            mean,
            chosen,
            POUNDS,
            before,
        )

        def in_year(at: int) -> str:
            terms = self._terms(at)
            follows, factor = terms.follows_last_year, terms.last_year_factor
            if follows is None or factor is None:
                return result[at]
            flag = follows.of_year(time)
            return f"{flag}*{factor.of_year(time)}*{means[at].now}+(1-{flag})*{result[at]}"

        lines = self._stack("Price with single years", "", in_year, chosen, POUNDS, price)
        self._stack(
            "Price of the year so far", "", lambda at: f"(1-{year_starts.now})*{years[at].before}+{own[at].now}",
            chosen, POUNDS, so_far,
        )  # fmt: skip
        return result | {at: line.now for at, line in lines.items()}
