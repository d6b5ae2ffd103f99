"""Whatever is done in whatever order, the store holds what a list of documents and a place in it would hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from funding_model.store import Conflict, Saved, Store, open_store

DOCUMENTS = st.text(max_size=8)
NAMES = st.sampled_from(["Hub", "Outreach", "Zoë’s"])
NUMBERS = st.integers(0, 5)


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

    def teardown(self) -> None:
        self.store.close()

    def some(self, who: int, number: int) -> Course | None:
        mine = self.courses[who]
        return mine[number % len(mine)] if mine else None

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

    @rule(who=st.integers(0, 1), document=DOCUMENTS, name=NAMES)
    def create(self, who: int, document: str, name: str) -> None:
        saved = self.store.create(self.owners[who], document, name=name, what="Started")
        course = Course(saved.id, [(document, name)])
        course.show(0)
        self.courses[who].append(course)

    @rule(
        who=st.integers(0, 1), number=NUMBERS, document=DOCUMENTS, name=NAMES, behind=st.sampled_from([0, 0, 0, 1, -1])
    )
    def save(self, who: int, number: int, document: str, name: str, behind: int) -> None:
        if course := self.some(who, number):
            expected = len(course.revisions) - behind
            result = self.store.save(self.owners[who], course.id, document, expected=expected, name=name, what=document)
            if self.compare(course, result, expected):
                course.change(document, name)

    def step(self, who: int, number: int, by: int, behind: int) -> None:
        if course := self.some(who, number):
            expected = len(course.revisions) - behind
            step: Callable[..., Saved | Conflict | None] = self.store.undo if by < 0 else self.store.redo
            result = step(self.owners[who], course.id, expected=expected)
            if self.compare(course, result, expected):
                if 0 <= course.place + by < len(course.states):
                    course.show(course.place + by)
                else:
                    assert result is None

    @rule(who=st.integers(0, 1), number=NUMBERS, behind=st.sampled_from([0, 0, 0, 1]))
    def undo(self, who: int, number: int, behind: int) -> None:
        self.step(who, number, -1, behind)

    @rule(who=st.integers(0, 1), number=NUMBERS, behind=st.sampled_from([0, 0, 0, 1]))
    def redo(self, who: int, number: int, behind: int) -> None:
        self.step(who, number, 1, behind)

    @rule(who=st.integers(0, 1), number=NUMBERS, revision=st.integers(0, 8))
    def restore(self, who: int, number: int, revision: int) -> None:
        if course := self.some(who, number):
            expected = len(course.revisions)
            result = self.store.restore(self.owners[who], course.id, revision, expected=expected)
            if self.compare(course, result, expected):
                if 1 <= revision <= expected:
                    course.change(*course.revisions[revision - 1])
                else:
                    assert result is None

    @rule(who=st.integers(0, 1), number=NUMBERS, revision=st.integers(0, 8), name=NAMES | st.just(""))
    def name_version(self, who: int, number: int, revision: int, name: str) -> None:
        if course := self.some(who, number):
            self.store.name_version(self.owners[who], course.id, revision, name)
            if not course.deleted and 1 <= revision <= len(course.names):
                course.names[revision - 1] = name

    @rule(who=st.integers(0, 1), number=NUMBERS)
    def delete(self, who: int, number: int) -> None:
        if course := self.some(who, number):
            assert self.store.delete(self.owners[who], course.id) == (not course.deleted)
            course.deleted = True

    @rule(who=st.integers(0, 1), number=NUMBERS)
    def undelete(self, who: int, number: int) -> None:
        if course := self.some(who, number):
            assert self.store.undelete(self.owners[who], course.id) == course.deleted
            course.deleted = False

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.url)

    @precondition(lambda self: any(self.courses))
    @invariant()
    def the_store_holds_what_the_lists_hold(self) -> None:
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
    run_state_machine_as_test(OnThisDatabase, settings=settings(max_examples=12, stateful_step_count=30))
