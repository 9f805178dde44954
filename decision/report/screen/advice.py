"""The advice on the terminal: the summary, the scores, the parts; and groupings side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from decision.advice.advice import Advice
from decision.load import Case
from decision.report.screen.layout import Screen, grid
from decision.report.view import View
from decision.words.catalogue import Messages, catalogue
from decision.words.numbers import Numbers

if TYPE_CHECKING:
    from decision.grouping.declared import GroupingResult

__all__ = ["print_groupings", "print_summary"]


def print_summary(advice: Advice, lang: str, summary: str) -> None:
    """Print a summary in Markdown, the scores of all forms and the part of every partner."""
    screen, say = Screen(), catalogue(lang, "words")
    view, numbers = View(advice, say), Numbers(lang)
    screen.show(Markdown(summary))
    screen.show()
    screen.show(_scores(view, numbers))
    if advice.roadmap is not None:
        screen.show()
        screen.show(_parts(view, numbers))
        for line in _organisations(view, numbers):
            screen.show()
            screen.line(line)


def _scores(view: View, numbers: Numbers) -> Table:
    say, advice = view.words, view.advice
    table = grid(say.say("terminal.scores"))
    table.add_column(say.say("terminal.form"), overflow="fold")
    for column in ("score", "per_call", "per_year", "investment"):
        table.add_column(say.say(f"terminal.{column}"), justify="right", no_wrap=True)
    for one in view.ranked():
        cost = advice.costs.forms[one.form]
        dropped = "" if one.rank else f" ({say.say('figures.excluded')})"
        table.add_row(
            Text(view.label(one.form) + dropped),
            numbers.number(one.score * 100, 1),
            numbers.cents(cost.last_year.cost_per_call),
            numbers.euro(cost.last_year.total),
            numbers.euro(cost.investment),
            style=None if one.rank else "dim",
        )
    return table


def _parts(view: View, numbers: Numbers) -> Table:
    say = view.words
    table = grid(say.say("terminal.parts"))
    table.add_column(say.say("terminal.partner"), overflow="fold")
    table.add_column(say.say("terminal.role"))
    table.add_column(say.say("terminal.form"))
    table.add_column(say.say("terminal.week"), justify="right")
    for name in view.region.municipalities:
        part, live = view.part(name), view.live_week(name)
        if part is not None:
            week = "" if live is None else numbers.number(live)
            role = say.say(f"roles.{view.role(name)}")
            table.add_row(Text(view.name(name)), role, Text(part.form), week)
    return table


def _organisations(view: View, numbers: Numbers) -> Iterator[str]:
    """The regional organisations, one line for each role."""
    found: dict[str, list[str]] = {}
    for name in view.region.organisations:
        found.setdefault(view.role(name), []).append(view.name(name))
    for role, names in found.items():
        yield view.words.say(f"terminal.{role}", names=numbers.listing(names))


def print_groupings(case: Case, results: tuple[GroupingResult, ...], lang: str) -> None:
    """Print the declared groupings side by side, then each with its groups."""
    screen, say, numbers = Screen(), catalogue(lang, "words"), Numbers(lang)
    everyone = {**case.region.municipalities, **case.region.neighbours}

    def names(members: Iterable[str]) -> str:
        return numbers.listing([everyone[member].name for member in members])

    table = grid(say.say("groupings.title", region=case.region.name))
    table.add_column(say.say("groupings.grouping"), overflow="fold")
    for column in ("forms", "cost", "own", "redirected", "align"):
        table.add_column(say.say(f"groupings.{column}"), justify="right")
    for result in results:
        forms = sorted({group.form or say.say("unknown") for group in result.groups})
        table.add_row(
            Text(result.grouping.name),
            numbers.listing(forms),
            numbers.euro(result.yearly_cost),
            numbers.percent(result.share_on_own_netnummer),
            str(len(result.redirected)),
            str(len(result.align_with)),
        )
    screen.show(table)
    for result in results:
        screen.heading(result.grouping.name)
        for group in result.groups:
            form = group.form or say.say("unknown")
            cost = numbers.euro(group.yearly_cost)
            members = names(group.members)
            line = say.say(
                "groupings.group", number=f"14{group.number}", names=members, form=form, cost=cost
            )
            screen.line(line, "  ")
        for line in _consequences(result, case, names, say):
            screen.line(line, "  ")


def _consequences(
    result: GroupingResult, case: Case, names: Callable[[Iterable[str]], str], say: Messages
) -> Iterator[str]:
    """What a grouping asks of the technique, of others and of what exists, one line each."""
    if result.redirected:
        yield say.say("groupings.redirect", names=names(result.redirected))
    if result.align_with:
        yield say.say("groupings.alignment", names=names(result.align_with))
    if result.unknown_netnummer:
        yield say.say("groupings.unknown", names=names(result.unknown_members))
    if result.ties_cut:
        ties = "; ".join(case.region.ties[tie].name for tie in result.ties_cut)
        yield say.say("groupings.ties", ties=ties)
