# SPDX-License-Identifier: Apache-2.0
"""Ports: outside the kernel's range, remembered, never given twice."""

import json
import socket
import tempfile
import unittest
from pathlib import Path

from fails_local import ports
from fails_local.errors import RunError


class CandidateRangeTest(unittest.TestCase):
    def test_below_the_ephemeral_range(self) -> None:
        self.assertEqual(ports.candidate_range("32768\t60999\n"), range(10000, 32768))

    def test_above_it_when_it_starts_low(self) -> None:
        self.assertEqual(ports.candidate_range("1024 60999"), range(61000, 65536))

    def test_anywhere_when_it_is_everything(self) -> None:
        self.assertEqual(ports.candidate_range("1024 65535"), range(10000, 65536))


class PortBookTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "ports.json"

    def _book(self) -> ports.PortBook:
        book = ports.PortBook(self.file)
        self.addCleanup(book.close)
        return book

    def test_remembers(self) -> None:
        first = self._book()
        picked = first.pick("nats")
        self.assertEqual(first.pick("nats"), picked)
        first.close()
        self.assertEqual(self._book().pick("nats"), picked)

    def test_a_port_that_another_program_took_is_replaced_and_the_rest_kept(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            taken = other.getsockname()[1]
            self.file.write_text(json.dumps({"nats": taken, "unused": 4}))
            picked = self._book().pick("nats")
        self.assertNotEqual(picked, taken)
        self.assertEqual(json.loads(self.file.read_text()), {"nats": picked, "unused": 4})

    def test_two_books_never_share_a_port_though_nothing_listens(self) -> None:
        picked = self._book().pick("nats")
        self.assertNotEqual(self._book().pick("nats"), picked)

    def test_a_wanted_port_in_use_is_said(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with self.assertRaisesRegex(RunError, f"port {port} .* in use"):
                self._book().take(port, "127.0.0.1")

    def test_a_foreign_host_is_said(self) -> None:
        with self.assertRaisesRegex(RunError, "cannot listen on 192.0.2.1"):
            ports.require_free(8080, "192.0.2.1")
