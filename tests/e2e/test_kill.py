# SPDX-License-Identifier: Apache-2.0
"""kill -9 of anything, at any moment of a collection: all comes back, and the end is that of an undisturbed run.

FAILS_KILL_ROUNDS: how many collections are disturbed (3). FAILS_KILL_SEED: what the moments are drawn from.
"""
from __future__ import annotations

import contextlib
import json
import os
import random
import time
import unittest
import urllib.request
from collections import Counter

import paper
from stack import PROCESSES, ROOT, Stack, await_that

OWN = ROOT / "tests/e2e/pages"
VICTIMS = [*PROCESSES, "nats", "postgres"]
STATES = {
    "incidents": """
SELECT i.id, i.title, regexp_replace(i.url, '^http://[^/]*', ''), i.impact, i.status, i.services, i.flags, i.investigating_at, i.identified_at,
       i.monitoring_at, i.resolved_stage_at, i.postmortem_at, i.started_at, i.closed_at, i.ongoing, i.revision,
       (SELECT string_agg(concat_ws('|', u.position, u.status, u.at, md5(u.body)), ';' ORDER BY u.position)
        FROM incidents.v1_incident_update u WHERE u.incident_id = i.id)
FROM incidents.v1_incident i ORDER BY i.id""",
    "outage days": """
SELECT service, date, page, partial_seconds, major_seconds FROM incidents.v1_outage_day ORDER BY service, date""",
    "service states": "SELECT service, status, page FROM incidents.v1_service_status ORDER BY service",
}


class Recording:
    """Pages that do not change, and what a collection of them comes to."""

    def __init__(self) -> None:
        if paper.PAPER.exists():
            self.arguments = ["--pages", str(paper.PAGES)]
            self.hosts = sorted(path.name for path in paper.PAGES.iterdir())
            self.incidents, self.days = paper.INCIDENTS, paper.DAYS
        else:
            self.arguments = ["--pages", str(OWN), "--catalog", str(OWN / "catalog.yaml")]
            self.hosts = sorted(path.name for path in OWN.iterdir() if path.is_dir())
            self.incidents, self.days = len(json.loads((OWN / "expected.json").read_text())), 0

    def await_collected(self, stack: Stack) -> None:
        await_that(stack.ready, "every process to be ready", 180)
        stack.await_collected(self.incidents, self.days)


def state(stack: Stack) -> dict[str, list[list[str]]]:
    return {name: stack.sql(query) for name, query in STATES.items()}


def started(stack: Stack) -> set[str]:
    with contextlib.suppress(OSError, ValueError, KeyError):
        return {name for name, thing in stack.things().items() if thing.get("pid")}
    return set()


def announced(stack: Stack) -> int:
    """Messages in the stream of events."""
    url = f"http://{stack.things()['nats']['monitor']}/jsz?streams=true"
    with urllib.request.urlopen(url, timeout=10) as answer:
        streams = json.load(answer)["account_details"][0]["stream_detail"]
    return int(next(s["state"]["messages"] for s in streams if s["name"] == "FAILS_EVENTS"))


class KillTest(unittest.TestCase):
    recording = Recording()

    def assert_announced_once(self, stack: Stack) -> None:
        ids = [row[0] for row in stack.sql("SELECT payload::json->>'id' FROM incidents.outbox")]
        self.assertEqual([], [i for i, n in Counter(ids).items() if n > 1])
        await_that(lambda: stack.sql("SELECT count(*) FROM incidents.outbox WHERE published_at IS NULL") == [["0"]],
                   "the outbox to be empty")
        self.assertEqual(len(ids), announced(stack))
        # Every revision that an incident went through was announced, not only the last.
        rows = stack.sql("SELECT id, revision FROM incidents.v1_incident")
        revisions = {f"{row[0]}:{n}" for row in rows for n in range(1, int(row[1]) + 1)}
        self.assertEqual(set(), revisions - set(ids))

    def undisturbed(self) -> dict[str, list[list[str]]]:
        with Stack(*self.recording.arguments) as stack:
            self.recording.await_collected(stack)
            return state(stack)

    def test_killed_at_random_moments_the_end_is_the_same(self) -> None:
        rounds = int(os.environ.get("FAILS_KILL_ROUNDS", "3"))
        seed = int(os.environ.get("FAILS_KILL_SEED", "20261122"))
        expected = self.undisturbed()
        for number in range(rounds):
            chance = random.Random(seed + number)
            with self.subTest(round=number, seed=seed + number):
                stack = Stack(*self.recording.arguments)
                try:
                    stack.start(wait=False)
                    await_that(lambda: set(VICTIMS) <= started(stack), "every process to be started")
                    for host in self.recording.hosts:  # a collection long enough to die in
                        stack.control("POST", "/faults", {"host": host, "kind": "slow", "delay_ms": 20})
                    for victim in chance.choices(VICTIMS, k=4):
                        time.sleep(chance.uniform(0, 1.5))  # the moment is what is random here
                        stack.kill(victim)
                    stack.control("DELETE", "/faults")
                    self.recording.await_collected(stack)
                    got = state(stack)
                    for name, rows in expected.items():
                        self.assertEqual(rows, got[name], name)
                    self.assert_announced_once(stack)
                except BaseException:
                    stack.show_logs()
                    raise
                finally:
                    stack.__exit__(None, None, None)
                print(f"round {number + 1} of {rounds}: same end", flush=True)

    def test_each_victim_in_turn_and_at_rest(self) -> None:
        expected = self.undisturbed()
        victims = list(VICTIMS)
        random.Random(20261122).shuffle(victims)
        with Stack(*self.recording.arguments) as stack:
            for victim in victims:
                stack.kill(victim)
            self.recording.await_collected(stack)
            for victim in victims:
                stack.kill(victim)
            self.recording.await_collected(stack)
            self.assertEqual(expected, state(stack))
            self.assert_announced_once(stack)

    def test_a_second_run_continues_with_its_data(self) -> None:
        with Stack(*self.recording.arguments) as stack:
            self.recording.await_collected(stack)
            before = state(stack)
            self.assertEqual(0, stack.stop())
            stack.start()
            self.recording.await_collected(stack)
            self.assertEqual(before, state(stack))


if __name__ == "__main__":
    unittest.main()
