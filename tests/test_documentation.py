"""What the documents promise: examples that validate, links that lead somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from decision.advice.advice import decide as advise
from decision.costs.result import costs
from decision.load import load_region
from decision.report.report import Report
from tests.command_line import Run
from tests.maps import feature, geojson, square

ROOT = Path(__file__).parent.parent
REGION = "drechtsteden.yaml"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

Decide = Callable[..., Run]

FENCE = re.compile(r"^```yaml\n# (?P<file>\S+\.yaml)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)#:]+)\)")
FENCED = re.compile(r"^(`{3,})\w*\n.*?^\1$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^python3 -m venv \.venv && .+$", re.MULTILINE)


def write_examples(document: Path, folder: Path) -> list[Path]:
    """Write the YAML examples that name a file, those of one file together, below a folder."""
    contents: dict[str, dict[str, object]] = {}
    for example in FENCE.finditer(document.read_text(encoding="utf-8")):
        merge(contents.setdefault(example["file"], {}), yaml.safe_load(example["text"]))
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(as_yaml(content), encoding="utf-8")
    return [folder / name for name in contents]


def as_yaml(content: dict[str, object]) -> str:
    """JSON is YAML that quotes every text, a netnummer too."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def merge(into: dict[str, object], more: dict[str, object]) -> None:
    """Lay one mapping over another, key by key."""
    for key, value in more.items():
        here = into.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            merge(here, value)
        else:
            into[key] = value


@pytest.mark.parametrize("language", ["nl", "en"])
def test_examples_for_contributors_validate(decide: Decide, tmp_path: Path, language: str) -> None:
    """An expert who types over the examples in CONTRIBUTING.md gets valid knowledge."""
    files = write_examples(ROOT / "CONTRIBUTING.md", tmp_path)
    assert {file.name for file in files} >= {"facts.yaml", "rules.yaml", "forms.yaml"}
    status, _, said = decide("validate", REGION, "--criteria", "criteria", "--lang", language)
    assert status == 0, said


def test_the_example_of_a_rule_changes_the_advice(decide: Decide, tmp_path: Path) -> None:
    """The rule in CONTRIBUTING.md asks who has a plan, and who has none must make it first.

    The other examples stay out: another form or cost may well be another advice.
    """
    for file in write_examples(ROOT / "CONTRIBUTING.md", tmp_path):
        if file.stem not in {"facts", "rules", "activities", "projects"}:
            file.unlink()

    def advised(plan: str) -> Any:  # noqa: ANN401 - JSON
        own = "municipalities.dordrecht.facts"
        changes = (f"fallback_plan={plan}", "capacity=voldoende", "work_instructions=op_orde")
        options = ["--criteria", "criteria", "--format", "json"]
        options += [part for one in changes for part in ("--set", f"{own}.{one}")]
        return json.loads(decide("region", REGION, *options)[1])

    unknown, none, adopted = (advised(plan) for plan in ("unknown", "geen", "vastgesteld"))
    asked = [
        {one["partner"] for one in found["open_questions"] if one["fact"] == "fallback_plan"}
        for found in (unknown, none, adopted)
    ]
    assert ["dordrecht" in partners for partners in asked] == [True, False, False]
    outcomes = [
        found["municipalities"]["dordrecht"]["verdicts"]["3a"]["outcome"]
        for found in (unknown, none, adopted)
    ]
    assert outcomes == ["unknown", "ready_after", "ready"]
    work = [
        {task["id"] for task in found["roadmap"]["activities"] if task["partner"] == "dordrecht"}
        for found in (none, adopted)
    ]
    assert work[0] - work[1] == {"storingsplan-maken@dordrecht"}


def test_the_cost_items_for_contributors_have_an_effect(tmp_path: Path) -> None:
    """Who adds investments and a licence sees them counted, and named in the advice."""
    write_examples(ROOT / "CONTRIBUTING.md", tmp_path)
    plain, own = (
        load_region("drechtsteden.yaml", criteria=folder)
        for folder in (None, tmp_path / "criteria")
    )
    before, after = (costs(case.knowledge, case.region).forms["3a"] for case in (plain, own))
    invested = 6 * 12_000 + 2_000 + (19 - 10) * 200
    assert after.investment - before.investment == invested
    assert after.write_off - before.write_off == 6 * 12_000
    more = after.last_year.total - before.last_year.total
    lost = before.last_year.calls / before.years[2009].calls
    assert more == pytest.approx(30_000 + invested / 3 * lost)
    told = Report(advise(own), wanted=("calculation",)).text("md").replace("\u00a0", " ")
    assert re.search(r"^\| Proef met het nieuwe systeem \|.* € 72\.000 ", told, re.MULTILINE)
    assert "Licentie van de kennisbank:** vorm 3a: € 30.000; vorm 4: € 36.000." in told


def test_own_kengetal_of_the_consultant_validates(decide: Decide, tmp_path: Path) -> None:
    """The key figure in docs/consultant.md can be laid over the built-in one."""
    assert write_examples(ROOT / "docs" / "consultant.md", tmp_path)
    status, _, said = decide("validate", REGION, "--criteria", "criteria")
    assert status == 0, said


def test_example_region_validates(decide: Decide, tmp_path: Path) -> None:
    """A region that copies the file in docs/regio.md can start from it."""
    (file,) = write_examples(ROOT / "docs" / "regio.md", tmp_path)
    status, _, said = decide("validate", str(file))
    assert status == 0, said


def test_example_region_with_all_that_can_be_added(decide: Decide, tmp_path: Path) -> None:
    """Organisations, neighbours, ties, weights and groupings in docs/regio.md fit in as well."""
    document = (ROOT / "docs" / "regio.md").read_text(encoding="utf-8")
    region: dict[str, object] = {}
    for example in re.finditer(r"^```yaml\n(.*?)^```$", document, re.MULTILINE | re.DOTALL):
        merge(region, yaml.safe_load(example[1]) or {})
    assert {"organisations", "neighbours", "ties", "weights", "groupings"} <= set(region)
    (tmp_path / "region.yaml").write_text(as_yaml(region), encoding="utf-8")
    codes = re.findall(r'"cbs": "([0-9]{4})"', as_yaml(region))
    land = [feature(square((at % 3, at // 3)), code=f"GM{one}") for at, one in enumerate(codes)]
    geojson(tmp_path / str(region["boundaries"]), land)
    status, _, said = decide("groupings", "region.yaml")
    assert status == 0, said


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    """A reader who follows a link finds the file."""
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    targets = [link["target"] for link in LINK.finditer(text)]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_readme_has_two_commands_of_one_line() -> None:
    """The first five minutes take one line for the advice and one for the tests."""
    advice, tests = COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert advice.endswith("decide region drechtsteden.yaml")
    assert tests.endswith("-m pytest -n auto --dist worksteal")  # on all cores


def test_constraints_pin_one_version_each() -> None:
    """The constraints name a version for every package, and no address or hash."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    names = [re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines]
    assert len(set(names)) == len(names)
