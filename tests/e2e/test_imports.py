# SPDX-License-Identifier: Apache-2.0
"""Files instead of pages: the same incidents by import, and out and in again by export."""
import json
import subprocess
import unittest
import urllib.error
from typing import Any

import paper
from stack import BUILD_DIR, ROOT, Stack, await_that

OWN = ROOT / "tests/e2e/pages"
# What a new system cannot know of an old one: how often it announced what, and when it saw it first.
OF_THE_SYSTEM = {"revision", "first_seen_at", "updated_at"}


def content(lines: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {i["id"]: {k: v for k, v in i.items() if k not in OF_THE_SYSTEM} for i in lines}


def run_import(stack: Stack, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BUILD_DIR + "/bin/fails-import", "--url", stack.address, "--key-file",
                           str(stack.var / "data/admin.key"), *arguments],
                          capture_output=True, text=True, timeout=300)


@unittest.skipUnless(paper.PAPER.exists(), "the paper's data is not here")
class PaperImportTest(unittest.TestCase):
    def test_the_clean_tables_give_the_same_incidents_and_figures_as_the_pages(self) -> None:
        self.maxDiff = None
        with Stack("--offline", "--catalog", str(ROOT / "tests/simulator/catalog-2024.yaml")) as stack:
            self.assertEqual(0, stack.total())
            out = run_import(stack, str(paper.INCIDENTS_CSV), str(paper.OUTAGES_CSV))
            self.assertEqual(0, out.returncode, out.stdout + out.stderr)
            await_that(lambda: stack.total() == paper.INCIDENTS, "the incidents")
            await_that(lambda: stack.outage_days() == paper.DAYS, "the calendar days")
            stack.await_settled()
            got = {i["id"]: paper.pick(i) for i in stack.lines("/api/v1/exports/incidents.ndjson")}
            self.assertEqual(paper.expected_incidents(), got)
            self.assertEqual(paper.expected_days(),
                             paper.days_of(stack.lines("/api/v1/exports/outage-days.ndjson")))
            golden = subprocess.run([str(paper.PAPER.parents[1] / "tools/check-golden"), stack.address],
                                    capture_output=True, text=True, timeout=300)
            self.assertEqual(0, golden.returncode, golden.stdout[-4000:] + golden.stderr)


@unittest.skipUnless(paper.PAPER.exists(), "the paper's data is not here")
class PaperGoldenTest(unittest.TestCase):
    def test_after_collecting_the_pages_every_analysis_equals_its_golden_file(self) -> None:
        with Stack("--pages", str(paper.PAGES)) as stack:
            stack.await_collected(paper.INCIDENTS, paper.DAYS)
            golden = subprocess.run([str(paper.PAPER.parents[1] / "tools/check-golden"), stack.address],
                                    capture_output=True, text=True, timeout=300)
        self.assertEqual(0, golden.returncode, golden.stdout[-4000:] + golden.stderr)
        self.assertIn(", 0 failed", golden.stdout)


class RoundTripTest(unittest.TestCase):
    def test_an_export_imported_into_an_empty_system_gives_the_same_incidents(self) -> None:
        self.maxDiff = None
        expected = json.loads((OWN / "expected.json").read_text())
        catalog = ["--catalog", str(OWN / "catalog.yaml")]
        with Stack("--pages", str(OWN), *catalog) as stack:
            await_that(lambda: stack.total() >= len(expected) and stack.walked(), "the incidents", 180)
            stack.await_settled()
            incidents = stack.get_text("/api/v1/exports/incidents.ndjson?include=withdrawn")
            days = stack.get_text("/api/v1/exports/outage-days.ndjson")
        before = content([json.loads(line) for line in incidents.splitlines()])
        self.assertGreaterEqual(len(before), len(expected))
        with Stack("--offline", *catalog) as stack:
            (stack.var / "incidents.ndjson").write_text(incidents)
            (stack.var / "days.ndjson").write_text(days)
            out = run_import(stack, str(stack.var / "incidents.ndjson"), str(stack.var / "days.ndjson"))
            self.assertEqual(0, out.returncode, out.stdout + out.stderr)
            await_that(lambda: stack.total() >= len(before), "the imported incidents")
            stack.await_settled()
            after = content(stack.lines("/api/v1/exports/incidents.ndjson?include=withdrawn"))
            self.assertEqual(before, after)
            # Of a calendar day it is kept that a file told of it, until a page does.
            self.assertEqual(paper.days_of([json.loads(line) for line in days.splitlines()]),
                             paper.days_of(stack.lines("/api/v1/exports/outage-days.ndjson")))

    def test_a_bad_file_is_refused_whole_and_a_stranger_is_refused_at_the_door(self) -> None:
        with Stack("--offline", "--catalog", str(OWN / "catalog.yaml")) as stack:
            with self.assertRaises(urllib.error.HTTPError) as refused:
                stack.post("/api/v1/imports?format=fails-incidents", b"no,such,columns\n1,2,3\n", "text/csv")
            self.assertEqual(400, refused.exception.code)
            problem = json.load(refused.exception)
            self.assertIn("incident_id", problem["detail"])
            self.assertEqual(0, stack.total())
            (stack.var / "data" / "admin.key").write_text("not the key")
            with self.assertRaises(urllib.error.HTTPError) as refused:
                stack.post("/api/v1/imports?format=ndjson", b"{}\n", "application/x-ndjson")
            self.assertEqual(401, refused.exception.code)


if __name__ == "__main__":
    unittest.main()
