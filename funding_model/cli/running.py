"""One command from its arguments to its exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from funding_model import __version__
from funding_model.cli import comparing, files, planning, uncertain
from funding_model.cli.arguments import BAD_INPUT, Answer, Parser
from funding_model.problems import Problem, ProblemsError

INTERRUPTED = 130


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


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="funding-model",
        description="What a voluntary-sector service fully costs, and what changes with the terms of its contract.",
        epilog="Exit codes: 0; 1 when a check of the results fails; 2 for input that cannot be used.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for group in (comparing, planning, uncertain, files):
        group.add_to(commands)
    return parser
