# SPDX-License-Identifier: Apache-2.0
"""Helper programs that run to their end: initdb, psql, dbmate, pg_isready."""

import asyncio
import ctypes
import os
import signal
import sys
from typing import Any, Callable, Mapping, Sequence

from .errors import ToolError

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sign: int) -> Callable[[], None]:
    """For preexec_fn: the kernel sends `sign` to the child when this process dies, even by kill -9.

    Runs after the change of user, which would clear the setting.
    """
    parent = os.getpid()

    def ask() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:  # died in between
            os.kill(os.getpid(), signal.SIGKILL)

    return ask


def user_arguments(user: str | None) -> dict[str, Any]:
    """Arguments for subprocess that drop root for `user`; none for None."""
    return {} if user is None else {"user": user, "group": user, "extra_groups": []}


async def status_of(
    argv: Sequence[str], env: Mapping[str, str], *, user: str | None = None, stdin: str = ""
) -> tuple[int, str]:
    """Runs a helper; its exit status and what it wrote to both outputs. Cancelling kills it."""
    child = await asyncio.create_subprocess_exec(
        *argv,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=dict(env),
        cwd="/",
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGKILL),
        **user_arguments(user),
    )
    try:
        output, _ = await child.communicate(stdin.encode())
    except asyncio.CancelledError:
        child.kill()
        await child.wait()
        raise
    return child.returncode or 0, output.decode(errors="replace")


async def run(argv: Sequence[str], env: Mapping[str, str], *, user: str | None = None, stdin: str = "") -> str:
    """status_of() for a helper that must succeed: ToolError with its last lines when it does not."""
    status, output = await status_of(argv, env, user=user, stdin=stdin)
    if status != 0:
        last = " | ".join(line.strip() for line in output.strip().splitlines()[-4:])
        raise ToolError(f"{os.path.basename(argv[0])} ended with status {status}: {last}")
    return output


def use_pidfd_watcher() -> None:
    """Waits for children without a thread each (Python 3.12 does so by itself)."""
    if sys.version_info >= (3, 12):
        return
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return  # an old kernel or a sandbox: the default watcher works everywhere
    asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
