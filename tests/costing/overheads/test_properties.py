"""What always holds when overheads are shared, whatever the organisation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from funding_model.costing.overheads import METHODS, allocate
from tests.costing.overheads.organisations import DRIVEN, Organisation, close, organisations, run, same_bits


@given(organisations())
def test_all_cost_is_borne_by_somebody(organisation: Organisation) -> None:
    own, usage = organisation
    pools = len(usage)
    for method in METHODS:
        shared = run(own, usage, method)
        assert math.isclose(shared.full_cost.sum(), own.sum(), rel_tol=1e-9, abs_tol=1e-6)
        assert close(shared.from_pool.sum(axis=-2), shared.overhead)
        assert close(shared.full_cost, own[pools:] + shared.overhead)


@given(organisations(pools_serve_pools=False))
def test_methods_agree_when_no_pool_serves_another(organisation: Organisation) -> None:
    direct, step_down, reciprocal = (run(*organisation, method) for method in DRIVEN)
    assert close(direct.full_cost, step_down.full_cost)
    assert close(direct.full_cost, reciprocal.full_cost)
    assert close(direct.from_pool, reciprocal.from_pool)


@given(organisations(), st.randoms())
def test_reciprocal_does_not_depend_on_the_order_of_pools(organisation: Organisation, random: Any) -> None:  # noqa: ANN401
    own, usage = organisation
    pools = len(usage)
    order = random.sample(range(pools), pools)
    units = [*order, *range(pools, len(own))]
    shared, permuted = allocate(own, usage, "reciprocal"), allocate(own[units], usage[order][:, units], "reciprocal")
    assert close(permuted.full_cost, shared.full_cost)
    assert close(permuted.gross, shared.gross[order])


@given(organisations(), st.randoms())
def test_permuting_operating_units_permutes_results(organisation: Organisation, random: Any) -> None:  # noqa: ANN401
    own, usage = organisation
    pools, units = usage.shape
    order = random.sample(range(units - pools), units - pools)
    columns = [*range(pools), *(pools + unit for unit in order)]
    base = np.arange(1.0, units - pools + 1)
    for method in METHODS:
        options = {"base": base} if method == "single_rate" else {}
        moved = {"base": base[order]} if method == "single_rate" else {}
        shared = run(own, usage, method, **options)
        permuted = run(own[columns], usage[:, columns], method, **moved)
        assert close(permuted.full_cost, shared.full_cost[order])
        assert close(permuted.from_pool, shared.from_pool[:, order])


@given(organisations(), st.sampled_from([0.001, 0.5, 3.0, 1e6]), st.integers(0, 3))
def test_scaling_a_driver_changes_nothing(organisation: Organisation, factor: float, pool: int) -> None:
    own, usage = organisation
    scaled = usage.copy()
    scaled[pool % len(usage)] *= factor
    for method in DRIVEN:
        assert close(run(own, scaled, method).from_pool, run(own, usage, method).from_pool)


@given(organisations(), st.sampled_from([0.0, 0.01, 1.0, 7.0]))
def test_scaling_all_cost_scales_all_results(organisation: Organisation, factor: float) -> None:
    own, usage = organisation
    for method in METHODS:
        shared, scaled = run(own, usage, method), run(own * factor, usage, method)
        assert close(scaled.full_cost, shared.full_cost * factor)
        assert close(scaled.gross, shared.gross * factor)


@given(organisations(), st.integers(0, 1000))
def test_what_a_pool_uses_of_itself_never_counts(organisation: Organisation, kept: int) -> None:
    own, usage = organisation
    itself = usage.copy()
    np.fill_diagonal(itself, kept)
    for method in DRIVEN:
        assert same_bits(run(own, itself, method), run(own, usage, method))
