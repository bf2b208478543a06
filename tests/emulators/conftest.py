"""The emulators' own tests use the fixtures that they offer to others."""

from tests.emulators.fixtures import _clients, aws, bedrock, bedrock_server, s3_server

__all__ = ["_clients", "aws", "bedrock", "bedrock_server", "s3_server"]
