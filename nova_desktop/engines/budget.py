"""A request that is paid for: reserved before it is sent, and what became of it told after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nova_desktop.aws.outcomes import Unanswered
from nova_desktop.errors import BadInput, NeedsUser, TryLater
from nova_desktop.spending import Budget, Usage

T = TypeVar("T")


class Unlimited:
    """A budget for who keeps no ledger."""

    def reserve(self, estimate: Usage) -> int:  # noqa: ARG002  # as Budget says
        return 0

    def settle(self, number: int, usage: Usage) -> None: ...

    def release(self, number: int) -> None: ...


def paid(budget: Budget, estimate: Usage, ask: Callable[[], T], billed: Callable[[T], Usage]) -> T:
    """The answer of `ask`, one request. NeedsUser before it is sent, where the budget says so.

    An error that the service answers with is not billed, and neither is what never left. Where no
    answer came the request may have been done all the same, so it stays counted; so it does where
    the program is ended, or has a bug, in the middle.
    """
    number = budget.reserve(estimate)
    try:
        answer = ask()
    except Unanswered:
        raise
    except (BadInput, NeedsUser, TryLater):
        budget.release(number)
        raise
    budget.settle(number, billed(answer))
    return answer
