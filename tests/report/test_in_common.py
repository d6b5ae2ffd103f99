from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from funding_model.report.grids import Grid
from funding_model.report.in_common import alike, once


def test_what_is_the_same_under_several_contracts_is_said_once() -> None:
    assert alike([("A", 1), ("B", 2), ("C", 1)]) == [("“A” and “C”", 1), ("“B”", 2)]
    assert alike([("A", 1), ("B", 1)]) == [("every contract", 1)]
    assert alike([("A", 1)]) == [("“A”", 1)]
    assert alike([]) == []


def test_a_table_that_contracts_share_is_shown_once_and_named_after_them() -> None:
    contracts = [{"name": "A", "fte": "1.0"}, {"name": "B", "fte": "2.0"}, {"name": "C", "fte": "1.0"}]

    def made(contract: Mapping[str, Any], whose: str) -> Grid:
        return Grid(f"FTE under {whose}", ("FTE",), [(contract["fte"],)])

    assert once(made, contracts) == [
        Grid("FTE under “A” and “C”", ("FTE",), [("1.0",)]),
        Grid("FTE under “B”", ("FTE",), [("2.0",)]),
    ]
    assert once(lambda _, whose: Grid(whose, (), []), contracts) == []
