"""Forms and partners named on the command line, and what was meant where there is none such."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from decision.load.guess import Guesses
from decision.words.catalogue import Messages

if TYPE_CHECKING:
    from decision.load import Case

__all__ = ["form_and_partners"]


def form_and_partners(
    case: Case, form: str | None, partners: str | None, say: Messages
) -> tuple[str, tuple[str, ...]]:
    """The form, and the partners named one after another with commas between them.

    Raises ``click.UsageError`` when there is no such form or partner.
    """
    forms = {one: entry.name for one, entry in case.knowledge.forms.items()}
    if form is None or not form.strip():
        raise click.UsageError(say.say("errors.missing_form", known=", ".join(forms)))
    if form not in forms:
        raise _unknown("errors.unknown_form", form, forms, say)
    named = () if partners is None else tuple(one.strip() for one in partners.split(","))
    known = {one: entry.name for one, entry in case.region.municipalities.items()}
    known |= {one: entry.name for one, entry in case.region.organisations.items()}
    for name in named:
        if not name:
            raise click.UsageError(say.say("errors.missing_partner", known=", ".join(known)))
        if name not in known:
            raise _unknown("errors.unknown_partner", name, known, say)
    return form, tuple(dict.fromkeys(named))


def _unknown(code: str, value: str, names: Mapping[str, str], say: Messages) -> click.UsageError:
    meant = Guesses().entry(value, names)
    guess = say.say("guess", guess=meant) if meant else ""
    return click.UsageError(say.say(code, value=value, guess=guess, known=", ".join(names)))
