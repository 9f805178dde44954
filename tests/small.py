"""A small knowledge for tests of the load stage, so that criteria/ can change freely."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decision.load import InputError, Problem, load_region
from decision.model import installed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BROKEN = Path(__file__).parent / "broken"
GOOD = (BROKEN / "good.yaml").read_text(encoding="utf-8")


@contextmanager
def small_knowledge() -> Iterator[None]:
    """Work in the folder of broken files, with the small knowledge for the built-in one."""
    real = installed.data_folder

    def folder(name: str) -> Path:
        return BROKEN.parent / "criteria_small" if name == "criteria" else real(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installed, "data_folder", folder)
        patch.chdir(BROKEN)
        yield


def problems_of(
    region: str | Path = "good.yaml",
    *,
    criteria: str | Path | None = None,
    changes: Sequence[str] = (),
    lang: str = "nl",
) -> tuple[Problem, ...]:
    """The problems that loading gives; none when all is well."""
    try:
        load_region(region, criteria=criteria, lang=lang, changes=changes)
    except InputError as error:
        return error.problems
    return ()
