"""The entry models say what every field means, and refuse what no field can mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from funding_model.reference.defaults import assumption_default
from funding_model.scenario.assumptions import Assumption
from funding_model.scenario.contracts import Contract, DatedFactor, Term
from funding_model.scenario.costs import Line
from funding_model.scenario.scenario import Scenario
from funding_model.scenario.schema import schema
from funding_model.scenario.walk import kind_of, kind_of_field


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        kind = kind_of_field(field)
        inner = kind.model or (kind_of(kind.item).model if kind.item is not None else None)
        if inner is not None:
            yield from models(inner, seen)


FIELDS = [(model, name) for model in models(Scenario, set()) for name in model.model_fields]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
def test_every_field_has_a_help_text_and_every_number_a_unit(model: type[BaseModel], name: str) -> None:
    field = model.model_fields[name]
    assert field.description
    assert field.description.strip().endswith(".")
    kind = kind_of_field(field)
    inner = kind_of(kind.item) if kind.item is not None and kind.base in {tuple, dict} else kind
    if inner.base in {int, float, Assumption} and name != "schema_version":
        assert inner.extra.get("unit"), f"{model.__name__}.{name} has no unit"


def test_the_schema_has_title_unit_and_help_for_every_field() -> None:
    document = schema()
    for definition in (document, *document["$defs"].values()):
        for name, field in definition.get("properties", {}).items():
            assert field["description"], name
            assert field["title"], name
            assert "\n" not in field["description"]
            if "number" in str(field.get("type")) or "number" in str(field.get("anyOf")):
                assert field.get("unit"), name
    fte = document["$defs"]["Post"]["properties"]["fte"]
    assert (fte["title"], fte["unit"], fte["maximum"]) == ("FTE", "full-time equivalent of each head", 1)
    assert document["$defs"]["Organisation"]["properties"]["opening_cash"]["unit"] == "pounds"


def test_the_schema_has_the_bounds_of_an_assumption_as_a_number_and_as_a_group() -> None:
    fields = schema()["$defs"]["Assumptions"]["properties"]
    fill, turnover = fields["months_to_fill"]["anyOf"][0], fields["turnover"]["anyOf"][0]
    assert (fill["minimum"], fill["maximum"]) == (0.05, 60)
    assert fill["properties"] == {key: {"minimum": 0.05, "maximum": 60} for key in ("low", "value", "high")}
    assert (turnover["minimum"], turnover["maximum"]) == (0, 3)
    award = schema()["$defs"]["Award"]["properties"]["renewal_probability"]
    assert (award["minimum"], award["maximum"]) == (0, 1)


@pytest.mark.parametrize(
    ("model", "name"),
    [(model, name) for model, name in FIELDS if kind_of_field(model.model_fields[name]).base is Assumption],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_every_assumption_is_held_to_the_bounds_that_the_schema_states(model: type[BaseModel], name: str) -> None:
    field = model.model_fields[name]
    reader: TypeAdapter[Assumption] = TypeAdapter(field.rebuild_annotation())
    extra = kind_of_field(field).extra
    least, most = extra["minimum"], extra["maximum"]
    for number in (least, most):
        assert reader.validate_python(number).value == number
    for number in (least - 1e-6, most * 1.001):
        for entered in (number, {"value": number}, {"low": number} if number < least else {"high": number}):
            with pytest.raises(ValidationError):
                reader.validate_python(entered)


def test_recruits_are_counted_by_the_year_and_starts_by_the_month() -> None:
    fields = schema()["$defs"]["Assumptions"]["properties"]
    assert fields["supply_of_recruits"]["unit"] == assumption_default("supply_of_recruits").unit == "people a year"
    assert fields["most_starts_a_month"]["unit"] == assumption_default("most_starts_a_month").unit == "people a month"


def test_a_whole_number_may_be_written_with_a_decimal_point() -> None:
    assert Term.model_validate({"months": 12.0}).months == 12
    with pytest.raises(ValidationError):
        Term.model_validate({"months": 12.5})
    with pytest.raises(ValidationError):
        Term.model_validate({"months": True})


@pytest.mark.parametrize("value", ["0.1", True, "12%", [0.1]])
def test_an_assumption_is_a_number_and_not_something_like_it(value: object) -> None:
    with pytest.raises(ValidationError):
        Assumption.model_validate(value)
    with pytest.raises(ValidationError):
        Assumption.model_validate({"value": value})


@pytest.mark.parametrize("year", ["2026-28", "2026-26", "2026", "20\uff12\uff10-21", "2026-2027"])
def test_a_financial_year_is_a_year_and_the_next(year: str) -> None:
    assert DatedFactor.model_validate({"financial_year": "2099-00", "factor": 1}).financial_year == "2099-00"
    with pytest.raises(ValidationError):
        DatedFactor.model_validate({"financial_year": year, "factor": 1})


@pytest.mark.parametrize("name", ["a\nb", "a\x00b", "a\x1b[31mb", "a\u2028b", "a\x85b", " "])
def test_a_name_is_one_line_of_characters_that_can_be_shown(name: str) -> None:
    with pytest.raises(ValidationError):
        Line.model_validate({"name": name, "amount": 1})


def test_a_contract_names_a_preset_that_exists() -> None:
    with pytest.raises(ValidationError, match="there is no preset"):
        Contract.model_validate({"name": "a", "preset": "none such", "term": {"months": 12}})
