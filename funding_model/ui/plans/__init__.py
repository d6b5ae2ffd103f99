"""Plans: the answers to "what would it take", each laid out for the page on which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from funding_model.questions.compare import Comparison
from funding_model.ui.plans.breaking_even import show_break_even
from funding_model.ui.plans.change import show_change
from funding_model.ui.plans.negotiation import show_ladder
from funding_model.ui.plans.staff_and_support import show_drivers, show_workforce
from funding_model.ui.plans.waiting import show_waiting

QUESTIONS: Final[dict[str, Callable[[Comparison], None]]] = {
    "Which staff are needed, and what do they cost?": show_workforce,
    "At which value does it break even?": show_break_even,
    "Where is there room to negotiate?": show_ladder,
    "What if need or cost changes in mid-contract?": show_change,
    "How long do people wait, and what would clear the list?": show_waiting,
    "Could the overheads be shared otherwise?": show_drivers,
}
"""What can be asked, and what lays out the answer."""
