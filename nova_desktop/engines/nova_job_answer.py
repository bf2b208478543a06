"""What a job of Amazon Nova left in S3 → segments; what is not as documented stops here.

Source: "Complete embeddings request and response schema", Amazon Nova user guide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nova_desktop.aws.outcomes import Faltered, Rejected
from nova_desktop.aws.reactions import CONTENT
from nova_desktop.aws.s3_reactions import POLICY
from nova_desktop.engines.nova_answer import unknown, vector_of
from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater
from nova_desktop.long_media import Segment
from nova_desktop.model import Source, Span, Unit

RESULT = "segmented-embedding-result.json"
SUCCESS, PARTIAL = "SUCCESS", "PARTIAL_SUCCESS"
FAILURES = ("FAILURE", "FAILED")  # the first is documented, the second was seen by others
SAID_CHARACTERS = 300

# What each kind of vector is of. What COMBINED gives for a silent film is not documented: VIDEO
# fits too.
LANES: Mapping[str, Mapping[str, Source]] = {
    "audio": {"AUDIO": Source.SOUND},
    "AUDIO_VIDEO_COMBINED": {"AUDIO_VIDEO_COMBINED": Source.PICTURE, "VIDEO": Source.PICTURE},
    "AUDIO_VIDEO_SEPARATE": {"VIDEO": Source.PICTURE, "AUDIO": Source.SOUND},
}
FILTERED = "Amazon Bedrock's content filter refuses this part."
REASONS = {
    "RAI_VIOLATION_INPUT_TEXT_DEFLECTION": FILTERED,
    "RAI_VIOLATION_INPUT_IMAGE_DEFLECTION": FILTERED,
    "INVALID_CONTENT": "Amazon Nova can't read this part; replace the file with a good copy.",
    "RATE_LIMIT_EXCEEDED": "Amazon Nova had no room for this part; retry the file.",
    "INTERNAL_SERVER_EXCEPTION": "Amazon Nova failed on this part; retry the file.",
}
PASSING = frozenset({"RATE_LIMIT_EXCEEDED", "INTERNAL_SERVER_EXCEPTION"})  # the guide: try again


@dataclass(frozen=True, slots=True)
class Results:
    """Of one job, in the order of time; seconds are those of the part."""

    segments: tuple[Segment, ...]
    passing: int  # how many failed for a reason that passes

    @property
    def good(self) -> int:
        return sum(segment.vector is not None for segment in self.segments)

    @property
    def billed_s(self) -> float:
        """Seconds for which there is a vector, or two. Whether others are billed is not said."""
        spans = {s.span for s in self.segments if s.vector is not None}
        return sum(span.stop - span.start for span in spans)


def results_of(
    listing: bytes,
    read: Callable[[str], bytes],
    dim: int,
    lanes: Mapping[str, Source],
    until: float,
) -> Results:
    """The segments that RESULT lists; `read` gives what is at a uri, `until` the part's seconds.

    Raises Garbled for what the documentation does not know.
    """
    try:
        entries = list(json.loads(listing)["embeddingResults"])
        kinds = [str(entry["embeddingType"]) for entry in entries]
        states = [str(entry["status"]) for entry in entries]
    except (ValueError, KeyError, TypeError) as e:
        raise unknown(f"{RESULT} lists no results") from e
    if not entries or not set(kinds) <= lanes.keys() or len(set(kinds)) < len(kinds):
        raise unknown(f"it holds {kinds} where {list(lanes)} was asked for")
    found: list[tuple[Segment, bool]] = []
    for entry, kind, state in zip(entries, kinds, states, strict=True):
        uri = entry.get("outputFileUri")
        if state in FAILURES and not uri:
            whole = Span(Unit.SECONDS, 0.0, until)
            found.append(_failed(entry, whole, lanes[kind]))
        elif state in (SUCCESS, PARTIAL, *FAILURES) and uri:
            found.extend(_segment(line, lanes[kind], dim) for line in _lines(read(str(uri))))
        else:
            raise unknown(f"the status of {kind} is “{state}”")
    if not found:
        raise unknown("it holds no segments")
    found.sort(key=lambda pair: (pair[0].span.start, pair[0].source))
    return Results(tuple(segment for segment, _ in found), sum(passes for _, passes in found))


def _lines(data: bytes) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file; or of one JSON, which the guide's name for a file suggests."""
    try:
        rows = [json.loads(line) for line in data.splitlines() if line.strip()]
    except ValueError:
        try:
            rows = [json.loads(data)]
        except ValueError as e:
            raise unknown("a line of its results is no JSON") from e
    for row in rows:
        for one in row if isinstance(row, list) else [row]:
            if not isinstance(one, dict):
                raise unknown("a line of its results is no object")
            yield one


def _segment(line: dict[str, Any], source: Source, dim: int) -> tuple[Segment, bool]:
    """The segment of one line; and whether it failed for a reason that passes."""
    try:
        where = line["segmentMetadata"]
        start, stop = float(where["segmentStartSeconds"]), float(where["segmentEndSeconds"])
    except (KeyError, TypeError, ValueError) as e:
        raise unknown("a segment does not say where it is") from e
    if not 0 <= start < stop:
        raise unknown(f"a segment is from {start} to {stop} s")
    span = Span(Unit.SECONDS, start, stop)
    state = line.get("status")
    if state in FAILURES:
        return _failed(line, span, source)
    if state != SUCCESS:
        raise unknown(f"the status of a segment is “{state}”")
    try:
        return Segment(span, source, vector_of(line.get("embedding"), dim)), False
    except Faltered as e:
        return Segment(span, source, None, str(e)), False


def _failed(entry: Mapping[str, Any], span: Span, source: Source) -> tuple[Segment, bool]:
    code = str(entry.get("failureReason", ""))
    told = REASONS.get(code, "Amazon Nova refuses this part; replace the file with a good copy.")
    return Segment(span, source, None, _said(told, str(entry.get("message") or code))), (
        code in PASSING
    )


def _said(sentence: str, message: str) -> str:
    said = " ".join(message.split())[:SAID_CHARACTERS]
    return f"{sentence} It said: {said.rstrip('.')}." if said else sentence


def outcome_of(failure: str) -> ExpectedError:
    """What the failureMessage of a failed job means: free text, of which no sample is known."""
    if re.search(CONTENT, failure, re.IGNORECASE):
        return Rejected(_said("Amazon Bedrock's content filter refuses this file.", failure))
    if re.search(r"access ?denied|not authorized|permission|kms", failure, re.IGNORECASE):
        told = f"Amazon Bedrock may not use the S3 bucket: {POLICY}."
        return NeedsUser(_said(told, failure))
    if re.search(r"malformed|invalid|unsupported|not supported|corrupt", failure, re.IGNORECASE):
        told = "Amazon Nova refuses this file; replace it with a good copy."
        return BadInput(_said(told, failure))
    # The rest is the service's own, as far as anyone can tell. A failed job is not billed.
    return TryLater(_said("Amazon Nova's job failed; it is tried again later.", failure))
