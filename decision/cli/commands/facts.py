"""``decide facts``: what can be declared, and of a region what is known and still to answer."""

from __future__ import annotations

from functools import partial

from decision.cli.answering import Wanted, answering
from decision.cli.options import Invocation, argument
from decision.cli.usage import MisuseError
from decision.load import load_knowledge

__all__ = ["facts_command"]


def _facts(asked: Invocation, *, wanted: Wanted, optional_file: str | None) -> None:
    from decision.advice.inventory import facts_of, inventory
    from decision.report.answers.facts import facts_answer, inventory_answer
    from decision.report.json.facts import facts_contract

    file = optional_file
    if file is None:
        if asked.changes:
            raise MisuseError("set_without_region")
        knowledge = asked.read(lambda lang: load_knowledge(asked.criteria, lang, asked.as_of))
        listed = facts_of(knowledge)
        document, answer = partial(facts_contract, listed), partial(facts_answer, listed)
        wanted.show(asked, (), document, partial(answer, asked.lang))
        return
    case = asked.load(file)
    listed, found = facts_of(case.knowledge), inventory(case)
    wanted.show(
        asked,
        [file],
        partial(facts_contract, listed, found),
        partial(inventory_answer, listed, found, case.region.name, asked.lang),
        case.region,
    )


facts_command = answering(
    "facts", _facts, arguments=(argument("optional_file", required=False),), about=("file",)
)
