"""The JSON Schema of a scenario's file: it takes what the loader takes, and refuses what is none of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from funding_model.scenario.library import library_ids, starter_document
from funding_model.scenario.schema import file_schema
from funding_model.scenario.yaml_text import read_document
from tests.questions.small_scenarios import TEXT

LIBRARY = Path(__file__).parents[2] / "scenarios"
VALIDATOR = Draft202012Validator(file_schema())


def read(text: str | bytes) -> dict[str, Any]:
    document, problems = read_document(text.encode() if isinstance(text, str) else text)
    assert document is not None, problems
    return document


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(file_schema())


@pytest.mark.parametrize("identifier", library_ids())
def test_every_file_of_the_library_keeps_to_it(identifier: str) -> None:
    assert not list(VALIDATOR.iter_errors(read((LIBRARY / f"{identifier}.yaml").read_bytes())))


@pytest.mark.parametrize(
    "text", [starter_document(), TEXT, "extends: short_breaks\nname: Mine\noverrides: {horizon_years: 2}\n"]
)
def test_files_that_are_started_from_it_keep_to_it(text: str) -> None:
    assert not list(VALIDATOR.iter_errors(read(text)))


@pytest.mark.parametrize(
    ("as_it_was", "wrong"),
    [
        ("horizon_years: 3", "horizon_years: 30"),
        ("fte: 0.6", "wage: 0.6"),
        ("term: {months: 36}", "term: {}"),
        ("  - name: Each year", "  - three-year indexd\n  - name: Each year"),
        ("  - name: Each year", "  - {preset: three-year indexed, term: {lenght: 3}}\n  - name: Each year"),
        ("name: Two services", "extend: short_breaks\nname: Two services"),
        ("  secure_months: 6", "  secure_months: -6"),
    ],
)
def test_what_is_wrong_in_a_file_does_not(as_it_was: str, wrong: str) -> None:
    assert TEXT.count(as_it_was) == 1
    assert list(VALIDATOR.iter_errors(read(TEXT.replace(as_it_was, wrong))))
