"""What holds for every test: strict arithmetic, the same examples in every run, and in CI nothing skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings

# A slow machine is no finding, so no example is judged by the clock.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=60,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# New examples in every run, and many: HYPOTHESIS_PROFILE=thorough make unit
settings.register_profile("thorough", settings.get_profile("steady"), derandomize=False, max_examples=2_000)
# A mutant is asked only whether it fails: make mutants
settings.register_profile(
    "mutants", settings.get_profile("steady"), max_examples=20, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

BENCHMARKS = Path(__file__).parent / "benchmarks"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks out, except where the command names them."""
    if collection_path == BENCHMARKS and not any("benchmarks" in argument for argument in config.args):
        return True
    return None


@pytest.fixture(scope="session", autouse=True)
def own_saved_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the work that tests save, and the servers that they start, away from the work of whoever runs them."""
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("FUNDING_MODEL_DATA_DIR", str(tmp_path_factory.mktemp("saved-work")))
        settings.delenv("FUNDING_MODEL_DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def strict_arithmetic() -> Iterator[None]:
    """Turn a division by zero, an overflow or an invalid operation in numpy into an error."""
    before = np.seterr(all="raise")
    yield
    np.seterr(**before)


def skipped_in_ci(config: pytest.Config) -> int:
    """Count the tests that were skipped although this is CI, where everything has to run."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return 0
    return len(reporter.stats.get("skipped", []))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI, a run with skipped tests has failed."""
    if exitstatus == pytest.ExitCode.OK and skipped_in_ci(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run with skipped tests has failed."""
    if count := skipped_in_ci(terminalreporter.config):
        terminalreporter.write_line(
            f"CI runs every test: {count} skipped, so this run has failed. Install what each one says it lacks.",
            red=True,
        )
