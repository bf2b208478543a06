"""Whether a request is signed: AWS Signature Version 4 or a bearer key, present and well-formed.

The signature itself is not computed again: any secret will do here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.emulators.errors import Refused

SKEW_S = 300.0  # AWS General Reference: a signature is good for 5 minutes
_FIELD = re.compile(r"(Credential|SignedHeaders|Signature)=([^,\s]+)")
_REFUSALS = {
    "denied": "AccessDeniedException",
    "revoked": "UnrecognizedClientException",
    "expired": "ExpiredTokenException",
}


@dataclass(frozen=True)
class Caller:
    key: str  # access key id, or the bearer key
    region: str | None  # that was signed for; a bearer key names none


def caller(
    headers: Mapping[str, str], keys: Mapping[str, str], now: datetime, service: str = "bedrock"
) -> Caller:
    """Who asks `service`. `keys`: access key → what is wrong with it.

    Raises Refused for a missing or malformed signature, and for a key that may not.
    """
    authorization = headers.get("authorization", "")
    if not authorization:
        raise Refused("MissingAuthenticationTokenException")
    kind, _, rest = authorization.partition(" ")
    if kind == "Bearer":
        found = Caller(rest.strip(), None)
        if not re.fullmatch(r"[!-~]+", found.key):
            raise Refused("UnrecognizedClientException")
    elif kind == "AWS4-HMAC-SHA256":
        found = _signed(rest, headers, now, service)
    else:
        raise Refused("IncompleteSignatureException")
    if wrong := keys.get(found.key):
        raise Refused(_REFUSALS[wrong], _denied(found) if wrong == "denied" else "")
    return found


def _signed(text: str, headers: Mapping[str, str], now: datetime, wanted: str) -> Caller:
    fields = dict(_FIELD.findall(text))
    for name in ("Credential", "Signature", "SignedHeaders"):
        if name not in fields:
            raise Refused(
                "IncompleteSignatureException",
                f"Authorization header requires '{name}' parameter. Authorization={text}",
            )
    scope = fields["Credential"].split("/")
    if len(scope) != 5 or scope[4] != "aws4_request" or not re.fullmatch(r"\w{4,128}", scope[0]):
        raise Refused("IncompleteSignatureException", "Credential must have five parts.")
    key, day, region, service, _ = scope
    if service != wanted:
        wrong = f"Credential should be scoped to correct service: '{wanted}'."
        raise Refused("InvalidSignatureException", wrong)
    if not re.fullmatch(r"[0-9a-f]{64}", fields["Signature"]):
        raise Refused("IncompleteSignatureException", "The signature is not 64 hex digits.")
    if "host" not in fields["SignedHeaders"].split(";"):
        raise Refused("InvalidSignatureException", "'Host' must be a 'SignedHeader'.")
    _check_date(headers.get("x-amz-date", ""), day, now)
    return Caller(key, region)


def _check_date(text: str, day: str, now: datetime) -> None:
    try:
        signed = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as e:
        raise Refused(
            "IncompleteSignatureException", "Authorization header requires an 'X-Amz-Date' header."
        ) from e
    if not text.startswith(day):
        raise Refused(
            "InvalidSignatureException", "Date in Credential scope does not match X-Amz-Date."
        )
    if abs((now - signed).total_seconds()) > SKEW_S:
        raise Refused("InvalidSignatureException", f"Signature expired: {text} is not now.")


def _denied(caller: Caller) -> str:
    return f"User with access key {caller.key} is not authorized to perform this operation."
