"""Services written once and used many times: ``service_templates``, ``template`` and ``volume``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from funding_model import units
from funding_model.problems import Problem
from funding_model.scenario.explain_errors import nearest, number_remedy, quoted_names, too_long
from funding_model.scenario.plain import MOST_VALUES, clean, count_values, shown, too_many
from funding_model.scenario.scenario import MOST_SERVICES

Document = dict[str, Any]
_RUNNING: Final = frozenset({"month", "year", "once"})
"""What an amount that grows with the size of the service is for; the others follow people or staff by themselves."""
_PLACES: Final = 10
"""Decimal places of an amount at another size."""
_SIZES_OF_PEOPLE: Final = ("opening_caseload", "opening_waiting", "referrals_a_month")


def expand_services(document: Mapping[str, Any]) -> tuple[Document, list[Problem]]:
    """Return the document with every service written out: its own fields over its template's, times its volume."""
    expanded = {key: value for key, value in document.items() if key != "service_templates"}
    templates = document.get("service_templates")
    services = document.get("services")
    problems: list[Problem] = []
    if templates is not None and not isinstance(templates, dict):
        problems.append(
            Problem(
                "service_templates",
                f"must be a group of templates by name; you entered {shown(templates)}.",
                "Write each as name: followed by a service's fields.",
            )
        )
    if not isinstance(services, list | tuple):
        return expanded, problems
    known = templates if isinstance(templates, dict) else {}
    if len(services) > MOST_SERVICES:
        problems.append(too_long("services", len(services), MOST_SERVICES))
    written: list[Any] = []
    room = MOST_VALUES
    for number, service in enumerate(services[:MOST_SERVICES], start=1):
        if not isinstance(service, dict) or not ({"template", "volume"} & service.keys()):
            written.append(service)
            continue
        whole, found = _written_out(service, known, f"services.{number}")
        problems += found
        room -= count_values(whole, room)
        if room <= 0:
            return expanded, [*problems, too_many(f"services.{number}")]
        written.append(whole)
    expanded["services"] = written
    return expanded, problems


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> Document:
    """Return one group of fields laid over another: groups merge, everything else replaces."""
    result = dict(below)
    for key, value in above.items():
        under = result.get(key)
        result[key] = merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return result


def scaled(service: Mapping[str, Any], volume: float) -> Document:
    """Return a service at another size: heads, running amounts, people and driver quantities times the volume."""
    result = dict(service)
    if isinstance(service.get("posts"), list | tuple):
        result["posts"] = [_scaled_post(post, volume) for post in service["posts"]]
    if isinstance(service.get("lines"), list | tuple):
        result["lines"] = [_scaled_line(line, volume) for line in service["lines"]]
    if isinstance(service.get("people"), dict):
        people = service["people"]
        result["people"] = people | {key: _times(people[key], volume) for key in _SIZES_OF_PEOPLE if key in people}
    if isinstance(service.get("driver_quantities"), dict):
        quantities = service["driver_quantities"]
        result["driver_quantities"] = {driver: _times(quantity, volume) for driver, quantity in quantities.items()}
    return result


def _written_out(service: Document, known: Mapping[str, Any], where: str) -> tuple[Document, list[Problem]]:
    own = {key: value for key, value in service.items() if key not in {"template", "volume"}}
    problems: list[Problem] = []
    if "template" in service:
        name = service["template"]
        template = known.get(name) if isinstance(name, str) else None
        if isinstance(template, dict):
            own = merged({key: value for key, value in template.items() if key != "volume"}, own)
        else:
            problems.append(_no_template(name, known, where))
    if "volume" in service:
        volume = service["volume"]
        if _is_number(volume) and 0 < volume <= units.VOLUME.maximum:
            own = scaled(own, volume)
        else:
            problems.append(
                Problem(
                    f"{where}.volume",
                    f"must be a number above 0 and at most {units.VOLUME.maximum:,.0f}; you entered {shown(volume)}.",
                    (number_remedy(volume) if isinstance(volume, str) else "") or "Enter half the size as 0.5.",
                )
            )
    return own, problems


def _no_template(name: object, known: Mapping[str, Any], where: str) -> Problem:
    if isinstance(name, str) and name in known:
        return Problem(f"service_templates.{clean(name)}", "must be a group of fields.", "Enter a service's fields.")
    guess = nearest(name, known) if isinstance(name, str) else "."
    remedy = f"Templates: {quoted_names(known)}." if known else "Add it under service_templates."
    return Problem(f"{where}.template", f"there is no template called {shown(name)}{guess}", remedy)


def _scaled_post(post: Any, volume: float) -> Any:  # noqa: ANN401 - not validated yet
    if not isinstance(post, dict):
        return post
    result = post | {"headcount": _times(post.get("headcount", 1), volume)}
    if isinstance(post.get("heads"), list | tuple):
        result["heads"] = [
            cohort | {"heads": _times(cohort["heads"], volume)}
            if isinstance(cohort, dict) and "heads" in cohort
            else cohort
            for cohort in post["heads"]
        ]
    return result


def _scaled_line(line: Any, volume: float) -> Any:  # noqa: ANN401 - not validated yet
    if not isinstance(line, dict) or "amount" not in line:
        return line
    if line.get("per", "year") not in _RUNNING or line.get("kind", "running") != "running":
        return line
    return line | {"amount": _times(line["amount"], volume)}


def _times(value: Any, volume: float) -> Any:  # noqa: ANN401 - not validated yet
    """Return a number times the volume, without the dust of a computer's arithmetic: 6 times 1.162 is 6.972."""
    return round(value * volume, _PLACES) if _is_number(value) else value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
