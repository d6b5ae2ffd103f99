"""Bad input is a value: a problem names the place, what is wrong there, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what a person entered.

    Attributes:
        where: The place in the person's own terms, such as ``services.2.posts.1.fte``.
        message: What is wrong, in plain words, with the value that was entered.
        remedy: What to do about it, as an instruction; empty when the message says it all.
    """

    where: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return the problem as one line of text."""
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{remedy}"


class ProblemsError(Exception):
    """Carries problems out of a call that cannot return them beside a value."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, in the order in which they were found."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
