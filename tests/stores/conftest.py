"""Amazon S3 Vectors, emulated, for the stores that ask it."""

from __future__ import annotations

import threading

import pytest

from nova_desktop.aws.errors import Account
from nova_desktop.stores.s3_vectors import S3VectorBucket
from tests.emulators.fixtures import _vector_client, s3vectors, s3vectors_server, vector_client
from tests.emulators.s3vectors import S3Vectors

__all__ = ["_vector_client", "s3vectors", "s3vectors_server", "shared_bucket", "vector_client"]


@pytest.fixture(scope="session")
def _opened() -> S3VectorBucket:
    """One for all tests, since to make a client costs 0.1 s; it asks nobody before it is used."""
    return S3VectorBucket(Account(), "shared", threading.Event())


@pytest.fixture
def shared_bucket(s3vectors: S3Vectors, _opened: S3VectorBucket) -> S3VectorBucket:  # noqa: ARG001 – plugs it in
    """A vector bucket that is not there yet."""
    return _opened
