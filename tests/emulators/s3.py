"""S3 and STS for tests: moto's server on the loopback."""

from __future__ import annotations

import logging
from typing import Any


class S3:
    """`environment` plugs it in. What it keeps is in memory."""

    def __init__(self, port: int = 0) -> None:
        # Loads a good deal, so only when it is wanted.
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line on stderr a request
        self._server: Any = ThreadedMotoServer("127.0.0.1", port, verbose=False)

    def start(self) -> S3:
        self._server.start()
        return self

    @property
    def url(self) -> str:
        host, port = self._server.get_host_and_port()
        return f"http://{host}:{port}"

    @property
    def environment(self) -> dict[str, str]:
        return {"AWS_ENDPOINT_URL_S3": self.url, "AWS_ENDPOINT_URL_STS": self.url}

    def stop(self) -> None:
        self._server.stop()
