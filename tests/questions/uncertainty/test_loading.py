"""Only searching, and drawing what is not uniform, load SciPy, and never the whole of its statistics."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from funding_model.cli import main
import funding_model.report.uncertain
assert main(["compare", "family_support_hub"]) == 0
assert main(["sensitivity", "family_support_hub"]) == 0
print("scipy" in sys.modules, file=sys.stderr)
assert main(["simulate", "family_support_hub", "--draws", "64"]) == 0
print("scipy" in sys.modules, file=sys.stderr)
for distribution in ("uniform", "pert"):
    assert main(["simulate", "family_support_hub", "--draws", "64", "--set",
                 "assumptions.turnover={value: 0.18, low: 0.1, high: 0.3, distribution: " + distribution + "}"]) == 0
    print("scipy" in sys.modules, file=sys.stderr)
print("scipy.stats" in sys.modules, file=sys.stderr)
"""


def test_scipy_is_loaded_only_to_draw() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stderr.split() == ["False", "False", "False", "True", "False"]
