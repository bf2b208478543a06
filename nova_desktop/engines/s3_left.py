"""What lies under our prefix in the user's bucket: looked at, and removed when all is erased."""

from __future__ import annotations

import threading
from typing import NamedTuple

from nova_desktop.aws.client import Service
from nova_desktop.aws.errors import Account
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines.aws_bucket import checked_name, checked_prefix
from nova_desktop.engines.s3_bucket import Bucket
from nova_desktop.errors import NeedsUser

PAUSES = Pauses(0.5, 4.0)  # somebody waits for it


class Left(NamedTuple):
    """How much there is."""

    objects: int
    bytes: int


def left(account: Account, bucket: str, prefix: str, stop: threading.Event) -> Left:
    """Asks S3, a request for each thousand. Raises as `aws.errors` says, and Stopped."""
    return _left(_bucket(account, bucket, stop), checked_prefix(prefix))


def remove(account: Account, bucket: str, prefix: str, stop: threading.Event) -> Left:
    """Deletes all of it, and says how much that was; NeedsUser when something stays."""
    place, prefix = _bucket(account, bucket, stop), checked_prefix(prefix)
    before = _left(place, prefix)
    place.clear(prefix, lambda _: None)
    after = _left(place, prefix)
    if after.objects:
        raise NeedsUser(
            f"{after.objects} objects in {place.uri(prefix)} could not be deleted; the log says "
            "why. Delete them in the AWS console."
        )
    return before


def _bucket(account: Account, name: str, stop: threading.Event) -> Bucket:
    return Bucket(Service(account, "s3"), checked_name(name), stop, PAUSES)


def _left(bucket: Bucket, prefix: str) -> Left:
    objects = size = 0
    more: dict[str, str] = {}
    while True:
        page = bucket.ask("list_objects_v2", Prefix=prefix, **more)
        for item in page.get("Contents", ()):
            objects += 1
            size += int(item["Size"])
        if not page.get("IsTruncated"):
            return Left(objects, size)
        more = {"ContinuationToken": page["NextContinuationToken"]}
