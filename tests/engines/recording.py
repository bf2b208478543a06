"""A small HTTP server in Bedrock's place: it records every request, and answers as it is told."""

from __future__ import annotations

import functools
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import numpy as np

from nova_desktop.aws.client import Bedrock
from nova_desktop.aws.errors import Account


def connected() -> Bedrock:
    """The connection to whatever stands in Bedrock's place, made once: that takes 0.1 to 0.5 s."""
    return _connected(os.environ.get("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", ""))


@functools.cache
def _connected(url: str) -> Bedrock:  # noqa: ARG001 – each place has a connection of its own
    return Bedrock(Account(), 40)


@dataclass
class Reply:
    body: dict[str, Any] | bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after_s: float = 0.0


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: bytes
    at_s: float

    @property
    def params(self) -> dict[str, Any]:
        return json.loads(self.body)["singleEmbeddingParams"]

    @property
    def kind(self) -> str:
        return next(k for k in ("text", "image", "audio", "video") if k in self.params)


Answer = Callable[[Request, int], Reply]  # the request, and how many came before it


def direction(seed: bytes, dim: int) -> list[float]:
    """The same vector of unit length for the same bytes."""
    drawn = np.random.default_rng(list(seed)).normal(size=dim)
    return (drawn / np.linalg.norm(drawn)).tolist()


def embedded(request: Request, number: int = 0, tokens: int | None = None) -> Reply:  # noqa: ARG001 – an Answer
    """As Amazon Nova answers."""
    params, kind = request.params, request.kind
    types = {"text": ["TEXT"], "image": ["IMAGE"], "audio": ["AUDIO"]}.get(
        kind, ["AUDIO_VIDEO_COMBINED"]
    )
    if params[kind].get("embeddingMode") == "AUDIO_VIDEO_SEPARATE":
        types = ["AUDIO", "VIDEO"]
    dim = params["embeddingDimension"]
    seed = json.dumps(params[kind]).encode()[-200:]
    vectors = [
        {"embeddingType": name, "embedding": direction(name.encode() + seed, dim)} for name in types
    ]
    headers = {} if tokens is None else {"x-amzn-bedrock-input-token-count": str(tokens)}
    return Reply({"embeddings": vectors}, headers=headers)


def refused(code: str, status: int, message: str = "It was refused.") -> Reply:
    return Reply({"message": message}, status, {"x-amzn-errortype": code})


class Recording:
    """Give `answer` another function at any time. `busiest`: most requests at one time."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answer: Answer = embedded
        self.busiest = self._open = 0
        self._lock = threading.Condition()

    def reset(self) -> None:
        """As new; waits for what is still being answered."""
        with self._lock:
            assert self._lock.wait_for(lambda: not self._open, 30), "a call hangs"
            self.requests, self.answer, self.busiest = [], embedded, 0

    def take(self, request: Request) -> Reply:
        with self._lock:
            number = len(self.requests)
            self.requests.append(request)
            self._open += 1
            self.busiest = max(self.busiest, self._open)
        try:
            reply = self.answer(request, number)
            time.sleep(reply.after_s)
        finally:
            with self._lock:
                self._open -= 1
                self._lock.notify_all()
        return reply


@contextmanager
def recording() -> Iterator[tuple[Recording, str]]:
    """The recording, and the URL it listens at."""
    kept = Recording()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(unquote(self.path), headers, body, time.monotonic())
            reply = kept.take(request)
            data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            length = {"Content-Type": "application/json", "Content-Length": str(len(data))}
            for name, value in {**length, **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PUT = do_POST  # noqa: N815 – their names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 – its name for it
            """Nothing is printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield kept, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
