"""The costs as a council member sees them: figures, conditions, chances, shares and routes."""

from __future__ import annotations

import io
import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from rich.cells import cell_len

from decision.cli import run
from decision.cli.costing import costed
from decision.costs.uncertainty import DRAWS, SEED
from decision.sharing.division import SharingError
from decision.sharing.joining import WavesError
from decision.words.catalogue import catalogue
from tests.command_line import DONE, FAULT, MISUSE, REGION, SMALL, Run, program
from tests.searching import some

if TYPE_CHECKING:
    from collections.abc import Callable

    from decision.load import Case

FEW = ("--draws", "200")
PATIENCE = ("--set", "costs.patience=120", "--set", "costs.occupancy_cap=0.6")
WIDTH = 80


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """The machine contract for the Drechtsteden, with the default draws and seed."""
    return machine_contract(REGION)


def machine_contract(*arguments: str) -> dict[str, Any]:
    """What ``decide costs … --format json`` prints, read back strictly."""
    text = said(*arguments, "--format", "json")
    document: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    return document


@cache
def said(*arguments: str) -> str:
    """What ``decide costs`` prints, and nothing on standard error: each question is asked once."""
    with pytest.MonkeyPatch.context() as patch:
        out, err = io.StringIO(), io.StringIO()
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setenv("COLUMNS", str(WIDTH))
        patch.delenv("DECIDE_LANG", raising=False)
        assert (run(["costs", *arguments]), err.getvalue()) == (DONE, "")
    return out.getvalue()


def many(count: int) -> str:
    """A region with so many municipalities of equal size."""
    towns = "".join(
        f"  dorp{at}:\n    name: Dorp {at}\n    cbs: '{at + 1:04}'\n    inhabitants: 20000\n"
        "    coverage: {'078': 1.0}\n    facts: {adopts_antwoord: ja, joins_number: ja,"
        " cooperation: graag, handling: [regio]}\n"
        for at in range(count)
    )
    head, _, tail = SMALL.partition("  dorp:\n")
    return head + towns + "costs:" + tail.partition("costs:")[2]


def test_the_json_holds_the_contract(found: dict[str, Any]) -> None:
    """Other programs rely on these keys, and on costs of the same shape as in the advice."""
    assert [*found] == [
        *("version", "region", "recommended", "form"),
        *("costs", "cost_items", "plan", "choosable", "not_counted"),
        *("prices", "warnings", "doubts"),
        *("channels", "overstaffing", "staffing", "service"),
        *("break_even", "uncertainty", "sharing", "routes", "receipt"),
    ]
    assert (found["region"], found["recommended"], found["form"]) == ("drechtsteden", "3a", "3a")
    year = found["costs"]["3a"]["2011"]
    assert [*year] == [
        *("calls", "fte_first_line", "fte_second_line", "price_first_line"),
        *("price_second_line", "depreciation", "running_costs", "other_channels"),
        *("cost_per_call", "total"),
    ]
    items = found["cost_items"]["3a"]
    assert sum(items["investments"].values()) == 395_000
    assert items["running_costs"] == {}
    assert round(year["cost_per_call"], 2) == 6.09


def test_the_costs_are_those_of_the_advice(
    decide: Callable[..., Run], found: dict[str, Any]
) -> None:
    """Two commands never give two figures."""
    _, advice, _ = decide("region", REGION, "--format", "json")
    assert found["costs"] == json.loads(advice)["costs"]


def test_what_has_to_come_true_is_in_the_json(found: dict[str, Any]) -> None:
    """In 2011 3a beats doing nothing from about 6% of its promise, 3b from close to 89%."""
    needed = found["break_even"]["cost_per_call"]["shares"]["3a"]
    assert needed["0"]["2011"] == {"outcome": "from", "share": pytest.approx(0.0642, abs=5e-4)}
    assert needed["3b"]["2011"] == {"outcome": "from", "share": pytest.approx(0.886, abs=5e-4)}
    assert needed["3b"]["2009"] == needed["3b"]["period"] == {"outcome": "never", "share": None}
    assert needed["2"]["2009"] == {"outcome": "always", "share": None}
    assert found["break_even"]["baseline"] == "0"


def test_the_turning_points_of_kengetallen_are_in_the_json(found: dict[str, Any]) -> None:
    """In 2010 3a is the cheaper one once a year of outsourced work costs more than € 48.448."""
    wage = found["break_even"]["cost_per_call"]["kengetallen"]["wage_outsourced"]
    assert [wage[key] for key in ("low", "value", "high")] == [40000, 45000, 50000]
    assert wage["forms"]["3a"]["3b"]["2010"] == {
        "outcome": "turns",
        "cheaper_at_low": False,
        "values": [pytest.approx(48448.2, abs=0.1)],
    }


def test_the_chances_are_in_the_json(found: dict[str, Any]) -> None:
    """Ten thousand draws from the printed seed, and the ten kengetallen that matter most."""
    unsure = found["uncertainty"]
    assert (unsure["draws"], unsure["seed"]) == (DRAWS, SEED)
    assert unsure["distribution"] == "triangular"
    assert unsure["alike"] == [["4", "5"]]
    one = unsure["forms"]["3a"]["2011"]["cost_per_call"]
    assert one["p10"] < one["p50"] < one["p90"]
    assert one["p90"] < unsure["forms"]["0"]["2011"]["cost_per_call"]["p10"]
    assert [*unsure["of_stated"]] == ["0", "1", "2", "3a", "3b"]
    stated = unsure["of_stated"]["3a"]["2011"]["cost_per_call"]
    assert [stated[key] for key in ("p10", "p50", "p90")] == [one[k] for k in ("p10", "p50", "p90")]
    assert stated["unbeaten"]["value"] > 0.95 > one["unbeaten"]["value"]
    chances = [form["period"]["total"]["cheapest"]["value"] for form in unsure["forms"].values()]
    assert sum(chances) == pytest.approx(1)
    assert len(unsure["tornado"]["3a"]) == 10
    assert unsure["tornado"]["3a"][0]["kengetal"] == "service_target"
    assert set(unsure["tornado"]) >= {"0", "3b", "3a-0", "3a-3b"}


@pytest.mark.parametrize("when", ["last_year", "period"])
def test_the_shares_are_in_the_json(found: dict[str, Any], when: str) -> None:
    """By every key the municipalities pay the total, and the saving is against standing alone."""
    division = found["sharing"][when]
    assert [*division["keys"]] == ["inhabitants", "calls", "stand_alone", "shapley"]
    for share in division["keys"].values():
        paid = share["municipalities"]
        assert sum(one["euro"] for one in paid.values()) == pytest.approx(division["total"])
        for name, one in paid.items():
            alone = division["alone"][name]
            assert one["against_alone"] == pytest.approx(one["euro"] - alone)
        assert share["in_core"] == (share["leaving"] == 0) == (not share["leavers"])


def test_who_divides_and_who_does_not_is_in_the_json(found: dict[str, Any]) -> None:
    """Sliedrecht keeps its own entrance: it pays form 1 and no part of what the five divide."""
    sharing = found["sharing"]
    assert sharing["members"] == [
        *("alblasserdam", "dordrecht", "hendrik-ido-ambacht", "papendrecht", "zwijndrecht"),
    ]
    assert [*sharing["last_year"]["alone"]] == sharing["members"]
    own = sharing["not_included"]["sliedrecht"]
    assert own == {
        "form": "1",
        "last_year": pytest.approx(366_110, abs=1),
        "period": pytest.approx(1_083_268, abs=1),
    }
    assert sharing["last_year"]["total"] < found["costs"]["3a"]["2011"]["total"]


def test_the_settlement_is_in_the_json(found: dict[str, Any]) -> None:
    """Three start and pay € 395.000; two join a quarter later and pay their part of it back."""
    settled = found["sharing"]["settlement"]
    assert (settled["key"], settled["investment"]) == ("inhabitants", pytest.approx(395_000))
    parts = settled["municipalities"]
    starting = [one for one in parts.values() if one["receives"]]
    assert sum(one["pays"] for one in starting) == pytest.approx(395_000)
    assert {name: one["year"] for name, one in parts.items() if one not in starting} == {
        "alblasserdam": 2010,
        "hendrik-ido-ambacht": 2010,
    }
    assert all(one["net"] == one["pays"] - one["receives"] for one in parts.values())


def test_where_it_gets_too_busy_is_in_the_json(found: dict[str, Any]) -> None:
    """In its first year 3a is busy for 76,6% of the time, most of all around eleven (bijlage D)."""
    busy = {(one["form"], one["year"]): one for one in found["warnings"]}
    assert [*busy] == [("3a", 2009), ("4", 2009), ("5", 2009)]
    assert busy["3a", 2009] == {
        "form": "3a",
        "year": 2009,
        "occupancy": pytest.approx(0.766, abs=5e-4),
        "limit": 0.75,
        "hours": ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00"],
    }


def test_other_channels_are_in_the_json(drechtsteden: Case, found: dict[str, Any]) -> None:
    """Forms 4 and 5 move a part of the contacts at the desk each year; the others move none."""
    stays = 1 - drechtsteden.knowledge.kengetallen["desk_to_digital"].value
    assert [*found["channels"]] == ["phone", "desk", "post", "digital"]
    desk = found["channels"]["desk"]
    assert desk["contacts"] == pytest.approx(391_560 / 0.44 * 0.29)
    assert desk["cost"] == pytest.approx(desk["contacts"] * desk["cost_per_contact"])
    assert desk["forms"]["4"]["2010"] == pytest.approx(desk["contacts"] * stays**2)
    assert found["channels"]["post"]["cost_per_contact"] is None
    assert found["costs"]["4"]["2011"]["other_channels"] < 0
    assert found["costs"]["3a"]["2011"]["other_channels"] == 0


def test_overstaffing_is_there_where_patience_is_known(found: dict[str, Any]) -> None:
    """Without it nothing is said; with it each form and year has its fte both ways."""
    assert found["overstaffing"] == {}
    one = machine_contract(REGION, *FEW, *PATIENCE)["overstaffing"]["0"]["2011"]
    assert [*one] == ["fte", "with_patience", "forgiving", "saving"]
    assert one["fte"] > one["with_patience"] > one["forgiving"]
    text = " ".join(said(REGION, *FEW, *PATIENCE).split())
    assert "Als bellers ophangen: fte in de eerste lijn in 2011" in text
    assert "gemiddeld 120 seconden" in text
    assert "Als bellers ophangen" not in said(REGION, *FEW)


def test_the_routes_are_in_the_json(found: dict[str, Any]) -> None:
    """Five on form 1 each lose € 25.000 + € 15.000; Sliedrecht stays there and loses nothing."""
    routes = {(one["kind"], *one["path"]): one for one in found["routes"]}
    assert routes["straight", "3a"]["write_off"] == 0
    assert routes["growing", "1", "3a"]["write_off"] == 5 * 40_000
    assert routes["nothing", "0"]["payback_years"] is None
    assert [one["id"] for one in found["routes"] if one["advised"]] == ["in-groepen"]
    assert ("waves", "0", "3a") in routes
    assert not routes["growing", "3b", "3a"]["possible"]
    years = routes["straight", "3a"]["years"]
    assert sum(year["total"] for year in years.values()) == pytest.approx(
        routes["straight", "3a"]["total"]
    )
    forms = [year["forms"]["dordrecht"] for year in years.values()]
    assert forms == ["0", *["3a"] * (len(forms) - 1)]


@pytest.mark.usefixtures("anew")
def test_the_same_seed_gives_the_same_bytes(decide: Callable[..., Run]) -> None:
    """No clock and no random order, in any form of output."""
    for form in (FEW, (*FEW, "--seed", "7", "--format", "json")):
        assert decide("costs", REGION, *form) == (DONE, said(REGION, *form), "")


def test_another_seed_gives_other_chances() -> None:
    """The seed matters to the chances and to nothing else."""
    one, two = (machine_contract(REGION, *FEW, "--seed", seed) for seed in ("7", "8"))
    assert one["uncertainty"]["forms"] != two["uncertainty"]["forms"]
    for key in ("costs", "break_even", "sharing", "routes"):
        assert one[key] == two[key]


def test_the_terminal_answers_every_question() -> None:
    """Figures, conditions in words, chances with their seed, shares and routes, in Dutch."""
    text = " ".join(said(REGION).split())
    for answer in (
        "Vorm 3a Samen Zelf Afhandelen is het advies.",
        "3b Afhandelen Uitbesteden € 7,67 € 6,97 € 6,46",
        "€ 1.738.872",
        "0 Niets doen vanaf 34% vanaf 10% vanaf 6% vanaf 11%",
        "3b Afhandelen Uitbesteden nooit nooit vanaf 89% nooit",
        "2 Samen Ontwikkelen altijd altijd vanaf 12% altijd",
        "2010 48.448 - 50.000",
        f"10.000 trekkingen met startgetal {SEED}.",
        "3a Samen Zelf Afhandelen 2009 76,6% 09:00 - 11:00",
        "Wat de andere kanalen schelen, per telefoongesprek",
        "Tellen zij wel mee, dan heeft vorm 3a een kans van 0,0%.",
        "Zij verdelen € 1.550.102",
        "Sliedrecht doet niet mee en betaalt niet mee.",
        "Hendrik-Ido-Ambacht 338.742 161.798",
        "Van 2009 tot en met 2011: nee, bij geen van deze verdelingen.",
        "Alblasserdam 2010 31.001 0 31.001",
        "€ 635.000 € 200.000",
    ):
        assert answer in text


def test_the_terminal_speaks_english() -> None:
    """The same answers in the other language, with numbers as it writes them."""
    text = " ".join(said(REGION, "--draws", "1000", "--lang", "en").split())
    assert "from 34% from 10% from 6% from 11%" in text
    assert "never never from 89% never" in text
    assert f"1,000 draws with seed {SEED}." in text
    for dutch in (" vanaf ", " nooit ", "gemeenten", "trekkingen"):
        assert dutch not in text


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    "extra",
    some(
        [
            PATIENCE,
            *[(), ("--form", "5"), ("--form", "2"), ("--set", "costs.years=[2009]")],
        ]
    ),
)
def test_eighty_columns_are_enough(lang: str, extra: tuple[str, ...]) -> None:
    """Nothing runs off a terminal of the usual width, and no figure is cut off."""
    asked = () if lang == "nl" else ("--lang", lang)
    out = said(REGION, *FEW, *extra, *asked)
    assert max(cell_len(line) for line in out.splitlines()) <= WIDTH
    assert "…" not in out


def test_a_long_period_is_cut_in_tables_that_fit(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Ten years do not fit beside each other, and none is left out."""
    years = [*range(2020, 2030)]
    text = many(3).replace("[2020]", str(years))
    (tmp_path / "lang.yaml").write_text(text, encoding="utf-8")
    status, out, _ = decide("costs", "lang.yaml", "--form", "3a", *FEW)
    assert status == DONE
    assert "…" not in out
    assert all(str(year) in out for year in years)


def test_another_form_can_be_asked_about() -> None:
    """The questions are then about that form; the advice stays the same."""
    found = machine_contract(REGION, *FEW, "--form", "3b")
    assert (found["form"], found["recommended"]) == ("3b", "3a")
    assert found["sharing"]["form"] == "3b"
    assert found["routes"][1]["path"] == ["3b"]
    assert "3b-3a" in found["uncertainty"]["tornado"]
    text = " ".join(said(REGION, *FEW, "--form", "3b").split())
    assert "gaan over vorm 3b Afhandelen Uitbesteden. Het advies is vorm 3a" in text


@pytest.mark.parametrize("form", some(["0", "1", "2", "3a", "3b", "4", "5"]))
def test_every_form_can_be_asked_about(form: str) -> None:
    """Doing nothing and the end state included."""
    assert said(REGION, *FEW, "--form", form)


def test_a_region_without_advice_still_has_costs(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Without a form there is nothing to share and no route, and the reader is told."""
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    _, out, _ = decide("costs", "klein.yaml", *FEW, "--format", "json")
    found = json.loads(out)
    assert (found["form"], found["sharing"], found["routes"]) == (None, None, [])
    assert found["costs"]["3a"]["2020"]["total"] > 0
    status, out, err = decide("costs", "klein.yaml", *FEW)
    assert (status, err) == (DONE, "")
    assert "Er is nog geen vorm te adviseren." in out


@pytest.mark.parametrize(
    ("count", "answer"),
    [(1, "minstens twee gemeenten"), (21, "met hoogstens 20 gemeenten, en er doen er 21 mee")],
)
def test_too_few_or_too_many_to_share_is_told(
    decide: Callable[..., Run], tmp_path: Path, count: int, answer: str
) -> None:
    """The rest of the costs is there all the same."""
    (tmp_path / "regio.yaml").write_text(many(count), encoding="utf-8")
    status, out, _ = decide("costs", "regio.yaml", "--form", "3a", *FEW)
    assert status == DONE
    assert answer in " ".join(out.split())
    _, out, _ = decide("costs", "regio.yaml", "--form", "3a", *FEW, "--format", "json")
    assert json.loads(out)["sharing"] is None
    assert json.loads(out)["routes"]


def test_who_may_still_refuse_divides_nothing(decide: Callable[..., Run], tmp_path: Path) -> None:
    """Of a region that has asked nobody yet, nobody is sure to pay for a form."""
    asked = many(2).replace("cooperation: graag", "cooperation: unknown")
    (tmp_path / "regio.yaml").write_text(asked, encoding="utf-8")
    _, out, _ = decide("costs", "regio.yaml", "--form", "3a", *FEW)
    assert "minstens twee gemeenten" in " ".join(out.split())


@pytest.mark.parametrize("form", [(), ("--format", "json")])
def test_a_region_that_nobody_calls_is_no_crash(
    decide: Callable[..., Run], form: tuple[str, ...]
) -> None:
    """Zero calls need zero agents, and JSON has no word for infinity."""
    calls = "kengetallen.calls_per_inhabitant=0"
    status, out, err = decide("costs", REGION, *FEW, "--set", calls, *form)
    assert (status, err) == (DONE, "")
    assert "NaN" not in out


def test_who_would_leave_is_told_in_words() -> None:
    """In form 2 everybody answers for itself: the large two pay too much by every key."""
    asked = (REGION, *FEW, "--form", "2")
    share = machine_contract(*asked)["sharing"]["last_year"]["keys"]["stand_alone"]
    assert (share["in_core"], share["leaving"]) == (False, 18)
    assert share["leavers"][0]["gain"] == pytest.approx(34_649, abs=1)
    out = said(*asked)
    text = " ".join(out.split())
    for answer in (
        "In 2011, verdeling Gesprekken: ja, 18 groepen zijn goedkoper uit. Het meest: Dordrecht en",
        "en Zwijndrecht, met € 34.649 per jaar.",
        "In 2011, verdeling Shapley: ja, 15 groepen zijn goedkoper uit.",
        # over the three years together they would save 101.991
        "met 2011, verdeling Als apart: ja, 14 groepen zijn goedkoper uit. Het meest: Dordrecht en",
        "In 2011: geen enkele verdeling houdt iedereen erbij, ook geen andere dan deze vier.",
    ):
        assert answer in text
    assert "€\u00a034.649" in out


def test_a_region_that_no_division_keeps_together_is_told(decide: Callable[..., Run]) -> None:
    """Where one municipality is far larger, going together can cost more than it saves."""
    large = "municipalities.dordrecht.inhabitants.value=2000000"
    status, out, _ = decide("costs", REGION, "--form", "2", *FEW, "--set", large)
    assert status == DONE
    assert "In 2011: geen enkele verdeling houdt iedereen erbij" in " ".join(out.split())


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--form 6", "6 kan niet bij --form. Te kiezen: 0, 1, 2, 3a, 3b, 4 en 5."),
        (
            "--draws 0",
            "0 kan niet bij --draws. Geef een heel getal van 1 tot en met 100000.",
        ),
        (
            "--draws veel",
            "veel kan niet bij --draws. Geef een heel getal van 1 tot en met 100000.",
        ),
        (
            "--seed -1",
            "-1 kan niet bij --seed. Geef een heel getal van 0 tot en met 4294967295.",
        ),
    ],
)
def test_wrong_use_is_explained(decide: Callable[..., Run], option: str, message: str) -> None:
    """Exit status 2, what is wrong and where to look."""
    status, out, err = decide("costs", REGION, *option.split())
    assert (status, out) == (MISUSE, "")
    assert err == f"Fout: {message}\nProbeer 'decide costs --help'.\n"


def test_a_kengetal_that_cannot_be_calculated_with_is_one_line(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Exit status 1, in the language of the reader."""
    folder = tmp_path / "eigen"
    folder.mkdir()
    text = (
        "kengetallen:\n  wage_own:\n    name: eigen loon\n    value: -5\n    unit: euro\n"
        "    range: [-5, -5]\n    possible: [-9, 9]\n"
        "    source: {document: decide-2026, place: aanname}\n"
        'calculations: {"3a": {wage: wage_own}}\n'
    )
    (folder / "kengetallen.yaml").write_text(text, encoding="utf-8")
    status, out, err = decide("costs", REGION, "--criteria", "eigen")
    assert (status, out) == (FAULT, "")
    assert err == (
        "Fout: Met -5.0 voor het kengetal wage_own zijn de kosten niet te berekenen. "
        "Verwacht wordt een getal van minstens 0.\n"
    )


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("error", "named"),
    [
        (WavesError("wave_of_unknown", "rotterdam", 0), "rotterdam"),
        (WavesError("wave_twice", "dordrecht", 1), "dordrecht"),
        (WavesError("wave_in_no_year", "dordrecht", -1), "-1"),
        (SharingError("many_to_share", ("a",) * 21), "21"),
        (SharingError("none_to_share"), ""),
        (SharingError("unknown_to_share", ("rotterdam",)), "rotterdam"),
    ],
)
def test_what_cannot_be_divided_or_followed_is_said_in_words(
    lang: str, error: ValueError, named: str
) -> None:
    """Each refusal has its own sentence, in the language of the reader."""
    with pytest.raises(click.ClickException) as refused, costed(catalogue(lang, "cli")):
        raise error
    assert named in refused.value.message
    assert "_" not in refused.value.message


def test_the_help_names_the_real_defaults() -> None:
    """The help is written before the numbers are known to it."""
    for lang in ("nl", "en"):
        say = catalogue(lang, "cli").say
        assert f" {DRAWS} " in say("help.draws")
        assert f" {SEED}." in say("help.seed")


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_long_run_shows_progress_to_who_looks(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bar is on standard error, and leaves standard output as it is."""
    expected = said(REGION, *FEW)
    seen = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", seen)
        patch.setenv("TERM", "xterm")
        _, out, _ = decide("costs", REGION, *FEW)
    assert out == expected
    assert "Trekkingen" in seen.getvalue()


def test_a_pipe_gets_no_progress(tmp_path: Path) -> None:
    """Whoever keeps standard error keeps messages only; nothing is written to the folder."""
    done = program("costs", REGION, *FEW, folder=tmp_path)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert not [*tmp_path.iterdir()]


def test_what_callers_notice_of_twelve_people() -> None:
    """In the JSON for every form, and on the terminal for all forms and each hour of the one."""
    found = machine_contract(REGION, *FEW, "--agents", "12", "--set", "costs.shrinkage=0.1")
    told = found["service"]
    assert [told[key] for key in ("agents", "present", "year", "target", "wait", "patience")] == [
        *(12, 14, 2011, 0.8, 30.0, None)
    ]
    one = told["forms"]["3a"]
    assert [*one] == [
        *("locations", "service_level", "mean_wait", "occupancy", "with_patience", "hours")
    ]
    assert [*one["hours"][0]] == [
        *("start", "calls", "needed", "service_level", "mean_wait", "occupancy", "with_patience")
    ]
    assert (one["locations"], round(one["service_level"], 3)) == ([12], 0.899)
    hour = found["staffing"]["forms"]["3a"][1]
    assert (hour["agents_first_line"], hour["present_first_line"]) == (13, 15)


@pytest.mark.parametrize(
    ("lang", "words"),
    some(
        [
            (
                "nl",
                ("Als er 9 mensen opnemen in 2011", "loopt vol", "minstens 9 mensen", "15% van de"),
            ),
            ("en", ("If 9 people answer in 2011", "grows", "at least 9 people", "for 15% of the")),
        ]
    ),
)
def test_the_hours_and_so_many_people_on_the_terminal(lang: str, words: tuple[str, ...]) -> None:
    """A manager reads what the norm asks in each hour, and what nine people would mean."""
    asked = ("--agents", "9", "--set", "costs.smallest_crew=9", "--set", "costs.shrinkage=0.15")
    text = said(REGION, *FEW, *asked, "--lang", lang)
    assert all(word in " ".join(text.split()) for word in words)
    impatient = said(REGION, *FEW, *asked, *PATIENCE, "--lang", lang)
    assert {"nl": "Hangt op", "en": "Hangs up"}[lang] in impatient


@pytest.mark.parametrize("given", ["0", "12.5", "-3", "veel", "100001"])
def test_so_many_people_is_a_whole_number(decide: Callable[..., Run], given: str) -> None:
    """Half a person, nobody and a word are told in one line."""
    code, out, err = decide("costs", REGION, f"--agents={given}")
    assert (code, out) == (MISUSE, "")
    assert f"{given} kan niet bij --agents. Geef een heel getal van 1 tot en met 100000." in err


def test_bounded_answers_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many steps and too many hours to draw: the terminal says what was done instead."""
    monkeypatch.setattr("decision.costs.curves._MOST_EFFORT", 50_000)
    monkeypatch.setattr("decision.costs.uncertainty._MOST_EFFORT", 0)
    told = " ".join(said(REGION, "--draws", "201").split())
    assert "Gevraagd zijn er 201." in told
    assert "gelijke delen bekeken" in told
    english = " ".join(said(REGION, "--draws", "201", "--lang", "en").split())
    assert "201 were asked for." in english
    assert "equal parts" in english
