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
        "Support pool and driver",
        "Costs that services share, and the measure by which they are shared, such as floor area or staff.",
    ),
    (
        "Full-cost price",
        "The price that covers the full cost, together with what other funders give.",
    ),
    (
        "Least acceptable price",
        (
            "The full-cost price less the overhead that would stay without the service, plus what the contract’s terms "
            "cost. Below it the organisation is worse off with the contract than without the service."
        ),
    ),
    (
        "Walk-away price",
        (
            "The least acceptable price less costs that take no cash, and less what ending the service would cost. "
            "Below it, it costs less to end the service at once than to take the contract."
        ),
    ),
    (
        "Break even",
        "To leave neither surplus nor shortfall.",
    ),
    (
        "Draw and seed",
        (
            "A draw gives everything that is not certain one possible value, and works out what follows. The seed is a "
            "number from which all draws are made: the same seed gives the same draws."
        ),
    ),
    (
        "P10, P50 and P90",
        (
            "Amounts that 10, 50 and 90 of a hundred draws do not exceed. P50 is the middle; four draws of five lie "
            "between P10 and P90."
        ),
    ),
    (
        "Standard error",
        "How far a mean of draws is likely to be from the mean of endlessly many.",
    ),
    (
        "Tornado",
        "A chart of what a result becomes when each input goes to its low and to its high, the widest swing first.",
    ),
    (
        "Share of the variance",
        (
            "How much of the spread of a result an input accounts for, by itself and together with others (its Sobol "
            "indices)."
        ),
    ),
    (
        "Part of a difference",
        (
            "What one term contributes to the difference between two contracts: the mean of what its swap changes over "
            "every order of swapping (its Shapley value)."
        ),
    ),
    (
        "Weeks of service lost",
        "Weeks of support that families would have had with every post filled and intake open.",
    ),
)
"""Words and what they mean here."""
