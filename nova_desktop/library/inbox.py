"""Messages to the indexer: functions, called one after another on its thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from nova_desktop.errors import ExpectedError, NeedsUser

log = logging.getLogger(__name__)

Message = Callable[[], None]


class Inbox:
    """Any thread may post; one calls what was posted."""

    def __init__(self) -> None:
        self.state = threading.Condition()  # around the three below
        self._posted = self._handled = 0
        self.idle = False  # nothing is left to do, and nobody has posted since
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._unfinished: list[Message] = []  # that needed the user
        self._promised: list[Message] = []  # that are not lost by closing

    # From any thread

    def post(self, message: Message) -> None:
        """Has `message` called on the indexer's thread."""
        with self.state:
            self._posted += 1
            self.idle = False
        self._messages.put(message)

    def insist(self, message: Message) -> None:
        """As `post`; a message that needs the user is called again when work goes on."""

        def call() -> None:
            try:
                message()
            except NeedsUser:
                self._unfinished.append(message)
                raise

        self.post(call)

    def promise(self, message: Message) -> None:
        """As `insist`; called at the end when the library is closed before its turn comes."""
        with self.state:
            self._promised.append(message)

        def keep() -> None:
            message()
            with self.state:
                self._promised.remove(message)

        self.insist(keep)

    # The indexer's thread

    def take(self, timeout_s: float | None) -> Message:
        """The next one; queue.Empty when none came in so long. None: for as long as it takes."""
        message = self._messages.get(timeout=timeout_s)
        self._handled += 1
        return message

    @property
    def handled(self) -> bool:
        """Whether all that was posted has been taken."""
        return self._handled == self._posted

    def again(self) -> None:
        """Posts once more what needed the user."""
        again, self._unfinished = self._unfinished, []
        for message in again:
            self.insist(message)

    def keep_promises(self) -> None:
        """Calls what was promised and not reached, at the end."""
        for message in self._promised:
            try:
                message()
            except ExpectedError as e:
                log.error("what was asked for just before the end was not done: %s", e)

    def rest(self) -> bool:
        """Says to whoever waits that nothing is left to do; False where more was posted."""
        with self.state:
            if not self.handled:
                return False
            self.idle = True
            self.state.notify_all()
        return True
