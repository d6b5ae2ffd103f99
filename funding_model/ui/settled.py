"""Settled: what has been loaded stays for good, and Python need not look through it for what nobody uses any more."""

from __future__ import annotations

import gc
import sys
from functools import lru_cache


def settle() -> None:
    """Take what is loaded out of the search for what is out of use; call it once a page has been drawn.

    The search goes through everything now and then, in the middle of an answer: through the libraries alone it takes a
    tenth of a second.
    """
    _settle(len(sys.modules))


@lru_cache(maxsize=1)
def _settle(modules: int) -> None:  # noqa: ARG001 - again only when more has been loaded
    gc.collect()
    gc.freeze()
