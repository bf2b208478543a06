"""Each error of Amazon S3 Vectors is one of our kinds, and a sentence that says what mends it."""

from __future__ import annotations

import botocore.session
import pytest

from nova_desktop.aws.errors import Account, reaction_to
from nova_desktop.aws.outcomes import Absent, Throttled, Unanswered
from nova_desktop.aws.s3vectors_reactions import S3_VECTORS, S3VECTORS_REACTIONS
from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater

SAID = "User is not authorized to perform: s3vectors:"
CASES: list[tuple[str, str, type[ExpectedError], str]] = [
    ("ValidationException", "Filterable metadata must have at most 2048 bytes", BadInput,
     "takes less beside a vector"),
    ("ValidationException", "Invalid nextToken", BadInput, "It said: Invalid nextToken"),
    ("SerializationException", "no JSON", BadInput, "look for a newer Nova Desktop"),
    ("AccessDeniedException", SAID + "GetVectors", NeedsUser, "allow them s3vectors:GetVectors"),
    ("AccessDeniedException", SAID + "PutVectors", NeedsUser, "nova-desktop aws policy prints"),
    ("AccessDeniedException", "No.", NeedsUser, "may not use the vector bucket"),
    ("AccessDeniedException", "User may not kms:Decrypt: KMS key", NeedsUser, "kms:Decrypt for it"),
    ("AccessDeniedException", "The security token is expired", NeedsUser, "Sign in again"),
    ("NotFoundException", "The specified index could not be found", Absent, "Sync again"),
    ("ConflictException", "The specified vector bucket is not empty", NeedsUser, "is not empty"),
    ("ConflictException", "An index with the specified name exists", TryLater, "Sync again"),
    ("ServiceQuotaExceededException", "", NeedsUser, "under Service Quotas, in us-east-1"),
    ("TooManyRequestsException", "", Throttled, "no more requests just now"),
    ("ServiceUnavailableException", "", Throttled, "overloaded"),
    ("InternalServerException", "", TryLater, "health.aws.amazon.com"),
    ("RequestTimeoutException", "", Unanswered, "Check the network"),
    ("KmsDisabledException", "", NeedsUser, "Enable it"),
    ("KmsInvalidStateException", "", NeedsUser, "Look at it under AWS KMS"),
    ("KmsNotFoundException", "", NeedsUser, "choose another vector bucket"),
    ("KmsInvalidKeyUsageException", "", NeedsUser, "symmetric"),
    ("ExpiredTokenException", "", NeedsUser, "session of this computer is over"),
    ("InvalidSignatureException", "Signature expired", NeedsUser, "clock"),
    ("UnrecognizedClientException", "", NeedsUser, "does not accept the credentials"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "message", "kind", "says"), CASES)
def test_an_error_is_told_with_its_remedy(
    code: str, message: str, kind: type[ExpectedError], says: str
) -> None:
    error = reaction_to(code, message, 400, Account(), S3_VECTORS)
    assert type(error) is kind
    assert says in str(error)
    assert str(error).endswith(".")
    assert "Bedrock" not in str(error)
    assert "Nova's" not in str(error)


def test_every_error_of_the_service_model_has_a_sentence() -> None:
    model = botocore.session.Session().get_service_model("s3vectors")
    codes = {
        error.name
        for name in model.operation_names
        for error in model.operation_model(name).error_shapes
    }
    assert codes == {code for code, *_ in CASES} & codes
    assert {code for row in S3VECTORS_REACTIONS for code in row.code.split("|")} >= codes


@pytest.mark.parametrize(
    ("status", "kind"), [(402, NeedsUser), (413, BadInput), (429, Throttled), (502, TryLater)]
)
def test_an_error_without_a_known_code_goes_by_its_status(
    status: int, kind: type[ExpectedError]
) -> None:
    assert isinstance(reaction_to("", "", status, Account(), S3_VECTORS), kind)
