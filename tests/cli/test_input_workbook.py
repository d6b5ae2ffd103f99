"""The command input-workbook, and a workbook in place of a scenario file in the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from funding_model.scenario.library import load_library
from funding_model.scenario.loading import load_file
from tests.scenario.workbook.by_hand import SMALL, content, small, typed

Run = Callable[..., tuple[int, str, str]]


def test_a_workbook_of_a_scenario_takes_its_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hub.xlsx"
    code, shown, wrong = run("input-workbook", "family_support_hub", "--to", path)
    assert (code, wrong) == (0, "")
    assert shown == f"The workbook is in {path}. When it is filled in: funding-model validate {path}\n"
    assert load_file(path) == load_library("family_support_hub")
    assert run("compare", path)[1] == run("compare", "family_support_hub")[1]


def test_values_may_be_laid_over_it(run: Run, tmp_path: Path) -> None:
    path, typed_over = tmp_path / "hub.xlsx", "services.1.posts.1.fte=0.5"
    assert run("input-workbook", "family_support_hub", "--set", typed_over, "--to", path)[0] == 0
    scenario, _ = load_file(path)
    assert scenario is not None
    assert scenario.services[0].posts[0].fte == 0.5
    code, _, wrong = run("compare", path, "--set", "services.1.posts.1.fte=5")
    assert code == 2
    assert wrong.startswith("services.1.posts.1.fte: must be at most 1; you entered 5.")


def test_slips_are_named_by_cell_with_the_file(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(content(typed(SMALL)))
    bad.write_bytes(content(typed(small(Posts={"D7": 7}))))
    assert run("validate", good)[0] == 0
    code, _, wrong = run("validate", good, bad)
    assert code == 2
    assert wrong.strip().endswith(
        ": Posts, cell D7: must be at most 1; you entered 7. 1 is full time: enter how many "
        "people hold the post as headcount."
    )


def test_what_cannot_be_saved_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("kept", encoding="utf-8")
    code, _, wrong = run("input-workbook", "--to", path)
    assert code == 2
    assert wrong.endswith("is there already and is left as it is. Choose another name.\n")
    assert path.read_text(encoding="utf-8") == "kept"
    assert "does not end in .xlsx" in run("input-workbook", "--to", tmp_path / "mine.xls")[2]
    assert "cannot be written" in run("input-workbook", "--to", tmp_path / "none" / "mine.xlsx")[2]
    assert (
        "has no effect on a blank workbook" in run("input-workbook", "--set", "name=x", "--to", tmp_path / "b.xlsx")[2]
    )
