"""A table of municipalities as the CBS and spreadsheets publish it, or every fault in it.

The header may have titles above it, and be called by any of the words for a column. Cells are
parted by semicolons, commas or tabs, and may be quoted. A code is that of the CBS (``GM0505``,
``0505`` or ``505``). A number of inhabitants may have its thousands apart and decimals of nothing;
a cell of a dot, a dash or nothing says that nobody knows it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from decision.load.problems import Faults, Location, TextFile
from decision.load.text import printable, read_bytes
from decision.words.catalogue import catalogue, languages

__all__ = ["Town", "TownTable", "id_of", "read_table"]

Column = Literal["code", "name", "inhabitants", "netnummer"]
COLUMNS: tuple[Column, ...] = ("code", "name", "inhabitants", "netnummer")
NEEDED: tuple[Column, ...] = ("code", "name")

MOST_ROWS = 1000
"""More municipalities than the country ever had since the netnummers; more is another table."""

_SIGNS = ";,\t"
_CODE = re.compile("(?:GM)?([0-9]{1,4})", re.IGNORECASE)
_OTHER_AREA = re.compile("(?!GM)[A-Z]{2}[0-9]*", re.IGNORECASE)
_NOT_KNOWN = frozenset({"", ".", "-", "x"})
_THOUSANDS = re.compile("([0-9]{1,3}(?:[.,' \u00a0\u2019\u202f][0-9]{3})+)(?:[.,]0+)?")
_PLAIN = re.compile("([0-9]+)(?:[.,]0+)?")
_MOST_PEOPLE = 100_000_000


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality: its CBS code, name, inhabitants (None when unknown) and netnummers.

    Of one netnummer it lies in that as a whole; of more nobody knows yet how it is divided.
    """

    code: str
    name: str
    inhabitants: int | None
    netnummers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TownTable:
    """The municipalities in a table, and the columns and other areas that are not used."""

    rows: tuple[Town, ...]
    columns: tuple[str, ...]
    areas: tuple[str, ...]


class _Cell(NamedTuple):
    text: str
    place: Location


def read_table(path: Path, netnummers: Collection[str], lang: str) -> TownTable:
    """Read a table of municipalities; ``netnummers`` are those that exist.

    Raises ``InputError`` with every fault in it.
    """
    faults = Faults(lang)
    content = read_bytes(path, str(path), faults)
    text = _decoded(content or b"")
    table = TownTable((), (), ())
    if content is not None and printable(text, TextFile(str(path), text), faults):
        table = _Reader(text, str(path), netnummers, faults).table()
    faults.raise_if_any()
    return table


def id_of(name: str) -> str:
    """An id of a name: small letters and digits, with hyphens for all else."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")


def _decoded(content: bytes) -> str:
    """The text: in UTF-8, or else as a Dutch spreadsheet writes it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Reader:
    """What reads one table, and notes what is wrong in it."""

    def __init__(self, text: str, name: str, netnummers: Collection[str], faults: Faults) -> None:
        """Look at the text of a file with a name."""
        self.text, self.file = text, TextFile(name, text)
        self.netnummers, self.faults = netnummers, faults

    def table(self) -> TownTable:
        """The table; without rows where it is at fault."""
        lines = [*self.lines()]
        for at, cells in enumerate(lines):
            columns = _columns(cells)
            if columns.keys() >= {*NEEDED}:
                return self.below(cells, columns, lines[at + 1 :])
        if not self.faults:
            words = catalogue(self.faults.lang, "cli")
            known = [words.get(f"columns.{name}")[0] for name in NEEDED]
            self.faults.add("table_without_header", Location(self.file), columns=known)
        return TownTable((), (), ())

    def lines(self) -> Iterator[list[_Cell]]:
        """The cells of every line that has any."""
        sign = max(_SIGNS, key=lambda one: max(map(_count(one), self.text.split("\n"))))
        cell = re.compile(
            rf'[ ]*(?:"(?P<quoted>(?:[^"]|"")*)"[ ]*|(?P<plain>[^"{sign}\n]*))'
            rf"(?P<end>{sign}|\n|\Z)"
        )
        at, line, start, cells = 0, 1, 0, list[_Cell]()
        while at <= len(self.text):
            place = Location(self.file, line, at - start + 1)
            found = cell.match(self.text, at)
            if found is None:
                self.faults.add("table_quote", place)
                return
            quoted = found["quoted"]
            text = found["plain"] if quoted is None else quoted.replace('""', '"')
            cells.append(_Cell(" ".join(text.split()), place))
            breaks = found[0].count("\n")
            at, line = found.end(), line + breaks
            start = self.text.rfind("\n", 0, at) + 1 if breaks else start
            if found["end"] != sign:
                if any(one.text for one in cells):
                    yield cells
                cells = []
                if not found["end"]:
                    return

    def below(
        self, header: Sequence[_Cell], columns: Mapping[Column, int], lines: list[list[_Cell]]
    ) -> TownTable:
        """The municipalities below the header; what is said under them in one cell is no row."""
        while lines and _is_note(lines[-1], columns["code"]):
            lines.pop()
        if not lines and not self.faults:
            self.faults.add("table_empty", header[0].place)
        rows, areas = list[Town](), list[str]()
        seen: dict[tuple[str, str], int | None] = {}
        for cells in lines[:MOST_ROWS]:
            if len(cells) != len(header):
                self.faults.add(
                    "table_row_length", cells[0].place, count=len(cells), expected=len(header)
                )
                continue
            held = {name: cells[at] for name, at in columns.items()}
            if _OTHER_AREA.fullmatch(held["code"].text):
                areas.append(held["name"].text or held["code"].text)
            elif row := self.row(held, seen):
                rows.append(row)
        if len(lines) > MOST_ROWS:
            place = lines[MOST_ROWS][0].place
            self.faults.add("table_too_long", place, count=len(lines), most=MOST_ROWS)
        if lines and not rows and not self.faults:
            self.faults.add("table_empty", header[0].place)
        unused = (cell.text for at, cell in enumerate(header) if at not in columns.values())
        return TownTable(tuple(rows), tuple(filter(None, unused)), tuple(areas))

    def row(
        self, held: Mapping[Column, _Cell], seen: dict[tuple[str, str], int | None]
    ) -> Town | None:
        """One municipality; None where something is wrong with it."""
        before = len(self.faults)
        code = _CODE.fullmatch(held["code"].text)
        if code is None:
            self.fault("table_code", held["code"])
        if not id_of(held["name"].text):
            self.fault("table_name", held["name"])
        known = {
            "code": code and code[1].zfill(4),
            "name": id_of(held["name"].text),
        }
        for column, value in known.items():
            cell = held["code" if column == "code" else "name"]
            if value and (column, value) in seen:
                self.fault("table_twice", cell, other=seen[column, value])
            elif value:
                seen[column, value] = cell.place.line
        people = self.people(held.get("inhabitants"))
        lies_in = tuple(dict.fromkeys(self.lies_in(held.get("netnummer"))))
        if code is None or len(self.faults) > before:
            return None
        return Town(code[1].zfill(4), held["name"].text, people, lies_in)

    def people(self, cell: _Cell | None) -> int | None:
        """The inhabitants in a cell; None when it says that nobody knows, or is at fault."""
        if cell is None or cell.text.casefold() in _NOT_KNOWN | _words("not_known"):
            return None
        found = _THOUSANDS.fullmatch(cell.text) or _PLAIN.fullmatch(cell.text)
        people = int(re.sub("[^0-9]", "", found[1])) if found else 0
        if not 1 <= people <= _MOST_PEOPLE:
            self.fault("table_inhabitants", cell)
            return None
        return people

    def lies_in(self, cell: _Cell | None) -> Iterator[str]:
        """The netnummers in a cell, as 078, 78 or 14078, with anything between them."""
        for text in re.findall("[^ ,;/+&]+", cell.text) if cell else ():
            ways = (text, f"0{text}", text.removeprefix("14"))
            found = next((one for one in ways if one in self.netnummers), None)
            if found is None and cell is not None:
                self.fault("table_netnummer", cell, value=text, known=[*self.netnummers])
            elif found is not None:
                yield found

    def fault(self, code: str, cell: _Cell, **details: object) -> None:
        """Something is wrong with a cell."""
        self.faults.add(code, cell.place, (), **{"value": cell.text, **details})


def _is_note(cells: Sequence[_Cell], code: int) -> bool:
    """Whether a line holds one text, which is no code of a municipality."""
    filled = [at for at, cell in enumerate(cells) if cell.text]
    return len(filled) == 1 and not (filled == [code] and _CODE.fullmatch(cells[code].text))


def _count(sign: str) -> Callable[[str], int]:
    return lambda line: line.count(sign)


def _words(code: str) -> set[str]:
    """The words that stand under a code, in every language."""
    return {word for lang in languages() for word in catalogue(lang, "cli").get(code)}


def _columns(cells: Sequence[_Cell]) -> dict[Column, int]:
    """Which cell of a header is above which column, the first that is called so."""
    plain = [re.sub("[^a-z]", "", id_of(cell.text)) for cell in cells]
    found: dict[Column, int] = {}
    for name in COLUMNS:
        called = {re.sub("[^a-z]", "", id_of(word)) for word in _words(f"columns.{name}")}
        at = next((at for at, word in enumerate(plain) if word in called), None)
        if at is not None and at not in found.values():
            found[name] = at
    return found
