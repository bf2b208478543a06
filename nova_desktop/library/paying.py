"""What a paid engine would cost and may have, for whoever asks the library."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nova_desktop.errors import BadInput, ExpectedError
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.cost import quote
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.unpaid import unpaid
from nova_desktop.model import Modality
from nova_desktop.ports import Reader
from nova_desktop.spending import FurtherStatus, Quote, Rule

log = logging.getLogger(__name__)

LOOK_S = 60.0  # for looking through films before a quote: someone waits for it
NONE_CHOSEN = (
    'No paid engine is chosen, so nothing can be sent. Choose one first: engine = "nova" in the '
    "settings."
)


@dataclass(frozen=True, slots=True)
class Paying:
    """Any thread."""

    catalog: Catalog
    rulebook: Rulebook
    beside: Beside | None
    readers: Mapping[Modality, Reader]

    def check(self, rule: Rule) -> None:
        """BadInput for a rule that would mean nothing."""
        if rule is Rule.CLOUD and self.beside is None:
            raise BadInput(NONE_CHOSEN)

    def quote(self, folder: Path) -> Quote:
        """See calls.LibraryCalls."""
        beside = self.beside
        if beside is None:
            raise BadInput(NONE_CHOSEN)
        left = self._look(folder, beside)
        space, rules = beside.tools.engine.space.name, self.rulebook.rules()
        by_job = beside.long.engine.takes if beside.long else never
        missing = unpaid(self.catalog, folder, space, rules, beside.segment_s, by_job)
        estimate = quote(
            folder,
            space,
            missing.items,
            beside.prices,
            beside.model,
            beside.region,
            missing.unknown,
        )
        return replace(estimate, whole=left)

    def _look(self, folder: Path, beside: Beside) -> int:
        """Looks through films and sounds for what tells nothing new; how many it had no time for.

        Those are quoted in full.
        """
        if beside.sameness is None:
            return 0
        unseen = self.catalog.unseen(folder, beside.tools.engine.space.name, beside.segment_s)
        until = time.monotonic() + LOOK_S
        for number, (path, content, modality) in enumerate(unseen):
            if time.monotonic() > until:
                return len(unseen) - number
            try:
                chunks = self.readers[modality].read(path).chunks
                beside.sameness.of(path, modality, content, chunks)
            except ExpectedError as e:  # indexing it will say so; here it is only quoted in full
                log.info("%s was not looked through: %s", ascii(path.name), e)
        return 0

    def status(self, held: str) -> FurtherStatus | None:
        if self.beside is None:
            return None
        engine, queue = self.beside.tools.engine, self.beside.queue
        return FurtherStatus(
            space=engine.space.name,
            note=engine.note,
            indexed=self.catalog.content_count(engine.space.name),
            waiting=queue.waiting_count(),
            failed=len(queue.failures()),
            held=held,
            allowed=tuple(r.path for r in self.rulebook.rules() if r.rule is Rule.CLOUD),
        )


def never(*_: object) -> bool:
    return False
