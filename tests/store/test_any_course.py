"""Whatever is done in whatever order, the store holds what a list of documents and a place in it would hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from funding_model.store import Conflict, Saved, Store, open_store

DOCUMENTS = st.text(max_size=8)
NAMES = st.sampled_from(["Hub", "Outreach", "Zoë’s"])
OWNERS = st.sampled_from([0, 0, 0, 1])
NUMBERS = st.sampled_from([0, 0, 1])
BEHIND = st.sampled_from([0, 0, 0, 0, 1, -1])
"""How many revisions ago the page that makes a change was opened."""
MOST_SCENARIOS = 2
"""Of one owner: few, so that each goes a long way."""


@dataclass
class Course:
    """One scenario as a plain editor would keep it."""

    id: str
    states: list[tuple[str, str]]
    """Documents with their names that undo and redo go through."""
    place: int = 0
    revisions: list[tuple[str, str]] = field(default_factory=list)
    """What every revision has shown."""
    names: list[str] = field(default_factory=list)
    """The names of the revisions."""
    deleted: bool = False

    def show(self, place: int) -> None:
        self.place = place
        self.revisions.append(self.states[place])
        self.names.append("")

    def change(self, document: str, name: str) -> None:
        del self.states[self.place + 1 :]
        self.states.append((document, name))
        self.show(self.place + 1)


class Courses(RuleBasedStateMachine):
    """Two owners, some scenarios, and the store beside plain lists."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.store: Store = open_store(self.url)
        self.owners = [self.store.new_owner(), self.store.new_owner()]
        self.courses: list[list[Course]] = [[], []]
        for who in range(2):
            self.create(who, "", "Hub")
            self.work(who, 0, ["a", "b", "c"], "Hub", 0)

    def teardown(self) -> None:
        self.look_at_everything()
        self.store.close()

    def some(self, who: int, number: int) -> Course:
        mine = self.courses[who]
        return mine[number % len(mine)]

    def compare(self, course: Course, result: Saved | Conflict | None, expected: int) -> bool:
        """Check what came of a change that names a revision; whether it has to have been made."""
        if course.deleted:
            assert result is None
            return False
        if expected != len(course.revisions):
            assert isinstance(result, Conflict)
            assert (result.theirs.document, result.theirs.name) == course.revisions[-1]
            return False
        return True

    @rule(who=OWNERS, document=DOCUMENTS, name=NAMES)
    def create(self, who: int, document: str, name: str) -> None:
        if len(self.courses[who]) < MOST_SCENARIOS:
            saved = self.store.create(self.owners[who], document, name=name, what="Started")
            course = Course(saved.id, [(document, name)])
            course.show(0)
            self.courses[who].append(course)

    @rule(who=OWNERS, number=NUMBERS, documents=st.lists(DOCUMENTS, min_size=1, max_size=3), name=NAMES, behind=BEHIND)
    def work(self, who: int, number: int, documents: list[str], name: str, behind: int) -> None:
        course = self.some(who, number)
        for document in documents:
            expected = len(course.revisions) - behind
            result = self.store.save(self.owners[who], course.id, document, expected=expected, name=name, what=document)
            if self.compare(course, result, expected):
                course.change(document, name)

    @rule(who=OWNERS, number=NUMBERS, way=st.lists(st.sampled_from([-1, 1]), min_size=1, max_size=6), behind=BEHIND)
    def undo_and_redo(self, who: int, number: int, way: list[int], behind: int) -> None:
        course = self.some(who, number)
        for by in way:
            expected = len(course.revisions) - behind
            step: Callable[..., Saved | Conflict | None] = self.store.undo if by < 0 else self.store.redo
            result = step(self.owners[who], course.id, expected=expected)
            if self.compare(course, result, expected):
                if 0 <= course.place + by < len(course.states):
                    course.show(course.place + by)
                else:
                    assert result is None
            self.check(self.owners[who], course)

    @rule(who=OWNERS, number=NUMBERS, revision=st.integers(0, 8), behind=BEHIND)
    def restore(self, who: int, number: int, revision: int, behind: int) -> None:
        course = self.some(who, number)
        expected = len(course.revisions) - behind
        result = self.store.restore(self.owners[who], course.id, revision, expected=expected)
        if self.compare(course, result, expected):
            if 1 <= revision <= expected:
                course.change(*course.revisions[revision - 1])
            else:
                assert result is None

    @rule(who=OWNERS, number=NUMBERS, revision=st.integers(0, 8), name=NAMES | st.just(""))
    def name_version(self, who: int, number: int, revision: int, name: str) -> None:
        course = self.some(who, number)
        self.store.name_version(self.owners[who], course.id, revision, name)
        if not course.deleted and 1 <= revision <= len(course.names):
            course.names[revision - 1] = name

    @rule(who=OWNERS, number=NUMBERS)
    def delete(self, who: int, number: int) -> None:
        course = self.some(who, number)
        assert self.store.delete(self.owners[who], course.id) == (not course.deleted)
        course.deleted = True

    @rule(who=OWNERS, number=NUMBERS)
    def undelete(self, who: int, number: int) -> None:
        course = self.some(who, number)
        assert self.store.undelete(self.owners[who], course.id) == course.deleted
        course.deleted = False

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.url)

    @rule()
    def look_at_everything(self) -> None:
        for owner, mine in zip(self.owners, self.courses, strict=True):
            for course in mine:
                self.check(owner, course)
            listed = {each.id: (each.name, each.revision) for each in self.store.scenarios(owner)}
            kept = [course for course in mine if not course.deleted]
            assert listed == {course.id: (course.revisions[-1][1], len(course.revisions)) for course in kept}
            assert {each.id for each in self.store.deleted(owner)} == {each.id for each in mine if each.deleted}

    def check(self, owner: str, course: Course) -> None:
        now = self.store.read(owner, course.id)
        history = self.store.history(owner, course.id)
        if course.deleted:
            assert (now, history) == (None, ())
            return
        assert now is not None
        assert (now.document, now.name) == course.states[course.place] == course.revisions[-1]
        assert (now.can_undo, now.can_redo) == (course.place > 0, course.place < len(course.states) - 1)
        assert [each.version_name for each in history] == course.names[::-1]
        assert [each.revision for each in history] == list(range(len(course.revisions), 0, -1))
        for revision in {1, len(course.revisions) // 2, len(course.revisions)} - {0}:
            then = self.store.version(owner, course.id, revision)
            assert then is not None
            assert (then.document, then.name) == course.revisions[revision - 1]


def test_the_store_behaves_like_a_plain_list(url: str) -> None:
    class OnThisDatabase(Courses):
        pass

    OnThisDatabase.url = url
    # A course is short as it is, and making it shorter still would take minutes.
    unshrunk = settings(max_examples=15, stateful_step_count=15, phases=[Phase.reuse, Phase.generate])
    run_state_machine_as_test(OnThisDatabase, settings=unshrunk)
