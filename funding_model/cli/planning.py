"""Commands that say what it takes: workforce, drivers, ladder, change and waiting."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

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

Plan: TypeAlias = Callable[[argparse.Namespace], Answer]


def add_to(commands: Commands) -> None:
    """Add the commands that say what it takes."""
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


def _plan(commands: Commands, name: str, summary: str, example: str, answer: Plan) -> argparse.ArgumentParser:
    """Add a command that asks what a scenario takes; it has the options that all of these share."""
    command = add_command(commands, name, summary, example)
    command.add_argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
    add_contracts(command, "show")
    add_settings(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(answer=answer)
    return command


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
    command.add_argument("--referrals", type=number, default=0.0, metavar="N", help="more people referred a month")
    command.add_argument(
        "--cohort", type=number, default=0.0, metavar="N", help="people referred at once in that month"
    )
    command.add_argument(
        "--cost-shock",
        type=number,
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


def _workforce(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    return planning.answer_workforce(chosen.scenario, chosen.contracts, chosen.settings, chosen.format)


def _drivers(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    return planning.answer_drivers(chosen.scenario, chosen.contracts, chosen.settings, chosen.format)


def _ladder(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    return planning.answer_ladder(chosen.scenario, chosen.contracts, chosen.settings, chosen.service, chosen.format)


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


def _waiting(chosen: argparse.Namespace) -> Answer:
    from funding_model.report import planning

    asked = {name: getattr(chosen, name) for name in ("clear_by", "start", "service")}
    return planning.answer_waiting(chosen.scenario, chosen.contracts, chosen.settings, asked, chosen.format)
