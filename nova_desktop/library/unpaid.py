"""What of a folder a paid engine's space does not have yet, as the catalog knows it."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from nova_desktop.library.cost import Unpaid
from nova_desktop.library.database import Database
from nova_desktop.library.questions import below, slices
from nova_desktop.library.rulebook import nearest
from nova_desktop.model import Modality
from nova_desktop.spending import FolderRule, Rule

# By job or piece by piece: (modality, seconds, segments, contents that would wait in all).
ByJob = Callable[[Modality, float, int, int], bool]


class Missing(NamedTuple):
    """What `unpaid` finds."""

    items: tuple[Unpaid, ...]
    unknown: int  # files that wait to be indexed on this device first


def unpaid(
    catalog: Database,
    folder: Path,
    space: str,
    rules: Collection[FolderRule],
    segment_s: float,
    by_job: ByJob = lambda *_: False,
) -> Missing:
    """The contents of `folder` that would be sent if it were allowed to be.

    A rule of a folder in it stands: what is to stay on this device there is left out. So is what
    was excluded, what failed, and what the space has or was refused. Any thread.
    """
    inner = {os.fspath(one.path): one for one in rules if one.path.is_relative_to(folder)}
    inner[os.fspath(folder)] = FolderRule(folder, Rule.CLOUD, None, 0.0)
    rows = catalog.read(
        "SELECT f.path, f.state, f.content, f.size FROM files f WHERE f.path > ? AND f.path < ? "
        "AND f.size IS NOT NULL AND f.state IN ('indexed', 'waiting') "
        "AND NOT EXISTS (SELECT 1 FROM indexed i WHERE i.content = f.content AND i.space = ?) "
        "AND NOT EXISTS (SELECT 1 FROM further n "
        "WHERE n.content = f.content AND n.space = ? AND n.failed)",
        [*below(os.fspath(folder)), space, space],
    )
    allowed: dict[bytes, bool] = {}  # by folder, as thousands of files share one
    files: Counter[str] = Counter()
    sizes: dict[str, int] = {}
    unknown = 0
    for path, state, content, size in rows:
        name = os.path.dirname(path)  # noqa: PTH120  # of bytes
        if name not in allowed:
            allowed[name] = nearest(os.fsdecode(name), inner).rule is Rule.CLOUD
        if not allowed[name]:
            continue
        if content is not None:
            files[content] += 1
            sizes[content] = size
        elif state == "waiting":
            unknown += 1  # and what is indexed without a content is found as another file
    facts = _facts(catalog, list(files), segment_s)
    items = tuple(
        _item(fact, files[content], sizes[content], segment_s, len(facts), by_job)
        for content, fact in facts.items()
    )
    return Missing(items, unknown + sum(files[c] for c in files.keys() - facts.keys()))


class Facts(NamedTuple):
    modality: Modality
    info: Mapping[str, Any]  # model.Info
    same: Sequence[int]  # numbers of segments that are like the one before; () if not looked at


def _facts(catalog: Database, contents: Sequence[str], segment_s: float) -> dict[str, Facts]:
    """By content, of those that the catalog knows."""
    found: dict[str, Facts] = {}
    for some in slices(contents, 500):
        marks = ",".join("?" * len(some))
        rows = catalog.read(
            "SELECT c.content, c.modality, c.info, s.same FROM contents c "  # noqa: S608  # marks only
            "LEFT JOIN sameness s ON s.content = c.content AND s.segment_s = ? "
            f"WHERE c.content IN ({marks})",
            [segment_s, *some],
        )
        for content, modality, info, same in rows:
            found[content] = Facts(Modality(modality), json.loads(info), json.loads(same or "[]"))
    return found


def _item(
    facts: Facts, files: int, size: int, segment_s: float, waiting: int, by_job: ByJob
) -> Unpaid:
    modality, info, same = facts
    duration_s, tokens = info.get("duration_s"), info.get("tokens")
    if modality is Modality.TEXT and tokens is None:
        tokens = size // 4  # indexed before tokens were counted; four letters are about one
    telling_s, jobs = None, False
    if modality in (Modality.VIDEO, Modality.AUDIO) and duration_s is not None:
        spared_s = (min(segment_s, duration_s - number * segment_s) for number in same)
        telling_s = max(0.0, duration_s - sum(spared_s))
        jobs = by_job(modality, duration_s, math.ceil(duration_s / segment_s) or 1, waiting)
    return Unpaid(
        modality=modality,
        files=files,
        duration_s=duration_s,
        telling_s=telling_s,
        seen=info.get("width") is not None,
        pages=info.get("pages"),
        tokens=tokens,
        by_job=jobs,
    )
