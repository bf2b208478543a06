"""Calls about what there is more than once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nova_desktop.duplicates import Duplicates, Wanted
from nova_desktop.errors import BadInput
from nova_desktop.library.opened import Opened


class Duplicating(Opened):
    """See calls.DuplicateCalls."""

    def duplicates(
        self, wanted: Wanted, limit: int, offset: int = 0, again: bool = False
    ) -> Duplicates:
        for folder in wanted.folders:
            self._around(folder)
        if limit < 1 or offset < 0:
            raise BadInput("At least one group has to be asked for.")
        return self._duplicates.page(wanted, limit, offset, again)

    def stop_duplicates(self) -> None:
        self._duplicates.stop()

    def set_apart(self, paths: Sequence[Path], apart: bool = True) -> None:
        self._duplicates.set_apart(paths, apart)
