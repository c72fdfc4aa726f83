# SPDX-License-Identifier: Apache-2.0
"""What is collected equals what the pages say, field by field, and collecting it again changes nothing."""
import json
import subprocess
import unittest
import urllib.parse
import urllib.request

import paper
from stack import BUILD_DIR, ROOT, Stack, await_that


@unittest.skipUnless(paper.PAPER.exists(), "the paper's data is not here")
class PaperPagesTest(unittest.TestCase):
    """The pages of August 2024 against the tables that the paper's authors cleaned by hand."""

    stack: Stack

    @classmethod
    def setUpClass(cls) -> None:
        cls.stack = Stack("--pages", str(paper.PAGES))
        cls.addClassCleanup(cls.stack.__exit__, None, None, None)
        cls.stack.start()
        cls.stack.await_collected(paper.INCIDENTS, paper.DAYS)

    def setUp(self) -> None:
        self.maxDiff = None

    def incidents(self) -> list[dict[str, object]]:
        return self.stack.lines("/api/v1/exports/incidents.ndjson")

    def days(self) -> list[dict[str, object]]:
        return self.stack.lines("/api/v1/exports/outage-days.ndjson")

    def test_all_incidents_equal_the_clean_table(self) -> None:
        expected = paper.expected_incidents()
        got = {str(i["id"]): i for i in self.incidents()}
        self.assertEqual(paper.INCIDENTS, len(expected))
        self.assertEqual(set(expected), set(got))
        for identifier, fields in expected.items():
            with self.subTest(identifier):
                self.assertEqual(fields, paper.pick(got[identifier]))
                self.assertEqual(1, got[identifier]["revision"])

    def test_all_service_days_equal_the_clean_table(self) -> None:
        expected = paper.expected_days()
        self.assertEqual(paper.DAYS, len(expected))
        self.assertEqual(expected, paper.days_of(self.days()))

    def test_a_second_full_collection_changes_nothing_and_announces_nothing(self) -> None:
        before = self.incidents(), self.days(), self.stack.sql("SELECT count(*) FROM incidents.outbox")
        read = self.documents()
        for page in self.stack.get("/api/v1/pages")["pages"]:
            self.stack.post(f"/api/v1/pages/{urllib.parse.quote(page['id'], safe='')}/backfill")
        # Every document of the walk is published once more, unless it is the very same message.
        await_that(lambda: self.documents() > read + paper.INCIDENTS, "the second walk to be under way")
        self.stack.await_collected(paper.INCIDENTS, paper.DAYS)
        after = self.incidents(), self.days(), self.stack.sql("SELECT count(*) FROM incidents.outbox")
        self.assertEqual(before, after)

    def test_a_replay_changes_nothing_and_announces_nothing(self) -> None:
        before = self.incidents(), self.days(), self.stack.sql("SELECT count(*) FROM incidents.outbox")
        out = subprocess.run([BUILD_DIR + "/bin/fails-admin", "replay"], capture_output=True, text=True, timeout=300,
                             env={"FAILS_NORMALIZER_ADDRESS": self.stack.things()["normalizer"]["grpc"]})
        self.assertEqual(0, out.returncode, out.stdout + out.stderr)
        self.stack.await_settled()
        after = self.incidents(), self.days(), self.stack.sql("SELECT count(*) FROM incidents.outbox")
        self.assertEqual(before, after)

    def test_in_a_real_browser(self) -> None:
        self.stack.browse()

    def documents(self) -> int:
        """How many documents the raw stream holds."""
        url = f"http://{self.stack.things()['nats']['monitor']}/jsz?streams=true"
        with urllib.request.urlopen(url, timeout=10) as answer:
            streams = json.load(answer)["account_details"][0]["stream_detail"]
        return next(s["state"]["messages"] for s in streams if s["name"] == "FAILS_RAW")


class OwnPagesTest(unittest.TestCase):
    """The same on two small pages of our own, so that the test means something everywhere."""

    def test_incidents_equal_the_expected_file(self) -> None:
        pages = ROOT / "tests/e2e/pages"
        expected = json.loads((pages / "expected.json").read_text())
        with Stack("--pages", str(pages), "--catalog", str(pages / "catalog.yaml")) as stack:
            await_that(lambda: stack.total() >= len(expected), "the incidents", 180)
            got = {incident["id"]: incident for incident in stack.incidents()}
            health = stack.get("/api/v1/pages")["pages"]
        self.assertEqual(set(expected), set(got))
        for identifier, fields in expected.items():
            with self.subTest(identifier):
                self.assertEqual(fields, {name: got[identifier].get(name) for name in fields})
        self.assertEqual({"ok"}, {page["health"]["state"] for page in health})


if __name__ == "__main__":
    unittest.main()
