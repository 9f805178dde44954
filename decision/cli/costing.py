"""What to say when costs cannot be calculated, or when that takes what is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from decision.model.installed import MissingExtraError
from decision.words.catalogue import Messages

__all__ = ["costed"]


@contextmanager
def costed(say: Messages) -> Iterator[None]:
    """Turn a cost that cannot be calculated, or an extra that is missing, into one line."""
    try:
        yield
    except MissingExtraError as error:
        told = say.say(f"errors.extras.{error.extra}", install=error.install)
        raise click.ClickException(told) from error
    except ValueError as error:
        message = _why_not(error, say)
        if message is None:
            raise
        raise click.ClickException(message) from error


def _why_not(error: ValueError, say: Messages) -> str | None:
    """Why a cost cannot be calculated, in one line; None when that is not what is wrong."""
    from decision.costs.inputs import CostsError, UnsizedError
    from decision.costs.staffing import StaffingError
    from decision.sharing.division import MOST_MUNICIPALITIES, SharingError
    from decision.sharing.joining import WavesError

    told: str | None = None
    match error:
        case UnsizedError(municipalities=names):
            told = say.say("errors.unsized", names=names)
        case CostsError(kengetal=kengetal, value=None):
            told = say.say("errors.kengetal_missing", kengetal=kengetal)
        case CostsError(kengetal=kengetal, value=value, allowed=code):
            allowed = say.say(f"errors.allowed.{code}")
            told = say.say("errors.bad_kengetal", kengetal=kengetal, value=value, allowed=allowed)
        case WavesError(code=code, municipality=municipality, year=year):
            told = say.say(f"errors.{code}", municipality=municipality, year=year)
        case SharingError(code=code, members=members):
            details = {"count": len(members), "most": MOST_MUNICIPALITIES}
            told = say.say(f"errors.{code}", names=members, **details)
        case StaffingError():
            told = say.say("errors.no_staffing")
    return told
