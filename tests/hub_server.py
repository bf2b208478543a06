"""A Hugging Face hub on the loopback: the HTTP that huggingface_hub speaks, and its faults.

Metadata of a revision, files behind a redirect to another host name, ranges, and on demand a cut
in the middle, other bytes than were promised, a missing model, one that asks for an agreement, a
server that is busy, and one that says nothing any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

REVISION = "0123456789abcdef0123456789abcdef01234567"
SMALL = 4096  # bytes up to which files are in git itself, and not in its large file storage


@dataclass
class Hub:
    """What it holds and how it behaves; a test changes both while it runs."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)  # of the one model
    name: str = "maker/tiny-clip"
    revision: str = REVISION
    gated: bool = False
    busy: int = 0  # answers 503 to so many requests
    cut_at: int | None = None  # bytes of a large file, after which the connection ends, once
    silent_at: int | None = None  # ... after which nothing more is said
    mute: bool = False  # says nothing at all
    whole: bool = False  # ignores ranges
    answer: str | None = None  # what is said of the model, in place of its metadata
    altered: dict[str, bytes] = field(default_factory=dict)  # sent instead of what is promised
    asked: list[str] = field(default_factory=list)  # "GET /path range"
    released: threading.Event = field(default_factory=threading.Event)  # ends what is silent

    def ranges(self, name: str) -> list[str]:
        """The ranges that were asked of a file, in order; "" is all of it."""
        found = [one.split(" ", 2) for one in self.asked]
        return [one[2] if len(one) > 2 else "" for one in found if one[1].endswith("/cdn/" + name)]

    def put(self, folder: Path) -> None:
        """Every file below a folder."""
        for file in folder.rglob("*"):
            if file.is_file():
                self.files[file.relative_to(folder).as_posix()] = file.read_bytes()


@contextlib.contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        hub, path = self.hub, unquote(self.path.partition("?")[0])
        wanted = self.headers.get("Range", "")
        hub.asked.append(f"GET {path} {wanted}".strip())
        if hub.mute:
            hub.released.wait(60)
            self.close_connection = True
            return
        if hub.busy:
            hub.busy -= 1
            self._say(503, {"error": "busy"})
            return
        if hub.gated:
            self._say(403, {"error": "restricted"}, {"X-Error-Code": "GatedRepo"})
            return
        if path.startswith("/api/models/"):
            self._metadata(path.removeprefix("/api/models/"))
        elif found := re.fullmatch(rf"/{hub.name}/resolve/([^/]+)/(.+)", path):
            self._resolve(*found.groups())
        elif path.startswith("/cdn/") and path.removeprefix("/cdn/") in hub.files:
            self._send(path.removeprefix("/cdn/"), wanted)
        else:
            self._say(404, {"error": "not found"}, {"X-Error-Code": "RepoNotFound"})

    def _metadata(self, path: str) -> None:
        hub = self.hub
        name, _, revision = path.partition("/revision/")
        if name != hub.name:
            self._say(404, {"error": "no such model"}, {"X-Error-Code": "RepoNotFound"})
        elif hub.answer is not None:
            self._say_text(200, hub.answer)
        elif revision not in ("", "main", hub.revision):
            self._say(404, {"error": "no such revision"}, {"X-Error-Code": "RevisionNotFound"})
        else:
            siblings = [_sibling(*one) for one in hub.files.items()]
            self._say(200, {"id": hub.name, "sha": hub.revision, "siblings": siblings})

    def _resolve(self, revision: str, name: str) -> None:
        if revision != self.hub.revision or name not in self.hub.files:
            self._say(404, {"error": "no such file"}, {"X-Error-Code": "EntryNotFound"})
            return
        port = self.server.server_address[1]  # as a CDN is: another host
        self.send_response(302)
        self.send_header("Location", f"http://localhost:{port}/cdn/{name}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, name: str, wanted: str) -> None:
        hub = self.hub
        data = hub.altered.get(name, hub.files[name])
        start = 0
        if (found := re.fullmatch(r"bytes=(\d+)-", wanted)) and not hub.whole:
            start = int(found[1])
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        large = len(data) > SMALL
        if large and hub.silent_at is not None:
            self.wfile.write(data[start : hub.silent_at])
            self.wfile.flush()
            hub.released.wait(60)
            self.close_connection = True
        elif large and hub.cut_at is not None:
            end, hub.cut_at = hub.cut_at, None
            self.wfile.write(data[start:end])
            self.close_connection = True
        else:
            with contextlib.suppress(ConnectionError):
                self.wfile.write(data[start:])

    def _say(self, status: int, said: object, headers: dict[str, str] | None = None) -> None:
        self._say_text(status, json.dumps(said), headers)

    def _say_text(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


def _sibling(name: str, data: bytes) -> dict[str, object]:
    git = hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()
    said: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": git}
    if len(data) > SMALL:
        sha256 = hashlib.sha256(data).hexdigest()
        said["lfs"] = {"sha256": sha256, "size": len(data), "pointerSize": 134}
    return said
