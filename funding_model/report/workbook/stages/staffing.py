"""Staffing: who leaves, who is hired, and how many posts stand empty under each contract.

``l = (turnover + extra turnover x insecure) / 12``, ``q = (1 - frozen) / months to fill``, ``v* = l / (l + q)``. A
group's vacant share runs from month to month: ``v_end = v_start - (v_start - v*) gone``, ``v_mean = v_start - (v_start
- v*) settled``, with ``gone = 1 - e^-(l + q)`` and ``settled = 1 - gone / (l + q)``. Groups there in the first month
start at the opening vacancy, or at the v* of base turnover; those that start later start empty.

Recruitment = ``(junior vacant heads x cost per hire + senior ones x cost per senior hire) x q x price index``. Pay not
spent = ``pay x v_mean``, nil with an all-in cost per hire; cover = ``pay not spent x cover share x (1 + premium)``.
Induction: each hire loses ``1 - productivity`` of the induction months after the month of hiring: what was hired up to
a month ago, less what was hired up to the induction months before that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from funding_model.costing.accounts import planned_heads
from funding_model.report.workbook.basis import Basis
from funding_model.report.workbook.book import FRACTION, FTE, INDEX, NUMBER, POUNDS, Line, Numbers, Stack
from funding_model.report.workbook.engine import of_case
from funding_model.report.workbook.handles import Certainty, Plan, Staffing
from funding_model.report.workbook.under_contract import UnderContract


def staff(basis: Basis, plan: Plan, certainty: Certainty) -> Staffing:
    """Work out vacancies, leavers and hires under every contract."""
    book, contracts = basis.book, range(len(basis.entered.contracts))
    sheet = book.sheet("Staffing", "Who leaves, who is hired, and what empty posts cost and save, as if all continues.")
    price_index = sheet.block("Prices of the month's year").line(
        "Price index", INDEX, basis.outlook.price_index.of_year(book.time)
    )
    each = [_Contract(basis, sheet, number, plan, certainty, price_index).work() for number in contracts]
    for contract, found in zip(basis.entered.contracts, each, strict=True):
        _reconcile(basis, contract, found)
    return Staffing(**{name: tuple(of[name] for of in each) for name in each[0]})


def _reconcile(basis: Basis, contract: str, found: dict[str, Stack]) -> None:
    """Have the change of empty posts compared with leavers less hires."""
    if not basis.entered.posts.layout.groups:
        return
    moved = f"SUM({found['leavers'].whole})-SUM({found['hires'].whole})"
    change = f"({found['vacant_end'].whole}-{found['vacant_start'].whole})"
    heads = basis.entered.posts.group_heads.whole
    basis.book.check(
        f"Leavers less hires are the change of empty posts: {contract}",
        f"{moved}-SUMPRODUCT({basis.planned.active.whole}*{change}*{heads})",
    )


@dataclass(frozen=True)
class _Contract(UnderContract):
    """Works out the staffing under one contract."""

    plan: Plan
    certainty: Certainty
    price_index: Line

    def groups(
        self,
        title: str,
        unit: str,
        formula: Callable[[int], str],
        note: str = "",
        known: Numbers | None = None,
        fill: Stack | None = None,
    ) -> Stack:
        """Add a line for each group of posts; ``known`` has a case axis."""
        layout = self.basis.entered.posts.layout
        figures = None if known is None or not layout.groups else layout.by_group(of_case(known, self.number))
        return self.sheet.block(f"{title}: {self.contract}", note).stack(
            [layout.label_of(group) for group in layout.groups],
            unit, formula, of=self.contract, engine=figures, fill=fill,
        )  # fmt: skip

    def work(self) -> dict[str, Stack]:
        """Work out everything."""
        known, behaviour = self.basis.engine.evaluation.staffing, self.basis.entered.behaviour
        twelve = self.basis.entered.constants.months_a_year
        insecure, frozen = self.certainty.insecure[self.number], self.certainty.frozen[self.number]
        leaving = self.services(
            "Leaving rate a month", FRACTION,
            lambda at: f"({behaviour.turnover[at]}+{behaviour.extra_turnover[at]}*{insecure[at].now})/{twelve}",
            "(turnover + extra turnover x insecure) / 12", known.leaving_rate,
        )  # fmt: skip
        filling = self.services(
            "Filling rate a month", FRACTION, lambda at: f"(1-{frozen[at].now})/{behaviour.months_to_fill[at]}",
            "(1 - frozen) / months to fill", known.filling_rate,
        )  # fmt: skip
        start, mean, end = self._vacancies(leaving, filling)
        empty = {
            name: self.services(title, unit, partial(self._weighted, mean, column), "", getattr(known, name))
            for name, title, unit, column in (
                ("vacant_heads", "Empty posts", NUMBER, "group_heads"),
                ("vacant_senior_heads", "Empty senior posts", NUMBER, "group_senior_heads"),
                ("vacant_delivery_fte", "Delivery FTE of empty posts", FTE, "group_delivery_fte"),
            )
        }
        return {
            "leaving_rate": leaving,
            "filling_rate": filling,
            "vacant_start": start,
            "vacant_mean": mean,
            "vacant_end": end,
            **empty,
            "induction_lost_fte": self._induction(filling, mean),
            **self._money(filling, mean, empty),
            **self._moves(leaving, filling, empty["vacant_heads"]),
        }

    def _vacancies(self, leaving: Stack, filling: Stack) -> tuple[Stack, Stack, Stack]:
        """Run the vacant share of each group of posts from month to month."""
        posts, behaviour = self.basis.entered.posts, self.basis.entered.behaviour
        known, month = self.basis.engine.evaluation.staffing, self.basis.book.time.month.now
        twelve = self.basis.entered.constants.months_a_year
        rate = [f"({leaving[at].now}+{filling[at].now})" for at in range(len(leaving))]
        target = self.services(
            "Vacancy in the long run", FRACTION, lambda at: f"IF({rate[at]}=0,0,{leaving[at].now}/{rate[at]})",
            "Leaving rate / (leaving rate + filling rate).",
        )  # fmt: skip
        gone = self.services(
            "Share of the way there by the end of the month", FRACTION, lambda at: f"1-EXP(0-{rate[at]})"
        )
        settled = self.services(
            "Share of the way there on average", FRACTION,
            lambda at: f"1-IF({rate[at]}=0,1,{gone[at].now}/{rate[at]})",
        )  # fmt: skip
        owner = [group.owner for group in posts.layout.groups]
        end_lines = self.basis.book.ahead(len(owner))

        def opening(at: int) -> str:
            service = owner[at]
            leave, fill = f"{behaviour.turnover[service]}/{twelve}", f"1/{behaviour.months_to_fill[service]}"
            entered = behaviour.opening_vacancy_entered[service]
            there = f"({entered}*{behaviour.opening_vacancy[service]}+(1-{entered})*({leave})/({leave}+{fill}))"
            return f"(({posts.group_first[at]}<=1)*{there}+({posts.group_first[at]}>1))"

        def away(at: int) -> str:
            return f"({start[at].now}-{target[owner[at]].now})"

        start = self.groups(
            "Vacant share at the start of the month", FRACTION,
            lambda at: (
                f"({month}<={posts.group_first[at]})*{opening(at)}+({month}>{posts.group_first[at]})*{end_lines[at].before}"
            ),
            "Of the posts of a group; all of them when it starts after the first month.", known.vacant_start,
        )  # fmt: skip
        mean = self.groups(
            "Vacant share on average", FRACTION,
            lambda at: f"{start[at].now}-{away(at)}*{settled[owner[at]].now}", "", known.vacant_mean,
        )  # fmt: skip
        end = self.groups(
            "Vacant share at the end of the month", FRACTION,
            lambda at: f"{start[at].now}-{away(at)}*{gone[owner[at]].now}", "", known.vacant_end, end_lines,
        )  # fmt: skip
        return start, mean, end

    def _weighted(self, shares: Stack, column: str, service: int) -> str:
        """Write the sum of a column of a service's groups in place, weighted by shares of them."""
        posts = self.basis.entered.posts
        span = posts.layout.groups_of(service)
        if not span:
            return "0"
        amounts = getattr(posts, column).part(span.start, span.stop)
        active = self.basis.planned.active.part(span.start, span.stop).now
        return f"SUMPRODUCT({active},{shares.part(span.start, span.stop).now},{amounts})"

    def _induction(self, filling: Stack, mean: Stack) -> Stack:
        """Work out the delivery FTE that new starters do not yet give."""
        posts, behaviour = self.basis.entered.posts, self.basis.entered.behaviour
        known, month = self.basis.engine.evaluation.staffing, self.basis.book.time.month.now
        active = self.basis.planned.active
        owner = [group.owner for group in posts.layout.groups]
        hired_lines = self.basis.book.ahead(len(owner))
        hired = self.groups(
            "Hires of all months so far, for each head", NUMBER,
            lambda at: f"{hired_lines[at].before}+{active[at].now}*{filling[owner[at]].now}*{mean[at].now}",
            fill=hired_lines,
        )  # fmt: skip

        def by(line: Line, ago: str) -> str:
            """Write what had been hired by the end of a month so many months ago."""
            return f"IF({month}-{ago}<1,0,INDEX({line.whole},MAX(1,{month}-{ago})))"

        def lost(group: int) -> str:
            months = behaviour.induction_months[owner[group]]
            whole = f"INT({months})"
            part = f"({months}-{whole})"
            return (
                f"{active[group].now}*{posts.group_delivery_fte[group]}*({by(hired[group], '1')}"
                f"-(1-{part})*{by(hired[group], f'1-{whole}')}-{part}*{by(hired[group], f'1-{whole}-1')})"
            )

        def formula(service: int) -> str:
            span = posts.layout.groups_of(service)
            return f"{behaviour.induction_loss[service]}*({'+'.join(lost(at) for at in span) or '0'})"

        return self.services(
            "Delivery FTE lost to induction", FTE, formula,
            "What was hired in the induction months before this one x the productivity lost.",
            known.induction_fte,
        )  # fmt: skip

    def _money(self, filling: Stack, mean: Stack, empty: dict[str, Stack]) -> dict[str, Stack]:
        """Work out what empty posts save and cost."""
        layout, behaviour, pay = self.basis.entered.posts.layout, self.basis.entered.behaviour, self.plan.pay
        known = self.basis.engine.evaluation.actual

        def saved(service: int, amounts: Stack) -> str:
            span = layout.groups_of(service)
            if not span:
                return "0"
            shares = mean.part(span.start, span.stop).now
            return f"(1-{behaviour.all_in[service]})*SUMPRODUCT({amounts.part(span.start, span.stop).now},{shares})"

        not_spent = self.services(
            "Pay not spent", POUNDS, lambda at: saved(at, pay.group_pay),
            "Pay x vacant share; nil with an all-in cost per hire.", known.pay_not_spent, "sum",
        )  # fmt: skip
        ineligible = self.services(
            "Pay not spent that the funder does not pay for", POUNDS, lambda at: saved(at, pay.group_ineligible_pay)
        )
        cover = self.services(
            "Cover", POUNDS,
            lambda at: (
                f"{not_spent[at].now}*{behaviour.cover_share[at]}*(1+{behaviour.cover_premium[at]})"
            ),
            "Pay not spent x share covered x (1 + premium).", known.cover, "sum",
        )  # fmt: skip
        heads, senior = empty["vacant_heads"], empty["vacant_senior_heads"]
        recruitment = self.services(
            "Recruitment", POUNDS,
            lambda at: (
                f"(({heads[at].now}-{senior[at].now})*{behaviour.cost_per_hire[at]}"
                f"+{senior[at].now}*{behaviour.cost_per_hire_senior[at]})*{filling[at].now}*{self.price_index.now}"
            ),
            "Hires x cost per hire.", known.recruitment, "sum",
        )  # fmt: skip
        return {
            "pay_not_spent": not_spent,
            "ineligible_pay_not_spent": ineligible,
            "cover": cover,
            "recruitment": recruitment,
        }

    def _moves(self, leaving: Stack, filling: Stack, vacant: Stack) -> dict[str, Stack]:
        """Work out leavers and hires."""
        known, heads = self.basis.engine.evaluation.staffing, planned_heads(self.basis.engine.inputs)
        return {
            "leavers": self.services(
                "Leavers", NUMBER,
                lambda at: f"{leaving[at].now}*({self.basis.planned.heads[at].now}-{vacant[at].now})",
                "Leaving rate x posts filled.", known.leaving_rate * (heads - known.vacant_heads), "sum",
            ),
            "hires": self.services(
                "Hires", NUMBER, lambda at: f"{filling[at].now}*{vacant[at].now}",
                "Filling rate x empty posts.", known.filling_rate * known.vacant_heads, "sum",
            ),
        }  # fmt: skip
