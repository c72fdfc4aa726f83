# SPDX-License-Identifier: Apache-2.0
"""Asks a thing whether it can do its work."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

from . import tools


@dataclass(frozen=True)
class Readiness:
    """ready, or what it waits for (or why it does not answer)."""

    ready: bool
    waiting_for: str = ""


READY = Readiness(True)


def read_readiness(status: int, body: bytes) -> Readiness:
    """The meaning of an answer of /readyz: 200, or 503 with {"waiting_for": [...]}."""
    if status == 200:
        return READY
    try:
        reasons = json.loads(body)["waiting_for"]
        return Readiness(False, "; ".join(str(reason) for reason in reasons) or f"readiness answers {status}")
    except (ValueError, KeyError, TypeError):
        return Readiness(False, f"readiness answers {status}")


async def http_get(address: str, path: str, timeout: float = 2.0) -> tuple[int, bytes]:
    """GET over HTTP/1.0; OSError, ValueError or TimeoutError when there is no such answer."""

    async def exchange() -> bytes:
        host, port = address.rsplit(":", 1)
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(f"GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n".encode())
            await writer.drain()
            return await _read_all(reader)
        finally:
            writer.close()

    async with asyncio.timeout(timeout):  # wait_for may swallow a cancel
        answer = await exchange()
    head, _, body = answer.partition(b"\r\n\r\n")
    words = head.split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/"):
        raise ValueError("no HTTP answer")
    return int(words[1]), body


async def _read_all(reader: asyncio.StreamReader, limit: int = 1 << 20) -> bytes:
    chunks = bytearray()
    while len(chunks) < limit:
        chunk = await reader.read(65536)
        if not chunk:
            break
        chunks += chunk
    return bytes(chunks)


async def http_ready(address: str, path: str = "/readyz") -> Readiness:
    """Readiness of a process with an admin port (or of any server whose `path` answers 200 when it is ready)."""
    try:
        return read_readiness(*await http_get(address, path))
    except ConnectionRefusedError:
        return Readiness(False, "it to open its port")
    except (OSError, ValueError, TimeoutError, asyncio.TimeoutError) as error:
        return Readiness(False, f"an answer of {address}{path}: {error or type(error).__name__}")


async def postgres_ready(pg_isready: Path, socket_dir: Path, port: int, env: Mapping[str, str]) -> Readiness:
    """Whether the cluster accepts connections."""
    argv = [str(pg_isready), "-h", str(socket_dir), "-p", str(port), "-t", "2", "-U", "postgres", "-d", "postgres"]
    status, output = await tools.status_of(argv, env)
    return READY if status == 0 else Readiness(False, output.strip().removeprefix(f"{socket_dir}:{port} - ") or "it")
