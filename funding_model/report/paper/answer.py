"""Answer: what the command ``report`` does, from what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from funding_model.problems import Problem, ProblemsError
from funding_model.questions.compare import Comparison, compare
from funding_model.report.asking import CHECK_FAILED, OK, Answer, load_all, named, overrides_of, sensible_figures
from funding_model.report.paper.asked import Choices
from funding_model.report.paper.build import Progress, paper_of
from funding_model.report.paper.files import WORKBOOK, ending_of, file_of
from funding_model.report.progress import progress_on_a_terminal
from funding_model.report.saving import check_place, save
from funding_model.scenario.scenario import Scenario


def answer_report(
    source: str,
    *,
    contracts: Sequence[str],
    base: str | None,
    settings: Sequence[str],
    open_book: bool,
    materiality: float,
    baseline: str | None,
    to: str,
) -> Answer:
    """Write the report of a scenario to a file, and say so.

    Args:
        source: Id of the library or path.
        contracts: The contracts to compare; all when there are none.
        base: The contract that the others are compared with.
        settings: Other values, each as ``PATH=VALUE``.
        open_book: Whether pay is shown in bands only.
        materiality: Differences in pounds below this are counted and not listed.
        baseline: The scenario that this one started from, if entries are to be compared with it.
        to: The file; its ending says which format.

    Raises:
        ProblemsError: Something that was entered cannot be used, or the file cannot be written.
    """
    ending = ending_of(to)
    if ending == WORKBOOK:
        _refuse_for_a_workbook({"--open-book": open_book, "--materiality": materiality, "--baseline": baseline})
    check_place(to)
    (scenario,) = load_all([source], overrides_of(settings))
    started_from = _baseline(baseline)
    choices = Choices(open_book=open_book, materiality=materiality, baseline=started_from)
    with sensible_figures(scenario.name):
        comparison = compare(scenario, contracts, base)
        progress = progress_on_a_terminal()
        content = (
            _workbook(comparison, progress)
            if ending == WORKBOOK
            else file_of(paper_of(comparison, choices, progress), ending)
        )
        if progress is not None:
            progress(1.0, "")
    save(content, to)
    what = "proof workbook" if ending == WORKBOOK else "report"
    return f"The {what} is in {to}.", OK if comparison.passed else CHECK_FAILED, ()


def _workbook(comparison: Comparison, progress: Progress | None) -> bytes:
    from funding_model.report.workbook.build import workbook_of  # noqa: PLC0415 - large, and read when asked

    return workbook_of(comparison, progress)


def _refuse_for_a_workbook(options: Mapping[str, object]) -> None:
    """Refuse what only a report can be given."""
    remedies = {
        "--open-book": "A proof workbook works pay out from every salary. Leave --open-book out, or write a report.",
    }
    problems = [
        Problem(
            name, "this has no effect on a proof workbook.", remedies.get(name, f"Leave {name} out, or write a report.")
        )
        for name, given in options.items()
        if given
    ]
    if problems:
        raise ProblemsError(problems)


def _baseline(source: str | None) -> Scenario | None:
    if source is None:
        return None
    try:
        (found,) = load_all([source], {})
    except ProblemsError as error:
        raise ProblemsError(named(source, error.problems)) from error
    return found
