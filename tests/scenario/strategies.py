"""Scenarios of every shape, with names and texts that nobody would choose."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from funding_model import units
from funding_model.scenario.presets import preset_document, preset_names
from funding_model.scenario.scenario import Scenario

NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip()) and text.strip() != "all"
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60)
MONTHS = st.builds("{}-{:02}".format, st.integers(2020, 2035), st.integers(1, 12))
FRACTIONS = st.floats(0, 1)
POUNDS = st.one_of(st.integers(0, 10_000_000), st.floats(0, 1e9))
JSON_LIKE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)),
    max_leaves=25,
)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Groups that hold some of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


ASSUMPTIONS = some(value=st.just(0.5), rationale=TEXTS, status=st.sampled_from(["yours", "default", "no evidence"])) | (
    st.fixed_dictionaries({"low": st.just(0.1), "value": FRACTIONS.map(lambda x: 0.1 + 0.5 * x), "high": st.just(0.9)})
)
SOURCED = {"status": st.sampled_from(["yours", "published", "default", "example"]), "source": TEXTS}
POSTS = st.builds(
    lambda fixed, optional, pay: fixed | optional | pay,
    st.fixed_dictionaries({"name": NAMES, "fte": st.floats(0.01, 1)}),
    some(headcount=st.floats(1, 50), pension_rate=FRACTIONS, eligible=st.booleans(), start=MONTHS, **SOURCED),
    st.one_of(st.builds(lambda x: {"salary": x}, st.integers(1, 90_000)), st.just({"pay_point": 20, "steps_left": 2})),
)
LINES_OF_POOLS = st.builds(
    lambda fixed, optional: fixed | optional,
    st.fixed_dictionaries({"name": NAMES, "amount": POUNDS}),
    some(category=NAMES, per=st.sampled_from(["month", "year", "once"]), cash=st.booleans(), **SOURCED),
)
LINES = LINES_OF_POOLS | LINES_OF_POOLS.map(lambda line: line | {"per": "delivery_fte"})
RATES = st.floats(units.GROWTH.minimum or 0.0, units.GROWTH.maximum)
YEARLY = st.one_of(RATES, some(every_year=RATES, by_year=st.just({"2027-28": 0.03}), added=st.floats(-0.1, 0.1)))


@st.composite
def contracts(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A contract from a preset, with some of its fields put back to their defaults or changed."""
    contract = preset_document(draw(st.sampled_from(list(preset_names()))))
    contract["name"] = name
    if draw(st.booleans()):
        contract["preset"] = ""
    if draw(st.booleans()):
        contract["description"] = draw(TEXTS)
    contract["award"] = contract["award"] | draw(
        some(lead_months=st.floats(-6, 6), competed=st.booleans(), renewal_probability=ASSUMPTIONS)
    )
    contract["price"] = contract.get("price", {}) | draw(
        some(current=POUNDS, margin=st.just(0.05), dated_factors=st.just([]))
    )
    contract["payment"] = draw(st.sampled_from([contract["payment"], {}, {"interval_months": 1, "underspend": "kept"}]))
    return contract


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A valid scenario."""
    names = draw(st.lists(NAMES, min_size=6, max_size=6, unique_by=str.strip))
    first, second, pool, activity, *contract_names = (name.strip() for name in names)
    services = [
        draw(
            some(
                need_index=st.floats(0, 100),
                assumptions=some(turnover=ASSUMPTIONS),
                driver_quantities=st.just({pool: 1}),
            )
        )
        | {
            "name": name,
            "posts": draw(st.lists(POSTS, min_size=1, max_size=2)),
            "lines": draw(st.lists(LINES, max_size=2)),
        }
        for name in (first, second)
    ]
    services[0]["posts"][0]["time"] = draw(st.sampled_from([{}, {first: 0.25, pool: 0.75}]))
    if draw(st.booleans()):
        services[1]["contract_changes"] = {contract_names[0]: {"price": {"margin": 0.1, "current": draw(POUNDS)}}}
    document = draw(some(description=TEXTS, base=st.just(contract_names[1]), horizon_years=st.integers(1, 10))) | {
        "name": draw(NAMES),
        "organisation": draw(some(opening_cash=POUNDS, jurisdiction=st.sampled_from(["NI", "GB"]), first_month=MONTHS))
        | {
            "name": draw(NAMES),
            "pools": [
                {
                    "name": pool,
                    "category": "central_functions",
                    "driver": "fte",
                    "lines": draw(st.lists(LINES_OF_POOLS)),
                }
            ],
            "other_activities": [{"name": activity, "staff_cost": draw(POUNDS)}],
        },
        "services": services,
        "contracts": [draw(contracts(name)) for name in contract_names],
        "assumptions": draw(some(pay_award=YEARLY, turnover=ASSUMPTIONS, bid_hours=ASSUMPTIONS)),
    }
    return Scenario.model_validate(document)
