"""Commands that say how sure: simulate, sensitivity and break-even."""

from __future__ import annotations

import argparse

from funding_model.cli.arguments import (
    SCENARIO_HELP,
    Answer,
    Commands,
    add_command,
    add_contracts,
    add_format,
    add_settings,
    number,
    whole_number,
)


def add_to(commands: Commands) -> None:
    """Add the commands that say how sure."""
    _add_simulate(commands)
    _add_sensitivity(commands)
    _add_break_even(commands)


def _add_simulate(commands: Commands) -> None:
    command = add_command(
        commands,
        "simulate",
        "draw what is not certain many times: how sure the results are, and which contract is likelier to be better",
        "funding-model simulate family_support_hub --draws 2000 --set "
        "'assumptions.turnover={value: 0.18, low: 0.12, high: 0.3, distribution: pert}'",
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    add_contracts(command, "show")
    add_settings(command)
    command.add_argument(
        "--draws", type=whole_number, default=10_000, metavar="N", help="how many draws (10000 if left out)"
    )
    command.add_argument(
        "--seed",
        type=whole_number,
        default=20_260_401,
        metavar="S",
        help="the same seed gives the same draws (20260401)",
    )
    command.add_argument(
        "--sampler",
        choices=("sobol", "latin_hypercube"),
        default="sobol",
        help="how draws fill the space of what is uncertain (sobol if left out)",
    )
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_simulate)


def _add_sensitivity(commands: Commands) -> None:
    command = add_command(
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
        type=number,
        metavar="P",
        help="also let every assumption without a range go down and up by P per cent of its value; it is told as such",
    )
    command.add_argument(
        "--samples",
        type=whole_number,
        default=256,
        metavar="N",
        help="base samples of the shares of variance (256 if left out, 0 for none); it takes N times the number of "
        "ranges and two more",
    )
    command.add_argument(
        "--seed", type=whole_number, default=20_260_401, metavar="S", help="seed of the samples (20260401)"
    )
    command.add_argument(
        "--grid",
        nargs=2,
        default=(),
        metavar=("A", "B"),
        help="two inputs of break-even, or places of numbers, each as NAME or NAME=LOW:HIGH",
    )
    command.add_argument(
        "--steps", type=whole_number, default=7, metavar="N", help="values of each input of the grid (7 if left out)"
    )
    add_settings(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_sensitivity)


def _add_result(command: argparse.ArgumentParser, than: str) -> None:
    command.add_argument("--contract", metavar="NAME", default="", help="the contract (the base if left out)")
    command.add_argument("--than", metavar="NAME", help=f"another contract: {than}")
    command.add_argument(
        "--result", default="surplus_posts_filled", metavar="NAME", help="the result (surplus_posts_filled)"
    )
    command.add_argument("--year", metavar="YEAR", help="a financial year, such as 2028-29 (the whole if left out)")


def _add_break_even(commands: Commands) -> None:
    command = add_command(
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
    command.add_argument("--from", type=number, metavar="A", dest="low", help="start of the range that is searched")
    command.add_argument("--to", type=number, metavar="B", dest="high", help="end of the range that is searched")
    command.add_argument(
        "--target", type=number, default=0.0, metavar="X", help="what the result is to come to (0 if left out)"
    )
    add_settings(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=_break_even)


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
