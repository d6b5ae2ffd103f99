"""LibreOffice, without a window: works a workbook out anew and hands its values over."""

from __future__ import annotations

import shutil
import subprocess
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
    return _saved_again(content, folder).read_bytes()


def recalculated(content: bytes, folder: Path) -> Values:
    """Return the values of a workbook's formulas as LibreOffice works them out."""
    return _values(_saved_again(content, folder))


def _saved_again(content: bytes, folder: Path) -> Path:
    office = program()
    assert office is not None
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    given = folder / "workbook.xlsx"
    given.write_bytes(content)
    command = [
        office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(given),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=1_800)
    return folder / "out" / given.name


def _values(path: Path) -> Values:
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book]

    def value(sheet: int, row: int, column: int) -> Value:
        found = sheets[sheet][row][column]
        if isinstance(found, str | bool):
            return found
        return 0.0 if found is None or isinstance(found, datetime) else float(found)

    return value
