# SPDX-License-Identifier: Apache-2.0
"""kill -9 of anything during collection: all comes back, and the database equals that of an undisturbed run."""
import contextlib
import pathlib
import random
import unittest
from collections import Counter

from stack import PROCESSES, ROOT, SHARED, Stack, await_that

PAPER_PAGES = SHARED / "data/icpe25/pages"
STATE = """
SELECT i.id, i.title, i.url, i.impact, i.status, i.services, i.flags, i.investigating_at, i.identified_at,
       i.monitoring_at, i.resolved_stage_at, i.postmortem_at, i.started_at, i.closed_at, i.ongoing, i.revision,
       (SELECT string_agg(concat_ws('|', u.position, u.status, u.at, md5(u.body)), ';' ORDER BY u.position)
        FROM incidents.v1_incident_update u WHERE u.incident_id = i.id)
FROM incidents.v1_incident i ORDER BY i.id"""


def pages() -> tuple[list[str], list[str], int]:
    """Arguments of ./run, hosts, and how many incidents there are."""
    own = ROOT / "tests/e2e/pages"
    if PAPER_PAGES.exists():
        return ["--pages", str(PAPER_PAGES)], hosts_of(PAPER_PAGES), 136
    return ["--pages", str(own), "--catalog", str(own / "catalog.yaml")], hosts_of(own), 5


def hosts_of(folder: pathlib.Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def started(stack: Stack) -> set[str]:
    with contextlib.suppress(OSError, ValueError, KeyError):
        return {name for name, thing in stack.things().items() if thing.get("pid")}
    return set()


class KillTest(unittest.TestCase):
    def assert_announced_once(self, stack: Stack) -> None:
        rows = stack.sql("SELECT payload::json->>'id' FROM incidents.outbox")
        repeated = [i for i, n in Counter(row[0] for row in rows).items() if n > 1]
        self.assertEqual([], repeated)
        await_that(lambda: stack.sql("SELECT count(*) FROM incidents.outbox WHERE published_at IS NULL") == [["0"]],
                   "the outbox to be empty")

    def test_every_victim_comes_back_and_the_state_is_the_same(self) -> None:
        arguments, hosts, total = pages()
        with Stack(*arguments) as stack:
            await_that(lambda: stack.total() >= total, "the undisturbed collection", 180)
            undisturbed = stack.sql(STATE)
        victims = [*PROCESSES, "nats", "postgres"]
        random.Random(20261122).shuffle(victims)
        stack = Stack(*arguments)
        self.addCleanup(stack.__exit__, None, None, None)
        stack.start(wait=False)
        await_that(lambda: set(victims) <= started(stack), "every process to be started")
        for host in hosts:  # each answer takes its time, so that everybody dies in the middle of it
            stack.control("POST", "/faults", {"host": host, "kind": "slow", "delay_ms": 1500})
        for victim in victims:
            stack.kill(victim)
        stack.control("DELETE", "/faults")
        await_that(stack.ready, "every process to be ready again", 180)
        await_that(lambda: stack.total() >= total, "the disturbed collection", 180)
        # Once more round, now at rest.
        for victim in victims:
            stack.kill(victim)
        await_that(stack.ready, "every process to be ready again", 180)
        self.assertEqual(undisturbed, stack.sql(STATE))
        self.assert_announced_once(stack)

    def test_a_second_run_continues_with_its_data(self) -> None:
        arguments, _, total = pages()
        stack = Stack(*arguments)
        with stack:
            await_that(lambda: stack.total() >= total, "the collection", 180)
            before = stack.sql(STATE)
            self.assertEqual(0, stack.stop())
            stack.start()
            self.assertEqual(total, stack.total())
            self.assertEqual(before, stack.sql(STATE))


if __name__ == "__main__":
    unittest.main()
