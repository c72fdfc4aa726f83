# SPDX-License-Identifier: Apache-2.0
"""Starts everything at once, keeps it alive until a signal, stops it in reverse; tells run.json all the while."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Mapping, Sequence

from .keeper import Hooks, Keeper, StepKeeper
from .terminal import Terminal
from .thing import Step, Thing
from .vardir import write_json


class Supervisor:
    """The life of one run. run.json is rewritten after each change and removed at the end of a clean stop."""

    def __init__(
        self,
        things: Sequence[Thing],
        steps: Sequence[Step],
        *,
        terminal: Terminal,
        log_dir: Path,
        run_file: Path,
        address: str,
        facts: Mapping[str, object],
    ) -> None:
        self._terminal = terminal
        self._run_file = run_file
        self._address = address
        self._facts = facts
        hooks = Hooks(self._changed, self._task_ended)
        self._keepers = [Keeper(t, log_dir / f"{t.name}.log", terminal, hooks) for t in things]
        by_name = {keeper.thing.name: keeper for keeper in self._keepers}
        self._steps = [StepKeeper(s, by_name[s.after].ready, terminal, hooks) for s in steps]
        self._all_ready = asyncio.Event()
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()
        self._mistake: BaseException | None = None

    async def run(self) -> None:
        """Returns after a signal, when everything is stopped. A second signal kills what is left."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(sign, self._asked_to_stop)
        self._terminal.line("run", "starts", ", ".join(keeper.thing.name for keeper in self._keepers))
        for keeper in self._keepers:
            keeper.start()
        for step in self._steps:
            step.start()
        herald = asyncio.create_task(self._announce())
        await self._stop.wait()
        herald.cancel()
        await asyncio.gather(herald, return_exceptions=True)
        for step in reversed(self._steps):
            await step.stop()
        for keeper in reversed(self._keepers):
            await keeper.stop(self._hurry)
        self._run_file.unlink(missing_ok=True)
        if self._mistake is not None:
            raise self._mistake

    def _task_ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and task.exception() is not None:
            self._mistake = task.exception()
            self._terminal.line("run", "failed", f"mistake in the supervisor: {self._mistake!r}; stopping everything")
            self._stop.set()

    def _asked_to_stop(self) -> None:
        if self._stop.is_set():
            self._hurry.set()
            return
        self._terminal.line("run", "stops", "in reverse order; once more to kill what is left")
        self._stop.set()

    async def _announce(self) -> None:
        await self._all_ready.wait()
        self._terminal.banner(
            f"FAILS is ready:  {self._address}", f"Data and logs are in {self._run_file.parent}. Ctrl-C stops it."
        )

    def _changed(self) -> None:
        ready = all(k.ready.is_set() for k in self._keepers) and all(s.done.is_set() for s in self._steps)
        if ready:
            self._all_ready.set()
        try:
            write_json(self._run_file, self._state(ready))
        except OSError as error:  # a full disk is no reason to stop what runs
            self._terminal.line("run", "failed", f"cannot write {self._run_file}: {error.strerror}")

    def _state(self, ready: bool) -> dict[str, object]:
        return {
            "address": self._address,
            "ready": ready,
            "supervisor": os.getpid(),
            **self._facts,
            "things": {keeper.thing.name: keeper.state() for keeper in self._keepers},
        }
