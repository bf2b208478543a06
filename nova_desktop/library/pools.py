"""Where the work of the indexer is done."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pools:
    """Tests give executors that run in the calling thread."""

    reading: Executor
    reading_size: int
    embedding: Executor
