"""Forms, partners and weights on the command line, and what was meant where there is none such."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from decision.cli.usage import MisuseError
from decision.load.guess import Guesses
from decision.model.weights import WeightsError, weights_of_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.load import Case

__all__ = ["form_and_partners", "municipalities_named", "weighed"]


def form_and_partners(
    case: Case, form: str | None, partners: str | None
) -> tuple[str, tuple[str, ...]]:
    """The form, and the partners named one after another with commas between them.

    Raises ``MisuseError`` when there is no such form or partner.
    """
    forms = {one: entry.name for one, entry in case.knowledge.forms.items()}
    asked = _named(("missing_form", "unknown_form"), form if form and form.strip() else None, forms)
    named = () if partners is None else tuple(one.strip() for one in partners.split(","))
    codes = ("missing_partner", "unknown_partner")
    names = {one: entry.name for one, entry in case.region.municipalities.items()}
    names |= {one: entry.name for one, entry in case.region.organisations.items()}
    return asked, tuple(dict.fromkeys(_named(codes, one, names) for one in named))


def municipalities_named(case: Case, option: str, text: str) -> tuple[str, ...]:
    """Two municipalities of the region or more, named with commas between them.

    Raises ``MisuseError`` when there is no such municipality, or only one.
    """
    names = {one: entry.name for one, entry in case.region.municipalities.items()}
    found = tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
    for one in found:
        if one not in names:
            meant = Guesses().entry(one, names)
            raise MisuseError("unknown_member", meant, option=option, value=one, known=names)
    if len(found) < _A_PAIR:
        raise MisuseError("too_few_members", option=option, known=names)
    return found


_A_PAIR = 2


def _named(codes: tuple[str, str], name: str | None, names: Mapping[str, str]) -> str:
    """The name, where there is such an entry; ``names`` has that of each by its id.

    The ``codes`` are of no name at all, and of one that there is not.
    """
    missing, unknown = codes
    if not name:
        raise MisuseError(missing, known=names)
    if name not in names:
        meant = Guesses().entry(name, names)
        raise MisuseError(unknown, meant, value=name, known=names)
    return name


def weighed(case: Case, text: str | None) -> Case:
    """The case under the weights of ``--weights``; as it is where these are not given.

    Raises ``MisuseError`` when the weights cannot be used.
    """
    if text is None:
        return case
    groups = {name: group.name for name, group in case.knowledge.groups.items()}
    try:
        weights = weights_of_text(text, tuple(groups))
    except WeightsError as error:
        meant = Guesses().entry(error.details.get("value"), groups)
        raise MisuseError(error.code, meant, **error.details) from error
    region = case.region.model_copy(update={"weights": weights})
    return replace(case, region=region, receipt=replace(case.receipt, weights=text))
