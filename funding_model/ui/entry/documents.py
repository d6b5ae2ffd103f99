"""Documents: a scenario as plain values, and every way in which a page changes it; the old value is left as it is."""

from __future__ import annotations

import json
from typing import Any, Final, TypeAlias

from funding_model.scenario.plain import Place
from funding_model.scenario.presets import preset_document
from funding_model.scenario.scenario import MOST_CONTRACTS, SCHEMA_VERSION

Document: TypeAlias = dict[str, Any]
EMPTY_NAME: Final = "My scenario"


def empty_document(name: str = EMPTY_NAME) -> Document:
    """Return a scenario in which nothing has been entered."""
    return {
        "schema_version": SCHEMA_VERSION,
        "name": name,
        "horizon_years": 3,
        "organisation": {"name": "", "pools": [], "other_activities": []},
        "services": [],
        "contracts": [],
    }


def as_text(document: Document) -> str:
    """Return a document as the text that is kept."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def value_at(document: Any, place: Place) -> Any:  # noqa: ANN401 - a plain value of any kind
    """Return what stands at a place; None when there is nothing."""
    found = document
    for step in place:
        if isinstance(step, int):
            found = found[step] if isinstance(found, list) and 0 <= step < len(found) else None
        else:
            found = found.get(step) if isinstance(found, dict) else None
    return found


def list_at(document: Document, place: Place) -> list[Document]:
    """Return the groups in a list; none when the list is not there."""
    found = value_at(document, place)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def with_value(document: Any, place: Place, value: Any) -> Any:  # noqa: ANN401 - plain values of any kind
    """Return a document with another value at a place.

    None takes the field away, with the groups that it leaves empty; groups on the way are made.
    """
    if not place:
        return value
    step, further = place[0], place[1:]
    if isinstance(step, int):
        items = list(document) if isinstance(document, list) else []
        items[step] = with_value(items[step], further, value)
        return items
    group = dict(document) if isinstance(document, dict) else {}
    if isinstance(document, int | float) and not isinstance(document, bool):
        group = {"value": document}
    changed = with_value(group.get(step), further, value)
    if changed is None or (value is None and changed == {}):
        group.pop(step, None)
    else:
        group[step] = changed
    return group


def added(document: Document, place: Place, item: Document) -> Document:
    """Return a document with an item more at the end of a list."""
    changed: Document = with_value(document, place, [*list_at(document, place), item])
    return changed


def removed(document: Document, place: Place, index: int) -> Document:
    """Return a document without one item of a list."""
    items = list_at(document, place)
    changed: Document = with_value(document, place, items[:index] + items[index + 1 :])
    if place == ("contracts",):
        changed = _without_contract(changed, str(items[index].get("name") or ""))
    return changed


def _without_contract(document: Document, name: str) -> Document:
    """Take away what spoke of a contract that is gone: its being the base, and the services' changes to it."""
    if name in names_at(document, ("contracts",)):
        return document
    if document.get("base") == name:
        document = with_value(document, ("base",), None)
    for index, _ in enumerate(list_at(document, ("services",))):
        document = with_value(document, ("services", index, "contract_changes", name), None)
    return document


def copied(document: Document, place: Place, index: int) -> Document:
    """Return a document with a copy of an item right after it, under a name of its own."""
    items = list_at(document, place)
    copy = json.loads(json.dumps(items[index]))
    copy["name"] = new_name(f"{items[index].get('name', '')} (copy)".strip(), names_at(document, place))
    changed: Document = with_value(document, place, [*items[: index + 1], copy, *items[index + 1 :]])
    return changed


def moved(document: Document, place: Place, index: int, steps: int) -> Document:
    """Return a document in which an item of a list stands some places further on, at most at an end."""
    items = list_at(document, place)
    item = items.pop(index)
    items.insert(min(max(index + steps, 0), len(items)), item)
    changed: Document = with_value(document, place, items)
    return changed


def names_at(document: Document, place: Place) -> list[str]:
    """Return the names of the items of a list, blank where one has none."""
    return [str(item.get("name") or "") for item in list_at(document, place)]


def new_name(wanted: str, taken: list[str]) -> str:
    """Return a name that nothing bears yet: the one wanted, or with a number."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def with_name(document: Document, place: Place, name: str) -> Document:
    """Return a document in which an item has another name, and everything that speaks of it does so by that name.

    Posts say by name which services and pools they serve, services which contract they change, funders' rules which
    contracts and pools they hold for; and the base is a contract's name.
    """
    before = str(value_at(document, (*place, "name")) or "")
    changed: Document = with_value(document, (*place, "name"), name)
    if not before or before == name:
        return changed
    if place[0] == "contracts":
        if names_at(document, ("contracts",)).count(before) > 1:
            return changed
        if changed.get("base") == before:
            changed = with_value(changed, ("base",), name)
        for index, _ in enumerate(list_at(changed, ("services",))):
            changed = _key_renamed(changed, ("services", index, "contract_changes"), before, name)
        changed = _rules_renamed(changed, "contracts", before, name)
    elif place[0] == "services" or place[:2] == ("organisation", "pools"):
        homes: list[Place] = [("services", index) for index, _ in enumerate(list_at(changed, ("services",)))]
        homes += [("organisation", "pools", i) for i, _ in enumerate(list_at(changed, ("organisation", "pools")))]
        for home in homes:
            for post, _ in enumerate(list_at(changed, (*home, "posts"))):
                changed = _key_renamed(changed, (*home, "posts", post, "time"), before, name)
        if place[0] == "organisation":
            changed = _rules_renamed(changed, "pools", before, name)
    return changed


def _rules_renamed(document: Document, field: str, before: str, name: str) -> Document:
    """Let the funders' rules speak of a contract or pool by its new name."""
    rules = ("organisation", "funder_rules")
    for index, rule in enumerate(list_at(document, rules)):
        if before in (rule.get(field) or ()):
            names = [name if each == before else each for each in rule[field]]
            document = with_value(document, (*rules, index, field), names)
    return document


def _key_renamed(document: Document, place: Place, before: str, name: str) -> Document:
    group = value_at(document, place)
    if not isinstance(group, dict) or before not in group:
        return document
    changed: Document = with_value(document, place, {name if key == before else key: v for key, v in group.items()})
    return changed


def contract_from(preset: str, taken: list[str]) -> Document:
    """Return a preset as a contract to be changed, under a name that no other contract bears."""
    contract = preset_document(preset)
    return {**contract, "name": new_name(str(contract["name"]), taken)}


def room_for_contracts(document: Document) -> int:
    """Return how many contracts more there may be."""
    return MOST_CONTRACTS - len(list_at(document, ("contracts",)))
