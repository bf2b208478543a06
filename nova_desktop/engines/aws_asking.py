"""Asks several services of one AWS account in turn, signing in once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from nova_desktop.aws.client import client_of, session_of
from nova_desktop.aws.errors import Account, bedrock_errors
from nova_desktop.engines.aws_account import SERVICES
from nova_desktop.engines.aws_bucket import DENIED, code_in

ATTEMPTS = 3  # of HTTP requests a call: nobody paces these


class Asking:
    """Clients made when first asked for, and closed at the end of a `with`. One thread."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._session: Any = None
        self._clients: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for client in self._clients.values():
            client.close()

    def client(self, service: str) -> Any:
        """Raises NeedsUser when there is no such profile."""
        if service not in self._clients:
            with bedrock_errors(self.account):
                self._session = self._session or session_of(self.account)
                self._clients[service] = client_of(
                    self.account, service, attempts=ATTEMPTS, session=self._session
                )
        return self._clients[service]

    def asked(self, service: str, call: Callable[[Any], Any], fine: Sequence[str] = ()) -> Any:
        """The answer; None where a policy forbids to ask; () for a code that is fine."""
        from botocore.exceptions import ClientError

        with bedrock_errors(self.account, SERVICES[service]):
            try:
                return call(self.client(service))
            except ClientError as e:
                if code_in(e) in fine:
                    return ()
                if code_in(e) in DENIED and _by_policy(e):
                    return None
                raise

    def allowed(
        self, service: str, call: Callable[[Any], object], fine: Sequence[str] = ()
    ) -> bool:
        """Whether a policy lets the call be made; `fine` are codes that only come to who may."""
        return self.asked(service, lambda client: (call(client),), fine) is not None


def _by_policy(error: Any) -> bool:
    """Whether an action is denied, and not the credentials themselves."""
    said = str(error.response.get("Error", {}).get("Message", "")).lower()
    return not any(word in said for word in ("expired", "security token", "api key", "signature"))
