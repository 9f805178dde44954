"""The cases of experts: those of the built-in regions hold, and one that does not hold is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from decision.comparison.check import CaseResult, check
from decision.load import InputError, Problem
from decision.load.expert import ExpertCase, Options, load_cases
from decision.model.expectations import CaseFile, ExpectedAmount
from decision.model.installed import data_folder
from tests.searching import some
from tests.small import GOOD
from tests.words.test_languages import leaves, read, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from decision.load import Case

WRITTEN = [
    name
    for path in sorted((data_folder("regions") / "cases").glob("*.yaml"))
    for name in read(path)["cases"]
]


@pytest.fixture(scope="module")
def built_in() -> tuple[ExpertCase, ...]:
    """The cases that come with the program, which take a while to read."""
    return load_cases()


@pytest.mark.parametrize("name", some(WRITTEN))
def test_what_experts_expect_of_the_built_in_regions_comes_out(
    built_in: tuple[ExpertCase, ...], name: str
) -> None:
    """Every case that comes with the program holds, expectation by expectation."""
    (case,) = (one for one in built_in if one.id == name)
    (result,) = check([case])
    wrong = [one for one in result.checks if not one.passed]
    assert wrong == [], f"{case.file}:{case.line} {case.written.name}"
    assert result.passed


def test_there_are_cases_of_the_built_in_region_with_a_reason_and_a_source(
    built_in: tuple[ExpertCase, ...],
) -> None:
    """An expert sees for each case why it should come out so, and where that is written."""
    assert len(built_in) >= 20
    assert all(case.written.because and case.written.source for case in built_in)
    assert {case.file for case in built_in} == {
        "regions/cases/andere-regios.yaml",
        "regions/cases/drechtsteden.yaml",
    }


def test_every_dutch_text_of_the_cases_has_an_english_one(
    built_in: tuple[ExpertCase, ...],
) -> None:
    """A colleague abroad reads what is checked, and why."""
    folder = data_folder("regions") / "cases"
    for path in folder.glob("*.yaml"):
        cases = read(path)["cases"]
        dutch = {
            ("cases", name, key)
            for name, case in cases.items()
            for key in ("name", "because")
            if key in case
        }
        assert leaves(read(folder / "en" / path.name)) == dutch
        assert texts(CaseFile, read(path)) >= dutch
    (english,) = {case.written.name for case in load_cases(lang="en")[:1]}
    assert english != built_in[0].written.name


def test_cases_share_the_knowledge_that_is_read_for_all(
    built_in: tuple[ExpertCase, ...],
) -> None:
    """All cases are read with the same knowledge, which does not change in between."""
    alike = [case.case for case in built_in if case.written.as_of is None]
    one, *others = (case.knowledge.forms for case in alike)
    assert others
    assert all(forms is one for forms in others)


# --- cases of one's own


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[str], tuple[CaseResult, ...]]:
    """The results of cases on the Drechtsteden, as an expert writes them."""

    def run(cases: str, options: Options = Options()) -> tuple[CaseResult, ...]:  # noqa: B008
        path = tmp_path / "eigen.yaml"
        path.write_text(f"region: drechtsteden.yaml\ncases:\n{cases}", encoding="utf-8")
        return check(load_cases([path], options=options))

    return run


ANSWERS = """\
  anders:
    name: Anders dan het is
    expect:
      recommended: "4"
      next: none
      forms:
        "4": {eligible: true, excluded_by: [een-systeem]}
        3a: {eligible: true, excluded_by: []}
      ranking: [3a, "1", "2"]
      roles: {sliedrecht: early_adopter, sociale-dienst: decides_itself}
      waves: [[zwijndrecht, papendrecht, dordrecht], [hendrik-ido-ambacht], [alblasserdam]]
      verdicts: {dordrecht: {3a: ready, "0": ready}}
      costs:
        3a:
          "2009":
            cost_per_call: {value: 8.54, within: 0.001}
            total: {value: 3000000, within_share: 0.01}
            calls: 352405
"""


def test_an_expectation_that_does_not_hold_is_told_with_what_was_found(
    checked: Callable[[str], tuple[CaseResult, ...]],
) -> None:
    """Each expectation is told by its place, with what was expected and what was found."""
    (result,) = checked(ANSWERS)
    assert (result.id, result.line, result.passed) == ("anders", 3, False)
    told = {one.path: (one.line, one.passed) for one in result.checks}
    assert told == {
        "recommended": (6, False),
        "next": (7, False),
        "forms.4.eligible": (9, False),
        "forms.4.excluded_by": (9, False),
        "forms.3a.eligible": (10, True),
        "forms.3a.excluded_by": (10, True),
        "ranking": (11, False),
        "roles.sliedrecht": (12, False),
        "roles.sociale-dienst": (12, True),
        "waves": (13, False),
        "verdicts.dordrecht.3a": (14, False),
        "verdicts.dordrecht.0": (14, True),
        "costs.3a.2009.cost_per_call": (18, False),
        "costs.3a.2009.total": (19, True),
        "costs.3a.2009.calls": (20, False),
    }
    found = {one.path: (one.expected, one.found) for one in result.checks}
    assert found["next"] == ("none", "4")
    assert found["ranking"] == (["3a", "1", "2"], ["3a", "2", "1"])
    assert found["roles.sliedrecht"] == ("early_adopter", "own_entrance")
    assert found["waves"][1] == [
        ["dordrecht", "papendrecht", "zwijndrecht"],
        ["alblasserdam", "hendrik-ido-ambacht"],
    ]


def test_the_order_in_a_group_makes_no_difference(
    checked: Callable[[str], tuple[CaseResult, ...]],
) -> None:
    """Who go live together, and what excludes a form together, have no order."""
    (result,) = checked("""\
  zelfde:
    name: Zelfde
    expect:
      forms:
        "4":
          excluded_by:
            - kennis-bij-de-meesten
            - capaciteit-bij-de-meesten
            - visie-bij-de-meesten
            - regionale-visie-nodig
      waves: [[zwijndrecht, dordrecht, papendrecht], [hendrik-ido-ambacht, alblasserdam]]
""")
    assert result.passed


def test_a_case_changes_its_own_region_only(
    checked: Callable[..., tuple[CaseResult, ...]],
) -> None:
    """What is tried in one case is forgotten in the next; what is asked of all holds for all."""
    cases = """\
  met:
    name: Met mandaat
    changes: [organisations.sociale-dienst.facts.authority=mandated]
    expect: {roles: {sociale-dienst: follows}}
  zonder:
    name: Zonder mandaat
    as_of: "2015"
    expect: {roles: {sociale-dienst: decides_itself}}
"""
    assert [one.passed for one in checked(cases)] == [True, True]
    everywhere = Options(changes=("organisations.sociale-dienst.facts.authority=mandated",))
    assert [one.passed for one in checked(cases, everywhere)] == [True, False]


def test_without_a_form_nobody_takes_part(
    checked: Callable[..., tuple[CaseResult, ...]],
    drechtsteden: Case,
) -> None:
    """Where all say no they go on as now, and where nobody knows all are undecided."""
    for answer, form, role in (("nee", '"0"', "stays_out"), ("unknown", "none", "undecided")):
        everybody = tuple(
            f"municipalities.{name}.facts.adopts_antwoord={answer}"
            for name in drechtsteden.region.municipalities
        )
        cases = f"""\
  geen:
    name: Geen vorm
    expect: {{recommended: {form}, waves: [], roles: {{dordrecht: {role}}}}}
"""
        (result,) = checked(cases, Options(changes=everybody))
        assert result.passed, result.checks


def test_a_case_has_its_own_knowledge(tmp_path: Path) -> None:
    """A folder with knowledge is named as seen from the file of the case."""
    (tmp_path / "streng").mkdir()
    (tmp_path / "streng" / "rules.yaml").write_text(
        "rules: {capaciteit-vrij: {guards: [3b]}}", encoding="utf-8"
    )
    (tmp_path / "gevallen").mkdir()
    path = tmp_path / "gevallen" / "eigen.yaml"
    path.write_text(
        """\
region: drechtsteden
criteria: ../streng
cases:
  eigen: {name: Eigen regels, expect: {verdicts: {papendrecht: {3a: ready_after}}}}
""",
        encoding="utf-8",
    )
    (case,) = load_cases([path])
    assert case.case.knowledge.rules["capaciteit-vrij"].guards == ("3b",)
    (result,) = check([case])
    assert result.passed


@given(st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(0, 1))
def test_an_amount_may_differ_by_a_distance_or_by_a_share(
    value: float, within: float, share: float
) -> None:
    """A distance is in the amount's own unit, a share is of the amount; without either exact."""
    assert ExpectedAmount(value=value, within=within).tolerance == within
    assert ExpectedAmount(value=value, within_share=share).tolerance == share * abs(value)
    assert ExpectedAmount(value=value).tolerance == 0


def test_all_files_below_a_folder_are_read_in_order(tmp_path: Path) -> None:
    """A folder stands for the cases in it, at any depth; a layer in English is no file of cases."""
    text = "region: drechtsteden\ncases: {een: {name: Een, expect: {recommended: 3a}}}\n"
    for name in ("b.yaml", "a/x.yaml", "a/y.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a" / "en").mkdir()
    (tmp_path / "a" / "en" / "x.yaml").write_text("cases: {een: {name: One}}", encoding="utf-8")
    found = [case.file for case in load_cases([tmp_path])]
    assert found == [str(tmp_path / name) for name in ("a/x.yaml", "a/y.yml", "b.yaml")]
    assert load_cases([tmp_path], lang="en")[0].written.name == "One"


# --- what is wrong with a case


def problems(path: Path, text: str, *, lang: str = "nl") -> tuple[Problem, ...]:
    """The problems of a file with cases."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_cases([path], lang=lang)
    return error.value.problems


WRONG = """\
region: drechtsteden
cases:
  naam:
    name: Onbekend
    changes:
      - municipalities.dordrecht.facts.vision=mooi
      - zonder gelijkteken
    expect:
      recommended: "6"
"""
UNKNOWN = """\
region: drechtsteden
cases:
  naam:
    name: Onbekend
    changes:
      - municipalities.dordrecht.facts.vision=geen
    source: {document: boek, place: bladzijde 3}
    expect:
      recommended: "6"
      forms: {"4": {excluded_by: [een-sisteem]}}
      roles: {dordrech: early_adopter}
      verdicts: {sliedrecht: {3c: ready}}
      waves: [[sociale-dienst]]
      costs: {3a: {"2013": {total: 5}}}
  regio:
    name: Andere regio
    region: drechtstede.yaml
    expect: {recommended: 3a}
"""
MALFORMED = """\
cases:
  naam:
    naam: Verkeerde sleutel
    expect: {roles: {dordrecht: begint}, costs: {3a: {"2009": {totaal: 5, total: "veel"}}}}
  leeg:
    name: Leeg
    expect: {forms: {}}
"""


def test_what_a_case_says_wrongly_is_told_at_its_place(tmp_path: Path) -> None:
    """Changes and own knowledge are told at the line of the case that names them."""
    path = tmp_path / "fout.yaml"
    told = {(p.file, p.line, p.code) for p in problems(path, WRONG)}
    assert told == {
        (str(path), 6, "unknown_level"),
        (str(path), 7, "change_unclear"),
    }
    without = WRONG.replace("cases:", "criteria: weg\ncases:")
    assert (str(path), 2, "folder_missing") in {
        (p.file, p.line, p.code) for p in problems(path, without)
    }


def test_what_a_case_expects_must_be_there(tmp_path: Path) -> None:
    """Forms, rules, partners, years and documents are those of the region of the case."""
    told = problems(tmp_path / "fout.yaml", UNKNOWN)
    assert [(p.line, p.code) for p in told] == [
        (7, "unknown_document"),
        (9, "unknown_reference"),
        (10, "unknown_reference"),
        (11, "unknown_reference"),
        (12, "unknown_reference"),
        (13, "unknown_reference"),
        (14, "unknown_reference"),
        (17, "file_missing"),
    ]
    meant = {2: "een-systeem", 3: "dordrecht", 6: "2011", 7: "drechtsteden.yaml"}
    assert all(name in told[number].hint for number, name in meant.items())


def test_a_malformed_case_is_told_place_by_place(tmp_path: Path) -> None:
    """Unknown keys, wrong words and a case that expects nothing are faults, all at once."""
    told = problems(tmp_path / "fout.yaml", MALFORMED)
    assert [(p.line, p.code) for p in told] == [
        (2, "missing_key"),
        (3, "unknown_key"),
        (4, "not_one_of"),
        (4, "not_one_of"),
        (4, "number_expected"),
        (5, "missing_key"),
        (7, "nothing_expected"),
    ]


SILENT = """\
region: drechtsteden
cases:
  niets:
    name: Niets
    expect: {forms: {3a: {}}}
  half:
    name: Half
    expect: {recommended: 3a, costs: {3a: {"2009": {}}}, roles: {dordrecht: null}}
  dubbel:
    name: Dubbel
    expect: {costs: {3a: {"2009": {total: {value: 1, within: 1, within_share: 0.1}}}}}
  leeg:
    name: Leeg
    expect: {recommended: null}
"""


NOTHING, TWO = (
    {
        "nl": (
            "Hier wordt niets verwacht; verwacht wordt minstens één uitkomst. "
            "Zet er een uitkomst bij, of haal dit weg."
        ),
        "en": (
            "Nothing is expected here; at least one outcome was expected. "
            "Add an outcome, or remove this."
        ),
    },
    {
        "nl": (
            "Bij dit bedrag staan within en within_share allebei; verwacht wordt er hoogstens één. "
            "Haal er één weg."
        ),
        "en": (
            "This amount has both within and within_share; at most one of them was expected. "
            "Remove one of the two."
        ),
    },
)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_nothing_in_a_case_is_left_out_silently(tmp_path: Path, lang: str) -> None:
    """An expectation without an outcome, or a distance that would not count, is a fault."""
    told = problems(tmp_path / "fout.yaml", SILENT, lang=lang)
    assert [(p.line, p.code) for p in told] == [
        (5, "nothing_expected"),
        (8, "nothing_expected"),
        (8, "nothing_given"),
        (11, "two_distances"),
        (14, "nothing_expected"),
    ]
    assert [f"{told[n].message} {told[n].hint}" for n in (0, 3)] == [NOTHING[lang], TWO[lang]]


EVERYTHING = """\
cases:
  een:
    naam: Verkeerde sleutel
    region: drechtsteden
    changes: [facts.direction=, "municipalities.dordrecht.facts.vision=mooi", 5]
    expect: {roles: {dordrech: follows}}
  twee:
    name: Zonder regio
    criteria: weg
    changes: [zonder gelijkteken]
    as_of: 2008
    expect: {recommended: 3a}
  drie:
    name: Verkeerde regio
    region: nergens.yaml
    criteria: ook-weg
    expect: {recommended: 3a}
  vier:
    region: [drechtsteden]
    name: Een lijst
    expect: 5
  vijf: 6
"""


def test_all_that_is_wrong_in_a_case_is_told_at_once(tmp_path: Path) -> None:
    """No fault in a file of cases hides another: not in its keys, region, changes or knowledge."""
    told = problems(tmp_path / "fout.yaml", EVERYTHING)
    assert [(p.line, p.code) for p in told] == [
        (3, "unknown_key"),
        (5, "change_without_value"),
        (5, "unknown_level"),
        (5, "text_expected"),
        (7, "missing_key"),
        (9, "folder_missing"),
        (10, "change_unclear"),
        (11, "not_a_date"),
        (15, "file_missing"),
        (16, "folder_missing"),
        (19, "one_value_expected"),
        (21, "mapping_expected"),
        (22, "mapping_expected"),
    ]


def test_a_wrong_reference_and_a_wrong_key_are_told_together(tmp_path: Path) -> None:
    """A slip in one case keeps no other case, and nothing else in the same one, from being told."""
    text = UNKNOWN.replace("name: Onbekend", "naam: Onbekend").replace(
        "name: Andere", "naam: Andere"
    )
    lines = [p.line for p in problems(tmp_path / "fout.yaml", text)]
    assert lines == [4, 7, 9, 10, 11, 12, 13, 14, 16, 17]


def test_a_region_that_all_cases_name_is_told_once(tmp_path: Path) -> None:
    """What a file says for all of its cases is one thing to mend."""
    case = "{name: Een, expect: {recommended: 3a}}"
    text = f"region: nergens\ncases: {{een: {case}, twee: {case}}}"
    (problem,) = problems(tmp_path / "fout.yaml", text)
    assert (problem.line, problem.path, problem.code) == (1, "region", "file_missing")


@pytest.mark.parametrize(
    ("lang", "hint"),
    [
        ("nl", "Begin met een van de gevallen die bij decide horen als voorbeeld."),
        ("en", "Start from one of the cases that come with decide."),
    ],
)
@pytest.mark.parametrize("text", ["", "- 1"])
def test_an_empty_file_of_cases_points_to_cases(
    tmp_path: Path, text: str, lang: str, hint: str
) -> None:
    """Who starts a file of cases is sent to cases, not to regions."""
    (problem,) = problems(tmp_path / "leeg.yaml", text, lang=lang)
    assert problem.hint == hint


def test_a_case_needs_a_region(tmp_path: Path) -> None:
    """A case that names no region, in a file that names none, is told so."""
    text = "cases: {een: {name: Een, expect: {recommended: 3a}}}"
    (problem,) = problems(tmp_path / "fout.yaml", text)
    assert (problem.line, problem.code, "region" in problem.message) == (1, "missing_key", True)


@pytest.mark.parametrize("key", ["region", "criteria"])
@pytest.mark.parametrize("name", ["geheim.txt", "link.yaml", "/elders/geheim.yaml", "x" * 5000])
def test_no_file_is_shown_that_is_no_region(tmp_path: Path, key: str, name: str) -> None:
    """A case reads YAML files at a place seen from its own; of any other file nothing is told."""
    (tmp_path / "geheim.txt").write_text("wachtwoord: [geheim\n", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "geheim.txt")
    path = tmp_path / "cases.yaml"
    said = {"region": "drechtsteden", key: name}
    case = {"name": "Een", "expect": {"recommended": "3a"}, **said}
    path.write_text(yaml.safe_dump({"cases": {"een": case}}, width=10_000), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_cases([path])
    (problem,) = error.value.problems
    assert problem.file == str(path)
    assert "wachtwoord" not in repr(problem)


def test_a_case_may_name_a_region_beside_its_folder(tmp_path: Path) -> None:
    """Cases and regions can have a folder each: a step up is allowed."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "own.yaml").write_text(GOOD, encoding="utf-8")
    path = tmp_path / "cases" / "cases.yaml"
    path.write_text("region: ../own.yaml\ncases: {een: {name: E, expect: {recommended: '1'}}}\n")
    (case,) = load_cases([path])
    assert case.case.region.name == "Klein"
