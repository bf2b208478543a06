"""What a paid engine would cost and may have, for whoever asks the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.spending import FurtherStatus, Quote, Rule

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

    def check(self, rule: Rule) -> None:
        """BadInput for a rule that would mean nothing."""
        if rule is Rule.CLOUD and self.beside is None:
            raise BadInput(NONE_CHOSEN)

    def quote(self, folder: Path) -> Quote:
        """See ports.LibraryCalls."""
        if self.beside is None:
            raise BadInput(NONE_CHOSEN)
        raise NotImplementedError(folder)

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
