"""Money and results: the annexes with every figure of the comparison, and with all in which contracts differ."""

from __future__ import annotations

from collections.abc import Iterator

from funding_model.questions.bridge.results import RESULTS
from funding_model.questions.compare import compare
from funding_model.questions.document import differences_across
from funding_model.report.charts import price_chart, surplus_chart
from funding_model.report.look import LIGHT
from funding_model.report.paper.asked import Asked
from funding_model.report.paper.content import Block, Note, Paragraph, Section, figure
from funding_model.report.paper.open_book import WITHHELD, tells_pay
from funding_model.report.rows import ResultRow, money_rows, result_rows, same
from funding_model.report.sentences import quoted
from funding_model.report.table import Row, Table
from funding_model.report.tables import (
    money_table,
    result_label,
    results_on_pages,
    services_of_contract,
    share_of_change,
)
from funding_model.report.words import difference_as_shown, in_unit, number, pounds
from funding_model.scenario.changes import Change, changes
from funding_model.scenario.contracts import Contract
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.titles import lower_first


def money(asked: Asked) -> Section:
    """Return the money columns by year, and by service."""
    comparison = asked.comparison
    rows = money_rows(comparison)
    drawn = [
        (price_chart(rows, LIGHT), "Price beside full and fundable cost by year"),
        (surplus_chart(rows, LIGHT), "Surplus with posts filled by year; a shortfall lies to the left of nil"),
    ]
    blocks: list[Block] = [money_table(comparison)]
    blocks += [figure(caption, chart) for chart, caption in drawn]
    if len(comparison.scenario.services) > 1:
        blocks += [services_of_contract(comparison, case) for case in range(len(comparison.contracts))]
    return Section("", tuple(blocks))


def results(asked: Asked) -> Section:
    """Return every result, every difference from the base, and the terms and entries in which there is one."""
    blocks: list[Block] = [*results_on_pages(asked.comparison, None, "Every result")]
    parts = []
    if asked.others:
        materiality = asked.choices.materiality
        above = f" of at least {pounds(materiality)}" if materiality else ""
        found: list[Block] = [Paragraph(f"Every difference{above} from {quoted(asked.comparison.base)}.")]
        parts.append(Section("Differences from the base contract", (*found, *_differences(asked))))
        parts.append(Section("Terms in which the contracts differ", tuple(_terms(asked))))
    if asked.choices.baseline is not None:
        parts.append(_beside_the_baseline(asked, asked.choices.baseline))
    return Section("", tuple(blocks), tuple(parts))


def _differences(asked: Asked) -> Iterator[Table]:
    comparison = asked.comparison
    for case in asked.others:
        named = comparison.contracts[case]
        rows = [(row, row.values[asked.base], row.values[case]) for row in result_rows(comparison)]
        yield _differences_table(
            asked, f"{quoted(named)} beside {quoted(comparison.base)}", (comparison.base, named), rows
        )


def _differences_table(
    asked: Asked, caption: str, heads: tuple[str, str], rows: list[tuple[ResultRow, float, float]]
) -> Table:
    """Return results that differ as far as is shown; those in pounds below the threshold are counted."""
    found, small = [], 0
    for row, start, value in rows:
        if same(value, start, row.unit):
            continue
        change = difference_as_shown(value, start, row.unit)
        if row.unit == "pounds" and abs(change) < asked.choices.materiality:
            small += 1
            continue
        found.append(
            Row(
                (
                    result_label(row.label, row.unit),
                    in_unit(start, row.unit),
                    in_unit(value, row.unit),
                    in_unit(change, row.unit, sign=True),
                    share_of_change(start, value, row.unit),
                )
            )
        )
    if small:
        left_out = f"Results left out, which differ by less than {pounds(asked.choices.materiality)}"
        found.append(Row((left_out, "", "", number(small), ""), "total"))
    if not found:
        found.append(Row(("No result differs as far as it is shown", "", "", "", "")))
    return Table(caption, ("Result", *heads, "Difference", "Per cent"), tuple(found))


def _as_document(contract: Contract) -> dict[str, object]:
    """Return the terms of a contract without what it is called, as the walk along the entry models reads them."""
    terms = contract.model_dump(mode="json")
    return {"contracts": [{**terms, "name": "", "description": "", "preset": ""}]}


def _terms(asked: Asked) -> Iterator[Block]:
    comparison = asked.comparison
    contracts = {contract.name: contract for contract in comparison.scenario.contracts}
    base = _as_document(contracts[comparison.base])
    if any(service.contract_changes for service in comparison.scenario.services):
        yield Note("Some services have terms of their own, which take the place of those listed here.")
    for case in asked.others:
        name = comparison.contracts[case]
        rows = tuple(
            Row((_term(change), change.before, change.after))
            for change in changes(base, _as_document(contracts[name]))
            if change.where
        )
        if rows:
            caption = f"Terms of {quoted(name)} that differ from those of {quoted(comparison.base)}"
            yield Table(caption, ("Term", comparison.base, name), rows, texts=3)
        else:
            yield Paragraph(f"{quoted(name)} has the same terms as {quoted(comparison.base)}.")


def _term(change: Change) -> str:
    component = change.where.split(".")[2].replace("_", " ")
    return f"{component[:1].upper()}{component[1:]}: {lower_first(change.title)}"


def _beside_the_baseline(asked: Asked, baseline: Scenario) -> Section:
    """Return every entry and every result that differs from the scenario that this one started from."""
    comparison = asked.comparison
    before = compare(baseline)
    found = changes(baseline.model_dump(mode="json"), comparison.scenario.model_dump(mode="json"))
    kept = [change for change in found if not (asked.choices.open_book and tells_pay(change))]
    rows = [Row((change.text, change.where)) for change in kept]
    if len(kept) < len(found):
        rows.append(Row((f"{WITHHELD}: {number(len(found) - len(kept))} changes that tell the pay of people", "")))
    name = f"the baseline scenario {quoted(baseline.name)}"
    blocks: list[Block] = [
        Table(f"Entries that differ from {name}", ("What differs", "Where"), tuple(rows), texts=2)
        if rows
        else Paragraph(f"Nothing that was entered differs from {name}.")
    ]
    records = differences_across(before, comparison)
    for contract in dict.fromkeys(record["contract"] for record in records):
        own = [record for record in records if record["contract"] == contract and record["result"] in RESULTS]
        lines = [
            (
                ResultRow(record["result"], RESULTS[record["result"]].label, record["unit"], "", ()),
                record["base_value"],
                record["value"],
            )
            for record in own
        ]
        heads = (str(own[0]["base"]), str(contract))
        blocks.append(_differences_table(asked, f"{quoted(heads[1])} beside {quoted(heads[0])}", heads, lines))
    return Section("Differences from the baseline scenario", tuple(blocks))
