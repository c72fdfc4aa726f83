# SPDX-License-Identifier: Apache-2.0
"""What an answer of /readyz means, and what a server is waited for that gives none."""

import asyncio
import unittest

from fails_local import probe


class ReadReadinessTest(unittest.TestCase):
    def test_200_is_ready(self) -> None:
        self.assertEqual(probe.read_readiness(200, b"rubbish"), probe.READY)

    def test_503_names_what_is_waited_for(self) -> None:
        answer = probe.read_readiness(503, b'{"ready":false,"waiting_for":["nats: refused","postgresql: no schema"]}')
        self.assertEqual(answer, probe.Readiness(False, "nats: refused; postgresql: no schema"))

    def test_other_answers_are_shown_as_they_are(self) -> None:
        for body in (b"", b"[]", b"{}", b'{"waiting_for": []}', b"\xff"):
            with self.subTest(body):
                self.assertEqual(probe.read_readiness(500, body), probe.Readiness(False, "readiness answers 500"))


class HttpReadyTest(unittest.IsolatedAsyncioTestCase):
    async def _ask(self, answer: bytes) -> probe.Readiness:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            host, port = server.sockets[0].getsockname()
            return await probe.http_ready(f"{host}:{port}")

    async def test_over_a_socket(self) -> None:
        self.assertEqual(await self._ask(b"HTTP/1.1 200 OK\r\n\r\n{}"), probe.READY)
        waiting = b'HTTP/1.1 503 Service Unavailable\r\nA: b\r\n\r\n{"waiting_for":["nats"]}'
        self.assertEqual(await self._ask(waiting), probe.Readiness(False, "nats"))

    async def test_no_http(self) -> None:
        for answer in (b"", b"SSH-2.0 hello\r\n", b"HTTP/1.1 what\r\n\r\n"):
            with self.subTest(answer):
                self.assertFalse((await self._ask(answer)).ready)

    async def test_nobody_listens(self) -> None:
        self.assertEqual((await probe.http_ready("127.0.0.1:1")).waiting_for, "it to open its port")
