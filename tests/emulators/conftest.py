"""The emulators' own tests use the fixtures that they offer to others."""

from tests.emulators.fixtures import (
    _clients,
    _vector_client,
    aws,
    bedrock,
    bedrock_server,
    s3_server,
    s3vectors,
    s3vectors_server,
    vector_client,
)

__all__ = [
    "_clients",
    "_vector_client",
    "aws",
    "bedrock",
    "bedrock_server",
    "s3_server",
    "s3vectors",
    "s3vectors_server",
    "vector_client",
]
