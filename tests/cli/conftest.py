"""What the tests of every command use: one run of a command, and a small scenario in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from funding_model.cli import main
from tests.questions.small_scenarios import TEXT


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def ended(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return code, shown.out, shown.err

    return ended


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path
