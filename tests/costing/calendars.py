"""Calendars for tests that call a stage by itself."""

from __future__ import annotations

import numpy as np

from funding_model.costing.inputs import Calendar


def from_april(months: int) -> Calendar:
    """Return a calendar that starts in April, with rates that never change in mid-year."""
    every = np.arange(months, dtype=np.int64)
    counts = np.bincount(every // 12).astype(np.int64)
    years = np.arange(len(counts), dtype=np.int64)
    return Calendar(months, every // 12, counts, every // 12, years, np.zeros(len(counts), np.int64))
