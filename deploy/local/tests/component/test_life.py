# SPDX-License-Identifier: Apache-2.0
"""The supervisor with real PostgreSQL, nats-server and dbmate, and stand-ins for our own programs.

dbmate is found as ./test installs it: deploy/postgres/node_modules.
"""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Callable

from fails_local import procfs

_LOCAL = Path(__file__).resolve().parents[2]
_PROGRAMS = ("scraper", "normalizer", "analytics", "insight", "gateway", "simulator")


class Run:
    """One supervise.py in a process of its own."""

    def __init__(self, folder: Path, name: str, *arguments: str) -> None:
        self.var = folder / name
        self.file = self.var / "run.json"
        self.output = folder / f"{name}.out"
        argv = ["/usr/bin/python3", "-B", str(_LOCAL / "supervise.py"), "--bin-dir", str(folder / "bin")]
        argv += ["--var", str(self.var), "--pages", str(folder / "pages"), "--catalog", str(folder / "catalog.yaml")]
        with self.output.open("a") as out:
            self.process = subprocess.Popen([*argv, "--port", "0", *arguments], stdout=out, stderr=out)

    def state(self) -> dict[str, Any]:
        """run.json, or an empty run while there is none."""
        try:
            state: dict[str, Any] = json.loads(self.file.read_text())
        except FileNotFoundError:
            return {"ready": False, "things": {}}
        return state

    def await_that(self, condition: Callable[[dict[str, Any]], bool], seconds: float = 180.0) -> dict[str, Any]:
        """run.json as soon as it fulfils the condition; the bound guards against hanging."""
        deadline = time.monotonic() + seconds
        while not condition(state := self.state()):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"not fulfilled: {state}\n{self.output.read_text()}")
            time.sleep(0.02)
        return state

    def await_ready(self) -> dict[str, Any]:
        """run.json once everything is ready."""
        return self.await_that(lambda state: bool(state["ready"]))

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """The exit status after a signal."""
        self.process.send_signal(sign)
        return self.process.wait(180)


def _alive(state: dict[str, Any]) -> list[str]:
    things = state["things"].items()
    return [name for name, thing in things if procfs.start_time(thing["pid"]) == thing["started"]]


def _ports(state: dict[str, Any]) -> set[str]:
    things = state["things"].values()
    return {str(thing[key]) for thing in things for key in ("port", "url", "admin", "grpc", "http") if key in thing}


class LifeTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.folder.chmod(0o755)  # as root, PostgreSQL runs as user postgres, who must get in
        (self.folder / "bin").mkdir()
        (self.folder / "pages").mkdir()
        (self.folder / "catalog.yaml").write_text("version: 1\n")
        for program in _PROGRAMS:
            (self.folder / "bin" / f"fails-{program}").symlink_to(Path(__file__).with_name("fake_process.py"))

    def _run(self, name: str, *arguments: str) -> Run:
        run = Run(self.folder, name, *arguments)
        self.addCleanup(lambda: run.process.poll() is None and run.stop())
        return run

    def test_ready_then_stopped_by_ctrl_c_and_everything_is_gone(self) -> None:
        run = self._run("a")
        state = run.await_ready()
        self.assertEqual(
            list(state["things"]),
            ["postgres", "nats", "simulator", "scraper", "normalizer", "analytics", "insight", "gateway"],
        )
        self.assertEqual(len(_alive(state)), 8)
        self.assertEqual(state["address"], f"http://{state['things']['gateway']['http']}")
        self.assertEqual(run.stop(), 0)
        self.assertEqual(_alive(state), [])
        self.assertFalse(run.file.exists())
        self.assertIn(f"FAILS is ready:  {state['address']}", run.output.read_text())

    def test_each_killed_thing_comes_back_in_its_place(self) -> None:
        run = self._run("a")
        before = run.await_ready()["things"]
        for name in ("scraper", "gateway", "nats", "postgres", "simulator"):
            os.kill(before[name]["pid"], signal.SIGKILL)
            state = run.await_that(lambda now: bool(now["ready"]) and now["things"][name]["restarts"] > 0)
            self.assertNotEqual(state["things"][name]["pid"], before[name]["pid"])
            self.assertIn("killed by SIGKILL", run.output.read_text())
        self.assertEqual(_ports({"things": before}), _ports(run.state()))
        self.assertEqual(run.stop(signal.SIGTERM), 0)

    def test_a_second_run_on_the_folder_is_refused_and_one_beside_it_never_meets_it(self) -> None:
        first = self._run("a")
        first_state = first.await_ready()
        again = self._run("a")
        self.assertEqual(again.process.wait(180), 1)
        self.assertIn(
            f"in use by a live run (pid {first.process.pid}, {first_state['address']})", again.output.read_text()
        )
        beside = self._run("b")
        self.assertEqual(_ports(beside.await_ready()) & _ports(first_state), set())
        self.assertEqual(beside.stop(), 0)
        self.assertEqual(len(_alive(first.state())), 8)
        self.assertEqual(first.stop(), 0)

    def test_after_kill_9_of_the_supervisor_the_next_run_goes_on_with_the_data(self) -> None:
        first = self._run("a")
        state = first.await_ready()
        self._sql(state, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)")
        first.stop(signal.SIGKILL)
        second = self._run("a")
        again = second.await_that(lambda now: bool(now["ready"]) and now["supervisor"] == second.process.pid)
        self.assertEqual(_alive(state), [])
        self.assertEqual(_ports(state), _ports(again))
        self.assertEqual(self._sql(again, "SELECT n FROM kept"), "42\n")
        self.assertEqual(second.stop(), 0)

    def test_clean_forgets_the_data(self) -> None:
        first = self._run("a")
        self._sql(first.await_ready(), "CREATE TABLE kept (n int)")
        self.assertEqual(first.stop(), 0)
        second = self._run("a", "--clean")
        self.assertEqual(self._sql(second.await_ready(), "SELECT to_regclass('kept') IS NULL"), "t\n")
        self.assertEqual(second.stop(), 0)

    def _sql(self, state: dict[str, Any], statement: str) -> str:
        url = state["things"]["postgres"]["urls"]["fails_owner"]
        return subprocess.run(
            ["psql", "-XqtA", "-v", "ON_ERROR_STOP=1", url, "-c", statement], check=True, capture_output=True, text=True
        ).stdout
