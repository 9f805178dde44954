"""One hour written out: whoever redoes it from what is printed finds what the model found."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.advice.advice import Advice, decide
from decision.costs.derivation import derivation
from decision.costs.result import costs
from decision.costs.staffing import agents_needed, service_level, waiting_probability
from decision.load import Case, load_region
from decision.report.report import Report
from tests.drechtsteden import figures
from tests.searching import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from decision.advice.advice import Advice
    from decision.costs.derivation import Derivation, LineHour

REGION = "drechtsteden.yaml"
NUMBER = r"\d[\d.]*(?:,\d+)?"
DASH, MINUS, TIMES = "\u2013", "\u2212", "\u00d7"


@cache
def case() -> Case:
    """The region of the publication."""
    return load_region(REGION)


def with_costs(towns: dict[str, Any] | None = None, **basis: object) -> Case:
    """The region that is calculated in another way; ``towns`` change municipalities."""
    region = case().region
    members = {
        name: one.model_copy(update=(towns or {}).get(name, {}))
        for name, one in region.municipalities.items()
    }
    changed = region.costs.model_copy(update=basis)
    update = {"municipalities": members, "costs": changed}
    return Case(case().knowledge, region.model_copy(update=update))


def derived(of: Case, form: str) -> Derivation:
    """The steps for a form, which are there."""
    found = derivation(of.knowledge, of.region, costs(of.knowledge, of.region), form)
    assert found is not None
    return found


CASES: dict[str, Callable[[], Case]] = {
    "as published": case,
    "own sizes": lambda: with_costs(sites="own"),
    "joint sites": lambda: with_costs(sites="own", joint_sites=(0.7, 0.3)),
    "two desks": lambda: with_costs({"dordrecht": {"sites": (0.5, 0.5)}}, sites="own"),
    "capped": lambda: with_costs(occupancy_cap=0.7),
    "a large crew": lambda: with_costs(smallest_crew=25, occupancy_cap=0.7),
}
FORMS = ("0", "1", "2", "3a", "3b", "4", "5")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CASES)
def test_steps_are_those_of_the_model(name: str, form: str) -> None:
    """Every step agrees with the staffing and the cost of the year that it explains."""
    of = CASES[name]()
    found = derived(of, form)
    year = costs(of.knowledge, of.region).forms[form].years[found.year.year]
    busiest = max(year.hours, key=lambda hour: hour.share)
    assert (found.start, found.share) == (busiest.start, busiest.share)
    assert found.calls_a_day * found.share == pytest.approx(busiest.calls)
    for line in (found.first, found.second):
        assert line is not None
        check_line(line)
    assert found.second is not None
    assert found.second.agents == busiest.agents_second_line
    assert found.site.place != "one" or found.first.agents == busiest.agents_first_line
    assert found.first.calls == pytest.approx(busiest.calls * found.site.share)
    prices = found.first_price, found.second_price
    assert [one.fte for one in prices] == [year.fte_first_line, year.fte_second_line]
    assert [one.price for one in prices] == [year.price_first_line, year.price_second_line]
    assert sum(hour.agents_first_line for hour in year.hours) == found.first_price.agents


def check_line(line: LineHour) -> None:
    """The formula in steps is Erlang's, and one agent less is too few."""
    assert line.load == round(line.calls * line.handling / 3600, 6)
    for crew in (line.fewer, line.enough):
        answered = service_level(line.load, crew.agents, line.wait, line.handling)
        assert crew.in_time == pytest.approx(float(answered))
        assert crew.waiting == pytest.approx(float(waiting_probability(line.load, crew.agents)))
    assert line.fewer.in_time < line.target <= line.enough.in_time
    assert line.enough.agents == agents_needed(line.calls, line.handling, line.target, line.wait)
    assert line.agents >= line.enough.agents


def test_the_largest_site_is_derived() -> None:
    """The site is the whole, an equal part, the largest municipality, or the larger location."""
    places = {name: derived(of(), "0").site for name, of in CASES.items()}
    assert (places["as published"].place, places["as published"].sites) == ("equal", 6)
    assert (places["own sizes"].place, places["own sizes"].municipality) == (
        "municipality",
        "dordrecht",
    )
    assert (places["two desks"].place, places["two desks"].sites) == ("part", 7)
    assert derived(CASES["joint sites"](), "3a").site.share == 0.7
    assert derived(CASES["joint sites"](), "3a").site.place == "joint"
    assert derived(case(), "3a").site.place == "one"


def test_a_cap_asks_for_more_than_the_target() -> None:
    """At most 70% busy takes 22 people where the service target takes 19."""
    first = derived(CASES["capped"](), "3a").first
    assert (first.enough.agents, first.agents, first.capped) == (19, 22, True)
    assert not derived(case(), "3a").first.capped


def test_a_smallest_crew_asks_for_more_than_the_target() -> None:
    """At least 25 people, where the target takes 19 and the cap 22; the second line has neither."""
    found = derived(CASES["a large crew"](), "3a")
    assert found.second is not None
    assert (found.first.enough.agents, found.first.agents) == (19, 25)
    assert (found.first.crewed, found.first.capped, found.second.crewed) == (True, False, False)
    assert not derived(CASES["capped"](), "3a").first.crewed


def test_nobody_calls() -> None:
    """Without calls there is nothing to derive."""
    region = case().region.model_copy(update={"kengetallen": figures({"calls_per_inhabitant": 0})})
    none = costs(case().knowledge, region)
    assert derivation(case().knowledge, region, none, "3a") is None


def test_everything_answered_at_once() -> None:
    """Without calls that are passed on there is no second line, and the price says so."""
    knowledge = case().knowledge
    own = knowledge.calculations["3a"].model_copy(update={"direct": (1.0, 1.0, 1.0)})
    calculations = {**knowledge.calculations, "3a": own}
    changed = Case(knowledge.model_copy(update={"calculations": calculations}), case().region)
    found = derived(changed, "3a")
    assert (found.second, found.second_price.price) == (None, 0.0)
    assert "Tweede lijn" not in "\n".join(told(decide(changed)))


@examples(20)
@given(st.floats(0.2, 3), st.integers(200, 366), st.floats(20_000, 90_000))
def test_rounded_parts_add_up_to_the_same_cents(calls: float, days: int, wage: float) -> None:
    """With the decimals that are printed, the parts of a price give its cents."""
    values = {"calls_per_inhabitant": calls, "opening_days": float(days), "wage_first_line": wage}
    region = case().region.model_copy(update={"kengetallen": figures(values)})
    found = derived(Case(case().knowledge, region), "3a")
    parts = (found.first_price.price, found.second_price.price, found.year.depreciation)
    first, second, depreciation = (round(part, found.decimals) for part in parts)
    total = first + found.passed_on * second + depreciation
    assert round(total, 2) == round(found.year.cost_per_call, 2)


# --- from the printed page ------------------------------------------------------------------


def told(advice: Advice) -> list[str]:
    """The lines of the part of the report that redoes one hour."""
    text = Report(advice, "nl", ["costs"]).text("md")
    part = re.search(r"### Eén uur nagerekend\n(.*?)(?=\n### |\n<!-- |\Z)", text, re.DOTALL)
    assert part is not None
    return [line for line in part[1].splitlines() if line]


def value(text: str) -> float:
    """A Dutch number."""
    return float(re.sub(r"[€\s*]", "", text).replace(".", "").replace(",", "."))


def numbers(line: str) -> list[float]:
    """All numbers in a line, in order."""
    return [value(one) for one in re.findall(NUMBER, line)]


def row(lines: list[str], start: str) -> list[str]:
    """The cells of the row of a table, behind its name."""
    found = next(line for line in lines if line.startswith(f"| {start}"))
    return [cell.strip() for cell in found.strip("|").split("|")[1:]]


def as_printed(number: float, like: str) -> bool:
    """Whether a number is printed like this."""
    decimals = len(like.strip("*").partition(",")[2])
    return bool(abs(number - value(like)) <= 0.5 * 10**-decimals + 1e-9)


def redo(lines: list[str]) -> None:
    """Redo the whole part with a calculator, from nothing but what is printed."""
    total, days, a_day, *_, share, hour = numbers(bullet(lines, "Gesprekken."))
    assert total / days == pytest.approx(a_day)
    assert a_day * share == pytest.approx(hour)
    handling, _, calls, *_ = numbers(bullet(lines, "Werk."))
    load = numbers(bullet(lines, "Werk."))[-1]
    assert round(calls * handling / 3600, 6) == pytest.approx(load)
    passed_on, calls_on, time, second = second_line(bullet(lines, "Tweede lijn."), hour)
    assert round(calls_on * time / 3600, 6) == pytest.approx(second)
    redo_waiting(lines, [load, second])
    redo_price(lines, total, days, passed_on)


def bullet(lines: list[str], name: str) -> str:
    """The step of this name."""
    return next(line for line in lines if line.startswith(f"- **{name}**"))


def second_line(line: str, hour: float) -> tuple[float, float, float, float]:
    """What goes on to the second line: the share, the calls, their length and the load."""
    _, calls, share, calls_on, time, *_, load = numbers(line)
    assert calls == hour
    assert calls * share == pytest.approx(calls_on)
    return share, calls_on, time, load


def redo_waiting(lines: list[str], loads: list[float]) -> None:
    """Redo the formula of Erlang for both lines, with one agent too few and with enough."""
    heads = next(line for line in lines if line.startswith("| Stap | Eerste lijn, N"))
    agents = [int(n) for n in re.findall(r"N\s=\s(\d+)", heads)]
    times = [value(cell) for cell in row(lines, "Duur van een gesprek")]
    wait = numbers(next(line for line in lines if line.startswith("| Deel binnen")))[0]
    target = numbers(next(line for line in lines if line.startswith("| Is dat")))[0] / 100
    for at, count in enumerate(agents):
        load, x = loads[at // 2], 1.0
        assert value(row(lines, "A ")[at]) == load
        for n in range(1, count + 1):
            x = x * n / load + 1
            assert as_printed(x, row(lines, f"{n} ")[at // 2])
        assert as_printed(x, row(lines, "X ")[at])
        if count <= load:
            assert row(lines, "Kans op wachten")[at] == DASH
            continue
        chance = count / ((count - load) * x + load)
        answered = 1 - chance * math.exp(-(count - load) * wait / times[at])
        assert as_printed(chance, row(lines, "Kans op wachten")[at])
        assert as_printed(answered, row(lines, "Deel binnen")[at])
        assert row(lines, "Is dat")[at] == ("ja" if answered >= target else "nee")


def redo_price(lines: list[str], total: float, days: float, passed_on: float) -> None:
    """Redo fte, prices and the cost per call."""
    agents, fte, wages, calls, prices = (
        row(lines, name)
        for name in (
            *("Medewerkers van alle", f"{TIMES} ", f"{TIMES} jaarkosten"),
            *("÷ gesprekken", "**Prijs"),
        )
    )
    hours = numbers(next(line for line in lines if "uur = fte" in line))[1]
    for at, price in enumerate(prices):
        people = value(agents[at]) * days / hours
        assert as_printed(people, fte[at])
        cost = people * value(wages[at]) / value(calls[at])
        assert as_printed(cost, price)
    parts = value(prices[0]) + passed_on * value(prices[1])
    last = lines[-1]
    invested = re.search(rf"€\s({NUMBER}) ÷ (\d+) jaar ÷ .*? = €\s({NUMBER}) per", last)
    if invested:
        written_off = value(invested[1]) / value(invested[2]) / total
        assert as_printed(written_off, invested[3])
        parts += value(invested[3])
    other = re.search(rf"([+{MINUS}]) €\s({NUMBER}) \(andere kanalen\)", last)
    if other:
        parts += value(other[2]) * (1 if other[1] == "+" else -1)
    result = re.search(rf"= \*\*€\s({NUMBER})\*\*\.", last)
    assert result is not None
    assert round(parts, 2) == value(result[1])


@cache
def decided(name: str) -> Advice:
    """The advice for a region, which does not change with the form that is redone."""
    return decide(CASES[name]())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CASES)
def test_redoing_it_from_print_gives_what_is_printed(name: str, form: str) -> None:
    """A council member with a calculator ends at the cost per call of the tables."""
    advice = replace(decided(name), recommended=form, roadmap=None)
    lines = told(advice)
    redo(lines)
    year = advice.costs.forms[form].years[2009]
    assert f"**€\xa0{year.cost_per_call:.2f}**".replace(".", ",") in lines[-1]


def test_the_example_of_the_publication() -> None:
    """Form 3a in 2009: 230 calls from nine to ten, 19 and 22 people, 8,54 euro."""
    text = " ".join(told(decide(case())))
    assert f"1.355,4 {TIMES} 0,17 = 230,418 gesprekken" in text
    assert "Eerste lijn, N = 18 | Eerste lijn, N = 19 |" in text.replace("\xa0", " ")
    assert "**€\xa08,54**" in text


def test_the_site_is_told() -> None:
    """Where there are more sites, the report says which one it takes, and what all need."""
    own = replace(decide(CASES["own sizes"]()), recommended="1", roadmap=None)
    joint = replace(decide(CASES["joint sites"]()), recommended="3a", roadmap=None)
    capped = replace(decide(CASES["capped"]()), recommended="3a", roadmap=None)
    assert "Wij nemen de grootste: Dordrecht." in bullet(told(own), "Plek.")
    assert "op 2 plekken beantwoord" in bullet(told(joint), "Plek.")
    assert "Op alle plekken samen zijn in dit uur" in bullet(told(joint), "Plek.")
    assert "22 medewerkers en niet 19" in " ".join(told(capped))
