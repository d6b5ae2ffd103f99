"""A simulation in words and tables; every number in a sentence stands in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from funding_model.questions.uncertainty.document import AS_DRAWN as DRAWN_NAME
from funding_model.report.breaking_even import value_words
from funding_model.report.grids import Grid, sheet_text
from funding_model.report.sentences import quoted
from funding_model.report.words import NOTHING, in_unit, number, per_cent, shown_parts
from funding_model.units import PERCENT

Document = Mapping[str, Any]
PLUS_MINUS: Final = "±"
SAMPLERS: Final = {"sobol": "scrambled Sobol sequence", "latin_hypercube": "Latin hypercube"}
FOR_WHOM: Final = {"provider": "the provider", "public purse": "the public purse", "families": "families"}
BY_WHAT: Final = {
    "surplus_posts_filled": "surplus with posts filled",
    "purse_total": "what the public purse pays in all",
    "weeks_lost": "weeks of service lost",
}
BREACHES: Final = {
    "below_minimum_cash": "cash falls below the minimum",
    "below_reserves_policy": "reserves are below the policy at a year’s end",
}
IF_CONTINUING, AS_DRAWN = "if everything continues", "with services lost as drawn"
BY_YEAR: Final = ("price", "cost", "surplus", "surplus_posts_filled", "free_reserves", "cash")
HEADLINE: Final = "surplus_posts_filled"


def simulation_sentences(document: Document) -> list[str]:
    """Return what a reader should know first."""
    if not document["uncertain"]:
        return [document["notes"][0]["text"]]
    return [
        *middle_sentences(document),
        *better_sentences(document),
        *breach_sentences(document),
        *enough_sentences(document),
    ]


def middle_sentences(document: Document) -> list[str]:
    """Say what was drawn, and between what the surplus with posts filled lies."""
    return [_what_was_drawn(document), *map(_middle, document["contracts"])]


def better_sentences(document: Document) -> list[str]:
    """Say how often each contract is better than the base; the table beside them holds every pair."""
    return list(_better(document))


def breach_sentences(document: Document) -> list[str]:
    """Say how often limits are broken."""
    return list(_breaches(document))


def enough_sentences(document: Document) -> list[str]:
    """Say whether there were enough draws."""
    return list(map(_enough, document["contracts"]))


def _what_was_drawn(document: Document) -> str:
    count = len(document["inputs"])
    ranges = f"{number(count)} {'range' if count == 1 else 'ranges'}" if count else ""
    loss = "whether each service goes on at each date" if document["loss_drawn"] else ""
    drawn = " and ".join(part for part in (ranges, loss) if part)
    return (
        f"{number(document['draws'])} draws of {drawn}, the same for every contract: a "
        f"{SAMPLERS[document['sampler']]} with the seed {document['seed']}."
    )


def _result(contract: Document, name: str = HEADLINE) -> Document:
    found: Document = next(each for each in contract["results"] if each["result"] == name)
    return found


def _middle(contract: Document) -> str:
    found = _result(contract)
    middle, low, high = (in_unit(found[name], found["unit"]) for name in ("p50", "p10", "p90"))
    return (
        f"Under {quoted(contract['name'])} the surplus with posts filled is {middle} in the middle of the draws; in "
        f"four draws of five it lies between {low} (P10) and {high} (P90)."
    )


def pairs(document: Document) -> list[tuple[Document, Document]]:
    """Return the two sides of each comparison of two contracts: how often one is better, and how often the other."""
    rows = [row for row in document["probabilities"] if row["question"] == "better"]
    found = []
    for place, row in enumerate(rows):
        back = next(
            number
            for number, each in enumerate(rows)
            if (each["ledger"], each["contract"], each["than"]) == (row["ledger"], row["than"], row["contract"])
        )
        if place < back:
            found.append((row, rows[back]))
    return found


def shown_pair(one: Document, other: Document) -> list[str]:
    """Return how often one is better, the other is, and both are the same, in per cent that add up to 100."""
    parts = [PERCENT * share for share in (one["probability"], other["probability"], one["tie"])]
    return [f"{number(part, 1)}%" for part in shown_parts(parts, 1)]


def _better(document: Document) -> Iterator[str]:
    for one, other in map(partial(_base_second, document["base"]), pairs(document)):
        if one["than"] != document["base"]:
            continue
        named = f"For {FOR_WHOM[one['ledger']]}, {quoted(one['contract'])}"
        if one["tie"] == 1:
            yield f"{named} and {quoted(one['than'])} are the same in every draw, by {BY_WHAT[one['result']]}."
            continue
        ours, theirs, same = shown_pair(one, other)
        yield (
            f"{named} is better than {quoted(one['than'])} in {ours} of the draws, worse in {theirs} and the same in "
            f"{same}, by {BY_WHAT[one['result']]}."
        )


def _base_second(base: str, sides: tuple[Document, Document]) -> tuple[Document, Document]:
    """Return two sides so that the base, if it is one of them, is what the other is compared with."""
    one, other = sides
    return (other, one) if one["contract"] == base else (one, other)


def _breaches(document: Document) -> Iterator[str]:
    drawn = {(row["contract"], row["question"]): row["probability"] for row in document["probabilities"]}
    for row in document["probabilities"]:
        if row["question"] in BREACHES and row["probability"] is not None:
            lost = drawn.get((row["contract"], f"{row['question']}{DRAWN_NAME}"))
            beside = "" if lost is None else f", and in {per_cent(lost)} {AS_DRAWN}"
            yield (
                f"Under {quoted(row['contract'])} {BREACHES[row['question']]} in {per_cent(row['probability'])} of the "
                f"draws, {IF_CONTINUING}{beside}."
            )


def _steps(contract: Document) -> Document:
    found: Document = next(each for each in contract["convergence"] if each["result"] == HEADLINE)
    return found


def _enough(contract: Document) -> str:
    found = _steps(contract)
    last = found["steps"][-1]
    within = f"{PLUS_MINUS}{in_unit(last['within'], found['unit'])}"
    text = f"Under {quoted(contract['name'])} the mean of it is known to {within} after {number(last['draws'])} draws"
    if found["enough_draws"] is None:
        return f"{text}, which is not enough: it should be known to a twentieth of the distance from P10 to P90."
    enough = next(step for step in found["steps"] if step["draws"] == found["enough_draws"])
    already = f"{PLUS_MINUS}{in_unit(enough['within'], found['unit'])}"
    return f"{text}; {number(enough['draws'])} were enough to know it to {already}."


def simulation_grids(document: Document) -> list[Grid]:
    """Return the tables."""
    grids = [draws_grid(document)]
    for contract in document["contracts"]:
        grids += [results_grid(contract), years_grid(contract)]
    if document["uncertain"]:
        grids += [better_grid(document), breaches_grid(document), convergence_grid(document)]
        grids.append(inputs_grid(document["inputs"]))
    return [grid for grid in grids if grid.rows]


def simulation_text(document: Document) -> str:
    """Return a simulation as plain text."""
    title = f"Uncertainty: {document['scenario']}"
    return sheet_text(title, document, simulation_sentences(document), simulation_grids(document))


def draws_grid(document: Document) -> Grid:
    """Return how many draws there were, of what and by which seed."""
    rows = [
        ("Draws", number(document["draws"])),
        ("Seed", str(document["seed"])),
        ("Ranges drawn", number(len(document["inputs"]))),
        ("Awards and breaks drawn", "yes" if document["loss_drawn"] else "no"),
    ]
    return Grid("The draws", ("What", "Value"), rows)


def results_grid(contract: Document) -> Grid:
    """Return every result of one contract: mean, middle and range of the draws."""
    rows = [
        (
            each["label"],
            *(in_unit(each[name], each["unit"]) for name in ("mean",)),
            f"{PLUS_MINUS}{in_unit(each['standard_error'], each['unit'])}",
            *(in_unit(each[name], each["unit"]) for name in ("p10", "p50", "p90", "central")),
        )
        for each in contract["results"]
    ]
    columns = ("Result", "Mean", "Standard error", "P10", "P50", "P90", "Nothing drawn")
    return Grid(f"Results under {quoted(contract['name'])}", columns, rows)


def result_grid(document: Document, result: str) -> Grid:
    """Return one result under every contract."""
    found = [(contract["name"], _result(contract, result)) for contract in document["contracts"]]
    rows = [
        (
            name,
            in_unit(each["mean"], each["unit"]),
            f"{PLUS_MINUS}{in_unit(each['standard_error'], each['unit'])}",
            *(in_unit(each[quantile], each["unit"]) for quantile in ("p10", "p50", "p90", "central")),
        )
        for name, each in found
    ]
    columns = ("Contract", "Mean", "Standard error", "P10", "P50", "P90", "Nothing drawn")
    return Grid(f"{found[0][1]['label']} under every contract", columns, rows)


def years_grid(contract: Document) -> Grid:
    """Return the results of one contract by year."""
    rows = [
        (each["label"], each["year"], *(in_unit(each[name], each["unit"]) for name in ("p10", "p50", "p90")))
        for name in BY_YEAR
        for each in contract["years"]
        if each["result"] == name
    ]
    return Grid(f"By year under {quoted(contract['name'])}", ("Result", "Year", "P10", "P50", "P90"), rows, texts=2)


def better_grid(document: Document) -> Grid:
    """Return how often each contract is better than each other one, and for whom."""
    rows = [
        (
            one["ledger"],
            one["contract"],
            one["than"],
            *shown_pair(one, other),
            f"{PLUS_MINUS}{per_cent(one['standard_error'])}",
        )
        for one, other in map(partial(_base_second, document["base"]), pairs(document))
    ]
    columns = ("For", "First", "Second", "First better", "Second better", "The same", "Standard error")
    return Grid("How often one contract is better than another", columns, rows, texts=3)


def breaches_grid(document: Document) -> Grid:
    """Return how often cash and reserves fall below their limits."""
    rows = [
        (
            row["contract"],
            BREACHES[row["question"].removesuffix(DRAWN_NAME)],
            AS_DRAWN if row["question"].endswith(DRAWN_NAME) else IF_CONTINUING,
            per_cent(row["probability"]),
            NOTHING if row["standard_error"] is None else f"{PLUS_MINUS}{per_cent(row['standard_error'])}",
        )
        for row in document["probabilities"]
        if row["question"].removesuffix(DRAWN_NAME) in BREACHES
    ]
    columns = ("Contract", "What happens", "When", "Chance", "Standard error")
    return Grid("How often limits are broken", columns, rows, texts=3)


def convergence_grid(document: Document) -> Grid:
    """Return how the mean of the surplus with posts filled settles as draws are added."""
    rows = [
        (
            contract["name"],
            number(step["draws"]),
            in_unit(step["mean"], found["unit"]),
            f"{PLUS_MINUS}{in_unit(step['standard_error'], found['unit'])}",
            f"{PLUS_MINUS}{in_unit(step['within'], found['unit'])}",
        )
        for contract in document["contracts"]
        for found in [_steps(contract)]
        for step in found["steps"]
    ]
    columns = ("Contract", "Draws", "Mean", "Standard error", "Known to, 95 in 100")
    return Grid("How many draws are enough: surplus with posts filled", columns, rows)


def inputs_grid(inputs: Sequence[Document]) -> Grid:
    """Return the table of what is drawn."""
    rows = [
        (
            each["label"],
            each["distribution"],
            *(_entered(each, name) for name in ("low", "value", "high")),
            per_cent(each["cut_off"]) if each["cut_off"] else NOTHING,
        )
        for each in inputs
    ]
    columns = ("Range", "Distribution", "Low", "Value", "High", "Cut off by the unit")
    return Grid("What is drawn", columns, rows, texts=2)


def _entered(each: Document, name: str) -> str:
    value = each[name]
    if value is None and each["values"]:
        value = min(each["values"]) if name == "low" else max(each["values"])
    return value_words(value, each["unit"])
