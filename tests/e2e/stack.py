# SPDX-License-Identifier: Apache-2.0
"""The whole product, started by ./run in a folder of its own, for end-to-end tests.

with Stack("--pages", DIR) as stack: stack.get("/api/v1/incidents"); stack.kill("normalizer"); …
The build to test comes from FAILS_BUILD_DIR (set by ctest; build/dev without it).
"""
from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
BUILD_DIR = os.environ.get("FAILS_BUILD_DIR", str(ROOT / "build/dev"))
PROCESSES = ("scraper", "normalizer", "analytics", "insight", "gateway")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def await_that(condition: Callable[[], Any], what: str, timeout: float = 120) -> Any:
    """Looks until the condition holds and returns its value. The bound guards against hanging; it is no assertion."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout:.0f} s in vain for: {what}")
        time.sleep(0.05)


class Stack:
    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.var = pathlib.Path(tempfile.mkdtemp(prefix="fails-e2e-"))
        self.var.chmod(0o755)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Stack:
        self.start()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            self.stop()
        finally:
            if error is not None:
                self.show_logs()
            shutil.rmtree(self.var, ignore_errors=True)

    def start(self, wait: bool = True) -> None:
        command = [str(ROOT / "run"), "--no-build", "--build-dir", BUILD_DIR,
                   "--var", str(self.var / "data"), "--port", str(self.port), *self.arguments]
        self.log = open(self.var / "run.log", "ab")
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=self.log, stderr=subprocess.STDOUT,
                                        stdin=subprocess.DEVNULL, start_new_session=True)
        if wait:
            await_that(self.ready, "every process to be ready")

    def stop(self) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=180)  # PostgreSQL alone may take a minute for its checkpoint
        self.process = None
        self.log.close()
        return status

    def show_logs(self) -> None:
        for path in [self.var / "run.log", *sorted((self.var / "data" / "log").glob("*.log"))]:
            if path.exists():
                print(f"----- {path.name}", *path.read_text(errors="replace").splitlines()[-25:],
                      sep="\n", file=sys.stderr)

    def things(self) -> dict[str, dict[str, Any]]:
        return json.loads((self.var / "data" / "run.json").read_text())["things"]

    def ready(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            self.show_logs()
            raise AssertionError(f"./run ended with status {self.process.returncode}")
        with contextlib.suppress(OSError, ValueError, KeyError):
            things = self.things()
            return all(self._answers(f"http://{things[name]['admin']}/readyz") for name in PROCESSES)
        return False

    @staticmethod
    def _answers(url: str) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=30) as answer:
            return bool(answer.status == 200)
        return False

    def kill(self, name: str) -> None:
        """kill -9, and returns when ./run has started it again under another process id."""
        before = self.things()[name]["pid"]
        os.kill(before, signal.SIGKILL)

        def restarted() -> bool:
            with contextlib.suppress(OSError, ValueError, KeyError):
                return self.things()[name]["pid"] not in (None, before)
            return False

        await_that(restarted, f"{name} to be restarted")

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return json.load(answer)

    def get_text(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=120) as answer:
            return answer.read().decode()

    def lines(self, path: str) -> list[dict[str, Any]]:
        """An NDJSON export."""
        return [json.loads(line) for line in self.get_text(path).splitlines() if line]

    def post(self, path: str, body: bytes = b"", content_type: str = "application/json") -> Any:
        """With the administrator's key."""
        key = (self.var / "data" / "admin.key").read_text().strip()
        request = urllib.request.Request(self.address + path, data=body, method="POST", headers={
            "Content-Type": content_type, "Authorization": f"Bearer {key}"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def walked(self) -> bool:
        """Whether the history of every active page has been collected."""
        answer = self.try_get("/api/v1/pages")
        active = [p for p in answer["pages"] if p["status"] == "active"] if answer else []
        return bool(active) and all(
            p.get("health", {}).get("backfill", {}).get("state") == "done" for p in active)

    def outage_days(self) -> int:
        return int(self.sql("SELECT count(*) FROM incidents.v1_outage_day")[0][0])

    def await_collected(self, incidents: int, days: int, timeout: float = 300) -> None:
        """Until all history is fetched, read and in the snapshot that queries are answered from."""
        await_that(self.walked, "the history of every page", timeout)
        await_that(lambda: self.total() == incidents and self.outage_days() == days,
                   f"{incidents} incidents and {days} calendar days", timeout)
        self.await_settled()

    def await_settled(self) -> None:
        """Until no document waits, nothing is left to announce and the snapshot is that of the database."""
        await_that(lambda: self._consumer_is_idle(), "the raw stream to be read")
        await_that(lambda: self.sql("SELECT count(*) FROM incidents.outbox WHERE published_at IS NULL") == [["0"]],
                   "the outbox to be empty")

        def up_to_date() -> bool:
            version = int(self.sql("SELECT version FROM incidents.v1_data_version")[0][0])
            answer = self.try_get("/api/v1/analyses/impact-distribution")
            return bool(answer) and answer["data_version"] == version

        await_that(up_to_date, "the snapshot to be up to date")

    def _consumer_is_idle(self) -> bool:
        """Whether the normalizer has taken and acknowledged every document, as the NATS server sees it."""
        with contextlib.suppress(OSError, ValueError, KeyError):
            url = f"http://{self.things()['nats']['monitor']}/jsz?consumers=true"
            with urllib.request.urlopen(url, timeout=10) as answer:
                account = json.load(answer)["account_details"][0]
            consumers = [consumer for stream in account["stream_detail"] if stream["name"] == "FAILS_RAW"
                         for consumer in stream.get("consumer_detail", []) if consumer["name"] == "normalizer"]
            return bool(consumers) and all(c["num_pending"] + c["num_ack_pending"] == 0 for c in consumers)
        return False

    def try_get(self, path: str) -> Any:
        with contextlib.suppress(OSError, ValueError):
            return self.get(path)
        return None

    def incidents(self) -> list[dict[str, Any]]:
        """All of them with their updates, through the API's own paging."""
        found, cursor = [], ""
        while True:
            page = self.get(f"/api/v1/incidents?limit=100&cursor={cursor}")
            found += page["incidents"]
            cursor = page.get("next_cursor")
            if not cursor:
                return [self.get("/api/v1/incidents/" + i["id"].replace("/", "%2F")) for i in found]

    def total(self) -> int:
        page = self.try_get("/api/v1/incidents?limit=1")
        return page["total"] if page else -1

    def browse(self, *simulator: str) -> None:
        """The browser's suites against this stack; with the stand-in's address also those of live changes."""
        out = subprocess.run(["node", "run.mjs", self.address, *simulator], cwd=ROOT / "tests/e2e/browser",
                             capture_output=True, text=True, timeout=1200)
        if out.returncode != 0:
            lines = out.stdout.splitlines()
            failed = [n for n, line in enumerate(lines) if line.strip().startswith("not ok")]
            told = [line for n in failed for line in (f"--- line {n}", *lines[n:n + 25])]
            raise AssertionError("\n".join(told)[:12000] + out.stderr[-3000:])

    def sql(self, statement: str) -> list[list[str]]:
        out = subprocess.run(["psql", self.things()["postgres"]["urls"]["fails_owner"], "-X", "-A", "-t", "-F", "\x1f", "-R", "\x1e",
                              "-v", "ON_ERROR_STOP=1", "-c", statement], check=True, capture_output=True, text=True)
        text = out.stdout.strip("\n")
        return [row.split("\x1f") for row in text.split("\x1e")] if text else []

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The stand-in's control interface."""
        request = urllib.request.Request(
            self.things()["simulator"]["url"] + "/_control" + path, method=method,
            data=None if body is None else json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return json.loads(text) if text else None


def server_sent_events(url: str, last_event_id: str | None = None) -> Iterator[dict[str, str]]:
    """The events of an SSE stream; comments are skipped. Close the generator to drop the connection."""
    request = urllib.request.Request(url, headers={"Accept": "text/event-stream"})
    if last_event_id is not None:
        request.add_header("Last-Event-ID", last_event_id)
    with urllib.request.urlopen(request, timeout=60) as stream:
        event: dict[str, str] = {}
        for raw in stream:
            line = raw.decode().rstrip("\n").rstrip("\r")
            if not line:
                if "data" in event:
                    yield event
                event = {}
            elif not line.startswith(":"):
                field, _, value = line.partition(":")
                event[field] = value.removeprefix(" ")
