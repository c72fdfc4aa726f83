# SPDX-License-Identifier: Apache-2.0
"""What ./run passes on: its own arguments, checked, with defaults filled in."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Sequence

from .errors import UsageError


@dataclass(frozen=True)
class Options:
    """One run."""

    source: Path  # the checkout
    bin_dir: Path
    var: Path
    host: str
    port: int  # 0: a free one, remembered
    catalog: Path
    demo: bool
    pages: Path | None
    offline: bool
    clean: bool
    seed: int | None
    speed: float | None
    quiet_demo: bool
    check: bool  # say what stands in the way, start nothing

    @property
    def kind(self) -> str:
        """Of the data that this run collects; kinds never mix."""
        return "invented demo" if self.demo else "real"

    @property
    def simulated(self) -> bool:
        """Whether the stand-in for the providers serves the pages."""
        return self.demo or self.pages is not None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0 to 65535)")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.01 <= speed <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no factor from 0.01 to 100")
    return speed


def parse(arguments: Sequence[str], source: Path) -> Options:
    """UsageError with a sentence for whatever does not fit."""
    parser = _Parser(prog="./run", add_help=False, allow_abbrev=False)
    parser.add_argument("--bin-dir", type=Path, required=True)
    parser.add_argument("--var", type=Path, default=source / "var")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8080)
    parser.add_argument("--catalog", type=Path)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--seed", type=_seed)
    parser.add_argument("--speed", type=_speed)
    parser.add_argument("--quiet-demo", action="store_true")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args(arguments)

    if given.demo and given.pages is not None:
        raise UsageError("--demo and --pages exclude each other")
    if not given.demo and (given.seed is not None or given.speed is not None or given.quiet_demo):
        raise UsageError("--seed, --speed and --quiet-demo belong to --demo")
    if given.pages is not None and not given.pages.is_dir():
        raise UsageError(f"--pages {given.pages}: no such folder")
    if given.catalog is not None and not given.catalog.is_file():
        raise UsageError(f"--catalog {given.catalog}: no such file")

    if given.demo:
        catalog = source / "tests/simulator/catalog-demo.yaml"
    elif given.pages is not None:
        catalog = source / "tests/simulator/catalog-2024.yaml"
    else:
        catalog = source / "deploy/catalog/providers.yaml"
    return Options(
        source=source,
        bin_dir=given.bin_dir.resolve(),
        var=given.var.resolve(),
        host=given.host,
        port=given.port,
        catalog=(given.catalog or catalog).resolve(),
        demo=given.demo,
        pages=given.pages.resolve() if given.pages is not None else None,
        offline=given.offline,
        clean=given.clean,
        seed=given.seed,
        speed=given.speed,
        quiet_demo=given.quiet_demo,
        check=given.check,
    )
