"""Which parts of films and sounds tell nothing new: found once a content, and kept."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.library.database import Database
from nova_desktop.long_media import Telling
from nova_desktop.model import Chunk, Modality

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sameness:
    """Any thread; each look goes through the content once, in a child process."""

    catalog: Database
    telling: Telling
    segment_s: float  # of the chunks: others are other parts

    def known(self, content: str) -> frozenset[int] | None:
        """The numbers of chunks that were found to be like the one before; None: not looked yet."""
        rows = self.catalog.read(
            "SELECT same FROM sameness WHERE content = ? AND segment_s = ?",
            [content, self.segment_s],
        )
        return frozenset(json.loads(rows[0][0])) if rows else None

    def of(
        self, path: Path, modality: Modality, content: str, chunks: Sequence[Chunk]
    ) -> frozenset[int]:
        """See long_media.Telling."""
        if modality not in (Modality.VIDEO, Modality.AUDIO) or len(chunks) < 2:
            return frozenset()
        known = self.known(content)
        if known is None:
            try:
                known = self.telling.same_as_before(path, modality, tuple(chunks))
            except BadInput as e:  # the Reader read it: it is sent whole
                log.info("%s was not looked through: %s", ascii(path.name), e)
                return frozenset()
            with self.catalog.write() as db:
                db.execute(
                    "INSERT OR REPLACE INTO sameness SELECT content, ?, ? FROM contents "
                    "WHERE content = ?",
                    [self.segment_s, json.dumps(sorted(known)), content],
                )
        return known
