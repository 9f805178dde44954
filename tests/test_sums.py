"""The same bytes on every Python: what is added up is whole, or added up exactly."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.command_line import DONE, REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.command_line import Run

OURS = ("decision", "jinja2")
"""Who adds up what is printed: the program itself, and its templates."""


@pytest.fixture
def inexact(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The places in the program that add up broken numbers with ``sum``.

    Since Python 3.12 that makes up for what rounding loses, and before it does not.
    """
    found: set[str] = set()
    plain = builtins.sum

    def spying(values: Iterable[Any], /, start: Any = 0) -> Any:  # noqa: ANN401 - as sum itself
        listed = [*values]
        caller = sys._getframe(1)  # noqa: SLF001 - who adds up
        name = str(caller.f_globals["__name__"])
        if name.startswith(OURS) and any(isinstance(one, float) for one in [start, *listed]):
            found.add(f"{name}:{caller.f_lineno}")
        return plain(listed, start)

    monkeypatch.setattr(builtins, "sum", spying)
    return found


@pytest.mark.parametrize(
    "command",
    [
        ("region", "--format", "md"),
        ("region", "--format", "json"),
        ("costs", "--draws", "10"),
        ("groupings",),
        ("design",),
        ("robustness", "--samples", "10"),
        ("explain", "4"),
        ("verify",),
    ],
    ids=" ".join,
)
def test_nothing_is_added_up_as_one_python_does_and_another_does_not(
    decide: Callable[..., Run], inexact: set[str], command: tuple[str, ...]
) -> None:
    """Who makes the advice again on a newer Python gets the same advice."""
    name, *options = command
    status, _, error = decide(name, REGION, *options)
    assert (status, error, inexact) == (DONE, "", set())
