"""``decide explain``: why a form is possible or not, and what it takes."""

from __future__ import annotations

import click

from decision.cli.naming import form_and_partners
from decision.cli.options import Asked, asking, file_argument, print_json
from decision.words.catalogue import Messages, catalogue

__all__ = ["explain_command"]


def explain_command(lang: str, say: Messages) -> click.Command:
    """The command in one language."""
    form = click.argument("form", required=False, metavar=say.say("metavars.form"))
    partners = click.option(
        "--for", "partners", metavar=say.say("metavars.partners"), help=say.say("help.for")
    )
    return asking(
        "explain",
        _explain,
        lang,
        say,
        arguments=(file_argument(say), form),
        options=(partners,),
        about=("file", "form_argument"),
    )


def _explain(asked: Asked, *, file: str, form: str | None, partners: str | None) -> None:
    case = asked.load(file)
    named = form_and_partners(case, form, partners, asked.say)

    from decision.explain.explanation import explain
    from decision.report.json.explanation import explain_contract
    from decision.report.screen.explanation import print_explanation
    from decision.report.view.asked import Phrases

    found = explain(case.knowledge, case.region, *named)
    phrases = Phrases(case, catalogue(asked.texts, "words"), asked.texts)
    if asked.as_json:
        print_json(explain_contract(found, phrases))
    else:
        print_explanation(found, phrases, asked.texts)
