"""How Amazon Bedrock refuses: its codes with their HTTP status, and its sentences."""

from __future__ import annotations

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
}
UNKNOWN_MODEL = "The provided model identifier is invalid."


class Refused(Exception):
    """An answer that is an error: on the wire {"message": …} with `x-amzn-errortype: code`."""

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.status = STATUS[code]
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
    return invalid(f"{count} detected: {'; '.join(errors)}")
