"""Settings → what is asked of an AWS account; beside `compose`, for no library is opened for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from nova_desktop.aws.errors import Account
from nova_desktop.engines import aws_account, aws_bucket, aws_checks, aws_policy, aws_setup, s3_left
from nova_desktop.engines.nova_request import MODEL
from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.model import Check
from nova_desktop.settings import Settings


class Bucket(NamedTuple):
    """One that could be made."""

    name: str
    prefix: str
    region: str
    arn: str  # of who would make it


class Choices(NamedTuple):
    """What can be chosen in the settings. Nobody was asked for it."""

    profiles: tuple[tuple[str, str, str], ...]  # (name, where its credentials come from, region)
    regions: tuple[str, ...]  # those that are known to have the model first
    used: tuple[str, str]  # (name, where its credentials come from) by the settings as they are
    overrides: tuple[str, ...]  # a sentence each, of a service that is not asked at AWS


def account(settings: Settings) -> Account:
    return Account(settings.aws_profile, settings.aws_region)


def choices(settings: Settings) -> Choices:
    """Reads ~/.aws. Raises NeedsUser when it can't be, or when the chosen profile is missing."""
    ours = account(settings)
    used = aws_account.source(ours)
    kind = aws_account.Kind.BEARER if aws_account.bearer() else used.kind
    return Choices(
        tuple((found.name, str(found.kind), found.region) for found in aws_account.profiles()),
        aws_account.regions(),
        (used.name, str(kind)),
        tuple(map(str, aws_account.overrides(ours))),
    )


def checked(settings: Settings) -> Settings:
    """`settings`, when they can be used as far as this can be told without asking anyone.

    Raises BadInput for a bucket's name or prefix, NeedsUser for a profile that is missing.
    """
    if settings.bucket:
        aws_bucket.checked_name(settings.bucket)
        aws_bucket.checked_prefix(settings.bucket_prefix)
    if settings.sends:  # else a profile that is gone could not even be left
        aws_account.source(account(settings))
    return settings


def checks(settings: Settings, bucket: str = "", *, paid: bool = False) -> tuple[Check, ...]:
    """As `aws_checks.checks`; `bucket` instead of the one in the settings, where it is given."""
    chosen = bucket or settings.bucket
    return aws_checks.checks(
        account(settings),
        MODEL,
        chosen,
        settings.bucket_prefix,
        vector_bucket=settings.sync_bucket,
        paid=paid,
    )


def policy(settings: Settings, bucket: str, account_id: str) -> tuple[str, str]:
    """(the policy as JSON, what in it is still to be replaced and why, or "").

    Asks STS for the account's number where it is not given.
    """
    missing = ""
    if not account_id:
        try:
            account_id = aws_setup.owner(account(settings)).account_id
        except (NeedsUser, TryLater) as e:
            missing = f"Replace {aws_policy.ACCOUNT} with the number of your AWS account: {e}"
    name = bucket or settings.bucket
    if name:
        aws_bucket.checked_name(name)
    elif account_id:
        name = aws_bucket.proposed(account_id, settings.aws_region)
    found = aws_policy.policy(
        account_id,
        settings.aws_region,
        name,
        aws_bucket.checked_prefix(settings.bucket_prefix),
        vector_bucket=settings.sync_bucket,
        batch_role=settings.batch_role,
    )
    return aws_policy.as_text(found), missing


def set_up(
    settings: Settings, bucket: str, agreed: Callable[[Bucket], bool], tell: Callable[[str], None]
) -> str | None:
    """The bucket's name once it is as it should be; None when `agreed` says no.

    Without a name, here or in the settings, one is proposed. As `aws_setup.set_up` else.
    """
    ours = account(settings)
    whose = aws_setup.owner(ours)
    name = bucket or settings.bucket or aws_bucket.proposed(whose.account_id, whose.region)
    aws_bucket.checked_name(name)
    prefix = aws_bucket.checked_prefix(settings.bucket_prefix)
    if not agreed(Bucket(name, prefix, whose.region, whose.arn)):
        return None
    aws_setup.set_up(ours, whose, name, prefix, tell)
    return name


def left(settings: Settings) -> tuple[int, int]:
    """(objects, bytes) that lie under our prefix in the bucket; (0, 0) without a bucket."""
    if not settings.bucket:
        return 0, 0
    return s3_left.left(
        account(settings), settings.bucket, settings.bucket_prefix, threading.Event()
    )


def remove_left(settings: Settings) -> tuple[int, int]:
    """Deletes it, and says how much it was; NeedsUser when something stays."""
    if not settings.bucket:
        return 0, 0
    return s3_left.remove(
        account(settings), settings.bucket, settings.bucket_prefix, threading.Event()
    )
