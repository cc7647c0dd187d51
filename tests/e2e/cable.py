"""A cable between two programs that can be cut, by a thread for each direction."""

import socket
import threading
from contextlib import suppress
from itertools import cycle


class Cable:
    """Carries bytes to ports of this machine in turn; while cut, nothing arrives.

    Nobody is told of a cut: connections stay open and silent, as on a network.
    """

    def __init__(self, *ports: int) -> None:
        self._far = cycle(ports)
        self._whole = threading.Event()
        self._whole.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listener]
        self.port = int(self._listener.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def cut(self) -> None:
        """Let nothing through from now on."""
        self._whole.clear()

    def mend(self) -> None:
        """Let everything through again."""
        self._whole.set()

    def close(self) -> None:
        """Pull both ends out."""
        self._whole.set()
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                self._whole.wait()
                far = socket.create_connection(("127.0.0.1", next(self._far)), 5)
                far.settimeout(None)
            except OSError:
                if self._listener.fileno() < 0:
                    return
                with suppress(OSError, UnboundLocalError):
                    near.close()
                continue
            self._sockets += [near, far]
            self._start(self._carry, near, far)
            self._start(self._carry, far, near)

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._whole.wait()
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
