"""What a library is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.closeups import Looking
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.places import Places
from nova_desktop.library.pools import Pools
from nova_desktop.library.previews import Previews
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.rules import Rules
from nova_desktop.library.sent import SentLog
from nova_desktop.library.work import Tools
from nova_desktop.model import Check
from nova_desktop.ports import Engine, Machine, Models, Store
from nova_desktop.upkeep import Conditions

if TYPE_CHECKING:  # few libraries are shared: imported by who shares one
    from nova_desktop.library.mirror import Sharing


@dataclass(frozen=True, slots=True)
class Parts:
    """As `compose` joined it."""

    data: Path  # the folder that all of it lies in
    catalog: Catalog
    store: Store
    tools: Tools  # for indexing
    asking: Tools  # for questions: the same, in processes that indexing does not keep busy
    pools: Pools
    previews: Previews
    places: Places
    looking: Looking
    rules: Rules
    rulebook: Rulebook
    beside: Beside | None  # a paid engine's space, filled beside the device's
    ledger: Ledger
    sent: SentLog
    machine: Machine
    conditions: Conditions  # when it may work
    describers: Callable[[], tuple[Check, ...]]  # whether or not they are chosen
    checks: Callable[[], tuple[Check, ...]]
    end: Callable[[], None]  # stops pools and children
    sharing: Sharing | None = None  # a vector bucket that machines share
    models: Models | None = None  # that are fetched on request; None: there are none to be had
    older: Sequence[Engine] = ()  # of this device, for questions: they answer what the present
    # engine has not been given yet
