"""The cost model against the publication: every figure, and where it contradicts itself.

Published figures are those of "Het realiseren van het 14+netnummer-Antwoord in de regio"
(Hiemstra & De Vries, 2008), bijlage D unless another place is named.
"""

from __future__ import annotations

import functools
from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import pytest

from decision.costs.result import costs
from tests.drechtsteden import drechtsteden, figures, published

if TYPE_CHECKING:
    from decision.costs.result import Costs, FormCost
    from decision.model.knowledge import Knowledge

YEARS = (2009, 2010, 2011)
DIGITS = {"fte_first_line": 1, "fte_second_line": 1, "calls": 0}
"""Decimals in print; prices have two."""

# The 105 figures of the five calculations, as printed: one per form, figure and year.
PUBLISHED: dict[str, dict[str, tuple[float, float, float]]] = {
    "0": {
        "fte_first_line": (26.6, 26.6, 26.6),
        "fte_second_line": (34.5, 34.5, 34.5),
        "calls": (391_560, 391_560, 391_560),
        "price_first_line": (3.39, 3.39, 3.39),
        "price_second_line": (7.15, 7.15, 7.15),
        "depreciation": (0.00, 0.00, 0.00),
        "cost_per_call": (9.12, 9.12, 9.12),
    },
    "1": {
        "fte_first_line": (28.9, 28.9, 28.9),
        "fte_second_line": (34.5, 30.6, 27.2),
        "calls": (391_560, 391_560, 391_560),
        "price_first_line": (3.69, 3.69, 3.69),
        "price_second_line": (7.15, 6.78, 6.44),
        "depreciation": (0.21, 0.21, 0.21),
        "cost_per_call": (9.62, 8.99, 8.41),
    },
    "2": {
        "fte_first_line": (27.7, 27.7, 26.6),
        "fte_second_line": (33.3, 28.3, 24.3),
        "calls": (371_982, 353_383, 335_714),
        "price_first_line": (3.73, 3.92, 3.96),
        "price_second_line": (7.28, 7.44, 7.83),
        "depreciation": (0.27, 0.27, 0.27),
        "cost_per_call": (9.82, 9.40, 8.93),
    },
    "3a": {
        "fte_first_line": (22.7, 19.5, 16.4),
        "fte_second_line": (26.8, 18.1, 12.5),
        "calls": (352_404, 317_164, 285_447),
        "price_first_line": (3.22, 3.07, 2.87),
        "price_second_line": (7.60, 8.24, 9.50),
        "depreciation": (0.37, 0.37, 0.37),
        "cost_per_call": (8.54, 7.15, 6.09),
    },
    "3b": {
        "fte_first_line": (19.5, 18.1, 17.7),
        "fte_second_line": (29.9, 24.8, 20.6),
        "calls": (371_982, 353_383, 335_714),
        "price_first_line": (2.61, 2.56, 2.64),
        "price_second_line": (7.45, 7.62, 7.98),
        "depreciation": (0.10, 0.10, 0.10),
        "cost_per_call": (7.93, 7.23, 6.73),
    },
}

# Where bijlage D contradicts what the publication itself states, what follows from that:
# form 1: bijlage D states 25% and 30% answered directly, but prints the fte of 30% and 40%, and
# table 5.5 states € 300.000, but 0,21 is € 250.000; form 3b: chapter 5 states € 45.000 a year for
# an outsourced employee, but 2,61 2,56 2,64 is € 50.000.
AS_STATED: dict[tuple[str, str], tuple[float, float, float]] = {
    ("1", "fte_second_line"): (34.5, 32.7, 30.6),
    ("1", "price_second_line"): (7.15, 7.25, 7.26),
    ("1", "depreciation"): (0.26, 0.26, 0.26),
    ("1", "cost_per_call"): (9.67, 9.38, 9.03),
    ("3b", "price_first_line"): (2.35, 2.31, 2.38),
    ("3b", "cost_per_call"): (7.67, 6.97, 6.46),
}

FIGURES = [
    pytest.param(form, figure, year, figures, id=f"bijlage D, {form}, {year}, {figure}")
    for form, rows in PUBLISHED.items()
    for figure, figures in rows.items()
    for year in YEARS
]


@functools.cache
def as_stated() -> Costs:
    """The five calculations at the inputs that the publication states."""
    return costs(published(), drechtsteden())


def in_print(result: FormCost, figure: str) -> tuple[float, ...]:
    """A figure in its three years, at the precision of the publication."""
    digits = DIGITS.get(figure, 2)
    return tuple(round(getattr(year, figure), digits) for year in result.years.values())


def with_calculation(form: str, **changes: object) -> Knowledge:
    """The knowledge with another calculation for one form."""
    calculations = dict(published().calculations)
    calculations[form] = calculations[form].model_copy(update=changes)
    return published().model_copy(update={"calculations": calculations})


def test_there_are_105_figures() -> None:
    """Five calculations of seven figures in three years, sixteen of which contradict the text."""
    differing = [
        stated != printed
        for (form, figure), row in AS_STATED.items()
        for stated, printed in zip(row, PUBLISHED[form][figure], strict=True)
    ]
    assert len(FIGURES) == 105
    assert sum(differing) == 16


@pytest.mark.parametrize(("form", "figure", "year", "printed"), FIGURES)
def test_published_figure(
    form: str, figure: str, year: int, printed: tuple[float, float, float]
) -> None:
    """The figure follows from the stated inputs, as printed or where print contradicts them."""
    expected = AS_STATED.get((form, figure), printed)[YEARS.index(year)]
    computed = getattr(as_stated().forms[form].years[year], figure)
    assert round(computed, DIGITS.get(figure, 2)) == expected, f"bijlage D, vorm {form}, {year}"


def test_today_is_1506_calls_a_day() -> None:
    """Of 261.000 inhabitants 1,5 calls each, on 260 days, are 1.506 whole calls a day."""
    assert as_stated().inhabitants == 261_000
    assert as_stated().calls_per_day == 1506


def test_published_hours() -> None:
    """Form 3a in 2009 hour by hour: calls, agents in both lines and occupancy (rekenmodel)."""
    year = as_stated().forms["3a"].years[2009]
    printed = [
        ("08:00", 108, 10, 12, 0.72),
        ("09:00", 230, 19, 22, 0.81),
        ("10:00", 203, 17, 20, 0.80),
        ("11:00", 176, 15, 18, 0.78),
        ("12:00", 95, 9, 11, 0.70),
        ("13:00", 176, 15, 18, 0.78),
        ("14:00", 163, 14, 16, 0.77),
        ("15:00", 136, 12, 14, 0.75),
        ("16:00", 68, 7, 8, 0.65),
    ]
    assert printed == [
        (
            hour.start,
            round(hour.calls),
            hour.agents_first_line,
            hour.agents_second_line,
            round(hour.occupancy_first_line, 2),
        )
        for hour in year.hours
    ]
    assert round(sum(hour.calls for hour in year.hours)) == 1355
    assert round(year.occupancy_first_line, 2) == 0.77
    assert (round(year.fte_first_line, 1), round(year.fte_second_line, 1)) == (22.7, 26.8)


def test_erratum_form_1_second_line() -> None:
    """The printed fte of form 1 are those of 30% and 40%, priced over the calls of 25% and 30%."""
    form = costs(with_calculation("1", direct=(0.2, 0.3, 0.4)), drechtsteden()).forms["1"]
    assert in_print(form, "fte_second_line") == PUBLISHED["1"]["fte_second_line"]
    shares = zip(form.years.values(), (0.8, 0.75, 0.7), strict=True)
    prices = tuple(round(y.fte_second_line * 65_000 / (y.calls * on), 2) for y, on in shares)
    assert prices == PUBLISHED["1"]["price_second_line"]


def test_erratum_form_1_depreciation() -> None:
    """The printed € 0,21 is € 250.000 over three years, not the € 300.000 of table 5.5."""
    assert as_stated().forms["1"].investment == 300_000
    assert round(250_000 / 3 / 391_560, 2) == PUBLISHED["1"]["depreciation"][0]


def test_erratum_form_3b_wage() -> None:
    """All printed prices of form 3b follow once an outsourced employee costs € 50.000."""
    region = drechtsteden().model_copy(update={"kengetallen": figures({"wage_outsourced": 50_000})})
    form = costs(published(), region).forms["3b"]
    for figure, printed in PUBLISHED["3b"].items():
        assert in_print(form, figure) == printed, f"bijlage D, vorm 3b, {figure}"


def test_outsourcing_is_cheaper_at_first() -> None:
    """At the stated wage 3b costs less a call than 3a in 2009 and 2010, and more in 2011."""
    own, outsourced = (as_stated().forms[form].years for form in ("3a", "3b"))
    cheaper = [outsourced[year].cost_per_call < own[year].cost_per_call for year in YEARS]
    assert cheaper == [True, True, False]


@pytest.mark.parametrize(
    ("form", "millions", "printed"),
    [
        ("1", (3.79, 3.67, 3.53), (None, 3.7, 3.5)),
        ("2", (3.65, 3.32, 3.00), (None, None, None)),
        ("3a", (3.01, 2.27, 1.74), (3.0, 2.3, 1.7)),
        ("3b", (2.85, 2.46, 2.17), (None, 2.5, None)),
    ],
)
def test_yearly_cost(
    form: str, millions: tuple[float, ...], printed: tuple[float | None, ...]
) -> None:
    """Cost per call times calls, with table 5.7 beside it where that was made as stated."""
    totals = [year.total / 1e6 for year in as_stated().forms[form].years.values()]
    assert tuple(round(total, 2) for total in totals) == millions, f"tabel 5.7, vorm {form}"
    for total, figure in zip(totals, printed, strict=True):
        assert figure in (None, round(total, 1)), f"tabel 5.7, vorm {form}"


@pytest.mark.parametrize(
    ("form", "investment", "write_off"),
    [
        ("0", 0, 0),
        ("1", 300_000, 240_000),
        ("2", 300_000, 240_000),
        ("3a", 395_000, 0),
        ("3b", 110_000, 0),
    ],
)
def test_investment(form: str, investment: float, write_off: float) -> None:
    """Each form costs the total of table 5.5, and loses its last row when the region grows on."""
    result = as_stated().forms[form]
    assert (result.investment, result.write_off) == (investment, write_off), "tabel 5.5"
    assert not result.assumed


def test_forms_without_figures_are_assumed() -> None:
    """No source calculates forms 4 and 5, and the result says so."""
    assert all(as_stated().forms[form].assumed for form in ("4", "5"))


def test_busy_first_line_is_reported() -> None:
    """Form 3a is busier in 2009 than the 75% that people keep up, in six of its hours."""
    warning = next(warning for warning in as_stated().warnings if warning.form == "3a")
    assert (warning.year, warning.limit, round(warning.occupancy, 2)) == (2009, 0.75, 0.77)
    assert warning.hours == ("09:00", "10:00", "11:00", "13:00", "14:00", "15:00")
    assert [one.year for one in as_stated().warnings if one.form == "3a"] == [2009]
    assert not [one for one in as_stated().warnings if one.form in ("0", "1", "2")]


def test_last_year_is_what_remains() -> None:
    """The last year of a form is the latest of the period."""
    form = as_stated().forms["3a"]
    assert form.last_year == form.years[2011]


def test_results_are_frozen() -> None:
    """A result is a finding, and nobody changes it afterwards."""
    with pytest.raises(FrozenInstanceError):
        as_stated().inhabitants = 0  # type: ignore[misc]
