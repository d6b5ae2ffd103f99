"""The table of measured figures, printed at the end and written to the file that BENCH_FILE names."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest


@dataclass
class Figures:
    """Rows of the table: what was measured, the figure, and what is aimed at."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, figure: str, aim: str = "") -> None:
        """Note a figure."""
        self.rows.append((what, figure, aim))

    def lines(self) -> list[str]:
        """Return the table, with the machine's cores and load."""
        heads = ("measured", "figure", "aim")
        widths = [max(len(row[column]) for row in (heads, *self.rows)) for column in range(len(heads))]
        table = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in (heads, *self.rows)]
        load = ", ".join(f"{mean:.1f}" for mean in os.getloadavg())
        machine = f"{os.cpu_count()} cores, load {load}, Python {platform.python_version()}, numpy {np.__version__}"
        return [machine, "", table[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *table[1:]]


FIGURES = pytest.StashKey[Figures]()


def pytest_configure(config: pytest.Config) -> None:
    """Start an empty table."""
    config.stash[FIGURES] = Figures()


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> Figures:
    """Give the table to a measurement."""
    return pytestconfig.stash[FIGURES]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table and keep it."""
    lines = config.stash[FIGURES].lines()
    terminalreporter.section("figures")
    terminalreporter.write("\n".join([*lines, ""]))
    if path := os.environ.get("BENCH_FILE"):
        Path(path).write_text("\n".join([*lines, ""]), encoding="utf-8")
