"""The other tables of the appendices: grades, certainty, work, requirements and facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decision.report.document.tree import Cell, Record
from decision.report.view.exhibits import NONE
from decision.words.catalogue import sentence

if TYPE_CHECKING:
    from decision.costs.arithmetic import Measure
    from decision.report.document.tree import Table
    from decision.report.view.exhibits import Desk
    from decision.roadmap.plan import Task

__all__ = ["ANNEXES"]


def choices(at: Desk) -> Table:
    """What the form of the report chooses, beside the lighter and the heavier one."""
    known, form = at.view.knowledge, at.view.focus
    rows = [
        (
            Cell(known.choices[name].name),
            Cell(known.choices[name].options[option].text),
        )
        for name, option in known.forms[form].profile.items()
    ]
    kinds = at.columns(choice="text", option="text")
    return at.table(at.say("title", form=form), kinds, rows)


def all_grades(at: Desk) -> Table:
    """The grades of every form on every criterion."""
    known = at.view.knowledge
    rows = [
        (
            Cell(one.name),
            *(
                at.unknown() if (found := one.grades[form].grade) == "unknown" else Cell(str(found))
                for form in known.forms
            ),
        )
        for one in known.criteria.values()
        if one.grades
    ]
    kinds = {at.words.say("columns.criterion"): "text"} | dict.fromkeys(known.forms, "number")
    source = at.source("realiseren-2008", computed=False)
    return at.table(at.say("title"), kinds, rows, note=at.say("note"), source=source)


def places(at: Desk) -> Table:
    """How often each form comes in each place."""
    sure, view = at.advice.findings.robustness, at.view
    competing = sure.competing.forms
    rows = [
        (
            Cell(view.label(one.form) + view.set_apart(one.form)),
            *(
                Cell(at.numbers.chance(at.advice.rank_acceptability[one.form][place]))
                if one.form in competing
                else NONE
                for place in range(len(competing))
            ),
            Cell(at.numbers.chance(sure.everyone.forms[one.form].ranks[0])),
        )
        for one in view.ranked()
    ]
    kinds = {at.words.say("columns.form"): "text"}
    kinds |= {at.say("place", place=n + 1): "number" for n in range(len(competing))}
    kinds |= {at.say("all"): "number"}
    error = at.numbers.number(100 * view.drawing_error(), 1)
    note = at.say("note", samples=at.numbers.number(sure.samples), error=error, seed=sure.seed)
    return at.table(at.say("title"), kinds, rows, note=note)


def flips(at: Desk) -> Table | None:
    """At which weight of a group another form wins."""
    winner = at.advice.findings.robustness.winner
    if winner is None:
        return None
    rows = []
    for name, one in winner.groups.items():
        turns = [
            Cell(at.say("stays", form=winner.form))
            if turn is None
            else Cell(at.say(code, weight=at.numbers.percent(turn.weight, 1), form=turn.form))
            for code, turn in (("below", one.below), ("above", one.above))
        ]
        rows.append((Cell(at.view.knowledge.groups[name].name), at.percent(one.weight), *turns))
    kinds = at.columns(group="text", now="number", lower="text", higher="text")
    return at.table(at.say("title"), kinds, rows)


def stakeholders(at: Desk) -> Table | None:
    """How each municipality ranks the forms by its own weights."""
    weights, rows = at.advice.scores.weights, []
    for one in at.view.rankings():
        shares = at.numbers.parts(one.weights)
        order = ", ".join(" = ".join(place) for place in one.places)
        rows.append(
            (
                Cell(at.listing(at.view.names(one.municipalities))),
                *(Cell(shares[name]) for name in weights),
                Cell(order),
            )
        )
    kinds = {at.say("columns.name"): "text"}
    kinds |= {sentence(at.view.knowledge.groups[name].name): "text" for name in weights}
    kinds |= {at.say("columns.order"): "text"}
    return at.table(at.say("title"), kinds, rows)


def _needed(at: Desk, measure: Measure, others: list[str], note: str = "") -> Table:
    view, rows = at.view, []
    for other in others:
        name = view.label(other)
        name += at.words.say("assumed") if at.advice.costs.forms[other].assumed else ""
        cells = []
        for one in view.promise_needed(other, measure):
            share = None if one.share is None else at.numbers.share(one.share)
            code = "same" if view.same_cost(other) else one.outcome
            cells.append(Cell(at.words.say(f"needed.{code}", share=share)))
        rows.append((Cell(name), *cells))
    kinds = {at.words.say("needed.other"): "text"}
    kinds |= {str(year): "text" for year in view.years}
    kinds |= {at.words.say("needed.period"): "text"}
    return at.table(at.say("title", form=view.focus), kinds, rows, note=note)


def needed_per_call(at: Desk) -> Table:
    """From which share of its promise the form is cheaper than each other one, per call."""
    return _needed(at, "cost_per_call", at.view.others(), at.words.say("needed.note"))


def needed_per_year(at: Desk) -> Table:
    """The same by the cost of the whole year."""
    return _needed(at, "total", at.view.others())


def likely(at: Desk) -> Table:
    """What every form may cost per call in the last year."""
    view, last = at.view, at.view.years[-1]
    rows = []
    for form, found in view.chosen.outlook.forms.items():
        one = found.years[last].cost_per_call
        chance = at.numbers.chance(one.unbeaten.value)
        rows.append(
            (
                Cell(view.label(form)),
                at.cents(one.p10),
                at.cents(one.p50),
                at.cents(one.p90),
                Cell(chance),
            )
        )
    kinds = at.columns(form="text", low="number", middle="number", high="number", chance="number")
    unsure = view.chosen.outlook
    note = at.say("note", draws=at.numbers.number(unsure.draws), seed=unsure.seed)
    return at.table(at.say("title", year=last), kinds, rows, note=note)


def tornado(at: Desk) -> Table | None:
    """Which kengetallen matter most for the difference with the nearest other form."""
    view = at.view
    if view.rival is None:
        return None
    rows = [
        (
            Cell(view.knowledge.kengetallen[bar.kengetal].name),
            Cell(at.numbers.plain(bar.span.low), bar.span.low),
            Cell(at.numbers.plain(bar.span.high), bar.span.high),
            at.cents(bar.at_low),
            at.cents(bar.at_high),
        )
        for bar in view.tornado()
    ]
    kinds = at.columns(name="text", low="number", high="number", at_low="number", at_high="number")
    title = at.say("title", form=view.focus, other=view.rival, year=view.years[-1])
    return at.table(title, kinds, rows, note=at.say("note", form=view.focus))


# --- the work ----------------------------------------------------------------------------------


def _weeks(at: Desk, task: Task) -> str:
    ends = (at.numbers.number(task.start), at.numbers.number(task.finish))
    return ends[0] if ends[0] == ends[1] else "\u2013".join(ends)


def _tasks(at: Desk, level: str) -> Table:
    rows = [
        (
            Cell(at.view.knowledge.activities[task.activity].name),
            Cell(sentence(at.view.who(task.activity))),
            Cell(_weeks(at, task), task.finish),
        )
        for task in at.view.tasks(level, None)
    ]
    codes = {"activity": "text", "who": "text", "weeks": "number"}
    kinds = {at.words.say(f"columns.{code}"): kind for code, kind in codes.items()}
    return at.table(at.say("title", count=len(rows)), kinds, rows)


def regional_work(at: Desk) -> Table:
    """The work of the region."""
    return _tasks(at, "regional")


def process_work(at: Desk) -> Table:
    """The work on the process itself."""
    return _tasks(at, "process")


def municipal_work(at: Desk) -> Table:
    """In which weeks each municipality does what."""
    view, names = at.view, at.view.at_work()
    rows = []
    for activity, tasks in view.local():
        cells = []
        for name in names:
            task = tasks.get(name)
            mark = " (?)" if task and task.uncertain else ""
            cells.append(Cell(_weeks(at, task) + mark, task.finish) if task else NONE)
        rows.append(Record((Cell(view.knowledge.activities[activity].name), *cells)))
    total = (Cell(at.say("total")), *(at.number(view.days(name)) for name in names))
    kinds = {at.words.say("columns.activity"): "text"}
    kinds |= {view.name(name): "number" for name in names}
    rows += [Record(total, total=True)] if rows else []
    return at.table(at.say("title"), kinds, rows, note=at.say("note"))


# --- what is asked, and what is known -----------------------------------------------------------


def requirements(at: Desk) -> Table:
    """Who meets which requirement of VNG."""
    view, rows = at.view, []
    for rule in view.requirements():
        cells = []
        for name in view.region.municipalities:
            status = view.requirement(name, rule).status
            cells.append(at.unknown() if status == "unknown" else Cell(at.say(status)))
        rows.append((Cell(at.listing(view.about(rule))), *cells))
    kinds = {at.say("columns.requirement"): "text"}
    kinds |= {one.name: "text" for one in view.region.municipalities.values()}
    return at.table(at.say("title"), kinds, rows)


def phases(at: Desk) -> Table:
    """In which phase of Antwoord every municipality is, by aspect."""
    view, rows = at.view, []
    for aspect, known in view.knowledge.aspects.items():
        cells = []
        for name in view.region.municipalities:
            one = at.advice.positions[name].aspects[aspect]
            known_cell = Cell(at.say("phase", phase=one.phase), one.phase)
            cells.append(at.unknown() if one.phase is None else known_cell)
        rows.append((Cell(known.name), *cells))
    kinds = {at.say("columns.aspect"): "text"}
    kinds |= {one.name: "text" for one in view.region.municipalities.values()}
    return at.table(at.say("title"), kinds, rows)


def kengetallen(at: Desk) -> Table:
    """The kengetallen of which something is assumed."""
    view, rows = at.view, []
    for one in at.advice.assumptions:
        if one.kind == "kengetal":
            low, high = view.kengetal_range(one.id)
            known = view.knowledge.kengetallen[one.id]
            rows.append(
                (
                    Cell(f"{known.name} ({known.unit})"),
                    Cell(at.numbers.plain(view.kengetal(one.id)), view.kengetal(one.id)),
                    Cell(at.numbers.plain(low), low),
                    Cell(at.numbers.plain(high), high),
                )
            )
    kinds = at.columns(name="text", value="number", low="number", high="number")
    return at.table(at.say("title", count=len(rows)), kinds, rows)


def checked(at: Desk) -> Table | None:
    """What is wrong with the figures in print, and what follows from it."""
    found = at.advice.findings.verification
    if found is None:
        return None
    rows = [
        (
            Cell(one.erratum.name),
            Cell(str(len(one.figures)), len(one.figures)),
            Cell(one.erratum.explanation),
            Cell(one.erratum.consequence),
        )
        for one in found.errata
    ]
    kinds = at.columns(where="text", figures="number", wrong="text", follows="text")
    return at.table(at.say("title"), kinds, rows)


ANNEXES = (
    *(choices, all_grades, places, flips, stakeholders),
    *(needed_per_call, needed_per_year, likely, tornado),
    *(regional_work, process_work, municipal_work),
    *(requirements, phases, kengetallen, checked),
)
"""Every other table that an appendix can name."""
