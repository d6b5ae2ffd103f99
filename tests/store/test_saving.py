"""What is saved comes back whole, and changes are undone, redone, named, restored, deleted and brought back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from funding_model.problems import ProblemsError
from funding_model.scenario.yaml_text import LONGEST_TEXT
from funding_model.store import Conflict, Saved, Store
from tests.store.conftest import START

ONE, TWO, THREE = (json.dumps({"name": "Hub", "horizon_years": years}) for years in (1, 2, 3))


def saved(result: Saved | Conflict | None) -> Saved:
    assert isinstance(result, Saved)
    return result


def conflict(result: Saved | Conflict | None) -> Conflict:
    assert isinstance(result, Conflict)
    return result


@pytest.fixture
def hub(store: Store, owner: str) -> str:
    """A scenario with two changes: documents ONE, TWO and THREE at revisions 1, 2 and 3."""
    scenario = store.create(owner, ONE, name="Hub", what="Started", by="Ann").id
    saved(store.save(owner, scenario, TWO, expected=1, name="Hub", what="Two years", by="Ann"))
    saved(store.save(owner, scenario, THREE, expected=2, name="Hub renamed", what="Three years", by="Bob"))
    return scenario


def test_a_new_scenario_is_read_as_it_was_given(store: Store, owner: str) -> None:
    document = (
        json.dumps({"name": "Café ‘Zoë’ 🙂", "odd": ["\x00", "\ud800", None, 1e300]}, ensure_ascii=True) + "\r\n "
    )
    created = store.create(owner, document, name="Café ‘Zoë’", what="Started empty", by="Ann")
    assert created == Saved(
        created.id, "Café ‘Zoë’", document, 1, can_undo=False, can_redo=False,
        changed_at=START + timedelta(minutes=1), changed_by="Ann",
    )  # fmt: skip
    assert store.read(owner, created.id) == created


def test_text_that_is_no_valid_json_is_kept_as_well(store: Store, owner: str) -> None:
    document = '{"name": "half \ud800 a \x00 pair'
    created = store.create(owner, document, name="a\x00b\ud800\nc", what="\x00", by="\x00")
    assert store.read(owner, created.id) == created
    assert created.document == document
    assert created.name == "a b c"


def test_each_change_is_a_revision(store: Store, owner: str, hub: str) -> None:
    now = store.read(owner, hub)
    assert now is not None
    assert (now.document, now.name, now.revision, now.changed_by) == (THREE, "Hub renamed", 3, "Bob")
    assert (now.can_undo, now.can_redo) == (True, False)
    first = store.version(owner, hub, 1)
    assert first is not None
    assert (first.document, first.name, first.can_undo) == (ONE, "Hub", False)


def test_the_history_says_when_who_and_what(store: Store, owner: str, hub: str) -> None:
    assert [(each.revision, each.by, each.what) for each in store.history(owner, hub)] == [
        (3, "Bob", "Three years"),
        (2, "Ann", "Two years"),
        (1, "Ann", "Started"),
    ]
    assert [each.changed_at for each in store.history(owner, hub)] == [START + timedelta(minutes=n) for n in (3, 2, 1)]


def test_the_list_has_the_last_changed_first(store: Store, owner: str, hub: str) -> None:
    other = store.create(owner, ONE, name="Other", what="Started")
    assert [each.name for each in store.scenarios(owner)] == ["Other", "Hub renamed"]
    store.save(owner, hub, TWO, expected=3, name="Hub", what="Two years", by="Cy")
    listed = store.scenarios(owner)
    assert [(each.id, each.name, each.revision, each.changed_by) for each in listed] == [
        (hub, "Hub", 4, "Cy"),
        (other.id, "Other", 1, ""),
    ]


def test_a_save_that_follows_an_older_revision_writes_nothing(store: Store, owner: str, hub: str) -> None:
    for expected in (0, 1, 2, 4, -1, 10**30):
        result = conflict(store.save(owner, hub, ONE, expected=expected, name="Mine", what="Mine"))
        assert (result.theirs.document, result.theirs.revision) == (THREE, 3)
    assert len(store.history(owner, hub)) == 3
    for step in (store.undo, store.redo):
        assert conflict(step(owner, hub, expected=2)).theirs.revision == 3
    assert conflict(store.restore(owner, hub, 1, expected=2)).theirs.revision == 3
    assert len(store.history(owner, hub)) == 3


def test_undo_and_redo_go_through_all_changes(store: Store, owner: str, hub: str) -> None:
    seen = []
    for revision, step in enumerate([store.undo, store.undo, store.redo, store.redo, store.undo], start=3):
        now = saved(step(owner, hub, expected=revision))
        assert store.read(owner, hub) == now
        seen.append((now.revision, now.document, now.name, now.can_undo, now.can_redo))
    assert seen == [
        (4, TWO, "Hub", True, True),
        (5, ONE, "Hub", False, True),
        (6, TWO, "Hub", True, True),
        (7, THREE, "Hub renamed", True, False),
        (8, TWO, "Hub", True, True),
    ]
    assert [each.what for each in store.history(owner, hub)][:5] == [
        "Undid: Three years",
        "Redid: Three years",
        "Redid: Two years",
        "Undid: Two years",
        "Undid: Three years",
    ]


def test_there_is_an_end_to_undo_and_redo(store: Store, owner: str, hub: str) -> None:
    assert store.redo(owner, hub, expected=3) is None
    saved(store.undo(owner, hub, expected=3))
    saved(store.undo(owner, hub, expected=4))
    assert store.undo(owner, hub, expected=5) is None
    assert len(store.history(owner, hub)) == 5


def test_a_change_after_undo_ends_redo_and_history_keeps_what_was_undone(store: Store, owner: str, hub: str) -> None:
    saved(store.undo(owner, hub, expected=3))
    branch = saved(store.save(owner, hub, ONE, expected=4, name="Hub", what="One year again"))
    assert (branch.can_undo, branch.can_redo) == (True, False)
    assert store.redo(owner, hub, expected=5) is None
    kept = store.version(owner, hub, 3)
    assert kept is not None
    assert kept.document == THREE
    assert saved(store.undo(owner, hub, expected=5)).document == TWO
    assert saved(store.undo(owner, hub, expected=6)).document == ONE


def test_an_old_revision_is_restored_as_a_change(store: Store, owner: str, hub: str) -> None:
    store.name_version(owner, hub, 1, "Before the board")
    now = saved(store.restore(owner, hub, 1, expected=3, by="Cy"))
    assert (now.document, now.name, now.revision, now.changed_by) == (ONE, "Hub", 4, "Cy")
    assert store.history(owner, hub)[0].what == "Restored revision 1, ‘Before the board’"
    assert saved(store.undo(owner, hub, expected=4)).document == THREE
    assert saved(store.restore(owner, hub, 2, expected=5)).document == TWO
    assert store.history(owner, hub)[0].what == "Restored revision 2"
    for missing in (0, -1, 7, 10**30):
        assert store.restore(owner, hub, missing, expected=6) is None
        assert store.version(owner, hub, missing) is None


def test_a_revision_is_named_and_its_name_taken_away(store: Store, owner: str, hub: str) -> None:
    store.name_version(owner, hub, 2, "  For the\nboard ")
    store.name_version(owner, hub, 99, "Nowhere")
    assert [each.version_name for each in store.history(owner, hub)] == ["", "For the board", ""]
    store.name_version(owner, hub, 2, "")
    assert [each.version_name for each in store.history(owner, hub)] == ["", "", ""]


def test_a_deleted_scenario_is_out_of_the_way_and_comes_back_whole(store: Store, owner: str, hub: str) -> None:
    before, history = store.read(owner, hub), store.history(owner, hub)
    assert store.delete(owner, hub)
    assert store.scenarios(owner) == ()
    assert [(each.id, each.name) for each in store.deleted(owner)] == [(hub, "Hub renamed")]
    assert store.read(owner, hub) is None
    assert store.history(owner, hub) == ()
    assert store.save(owner, hub, ONE, expected=3, name="Hub", what="Late") is None
    assert store.undo(owner, hub, expected=3) is None
    assert not store.delete(owner, hub)
    assert store.undelete(owner, hub)
    assert not store.undelete(owner, hub)
    assert store.deleted(owner) == ()
    assert (store.read(owner, hub), store.history(owner, hub)) == (before, history)


def test_long_words_are_shortened_and_a_long_document_is_refused(store: Store, owner: str, hub: str) -> None:
    now = saved(store.save(owner, hub, "1" * LONGEST_TEXT, expected=3, name="n" * 200, what="w" * 9000, by="b" * 200))
    assert now.name == "n" * 119 + "…"
    assert now.changed_by == "b" * 119 + "…"
    assert store.history(owner, hub)[0].what == "w" * 1999 + "…"
    too_long = "1" * (LONGEST_TEXT + 1)
    with pytest.raises(ProblemsError, match="has 2,000,001 characters, and 2,000,000 is the limit"):
        store.save(owner, hub, too_long, expected=4, name="Hub", what="Too much")
    with pytest.raises(ProblemsError, match="has 2,000,001 characters, and 2,000,000 is the limit"):
        store.create(owner, too_long, name="Hub", what="Too much")
    assert [each.revision for each in store.scenarios(owner)] == [4]


def test_a_label_is_kept_with_its_owner(store: Store, owner: str) -> None:
    assert store.label(owner) == ""
    store.set_label(owner, "  Ann,\nfinance ")
    assert store.label(owner) == "Ann, finance"
    assert store.label(store.new_owner()) == ""
    store.set_label("nobody's", "Bob")
    assert store.label("nobody's") == ""
    store.set_label(owner, "")
    assert store.label(owner) == ""


def test_drafts_are_kept_beside_a_scenario_and_in_no_version(store: Store, owner: str) -> None:
    saved = store.create(owner, "{}", name="Hub", what="Started")
    assert store.drafts(owner, saved.id) == ""
    store.keep_drafts(owner, saved.id, '{"fields": {"a": "1,5"}}')
    assert store.drafts(owner, saved.id) == '{"fields": {"a": "1,5"}}'
    assert store.read(owner, saved.id) == saved
    assert len(store.history(owner, saved.id)) == 1
    store.keep_drafts(owner, saved.id, "")
    assert store.drafts(owner, saved.id) == ""
