"""What the catalog knows of one file: where it is, what belongs to it, who has it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from nova_desktop.library.database import Database


@dataclass(frozen=True, slots=True)
class Located:
    """A file of a watched folder."""

    path: str
    content: str  # "" while it is not indexed
    size_bytes: int | None
    folder: str  # the watched one
    offline: bool


class Whereabouts(Database):
    """Questions about one file; from any thread."""

    def located_at(self, path: str) -> Located | None:
        """None for a file that is in no watched folder, or was not seen there yet."""
        rows = self.read(
            "SELECT f.content, f.size, r.path, r.offline FROM files f "
            "JOIN folders r ON r.id = f.folder WHERE f.path = ?",
            [os.fsencode(path)],
        )
        if not rows:
            return None
        content, size, folder, offline = rows[0]
        return Located(path, content or "", size, os.fsdecode(folder), bool(offline))

    def closed_in(self, folder: str) -> list[str]:
        """What could not be opened in a watched folder: files, and folders by themselves."""
        rows = self.read(
            "SELECT f.path FROM files f JOIN folders r ON r.id = f.folder WHERE r.path = ? "
            "AND f.state = 'failed' AND (f.size IS NULL OR f.file_id = -1)",
            [os.fsencode(folder)],
        )
        return [os.fsdecode(path) for (path,) in rows]

    def companions_of(self, path: str, kind: str = "") -> list[tuple[str, str]]:
        """(path, content) of the files that belong to one, of this kind or all, in order."""
        rows = self.read(
            "SELECT path, COALESCE(content, '') FROM files WHERE companion_of = ? "
            "AND companion_of IS NOT NULL AND (? = '' OR companion_kind = ?) ORDER BY path",
            [os.fsencode(path), kind, kind],
        )
        return [(os.fsdecode(beside), content) for beside, content in rows]

    def spaces_of(self, content: str) -> list[str]:
        """The spaces that a content has rows in."""
        rows = self.read(
            "SELECT space FROM indexed WHERE content = ? AND rows > 0 ORDER BY space", [content]
        )
        return [space for (space,) in rows]
