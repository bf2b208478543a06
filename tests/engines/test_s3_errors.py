"""Every error of Amazon S3 means one thing and has a remedy."""

from __future__ import annotations

import pytest

from nova_desktop.aws.errors import Account, reaction_to
from nova_desktop.aws.outcomes import Throttled, Unreachable
from nova_desktop.aws.s3_reactions import S3_REACTIONS
from nova_desktop.errors import BadInput, NeedsUser, TryLater

ACCOUNT = Account("work", "us-east-1")
ANSWERS = [  # code, status, message → kind, what the sentence says
    (
        "ValidationException",
        400,
        "Invalid output config: s3://b/out cannot be written.",
        NeedsUser,
        "must be in us-east-1",
    ),
    ("NoSuchBucket", 404, "The specified bucket does not exist", NeedsUser, "aws setup"),
    ("InvalidBucketName", 400, "The specified bucket is not valid", NeedsUser, "aws setup"),
    (
        "AccessDenied",
        403,
        "User: arn:aws:iam::111122223333:user/me is not authorized to perform: kms:GenerateDataKey",
        NeedsUser,
        "kms:Decrypt",
    ),
    ("AccessDenied", 403, "Access Denied", NeedsUser, "aws policy"),
    ("403", 403, "Forbidden", NeedsUser, "aws policy"),
    ("KMS.DisabledException", 400, "The key is disabled.", NeedsUser, "AWS KMS"),
    ("PermanentRedirect", 301, "Use the other endpoint.", NeedsUser, "not in us-east-1"),
    ("301", 301, "Moved Permanently", NeedsUser, "not in us-east-1"),
    ("AccountProblem", 403, "There is a problem.", NeedsUser, "billing"),
    ("InvalidAccessKeyId", 403, "The key does not exist.", NeedsUser, "aws sso login"),
    ("RequestTimeTooSkewed", 403, "The difference is too large.", NeedsUser, "clock"),
    ("SlowDown", 503, "Please reduce your request rate.", Throttled, "Wait"),
    ("ServiceUnavailable", 503, "Reduce your request rate.", Throttled, "overloaded"),
    ("503", 503, "Service Unavailable", Throttled, "overloaded"),
    ("InternalError", 500, "We encountered an internal error.", TryLater, "fault of its own"),
    ("RequestTimeout", 400, "Your socket was not read from.", Unreachable, "Check the network"),
    ("BadDigest", 400, "The digest did not match.", TryLater, "sent again"),
    ("NoSuchUpload", 404, "The upload does not exist.", TryLater, "not there any more"),
    ("404", 404, "Not Found", TryLater, "not there any more"),
    ("EntityTooLarge", 400, "It exceeds the maximum.", BadInput, "save it smaller"),
    ("EntityTooSmall", 400, "It is smaller than the minimum.", BadInput, "too small"),
    ("SomethingNew", 500, "Not here.", TryLater, "Amazon S3 has a fault"),
]


def reaction(code: str, status: int, message: str) -> Exception:
    return reaction_to(code, message, status, ACCOUNT, "Amazon S3")


@pytest.mark.parametrize(("code", "status", "message", "kind", "words"), ANSWERS)
def test_an_error_answer_means_one_thing(code, status, message, kind, words):
    error = reaction(code, status, message)
    assert type(error) is kind
    assert words in str(error)
    assert str(error).endswith(".")


def test_every_row_of_the_table_is_reached_by_a_test():
    said = {str(reaction(code, status, text)) for code, status, text, _, _ in ANSWERS}
    for row in S3_REACTIONS:
        start = row.text.split("{")[0]
        assert any(sentence.startswith(start) for sentence in said), row.text
