"""Assumptions: what no source states is told, and nothing of it is forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from pydantic import BaseModel

from decision.advice.advice import decide
from decision.advice.assumptions import Assumption, assumptions
from decision.load import Case, InputError, load_region
from decision.model.activities import Activity, Waves
from decision.model.capacity import Capacity, Recess
from decision.model.criteria import Criterion
from decision.model.facts import OwnKengetal
from decision.model.figures import Calculation, Investment, Kengetal, RunningCost, Version
from decision.model.forms import FitWeights
from decision.model.knowledge import Knowledge
from decision.model.process import Papers
from decision.model.projects import Chosen, Project, Steering
from decision.model.region import Region
from decision.model.rules import Rule
from decision.model.values import Source
from decision.report.report import Report
from decision.words.catalogue import catalogue, languages
from tests.small import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from decision.advice.advice import Advice

LISTED = {
    Activity,
    Calculation,
    Capacity,
    Criterion,
    FitWeights,
    Investment,
    Kengetal,
    Papers,
    Project,
    Recess,
    Rule,
    RunningCost,
    Steering,
    Version,  # the kengetal of its date has what it says
    Waves,
}
"""The kinds of entries that the advice lists when they are assumed."""


def models(kind: Any, met: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    """Every model that an annotation leads to."""
    for part in get_args(kind):
        yield from models(part, met)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in met:
        met.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation, met)


def test_the_advice_lists_every_kind_of_entry_that_can_be_assumed() -> None:
    """Who lets an expert mark another kind of entry as assumed, must list it as well."""
    found = set(models(Knowledge, set()))
    assert Activity in found
    assert {one for one in found if {"assumed", "assumed_for"} & {*one.model_fields}} == LISTED


def test_how_wishes_count_is_an_assumption(advice: Advice) -> None:
    """No source says what a wish weighs, so the report says why we count as we do."""
    assert Assumption("fit", "fit") in advice.assumptions
    for lang, title in (("nl", "Het tellen van wensen"), ("en", "How wishes are counted")):
        assert title in Report(advice, lang, wanted=["assumptions"]).text("md")


def test_an_assumed_running_cost_is_told_and_what_it_is_in_its_chapters(tmp_path: Path) -> None:
    """In both languages: among the assumptions, and in the calculation."""
    text = """
running_costs:
  huur:
    name: huur van het gebouw
    amounts: {3a: {euro: 30000}}
    assumed_for: [3a]
    source: {document: decide-2026, place: eigen}
"""
    (tmp_path / "kengetallen.yaml").write_text(text, encoding="utf-8")
    found = decide(load_region("drechtsteden.yaml", criteria=tmp_path))
    assert Assumption("running_cost", "huur", parts=("3a",)) in found.assumptions
    for lang in languages():
        costs, assumed = (
            Report(found, lang, wanted=[section]).text("md")
            for section in ("calculation", "assumptions")
        )
        assert "huur van het gebouw" in costs.lower()
        assert "huur van het gebouw" in assumed
        assert catalogue(lang, "words").say("kinds.running_cost") in assumed


def test_what_is_assumed_of_a_project_is_told_once_it_is_chosen(drechtsteden: Case) -> None:
    """An amount that nobody chose is no part of the advice, so neither is what it rests on."""
    both = Chosen(participants=("dordrecht", "papendrecht"))
    chosen = {"projects": {"een-redactie": both}, "channel_steering": {"prijsverschil": both}}
    region = drechtsteden.region.model_copy(update=chosen)
    told = [
        [one.id for one in assumptions(drechtsteden.knowledge, at) if one.kind in _CHOSEN]
        for at in (drechtsteden.region, region)
    ]
    assert told == [[], ["een-redactie", "prijsverschil"]]


def test_what_a_source_states_is_no_assumption(drechtsteden: Case) -> None:
    """Once a source backs it up, it is listed no more."""
    stated = drechtsteden.knowledge.fit.model_copy(update={"assumed": False})
    knowledge = drechtsteden.knowledge.model_copy(update={"fit": stated})
    found = decide(replace(drechtsteden, knowledge=knowledge)).assumptions
    assert "fit" not in {one.kind for one in found}


_CHOSEN = {"project", "channel_steering"}
TABLE = {"document": "realiseren-2008", "place": "tabel 2.1"}


def of_kengetal(case: Case, own: Any) -> tuple[str, ...]:  # noqa: ANN401 - as a file has it
    """The parts of the wage of the first line that are assumed, with a region's own wage."""
    kengetallen = {} if own is None else {"wage_first_line": OwnKengetal.model_validate(own)}
    region = case.region.model_copy(update={"kengetallen": kengetallen})
    found = assumptions(case.knowledge, region)
    return next((one.parts for one in found if one.id == "wage_first_line"), ())


@pytest.mark.parametrize(
    ("own", "parts"),
    [
        (None, ("range",)),
        (48_000, ("value", "range")),
        ({"value": 48_000, "source": TABLE}, ("range",)),
        ({"value": 48_000, "range": [47_000, 49_000], "source": TABLE}, ()),
        ({"value": 48_000, "range": [47_000, 49_000]}, ("value", "range")),
    ],
)
def test_a_kengetal_of_the_regions_own_has_its_own_source(
    drechtsteden: Case,
    own: Any,  # noqa: ANN401 - as a file has it
    parts: tuple[str, ...],
) -> None:
    """What a region states without a source is assumed, whatever the general kengetal cites."""
    assert of_kengetal(drechtsteden, own) == parts


def test_the_report_shows_the_regions_own_range(drechtsteden: Case) -> None:
    """A figure of the region itself stands among the assumptions with its own range."""
    own = {
        "wage_first_line": OwnKengetal.model_validate(48_000),
        "discount_rate": OwnKengetal.model_validate({"value": 0.03, "range": [0.02, 0.05]}),
        "opening_days": OwnKengetal.model_validate({"value": 255, "source": TABLE}),
    }
    region = drechtsteden.region.model_copy(update={"kengetallen": own})
    text = Report(decide(replace(drechtsteden, region=region)), wanted=["assumptions"]).text("md")
    told = (["48.000", "45.000", "55.000"], ["0,03", "0,02", "0,05"], ["255", "250", "260"])
    for name, values in zip(own, told, strict=True):
        known = drechtsteden.knowledge.kengetallen[name].name.capitalize()
        (row,) = (line for line in text.splitlines() if line.startswith(f"| {known} "))
        assert row.strip("| ").split(" | ")[1:] == values


def test_every_figure_without_a_source_is_told(drechtsteden: Case) -> None:
    """Whatever a region file says by itself about a partner or the costs is an assumption."""
    member = {
        "name": "Dorp",
        "cbs": "0001",
        "inhabitants": 20_000,
        "households": 9_000,
        "calls_per_year": 30_000,
        "target_phase": 4,
        "wished_start": "2009",
        "days_a_week": 3,
        "coverage": {"078": 1.0},
        "current": {"done": ["deelname-kiezen"]},
    }
    other = {"name": "Buurt", "cbs": "0002", "source": TABLE, "target_phase": "unknown"}
    other["wished_start"] = {"by": "2009", "source": TABLE}
    silent = member | other | {"current": {"done": ["deelname-kiezen"], "source": TABLE}} | {
        key: {"value": member[key], "source": TABLE}
        for key in ("inhabitants", "households", "calls_per_year", "days_a_week")
    }  # fmt: skip
    costs = {
        "years": [2009],
        "inhabitants_counted": 40_000,
        "joint_sites": [0.5, 0.5],
        "hourly_profile": [{"start": "09:00", "share": 1.0}],
        "occupancy_cap": 0.9,
        "smallest_crew": 2,
        "shrinkage": 0.1,
        "patience": 60,
        "price_level": {"year": 2026, "index": {"2008": 1.0, "2026": 1.52}},
    }
    region = Region.model_validate(
        {
            "id": "proef",
            "name": "Proef",
            "number": "078",
            "reference_date": "2008",
            "target_phase": 3,
            "municipalities": {"dorp": member, "stad": silent},
            "neighbours": {"buur": {k: member[k] for k in ("inhabitants", "coverage")}
                           | {"name": "Buur", "cbs": "0003"}},
            "costs": costs,
        }
    )  # fmt: skip
    found = assumptions(drechtsteden.knowledge, region)
    told = {(one.partner, one.id) for one in found if one.kind == "figure"}
    of_costs = {*costs} - {"years"}
    of_member = {*member} - {"name", "cbs"}
    assert told == {
        *(("proef", name) for name in (*of_costs, "target_phase")),
        *(("dorp", name) for name in of_member),
        *(("buur", name) for name in ("inhabitants", "coverage")),
    }
    for lang in languages():
        assert {name for _, name in told} | {"years", "papers", "capacity", "recess"} == set(
            catalogue(lang, "words").tree["unsourced"]
        )
    with_costs = region.costs.model_copy(update={"source": Source.model_validate(TABLE)})
    stated = region.model_copy(update={"costs": with_costs})
    left = {one.id for one in assumptions(drechtsteden.knowledge, stated)}
    assert left & of_costs == {"price_level"}  # an index has a source of its own


def test_a_region_without_costs_is_advised_over_the_years_after_its_date(tmp_path: Path) -> None:
    """Who asks for no money names no years: decide assumes them, and says so."""
    path = tmp_path / "region.yaml"
    path.write_text(GOOD.split("\ncosts:")[0] + "\n", encoding="utf-8")
    case = load_region(path, changes=["reference_date=2026-03"])
    assert case.region.costs.years == (2027, 2028, 2029)
    advice = decide(case)
    assert Assumption("figure", "years", case.region.id) in advice.assumptions
    told = catalogue("nl", "words").tree["unsourced"]["years"]
    assert told in Report(advice, wanted=["assumptions"]).text("md")
    own = decide(load_region(path, changes=["costs.years=[2026]"]))
    assert not any(one.id == "years" for one in own.assumptions)


def test_no_year_is_assumed_that_a_file_may_not_name(tmp_path: Path) -> None:
    """The last years end at the last that there is; a wrong date is one fault and not two."""
    path = tmp_path / "region.yaml"
    path.write_text(GOOD.split("\ncosts:")[0] + "\n", encoding="utf-8")
    for date in ("2199", "2200"):
        case = load_region(path, changes=[f"reference_date={date}"])
        assert case.region.costs.years == (2200,)
    with pytest.raises(InputError) as raised:
        load_region(path, changes=["reference_date=12-3"])
    assert [one.code for one in raised.value.problems] == ["not_a_date"]
