from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from funding_model.ui.settled import settle


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Leave the other tests a memory that is searched as always."""
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_is_loaded_is_searched_no_more_until_more_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "loaded_first", ModuleType("loaded_first"))
    settle()
    settled = gc.get_freeze_count()
    assert settled > 10_000
    later = [[number] for number in range(1_000)]
    settle()
    assert gc.get_freeze_count() <= settled
    monkeypatch.setitem(sys.modules, "loaded_later", ModuleType("loaded_later"))
    settle()
    assert gc.get_freeze_count() > settled
    assert len(later) == 1_000
