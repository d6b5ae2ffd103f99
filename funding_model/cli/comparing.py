"""Commands that compare and say why: compare, bridge, gap and explain."""

from __future__ import annotations

import argparse

from funding_model.cli.arguments import (
    SCENARIO_HELP,
    Answer,
    Commands,
    add_command,
    add_contracts,
    add_format,
    add_services,
    add_settings,
)
from funding_model.problems import Problem, ProblemsError


def add_to(commands: Commands) -> None:
    """Add the commands that compare and say why."""
    _add_compare(commands)
    _add_bridge(commands)
    _add_gap(commands)
    _add_explain(commands)


def _add_compare(commands: Commands) -> None:
    command = add_command(
        commands,
        "compare",
        "compare the contracts of a scenario",
        "funding-model compare family_support_hub --set horizon_years=6 --format json",
    )
    command.add_argument("scenarios", nargs="+", metavar="SCENARIO", help=SCENARIO_HELP)
    add_contracts(command, "compare")
    command.add_argument("--base", metavar="NAME", help="the contract that the others are compared with")
    add_settings(command)
    command.add_argument(
        "--across", action="store_true", help="compare the scenarios with the first of them, contract by contract"
    )
    add_services(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_compare)


def _add_bridge(commands: Commands) -> None:
    command = add_command(
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
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_bridge)


def _add_gap(commands: Commands) -> None:
    command = add_command(
        commands,
        "gap",
        "put every pound between full cost, price and surplus down to the rule that caused it",
        'funding-model gap family_support_hub --contract "three-year indexed"',
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    add_contracts(command, "show")
    add_services(command)
    add_settings(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_gap)


def _add_explain(commands: Commands) -> None:
    command = add_command(
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
    add_settings(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_explain)


def _levels(text: str) -> int:
    """Read a number of levels."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("must be a whole number, such as 4")
    return int(text)


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
