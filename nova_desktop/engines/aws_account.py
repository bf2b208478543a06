"""Which profiles, regions and credentials there are, by boto3's own chain; nobody is asked."""

from __future__ import annotations

import enum
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from nova_desktop.aws.client import chain_of
from nova_desktop.aws.errors import Account, bedrock_errors

BEARER = "AWS_BEARER_TOKEN_BEDROCK"  # Amazon Bedrock user guide, "API keys"
# Where the model is offered: Amazon Bedrock user guide, "Model support by AWS Region", as of
# 2026-02-15; us-gov-west-1 by price lists since.
OFFERED = ("us-east-1", "us-gov-west-1")
SERVICES = {  # by boto3's name
    "bedrock-runtime": "Amazon Bedrock Runtime",
    "bedrock": "Amazon Bedrock",
    "s3": "Amazon S3",
    "s3vectors": "Amazon S3 Vectors",
    "sts": "AWS STS",
}


class Kind(enum.StrEnum):
    """Where credentials come from."""

    BEARER = "bearer key"
    ENVIRONMENT = "environment"
    ROLE = "assume-role"
    WEB_IDENTITY = "web identity"
    SSO = "SSO"
    KEYS = "keys"
    LOGIN = "login"
    PROCESS = "process"
    CONTAINER = "container"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Profile:
    """One choice; the name "" is what is used when no profile is chosen."""

    name: str
    kind: Kind
    region: str = ""  # that it names itself


@dataclass(frozen=True, slots=True)
class Override:
    """A service that is not asked at AWS."""

    service: str
    url: str  # without a name and password in it

    def __str__(self) -> str:
        return f"{self.service} is asked at {self.url}"


def kind_of(profile: Mapping[str, Any]) -> Kind:
    """Where the credentials of one section of ~/.aws come from; the order is botocore's chain's."""
    if "role_arn" in profile and "web_identity_token_file" in profile:
        return Kind.WEB_IDENTITY
    if "role_arn" in profile:
        return Kind.ROLE
    if "sso_session" in profile or "sso_start_url" in profile:
        return Kind.SSO
    if "aws_access_key_id" in profile:
        return Kind.KEYS
    if "login_session" in profile:
        return Kind.LOGIN
    if "credential_process" in profile:
        return Kind.PROCESS
    return Kind.NOTHING


def profiles() -> tuple[Profile, ...]:
    """Every choice: what the environment brings first, then the profiles in ~/.aws by name.

    Raises NeedsUser when those files can't be read.
    """
    found = [Profile("", kind) for kind in _environment()]
    named = _sections(Account())
    found += [
        Profile(name, kind_of(section), str(section.get("region", "")))
        for name, section in sorted(named.items())
    ]
    return tuple(found)


def regions() -> tuple[str, ...]:
    """Amazon Bedrock's, those that are known to offer the model first. By botocore's own list."""
    with bedrock_errors(Account()):
        session = chain_of(Account())
        known = [
            region
            for partition in session.get_available_partitions()
            for region in session.get_available_regions("bedrock", partition)
        ]
    return (*OFFERED, *sorted(set(known) - set(OFFERED)))


def source(account: Account) -> Profile:
    """The profile that would be used, and where its credentials come from.

    Those of S3; for Amazon Nova itself a bearer key comes first: see `bearer`. Raises NeedsUser
    when there is no such profile.
    """
    kinds = [kind for kind in _environment() if kind is not Kind.BEARER]
    if not account.profile and Kind.ENVIRONMENT in kinds:
        return Profile("", Kind.ENVIRONMENT)
    with bedrock_errors(account):
        chain = chain_of(account)
        name, section = chain.profile or "default", chain.get_scoped_config()
    kind = kind_of(section)
    if kind is Kind.NOTHING and not account.profile and kinds:
        return Profile("", kinds[0])
    return Profile(name, kind, str(section.get("region", "")))


def signs_in(account: Account) -> str:
    """The profile to sign in with: a role's own, or that of the one it is assumed from."""
    sections, name = _sections(account), source(account).name
    seen: set[str] = set()
    while name not in seen and (above := sections.get(name, {}).get("source_profile")):
        seen.add(name)
        name = str(above)
    return name


def bearer() -> bool:
    """Whether Amazon Nova is asked with a key of Bedrock's own, which is nobody's identity."""
    return bool(os.environ.get(BEARER))


def overrides(account: Account) -> tuple[Override, ...]:
    """The services that the environment or the profile sends elsewhere than to AWS."""
    from botocore.configprovider import ConfiguredEndpointProvider

    with bedrock_errors(account):
        session = chain_of(account)
        if session.get_config_variable("ignore_configured_endpoint_urls"):
            return ()
        scoped, full = session.get_scoped_config(), session.full_config
        urls = {name: ConfiguredEndpointProvider(full, scoped, name).provide() for name in SERVICES}
    return tuple(Override(SERVICES[name], _harmless(url)) for name, url in urls.items() if url)


def _harmless(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=""))


def _sections(account: Account) -> dict[str, dict[str, Any]]:
    with bedrock_errors(account):
        sections: dict[str, dict[str, Any]] = chain_of(account).full_config["profiles"]
    return sections


def _environment() -> Iterator[Kind]:
    if bearer():
        yield Kind.BEARER
    if os.environ.get("AWS_ACCESS_KEY_ID"):
        yield Kind.ENVIRONMENT
    if os.environ.get("AWS_WEB_IDENTITY_TOKEN_FILE") and os.environ.get("AWS_ROLE_ARN"):
        yield Kind.WEB_IDENTITY
    if any(name.startswith("AWS_CONTAINER_CREDENTIALS_") for name in os.environ):
        yield Kind.CONTAINER
