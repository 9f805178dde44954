"""The advice on the terminal: the summary, the scores, the parts; and groupings side by side."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from decision.advice import Advice
from decision.groupings import GroupingResult
from decision.load import Case
from decision.report.numbers import Numbers
from decision.report.render import markdown
from decision.report.view import View
from decision.words import catalogue

__all__ = ["print_groupings", "print_summary"]


def print_summary(advice: Advice, lang: str, templates: Path | None = None) -> None:
    """Print the summary section, the scores of all forms and the part of every municipality."""
    console, say = Console(highlight=False), catalogue(lang, "words")
    view, numbers = View(advice, say), Numbers(lang)
    console.print(Markdown(markdown(advice, lang, ["summary"], templates)))
    console.print(_scores(view, numbers))
    if advice.roadmap is not None:
        console.print(_parts(view, numbers))


def _scores(view: View, numbers: Numbers) -> Table:
    say, advice = view.words, view.advice
    table = Table(title=say.say("terminal.scores"), title_justify="left")
    table.add_column(say.say("terminal.form"))
    for column in ("score", "per_call", "per_year", "investment"):
        table.add_column(say.say(f"terminal.{column}"), justify="right")
    for one in view.ranked():
        cost = advice.costs.forms[one.form]
        dropped = "" if one.rank else f" ({say.say('figures.excluded')})"
        table.add_row(
            view.label(one.form) + dropped,
            numbers.number(one.score * 100, 1),
            numbers.cents(cost.last_year.cost_per_call),
            numbers.euro(cost.last_year.total),
            numbers.euro(cost.investment),
            style=None if one.rank else "dim",
        )
    return table


def _parts(view: View, numbers: Numbers) -> Table:
    say = view.words
    table = Table(title=say.say("terminal.parts"), title_justify="left")
    for column in ("partner", "role", "form"):
        table.add_column(say.say(f"terminal.{column}"))
    table.add_column(say.say("terminal.week"), justify="right")
    for name in view.region.municipalities:
        part = view.part(name)
        if part is not None:
            live = view.live_week(name)
            week = "" if live is None else numbers.number(live)
            table.add_row(view.name(name), say.say(f"roles.{part.role}"), view.label(part.form), week)
    for name in view.region.organisations:
        part = view.part(name)
        if part is not None:
            table.add_row(view.name(name), say.say(f"roles.{part.role}"), "", "")
    return table


def print_groupings(case: Case, results: tuple[GroupingResult, ...], lang: str) -> None:
    """Print the declared groupings side by side, one row for each group."""
    console, say, numbers = Console(highlight=False), catalogue(lang, "words"), Numbers(lang)
    everyone = {**case.region.municipalities, **case.region.neighbours}
    table = Table(title=say.say("groupings.title", region=case.region.name), title_justify="left", show_lines=True)
    for column in ("grouping", "number", "members", "form"):
        table.add_column(say.say(f"groupings.{column}"))
    table.add_column(say.say("groupings.cost"), justify="right")
    table.add_column(say.say("groupings.own"), justify="right")
    for column in ("redirected", "align"):
        table.add_column(say.say(f"groupings.{column}"))
    for result in results:
        for number, group in enumerate(result.groups):
            unknown = group.unknown_netnummer / group.inhabitants
            own = numbers.percent(group.on_own_netnummer / group.inhabitants)
            table.add_row(
                result.grouping.name if number == 0 else "",
                f"14{group.number}",
                numbers.listing([everyone[name].name for name in group.members]),
                group.form or say.say("unknown"),
                numbers.euro(group.yearly_cost),
                own if not unknown else f"{own} (+ {numbers.percent(unknown)} {say.say('unknown')})",
                numbers.listing([everyone[name].name for name in group.redirected]),
                numbers.listing([everyone[name].name for name in group.align_with]),
            )
    console.print(table)
    for result in results:
        share = numbers.percent(result.share_on_own_netnummer)
        line = say.say(
            "groupings.total",
            name=result.grouping.name,
            cost=numbers.euro(result.yearly_cost),
            share=share,
            ties=len(result.ties_cut),
        )
        console.print(line, markup=False)
