"""What an async job leaves in S3: one JSONL a modality, a manifest, and the list of results."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.emulators import segments
from tests.emulators.asked import Asked
from tests.emulators.calls import Usage
from tests.emulators.conditions import Conditions
from tests.emulators.content import Content
from tests.emulators.embedding import Made, Rejected, of_image, of_span, of_text
from tests.emulators.errors import Refused
from tests.emulators.faults import Fault
from tests.emulators.formats import Undecodable
from tests.emulators.storage import Storage

RESULT = "segmented-embedding-result.json"
FILES = {
    "TEXT": "embedding-text.jsonl",
    "IMAGE": "embedding-image.json",
    "AUDIO": "embedding-audio.jsonl",
    "VIDEO": "embedding-video.jsonl",
    "AUDIO_VIDEO_COMBINED": "embedding-audio-video.jsonl",
}
EMPTY: dict[str, dict[str, Any]] = {
    "missing": {},
    "empty": {"embedding": []},
    "null": {"embedding": None},
}
Line = dict[str, Any]
Work = Callable[[], tuple[list[Made], Usage]]


def write(
    asked: Asked,
    content: Content,
    storage: Storage,
    folder: str,
    now: Conditions,
    faults: dict[str, Fault],
) -> Usage:
    """Embeds every segment and writes the files. Raises Refused when there are too many."""
    segments.count(asked, content)
    lines: dict[str, list[Line]] = {kind: [] for kind in _kinds(asked)}
    usage = Usage()
    for index, (metadata, work) in enumerate(_segments(asked, content, now)):
        done, cost = _lines(index, metadata, work, asked, now, faults.get("partial"))
        usage += cost
        for kind, line in done.items():
            lines.setdefault(kind, []).append(line)
    written = {kind: some for kind, some in lines.items() if some}
    for kind, some in written.items():
        text = "".join(json.dumps(line) + "\n" for line in some)
        storage.write(f"{folder}/{FILES[kind]}", text[:-40] if "garbled" in faults else text)
    storage.write(f"{folder}/manifest.json", "{}")
    if "late" not in faults and "unwritten" not in faults:
        results = [_result(kind, some, folder, now) for kind, some in written.items()]
        listing = {
            "sourceFileUri": asked.source.uri,
            "embeddingDimension": asked.dim,
            "embeddingResults": results,
        }
        storage.write(f"{folder}/{RESULT}", json.dumps(listing))
    return usage


def _kinds(asked: Asked) -> list[str]:
    if asked.modality == "video":
        return ["VIDEO", "AUDIO"] if asked.separate else ["AUDIO_VIDEO_COMBINED"]
    return [asked.modality.upper()]


def _segments(asked: Asked, content: Content, now: Conditions) -> Iterator[tuple[Line, Work]]:
    """Per segment: where it is, and the work to be done for it."""
    if asked.modality == "image":
        yield {}, functools.partial(of_image, asked, content, now)
    elif asked.modality == "text":
        for start, end in segments.by_words(content.text, asked.segment_chars):
            where = {"segmentStartCharPosition": start, "segmentEndCharPosition": end}
            part = content.text[start:end]
            yield where, functools.partial(of_text, asked, part, now)
    else:
        for span in segments.by_time(content.seconds, asked.segment_s):
            where_s = {"segmentStartSeconds": span[0], "segmentEndSeconds": span[1]}
            yield where_s, functools.partial(of_span, asked, content, span, now)


def _lines(
    index: int, where: Line, work: Work, asked: Asked, now: Conditions, partial: Fault | None
) -> tuple[dict[str, Line], Usage]:
    """Per kind of vector, its line for this segment."""
    metadata = {"segmentIndex": index, **where}
    if asked.modality == "text":  # a real line had it as 0 where nothing was cut
        metadata = {"segmentIndex": index, "truncatedCharLength": 0, **where}
    try:
        if partial and (not partial.segments or index in partial.segments):
            raise _Failed(partial.reason, partial.message or "The segment could not be processed.")
        made, usage = work()
    except Rejected as e:
        return _failed(metadata, e.reason, "The content was rejected.", asked, now)
    except (Undecodable, Refused) as e:
        return _failed(metadata, "INVALID_CONTENT", str(e), asked, now)
    except _Failed as e:
        return _failed(metadata, e.reason, e.message, asked, now)
    found: dict[str, Line] = {}
    for one in made:
        own = dict(metadata)
        if one.kept_chars is not None:
            own["truncatedCharLength"] = one.kept_chars
        found[one.kind] = {"embedding": one.vector, "segmentMetadata": own, "status": "SUCCESS"}
    return found, usage


class _Failed(Exception):
    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason)
        self.reason, self.message = reason, message


def _failed(
    metadata: Line, reason: str, message: str, asked: Asked, now: Conditions
) -> tuple[dict[str, Line], Usage]:
    line = {
        **EMPTY[now.failed_line_embedding],
        "segmentMetadata": metadata,
        "status": now.failure_word,
        "failureReason": reason,
        "message": message,
    }
    return dict.fromkeys(_kinds(asked), line), Usage()


def _result(kind: str, lines: list[Line], folder: str, now: Conditions) -> Line:
    """What the list of results says of one kind of vector."""
    bad = [line for line in lines if line["status"] != "SUCCESS"]
    result = {"embeddingType": kind, "status": "SUCCESS"}
    result["outputFileUri"] = f"{folder}/{FILES[kind]}"
    if len(bad) == len(lines):
        result["status"] = now.failure_word
    elif bad:
        result["status"] = "PARTIAL_SUCCESS"
    if bad:
        result["failureReason"] = bad[0]["failureReason"]
        result["message"] = bad[0]["message"]
    return result
