# SPDX-License-Identifier: Apache-2.0
"""The folder with all data of a run: whose it is, that only one run uses it, and what may be deleted in it."""

import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from .errors import RunError, UsageError

LOCK = "fails.lock"  # marks the folder as ours and is locked while a run uses it; holds that run's pid and address
_KIND = "kind"


def write_text(path: Path, text: str, mode: int = 0o644) -> None:
    """Replaces a file in one step: a reader sees the old text or the new, never a part."""
    scratch = path.with_name(f".{path.name}.new")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
    os.chmod(scratch, mode)
    os.replace(scratch, path)


def write_json(path: Path, value: Any) -> None:
    """write_text() of an indented JSON document."""
    write_text(path, json.dumps(value, indent=2) + "\n")


def check(path: Path) -> None:
    """Whether the folder can be used now, without touching it.

    UsageError when it is not one of ours (missing, empty or holding our lock file is fine); RunError when a live run
    has it.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(f"--var {path}: not a folder")
    if not path.is_dir():
        return
    if not (path / LOCK).exists():
        if any(path.iterdir()):
            raise UsageError(f"--var {path}: holds files but is no data folder of FAILS (no {LOCK}); choose another")
        return
    with (path / LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _in_use(path) from None


def check_kind(path: Path, kind: str) -> None:
    """Keeps invented and real incidents apart: RunError when the folder's first run was of another kind."""
    file = path / _KIND
    held = file.read_text().strip() if file.exists() else kind
    if held != kind:
        raise RunError(
            f"{path} holds {held} data, which must not mix with {kind} data; "
            "delete it with --clean, or choose another --var"
        )


def _in_use(path: Path) -> RunError:
    owner = (path / LOCK).read_text().strip() or "starting up"
    return RunError(f"{path} is in use by a live run ({owner}); stop it, or choose another --var")


class VarDir:
    """A locked data folder. The lock is the kernel's and ends with this process, however it ends."""

    def __init__(self, path: Path) -> None:
        """Makes or opens the folder and locks it; errors as check()."""
        check(path)
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise RunError(f"--var {path}: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise _in_use(path) from None

    def announce(self, address: str) -> None:
        """Writes who uses the folder into the lock file, for the next one who asks."""
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"pid {os.getpid()}, {address}\n".encode(), 0)

    def clean(self) -> None:
        """Deletes everything in the folder but the lock."""
        for entry in self.path.iterdir():
            if entry.name == LOCK:
                continue
            if entry.is_symlink():
                target = entry.resolve()
                entry.unlink()
                if target.is_dir():  # a cluster that had to live elsewhere: postgres.py
                    shutil.rmtree(target)
            elif entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def claim_kind(self, kind: str) -> None:
        """check_kind(), and writes the kind down for later runs."""
        check_kind(self.path, kind)
        write_text(self.path / _KIND, kind + "\n")

    def folder(self, name: str) -> Path:
        """A folder inside, made when missing."""
        path = self.path / name
        path.mkdir(exist_ok=True)
        return path

    def secret(self, name: str) -> Path:
        """A file with a random secret that only this user reads, made at first use."""
        path = self.path / name
        if not path.exists() or not path.read_text().strip():
            # A leading letter: nats-server would read a value of digits alone as a number.
            write_text(path, "k" + secrets.token_hex(24) + "\n", mode=0o600)
        return path

    def close(self) -> None:
        """Gives the folder up."""
        os.ftruncate(self._lock, 0)
        os.close(self._lock)
