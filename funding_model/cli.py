"""The same questions from a shell: compare, bridge, gap, explain, workforce, simulate, allocate, validate and more.

Exit codes: 0; 1 when a check of the results fails; 2 for input that cannot be used or a comparison that is refused.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn, TextIO, TypeAlias

from funding_model import __version__
from funding_model.problems import Problem, ProblemsError

BAD_INPUT = 2
INTERRUPTED = 130
METHODS = ("direct", "step_down", "reciprocal", "single_rate", "all")
Answer: TypeAlias = tuple[str, int, Sequence[Problem]]
"""Text to print, the exit code, and problems with what was left out."""
SCENARIO_HELP = "a scenario: an id of the library, or the path of a YAML or JSON file"


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _write_any_text(stream)
    try:
        chosen = _parser().parse_args(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else BAD_INPUT
    answer: Callable[[argparse.Namespace], Answer] = chosen.answer
    try:
        text, code, problems = answer(chosen)
    except ProblemsError as error:
        _complain(error.problems)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    code = _print(text, code)
    _complain(problems)
    return code


def _write_any_text(stream: TextIO) -> None:
    """Write UTF-8, and a question mark for what cannot be written."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


def _complain(problems: Sequence[Problem]) -> None:
    with suppress(OSError):
        for problem in problems:
            print(" ".join(str(problem).splitlines()), file=sys.stderr)


def _print(text: str, code: int) -> int:
    """Print an answer; a reader who has seen enough and closed the pipe is no error."""
    try:
        sys.stdout.write(text if not text or text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _complain([Problem("", f"the answer cannot be written: {(error.strerror or 'unknown reason').lower()}.")])
        return BAD_INPUT
    return code


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with a command, and where its help is."""

    def error(self, message: str) -> NoReturn:
        shown = " ".join("".join(letter if letter.isprintable() else " " for letter in message).split())
        self.exit(BAD_INPUT, f"{self.prog}: {shown}. See {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="funding-model",
        description="What a voluntary-sector service fully costs, and what changes with the terms of its contract.",
        epilog="Exit codes: 0; 1 when a check of the results fails; 2 for input that cannot be used.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_compare(commands)
    _add_bridge(commands)
    _add_gap(commands)
    _add_explain(commands)
    _add_plans(commands)
    _add_simulate(commands)
    _add_sensitivity(commands)
    _add_break_even(commands)
    _add_report(commands)
    _add_allocate(commands)
    _add_validate(commands)
    command = _command(commands, "schema", "print the JSON Schema of a scenario", "funding-model schema > schema.json")
    command.set_defaults(answer=_schema)
    command = _command(commands, "library", "list the scenarios of the library", "funding-model library --format json")
    _add_format(command, "table", "json")
    command.set_defaults(answer=_library)
    command = _command(
        commands, "new", "print or save a small scenario to start from", "funding-model new --to my_service.yaml"
    )
    command.add_argument("--to", metavar="FILE", help="save it in this file, which must not exist yet")
    command.set_defaults(answer=_new)
    return parser


Plan: TypeAlias = Callable[[argparse.Namespace], Answer]
Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 - argparse has no public name for it


def _command(commands: Commands, name: str, summary: str, example: str) -> argparse.ArgumentParser:
    described = f"{summary[:1].upper()}{summary[1:]}."
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=described,
        epilog=f"Example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def _add_format(command: argparse.ArgumentParser, *choices: str) -> None:
    command.add_argument(
        "--format", choices=choices, default=choices[0], help=f"how to print the answer ({choices[0]} if left out)"
    )


def _add_contracts(command: argparse.ArgumentParser, verb: str) -> None:
    command.add_argument(
        "--contract",
        action="append",
        default=[],
        metavar="NAME",
        dest="contracts",
        help=f"{verb} this contract; may be given several times; all when left out",
    )


def _add_settings(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        dest="settings",
        help="another value at a place, such as services.1.posts.1.fte=0.8; may be given several times",
    )


def _add_services(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--services",
        action="append",
        default=[],
        metavar="all|summary|none|NAME",
        help="what the table shows of several services: each by year, each in a line (if left out), nothing, or one "
        "by year; may be given several times",
    )


def _add_compare(commands: Commands) -> None:
    command = _command(
        commands,
        "compare",
        "compare the contracts of a scenario",
        "funding-model compare family_support_hub --set horizon_years=6 --format json",
    )
    command.add_argument("scenarios", nargs="+", metavar="SCENARIO", help=SCENARIO_HELP)
    _add_contracts(command, "compare")
    command.add_argument("--base", metavar="NAME", help="the contract that the others are compared with")
    _add_settings(command)
    command.add_argument(
        "--across", action="store_true", help="compare the scenarios with the first of them, contract by contract"
    )
    _add_services(command)
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_compare)


def _add_bridge(commands: Commands) -> None:
    command = _command(
        commands,
        "bridge",
        "say which terms, or which inputs, make the difference between two contracts or two scenarios",
        'funding-model bridge family_support_hub --to "three-year indexed"\n'
        "  funding-model bridge family_support_hub --set assumptions.turnover=0.25",
    )
    command.add_argument(
        "scenarios",
        nargs="+",
        metavar="SCENARIO",
        help=f"{SCENARIO_HELP}; with a second one, the bridge leads from the first to the second",
    )
    command.add_argument(
        "--from", metavar="NAME", dest="start", help="the contract to start from (the base if left out)"
    )
    command.add_argument(
        "--to",
        action="append",
        default=[],
        metavar="NAME",
        dest="ends",
        help="the contract to end at; may be given several times; every other one when left out, or the same one when "
        "the inputs differ",
    )
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        dest="settings",
        help="another value at the end of the bridge; horizon_years and organisation.first_month hold at both ends",
    )
    command.add_argument(
        "--result",
        action="append",
        default=[],
        metavar="NAME",
        dest="results",
        help="share out this result; may be given several times; the main ten when left out, every one with all",
    )
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_bridge)


def _add_gap(commands: Commands) -> None:
    command = _command(
        commands,
        "gap",
        "put every pound between full cost, price and surplus down to the rule that caused it",
        'funding-model gap family_support_hub --contract "three-year indexed"',
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    _add_contracts(command, "show")
    _add_services(command)
    _add_settings(command)
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_gap)


def _add_explain(commands: Commands) -> None:
    command = _command(
        commands,
        "explain",
        "explain a figure: its formula, what it is made of, down to what was typed or published",
        "funding-model explain family_support_hub --figure full_cost --year 2026-27\n  funding-model explain --list",
    )
    command.add_argument("scenario", nargs="?", metavar="SCENARIO", help=SCENARIO_HELP)
    command.add_argument("--contract", metavar="NAME", help="of this contract (the base if left out)")
    command.add_argument("--figure", metavar="NAME", help="the figure, one of those that --list names")
    command.add_argument("--service", metavar="NAME", help="of this service (all if left out)")
    command.add_argument("--year", metavar="YEAR", help="of this financial year, such as 2026-27 (all if left out)")
    command.add_argument(
        "--depth", type=_levels, metavar="LEVELS", help="how many levels to show (table: 3; JSON and CSV: all)"
    )
    command.add_argument("--list", action="store_true", dest="listed", help="name every figure that can be explained")
    _add_settings(command)
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_explain)


def _levels(text: str) -> int:
    """Read a number of levels."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("must be a whole number, such as 4")
    return int(text)


def _plan(commands: Commands, name: str, summary: str, example: str, answer: Plan) -> argparse.ArgumentParser:
    """Add a command that asks what a scenario takes; it has the options that all of these share."""
    command = _command(commands, name, summary, example)
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    _add_contracts(command, "show")
    _add_settings(command)
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=answer)
    return command


def _add_plans(commands: Commands) -> None:
    _plan(
        commands,
        "workforce",
        "plan posts, hires and pay by year, service and post",
        "funding-model workforce sure_start_regional --set assumptions.supply_of_recruits=150",
        _workforce,
    )
    _plan(
        commands,
        "drivers",
        "show what each service would bear of the support costs if they were shared otherwise",
        "funding-model drivers multi_service_charity",
        _drivers,
    )
    command = _plan(
        commands,
        "ladder",
        "show full-cost, least acceptable and walk-away price, and the smallest concessions that break even",
        'funding-model ladder multi_service_charity --contract "All for three years, fixed price"',
        _ladder,
    )
    command.add_argument(
        "--service", metavar="NAME", help="look for the concessions that this service needs, rather than all together"
    )
    _add_change(commands)
    command = _plan(
        commands,
        "waiting",
        "show early intervention, people reached and the waiting list, and what clearing it would take",
        "funding-model waiting multi_service_charity --clear-by 2028-03",
        _waiting,
    )
    command.add_argument("--clear-by", metavar="MONTH", help="what it takes to clear the lists by this month's end")
    command.add_argument(
        "--from", metavar="MONTH", dest="start", help="month from which staff are taken on (the first if left out)"
    )
    command.add_argument("--service", metavar="NAME", help="the service whose list is to be cleared; all when left out")


def _add_change(commands: Commands) -> None:
    command = _plan(
        commands,
        "change",
        "change need or cost in mid-contract and show who pays and what is delivered under each contract",
        'funding-model change multi_service_charity --from 2027-10 --referrals 4 --service "Family support (Trust)"\n'
        "  funding-model change family_support_hub --from 2027-10 --cost-shock 0.1 --until 2028-09",
        _change,
    )
    command.add_argument("--from", metavar="MONTH", dest="start", required=True, help="first month, such as 2027-10")
    command.add_argument("--until", metavar="MONTH", dest="end", help="last month of the change (it lasts if left out)")
    command.add_argument(
        "--service", metavar="NAME", help="the service concerned; all in proportion to their size when left out"
    )
    command.add_argument("--referrals", type=float, default=0.0, metavar="N", help="more people referred a month")
    command.add_argument("--cohort", type=float, default=0.0, metavar="N", help="people referred at once in that month")
    command.add_argument(
        "--cost-shock",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="rise of all costs but pay: 0.1 is 10 per cent",
    )
    command.add_argument("--category", metavar="NAME", help="the category of cost that rises; all when left out")
    command.add_argument(
        "--post",
        action="append",
        default=[],
        metavar="TITLE=HEADS",
        dest="posts",
        help="more people in a post that the service has; may be given several times",
    )


def _add_simulate(commands: Commands) -> None:
    command = _command(
        commands,
        "simulate",
        "draw what is not certain many times: how sure the results are, and which contract is likelier to be better",
        "funding-model simulate family_support_hub --draws 2000 --set "
        "'assumptions.turnover={value: 0.18, low: 0.12, high: 0.3, distribution: pert}'",
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    _add_contracts(command, "show")
    _add_settings(command)
    command.add_argument("--draws", type=int, default=10_000, metavar="N", help="how many draws (10000 if left out)")
    command.add_argument(
        "--seed", type=int, default=20_260_401, metavar="S", help="the same seed gives the same draws (20260401)"
    )
    command.add_argument(
        "--sampler",
        choices=("sobol", "latin_hypercube"),
        default="sobol",
        help="how draws fill the space of what is uncertain (sobol if left out)",
    )
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_simulate)


def _add_sensitivity(commands: Commands) -> None:
    command = _command(
        commands,
        "sensitivity",
        "show which inputs a result depends on: one by one, by their share of its variance, and two at a time",
        "funding-model sensitivity family_support_hub --spread 10\n"
        "  funding-model sensitivity family_support_hub --grid uplift cost_growth --contract 'three-year fixed price'",
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    _add_result(command, "take the difference from it")
    command.add_argument(
        "--spread",
        type=float,
        metavar="P",
        help="also let every assumption without a range go down and up by P per cent of its value; it is told as such",
    )
    command.add_argument(
        "--samples",
        type=int,
        default=256,
        metavar="N",
        help="base samples of the shares of variance (256 if left out, 0 for none); it takes N times the number of "
        "ranges and two more",
    )
    command.add_argument("--seed", type=int, default=20_260_401, metavar="S", help="seed of the samples (20260401)")
    command.add_argument(
        "--grid",
        nargs=2,
        default=(),
        metavar=("A", "B"),
        help="two inputs of break-even, or places of numbers, each as NAME or NAME=LOW:HIGH",
    )
    command.add_argument(
        "--steps", type=int, default=7, metavar="N", help="values of each input of the grid (7 if left out)"
    )
    _add_settings(command)
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_sensitivity)


def _add_result(command: argparse.ArgumentParser, than: str) -> None:
    command.add_argument("--contract", metavar="NAME", default="", help="the contract (the base if left out)")
    command.add_argument("--than", metavar="NAME", help=f"another contract: {than}")
    command.add_argument(
        "--result", default="surplus_posts_filled", metavar="NAME", help="the result (surplus_posts_filled)"
    )
    command.add_argument("--year", metavar="YEAR", help="a financial year, such as 2028-29 (the whole if left out)")


def _add_break_even(commands: Commands) -> None:
    command = _command(
        commands,
        "break-even",
        "find the value of an input at which a surplus, or a difference between two contracts, is nil",
        'funding-model break-even family_support_hub --contract "three-year fixed price" --input uplift\n'
        "  funding-model break-even family_support_hub --input services.1.posts.1.salary --from 20000 --to 40000",
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    _add_result(command, "search where both have the same result")
    command.add_argument(
        "--input",
        required=True,
        metavar="NAME|PATH",
        dest="varied",
        help="what is varied: term, uplift, overhead_rate, price, caseload, turnover_difference, cost_growth, "
        "months_late, or the place of any number as for --set",
    )
    command.add_argument("--from", type=float, metavar="A", dest="low", help="start of the range that is searched")
    command.add_argument("--to", type=float, metavar="B", dest="high", help="end of the range that is searched")
    command.add_argument(
        "--target", type=float, default=0.0, metavar="X", help="what the result is to come to (0 if left out)"
    )
    _add_settings(command)
    _add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_break_even)


def _add_report(commands: Commands) -> None:
    command = _command(
        commands,
        "report",
        "write a report for a board or a commissioner to a file",
        "funding-model report family_support_hub --to report.html",
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    _add_contracts(command, "compare")
    command.add_argument("--base", metavar="NAME", help="the contract that the others are compared with")
    _add_settings(command)
    command.add_argument(
        "--baseline", metavar="SCENARIO", help="list every entry and result that differs from this scenario"
    )
    command.add_argument(
        "--materiality",
        type=float,
        default=0.0,
        metavar="POUNDS",
        help="count differences smaller than this, and do not list them (0 if left out)",
    )
    command.add_argument(
        "--open-book", action="store_true", help="show pay in bands, so that none can be put down to a person"
    )
    command.add_argument(
        "--to",
        required=True,
        metavar="FILE",
        help="the file to write; its ending, .pdf, .docx or .html, says which kind",
    )
    command.set_defaults(answer=_report)


def _add_allocate(commands: Commands) -> None:
    command = _command(
        commands,
        "allocate",
        "share overheads over services by each method",
        "funding-model allocate family_support_hub --method step_down",
    )
    command.add_argument("file", metavar="FILE", help=f"{SCENARIO_HELP}, or a file of allocation cases")
    command.add_argument("--method", choices=METHODS, default="all", help="the method (all if left out)")
    _add_format(command, "table", "json")
    command.set_defaults(answer=_allocate)


def _add_validate(commands: Commands) -> None:
    command = _command(
        commands, "validate", "say what is wrong in scenarios, where, and what to do", "funding-model validate my.yaml"
    )
    command.add_argument("files", nargs="+", metavar="FILE", help=SCENARIO_HELP)
    command.set_defaults(answer=_validate)


def _compare(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import answers

    return answers.answer_compare(
        chosen.scenarios,
        contracts=chosen.contracts,
        base=chosen.base,
        settings=chosen.settings,
        across=chosen.across,
        style=chosen.format,
        services=chosen.services,
    )


def _bridge(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import reasons

    return reasons.answer_bridge(
        chosen.scenarios,
        start=chosen.start,
        ends=chosen.ends,
        settings=chosen.settings,
        results=chosen.results,
        style=chosen.format,
    )


def _gap(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import reasons

    return reasons.answer_gap(
        chosen.scenario,
        contracts=chosen.contracts,
        settings=chosen.settings,
        style=chosen.format,
        services=chosen.services,
    )


def _explain(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import reasons

    if chosen.listed:
        return reasons.answer_figures(chosen.format)
    if chosen.scenario is None:
        raise ProblemsError([Problem("", "no scenario is named.", "Name one, or ask for the figures: explain --list")])
    return reasons.answer_explain(
        chosen.scenario,
        contract=chosen.contract,
        figure=chosen.figure,
        of=(chosen.service, chosen.year),
        settings=chosen.settings,
        depth=chosen.depth,
        style=chosen.format,
    )


def _allocate(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import answers

    return answers.answer_allocate(chosen.file, chosen.method, chosen.format)


def _workforce(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    return planning.answer_workforce(chosen.scenario, chosen.contracts, chosen.settings, chosen.format)


def _drivers(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    return planning.answer_drivers(chosen.scenario, chosen.contracts, chosen.settings, chosen.format)


def _ladder(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    return planning.answer_ladder(chosen.scenario, chosen.contracts, chosen.settings, chosen.service, chosen.format)


def _simulate(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import uncertain

    return uncertain.answer_simulate(
        chosen.scenario,
        contracts=chosen.contracts,
        settings=chosen.settings,
        draws=chosen.draws,
        seed=chosen.seed,
        sampler=chosen.sampler,
        style=chosen.format,
    )


def _sensitivity(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import uncertain

    asked = {name: getattr(chosen, name) for name in ("contract", "than", "result", "year")}
    looked_at = {name: getattr(chosen, name) for name in ("samples", "seed", "grid", "steps")}
    looked_at["spread"] = None if chosen.spread is None else chosen.spread / 100
    return uncertain.answer_sensitivity(
        chosen.scenario, asked, looked_at, settings=chosen.settings, style=chosen.format
    )


def _break_even(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import uncertain

    asked = {
        name: getattr(chosen, name)
        for name in ("varied", "contract", "than", "result", "year", "target", "low", "high")
    }
    return uncertain.answer_break_even(chosen.scenario, asked, settings=chosen.settings, style=chosen.format)


def _change(chosen: argparse.Namespace) -> Answer:
    from funding_model.questions.change.asked import Change
    from funding_model.report import planning

    change = Change(
        start=chosen.start,
        end=chosen.end,
        service=chosen.service,
        referrals=chosen.referrals,
        cohort=chosen.cohort,
        cost_shock=chosen.cost_shock,
        category=chosen.category,
    )
    return planning.answer_change(
        chosen.scenario, chosen.contracts, chosen.settings, change, chosen.posts, chosen.format
    )


def _report(chosen: argparse.Namespace) -> Answer:
    from funding_model.report.paper import answer

    return answer.answer_report(
        chosen.scenario,
        contracts=chosen.contracts,
        base=chosen.base,
        settings=chosen.settings,
        open_book=chosen.open_book,
        materiality=chosen.materiality,
        baseline=chosen.baseline,
        to=chosen.to,
    )


def _waiting(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    asked = {name: getattr(chosen, name) for name in ("clear_by", "start", "service")}
    return planning.answer_waiting(chosen.scenario, chosen.contracts, chosen.settings, asked, chosen.format)


def _validate(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import answers

    return answers.answer_validate(chosen.files)


def _schema(_chosen: argparse.Namespace) -> Answer:
    from funding_model.report import answers

    return answers.answer_schema(), 0, ()


def _library(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import answers

    return answers.answer_library(chosen.format), 0, ()


def _new(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import answers

    return answers.answer_new(chosen.to), 0, ()


if __name__ == "__main__":
    sys.exit(main())
