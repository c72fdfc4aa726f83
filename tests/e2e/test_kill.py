# SPDX-License-Identifier: Apache-2.0
"""kill -9 of anything during collection: all comes back, and the database equals that of an undisturbed run."""
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


def pages() -> tuple[list[str], int]:
    if PAPER_PAGES.exists():
        return ["--pages", str(PAPER_PAGES)], 136
    own = ROOT / "tests/e2e/pages"
    return ["--pages", str(own), "--catalog", str(own / "catalog.yaml")], 5


class KillTest(unittest.TestCase):
    def assert_announced_once(self, stack: Stack) -> None:
        rows = stack.sql("SELECT payload::json->>'id' FROM incidents.outbox")
        repeated = [i for i, n in Counter(row[0] for row in rows).items() if n > 1]
        self.assertEqual([], repeated)
        await_that(lambda: stack.sql("SELECT count(*) FROM incidents.outbox WHERE published_at IS NULL") == [["0"]],
                   "the outbox to be empty")

    def test_every_victim_comes_back_and_the_state_is_the_same(self) -> None:
        arguments, total = pages()
        with Stack(*arguments) as stack:
            await_that(lambda: stack.total() >= total, "the undisturbed collection", 180)
            undisturbed = stack.sql(STATE)
        victims = [*PROCESSES, "nats", "postgres"]
        random.Random(20261122).shuffle(victims)
        with Stack(*arguments) as stack:
            for victim in victims:
                stack.kill(victim)
            await_that(stack.ready, "every process to be ready again", 180)
            await_that(lambda: stack.total() >= total, "the disturbed collection", 180)
            # Once more round, now at rest.
            for victim in victims:
                stack.kill(victim)
            await_that(stack.ready, "every process to be ready again", 180)
            self.assertEqual(undisturbed, stack.sql(STATE))
            self.assert_announced_once(stack)

    def test_a_second_run_continues_with_its_data(self) -> None:
        arguments, total = pages()
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
