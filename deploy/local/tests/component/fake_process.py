#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plays each of our programs for the supervisor's test: an admin port that is ready as soon as nats answers."""

import json
import os
import signal
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_ROLE = os.path.basename(sys.argv[0])


def _waiting_for() -> list[str]:
    nats = os.environ.get("FAILS_NATS_URL")
    if nats is None or _ROLE == "fails-simulator":
        return []
    host, port = nats.removeprefix("nats://").split(":")
    try:
        socket.create_connection((host, int(port)), 1).close()
    except OSError as error:
        return [f"nats: {error.strerror}"]
    return []


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """No line for each question."""

    def do_GET(self) -> None:
        """/readyz and /healthz alike."""
        waiting = _waiting_for()
        self.send_response(503 if waiting else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"ready": not waiting, "waiting_for": waiting}).encode())


def main() -> None:
    """`rewrite-catalog FILE …` prints the file; everything else serves until SIGTERM."""
    if sys.argv[1:2] == ["rewrite-catalog"]:
        with open(sys.argv[2]) as catalog:
            print(catalog.read())
        return
    address = sys.argv[3] if _ROLE == "fails-simulator" else os.environ["FAILS_ADMIN_ADDRESS"]
    host, port = address.split(":")
    server = ThreadingHTTPServer((host, int(port)), _Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print(json.dumps({"message": "started", "arguments": sys.argv[1:]}), flush=True)
    server.serve_forever(poll_interval=0.05)


main()
