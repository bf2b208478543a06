"""The bucket in memory, that tests of the library share through, is like the real one."""

import pytest

from tests.contracts.vector_bucket import VectorBucketContract
from tests.library.buckets import MemoryBucket


class TestMemoryBucket(VectorBucketContract):
    @pytest.fixture
    def bucket(self) -> MemoryBucket:
        return MemoryBucket()
