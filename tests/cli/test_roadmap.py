"""``decide roadmap`` as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command_line import DONE, FAULT, MISUSE, REGION, SMALL, Run, found_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from decision.advice.advice import Advice

WISH = {
    "nl": "Dordrecht wil op 1 januari 2009 beginnen. Dat is {} te vroeg",
    "en": "Dordrecht wants to start on 1 January 2009. That is {} too early",
}


def shown(decide: Callable[..., Run], *arguments: str) -> str:
    """What a run that went well prints."""
    status, out, err = decide("roadmap", *arguments)
    assert (status, err) == (DONE, "")
    return out


@pytest.mark.parametrize(("lang", "width"), [("nl", 80), ("en", 50)])
def test_the_planning_reads_in_any_width(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, lang: str, width: int
) -> None:
    """Bars by who does the work, decisions, waves, what decides, and what Dordrecht is told."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = shown(decide, REGION, "--lang", lang)
    lines = out.splitlines()
    assert max(map(len, lines)) <= width
    for sign in ("━", "─", "◆", "▲"):
        assert sign in out
    rows = {line.strip().split("  ")[0]: line for line in lines if "▲" in line}
    assert {"Dordrecht", "Papendrecht", "Zwijndrecht", "Alblasserdam", "Sliedrecht"} <= {*rows}
    months = WISH[lang].partition("{}")
    told = " ".join(out.split())
    assert months[0].strip() in told
    assert months[2].strip() in told


def test_every_activity_has_a_line_of_its_own(decide: Callable[..., Run], advice: Advice) -> None:
    """With --all a planner sees each activity of each partner."""
    assert advice.roadmap is not None
    out = shown(decide, REGION, "--all")
    bars = [line for line in out.splitlines() if line.startswith("  ") and set("─━◆▲") & {*line}]
    assert len(bars) == len(advice.roadmap.tasks)


def test_the_summary_answers_a_wish_too(decide: Callable[..., Run]) -> None:
    """Who reads only the summary on the terminal is told as well."""
    status, out, _ = decide("region", REGION)
    assert status == DONE
    assert "Dordrecht wil op 1 januari 2009 beginnen" in " ".join(out.split())


def test_the_contract_of_the_roadmap(decide: Callable[..., Run], advice: Advice) -> None:
    """Waves, activities with prerequisites and dates, routes, decisions, wishes and risks."""
    found = found_in(decide("roadmap", REGION, "--format", "json"))
    plan = advice.roadmap
    assert plan is not None
    assert (found["form"], found["start_date"]) == ("3a", "2008-07-01")
    assert [one["members"] for one in found["waves"]] == [[*one.members] for one in plan.waves]
    first = found["activities"][0]
    assert {"start", "finish", "slack", "critical", "prerequisites", "start_date"} <= {*first}
    known = {one["id"] for one in found["activities"]}
    assert all({*one["prerequisites"]} <= known for one in found["activities"])
    assert found["wishes"]["dordrecht"]["met"] == "no"
    assert {one["papers"] is None for one in found["decisions"] if one["status"] == "taken"} == {
        True
    }
    assert [one["kind"] for one in found["routes"]][:2] == ["nothing", "straight"]
    region = found_in(decide("region", REGION, "--format", "json"))
    for key in ("decisions", "moments", "wishes", "risks", "lessons"):
        assert region[key] == found[key]


def test_a_file_gets_the_format_of_its_name(decide: Callable[..., Run]) -> None:
    """A planner, a calendar or JSON; written anew as long as nobody changed it."""
    for name in ("plan.csv", "plan.ics", "plan.json"):
        path = Path(name)
        for _ in range(2):
            status, out, err = decide("roadmap", REGION, "--output", name)
            assert (status, out, err) == (DONE, "", f"Geschreven: {name}\n")
        text = path.read_bytes().decode()
        status, out, _ = decide("roadmap", REGION, "--format", path.suffix[1:])
        assert out == text
        path.write_bytes(text.replace("e", "x", 1).encode())
        status, out, err = decide("roadmap", REGION, "--output", name)
        assert (status, out) == (FAULT, "")
        assert "--force" in err
        assert decide("roadmap", REGION, "--output", name, "--force")[0] == DONE
    assert json.loads(Path("plan.json").read_text(encoding="utf-8"))["region"] == "drechtsteden"


def test_a_calendar_of_another_date_takes_the_place_of_its_own(decide: Callable[..., Run]) -> None:
    """A plan that moved is written over the old one; rows tell nobody who made them."""
    assert decide("roadmap", REGION, "--output", "plan.ics")[0] == DONE
    moved = ("--set", "reference_date=2008-09")
    assert decide("roadmap", REGION, "--output", "plan.ics", *moved)[0] == DONE
    assert decide("roadmap", REGION, "--output", "plan.csv")[0] == DONE
    status, _, err = decide("roadmap", REGION, "--output", "plan.csv", *moved)
    assert status == FAULT
    assert "in dit soort bestand staat niet wie het heeft gemaakt" in err


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_region_of_which_nothing_is_known_has_no_plan(
    decide: Callable[..., Run], lang: str
) -> None:
    """It is told so; rows and events there are none of, and a wish is not answered."""
    wish = '    wished_start: "2021"\n'
    text = SMALL.replace('    coverage: {"078": 1.0}\n', '    coverage: {"078": 1.0}\n' + wish)
    Path("klein.yaml").write_text(text, encoding="utf-8")
    out = shown(decide, "klein.yaml", "--lang", lang)
    assert {"nl": "Er is nog geen plan.", "en": "There is no plan yet."}[lang] in out
    assert {"nl": "Dorp wil in 2021 beginnen.", "en": "Dorp wants to start in 2021."}[lang] in out
    for form in ("csv", "ics"):
        status, out, err = decide("roadmap", "klein.yaml", "--format", form, "--lang", lang)
        assert (status, out) == (FAULT, "")
        assert "klein.yaml" in err
    found = found_in(decide("roadmap", "klein.yaml", "--format", "json"))
    assert (found["form"], found["activities"], found["waves"]) == (None, [], [])


def test_another_ending_is_refused(decide: Callable[..., Run]) -> None:
    """A plan is not written as a text that no planner reads."""
    status, out, err = decide("roadmap", REGION, "--output", "plan.xls")
    assert (status, out) == (MISUSE, "")
    assert ".csv, .json en .ics" in err


def test_others_are_quoted_with_their_year_and_size(decide: Callable[..., Run]) -> None:
    """A risk says how many named it, in 2014 and 2010, and how many of the same size."""
    own = "municipalities.dordrecht.facts.urgency=nee"
    told = " ".join(shown(decide, REGION, "--set", own).split())
    assert "Geen gedeeld gevoel van haast (Dordrecht)." in told
    assert (
        "31% van de gemeenten noemt vooral dat niet iedereen de haast voelt (2014; in 2010" in told
    )
    assert "bij gemeenten zo groot als Dordrecht 60%" in told


def test_many_decisions_are_told_by_kind(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """More decisions than fit stand together by kind; with --all each is told."""
    monkeypatch.setattr("decision.report.answers.roadmap.FEW", 5)
    few, every = shown(decide, REGION), shown(decide, REGION, "--all")
    assert few.count("Raadsbesluit nemen ") == 2  # and in what decides
    assert every.count("Raadsbesluit nemen ") == 6
    assert "5 gemeenten" in few
