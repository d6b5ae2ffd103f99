"""A batch is its cases: stacked, sliced, on several threads or one by one, every result has the same bits."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding_model.costing.arrays import Floats
from funding_model.costing.contract import Terms
from funding_model.costing.inputs import Inputs, number_of_cases, slice_cases, stack_cases
from funding_model.costing.model import Evaluation, apply_contract, evaluate
from funding_model.costing.plan import plan
from funding_model.questions.batch import evaluate_batch
from funding_model.questions.prepare import prepare
from funding_model.questions.totals import Totals, totals_of
from funding_model.scenario.library import load_library
from funding_model.scenario.scenario import Scenario
from tests.costing.generated import changed, compared, examples, of_case, results_of, same_bits
from tests.costing.small import STILL, costed
from tests.strategies import scenarios

COMPONENTS = ("award", "price", "payment", "monitoring", "flexibility")
"""Components that can be swapped one by one; what moves a price goes with the term."""


def with_mixtures(scenario: Scenario) -> Scenario:
    """Return the scenario with contracts that take one component from its last contract and the rest from its first."""
    contracts = scenario.model_dump()["contracts"]
    first, last = contracts[0], contracts[-1]
    mixed = [{**first, component: last[component], "name": f"With {component}"} for component in COMPONENTS]
    moved = {**first, "term": last["term"], "movement": last["movement"], "name": "With term and movement"}
    return changed(scenario, contracts=[*contracts, *mixed, moved])


def other_assumptions(inputs: Inputs, number: int) -> Inputs:
    """Return inputs in which assumptions of each kind have other values."""
    behaviour, economy, people, effort = inputs.behaviour, inputs.economy, inputs.people, inputs.effort
    return replace(
        inputs,
        economy=replace(
            economy,
            pay_growth=economy.pay_growth + 0.003 * number,
            price_growth=economy.price_growth - 0.002 * number,
            own_rates=economy.own_rates + 0.001 * number,
            discount_rate=economy.discount_rate + 0.01 * number,
        ),
        behaviour=replace(
            behaviour,
            turnover=behaviour.turnover + 0.07 * number,
            secure_months=behaviour.secure_months + 2.0 * number,
            freeze_months=behaviour.freeze_months + 1.5 * number,
            months_to_fill=behaviour.months_to_fill * (1 + 0.3 * number),
            cover_share=behaviour.cover_share * 0.9**number,
            induction_months=behaviour.induction_months + number,
            cost_per_hire=behaviour.cost_per_hire + 100.0 * number,
        ),
        people=replace(people, referrals=people.referrals * (1 + 0.5 * number), caseload=people.caseload * 1.1**number),
        effort=replace(effort, provider_hour=effort.provider_hour + number),
        overheads=replace(inputs.overheads, shed_after=inputs.overheads.shed_after + number),
    )


def differing(whole: Evaluation, case: int, alone: Evaluation) -> list[str]:
    """Return the names of results that a case of a batch and the case alone do not share to the bit."""
    batched, single = results_of(whole), results_of(alone)
    assert set(batched) == set(single)
    return [path for path, array in batched.items() if not same_bits(of_case(array, case), single[path][0])]


@examples(8)
@given(scenarios())
def test_contracts_as_cases_of_one_batch_equal_each_contract_alone(scenario: Scenario) -> None:
    comparison = compared(with_mixtures(scenario))
    prepared, names = comparison.prepared, comparison.contracts
    for case, name in enumerate(names):
        alone = evaluate(prepared.inputs, prepared.terms([name]))
        assert not differing(comparison.evaluation, case, alone), name


@examples(8)
@given(scenarios(), st.none() | st.integers(0, 2**32 - 1))
def test_cases_of_other_assumptions_and_contracts_equal_each_alone(scenario: Scenario, seed: int | None) -> None:
    comparison = compared(scenario)
    prepared = comparison.prepared
    names = [comparison.contracts[number % len(comparison.contracts)] for number in range(4)]
    variants = [other_assumptions(prepared.inputs, number) for number in (0, 1, 2, 3)]
    stacked, terms = stack_cases(variants), prepared.terms(names)
    assert number_of_cases(stacked, terms) == 4
    drawn = None if seed is None else uniforms(stacked, seed, 4)
    batch = evaluate(stacked, terms, drawn)
    for case, (name, variant) in enumerate(zip(names, variants, strict=True)):
        own_draws = None if drawn is None else drawn[case : case + 1]
        alone = evaluate(variant, prepared.terms([name]), own_draws)
        assert not differing(batch, case, alone), (case, name)


def uniforms(inputs: Inputs, seed: int, cases: int) -> Floats:
    return np.random.default_rng(seed).random((cases, len(inputs.people.counted), inputs.calendar.months + 1))


@examples(6)
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_chunks_and_threads_change_no_bit(scenario: Scenario, seed: int) -> None:
    comparison = compared(scenario)
    prepared = comparison.prepared
    cases = 6
    inputs = stack_cases([other_assumptions(prepared.inputs, number) for number in range(cases)])
    terms = prepared.terms([comparison.contracts[number % len(comparison.contracts)] for number in range(cases)])
    drawn = uniforms(inputs, seed, cases)
    whole = evaluate(inputs, terms, drawn)
    for size, threads in ((1, 4), (2, 2), (4, 3), (5, 1)):
        chunks = [(start, min(start + size, cases)) for start in range(0, cases, size)]
        for (start, stop), part in zip(chunks, in_threads(inputs, terms, drawn, chunks, threads), strict=True):
            found = results_of(part)
            for path, array in results_of(whole).items():
                for case in range(start, stop):
                    assert same_bits(of_case(array, case), of_case(found[path], case - start)), (size, path)


def in_threads(
    inputs: Inputs, terms: Terms, drawn: Floats, chunks: Sequence[tuple[int, int]], threads: int
) -> list[Evaluation]:
    def one(chunk: tuple[int, int]) -> Evaluation:
        return evaluate(slice_cases(inputs, *chunk), slice_cases(terms, *chunk), drawn[slice(*chunk)])

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, chunks))


@examples(6)
@given(scenarios(), st.none() | st.integers(0, 2**32 - 1))
def test_totals_of_a_batch_are_those_of_its_cases_in_any_chunks_and_processes(
    scenario: Scenario, seed: int | None
) -> None:
    comparison = compared(scenario)
    prepared, cases = comparison.prepared, 5
    variants = [other_assumptions(prepared.inputs, number) for number in range(cases)]
    inputs, terms = stack_cases(variants), prepared.terms(comparison.contracts)
    contracts = [slice_cases(terms, number, number + 1) for number in range(len(comparison.contracts))]
    drawn = None if seed is None else uniforms(inputs, seed, cases)
    whole = evaluate_batch(inputs, contracts, drawn=drawn, processes=1)
    for chunk, processes in ((1, 2), (2, 2), (3, 1), (None, None)):
        again = evaluate_batch(inputs, contracts, drawn=drawn, chunk=chunk, processes=processes)
        assert [unlike(ours, theirs) for ours, theirs in zip(whole, again, strict=True)] == [[]] * len(contracts)
    for totals, contract in zip(whole, contracts, strict=True):
        for case, variant in enumerate(variants):
            own_draws = None if drawn is None else drawn[case : case + 1]
            alone = totals_of(evaluate(variant, contract, own_draws), variant)
            for item in fields(Totals):
                assert getattr(totals, item.name).shape == (cases,)
                assert getattr(totals, item.name)[case] == getattr(alone, item.name)[0], item.name


def unlike(ours: Totals, theirs: Totals) -> list[str]:
    """Return the names of totals that are not the same to the bit."""
    return [item.name for item in fields(Totals) if not same_bits(getattr(ours, item.name), getattr(theirs, item.name))]


@examples(8)
@given(scenarios(longest=2))
def test_drawn_paths_come_to_the_expected_case_within_four_standard_errors(scenario: Scenario) -> None:
    comparison = compared(scenario)
    name = comparison.contracts[0]
    draws = 400
    drawn = uniforms(comparison.prepared.inputs, 7, draws)
    found = evaluate(comparison.prepared.inputs, comparison.prepared.terms([name]), drawn)
    for by_path, expected in (
        (found.provider.cost, comparison.evaluation.provider.cost),
        (found.provider.income, comparison.evaluation.provider.income),
        (found.families.support_months, comparison.evaluation.families.support_months),
    ):
        sums = by_path.sum(axis=(1, 2))
        error = float(sums.std(ddof=1)) / np.sqrt(len(sums)) if len(sums) > 1 else 0.0
        mean = float(of_case(expected, 0).sum())
        assert abs(float(sums.mean()) - mean) <= 4 * error + 1e-9 * max(1.0, abs(mean))


# The few operations on cases themselves


def inputs_of(**behaviour: Any) -> Inputs:  # noqa: ANN401 - arrays
    inputs = costed(assumptions=STILL).prepared.inputs
    return replace(inputs, behaviour=replace(inputs.behaviour, **behaviour))


def test_what_is_the_same_in_every_case_is_kept_once() -> None:
    stacked = stack_cases([inputs_of(), inputs_of(turnover=np.array([[0.3]])), inputs_of()])
    assert stacked.behaviour.turnover.tolist() == [[0.18], [0.3], [0.18]]
    assert len(stacked.behaviour.months_to_fill) == 1
    assert number_of_cases(stacked) == 3
    middle = slice_cases(stacked, 1, 2)
    assert middle.behaviour.turnover.tolist() == [[0.3]]
    assert len(middle.behaviour.months_to_fill) == 1
    assert number_of_cases(middle) == number_of_cases(inputs_of()) == 1


def test_what_has_no_case_axis_cannot_differ_between_cases() -> None:
    plain = inputs_of()
    other = replace(plain, staff=replace(plain.staff, salary=plain.staff.salary + 1))
    with pytest.raises(ValueError, match="salary differs between the cases and has no case axis"):
        stack_cases([plain, other])


def test_arrays_of_different_numbers_of_cases_are_refused() -> None:
    two = stack_cases([inputs_of(), inputs_of(turnover=np.array([[0.3]]))])
    three = np.ones((3, 1))
    with pytest.raises(ValueError, match=r"different numbers of cases: \[2, 3\]"):
        number_of_cases(replace(two, behaviour=replace(two.behaviour, redeployed=three)))


@pytest.mark.parametrize("name", ["length", "most_starts", "gives_up", "opening_waiting"])
def test_a_batch_may_vary_one_figure_of_the_people_alone(name: str) -> None:
    found, _ = load_library("family_support_hub")
    assert found is not None
    prepared = prepare(found)
    people = prepared.inputs.people
    twice = np.repeat(getattr(people, name), 2, axis=0)
    twice[1] = 1.5 * twice[1] if name != "most_starts" else 3.0
    varied = replace(prepared.inputs, people=replace(people, **{name: twice}))
    terms = prepared.terms([found.contracts[0].name])
    starts = evaluate(varied, terms).delivery.flow.starts
    alone = evaluate(slice_cases(varied, 1, 2), terms).delivery.flow.starts
    assert same_bits(starts[1:], alone)


def test_a_plan_serves_contracts_of_any_number_of_cases_one_after_the_other() -> None:
    prepared = costed(assumptions=STILL).prepared
    names = [contract.name for contract in prepared.scenario.contracts]
    of_cases = {cases: prepared.terms([names[0]] * cases) for cases in (2, 3, 1)}
    planned = plan(prepared.inputs, of_cases[1].price_calendars)
    for cases, terms in of_cases.items():
        reused = apply_contract(prepared.inputs, planned, terms)
        assert reused.delivery.capacity.shape[0] in {1, cases}
        assert same_bits(reused.provider.cost, evaluate(prepared.inputs, terms).provider.cost)
