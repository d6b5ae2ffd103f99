"""Layout: the kinds of sheet that an input workbook has, and what stands where on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from funding_model.scenario.plain import Place
from funding_model.scenario.services import ALL_CONTRACTS
from funding_model.scenario.workbook.headings import Heading

Owner: TypeAlias = Literal["services", "pools", "activities", "contracts"]
OWNERS: Final[dict[Owner, Place]] = {
    "services": ("services",),
    "pools": ("organisation", "pools"),
    "activities": ("organisation", "other_activities"),
    "contracts": ("contracts",),
}
"""Where those stand of whom the rows of other sheets speak by name."""
Holds: TypeAlias = Literal["list", "one", "numbers", "settings", "changes"]
"""A list of groups; one group, or parts of it; numbers by name; settings by title; or terms of a contract by title."""
ABOUT: Final = "About"
OTHER: Final = "Other settings"
LISTS: Final = "Lists"
VERSION: Final = "Version of the scenario’s form"
"""The label beside which the sheet About says for which version of the fields the workbook was made."""
OWN_SHEETS: Final = ("notes", "workings")
"""What the names of sheets begin with that are the person's own and are not read."""


HELP: Final = "What it means"
BEFORE: Final = ("Unit", "If blank")
AFTER: Final = ("Status of that", "Confidence", "Where that comes from", HELP)
"""What the row of a setting says before and after what is entered in it; none of it is read back."""


@dataclass(frozen=True)
class Key:
    """A column that says what a row is about.

    Attributes:
        title: What it is called.
        help: What belongs there.
        offers: What is offered: the names of these owners, or the titles of what may be set.
    """

    title: str
    help: str
    offers: tuple[Owner, ...] = ()


@dataclass(frozen=True)
class Table:
    """A sheet with one thing in each row.

    Attributes:
        sheet: Its name.
        about: What belongs there, in a sentence or two.
        headings: What is entered of each thing.
        owners: To whom a row belongs; none when there is only one.
        of_posts: Whether a row belongs to one post of its owner.
        under: Where the things stand below their owner.
        holds: What the things are.
        settings: Which settings or terms there are, by title, when it holds those.
        fixed: Whether every setting has its row already.
        named: What stands in the second column, for numbers by name.
        needed: Whether a scenario cannot do without it.
    """

    sheet: str
    about: str
    headings: tuple[Heading, ...]
    owners: tuple[Owner, ...] = ()
    of_posts: bool = False
    under: Place = ()
    holds: Holds = "list"
    settings: tuple[tuple[str, Place], ...] = ()
    fixed: bool = False
    named: Key | None = None
    needed: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """The columns that say what a row is about."""
        found = [Key(owner_title(self.owners), "Its name, as you entered it on its own sheet.", self.owners)]
        found = found if self.owners else []
        if self.of_posts:
            found.append(Key("Post", "The post’s name, as you entered it on the sheet Posts."))
        if self.holds == "changes":
            found.append(Key("Contract", f"The contract that differs, or the word {ALL_CONTRACTS} for every contract."))
            found.append(Key("Term", "The term of the contract that differs."))
        if self.holds == "settings":
            found.append(Key("Assumption", "What is assumed."))
        return (*found, self.named) if self.named is not None else tuple(found)

    @property
    def columns(self) -> tuple[Key | Heading | str, ...]:
        """All columns from the left; one that only informs is its title alone."""
        before, after = (BEFORE, AFTER) if self.fixed else ((), ())
        return (*self.keys, *before, *self.headings, *after)


def title_of_column(column: Key | Heading | str) -> str:
    """Return what stands above a column."""
    return column if isinstance(column, str) else column.title


@dataclass(frozen=True)
class Listing:
    """A sheet with one field in each row, for one thing or for several side by side.

    Attributes:
        sheet: Its name.
        about: What belongs there.
        sections: Its rows, by the title that stands above them.
        items: What the columns of values are called.
        place: Where the things stand in the scenario; nowhere for the scenario itself.
    """

    sheet: str
    about: str
    sections: tuple[tuple[str, tuple[Heading, ...]], ...]
    items: tuple[str, ...]
    place: Place = ()
    needed: bool = True


Sheet: TypeAlias = Table | Listing


def owner_title(owners: tuple[Owner, ...]) -> str:
    """Return what a column of such names is called."""
    words = {"services": "service", "pools": "support pool", "activities": "other activity", "contracts": "contract"}
    text = " or ".join(words[owner] for owner in owners)
    return text[:1].upper() + text[1:]
