"""How far the work is, for who waits for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from decision.words.catalogue import catalogue

__all__ = ["progress_of_draws"]


@contextmanager
def progress_of_draws(lang: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error while kengetallen are drawn; None where nobody sees it."""
    if not sys.stderr.isatty():
        yield None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(catalogue(lang, "words").say("costs.drawing"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
