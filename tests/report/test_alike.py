from __future__ import annotations

from funding_model.report.sentences import alike


def test_what_is_the_same_under_several_contracts_is_said_once() -> None:
    assert alike([("A", 1), ("B", 2), ("C", 1)]) == [("“A” and “C”", 1), ("“B”", 2)]
    assert alike([("A", 1), ("B", 1)]) == [("every contract", 1)]
    assert alike([("A", 1)]) == [("“A”", 1)]
    assert alike([]) == []
