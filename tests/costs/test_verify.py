"""Verification: every published figure is reproduced, or explained by an erratum that holds."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from decision.costs.result import costs
from decision.costs.verify import Verification, verify
from decision.load import InputError, load_region
from decision.model.installed import data_folder
from decision.model.published import OfYear, Published, printed
from tests.command_line import CHECK, DONE, FAULT, REGION, Run

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 characters."""
    monkeypatch.setenv("COLUMNS", "80")


@cache
def verified(*changes: str) -> Verification:
    """The Drechtsteden, with changes."""
    case = load_region(REGION, changes=changes)
    return verify(case.knowledge, case.region, declared(*changes))


def declared(*changes: str) -> Published:
    """What is declared as published of the Drechtsteden."""
    published = load_region(REGION, changes=changes).region.published
    assert published is not None
    return published


def in_print(value: float, step: float) -> float:
    """A value rounded to the step of print."""
    return round(round(value / step) * step, 4)


def test_every_figure_is_reproduced_or_explained() -> None:
    """More than 150 figures are computed, and none differs."""
    result = verified()
    assert result.holds
    assert result.of("differs") == ()
    assert sum(not figure.given for figure in result.figures) >= 150
    assert (len(result.figures), len(result.of("reproduced")), len(result.of("erratum"))) == (
        306,
        277,
        29,
    )


def test_every_figure_has_its_own_id_and_place() -> None:
    """A figure can be found back in the publication and in the result."""
    figures = verified().figures
    assert len({figure.id for figure in figures}) == len(figures)
    assert all(figure.place for figure in figures)


@pytest.mark.parametrize(
    ("start", "count"),
    [
        *((f"bijlage-d-{form}-", 33) for form in ("0", "1", "2", "3a", "3b")),
        ("rekenmodel-", 9 * 5 + 5),
        ("tabel-2-1-", 14),
        ("tabel-5-5-", 8 + 17),
        ("tabel-5-6-", 10),
        ("tabel-5-7-", 15),
    ],
)
def test_each_table_is_complete(start: str, count: int) -> None:
    """All of bijlage D and of the tables with figures is there."""
    assert sum(figure.id.startswith(start) for figure in verified().figures) == count


ERRATA = {
    "vorm-1-tweede-lijn": (7, True),
    "vorm-1-afschrijving": (4, True),
    "vorm-3b-jaarkosten": (9, True),
    "tabel-5-7-vorm-2": (3, True),
    "tabel-5-7-vorm-1": (1, False),
    "tabel-5-7-huidige-situatie": (3, False),
    "tabel-5-7-vorm-3b": (1, False),
    "inwoners": (1, False),
}
"""How many figures each erratum explains, and whether other inputs lead to print."""


def test_the_errata_are_those_of_the_publication() -> None:
    """Each explains its own figures, and no erratum is left unused."""
    found = {
        one.id: (len(one.figures), one.erratum.as_published is not None)
        for one in verified().errata
    }
    assert found == ERRATA
    assert list(found) == list(declared().errata)


@pytest.mark.parametrize("name", [name for name, (_, inputs) in ERRATA.items() if inputs])
def test_the_inputs_as_published_give_what_was_printed(name: str) -> None:
    """The second run of the model gives the printed figure, which the first does not."""
    (one,) = (one for one in verified().errata if one.id == name)
    for figure in one.figures:
        assert figure.computed is not None
        assert figure.as_published is not None
        step = figure.high - figure.low
        assert in_print(figure.as_published, step) == pytest.approx(figure.published), figure.id
        assert in_print(figure.computed, step) != pytest.approx(figure.published), figure.id


def test_an_erratum_without_its_inputs_explains_nothing() -> None:
    """The explanation is checked: at other inputs as published the figures differ."""
    path = "published.errata.vorm-3b-jaarkosten.as_published.kengetallen.wage_outsourced"
    result = verified(f"{path}=60000")
    differing = {figure.id for figure in result.of("differs")}
    assert differing == set(declared().errata["vorm-3b-jaarkosten"].figures)


def test_an_erratum_says_what_follows_and_that_is_checked() -> None:
    """An erratum is no cover for any figure: what the stated inputs give must be right too."""
    path = "published.errata.inwoners.figures.hoofdstuk-2-inwoners"
    (figure,) = verified(f"{path}=250000").of("differs")
    assert figure.id == "hoofdstuk-2-inwoners"
    assert figure.erratum is None


def test_only_the_wage_of_outsourcing_matters_for_the_choice() -> None:
    """As stated outsourcing is cheaper a call until 2011; as published only in 2009."""
    result = verified()
    assert result.cheapest["cost_per_call"] == {2009: ("3b",), 2010: ("3b",), 2011: ("3a",)}
    assert result.cheapest["total"] == {2009: ("3b",), 2010: ("3a",), 2011: ("3a",)}
    (one,) = (one for one in result.errata if one.matters)
    (change,) = one.changes
    assert one.id == "vorm-3b-jaarkosten"
    assert (change.measure, change.year) == ("cost_per_call", 2010)
    assert (change.stated, change.published) == (("3b",), ("3a",))


def test_words_allow_an_interval() -> None:
    """Almost 2 million is less than 2 million, and what is saved on doing nothing."""
    (cell,) = (one for one in printed(declared()) if one.id == "hoofdstuk-5-besparing")
    assert cell.of == OfYear("3a", 2011, "total", below="0")
    assert cell.allows(1_830_831)
    assert not cell.allows(1_700_000)
    assert not cell.allows(2_000_001)


def test_costs_that_are_known_need_not_be_computed_again() -> None:
    """Who has the costs as stated gets the same answers with them."""
    case = load_region(REGION)
    known = costs(case.knowledge, case.region)
    assert verify(case.knowledge, case.region, declared(), known) == verified()


def test_a_figure_that_the_model_does_not_have_differs() -> None:
    """A year outside the calculation cannot be computed, and that is said."""
    result = verified("costs.years=[2009, 2010]")
    lost = [figure for figure in result.of("differs") if figure.id.endswith("-2011")]
    assert lost
    assert all(figure.computed is None for figure in lost)
    other = verified('published.per_hour.rekenmodel.hours.0="07:00"')
    assert [figure.computed for figure in other.of("differs")] == [None] * 5
    items = verified("published.per_form.tabel-5-5.items={onbekend: {3a: 1}}")
    assert [figure.id for figure in items.of("differs")] == ["tabel-5-5-onbekend-3a"]


def test_households_that_nobody_declares_have_no_total() -> None:
    """The sum of what is not known is not known."""
    result = verified("municipalities.sliedrecht.households=null")
    assert [figure.id for figure in result.of("differs")] == [
        "tabel-2-1-households-sliedrecht",
        "tabel-2-1-huishoudens",
    ]


def test_the_json_holds_the_contract(decide: Callable[..., Run]) -> None:
    """Other programs rely on these keys and values."""
    status, out, err = decide("verify", REGION, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    assert (status, err) == (DONE, "")
    assert (found["reproduced"], found["errata"], found["differs"]) == (277, 29, 0)
    assert len(found["figures"]) == 306
    assert found["figures"][0] == {
        "id": "bijlage-d-0-volume-2009",
        "place": "bijlage D, vorm 0",
        "published": 1.0,
        "low": 0.995,
        "high": 1.005,
        "computed": 1.0,
        "as_published": None,
        "status": "reproduced",
        "erratum": None,
        "given": False,
    }
    by_id = {figure["id"]: figure for figure in found["figures"]}
    wage = by_id["bijlage-d-3b-cost_per_call-2010"]
    assert (wage["status"], wage["erratum"]) == ("erratum", "vorm-3b-jaarkosten")
    assert round(wage["computed"], 2) == 6.97
    assert round(wage["as_published"], 2) == 7.23
    explained = found["known_errata"]["vorm-3b-jaarkosten"]
    assert explained["explanation"]
    assert explained["consequence"]
    assert explained["matters"]
    assert explained["changes"] == [
        {"measure": "cost_per_call", "year": 2010, "as_stated": ["3b"], "as_published": ["3a"]}
    ]
    assert found["cheapest"]["cost_per_call"] == {"2009": ["3b"], "2010": ["3b"], "2011": ["3a"]}


def test_the_terminal_tells_each_erratum(decide: Callable[..., Run]) -> None:
    """Counts first, then each erratum with why, what follows, and whether it matters."""
    status, out, err = decide("verify", REGION)
    text = " ".join(out.split())
    assert (status, err) == (DONE, "")
    assert "Drechtsteden 306 gepubliceerde cijfers nagerekend, waarvan 101" in text
    assert "Uitgekomen: 277. Bekende fout: 29. Wijkt af: 0." in text
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "Wijkt af zonder verklaring" not in text
    assert "in 2010 is 3b per gesprek het goedkoopst" in text
    for erratum in declared().errata.values():
        for words in (erratum.name, erratum.explanation, erratum.consequence):
            assert words in text.replace("\u00a0", " ")


def test_the_terminal_speaks_english(decide: Callable[..., Run]) -> None:
    """Errata and numbers are those of an English reader."""
    status, out, _ = decide("verify", REGION, "--lang", "en")
    text = " ".join(out.split())
    assert status == DONE
    assert "Reproduced: 277. Known error: 29. Differs: 0." in text
    assert "the cheapest per call by the inputs as stated" in text
    assert "9.03" in text
    assert "nagerekend" not in text


TAMPERED = "published.in_year.rekenmodel-bezetting.printed=0.78"


def test_a_figure_that_differs_fails_the_check(decide: Callable[..., Run]) -> None:
    """The figure is shown in full, and the exit status is 3."""
    status, out, err = decide("verify", REGION, "--set", TAMPERED)
    assert (status, err) == (CHECK, "")
    assert "Wijkt af: 1." in " ".join(out.split())
    _, differing = out.split("Wijkt af zonder verklaring")
    assert re.search(r"rekenmodel-bezetting +0,78 +0,77", differing)
    status, out, _ = decide("verify", REGION, "--set", TAMPERED, "--format", "json")
    found = json.loads(out)
    assert (status, found["differs"]) == (CHECK, 1)
    (figure,) = (one for one in found["figures"] if one["status"] == "differs")
    assert (figure["id"], figure["erratum"]) == ("rekenmodel-bezetting", None)


def test_another_wage_fails_the_check(decide: Callable[..., Run]) -> None:
    """The check is on the model, not only on the file."""
    status, out, _ = decide("verify", REGION, "--set", "kengetallen.wage_second_line=60000")
    assert status == CHECK
    assert "hoofdstuk-5-jaarkosten-tweede-lijn" in out


def test_a_region_without_published_figures_says_so(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Nothing to verify is a message, not a success."""
    text = (data_folder("regions") / REGION).read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    del content["published"]
    (tmp_path / "kaal.yaml").write_text(json.dumps(content), encoding="utf-8")
    assert decide("verify", "kaal.yaml") == (
        FAULT,
        "",
        "Fout: In kaal.yaml staan geen gepubliceerde cijfers. Voeg een blok `published:` toe.\n",
    )
    _, _, err = decide("verify", "kaal.yaml", "--lang", "en")
    assert err == "Error: kaal.yaml declares no published figures. Add a block `published:`.\n"


FAULTS = {
    "published.errata.inwoners.figures.hoofdstuk-2-inwoner=1": (
        "Er is geen gepubliceerd cijfer 'hoofdstuk-2-inwoner'. Bedoelde u 'hoofdstuk-2-inwoners'?"
    ),
    "published.errata.inwoners.figures.tabel-5-6-samen-1=1": (
        "Het cijfer 'tabel-5-6-samen-1' staat ook onder vorm-1-tweede-lijn; elk cijfer hoort op "
        "één plaats. Geef het een andere naam, of haal één van beide weg."
    ),
    "published.in_year.tabel-5-5-acd-1={place: hier, form: 3a, of: calls, printed: 1}": (
        "Het cijfer 'tabel-5-5-acd-1' staat ook onder tabel-5-5; elk cijfer hoort op één plaats. "
        "Geef het een andere naam, of haal één van beide weg."
    ),
    "published.per_year.bijlage-d-0.rows.volume.printed=[1, 1]": (
        "Bij 'printed' staan te weinig waarden; verwacht wordt minstens 3. Vul aan wat ontbreekt."
    ),
    "published.per_hour.rekenmodel.rows.calls.printed=[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]": (
        "Bij 'printed' staan te veel waarden; verwacht wordt hoogstens 9. Haal weg wat te veel is."
    ),
    "published.errata.inwoners.as_published={kengetallen: {opening_days: 400}}": (
        "Bij 'opening_days' kan 400 niet; verwacht wordt een getal van 1 tot en met 366. "
        "Controleer het getal en de eenheid."
    ),
}


@pytest.mark.parametrize(("change", "message"), FAULTS.items())
def test_a_fault_in_the_published_block_is_told(change: str, message: str) -> None:
    """A figure is declared once, an erratum is about a figure that is there, and rows fit."""
    with pytest.raises(InputError) as caught:
        load_region(REGION, changes=[change])
    told = [f"{one.message} {one.hint}" for one in caught.value.problems]
    assert [re.sub("[\u2018\u2019]", "'", one) for one in told] == [message]


@pytest.mark.parametrize(
    "change",
    [
        "published=5",
        "published.per_year=[1]",
        "published.per_year.bijlage-d-0.years=5",
        "published.per_year.bijlage-d-0.rows=5",
        "published.per_year.bijlage-d-0.rows.volume=5",
        "published.per_form.tabel-5-5.items=5",
        "published.errata.inwoners.figures=[1]",
        "published.errata.inwoners=5",
        "published.errata.inwoners.as_published.kengetallen=5",
    ],
)
def test_a_wrong_type_in_the_published_block_is_told(change: str) -> None:
    """Whatever is written there, it ends in a message."""
    with pytest.raises(InputError):
        load_region(REGION, changes=[change])
