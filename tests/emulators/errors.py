"""How the services refuse: their codes with their HTTP status, and their sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

# botocore's models of bedrock-runtime and bedrock. Those from MissingAuthenticationToken on are
# common to all of AWS: Amazon Bedrock guide, "Troubleshooting Amazon Bedrock API Error Codes".
STATUS = {
    "ValidationException": 400,
    "ServiceQuotaExceededException": 400,
    "ConflictException": 400,
    "AccessDeniedException": 403,
    "ResourceNotFoundException": 404,
    "ModelTimeoutException": 408,
    "ModelErrorException": 424,
    "ThrottlingException": 429,
    "ModelNotReadyException": 429,
    "InternalServerException": 500,
    "ServiceUnavailableException": 503,
    "MissingAuthenticationTokenException": 403,
    "IncompleteSignatureException": 400,
    "InvalidSignatureException": 403,
    "UnrecognizedClientException": 403,
    "ExpiredTokenException": 403,
    "SerializationException": 400,
    "UnknownOperationException": 404,
}
# botocore's model of s3vectors; the rest as above.
S3VECTORS_STATUS = {
    "NotFoundException": 404,
    "RequestTimeoutException": 408,
    "ConflictException": 409,
    "ServiceQuotaExceededException": 402,
    "TooManyRequestsException": 429,
    "KmsDisabledException": 400,
    "KmsInvalidKeyUsageException": 400,
    "KmsInvalidStateException": 400,
    "KmsNotFoundException": 400,
}
SENTENCES = {
    "ValidationException": "Malformed input request, please reformat your input and try again.",
    "ServiceQuotaExceededException": "Your request exceeds a service quota for your account.",
    "ConflictException": "A request with this clientRequestToken and another content was made.",
    "AccessDeniedException": "You don't have access to the model with the specified model ID.",
    "ResourceNotFoundException": "The specified resource was not found.",
    "ModelTimeoutException": "Model has timed out in processing the request. Try your request "
    "again.",
    "ModelErrorException": "The system encountered an unexpected error during processing. Try "
    "your request again.",
    "ThrottlingException": "Too many requests, please wait before trying again.",
    "ModelNotReadyException": "Model is not ready for inference. Wait and try your request again.",
    "InternalServerException": "The system encountered an unexpected error during processing. "
    "Try your request again.",
    "ServiceUnavailableException": "Bedrock is unable to process your request.",
    "MissingAuthenticationTokenException": "Missing Authentication Token",
    "IncompleteSignatureException": "The request signature does not conform to AWS standards.",
    "InvalidSignatureException": "The request signature we calculated does not match the "
    "signature you provided.",
    "UnrecognizedClientException": "The security token included in the request is invalid.",
    "ExpiredTokenException": "The security token included in the request is expired",
    "UnknownOperationException": "Unknown operation",
    "NotFoundException": "The specified resource could not be found",
    "RequestTimeoutException": "The request timed out. Retry your request.",
    "TooManyRequestsException": "Too many requests, please wait before trying again.",
    "KmsDisabledException": "The KMS key is disabled.",
    "KmsInvalidKeyUsageException": "The KMS key can't be used for this.",
    "KmsInvalidStateException": "The KMS key is not in a state in which it can be used.",
    "KmsNotFoundException": "The KMS key was not found.",
}
UNKNOWN_MODEL = "The provided model identifier is invalid."


class Refused(Exception):
    """An answer that is an error: on the wire {"message": …} with `x-amzn-errortype: code`.

    `fields`: (path, what is wrong there), for services that tell it.
    """

    def __init__(
        self, code: str, message: str = "", fields: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.code = code
        self.status = STATUS.get(code) or S3VECTORS_STATUS[code]
        self.fields = tuple(fields)
        self.message = message or SENTENCES[code]
        super().__init__(f"{code}: {self.message}")


def invalid(message: str) -> Refused:
    return Refused("ValidationException", message)


def malformed(errors: Sequence[str] = ()) -> Refused:
    """What the schema check of the model says; without errors, that the body is no JSON."""
    found = f": {''.join(errors)}" if errors else ""
    return invalid(f"Malformed input request{found}, please reformat your input and try again.")


def constraints(errors: Sequence[str]) -> Refused:
    """What the front of the service says about members that break its own API model."""
    count = "1 validation error" if len(errors) == 1 else f"{len(errors)} validation errors"
    paths = (re.search(r" at '([^']*)' ", error) for error in errors)
    fields = [(at[1] if at else "", error) for at, error in zip(paths, errors, strict=True)]
    return Refused("ValidationException", f"{count} detected: {'; '.join(errors)}", fields)
