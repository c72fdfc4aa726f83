# SPDX-License-Identifier: Apache-2.0
"""What the supervisor keeps alive, as data."""

import signal
from dataclasses import dataclass, field
from typing import Awaitable, Callable, Mapping, Sequence

from .probe import Readiness


async def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Thing:
    """A program that must run all the time."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    ready: Callable[[], Awaitable[Readiness]]  # asked while it runs; never raises for a thing that is merely not ready
    prepare: Callable[[], Awaitable[None]] = _nothing  # before each start; ToolError is tried again with back-off
    user: str | None = None  # to drop root for
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 15.0  # then it is killed; the processes' own deadline is 10 s
    facts: Mapping[str, object] = field(default_factory=dict)  # ports and addresses for run.json
    shown: str = ""  # after "ready"


@dataclass(frozen=True)
class Step:
    """Work that must succeed once, after the thing `after` is ready; tried again with back-off until it does."""

    name: str
    after: str
    work: Callable[[], Awaitable[str]]  # returns what to show; ToolError is tried again
