"""What lies in the vector bucket and no journal claims: put by a machine that ended before it wrote
so, and never synced again; it would have removed it itself.

The service does not tell when a vector was put, and a key without an entry may be one that is being
pushed. So what is unclaimed is noted, and is stale where a look a week later finds it so again: who
pushes claims within a day of putting, or never (mirror_push.CLAIM_S). Each by a clock of its own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from nova_desktop.library.mirror_course import Course
from nova_desktop.library.mirror_records import MirrorRecords
from nova_desktop.library.mirror_rows import Version, index_of, put_of
from nova_desktop.ports import VectorBucket

EVERY_S = 7 * 86_400.0  # between two looks: each lists all keys, a thousand at a time
MOST = 5_000  # puts that are noted; the others wait for a later look
KEYS = 1_000  # compared at once
FACT = "unclaimed"  # of the catalog: [when it was looked, what was found]
Put = tuple[str, str, int, str]  # (space, content, clock, machine)


def look_for_unclaimed(
    records: MirrorRecords, bucket: VectorBucket, prefix: str, course: Course
) -> None:
    """After the journal was read, and before anything is put. What is found twice is stale from
    now on, and whoever cleans removes it.
    """
    now_s = time.time()
    text = records.fact(FACT)
    if not text:
        records.note(FACT, json.dumps([now_s, []]))
        return
    looked_s, noted = json.loads(text)
    if 0 <= now_s - looked_s < EVERY_S:
        return
    before = {tuple(put) for put in noted}
    found: dict[Put, int] = {}
    for name, space in records.spaces().items():
        for page in _pages(bucket.keys(index_of(prefix, space))):
            course.check()
            for (content, clock, machine), rows in _unclaimed(records, name, page).items():
                put = (name, content, clock, machine)
                if put in found or len(found) < MOST:
                    found[put] = max(rows, found.get(put, 0))
    again = [put for put in found if put in before]
    records.abandoned(
        (space, Version(content, found[space, content, clock, machine], clock, machine))
        for space, content, clock, machine in again
    )
    records.note(FACT, json.dumps([now_s, [put for put in found if put not in before]]))


def _pages(keys: Iterator[str]) -> Iterator[list[str]]:
    while page := list(islice(keys, KEYS)):
        yield page


def _unclaimed(
    records: MirrorRecords, space: str, page: Sequence[str]
) -> dict[tuple[str, int, str], int]:
    """(content, clock, machine) of what is put there → rows, as far as this page shows."""
    rows: dict[tuple[str, int, str], int] = {}
    for key in page:
        if put := put_of(key):
            rows[put] = max(rows.get(put, 0), int(key.split(".", 2)[1]) + 1)
    lying = records.versions(space, {content for content, *_ in rows})
    claimed = {(one.content, one.clock, one.machine) for one, _ in lying.values()}
    return {put: count for put, count in rows.items() if put not in claimed}
