# SPDX-License-Identifier: Apache-2.0
"""What a person sees: one line for each change in the life of a thing. Also kept in a file."""

import sys
import time
from pathlib import Path
from typing import TextIO

_COLOURS = {"ready": "32", "waits": "33", "died": "31", "failed": "31", "stopped": "2", "starts": "2"}


def last_lines(path: Path, count: int, window: int = 16384) -> list[str]:
    """The last lines of a file without reading all of it."""
    if not path.exists():
        return []
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - window))
        return stream.read().decode(errors="replace").splitlines()[-count:]


class Terminal:
    """Lines of the form "  1.4s  normalizer  ready". A terminal that went away stops nothing."""

    def __init__(self, log: Path, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._log = log.open("a")
        self._colour = out.isatty()
        self._began = time.monotonic()

    def line(self, name: str, state: str, text: str = "") -> None:
        """One change of one thing."""
        seconds = time.monotonic() - self._began
        shown = state.ljust(7)
        if self._colour and state in _COLOURS:
            shown = f"\033[{_COLOURS[state]}m{shown}\033[0m"
        self._write(f"{seconds:7.1f}s  {name:<11} {shown} {text}".rstrip())

    def detail(self, text: str) -> None:
        """A line below the one before it."""
        self._write(f"          | {text}")

    def banner(self, text: str, below: str) -> None:
        """The line that everything was for, and a quieter one."""
        self._write("")
        self._write(f"  \033[1;32m{text}\033[0m" if self._colour else f"  {text}")
        self._write(f"  {below}")
        self._write("")

    def _write(self, text: str) -> None:
        for stream in (self._out, self._log):
            try:
                print(text, file=stream, flush=True)
            except OSError:
                self._colour = False  # the terminal is gone or the disk full: no reason to stop what runs
