# SPDX-License-Identifier: Apache-2.0
"""The private nats-server with JetStream, configured by deploy/nats/server.conf as in the container."""

from pathlib import Path
from typing import Mapping

from . import probe
from .thing import Thing

USER = "fails"


def nats_thing(
    source: Path, store: Path, password_file: Path, port: int, monitor: int, env: Mapping[str, str]
) -> Thing:
    """The server on 127.0.0.1:port, its monitoring pages on 127.0.0.1:monitor."""
    return Thing(
        name="nats",
        argv=["nats-server", "--config", str(source / "deploy" / "nats" / "server.conf")],
        env={
            **env,
            "FAILS_NATS_HOST": "127.0.0.1",
            "FAILS_NATS_PORT": str(port),
            "FAILS_NATS_MONITOR": f"127.0.0.1:{monitor}",
            "FAILS_NATS_STORE": str(store),
            "FAILS_NATS_USER": USER,
            "FAILS_NATS_PASSWORD": password_file.read_text().strip(),
        },
        ready=lambda: probe.http_ready(f"127.0.0.1:{monitor}", "/healthz"),
        facts={
            "url": f"nats://127.0.0.1:{port}",
            "user": USER,
            "password_file": str(password_file),
            "monitor": f"127.0.0.1:{monitor}",
        },
        shown=f"nats://127.0.0.1:{port}",
    )
