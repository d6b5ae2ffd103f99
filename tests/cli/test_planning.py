"""The commands that plan: what they print, and what they refuse in words."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from funding_model.questions.workforce import workforce, workforce_rows
from tests.questions.small_scenarios import compared

Run = Callable[..., tuple[int, str, str]]
PLANS = {
    "workforce": (),
    "drivers": (),
    "ladder": (),
    "change": ("--from", "2027-10", "--referrals", "2"),
    "waiting": ("--clear-by", "2028-03"),
}
"""Each command with what it must be asked."""


def test_workforce_prints_the_document(run: Run, file: Path) -> None:
    code, out, err = run("workforce", file, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(json.dumps(workforce(compared())))


def test_workforce_prints_a_row_for_each_measure(run: Run, file: Path) -> None:
    _, out, _ = run("workforce", file, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(workforce_rows(workforce(compared())))
    found = next(row for row in rows if row["post"] == "Trainer" and row["measure"] == "fte")
    assert (found["contract"], found["owner"], found["pay_point"], found["salary"]) == (
        "Each year",
        "Training",
        "20",
        "",
    )
    assert float(found["value"]) == pytest.approx(0.6)
    assert found["unit"] == "FTE"


@pytest.mark.parametrize("command", PLANS)
def test_a_plan_takes_contracts_and_settings(run: Run, file: Path, command: str) -> None:
    code, out, err = run(
        command, file, *PLANS[command], "--contract", "Three years", "--set", "name=Other", "--format", "json"
    )
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document["scenario"] == "Other"
    assert [contract["name"] for contract in document["contracts"]] == ["Three years"]


@pytest.mark.parametrize("command", PLANS)
def test_a_plan_fits_a_hundred_columns(run: Run, file: Path, command: str) -> None:
    code, out, err = run(command, file, *PLANS[command])
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 100
    assert "No UK study measures the effect of contract length" in out


@pytest.mark.parametrize("command", PLANS)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--contract", "Nobody's"], 'no contract of this scenario is called "Nobody\'s".'),
        (["--set", "nonsense"], "Write it as PATH=VALUE."),
        (["--set", "horizon_years=99"], "horizon_years: must be at most 10"),
        (["--set", "organisation.first_month=1990-01"], "are known from"),
    ],
)
def test_what_a_plan_cannot_use_is_named(run: Run, file: Path, command: str, arguments: list[str], words: str) -> None:
    code, out, err = run(command, file, *PLANS[command], *arguments)
    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.parametrize("command", PLANS)
def test_a_failed_check_ends_with_1(run: Run, file: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funding_model.costing.checks.TOLERANCE", -1.0)
    assert run(command, file, *PLANS[command])[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: --from"),
        (["--from", "2027-10"], "nothing changes"),
        (["--from", "2027-10", "--referrals", "many"], 'must be a number, such as 0.5 or 1000; you entered "many"'),
        (["--from", "2027-10", "--referrals", "nan"], "must be a number"),
        (["--from", "2027-10", "--referrals", "1e300"], "must be between 0 and"),
        (["--from", "2027-10", "--post", "Trainer"], "--post Trainer: must be the title of a post and a number"),
        (["--from", "2027-10", "--post", "Trainer=x"], "Write it as TITLE=HEADS."),
        (["--from", "2027-10", "--post", "Trainer=nan"], "must be above 0"),
        (["--from", "2027-10", "--post", "Trainor=1"], 'no post is called "Trainor"; did you mean "Trainer"?'),
        (["--from", "\x1b[31m", "--cohort", "3"], "is no month"),
    ],
)
def test_a_change_that_cannot_be_asked_is_refused(run: Run, file: Path, arguments: list[str], words: str) -> None:
    code, out, err = run("change", file, *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert all(letter.isprintable() for line in err.splitlines() for letter in line)


def test_a_change_takes_all_that_may_change(run: Run, file: Path) -> None:
    asked = ("--from", "2027-10", "--until", "2028-03", "--service", "Family support", "--cohort", "5", "--cost-shock")
    code, out, err = run("change", file, *asked, "0.2", "--category", "other", "--post", "Support worker=1.5",
                         "--format", "json")  # fmt: skip
    assert (code, err) == (0, "")
    assert json.loads(out)["change"] == {
        "start": "2027-10",
        "end": "2028-03",
        "service": "Family support",
        "referrals": 0.0,
        "cohort": 5.0,
        "cost_shock": 0.2,
        "category": "other",
        "posts": [{"post": "Support worker", "heads": 1.5}],
    }
    _, table, _ = run("change", file, *asked, "0.2", "--format", "csv")
    assert table.startswith("scenario,contract,service,month,measure,before,after,difference,unit\n")


@pytest.mark.parametrize("asked", [("ladder",), ("waiting", "--clear-by", "2027-03")])
def test_what_takes_long_shows_on_a_terminal_how_far_it_is(
    run: Run, file: Path, asked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    command, *further = asked
    _, told, quiet = run(command, file, *further)
    assert quiet == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    code, out, shown = run(command, file, *further)
    assert (code, out) == (0, told)
    assert "% done" in shown
    assert shown.split("\r")[-2].strip() == ""  # nothing of it is left on the line


def test_a_ladder_takes_a_service(run: Run, file: Path) -> None:
    _, out, _ = run("ladder", file, "--service", "Training", "--format", "json")
    assert json.loads(out)["service"] == "Training"
    code, _, err = run("ladder", file, "--service", "Nothing")
    assert code == 2
    assert 'no service of this scenario is called "Nothing"' in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--clear-by", "never"], "is no month"),
        (["--clear-by", "2040-01"], "is outside the scenario"),
        (["--from", "2027-01"], "nothing is to be cleared"),
        (["--clear-by", "2027-01", "--from", "2027-02"], "is after the month"),
        (["--clear-by", "2027-01", "--service", "Training"], "no service whose people are counted"),
    ],
)
def test_a_list_that_cannot_be_cleared_is_refused(run: Run, file: Path, arguments: list[str], words: str) -> None:
    code, out, err = run("waiting", file, *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_the_waiting_list_is_shown_without_clearing_it(run: Run, file: Path) -> None:
    code, out, _ = run("waiting", file, "--format", "csv")
    assert code == 0
    assert out.startswith("scenario,contract,service,period,measure,value,unit\n")
    assert "clearing_" not in out
    _, cleared, _ = run("waiting", file, "--clear-by", "2028-03", "--service", "Family support", "--format", "csv")
    assert "clearing_fte" in cleared
