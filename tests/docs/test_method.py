"""The documentation is kept true: modules, fields, assumptions and limits stand in it, and what it shows works."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from funding_model.cli import main
from funding_model.questions.notes import LIMITS
from funding_model.reference.defaults import assumption_defaults
from funding_model.report.manual import PAGES
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.walk import kind_of, kind_of_field

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
METHOD = (DOCS / "method.md").read_text(encoding="utf-8")
PAGES_OF_TEXT = (*(ROOT / name for name in ("README.md", "CHANGELOG.md")), *sorted(DOCS.glob("*.md")))
MODULES = sorted(path.stem for path in (ROOT / "funding_model" / "costing").glob("*.py") if path.stem != "__init__")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(funding-model [^`]+|compare [^`]*--[^`]+|allocate [^`]*--[^`]+)`")
OWN_FILES = {"my_service.yaml": starter_document(), "my_overheads.yaml": starter_document()}
"""Files of the reader's own that the commands shown read."""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES)
def test_every_module_of_the_core_is_named(module: str) -> None:
    assert f"`{module}.py`" in METHOD


def test_every_module_named_exists() -> None:
    assert sorted(set(re.findall(r"`(\w+)\.py`", METHOD))) == MODULES


@pytest.mark.parametrize("name", PAGES)
def test_pages_drawn_from_the_code_are_up_to_date(name: str) -> None:
    assert read(DOCS / name) == PAGES[name](), "run make docs"


def groups_of_fields(model: type, seen: dict[str, type]) -> dict[str, type]:
    seen[model.__name__] = model
    for field in model.model_fields.values():  # type: ignore[attr-defined]
        kind = kind_of_field(field)
        inner = kind.model or (kind_of(kind.item).model if kind.item is not None else None)
        if inner is not None and inner.__name__ not in seen:
            groups_of_fields(inner, seen)
    return seen


@pytest.mark.parametrize("group", sorted(groups_of_fields(Scenario, {})))
def test_every_field_is_on_the_page_with_its_help(group: str) -> None:
    part = read(DOCS / "fields.md").split(f"### {group}\n")[1].split("\n#")[0]
    model = groups_of_fields(Scenario, {})[group]
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        row = next(line for line in part.splitlines() if line.startswith(f"| `{name}` |"))
        assert " ".join(field.description.split()) in row
        assert row.count(" | ") == 4


def test_bounds_and_defaults_are_on_the_page() -> None:
    page = read(DOCS / "fields.md")
    assert "| `fte` | FTE | full-time equivalent of each head; above 0, at most 1 | must be entered |" in page
    assert "| `horizon_years` | Number of years | whole number: years; at least 1, at most 10 | 3 |" in page
    assert "| `interval_months` | Each payment covers | 1, 2, 3, 4, 6, 12 months | 3 |" in page
    assert (
        "| `renewal_probability` | Renewal probability | Assumption, fraction, 0 to 1; at least 0, at most 1 | 1 |"
        in page
    )


@pytest.mark.parametrize("name", assumption_defaults())
def test_every_assumption_has_default_source_date_and_confidence(name: str) -> None:
    default = assumption_defaults()[name]
    part = read(DOCS / "assumptions.md").split(f"(`{name}`)\n")[1].split("\n#")[0]
    assert f"- Status and confidence: {default.status}; {default.confidence}" in part
    assert re.search(r"^- Default: .+", part, re.MULTILINE)
    assert f"- Source: {default.source_title or 'none'}" in part
    assert default.date in part
    assert default.basis in part


def test_what_every_report_says_stands_in_the_method() -> None:
    said = METHOD.split("## Said in every report")[1].split("\n## ")[0]
    assert re.findall(r"^- (.+\.)$", said, re.MULTILINE)[: len(LIMITS)] == list(LIMITS)


# What the pages show


def commands() -> Iterator[str]:
    for path in PAGES_OF_TEXT:
        for _, block in FENCE.findall(read(path)):
            yield from (line for line in block.splitlines() if line.startswith("funding-model "))
        for command in INLINE.findall(FENCE.sub("", read(path))):
            yield command if command.startswith("funding-model ") else f"funding-model {command}"


def complete(command: str) -> list[str]:
    """Return the arguments of a command; one that names no scenario is asked of an example."""
    arguments = shlex.split(command, comments=True)[1:]
    if arguments[0] in ("compare", "allocate") and (len(arguments) == 1 or arguments[1].startswith("--")):
        arguments.insert(1, "family_support_hub")
    return arguments


@pytest.mark.parametrize("command", dict.fromkeys(commands()))
def test_every_command_shown_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in OWN_FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(complete(command)) == 0
    shown = capsys.readouterr()
    assert shown.out
    assert not shown.err


@pytest.mark.parametrize("path", PAGES_OF_TEXT, ids=lambda path: path.name)
def test_every_sample_of_data_can_be_read(path: Path) -> None:
    for language, block in FENCE.findall(read(path)):
        if language == "json":
            json.loads(block)
        elif language == "yaml":
            assert load_text(block)[0] is not None or isinstance(yaml.safe_load(block), dict)


def test_keys_described_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "family_support_hub", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    tables = read(DOCS / "json.md").split("\n# ")[0].split("\n#")
    for heading, printed in (("# The whole", document), ("# A contract", document["contracts"][0])):
        table = next(part for part in tables if part.startswith(f"{heading}\n"))
        rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
        described = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
        assert described - {"across"} == set(printed)


def described_in(heading: str) -> set[str]:
    """Return the keys in the first column of the table under a heading of the page on JSON."""
    part = read(DOCS / "json.md").split(f"\n{heading}\n")[1].split("\n#")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


def test_keys_of_a_bridge_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bridge", "short_breaks", "--format", "json", "--result", "price"]) == 0
    bridges = json.loads(capsys.readouterr().out)
    document = bridges[0] if isinstance(bridges, list) else bridges
    assert described_in("# What `bridge --format json` prints") == set(document)
    assert described_in("## A result of a bridge") == set(document["results"][0])


def test_keys_of_a_gap_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gap", "short_breaks", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `gap --format json` prints") == set(document)
    assert described_in("## A contract's gap") == set(document["contracts"][0])


def test_keys_of_a_simulation_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "family_support_hub", "--draws", "64", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `simulate --format json` prints") == set(document)
    assert described_in("## A contract's simulation") == set(document["contracts"][0])
    assert described_in("## A probability of a simulation") == set(document["probabilities"][0])


def test_keys_of_sensitivity_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sensitivity", "family_support_hub", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `sensitivity --format json` prints") == set(document)
    assert described_in("## A bar of a tornado") == set(document["tornado"][0])


def test_keys_of_break_even_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["break-even", "multi_service_charity", "--input", "price", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `break-even --format json` prints") == set(document)
    assert described_in("## A root of break-even") == set(document["roots"][0])


def test_keys_of_a_workforce_plan_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workforce", "family_support_hub", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `workforce --format json` prints") == set(document)
    contract = document["contracts"][0]
    assert described_in("## A contract's workforce") == set(contract)
    assert described_in("## Measures of the workforce") == set(contract["years"][0]) - {"year"}


def test_keys_of_a_driver_defence_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drivers", "family_support_hub", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    described = described_in("# What `drivers --format json` prints")
    assert described == set(document)
    assert described_in("## A way of sharing") == set(document["ways"][0])


def test_keys_of_a_ladder_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ladder", "short_breaks", "--contract", "three-year fixed price", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `ladder --format json` prints") == set(document)
    contract = document["contracts"][0]
    assert described_in("## A contract's ladder") == set(contract)
    price = next(each for each in contract["components"] if each["component"] == "price")
    part = read(DOCS / "json.md").split("## A contract's ladder")[1].split("\n#")[0]
    assert all(f"`{key}`" in part for key in (*price, *price["tried"][0], *contract["made_of"]))
    assert described_in("## A concession") == set(price["smallest"])


def test_keys_of_a_waiting_list_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["waiting", "short_breaks", "--clear-by", "2027-10", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `waiting --format json` prints") == set(document)
    contract = document["contracts"][0]
    assert described_in("## A contract's waiting list") == set(contract)
    part = read(DOCS / "json.md").split("## A contract's waiting list")[1].split("\n# ")[0]
    assert all(f"`{key}`" in part for key in (*contract["months"][0], *contract["clearing"][0]))


def test_keys_of_a_change_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["change", "short_breaks", "--from", "2027-10", "--referrals", "2", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `change --format json` prints") == set(document)
    contract = document["contracts"][0]
    assert described_in("## A contract's change") == set(contract)
    part = read(DOCS / "json.md").split("# What `change --format json` prints")[1].split("\n# ")[0]
    keys = [*contract["allows"], *contract["who_pays"], *contract["delivered"], *contract["variations"]]
    keys += document["change"]
    assert all(f"`{key}`" in part for key in keys)


def test_keys_of_an_explanation_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "short_breaks", "--figure", "overhead", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert described_in("# What `explain --format json` prints") == set(document)
    given = next(node for node in document["nodes"] if node["entry"])
    assert set(given) <= described_in("## A figure of an explanation")
    text = read(DOCS / "json.md")
    assert all(f"`{key}`" in text for key in given["entry"])


@pytest.mark.parametrize("path", PAGES_OF_TEXT, ids=lambda path: path.name)
def test_links_and_files_exist(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", read(path)):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", PAGES_OF_TEXT, ids=lambda path: path.name)
def test_targets_of_make_exist(path: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", read(path), re.MULTILINE)) <= known


def test_the_index_names_every_page() -> None:
    index = read(DOCS / "README.md")
    assert all(f"({path.name})" in index for path in DOCS.glob("*.md") if path.name != "README.md")
