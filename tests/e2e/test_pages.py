# SPDX-License-Identifier: Apache-2.0
"""What is collected equals what the pages say, field by field."""
import csv
import json
import pathlib
import unittest

from stack import ROOT, SHARED, Stack, await_that

PAPER = SHARED / "data" / "icpe25"
COLUMNS = {"Playground": "openai/playground", "API": "openai/api", "Labs": "openai/dall-e",
           "ChatGPT": "openai/chatgpt", "api.anthropic.com": "anthropic/api", "claude.ai": "anthropic/claude",
           "console.anthropic.com": "anthropic/console", "Character.AI": "character-ai/character-ai"}
IMPACTS = ["none", "minor", "major", "critical", "maintenance"]
STAGES = ["investigating", "identified", "monitoring", "resolved", "postmortem"]


def rfc3339(text: str) -> str:
    """2024-02-26 17:09:00+00:00 -> 2024-02-26T17:09:00Z"""
    assert text.endswith("+00:00"), text
    return text.removesuffix("+00:00").replace(" ", "T") + "Z"


def newest(host: str) -> set[str]:
    page = json.loads((PAPER / "pages" / host / "site/api/v2/incidents.json").read_text())
    return {incident["id"] for incident in page["incidents"]}


@unittest.skipUnless(PAPER.exists(), "the paper's data is not here")
class PaperPagesTest(unittest.TestCase):
    """The pages of August 2024 against the table that the paper's authors cleaned by hand."""

    def test_the_newest_fifty_of_each_page_equal_the_clean_table(self) -> None:
        hosts = {"openai": "status.openai.com", "anthropic": "status.anthropic.com",
                 "character-ai": "status.character.ai"}
        wanted = {provider: newest(host) for provider, host in hosts.items()}
        self.assertEqual([50, 50, 36], [len(ids) for ids in wanted.values()])
        with open(PAPER / "clean/incident_stages.csv", newline="") as file:
            rows = {row["incident_id"]: row for row in csv.DictReader(file)}
        with Stack("--pages", str(PAPER / "pages")) as stack:
            await_that(lambda: stack.total() >= 136, "136 incidents", 180)
            incidents = stack.incidents()
        self.assertEqual(136, len(incidents))
        for incident in incidents:
            with self.subTest(incident["id"]):
                self.assertIn(incident["native_id"], wanted[incident["provider"]])
                row = rows[incident["native_id"]]
                self.assertEqual(IMPACTS[int(row["incident_impact_level"])], incident["impact"])
                self.assertEqual(sorted(s for c, s in COLUMNS.items() if row[c] == "1"), incident["services"])
                stages = {s: rfc3339(row[f"{s}_timestamp"]) for s in STAGES if row[f"{s}_flag"] == "1"}
                self.assertEqual(stages, incident["stages"])
                self.assertEqual(rfc3339(row["start_timestamp"]), incident["started_at"])
                if "resolved" in stages:
                    self.assertEqual(rfc3339(row["close_timestamp"]), incident["closed_at"])
                self.assertEqual(row["Incident_Title"].strip(), incident["title"])
                self.assertEqual(1, incident["revision"])


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
