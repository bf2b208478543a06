"""What rows are asked for, in the language of Amazon S3 Vectors.

Source: Amazon S3 user guide, "Metadata filtering". Nothing is asked by what it leaves open, such as
whether a value that is missing differs from another.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from nova_desktop.model import RowFilter
from nova_desktop.stores.s3_vectors_limits import in_parts

CONTENTS = 500  # named in one filter: how long one may be is not documented


def filters(where: RowFilter) -> Iterator[dict[str, Any] | None]:
    """Filters of which every row that passes `where` passes one, and no other row does.

    None is no filter; nothing is given where no row can pass.
    """
    common: list[dict[str, Any]] = []
    for name, chosen in (("modality", where.modalities), ("source", where.sources)):
        if chosen:
            common.append({name: {"$in": sorted(map(str, chosen))}})
    for bound, operator, endless in (
        (where.since_s, "$gte", -math.inf),
        (where.until_s, "$lt", math.inf),
    ):
        if bound is None or bound == endless:
            continue
        if not math.isfinite(bound):
            return
        common.append({"taken_s": {operator: bound}})
    if where.contents is None:
        yield _all(common)
        return
    for part in in_parts(sorted(where.contents), CONTENTS):
        yield _all([*common, {"content": {"$in": part}}])


def _all(parts: list[dict[str, Any]]) -> dict[str, Any] | None:
    if len(parts) > 1:
        return {"$and": parts}
    return parts[0] if parts else None
