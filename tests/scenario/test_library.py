"""The library of scenarios, and scenarios that extend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from funding_model.problems import ProblemsError
from funding_model.scenario.library import library_entry, library_folder, library_ids, load_library, starter_document
from funding_model.scenario.loading import load_file, load_text
from funding_model.scenario.overrides import apply_overrides, parse_value


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "hub.yaml").write_text(starter_document(), encoding="utf-8")
    (folder / "part_time.yaml").write_text(
        "extends: hub\nname: Part time\noverrides:\n  services.Family support.posts.Team leader.fte: 0.5\n"
    )
    (folder / "Not An Id.yaml").write_text("name: x")
    (tmp_path / "secret.yaml").write_text(starter_document(), encoding="utf-8")
    monkeypatch.setenv("FUNDING_MODEL_SCENARIOS", str(folder))
    return folder


def said(text: str) -> list[str]:
    scenario, problems = load_text(text)
    assert scenario is None
    return [str(problem) for problem in problems]


def test_the_library_lists_and_loads_its_scenarios() -> None:
    assert library_ids() == ["hub", "part_time"]
    assert library_entry("hub") == ("hub", "My scenario", "One service under two contracts.")
    assert library_entry("part_time") == ("part_time", "Part time", "One service under two contracts.")
    scenario, problems = load_library("part_time", {"horizon_years": 5})
    assert problems == []
    assert scenario is not None
    assert (scenario.name, scenario.horizon_years, scenario.services[0].posts[1].fte) == ("Part time", 5, 0.5)


def test_a_scenario_extends_one_that_extends_another() -> None:
    scenario, problems = load_text(
        "extends: part_time\nname: Third\ndescription: A third.\noverrides:\n"
        "  organisation.opening_free_reserves: 50000\n  services.1.lines: []\n  assumptions.turnover: {value: 0.2}\n"
        "  contracts.annual rolled forward.price.current: 135000\n"
    )
    assert problems == []
    assert scenario is not None
    assert (scenario.name, scenario.description) == ("Third", "A third.")
    assert scenario.organisation.opening_free_reserves == 50_000
    assert scenario.services[0].lines == ()
    assert scenario.services[0].posts[1].fte == 0.5
    assert scenario.contracts[0].price.current == 135_000


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "hub.yaml", "Hub", "hub\n", "", "..", "a/b", "~", "%2e"])
def test_extends_takes_an_id_and_never_a_path(path: str) -> None:
    (problem,) = load_text(f'extends: "{path}"'.replace("\n", "\\n"))[1]
    assert problem.where == "extends"
    assert problem.message.endswith("is not the id of a scenario in the library.")


def test_a_circle_and_a_long_chain_are_named(library: Path) -> None:
    (library / "a.yaml").write_text("extends: b")
    (library / "b.yaml").write_text("extends: a")
    assert said("extends: a") == ["extends: the scenarios extend each other in a circle: a -> b -> a. Break it."]
    for number in range(1, 9):
        (library / f"c{number}.yaml").write_text(f"extends: c{number + 1}")
    assert said("extends: c1") == [
        (
            "extends: there are more than 5 scenarios, each extending the next: c1 -> c2 -> c3 -> c4 -> c5. "
            "Extend an earlier one."
        )
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "extends: hob",
            'extends: there is no scenario "hob" in the library; did you mean "hub"? Scenarios: "hub", "part_time".',
        ),
        (
            "extends: hub\nhorizon_years: 4",
            "horizon_years: stands beside extends. Put it into overrides as horizon_years: value.",
        ),
        (
            "extends: hub\noverrides: [1]",
            (
                "overrides: must be a group of paths with values; you entered a list of 1. "
                "Write each as services.1.posts.1.fte: 0.8."
            ),
        ),
        (
            "extends: hub\noverrides: {services.Family suport.name: x}",
            (
                'overrides.services.Family suport.name: in services, there is no item "Family suport"; did you mean '
                '"Family support"? There are: "Family support".'
            ),
        ),
        (
            "extends: hub\noverrides: {services.2.name: x}",
            'overrides.services.2.name: in services, there is no item "2". There are: "Family support".',
        ),
        (
            "extends: hub\noverrides: {organisation.opening_reserves: 5}",
            (
                'overrides.organisation.opening_reserves: in organisation, "opening_reserves" is not a '
                "field; did you mean "
                '"opening_free_reserves"? Fields: '
            ),
        ),
        (
            "extends: hub\noverrides: {services.1.posts.1.fte: 1, services.Family support.posts.1.fte: 0.5}",
            (
                'overrides.services.Family support.posts.1.fte: sets what "services.1.posts.1.fte" sets as well. '
                "Keep one of them."
            ),
        ),
        (
            "extends: hub\noverrides: {services.1.posts.1.fte: 1, services.1.posts: []}",
            'overrides.services.1.posts: sets what "services.1.posts.1.fte" sets as well. Keep one of them.',
        ),
        (
            "extends: hub\noverrides: {name.first: x}",
            (
                'overrides.name.first: in name, there is nothing below a single value, so "first" is not there. '
                "Shorten the path."
            ),
        ),
        (
            "extends: hub\noverrides: {services.1.posts.1.fte: 12}",
            "services.1.posts.1.fte: must be at most 1; you entered 12. 1 is full time: enter how many people hold ",
        ),
    ],
)
def test_a_slip_in_an_extension_is_explained(text: str, problem: str) -> None:
    (found,) = said(text)
    assert found.startswith(problem)


def test_overrides_without_extends_are_a_problem() -> None:
    assert said(starter_document() + "\noverrides: {name: x}\n") == [
        "overrides: has no effect without extends. Name a scenario of the library in extends, or change the fields."
    ]


def test_an_override_makes_the_groups_that_are_blank_and_leaves_the_document_alone() -> None:
    services = [{"name": "a"}, {"name": "b"}, {"name": "b"}]
    document: dict[str, Any] = {"assumptions": {"turnover": 0.2}, "services": services}
    changed, problems = apply_overrides(
        document,
        {
            "organisation.reconciliation.total": 9,
            "assumptions.turnover.high": 0.3,
            "services.a.people.unit": "families",
        },
    )
    assert problems == []
    assert changed["organisation"] == {"reconciliation": {"total": 9}}
    assert changed["assumptions"] == {"turnover": {"value": 0.2, "high": 0.3}}
    assert changed["services"][0] == {"name": "a", "people": {"unit": "families"}}
    assert document["services"][0] == {"name": "a"}
    _, (problem,) = apply_overrides(document, {"services.b.name": "c"})
    assert str(problem) == ('services.b.name: in services, several items are called "b". Use the number: 2 and 3.')


def test_the_command_lines_values_are_read_as_in_a_file() -> None:
    assert parse_value("0.8") == (0.8, [])
    assert parse_value("a b") == ("a b", [])
    assert parse_value("") == (None, [])
    assert parse_value("[1, {a: no}]") == ([1, {"a": False}], [])
    assert parse_value("*x")[1]


def test_without_a_library_the_problem_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FUNDING_MODEL_SCENARIOS", str(tmp_path / "nowhere"))
    assert library_ids() == []
    assert said("extends: hub") == [
        (
            "extends: no library of scenarios is installed here. "
            "Name its folder in the environment variable FUNDING_MODEL_SCENARIOS."
        )
    ]
    with pytest.raises(ProblemsError, match="no library"):
        library_entry("hub")
    monkeypatch.delenv("FUNDING_MODEL_SCENARIOS")
    assert library_folder().name == "scenarios"


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, "a\0b"):
        scenario, problems = load_file(path)
        assert scenario is None
        assert "cannot be opened" in problems[0].message
    (tmp_path / "s.yaml").write_text(starter_document(), encoding="utf-8")
    assert load_file(tmp_path / "s.yaml")[1] == []


def test_a_broken_library_scenario_names_its_file_and_line(library: Path) -> None:
    (library / "broken.yaml").write_text("a: 1\na: 2")
    assert said("extends: broken") == [
        'extends: in broken, line 2: the key "a" is there twice, first on line 1. Keep one of them.'
    ]
