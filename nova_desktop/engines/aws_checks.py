"""Whether an AWS account is ready for Amazon Nova: what is asked in turn, and how to mend it.

Costs nothing but a dozen requests of S3, unless a paid call is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from nova_desktop.aws.client import Bedrock
from nova_desktop.aws.errors import Account
from nova_desktop.engines import aws_bucket, nova_answer, nova_request
from nova_desktop.engines.aws_account import BEARER, OFFERED, bearer, overrides, source
from nova_desktop.engines.aws_asking import Asking
from nova_desktop.engines.aws_permissions import (
    missing_in_bedrock,
    missing_in_s3,
    missing_in_vectors,
)
from nova_desktop.errors import ExpectedError, NeedsUser
from nova_desktop.model import Check, Piece, Purpose

POLICY = "Allow what nova-desktop aws policy prints."
CREDENTIALS, REGION, MODEL = "AWS credentials", "AWS region", "Amazon Nova"
BUCKET, PERMISSIONS, ENDPOINTS = "S3 bucket", "permissions", "endpoints"
VECTORS = "vector bucket"


class Look(NamedTuple):
    name: str
    needs: Sequence[str]  # names of what must be right before it means anything
    look: Callable[[], str]  # what was found; raises an ExpectedError with the remedy


def checks(
    account: Account,
    model: str,
    bucket: str,
    prefix: str,
    *,
    vector_bucket: str = "",
    paid: bool = False,
) -> tuple[Check, ...]:
    """In the order in which they depend on each other. `paid`: the model is really called.

    A vector bucket is looked at where one is chosen.

    Takes some seconds, and longer where nobody answers. "" for `bucket` is none.
    """
    with Asking(account) as asking:
        looking = _Looking(asking, model, bucket, prefix, paid)
        looks: tuple[Look, ...] = (
            Look(CREDENTIALS, (), looking.credentials),
            Look(REGION, (CREDENTIALS,), looking.region),
            Look(MODEL, (CREDENTIALS, REGION), looking.access),
            Look(BUCKET, (CREDENTIALS,), looking.place),
            Look(PERMISSIONS, (CREDENTIALS, REGION, BUCKET), looking.permissions),
            Look(ENDPOINTS, (), looking.endpoints),
        )
        if vector_bucket:
            shared = Look(VECTORS, (CREDENTIALS,), lambda: _vectors(asking, vector_bucket))
            looks = (*looks[:-1], shared, looks[-1])
        return run(looks)


def run(looks: Sequence[Look]) -> tuple[Check, ...]:
    """Looks in turn; what needs something that failed is not tried."""
    done: list[Check] = []
    for look in looks:
        wrong = {check.name for check in done if not check.ok}
        if first := next((name for name in look.needs if name in wrong), None):
            done.append(Check(look.name, False, f"Not tried: first the {first} must be right."))
            continue
        try:
            done.append(Check(look.name, True, look.look()))
        except ExpectedError as e:
            done.append(Check(look.name, False, str(e)))
    return tuple(done)


def _vectors(asking: Asking, bucket: str) -> str:
    if missing := missing_in_vectors(asking, bucket):
        raise NeedsUser(f"Not allowed ({bucket}): {', '.join(missing)}. {POLICY}")
    listed = asking.asked(
        "s3vectors",
        lambda client: client.list_indexes(vectorBucketName=bucket, maxResults=1),
        fine=("NotFoundException",),
    )
    if listed == ():
        return f"{bucket} is not there yet: the first sync makes it. Vectors are allowed."
    return f"{bucket} is there, and vectors are allowed."


class _Looking:
    """The looks at one account, and what earlier ones found for later ones. One thread."""

    def __init__(self, asking: Asking, model: str, bucket: str, prefix: str, paid: bool) -> None:
        self._asking, self._account = asking, asking.account
        self._model, self._bucket, self._prefix, self._paid = model, bucket, prefix, paid
        self._owner = ""  # the account's number
        self._may: str | None = None  # what Bedrock says of the model; None where it may not say

    def credentials(self) -> str:
        if bearer():
            return (
                f"Amazon Nova is asked with the API key in {BEARER}, which is no identity; "
                "a bucket needs a profile or keys besides."
            )
        found = source(self._account)
        self._owner, arn = aws_bucket.identity(self._asking.client("sts"), self._account)
        origin = f"the profile “{found.name}” ({found.kind})" if found.name else f"the {found.kind}"
        return f"{arn}, from {origin}."

    def region(self) -> str:
        region = self._account.region
        answer = self._asking.asked(
            "bedrock",
            lambda client: client.get_foundation_model_availability(modelId=self._model),
        )
        if answer is None:
            if region in OFFERED:
                return f"Amazon Nova's embedding model is known to be offered in {region}."
            raise NeedsUser(self._not_offered())
        if answer["regionAvailability"] != "AVAILABLE":
            raise NeedsUser(self._not_offered())
        agreed = answer["agreementAvailability"]["status"]
        states = (answer["authorizationStatus"], answer["entitlementAvailability"], agreed)
        good = ("AUTHORIZED", "AVAILABLE")
        self._may = next((state for state in states if state not in good), "")
        return f"Amazon Nova's embedding model is offered in {region}."

    def access(self) -> str:
        if self._may:
            raise NeedsUser(
                f"This AWS account has no access to Amazon Nova's embedding model ({self._may}). "
                f"Ask for it in the Bedrock console under Model access, in {self._account.region}."
            )
        if self._paid:
            return self._called()
        told = "The account has access. " if self._may == "" else ""
        return (
            f"{told}Not tried, because a call costs (less than 0.000001 US dollars): "
            "nova-desktop aws check --paid."
        )

    def place(self) -> str:
        if not self._bucket:
            return (
                "None is chosen, so long films and sounds go in small parts. nova-desktop aws "
                "setup makes one."
            )
        aws_bucket.checked_name(self._bucket)
        region = self._account.region
        place = aws_bucket.region_of(
            self._asking.client("s3"), self._account, self._bucket, self._owner
        )
        if place is None:
            raise NeedsUser(
                f"There is no S3 bucket {self._bucket}. Make it: nova-desktop aws setup "
                f"--bucket {self._bucket}."
            )
        if place != region:
            raise NeedsUser(aws_bucket.elsewhere(self._bucket, place, region))
        blocked = self._asking.asked(
            "s3",
            lambda client: aws_bucket.public_access_blocked(client, self._bucket, self._owner),
        )
        if blocked is None:
            return (
                f"{self._bucket} is in {region}; whether the public can see into it can't be told "
                f"without s3:GetBucketPublicAccessBlock. {POLICY}"
            )
        if not blocked:
            raise NeedsUser(
                f"Public access to the S3 bucket {self._bucket} is not blocked. Block it in the S3 "
                "console under Permissions, or choose a bucket that is only for this."
            )
        return f"{self._bucket} is in {region}, and closed to the public."

    def permissions(self) -> str:
        if not self._bucket:
            return "Nothing more is needed without a bucket."
        aws_bucket.checked_prefix(self._prefix)
        missing = [
            *missing_in_s3(self._asking, self._bucket, self._prefix, self._owner),
            *missing_in_bedrock(self._asking, self._owner),
        ]
        if missing:
            where = f"{self._bucket}/{self._prefix}"
            raise NeedsUser(f"Not allowed ({where}): {', '.join(missing)}. {POLICY}")
        return f"Objects under {self._bucket}/{self._prefix} and jobs of Amazon Nova are allowed."

    def endpoints(self) -> str:
        found = overrides(self._account)
        if not found:
            return "Everything is asked at AWS."
        return (
            f"{'; '.join(map(str, found))}, instead of at AWS. To undo it, take AWS_ENDPOINT_URL… "
            "out of the environment, and endpoint_url out of ~/.aws/config."
        )

    def _called(self) -> str:
        body = nova_request.body_of(Piece.of_words("a"), Purpose.INDEX, 256)
        answered = Bedrock(self._account, 1).invoke(self._model, body)
        nova_answer.vectors_of(answered.body, 256, ("TEXT",))
        return f"It answers. Tokens that this call was billed for: {answered.tokens or 'not told'}."

    def _not_offered(self) -> str:
        return (
            f"Amazon Nova's embedding model is not offered in {self._account.region}. Choose "
            f"{OFFERED[0]} in Settings."
        )
