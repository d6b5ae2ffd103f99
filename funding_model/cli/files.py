"""Commands about files: report, allocate, validate, schema, library, new and input-workbook."""

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
)

METHODS = ("direct", "step_down", "reciprocal", "single_rate", "all")


def add_to(commands: Commands) -> None:
    """Add the commands about files."""
    _add_report(commands)
    _add_allocate(commands)
    _add_validate(commands)
    _add_small(commands)


def _add_report(commands: Commands) -> None:
    command = add_command(
        commands,
        "report",
        "write a report for a board or a commissioner, or a proof workbook, to a file",
        "funding-model report family_support_hub --to report.html",
    )
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    add_contracts(command, "compare")
    command.add_argument("--base", metavar="NAME", help="the contract that the others are compared with")
    add_settings(command)
    command.add_argument(
        "--baseline", metavar="SCENARIO", help="list every entry and result that differs from this scenario"
    )
    command.add_argument(
        "--materiality",
        type=number,
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
        help="the file to write: a report (.pdf, .docx, .html) or a proof workbook (.xlsx), as its ending says",
    )
    command.set_defaults(answer=_report)


def _add_allocate(commands: Commands) -> None:
    command = add_command(
        commands,
        "allocate",
        "share overheads over services by each method",
        "funding-model allocate family_support_hub --method step_down",
    )
    command.add_argument("file", metavar="FILE", help=f"{SCENARIO_HELP}, or a file of allocation cases")
    command.add_argument("--method", choices=METHODS, default="all", help="the method (all if left out)")
    add_format(command, "table", "json")
    command.set_defaults(answer=_allocate)


def _add_validate(commands: Commands) -> None:
    command = add_command(
        commands, "validate", "say what is wrong in scenarios, where, and what to do", "funding-model validate my.yaml"
    )
    command.add_argument("files", nargs="+", metavar="FILE", help=SCENARIO_HELP)
    command.set_defaults(answer=_validate)


def _add_small(commands: Commands) -> None:
    command = add_command(
        commands, "schema", "print the JSON Schema of a scenario", "funding-model schema > schema.json"
    )
    command.set_defaults(answer=_schema)
    command = add_command(
        commands, "library", "list the scenarios of the library", "funding-model library --format json"
    )
    add_format(command, "table", "json")
    command.set_defaults(answer=_library)
    command = add_command(
        commands, "new", "print or save a small scenario to start from", "funding-model new --to my_service.yaml"
    )
    command.add_argument("--to", metavar="FILE", help="save it in this file, which must not exist yet")
    command.set_defaults(answer=_new)
    _add_input_workbook(commands)


def _add_input_workbook(commands: Commands) -> None:
    command = add_command(
        commands,
        "input-workbook",
        "save a workbook to be filled in without the calculator: blank, or with a scenario in it",
        "funding-model input-workbook family_support_hub --to family_support_hub.xlsx",
    )
    command.add_argument("scenario", nargs="?", metavar="SCENARIO", help=f"{SCENARIO_HELP}; blank when left out")
    add_settings(command)
    command.add_argument(
        "--to", required=True, metavar="FILE.xlsx", help="save it in this file, which must not exist yet"
    )
    command.set_defaults(answer=_input_workbook)


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


def _allocate(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import answers

    return answers.answer_allocate(chosen.file, chosen.method, chosen.format)


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


def _input_workbook(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import input_workbook

    return input_workbook.answer_input_workbook(chosen.scenario, chosen.settings, chosen.to), 0, ()
