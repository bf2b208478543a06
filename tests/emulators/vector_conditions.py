"""What the emulated S3 Vectors is like: everything that a test may want otherwise.

The figures are those of the Amazon S3 user guide, "Limitations and restrictions" of S3 Vectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PAYLOAD_BYTES = 20 << 20  # of a request
PAGE_BYTES = 1_000_000  # of what is listed; botocore's model says "1 MB"
METADATA_BYTES, FILTERABLE_BYTES, METADATA_KEYS = 40 << 10, 2 << 10, 50  # of one vector


@dataclass(frozen=True)
class VectorConditions:
    """Replace it as a whole (`emulator.conditions = replace(…)`), also while calls are running.

    The first block is the weather; the second, what the account may; the third, quotas that would
    need too much to be reached; the last, which way this service goes where nothing documents it.
    """

    latency_s: float = 0.0  # of every call
    speed: float | None = 1.0  # times the documented rates of an index; None: as fast as it can

    denied_operations: frozenset[str] = frozenset()  # by the caller's policy
    keys: Mapping[str, str] = field(default_factory=dict)  # access key → denied, revoked, expired

    buckets: int = 10_000  # in a region
    indexes: int = 10_000  # in a bucket
    vectors: int = 2_000_000_000  # in an index

    top_k: int = 100  # 10,000 since June 2026, say third parties
    missed: float = 0.0  # the share of vectors that a query does not see: it is approximate
    lacking_differs: bool = True  # a key that is not there is $ne and $nin to every value
    page_bytes: int = PAGE_BYTES
    empty_pages: bool = False  # the last page is followed by one without vectors
