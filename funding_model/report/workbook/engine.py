"""Engine: the comparison as the stages of the workbook read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from funding_model.costing.arrays import Ints, year_sums
from funding_model.costing.inputs import Inputs
from funding_model.costing.model import Evaluation
from funding_model.questions.compare import Comparison
from funding_model.report.workbook.book import Numbers
from funding_model.report.workbook.posts import Posts, lay_out_posts, size_changes


@dataclass(frozen=True)
class Engine:
    """A comparison, its arrays, and the posts as they are laid out."""

    comparison: Comparison

    @property
    def inputs(self) -> Inputs:
        """The arrays of the scenario."""
        return self.comparison.prepared.inputs

    @property
    def evaluation(self) -> Evaluation:
        """Everything computed."""
        return self.comparison.evaluation

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services."""
        return tuple(service.name for service in self.comparison.scenario.services)

    @property
    def pools(self) -> tuple[str, ...]:
        """Names of the support pools."""
        return tuple(pool.name for pool in self.comparison.scenario.organisation.pools)

    @property
    def activities(self) -> tuple[str, ...]:
        """Names of the other activities."""
        return tuple(activity.name for activity in self.comparison.scenario.organisation.other_activities)

    @property
    def contracts(self) -> tuple[str, ...]:
        """Names of the contracts, in the order of the cases."""
        return self.comparison.contracts

    @cached_property
    def posts(self) -> Posts:
        """The services' posts."""
        prepared = self.comparison.prepared
        changes = [service.planned_changes for service in prepared.scenario.services]
        return lay_out_posts(self.services, prepared.service_posts, changes, prepared.dates)

    @cached_property
    def support_posts(self) -> Posts:
        """The pools' posts."""
        prepared = self.comparison.prepared
        return lay_out_posts(self.pools, prepared.support_posts, size_changes(len(self.pools)), prepared.dates)

    def by_month(self, of_period: Numbers) -> Numbers:
        """Spread the last axis from periods over months."""
        return np.take(of_period, self.inputs.calendar.period_of_month, axis=-1)

    def by_year(self, monthly: Numbers) -> Numbers:
        """Sum the last axis from months to financial years."""
        return year_sums(monthly, self.inputs.calendar.months_of_year)

    @property
    def year_of_month(self) -> Ints:
        """(month,) number of the financial year, 0 for the first."""
        return self.inputs.calendar.year_of_month


def of_case(array: Numbers, case: int = 0) -> Numbers:
    """Return one case of an array; one that is the same for every case has only one."""
    found: Numbers = array[case if len(array) > 1 else 0]
    return found
