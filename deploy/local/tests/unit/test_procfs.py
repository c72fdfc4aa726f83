# SPDX-License-Identifier: Apache-2.0
"""A pid is not a process: start times tell them apart."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from fails_local import leftovers, procfs


class StartTimeTest(unittest.TestCase):
    def test_of_this_process_and_of_none(self) -> None:
        self.assertIsInstance(procfs.start_time(os.getpid()), int)
        self.assertIsNone(procfs.start_time(2147483646))

    def test_a_name_with_brackets_and_a_zombie(self) -> None:
        with tempfile.TemporaryDirectory() as proc:
            (Path(proc) / "7").mkdir()
            stat = Path(proc) / "7" / "stat"
            rest = " ".join(str(number) for number in range(4, 53))
            stat.write_text(f"7 (a) b (c) S {rest}\n")
            self.assertEqual(procfs.start_time(7, Path(proc)), 22)
            stat.write_text(f"7 (a) Z {rest}\n")
            self.assertIsNone(procfs.start_time(7, Path(proc)))


class LeftoversTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "run.json"
        self.child = subprocess.Popen(["sleep", "600"])
        self.addCleanup(self.child.wait)
        self.addCleanup(self.child.kill)

    def _write(self, started: int | None) -> None:
        things = {"scraper": {"pid": self.child.pid, "started": started}, "gateway": {"pid": None, "started": None}}
        self.file.write_text(json.dumps({"things": things}))

    def test_the_recorded_process_is_ended(self) -> None:
        self._write(procfs.start_time(self.child.pid))
        self.assertEqual(leftovers.end(self.file), ["scraper"])
        self.assertIsNone(procfs.start_time(self.child.pid))

    def test_another_process_with_its_pid_is_left_alone(self) -> None:
        self._write(1)
        self.assertEqual(leftovers.end(self.file), [])
        self.assertIsNone(self.child.poll())

    def test_no_record(self) -> None:
        self.assertEqual(leftovers.end(self.file), [])
