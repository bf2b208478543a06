"""A small HTTP server between the program and S3: it counts, slows and refuses requests."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

STATUS = {"SlowDown": 503, "InternalError": 500, "NoSuchUpload": 404, "BadDigest": 400}


@dataclass(frozen=True)
class Seen:
    operation: str
    part: int  # of an upload; 0 for others
    headers: dict[str, str]


Fault = Callable[[Seen, int], str]  # the request, how many of its kind came before → a code, or ""


class Between:
    """`fault` may give an error code of S3, "reset" (after the work), or "" to let it through."""

    def __init__(self, url: str) -> None:
        self.to = urlsplit(url).netloc
        self.seen: list[Seen] = []
        self.fault: Fault = lambda *_: ""
        self.bytes_per_s: float | None = None
        self.counts: Counter[str] = Counter()
        self.open = self.busiest = 0  # parts on their way at once; the most there ever were
        self.lock = threading.Lock()

    def parts(self) -> list[int]:
        """Numbers of the parts that were sent, sorted."""
        return sorted(seen.part for seen in self.seen if seen.operation == "UploadPart")


def operation_of(method: str, query: dict[str, list[str]], key: str) -> str:
    if "uploadId" in query:
        return {"PUT": "UploadPart", "POST": "Complete", "GET": "ListParts", "DELETE": "Abort"}[
            method
        ]
    if "uploads" in query:
        return "Create" if method == "POST" else "ListUploads"
    return {"HEAD": "Head", "GET": "Get" if key else "List"}.get(method, method)


@contextmanager
def between(url: str) -> Iterator[tuple[Between, str]]:
    kept = Between(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def answer(self) -> None:
            split = urlsplit(self.path)
            query = parse_qs(split.query, keep_blank_values=True)
            key = split.path.lstrip("/").partition("/")[2]
            part = int(query.get("partNumber", ["0"])[0])
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(operation_of(self.command, query, key), part, headers)
            with kept.lock:
                number = kept.counts[seen.operation]
                kept.counts[seen.operation] += 1
                kept.seen.append(seen)
                kept.open += seen.operation == "UploadPart"
                kept.busiest = max(kept.busiest, kept.open)
            body = self.body(int(headers.get("content-length", 0)))
            with kept.lock:
                kept.open -= seen.operation == "UploadPart"
            code = kept.fault(seen, number)
            if code in STATUS:
                said = f"<Error><Code>{code}</Code><Message>No.</Message></Error>".encode()
                self.reply(STATUS[code], {"Content-Type": "application/xml"}, said)
                return
            passed = {
                name: v for name, v in headers.items() if name not in ("expect", "connection")
            }
            connection = http.client.HTTPConnection(kept.to)
            try:
                connection.request(self.command, self.path, body, passed)
                answer = connection.getresponse()
                said = answer.read()
            finally:
                connection.close()
            if code == "reset":
                self.close_connection = True
                return
            skip = ("content-length", "transfer-encoding", "connection", "server", "date")
            self.reply(
                answer.status,
                {name: value for name, value in answer.getheaders() if name.lower() not in skip},
                said,
                int(answer.getheader("Content-Length") or 0),
            )

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer  # noqa: N815 – http.server's names

        def body(self, length: int) -> bytes:
            read = bytearray()
            while len(read) < length:
                block = self.rfile.read(min(65536, length - len(read)))
                if not block:
                    break
                read += block
                if kept.bytes_per_s:
                    time.sleep(len(block) / kept.bytes_per_s)
            return bytes(read)

        def reply(self, status: int, headers: dict[str, str], body: bytes, length: int = 0) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            head = self.command == "HEAD"
            self.send_header("Content-Length", str(length if head else len(body)))
            self.end_headers()
            if not head:
                self.wfile.write(body)

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
