"""The data ship inside the package."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from funding_model.reference import cases, defaults, evidence, parameters
from funding_model.reference.reading import frozen, read_csv, read_yaml

DATA = files("funding_model.reference") / "data"
NAMES = [
    "assumptions.yaml",
    "evidence.yaml",
    "fcr_worked_examples.yaml",
    "parameters.yaml",
    "real_cases/charity_accounts.yaml",
    "real_cases/ni_contracts.csv",
    "real_cases/ni_unit_costs.yaml",
]

INSIDE_A_COMPUTER = re.compile(r"file:/|localhost|127\.\d|(?:^|[\s\"'(=])(?:~/|/\w+/)|\b[A-Z]:\\", re.MULTILINE)
"""A path, or the name of the computer itself."""


def test_everything_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_yaml("parameters.yaml")["meta"]["compiled"] == str(parameters.reference_data_date())
    assert read_yaml("evidence.yaml")["meta"]["compiled"] == evidence.load_evidence().compiled
    assert len(read_yaml("assumptions.yaml")["assumptions"]) == len(defaults.assumption_defaults())
    assert len(read_csv("real_cases/ni_contracts.csv")) == len(cases.ni_contracts())


@pytest.mark.parametrize("name", NAMES)
def test_no_data_file_points_into_a_computer(name: str) -> None:
    text = DATA.joinpath(*name.split("/")).read_text(encoding="utf-8")
    assert INSIDE_A_COMPUTER.findall(text) == []


@pytest.mark.parametrize(
    "text", ["at /some/where", "(/some/file", "~/notes", "file://x", "D:\\", "http://localhost:1", "127.0.0.1"]
)
def test_places_in_a_computer_are_told_from_addresses_and_from_words(text: str) -> None:
    assert INSIDE_A_COMPUTER.search(text)
    assert not INSIDE_A_COMPUTER.search("and/or, 2025/26, see file: https://example.org/some/where")


def test_frozen_values_cannot_be_changed_at_any_depth() -> None:
    value = frozen({"list": [1, {"inner": [2]}], "word": "text"})
    assert value["list"][0] == 1
    assert value["list"][1]["inner"] == (2,)
    with pytest.raises(TypeError):
        value["list"][1]["inner"] = ()
    with pytest.raises(TypeError):
        value["word"] = ""
