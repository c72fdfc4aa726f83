# SPDX-License-Identifier: Apache-2.0
"""Choosing PostgreSQL's programs, and pid files that lie."""

import os
import tempfile
import unittest
from pathlib import Path

from fails_local.errors import RunError
from fails_local.postgres import defuse_pid_file, newest_bin


class NewestBinTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for version in ("9.6", "15", "16"):
            (self.root / version / "bin").mkdir(parents=True)
            (self.root / version / "bin" / "initdb").touch()

    def test_newest_by_number(self) -> None:
        self.assertEqual(newest_bin(self.root, None), self.root / "16" / "bin")

    def test_that_of_the_data(self) -> None:
        self.assertEqual(newest_bin(self.root, "15"), self.root / "15" / "bin")

    def test_data_of_a_version_that_is_gone(self) -> None:
        with self.assertRaisesRegex(RunError, "PostgreSQL 14"):
            newest_bin(self.root, "14")

    def test_none_installed(self) -> None:
        with self.assertRaisesRegex(RunError, "no PostgreSQL"):
            newest_bin(self.root / "nowhere", None)


class PidFileTest(unittest.TestCase):
    def test_a_dead_pid_is_postgresqls_own_business(self) -> None:
        self.assertIsNone(defuse_pid_file("2147483646\n/data\n", lambda pid: False))

    def test_a_live_postmaster_is_left_alone(self) -> None:
        self.assertIsNone(defuse_pid_file(f"{os.getpid()}\n/data\n", lambda pid: True))

    def test_a_pid_that_another_program_got_is_taken_out_and_the_rest_kept(self) -> None:
        self.assertEqual(defuse_pid_file(f"{os.getpid()}\n/data\n17\n", lambda pid: False), "2147483646\n/data\n17\n")

    def test_rubbish_stays_for_postgresql_to_refuse(self) -> None:
        self.assertIsNone(defuse_pid_file("", lambda pid: False))
