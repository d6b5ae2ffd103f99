"""Glossary: the words that the pages use, in plain English."""

from typing import Final

GLOSSARY: Final = (
    (
        "Full cost",
        (
            "What the service costs with every post filled: its own staff and other costs, its fair share of the "
            "organisation’s overheads, and planned recruitment. It is the same under every contract."
        ),
    ),
    (
        "Fundable cost",
        (
            "The part of full cost that the contract’s price recognises: costs that are eligible, and overhead up "
            "to what the contract allows."
        ),
    ),
    (
        "Price",
        (
            "What the funder agrees to pay while the service goes on, by the contract’s own rules for the first "
            "price and for its changes."
        ),
    ),
    (
        "Surplus",
        (
            "Income less cost, weighted by the chance that the service goes on. A minus sign means a shortfall. "
            "Empty posts make it look better, because their pay is not spent."
        ),
    ),
    (
        "Surplus with posts filled",
        (
            "The surplus as it would be with no post left empty. Contracts are ranked by it, so that none looks "
            "good for leaving posts empty."
        ),
    ),
    (
        "Base",
        "The contract that the others are compared with.",
    ),
    (
        "Cost of the terms",
        (
            "What the contract’s own terms cost the provider: letters, bids, returns, extra recruitment, and the "
            "expected cost of losing the service."
        ),
    ),
    (
        "Public purse",
        (
            "What the funder pays, and its own administration, less what competition saves. It is not added to "
            "the provider’s figures."
        ),
    ),
    (
        "Confirmed funding",
        "Funding by awards that have been decided. It ends when the last decided award ends.",
    ),
    (
        "Free reserves",
        "The organisation’s own money that no funder has restricted and that is free to spend.",
    ),
    (
        "Minimum cash",
        "The cash below which the board wants to know. It is entered with the organisation.",
    ),
    (
        "Protective notice",
        (
            "Notice of redundancy that has to be given because the next award is not decided in time, whether or "
            "not the service goes on."
        ),
    ),
    (
        "Weeks of service lost",
        "Weeks of support that families would have had with every post filled and intake open.",
    ),
)
"""Words and what they mean here."""
