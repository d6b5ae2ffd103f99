"""Pay: what a person in post costs a year.

``gross = (full-time salary after the steps taken) x fte x pay_index``

``pay = gross + nic_rate x max(0, gross - threshold) + pension_rate x base + extra_rate x gross``, where base is
gross, or for qualifying earnings ``clip(gross, lower, upper) - lower`` when gross is above the trigger. A month costs
a twelfth of it, so that half a year's post has half the threshold. Source of the rates: the statutory figures in
force on the month's last day.

Absence cover = ``pay x absence_rate x (1 + cover_premium)``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funding_model.costing.arrays import Floats, Ints
from funding_model.costing.inputs import Calendar, Parts, Statutory


@dataclass(frozen=True)
class PayPerHead:
    """Pounds a year of one head of each part in each period: axes (case, part, period) unless stated.

    Parts of posts that are paid alike share a kind of pay, and it is worked out once for all of them.
    """

    gross_of_alike: Floats
    """Gross pay of each kind of pay: axes (case, kind, period)."""
    nic_of_alike: Floats
    """Employer's National Insurance, likewise."""
    pension_of_alike: Floats
    """Employer's pension contribution, likewise."""
    pay_of_alike: Floats
    """Gross pay with National Insurance, pension and other on-costs, likewise."""
    kind: Ints
    """(part,) the kind of pay of each part."""
    extra_rate: Floats
    """(part,) other on-costs, deficit contributions included, as a fraction of gross pay."""

    @property
    def gross(self) -> Floats:
        """Gross pay."""
        return self.gross_of_alike.take(self.kind, axis=1)

    @property
    def nic(self) -> Floats:
        """Employer's National Insurance."""
        return self.nic_of_alike.take(self.kind, axis=1)

    @property
    def pension(self) -> Floats:
        """Employer's pension contribution."""
        return self.pension_of_alike.take(self.kind, axis=1)

    @property
    def other(self) -> Floats:
        """Deficit contributions and other on-costs."""
        return self.gross * self.extra_rate[:, None]

    @property
    def pay(self) -> Floats:
        """Gross pay with National Insurance, pension and other on-costs."""
        return self.pay_of_alike.take(self.kind, axis=1)


def pay_per_head(
    parts: Parts, pay_index: Floats, statutory: Statutory, calendar: Calendar, prices_of_period: Ints, steps_year: Ints
) -> PayPerHead:
    """Return the yearly cost of a head.

    Args:
        parts: Parts of posts.
        pay_index: (C, Y).
        statutory: Rates and thresholds.
        calendar: The periods.
        prices_of_period: (E,) the year whose prices apply in each period.
        steps_year: (P, E) the year whose pay steps apply.
    """
    part_of_period = calendar.part_of_period

    def figure(table: Floats) -> Floats:
        return table[prices_of_period, part_of_period]

    own_steps = steps_year.strides[0] == 0  # every part follows the same years
    of, back = np.unique(parts.like, return_inverse=True) if own_steps else (np.arange(len(parts.like)),) * 2
    qualifying, pension_rate = parts.qualifying[of], parts.pension_rate[of]
    salary = np.take_along_axis(parts.salary[of], steps_year[of], axis=1)
    gross = (salary * parts.fte[of][:, None])[None] * pay_index[:, None, prices_of_period]
    nic = figure(statutory.nic_rate) * np.maximum(0.0, gross - figure(statutory.nic_threshold))
    pension = gross * np.where(qualifying, 0.0, pension_rate)[:, None]
    if qualifying.any():
        lower, upper = figure(statutory.pension_lower), figure(statutory.pension_upper)
        band = np.where(gross > figure(statutory.pension_trigger), np.clip(gross, lower, upper) - lower, 0.0)
        pension += np.where(qualifying, pension_rate, 0.0)[:, None] * band
    pay = gross * (1 + parts.extra_rate[of])[:, None] + nic + pension
    return PayPerHead(gross, nic, pension, pay, back, parts.extra_rate)
