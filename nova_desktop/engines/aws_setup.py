"""Makes the S3 bucket that long media goes through, or brings an own one to the same state.

Doing it again changes nothing. In a bucket that holds other things, only what is under the prefix
is touched, and nothing is ever opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nova_desktop.aws.errors import Account, bedrock_errors
from nova_desktop.engines import aws_bucket
from nova_desktop.engines.aws_account import Kind, bearer, source
from nova_desktop.engines.aws_asking import Asking
from nova_desktop.engines.aws_bucket import DENIED, PUBLIC_ACCESS, S3, code_in, owned_by
from nova_desktop.engines.aws_lifecycle import ABORT_DAYS, EXPIRE_DAYS, with_ours
from nova_desktop.errors import NeedsUser, TryLater

LAST = "\U0010ffff"  # sorts after whatever begins with the prefix

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who would own the bucket."""

    account_id: str
    arn: str
    region: str


def owner(account: Account) -> Owner:
    """Asks STS. Raises NeedsUser without credentials: a bearer key is not enough for a bucket."""
    if bearer() and source(account).kind is Kind.NOTHING:
        raise NeedsUser(
            "An API key of Amazon Bedrock can't make a bucket. Choose a profile in Settings, or "
            "set keys: aws configure."
        )
    with Asking(account) as asking:
        return Owner(*aws_bucket.identity(asking.client("sts"), account), account.region)


def set_up(account: Account, whose: Owner, name: str, prefix: str, tell: Tell) -> None:
    """Makes the bucket, or looks after an own one; `tell` hears a sentence a step, as it is done.

    Raises BadInput for a name or a prefix that can't be, NeedsUser for a bucket that is somebody
    else's or elsewhere, or where a step is not allowed; what was done until then stays.
    """
    aws_bucket.checked_name(name)
    aws_bucket.checked_prefix(prefix)
    with Asking(account) as asking:
        bucket = _Bucket(asking.client("s3"), account, whose, name, prefix, tell)
        bucket.exist()
        bucket.close_to_the_public()
        bucket.encrypt()
        bucket.expire()


@dataclass(frozen=True)
class _Bucket:
    s3: Any
    account: Account
    whose: Owner
    name: str
    prefix: str
    tell: Tell

    def exist(self) -> None:
        region = self.whose.region
        place = aws_bucket.region_of(self.s3, self.account, self.name, self.whose.account_id)
        if place is None:
            # "CreateBucket", Amazon S3 API reference: us-east-1 is said by saying nothing.
            there = {} if region == "us-east-1" else {"LocationConstraint": region}
            configured = {"CreateBucketConfiguration": there} if there else {}
            if self._create(configured):
                self.tell(f"The bucket {self.name} is made, in {region}.")
                return
            place = aws_bucket.region_of(self.s3, self.account, self.name, self.whose.account_id)
        if place != region:
            raise NeedsUser(aws_bucket.elsewhere(self.name, str(place), region))
        self.tell(f"The bucket {self.name} is yours already, in {region}.")

    def close_to_the_public(self) -> None:
        with self._step("s3:GetBucketPublicAccessBlock"):
            blocked = aws_bucket.public_access_blocked(self.s3, self.name, self.whose.account_id)
        if blocked:
            self.tell("Public access is blocked already.")
        elif self._holds_other_things():
            self.tell(
                "Public access is not blocked, and stays so, because the bucket holds other things "
                "too. Block it in the S3 console under Permissions, or choose another bucket."
            )
        else:
            with self._step("s3:PutBucketPublicAccessBlock"):
                self.s3.put_public_access_block(
                    PublicAccessBlockConfiguration=PUBLIC_ACCESS, **self._at
                )
            self.tell("Public access is blocked.")

    def encrypt(self) -> None:
        """With S3's own keys, unless the bucket has a key: one of KMS is kept."""
        with self._step("s3:GetEncryptionConfiguration"):
            found = self._unless(
                "ServerSideEncryptionConfigurationNotFoundError",
                lambda: self.s3.get_bucket_encryption(**self._at),
            )
        if found is not None:
            rules = found["ServerSideEncryptionConfiguration"]["Rules"]
            used = [rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] for rule in rules]
            self.tell(f"Encryption is on already ({', '.join(used)}).")
            return
        by_default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        with self._step("s3:PutEncryptionConfiguration"):
            self.s3.put_bucket_encryption(
                ServerSideEncryptionConfiguration={"Rules": [by_default]}, **self._at
            )
        self.tell("Encryption is on (AES256).")

    def expire(self) -> None:
        with self._step("s3:GetLifecycleConfiguration"):
            found = self._unless(
                "NoSuchLifecycleConfiguration",
                lambda: self.s3.get_bucket_lifecycle_configuration(**self._at),
            )
        before = (found or {}).get("Rules", [])
        after = with_ours(before, self.prefix)
        what = (
            f"What is under {self.prefix} and was forgotten goes after {EXPIRE_DAYS} days, and "
            f"uploads that were left after {ABORT_DAYS} day"
        )
        if after == before:
            self.tell(f"{what}: so it is already.")
            return
        # The answer has it beside the rules, and the request takes it back: else it is changed.
        size = "TransitionDefaultMinimumObjectSize"
        kept = {size: found[size]} if found and size in found else {}
        with self._step("s3:PutLifecycleConfiguration"):
            self.s3.put_bucket_lifecycle_configuration(
                LifecycleConfiguration={"Rules": after}, **kept, **self._at
            )
        others = len(after) - 1
        self.tell(f"{what}." + (f" The bucket's other rules stay ({others})." if others else ""))

    def _create(self, configured: dict[str, Any]) -> bool:
        """False when it is ours by now."""
        from botocore.exceptions import ClientError

        with self._step("s3:CreateBucket"):
            try:
                self.s3.create_bucket(Bucket=self.name, **configured)
            except ClientError as e:
                match code_in(e):
                    case "BucketAlreadyOwnedByYou":
                        return False
                    case "BucketAlreadyExists":
                        raise NeedsUser(aws_bucket.not_ours(self.name)) from e
                    case "TooManyBuckets":
                        raise NeedsUser(
                            "This AWS account has as many S3 buckets as it may. Choose one of them "
                            "with --bucket, or raise the quota under Service Quotas."
                        ) from e
                    case "OperationAborted":
                        raise TryLater(
                            f"Amazon S3 is still busy with the name {self.name}. Try again in an "
                            "hour, or choose another name."
                        ) from e
                raise
        return True

    def _holds_other_things(self) -> bool:
        with self._step("s3:ListBucket"):
            first = self.s3.list_objects_v2(MaxKeys=1, **self._at)
            later = self.s3.list_objects_v2(
                MaxKeys=1, StartAfter=f"{self.prefix}{LAST}", **self._at
            )
        keys = [found["Key"] for page in (first, later) for found in page.get("Contents", [])]
        return any(not key.startswith(self.prefix) for key in keys)

    def _unless(self, code: str, call: Callable[[], Any]) -> Any:
        """The answer; None when it is that there is none."""
        from botocore.exceptions import ClientError

        try:
            return call()
        except ClientError as e:
            if code_in(e) == code:
                return None
            raise

    @contextmanager
    def _step(self, action: str) -> Iterator[None]:
        from botocore.exceptions import ClientError

        with bedrock_errors(self.account, S3):
            try:
                yield
            except ClientError as e:
                if code_in(e) not in DENIED:
                    raise
                raise NeedsUser(
                    f"{self.whose.arn} may not set up the bucket {self.name}: allow {action}, or "
                    "let somebody do it who may. Later work needs less: nova-desktop aws policy."
                ) from e

    @property
    def _at(self) -> dict[str, str]:
        return {"Bucket": self.name, **owned_by(self.whose.account_id)}
