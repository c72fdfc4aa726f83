# SPDX-License-Identifier: Apache-2.0
"""The private PostgreSQL cluster: made once, started on a socket in a private folder and on a port of 127.0.0.1."""

import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Callable, Mapping
from urllib.parse import quote

from . import probe, tools
from .errors import RunError, ToolError
from .thing import Step, Thing
from .vardir import VarDir

ROLES = ("fails_owner", "fails_normalizer", "fails_reader")
_SOCKET_LIMIT = 107 - len("/.s.PGSQL.65535")  # of sockaddr_un
_NO_PID = "2147483646"  # above every kernel's pid_max


def newest_bin(root: Path, existing_version: str | None) -> Path:
    """The folder with initdb: of the version that the data have, else the newest installed."""
    found = {path.parent.parent.name: path.parent for path in root.glob("*/bin/initdb")}
    if existing_version is not None:
        if existing_version not in found:
            raise RunError(
                f"the data are of PostgreSQL {existing_version}, which is not installed (--clean deletes them)"
            )
        return found[existing_version]
    if not found:
        raise RunError(f"no PostgreSQL server found under {root}")
    return found[max(found, key=lambda version: [int(part) for part in re.findall(r"\d+", version)])]


def defuse_pid_file(text: str, is_postmaster: Callable[[int], bool]) -> str | None:
    """A postmaster.pid whose pid now belongs to another program, rewritten so that PostgreSQL sees it as stale.

    None when it can stay: PostgreSQL itself copes with a pid that is gone. The other lines stay in any case, they let
    it find backends of the dead server that still hold the shared memory.
    """
    pid, _, rest = text.partition("\n")
    if not pid.strip().isdigit() or not os.path.exists(f"/proc/{pid.strip()}") or is_postmaster(int(pid)):
        return None
    return f"{_NO_PID}\n{rest}"


class Cluster:
    """Paths, addresses and the set-up of the cluster in a data folder."""

    def __init__(self, var: VarDir, port: int, source: Path, dbmate: Path, env: Mapping[str, str]) -> None:
        self._env = dict(env)
        self._source = source
        self._dbmate = dbmate
        self._user = "postgres" if os.geteuid() == 0 else None  # initdb and postgres refuse root
        self.port = port
        base = self._home(var)
        self._data = base / "data"
        self.socket_dir = base / "run"
        if len(str(self.socket_dir)) > _SOCKET_LIMIT:
            self.socket_dir = Path("/tmp") / f"fails-{_short_hash(base)}"
        version = self._data / "PG_VERSION"
        self._bin = newest_bin(Path("/usr/lib/postgresql"), version.read_text().strip() if version.exists() else None)
        self._password_file = var.secret("postgres.password")

    def _home(self, var: VarDir) -> Path:
        """<var>/postgres; for root whose checkout user postgres cannot reach, a folder under /var/lib behind a link."""
        link = var.path / "postgres"
        if link.is_symlink() and not link.exists():  # its target was deleted by hand
            link.unlink()
        if self._user is None or link.is_symlink():
            link.mkdir(mode=0o700, exist_ok=True)
            return link.resolve()
        reachable = subprocess.run(["test", "-x", str(var.path)], **tools.user_arguments(self._user), check=False)
        if reachable.returncode == 0:
            home = link
            home.mkdir(mode=0o700, exist_ok=True)
        else:
            home = Path("/var/lib/fails") / _short_hash(var.path)
            if home.exists():  # of a data folder that was deleted by hand
                shutil.rmtree(home)
            home.mkdir(parents=True, mode=0o700)
            link.symlink_to(home)
        _give(home, self._user)
        return home

    def url(self, role: str) -> str:
        """A libpq URI over the socket."""
        return f"postgresql://{role}@/fails?host={quote(str(self.socket_dir))}&port={self.port}"

    def migration_url(self) -> str:
        """The same for dbmate."""
        return f"postgres://fails_owner@/fails?socket={quote(str(self.socket_dir))}&port={self.port}&sslmode=disable"

    def thing(self) -> Thing:
        """The server."""
        return Thing(
            name="postgres",
            argv=[
                str(self._bin / "postgres"),
                "-D",
                str(self._data),
                "-p",
                str(self.port),
                "-k",
                str(self.socket_dir),
                "-h",
                "127.0.0.1",
            ],  # fmt: skip
            env=self._env,
            ready=lambda: probe.postgres_ready(self._bin / "pg_isready", self.socket_dir, self.port, self._env),
            prepare=self._prepare,
            user=self._user,
            stop_signal=signal.SIGINT,  # fast shutdown: clients are sent away, nothing is lost
            stop_seconds=60.0,  # a checkpoint on a slow disk
            facts={
                "port": self.port,
                "socket_dir": str(self.socket_dir),
                "url": self.url("fails_reader"),
                "urls": {role: self.url(role) for role in ROLES},
                "password_file": str(self._password_file),
            },
            shown=f"127.0.0.1:{self.port}, socket in {self.socket_dir}",
        )

    def schema_step(self) -> Step:
        """Roles, database, migrations."""
        return Step(name="schema", after="postgres", work=self._migrate)

    async def _prepare(self) -> None:
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        _give(self.socket_dir, self._user)
        if not (self._data / "PG_VERSION").exists():
            scratch = self._data.with_name("data.new")
            if scratch.exists():  # an initdb that was killed
                shutil.rmtree(scratch)
            argv = [
                str(self._bin / "initdb"), "-D", str(scratch), "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8",
                "--auth-local=trust", "--auth-host=scram-sha-256", "--data-checksums",
            ]  # fmt: skip
            await tools.run(argv, self._env, user=self._user)
            scratch.rename(self._data)
        pid_file = self._data / "postmaster.pid"
        if pid_file.exists():
            stale = defuse_pid_file(pid_file.read_text(), self._is_our_postmaster)
            if stale is not None:
                pid_file.write_text(stale)

    def _is_our_postmaster(self, pid: int) -> bool:
        try:
            return Path(os.readlink(f"/proc/{pid}/cwd")) == self._data
        except OSError:
            return False  # gone, or another user's: not ours in any case

    async def _migrate(self) -> str:
        password = self._password_file.read_text().strip()
        env = {
            **self._env,
            "PGHOST": str(self.socket_dir),
            "PGPORT": str(self.port),
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
            **{f"{role.upper()}_PASSWORD": password for role in ROLES},  # for TCP; the socket needs none
        }
        sql = self._source / "deploy" / "postgres"
        await tools.run(
            [
                str(self._bin / "psql"),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-f",
                str(sql / "roles.sql"),
                "-f",
                str(sql / "setup.sql"),
            ],
            env,
        )
        if not self._dbmate.exists():
            raise ToolError(f"{self._dbmate} is missing (./run without --no-build installs it)")
        migrations = self._source / "services" / "normalizer" / "migrations"
        dbmate = [str(self._dbmate), "--no-dump-schema", "--migrations-dir", str(migrations)]
        dbmate += ["--migrations-table", "incidents_migrations", "--url", self.migration_url()]
        output = await tools.run([*dbmate, "up"], self._env)
        applied = len(re.findall(r"^Applied: ", output, re.MULTILINE))
        return f"{applied} migration{'' if applied == 1 else 's'} applied" if applied else "up to date"


def _give(path: Path, user: str | None) -> None:
    if user is not None:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]
