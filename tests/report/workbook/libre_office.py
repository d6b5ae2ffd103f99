"""LibreOffice, without a window: works a workbook out anew and hands its values over."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl

from funding_model.report.workbook.calculate import Value, Values

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Always recalculate: left to itself it shows the values that the file holds."""
ON_A_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


def program() -> str | None:
    """Return the path of LibreOffice; None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or (ON_A_MAC if Path(ON_A_MAC).exists() else None)


def saved_again(content: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it, worked out anew."""
    (found,) = _saved_again({"workbook": content}, folder)
    return found.read_bytes()


def recalculated(contents: Mapping[str, bytes], folder: Path) -> Iterator[tuple[str, Values]]:
    """Yield the values of each workbook's formulas as LibreOffice works them out, which is started once for all."""
    for path in _saved_again(contents, folder):
        yield path.stem, _values(path)


def _saved_again(contents: Mapping[str, bytes], folder: Path) -> list[Path]:
    office = program()
    assert office is not None
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    given = [folder / f"{name}.xlsx" for name in contents]
    for path, content in zip(given, contents.values(), strict=True):
        path.write_bytes(content)
    command = [
        office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), *map(str, given),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=1_800)
    return [folder / "out" / path.name for path in given]


def _values(path: Path) -> Values:
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book]

    def value(sheet: int, row: int, column: int) -> Value:
        found = sheets[sheet][row][column]
        if isinstance(found, str | bool):
            return found
        return 0.0 if found is None or isinstance(found, datetime) else float(found)

    return value
