# SPDX-License-Identifier: Apache-2.0
"""How long to wait before something that died is started again."""

from dataclasses import dataclass


@dataclass
class Backoff:
    """0.2 s, doubling to 10 s; from the start again once a life has lasted 30 s. Pure: times are given in seconds."""

    first: float = 0.2
    longest: float = 10.0
    settled: float = 30.0
    _next: float = 0.0

    def after_death(self, lifetime: float) -> float:
        """Seconds to wait after a life of `lifetime` seconds."""
        if lifetime >= self.settled or self._next == 0.0:
            self._next = self.first
        wait = self._next
        self._next = min(self._next * 2, self.longest)
        return wait
