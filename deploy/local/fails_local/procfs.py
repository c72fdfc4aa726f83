# SPDX-License-Identifier: Apache-2.0
"""What /proc tells of a process, so that a pid is never mistaken for the process that once had it."""

from pathlib import Path


def start_time(pid: int, proc: Path = Path("/proc")) -> int | None:
    """The start of a live process in clock ticks since boot; None when there is none (or only its zombie)."""
    try:
        stat = (proc / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat[stat.rindex(")") + 2 :].split()  # the name before may hold spaces and brackets
    return None if fields[0] in ("Z", "X") else int(fields[19])
