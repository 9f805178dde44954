"""The tables of the document by their names; the title of each says what is found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import fsum
from typing import TYPE_CHECKING

from decision.report.document.tree import Cell, Record
from decision.report.view.accounts import ACCOUNTS
from decision.report.view.annexes import ANNEXES
from decision.words.catalogue import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decision.costs.result import YearCost
    from decision.report.document.tree import Table
    from decision.report.view import View
    from decision.report.view.exhibits import Desk
    from decision.roadmap.decisions import Decision

__all__ = ["TABLES"]

_MOST_CRITERIA = 8
_MOST_BESIDE = 4


def towns(at: Desk) -> Table:
    """The role of every municipality, and what it does first."""
    view = at.view
    form, rows, busy = view.focus, [], 0
    rules = view.binding(form, "municipality")
    for name, town in view.region.municipalities.items():
        cells = [view.cell(name, form, rule) for rule in rules]
        met, unknown = cells.count("yes"), cells.count("unknown")
        busy += met + unknown < len(rules)
        rows.append(
            (
                Cell(town.name),
                at.size(town.inhabitants),
                Cell(view.words.say(f"roles.{view.role_in_words(name)}")),
                at.number(met),
                at.number(len(rules) - met - unknown),
                at.number(unknown),
            )
        )
    code = "title" if not busy else "title_all" if busy == len(rows) else "title_busy"
    title = at.say(code, busy=busy, all=len(rows), form=form)
    kinds = at.columns(
        name="text", inhabitants="number", role="text", met="number", to_do="number", open="number"
    )
    return at.table(title, kinds, rows, note=at.say("note", form=form, count=len(rules)))


def forms(at: Desk) -> Table:
    """Who answers in each form, how often at once, and whether the region can choose it."""
    view = at.view
    rows = [
        Record(
            (
                Cell(view.label(form)),
                Cell(at.say(f"answers.{view.knowledge.calculations[form].sites}")),
                *_size_of(at, form),
                Cell(at.say(f"reach.{_reach(view, form)}")),
            ),
            faint=view.choosable(form) == "excluded",
        )
        for form in view.knowledge.forms
    ]
    able = [f for f in view.knowledge.forms if view.choosable(f) == "chosen" and f != view.baseline]
    title = at.say("title", forms=at.listing(able), count=len(able)) if able else at.say("none")
    priced = at.advice.costs.forms
    asked = ["form", "answers", *(["direct", "fte"] if priced else []), "reach"]
    kinds = at.columns(**{one: "number" if one in {"direct", "fte"} else "text" for one in asked})
    note = at.say("note", year=view.years[-1]) if priced else ""
    return at.table(title, kinds, rows, note=note, source=at.source("realiseren-2008"))


def _size_of(at: Desk, form: str) -> tuple[Cell, ...]:
    """How often a form answers at once, and with how many; nothing where no size is known."""
    cost = at.advice.costs.forms.get(form)
    if cost is None:
        return ()
    year = cost.last_year
    return at.percent(year.direct), at.number(year.fte_first_line + year.fte_second_line)


def _reach(view: View, form: str) -> str:
    """Whether a form is possible now; today's way of working is no form to come to later."""
    reach = view.choosable(form)
    return "no" if reach == "excluded" and form == view.baseline else reach


def grades(at: Desk) -> Table:
    """The criteria on which the forms differ most, in words."""
    view, criteria = at.view, at.view.knowledge.criteria
    chosen = view.focus
    others = [one.form for one in view.ranked() if one.form not in (chosen, view.baseline)]
    shown = sorted([chosen, *others[:_MOST_BESIDE]], key=[*view.knowledge.forms].index)

    graded = {name: one.grades for name, one in criteria.items() if one.grades}
    spreads = {name: _spread(given[form].grade for form in shown) for name, given in graded.items()}
    most = sorted(graded, key=lambda name: -spreads[name])[:_MOST_CRITERIA]
    rows = [
        (
            Cell(criteria[name].name),
            *(
                at.unknown()
                if (grade := graded[name][form].grade) == "unknown"
                else Cell(at.say(f"words.{grade}"), grade)
                for form in shown
            ),
        )
        for name in graded
        if name in most
    ]
    kinds = {at.say("columns.criterion"): "text"}
    kinds |= {at.words.say("form", form=form): "text" for form in shown}
    source = at.source("realiseren-2008", computed=False)
    return at.table(_gaps(at, chosen, others), kinds, rows, note=at.say("note"), source=source)


def _spread(grades: Iterable[int | str]) -> int:
    """How far the known grades lie apart."""
    known = [one for one in grades if isinstance(one, int)]
    return max(known, default=0) - min(known, default=0)


def _gaps(at: Desk, chosen: str, others: list[str]) -> str:
    """On which groups of criteria the chosen form is the best, and on which not."""
    view, groups = at.view, at.view.knowledge.groups
    able = [form for form in others if view.choosable(form) == "chosen"] or others
    gaps = [dict(view.gaps(chosen, other)) for other in able]
    everywhere = [*at.advice.scores.weights]
    best = [groups[g].name for g in everywhere if gaps and all(one.get(g, 0) > 0 for one in gaps)]
    worse = [groups[g].name for g in everywhere if any(one.get(g, 0) < 0 for one in gaps)]
    code = "title" if not best else "title_both" if worse else "title_best"
    details = {"best": at.listing(best), "worse": at.listing(worse)} if best else {}
    return at.say(code, form=chosen, **details)


def plan_years(at: Desk) -> Table | None:
    """What the plan costs every year, beside going on as now."""
    money = at.view.money
    if money is None:
        return None
    years = dict(money.years)
    if money.settled:
        years.setdefault(*money.settled)
    same = len({at.money(one.baseline).text for one in years.values()}) == 1
    rows = [
        (
            Cell(str(year)),
            *(() if same else (at.money(one.baseline),)),
            at.money(one.cost),
            at.money(one.difference, signed=True),
            at.money(one.cash),
            at.number(one.fte, 1),
        )
        for year, one in years.items()
    ]
    last = at.view.years[-1]
    gain = -money.years[last].difference
    code = "title_less" if round(gain) > 0 else "title_more" if round(gain) < 0 else "title"
    title = at.say(code, year=last, amount=at.numbers.rounded(abs(gain))[0])
    asked = ["year", *([] if same else ["now"]), "cost", "difference", "cash", "fte"]
    kinds = at.columns(**{code: "text" if code == "year" else "number" for code in asked})
    now = money.years[last]
    note = at.say(
        "note_same" if same else "note",
        fte=at.numbers.number(now.baseline_fte, 1),
        now=at.money(now.baseline).text,
    )
    return at.table(title, kinds, rows, note=note if at.rough else "", source=at.source())


def form_costs(at: Desk) -> Table:
    """What each form costs if all take part from the first year on."""
    view, rows = at.view, []
    for form, cost in at.advice.costs.forms.items():
        year = cost.last_year
        told = (view.set_apart(form).strip(" ()"), at.say("assumed") if cost.assumed else "")
        apart = "; ".join(filter(None, told))
        name = f"{view.label(form)} ({apart})" if apart else view.label(form)
        rows.append(
            Record(
                (
                    Cell(name),
                    at.money(cost.investment),
                    at.cents(year.cost_per_call),
                    at.money(year.total),
                    at.number(year.fte_first_line + year.fte_second_line, 1),
                ),
                faint=view.choosable(form) == "excluded",
            )
        )
    cheapest = view.cheapest("total")[-1][1]
    title = at.say("title", year=view.years[-1], form=at.listing(cheapest), count=len(cheapest))
    assumed = view.assumed_forms()
    if assumed:
        title += at.say("but", forms=at.listing(assumed), count=len(assumed))
    kinds = at.columns(
        form="text", investment="number", per_call="number", per_year="number", fte="number"
    )
    note = at.say("note", first=view.years[0])
    return at.table(title, kinds, rows, note=note, source=at.source("realiseren-2008"))


def town_costs(at: Desk) -> Table | None:
    """What the plan costs every municipality, beside going on as now."""
    money, last = at.view.money, at.view.years[-1]
    if money is None:
        return None
    found = {name: of[last] for name, of in money.municipalities.items()}
    less = [name for name, one in found.items() if round(one.difference) < 0]
    rows = [
        (
            Cell(at.view.name(name)),
            at.money(one.cost - one.difference),
            at.money(one.cost),
            at.money(one.difference, signed=True),
        )
        for name, one in found.items()
    ]
    code = "title_all" if len(less) == len(found) else "title" if less else "title_none"
    title = at.say(code, year=last, less=len(less), all=len(found))
    kinds = at.columns(name="text", now="number", cost="number", difference="number")
    return at.table(title, kinds, rows, note=at.say("note"), source=at.source())


def investment(at: Desk) -> Table:
    """What the form of the report asks to invest, item by item."""
    form, items = at.view.focus, at.view.knowledge.investments
    found = at.advice.costs.forms[form].investments
    rows = [(Cell(items[name].name), at.money(euro)) for name, euro in found.items() if euro]
    title = at.say("title", form=form, amount=at.numbers.rounded(fsum(found.values()))[0])
    return at.table(title, at.columns(item="text", amount="number"), rows)


def promise(at: Desk) -> Table:
    """What has to change, year by year."""
    view = at.view
    base = at.advice.costs.forms[view.baseline].years[view.years[0]]
    years = at.advice.costs.forms[view.focus].years
    shown = [view.years[0], *view.years[1:][-3:]]
    lines: tuple[tuple[str, Callable[[YearCost], Cell]], ...] = (
        ("calls", lambda one: at.number(one.calls)),
        ("direct", lambda one: at.percent(one.direct)),
        ("handling", lambda one: at.number(one.handling_first_line)),
    )
    rows = [
        (Cell(at.say(f"rows.{code}")), *(cell(one) for one in (base, *(years[y] for y in shown))))
        for code, cell in lines
    ]
    kinds = {at.say("columns.what"): "text", at.say("columns.now"): "number"}
    kinds |= {str(year): "number" for year in shown}
    last = years[shown[-1]]
    code = "title_direct" if last.direct > base.direct else "title"
    title = at.say(
        code,
        form=view.focus,
        now=at.numbers.percent(base.direct),
        then=at.numbers.percent(last.direct),
    )
    return at.table(title, kinds, rows, source=at.source("realiseren-2008"))


def waves(at: Desk) -> Table | None:
    """Who goes live when, and in which form."""
    view, plan = at.view, at.view.plan
    if plan is None or not plan.waves:
        return None
    rows = [
        (
            Cell(at.say("wave", number=wave.number)),
            Cell(at.listing(view.names(wave.members))),
            Cell(at.words.say("form", form=plan.form)),
            at.week(wave.week),
        )
        for wave in plan.waves
    ]
    joined = {name for wave in plan.waves for name in wave.members}
    for name, week in plan.live.items():
        if name not in joined:
            form = at.words.say("form", form=view.part(name).form)
            rows.append((Cell(at.say("apart")), Cell(view.name(name)), Cell(form), at.week(week)))
    first = plan.waves[0]
    names = sentence(at.listing(view.those(first.members)))
    code = "title_begun" if at.view.begun else "title"
    title = at.say(code, names=names, when=at.week(first.week).text, count=len(first.members))
    if len({form.text for _, _, form, _ in rows}) == 1:
        shorter = [(step, who, week) for step, who, _, week in rows]
        kinds = at.columns(step="text", who="text", when="text")
        return at.table(title, kinds, shorter, source=at.source())
    kinds = at.columns(step="text", who="text", form="text", when="text")
    return at.table(title, kinds, rows, source=at.source())


def decisions(at: Desk) -> Table:
    """Who takes which decision, and from when to when."""
    view, rows = at.view, []
    for who, found in view.to_take():
        for activity, own in found:
            weeks = sorted(one.week or 0.0 for one in own)
            first, last = at.week(weeks[0]).text, at.week(weeks[-1]).text
            when = first if first == last else at.say("span", first=first, last=last)
            organisations = view.region.organisations
            takers = [one.partner for one in own if one.partner and one.partner in organisations]
            said = at.listing(view.names(takers)) if takers else sentence(who)
            rows.append((Cell(view.knowledge.activities[activity].name), Cell(said), Cell(when)))
    moments = [at.week(one.week or 0.0) for _, of in view.to_take() for _, own in of for one in own]
    ends = sorted(moments, key=lambda cell: cell.value or 0.0)
    first, last = (ends[0].text, ends[-1].text) if ends else ("", "")
    code = "title" if first == last else "title_span"
    title = at.say(code, count=len(rows), first=first, last=last)
    if at.rough and view.many_decisions():
        rows = [_of_body(at, who, found) for who, found in view.to_take()]
        return at.table(title, at.columns(who="text", count="number", when="text"), rows)
    return at.table(title, at.columns(what="text", who="text", when="text"), rows)


def _of_body(
    at: Desk, who: str, found: Sequence[tuple[str, Sequence[Decision]]]
) -> tuple[Cell, Cell, Cell]:
    """How many decisions a body takes, and from when to when."""
    weeks = sorted(one.week or 0.0 for _, own in found for one in own)
    first, last = at.week(weeks[0]).text, at.week(weeks[-1]).text
    when = first if first == last else at.say("span", first=first, last=last)
    return Cell(sentence(who)), at.number(len(found)), Cell(when)


_FOUND: tuple[Callable[[Desk], Table | None], ...] = (
    *(towns, forms, grades, plan_years, form_costs, town_costs),
    *(investment, promise, waves, decisions),
    *ACCOUNTS,
    *ANNEXES,
)

TABLES: Mapping[str, Callable[[Desk], Table | None]] = {one.__name__: one for one in _FOUND}
"""Every table that a template can name; None is made where there is nothing to show."""
