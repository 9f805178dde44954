"""``decide facts``: what can be declared, and of a region what is known and still to answer."""

from __future__ import annotations

from decision.cli.options import Invocation, argument, asking
from decision.cli.usage import MisuseError
from decision.load import load_knowledge

__all__ = ["facts_command"]


def _facts(asked: Invocation, *, optional_file: str | None) -> None:
    from decision.advice.inventory import facts_of, inventory
    from decision.report.json.facts import facts_contract
    from decision.report.screen.facts import print_facts, print_inventory

    file = optional_file
    if file is None:
        if asked.changes:
            raise MisuseError("set_without_region")
        knowledge = asked.read(lambda lang: load_knowledge(asked.criteria, lang, asked.as_of))
        listed = facts_of(knowledge)
        asked.show(lambda: facts_contract(listed), lambda: print_facts(listed, asked.lang))
        return
    case = asked.load(file)
    listed, found = facts_of(case.knowledge), inventory(case)
    asked.show(
        lambda: facts_contract(listed, found),
        lambda: print_inventory(listed, found, asked.lang),
    )


facts_command = asking(
    "facts", _facts, arguments=(argument("optional_file", required=False),), about=("file",)
)
