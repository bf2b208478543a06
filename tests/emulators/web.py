"""Real HTTP on the loopback: connections that stay open, and break on demand."""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.emulators.shapes import Request

BODY_MOST = 25_000_000  # bytes of a request: botocore's model of InvokeModel
BLOCK = 1 << 16


@dataclass(frozen=True)
class Reply:
    """`ending`: "" as it should be; "reset" without a word; "cut" in the middle of the body."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    ending: str = ""


Answer = Callable[[Request], Reply]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # connections that wait to be taken

    def __init__(self, address: tuple[str, int], answer: Answer) -> None:
        self.answer = answer
        self.connections: set[socket.socket] = set()
        self.reset: set[socket.socket] = set()  # to be closed without a farewell
        self.lock = threading.Lock()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.lock:
            self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self.lock:
            self.connections.discard(request)
            reset = request in self.reset
            self.reset.discard(request)
        if reset:
            request.close()  # without the shutdown that would end it in order
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news; anything else is a bug of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        request = self._read()
        if request is None:
            return
        reply = self.server.answer(request)
        if reply.ending == "reset":
            self._break()
            return
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        if request.oversized:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if reply.ending == "cut":
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self._break()
            return
        self.wfile.write(reply.body)

    do_GET = do_POST = do_DELETE = _serve  # noqa: N815 – as the base class calls them

    def _read(self) -> Request | None:
        """The request with its body; a body that is too long is drained, so that the client
        hears the answer instead of a broken pipe."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        if "transfer-encoding" in headers or not headers.get("content-length", "0").isdigit():
            self.send_error(411)
            self.close_connection = True
            return None
        length = int(headers.get("content-length", 0))
        if length <= BODY_MOST:
            body = self.rfile.read(length)
            return Request(self.command, self.path, headers, body)
        while length > 0 and (block := self.rfile.read(min(length, BLOCK))):
            length -= len(block)
        return Request(self.command, self.path, headers, b"", oversized=True)

    def _break(self) -> None:
        # Lingering for no time makes the kernel send a reset when the socket is closed.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with self.server.lock:
            self.server.reset.add(self.connection)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 – the base names it
        """Nothing: what was asked stands in the log of calls."""


class Web:
    """A server in threads of its own, on a free port of the loopback."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self._server = _Server(("127.0.0.1", port), answer)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="emulator", daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends every connection, also those that a client keeps open."""
        self._server.shutdown()
        self._thread.join(10)
        with self._server.lock:
            open_ = list(self._server.connections)
        for connection in open_:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was first
                continue
        self._server.server_close()
