"""Lists: what is offered in the cells of an input workbook, and the bounds within which a number is taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from funding_model.scenario.columns import value_text
from funding_model.scenario.workbook.grid import FIRST, HEADINGS, ITEMS, Grid, letters
from funding_model.scenario.workbook.headings import Heading
from funding_model.scenario.workbook.layout import LISTS, Owner, owner_title
from funding_model.scenario.workbook.styles import Styles

LAST: Final = FIRST + 1_999
"""The last row in which what is typed is checked as it is typed."""
_SHEETS: Final[dict[Owner, tuple[str, int]]] = {
    "services": ("Services", 200),
    "pools": ("Support costs", 40),
    "activities": ("Other activities", 40),
    "contracts": ("Contracts", 12),
}
"""Where the names stand that are offered, and how many of them are."""
_NAME_ROW: Final = HEADINGS + 2
_LONGEST_MESSAGE: Final = 255


class Lists:
    """The sheet that holds every list offered in another; it is in sight, and is not read back."""

    def __init__(self, styles: Styles, grid: Grid) -> None:
        """Begin with no list."""
        self._styles, self._grid = styles, grid
        self._lists: dict[tuple[str, ...], str] = {}
        self._columns: list[tuple[str, list[tuple[str, str]]]] = []
        """Each column's heading, and its cells as formula and value; no formula for a plain text."""

    def check(self, sheet: Worksheet, cells: tuple[int, int, int, int], heading: Heading) -> None:
        """Let the cells from a first row and column to a last take only what a field can hold."""
        column = heading.column
        if column.many:
            return
        if column.form in ("choice", "yes_no"):
            texts = tuple(column.choices.values()) if column.form == "choice" else ("yes", "no")
            source = self._texts(column.title, texts)
            self._offer(sheet, cells, source, "Choose one from the list.", "stop")
        elif column.form in ("money", "share", "number"):
            rule = _rule(heading, f"{letters(cells[1])}{cells[0] + 1}")
            if rule:
                sheet.data_validation(*cells, {**rule, **_message(_bounds_in_words(heading), "stop")})

    def offer_titles(
        self, sheet: Worksheet, cells: tuple[int, int, int, int], title: str, texts: Iterable[str]
    ) -> None:
        """Offer the titles of what may be set."""
        self._offer(sheet, cells, self._texts(title, tuple(texts)), "Choose one from the list.", "stop")

    def offer_names(self, sheet: Worksheet, cells: tuple[int, int, int, int], owners: tuple[Owner, ...]) -> None:
        """Offer the names that are entered on other sheets, as far as they are there."""
        key = ("names", *owners)
        if key not in self._lists:
            ranges = [self._range(owner) for owner in owners]
            count = sum(_SHEETS[owner][1] for owner in owners)
            names = [name for owner in owners for name in self._names(owner)]
            rows = [
                (_nth(number, ranges), names[number - 1] if number <= len(names) else "")
                for number in range(1, count + 1)
            ]
            there = "+".join(f"COUNTA({each})" for each in ranges)
            top = f"{LISTS}!${letters(len(self._columns))}${HEADINGS + 2}"
            self._columns.append((f"{owner_title(owners)}: names", rows))
            self._lists[key] = f"=OFFSET({top},0,0,MAX(1,{there}),1)"
        message = "There is no such name yet. Names are entered on their own sheets; check the spelling."
        self._offer(sheet, cells, self._lists[key], message, "warning")

    def draw(self, sheet: Worksheet) -> None:
        """Write the lists."""
        sheet.write_string(0, 0, LISTS, self._styles.look("title"))
        sheet.write_string(
            1, 0, "What is offered on the other sheets. Nothing is entered here.", self._styles.look("text")
        )
        for column, (title, rows) in enumerate(self._columns):
            sheet.set_column(column, column, 34)
            sheet.write_string(HEADINGS, column, title, self._styles.look("heading"))
            for row, (formula, text) in enumerate(rows, HEADINGS + 1):
                if formula:
                    sheet.write_formula(row, column, formula, self._styles.look("label"), text)
                else:
                    sheet.write_string(row, column, text, self._styles.look("label"))
        sheet.freeze_panes(HEADINGS + 1, 0)
        sheet.fit_to_pages(1, 0)

    def _texts(self, title: str, texts: tuple[str, ...]) -> str:
        if texts not in self._lists:
            column = letters(len(self._columns))
            first = HEADINGS + 2
            self._columns.append((title, [("", text) for text in texts]))
            self._lists[texts] = f"={LISTS}!${column}${first}:${column}${first + len(texts) - 1}"
        return self._lists[texts]

    def _offer(self, sheet: Worksheet, cells: tuple[int, int, int, int], source: str, message: str, kind: str) -> None:
        sheet.data_validation(*cells, {"validate": "list", "source": source, **_message(message, kind)})

    def _range(self, owner: Owner) -> str:
        name, most = _SHEETS[owner]
        if owner == "contracts":
            last = letters(ITEMS + most - 1)
            return f"'{name}'!${letters(ITEMS)}${_NAME_ROW + 1}:${last}${_NAME_ROW + 1}"
        return f"'{name}'!$A${FIRST + 1}:$A${FIRST + most}"

    def _names(self, owner: Owner) -> list[str]:
        name, most = _SHEETS[owner]
        cells = self._grid.get(name, {})
        if owner == "contracts":
            found = [cells.get((_NAME_ROW, column)) for column in range(ITEMS, ITEMS + most)]
        else:
            found = [cells.get((row, 0)) for row in range(FIRST, FIRST + most)]
        return [str(each) for each in found if each is not None]


def _nth(number: int, ranges: list[str]) -> str:
    """Return the formula of the name of a number in several ranges, one after another."""
    formula, before = '""', ""
    steps = []
    for each in ranges:
        steps.append((each, f"{number}{before}"))
        before += f"-COUNTA({each})"
    for each, place in reversed(steps):
        formula = f"IF({place}<=COUNTA({each}),INDEX({each},{place}),{formula})"
    return f"={formula}"


def _rule(heading: Heading, first: str) -> dict[str, Any]:
    least, most, above = heading.bounds
    if least is None and most is None:
        return {}
    if above and least is not None:
        upper = f",{first}<={most:.15g}" if most is not None else ""
        whole = f",{first}=INT({first})" if heading.whole else ""
        return {"validate": "custom", "value": f"=AND(ISNUMBER({first}),{first}>{least:.15g}{upper}{whole})"}
    kind = "integer" if heading.whole else "decimal"
    if least is None or most is None:
        only = {"criteria": "<=", "value": most} if least is None else {"criteria": ">=", "value": least}
        return {"validate": kind, **only}
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}


def _bounds_in_words(heading: Heading) -> str:
    least, most, above = heading.bounds
    low = "" if least is None else f"{'more than' if above else 'at least'} {value_text(heading.column, least)}"
    high = "" if most is None else f"at most {value_text(heading.column, most)}"
    whole = "a whole number" if heading.whole else "a number"
    return f"Enter {whole}: {' and '.join(part for part in (low, high) if part)}."


def _message(text: str, kind: str) -> dict[str, str]:
    return {"error_type": kind, "error_title": "Not possible here", "error_message": text[:_LONGEST_MESSAGE]}
