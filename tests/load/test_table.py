"""A table of municipalities, as the CBS and spreadsheets publish it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.load.problems import InputError
from decision.load.table import Town, TownTable, id_of, read_table
from tests.searching import examples

NETNUMMERS = ("010", "0184", "078")
ROW = Town("0505", "Dordrecht", 118_450, ("078",))


def table(folder: Path, content: str | bytes, lang: str = "nl") -> TownTable:
    """The table in a file that holds this."""
    file = folder / "gemeenten.csv"
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_table(file, NETNUMMERS, lang)


@pytest.mark.parametrize(
    "content",
    [
        "code;naam;inwoners;netnummer\n0505;Dordrecht;118450;078\n",
        "Gemeentecode,Gemeentenaam,Inwonertal,Netnummer\r\n505,Dordrecht,118450,78\r\n",
        "\ufeffGM-code\tGemeente\tAantal inwoners\tNetnummers\nGM0505\tDordrecht\t118.450\t14078\n",
        'Netnummer;Bevolking;Regio\'s;Regiocode\n"078";"118 450,0";" Dordrecht ";"gm0505"\n',
        "Bevolking\n\ncode;name;population;area code\n0505;Dordrecht;118'450;078\nBron: CBS\n",
        "code;naam;jaar;inwoners;netnummer\n0505;Dordrecht;2020;118450;078 078\n",
    ],
)
def test_a_table_is_read_as_it_is_published(tmp_path: Path, content: str) -> None:
    """Titles, words for columns, separators and codes differ; the municipality does not."""
    assert table(tmp_path, content).rows == (ROW,)


def test_a_spreadsheet_of_windows_is_read(tmp_path: Path) -> None:
    """A name with an accent is right in the encoding that Dutch spreadsheets write as well."""
    found = table(tmp_path, "code;naam\n0093;Súdwest-Fryslân\n".encode("cp1252"))
    assert [one.name for one in found.rows] == ["Súdwest-Fryslân"]


def test_what_is_not_used_is_told(tmp_path: Path) -> None:
    """Other columns, and provinces and the country between the municipalities, are named."""
    found = table(tmp_path, "code;naam;inwoners;oppervlakte\nNL01;Nederland;1;2\n0505;Aa;.;3\n")
    assert found == TownTable((Town("0505", "Aa", None, ()),), ("oppervlakte",), ("Nederland",))


FAULTS = {
    "": ("table_without_header", None, None),
    "stad;land\nAa;Bb\n": ("table_without_header", None, None),
    "code;naam\n": ("table_empty", 1, 1),
    "code;naam\n0505;Aa;3\n": ("table_row_length", 2, 1),
    "code;naam\nx505;Aa\n": ("table_code", 2, 1),
    "code;naam\n0505;--\n": ("table_name", 2, 6),
    "code;naam\n0505;Aa\n505;Bb\n": ("table_twice", 3, 1),
    "code;naam\n0505;Aa\n0506;aa\n": ("table_twice", 3, 6),
    "code;naam;inwoners\n0505;Aa;veel\n": ("table_inhabitants", 2, 9),
    "code;naam;inwoners\n0505;Aa;0\n": ("table_inhabitants", 2, 9),
    "code;naam;inwoners\n0505;Aa;12,5\n": ("table_inhabitants", 2, 9),
    "code;naam;netnummer\n0505;Aa;079\n": ("table_netnummer", 2, 9),
    'code;naam\n0505;"Aa\n': ("table_quote", 2, 6),
}


@pytest.mark.parametrize("content", FAULTS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_fault_is_told_where_it_stands(tmp_path: Path, content: str, lang: str) -> None:
    """One message with its line and column, and what to do."""
    with pytest.raises(InputError) as raised:
        table(tmp_path, content, lang)
    (problem,) = raised.value.problems
    assert (problem.code, problem.line, problem.column) == FAULTS[content]
    assert problem.message
    assert problem.hint


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Who has a table with three wrong lines mends it in one go."""
    with pytest.raises(InputError) as raised:
        table(tmp_path, "code;naam;inwoners\nx;Aa;1\n0506;;2\n0507;Cc;-3\n")
    assert [one.line for one in raised.value.problems] == [2, 3, 4]


def test_a_table_longer_than_the_country_is_refused(tmp_path: Path) -> None:
    """It is a table of something else."""
    rows = "".join(f"{at:04};Aa{at}\n" for at in range(1, 1003))
    with pytest.raises(InputError) as raised:
        table(tmp_path, f"code;naam\n{rows}")
    assert [(one.code, one.line) for one in raised.value.problems] == [("table_too_long", 1002)]


def test_no_table_at_all_is_told(tmp_path: Path) -> None:
    """A name of nothing is a fault of the input, as with a region file."""
    with pytest.raises(InputError):
        read_table(tmp_path / "weg.csv", NETNUMMERS, "nl")


NAMES = st.text(
    st.characters(categories=("Lu", "Ll", "Nd", "Zs", "Po"), max_codepoint=0x17F), max_size=12
).map(lambda text: " ".join(text.split()))


@given(
    names=st.lists(NAMES.filter(id_of), min_size=1, max_size=5, unique_by=id_of),
    sizes=st.lists(st.none() | st.integers(1, 10**8), min_size=5, max_size=5),
    sign=st.sampled_from(";,\t"),
)
@examples(60)
def test_what_a_library_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    names: list[str],
    sizes: list[int | None],
    sign: str,
) -> None:
    """The csv module of Python writes it; nothing of a name or a number is lost."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sign, lineterminator="\n")
    writer.writerow(["code", "naam", "inwoners"])
    rows = [Town(f"{at:04}", name, sizes[at], ()) for at, name in enumerate(names)]
    writer.writerows([(one.code, one.name, one.inhabitants) for one in rows])
    found = table(tmp_path_factory.mktemp("tabel"), text.getvalue())
    assert found.rows == tuple(rows)
