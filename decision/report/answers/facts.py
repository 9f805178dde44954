"""The facts that can be declared, and what is known of them,."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision.advice.inventory import Held, Inventory, Listed
from decision.report.answers.answer import Answer, TableRow
from decision.report.document.tree import Pages

__all__ = ["facts_answer", "inventory_answer"]

_OWNERS = ("region", "municipality", "organisation")
_MOST_NAMES = 6
"""The partners that are named beside a fact; of more it is told how many there are."""


def facts_answer(listed: Sequence[Listed], lang: str) -> Pages:
    """Every fact once, with its question and its answers."""
    shown = _Facts(lang)
    for of in _OWNERS:
        shown.part(of, shown.say(f"facts_listed.of.{of}"))
        for one in listed:
            if one.definition.of == of and one.declared_under == "facts":
                shown.fact(one)
        shown.phases([one for one in listed if one.definition.of == of])
    shown.part("derived", "")
    derived = [one.definition.name for one in listed if one.declared_under is None]
    shown.line(shown.say("facts_listed.derived", names=", ".join(derived)))
    return shown.pages("facts", shown.say("answers.facts"))


def inventory_answer(listed: Sequence[Listed], found: Inventory, region: str, lang: str) -> Pages:
    """Per fact of how many partners it is known, and of whom it is still to ask."""
    shown = _Facts(lang)
    columns = shown.said(*(f"facts_listed.columns.{one}" for one in ("fact", "known", "open")))
    for of in _OWNERS:
        held = [one for one in found.partners.values() if one.kind == of]
        rows = [*shown.rows([one for one in listed if one.definition.of == of], held)]
        if rows:
            shown.part(of, shown.say(f"facts_listed.of.{of}"))
            shown.table(columns, rows, texts=(0, 2))
    shown.part("summary", "")
    every = found.known + found.open
    shown.line(shown.say("facts_listed.summary", known=found.known, all=every))
    if found.unsized:
        names = shown.some([found.partners[name].name for name in found.unsized])
        count = len(found.unsized)
        shown.line(shown.say("facts_listed.unsized", names=names, count=count))
    return shown.pages("inventory", shown.say("answers.inventory", region=region))


class _Facts(Answer):
    """What is printed, in one language."""

    def fact(self, one: Listed) -> None:
        """A fact, its question and its answers."""
        what = one.definition
        levels = [f"{level}: {said}" for level, said in what.levels.items()]
        self.point(f"{one.id}: {what.question.replace('{partner}', '…')}", levels)

    def phases(self, listed: Sequence[Listed]) -> None:
        """The aspects of which a phase can be declared, which all have the same answers."""
        phases = [one for one in listed if one.definition.aspect is not None]
        if not phases:
            return
        told = [f"{one.definition.aspect} ({one.id}): {one.definition.name}" for one in phases]
        self.point(self.say("facts_listed.positions"), told)

    def rows(self, listed: Sequence[Listed], held: Sequence[Held]) -> Iterator[TableRow]:
        """For every fact how many know it, and who does not."""
        for one in listed if held else ():
            if one.declared_under is not None:
                left = [partner.name for partner in held if one.id in partner.open]
                known = self.say("facts_listed.known", known=len(held) - len(left), all=len(held))
                if len(held) == 1:
                    known = self.say("comparison.no" if left else "comparison.yes")
                nobody = len(left) == len(held) > 1
                told = self.say("facts_listed.everybody") if nobody else self.some(left)
                yield TableRow(
                    one.definition.name, (known, told or self.say("facts_listed.nobody"))
                )

    def some(self, names: Sequence[str]) -> str:
        """The first names, and how many more there are."""
        told = ", ".join(names[:_MOST_NAMES])
        more = len(names) - _MOST_NAMES
        return told if more <= 0 else f"{told} {self.say('facts_listed.more', count=more)}"
