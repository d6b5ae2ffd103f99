"""Awards: when they run, when they are decided and what may end them, by month, from the terms of each contract.

A *boundary* ``b`` is the end of month ``b``. In month ``n`` the place in the cycle is ``mod(n - 1 - start of the first
cycle, months of a cycle)``; the number of the extension in force ``max(0, int((place - months) / months of each)
+ 1)``. An award is decided in the month when its decision falls at or before the month's middle ``t = n - 1/2``; the
last one decided is the one in force at boundary ``int(t + lead)``, and ``months ahead = its end - t``, nil while the
own award is undecided.

A payment covers ``interval`` months of an award and is due in the first of them, or in arrears in the last; it arrives
in ``max(due, month of the decision) + months allowed``, and never before an earlier one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from funding_model.costing.timeline import BREAK, EXTENSION, RENEWAL
from funding_model.report.workbook.book import (
    FLAG,
    MONTHS,
    NUMBER,
    WHOLE,
    Book,
    Cell,
    Line,
    Numbers,
    Sheet,
    Stack,
)
from funding_model.report.workbook.engine import Engine
from funding_model.report.workbook.handles import AwardEntries, Awards, ByContract, CellsByContract, Constants
from funding_model.report.workbook.stages.contract import Shared, award_sets, place_of_each


@dataclass(frozen=True)
class SharedLines:
    """Lines of a sheet, one for each set of shared terms."""

    sheet: Sheet
    engine: Engine
    sets: tuple[Shared, ...]

    @property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each contract and service the number of its set."""
        return place_of_each(self.engine, self.sets)

    def add(
        self,
        title: str,
        unit: str,
        formula: Callable[[int], str],
        *,
        note: str = "",
        known: Numbers | None = None,
        fill: Stack | None = None,
    ) -> Stack:
        """Add a block; ``known`` has the axes (contract, service, month)."""
        found = None if known is None else np.array([self.one(known, each) for each in self.sets], float)
        return self.sheet.block(title, note).stack(
            [each.label(self.engine) for each in self.sets], unit, formula,
            of=[self.engine.contracts[each.contract] for each in self.sets], engine=found, fill=fill,
        )  # fmt: skip

    @staticmethod
    def one(known: Numbers, each: Shared) -> Numbers:
        """Return the engine's figures of a set, which are those of any of its services."""
        found: Numbers = known[each.contract if len(known) > 1 else 0, each.services[0]]
        return found

    def cell(self, cells: CellsByContract, at: int) -> Cell:
        """Return the cell of a set."""
        return cells[self.sets[at].contract][self.sets[at].services[0]]

    def spread(self, stack: Stack) -> ByContract:
        """Return the lines by contract and service."""
        return tuple(Stack(tuple(stack[place] for place in row)) for row in self.places)


def run_awards(book: Book, engine: Engine, constants: Constants, terms: AwardEntries) -> Awards:
    """Work out the awards of each month, their decisions and their payments."""
    sheet = book.sheet("Awards", "When awards run, are decided and may end, and when their money arrives.")
    lines = SharedLines(sheet, engine, award_sets(engine))
    month = book.time.month.now
    middle = sheet.block("Middle of the month", "Months after the start of the scenario.").line(
        "Middle of the month", MONTHS, f"{month}-{constants.middle_of_month}"
    )
    calendar = _Calendar(lines, terms, month, middle, constants)
    known = engine.evaluation.terms.award
    place = lines.add(
        "Months of its cycle before the month", WHOLE,
        lambda at: f"MOD({month}-1-{calendar.of('cycle_start', at)},{calendar.of('cycle_months', at)})",
    )  # fmt: skip
    extension = lines.add(
        "Number of the extension in force", WHOLE, lambda at: calendar.extension(place[at].now, at),
        note="Nil in the initial award.",
    )  # fmt: skip
    cycle = lines.add(
        "Start of the cycle", WHOLE, lambda at: f"{month}-1-{place[at].now}",
        note="Months after the start of the scenario, as are the next two.",
    )  # fmt: skip
    start = lines.add(
        "Start of the award", WHOLE,
        lambda at: (
            f"{cycle[at].now}+({extension[at].now}>0)*({calendar.of('months', at)}"
            f"+({extension[at].now}-1)*{calendar.of('extension_months', at)})"
        ),
    )  # fmt: skip
    end = lines.add(
        "End of the award", WHOLE,
        lambda at: (
            f"{cycle[at].now}+{calendar.of('months', at)}+{extension[at].now}*{calendar.of('extension_months', at)}"
        ),
    )  # fmt: skip
    undecided = lines.add(
        "Undecided", FLAG, lambda at: f"({start[at].now}-{calendar.of('lead', at)}>{middle.now})*1",
        note="The month's own award is not decided by its middle.", known=known.undecided,
    )  # fmt: skip
    ahead = calendar.ahead(undecided, known.end_ahead)
    letters, bids = calendar.effort(start, extension)
    events = calendar.events(start, end, extension)
    received = calendar.payments(start, end)
    return Awards(
        *(lines.spread(each) for each in (cycle, extension, start, end, undecided, ahead, letters, bids)),
        *(lines.spread(each) for each in (*events, *received)),
    )


@dataclass(frozen=True)
class _Calendar:
    """Writes the formulas of the awards."""

    lines: SharedLines
    terms: AwardEntries
    month: str
    middle: Line
    constants: Constants

    def of(self, name: str, at: int) -> Cell:
        """Return the cell of a term."""
        return self.lines.cell(getattr(self.terms, name), at)

    def extension(self, place: str, at: int) -> str:
        """Return the number of the extension in force at a place in the cycle."""
        return f"MAX(0,INT(({place}-{self.of('months', at)})/{self.of('extension_months', at)})+1)"

    def ahead(self, undecided: Stack, known: Numbers) -> Stack:
        """Work out how far ahead funding is confirmed."""

        def decided(at: int) -> str:
            return f"INT({self.middle.now}+{self.of('lead', at)})"

        place = self.lines.add(
            "Place in its cycle up to which awards are decided", WHOLE,
            lambda at: f"MOD({decided(at)}-{self.of('cycle_start', at)},{self.of('cycle_months', at)})",
        )  # fmt: skip
        return self.lines.add(
            "Months of confirmed funding ahead", MONTHS,
            lambda at: (
                f"(1-{undecided[at].now})*({decided(at)}-{place[at].now}+{self.of('months', at)}"
                f"+{self.extension(place[at].now, at)}*{self.of('extension_months', at)}-{self.middle.now})"
            ),
            note="From the middle of the month to the end of the last award decided by then.", known=known,
        )  # fmt: skip

    def effort(self, start: Stack, extension: Stack) -> tuple[Stack, Stack]:
        """Work out letters and bids."""
        known = self.lines.engine.evaluation.terms.award

        def begins(at: int) -> str:
            return f"({start[at].now}={self.month}-1)"

        letters = self.lines.add(
            "Letters", NUMBER,
            lambda at: (
                f"{begins(at)}*(({extension[at].now}=0)*(1-{self.of('competed', at)})"
                f"+({extension[at].now}>0)*{self.of('letters_for_extensions', at)})"
            ),
            known=known.letters,
        )  # fmt: skip
        bids = self.lines.add(
            "Bids", NUMBER,
            lambda at: f"{begins(at)}*({extension[at].now}=0)*{self.of('competed', at)}", known=known.bids,
        )  # fmt: skip
        return letters, bids

    def events(self, start: Stack, end: Stack, extension: Stack) -> tuple[Stack, Stack, Stack, Stack, Stack]:
        """Work out what may end the service with the month, and the notice that the decision then gives."""
        known = self.lines.engine.evaluation.terms.award
        event = known.event[..., 1:]
        renewal = self.lines.add(
            "A new cycle follows the month", FLAG,
            lambda at: f"({end[at].now}={self.month})*({extension[at].now}={self.of('extensions', at)})",
            known=(event == RENEWAL).astype(float),
        )  # fmt: skip
        extended = self.lines.add(
            "An extension follows the month", FLAG,
            lambda at: f"({end[at].now}={self.month})*({extension[at].now}<{self.of('extensions', at)})",
            known=(event == EXTENSION).astype(float),
        )  # fmt: skip
        broken = self.lines.add(
            "The award may be broken after the month", FLAG,
            lambda at: (
                f"{self.of('break_right', at)}*({end[at].now}>{self.month})"
                f"*(MOD({self.month}-{start[at].now},{self.constants.months_a_year})=0)"
            ),
            note="At an anniversary of its start.", known=(event == BREAK).astype(float),
        )  # fmt: skip
        ends = [f"({renewal[at].now}+{extended[at].now})" for at in range(len(renewal))]
        notice = self.lines.add(
            "Months between decision and end", MONTHS,
            lambda at: (
                f"{ends[at]}*MAX({self.of('lead', at)},0)+{broken[at].now}*{self.of('break_notice', at)}"
            ),
            note="If the service ends with the month.", known=known.months_of_notice[..., 1:],
        )  # fmt: skip
        late = self.lines.add(
            "Months by which the decision comes after the end", MONTHS,
            lambda at: f"{ends[at]}*MAX(0-{self.of('lead', at)},0)", known=known.months_late[..., 1:],
        )  # fmt: skip
        return renewal, extended, broken, notice, late

    def payments(self, start: Stack, end: Stack) -> tuple[Stack, Stack]:
        """Work out how many months have been paid for."""
        payment = self.lines.engine.evaluation.terms.payment
        interval = [self.of("interval", at) for at in range(len(start))]
        first = self.lines.add(
            "Start of the months that a payment covers", WHOLE,
            lambda at: f"{start[at].now}+{interval[at]}*INT(({self.month}-1-{start[at].now})/{interval[at]})",
        )  # fmt: skip

        def due(at: int) -> str:
            last = f"(MIN({first[at].now}+{interval[at]},{end[at].now})-1)"
            arrears = self.of("arrears", at)
            return f"((1-{arrears})*{first[at].now}+{arrears}*{last})"

        def arrivals(title: str, decided: Callable[[int], str]) -> Stack:
            arrives = self.lines.sheet.book.ahead(len(start))
            return self.lines.add(
                title, WHOLE,
                lambda at: (
                    f"MAX({arrives[at].before},MAX({due(at)},{decided(at)},0)+{self.of('payment_lag', at)}+1)"
                ),
                note="Number of the month.", fill=arrives,
            )  # fmt: skip

        def received(title: str, arrives: Stack, known: Numbers) -> Stack:
            return self.lines.add(
                title, WHOLE, lambda at: f"SUMPRODUCT(({arrives[at].whole}<={self.month})*1)", known=known
            )

        late = arrivals("When the month's price arrives", lambda at: f"INT({start[at].now}-{self.of('lead', at)})")
        prompt = arrivals("When it would arrive with prompt decisions", lambda at: start[at].now)
        return (
            received("Months paid for by the end of the month", late, payment.received.astype(float)),
            received("The same with prompt decisions", prompt, payment.received_on_time.astype(float)),
        )
