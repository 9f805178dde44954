"""Load: good files become models, broken files become one clear message for every fault."""

from __future__ import annotations

import json
import os
import string
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from pydantic import BaseModel

from decision.load import Case, InputError, Problem, load_knowledge, load_region, render
from decision.load.document import read
from decision.load.expert import load_cases
from decision.load.guess import Guesses
from decision.load.nodes import parse
from decision.load.problems import MOST_TOLD, Faults, TextFile
from decision.load.text import LARGEST
from decision.model import installed
from decision.words.catalogue import languages, messages
from tests.load.test_boundaries import FAULTS as BORDER_FAULTS
from tests.load.test_receipt import ADVICE_FAULTS
from tests.load.test_table import FAULTS
from tests.small import BROKEN, GOOD, problems_of, small_knowledge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from decision.model.region import Region

EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (BROKEN / "expected.yaml").read_text(encoding="utf-8")
)
TOLD = [(name, lang) for name, case in EXPECTED.items() for lang in ("nl", "en") if lang in case]


@pytest.fixture
def small() -> Iterator[None]:
    """The small knowledge, in the folder of broken files."""
    with small_knowledge():
        yield


def case_problems(name: str, lang: str = "nl") -> tuple[Problem, ...]:
    """The problems of one case in expected.yaml."""
    case = EXPECTED[name]
    return problems_of(
        case.get("region", "good.yaml"),
        criteria=case.get("criteria"),
        changes=case.get("set", ()),
        lang=lang,
    )


# --- broken files


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("name", "lang"), TOLD)
def test_a_broken_file_is_told_place_by_place(name: str, lang: str) -> None:
    """Every fault in a broken file is told once, at its place, in words of what to do."""
    assert [str(problem) for problem in case_problems(name, lang)] == EXPECTED[name][lang]


def test_no_broken_file_is_left_out() -> None:
    """Every file in the folder of broken files has its messages written down."""
    files = {path.name for path in BROKEN.glob("*.yaml")} - {"good.yaml", "expected.yaml"}
    assert files <= {case.get("region") for case in EXPECTED.values()}


CASES_AT_FAULT = """\
cases:
  a: {name: A, expect: {}}
  b: {name: B, expect: {costs: {3a: {"2009": {total: {value: 1, within: 1, within_share: 0.1}}}}}}
  c: {name: C, region: /elders/regio.yaml, expect: {recommended: 3a}}
  d: {name: D, region: nota.txt, expect: {recommended: 3a}}
"""


def unusual_problems(folder: Path) -> list[Problem]:
    """Problems of files that cannot be kept between other files, and one we cannot foresee."""
    many = folder / "many.yaml"
    many.write_text(with_wrong_netnummers(MOST_TOLD + 1), encoding="utf-8")
    huge = folder / "huge.yaml"
    huge.write_text("#" * (LARGEST + 1))
    own = folder / "own"
    own.mkdir()
    case = folder / "case.yaml"
    case.write_text(CASES_AT_FAULT, encoding="utf-8")
    (folder / "nota.txt").touch()
    (own / "loop.yaml").symlink_to(own / "loop.yaml")
    (own / "memory.yaml").symlink_to("/proc/self/mem")  # a file that cannot be read from its start
    os.mkfifo(own / "pipe.yaml")
    return [
        *problems_of(huge),
        *problems_of(many),
        *problems_of(criteria=own),
        *unforeseen().problems,
        *problems_of_cases(case, folder / "nothing.yaml"),
    ]


def problems_of_cases(*paths: Path) -> tuple[Problem, ...]:
    """The problems of files with experts' cases."""
    with pytest.raises(InputError) as error:
        load_cases(paths)
    return error.value.problems


def unforeseen() -> Faults:
    """The faults of a model with a kind of error for which there are no words."""

    class Unforeseen(BaseModel):
        wait: timedelta

    faults = Faults("nl")
    tree = parse("wait: [1]", TextFile("own.yaml", "wait: [1]"), faults)
    assert tree is not None
    assert read(tree, Unforeseen, faults).validated({}, faults) is None
    return faults


@pytest.mark.usefixtures("small")
def test_every_message_is_used(tmp_path: Path) -> None:
    """There is no message that no fault leads to, and no fault without a message."""
    found = {problem.code for name, lang in TOLD for problem in case_problems(name, lang)}
    found |= {problem.code for problem in unusual_problems(tmp_path)}
    found |= {"table_too_long", *(code for code, _, _ in FAULTS.values())}  # see `test_table`
    found |= {*BORDER_FAULTS}  # see `test_boundaries`
    found |= {"advice_too_large", *(code for code, _ in ADVICE_FAULTS)}  # see `test_receipt`
    assert found == set(messages("nl").get("problems"))


def placeholders(catalogue: object, at: str = "") -> dict[str, frozenset[str | None]]:
    """For every sentence in a catalogue the names of the details that it shows."""
    if isinstance(catalogue, dict):
        parts = [placeholders(part, f"{at}.{key}") for key, part in catalogue.items()]
        return {code: names for part in parts for code, names in part.items()}
    names = {name for _, name, _, _ in string.Formatter().parse(str(catalogue))}
    return {at: frozenset(names)}


def test_dutch_and_english_say_the_same() -> None:
    """Each fault has a sentence in both languages, which show the same details."""
    dutch, english = (messages(lang) for lang in ("nl", "en"))
    for part in ("problems", "problem_words"):
        assert placeholders(dutch.get(part)) == placeholders(english.get(part))


def test_a_message_is_one_line_that_says_what_is_wrong_and_what_to_do() -> None:
    """A message and its hint are full sentences, and neither runs over a line."""
    for lang in languages():
        for code, sentences in messages(lang).get("problems").items():
            for sentence in (sentences["message"], sentences["hint"]):
                assert "\n" not in sentence, code
                assert not sentence[0].islower() or sentence.startswith("decide"), code
                assert sentence.endswith((".", "}")), code


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "name", ["x" * 5000, "x" * 5000 + "/a.yaml", "a\0b", "", "good.yaml/a.yaml"]
)
def test_a_name_that_can_be_no_file_is_told(name: str) -> None:
    """A name that the computer cannot even look for is told like any file that is not there."""
    (problem,) = problems_of(name)
    assert problem.code in {"file_missing", "folder_given"}
    (problem,) = problems_of(criteria=name + "/own")
    assert problem.code == "folder_missing"


@pytest.mark.usefixtures("small")
def test_a_folder_among_own_files_is_told(tmp_path: Path) -> None:
    """A folder whose name ends like a file's, or a link to nothing, is told as such."""
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "b.yaml").symlink_to(tmp_path / "nothing")
    found = [problem.code for problem in problems_of(criteria=tmp_path)]
    assert found == ["folder_given", "file_unreadable"]


@pytest.mark.usefixtures("small")
def test_the_faults_of_knowledge_and_region_come_together() -> None:
    """A reader sees the faults of the region and of the own knowledge in one go, in order."""
    found = problems_of("cbs-kort.yaml", criteria="criteria/kengetal")
    assert len({problem.file for problem in found}) == 2
    assert list(found) == sorted(found, key=lambda p: (p.file, p.line or 0, p.column or 0))


def test_an_error_tells_all_its_problems_line_by_line() -> None:
    """The text of an error is all of its problems, one on each line and each only once."""
    one, two = (Problem("a.yaml", n, 1, "x", "tab", "Fout.", "Doe iets.") for n in (1, 2))
    told = str(InputError([two, one, two]))
    assert told == "a.yaml:1:1: Fout. Doe iets.\na.yaml:2:1: Fout. Doe iets."


# --- more faults than anyone reads


def with_wrong_netnummers(number: int) -> str:
    """The good region with as many netnummers that do not exist."""
    wrong = "".join(f'     "{one}": 0\n' for one in range(100_000, 100_000 + number))
    return GOOD.replace('{"078": 1.0}\n', f'\n     "078": 1.0\n{wrong}')


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("nl", "Er zijn nog 19800 fouten; decide noemt er 200 per keer. Verbeter eerst "),
        ("en", "There are 19800 more faults; decide names 200 at a time. Mend the "),
    ],
)
def test_of_too_many_faults_the_first_are_told_and_the_others_counted(
    lang: str, line: str, tmp_path: Path
) -> None:
    """A file full of faults takes seconds at most, and no fault goes without a word."""
    file = tmp_path / "many.yaml"
    file.write_text(with_wrong_netnummers(20_000), encoding="utf-8")
    began = process_time()
    *told, last = problems_of(file, lang=lang)
    assert process_time() - began < 10
    assert [problem.line for problem in told] == [13 + one for one in range(MOST_TOLD)]
    assert (last.file, last.line, last.code) == (str(file), None, "untold")
    assert f"{last.message} {last.hint}".startswith(line)


@pytest.mark.usefixtures("small")
def test_as_many_faults_as_can_be_told_are_all_told(tmp_path: Path) -> None:
    """Only where a fault is left out is there a last line about others."""
    file = tmp_path / "many.yaml"
    file.write_text(with_wrong_netnummers(MOST_TOLD), encoding="utf-8")
    problems = problems_of(file)
    assert len(problems) == MOST_TOLD
    assert {problem.code for problem in problems} == {"unknown_netnummer"}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "value",
    [
        "1" * 900_000 + "x",
        "'" + "1" * 900_000 + "x'",
        "1" * 900_000,
        "0." + "1" * 900_000,
        "1" + ":1" * 450_000 + "x",
        "1" + ".111" * 225_000 + "x",
        "1" + ".111" * 225_000,
    ],
    ids=["digits", "quoted", "whole", "fraction", "clock", "points", "thousands"],
)
def test_a_very_long_word_is_read_at_once(value: str, tmp_path: Path) -> None:
    """A word of almost a megabyte is a fault like any other."""
    file = tmp_path / "long.yaml"
    file.write_text(GOOD.replace("118541", value), encoding="utf-8")
    began = process_time()
    (problem,) = problems_of(file)
    assert len(render(problem)) < 1000
    assert process_time() - began < 5


# --- what was meant


@pytest.mark.parametrize(
    ("value", "candidates", "meant"),
    [
        ("dordrect", ["dordrecht", "sliedrecht"], "dordrecht"),
        ("drechtstede", ["drechtsteden.yaml"], "drechtsteden.yaml"),
        ("regios/drechtstede.yaml", ["drechtsteden.yaml"], "drechtsteden.yaml"),
        ("78", ["010", "078"], "078"),
        ("2050", ["2009", "2010", "2011"], None),
        ("2008", ["2009"], None),
        ("nope.yaml", ["unk.yaml"], None),
        ("regios/nope.yaml", ["regios/unk.yaml"], None),
        ("zwijndrecht", ["dordrecht"], None),
        ("", ["a"], None),
        (None, ["none"], None),
    ],
)
def test_only_what_is_close_is_guessed(
    value: object, candidates: list[str], meant: str | None
) -> None:
    """A slip of the pen is recognised; another year, file or town is no slip."""
    assert Guesses().closest(value, candidates) == meant


# --- rendering


def test_a_terminal_shows_the_line_with_a_caret_under_the_fault() -> None:
    """Under the message stands the line itself, with a caret at the place."""
    problem = Problem("a.yaml", 7, 5, "x", "tab", "Fout.", "Doe iets.", "abc: def")
    assert render(problem).splitlines() == [
        "a.yaml:7:5: Fout. Doe iets.",
        "    7 │ abc: def",
        "      │     ^",
    ]


def test_a_long_line_is_shown_around_the_fault() -> None:
    """Of a line that is too long only the part around the fault is shown."""
    problem = Problem("a.yaml", 1, 500, "x", "tab", "Fout.", "", "x" * 499 + "y" + "z" * 500)
    _, line, caret = render(problem).splitlines()
    assert len(line) < 110
    assert line[caret.index("^")] == "y"


def test_wide_characters_do_not_shift_the_caret() -> None:
    """A character of double width counts for two columns on the screen."""
    problem = Problem("a.yaml", 1, 3, "x", "tab", "Fout.", "", "漢字x")
    _, line, caret = render(problem).splitlines()
    assert caret.index("^") == line.index("x") + 2


def test_a_fault_of_a_whole_file_has_no_line_to_show() -> None:
    """What is wrong with a file as a whole is told without a line."""
    problem = Problem("a.yaml", None, None, "", "file_empty", "Leeg.", "Vul aan.")
    assert render(problem) == "a.yaml: Leeg. Vul aan."


# --- good files


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_region_that_comes_with_the_program_is_right(lang: str, tmp_path: Path) -> None:
    """The Drechtsteden load by name from any folder, with and without ``.yaml``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        cases = [load_region(name, lang=lang) for name in ("drechtsteden", "drechtsteden.yaml")]
    assert cases[0] == cases[1]
    assert cases[0].region.municipalities["dordrecht"].inhabitants.value == 118541
    assert cases[0].knowledge == load_knowledge(lang=lang, as_of="2008-07")


def test_english_knowledge_has_the_same_figures() -> None:
    """The English layer changes words only: names differ, ids and figures do not."""
    dutch, english = load_knowledge(), load_knowledge(lang="en")
    assert dutch.forms["1"].source == english.forms["1"].source
    assert dutch.rules["gedragen-visie"].because != english.rules["gedragen-visie"].because
    assert {k: v.value for k, v in dutch.kengetallen.items()} == {
        k: v.value for k, v in english.kengetallen.items()
    }


@pytest.mark.usefixtures("small")
def test_a_bare_value_stands_for_one_without_source(tmp_path: Path) -> None:
    """A fact or figure can be written as a bare value; it then counts as an assumption."""
    facts = "    facts: {vision: geen, handling: [regio]}\ncosts:"
    region = region_of(tmp_path, GOOD.replace("costs:", facts))
    dordrecht = region.municipalities["dordrecht"]
    assert dordrecht.inhabitants.value == 118541
    assert dordrecht.facts["vision"].value == "geen"
    assert dordrecht.facts["vision"].source is None
    assert dordrecht.facts["handling"].value == ("regio",)


@pytest.mark.usefixtures("small")
def test_numbers_that_cannot_be_thousands_may_have_three_decimals(tmp_path: Path) -> None:
    """A latitude of 51.813 and a share of 1.000 are plain numbers."""
    text = GOOD.replace("1.0}", "1.000}\n    place: {latitude: 51.813, longitude: 4.690}")
    dordrecht = region_of(tmp_path, text).municipalities["dordrecht"]
    assert dordrecht.place is not None
    assert (dordrecht.place.latitude, dordrecht.coverage["078"]) == (51.813, 1.0)


@pytest.mark.usefixtures("small")
def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends do no harm."""
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_region(path).region.name == "Klein"


@pytest.mark.usefixtures("small")
def test_an_own_file_wins_from_the_region_of_that_name(tmp_path: Path) -> None:
    """A local file goes before the region of the same name that comes with the program."""
    (tmp_path / "drechtsteden.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert load_region("drechtsteden.yaml").region.id == "klein"


@pytest.mark.usefixtures("small")
def test_a_region_has_its_own_english_layer(tmp_path: Path) -> None:
    """English texts of a region stand in the folder ``en`` beside it; the rest stays."""
    path = tmp_path / "klein.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "klein.yaml").write_text("name: Small\n")
    assert load_region(path).region.name == "Klein"
    english = load_region(path, lang="en").region
    assert (english.name, english.number) == ("Small", "078")


@pytest.mark.usefixtures("small")
def test_a_fault_in_the_english_layer_is_told_at_the_layer(tmp_path: Path) -> None:
    """What is wrong in a layer is told at the file of the layer."""
    path = tmp_path / "klein.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "klein.yaml").write_text("# Words\nname: 5\n")
    (problem,) = problems_of(path, lang="en")
    assert (problem.file, problem.line) == (str(tmp_path / "en" / "klein.yaml"), 2)
    (tmp_path / "en" / "klein.yaml").write_text("name: 'Small\n")
    assert [one.code for one in problems_of(path, lang="en")] == ["unclosed_quote"]


def region_of(folder: Path, text: str) -> Any:  # noqa: ANN401 - a region, whose parts differ
    """The region in ``text``."""
    path = folder / "region.yaml"
    path.write_text(text, encoding="utf-8")
    return load_region(path).region


# --- own knowledge


@pytest.mark.usefixtures("small")
def test_an_own_folder_is_laid_over_the_knowledge() -> None:
    """An own folder changes what it names and leaves the rest, in each language."""
    dutch = load_knowledge(Path("criteria/eigen"))
    assert dutch.kengetallen["wage"].value == 46000
    assert dutch.kengetallen["wage"].unit == "euro"
    assert dutch.forms["3a"].name == "Eigen naam"
    assert load_knowledge(lang="en").forms["3a"].name == "Together"
    assert load_knowledge(Path("criteria/eigen"), "en").forms["3a"].name == "Own name"


@pytest.mark.usefixtures("small")
def test_an_empty_value_in_an_own_folder_removes_an_entry(tmp_path: Path) -> None:
    """A consultant drops an entry by leaving its value empty; a list is replaced as a whole."""
    (tmp_path / "eigen.yaml").write_text(
        "lessons:\n  een:\ncriteria:\n  prijs: null\ncalculations:\n  3a: {direct: [0.3, 0.4]}\n"
        "groups:\n  cost: null\n  customer: {weight: 1}\n"
    )
    knowledge = load_knowledge(tmp_path)
    assert knowledge.lessons == {}
    assert set(knowledge.criteria) == {"gemak"}
    assert knowledge.calculations["3a"].direct == (0.3, 0.4)


@pytest.mark.usefixtures("small")
def test_a_region_of_the_whole_country_is_read(tmp_path: Path) -> None:
    """All municipalities of the country, with their facts and sources, load within seconds."""
    source = '{document: boek, place: "bladzijde 12, een plaats die wat langer is", reading: true}'
    fact = f'{{value: geen, note: "{"Wat er over te zeggen is. " * 8}", source: {source}}}'
    facts = f"vision: {fact}, handling: [eigen]"
    notes = "".join(f"    # {'Een aantekening. ' * 10}\n" for _ in range(20))
    members = "".join(
        f'  g{n}:\n    name: Gemeente {n}\n    cbs: "{n:04}"\n    inhabitants: {n + 1000}\n'
        f'    coverage: {{"078": 1.0}}\n    facts: {{{facts}}}\n{notes}'
        for n in range(340)
    )
    text = GOOD.replace("  dordrecht:\n", f"{members}  dordrecht:\n")
    assert len(text) > 1024 * 1024
    began = process_time()
    assert len(region_of(tmp_path, text).municipalities) == 341
    assert process_time() - began < 4


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("style", [{"default_flow_style": flow} for flow in (True, False)])
def test_a_file_written_by_a_program_is_read_or_told_what_to_quote(
    style: dict[str, Any], tmp_path: Path
) -> None:
    """JSON is read; what PyYAML leaves without quotation marks is told, and nothing else."""
    document = {**yaml.safe_load(GOOD), "situation": None, "facts": {}}
    assert region_of(tmp_path, json.dumps(document)) == load_region("good.yaml").region
    document["municipalities"]["dordrecht"]["cbs"] = "0488"
    file = tmp_path / "dumped.yaml"
    file.write_text(yaml.safe_dump(document, **style), encoding="utf-8")
    problems = problems_of(file)
    assert {problem.code for problem in problems} == {"leading_zero"}
    assert any("'0488'" in problem.hint for problem in problems)


# --- changes


def value_at(region: Region, path: tuple[str, ...]) -> object:
    """What stands in a model at the end of a path."""
    found: Any = region
    for step in path:
        found = found[step] if isinstance(found, dict) else getattr(found, step)
    return found


@pytest.mark.usefixtures("small")
def test_a_kengetal_may_lie_outside_its_plausible_range() -> None:
    """What is not plausible can still be tried; what is not possible cannot."""
    changed = load_region("good.yaml", changes=["kengetallen.opening_days=300"])
    assert changed.region.kengetallen["opening_days"].value == 300
    (problem,) = problems_of(changes=["kengetallen.opening_days=367"])
    assert problem.code == "impossible_whole"


@pytest.mark.usefixtures("small")
def test_a_municipality_names_the_source_of_its_code_and_place(tmp_path: Path) -> None:
    """Where the code and the place come from may be a document of the region's own."""
    source = "    source: {document: cbs, place: tabel 1}\n"
    sources = "sources: {cbs: {title: T, authors: A, year: 2008}}\n"
    region = region_of(tmp_path, GOOD.replace("costs:", f"{source}{sources}costs:"))
    assert region.municipalities["dordrecht"].source.document == "cbs"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        ("name=Groot", ("name",), "Groot"),
        ("costs.years=[2009, 2010]", ("costs", "years"), (2009, 2010)),
        ("costs.years.0=2012", ("costs", "years"), (2012,)),
        ("kengetallen.wage=46000", ("kengetallen", "wage", "value"), 46000),
    ],
)
def test_a_change_is_tried_without_touching_the_file(
    change: str, path: tuple[str, ...], value: object
) -> None:
    """``--set path=value`` changes one thing, or adds it, as if the file said so."""
    assert value_at(load_region("good.yaml", changes=[change]).region, path) == value


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        ("number=078", ("number",), "078"),
        ("number='078'", ("number",), "078"),
        ("municipalities.dordrecht.cbs=0518", ("municipalities", "dordrecht", "cbs"), "0518"),
        ("name=1234", ("name",), "1234"),
        ("name=Let op: #1", ("name",), "Let op: #1"),
        ('name="Klein: #1"', ("name",), "Klein: #1"),
        ("situation=true", ("situation",), "true"),
        ("reference_date=2009", ("reference_date",), "2009"),
        ("reference_date=2009-01-05", ("reference_date",), "2009-01-05"),
        ("end_state=0", ("end_state",), "0"),
        ("costs.sites=equal", ("costs", "sites"), "equal"),
        ("facts.direction=aanwezig", ("facts", "direction", "value"), "aanwezig"),
        ("weights={points: {cost: 100, customer: 0}}", ("weights", "points", "cost"), 100),
    ],
)
def test_where_a_text_belongs_a_change_is_a_text(
    change: str, path: tuple[str, ...], value: object
) -> None:
    """A shell eats quotation marks: where only a text can stand, what was typed is that text."""
    assert value_at(load_region("good.yaml", changes=[change]).region, path) == value


@pytest.mark.usefixtures("small")
def test_a_change_goes_into_an_earlier_one_and_empty_removes() -> None:
    """A later change fills in what an earlier one made; ``null`` removes."""
    changes = ["municipalities.dordrecht.facts={}", "municipalities.dordrecht.facts.vision=geen"]
    dordrecht = load_region("good.yaml", changes=changes).region.municipalities["dordrecht"]
    assert dordrecht.facts["vision"].value == "geen"
    assert load_region("good.yaml", changes=["situation=null"]).region.situation is None


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("typed", ["DORDRECHT", "Dordrecht", "dordrect", "Stad Dordt", "stad-dord"])
def test_a_partner_that_is_nearly_named_is_suggested(typed: str) -> None:
    """A capital, a slip or the partner's own name leads to its id, not to a new partner."""
    changes = ["municipalities.dordrecht.name=Stad Dordt", f"municipalities.{typed}.inhabitants=5"]
    (problem,) = problems_of(changes=changes)
    assert problem.code == "change_misnamed"
    assert "dordrecht" in problem.hint


@pytest.mark.usefixtures("small")
def test_a_change_may_hold_an_equals_sign() -> None:
    """Only the first equals sign parts the path from the value."""
    assert load_region("good.yaml", changes=["name=a=b"]).region.name == "a=b"


# --- the parts beneath


def test_a_case_cannot_be_changed() -> None:
    """What loading gives stays as it is."""
    case = load_region("drechtsteden")
    assert isinstance(case, Case)
    with pytest.raises(AttributeError):
        case.region = case.region  # type: ignore[misc]


def test_data_comes_from_the_installed_package_or_from_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed package carries its data; in a checkout they stand beside the package."""
    assert (
        installed.data_folder("criteria")
        == Path(installed.__file__).parent.parent.parent / "criteria"
    )
    (tmp_path / "_data" / "criteria").mkdir(parents=True)
    monkeypatch.setattr(installed, "files", lambda _: tmp_path)
    assert installed.data_folder("criteria") == tmp_path / "_data" / "criteria"


def test_words_that_are_not_there_are_an_error_of_ours() -> None:
    """Asking for an unknown language or sentence is a mistake in the program, not in a file."""
    with pytest.raises(ValueError, match="fr"):
        messages("fr")
    with pytest.raises(KeyError):
        messages("nl").say("problems.no_such_fault")
