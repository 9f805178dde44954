"""Municipalities of which nobody knows the inhabitants: no amounts, nothing that a size tells."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.advice.findings import Request
from decision.costs.inputs import UnsizedError
from decision.eligibility.evaluation import Scope, evaluate
from decision.eligibility.verdicts import eligibility
from decision.grouping.compared import groupings
from decision.load import Case, load_region
from decision.model.facts import Fact, Size
from decision.model.requirements import Comparison, Quantified
from decision.report.json.advice import contract
from decision.report.report import Report
from tests.command_line import Run
from tests.regions import DRECHTSTEDEN, base, changed, regions
from tests.searching import examples

NOBODY_KNOWS = Size(value="unknown")
SIZES = (1.0, 5e3, 9e7)
"""From a hamlet to more than there are people."""


def unsized(case: Case, names: set[str]) -> Case:
    """The case in which nobody knows the inhabitants of some municipalities."""
    return changed(
        case,
        {
            name: one.model_copy(update={"inhabitants": NOBODY_KNOWS}) if name in names else one
            for name, one in case.region.municipalities.items()
        },
    )


@st.composite
def half_known(draw: st.DrawFn) -> tuple[Case, Case]:
    """A region, and the same with municipalities (one at least) whose size nobody knows."""
    case = draw(regions())
    names = draw(st.sets(st.sampled_from([*case.region.municipalities]), min_size=1))
    return case, unsized(case, names)


@given(both=half_known())
@examples(40)
def test_a_verdict_without_sizes_holds_for_every_size(both: tuple[Case, Case]) -> None:
    """What is sure while nobody knows how large a municipality is, stays so however large it is."""
    sized, open_ = (eligibility(one.knowledge, one.region).forms for one in both)
    for form, verdict in open_.items():
        assert verdict.reach in (sized[form].reach, "unknown")
        assert {*verdict.participants} == {*sized[form].participants}


@given(
    says=st.lists(st.sampled_from(["nee", "ja", "unknown"]), min_size=1, max_size=4),
    known=st.lists(st.none() | st.sampled_from([2e4, 3e4]), min_size=4, max_size=4),
    share=st.sampled_from([0.25, 0.5, 1.0]),
)
@examples(60)
def test_a_share_of_the_inhabitants_is_sure_when_no_size_can_change_it(
    says: list[str], known: list[float | None], share: float
) -> None:
    """Held against every size that an unknown municipality can have, from tiny to huge."""
    asked = Quantified.model_validate(
        {"municipalities": {"fact": "own_desk", "is": "ja"}, "share_of_inhabitants": share},
        context={"fact": {"own_desk": ["nee", "ja"]}},
    )
    definitions = base().knowledge.facts

    def found(sizes: list[float | None]) -> str:
        towns = {
            str(at): Scope(str(at), {"own_desk": Fact(value=say)}, definitions, size)
            for at, (say, size) in enumerate(zip(says, sizes, strict=False))
        }
        return evaluate(asked, Scope("regio", {}, definitions, None, towns)).truth

    assert isinstance(asked.municipalities, Comparison)
    mine = known[: len(says)]
    every = product(*(SIZES if size is None else (size,) for size in mine))
    answers = {found([*sizes]) for sizes in every}
    assert found([*mine]) == (answers.pop() if len(answers) == 1 else "unknown")


@given(both=half_known())
@examples(24)
def test_no_amount_rests_on_a_guess(both: tuple[Case, Case]) -> None:
    """There is no cost, no plan in euro and no dividing, and the advice still says who may join."""
    sized, open_ = (decide(one) for one in both)
    told = contract(open_)
    assert told["costs"] == {}
    assert [told[key] for key in ("plan", "sharing", "uncertainty", "break_even")] == [None] * 4
    assert {*sized.candidates} <= {*open_.candidates}
    unknown = (one for form in open_.scores.forms.values() for one in form.contributions)
    assert {(one.low, one.value, one.high) for one in unknown if one.raw is None} == {(0, 0.5, 1)}
    for form, score in open_.scores.forms.items():
        assert score.low <= sized.scores.forms[form].score <= score.high
    assert open_.number.elsewhere.low <= sized.number.elsewhere.low + 1e-9
    assert open_.number.elsewhere.high >= sized.number.elsewhere.high - 1e-9


@pytest.fixture(scope="module")
def without_dordrecht() -> Advice:
    """The advice when only the largest municipality has no known size."""
    return decide(
        load_region(DRECHTSTEDEN, changes=["municipalities.dordrecht.inhabitants=unknown"])
    )


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_advice_asks_for_the_inhabitants(without_dordrecht: Advice, lang: str) -> None:
    """It says that the size decides, and holds no amount but the one that a source gives."""
    text = Report(without_dordrecht, lang, ("summary", "costs", "conditions", "decisions")).text(
        "md"
    )
    assert without_dordrecht.recommended is None
    asked = {"nl": "hoeveel inwoners Dordrecht heeft", "en": "how many inhabitants Dordrecht has"}
    assert asked[lang] in text
    assert text.count("€") == text.count("€ 50.000") + text.count("€ 50,000")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_form_that_no_cost_can_change_is_advised_without_amounts(lang: str) -> None:
    """The whole advice is written, with its plan and appendices, and has no money to divide."""
    changes = [
        "municipalities.alblasserdam.inhabitants=unknown",
        "weights={customer: 60, organisation: 30, implementation: 0, cost: 10}",
    ]
    found = decide(load_region(DRECHTSTEDEN, changes=changes, lang=lang), Request(draws=100))
    assert found.recommended == "3a"
    assert found.roadmap is not None
    assert found.roadmap.waves
    chosen = found.findings.about("3a")
    assert (chosen.divides, chosen.sharing, chosen.settlement) == ("yes", None, None)
    assert all(Report(found, lang).text("md", part) for part in ("main", "appendices"))


@pytest.mark.parametrize("command", ["costs", "groupings", "verify"])
def test_what_needs_sizes_says_so_in_one_line(decide: Callable[..., Run], command: str) -> None:
    """Who asks for amounts is told of whom the inhabitants are missing."""
    changes = ("--set", "municipalities.papendrecht.inhabitants=unknown")
    status, out, err = decide(command, DRECHTSTEDEN, *changes)
    assert (status, out) == (1, "")
    (told,) = err.splitlines()
    assert told.startswith(
        "Fout: Hier zijn geen bedragen te berekenen: van Papendrecht is het aantal"
    )


def test_where_nothing_was_published_that_is_told_first(decide: Callable[..., Run]) -> None:
    """Who fills in the inhabitants of such a region would still have nothing to verify."""
    status, _, err = decide("verify", "groningen-ten-boer.yaml")
    assert status == 1
    assert "geen gepubliceerde cijfers" in err


def test_a_neighbour_of_unknown_size_only_matters_in_a_group(drechtsteden: Case) -> None:
    """Groupings name whoever they cannot price; the advice of the region goes on."""
    region = drechtsteden.region
    new = {
        name: one.model_copy(update={"inhabitants": NOBODY_KNOWS})
        for name, one in region.neighbours.items()
    }
    case = Case(drechtsteden.knowledge, region.model_copy(update={"neighbours": new}))
    assert decide(case).recommended == "3a"
    grouped = {m for g in region.groupings.values() for of in g.groups for m in of.members}
    if grouped & new.keys():
        with pytest.raises(UnsizedError):
            groupings(case)
