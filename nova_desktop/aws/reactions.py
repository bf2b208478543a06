"""What each error of Amazon Bedrock means and how to mend it: one table of codes, one of botocore's
own exceptions.

Sources: the Bedrock runtime's service model in botocore for codes and their meaning; texts as the
service was seen to send them.
"""

from __future__ import annotations

from dataclasses import dataclass

from nova_desktop.aws.outcomes import (
    Faltered,
    Rejected,
    Throttled,
    Unanswered,
    Unreachable,
)
from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater


@dataclass(frozen=True, slots=True)
class Reaction:
    """What one kind of error means. In `text`: {region}, {profile}, {option}, {said}, {service}."""

    code: str  # a regular expression, of the whole code
    said: str  # a regular expression, found in the message whatever the case; "" is any
    kind: type[ExpectedError]
    text: str


CONTENT = r"content (filter|policy|safety)|guardrail|responsible ai|\brai\b|\brai_|blocked by"
SIGN_IN = "Sign in again: aws sso login{option}, or renew the keys."
BUSY = (
    "Amazon Bedrock takes no more requests just now. If it stays so, raise this account's quota "
    "for the model under Service Quotas: a new account's can be 0."
)

# The first that fits counts. Codes of the service model stand first, then those of signing, then
# by status whatever is left.
REACTIONS = (
    Reaction(
        "ValidationException",
        "model identifier is invalid",
        NeedsUser,
        "Amazon Nova's embedding model is not offered in {region}. Choose us-east-1 in Settings.",
    ),
    Reaction(
        "ValidationException",
        r"on-demand throughput|inference profile",
        NeedsUser,
        "Amazon Nova's embedding model can't be called on demand in {region}. Choose us-east-1 in "
        "Settings.",
    ),
    Reaction(
        "ValidationException",
        r"required key \[(messages|prompt|inputText)\]",
        NeedsUser,
        "Another model than Amazon Nova's embedding model answers. Take AWS_ENDPOINT_URL and "
        "proxies away, or look for a newer Nova Desktop.",
    ),
    Reaction(
        "ValidationException",
        CONTENT,
        Rejected,
        "Amazon Bedrock's content filter refuses this; leave the file out of the folders that are "
        "sent. It said: {said}",
    ),
    Reaction(
        "ValidationException",
        "",
        BadInput,
        "Amazon Nova refuses this request; replace the file with a good copy. It said: {said}",
    ),
    Reaction(
        "AccessDeniedException",
        r"access to the model|model access|not subscribed|marketplace",
        NeedsUser,
        "This AWS account has no access to Amazon Nova's embedding model. Ask for it in the "
        "Bedrock console under Model access, in {region}.",
    ),
    Reaction(
        "AccessDeniedException",
        r"api key|bearer token",
        NeedsUser,
        "Amazon Bedrock does not accept the API key in AWS_BEARER_TOKEN_BEDROCK: it is over, or of "
        "another region than {region}. Make a new one in the Bedrock console under API keys.",
    ),
    Reaction(
        "AccessDeniedException",
        r"security token|expired",
        NeedsUser,
        f"The AWS credentials of {{profile}} are not valid any more. {SIGN_IN}",
    ),
    Reaction(
        "AccessDeniedException",
        "",
        NeedsUser,
        "The AWS credentials of {profile} may not use Amazon Nova. Allow them the action "
        "bedrock:InvokeModel in {region}.",
    ),
    Reaction(
        "ResourceNotFoundException",
        "",
        NeedsUser,
        "Amazon Bedrock knows no such model in {region}. Choose us-east-1 in Settings.",
    ),
    Reaction(
        "ThrottlingException",
        r"per day|daily",
        Throttled,
        "This AWS account's quota of the day for Amazon Nova is used up. It goes on tomorrow; "
        "raise the quota under Service Quotas to go on sooner.",
    ),
    Reaction("ThrottlingException|TooManyRequestsException", "", Throttled, BUSY),
    Reaction(
        "ServiceUnavailableException",
        "",
        Throttled,
        "Amazon Bedrock is overloaded just now. Wait, or pause.",
    ),
    Reaction(
        "ModelNotReadyException",
        "",
        Throttled,
        "Amazon Nova is getting ready to answer. Wait a little.",
    ),
    Reaction(
        "ModelTimeoutException",
        "",
        Faltered,
        "Amazon Nova took too long over this. Retry it, or choose shorter segments.",
    ),
    Reaction(
        "ModelErrorException",
        "",
        Faltered,
        "Amazon Nova failed on this. Retry it, or replace the file with a good copy.",
    ),
    Reaction(
        "InternalServerException|InternalFailure",
        "",
        TryLater,
        "Amazon Bedrock has a fault of its own. Wait, or look at health.aws.amazon.com.",
    ),
    Reaction(
        "ServiceQuotaExceededException",
        "",
        NeedsUser,
        "This AWS account's quota for Amazon Nova is used up. Raise it under Service Quotas, "
        "Amazon Bedrock, in {region}.",
    ),
    Reaction(
        "ConflictException",
        "",
        BadInput,
        "Amazon Bedrock has this request already, with other content. Retry the file.",
    ),
    Reaction(
        "ExpiredToken|ExpiredTokenException|InvalidGrantException|UnauthorizedException",
        "",
        NeedsUser,
        f"The AWS session of {{profile}} is over. {SIGN_IN}",
    ),
    Reaction(
        "RequestExpired|RequestTimeTooSkewed|InvalidSignatureException|SignatureDoesNotMatch",
        r"expired|not yet current|skew|too (old|far)",
        NeedsUser,
        "AWS refuses this computer's clock. Set the date and the time right.",
    ),
    Reaction(
        "UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException"
        "|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature",
        "",
        NeedsUser,
        "AWS does not accept the credentials of {profile}. Check the keys, or sign in again: "
        "aws sso login{option}.",
    ),
)
BY_STATUS = (  # (from, to, kind, text)
    (402, 402, NeedsUser, "This AWS account's quota for {service} is used up. It said: {said}"),
    (401, 403, NeedsUser, "AWS refuses the credentials of {profile}. It said: {said}"),
    (407, 407, NeedsUser, "The network's proxy asks for a password. Set HTTPS_PROXY. {said}"),
    (408, 408, Faltered, "{service} took too long over this. Retry it."),
    (413, 413, BadInput, "This is too large for {service}; save it smaller."),
    (
        429,
        429,
        Throttled,
        BUSY.replace("Amazon Bedrock", "{service}").replace(" for the model", ""),
    ),
    # A gateway's: the request may have been answered, and paid for, behind it.
    (502, 502, Unanswered, "{service} can't be reached through the network. It said: {said}"),
    (504, 504, Unanswered, "{service} does not answer in time. Check the network."),
    (500, 599, TryLater, "{service} has a fault of its own. Wait. It said: {said}"),
    (300, 499, BadInput, "{service} refuses this request; retry it. It said: {said}"),
)


@dataclass(frozen=True, slots=True)
class Raised:
    """What one kind of botocore's exceptions means."""

    names: str  # of classes, with "|" between them
    kind: type[ExpectedError]
    text: str  # as in a Reaction; and {name}, the profile's


# botocore's own exceptions, by the name of the class or of one it is made from: the first counts.
EXCEPTIONS: tuple[Raised, ...] = (
    Raised(
        "NoCredentialsError",
        NeedsUser,
        "There are no AWS credentials. Choose a profile in Settings, or make one: "
        "aws configure sso.",
    ),
    Raised(
        "PartialCredentialsError",
        NeedsUser,
        "The AWS credentials of {profile} are incomplete. Complete them: aws configure{option}.",
    ),
    Raised(
        "ProfileNotFound",
        NeedsUser,
        "There is no AWS profile “{name}”. Choose one in Settings, or make it: "
        "aws configure sso{option}.",
    ),
    Raised(
        "LoginError", NeedsUser, "The AWS sign-in of {profile} is over. Sign in: aws login{option}."
    ),
    Raised(
        "SSOError|TokenRetrievalError|NoAuthTokenError",
        NeedsUser,
        "The AWS sign-in of {profile} is over. Sign in: aws sso login{option}.",
    ),
    Raised(
        "CredentialRetrievalError|MetadataRetrievalError",
        NeedsUser,
        "The AWS credentials of {profile} can't be fetched. Check the profile: aws configure "
        "list{option}. {said}",
    ),
    Raised(
        "NoRegionError|InvalidRegionError|UnknownRegionError|UnknownEndpointError",
        NeedsUser,
        "“{region}” is no AWS region that {service} is in. Choose us-east-1 in Settings.",
    ),
    Raised(
        "ConfigParseError|ConfigNotFound|InvalidConfigError|UnknownCredentialError"
        "|InfiniteLoopConfigError|MissingDependencyException|RefreshWithMFAUnsupportedError"
        "|EndpointProviderError|InvalidEndpointConfigurationError|InvalidProxiesConfigError",
        NeedsUser,
        "The AWS configuration of {profile} can't be used. Mend ~/.aws/config. {said}",
    ),
    Raised(
        "ConnectTimeoutError",
        Unreachable,
        "{service} does not answer in time. Check the network.",
    ),
    Raised(
        "ReadTimeoutError",
        Unanswered,
        "{service} does not answer in time. Check the network.",
    ),
    Raised(
        "SSLError",
        Unreachable,
        "There is no safe connection to {service}. Check the clock and the network's proxy.",
    ),
    Raised(
        "ProxyConnectionError",
        Unreachable,
        "The network's proxy can't be reached. Check HTTPS_PROXY.",
    ),
    Raised(
        "ConnectionError",  # there was none: nothing was sent
        Unreachable,
        "{service} can't be reached in {region}. Check the network.",
    ),
    Raised(
        "HTTPClientError|IncompleteReadError",  # it broke off, or said what is no HTTP
        Unanswered,
        "{service} can't be reached. Check the network.",
    ),
)
