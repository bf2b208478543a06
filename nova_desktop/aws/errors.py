"""The errors of AWS come out as ours here; the `…reactions` have the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova_desktop.aws.outcomes import Unreachable
from nova_desktop.aws.reactions import BY_STATUS, EXCEPTIONS, REACTIONS, Reaction
from nova_desktop.aws.s3_reactions import S3_REACTIONS
from nova_desktop.aws.s3vectors_reactions import S3_VECTORS, S3VECTORS_REACTIONS
from nova_desktop.errors import ExpectedError, TryLater

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

BEDROCK = "Amazon Bedrock"
# Of services whose codes mean something else.
OWN_TABLES: dict[str, tuple[Reaction, ...]] = {S3_VECTORS: S3VECTORS_REACTIONS}
TEXT_CHARACTERS = 300  # of the service's own words in a sentence of ours


@dataclass(frozen=True, slots=True)
class Account:
    """Whose credentials are used, and where. "" is boto3's own choice."""

    profile: str = ""
    region: str = "us-east-1"

    @property
    def option(self) -> str:
        return f" --profile {self.profile}" if self.profile else ""


def reaction_to(
    code: str, message: str, status: int, account: Account, service: str = BEDROCK
) -> ExpectedError:
    """What one error answer of a service means for the work."""
    for row in (*OWN_TABLES.get(service, ()), *S3_REACTIONS, *REACTIONS):
        if re.fullmatch(row.code, code) and re.search(row.said, message, re.IGNORECASE):
            return row.kind(_filled(row.text, code, message, account, service))
    for first, last, kind, text in BY_STATUS:
        if first <= status <= last:
            return kind(_filled(text, code, message, account, service))
    return TryLater(_filled("{service}'s answer: {said}", code, message, account, service))


def code_of(error: BaseException) -> str:
    """The service's own code behind an error of ours; "" where there is none."""
    from botocore.exceptions import ClientError

    cause = error.__cause__
    said = cause.response.get("Error", {}) if isinstance(cause, ClientError) else {}
    return str(said.get("Code", ""))


def _filled(text: str, code: str, message: str, account: Account, service: str) -> str:
    said = " ".join(message.split()) or code or "nothing"
    if len(said) > TEXT_CHARACTERS:
        said = said[:TEXT_CHARACTERS] + "…"
    whom = f"the profile “{account.profile}”" if account.profile else "this computer"
    filled = text.format(
        region=account.region,
        profile=whom,
        name=account.profile,
        option=account.option,
        said=said,
        service=service,
    )
    return filled if filled.endswith((".", "…")) else filled + "."


@contextmanager
def bedrock_errors(account: Account, service: str = BEDROCK) -> Iterator[None]:
    """Wrap every call of AWS in this: botocore's exceptions come out as ours."""
    from xml.etree.ElementTree import ParseError  # botocore's own, of one of S3's answers

    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        yield
    except (ResponseParserError, ParseError) as e:
        raise Unreachable(
            f"Something else than {service} answers, such as a page to sign in to the network. "
            "Check the network and HTTPS_PROXY."
        ) from e
    except ClientError as e:
        raise _of_answer(e, account, service) from e
    except BotoCoreError as e:
        names = {kind.__name__ for kind in type(e).__mro__}
        for row in EXCEPTIONS:
            if names & set(row.names.split("|")):
                said = _filled(row.text, type(e).__name__, str(e), account, service)
                raise row.kind(said) from e
        raise  # what we passed on is wrong: a bug of ours


def _of_answer(error: ClientError, account: Account, service: str) -> ExpectedError:
    said = error.response.get("Error", {})
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code, message = str(said.get("Code", "")), str(said.get("Message", ""))
    return reaction_to(code, message, status, account, service)
