# SPDX-License-Identifier: Apache-2.0
"""Ends what a run left behind whose supervisor was killed.

Every child asks the kernel for a signal when its supervisor dies, so usually there is nothing to do but to wait until
they are gone; a child that hangs is killed.
"""

import json
import os
import signal
import time
from pathlib import Path
from typing import Any, NamedTuple

from . import procfs
from .errors import RunError


class Leftover(NamedTuple):
    """A process of the earlier run; `started` tells it from another one with its pid."""

    name: str
    pid: int
    started: int

    def alive(self) -> bool:
        """Whether it still runs."""
        return procfs.start_time(self.pid) == self.started

    def send(self, sign: signal.Signals) -> None:
        """Signals it if it still runs."""
        if self.alive():
            try:
                os.kill(self.pid, sign)
            except ProcessLookupError:
                return  # gone meanwhile


def recorded(run_file: Path) -> list[Leftover]:
    """Everything in a run.json that still runs."""
    if not run_file.exists():
        return []
    things: dict[str, Any] = json.loads(run_file.read_text())["things"]
    found = [Leftover(name, thing["pid"], thing["started"]) for name, thing in things.items() if thing["pid"]]
    return [leftover for leftover in found if leftover.alive()]


def end(run_file: Path, patience: float = 10.0) -> list[str]:
    """Asks them to stop, waits up to `patience` seconds, then kills. Returns the names of those that were there."""
    found = recorded(run_file)
    for leftover in found:
        # PostgreSQL takes SIGTERM as "when all clients have gone"; SIGINT is its word for stopping now.
        leftover.send(signal.SIGINT if leftover.name == "postgres" else signal.SIGTERM)
    if not _gone(found, patience):
        for leftover in found:
            leftover.send(signal.SIGKILL)
        if not _gone(found, 5.0):
            raise RunError(f"processes of an earlier run cannot be ended: {recorded(run_file)}")
    return [leftover.name for leftover in found]


def _gone(found: list[Leftover], patience: float) -> bool:
    deadline = time.monotonic() + patience
    while any(leftover.alive() for leftover in found):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
