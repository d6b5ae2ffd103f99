"""The commands about uncertainty: what they print, and what they refuse in words."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
TURNOVER = "assumptions.turnover={value: 0.2, low: 0.1, high: 0.4, distribution: triangular}"


def test_simulate_prints_results_and_probabilities(run: Run, file: Path) -> None:
    code, out, err = run("simulate", file, "--draws", 128, "--seed", 5, "--set", TURNOVER, "--format", "json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert (document["draws"], document["seed"], document["sampler"]) == (128, 5, "sobol")
    assert [contract["name"] for contract in document["contracts"]] == ["Each year", "Three years"]
    first = document["contracts"][0]["results"][0]
    assert {"result", "unit", "mean", "p10", "p50", "p90", "standard_error"} <= set(first)
    assert first["p10"] <= first["p50"] <= first["p90"]
    assert {row["question"] for row in document["probabilities"]} == {
        "better",
        "below_minimum_cash",
        "below_reserves_policy",
        "below_minimum_cash_as_drawn",
        "below_reserves_policy_as_drawn",
    }


def test_simulate_prints_a_row_for_each_result_and_year(run: Run, file: Path) -> None:
    _, out, _ = run("simulate", file, "--draws", 64, "--set", TURNOVER, "--format", "csv", "--contract", "Three years")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["contract"] for row in rows} == {"Three years"}
    assert {row["year"] for row in rows} == {"", "2026-27", "2027-28", "2028-29"}
    found = next(row for row in rows if (row["result"], row["year"]) == ("cash", "2027-28"))
    assert float(found["p10"]) <= float(found["mean"]) <= float(found["p90"])
    assert found["central"] == ""


def test_simulate_takes_the_other_sampler(run: Run, file: Path) -> None:
    code, out, _ = run("simulate", file, "--draws", 64, "--set", TURNOVER, "--sampler", "latin_hypercube")
    assert code == 0
    assert "a Latin hypercube with the seed 20260401" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--draws", "3"], "draws: must be between 64 and 65,536; you entered 3."),
        (["--seed", "-4"], "seed: must be between 0 and"),
        (["--draws", "many"], 'argument --draws: must be a whole number, such as 1000; you entered "many"'),
        (["--contract", "Nobody's"], 'no contract of this scenario is called "Nobody\'s".'),
        (["--set", "assumptions.turnover={value: 0.2, distribution: pert}"], "a range needs low, value and high"),
    ],
)
def test_what_simulate_cannot_use_is_named(run: Run, file: Path, arguments: list[str], words: str) -> None:
    code, out, err = run("simulate", file, *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_progress_is_shown_on_a_terminal_only(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("simulate", file, "--draws", 64, "--set", TURNOVER)[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert "\r" in run("simulate", file, "--draws", 64, "--set", TURNOVER)[2]


@pytest.mark.parametrize(
    "asked", [("simulate", "--draws", 64), ("sensitivity", "--samples", 0), ("break-even", "--input", "months_late")]
)
def test_a_failed_check_ends_with_1(
    run: Run, file: Path, asked: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    command, *further = asked
    assert run(command, file, *further)[0] == 0
    monkeypatch.setattr("funding_model.costing.checks.TOLERANCE", -1.0)
    assert run(command, file, *further)[0] == 1


# Break-even


def test_break_even_prints_roots_and_points(run: Run, file: Path) -> None:
    kept = ("--set", "contracts.2.payment.underspend=kept")
    asked = ("--contract", "Three years", "--input", "uplift", "--from", "-0.1", "--to", 0.3)
    code, out, err = run("break-even", file, *asked, *kept, "--format", "json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document["range"] == {"from": -0.1, "to": 0.3}
    (root,) = document["roots"]
    assert root["kind"] == "exact"
    entered = f"contracts.2.movement={{within_award: fixed, rate: {root['value']!r}}}"
    _, out, _ = run("compare", file, "--contract", "Three years", *kept, "--set", entered, "--format", "json")
    assert json.loads(out)["contracts"][0]["totals"]["surplus_posts_filled"] == pytest.approx(0, abs=0.01)


def test_break_even_prints_a_table_of_points_and_roots(run: Run, file: Path) -> None:
    _, out, _ = run("break-even", file, "--input", "months_late", "--format", "csv", "--result", "lowest_cash")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [float(row["at_value"]) for row in rows if row["measure"] == "point"] == list(range(13))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: --input"),
        (["--input", "happiness"], '"happiness" is not a field. Choose term, uplift,'),
        (["--input", "services.1.hapiness"], "is not a field"),
        (["--input", "uplift", "--target", "1e300"], "--target: must be a number between -1,000,000,000,000 and"),
        (["--input", "uplift", "--target", "inf"], "must be a number, such as 0.5"),
        (["--input", "price", "--from", "nan"], "must be a number, such as 0.5"),
        (["--input", "price", "--to", "1e200"], "--to: must be a number between"),
        (["--input", "uplift", "--from", "2", "--to", "1"], "is not above its start"),
        (["--input", "uplift", "--contract", "Nobody's"], "no contract of this scenario is called"),
    ],
)
def test_what_break_even_cannot_use_is_named(run: Run, file: Path, arguments: list[str], words: str) -> None:
    code, out, err = run("break-even", file, *arguments)
    assert (code, out) == (2, "")
    assert words in err


# Sensitivity


def test_sensitivity_prints_tornado_indices_and_grid(run: Run, file: Path) -> None:
    asked = ("--set", TURNOVER, "--samples", 64, "--grid", "uplift", "cost_growth=0:0.02", "--steps", 2, "--spread", 10)
    code, out, err = run("sensitivity", file, *asked, "--format", "json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document["spread"] == 0.1
    assert {bar["source"] for bar in document["tornado"]} == {"range", "spread"}
    assert document["indices"]["samples"] == 64
    assert document["grid"]["second"]["values"] == [0, 0.02]
    code, out, _ = run("sensitivity", file, *asked)
    assert code == 0
    assert max(map(len, out.splitlines())) <= 100
    _, out, _ = run("sensitivity", file, *asked, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["question"] for row in rows].count("grid") == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--spread", "0"], "--spread: must be above 0"),
        (["--samples", "5"], "--samples: must be 0 for none"),
        (["--grid", "uplift", "happiness"], "is not a field"),
        (["--grid", "uplift"], "expected 2 arguments"),
        (["--result", "happiness"], "there is no result"),
    ],
)
def test_what_sensitivity_cannot_use_is_named(run: Run, file: Path, arguments: list[str], words: str) -> None:
    code, out, err = run("sensitivity", file, *arguments)
    assert (code, out) == (2, "")
    assert words in err
