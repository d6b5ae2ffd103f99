"""Provider: the money columns of a service in a year, and the steps from full cost to surplus."""

from __future__ import annotations

from funding_model.questions.explain.actual import cover, lines_change, pay_not_spent, recruitment_change
from funding_model.questions.explain.case import Case, Span, remembered
from funding_model.questions.explain.entries import ONE, counted, term, typed
from funding_model.questions.explain.going_on import weighted
from funding_model.questions.explain.loss import cost_of_loss
from funding_model.questions.explain.node import Node, made
from funding_model.questions.explain.planned import direct, eligible, recruitment
from funding_model.questions.explain.pricing import price_of_span
from funding_model.questions.explain.recognised import paid_overhead, recognised_terms
from funding_model.questions.explain.support import overhead
from funding_model.questions.explain.terms import effort, running_effort
from funding_model.questions.explain.underspend import returned
from funding_model.questions.explain.views import OWN, added

POUNDS = "pounds"
EACH_YEAR = "each year"
"""At each year's own prices."""


def _label(case: Case, words: str, service: int, span: Span) -> str:
    return f"{words}, {case.service(service)}, {case.when(span)}"


@remembered
def full_cost(case: Case, service: int, span: Span) -> Node:
    """Return the full cost of a service in some months."""
    return made(
        "sum",
        _label(case, "Full cost", service, span),
        POUNDS,
        "planned",
        lambda: (
            direct(case, OWN, service, span),
            overhead(case, OWN, service, span),
            recruitment(case, OWN, service, span),
        ),
        "Direct cost + overhead + planned recruitment",
        added(case.of(case.evaluation.provider.full_cost)[service], span),
    )


@remembered
def fundable_cost(case: Case, service: int, span: Span) -> Node:
    """Return the fundable cost of a service in a year."""
    parts = (eligible(case, OWN, service, span), paid_overhead(case, EACH_YEAR, service, span))
    words = "Eligible direct cost + the overhead that the funder's rule allows"
    return made("sum", _label(case, "Fundable cost", service, span), POUNDS, "accounts", parts, words)


@remembered
def other_funders(case: Case, service: int, span: Span) -> Node:
    """Return what other funders give in some months."""
    label = _label(case, "Other funders", service, span)
    found = []
    for year, months in case.years_in(span):
        whole = case.span(year)[1] - case.span(year)[0]
        for which, funder in enumerate(case.scenario.services[service].other_funders, 1):
            if year >= len(funder.amount_by_year) or not funder.amount_by_year[year]:
                continue
            place = f"services.{service + 1}.other_funders.{which}.amount_by_year.{year + 1}"
            amount = typed(f"{funder.name}, {case.years[year]}", funder.amount_by_year[year], POUNDS, place, funder)
            if months == case.span(year):
                found.append(amount)
                continue
            share = made(
                "quotient",
                "Share of the year's months",
                "fraction",
                "prepare",
                (
                    counted("Months", months[1] - months[0], "months", ""),
                    counted("Months of the year", whole, "months", ""),
                ),
            )
            found.append(made("product", f"{funder.name}, {case.when(months)}", POUNDS, "prepare", (amount, share)))
    return made("sum", label, POUNDS, "accounts", tuple(found), "What each of them gives")


@remembered
def running_terms(case: Case, service: int, span: Span) -> Node:
    """Return the running cost of the terms, letters and bids included, as if the service continues."""
    parts = (
        recruitment_change(case, service, span),
        running_effort(case, service, span),
        effort(case, service, span, by_chance=False),
    )
    words = "Recruitment less the planned + returns, variations and notices + letters and bids"
    return made("sum", _label(case, "Running cost of the terms", service, span), POUNDS, "accounts", parts, words)


@remembered
def _running(case: Case, service: int, span: Span) -> Node:
    """Return the running cost of the terms without letters and bids."""
    parts = (recruitment_change(case, service, span), running_effort(case, service, span))
    return made("sum", _label(case, "Running terms without letters and bids", service, span), POUNDS, "accounts", parts)


def _by_chance(case: Case, service: int, span: Span) -> dict[str, Node]:
    """Return the parts of cost and income, each counted by the chance that the service goes on."""
    builders = {
        "Full cost": full_cost,
        "Pay not spent": pay_not_spent,
        "Cover": cover,
        "Lines that follow delivery": lines_change,
        "Running terms": _running,
        "Price": price_of_span,
        "Underspend given back": returned,
        "Other funders": other_funders,
    }
    return {
        words: weighted(case, service, span, lambda months, build=build: build(case, service, months), words)  # type: ignore[misc]  # one builder each
        for words, build in builders.items()
    }


@remembered
def cost(case: Case, service: int, span: Span) -> Node:
    """Return the cost of a service in a year, weighted by the chance that it goes on."""

    def parts() -> list[Node]:
        by = _by_chance(case, service, span)
        plus = made(
            "sum",
            "Full cost, cover, lines that follow delivery, terms and loss",
            POUNDS,
            "accounts",
            (
                by["Full cost"],
                by["Cover"],
                by["Lines that follow delivery"],
                by["Running terms"],
                effort(case, service, span),
                cost_of_loss(case, service, span),
            ),
        )
        return [plus, by["Pay not spent"]]

    value = added(case.of(case.evaluation.provider.cost)[service], span)
    words = "Full cost - pay not spent + cover + change in lines + terms, by the chance of each month; + cost of loss"
    return made("difference", _label(case, "Cost", service, span), POUNDS, "accounts", parts, words, value)


@remembered
def income(case: Case, service: int, span: Span) -> Node:
    """Return the income of a service in a year, weighted by the chance that it goes on."""

    def parts() -> list[Node]:
        by = _by_chance(case, service, span)
        paid = made("sum", "Price and other funders", POUNDS, "accounts", (by["Price"], by["Other funders"]))
        return [paid, by["Underspend given back"]]

    value = added(case.of(case.evaluation.provider.income)[service], span)
    words = "Price - underspend given back + other funders, by the chance of each month"
    return made("difference", _label(case, "Income", service, span), POUNDS, "accounts", parts, words, value)


@remembered
def surplus(case: Case, service: int, span: Span) -> Node:
    """Return the surplus of a service in a year."""
    parts = (income(case, service, span), cost(case, service, span))
    return made("difference", _label(case, "Surplus", service, span), POUNDS, "accounts", parts, "Income - cost")


@remembered
def surplus_posts_filled(case: Case, service: int, span: Span) -> Node:
    """Return the surplus were every post filled."""

    def parts() -> list[Node]:
        by = _by_chance(case, service, span)
        back = weighted(
            case,
            service,
            span,
            lambda months: returned(case, service, months, filled=True),
            "Underspend with posts filled",
        )
        paid = made("sum", "Price and other funders", POUNDS, "accounts", (by["Price"], by["Other funders"]))
        spent = (by["Full cost"], by["Lines that follow delivery"], by["Running terms"])
        return [paid, back, *spent, effort(case, service, span), cost_of_loss(case, service, span)]

    value = added(case.of(case.evaluation.provider.surplus_posts_filled)[service], span)
    words = "Surplus with pay not spent and cover nil, and underspend worked out again"
    label = _label(case, "Surplus with posts filled", service, span)
    return made("difference", label, POUNDS, "accounts", parts, words, value)


@remembered
def cost_of_terms(case: Case, service: int, span: Span) -> Node:
    """Return what the contract's terms add to the cost, weighted by the chance that the service goes on."""

    def parts() -> list[Node]:
        running = weighted(case, service, span, lambda months: _running(case, service, months), "Running terms")
        return [running, effort(case, service, span), cost_of_loss(case, service, span)]

    value = added(case.of(case.evaluation.provider.cost_of_terms)[service], span)
    words = "Running terms, letters and bids by the chance of each month, and the expected cost of loss"
    return made("sum", _label(case, "Cost of the terms", service, span), POUNDS, "accounts", parts, words, value)


@remembered
def pay_saved(case: Case, service: int, span: Span) -> Node:
    """Return the pay not spent on empty posts, weighted by the chance that the service goes on."""
    return weighted(case, service, span, lambda months: pay_not_spent(case, service, months), "Pay not spent")


# Steps from full cost to surplus


def gap_step(case: Case, step: str, service: int, span: Span) -> Node:
    """Return a step from full cost to surplus, of a service in a year."""
    return _BUILDERS[step](case, service, span)


def _share(case: Case, service: int) -> Node:
    value = float(case.terms.price.funded_share[0, service])
    return term(case, service, "price", "funded_share", "Funded share", value, "fraction")


def _kept(case: Case, service: int) -> Node:
    value = float(case.terms.price.margin[0, service])
    margin = term(case, service, "price", "margin", "Margin", value, "fraction of the price")
    return made("difference", "1 - margin", "fraction", "price", (ONE, margin))


@remembered
def _ineligible(case: Case, service: int, span: Span) -> Node:
    whole = made(
        "sum",
        "Direct cost and planned recruitment",
        POUNDS,
        "accounts",
        (direct(case, OWN, service, span), recruitment(case, OWN, service, span)),
    )
    parts = (eligible(case, OWN, service, span), whole)
    words = "Eligible direct cost - direct cost and planned recruitment"
    label = _label(case, "Costs that the price does not recognise", service, span)
    return made("difference", label, POUNDS, "accounts", parts, words)


@remembered
def _not_allowed(case: Case, service: int, span: Span) -> Node:
    parts = (paid_overhead(case, EACH_YEAR, service, span), overhead(case, OWN, service, span))
    label = _label(case, "Overhead above what the price allows", service, span)
    return made("difference", label, POUNDS, "accounts", parts, "Overhead allowed - overhead")


@remembered
def _funded_share(case: Case, service: int, span: Span) -> Node:
    less = made("difference", "Funded share - 1", "fraction", "accounts", (_share(case, service), ONE))
    label = _label(case, "Share left to other funders", service, span)
    parts = (less, fundable_cost(case, service, span))
    return made("product", label, POUNDS, "accounts", parts, "(Funded share - 1) x fundable cost")


@remembered
def _margin(case: Case, service: int, span: Span) -> Node:
    over = made("quotient", "1 / (1 - margin)", "times", "accounts", (ONE, _kept(case, service)))
    more = made("difference", "Margin on cost", "fraction", "accounts", (over, ONE))
    parts = (_share(case, service), fundable_cost(case, service, span), more)
    label = _label(case, "Margin in the price", service, span)
    return made("product", label, POUNDS, "accounts", parts, "Funded share x fundable cost x (1 / (1 - margin) - 1)")


@remembered
def _terms(case: Case, service: int, span: Span) -> Node:
    paid = made(
        "product",
        "Funded share of terms recognised",
        POUNDS,
        "accounts",
        (_share(case, service), recognised_terms(case, EACH_YEAR, service, span)),
    )
    label = _label(case, "Terms recognised in the price", service, span)
    parts = (paid, _kept(case, service))
    return made("quotient", label, POUNDS, "accounts", parts, "Funded share x terms recognised / (1 - margin)")


@remembered
def _movement(case: Case, service: int, span: Span) -> Node:
    whole = made(
        "sum",
        "Fundable cost and terms recognised",
        POUNDS,
        "accounts",
        (fundable_cost(case, service, span), recognised_terms(case, EACH_YEAR, service, span)),
    )
    paid = made("product", "Its funded share", POUNDS, "accounts", (_share(case, service), whole))
    due = made("quotient", "Price at the year's own prices", POUNDS, "accounts", (paid, _kept(case, service)))
    label = _label(case, "Price moved less or more than cost", service, span)
    parts = (price_of_span(case, service, span), due)
    return made(
        "difference", label, POUNDS, "accounts", parts, "Price - what the rule recognises at the year's own prices"
    )


def _negative(case: Case, words: str, service: int, span: Span, node: Node) -> Node:
    return made("opposite", _label(case, words, service, span), POUNDS, "accounts", (node,), "Taken off the surplus")


@remembered
def _given_back(case: Case, service: int, span: Span) -> Node:
    return _negative(case, "Step: underspend given back", service, span, returned(case, service, span))


@remembered
def _cover(case: Case, service: int, span: Span) -> Node:
    return _negative(case, "Step: cover for empty posts", service, span, cover(case, service, span))


@remembered
def _lines(case: Case, service: int, span: Span) -> Node:
    return _negative(case, "Step: costs that follow delivery", service, span, lines_change(case, service, span))


@remembered
def _running_step(case: Case, service: int, span: Span) -> Node:
    return _negative(case, "Step: running cost of the terms", service, span, running_terms(case, service, span))


@remembered
def _survival(case: Case, service: int, span: Span) -> Node:
    """Return what is left: the surplus less what it would be if the service continued for certain."""

    def parts() -> list[Node]:
        steps = (
            price_of_span(case, service, span),
            other_funders(case, service, span),
            pay_not_spent(case, service, span),
            _given_back(case, service, span),
            _cover(case, service, span),
            _lines(case, service, span),
            _running_step(case, service, span),
        )
        earned = made("sum", "Price and the steps after it", POUNDS, "accounts", steps)
        going_on = made(
            "difference",
            _label(case, "Surplus if the service continues", service, span),
            POUNDS,
            "accounts",
            (earned, full_cost(case, service, span)),
        )
        return [surplus(case, service, span), going_on]

    year = next(number for number in range(len(case.years)) if case.span(number) == span)
    value = float(case.of(case.evaluation.gap.steps["survival_and_loss"])[service, year])
    label = _label(case, "Chance and cost of losing the service", service, span)
    words = "Surplus - what it would be if the service continued for certain"
    return made("difference", label, POUNDS, "accounts", parts, words, value)


_BUILDERS = {
    "ineligible": _ineligible,
    "overhead_not_allowed": _not_allowed,
    "funded_share": _funded_share,
    "margin": _margin,
    "terms_recognised": _terms,
    "price_movement": _movement,
    "underspend_returned": _given_back,
    "other_funders": other_funders,
    "pay_not_spent": pay_not_spent,
    "cover": _cover,
    "lines_change": _lines,
    "running_terms": _running_step,
    "survival_and_loss": _survival,
}
