"""How many writes an index takes a second: beyond that it throttles."""

from __future__ import annotations

import threading
import time

from tests.emulators.errors import Refused

# Combined PutVectors and DeleteVectors of one index: requests, and vectors in them.
REQUESTS_PER_S, VECTORS_PER_S = 1000.0, 2500.0


class VectorPace:
    """Up to a second's worth at once. Safe from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[str, tuple[float, float, float]] = {}  # index → requests, vectors, when

    def clear(self) -> None:
        with self._lock:
            self._rooms.clear()

    def admit(self, index: str, vectors: int, speed: float | None) -> None:
        """Raises Refused for one too many."""
        if speed is None:
            return
        requests_most, vectors_most = REQUESTS_PER_S * speed, VECTORS_PER_S * speed
        now_s = time.monotonic()
        with self._lock:
            requests, room, at_s = self._rooms.get(index, (requests_most, vectors_most, now_s))
            requests = min(requests_most, requests + (now_s - at_s) * requests_most)
            room = min(vectors_most, room + (now_s - at_s) * vectors_most)
            fits = requests >= 1 and room >= vectors
            if fits:
                requests, room = requests - 1, room - vectors
            self._rooms[index] = requests, room, now_s
        if not fits:
            raise Refused("TooManyRequestsException")
