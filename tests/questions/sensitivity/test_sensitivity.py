"""Tornado, indices and grid of the model beside the same cases entered by hand."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from funding_model.problems import ProblemsError
from funding_model.questions.compare import compare
from funding_model.questions.notes.contracts import COUNTED_BY_CHANCE
from funding_model.questions.sensitivity import Settings, sensitivity, sensitivity_rows
from funding_model.questions.sensitivity.tornado import with_defaults
from funding_model.questions.uncertainty.asked import Asked
from funding_model.questions.uncertainty.drawing import Work
from funding_model.report.look import DARK, LIGHT, Look
from funding_model.report.sensitivities import (
    heat_chart,
    sensitivity_grids,
    sensitivity_sentences,
    sensitivity_text,
    tornado_chart,
)
from funding_model.report.words import pounds
from tests.questions.small_scenarios import scenario
from tests.report.told import not_shown

WIDE: Final = {"value": 0.2, "low": 0.1, "high": 0.4, "distribution": "triangular"}
HIRE: Final = {"value": 1_500, "low": 1_000, "high": 3_000, "distribution": "uniform"}
RANGES: Final[dict[str, Any]] = {
    "assumptions.turnover": WIDE,
    "assumptions.cost_per_hire": HIRE,
    "assumptions.months_to_fill": {"value": 2, "low": 1, "high": 4},
    "contracts.1.award.renewal_probability": {"value": 0.9, "low": 0.6, "high": 1, "distribution": "pert"},
    "contracts.2.award.renewal_probability": {"value": 0.9, "low": 0.5, "high": 1, "distribution": "pert"},
}
NO_INDICES: Final = Settings(samples=0)


def surplus(settings: dict[str, Any], contract: str = "Each year", result: str = "surplus_posts_filled") -> float:
    return float(getattr(compare(scenario(settings), [contract]).totals, result)[0])


def by_place(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {bar["place"]: bar for bar in document["tornado"]}


def test_each_bar_is_the_case_entered_by_hand() -> None:
    document = sensitivity(scenario(RANGES), Asked(), NO_INDICES)
    assert document["central"] == surplus(RANGES)
    bars = by_place(document)
    assert set(bars) >= set(RANGES) - {"contracts.2.award.renewal_probability"}
    for place, entered in RANGES.items():
        if place not in bars:
            continue
        for end in ("low", "high"):
            assert bars[place][f"at_{end}"] == surplus({**RANGES, place: entered[end]}), (place, end)
        assert bars[place]["source"] == "range"
        assert bars[place]["change_low"] == bars[place]["at_low"] - document["central"]


def test_ranges_of_other_contracts_are_left_out() -> None:
    document = sensitivity(scenario(RANGES), Asked("Three years"), NO_INDICES)
    assert "contracts.2.award.renewal_probability" in by_place(document)
    assert "contracts.1.award.renewal_probability" not in by_place(document)
    both = sensitivity(scenario(RANGES), Asked("Three years", "Each year"), NO_INDICES)
    assert {"contracts.1.award.renewal_probability", "contracts.2.award.renewal_probability"} <= set(by_place(both))


def test_the_widest_swing_comes_first_and_signs_are_kept() -> None:
    bars = sensitivity(scenario(RANGES), Asked(), NO_INDICES)["tornado"]
    assert [bar["swing"] for bar in bars] == sorted((bar["swing"] for bar in bars), reverse=True)
    hire = next(bar for bar in bars if bar["place"] == "assumptions.cost_per_hire")
    assert hire["change_low"] > 0 > hire["change_high"]


def test_a_default_with_a_published_range_is_varied_and_told_as_such() -> None:
    bars = by_place(sensitivity(scenario(), Asked(), NO_INDICES))
    turnover = bars["assumptions.turnover"]
    assert (turnover["source"], turnover["low"], turnover["value"], turnover["high"]) == ("published", 0.16, 0.18, 0.22)
    assert turnover["at_high"] == surplus({"assumptions.turnover": 0.22})
    assert {bar["source"] for bar in bars.values()} == {"published"}


def test_entering_the_defaults_changes_no_result() -> None:
    entered = compare(with_defaults(scenario())).totals
    assert entered.surplus.tolist() == compare(scenario()).totals.surplus.tolist()
    assert entered.purse_present_value.tolist() == compare(scenario()).totals.purse_present_value.tolist()


def test_a_spread_is_only_made_when_asked_for_and_is_labelled() -> None:
    document = sensitivity(scenario({"assumptions.return_hours": 10}), Asked(), Settings(spread=0.1, samples=0))
    bars = by_place(document)
    hours = bars["assumptions.return_hours"]
    assert (hours["source"], hours["low"], hours["high"]) == ("spread", 9.0, 11.0)
    renewal = bars["contracts.1.award.renewal_probability"]
    assert (renewal["low"], renewal["high"]) == (0.9 * 0.9, 0.9 * 1.1)
    assert any("is no evidence" in note["text"] for note in document["notes"])
    certain = {"contracts.1.award.renewal_probability": 1}
    bars = by_place(sensitivity(scenario(certain), Asked(), Settings(spread=0.1, samples=0)))
    assert bars["contracts.1.award.renewal_probability"]["high"] == 1.0


def test_indices_of_what_is_additive_add_up_to_one() -> None:
    certain = {f"contracts.{number}.award.renewal_probability": 1 for number in (1, 2)}
    both = {
        **certain,
        "assumptions.done_by": "bought_in",
        "assumptions.provider_hour_value": 30,
        "assumptions.cost_per_hire": HIRE,
        "assumptions.return_hours": {"value": 10, "low": 0, "high": 40, "distribution": "uniform"},
    }
    document = sensitivity(scenario(both), Asked(), Settings(samples=512))
    indices = document["indices"]
    assert indices["evaluations"] == 4 * 512
    swings = {bar["place"]: bar["at_high"] - bar["at_low"] for bar in document["tornado"]}
    parts = {each["place"]: swings[each["place"]] ** 2 for each in indices["inputs"]}
    for each in indices["inputs"]:
        expected = parts[each["place"]] / sum(parts.values())
        assert each["first"] == pytest.approx(expected, abs=max(0.01, 4 * each["first_error"]))
        assert each["total"] == pytest.approx(expected, abs=max(0.01, 4 * each["total_error"]))


def test_a_smaller_loss_because_the_service_is_likelier_to_end_is_told_to_be_no_gain() -> None:
    asked = Asked("Each year")
    told = sensitivity(scenario(), asked, Settings(samples=0, spread=0.1))["notes"]
    assert [note["text"] for note in told].count(COUNTED_BY_CHANCE) == 1
    chance = {"contracts.1.award.renewal_probability": 1, "contracts.2.award.renewal_probability": 1}
    one = sensitivity(scenario(chance), Asked("Each year", result="full_cost"), Settings(samples=0, spread=0.1))[
        "notes"
    ]
    assert COUNTED_BY_CHANCE not in [note["text"] for note in one]


def test_without_distributions_there_are_no_indices() -> None:
    document = sensitivity(scenario({"assumptions.turnover": {**WIDE, "distribution": "fixed"}}), Asked())
    assert document["indices"] is None
    assert any("no shares of variance" in note["text"] for note in document["notes"])


def test_correlations_are_left_out_of_the_indices_and_that_is_said() -> None:
    settings = {
        **RANGES,
        "correlations": [{"first": "turnover", "second": "cost_per_hire", "rank_correlation": 0.5}],
    }
    document = sensitivity(scenario(settings), Asked(), Settings(samples=64))
    assert any("as if independent" in note["text"] for note in document["notes"])


@pytest.mark.parametrize(
    ("grid", "by_hand"),
    [
        (("assumptions.turnover", "assumptions.cost_per_hire=500:2500"),
         ("assumptions.turnover", "assumptions.cost_per_hire")),
        (("contracts.1.price.overhead_rate=0:0.4", "services.1.posts.1.salary=25000:31000"),
         ("contracts.1.price.overhead_rate", "services.1.posts.1.salary")),
    ],
)  # fmt: skip
def test_each_cell_of_a_grid_is_the_case_entered_by_hand(grid: tuple[str, str], by_hand: tuple[str, str]) -> None:
    document = sensitivity(scenario(RANGES), Asked(), Settings(samples=0, grid=grid, steps=3))
    found = document["grid"]
    first, second = found["first"]["values"], found["second"]["values"]
    assert len(first) == len(second) == 3
    for one, row in zip(first, found["results"], strict=True):
        for other, result in zip(second, row, strict=True):
            assert result == surplus({**RANGES, by_hand[0]: one, by_hand[1]: other})


def test_a_grid_takes_an_assumption_from_its_own_low_to_its_high() -> None:
    settings = Settings(samples=0, grid=("assumptions.turnover", "term=11:13"), steps=3)
    found = sensitivity(scenario(RANGES), Asked("Three years"), settings)["grid"]
    assert found["first"]["values"] == pytest.approx([0.1, 0.25, 0.4])
    assert found["second"]["values"] == [11, 12, 13]
    assert [value is None for value in found["results"][0]] == [True, True, False]


def test_the_same_bytes_in_any_pieces_and_processes() -> None:
    settings = Settings(samples=64, grid=("assumptions.turnover", "cost_growth"), steps=2)
    once = json.dumps(sensitivity(scenario(RANGES), Asked(), settings, Work(processes=1)))
    for work in (Work(chunk=5, processes=1), Work(chunk=40, processes=2)):
        assert json.dumps(sensitivity(scenario(RANGES), Asked(), settings, work)) == once


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(spread=1.5), "must be above 0 and below 100 per cent; you entered 150."),
        (Settings(samples=3), "must be 0 for none, or between 64 and 16,384."),
        (Settings(seed=-1), "--seed"),
        (Settings(grid=("uplift",)), "needs two inputs"),
        (Settings(steps=1), "between 2 and 25"),
        (Settings(grid=("uplift", "uplift")), "names the same input twice"),
        (Settings(grid=("uplift", "happiness")), "is not a field"),
        (Settings(grid=("uplift=1:0", "term")), "the lower first"),
        (Settings(grid=("uplift", "assumptions.freeze_months")), "Give one: assumptions.freeze_months=LOW:HIGH"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(settings: Settings, words: str) -> None:
    with pytest.raises(ProblemsError, match=words):
        sensitivity(scenario(RANGES), Asked(), settings)


# In words and charts


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    settings = Settings(samples=64, spread=0.1, grid=("assumptions.turnover", "cost_growth"), steps=3)
    return sensitivity(scenario(RANGES), Asked(than="Three years", contract="Each year", year="2028-29"), settings)


def test_every_number_in_a_sentence_stands_in_a_table(document: dict[str, Any]) -> None:
    sentences = sensitivity_sentences(document)
    assert len(sentences) >= 6
    assert not not_shown(sentences, sensitivity_grids(document))
    assert max(map(len, sensitivity_text(document).splitlines())) <= 100


def test_what_changes_nothing_is_said() -> None:
    found = sensitivity(scenario({**RANGES}), Asked(result="fundable_cost"), NO_INDICES)
    assert "None of the inputs that are not certain changes it." in sensitivity_sentences(found)


def test_rows_hold_every_bar_index_and_cell(document: dict[str, Any]) -> None:
    rows = sensitivity_rows(document)
    expected = 2 * len(document["tornado"]) + 4 * len(document["indices"]["inputs"]) + 9
    assert len(rows) == expected


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_charts_describe_themselves_with_the_numbers_of_the_table(document: dict[str, Any], look: Look) -> None:
    tornado = tornado_chart(document, look).to_dict()
    bar = document["tornado"][0]
    assert f"{bar['label']}: {pounds(bar['at_low'])} at" in tornado["description"]
    heat = heat_chart(document, look).to_dict()
    known = [value for row in document["grid"]["results"] for value in row]
    assert f"between {pounds(min(known))} and {pounds(max(known))}" in heat["description"]
    assert pounds(known[0]) in json.dumps(heat, ensure_ascii=False)
