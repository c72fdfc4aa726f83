#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The second half of ./run, which built everything before: locks the data folder, starts, supervises, stops."""

import asyncio
import sys
from pathlib import Path

from fails_local import leftovers, options, suite, tools, vardir
from fails_local.errors import RunError
from fails_local.ports import PortBook, require_free
from fails_local.supervisor import Supervisor
from fails_local.terminal import Terminal
from fails_local.vardir import VarDir

_SOURCE = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """The exit status: 0 after a signal, 1 when the run cannot start, 2 for wrong arguments."""
    given = options.parse(arguments, _SOURCE)
    if given.check:
        return check(given)
    var = VarDir(given.var)
    run_file = var.path / "run.json"
    for name in leftovers.end(run_file):
        print(f"./run: {name} of a run that was killed had to be ended first", flush=True)
    run_file.unlink(missing_ok=True)
    if given.clean:
        var.clean()
    var.claim_kind(given.kind)

    ports = PortBook(var.path / "ports.json")
    logs = var.folder("log")
    whole = suite.build(given, var, ports)
    var.announce(whole.address)
    supervisor = Supervisor(
        whole.things,
        whole.steps,
        terminal=Terminal(logs / "run.log"),
        log_dir=logs,
        run_file=run_file,
        address=whole.address,
        facts=whole.facts,
    )
    tools.use_pidfd_watcher()
    asyncio.run(supervisor.run())
    ports.close()
    var.close()
    return 0


def check(given: options.Options) -> int:
    """Says what stands in the way of a run before ./run builds for it: 0, or the errors of main()."""
    vardir.check(given.var)
    if not given.clean:
        vardir.check_kind(given.var, given.kind)
    if given.port != 0:
        require_free(given.port, given.host)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except RunError as error:
        print(f"./run: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
