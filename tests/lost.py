"""A worker that is lost once; workers import no more than this."""

from __future__ import annotations

import os
import signal
from pathlib import Path

__all__ = ["once_lost"]


def once_lost(seen: str, number: int) -> int:
    """Twice a number; whoever is asked for 3 the first time is lost without a word."""
    if number == 3 and not Path(seen).exists():
        Path(seen).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number
