"""Settings → the space of Amazon Nova beside the device's own. Nothing is asked or sent yet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event

from nova_desktop.engines.aws_client import Bedrock
from nova_desktop.engines.aws_errors import Account
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_request import DIMENSIONS, MODEL
from nova_desktop.engines.wrappers import Retrying, Stoppable, steady
from nova_desktop.isolation import Children, IsolatedTelling
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.derive import larger
from nova_desktop.library.further import Further
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.pools import Pools
from nova_desktop.library.prices import Prices
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.sameness import Sameness
from nova_desktop.library.sent import SentLog
from nova_desktop.library.work import Tools
from nova_desktop.ports import Engine
from nova_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class Common:
    """What the device's own space and the one beside it share."""

    data: Path
    catalog: Catalog
    prices: Prices
    rulebook: Rulebook
    ledger: Ledger
    sent: SentLog
    indexing: Tools
    asking: Tools
    pools: Pools
    children: Children


def account(settings: Settings) -> Account:
    return Account(settings.aws_profile, settings.aws_region)


def beside_nova(settings: Settings, common: Common) -> Beside:
    bedrock = Bedrock(account(settings), connections=settings.calls_at_once + 8)

    def nova(dim: int, separate: bool) -> NovaEngine:
        return NovaEngine(bedrock, dim, separate, common.ledger)

    def for_questions(dim: int, separate: bool, halt: Event) -> Engine:
        # Someone waits for the answer: it waits in no line, and pausing does not hold it up.
        return Retrying(Stoppable(nova(dim, separate), halt), halt)

    now = settings.dimension, settings.separate_sound
    engine = steady(nova(*now), common.indexing.halt, settings.calls_at_once)
    others = [(d, s) for d in DIMENSIONS for s in (False, True) if (d, s) != now]
    older = [for_questions(dim, apart, common.asking.halt) for dim, apart in others]
    served_by = tuple(space.name for space in larger(engine.space, [one.space for one in older]))
    pool = ThreadPoolExecutor(engine.limits.parallel, "paid")
    sameness = None
    if settings.skip_still:
        from nova_desktop.media.telling import MediaTelling

        looking = IsolatedTelling(
            MediaTelling(),
            common.children,
            settings.file_limit_s,
            common.indexing.halt,
        )
        sameness = Sameness(common.catalog, looking, settings.segment_s)
    return Beside(
        queue=Further(common.catalog, engine.space.name, common.rulebook, served_by),
        tools=replace(common.indexing, engine=engine, describers=()),
        pools=replace(common.pools, embedding=pool),
        asking=for_questions(*now, common.asking.halt),
        older=older,
        place=f"Amazon Bedrock, {settings.aws_region}",
        sent=common.sent,
        prices=common.prices,
        model=MODEL,
        region=settings.aws_region,
        segment_s=settings.segment_s,
        sameness=sameness,
        end=partial(pool.shutdown, wait=True, cancel_futures=True),
    )
