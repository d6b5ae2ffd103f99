"""What the app starts with."""

from datetime import date

import pytest

from funding_model.reference.defaults import (
    LEVELS,
    STATUSES,
    AssumptionDefault,
    assumption_default,
    assumption_defaults,
)
from funding_model.reference.evidence import evidence_item, load_evidence, model_default
from funding_model.reference.parameters import series, value_on

DEFAULTS = assumption_defaults()

VALUES: dict[str, float | str | bool] = {
    "discount_rate": 0.035,
    "turnover": 0.18,
    "extra_turnover_when_insecure": 0,
    "months_to_fill": 1.4,
    "open_at_risk": 1,
    "pause_share": 0,
    "cover_share": 0,
    "cover_premium": 0,
    "cost_per_hire": 1500,
    "cost_per_hire_senior": 3000,
    "cost_per_hire_all_in": False,
    "gives_up_a_month": 0,
    "renewal_probability": 1,
    "break_probability": 0,
    "redeployed": 0,
    "stranded_months": 0,
    "done_by": "already_costed",
    "competition_cost": 8000,
    "competition_saving": 0,
}

BY_YEAR = {"pay_award", "cpi", "gdp_deflator"}

BLANK = {
    "opening_vacancy",
    "secure_months",
    "break_credibility",
    "freeze_months",
    "close_intake_months",
    "induction_months",
    "induction_productivity",
    "most_starts_a_month",
    "letter_hours",
    "letter_hours_funder",
    "bid_hours",
    "bid_hours_funder",
    "bid_external",
    "return_hours",
    "return_hours_funder",
    "notice_hours_per_head",
    "variation_hours",
    "variation_hours_funder",
    "chance_of_change",
    "repurposable",
    "pension_cessation_exposure",
    "early_intervention_share",
    "supply_of_recruits",
    "provider_hour_value",
    "funder_hour_value",
    "borrowing_rate",
}

EVERY = pytest.mark.parametrize("default", list(DEFAULTS.values()), ids=list(DEFAULTS))


def test_every_assumption_has_one_entry() -> None:
    assert set(DEFAULTS) == set(VALUES) | BY_YEAR | BLANK
    assert len(DEFAULTS) == 48


@pytest.mark.parametrize(("name", "value"), list(VALUES.items()))
def test_a_default_is_the_specified_one(name: str, value: float | str | bool) -> None:  # noqa: FBT001
    found = assumption_default(name)
    assert found.value == value
    assert not found.is_blank


def test_what_has_no_evidence_is_blank() -> None:
    assert {name for name, default in DEFAULTS.items() if default.is_blank} == BLANK


@pytest.mark.parametrize("name", sorted(BLANK))
def test_a_blank_one_says_what_is_off_and_claims_no_evidence(name: str) -> None:
    found = assumption_default(name)
    assert found.off_message.endswith(".")
    assert found.status == "no evidence"


@EVERY
def test_every_assumption_has_a_source_or_says_that_it_has_no_evidence(default: AssumptionDefault) -> None:
    assert default.status in STATUSES
    if default.status == "no evidence":
        assert default.confidence == "none"
        assert default.off_message
    else:
        assert default.source_title
        assert default.confidence in {"high", "medium", "low"}
        assert default.url.startswith("https://") or default.source_title == "Convention of this model"


@EVERY
def test_every_assumption_is_explained_in_sentences(default: AssumptionDefault) -> None:
    assert default.title[0].isupper()
    assert not default.title.endswith(".")
    assert default.help.endswith(".")
    assert default.basis.endswith(".")
    assert default.unit
    assert default.level in LEVELS


@EVERY
def test_every_range_holds_its_default(default: AssumptionDefault) -> None:
    middle = default.value if isinstance(default.value, int | float) else None
    known = [end for end in (default.low, middle, default.high) if end is not None]
    assert known == sorted(known)


@EVERY
def test_every_reference_to_evidence_exists(default: AssumptionDefault) -> None:
    assert all(key in load_evidence().items for key in default.evidence)
    assert (default.alternative is None) == (default.alternative_note == "")


def test_growth_comes_by_year_from_the_forecast() -> None:
    for name in BY_YEAR:
        assert series(assumption_default(name).series_id).unit == "per cent on previous year"
        assert assumption_default(name).level == "economy"
        assert assumption_default(name).value is None


def test_ranges_and_alternatives_are_the_ones_stated() -> None:
    turnover = assumption_default("turnover")
    assert (turnover.low, turnover.high) == (0.16, 0.22)
    assert assumption_default("extra_turnover_when_insecure").alternative == 0.025
    assert assumption_default("bid_external").alternative == 5813
    assert assumption_default("discount_rate").alternative == 0.03
    assert assumption_default("competition_saving").high == 0.04


def test_defaults_agree_with_the_evidence_they_cite() -> None:
    weeks = model_default("weeks_to_fill")
    assert weeks.central is not None
    assert weeks.low is not None
    assert assumption_default("months_to_fill").value == pytest.approx(weeks.central * 12 / 52, abs=0.05)
    assert assumption_default("months_to_fill").low == pytest.approx(weeks.low * 12 / 52, abs=0.005)
    assert assumption_default("competition_cost").value == evidence_item("procurement_authority_cost_uk").value
    assert assumption_default("bid_external").alternative == pytest.approx((45_200 - 8_000) / 6.4, abs=0.5)
    assert assumption_default("cost_per_hire").value == model_default("cost_per_hire").central
    lost = model_default("probability_non_renewal").high
    assert lost is not None
    assert assumption_default("renewal_probability").alternative == pytest.approx(1 - lost, abs=1e-9)
    recommended = value_on("green_book.stpr_recommended_2026", date(2026, 12, 1))
    assert assumption_default("discount_rate").alternative == recommended.value


def test_an_unknown_assumption_is_named() -> None:
    with pytest.raises(LookupError, match="there is no assumption called 'luck'"):
        assumption_default("luck")
    assert assumption_defaults() is DEFAULTS
