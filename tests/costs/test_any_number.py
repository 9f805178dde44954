"""Whatever number is filled in about money, the answer is a result or a list of problems."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decision.advice.checklist import checklist
from decision.costs.result import costs
from decision.costs.uncertainty import uncertainty
from decision.costs.verify import verify
from decision.eligibility.verdicts import eligibility
from decision.load import InputError
from decision.load.case import read_knowledge, region_with
from decision.load.files import built_in_regions
from decision.model.installed import data_folder
from decision.sharing.division import sharing
from tests.searching import examples
from tests.trips import followed

if TYPE_CHECKING:
    from collections.abc import Iterator

Path_ = tuple[str | int, ...]
EXTREMES = [0, -1, 1e-300, 5e-324, 1e15, 1e16, 1e25, 1e308, -1e308, 10**400, 1e-9, 1, 0.5]
numbers = st.sampled_from(EXTREMES) | st.floats(allow_nan=False, allow_infinity=False)
FIGURES = ("costs", "published", "kengetallen", "municipalities")
ITEMS = ("calculations", "hourly_profile", "investments", "running_costs", "kengetallen")
OWN = {
    "costs": {
        "years": [2009, 2010, 2011],
        "inhabitants_counted": 261_000,
        "joint_sites": [0.5, 0.5],
        "occupancy_cap": 0.8,
        "smallest_crew": 2,
        "shrinkage": 0.1,
        "patience": 60.0,
        "hourly_profile": [{"start": "08:00", "share": 0.5}, {"start": "09:00", "share": 0.5}],
    },
    "kengetallen": {"wage_first_line": 51_000, "calls_per_inhabitant": {"value": 1.4}},
}
"""What the region of the publication does not declare, but another may."""


@cache
def region() -> dict[str, Any]:
    """The region of the publication, with all that can be declared about its money."""
    found: dict[str, Any] = yaml.safe_load(built_in_regions()["drechtsteden.yaml"].read_text())
    return {**found, **OWN}


@cache
def knowledge() -> dict[str, Any]:
    """The figures of the knowledge, with something to pay every year."""
    text = (data_folder("criteria") / "kengetallen.yaml").read_text(encoding="utf-8")
    rent = {"name": "huur", "amounts": {"3a": {"euro": 1000}}}
    rent["source"] = {"document": "decide-2026", "place": "eigen"}
    return {**yaml.safe_load(text), "running_costs": {"huur": rent}}


def places(tree: Any, at: Path_ = ()) -> Iterator[Path_]:  # noqa: ANN401 - YAML
    """Where numbers stand."""
    inside = dict(enumerate(tree)) if isinstance(tree, list) else tree
    for key, part in inside.items() if isinstance(inside, dict) else ():
        yield from places(part, (*at, key))
    if isinstance(tree, int | float) and not isinstance(tree, bool):
        yield at


def changed(tree: Any, at: Path_, value: object) -> Any:  # noqa: ANN401 - YAML
    """The tree with another value at a place."""
    if not at:
        return value
    copy = tree.copy()
    copy[at[0]] = changed(tree[at[0]], at[1:], value)
    return copy


def reckon(file: Path, criteria: Path | None = None) -> None:
    """Everything that is computed about money, of a region that is as it should be."""
    read = built_in() if criteria is None else read_knowledge(criteria, "nl")
    case = region_with(read, file)
    known, here = case.knowledge, case.region
    found = costs(known, here)
    uncertainty(known, here, draws=2)
    sharing(known, here, "3a", members=[*here.municipalities][:2], result=found)
    followed(known, here, "3a", result=found)
    checklist(known, here, eligibility(known, here), found, "3a")
    if here.published is not None:
        verify(known, here, here.published, found)


built_in = cache(lambda: read_knowledge(None, "nl"))
several = settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])


@several
@given(data=st.data(), value=numbers)
def test_any_number_in_a_region_gives_a_result_or_problems(
    tmp_path: Path, data: st.DataObject, value: float
) -> None:
    """In the costs, the kengetallen, the municipalities and the published figures."""
    own = {key: region()[key] for key in FIGURES}
    section = data.draw(st.sampled_from(FIGURES))
    at = data.draw(st.sampled_from([*places(own[section], (section,))]))
    file = tmp_path / "region.yaml"
    file.write_text(yaml.safe_dump(changed(region(), at, value)), encoding="utf-8")
    with suppress(InputError):
        reckon(file)


@several
@given(data=st.data(), value=numbers)
def test_any_number_in_the_knowledge_gives_a_result_or_problems(
    tmp_path: Path, data: st.DataObject, value: float
) -> None:
    """In the kengetallen, the calculations, the hours of a day and the items of cost."""
    section = data.draw(st.sampled_from(ITEMS))
    at = data.draw(st.sampled_from([*places(knowledge()[section], (section,))]))
    found = changed(knowledge(), at, value)
    own = {"running_costs": found["running_costs"], section: found[section]}
    (tmp_path / "kengetallen.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    with suppress(InputError):
        reckon(built_in_regions()["drechtsteden.yaml"], tmp_path)
