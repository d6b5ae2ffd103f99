"""The commands that say why: what they print, and what they refuse in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from funding_model.costing.ledgers import GAP_STEPS
from funding_model.questions.bridge import End, bridge
from funding_model.questions.bridge.document import as_document
from funding_model.questions.bridge.results import MAIN, RESULTS
from funding_model.questions.explain import FIGURES, explain
from funding_model.questions.explain.document import Asked
from funding_model.questions.explain.document import as_document as explanation
from funding_model.questions.gap import as_document as gap_document
from funding_model.questions.notes import LIMITS
from tests.questions.small_scenarios import TEXT, compared, scenario

Run = Callable[..., tuple[int, str, str]]


# bridge


def test_bridge_prints_the_document(run: Run, file: Path) -> None:
    code, out, err = run("bridge", file, "--from", "Three years", "--to", "Each year", "--format", "json")
    assert (code, err) == (0, "")
    entered = scenario()
    assert json.loads(out) == as_document(bridge(End(entered, "Three years"), End(entered, "Each year")))


def test_bridge_leads_from_the_base_to_every_other_contract(run: Run, file: Path) -> None:
    _, one, _ = run("bridge", file, "--format", "json")
    assert json.loads(one)["to"] == "Three years"
    _, several, _ = run("bridge", "family_support_hub", "--format", "json", "--result", "price")
    found = json.loads(several)
    assert {each["from"] for each in found} == {"annual rolled forward"}
    assert [each["to"] for each in found] == [
        "annual rolled forward, late letter",
        "three-year fixed price",
        "three-year indexed",
    ]
    assert [result["result"] for result in found[0]["results"]] == ["price"]


def test_bridge_leads_to_the_same_contract_with_other_inputs(run: Run, file: Path) -> None:
    _, out, _ = run(
        "bridge",
        file,
        "--set",
        "assumptions.turnover=0.3",
        "--set",
        "horizon_years=4",
        "--result",
        "all",
        "--format",
        "json",
    )
    found = json.loads(out)
    assert (found["from"], found["to"], found["differing"]) == ("Each year", "Each year", ["behaviour"])
    assert [each["result"] for each in found["results"]] == list(RESULTS)


def test_bridge_leads_to_another_scenario(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(TEXT.replace("salary: 29000", "salary: 30000").replace("name: Two services", "name: Dearer"))
    _, out, _ = run("bridge", file, other, "--from", "Three years", "--format", "json")
    found = json.loads(out)
    assert (found["from_scenario"], found["to_scenario"]) == ("Two services", "Dearer")
    assert (found["from"], found["to"], found["differing"]) == ("Three years", "Three years", ["posts"])


def test_bridge_prints_a_table_and_csv(run: Run, file: Path) -> None:
    code, out, err = run("bridge", file)
    assert (code, err) == (0, "")
    assert out.startswith("From “Each year” to “Three years”\n")
    _, out, _ = run("bridge", file, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(dict.fromkeys(row["result"] for row in rows)) == list(MAIN)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "Ten years"], 'no contract of this scenario is called "Ten years"'),
        (["--result", "profit"], 'there is no result called "profit"'),
        (["--set", "turnover"], "must be a place and a value"),
        (["two.yaml", "three.yaml"], "a bridge has two ends"),
    ],
)
def test_bridge_says_what_is_wrong(run: Run, file: Path, arguments: list[str], said: str) -> None:
    code, out, err = run("bridge", file, *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_bridge_needs_something_to_go_to(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(TEXT.split("  - name: Three years")[0] + "assumptions: {secure_months: 6}\n")
    code, _, err = run("bridge", path)
    assert code == 2
    assert "nothing to go to" in err
    assert "--set PATH=VALUE" in err


# gap


def test_gap_prints_the_document_of_the_contracts_asked_for(run: Run, file: Path) -> None:
    code, out, err = run("gap", file, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == gap_document(compared())
    _, out, _ = run("gap", file, "--contract", "Three years", "--set", "horizon_years=2", "--format", "json")
    found = json.loads(out)
    assert [contract["name"] for contract in found["contracts"]] == ["Three years"]
    assert len(found["contracts"][0]["years"]) == 2


def test_gap_prints_a_table_and_csv(run: Run, file: Path) -> None:
    code, out, err = run("gap", file)
    assert (code, err) == (0, "")
    assert "Overhead above what the price allows" in out
    _, out, _ = run("gap", file, "--format", "csv")
    assert {row["measure"] for row in csv.DictReader(io.StringIO(out))} >= {*GAP_STEPS, "reserves_months_of_cover"}


def test_gap_shows_the_services_that_are_chosen(run: Run, file: Path) -> None:
    _, out, _ = run("gap", file, "--services", "Training")
    assert "\nTraining\n" in out
    code, out, err = run("gap", file, "--services", "Trainings")
    assert (code, out) == (2, "")
    assert 'no service called "Trainings"' in err
    code, _, err = run("gap", file, "--services", "all", "--format", "json")
    assert code == 2
    assert "has no effect on JSON" in err


def test_gap_says_what_is_wrong(run: Run, file: Path) -> None:
    code, out, err = run("gap", file, "--contract", "Ten years")
    assert (code, out) == (2, "")
    assert 'called "Ten years"' in err


# explain


def test_explain_prints_the_document(run: Run, file: Path) -> None:
    code, out, err = run(
        "explain", file, "--figure", "price", "--service", "Training", "--year", "2027-28", "--format", "json"
    )
    assert (code, err) == (0, "")
    found = json.loads(out)
    comparison = compared()
    root = explain(comparison, "Each year", "price", "Training", "2027-28")
    assert found == explanation(comparison, Asked("Each year", "price", "Training", "2027-28"), root)
    assert found["contract"] == "Each year"


def test_explain_prints_a_table_as_deep_as_is_asked_and_csv(run: Run, file: Path) -> None:
    code, out, err = run("explain", file, "--figure", "full_cost", "--contract", "Three years")
    assert (code, err) == (0, "")
    assert out.startswith("Full cost, all services: £")
    assert "--depth 4 shows a level more" in out
    _, shallow, _ = run("explain", file, "--figure", "full_cost", "--depth", "0")
    assert len(shallow.splitlines()) < 6
    _, out, _ = run("explain", file, "--figure", "full_cost", "--format", "csv", "--depth", "2")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["depth"] for row in rows} == {"0", "1", "2"}


def test_explain_lists_the_figures(run: Run) -> None:
    _, out, _ = run("explain", "--list")
    assert len(out.splitlines()) == len(FIGURES)
    _, out, _ = run("explain", "--list", "--format", "json")
    assert [each["figure"] for each in json.loads(out)] == list(FIGURES)
    _, out, _ = run("explain", "--list", "--format", "csv")
    assert [row["figure"] for row in csv.DictReader(io.StringIO(out))] == list(FIGURES)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no figure is named"),
        (["--figure", "profit"], 'there is no figure called "profit"'),
        (["--figure", "price", "--service", "Cooking"], 'there is no service called "Cooking"'),
        (["--figure", "price", "--contract", "Ten years"], 'called "Ten years"'),
        (["--figure", "cash_lowest", "--year", "2026-27"], "is not a figure of one year"),
        (["--figure", "price", "--depth", "deep"], "must be a whole number"),
    ],
)
def test_explain_says_what_is_wrong(run: Run, file: Path, arguments: list[str], said: str) -> None:
    code, out, err = run("explain", file, *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_explain_needs_a_scenario(run: Run) -> None:
    code, _, err = run("explain", "--figure", "price")
    assert code == 2
    assert "no scenario is named" in err


@pytest.mark.parametrize("command", ["bridge", "gap"])
def test_what_holds_for_every_result_is_said_here_as_well(run: Run, file: Path, command: str) -> None:
    _, out, _ = run(command, file)
    assert " ".join(LIMITS) in " ".join(out.split())
    assert json.loads(run(command, file, "--format", "json")[1])["limits"] == list(LIMITS)
