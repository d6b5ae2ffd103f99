"""Continuation: the chance that a service goes on.

``S`` is 1 at the start. At the end of a month that a further award must follow it is multiplied by the chance of
renewal or of extension, at an anniversary that can break by ``1 - chance of a break``.
"""

from __future__ import annotations

from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FRACTION, Stack
from funding_model.report.workbook.handles import AwardEntries, Awards, Survival
from funding_model.report.workbook.stages.awards import SharedLines
from funding_model.report.workbook.stages.contract import award_sets


def survive(basis: Basis, terms: AwardEntries, awards: Awards) -> Survival:
    """Work out the chance that each service goes on, once for all with the same awards."""
    book, engine = basis.book, basis.engine
    sheet = book.sheet("Survival", "The chance that a service goes on, month by month.")
    lines = SharedLines(sheet, engine, award_sets(engine))
    path = engine.evaluation.provider.survival

    def of_award(name: str, at: int) -> str:
        each = lines.sets[at]
        stack: Stack = getattr(awards, name)[each.contract]
        return stack[each.services[0]].now

    after = book.ahead(len(lines.sets))
    chance = lines.add(
        "Chance of going on after the month", FRACTION,
        lambda at: (
            f"1-{of_award('renewal', at)}*(1-{lines.cell(terms.renewal_probability, at)})"
            f"-{of_award('extended', at)}*(1-{lines.cell(terms.extension_probability, at)})"
            f"-{of_award('break_point', at)}*{lines.cell(terms.break_probability, at)}"
        ),
        note="1 in a month that no decision ends.",
    )  # fmt: skip
    before = lines.add(
        "Survival at the start of the month", FRACTION,
        lambda at: f"{book.time.first.now}+{after[at].before}", known=path[..., :-1],
    )  # fmt: skip
    lines.add(
        "Survival at the end of the month", FRACTION, lambda at: f"{before[at].now}*{chance[at].now}",
        known=path[..., 1:], fill=after,
    )  # fmt: skip
    return Survival(lines.spread(before), lines.spread(after))
