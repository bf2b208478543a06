"""What is asked of the vector bucket: counted, entered in the ledger, and held to a bandwidth."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from nova_desktop.errors import Stopped
from nova_desktop.spending import Budget, Usage

MODEL = "amazon-s3-vectors"  # as the prices name it
PUT, QUERY = "vectors put", "vectors query"  # kinds of Usage
STORED = "vectors stored"  # a kind of price: of a month
LEAST_PUT = 128 << 10  # bytes that every put is billed at least


@dataclass(slots=True)
class Meter:
    """Any thread. What was spent stays counted when a request fails: the ledger may say more than
    the bill and never less.
    """

    budget: Budget
    region: str
    stop: threading.Event
    most_bytes_s: int = 0  # 0: as fast as the line is
    requests: int = 0
    _free_s: float = 0.0  # when the line is free for the next request
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, operation: str, sent_bytes: int, billed_bytes: int) -> None:
        """Before a request for rows. Waits for its turn on the line. As `counted`; Stopped."""
        if self.stop.is_set():
            raise Stopped
        self.counted(operation, sent_bytes, billed_bytes)
        self.wait(sent_bytes)

    def counted(self, operation: str, sent_bytes: int, billed_bytes: int) -> None:
        """Before each other request. NeedsUser where it would pass a limit of spending."""
        if operation == "PutVectors":
            size = max(billed_bytes, LEAST_PUT)
            self.budget.reserve(Usage("s3vectors", MODEL, self.region, PUT, sent_bytes=size))
        elif operation == "QueryVectors":
            self.budget.reserve(
                Usage("s3vectors", MODEL, self.region, QUERY, images=1, sent_bytes=sent_bytes)
            )
        with self._lock:
            self.requests += 1

    def wait(self, size: int) -> None:
        """Until so many bytes may be on the line. Stopped."""
        if not self.most_bytes_s:
            return
        with self._lock:
            now = time.monotonic()
            begin_s = max(now, self._free_s)
            self._free_s = begin_s + size / self.most_bytes_s
        if self.stop.wait(max(0.0, begin_s - now)):
            raise Stopped
