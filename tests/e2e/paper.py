# SPDX-License-Identifier: Apache-2.0
"""The data of the ICPE'25 study, where it is, in the words of our API."""
from __future__ import annotations

import csv
from typing import Any

from stack import SHARED

PAPER = SHARED / "data" / "icpe25"
PAGES = PAPER / "pages"
INCIDENTS_CSV = PAPER / "clean/incident_stages.csv"
OUTAGES_CSV = PAPER / "clean/outage_unexploded.csv"
INCIDENTS, DAYS = 542, 5243

IMPACTS = ["none", "minor", "major", "critical", "maintenance"]
STAGES = ["investigating", "identified", "monitoring", "resolved", "postmortem"]
_INCIDENT_COLUMNS = {
    "Playground": "openai/playground", "API": "openai/api", "Labs": "openai/dall-e", "ChatGPT": "openai/chatgpt",
    "api.anthropic.com": "anthropic/api", "claude.ai": "anthropic/claude",
    "console.anthropic.com": "anthropic/console", "Character.AI": "character-ai/character-ai"}
_CALENDARS = {
    "playground": "openai/playground", "api": "openai/api", "labs": "openai/dall-e", "chatgpt": "openai/chatgpt",
    "api.anthropic.com": "anthropic/api", "claude.ai": "anthropic/claude",
    "console.anthropic.com": "anthropic/console", "character.ai": "character-ai/character-ai"}


def rfc3339(text: str) -> str:
    """2024-02-26 17:09:00+00:00 -> 2024-02-26T17:09:00Z"""
    assert text.endswith("+00:00"), text
    return text.removesuffix("+00:00").replace(" ", "T") + "Z"


def expected_incidents() -> dict[str, dict[str, Any]]:
    """Of each incident what the authors' cleaned table says, by our id."""
    found = {}
    with open(INCIDENTS_CSV, newline="") as file:
        for row in csv.DictReader(file):
            provider = {"character": "character-ai"}.get(row["provider"], row["provider"])
            stages = {s: rfc3339(row[f"{s}_timestamp"]) for s in STAGES if row[f"{s}_flag"] == "1"}
            found[f"{provider}/{row['incident_id']}"] = {
                "provider": provider, "title": row["Incident_Title"].strip(),
                "impact": IMPACTS[int(row["incident_impact_level"])],
                "services": sorted(s for column, s in _INCIDENT_COLUMNS.items() if row[column] == "1"),
                "stages": stages, "started_at": rfc3339(row["start_timestamp"]),
                "closed_at": rfc3339(row["close_timestamp"]) if "resolved" in stages else None}
    return found


def expected_days() -> dict[tuple[str, str], tuple[int, int]]:
    """Partial and major outage seconds by service and date."""
    with open(OUTAGES_CSV, newline="") as file:
        return {(_CALENDARS[row["Service"]], row["Date"]):
                (60 * int(row["partial_outage_minutes"]), 60 * int(row["major_outage_minutes"]))
                for row in csv.DictReader(file)}


def pick(incident: dict[str, Any]) -> dict[str, Any]:
    """The part of an incident that expected_incidents() speaks of."""
    return {key: incident.get(key) for key in
            ("provider", "title", "impact", "services", "stages", "started_at", "closed_at")}


def days_of(lines: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[int, int]]:
    """An export of outage days in the form of expected_days()."""
    return {(d["service"], d["date"]): (d["partial_seconds"], d["major_seconds"]) for d in lines}
