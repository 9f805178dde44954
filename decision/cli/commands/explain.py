"""``decide explain``: why a form is possible or not, and what it takes."""

from __future__ import annotations

from functools import partial

from decision.cli.answering import Wanted, answering
from decision.cli.naming import form_and_partners
from decision.cli.options import Invocation, argument, option
from decision.words.catalogue import catalogue

__all__ = ["explain_command"]


def _explain(
    asked: Invocation, *, wanted: Wanted, file: str, form: str | None, partners: str | None
) -> None:
    case = asked.load(file)
    named = form_and_partners(case, form, partners)

    from decision.explain.explanation import explain
    from decision.report.answers.explanation import explanation_answer
    from decision.report.json.explanation import explain_contract
    from decision.report.view.asked import Phrases

    found = explain(case.knowledge, case.region, *named)
    phrases = Phrases(case, catalogue(asked.texts, "words"), asked.texts)
    wanted.show(
        asked,
        [file],
        partial(explain_contract, found, phrases),
        partial(explanation_answer, found, phrases, asked.texts),
        case.region,
    )


explain_command = answering(
    "explain",
    _explain,
    arguments=(argument("file"), argument("form", required=False)),
    options=(option("--for", "partners", metavar="partners"),),
    about=("file", "form_argument"),
)
