# SPDX-License-Identifier: Apache-2.0
"""Arguments: defaults, and a sentence for each mistake."""

import tempfile
import unittest
from pathlib import Path

from fails_local import options
from fails_local.errors import UsageError

_SOURCE = Path(__file__).resolve().parents[4]


def _parse(*arguments: str) -> options.Options:
    return options.parse(["--bin-dir", "bin", *arguments], _SOURCE)


class OptionsTest(unittest.TestCase):
    def test_plain_run_watches_the_real_catalog(self) -> None:
        given = _parse()
        self.assertEqual(given.catalog, _SOURCE / "deploy/catalog/providers.yaml")
        self.assertEqual((given.port, given.host, given.var), (8080, "127.0.0.1", _SOURCE / "var"))
        self.assertFalse(given.simulated)
        self.assertEqual(given.kind, "real")

    def test_demo_and_pages_bring_their_catalogs(self) -> None:
        self.assertEqual(_parse("--demo").catalog, _SOURCE / "tests/simulator/catalog-demo.yaml")
        self.assertEqual(_parse("--demo").kind, "invented demo")
        with tempfile.TemporaryDirectory() as pages:
            given = _parse("--pages", pages)
            self.assertEqual(given.catalog, _SOURCE / "tests/simulator/catalog-2024.yaml")
            self.assertTrue(given.simulated)

    def test_catalog_wins_over_the_mode(self) -> None:
        with tempfile.NamedTemporaryFile() as own:
            self.assertEqual(_parse("--demo", "--catalog", own.name).catalog, Path(own.name).resolve())

    def test_each_mistake_is_said(self) -> None:
        for arguments, words in [
            (["--port", "x"], "no port"),
            (["--port", "65536"], "no port"),
            (["--speed", "0"], "no factor"),
            (["--speed", "nan"], "no factor"),
            (["--speed", "101"], "no factor"),
            (["--demo", "--seed", "-1"], "--seed"),
            (["--seed", "1"], "belong to --demo"),
            (["--pages", "/no/such/folder"], "no such folder"),
            (["--catalog", "/no/such/file"], "no such file"),
            (["--demo", "--pages", "/"], "exclude"),
            (["--what"], "--what"),
        ]:
            with self.subTest(arguments), self.assertRaisesRegex(UsageError, words):
                _parse(*arguments)
