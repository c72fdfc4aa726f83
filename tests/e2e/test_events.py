# SPDX-License-Identifier: Apache-2.0
"""Changes are announced once each, live, on NATS and over SSE, and a dropped connection misses nothing."""
import contextlib
import itertools
import json
import queue
import socket
import threading
import unittest
from typing import Any
from urllib.parse import urlparse

from stack import Stack, await_that, server_sent_events

HOST = "status.openai.com"


class NatsSubscriber:
    """A plain NATS client without credentials (the text protocol's CONNECT, SUB and MSG), as any outsider would be."""

    def __init__(self, url: str, subject: str) -> None:
        address = urlparse(url)
        self.messages: "queue.Queue[dict[str, Any]]" = queue.Queue()
        self.socket = socket.create_connection((address.hostname, address.port or 4222), timeout=60)
        self.stream = self.socket.makefile("rb")
        self.stream.readline()  # INFO
        options = {"verbose": False, "pedantic": False, "headers": True, "name": "e2e", "lang": "python", "version": "1"}
        self.socket.sendall(f"CONNECT {json.dumps(options)}\r\nSUB {subject} 1\r\nPING\r\n".encode())
        answer = self.stream.readline()
        if not answer.startswith(b"PONG"):
            raise AssertionError(f"NATS answered {answer!r}")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := self.stream.readline():
                words = line.split()
                if line.startswith(b"PING"):
                    self.socket.sendall(b"PONG\r\n")
                elif line.startswith((b"MSG", b"HMSG")):
                    body = self.stream.read(int(words[-1]) + 2)[:-2]
                    if line.startswith(b"HMSG"):
                        body = body[int(words[-2]):]
                    self.messages.put({"subject": words[1].decode(), "event": json.loads(body)})

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class EventsTest(unittest.TestCase):
    def open_incident(self, stack: Stack, name: str) -> str:
        return stack.control("POST", "/incidents", {"host": HOST, "name": name, "impact": "major",
                                                    "components": ["API"]})["code"]

    def resolve(self, stack: Stack, code: str) -> None:
        stack.control("POST", f"/incidents/{code}/updates", {"status": "resolved", "body": "It is over."})

    def test_each_change_is_announced_once_on_nats_and_over_sse(self) -> None:
        with Stack("--demo", "--quiet-demo") as stack:
            await_that(lambda: stack.total() > 20, "the history")
            nats = NatsSubscriber(stack.things()["nats"]["url"], "fails.events.v1.>")
            stream = server_sent_events(stack.address + "/api/v1/events?last_event_id=0")
            code = self.open_incident(stack, "Live test")
            identifier = f"openai/{code}"
            await_that(lambda: stack.try_get(f"/api/v1/incidents/openai%2F{code}"), "the incident in the API")
            self.resolve(stack, code)

            def of_incident(event: dict[str, Any]) -> bool:
                return event["subject"] == identifier

            heard = []
            while len(heard) < 2:
                message = nats.messages.get(timeout=60)
                if of_incident(message["event"]):
                    heard.append(message)
            self.assertEqual(["fails.events.v1.incident.openai.opened", "fails.events.v1.incident.openai.resolved"],
                             [m["subject"] for m in heard])
            self.assertEqual([f"{identifier}:1", f"{identifier}:2"], [m["event"]["id"] for m in heard])
            for message in heard:
                event = message["event"]
                self.assertEqual("1.0", event["specversion"])
                self.assertEqual("/fails/normalizer", event["source"])
                self.assertEqual("Live test", event["data"]["title"])
                self.assertEqual(["openai/api"], event["data"]["services"])
                self.assertTrue(event["data"]["changed"])
            shown = itertools.islice(
                (e for e in stream if json.loads(e["data"])["subject"] == identifier), 2)
            self.assertEqual([m["event"] for m in heard], [json.loads(e["data"]) for e in shown])
            nats.close()
            stream.close()

    def test_a_dropped_connection_misses_none_and_repeats_none(self) -> None:
        with Stack("--demo", "--quiet-demo") as stack:
            await_that(lambda: stack.total() > 20, "the history")
            url = stack.address + "/api/v1/events"
            whole: list[tuple[str, str]] = []
            rounds = 5
            last = "0"
            for number in range(rounds):
                code = self.open_incident(stack, f"Round {number}")
                wanted = f"openai/{code}:1"
                stream = server_sent_events(url, last)  # comes back with what it saw last
                for event in stream:
                    whole.append((event["id"], json.loads(event["data"])["id"]))
                    last = event["id"]
                    if whole[-1][1] == wanted:
                        break
                stream.close()
            uninterrupted = []
            stream = server_sent_events(url, "0")
            for event in stream:
                uninterrupted.append((event["id"], json.loads(event["data"])["id"]))
                if uninterrupted[-1] == whole[-1]:
                    break
            stream.close()
            self.assertEqual(uninterrupted, whole)
            self.assertEqual(len(whole), len(set(whole)))


if __name__ == "__main__":
    unittest.main()
