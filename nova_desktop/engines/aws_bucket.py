"""The S3 bucket that long media goes through: its name, where it is, and who can see into it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import replace
from typing import Any

from nova_desktop.aws.errors import Account, bedrock_errors
from nova_desktop.engines.aws_account import signs_in, source
from nova_desktop.errors import BadInput, NeedsUser

S3 = "Amazon S3"
# "General purpose bucket naming rules", Amazon S3 user guide.
RESERVED_STARTS = ("xn--", "sthree-", "amzn-s3-demo-")
RESERVED_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
PREFIX_BYTES = 512  # ours: half of the 1,024 bytes that a key may have
DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403")
PUBLIC_ACCESS = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


def checked_name(name: str) -> str:
    """`name`, if S3 would take it; raises BadInput with the rule that it breaks."""
    problem = ""
    if not re.fullmatch(r"[a-z0-9.-]{3,63}", name):
        problem = "it has 3 to 63 small letters without accents, digits, dots and hyphens"
    elif not (name[0].isalnum() and name[-1].isalnum()):
        problem = "it begins and ends with a letter or a digit"
    elif ".." in name:
        problem = "no two dots stand together in it"
    elif _is_address(name):
        problem = "it is not written like an IP address"
    elif name.startswith(RESERVED_STARTS) or name.endswith(RESERVED_ENDS):
        problem = "AWS keeps names that begin or end like this for itself"
    if problem:
        raise BadInput(f"“{name}” can't be the name of an S3 bucket: {problem}. Choose another.")
    return name


def checked_prefix(prefix: str) -> str:
    """`prefix`, if it is one of our own: what lies under it is deleted after some days."""
    if not prefix.strip("/") or prefix.startswith("/") or not prefix.endswith("/"):
        raise BadInput(
            f"bucket_prefix can't be “{prefix}”: it names a place of our own in the bucket, and "
            "ends with a slash, as in nova-desktop/. Mend it in the settings."
        )
    if len(prefix.encode()) > PREFIX_BYTES or not prefix.isprintable():
        raise BadInput(f"bucket_prefix has at most {PREFIX_BYTES} bytes, and no control letters.")
    return prefix


def proposed(account_id: str, region: str) -> str:
    """A bucket's name that nobody else has, and that says whose and what for it is."""
    return f"nova-desktop-{account_id}-{region}"


def identity(sts: Any, account: Account) -> tuple[str, str]:
    """(the account's number, the ARN of who asks). Raises NeedsUser or TryLater."""
    from botocore.exceptions import ClientError, SSOError, TokenRetrievalError

    with bedrock_errors(account, "AWS STS"):
        try:
            answer = sts.get_caller_identity()
        except (SSOError, TokenRetrievalError):
            # A role is assumed from another profile: that is the one to sign in with.
            with bedrock_errors(replace(account, profile=signs_in(account))):
                raise
        except ClientError as e:
            if e.operation_name.startswith("AssumeRole") and code_in(e) in DENIED:
                raise NeedsUser(
                    f"The role of the AWS profile “{source(account).name}” can't be assumed. Check "
                    "its role_arn, and whom the role trusts."
                ) from e
            raise
    return str(answer["Account"]), str(answer["Arn"])


def region_of(s3: Any, account: Account, name: str, owner: str) -> str | None:
    """Where the bucket is; None when there is none. `owner` is an account's number, or "".

    Raises NeedsUser when it is somebody else's, or may not be looked at.
    """
    from botocore.exceptions import ClientError

    with bedrock_errors(account, S3):
        try:
            answer = s3.get_bucket_location(Bucket=name, **owned_by(owner))
        except ClientError as e:
            match code_in(e):
                case "NoSuchBucket" | "404":
                    return None
                case code if code in DENIED:
                    raise NeedsUser(not_ours(name)) from e
            raise
    # "GetBucketLocation", Amazon S3 API reference: null is us-east-1, EU is eu-west-1.
    place = answer.get("LocationConstraint") or "us-east-1"
    return "eu-west-1" if place == "EU" else str(place)


def not_ours(name: str) -> str:
    return (
        f"The S3 bucket {name} belongs to somebody else, or these credentials may not look at it. "
        "Choose another name, or allow what nova-desktop aws policy prints."
    )


def elsewhere(name: str, place: str, region: str) -> str:
    """The sentence about a bucket that is in another region than the model."""
    return (
        f"The S3 bucket {name} is in {place}, and Amazon Nova is asked in {region}; they must be "
        "together. Choose another bucket, or make one: nova-desktop aws setup."
    )


def public_access_blocked(s3: Any, name: str, owner: str) -> bool:
    """Raises botocore's exceptions as they are."""
    from botocore.exceptions import ClientError

    try:
        answer = s3.get_public_access_block(Bucket=name, **owned_by(owner))
    except ClientError as e:
        if code_in(e) == "NoSuchPublicAccessBlockConfiguration":
            return False
        raise
    kept = answer["PublicAccessBlockConfiguration"]
    return all(kept.get(key) for key in PUBLIC_ACCESS)


def owned_by(owner: str) -> dict[str, str]:
    """The parameter with which S3 refuses a bucket of another account's."""
    return {"ExpectedBucketOwner": owner} if owner else {}


def code_in(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _is_address(name: str) -> bool:
    try:
        ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True
