# SPDX-License-Identifier: Apache-2.0
"""Keeps one thing alive: prepare, start, watch its readiness, wait for its death, back off, again."""

import asyncio
import os
import signal
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from . import procfs, tools
from .backoff import Backoff
from .errors import ToolError
from .probe import Readiness
from .terminal import Terminal, last_lines
from .thing import Step, Thing

_QUICK, _CALM = 0.2, 1.0  # seconds between two questions: while not ready, and after
_GRACE = 1.0  # shorter waits are not worth a line
_LOG_LIMIT = 64 << 20  # bytes; a longer log is put aside as NAME.log.1 when its thing is started


@dataclass(frozen=True)
class Hooks:
    """What a keeper tells the supervisor."""

    changed: Callable[[], None]  # a pid or a readiness is another now
    failed: Callable[["asyncio.Task[None]"], None]  # a keeper's task ended; by an exception: a mistake of ours


async def _cancelled(task: "asyncio.Task[Any] | None") -> None:
    """Cancels a task and waits until it is over; an exception that it ended with has been reported by its callback."""
    while task is not None and not task.done():
        # More than once: what is awaited may end at the very moment of the cancel and swallow it.
        task.cancel()
        await asyncio.wait({task}, timeout=_QUICK)
    if task is not None and not task.cancelled():
        task.exception()  # seen


def how_it_ended(returncode: int) -> str:
    """An exit status in words."""
    if returncode < 0:
        return f"killed by {signal.Signals(-returncode).name}"
    return f"ended with status {returncode}"


class Keeper:
    """One thing's life. All methods belong to the loop's thread."""

    def __init__(self, thing: Thing, log: Path, terminal: Terminal, hooks: Hooks) -> None:
        self.thing = thing
        self.ready = asyncio.Event()
        self.restarts = 0
        self.pid: int | None = None
        self.started: int | None = None  # procfs.start_time of that pid
        self._log = log
        self._terminal = terminal
        self._changed = hooks.changed
        self._failed = hooks.failed
        self._child: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins; returns at once."""
        self._task = asyncio.create_task(self._live(), name=self.thing.name)
        self._task.add_done_callback(self._failed)

    def state(self) -> dict[str, object]:
        """What run.json says of it."""
        return {
            "pid": self.pid,
            "started": self.started,
            "ready": self.ready.is_set(),
            "restarts": self.restarts,
            **self.thing.facts,
        }

    async def stop(self, hurry: asyncio.Event) -> None:
        """Ends the thing for good: its stop signal, then SIGKILL after its time or as soon as `hurry` is set."""
        await _cancelled(self._task)
        child = self._child
        if child is not None and child.returncode is None:
            began = time.monotonic()
            self._signal(self.thing.stop_signal)
            gone, rushed = asyncio.create_task(child.wait()), asyncio.create_task(hurry.wait())
            await asyncio.wait({gone, rushed}, timeout=self.thing.stop_seconds, return_when=asyncio.FIRST_COMPLETED)
            await _cancelled(rushed)
            if not gone.done():
                self._terminal.line(self.thing.name, "killed", f"not gone after {time.monotonic() - began:.0f} s")
                self._signal(signal.SIGKILL)
            await gone
            self._terminal.line(self.thing.name, "stopped")
        self._forget()

    async def _live(self) -> None:
        backoff = Backoff()
        while True:
            born = time.monotonic()
            try:
                await self.thing.prepare()
                born = time.monotonic()
                child = await self._spawn()
                ending = await self._until_death(child)
            except (ToolError, OSError) as error:
                ending = str(error)
            self._forget()
            wait = backoff.after_death(time.monotonic() - born)
            self.restarts += 1
            self._terminal.line(self.thing.name, "died", f"{ending}; starting again in {wait:g} s")
            for line in last_lines(self._log, 5):
                self._terminal.detail(line)
            self._changed()
            await asyncio.sleep(wait)

    async def _spawn(self) -> asyncio.subprocess.Process:
        if self._log.exists() and self._log.stat().st_size > _LOG_LIMIT:
            os.replace(self._log, self._log.with_name(self._log.name + ".1"))
        with self._log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                *self.thing.argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self.thing.env),
                cwd="/",
                start_new_session=True,  # the terminal's Ctrl-C reaches the supervisor alone, which stops in order
                preexec_fn=tools.die_with_parent(self.thing.stop_signal),
                **tools.user_arguments(self.thing.user),
            )
        self.pid = self._child.pid
        self.started = procfs.start_time(self.pid)
        self._changed()
        return self._child

    async def _until_death(self, child: asyncio.subprocess.Process) -> str:
        watch, death = asyncio.create_task(self._watch()), asyncio.create_task(child.wait())
        try:
            await asyncio.wait({watch, death}, return_when=asyncio.FIRST_COMPLETED)
            if not death.done():
                watch.result()  # raises: a watch ends by itself only through a mistake of ours
            return how_it_ended(await death)
        finally:
            await _cancelled(watch)
            await _cancelled(death)

    async def _watch(self) -> None:
        """Tells each change of readiness, and what the thing waits for once that lasts."""
        told, since = "", time.monotonic()
        while True:
            answer: Readiness = await self.thing.ready()
            if answer.ready != self.ready.is_set():
                since, told = time.monotonic(), ""
                if answer.ready:
                    self.ready.set()
                    self._terminal.line(self.thing.name, "ready", self.thing.shown)
                else:
                    self.ready.clear()
                self._changed()
            if not answer.ready and answer.waiting_for != told and time.monotonic() - since >= _GRACE:
                told, since = answer.waiting_for, time.monotonic()
                self._terminal.line(self.thing.name, "waits", "for " + textwrap.shorten(told, 160, placeholder=" …"))
            await asyncio.sleep(_CALM if answer.ready else _QUICK)

    def _signal(self, sign: signal.Signals) -> None:
        assert self._child is not None
        try:
            self._child.send_signal(sign)
        except ProcessLookupError:
            return  # gone meanwhile

    def _forget(self) -> None:
        self._child, self.pid, self.started = None, None, None
        self.ready.clear()


class StepKeeper:
    """One step's way to success."""

    def __init__(self, step: Step, after: asyncio.Event, terminal: Terminal, hooks: Hooks) -> None:
        self.step = step
        self.done = asyncio.Event()
        self._after = after
        self._terminal = terminal
        self._changed = hooks.changed
        self._failed = hooks.failed
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins; returns at once."""
        self._task = asyncio.create_task(self._work(), name=self.step.name)
        self._task.add_done_callback(self._failed)

    async def stop(self) -> None:
        """Ends the attempt that runs."""
        await _cancelled(self._task)

    async def _work(self) -> None:
        backoff = Backoff()
        while not self.done.is_set():
            await self._after.wait()
            try:
                text = await self.step.work()
            except (ToolError, OSError) as error:
                wait = backoff.after_death(0.0)
                self._terminal.line(self.step.name, "failed", f"{error}; again in {wait:g} s")
                await asyncio.sleep(wait)
            else:
                self.done.set()
                self._terminal.line(self.step.name, "ready", text)
                self._changed()
