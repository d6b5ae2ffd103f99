"""Notes beside the results: each warning and each effect that is off, when it should be said and when not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from funding_model.questions.document import as_document
from funding_model.questions.notes import LIMITS, Note, switched_off, warnings
from funding_model.reference.economy import forecast_warning
from funding_model.reference.pay import njc_hourly
from funding_model.units import PAY_WEEKS_A_YEAR
from tests.questions.small_scenarios import compared


def warned(settings: Mapping[str, Any] | None = None) -> list[Note]:
    return warnings(compared(settings))


def off(settings: Mapping[str, Any] | None = None) -> list[Note]:
    return switched_off(compared(settings))


def about(notes: list[Note], words: str) -> list[Note]:
    return [note for note in notes if words in note.text]


def only(notes: list[Note], words: str) -> Note:
    found = about(notes, words)
    assert len(found) == 1, [note.text for note in notes]
    return found[0]


def test_limits_say_that_nobody_has_measured_it() -> None:
    assert LIMITS[0] == "No UK study measures the effect of contract length on cost, staff turnover or outcomes."
    assert any("redundancy" in limit for limit in LIMITS)


def test_notes_are_sentences_with_a_place_and_stand_once() -> None:
    for notes in (warned(), off()):
        assert len(set(notes)) == len(notes)
        assert all(note.where and note.text.endswith((".", "?")) and "_" not in note.text for note in notes)


def test_part_awards_flatter_a_contract_and_a_common_multiple_is_offered() -> None:
    assert not about(warned(), "part-award")
    note = only(warned({"horizon_years": 4}), "part-award")
    assert note.where == "Three years"
    assert "An award lasts 3 years, and the horizon of 4 years cuts the last one short." in note.text
    assert note.text.endswith("3 years would hold whole awards of all contracts.")


def test_extensions_belong_to_the_award_that_is_cut() -> None:
    changed = {"contracts.2.term": {"months": 24, "extensions": 1}, "horizon_years": 2}
    note = only(warned(changed), "part-award")
    assert "An award with its extensions lasts 3 years" in note.text


def test_no_horizon_of_up_to_ten_years_may_fit() -> None:
    notes = warned({"contracts.1.term.months": 48, "contracts.2.term.months": 36, "contracts.1.movement": {}})
    note = only(notes, "part-award")
    assert note.where == "Each year"
    assert note.text.endswith("No horizon of up to 10 years holds whole awards of all contracts.")


def test_a_contract_that_is_cut_for_one_service_names_it() -> None:
    changed = {"services.2.contract_changes": {"Three years": {"term": {"months": 24}}}}
    note = only(warned(changed), "part-award")
    assert note.where == "Three years, Training"
    assert "6 years would hold whole awards" in note.text


def test_an_award_that_is_running_is_counted_to_its_end() -> None:
    running = {"contracts.2.term.first_award_ends": "2027-03"}
    assert only(warned(running), "part-award").where == "Three years"
    assert not about(warned(running | {"horizon_years": 4}), "part-award")


def test_a_term_that_every_service_overrides_is_said_to_be_without_effect() -> None:
    words = "has no effect, because every service has terms"
    every = {"services.1.contract_changes": {"all": {"payment": {"days": 0}}}}
    every["services.2.contract_changes"] = {"Three years": {"payment": {"days": 60}}}
    note = only(warned(every | {"contracts.2.payment.days": 30}), words)
    assert note.where == "Three years"
    assert "says of payment: days allowed for payment has no effect" in note.text
    one = {name: value for name, value in every.items() if name.startswith("services.1")}
    assert not about(warned(one | {"contracts.2.payment.days": 30}), words)  # the other service takes it
    assert not about(warned(every | {"contracts.2.payment.days": 0}), words)  # one service has the same


def test_a_term_that_is_left_at_its_default_is_not_said_to_be_overridden() -> None:
    every = {f"services.{number}.contract_changes": {"all": {"price": {"margin": 0.05}}} for number in (1, 2)}
    assert not about(warned(every), "has no effect, because every service has terms")
    assert about(warned(every | {"contracts.1.price.margin": 0.02}), "says of price: margin has no effect")


def test_a_price_far_above_the_full_cost_is_questioned() -> None:
    words = "far above the full cost"
    assert not about(warned(), words)
    # Thirty per cent a year in place of three: in the third year 1.3 x 1.3 is 1.69 times the first full cost.
    uplift = {"contracts.1.movement.renewal_uplift": 0.3, "contracts.1.price": {}}
    note = only(warned(uplift), words)
    assert note.where == "Each year, all services"
    assert "most in Family support" in note.text
    assert " in 2028-29" in note.text
    assert note.text.endswith("1 per cent is written 0.01.")
    schedule = {"schedule": [90_000, 30_000, 30_000]}
    one = only(warned({"services.2.contract_changes": {"Three years": {"price": schedule}}}), words)
    assert one.where == "Three years, Training"
    assert "£90,000 beside £" in one.text
    assert " in 2026-27." in one.text
    assert "most in" not in one.text


def test_part_years_are_named_with_their_months() -> None:
    note = only(warned({"organisation.first_month": "2026-10"}), "Only a part")
    assert "2026-27 (6 months) and 2029-30 (6 months)" in note.text
    assert not about(warned(), "Only a part")


def test_chances_of_renewal_are_compared_by_the_year() -> None:
    note = only(warned(), "chance of going on")
    assert f"Each year 90.0 per cent and Three years {100 * 0.9 ** (1 / 3):.1f} per cent" in note.text
    assert not about(warned({"contracts.2.award.renewal_probability": 0.9**3}), "chance of going on")


def test_chances_of_extensions_count_towards_the_cycle() -> None:
    changed = {
        "contracts.2.term": {"months": 12, "extensions": 2},
        "contracts.2.award": {"renewal_probability": 0.9, "extension_probability": 0.5},
    }
    note = only(warned(changed), "chance of going on")
    assert f"Three years {100 * (0.9 * 0.5**2) ** (1 / 3):.1f} per cent" in note.text


def test_chances_of_an_early_end_count_at_each_anniversary_within_an_award() -> None:
    broken = {"contracts.2.award.break_notice_months": 3, "contracts.2.award.break_probability": 0.2}
    note = only(warned(broken), "chance of going on")
    assert f"Three years {100 * (0.9 * 0.8**2) ** (1 / 3):.1f} per cent" in note.text
    without_a_right = {"contracts.2.award": {"renewal_probability": 0.9**3, "break_probability": 0.2}}
    assert not about(warned(without_a_right), "chance of going on")


def test_open_at_risk_in_full_makes_closing_intake_idle() -> None:
    closing = {"assumptions.close_intake_months": 4}
    assert only(warned(closing), "at which intake closes have no effect").where == "Family support"
    assert not about(warned(closing | {"assumptions.open_at_risk": 0.5}), "intake closes have no effect")


def test_posts_and_lines_that_stand_in_no_month_are_named() -> None:
    words = "Nothing is counted of"
    assert not about(warned(), words)
    slip = {"services.1.posts.1.end": "2020-03", "services.1.lines.1.start": "2029-04"}
    note = only(warned(slip), words)
    assert note.where == "Family support"
    assert note.text.startswith(
        "Nothing is counted of Support worker and Travel, whose months are all before April 2026"
    )
    assert "after March 2029" in note.text
    within = {"services.1.posts.1.end": "2026-04", "services.1.lines.1.start": "2029-03"}
    assert not about(warned(within), words)
    assert only(warned({"organisation.pools.1.lines.1.end": "2026-03"}), words).where == "Office"


def test_more_years_of_service_than_an_age_can_hold_are_named() -> None:
    words = "years of service at the age of"
    assert not about(warned(), words)
    heads = [{"heads": 1, "years_of_service": 60, "age": 45}, {"heads": 1, "years_of_service": 31, "age": 45}]
    note = only(warned({"services.1.posts.1.heads": heads}), words)
    assert note.where == "Family support, Support worker"
    assert note.text == "Check 60 years of service at the age of 45: redundancy pay counts these years."


def test_support_that_stays_as_entered_beside_a_change_of_size_is_named() -> None:
    grows = {"services.1.planned_changes": [{"start": "2027-04", "volume": 1.5}]}
    assert not about(warned(), "stays as entered")
    for change in ({"start": "2027-04", "volume": 1}, {"start": "2029-04", "volume": 2}):
        assert not about(warned({"services.1.planned_changes": [change]}), "stays as entered")
    note = only(warned(grows), "stays as entered")
    assert note.where == "Family support"
    assert "quantities" not in note.text
    area = {
        "organisation.pools.1.driver": "floor_area",
        **{f"services.{number}.driver_quantities": {"floor_area": 10} for number in (1, 2)},
        "organisation.other_activities.1.driver_quantities": {"fte": 1.5, "floor_area": 10},
    }
    assert "and so do quantities of floor area." in only(warned(grows | area), "stays as entered").text


def test_terms_that_set_no_price_because_one_is_entered_are_named() -> None:
    words = "no price here, because"
    margin = {"contracts.2.price.margin": 0.05}
    assert not about(warned(margin), words)
    fixed = {"contracts.2.price.margin": 0.05, "contracts.2.price.current": 90_000}
    note = only(warned(fixed), words)
    assert note.where == "Three years"
    assert note.text.startswith("What is said of margin moves no price here, because the price paid today is entered")
    totals = [compared(each).totals.price[1] for each in ({"contracts.2.price.current": 90_000}, fixed)]
    assert totals[0] == pytest.approx(totals[1])
    assert not about(warned(fixed | {"contracts.2.term.months": 24}), words)  # costed afresh in the third year
    agreed = {"contracts.2.price": {"schedule": [1e5, 1e5, 1e5], "funded_share": 0.9, "margin": 0.05}}
    assert "because agreed prices are entered" in only(warned(agreed), words).text


def test_a_flat_rate_above_the_overhead_is_named() -> None:
    rate = {"contracts.1.price": {"overhead_rule": "flat_on_direct", "overhead_rate": 0.9}}
    notes = about(warned(rate), "flat overhead rate of 90.0 per cent")
    assert [note.where for note in notes] == ["Each year, Family support", "Each year, Training"]
    comparison = compared(rate)
    above = comparison.evaluation.gap.steps["overhead_not_allowed"][0, 0, 0]
    assert f"£{above:,.0f} in 2026-27" in notes[0].text
    low = {"contracts.1.price": {"overhead_rule": "flat_on_direct", "overhead_rate": 0.01}}
    assert not about(warned(low), "flat overhead rate")


def test_cost_funded_twice_names_service_and_year() -> None:
    assert not about(warned({"contracts": compared_contracts(0.8)}), "funded twice")
    notes = about(warned({"services.1.other_funders.1.amount_by_year": [60_000]}), "funded twice")
    assert {note.where for note in notes} == {"Each year, Family support", "Three years, Family support"}
    assert "in 2026-27" in notes[0].text
    assert "2027-28" not in notes[0].text


def compared_contracts(share: float) -> list[dict[str, Any]]:
    return [{"name": "Part", "term": {"months": 12}, "price": {"funded_share": share}}]


def test_a_levy_without_a_pool_is_left_out_and_named() -> None:
    large = {
        "organisation.pools": [],
        "organisation.other_activities.1.heads": 200,
        "organisation.other_activities.1.mean_pay": 30_000,
    }
    levy = 0.005 * compared_pay_bill(large) - 15_000
    note = only(warned(large), "apprenticeship levy")
    assert f"£{levy:,.0f}" in note.text
    assert not about(warned({"organisation.pools": []}), "apprenticeship levy")


def compared_pay_bill(settings: Mapping[str, Any]) -> float:
    """Yearly pay bill of the last year, the largest: posts' gross pay and other activities'."""
    comparison = compared(settings)
    index = float(comparison.evaluation.planned.outlook.pay_index[0, -1])
    trainer = njc_hourly(20, comparison.prepared.dates.day(0)) * PAY_WEEKS_A_YEAR * 37
    return (200 * 30_000 + 3 * 29_000 + 0.6 * trainer) * index


def test_reconciliation_gives_difference_and_tolerance() -> None:
    own = float(compared().evaluation.planned.full.support.own_cost[0, 0].sum())
    near = only(warned({"organisation.reconciliation": {"total": own + 40, "tolerance": 50}}), "budget or accounts")
    assert "they agree within the tolerance of £50" in near.text
    far = only(warned({"organisation.reconciliation": {"total": own + 1_000, "tolerance": 50}}), "budget or accounts")
    assert "£1,000 too little, where £50 needs no explanation" in far.text
    assert not about(warned(), "budget or accounts")


def test_pay_below_the_living_wage_names_post_rate_floor_and_year() -> None:
    low = 24_000
    note = only(warned({"services.1.posts.1.salary": low}), "National Living Wage")
    assert note.where == "Family support, Support worker"
    assert f"£{low / 52.143 / 37:.2f} an hour in 2026-27 (at least £12.71)" in note.text
    assert not about(warned(), "National Living Wage")


def test_pay_that_the_floor_overtakes_later_is_named_from_that_year() -> None:
    low = {"services.1.posts.1.salary": 25_000, "assumptions.pay_award": 0.0}
    note = only(warned(low), "National Living Wage")
    assert "2026-27" not in note.text
    assert "2027-28" in note.text
    assert "a forecast" in note.text


def test_a_post_that_ends_before_the_floor_rises_is_not_named() -> None:
    ended = {"services.1.posts.1.salary": 25_000, "assumptions.pay_award": 0.0, "services.1.posts.1.end": "2027-03"}
    assert not about(warned(ended), "National Living Wage")


def test_figures_and_forecasts_that_are_held_are_named_with_their_start() -> None:
    long = warned({"horizon_years": 9, "organisation.employment_allowance_claimed": True})
    note = only(long, "last known ones are held")
    assert "from April 2027, Employment Allowance and Week's pay limit, Northern Ireland" in note.text
    assert "from April 2031, Secondary threshold and National Living Wage" in note.text
    growth = only(long, "forecast goes no further")
    assert "from 2031-32, pay, consumer prices and the GDP deflator" in growth.text
    assert not about(warned(), "forecast goes no further")


def test_an_announced_pay_spine_names_its_posts() -> None:
    note = only(warned(), "announced and not agreed")
    assert "2026-27" in note.text
    assert "Trainer" in note.text
    assert not about(warned({"services.2.posts": []}), "announced and not agreed")


def test_a_pay_spine_moved_on_is_said_to_be() -> None:
    assert "2026-27" in only(warned({"organisation.first_month": "2028-04"}), "No NJC pay spine is known").text


def test_the_forecasts_date_and_warning_stand_while_it_is_followed() -> None:
    assert forecast_warning() in only(warned(), "March 2026 (Office for Budget Responsibility").text
    own = {"assumptions.pay_award": 0.03, "assumptions.cpi": 0.03, "assumptions.gdp_deflator": 0.02}
    assert not about(warned(own), "Office for Budget Responsibility")
    del own["assumptions.cpi"]
    assert "for consumer prices." in only(warned(own), "The forecast is that of").text


@pytest.mark.parametrize(("code", "name", "limit"), [("NI", "Northern Ireland", 783), ("GB", "Great Britain", 751)])
def test_the_redundancy_law_is_named_with_its_limit(code: str, name: str, limit: int) -> None:
    note = only(warned({"organisation.jurisdiction": code}), "law of")
    assert note.text == f"Redundancy pay follows the law of {name}, whose limit on a week's pay starts at £{limit}."


def test_entries_are_counted_by_where_they_come_from() -> None:
    note = only(warned(), "entries, this many are")
    assert "1 published" in note.text
    assert "1 examples" in note.text
    assert "Replace the examples" in note.text
    assert "assumptions are not entered and take their default" in note.text
    assert "Replace" not in only(warned({"services.1.posts.1.status": "yours"}), "entries, this many are").text


# What is switched off


def test_blank_opening_amounts_and_rates_are_named() -> None:
    blanks = {
        "organisation.opening_cash": None,
        "organisation.opening_free_reserves": None,
        "organisation.reserves_policy_months": None,
        "organisation.borrowing_rate": None,
    }
    for words in ("Cash starts from nothing", "Free reserves start from nothing", "no policy", "Overdraft interest"):
        assert only(off(blanks), words).where == "organisation"
        assert not about(off(), words)


def test_posts_without_service_and_ages_have_no_redundancy() -> None:
    note = only(off(), "Redundancy pay is not counted")
    assert (note.where, "Trainer" in note.text) == ("Training", True)


def test_services_with_the_same_posts_without_ages_share_one_note() -> None:
    alike = {"services.1.posts": [{"name": "Trainer", "fte": 1, "salary": 29_000}]}
    assert only(off(alike), "Redundancy pay is not counted").where == "all services"


@pytest.mark.parametrize(
    ("setting", "value", "where", "words"),
    [
        ("contracts.2.flexibility", {"contingency_share": 0.1}, "Three years", "held for new need"),
        ("services.2.assumptions.early_intervention_share", 0.4, "Training", "that is early intervention"),
        ("assumptions.early_intervention_share", 0.4, "all services", "that is early intervention"),
        ("assumptions.supply_of_recruits", 30, "assumptions", "limit nothing in this comparison"),
    ],
)
def test_what_is_entered_for_another_question_is_said_to_be_without_effect(
    setting: str, value: object, where: str, words: str
) -> None:
    assert not about(off(), "in this comparison")
    note = only(off({setting: value}), "in this comparison")
    assert note.where == where
    assert words in note.text
    assert as_document(compared({setting: value}))["contracts"] == as_document(compared())["contracts"]


def test_services_without_a_peoples_side_are_named() -> None:
    assert only(off(), "people supported are not entered").where == "Training"
    assert only(off({"services.1.people": None}), "people supported are not entered").where == "all services"


def test_social_value_is_always_off() -> None:
    assert only(off(), "Social value").where == "all services"


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("assumptions.freeze_months", 3, "Hiring never stops"),
        ("assumptions.close_intake_months", 3, "Intake never closes"),
        ("assumptions.cover_share", 0.5, "Empty posts are not covered"),
        ("assumptions.pause_share", 0.5, "Late decisions pause no delivery"),
        ("assumptions.gives_up_a_month", 0.1, "Nobody gives up waiting"),
        ("assumptions.most_starts_a_month", 9, "Starts are limited by free places only"),
        ("assumptions.redeployed", 0.2, "Every filled post counts as redundant"),
        ("assumptions.stranded_months", 2, "Overheads of a lost service"),
        ("assumptions.induction_months", 3, "months of induction are blank"),
        ("assumptions.supply_of_recruits", 30, "supply of recruits is blank"),
        ("assumptions.opening_vacancy", 0.1, "share of posts empty at the start"),
        ("assumptions.letter_hours", 10, "provider's work on letters of offer"),
        ("assumptions.notice_hours_per_head", 2, "work of issuing protective notices"),
        ("assumptions.return_hours_funder", 4, "funder's work on monitoring returns"),
        ("services.1.assumptions.pension_cessation_exposure", 9_000, "pension debt"),
    ],
)
def test_an_effect_is_off_until_it_is_entered(setting: str, value: float, words: str) -> None:
    assert about(off(), words)
    assert not about(off({setting: value}), words)


def test_only_a_service_that_could_use_an_effect_is_named() -> None:
    assert only(off(), "Intake never closes").where == "Family support"
    assert only(off(), "Hiring never stops").where == "all services"
    assert only(off({"services.2.assumptions.freeze_months": 2}), "Hiring never stops").where == "Family support"


def test_work_that_no_contract_makes_is_left_out() -> None:
    assert not about(off(), "tenders")
    assert not about(off(), "variations")
    tendered = off({"contracts.1.award.competed": True})
    assert about(tendered, "own work on tenders")
    assert about(tendered, "Competition lowers no price")
    assert about(off({"contracts.1.flexibility": {"chance_of_change": 0.1}}), "provider's work on variations")


def test_late_decisions_pause_nothing_where_none_is_late() -> None:
    assert not about(off({"contracts.1.award.lead_months": 1}), "Late decisions")


def test_hours_of_staff_already_costed_are_said_to_be_in_no_total() -> None:
    assert about(off(), "added to no total")
    assert not about(off({"assumptions.done_by": "bought_in"}), "added to no total")
    assert not about(off({"assumptions.return_hours": None}), "added to no total")
    assert about(off({"assumptions.return_hours_funder": 3}), "counted and not priced")


def test_break_clauses_and_regret_name_their_contracts() -> None:
    assert only(off(), "disregard it is blank").where == "Three years"
    assert only(off(), "No contract is ended early").where == "Three years"
    assert only(off(), "(regret)").where == "all contracts"
    half = {"contracts.1.flexibility": {"chance_of_change": 0.1}}
    notes = about(off(half), "(regret)")
    assert [note.where for note in notes] == ["Three years", "Each year"]
    assert "share that can be repurposed" in notes[1].text


def test_certain_renewal_is_said_to_be_one() -> None:
    assert not about(off(), "Every award is renewed")
    certain = only(off({"contracts.1.award.renewal_probability": 1}), "Every award is renewed")
    assert certain.where == "Each year"
