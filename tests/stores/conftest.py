"""Amazon S3 Vectors, emulated, for the stores that ask it."""

from tests.emulators.fixtures import _vector_client, s3vectors, s3vectors_server, vector_client

__all__ = ["_vector_client", "s3vectors", "s3vectors_server", "vector_client"]
