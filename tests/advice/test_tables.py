"""The tables of an advice: the same results, a row at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from tests.report.advices import advice as advice_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.advice.advice import Advice

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables(advice: Advice) -> Mapping[str, pd.DataFrame]:
    """Those of the Drechtsteden."""
    return advice.tables


def test_costs_have_a_row_per_form_and_year(tables: Tables, advice: Advice) -> None:
    """One form and year a row, with the figures of the result as numbers."""
    rows = tables["costs"]
    assert len(rows) == 3 * len(advice.costs.forms)
    row = rows[(rows["form"] == "3a") & (rows["year"] == 2010)].iloc[0]
    assert row["total"] == advice.costs.forms["3a"].years[2010].total
    assert "hours" not in rows
    assert rows.dtypes["total"] == "float64"


def test_parts_of_scores_add_up_to_the_forms(tables: Tables) -> None:
    """What the criteria add to a form is its score."""
    forms = tables["forms"].set_index("form")
    sums = tables["scores"].groupby("form")["contribution"].sum()
    assert sums.to_dict() == pytest.approx(forms["score"].to_dict())
    assert forms.loc["3a", "investment"] == 395_000
    assert forms.loc["3a", "rank"] == 1


def test_every_verdict_has_a_row(tables: Tables, advice: Advice) -> None:
    """A rule is held against the region or a partner once for each form that it guards."""
    rows = tables["verdicts"]
    assert not rows.duplicated(["form", "partner", "rule"]).any()
    region = rows["partner"] == advice.region.id
    excludes = rows["rule"].map(lambda rule: advice.knowledge.rules[rule].otherwise == "excludes")
    excluded = rows[region & excludes & (rows["truth"] == "no")]
    for form, verdict in advice.eligibility.forms.items():
        assert set(excluded[excluded["form"] == form]["rule"]) == set(verdict.excluded_by)


def test_the_plan_has_every_partner(tables: Tables, advice: Advice) -> None:
    """Roles and waves are those of the roadmap, and so are the tasks."""
    region, plan = advice.region, tables["plan"]
    assert [*plan["partner"]] == [*region.municipalities, *region.organisations]
    assert plan.set_index("partner").loc["dordrecht", "role"] == "early_adopter"
    assert advice.roadmap is not None
    assert tables["activities"]["finish"].max() == advice.roadmap.weeks


def test_each_key_divides_the_same_total(tables: Tables, advice: Advice) -> None:
    """Whatever the key, the parts add up to the cost of the form in the last year."""
    paid = tables["sharing"].groupby("key")["pays"].sum()
    assert advice.findings.chosen is not None
    assert advice.findings.chosen.sharing is not None
    for total in paid:
        assert total == pytest.approx(advice.findings.chosen.sharing.last_year.total)


def test_without_an_advised_form_there_is_no_plan(advice: Advice) -> None:
    """What there is nothing to tell of has no rows; forms, verdicts and costs are still there."""
    found = replace(advice, recommended=None, roadmap=None).tables
    empty = [name for name, rows in found.items() if rows.empty]
    assert empty == ["plan", "activities", "sharing"]


def test_without_sizes_forms_have_no_cost() -> None:
    """Where nobody knows how many people call, the tables are there and the amounts are empty."""
    rows = advice_on("unsized", "nl").tables["forms"]
    assert [*rows["form"]] == ["0", "1", "2", "3a", "3b", "4", "5"]
    assert rows["investment"].isna().all()
