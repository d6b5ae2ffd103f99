"""Certainty: how far ahead funding is confirmed, and what staff and managers make of it.

A degree below a threshold is ``1 - [months ahead >= threshold] x chance of every award that starts before the
threshold is reached``: once the awards decided by then reach it, only one that is not made can end the funding
before. The chance is ``renewal^renewals x extension^extensions``. ``insecure = k plain + (1 - k) max(plain, [break
notice < threshold])``, ``k`` = how far staff disregard a break clause; *frozen* and *closed* are plain.
"""

from __future__ import annotations

from dataclasses import dataclass

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FRACTION, WHOLE, Cell, Numbers, Stack
from funding_model.report.workbook.handles import AwardEntries, Awards, Certainty
from funding_model.report.workbook.stages.awards import SharedLines
from funding_model.report.workbook.stages.contract import Shared, award_sets, place_of_each, shared_terms


def judge_certainty(basis: Basis, terms: AwardEntries, awards: Awards) -> Certainty:
    """Work out how insecure, frozen and closed each service is, once for all with the same terms and thresholds."""
    book, engine, behaviour = basis.book, basis.engine, basis.entered.behaviour
    sheet = book.sheet("Certainty", "How far ahead funding is confirmed, and what staff and managers make of it.")
    places = place_of_each(engine, award_sets(engine))
    lines = SharedLines(
        sheet,
        engine,
        shared_terms(
            engine,
            lambda contract, service, _: (places[contract][service], behaviour.secure_months[service].key),
        ),
    )
    known = engine.evaluation.certainty
    below = _Below(lines, basis, terms, awards)
    names = ("secure_months", "freeze_months", "close_intake_months")
    secure, freeze, close = ([getattr(behaviour, name)[each.services[0]] for each in lines.sets] for name in names)
    plain = below.degree("Insecure, break clause disregarded", secure)
    insecure = lines.add(
        "Insecure", FRACTION,
        lambda at: (
            f"{below.of('break_credibility', at)}*{plain[at].now}+(1-{below.of('break_credibility', at)})"
            f"*MAX({plain[at].now},{below.of('break_right', at)}*({below.of('break_notice', at)}<{secure[at]}))"
        ),
        note="How far staff feel that their funding may end soon.", known=known.insecure,
    )  # fmt: skip
    frozen = below.degree("Hiring frozen", freeze, known.frozen)
    closed = below.degree("Intake closed", close, known.closed)
    return Certainty(lines.spread(insecure), lines.spread(frozen), lines.spread(closed), awards.undecided)


@dataclass(frozen=True)
class _Below:
    """Writes how far confirmed funding is from reaching a threshold."""

    lines: SharedLines
    basis: Basis
    terms: AwardEntries
    awards: Awards

    def of(self, name: str, at: int) -> Cell:
        """Return the cell of a term."""
        return self.lines.cell(getattr(self.terms, name), at)

    def degree(self, title: str, threshold: list[Cell], known: Numbers | None = None) -> Stack:
        """Work out how far confirmed funding is below a threshold."""
        middle = f"({self.basis.book.time.month.now}-{self.basis.entered.constants.middle_of_month})"

        def of_award(name: str, at: int) -> str:
            each: Shared = self.lines.sets[at]
            stack: Stack = getattr(self.awards, name)[each.contract]
            return stack[each.services[0]].now

        reached = self.lines.add(
            f"{title}: last boundary before funding must reach", WHOLE,
            lambda at: f"0-INT(0-({middle}+{threshold[at]}))-1",
            note="An award that starts there or before must be made; months after the start of the scenario.",
        )  # fmt: skip
        cycles = self.lines.add(
            f"{title}: renewals until then", WHOLE,
            lambda at: f"INT(({reached[at].now}-{of_award('cycle_start', at)})/{self.of('cycle_months', at)})",
        )  # fmt: skip

        def begun(at: int) -> str:
            place = f"{reached[at].now}-{of_award('cycle_start', at)}-{cycles[at].now}*{self.of('cycle_months', at)}"
            return f"MAX(0,INT(({place}-{self.of('months', at)})/{self.of('extension_months', at)})+1)"

        extensions = self.lines.add(
            f"{title}: extensions until then", WHOLE,
            lambda at: (
                f"{self.of('extensions', at)}*{cycles[at].now}+{begun(at)}-{of_award('extension', at)}"
            ),
        )  # fmt: skip

        def chance(number: str, probability: Cell) -> str:
            return f"IF({number}=0,1,{probability}^{number})"

        return self.lines.add(
            title, FRACTION,
            lambda at: (
                f"1-({of_award('end_ahead', at)}>={threshold[at]})"
                f"*{chance(cycles[at].now, self.of('renewal_probability', at))}"
                f"*{chance(extensions[at].now, self.of('extension_probability', at))}"
            ),
            note="Nil with a threshold of nil.", known=known,
        )  # fmt: skip
