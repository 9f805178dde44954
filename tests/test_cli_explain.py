"""`decide explain` as a council member reads it: the answer, the reasons, what helps, the facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from decision.eligibility import eligibility
from decision.load import Case
from tests.command_line import DONE, MISUSE, REGION, Run

if TYPE_CHECKING:
    from collections.abc import Callable


Json = dict[str, Any]


def contract(decide: Callable[..., Run], *arguments: str) -> Json:
    """What ``decide explain … --format json`` prints, read back strictly."""
    status, out, _ = decide("explain", REGION, *arguments, "--format", "json")
    assert status == DONE
    document: Json = json.loads(out, parse_constant=pytest.fail)
    return document


def test_the_json_holds_the_contract(decide: Callable[..., Run]) -> None:
    """Other programs rely on these keys."""
    found = contract(decide, "4")
    assert [*found] == [
        *("region", "form", "for", "eligible", "usable", "excluded_by", "undecided_by"),
        *("conflict", "conflicts", "conflicts_found", "statements"),
        *("remedies", "blocked_by", "earliest", "partners", "verdicts"),
    ]
    assert (found["region"], found["form"], found["for"]) == ("drechtsteden", "4", [])
    assert found["conflict"] == found["conflicts"][0]
    assert found["conflicts_found"] == {"number": len(found["conflicts"]), "complete": True}
    assert set().union(*found["conflicts"]) == set(found["statements"])
    first = found["remedies"][0]
    assert [*first] == [
        *("labels", "items", "effort_days", "weeks", "range", "critical_path"),
    ]
    assert [*first["items"][0]] == ["partner", "fact", "now", "becomes", "activity", "set"]
    assert found["earliest"]["weeks"] == min(one["weeks"] for one in found["remedies"])


@pytest.mark.parametrize("form", ["0", "1", "2", "3a", "3b", "4", "5"])
def test_eligible_is_that_of_the_advice(
    decide: Callable[..., Run], drechtsteden: Case, form: str
) -> None:
    """Without --for the answer is the region's, and a form that is not eligible has a conflict."""
    verdict = eligibility(drechtsteden.knowledge, drechtsteden.region).forms[form]
    found = contract(decide, form)
    assert found["eligible"] is verdict.eligible
    assert found["excluded_by"] == list(verdict.excluded_by)
    assert bool(found["conflict"]) is not verdict.eligible
    assert bool(found["remedies"]) is not verdict.eligible


def test_for_named_municipalities_a_form_is_possible_once_they_are_ready(
    decide: Callable[..., Run],
) -> None:
    """Dordrecht is ready for form 3a; Zwijndrecht has work to do first."""
    assert contract(decide, "3a", "--for", "dordrecht")["eligible"]
    found = contract(decide, "3a", "--for", "dordrecht,zwijndrecht")
    assert (found["for"], found["eligible"]) == (["dordrecht", "zwijndrecht"], False)
    (only,) = found["remedies"]
    assert {item["partner"] for item in only["items"]} == {"zwijndrecht"}
    options = [part for item in only["items"] for part in ("--set", item["set"])]
    assert contract(decide, "3a", "--for", "dordrecht,zwijndrecht", *options)["eligible"]


def traces(verdict: Json) -> Iterator[Json]:
    """All parts of the trace of a verdict."""
    waiting = [verdict["trace"]]
    while waiting:
        trace = waiting.pop()
        yield trace
        waiting += trace["parts"]


def test_every_fact_and_rule_says_where_it_stands(decide: Callable[..., Run]) -> None:
    """The line that is named holds the rule, or the fact of the right municipality."""
    root = Path(__file__).parent.parent
    lines = {
        name: (root / name).read_text(encoding="utf-8").splitlines()
        for name in ("criteria/rules.yaml", "regions/drechtsteden.yaml")
    }
    known = 0
    for verdict in contract(decide, "4")["verdicts"]:
        assert f"{verdict['id']}:" in lines[verdict["file"]][verdict["line"] - 1]
        for trace in traces(verdict):
            if trace["kind"] != "fact" or trace["line"] is None:
                continue
            line = lines[trace["file"]][trace["line"] - 1]
            keys = {trace["fact"], "coverage", "neighbours"}
            assert line.strip().partition(":")[0] in keys
            values = trace["found"] if isinstance(trace["found"], list) else [trace["found"]]
            if f"{trace['fact']}: {{" in line:
                assert all(value in line for value in values)
                known += 1
    assert known > 100


def test_a_tried_change_stands_in_its_option(decide: Callable[..., Run]) -> None:
    """What comes from --set is not looked for in the file."""
    option = "municipalities.papendrecht.facts.vision=vastgesteld"
    found = contract(decide, "4", "--set", option)
    (verdict,) = (one for one in found["verdicts"] if one["id"] == "visie-bij-de-meesten")
    (part,) = (one for one in traces(verdict) if one["partner"] == "papendrecht")
    place = "--set municipalities.papendrecht.facts.vision"
    assert (part["truth"], part["file"], part["line"]) == ("yes", place, None)


def test_two_explanations_are_the_same_and_name_no_folder_of_this_machine(
    decide: Callable[..., Run],
) -> None:
    """Same input, same bytes; files that come with the program go by their own names."""
    one, two = (decide("explain", REGION, "4", "--format", "json") for _ in range(2))
    assert one == two
    assert str(Path.cwd()) not in one[1]
    files = set(re.findall(r'"file": "([^"]*)"', one[1]))
    assert files == {"criteria/rules.yaml", "regions/drechtsteden.yaml"}


def test_own_criteria_are_named_as_they_were_given(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """A rule in the user's own folder stands in that folder."""
    (tmp_path / "own").mkdir()
    text = "rules:\n  een-systeem:\n    because: Dat is onze eigen eis.\n"
    (tmp_path / "own" / "rules.yaml").write_text(text, encoding="utf-8")
    found = contract(decide, "4", "--criteria", "own")
    (verdict,) = (one for one in found["verdicts"] if one["id"] == "een-systeem")
    assert (verdict["file"], verdict["line"]) == ("own/rules.yaml", 2)


def test_form_four_reads_as_an_argument(decide: Callable[..., Run]) -> None:
    """Chapter 6: what is lacking where, what would help, and when at the earliest."""
    status, out, err = decide("explain", REGION, "4")
    text = " ".join(out.split())
    assert (status, err) == (DONE, "")
    assert "kan nu nog niet voor Drechtsteden." in text
    headings = ["Waarom niet", "Wat de vorm al uitsluit", "Wat er nodig is", "Op zijn vroegst",
                "Hoe iedereen staat voor vorm 4", "Waar dit op rust"]  # fmt: skip
    places = [out.index(f"\n{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert "Alblasserdam en Zwijndrecht (visie op hoofdlijnen)" in text
    assert "Hendrik-Ido-Ambacht en Papendrecht (capaciteit ontbreekt)" in text
    assert "Zwijndrecht (geen kennisbank). Onbekend: Sliedrecht." in text
    assert "Minste maatregelen, minste werk en snelst." in text
    assert "--set municipalities.alblasserdam.facts.vision=vastgesteld" in text
    assert re.search(r"Na \d+ weken is de vorm mogelijk", text)
    assert "regions/drechtsteden.yaml:" in text


def test_outsourcing_falls_for_the_reasons_of_the_publication(decide: Callable[..., Run]) -> None:
    """Chapter 6: no sharp assignment, own staff as the basis, handling in the region."""
    _, out, _ = decide("explain", REGION, "3b")
    text = " ".join(out.split())
    reasons = ("zicht op klantcontacten: nog geen scherp zicht",
               "eigen medewerkers zijn de basis: uitgangspunt",
               "afhandeling in de regio: in de regio")  # fmt: skip
    assert all(f"Drechtsteden, {reason}" in text for reason in reasons)
    assert "Geen enkele maatregel helpt" not in text


def test_form_three_a_is_possible_and_says_who_still_needs_what(
    decide: Callable[..., Run],
) -> None:
    """The advised form: why it can be chosen, and the homework of each municipality."""
    _, out, _ = decide("explain", REGION, "3a", "--lang", "en")
    text = " ".join(out.split())
    assert "is possible for Drechtsteden." in text
    assert "Why it is possible" in text
    assert "What it would take" not in text
    assert "- Dordrecht: ready. -" in text
    assert "Zwijndrecht: ready after its own work. Still needed: adopt a vision" in text
    assert "Sliedrecht: keeps its own entrance. Still needed:" in text


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("form", ["0", "1", "3a", "5"])
def test_no_line_is_wider_than_the_terminal_but_what_can_be_copied(
    decide: Callable[..., Run], lang: str, form: str
) -> None:
    """Names go on to a next line; only an option of the command line stays in one piece."""
    _, out, _ = decide("explain", REGION, form, "--lang", lang)
    lines = [line for line in out.splitlines() if "--set " not in line]
    assert max(map(cell_len, lines)) <= 80
    assert not any("explain." in line for line in lines)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("explain drechtsteden.yaml", "VORM ontbreekt."),
        ("explain drechtsteden.yaml 3A", "De vorm 3A bestaat niet. Bedoelde u 3a?"),
        ("explain drechtsteden.yaml 3a --for Dordrecth", "Bedoelde u dordrecht?"),
        ("explain drechtsteden.yaml 3a --for dordrecht,", "Bij --for:"),
        ("explain drechtsteden.yaml 9 --lang en", "There is no form 9."),
        ("explain drechtsteden.yaml 3a --for rotterdam --lang en", "rotterdam is no municipality"),
    ],
)
def test_wrong_use_is_explained(decide: Callable[..., Run], line: str, message: str) -> None:
    """An unknown form or partner is wrong use, with what was probably meant."""
    status, out, err = decide(*line.split())
    assert (status, out) == (MISUSE, "")
    assert message in err
