"""Takes all of ours out of a vector bucket, and proves it."""

from __future__ import annotations

from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.library.mirror_journal import index_of
from nova_desktop.ports import VectorBucket
from nova_desktop.sync import Erased


def erase(bucket: VectorBucket, prefix: str) -> Erased:
    """Removes every index whose name begins with ours, the journal first, and then the bucket
    where nothing else lies in it. Counts before and looks after. TryLater where some are left.
    """
    ours = bucket.indexes(f"{prefix}.")
    vectors = sum(1 for index in ours for _ in bucket.keys(index))
    journal = index_of(prefix)
    # Without its journal nothing that lies there counts, so what a kill leaves is no half library.
    for index in sorted(ours, key=lambda name: name != journal):
        bucket.drop(index)
    left = bucket.indexes(f"{prefix}.")
    if left:
        raise TryLater(
            f"{len(left)} indexes are still in {bucket.place}: another machine may be pushing to "
            "it. End that, and erase again."
        )
    alone = not bucket.indexes("")
    if alone:
        try:
            bucket.drop_bucket()
        except (
            NeedsUser
        ):  # an index was made meanwhile, or it may not be removed: it is empty of us
            alone = False
    return Erased(bucket.place, len(ours), vectors, len(left), alone)
