"""Handles: what each stage gives to the next, by the names that the stages have in the costing room.

A ``Stack`` by service has one line for each service, in the order of the scenario. A handle by contract is a tuple of
stacks, one for each contract in the order of the comparison: ``staffing.vacant_mean[contract][group]``. The engine's
arrays have the case of a contract at the same number.

How to read this folder, in the order of the stages: ``entered`` (what a reader may change), ``plan`` (what is the same
under every contract), ``contracts`` (their terms, awards and price years), ``staff_and_delivery`` and ``money`` (what
follows from each contract). Stages import from the folder itself.
"""

from funding_model.report.workbook.handles.contracts import (
    AwardEntries,
    Awards,
    ByContract,
    CellsByContract,
    ContractEntries,
    EffortEntries,
    PriceCalendar,
    TermsEntries,
)
from funding_model.report.workbook.handles.entered import (
    BehaviourEntries,
    Constants,
    Entered,
    LineEntries,
    PeopleEntries,
    PostEntries,
)
from funding_model.report.workbook.handles.money import Accounts, Cash, FundsEntries, Money, Pricing, Recognised, Terms
from funding_model.report.workbook.handles.plan import Direct, Flow, Outlook, Overheads, Pay, Plan, Planned, Prices
from funding_model.report.workbook.handles.staff_and_delivery import (
    Certainty,
    Continuation,
    Delivery,
    Staffing,
    Survival,
)

__all__ = [
    "Accounts",
    "AwardEntries",
    "Awards",
    "BehaviourEntries",
    "ByContract",
    "Cash",
    "CellsByContract",
    "Certainty",
    "Constants",
    "Continuation",
    "ContractEntries",
    "Delivery",
    "Direct",
    "EffortEntries",
    "Entered",
    "Flow",
    "FundsEntries",
    "LineEntries",
    "Money",
    "Outlook",
    "Overheads",
    "Pay",
    "PeopleEntries",
    "Plan",
    "Planned",
    "PostEntries",
    "PriceCalendar",
    "Prices",
    "Pricing",
    "Recognised",
    "Staffing",
    "Survival",
    "Terms",
    "TermsEntries",
]
