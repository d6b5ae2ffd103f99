"""Cases of sharing that the tests of their file go by: the published examples, two of our own, and their answers."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import yaml

import funding_model
from funding_model.questions.allocate import allocate_cases

DATA = Path(funding_model.__file__).parent / "reference" / "data"

EXAMPLES: dict[str, Any] = yaml.safe_load((DATA / "fcr_worked_examples.yaml").read_text(encoding="utf-8"))
BY_ID: dict[str, Any] = {case["id"]: case for case in EXAMPLES["cases"]}
ALLOCATION: dict[str, Any] = {
    "id": "office",
    "kind": "allocation",
    "supports": {"Premises": 100, "Management": 60},
    "operating": {"X": 1000, "Y": 2000},
    "usage": {"Premises": {"Management": 10, "X": 30, "Y": 60}, "Management": {"Premises": 5, "X": 15, "Y": 5}},
}
TWO_STAGES: dict[str, Any] = BY_ID["cambridge_9706_primary_apportionment"] | {
    "kind": "primary_then_step",
    "support_usage": {
        "Maintenance": {"Machining": 60, "Assembly": 30, "Canteen": 10},
        "Canteen": {"Machining": 12, "Assembly": 24, "Maintenance": 4},
    },
    "published": {"step": {"order": ["Canteen", "Maintenance"]}},
}
EVERY_KIND = [*BY_ID.values(), ALLOCATION, TWO_STAGES]


def answers(document: object = EXAMPLES, method: str = "all") -> dict[str, Any]:
    """Return the answers by id of a document that has no problems."""
    result, problems = allocate_cases(document, method)
    assert not problems
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    return {answer["id"]: answer for answer in result["cases"]}


def changed(case: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - anything may stand in a file
    """Return a document of one case with some keys replaced, or taken out where the value is None."""
    entry = {key: value for key, value in (copy.deepcopy(case) | changes).items() if value is not None}
    return {"cases": [entry]}
