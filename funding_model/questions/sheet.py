"""Sheet: what every plan says beside its numbers, in the shape in which it is written as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from funding_model import __version__
from funding_model.questions.compare import Comparison, data_date
from funding_model.questions.notes import LIMITS
from funding_model.questions.notes.note import Note
from funding_model.scenario.dumping import input_hash


def notes_of(notes: Iterable[Note]) -> list[dict[str, str]]:
    """Return notes as plain records, each once."""
    return [{"where": note.where, "text": note.text} for note in dict.fromkeys(notes)]


def about(comparison: Comparison) -> dict[str, Any]:
    """Return what holds for every result, which years are parts, and where the results come from."""
    return {
        "limits": list(LIMITS),
        "part_years": comparison.prepared.dates.part_years(),
        "meta": {
            "version": __version__,
            "schema_version": comparison.scenario.schema_version,
            "input_hash": input_hash(comparison.scenario),
            "reference_data_date": data_date(),
        },
    }
