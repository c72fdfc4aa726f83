# SPDX-License-Identifier: Apache-2.0
"""The bash half: wrong arguments end with status 2 before anything is installed or built; which Node suits."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[4]


def _call(*argv: str, cwd: Path = _SOURCE) -> tuple[int, str]:
    done = subprocess.run(argv, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


class ArgumentsTest(unittest.TestCase):
    def test_wrong_arguments(self) -> None:
        for argv, words in [
            (["./run", "--bad"], "unknown argument '--bad'"),
            (["./run", "demo"], "unknown argument 'demo'"),
            (["./run", "--port"], "--port needs a value"),
            (["./run", "--port="], "--port needs a value"),
            (["./run", "--port=x"], "'x' is no port"),
            (["./run", "--demo=yes"], "--demo takes no value"),
            (["./run", "--var", "/etc"], "no data folder of FAILS"),
            (["./test", "--bad"], "unknown argument '--bad'"),
            (["./test", "-R"], "-R needs a value"),
        ]:
            with self.subTest(argv):
                status, output = _call(*argv)
                self.assertEqual(status, 2, output)
                self.assertIn(words, output)

    def test_help_names_every_option(self) -> None:
        status, output = _call("./run", "--demo", "--help")
        self.assertEqual(status, 0)
        for option in ("--demo", "--seed", "--speed", "--pages", "--catalog", "--offline", "--port", "--host", "--var"):
            self.assertIn(option, output)
        self.assertEqual(_call("./test", "--help")[0], 0)


class NoBuildTest(unittest.TestCase):
    def test_what_is_not_built_is_named_instead_of_started(self) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            checkout = Path(scratch)
            shutil.copy(_SOURCE / "run", checkout)
            shutil.copytree(_SOURCE / "deploy", checkout / "deploy", ignore=shutil.ignore_patterns("node_modules"))
            programs = checkout / "build/bin"
            call = ["./run", "--no-build", "--build-dir", str(programs.parent), "--port", "0"]
            status, output = _call(*call, cwd=checkout)
            self.assertEqual(status, 1, output)
            self.assertIn("fails-scraper is not built", output)
            programs.mkdir(parents=True)
            for name in ("scraper", "normalizer", "analytics", "insight", "gateway", "simulator"):
                (programs / f"fails-{name}").symlink_to("/bin/true")
            status, output = _call(*call, cwd=checkout)
            self.assertEqual(status, 1, output)
            self.assertIn("services/web/dist is not built", output)


class NodeTest(unittest.TestCase):
    def test_which_versions_build_the_web_page(self) -> None:
        for version, suits in [
            ("v18.19.0", False),
            ("v20.18.3", False),
            ("v20.19.0", True),
            ("v21.7.0", False),
            ("v22.11.0", False),
            ("v22.12.0", True),
            ("v24.0.1", True),
        ]:
            with self.subTest(version):
                script = f'root=. ; . deploy/local/bootstrap.sh; node_suits "{version}"'
                self.assertEqual(_call("bash", "-c", script)[0] == 0, suits)
