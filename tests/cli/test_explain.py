"""`decide explain` as a council member reads it: the answer, the reasons, what helps, the facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from decision.eligibility.verdicts import eligibility
from decision.explain.explanation import explain
from decision.load import Case, load_region
from decision.report.answers.explanation import explanation_answer
from decision.report.screen.document import show
from decision.report.view.asked import Phrases
from decision.words.catalogue import catalogue
from tests.command_line import DONE, MISUSE, REGION, SMALL, Run

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
        *("version", "region", "form", "for", "eligible", "usable"),
        *("excluded_by", "undecided_by"),
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
    """With people and scripts Dordrecht is ready for form 3a; Zwijndrecht has work to do first."""
    own = "municipalities.dordrecht.facts"
    ready = ("--set", f"{own}.capacity=voldoende", "--set", f"{own}.work_instructions=op_orde")
    assert contract(decide, "3a", "--for", "dordrecht", *ready)["eligible"]
    found = contract(decide, "3a", "--for", "dordrecht,zwijndrecht", *ready)
    assert (found["for"], found["eligible"]) == (["dordrecht", "zwijndrecht"], False)
    (only,) = found["remedies"]
    assert {item["partner"] for item in only["items"]} == {"zwijndrecht"}
    options = [part for item in only["items"] for part in ("--set", item["set"])]
    assert contract(decide, "3a", "--for", "dordrecht,zwijndrecht", *ready, *options)["eligible"]


def traces(verdict: Json) -> Iterator[Json]:
    """All parts of the trace of a verdict."""
    waiting = [verdict["trace"]]
    while waiting:
        trace = waiting.pop()
        yield trace
        waiting += trace["parts"]


def test_every_fact_and_rule_says_where_it_stands(decide: Callable[..., Run]) -> None:
    """The line that is named holds the rule, or the fact of the right municipality."""
    root = Path(__file__).parent.parent.parent
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
            keys = {trace["fact"].removeprefix("phase_"), "coverage", "neighbours"}
            assert line.strip().partition(":")[0].replace("-", "_") in keys
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
    assert "kan nu nog niet voor de Drechtsteden." in text
    headings = ["Waarom niet", "Wat de vorm tegenhoudt", "Wat er nodig is", "Op zijn vroegst",
                "Hoe iedereen staat voor vorm 4", "Waar dit op rust"]  # fmt: skip
    places = [out.index(f"\n{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert "Alblasserdam en Zwijndrecht (visie op hoofdlijnen)" in text
    assert "Hendrik-Ido-Ambacht en Papendrecht (capaciteit ontbreekt)" in text
    assert "Zwijndrecht (geen kennisbank). Onbekend: Sliedrecht." in text
    assert "Minste maatregelen, minste werk en snelst." in text
    assert "--set municipalities.alblasserdam.facts.vision=vastgesteld" in text
    assert re.search(r"Aantal weken tot de vorm mogelijk is: \d+ \(van", text)
    assert "regions/drechtsteden.yaml:" in text


def test_what_is_always_needed_is_not_said_of_a_few_examples(decide: Callable[..., Run]) -> None:
    """Of five solutions there may be more; where all four are shown, what they share is certain."""
    _, out, _ = decide("explain", REGION, "4")
    assert "In deze 5 oplossingen steeds (er kunnen er meer zijn):" in out
    assert "In elk geval:" not in out
    done = ("dordrecht.facts.capacity=voldoende",
            "zwijndrecht.facts.vision=vastgesteld", "papendrecht.facts.capacity=voldoende",
            "zwijndrecht.facts.capacity=voldoende", "papendrecht.facts.knowledge_base=op_orde",
            "zwijndrecht.facts.knowledge_base=op_orde")  # fmt: skip
    options = [part for one in done for part in ("--set", f"municipalities.{one}")]
    _, out, _ = decide("explain", REGION, "4", *options)
    assert "In elk geval:" in out
    assert "\n4. Aantal maatregelen" in out
    assert "\n5. Aantal maatregelen" not in out


def test_a_reason_is_true_whether_it_is_met_or_not(decide: Callable[..., Run]) -> None:
    """Behind a tick stands what the form asks, not that it is lacking."""
    done = ("facts.regional_vision=vastgesteld",
            "municipalities.dordrecht.facts.capacity=voldoende",
            "municipalities.papendrecht.facts.vision=vastgesteld",
            "municipalities.papendrecht.facts.capacity=voldoende",
            "municipalities.papendrecht.facts.knowledge_base=op_orde",
            "municipalities.zwijndrecht.facts.vision=vastgesteld",
            "municipalities.zwijndrecht.facts.capacity=voldoende",
            "municipalities.zwijndrecht.facts.knowledge_base=op_orde")  # fmt: skip
    options = [part for one in done for part in ("--set", one)]
    _, out, _ = decide("explain", REGION, "4", *options)
    reason = "Alle kanalen samen afhandelen kan alleen vanuit één gezamenlijke visie."
    assert f"✓ {reason}" in " ".join(out.split())
    _, out, _ = decide("explain", REGION, "4")
    assert f"✗ {reason}" in " ".join(out.split())


def test_outsourcing_falls_for_the_reasons_of_the_publication(decide: Callable[..., Run]) -> None:
    """Chapter 6: the assignment cannot be put in words."""
    _, out, _ = decide("explain", REGION, "3b")
    text = " ".join(out.split())
    assert "Drechtsteden, zicht op klantcontacten: nog geen scherp zicht" in text
    assert "eigen medewerkers zijn de basis: uitgangspunt" not in text
    assert "Geen enkele maatregel helpt" not in text


def test_form_three_a_is_possible_and_says_who_still_needs_what(
    decide: Callable[..., Run],
) -> None:
    """The advised form: why it can be chosen, and the homework of each municipality."""
    _, out, _ = decide("explain", REGION, "3a", "--lang", "en")
    text = " ".join(out.split())
    assert "is possible for the Drechtsteden." in text
    assert "Why it is possible" in text
    assert "What it would take" not in text
    assert "- Dordrecht: ready. -" not in text
    assert "Zwijndrecht: ready after its own work. Still needed: adopt a vision" in text
    assert "Sliedrecht: does not join yet and answers its own calls. Still needed:" in text


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
        ("explain drechtsteden.yaml 3a --for servicecentrum-drechtsteden", "Bedoelde u scd?"),
        ("explain drechtsteden.yaml Samen-beheren", "Bedoelde u 1?"),
        ("explain drechtsteden.yaml 3a --for dordrecht,", "Bij --for:"),
        ("explain drechtsteden.yaml 9 --lang en", "There is no form 9."),
        (
            "explain drechtsteden.yaml 3a --for rotterdam --lang en",
            "rotterdam is not a municipality",
        ),
    ],
)
def test_wrong_use_is_explained(decide: Callable[..., Run], line: str, message: str) -> None:
    """An unknown form or partner is wrong use, with what was probably meant."""
    status, out, err = decide(*line.split())
    assert (status, out) == (MISUSE, "")
    assert message in err


# --- unknown is not no -----------------------------------------------------------------------

SYSTEM = {"fact": "shared_system", "is": "ja"}
VISION = {"fact": "vision", "at_least": "vastgesteld"}
VISION_OF_REGION = {"fact": "regional_vision", "is": "vastgesteld"}


def several(requires: Json, **measure: float | str) -> Json:
    """A requirement on enough municipalities."""
    return {"municipalities": requires, **measure}


NAMES = tuple(load_region(REGION).region.municipalities)


def setting(*changes: str) -> list[str]:
    """Options that try changes."""
    return [part for one in changes for part in ("--set", one)]


def prose(decide: Callable[..., Run], *arguments: str) -> str:
    """What ``decide explain`` prints, on one line."""
    status, out, err = decide("explain", *arguments)
    assert (status, err) == (DONE, "")
    return " ".join(out.split())


UNSAID = setting(*(f"municipalities.{name}.facts.cooperation=unknown" for name in NAMES))


@pytest.mark.parametrize(
    ("lang", "headline", "never"),
    [
        (
            "nl",
            "Of vorm 2 Samen Ontwikkelen kan voor de Drechtsteden, is nog niet te zeggen.",
            "sluit de vorm",
        ),
        (
            "en",
            "Whether form 2 Develop Together is possible for the Drechtsteden cannot be",
            "excludes the",
        ),
    ],
)
def test_unknown_facts_are_not_told_as_no(
    decide: Callable[..., Run], lang: str, headline: str, never: str
) -> None:
    """Where nobody has said whether they cooperate, it is not known whether form 2 is possible."""
    text = prose(decide, REGION, "2", *UNSAID, "--lang", lang)
    assert text.startswith(headline)
    assert never not in text
    assert ("(onbekend)" if lang == "nl" else "(unknown)") in text
    found = contract(decide, "2", *UNSAID)
    assert (found["eligible"], found["excluded_by"]) == (False, [])


def test_one_certain_no_is_enough_to_say_no(decide: Callable[..., Run]) -> None:
    """Of form 4 much is unknown, but also some things are lacking for sure."""
    assert "kan nu nog niet voor de Drechtsteden." in prose(decide, REGION, "4", *UNSAID)
    text = prose(decide, REGION, "2", "--for", "zwijndrecht", *UNSAID)
    assert text.startswith("Vorm 2 Samen Ontwikkelen kan nu nog niet voor Zwijndrecht.")


OWN = """
rules:
  {name}:
    kind: form
    guards: ["1"]
    of_each: region
    requires: {requires}
    otherwise: excludes
    because: Dat is onze eigen eis.
    source: {{document: decide-2026, place: eigen eis}}
"""


def own_rules(folder: Path, **requires: Json) -> str:
    """A folder with rules of one's own, by name."""
    (folder / "own").mkdir()
    rules = [OWN.format(name=name, requires=json.dumps(one)) for name, one in requires.items()]
    text = "rules:" + "".join(one.replace("\nrules:", "") for one in rules)
    (folder / "own" / "rules.yaml").write_text(text, encoding="utf-8")
    return "own"


def test_rules_that_cannot_both_be_met_are_a_no_whatever_is_unknown(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """One rule wants a vision and the other wants none: to know which it is helps nobody."""
    fact = {"fact": "regional_vision"}
    own = own_rules(
        tmp_path, een={**fact, "at_least": "vastgesteld"}, twee={**fact, "at_most": "geen"}
    )
    unknown = setting("facts.regional_vision=unknown")
    text = prose(decide, REGION, "1", "--criteria", own, *unknown)
    assert text.startswith("Vorm 1 Samen Beheren kan nu nog niet voor de Drechtsteden.")
    assert "de regels zelf laten geen ruimte" in text


# --- everything adds up ----------------------------------------------------------------------


@pytest.mark.parametrize(("count", "least"), [(2, ""), (4, "minstens ")])
def test_the_number_of_conflicts_adds_up(
    decide: Callable[..., Run], tmp_path: Path, count: int, least: str
) -> None:
    """What is shown and what is left out are all there are, and every rule is named."""
    facts = ("vision", "capacity", "knowledge_base", "board_support")[:count]
    known = load_region(REGION).knowledge.facts
    each = [{"fact": one, "is": [*known[one].levels][-1]} for one in facts]
    own = own_rules(
        tmp_path,
        veel=several({"all": each}, count=3),
        visie={"fact": "regional_vision", "is": "vastgesteld"},
        alles=several({"all": [*each, {"fact": "workshop", "is": "ja"}]}, count=4),
    )
    unknown = [
        f"municipalities.{name}.facts.{fact}=unknown"
        for name in NAMES
        for fact in (*facts, "workshop")
    ]
    options = ["1", "--criteria", own, *setting(*unknown)]
    number = contract(decide, *options)["conflicts_found"]["number"]
    status, out, _ = decide("explain", REGION, *options)
    assert status == DONE
    section = out.partition("Wat de vorm tegenhoudt\n")[2].partition("\n\n")[0]
    text = " ".join(section.split())
    found = re.search(rf"Aantal combinaties van regels en feiten: {least}([\d.]+)\. ", text)
    left = re.search(rf"In totaal niet getoond: {least}([\d.]+)\.", text)
    assert found
    assert left
    assert int(found[1].replace(".", "")) == number
    shown = [
        line for line in re.findall(r"^  - .*", section, re.MULTILINE) if "niet getoond" not in line
    ]
    assert len(shown) + int(left[1].replace(".", "")) == number
    assert {"veel", "visie", "alles"} <= set(re.findall(r"\w+", text))
    assert "de 10 kortste aan de orde" in text


def test_every_outcome_has_a_line_of_its_own(decide: Callable[..., Run]) -> None:
    """Two municipalities that become something else are not told in one breath."""
    options = setting(
        "municipalities.dordrecht.facts.handling=[eigen]",
        "municipalities.papendrecht.facts.handling=[extern]",
    )
    asked = ["3a", "--for", "dordrecht,papendrecht", *options]
    text = prose(decide, REGION, *asked)
    becomes = "(wie de telefoon mag afhandelen wordt: \u2018{}\u2019)"
    own = becomes.format("de eigen organisatie en een regionale organisatie")
    other = becomes.format("een regionale organisatie en een externe partij")
    assert f"- Dordrecht: bestuur meenemen {own}" in text
    assert f"- Papendrecht: bestuur meenemen {other}" in text


# --- who, why and when -----------------------------------------------------------------------


def test_organisations_are_told_of_too(decide: Callable[..., Run]) -> None:
    """Everybody in the JSON has a line on the terminal."""
    region = load_region(REGION).region
    text = prose(decide, REGION, "3a")
    everyone = contract(decide, "3a")["partners"]
    assert [*everyone] == [*region.municipalities, *region.organisations]
    for name in everyone:
        called = (region.municipalities.get(name) or region.organisations[name]).name
        assert f"- {called}: " in text


def test_who_cannot_be_helped_is_told_why(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Without an activity that helps, the reason of the rule itself is given."""
    (tmp_path / "own").mkdir()
    text = (
        "rules: {eigen: {kind: form, guards: ['1'], of_each: municipality, otherwise: stays_out,"
        "requires: {fact: workshop, is: ja}, because: Zonder workshop begint u er niet aan.,"
        "source: {document: decide-2026, place: eigen eis}}}"
    )
    (tmp_path / "own" / "rules.yaml").write_text(text, encoding="utf-8")
    change = setting("municipalities.dordrecht.facts.workshop=nee")
    told = prose(decide, REGION, "1", "--criteria", "own", *change)
    assert "- Dordrecht: doet nu niet mee. Reden: Zonder workshop begint u er niet aan. -" in told


def test_the_date_of_the_rules_is_told(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Rules of another date than the facts, and rules that do not count then, are named."""
    assert "De regels zijn die van" not in prose(decide, REGION, "3a")
    own = own_rules(tmp_path, later={"fact": "shared_system", "is": "ja"})
    file = tmp_path / "own" / "rules.yaml"
    file.write_text(file.read_text(encoding="utf-8") + '    from: "2020"\n', encoding="utf-8")
    asked = (REGION, "1", "--criteria", own, "--as-of", "2015-03")
    text = prose(decide, *asked)
    assert "De regels zijn die van maart 2015; de feiten zijn die van juli 2008." in text
    assert "Peildatum: maart 2015. Regels die dan niet meetellen: later." in text
    text = prose(decide, *asked, "--lang", "en")
    assert "The rules are those of March 2015; the facts are those of July 2008." in text
    assert "Reference date: March 2015. Rules that do not apply then: later." in text


def test_a_form_without_rules_has_no_empty_heading(
    drechtsteden: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing excludes it, and below every heading it says so."""
    free = replace(drechtsteden, knowledge=drechtsteden.knowledge.model_copy(update={"rules": {}}))
    words = catalogue("nl", "words")
    found = explain(free.knowledge, free.region, "4")
    show(explanation_answer(found, Phrases(free, words, "nl"), "nl"))
    text = capsys.readouterr().out
    assert text.count("Geen enkele regel sluit deze vorm uit.") == 2
    assert "Waar dit op rust\nGeen enkele regel" in text


def test_any_of_some_facts_is_told_as_a_choice(decide: Callable[..., Run], tmp_path: Path) -> None:
    """What was found stands below whether all of it is asked, or one of it."""
    own = own_rules(
        tmp_path,
        een={"any": [SYSTEM, {"not": {"all": [VISION_OF_REGION, several(VISION, count=2)]}}]},
    )
    change = setting("facts.shared_system=nee", "facts.regional_vision=vastgesteld")
    text = prose(decide, REGION, "1", "--criteria", own, *change)
    assert "Minstens één hiervan: - Drechtsteden, één systeem voor klantcontact: verschil" in text
    assert "; gevraagd: één systeem" in text
    assert "gevraagd: iets anders dan regionale visie vastgesteld" in text
    assert "Gevraagd: minder dan 2 gemeenten, met visie op dienstverlening: minstens" in text


def test_of_one_measure_and_one_week_the_words_are_right(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """No `1 maatregelen`, `1 weken`, `1 gemeenten` or `1 kleinste combinaties`."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    for form in ("1", "2", "3a", "4"):
        text = prose(decide, "klein.yaml", form) + prose(decide, REGION, form)
        assert not re.search(
            r"(?<![\d.,])1 (maatregelen|weken|dagen|gemeenten|kleinste|zulke)", text
        )
