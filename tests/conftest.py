"""What many tests need: the region of the publication, and its advice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import pytest
from hypothesis import settings

from decision.advice import advice as stages
from decision.advice.advice import Advice
from decision.cli import run
from decision.load import Case, load_region
from decision.report.charts.diagram import Diagram
from tests.command_line import Run
from tests.remembered import Memory, remember
from tests.searching import PROFILE, PROFILES, tries

# Speed is no part of any law.
for name in PROFILES:
    settings.register_profile(
        name, max_examples=tries(100), derandomize=name != "long", deadline=None
    )
settings.load_profile(PROFILE)


remember(pytest.MonkeyPatch())


def sketch(self: Diagram, width: int = 720, prefix: str = "") -> str:
    """What stands in a page in the place of a drawing, which takes a while to make."""
    name = f"{prefix}figure-{self.id}-{width}"
    return (
        f'<svg role="img" aria-labelledby="{name}-title {name}-about">'
        f'<title id="{name}-title">{escape(self.title)}</title>'
        f'<desc id="{name}-about">{escape(self.alt)}</desc></svg>'
    )


DRAW = Diagram.svg
pytest.MonkeyPatch().setattr(Diagram, "svg", sketch)


@contextmanager
def drawing() -> Iterator[None]:
    """Figures are drawn as a reader gets them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Diagram, "svg", DRAW)
        yield


@pytest.fixture
def drawn() -> Iterator[None]:
    """For a test that looks at figures: these are drawn."""
    with drawing():
        yield


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test of whether two runs give the same: nothing is remembered."""
    monkeypatch.setattr(Memory, "used", False)


@pytest.fixture(scope="session")
def drechtsteden() -> Case:
    """The region that comes with the program, as the sources describe it in July 2008."""
    return load_region("drechtsteden.yaml")


@pytest.fixture(scope="session")
def advice(drechtsteden: Case) -> Advice:
    """The advice on that region."""
    return stages.decide(drechtsteden)


@pytest.fixture
def decide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """Run the program in an empty folder; gives exit status, standard output and error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DECIDE_LANG", raising=False)

    def call(*arguments: str) -> Run:
        status = run(arguments)
        return (status, *capsys.readouterr())

    return call
