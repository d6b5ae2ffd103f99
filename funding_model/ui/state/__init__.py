"""State: what one visitor is working on, as one immutable value, and every way in which it is changed and kept.

Widgets are drafts. What they say becomes part of the work through the functions here, which save it at once. Nothing
but text is kept in a session, so that it outlives a lost connection; the address of the page says whose work it is and
which scenario, so that a refresh finds it again.

In reading order: what is ``opened``; whose it is (``keeping``); ``drafts``, which could not be understood; ``opening``
another scenario; ``arriving`` at an address; ``clashes`` of two tabs; ``saving``; and what ``widgets`` hold.
"""

from funding_model.ui.state.arriving import address, arrive
from funding_model.ui.state.clashes import clash, keep_mine, keep_theirs
from funding_model.ui.state.drafts import keep_slip, keep_table, not_understood, slip, table
from funding_model.ui.state.opened import DOCUMENT, KEY, choose, current, document, is_first_visit, say, text
from funding_model.ui.state.opening import (
    close,
    copy_scenario,
    create,
    erase_everything,
    open_saved,
    show_example,
)
from funding_model.ui.state.saving import edit, redo, restore, save, sign, undo
from funding_model.ui.state.widgets import entered, is_on_page, put, put_away

__all__ = [
    "DOCUMENT",
    "KEY",
    "address",
    "arrive",
    "choose",
    "clash",
    "close",
    "copy_scenario",
    "create",
    "current",
    "document",
    "edit",
    "entered",
    "erase_everything",
    "is_first_visit",
    "is_on_page",
    "keep_mine",
    "keep_slip",
    "keep_table",
    "keep_theirs",
    "not_understood",
    "open_saved",
    "put",
    "put_away",
    "redo",
    "restore",
    "save",
    "say",
    "show_example",
    "sign",
    "slip",
    "table",
    "text",
    "undo",
]
