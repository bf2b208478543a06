"""What each error of Amazon S3 means and how to mend it, and of Bedrock where it can't use S3.

Sources: "Error responses", Amazon S3 API reference, for codes and their meaning. An answer to HEAD
has no body: botocore gives its status as the code.
"""

from __future__ import annotations

from nova_desktop.aws.outcomes import Throttled, Unreachable
from nova_desktop.aws.reactions import SIGN_IN, Reaction
from nova_desktop.errors import BadInput, NeedsUser, TryLater

POLICY = "nova-desktop aws policy prints what it needs"
SET_UP = "Choose another one in Settings, or make one: nova-desktop aws setup."

S3_REACTIONS = (
    Reaction(
        "ValidationException",
        r"output (data )?config|outputDataConfig|s3 ?bucket|bucket.*(denied|permission|region)",
        NeedsUser,
        "Amazon Bedrock can't use the S3 bucket. It must be in {region}, and {profile} must be "
        f"allowed to read and write it: {POLICY}. It said: {{said}}",
    ),
    Reaction("NoSuchBucket", "", NeedsUser, f"The S3 bucket does not exist. {SET_UP}"),
    Reaction("InvalidBucketName", "", NeedsUser, f"The S3 bucket's name is not one. {SET_UP}"),
    Reaction(
        "AccessDenied|AllAccessDisabled|403",
        r"kms",
        NeedsUser,
        "The AWS credentials of {profile} may not use the key that encrypts the S3 bucket. Allow "
        "them kms:GenerateDataKey and kms:Decrypt for it.",
    ),
    Reaction(
        "AccessDenied|AllAccessDisabled|403",
        "",
        NeedsUser,
        "The AWS credentials of {profile} may not use the S3 bucket: "
        f"{POLICY}. It said: {{said}}",
    ),
    Reaction(
        r"KMS\..*|Kms.*",
        "",
        NeedsUser,
        "The key that encrypts the S3 bucket can't be used. Look at it under AWS KMS in {region}, "
        "or choose another bucket in Settings. It said: {said}",
    ),
    Reaction(
        "PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|301|307"
        "|IllegalLocationConstraintException",
        "",
        NeedsUser,
        f"The S3 bucket is not in {{region}}, where Amazon Nova is asked. {SET_UP}",
    ),
    Reaction(
        "AccountProblem|NotSignedUp",
        "",
        NeedsUser,
        "This AWS account can't use Amazon S3. Look at the account's billing. It said: {said}",
    ),
    Reaction(
        "InvalidAccessKeyId",
        "",
        NeedsUser,
        f"AWS does not know the access key of {{profile}}. {SIGN_IN}",
    ),
    Reaction(
        "RequestTimeTooSkewed",
        "",
        NeedsUser,
        "AWS refuses this computer's clock. Set the date and the time right.",
    ),
    Reaction(
        "SlowDown|RequestLimitExceeded|BandwidthLimitExceeded",
        "",
        Throttled,
        "Amazon S3 takes no more requests just now. Wait, or pause.",
    ),
    Reaction(
        "ServiceUnavailable|503",
        "",
        Throttled,
        "Amazon S3 is overloaded just now. Wait, or pause.",
    ),
    Reaction(
        "InternalError",
        "",
        TryLater,
        "Amazon S3 has a fault of its own. Wait, or look at health.aws.amazon.com.",
    ),
    Reaction(
        "RequestTimeout|IncompleteBody",
        "",
        Unreachable,
        "The connection to Amazon S3 broke in the middle. Check the network.",
    ),
    Reaction(
        "BadDigest|InvalidDigest|XAmzContent(SHA256|Checksum)Mismatch",
        "",
        TryLater,
        "A part of the file was damaged on its way to Amazon S3. It is sent again; check the "
        "network's proxy if it stays so.",
    ),
    Reaction(
        "NoSuchUpload|InvalidPart|InvalidPartOrder|NoSuchKey|404|OperationAborted",
        "",
        TryLater,
        "What was in the S3 bucket for this file is not there any more. Retry it.",
    ),
    Reaction(
        "EntityTooLarge|MaxMessageLengthExceeded",
        "",
        BadInput,
        "This is too large for Amazon S3; save it smaller.",
    ),
    Reaction(
        "EntityTooSmall",
        "",
        BadInput,
        "A part of this is too small for Amazon S3. Retry the file.",
    ),
)
