"""Arguments that the commands share, and the form of their help."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from typing import Final, NoReturn, TypeAlias

from funding_model.problems import Problem

BAD_INPUT: Final = 2
SCENARIO_HELP: Final = (
    "a scenario: an id of the library, or the path of a YAML or JSON file or of an input workbook (.xlsx)"
)
Answer: TypeAlias = tuple[str, int, Sequence[Problem]]
"""Text to print, the exit code, and problems with what was left out."""


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with a command, and where its help is."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end."""
        shown = " ".join("".join(letter if letter.isprintable() else " " for letter in message).split())
        self.exit(BAD_INPUT, f"{self.prog}: {shown}. See {self.prog} --help\n")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - argparse has no public name for it


def add_command(commands: Commands, name: str, summary: str, example: str) -> argparse.ArgumentParser:
    """Add a command with its help and an example."""
    described = f"{summary[:1].upper()}{summary[1:]}."
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=described,
        epilog=f"Example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def whole_number(text: str) -> int:
    """Read a whole number that was typed."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'must be a whole number, such as 1000; you entered "{text}"') from error


def number(text: str) -> float:
    """Read a number that was typed."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f'must be a number, such as 0.5 or 1000; you entered "{text}"')
    return value


def add_format(command: argparse.ArgumentParser, *choices: str) -> None:
    """Add the choice of a form for the answer; the first is the usual one."""
    command.add_argument(
        "--format", choices=choices, default=choices[0], help=f"how to print the answer ({choices[0]} if left out)"
    )


def add_contracts(command: argparse.ArgumentParser, verb: str) -> None:
    """Add the choice of contracts."""
    command.add_argument(
        "--contract",
        action="append",
        default=[],
        metavar="NAME",
        dest="contracts",
        help=f"{verb} this contract; may be given several times; all when left out",
    )


def add_settings(command: argparse.ArgumentParser) -> None:
    """Add other values at places of the scenario."""
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        dest="settings",
        help="another value at a place, such as services.1.posts.1.fte=0.8; may be given several times",
    )


def add_services(command: argparse.ArgumentParser) -> None:
    """Add what a table shows of several services."""
    command.add_argument(
        "--services",
        action="append",
        default=[],
        metavar="all|summary|none|NAME",
        help="what the table shows of several services: each by year, each in a line (if left out), nothing, or one "
        "by year; may be given several times",
    )
