"""Settings → the space of Amazon Nova beside the device's own. Nothing is asked or sent yet."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event

from nova_desktop.aws.client import Bedrock
from nova_desktop.aws.errors import Account
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_batch import NovaBatch
from nova_desktop.engines.nova_job_request import MAX_BYTES, MAX_SECONDS, MAX_SEGMENTS
from nova_desktop.engines.nova_jobs import NovaJobs
from nova_desktop.engines.nova_request import DIMENSIONS, FORMATS, MODEL
from nova_desktop.engines.wrappers import Remembering, Retrying, Stoppable, steady
from nova_desktop.isolated import IsolatedLong, IsolatedTelling
from nova_desktop.isolation import Children
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.derive import larger
from nova_desktop.library.further import Further
from nova_desktop.library.jobs import BatchRecords, Records
from nova_desktop.library.kept import KeptVectors
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.long import Long
from nova_desktop.library.pools import Pools
from nova_desktop.library.prices import Prices
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.sameness import Sameness
from nova_desktop.library.sent import SentLog
from nova_desktop.library.work import Tools
from nova_desktop.long_media import JobLimits
from nova_desktop.media.long import MediaLong
from nova_desktop.media.telling import MediaTelling
from nova_desktop.model import Modality
from nova_desktop.ports import Engine
from nova_desktop.settings import Settings

JOBS = 3  # at once: each holds up a thread, and uploads share the line
LONGEST_S = 86_400.0  # for making a film of hours small, on a slow machine
JOB_LIMITS = {
    modality: JobLimits(tuple(FORMATS[kind]), MAX_BYTES[kind], MAX_SECONDS, MAX_SEGMENTS)
    for modality, kind in ((Modality.VIDEO, "video"), (Modality.AUDIO, "audio"))
}


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
        # Someone waits for the answer: it waits in no line, and pausing does not hold it up. The
        # same question again is not paid again.
        return Remembering(Retrying(Stoppable(nova(dim, separate), halt), halt))

    now = settings.dimension, settings.separate_sound
    engine: Engine = steady(nova(*now), common.indexing.halt, settings.calls_at_once)
    if settings.batch_role:
        engine = _with_batch_jobs(engine, settings, common)
    others = [(d, s) for d in DIMENSIONS for s in (False, True) if (d, s) != now]
    older = [for_questions(dim, apart, common.asking.halt) for dim, apart in others]
    served_by = tuple(space.name for space in larger(engine.space, [one.space for one in older]))
    pool = ThreadPoolExecutor(engine.limits.parallel, "paid")
    long, end_long = _long(settings, common, engine.space.name)

    def end() -> None:
        pool.shutdown(cancel_futures=True)
        end_long()

    return Beside(
        queue=Further(
            common.catalog,
            engine.space.name,
            common.rulebook,
            KeptVectors(common.catalog, engine.space.name),
            served_by,
        ),
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
        sameness=_sameness(settings, common),
        long=long,
        finish=engine.finish if isinstance(engine, NovaBatch) else None,
        end=end,
    )


def _sameness(settings: Settings, common: Common) -> Sameness | None:
    if not settings.skip_still:
        return None
    halt = common.indexing.halt
    looking = IsolatedTelling(MediaTelling(), common.children, settings.file_limit_s, halt)
    return Sameness(common.catalog, looking, settings.segment_s)


def _long(settings: Settings, common: Common, space: str) -> tuple[Long | None, Callable[[], None]]:
    """What takes long media, where there is a bucket for it; and what ends its threads."""
    if not settings.bucket:
        return None, lambda: None
    segment_s = round(settings.segment_s)  # whole seconds are all that a job takes
    jobs = NovaJobs(
        account(settings),
        settings.bucket,
        settings.bucket_prefix,
        settings.dimension,
        settings.separate_sound,
        segment_s,
        budget=common.ledger,
        deleted=common.sent.deleted,
        stop=common.indexing.halt,
        most=JOBS,
    )
    making = Children(1)
    reader = MediaLong(JOB_LIMITS, segment_s, settings.ffmpeg)
    pool = ThreadPoolExecutor(JOBS, "long")

    def end() -> None:
        making.close()
        pool.shutdown(cancel_futures=True)

    long = Long(
        jobs,
        IsolatedLong(reader, making, LONGEST_S, common.indexing.halt),
        pool,
        common.data / "long",
        partial(Records, common.catalog, space=space),
        common.sent,
    )
    return long, end


def _with_batch_jobs(engine: Engine, settings: Settings, common: Common) -> Engine:
    def sent(place: str, sent_bytes: int) -> None:
        # Each file of the job has a line of its own already; this one says when its copy is gone.
        common.sent.sending(place, place, "many files, in a batch job", sent_bytes)

    return NovaBatch.around(
        engine,
        account(settings),
        settings.bucket,
        settings.bucket_prefix,
        settings.batch_role,
        BatchRecords(common.catalog, engine.space.name),
        common.ledger,
        common.indexing.halt,
        sent,
        common.sent.deleted,
        settings.separate_sound,
    )
