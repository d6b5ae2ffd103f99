"""Kept: answers that take a while, kept in this process while they are in use, and shown to grow while they do not."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import streamlit as st

from funding_model.problems import ProblemsError

Answer = TypeVar("Answer")
Progress = Callable[[float], None]


class Kept(Generic[Answer]):
    """The answers used last, by what was asked; safe to be used by several visitors at once."""

    def __init__(self, most: int) -> None:
        """Keep this many answers."""
        self._most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def find(self, asked: Hashable) -> Answer | None:
        """Return the answer to what is asked; None when it is not kept."""
        with self._lock:
            found = self._answers.get(asked)
            if found is not None:
                self._answers.move_to_end(asked)
            return found

    def keep(self, asked: Hashable, answer: Answer) -> Answer:
        """Keep an answer in place of the one that was not used for the longest time."""
        with self._lock:
            self._answers[asked] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer


def answered(
    kept: Kept[Answer], asked: Hashable, work: Callable[[Progress], Answer], *, what: str, on_cancel: Callable[[], None]
) -> Answer:
    """Return an answer that is kept, or work it out with a bar that shows how far it is and a button that ends it.

    Pressing the button runs the page again, and that ends the work at its next step: Streamlit stops a run that has
    been overtaken when it shows something.

    Args:
        kept: Where answers are kept.
        asked: What is asked.
        work: Works the answer out, and tells how much is done.
        what: What is being done, in words.
        on_cancel: Called when the button is pressed, before the page runs again.

    Raises:
        ProblemsError: What is asked has no answer.
    """
    found = kept.find(asked)
    if found is not None:
        return found
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text=f"{what}: 0% done")
        st.button("Cancel", key="cancel-work", on_click=on_cancel)

    def show(share: float) -> None:
        bar.progress(min(share, 1.0), text=f"{what}: {100 * min(share, 1.0):.0f}% done")

    try:
        answer = kept.keep(asked, work(show))
    except ProblemsError:
        place.empty()
        raise
    place.empty()
    return answer
