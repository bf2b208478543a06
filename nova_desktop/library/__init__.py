"""The library: everything that can be asked or told, for both front ends."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from nova_desktop.library.closeup_calls import LookingClosely
from nova_desktop.library.condition_calls import Conditioned
from nova_desktop.library.duplicate_calls import Duplicating
from nova_desktop.library.folder_calls import Folders
from nova_desktop.library.keeping_calls import Keeping
from nova_desktop.library.label_calls import Labelling
from nova_desktop.library.model_calls import Modelling
from nova_desktop.library.paid_calls import Paid
from nova_desktop.library.parts import Parts
from nova_desktop.library.queue_calls import Queueing
from nova_desktop.library.search_calls import Searching
from nova_desktop.library.storage_calls import Storing
from nova_desktop.library.sync_calls import Syncing

__all__ = ["Library", "Parts", "opened"]


class Library(
    Folders,
    Keeping,
    Queueing,
    Searching,
    Duplicating,
    Labelling,
    LookingClosely,
    Paid,
    Storing,
    Syncing,
    Conditioned,
    Modelling,
):
    """See calls.LibraryCalls. Answers at once; work begins with the first call that asks for it."""


@contextlib.contextmanager
def opened(library: Library) -> Iterator[Library]:
    """Closes it at the end, whatever happens."""
    try:
        yield library
    finally:
        library.close()
