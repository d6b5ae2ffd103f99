"""The commands: what they print, how they end, and that nothing that is typed makes them stumble."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from funding_model.cli import main
from funding_model.questions.document import as_document
from funding_model.report.sentences import headlines
from funding_model.scenario.library import library_ids, starter_document
from tests.questions.small_scenarios import TEXT, compared

ROOT = Path(__file__).parents[2]
WORKED = ROOT / "funding_model" / "reference" / "data" / "fcr_worked_examples.yaml"
DEARER = """
extends: two_services
name: Dearer travel
description: One thing. And another.
overrides:
  services.1.lines.1.amount: 3500
"""
PLANS = ("workforce", "drivers", "ladder", "change", "waiting")
COMMANDS = ("compare", "bridge", "gap", "explain", *PLANS, "allocate", "validate", "schema", "library", "new")


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ended(*arguments: object) -> Ended:
        code = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return Ended(code, shown.out, shown.err)

    return ended


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "two_services.yaml").write_text(TEXT, encoding="utf-8")
    (folder / "two_dearer.yaml").write_text(DEARER, encoding="utf-8")
    monkeypatch.setenv("FUNDING_MODEL_SCENARIOS", str(folder))
    return folder


# compare


def test_compare_prints_the_document(run: Run, file: Path) -> None:
    ended = run("compare", file, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == as_document(compared())


def test_compare_prints_a_list_for_several(run: Run, file: Path) -> None:
    documents = json.loads(run("compare", file, file, "--format", "json").out)
    assert [document["scenario"] for document in documents] == ["Two services", "Two services"]
    assert "across" not in documents[1]


def test_compare_takes_contracts_base_and_settings(run: Run, file: Path) -> None:
    ended = run(
        "compare", file, "--contract", "Three years", "--base", "Three years", "--set", "services.1.posts.1.fte=0.8",
        "--set", "name=Fewer hours", "--format", "json",
    )  # fmt: skip
    document = json.loads(ended.out)
    assert document["scenario"] == "Fewer hours"
    assert [contract["name"] for contract in document["contracts"]] == ["Three years"]
    expected = as_document(compared({"services.1.posts.1.fte": 0.8}))["contracts"][1]
    assert document["contracts"][0]["totals"] == expected["totals"]


def test_compare_prints_a_table_of_a_hundred_columns(run: Run, file: Path) -> None:
    ended = run("compare", file)
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 100
    for words in (
        "Each year (the base)",
        "Full cost   Fundable cost           Price         Surplus    Recovery",
        "Provider: income",
        "Public purse: paid",
        "Families:",
        "Staff:",
        "Cash: at its lowest",
        "Three years, beside Each year",
        "Switched off",
        "Social value",
        "Checks: 13 of 13 hold.",
        "No UK study measures the effect of contract length",
    ):
        assert words in ended.out, words


def test_compare_says_first_which_contract_is_best_for_whom_and_of_which_kind(run: Run, file: Path) -> None:
    lines = run("compare", file).out.splitlines()
    assert lines[3:5] == ["In short", "--------"]
    short = " ".join(" ".join(lines[5 : lines.index("Each year (the base)")]).split())
    told = headlines(compared())
    assert {"The provider", "The public purse", "Cash"} <= {each.subject for each in told}
    assert all(f"{each.subject}: {each.text}" in short for each in told)
    cheaper = ("--set", "contracts.2.payment.underspend=kept", "--set", "contracts.2.price.margin=0.1")
    short = " ".join(run("compare", file, *cheaper).out.split())
    assert "Cheapest for the public purse is “Each year”, a yearly contract" in short


def test_when_cash_runs_short_is_told_only_where_the_cash_at_the_start_is_known(run: Run, file: Path) -> None:
    assert "first below the minimum of £30,000 in " in run("compare", file).out
    plenty = ("--set", "organisation.opening_cash=9e6", "--set", "organisation.minimum_cash=0")
    assert "; never below nil." in " ".join(run("compare", file, *plenty).out.split())
    assert "first below" not in run("compare", file, "--set", "organisation.opening_cash=null").out


def test_a_difference_from_nothing_is_given_no_per_cent(run: Run, file: Path) -> None:
    sure = [f"contracts.{number}.award.renewal_probability=1" for number in (1, 2)]
    settings = (*sure, "contracts.1.award.competed=yes", "assumptions.bid_external=5000")
    entered = [part for setting in settings for part in ("--set", setting)]
    lines = run("compare", file, *entered, "--set", "assumptions.done_by=bought_in", "--base", "Three years").out
    (line,) = (line for line in lines.splitlines() if line.startswith("  Cost of the terms"))
    assert line.endswith(" more than £0.")
    assert "%" not in line


def pounds_in(line: str) -> list[int]:
    words = [word for word in line.split() if "£" in word]
    return [int(word.replace("−", "-").replace("£", "").replace(",", "")) for word in words]


def test_shown_money_adds_up(run: Run, file: Path) -> None:
    choice = ("--services", "all", "--services", "summary")
    lines = run("compare", file, "--contract", "Each year", *choice).out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip().startswith("Full cost"))
    rows = [pounds_in(line) for line in lines[start : start + 20] if line.startswith(("  2", "  tog"))]
    every, first, second = rows[:4], rows[4:8], rows[8:12]
    for block in (first, second, every):
        assert [sum(column) for column in zip(*block[:3], strict=True)] == block[3]
    for one, other, both in zip(first, second, every, strict=True):
        assert [a + b for a, b in zip(one, other, strict=True)] == both
    totals = as_document(compared())["contracts"][0]["totals"]
    assert every[3][:3] == [round(totals[name]) for name in ("full_cost", "fundable_cost", "price")]


def money_lines(run: Run, file: Path, *choice: str) -> list[str]:
    """The money of the first contract, from the headings to the sentences."""
    lines = run("compare", file, "--contract", "Each year", *choice).out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip().startswith("Full cost"))
    return lines[start + 1 : lines.index("", start)]


def test_services_stand_each_in_a_line_that_adds_up_to_all_of_them(run: Run, file: Path) -> None:
    lines = money_lines(run, file)
    assert [line.partition(" £")[0].rstrip() for line in lines] == [
        "All services", "  2026-27", "  2027-28", "  2028-29", "  together",
        "Each service, all years together", "  Family support", "  Training",
    ]  # fmt: skip
    together, one, other = (pounds_in(lines[place]) for place in (4, 6, 7))
    assert [a + b for a, b in zip(one, other, strict=True)] == together
    services = as_document(compared())["contracts"][0]["services"]
    assert lines[6].split()[-1] == f"{100 * services[0]['totals']['recovery_rate']:.1f}%"
    assert money_lines(run, file, "--services", "summary") == lines


def test_services_are_shown_by_year_when_asked_for(run: Run, file: Path) -> None:
    summary, whole = money_lines(run, file), money_lines(run, file, "--services", "all")
    headings = [line for line in whole if not line.startswith("  ")]
    assert headings == ["All services", "Family support", "Training"]
    assert whole[:5] == summary[:5]
    assert money_lines(run, file, "--services", "none") == summary[:5]
    assert money_lines(run, file, "--services", "Training") == summary[:5] + whole[10:]
    assert money_lines(run, file, "--services", "Training", "--services", "summary") == summary + whole[10:]


def test_a_long_name_of_a_service_is_shown_whole(run: Run, file: Path) -> None:
    name = "Training of volunteers and of new members of staff"
    lines = money_lines(run, file, "--set", f"services.2.name={name}")
    assert " ".join(line[:24].strip() for line in lines[7:]) == name
    assert [len(pounds_in(line)) for line in lines[7:]] == [0, 0, 4]


def test_a_scenario_of_one_service_is_shown_by_year_under_its_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(
        starter_document().replace("annual rolled forward ", "{preset: annual rolled forward, name: Each year}")
    )
    headings = [line for line in money_lines(run, path) if not line.startswith("  ")]
    assert headings == ["Family support"]
    assert money_lines(run, path, "--services", "all") == money_lines(run, path)


def test_thirty_eight_services_fill_a_few_pages_and_not_a_thousand_lines(run: Run) -> None:
    ended = run("compare", "sure_start_regional")
    assert ended.code == 0
    assert len(ended.out.splitlines()) < 340
    assert sum(line.startswith("  Project 38 ") for line in ended.out.splitlines()) == 3  # once for each contract


def test_shown_differences_are_those_of_the_shown_values(run: Run, file: Path) -> None:
    lines = run("compare", file).out.splitlines()
    line = next(line for line in lines if line.startswith("  Price: "))
    value, change, base = pounds_in(line.replace(",", "", 0).replace(", £", " £").rstrip("."))
    assert value - base == (change if " more than " in line else -change)


def test_compare_prints_csv(run: Run, file: Path) -> None:
    ended = run("compare", file, "--format", "csv")
    assert ended.out.startswith(
        "scenario,contract,service,year,measure,value,unit\nTwo services,Each year,Family support,2026-27,full_cost,"
    )
    assert ended.code == 0


def test_compare_knows_the_library(run: Run, library: Path) -> None:
    assert library.is_dir()
    assert json.loads(run("compare", "two_services", "--format", "json").out)["scenario"] == "Two services"
    ended = run("compare", "two_servces")
    assert ended.code == 2
    assert 'did you mean "two_services"?' in ended.err


def test_a_file_wins_over_the_library_if_it_is_written_as_one(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library.is_dir()
    monkeypatch.chdir(tmp_path)
    own = TEXT.replace("Two services", "My own")
    for name in ("two_services", "plain"):
        (tmp_path / name).write_text(own, encoding="utf-8")
    names = [
        json.loads(run("compare", source, "--format", "json").out)["scenario"]
        for source in ("two_services", "./two_services", "plain")
    ]
    assert names == ["Two services", "My own", "My own"]


def test_compare_across_adds_the_differences(run: Run, library: Path) -> None:
    assert library.is_dir()
    ended = run("compare", "two_services", "two_dearer", "--across", "--format", "json")
    first, second = json.loads(ended.out)
    assert "across" not in first
    cost = next(row for row in second["across"] if row["result"] == "full_cost")
    assert (cost["contract"], cost["base"]) == ("Each year (Dearer travel)", "Each year (Two services)")
    assert (
        "Each year (Dearer travel), beside Each year (Two services)"
        in run("compare", "two_services", "two_dearer", "--across").out
    )


def test_compare_across_refuses_what_is_unlike(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "longer.yaml"
    other.write_text(TEXT.replace("horizon_years: 3", "horizon_years: 6"), encoding="utf-8")
    ended = run("compare", file, other, "--across")
    assert (ended.code, ended.out) == (2, "")
    assert "--set horizon_years=3" in ended.err
    assert run("compare", file, other, "--across", "--set", "horizon_years=3").code == 0
    assert run("compare", file, other).code == 0
    assert "Name two or more" in run("compare", file, "--across").err


def test_a_failed_check_ends_with_1(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funding_model.costing.checks.TOLERANCE", -1.0)
    ended = run("compare", file)
    assert ended.code == 1
    assert "Checks: 0 of 13 hold." in ended.out
    assert "FAILED: every month is priced once" in ended.out


# What cannot be used


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--contract", "Nobody's"], 'no contract of this scenario is called "Nobody\'s".'),
        (["--base", "x"], 'no contract of this scenario is called "x".'),
        (["--base", ""], 'no contract of this scenario is called "".'),
        (["--set", "contracts=[]"], "contracts: is empty. Add one."),
        (["--set", "nonsense"], "Write it as PATH=VALUE."),
        (["--set", "=3"], "Write it as PATH=VALUE."),
        (["--set", "horizon_years=nan"], "horizon_years: must be a whole number"),
        (["--set", "horizon_years=.nan"], "horizon_years: must be a whole number"),
        (["--set", "horizon_years=1e400"], "horizon_years: must be a whole number"),
        (["--set", "horizon_years=99"], "horizon_years: must be at most 10"),
        (["--set", "services.9.posts.1.fte=1"], 'services.9.posts.1.fte: in services, there is no item "9"'),
        (["--services", "Trainin"], '--services: there is no service called "Trainin"; did you mean "Training"?'),
        (
            ["--services", "all", "--format", "csv"],
            "--services: has no effect on CSV, which always holds every service.",
        ),
        (["--set", "services.1.wages=1"], 'services.1.wages: in services.1, "wages" is not a field'),
        (["--set", "name={a: [b}"], "--set name={a: [b}"),
        (["--set", "name=!!python/object:os.system x"], "tag"),
        (["--set", "name=a", "--set", "name=b"], "set twice"),
        (["--set", "\x1b[31m=1"], "not a field"),
        (["--set", "services=" + "[" * 200], ""),
        (["--set", "organisation.first_month=1990-01"], "are known from"),
        (["--set", "services.1.posts.1.salary=\ud800"], ""),
        (["--set", "organisation.pools.2.driver=moons"], 'nobody has entered any "moons"'),
    ],
)
def test_what_cannot_be_used_is_named_in_lines(run: Run, file: Path, arguments: list[str], words: str) -> None:
    ended = run("compare", file, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "overrides" not in ended.err
    assert ended.err.strip()
    assert all(letter.isprintable() for line in ended.err.splitlines() for letter in line)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        b"%PDF-1.7",
        b"[1, 2",
        b"- a\n- b\n",
        b"a: &x [*x]",
        b"{" * 5_000,
        b"name: " + b"x" * 3_000_000,
        b"name: \xf0\x9f\x92\xa9\nservices: 3\ncontracts: maybe\norganisation: no\n",
        b"cases: 3",
        b"cases: [{id: a, kind: allocation}]",
        b"extends: ../../../secret\n",
    ],
)
@pytest.mark.parametrize("command", ["compare", "allocate", "validate"])
def test_hostile_files_are_refused(run: Run, tmp_path: Path, command: str, content: bytes) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content)
    ended = run(command, path)
    assert ended.code == 2
    assert ended.err.strip()


def test_a_file_to_save_is_named(run: Run) -> None:
    for name in ("", "  "):
        assert run("new", "--to", name)[:3:2] == (
            2,
            "--to: names no file. Give the name of a file that does not exist yet.\n",
        )


@pytest.mark.parametrize("command", ["compare", "allocate", "validate"])
def test_folders_and_files_that_are_not_there_are_refused(run: Run, tmp_path: Path, command: str) -> None:
    for source in (tmp_path, tmp_path / "none.yaml", "a\0b.yaml", "x" * 5_000 + ".yaml", "", "../", "~"):
        ended = run(command, source)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.strip()


def test_figures_that_cannot_be_computed_are_refused(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(*_: object) -> None:
        raise FloatingPointError

    monkeypatch.setattr("funding_model.report.answers.compare", overflow)
    ended = run("compare", file)
    assert ended.code == 2
    assert "too far apart in size" in ended.err


@pytest.mark.parametrize(
    "arguments", [[], ["weigh"], ["compare"], ["compare", "a", "--format", "xml"], ["library", "x"]]
)
def test_slips_of_the_keyboard_are_answered_in_a_line(run: Run, arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert "--help" in ended.err
    assert len(ended.err.splitlines()) == 1


# allocate


def test_allocate_shares_a_scenario_by_year(run: Run, file: Path) -> None:
    answer = json.loads(run("allocate", file, "--format", "json").out)
    assert [case["id"] for case in answer["cases"]] == [
        f"Two services {year}" for year in ("2026-27", "2027-28", "2028-29")
    ]
    assert set(answer["cases"][0]["methods"]) == {"step_down", "single_rate"}
    only = json.loads(run("allocate", file, "--format", "json", "--method", "single_rate").out)
    assert list(only["cases"][0]["methods"]) == ["single_rate"]
    table = run("allocate", file).out
    assert "Two services 2026-27 (scenario)" in table
    assert "step-down" in table


def test_allocate_answers_a_file_of_cases(run: Run) -> None:
    ended = run("allocate", WORKED, "--format", "json")
    assert ended.code == 0
    assert len(json.loads(ended.out)["cases"]) > 5
    assert "flat rate" in run("allocate", WORKED).out


def test_allocate_answers_the_good_cases_and_names_the_others(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        "cases:\n  - {id: a, kind: flat_rate, base: 100, rate: 0.1}\n  - {id: b, kind: guess}\n", encoding="utf-8"
    )
    ended = run("allocate", path, "--format", "json")
    assert ended.code == 2
    assert json.loads(ended.out) == {"cases": [{"id": "a", "kind": "flat_rate", "result": 10.0}]}
    assert ended.err.startswith("cases.1.kind: 'guess' is not a kind of case.")


# validate, schema, library, new


def test_validate_says_what_was_understood(run: Run, file: Path) -> None:
    ended = run("validate", file)
    assert (ended.code, ended.err) == (0, "")
    assert "service Family support: 1 post (3 people, 3 FTE), 1 line of other cost, people's side entered" in ended.out
    assert "contract Three years: 36 months" in ended.out


def test_validate_names_every_problem_of_every_file(run: Run, file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        TEXT.replace("horizon_years: 3", "horizon_years: 30").replace("fte: 0.6", "fte: 6"), encoding="utf-8"
    )
    ended = run("validate", file, bad)
    assert (ended.code, ended.out) == (2, "")
    lines = ended.err.splitlines()
    assert len(lines) == 2
    assert "horizon_years: must be at most 10" in lines[0]
    assert "services.2.posts.1.fte" in lines[1]
    assert len(run("validate", bad).err.splitlines()) == 2


def test_validate_finds_what_only_costing_finds(run: Run, tmp_path: Path) -> None:
    early = tmp_path / "early.yaml"
    early.write_text(TEXT.replace("2026-04", "2001-04"), encoding="utf-8")
    ended = run("validate", early)
    assert ended.code == 2
    assert "organisation.first_month" in ended.err


def test_schema_is_a_json_schema(run: Run) -> None:
    schema: dict[str, Any] = json.loads(run("schema").out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "contracts" in schema["properties"]


def test_library_lists_names_and_a_line_about_each(run: Run, library: Path) -> None:
    assert library.is_dir()
    entries = json.loads(run("library", "--format", "json").out)
    assert [entry["id"] for entry in entries] == ["two_dearer", "two_services"]
    assert entries[0] == {"id": "two_dearer", "name": "Dearer travel", "description": "One thing."}
    assert "two_dearer: Dearer travel. One thing." in run("library").out


def test_library_that_is_not_there_is_said_to_be(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDING_MODEL_SCENARIOS", str(tmp_path / "none"))
    ended = run("library")
    assert ended.code == 2
    assert "FUNDING_MODEL_SCENARIOS" in ended.err


def test_new_saves_a_scenario_that_can_be_compared(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert run("new", "--to", path).code == 0
    assert run("validate", path).code == 0
    saved = path.read_text(encoding="utf-8")
    assert run("new").out == saved
    path.write_text("mine", encoding="utf-8")
    ended = run("new", "--to", path)
    assert ended.code == 2
    assert "is there already" in ended.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("new", "--to", tmp_path / "no" / "where.yaml").code == 2
    assert run("new", "--to", "a\0b").code == 2
    assert run("new", "--to", "").code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(run: Run, command: str) -> None:
    ended = run(command, "--help")
    assert ended.code == 0
    assert f"funding-model {command}" in ended.out.split("Example:")[1]
    assert command in run("--help").out


# In a process of its own


def started(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - as subprocess.run
    return subprocess.run(
        [sys.executable, "-m", "funding_model", *arguments],
        cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8", **more,
    )  # fmt: skip


def test_from_a_shell_it_writes_utf_8_whatever_the_shell_says(file: Path) -> None:
    ended = started("compare", str(file), env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "£" in ended.stdout


def test_from_a_shell_a_reader_may_stop_reading(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "funding_model", "compare", str(file), str(file), "--format", "json"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_from_a_shell_help_loads_nothing_of_the_model() -> None:
    program = (
        "import sys, funding_model.cli as cli; cli.main(['--help']);"
        "print([name for name in ('numpy', 'pydantic', 'yaml') if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    assert ended.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("identifier", library_ids())
def test_every_scenario_of_the_library_is_shown_in_a_hundred_columns(run: Run, identifier: str) -> None:
    ended = run("compare", identifier)
    assert ended.code in {0, 1}
    assert max(map(len, ended.out.splitlines())) <= 100
    assert run("allocate", identifier).code == 0
