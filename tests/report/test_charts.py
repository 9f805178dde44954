"""The figures: what they say, what they show, and that they stand in a page and on paper."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import altair as alt
import pytest
from altair.utils.schemapi import validate_jsonschema
from hypothesis import given
from markupsafe import escape

from decision.advice.advice import Advice, decide
from decision.advice.findings import Request
from decision.report.charts.figures import figure_of_grouping, figures
from decision.report.charts.look import DARK, FAINT, LIGHT, NARROW, ON_LIGHT, SHADES, WIDE
from decision.report.report import Report
from decision.words.numbers import Numbers
from tests.conftest import drawing
from tests.regions import base, case_of, regions
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.load import Case
    from decision.report.charts.diagram import Diagram

ALL = (
    *("map", "readiness", "ladder", "scores", "chances"),
    *("costs", "cash", "threshold", "staff", "planning"),
)
NO_FORM = ("map", "ladder", "scores", "costs")


@pytest.fixture(scope="module")
def shown(advice: Advice) -> Mapping[str, Diagram]:
    """The figures of the Drechtsteden in Dutch."""
    return figures(advice, "nl")


@pytest.fixture(scope="module")
def drawings(shown: Mapping[str, Diagram]) -> Mapping[str, Mapping[int, str]]:
    """Each of them as SVG, at both widths."""
    with drawing():
        return {
            name: {width: one.svg(width) for width in (WIDE, NARROW)} for name, one in shown.items()
        }


def towns(count: int, **changes: Any) -> Case:  # noqa: ANN401 - fields of a municipality
    """A region of so many municipalities that are like Dordrecht, with nobody around it."""
    like = base().region.municipalities["dordrecht"]
    municipalities = {
        f"g{at}": like.model_copy(update={"name": f"Plaats {at}", "cbs": f"99{at:02}", **changes})
        for at in range(count)
    }
    rest: dict[str, Any] = {
        "organisations": {},
        "neighbours": {},
        "ties": {},
        "groupings": {},
        "published": None,
    }
    return case_of(base().region.model_copy(update={"municipalities": municipalities, **rest}))


def few(case: Case) -> Advice:
    """The advice on a region with few draws, which change no title of these tests."""
    return decide(case, Request(draws=200))


def column(figure: Diagram, name: str) -> list[object]:
    """The cells of a column."""
    at = [one.name for one in figure.columns].index(name)
    return [row[at] for row in figure.rows]


def test_an_advice_has_ten_figures(shown: Mapping[str, Diagram]) -> None:
    """The ten that a reader of the advice needs, each under an id that stays."""
    assert tuple(shown) == ALL


def test_a_title_says_what_is_found(shown: Mapping[str, Diagram]) -> None:
    """Titles are sentences with names and amounts, and not the names of charts."""
    titles = {name: one.title for name, one in shown.items()}
    assert titles["map"] == "Sliedrecht ligt buiten netnummer 078; Strijen ligt erin"
    assert titles["readiness"].startswith(
        "Het vaakst nog niet op orde: visie op dienstverlening (5"
    )
    assert titles["ladder"].startswith("Vorm 3a past nu het best; daarna komt vorm 4")
    assert titles["scores"].startswith("Vorm 3a wint van vorm 2 op ")
    assert re.fullmatch(
        r"Vorm 3a eindigt in \d\d% van de berekeningen als eerste", titles["chances"]
    )
    assert "elk jaar het goedkoopst van de vormen die nu kunnen" in titles["costs"]
    assert titles["threshold"].endswith("om vorm 3b te verslaan is 73% nodig")
    assert re.fullmatch(r"Vanaf 20\d\d is 3\d fte nodig in plaats van 61", titles["staff"])
    assert titles["planning"].startswith("Dordrecht, Papendrecht en Zwijndrecht beginnen in ")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_figure_tells_itself(advice: Advice, lang: str) -> None:
    """Title, text and data are there in both languages, and nothing is left to fill in."""
    for one in figures(advice, lang).values():
        told = (one.title, one.alt, one.note + one.reading, *(own.name for own in one.columns))
        assert all(told)
        assert not any(re.search(r"[{}]|\bNone\b", text) for text in told)
        assert one.title in one.alt
        assert one.rows
        assert {len(row) for row in one.rows} == {len(one.columns)}
        assert len(one.cells) == len(one.rows)


def test_how_to_read_a_drawing_stands_with_the_drawing(advice: Advice) -> None:
    """Below a table of the same nobody reads of bars and marks; a page and a file have both."""
    texts = {form: Report(advice).text(form) for form in ("md", "html")}
    drawn = figures(advice, "nl").values()
    assert any(one.reading for one in drawn)
    for one in drawn:
        if one.reading:
            assert one.reading not in texts["md"], one.id
            assert str(escape(one.reading)) in texts["html"], one.id
        if one.note:
            assert str(escape(one.note)) in texts["html"], one.id


def test_the_data_of_figures_are_the_results(advice: Advice, shown: Mapping[str, Diagram]) -> None:
    """Who reads a number off a figure finds the same one everywhere else."""
    found, scores = advice.findings, advice.scores.forms
    view = {f"{form} {advice.knowledge.forms[form].name}": form for form in scores}
    labels = [
        str(one).replace(" (valt\xa0nu\xa0af)", "") for one in column(shown["scores"], "Vorm")
    ]
    assert column(shown["scores"], "Samen") == [100 * scores[view[one]].score for one in labels]
    chances = {view[str(row[0])]: row[1:] for row in shown["chances"].rows}
    assert chances == advice.rank_acceptability
    for label, year, cost, low, high in shown["costs"].rows:
        form = view[str(label)]
        total = found.uncertainty.forms[form].years[int(str(year))].total
        assert cost == advice.costs.forms[form].years[int(str(year))].total
        assert (low, high) == (total.p10, total.p90)
    assert found.chosen is not None
    plan, now = (
        next(one for one in found.chosen.routes if one.kind == kind)
        for kind in ("waves", "nothing")
    )
    assert column(shown["cash"], "Plan samen") == [one.total for one in plan.years]
    assert column(shown["cash"], "Doorgaan zoals nu") == [one.total for one in now.years]
    last = advice.region.costs.years[-1]
    needed = found.chosen.shares_needed["total"]
    shares = {view[str(row[0])]: row[1] for row in shown["threshold"].rows}
    assert shares == {other: one.years[last].share for other, one in needed.items()}
    money = found.plan_money
    assert money is not None
    assert money.settled is not None
    years = [*money.years.values(), money.settled[1]]
    fte = [years[0].baseline_fte, *(one.fte for one in years)]
    assert column(shown["staff"], "Samen") == pytest.approx(fte, abs=1e-12)
    assert advice.roadmap is not None
    live = {str(row[0]): row[-1] for row in shown["planning"].rows if row[-1] is not None}
    names = advice.region.municipalities
    assert live == {names[name].name: week for name, week in advice.roadmap.live.items()}


def test_the_readiness_of_municipalities_is_that_of_the_verdicts(
    advice: Advice, shown: Mapping[str, Diagram]
) -> None:
    """A mark stands for the outcome of the rule, and unknown is a mark of its own."""
    figure = shown["readiness"]
    verdicts = advice.eligibility.municipalities
    for at, name in enumerate(advice.region.municipalities, 1):
        states = [row[at] for row in figure.rows]
        binding = [
            one for one in verdicts[name]["3a"].verdicts if advice.knowledge.rules[one.rule].binds
        ]
        for truth, words in {
            "yes": {"op orde"},
            "no": {"nog niet", "wil niet"},
            "unknown": {"onbekend"},
        }.items():
            count = sum(one.truth == truth for one in binding)
            assert sum(state in words for state in states) == count


@examples(20)
@given(regions())
def test_figures_of_any_region_are_honest(case: Case) -> None:
    """No figure without data, no advice in a title without one, and no words left open."""
    advice = few(case)
    found = figures(advice, "nl")
    assert {*NO_FORM} <= {*found}
    for one in found.values():
        assert one.title
        assert one.rows
        assert not re.search(r"[{}]|\bNone\b", one.title + one.alt + one.note)
    if advice.recommended is None:
        assert not {"cash", "staff", "planning"} & {*found}
        assert " past nu het best" not in found["ladder"].title
        assert " wint van " not in found["scores"].title
    if "readiness" in found:
        cells = {cell for row in found["readiness"].rows for cell in row[1:]}
        assert cells != {"onbekend"}


def test_a_figure_with_nothing_to_show_is_absent() -> None:
    """Where nobody knows a thing there is no matrix of question marks, and no map."""
    found = figures(few(towns(5, facts={}, positions={}, place=None)), "nl")
    assert not {"readiness", "map", "cash", "staff", "planning"} & {*found}
    assert "ladder" in found


def test_one_municipality_is_told_of_in_the_singular() -> None:
    """Nobody reads of all municipalities where there is one."""
    found = figures(few(towns(1)), "nl")
    assert found["map"].title == "De gemeente ligt in netnummer 078"
    assert "1 gemeente " in found["readiness"].alt


def test_many_municipalities_are_counted(shown: Mapping[str, Diagram]) -> None:
    """Twenty columns of marks can be read by nobody: then each block has a bar of numbers."""
    found = figures(few(towns(20)), "nl")
    assert found["planning"].title.startswith("Alle gemeenten beginnen in ")
    assert [row[0] for row in found["planning"].rows] == ["Drechtsteden", "Groep 1"]
    for width in (WIDE, NARROW):
        assert '"from"' in json.dumps(found["readiness"].spec(width)).replace("\\", "")
    assert '"town"' in json.dumps(shown["readiness"].spec()).replace("\\", "")


def test_a_declared_grouping_has_a_map(advice: Advice) -> None:
    """Every group has its own mark; who is in no group is told to be in none."""
    found = figure_of_grouping(advice, "sliedrecht-apart", "nl")
    assert found is not None
    assert (found.id, found.title) == ("map-sliedrecht-apart", "Sliedrecht op het eigen nummer")
    groups = dict(zip(column(found, "Gemeente"), column(found, "Groep"), strict=True))
    assert groups["Sliedrecht"] == "140184"
    assert groups["Dordrecht"] == groups["Zwijndrecht"] == "14078"
    assert groups["Strijen"] == "Buiten de regio"
    alone = figure_of_grouping(advice, "ieder-voor-zich", "nl")
    assert alone is not None
    assert len({*column(alone, "Groep")}) == len(advice.region.municipalities) + 1


@pytest.mark.parametrize("name", ALL)
def test_a_drawing_stands_in_a_page(
    shown: Mapping[str, Diagram], drawings: Mapping[str, Mapping[int, str]], name: str
) -> None:
    """It is one image with a title and a text, with its own ids and nothing of elsewhere."""
    for width, text in drawings[name].items():
        root = ET.fromstring(text)  # noqa: S314 - our own drawing
        assert root.get("role") == "img"
        ids = [str(one.get("id")) for one in root.iter() if one.get("id")]
        assert len(ids) == len({*ids})
        assert all(one.startswith(f"figure-{name}-{width}-") for one in ids)
        labels = str(root.get("aria-labelledby")).split()
        named = {one.get("id"): one.text for one in root.iter()}
        assert [named[one] for one in labels] == [shown[name].title, shown[name].alt]
        assert width - 40 <= float(str(root.get("width"))) <= width + 1
        assert not re.search(r"<(script|style|image|foreignObject)|\bon\w+=|://(?!www\.w3)", text)
        assert text.count("aria-") == text.count("role=") == 1
        assert "NaN" not in text
        assert "undefined" not in text


@pytest.mark.usefixtures("drawn")
def test_ids_begin_with_those_of_the_host(shown: Mapping[str, Diagram]) -> None:
    """A figure stands twice in a report, or beside those of others."""
    text = shown["ladder"].svg(prefix="bijlage-")
    assert {*re.findall(r' id="([^"]*)-ladder', text)} == {"bijlage-figure"}


def test_ink_follows_the_page(drawings: Mapping[str, Mapping[int, str]]) -> None:
    """In a dark page letters and lines are light, because they have the colour of the text."""
    for drawn in drawings.values():
        for text in drawn.values():
            assert "currentColor" in text
            assert not re.search(r'<text(?![^>]*fill="(currentColor|#ffffff|#1a1a1a)")', text)


@pytest.mark.usefixtures("drawn")
def test_no_name_ends_the_program(shown: Mapping[str, Diagram]) -> None:
    """A character that no drawing can hold is shown as one that cannot be shown."""
    text = odd("a\x02b\\u0002 \x0c\ufffe")["readiness"].svg()
    ET.fromstring(text)  # noqa: S314 - our own drawing
    assert ">a\ufffdb\\u0002 \ufffd" in re.sub(r"\s+", " ", text)
    assert shown["readiness"].svg() == odd("Sliedrecht")["readiness"].svg()


def odd(name: str) -> Mapping[str, Diagram]:
    """The figures of the Drechtsteden in which Sliedrecht has another name."""
    members = dict(base().region.municipalities)
    members["sliedrecht"] = members["sliedrecht"].model_copy(update={"name": name})
    return figures(few(case_of(base().region.model_copy(update={"municipalities": members}))), "nl")


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_fills_side_by_side_differ_without_colour() -> None:
    """In a copy in black and white neighbours are still told apart; letters on them can be read."""
    light = [luminance(one) for one in SHADES]
    for one, other in pairwise(light):
        assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 2.2
    for colour in (DARK, *SHADES[::2]):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5
    for colour in (LIGHT, FAINT, *SHADES[1::2]):
        assert (luminance(colour) + 0.05) / (luminance(ON_LIGHT) + 0.05) >= 4.5


@pytest.mark.usefixtures("drawn")
def test_numbers_are_written_in_the_language_of_the_advice(advice: Advice) -> None:
    """The engine gets the signs that the text has: a decimal comma in Dutch, a point in English."""
    assert Numbers("nl").signs["decimal"] == ","
    assert Numbers("en").signs["decimal"] == "."
    written = {lang: figures(advice, lang)["scores"].svg() for lang in ("nl", "en")}
    assert ">72,5<" in written["nl"]
    assert ">72.5<" in written["en"]


def test_every_drawing_is_valid_vega_lite(shown: Mapping[str, Diagram]) -> None:
    """The schema of Vega-Lite knows every key."""
    schema = alt.load_schema()
    for figure in shown.values():
        spec = figure.spec()
        legend = {**spec["config"]["legend"]}
        del legend["layout"]  # that one Vega knows, and the schema does not
        config = {**spec["config"], "legend": legend}
        validate_jsonschema({**spec, "config": config}, schema)


ANOTHER = """
import hashlib, sys
from decision import decide, load_region
from decision.report.charts.figures import figures
found = figures(decide(load_region("drechtsteden.yaml")), "nl")
[one.cells for one in found.values()]
print(*{"altair", "vl_convert"} & {*sys.modules})
drawn = {name: found[name].svg() for name in reversed([*found])}
print(hashlib.sha256("".join(drawn[name] for name in found).encode()).hexdigest())
"""


def test_a_drawing_has_the_same_bytes_in_every_run(
    drawings: Mapping[str, Mapping[int, str]],
) -> None:
    """Another process and another order give the same bytes; titles and data need no engine."""
    found = subprocess.run(
        [sys.executable, "-c", ANOTHER], capture_output=True, check=True, text=True
    ).stdout.split("\n")
    text = "".join(one[WIDE] for one in drawings.values())
    assert found[:2] == ["", hashlib.sha256(text.encode()).hexdigest()]
