"""In common: what several contracts have in common is said, and shown, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from funding_model.report.grids import Grid
from funding_model.report.sentences import listed, quoted

What = TypeVar("What")


def alike(said: Iterable[tuple[str, What]]) -> list[tuple[str, What]]:
    """Put together what is the same under several contracts.

    Args:
        said: The name of each contract, and what is to be said or shown of it.

    Returns:
        Whose it is, ``every contract`` or names in quotation marks, and what; the order is that of the first named.
    """
    groups: list[tuple[list[str], What]] = []
    for name, what in said:
        same = next((names for names, other in groups if other == what), None)
        if same is None:
            groups.append(([name], what))
        else:
            same.append(name)
    if len(groups) == 1 and len(groups[0][0]) > 1:
        return [("every contract", groups[0][1])]
    return [(listed([quoted(name) for name in names]), what) for names, what in groups]


def once(made: Callable[[Mapping[str, Any], str], Grid], contracts: Sequence[Mapping[str, Any]]) -> list[Grid]:
    """Return the table of each contract, one for all that have the same; those without rows are left out.

    Args:
        made: Makes the table of a contract, with a title that says whose it is: names in quotation marks.
        contracts: The contracts, each with its name.
    """
    grids = [(str(contract["name"]), replace(made(contract, ""), title="")) for contract in contracts]
    return [replace(grid, title=made(contracts[0], whose).title) for whose, grid in alike(grids) if grid.rows]
