"""A library in this process, open to others: what a command line uses when nothing else runs."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

from nova_desktop import bug, compose, host
from nova_desktop.events import Crashed
from nova_desktop.library import Library
from nova_desktop.settings import Settings


class Here(Library):
    """A library in this process, which other processes may join as long as it is open."""

    def __init__(self, data: Path, settings: Settings, alone: bool = False) -> None:
        self._end = ExitStack()
        self._hook_before = threading.excepthook
        with self._end:
            self._end.enter_context(host.claimed(data))
            super().__init__(compose.parts(data, settings))
            self._end.callback(super().close)
            self.server = host.Server(self, data, alone)
            self._end.callback(self.server.close)
            self._end = self._end.pop_all()

    def threads_hook(self, args: threading.ExceptHookArgs) -> None:
        """Instead of threading.excepthook, where others watch: they are told as well."""
        self._hook_before(args)
        if isinstance(args.exc_value, Exception):
            self._publish(Crashed(bug.told(args.exc_value)))

    def check_settings(self, chosen: Settings) -> None:
        compose.check(chosen, self._parts.data)

    def close(self) -> None:
        self._end.close()
