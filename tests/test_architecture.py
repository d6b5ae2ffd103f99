"""The rooms and their order: every import is read, and one that points the wrong way fails here."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "funding_model"

ROOMS = (
    "units",
    "problems",
    "reference",
    "scenario",
    "costing",
    "questions",
    "report",
    "store",
    "ui",
    "cli",
)
"""The rooms in reading order: a room imports itself and the rooms before it."""

ROOMS_CLOSED_TO = {
    "costing": frozenset(ROOMS) - {"units", "costing"},
    "cli": frozenset({"ui"}),
    "app.py": frozenset(ROOMS) - {"ui"},
}
"""Rooms that lie before this one and are not for it all the same."""

LIBRARIES_OPEN_TO = {
    "units": frozenset({"numpy"}),
    "problems": frozenset[str](),
    "costing": frozenset({"numpy"}),
    "app.py": frozenset({"streamlit"}),
}
"""What these may import beside the standard library; the other rooms are free."""

KNOW_STREAMLIT = {"ui", "app.py"}
TOUCHES_SESSION_STATE = PurePosixPath(PACKAGE, "ui", "session.py")


class Import(NamedTuple):
    """One imported module, by its full dotted name, and the line that imports it."""

    module: str
    line: int

    @property
    def library(self) -> str:
        """The top-level package that the module is in."""
        return self.module.partition(".")[0]

    @property
    def room(self) -> str | None:
        """The room of this project that the module is in, if any; the bare package has none."""
        first, _, rest = self.module.partition(".")
        room = rest.partition(".")[0]
        return room if first == PACKAGE and room and not room.startswith("__") else None


def room_of(path: PurePosixPath) -> str | None:
    """Return the room that a file lies in: the first name below the package, or the file itself outside it."""
    if path.parts[0] != PACKAGE:
        return path.name
    room = path.parts[1].removesuffix(".py")
    return None if room == "__init__" else "cli" if room == "__main__" else room


def imports_in(tree: ast.AST, path: PurePosixPath) -> Iterator[Import]:
    """Yield every import of a file, wherever in it and in whichever form it stands."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (Import(name.name, node.lineno) for name in node.names)
            case ast.ImportFrom():
                above = path.parts[: len(path.parts) - node.level] if node.level else ()
                source = ".".join([*above, *([node.module] if node.module else [])])
                yield from (Import(f"{source}.{name.name}", node.lineno) for name in node.names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield Import(module, node.lineno)
            case _:
                pass


def wrong_room(room: str | None, found: Import) -> str | None:
    """Say why a file of this room may not import from that room; None when it may."""
    if found.room is None or found.room == room:
        return None
    if found.room not in ROOMS:
        return "there is no room of that name"
    if room is None:
        return "the package itself imports none of its rooms"
    later = room in ROOMS and ROOMS.index(found.room) > ROOMS.index(room)
    return f"{room} may not know {found.room}" if later or found.room in ROOMS_CLOSED_TO.get(room, ()) else None


def wrong_library(room: str | None, found: Import) -> str | None:
    """Say why a file of this room may not import that library; None when it may."""
    name = room or PACKAGE
    if found.library == PACKAGE or found.library in sys.stdlib_module_names:
        return None
    if found.library == "streamlit" and name not in KNOW_STREAMLIT:
        return "only ui and app.py know Streamlit"
    closed = name in LIBRARIES_OPEN_TO and found.library not in LIBRARIES_OPEN_TO[name]
    return f"{name} may not know {found.library}" if closed else None


def wrong_ways(path: PurePosixPath, source: str) -> list[str]:
    """List what a file of this project must not do, each as a line that names the place.

    Args:
        path: The file, relative to the root of the repository.
        source: Its text.
    """
    room = room_of(path)
    if room is not None and room not in {*ROOMS, "app.py"}:
        return [f"{path}: there is no room '{room}'; the rooms are {', '.join(ROOMS)}"]
    tree = ast.parse(source)
    wrong = [
        (found.line, f"imports {found.module}: {complaint}")
        for found in imports_in(tree, path)
        if (complaint := wrong_room(room, found) or wrong_library(room, found))
    ]
    if path != TOUCHES_SESSION_STATE:
        wrong += [
            (node.lineno, "touches session_state, which is for ui/session.py alone")
            for node in ast.walk(tree)
            if (isinstance(node, ast.Attribute) and node.attr == "session_state")
            or (isinstance(node, ast.ImportFrom) and any(name.name == "session_state" for name in node.names))
        ]
    return [f"{path}:{line}: {complaint}" for line, complaint in sorted(wrong)]


def project_files() -> list[Path]:
    """Return every Python file of the app and the package."""
    return [*ROOT.glob("app.py"), *sorted((ROOT / PACKAGE).rglob("*.py"))]


def test_every_import_points_to_an_earlier_room() -> None:
    wrong = [
        complaint
        for file in project_files()
        for complaint in wrong_ways(
            PurePosixPath(file.relative_to(ROOT).as_posix()),
            file.read_text(encoding="utf-8"),
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_the_core_is_there_to_be_read() -> None:
    assert list((ROOT / PACKAGE / "costing").glob("*.py"))


@pytest.mark.parametrize(
    ("path", "source", "complaint"),
    [
        ("units.py", "import pydantic", "units may not know pydantic"),
        ("units.py", "from funding_model.problems import Problem", "units may not know problems"),
        ("reference/lookup.py", "from funding_model.scenario import Scenario", "reference may not know scenario"),
        ("reference/lookup.py", "from ..scenario import Scenario", "reference may not know scenario"),
        ("scenario/model.py", "from funding_model import costing", "scenario may not know costing"),
        ("costing/pay.py", "import funding_model.scenario.fields as f", "costing may not know scenario"),
        ("costing/pay.py", "from funding_model.problems import Problem", "costing may not know problems"),
        ("costing/pay.py", "from .. import reference", "costing may not know reference"),
        ("costing/pay.py", "def late():\n    import pandas as pd", "costing may not know pandas"),
        ("costing/pay.py", "if TYPE_CHECKING:\n    from pydantic import BaseModel", "costing may not know pydantic"),
        ("costing/pay.py", "importlib.import_module('yaml')", "costing may not know yaml"),
        ("costing/pay.py", "from streamlit.runtime import x", "only ui and app.py know Streamlit"),
        ("questions/gap.py", "from funding_model.report.words import money", "questions may not know report"),
        ("report/page.py", "import streamlit as st", "only ui and app.py know Streamlit"),
        ("store/files.py", "from funding_model.ui.state import load", "store may not know ui"),
        ("ui/fields.py", "from funding_model.cli import main", "ui may not know cli"),
        ("ui/fields.py", "st.session_state['x'] = 1", "session_state"),
        ("ui/pages/home.py", "from streamlit import session_state", "session_state"),
        ("cli.py", "from funding_model.ui import state", "cli may not know ui"),
        ("cli.py", "from funding_model import utils", "there is no room of that name"),
        ("utils.py", "", "there is no room 'utils'"),
        ("__init__.py", "from funding_model.units import Pounds", "imports none of its rooms"),
        ("../app.py", "from funding_model.questions import compare", "app.py may not know questions"),
        ("../app.py", "import pandas", "app.py may not know pandas"),
    ],
)
def test_a_wrong_import_is_caught(path: str, source: str, complaint: str) -> None:
    place = PurePosixPath("app.py") if path.startswith("..") else PurePosixPath(PACKAGE, path)
    found = wrong_ways(place, source)
    assert len(found) == 1
    assert found[0].startswith(str(place))
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("units.py", "from typing import Annotated\nimport numpy as np"),
        ("scenario/model.py", "from funding_model.problems import Problem\nimport pydantic, yaml"),
        (
            "costing/pay.py",
            "import numpy.typing as npt\nfrom funding_model.units import Pounds\nfrom . import timeline",
        ),
        ("costing/terms/claw_back.py", "from ..pay import salaries\nfrom ...units import Pounds"),
        (
            "questions/prepare.py",
            "from funding_model import __version__\nfrom funding_model.costing.inputs import Inputs",
        ),
        ("report/workbook.py", "import pandas as pd\nimport funding_model.questions.compare"),
        ("ui/session.py", "import streamlit as st\nst.session_state['workspace'] = 1"),
        ("ui/pages/home.py", "import streamlit as st\nfrom funding_model.ui.state import load"),
        ("cli.py", "import argparse\nfrom funding_model import questions, report, store"),
        ("../app.py", "from pathlib import Path\nimport streamlit as st\nfrom funding_model.ui import pages"),
    ],
)
def test_a_right_import_is_left_alone(path: str, source: str) -> None:
    place = PurePosixPath("app.py") if path.startswith("..") else PurePosixPath(PACKAGE, path)
    assert wrong_ways(place, source) == []


def test_the_core_loads_with_numpy_alone() -> None:
    program = f"""
import importlib, json, pkgutil, sys
import {PACKAGE}.costing as core
for module in pkgutil.walk_packages(core.__path__, core.__name__ + "."):
    importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    loaded = {Import(module, 0) for module in json.loads(printed)}
    assert not {"streamlit", "pandas", "pydantic", "altair", "yaml"} & {module.library for module in loaded}
    assert {module.room for module in loaded if module.room} <= {"units", "costing"}
