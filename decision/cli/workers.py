"""Who does the work of a command that takes long, and how far that is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from logging import CRITICAL, getLogger
from multiprocessing import get_context
from typing import Any

import click

from decision.cli.options import CLUSTER
from decision.grouping.workers import Step, Workers, unheard
from decision.model.installed import MissingExtraError
from decision.words.catalogue import Messages

__all__ = ["at_work"]

_SECONDS = 10
"""So long a scheduler may take to answer."""


@contextmanager
def at_work(asked: str | None, say: Messages) -> Iterator[Workers]:
    """Those who do the work, as they are asked for; they go home when it is done.

    Raises:
        click.ClickException: There is no such cluster, or those who do the work have gone.
    """
    with _executor(asked, say) as executor, _told(say) as step:
        try:
            yield Workers(executor, step)
        except BrokenExecutor as error:
            raise click.ClickException(say.say("errors.workers_gone")) from error


@contextmanager
def _executor(asked: str | None, say: Messages) -> Iterator[Executor | None]:
    if asked is not None and asked.startswith(CLUSTER):
        with _on_cluster(asked.removeprefix(CLUSTER), say) as there:
            yield there
    elif asked is None or int(asked) == 1:
        yield None
    else:  # a solver has threads, which a fork does not survive
        executor = ProcessPoolExecutor(int(asked), mp_context=get_context("spawn"))
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)


@contextmanager
def _on_cluster(address: str, say: Messages) -> Iterator[Executor]:
    try:
        dask: Any = import_module("distributed")
    except ImportError as error:
        raise MissingExtraError("cluster") from error
    getLogger("distributed").setLevel(CRITICAL)  # what goes wrong is said in our own words
    try:
        client = dask.Client(f"tcp://{address}", timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        message = say.say("errors.no_cluster", address=address, seconds=_SECONDS)
        raise click.ClickException(message) from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise click.ClickException(say.say("errors.idle_cluster", address=address))
        try:  # what a lost worker had to do, another does
            yield client.get_executor(pure=False)
        except dask.KilledWorker as error:
            raise BrokenExecutor from error


@contextmanager
def _told(say: Messages) -> Iterator[Step]:
    """Tells how far the work is, where somebody looks at standard error."""
    if not sys.stderr.isatty():
        yield unheard
        return
    from rich.console import Console  # noqa: PLC0415 - only for who looks
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, Any] = {}

        def step(kind: str, done: int, whole: int) -> None:
            if whole and (not done or kind not in tasks):
                tasks[kind] = shown.add_task(say.say(f"working.{kind}"), total=whole)
            if whole:
                shown.update(tasks[kind], completed=done)

        yield step
