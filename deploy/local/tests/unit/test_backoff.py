# SPDX-License-Identifier: Apache-2.0
"""Back-off of something that keeps dying."""

import unittest

from fails_local.backoff import Backoff


class BackoffTest(unittest.TestCase):
    def test_doubles_up_to_the_longest(self) -> None:
        backoff = Backoff()
        waits = [backoff.after_death(0.1) for _ in range(8)]
        self.assertEqual(waits, [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0])

    def test_a_long_life_starts_it_again(self) -> None:
        backoff = Backoff()
        for _ in range(5):
            backoff.after_death(1.0)
        self.assertEqual(backoff.after_death(30.0), 0.2)
        self.assertEqual(backoff.after_death(29.9), 0.4)
