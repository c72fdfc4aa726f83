# SPDX-License-Identifier: Apache-2.0
"""Free ports, remembered from run to run, never shared by two runs on one machine."""

import errno
import json
import random
import socket
from pathlib import Path

from .errors import RunError
from .vardir import write_json

# Outside the range that the kernel gives to outgoing connections: a port found free stays free until it is bound.
_EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")


def candidate_range(ephemeral: str) -> range:
    """The ports to choose from, given the kernel's ephemeral range as "LOW HIGH"."""
    low, high = (int(word) for word in ephemeral.split())
    if low > 12000:
        return range(10000, low)
    if high < 64000:
        return range(high + 1, 65536)
    return range(10000, 65536)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def require_free(port: int, host: str) -> None:
    """RunError when something else listens on the port that the user asked for, or the host is none of this machine's."""
    try:
        free = is_free(port, host)
    except OSError as error:
        raise RunError(f"cannot listen on {host}: {error.strerror}") from error
    if not free:
        raise RunError(f"port {port} on {host} is in use by another program; choose another with --port")


class PortBook:
    """Ports by name, kept in a file. Each is reserved for as long as the object lives.

    The reservation is a socket in Linux's abstract namespace, which is as wide as the network namespace that the ports
    live in and vanishes with this process: another run skips the port even while its server restarts.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._reservations: list[socket.socket] = []
        self._ports: dict[str, int] = {}
        self._remembered: dict[str, int] = {}
        if file.exists():
            self._remembered = json.loads(file.read_text())

    def pick(self, name: str) -> int:
        """The port that `name` had last time when it is still to be had, else a new one; written down."""
        if name in self._ports:
            return self._ports[name]
        remembered = self._remembered.get(name)
        if remembered is None or not self._claim(remembered):
            pool = candidate_range(_EPHEMERAL.read_text())
            remembered = next((p for p in random.sample(pool, min(len(pool), 2000)) if self._claim(p)), None)
        if remembered is None:
            raise RunError("no free port found on 127.0.0.1")
        self._ports[name] = remembered
        write_json(self._file, {**self._remembered, **self._ports})
        return remembered

    def take(self, port: int, host: str) -> None:
        """Reserves the port that the user asked for. RunError when something else has it."""
        require_free(port, host)
        if not self._claim(port, host):
            raise RunError(f"port {port} is reserved by another run; choose another with --port")

    def _claim(self, port: int, host: str = "127.0.0.1") -> bool:
        reservation = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            reservation.bind(f"\0fails-port-{port}")
        except OSError as error:
            reservation.close()
            if error.errno == errno.EADDRINUSE:
                return False
            raise
        if not is_free(port, host):
            reservation.close()
            return False
        self._reservations.append(reservation)
        return True

    def close(self) -> None:
        """Gives all reservations up."""
        for reservation in self._reservations:
            reservation.close()
        self._reservations.clear()
