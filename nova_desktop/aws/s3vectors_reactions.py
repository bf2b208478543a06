"""What each error of Amazon S3 Vectors means and how to mend it.

Sources: the service's model in botocore for codes and their meaning; texts as the service was seen
to send them. What is not here, such as of signing, is as for every service (`reactions`).
"""

from __future__ import annotations

from nova_desktop.aws.outcomes import Absent, Throttled, Unanswered
from nova_desktop.aws.reactions import Reaction
from nova_desktop.errors import BadInput, NeedsUser, TryLater

S3_VECTORS = "Amazon S3 Vectors"
POLICY = "nova-desktop aws policy prints what it needs"

S3VECTORS_REACTIONS = (
    Reaction(
        "ValidationException",
        "at most .* keys|metadata",
        BadInput,
        "Amazon S3 Vectors takes less beside a vector than this: 40 KB, and 2 KB that is filtered "
        "by. Shorten the file's name, title or keywords. It said: {said}",
    ),
    Reaction(
        "ValidationException|SerializationException|413",
        "",
        BadInput,
        "Amazon S3 Vectors refuses this request; look for a newer Nova Desktop. It said: {said}",
    ),
    # botocore's model of QueryVectors and ListVectors: a filter, or metadata, needs both.
    Reaction(
        "AccessDeniedException",
        "s3vectors:GetVectors",
        NeedsUser,
        "The AWS credentials of {profile} may not read vectors. To search with filters and to see "
        "what was found, s3vectors:QueryVectors and s3vectors:ListVectors are not enough: allow "
        f"them s3vectors:GetVectors too; {POLICY}.",
    ),
    Reaction(
        "AccessDeniedException",
        r"\bkms\b",
        NeedsUser,
        "The AWS credentials of {profile} may not use the key that encrypts the vector bucket. "
        "Allow them kms:GenerateDataKey and kms:Decrypt for it.",
    ),
    Reaction(
        "AccessDeniedException",
        r"^(?!.*(security token|expired))",  # those are said as for every service
        NeedsUser,
        "The AWS credentials of {profile} may not use the vector bucket: "
        f"{POLICY}. It said: {{said}}",
    ),
    Reaction(
        "NotFoundException",
        "",
        Absent,
        "What was shared is not in the vector bucket any more. Sync again to make it anew, or "
        "choose the right bucket and region in Settings.",
    ),
    Reaction(
        "ConflictException",
        "not empty",
        NeedsUser,
        "The vector bucket is not empty, so it stays. Remove its other indexes first: aws "
        "s3vectors list-indexes names them.",
    ),
    Reaction(
        "ConflictException",
        "",
        TryLater,
        "Another machine changes the same in the vector bucket just now. Sync again.",
    ),
    Reaction(
        "ServiceQuotaExceededException",
        "",
        NeedsUser,
        "This AWS account's quota for Amazon S3 Vectors is used up. Remove vector buckets or "
        "indexes that nobody needs, or raise it under Service Quotas, in {region}. It said: {said}",
    ),
    Reaction(
        "TooManyRequestsException|ThrottlingException|SlowDown",
        "",
        Throttled,
        "Amazon S3 Vectors takes no more requests just now. Wait; other machines may be syncing.",
    ),
    Reaction(
        "ServiceUnavailableException",
        "",
        Throttled,
        "Amazon S3 Vectors is overloaded just now. Wait, or sync again later.",
    ),
    Reaction(
        "InternalServerException|InternalFailure",
        "",
        TryLater,
        "Amazon S3 Vectors has a fault of its own. Wait, or look at health.aws.amazon.com.",
    ),
    Reaction(
        "RequestTimeoutException",
        "",
        Unanswered,
        "Amazon S3 Vectors did not get the whole request in time. Check the network.",
    ),
    Reaction(
        "KmsDisabledException",
        "",
        NeedsUser,
        "The key that encrypts the vector bucket is disabled. Enable it under AWS KMS in {region}.",
    ),
    Reaction(
        "KmsInvalidStateException",
        "",
        NeedsUser,
        "The key that encrypts the vector bucket can't be used as it is, such as while it waits "
        "to be deleted. Look at it under AWS KMS in {region}. It said: {said}",
    ),
    Reaction(
        "KmsNotFoundException",
        "",
        NeedsUser,
        "The key that encrypts the vector bucket is not there any more. Without it nobody can read "
        "what was shared: choose another vector bucket in Settings and sync again.",
    ),
    Reaction(
        "KmsInvalidKeyUsageException",
        "",
        NeedsUser,
        "The key of the vector bucket is not one to encrypt with. Choose a bucket with a symmetric "
        "key of AWS KMS in Settings.",
    ),
)
