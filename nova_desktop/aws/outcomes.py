"""What the errors of a service over the network mean for who may ask it again."""

from __future__ import annotations

from nova_desktop.errors import BadInput, NeedsUser, TryLater


class Throttled(TryLater):
    """Too much was asked for at once: ask for less."""


class Unreachable(TryLater):
    """Nobody answered: the network, not the service."""


class Unanswered(Unreachable):
    """It may have been sent, and no answer came: nobody knows whether it is billed."""


class Faltered(TryLater):
    """The model failed on this one request; if it does so again, the request is why."""


class Garbled(TryLater):
    """The answer is not as documented. It was paid for, so it is asked for once more at most."""


class Rejected(BadInput):
    """The service's content filter refuses this piece."""


class Absent(NeedsUser):
    """What was asked for is not there."""
