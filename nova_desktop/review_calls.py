"""What is asked of a library in reviewing it: duplicates, labels and groups; see calls.py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in calls.py
    from nova_desktop.duplicates import Duplicates, Wanted
    from nova_desktop.labels import Clusters, Label, Said, Suggestion


class DuplicateCalls(Protocol):
    """What there is more than once, or nearly. Nothing here removes or moves a file."""

    def duplicates(
        self, wanted: Wanted, limit: int, offset: int = 0, again: bool = False
    ) -> Duplicates:
        """Groups of files of which one would do: call it until they are `done`.

        Returns at once. The first call begins to look, and so does `again`, while what was found
        before is still told; files that are gone by now are not. Raises what ended the look.
        """

    def stop_duplicates(self) -> None:
        """Ends a look that is under way; what was found before it stays."""

    def set_apart(self, paths: Sequence[Path], apart: bool = True) -> None:
        """These files are not duplicates of one another, and are never shown so again; or take
        that back. Where they are the same byte for byte, all of them are to stay. BadInput for a
        file that is not indexed.
        """


class LabelCalls(Protocol):
    """The user's words for what files show, and groups of files that are like one another."""

    def labels(self) -> tuple[Label, ...]:
        """In order of their names. Asks each as a question, where anything was indexed since."""

    def add_label(self, name: str) -> None:
        """One that is there is written so from now on. BadInput without a word, or for too many."""

    def remove_label(self, name: str) -> None:
        """Files lose it, too; BadInput for one that is not there."""

    def suggestions(self, label: str, limit: int) -> tuple[Suggestion, ...]:
        """Files that clearly are what it says, surest first; BadInput as above."""

    def say_label(self, label: str, paths: Sequence[Path], said: Said) -> None:
        """Whether these files have it. BadInput as above, or for a file that is not indexed."""

    def clusters(self, again: bool = False) -> Clusters:
        """Groups of files that are like one another: call it until they are `done`.

        Returns at once; the first call begins to look, and so does `again`.
        """

    def keep_group(self, key: str, name: str) -> int:
        """Makes an album of a group, a label with a saved search; of how many contents. BadInput
        for a group that is no more, or a name that is taken."""

    def drop_album(self, name: str) -> None:
        """Takes `keep_group` back."""
