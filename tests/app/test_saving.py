"""Work is saved at once and never lost: undo, history, two tabs, a refresh, a wrong address, deletion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import compare
from funding_model.report.words import pounds
from funding_model.scenario.library import load_library
from funding_model.store import Store
from funding_model.ui.workspace import Workspace
from tests.app.headings import headings
from tests.app.on_page import open_page, table

Document = Callable[[AppTest], dict[str, Any]]
Opened = Callable[[AppTest], Workspace]
Tables = Callable[[AppTest], dict[str, list[list[str]]]]
Visit = Callable[..., AppTest]


def enter(app: AppTest, name: str, text: str) -> AppTest:
    where = f"organisation.{name}"
    field = next(each for each in app.text_input if str(each.key).rpartition("-")[0] == where)
    field.set_value(text).run()
    assert not app.exception
    return app


def value(app: AppTest, name: str) -> str:
    where = f"organisation.{name}"
    return str(next(each.value for each in app.text_input if str(each.key).rpartition("-")[0] == where))


def address_of(app: AppTest) -> dict[str, str]:
    found = {}
    for name in ("work", "scenario"):
        held = app.query_params[name]
        found[name] = held[0] if isinstance(held, list) else held
    return found


def test_undo_and_redo(hub: AppTest, document: Document) -> None:
    open_page(hub, "organisation")
    before = document(hub)
    enter(hub, "opening_cash", "1")
    enter(hub, "opening_cash", "2")
    hub.button(key="undo").click().run()
    assert document(hub)["organisation"]["opening_cash"] == 1
    assert value(hub, "opening_cash") == "1"
    hub.button(key="undo").click().run()
    assert document(hub) == before
    assert hub.button(key="undo").disabled
    hub.button(key="redo").click().run()
    hub.button(key="redo").click().run()
    assert document(hub)["organisation"]["opening_cash"] == 2
    assert hub.button(key="redo").disabled


def test_what_was_undone_is_said_beside_the_button(hub: AppTest, words: Callable[[AppTest], str]) -> None:
    open_page(hub, "organisation")
    enter(hub, "opening_cash", "2")
    open_page(hub, "compare")
    hub.button(key="undo").click().run()
    undone = "The last change was undone. Organisation: opening cash from £2 to £78,000"
    assert f'<span class="fm-stepped">{undone}</span>' in words(hub)
    hub.button(key="redo").click().run()
    assert "The change was made again. Organisation: opening cash from £78,000 to £2</span>" in words(hub)
    open_page(hub, "organisation")
    enter(hub, "opening_cash", "3")
    open_page(hub, "compare")
    assert '<span class="fm-stepped"></span>' in words(hub)


def test_the_example_of_a_first_visit_is_kept_from_the_first_change_on(app: AppTest, document: Document) -> None:
    open_page(app, "organisation")
    before = value(app, "opening_cash")
    enter(app, "opening_cash", "123")
    assert document(app)["organisation"]["opening_cash"] == 123
    assert address_of(app)
    app.button(key="undo").click().run()
    assert value(app, "opening_cash") == before
    assert app.button(key="undo").disabled
    open_page(app, "history")
    app.button(key="redo").click().run()
    assert document(app)["organisation"]["opening_cash"] == 123


def test_what_was_chosen_before_the_first_change_stays_chosen(app: AppTest, workspace: Opened) -> None:
    open_page(app, "organisation")
    shown = workspace(app).scenario
    enter(app, "opening_cash", "123")
    assert workspace(app).scenario == shown


def test_the_same_address_finds_the_same_work(hub: AppTest, visit: Visit, document: Document) -> None:
    open_page(hub, "organisation")
    enter(hub, "opening_cash", "123")
    again = visit(**address_of(hub))
    assert document(again) == document(hub)
    open_page(again, "organisation")
    assert value(again, "opening_cash") == "123"


def test_no_two_arrivals_share_the_keys_of_their_widgets(hub: AppTest, visit: Visit, workspace: Opened) -> None:
    first, second = (workspace(visit(**address_of(hub))) for _ in range(2))
    assert first.tables != second.tables
    assert first.fields != second.fields


@pytest.mark.parametrize(
    "address",
    [
        {"work": "nobody"},
        {"work": "x" * 5_000, "scenario": "' OR 1=1"},
        {"work": "<script>alert(1)</script>", "scenario": "../../etc"},
    ],
)
def test_a_wrong_address_is_said_to_be_wrong(visit: Visit, address: dict[str, str], words: Any) -> None:  # noqa: ANN401
    app = visit(**address)
    assert not app.exception
    assert app.warning[0].value.startswith("The address names saved work that is not here")
    assert "alert(1)" not in words(app)
    app.button(key="start-empty").click().run()
    assert not app.exception
    assert not app.warning


def test_a_key_opens_no_one_elses_work(hub: AppTest, visit: Visit) -> None:
    other = visit()
    other.button(key="start-empty").click().run()
    mixed = visit(work=address_of(other)["work"], scenario=address_of(hub)["scenario"])
    assert mixed.warning[0].value.startswith("The address names saved work that is not here")
    assert next(each.options for each in mixed.selectbox if str(each.key).startswith("saved"))[0].startswith(
        "My scenario"
    )


def test_a_second_tab_is_told_and_can_keep_its_version(
    hub: AppTest, visit: Visit, document: Document, tables: Tables
) -> None:
    open_page(hub, "organisation")
    second = open_page(visit(**address_of(hub)), "organisation")
    enter(hub, "opening_cash", "1")
    enter(second, "minimum_cash", "2")
    assert headings(second, 1) == ["Two versions"]
    told = "\n".join(cell for row in table(tables(second), "What differs") for cell in row)
    assert "£1" in told
    assert "£2" in told
    assert document(hub)["organisation"]["opening_cash"] == 1
    second.button(key="keep-mine").click().run()
    kept = document(second)["organisation"]
    assert (kept["opening_cash"], kept["minimum_cash"]) == (78000, 2)
    second.button(key="undo").click().run()
    assert document(second)["organisation"]["opening_cash"] == 1


def test_a_second_tab_can_take_the_other_version(hub: AppTest, visit: Visit, document: Document) -> None:
    open_page(hub, "organisation")
    second = open_page(visit(**address_of(hub)), "organisation")
    enter(hub, "opening_cash", "1")
    enter(second, "minimum_cash", "2")
    second.button(key="keep-theirs").click().run()
    assert headings(second, 1) == ["Organisation and support costs"]
    assert value(second, "opening_cash") == "1"
    assert value(second, "minimum_cash") == "25,000"
    assert document(second) == document(hub)


def test_work_deleted_in_another_tab_is_saved_anew(hub: AppTest, visit: Visit, document: Document) -> None:
    open_page(hub, "organisation")
    before = address_of(hub)
    second = visit(**before)
    second.checkbox[0].check().run()
    second.button(key="delete-saved").click().run()
    enter(hub, "opening_cash", "5")
    assert document(hub)["organisation"]["opening_cash"] == 5
    assert address_of(hub)["scenario"] != before["scenario"]


def test_a_change_that_cannot_be_saved_is_kept_and_saved_with_the_next(
    hub: AppTest, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(hub, "organisation")

    def refuse(*_: object, **__: object) -> None:
        raise ProblemsError([Problem("saved work", "cannot be reached.", "Try again.")])

    with monkeypatch.context() as broken:
        broken.setattr(Store, "save", refuse)
        enter(hub, "opening_cash", "1")
        assert "Your last change is not saved" in hub.error[0].value
        assert value(hub, "opening_cash") == "1"
    enter(hub, "minimum_cash", "2")
    assert not hub.error
    kept = document(hub)["organisation"]
    assert (kept["opening_cash"], kept["minimum_cash"]) == (1, 2)


# History


def test_the_history_says_who_changed_what(hub: AppTest, tables: Tables) -> None:
    open_page(hub, "history")
    next(each for each in hub.text_input if str(each.key).startswith("by-")).set_value("  Finance  lead ").run()
    open_page(hub, "organisation")
    enter(hub, "opening_cash", "£80,000")
    open_page(hub, "history")
    rows = table(tables(hub), "Every change")
    assert [row[0] for row in rows] == ["Version", "2", "1"]
    assert rows[1][2] == "Finance lead"
    assert "£78,000" in rows[1][3]
    assert "£80,000" in rows[1][3]
    assert rows[2][2] == "–"
    assert rows[2][3] == "Opened the example “Family support hub”"


def test_a_version_is_named_looked_at_and_brought_back(hub: AppTest, document: Document, tables: Tables) -> None:
    before = document(hub)
    open_page(hub, "organisation")
    enter(hub, "opening_cash", "1")
    open_page(hub, "history")
    version = next(each for each in hub.selectbox if str(each.key).startswith("version-"))
    version.set_value(1).run()
    assert "£78,000" in table(tables(hub), "What bringing it back")[1][1]
    next(each for each in hub.text_input if str(each.key).startswith("name-of-")).set_value("As the board saw it").run()
    hub.button(key="keep-name").click().run()
    assert table(tables(hub), "Every change")[2][4] == "As the board saw it"
    hub.button(key="restore").click().run()
    assert document(hub) == before
    hub.button(key="undo").click().run()
    assert document(hub)["organisation"]["opening_cash"] == 1


# Saved scenarios


def test_saved_work_is_opened_deleted_and_brought_back(hub: AppTest, document: Document, workspace: Opened) -> None:
    first = workspace(hub).scenario
    hub.button(key="start-empty").click().run()
    saved = next(each for each in hub.selectbox if str(each.key).startswith("saved-"))
    assert len(saved.options) == 2
    saved.set_value(first).run()
    hub.button(key="open-saved").click().run()
    assert workspace(hub).name == "Family support hub"
    assert hub.button(key="delete-saved").disabled
    next(each for each in hub.selectbox if str(each.key).startswith("saved-")).set_value(first).run()
    next(each for each in hub.checkbox if str(each.key).startswith("sure-")).check().run()
    hub.button(key="delete-saved").click().run()
    assert workspace(hub).scenario == ""
    hub.button(key="undelete").click().run()
    assert workspace(hub).scenario == first
    assert document(hub)["name"] == "Family support hub"


# Scenarios side by side


def choose_beside(app: AppTest, *keys: str) -> AppTest:
    next(each for each in app.multiselect if str(each.key).startswith("beside")).set_value(list(keys)).run()
    assert not app.exception
    return app


def test_a_copy_beside_the_original_says_what_differs(hub: AppTest, workspace: Opened, tables: Tables) -> None:
    original = workspace(hub).scenario
    open_page(hub, "scenarios")
    hub.button(key="copy-scenario").click().run()
    assert workspace(hub).name == "Family support hub (copy)"
    open_page(hub, "organisation")
    enter(hub, "opening_cash", "£80,000")
    open_page(hub, "scenarios")
    choose_beside(hub, f"saved:{original}")
    shown = tables(hub)
    found = load_library("family_support_hub")[0]
    assert found is not None
    base = compare(found, ("annual rolled forward",))
    full = next(row for row in table(shown, "Results over") if row[0] == "Full cost")
    assert full == [
        "Full cost",
        pounds(float(base.totals.full_cost[0])),
        f"{pounds(float(base.totals.full_cost[0]))}\nno difference",
    ]
    lowest = next(row for row in table(shown, "Results over") if row[0].startswith("Lowest cash"))
    assert lowest[2].split("\n")[1].startswith("−£2,0")  # and interest on what is overdrawn
    told = "\n".join(cell for row in table(shown, "From Family support hub (copy)") for cell in row)
    assert "£80,000" in told


def test_unlike_scenarios_are_refused(hub: AppTest, tables: Tables) -> None:
    open_page(hub, "scenarios")
    choose_beside(hub, "example:sure_start_local")
    assert "cannot be set beside" in hub.error[0].value
    assert "do not hold the same services" in str(tables(hub))


def test_scenarios_of_other_years_are_shown_over_the_same_ones(hub: AppTest, workspace: Opened, tables: Tables) -> None:
    original = workspace(hub).scenario
    open_page(hub, "scenarios")
    hub.button(key="copy-scenario").click().run()
    open_page(hub, "organisation")
    next(each for each in hub.text_input if str(each.key).startswith("horizon_years")).set_value("2").run()
    open_page(hub, "scenarios")
    choose_beside(hub, f"saved:{original}")
    assert "covers 2 years" in hub.warning[0].value
    next(each for each in hub.checkbox if str(each.key).startswith("alike")).check().run()
    full = next(row for row in table(tables(hub), "Results over") if row[0] == "Full cost")
    assert full[2].endswith("no difference")


# What was typed and not understood, the label, and erasing


def faults(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html") if '<p class="fm-fault' in each.proto.body)


def test_what_was_not_understood_is_there_after_a_refresh(hub: AppTest, visit: Visit, document: Document) -> None:
    before = document(hub)
    open_page(hub, "organisation")
    enter(hub, "opening_cash", "1,5")
    again = open_page(visit(**address_of(hub)), "organisation")
    assert value(again, "opening_cash") == "1,5"
    assert "could be read in two ways" in faults(again)
    assert document(again) == before
    enter(again, "opening_cash", "1500")
    third = open_page(visit(**address_of(hub)), "organisation")
    assert value(third, "opening_cash") == "1,500"
    assert faults(third) == ""


def test_a_cell_that_was_not_understood_is_there_after_a_refresh(
    hub: AppTest, visit: Visit, edit_table: Callable[..., AppTest]
) -> None:
    open_page(hub, "services", "Posts")
    edit_table(hub, "services.1.posts", edited_rows={0: {"fte": "about half"}})
    assert "about half" in faults(hub)
    again = open_page(visit(**address_of(hub)), "services", "Posts")
    assert not again.exception
    assert "about half" in faults(again)
    edit_table(again, "services.1.posts", edited_rows={0: {"fte": "0.5"}})
    third = open_page(visit(**address_of(hub)), "services", "Posts")
    assert "about half" not in faults(third)


def test_what_was_not_understood_in_the_first_example_is_kept_with_it(app: AppTest, visit: Visit) -> None:
    open_page(app, "organisation")
    enter(app, "minimum_cash", "ten or so")
    again = open_page(visit(**address_of(app.run())), "organisation")
    assert value(again, "minimum_cash") == "ten or so"


def test_the_label_is_there_again_when_the_visitor_comes_back(hub: AppTest, visit: Visit, workspace: Opened) -> None:
    open_page(hub, "history")
    next(each for each in hub.text_input if str(each.key).startswith("by-")).set_value("Ann, finance").run()
    again = visit(**address_of(hub))
    assert workspace(again).by == "Ann, finance"
    open_page(again, "organisation")
    enter(again, "opening_cash", "7")
    assert "Ann, finance" in "".join(each.proto.body for each in open_page(again, "history").get("html"))


def test_everything_is_erased_only_after_the_words(hub: AppTest, visit: Visit, workspace: Opened) -> None:
    open_page(hub, "start")
    assert hub.button(key="erase-all").disabled
    field = next(each for each in hub.text_input if str(each.key).startswith("erase-words-"))
    field.set_value("erase it").run()
    assert "These are other words" in faults(hub)
    assert hub.button(key="erase-all").disabled
    before = address_of(hub)
    next(each for each in hub.text_input if str(each.key).startswith("erase-words-")).set_value(
        "Erase  everything"
    ).run()
    hub.button(key="erase-all").click().run()
    assert not hub.exception
    assert not workspace(hub).scenario
    assert not hub.query_params
    assert workspace(visit(**before)).lost


# On a busy computer a list may be changed and a button pressed before the page is drawn anew: both then arrive at once.


def test_the_contract_is_added_that_is_chosen_when_the_button_is_pressed(hub: AppTest, document: Document) -> None:
    open_page(hub, "contracts")
    hub.selectbox(key="preset").set_value("three-year indexed")
    hub.button(key="add-contract").click().run()
    assert document(hub)["contracts"][-1]["movement"]["within_award"] == "cpi"


def test_the_service_is_deleted_that_is_chosen_when_the_button_is_pressed(
    app: AppTest, example: Callable[[AppTest, str], AppTest], document: Document
) -> None:
    charity = example(app, "multi_service_charity")
    open_page(charity, "services")
    names = [service["name"] for service in document(charity)["services"]]
    which = next(each for each in charity.selectbox if each.label == "Which service")
    which.set_value(2)
    next(each for each in charity.button if each.label == "Delete this service").click().run()
    assert [service["name"] for service in document(charity)["services"]] == [*names[:2], *names[3:]]


def test_the_example_is_opened_that_is_chosen_when_the_button_is_pressed(hub: AppTest, document: Document) -> None:
    open_page(hub, "start")
    hub.selectbox(key="example").set_value("care_leavers")
    hub.button(key="open-example").click().run()
    scenario, _ = load_library("care_leavers")
    assert scenario is not None
    assert document(hub)["name"] == scenario.name


def test_saved_work_is_deleted_only_if_its_own_box_is_ticked(hub: AppTest) -> None:
    def saved() -> Any:  # noqa: ANN401 - Streamlit's own list of choices
        return next(each for each in hub.selectbox if each.label == "Your saved scenarios")

    enter(open_page(hub, "organisation"), "opening_cash", "1")
    open_page(hub, "start").button(key="start-empty").click().run()
    enter(open_page(hub, "organisation"), "opening_cash", "2")
    open_page(hub, "start")
    next(each for each in hub.checkbox if each.label == "I want to delete it").check().run()
    both = saved().options
    saved().select(both[1])
    hub.button(key="delete-saved").click().run()
    assert saved().options == both
