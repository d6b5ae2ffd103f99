"""The command that writes a report: the file it makes, and what it refuses in words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from funding_model.scenario.dumping import input_hash
from funding_model.scenario.loading import load_file

Run = Callable[..., tuple[int, str, str]]


def test_a_page_is_written_with_what_was_asked_for(run: Run, file: Path, tmp_path: Path) -> None:
    to = tmp_path / "report.HTML"
    code, out, err = run(
        "report", file, "--contract", "Three years", "--base", "Each year", "--set", "name=Other", "--open-book",
        "--materiality", "1000", "--baseline", file, "--to", to,
    )  # fmt: skip
    assert (code, out, err) == (0, f"The report is in {to}.\n", "")
    page = to.read_text(encoding="utf-8")
    assert "<h1>Other</h1>" in page
    assert "Each year (base)" in page
    assert "Open-book scenario report" in page
    assert "Differences from the baseline scenario" in page
    assert "Every difference of at least £1,000 from" in page


@pytest.mark.parametrize("name", ["report", "report.txt", "report.html.zip", ".html/"])
def test_another_ending_is_refused_before_anything_is_worked_out(run: Run, tmp_path: Path, name: str) -> None:
    code, out, err = run("report", "no_such_scenario", "--to", f"{tmp_path}/{name}")
    assert (code, out) == (2, "")
    assert "is not the name of a report" in err
    assert ".docx (a Word document to edit), .html (a page for a browser)" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--contract", "Nobody's"], 'no contract of this scenario is called "Nobody\'s".'),
        (["--base", "Nobody's"], 'no contract of this scenario is called "Nobody\'s".'),
        (["--set", "nonsense"], "Write it as PATH=VALUE."),
        (["--materiality", "-1"], "must be an amount of pounds from 0"),
        (["--materiality", "nan"], "argument --materiality: must be a number"),
        (["--baseline", "no_such_scenario"], "no_such_scenario"),
        (["--baseline", "short_breaks"], "do not hold the same services"),
    ],
)
def test_what_cannot_be_used_is_named(run: Run, file: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    to = tmp_path / "report.html"
    code, out, err = run("report", file, *arguments, "--to", to)
    assert (code, out) == (2, "")
    assert words in err
    assert not to.exists()


def test_a_place_that_cannot_be_written_is_named(run: Run, file: Path, tmp_path: Path) -> None:
    code, _, err = run("report", file, "--to", tmp_path / "nowhere" / "report.html")
    assert code == 2
    assert "cannot be written: no such file or directory" in err


def test_a_failed_check_ends_with_1_and_still_writes(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funding_model.costing.checks.TOLERANCE", -1.0)
    assert run("report", file, "--to", tmp_path / "report.html")[0] == 1
    assert "do not use this report" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_proof_workbook_is_written_with_what_was_asked_for(run: Run, file: Path, tmp_path: Path) -> None:
    to = tmp_path / "proof.xlsx"
    code, out, err = run("report", file, "--contract", "Three years", "--set", "name=Other", "--to", to)
    assert (code, out, err) == (0, f"The proof workbook is in {to}.\n", "")
    book = openpyxl.load_workbook(to, data_only=True)
    facts: dict[object, object] = {}  # the first of a name: the sheet Contracts is listed below the contracts
    for name, fact in book["Cover"].iter_rows(max_col=2, values_only=True):
        facts.setdefault(name, fact)
    assert facts["Scenario"] == "Other"
    assert facts["Contracts"] == "Three years"
    scenario = load_file(file)[0]
    assert scenario is not None
    assert facts["Inputs, SHA-256"] == input_hash(scenario.model_copy(update={"name": "Other"}))
    assert facts["Master check"] == "all checks hold"


@pytest.mark.parametrize("options", [["--open-book"], ["--materiality", "1000"], ["--baseline", "short_breaks"]])
def test_what_a_workbook_cannot_do_is_refused(run: Run, file: Path, tmp_path: Path, options: list[str]) -> None:
    code, out, err = run("report", file, *options, "--to", tmp_path / "proof.xlsx")
    assert (code, out) == (2, "")
    assert options[0] in err
    assert "no effect on a proof workbook" in err
    assert not (tmp_path / "proof.xlsx").exists()


def test_a_terminal_is_told_how_far_it_is_and_left_clean(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    _, _, err = run("report", file, "--to", tmp_path / "report.html")
    told = [line.rstrip() for line in err.split("\r") if line]
    assert told[0] == "0% done: The money by year and service"
    assert told[-1] == ""
    assert len({len(line) for line in err.split("\r") if line}) == 1


def test_other_commands_do_not_load_what_draws_and_writes() -> None:
    program = (
        "import sys; from funding_model.cli import main; main(['compare', 'short_breaks']); "
        "large = ('vl_convert', 'typst', 'docx', 'altair', 'xlsxwriter', 'ironcalc'); "
        "print([name for name in large if name in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert printed.stdout.splitlines()[-1] == "[]"
