"""Who does the work: processes and a cluster come to the same, and one of them may be lost."""

from __future__ import annotations

import socket
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click
import pytest

from decision.cli import workers as at
from decision.cli.workers import at_work
from decision.words.catalogue import catalogue
from tests.command_line import DONE, FAULT, MISUSE, Run
from tests.lost import once_lost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SAY = catalogue("nl", "cli")
ASKED = ("groupings", "drechtsteden-2012.yaml", "--search", "--format", "json")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A scheduler with two workers, each a process, and its address."""
    dask: Any = import_module("distributed")
    with dask.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as made:
        yield "dask://" + made.scheduler_address.removeprefix("tcp://")


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_comes_to_the_same_and_survives_a_lost_worker(
    decide: Callable[..., Run], cluster: str, tmp_path: Path
) -> None:
    """Two workers give the bytes of none, and what a killed one had to do, another does."""
    alone = decide(*ASKED)
    assert alone[0] == DONE
    assert decide(*ASKED, "--workers", cluster) == alone
    with at_work(cluster, SAY) as workers:
        does = partial(once_lost, str(tmp_path / "seen"))
        assert [*workers.each("groups")(does, range(6))] == [0, 2, 4, 6, 8, 10]
    assert (tmp_path / "seen").exists()


def test_processes_come_to_the_same_and_are_missed_when_they_are_gone(tmp_path: Path) -> None:
    """Each is found in order; where a process is killed the others stop, and that is told."""
    does = partial(once_lost, str(tmp_path / "seen"))

    def works() -> None:
        with at_work("2", SAY) as workers:
            assert [*workers.each("groups")(abs, (-3, 2, -1))] == [3, 2, 1]
            [*workers.each("groups")(does, range(6))]

    with pytest.raises(click.ClickException) as raised:
        works()
    assert raised.value.message == SAY.say("errors.workers_gone")


def test_an_address_at_which_nobody_answers_is_told_in_time(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says that there is no scheduler, and where the address comes from."""
    monkeypatch.setattr(at, "_SECONDS", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        status, out, err = decide(*ASKED, "--workers", f"dask://{address}")
    assert (status, out) == (FAULT, "")
    assert err == f"Fout: {SAY.say('errors.no_cluster', address=address, seconds=1)}\n"


def test_without_the_extra_it_is_told_what_to_install(
    decide: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line names the extra."""

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(at, "import_module", missing)
    status, out, err = decide(*ASKED, "--workers", "dask://127.0.0.1:8786")
    assert (status, out) == (FAULT, "")
    assert "pip install 'decide-region[cluster]'" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "value", ["0", "257", "-1", "veel", "dask://", "dask://hier", "http://h:1"]
)
def test_workers_are_a_number_or_the_address_of_a_cluster(
    decide: Callable[..., Run], value: str
) -> None:
    """Anything else is wrong use of the command line."""
    status, out, err = decide(*ASKED, "--workers", value)
    assert (status, out) == (MISUSE, "")
    assert "dask://ADRES:POORT" in err
