"""The findings, the ranges drawn from them, and the published sums worked again."""

from collections.abc import Mapping

import pytest

from funding_model.reference.evidence import (
    EvidenceItem,
    Fixture,
    ModelDefault,
    evidence_item,
    fixture,
    load_evidence,
    model_default,
)

EVIDENCE = load_evidence()

PUBLISHED_SUMS: dict[str, float | dict[str, float]] = {
    "fx_rnib": 246 + round(15.56 * 1820 / 52 * 6) + 750 + round(15.56 * 1820 / 52 * 12),
    "fx_sheffield": (12 * 350 + 2 * 400) * 5 * 37,
    "fx_ni_redundancy_max": 749 * 1.5 * 20,
    "fx_cebr_bidder": (45_200 - 8_000) / 6.4,
    "fx_oxford_split": 3_618 + 767 + 454 + 398 + 196 + 25_181,
    "fx_ncvo_real": 1.027 / 1.087 - 1,
    "fx_supporting_people": (1 / 0.75) ** (1 / 9) - 1,
    "fx_surestart_erosion": 1.01**10 / 1.65 - 1,
    "fx_ukspf_cut": 1 - 9.2 / 25,
    "fx_esf_match": 40 * 1.35,
    "fx_core_grant": {"success": 25 / 259, "mean_award": 1_800_000 / 25},
    "fx_crisis": 1_400_000 / 80,
    "fx_unallocated": 445 + 368 + 280 + 739,
    "fx_insecurity": 0.08 * 0.88 * 0.35,
    "fx_niao_offer": 1_340_000_000 / 14_500,
    "fx_ifs_bcr": (2.4 + 3.1) / 2.7,
    "fx_tusla": 6_388 * 52,
    "fx_western": 12_779_260 / 609,
    "fx_nlw": 12.71 / 8.91 - 1,
    "fx_nicva_base": 0.88 * 175,
    "fx_fairer_pilot": 61.7 + 63.2,
    "fx_erosion_identity": sum(300_000 * (1.04 ** (year - 1) - 1.0 ** (year - 1)) for year in (1, 2, 3)),
}


def test_every_published_sum_is_worked_here() -> None:
    assert set(PUBLISHED_SUMS) == set(EVIDENCE.fixtures)


@pytest.mark.parametrize("key", list(PUBLISHED_SUMS))
def test_a_published_sum_gives_the_published_result(key: str) -> None:
    worked, published = PUBLISHED_SUMS[key], fixture(key)
    expected = published.expected
    slack = published.tolerance + 1e-9
    if isinstance(worked, dict):
        assert isinstance(expected, Mapping)
        assert worked == {name: pytest.approx(value, abs=slack) for name, value in expected.items()}
    else:
        assert worked == pytest.approx(expected, abs=slack)


def test_the_sums_rest_on_the_figures_of_the_findings() -> None:
    bidder = fixture("fx_cebr_bidder").inputs
    assert bidder["total"] == evidence_item("procurement_total_cost_uk").value == 45_200
    assert bidder["authority"] == evidence_item("procurement_authority_cost_uk").value == 8_000
    assert bidder["bids"] == evidence_item("procurement_bids_per_competition_uk").value == 6.4
    cap = evidence_item("ni_week_pay_cap_2025").value
    assert isinstance(cap, Mapping)
    assert cap["max_payment"] == fixture("fx_ni_redundancy_max").expected == 22_470


@pytest.mark.parametrize("item", list(EVIDENCE.items.values()), ids=list(EVIDENCE.items))
def test_every_finding_names_its_source_and_how_far_to_trust_it(item: EvidenceItem) -> None:
    assert item.label
    assert item.unit
    assert item.source_title
    assert item.url.startswith(("http://", "https://"))
    assert item.confidence in {"high", "medium", "low"}
    assert item.basis in {"quoted", "derived"}
    has_range = (item.low, item.central, item.high) != (None, None, None)
    assert (item.value is not None) != has_range


@pytest.mark.parametrize("item", list(EVIDENCE.model_defaults.values()), ids=list(EVIDENCE.model_defaults))
def test_every_range_rests_on_findings_and_is_in_order(item: ModelDefault) -> None:
    assert all(key in EVIDENCE.items for key in item.from_evidence)
    assert item.from_evidence or item.basis == "no_evidence"
    known = [end for end in (item.low, item.central, item.high) if end is not None]
    assert known == sorted(known)
    if item.basis == "no_evidence":
        assert item.central is None


@pytest.mark.parametrize("published", list(EVIDENCE.fixtures.values()), ids=list(EVIDENCE.fixtures))
def test_every_published_sum_belongs_to_findings_or_says_that_it_is_an_illustration(published: Fixture) -> None:
    assert all(key in EVIDENCE.items for key in published.evidence_keys)
    assert published.evidence_keys or "Illustrative, not published" in published.note


def test_disagreements_name_findings_and_gaps_are_words() -> None:
    assert list(EVIDENCE.discrepancies) == ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]
    for discrepancy in EVIDENCE.discrepancies.values():
        assert all(key in EVIDENCE.items for key in discrepancy.evidence)
    assert any("contract length" in gap for gap in EVIDENCE.not_found)


def test_the_caution_says_that_no_study_measures_contract_length() -> None:
    assert EVIDENCE.caution.startswith("No UK study was found that measures the effect of contract length")


def test_the_file_is_read_once_and_keys_are_unique() -> None:
    assert load_evidence() is EVIDENCE
    assert (len(EVIDENCE.items), len(EVIDENCE.model_defaults), len(EVIDENCE.fixtures)) == (118, 21, 22)


def test_a_lookup_by_a_key_that_does_not_exist_is_named() -> None:
    assert model_default("turnover_delta_annual").central == 0.025
    with pytest.raises(LookupError, match="there is no evidence called 'luck'"):
        evidence_item("luck")
    with pytest.raises(LookupError, match="there is no range drawn from evidence called 'luck'"):
        model_default("luck")
    with pytest.raises(LookupError, match="there is no published sum called 'luck'"):
        fixture("luck")
