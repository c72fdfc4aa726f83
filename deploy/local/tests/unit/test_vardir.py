# SPDX-License-Identifier: Apache-2.0
"""The data folder: whose it is, one run at a time, what --clean may delete."""

import stat
import tempfile
import unittest
from pathlib import Path

from fails_local import vardir
from fails_local.errors import RunError, UsageError


class VarDirTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "var"

    def test_is_made_and_locked(self) -> None:
        var = vardir.VarDir(self.path)
        var.announce("http://127.0.0.1:8080")
        for attempt in (vardir.VarDir, vardir.check):
            with self.assertRaisesRegex(RunError, r"in use by a live run \(pid \d+, http://127.0.0.1:8080\)"):
                attempt(self.path)
        var.close()
        vardir.check(self.path)
        vardir.VarDir(self.path).close()

    def test_a_folder_of_someone_else_is_refused_and_left_alone(self) -> None:
        self.path.mkdir()
        (self.path / "letter").write_text("dear")
        for attempt in (vardir.VarDir, vardir.check):
            with self.assertRaises(UsageError):
                attempt(self.path)
        self.assertEqual([entry.name for entry in self.path.iterdir()], ["letter"])

    def test_check_makes_nothing(self) -> None:
        vardir.check(self.path)
        self.assertFalse(self.path.exists())

    def test_clean_keeps_only_the_lock(self) -> None:
        elsewhere = self.path.parent / "cluster"
        (elsewhere / "data").mkdir(parents=True)
        var = vardir.VarDir(self.path)
        var.folder("log").joinpath("a.log").write_text("x")
        var.secret("admin.key")
        (self.path / "postgres").symlink_to(elsewhere)
        var.clean()
        self.assertEqual([entry.name for entry in self.path.iterdir()], [vardir.LOCK])
        self.assertFalse(elsewhere.exists())
        var.close()

    def test_invented_and_real_data_do_not_mix(self) -> None:
        var = vardir.VarDir(self.path)
        var.claim_kind("real")
        var.claim_kind("real")
        with self.assertRaisesRegex(RunError, "holds real data"):
            var.claim_kind("invented demo")
        var.clean()
        var.claim_kind("invented demo")
        var.close()

    def test_a_secret_is_private_and_stays(self) -> None:
        var = vardir.VarDir(self.path)
        file = var.secret("admin.key")
        first = file.read_text()
        self.assertGreater(len(first), 40)
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual(var.secret("admin.key").read_text(), first)
        var.close()
