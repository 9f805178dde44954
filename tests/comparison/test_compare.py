"""Sides laid next to each other: every difference named is real, and none is missed."""

from __future__ import annotations

from functools import cache
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.advice.findings import Request
from decision.comparison.compare import TOPICS, Side, SideBySide, compare
from decision.load.case import read_knowledge, region_with
from decision.model.installed import data_folder
from decision.report.answers.comparison_words import letter
from decision.report.json.advice import contract
from tests.searching import examples
from tests.test_documentation import as_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = "drechtsteden.yaml"
KNOWLEDGE = read_knowledge(None, "nl")
OTHER = Path(__file__).parent.parent / "regions" / "langs-de-rivier.yaml"

Told = dict[str, tuple[Any, ...]]


@cache
def side(file: str | Path = REGION, *changes: str, as_of: str | None = None) -> Side:
    """One side: a file, changed."""
    case = region_with(KNOWLEDGE, file, changes=changes, as_of=as_of)
    return Side(str(file), changes, decide(case, Request(draws=20)))


def told(found: SideBySide, *topics: str) -> Told:
    """The values that differ, by path, of some topics or of all."""
    wanted = topics or TOPICS
    differences = [one for topic in TOPICS if topic in wanted for one in found.differences[topic]]
    return {one.path: one.values for one in differences}


@pytest.fixture(scope="module")
def as_it_is() -> Side:
    """The region of the publication, unchanged."""
    return side()


# --- the oracle: both machine contracts, leaf by leaf


def outcomes(advice: Advice) -> dict[str, Any]:
    """What the contract says of one advice, as far as sides are compared on it."""
    said = contract(advice)
    flat = {key: said[key] for key in ("recommended", "candidates", "next", "end_state")}
    # who takes part in a form follows from what it means for each partner, which is told
    flat |= {at: one for at, one in leaves(said["forms"], "forms") if "participants" not in at}
    flat |= dict(leaves(said["costs"], "costs"))
    for kind in ("municipalities", "organisations"):
        for name, one in said[kind].items():
            flat |= dict(partner(one, f"{kind}.{name}"))
    plan = said["roadmap"]
    flat["roadmap.weeks"] = plan.get("weeks")
    flat["roadmap.waves"] = [
        {**wave, "members": sorted(wave["members"])} for wave in plan.get("waves", [])
    ]
    flat["roadmap.critical_path"] = plan.get("critical_path", [])
    return flat


def partner(one: dict[str, Any], at: str) -> Iterator[tuple[str, Any]]:
    """The part and the verdicts of one municipality or organisation."""
    yield f"{at}.role", one["role"]
    if at.startswith("municipalities"):
        for key in ("form", "may_join", "wave"):
            yield f"{at}.{key}", one[key]
        for key in ("earliest", "latest"):
            yield f"{at}.ready.{key}", one["ready"] and one["ready"][key]
    yield from leaves(one["verdicts"], f"{at}.verdicts")
    for rule, status in one.get("requirements", {}).items():
        yield f"{at}.requirements.{rule}.status", status["status"]


def leaves(value: Any, at: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """Everything below a part of the contract by its path; a list counts as one."""
    if not isinstance(value, dict):
        yield at, value
        return
    for key, one in value.items():
        yield from leaves(one, f"{at}.{key}")


def alike(one: Any, other: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether two values are the same but for the rounding of the computer."""
    if isinstance(one, float) and isinstance(other, float | int):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    return bool(one == other)


PARTNERS = ("alblasserdam", "dordrecht", "papendrecht", "sliedrecht", "zwijndrecht")
LEVELS = {
    name: [*fact["levels"], "unknown"]
    for name, fact in yaml.safe_load(
        (data_folder("criteria") / "facts.yaml").read_text(encoding="utf-8")
    )["facts"].items()
    if fact["of"] == "municipality"
    and not {"derived", "aspect"} & fact.keys()
    and fact.get("kind") != "set"
}
FACTS = st.sampled_from(sorted(LEVELS)).flatmap(
    lambda name: st.builds(
        "municipalities.{}.facts.{}={}".format,
        st.sampled_from(PARTNERS),
        st.just(name),
        st.sampled_from(LEVELS[name]),
    )
)
FIGURES = st.sampled_from(
    [
        "kengetallen.calls_per_inhabitant=1.3",
        "kengetallen.wage_first_line=54000",
        "municipalities.dordrecht.inhabitants=90000",
        "organisations.sociale-dienst.facts.authority=mandated",
        "weights={customer: 40, organisation: 30, implementation: 10, cost: 20}",
        "costs.sites=own",
        "end_state='4'",
        "municipalities.dordrecht.wishes.wants.kanalen=[B]",
        "municipalities.papendrecht.positions.systemen=2",
    ]
)
CHANGES = st.lists(FACTS | FIGURES, max_size=3, unique_by=lambda one: one.partition("=")[0])


@examples(25)
@given(CHANGES, CHANGES, st.sampled_from([None, "2015", "2008-07"]))
def test_what_differs_is_what_differs_in_the_contracts(
    one: list[str], other: list[str], as_of: str | None
) -> None:
    """The same differences come out as when both advices are laid side by side by hand."""
    sides = side(REGION, *one), side(REGION, *other, as_of=as_of)
    first, second = (outcomes(one.advice) for one in sides)
    assert first.keys() >= {"recommended", "roadmap.weeks"}
    expected = {
        path: (first[path], second[path])
        for path in first.keys() & second.keys()
        if not alike(first[path], second[path])
    }
    found = told(compare(sides), "advice", "verdicts", "roles", "costs", "scores")
    shared = {path: values for path, values in found.items() if path in first}
    assert shared.keys() == expected.keys()
    assert all(alike(list(shared[path]), list(expected[path])) for path in shared)
    own = {path.split(".")[-2] for path in found if path not in first}
    assert own <= {"last_year", "weights"}
    mirrored = compare(sides[::-1])
    assert told(mirrored) == {p: v[::-1] for p, v in told(compare(sides)).items()}


@examples(25)
@given(CHANGES)
def test_what_is_changed_is_the_difference_in_facts(changes: list[str]) -> None:
    """Of the facts exactly those differ that ``--set`` gives another value, by that same path."""
    before = side()
    found = told(compare([before, side(REGION, *changes)]), "facts")
    municipalities = before.advice.region.municipalities
    expected = set()
    for change in changes:
        path, _, value = change.partition("=")
        match path.split("."):
            case ["municipalities", name, "facts", fact]:
                declared = municipalities[name].facts.get(fact)
                known = "unknown" if declared is None else declared.value
                if known != value:
                    expected.add(path)
                    assert found[path] == (known, value)
            case _:
                expected.add(path)
    assert found.keys() == expected


def test_a_region_does_not_differ_from_itself(as_it_is: Side) -> None:
    """Nothing is named where nothing differs, on however many sides."""
    found = compare([as_it_is, side(), as_it_is])
    assert found.equal
    assert told(found) == {}


def test_the_order_of_a_file_is_no_difference(as_it_is: Side, tmp_path: Path) -> None:
    """The same facts in another order are the same region."""
    path = data_folder("regions") / REGION
    region = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key in ("municipalities", "organisations", "neighbours"):
        region[key] = dict(reversed(region[key].items()))
    for one in region["municipalities"].values():
        one["facts"] = dict(reversed(one["facts"].items()))
    turned = tmp_path / "andersom.yaml"
    turned.write_text(as_yaml(region), encoding="utf-8")
    assert told(compare([as_it_is, side(turned)])) == {}


def test_what_nobody_declares_is_as_unknown(as_it_is: Side) -> None:
    """Whether ``unknown`` is written down or left out makes no difference to the program."""
    said = as_it_is.advice.region.municipalities["alblasserdam"].facts
    left_out = next(name for name in LEVELS if name not in said)
    written = side(REGION, f"municipalities.alblasserdam.facts.{left_out}=unknown")
    assert told(compare([as_it_is, written]), "facts") == {}


def test_another_name_for_a_partner_is_another_partner_with_the_same_facts(
    as_it_is: Side, tmp_path: Path
) -> None:
    """Partners are told apart by id: the old one is gone, the new one is there, nothing else."""
    text = (data_folder("regions") / REGION).read_text(encoding="utf-8")
    renamed = tmp_path / "hernoemd.yaml"
    renamed.write_text(text.replace("papendrecht", "elders"), encoding="utf-8")
    found = compare([as_it_is, side(renamed)])
    assert told(found, "partners") == {
        "municipalities.papendrecht": (True, False),
        "municipalities.elders": (False, True),
    }
    assert told(found, "facts", "verdicts", "costs", "scores", "advice").keys() <= {
        path for path in told(found) if path.endswith(".members")
    }
    assert told(found, "roles").keys() <= {"roadmap.waves", "roadmap.critical_path"}


def test_renaming_a_partner_on_both_sides_renames_the_differences(tmp_path: Path) -> None:
    """The differences stay with the facts, whatever a partner is called."""
    text = (data_folder("regions") / REGION).read_text(encoding="utf-8")
    renamed = tmp_path / "hernoemd.yaml"
    renamed.write_text(text.replace("sliedrecht", "elders"), encoding="utf-8")
    change = "municipalities.{}.facts.joins_number=ja"
    before = told(compare([side(), side(REGION, change.format("sliedrecht"))]))
    after = told(compare([side(renamed), side(renamed, change.format("elders"))]))
    assert {path.replace("sliedrecht", "elders") for path in before} == after.keys()


def test_regions_without_a_partner_in_common_are_compared_as_a_whole(as_it_is: Side) -> None:
    """Shares of the municipalities, cost per inhabitant, roles: what says something of both."""
    other = side(OTHER)
    found = compare([as_it_is, other])
    facts = told(found, "facts")
    assert facts["municipalities.*.facts.joins_number.unknown"] == (0, 1)
    assert facts["costs.years"] == ((2009, 2010, 2011), (2025, 2026, 2027, 2028, 2029))
    assert told(found, "roles")["municipalities.*.role.early_adopter"] == (0.5, 0)
    verdicts = told(found, "verdicts")
    assert verdicts["municipalities.*.verdicts.3a.unknown"] == (pytest.approx(1 / 6), 1)
    costs = told(found, "costs")
    assert {path.split(".")[2] for path in costs} == {"last_year"}
    total = contract(other.advice)["costs"]["3a"]["2029"]["total"]
    assert costs["costs.3a.last_year.per_inhabitant"][1] == pytest.approx(total / 174000)
    assert found.measures[1].cost is None
    assert found.measures[0].inhabitants == 261609
    assert found.measures[0].roles["early_adopter"] == 3
    assert len(told(found, "partners")) == 13 + 2 + 3


def test_the_shares_of_all_municipalities_add_up(as_it_is: Side) -> None:
    """Of a fact that has one level per municipality the shares are 1 together, on every side."""
    apart = side(OTHER)
    shares: dict[str, list[tuple[float, ...]]] = {}
    for path, values in told(compare([as_it_is, apart]), "facts").items():
        if path.startswith("municipalities.*"):
            shares.setdefault(path.split(".")[3], []).append(values)
    whole = [found for name, found in shares.items() if name in LEVELS]
    assert whole
    for found in whole:
        differences = [second - first for first, second in found]
        assert sum(differences) == pytest.approx(0)


def test_a_partner_that_is_not_on_every_side_is_compared_between_the_others(
    as_it_is: Side,
) -> None:
    """Three sides: where one does not have the partner, it has nothing there."""
    changed = side(REGION, "municipalities.dordrecht.facts.vision=geen")
    found = compare([as_it_is, changed, side(OTHER)])
    values = told(found, "facts")["municipalities.dordrecht.facts.vision"]
    assert values == ("vastgesteld", "geen", None)
    assert "municipalities.zwijndrecht.facts.vision" not in told(found)
    assert told(found, "partners")["municipalities.dordrecht"] == (True, True, False)


def test_a_year_is_compared_by_what_is_in_force(as_it_is: Side) -> None:
    """On another date the rules that begin to count are told, with the verdicts they change."""
    found = told(compare([as_it_is, side(as_of="2015")]))
    assert found["rules.ingang-van-de-overheid.in_force"] == (False, True)
    assert found.keys() == {"rules.ingang-van-de-overheid.in_force"} | {
        path for path in found if path.endswith((".met", ".not_met", ".unknown", ".status"))
    }


def test_the_change_of_a_cost_is_against_the_first_side(as_it_is: Side) -> None:
    """In euro and as a share; of nothing there is no share."""
    dearer = side(REGION, "kengetallen.wage_first_line=55000", "kengetallen.wage_second_line=71500")
    free = side(REGION, "kengetallen.wage_first_line=0", "kengetallen.wage_second_line=0")
    found = {d.path: d for d in compare([as_it_is, dearer]).differences["costs"]}
    first, second = found["costs.0.2009.cost_per_call"].changes
    assert first is not None
    assert second is not None
    assert first.absolute == 0
    assert second.absolute == pytest.approx(found["costs.0.2009.cost_per_call"].values[0] * 0.1)
    assert second.relative == pytest.approx(0.1)
    assert compare([as_it_is, dearer, side(OTHER)]).differences["costs"][0].changes[2] is None
    from_nothing = {d.path: d for d in compare([free, as_it_is]).differences["costs"]}
    change = from_nothing["costs.0.2009.price_first_line"].changes[1]
    assert change is not None
    assert change.relative is None


def test_one_side_is_nothing_to_compare(as_it_is: Side) -> None:
    """Two sides or more."""
    with pytest.raises(ValueError, match="two sides"):
        compare([as_it_is])


def test_sides_have_letters_however_many_there_are() -> None:
    """After Z comes AA."""
    assert [letter(place) for place in (0, 25, 26, 27, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "ZZ",
        "AAA",
    ]
