"""Settings → the vector bucket that machines share. Nothing is asked or sent yet."""

from __future__ import annotations

import platform
import threading
import uuid
from pathlib import Path

from nova_desktop.aws.errors import Account
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.mirror import Sharing
from nova_desktop.library.mirror_meter import Meter
from nova_desktop.library.prices import Prices
from nova_desktop.settings import Settings
from nova_desktop.stores.s3_vectors import S3VectorBucket, Traffic

RANDOM_NODE = 1 << 40  # the bit by which uuid says that it found no hardware address
LOCAL_NODE = 1 << 41  # that of an address that was made up, as containers all have the same ones
# Of each request: a minute of back-off in a sync, and seconds where someone waits.
SYNC_TRIES, QUESTION_TRIES = 10, 4


def sharing(settings: Settings, data: Path, ledger: Ledger, prices: Prices) -> Sharing:
    """BadInput where the bucket's name can't be one."""
    account = Account(settings.aws_profile, settings.aws_region)
    closing = threading.Event()
    meter = Meter(ledger, account.region, threading.Event(), settings.sync_kb_s * 1000)

    def before(traffic: Traffic) -> None:
        meter.asked(traffic.operation, traffic.sent_bytes, traffic.billed_bytes)

    def beside(traffic: Traffic) -> None:
        meter.counted(traffic.operation, traffic.sent_bytes, traffic.billed_bytes)

    node = uuid.getnode()
    place = data.resolve()
    return Sharing(
        bucket=S3VectorBucket(account, settings.sync_bucket, closing, before, SYNC_TRIES),
        asking=S3VectorBucket(account, settings.sync_bucket, closing, beside, QUESTION_TRIES),
        meter=meter,
        prefix=settings.sync_index,
        host=f"{'' if node & RANDOM_NODE else node} {platform.node()} {place}",
        name=platform.node() or "a computer without a name",
        named=settings.sync_paths,
        thumbnails=settings.sync_thumbnails,
        prices=prices,
        region=account.region,
        closing=closing,
        seat="" if node & (RANDOM_NODE | LOCAL_NODE) else f"{node} {place}",
    )
