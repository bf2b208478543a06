"""One batch job of Amazon Nova as data: its records, its steps, its answers, and its JSON Lines.

Sources: [data] "Format and upload your batch inference data", [results] "View the results of a
batch inference job", both in the Amazon Bedrock user guide.
"""

from __future__ import annotations

import base64
import enum
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import xxhash
from numpy.typing import NDArray

from nova_desktop.aws.errors import Account, reaction_to
from nova_desktop.aws.outcomes import Faltered, Garbled
from nova_desktop.engines import nova_answer, nova_request
from nova_desktop.engines.nova import TYPES
from nova_desktop.engines.nova_request import SEPARATE
from nova_desktop.errors import BadInput
from nova_desktop.model import Piece, Purpose, Source
from nova_desktop.spending import Usage

log = logging.getLogger(__name__)

# Of one file of a job. They are made, sent and read one after the other, so a few times this is
# all that a job takes of memory beside its pieces.
FILE_BYTES = 16_000_000
# What ends a line for some readers, and stands in JSON as it is.
LINE_ENDS = {b"\xc2\x85": rb"\u0085", b"\xe2\x80\xa8": rb"\u2028", b"\xe2\x80\xa9": rb"\u2029"}
FINAL = (400, 413)  # HTTP status of a record that no second try helps

Lanes: TypeAlias = Mapping[str, NDArray[np.float32]]  # by embeddingType


class Step(enum.StrEnum):
    """What is durable of a job; whatever follows may have been done or not."""

    SENDING = "sending"  # objects may be in S3; no job was asked for
    STARTING = "starting"  # all are there; the job may have been started
    RUNNING = "running"  # it was, and its ARN is known
    DONE = "done"  # its answers are here


class Record(NamedTuple):
    """One request: `key` is the digest of its body, so equal requests are one record."""

    key: str
    piece: Piece
    usage: Usage


@dataclass(frozen=True)
class BatchJob:
    token: str  # clientRequestToken, and what its name and its places in S3 are made from
    role: str  # ARN
    folder: str  # the prefix of its keys in the bucket; of this job alone
    asked: Mapping[str, Usage]  # by recordId: estimates
    dim: int
    mode: str  # embeddingMode of its films
    reserved: Mapping[str, int] = field(default_factory=dict)  # kind → the budget's number
    step: Step = Step.SENDING
    arn: str = ""
    status: str = ""  # as Bedrock's, once it is over
    found: Mapping[str, Lanes] = field(default_factory=dict)  # by recordId
    refused: Mapping[str, str] = field(default_factory=dict)  # recordId → the sentence
    billed: frozenset[str] = frozenset()  # records that were answered, whatever with
    settled: bool = False  # with the budget
    cleared: bool = False  # nothing of it is in S3

    @property
    def name(self) -> str:
        return f"nova-desktop-{self.token}"

    @property
    def source(self) -> str:
        return f"{self.folder}in/"

    @property
    def target(self) -> str:
        return f"{self.folder}out/"

    @property
    def known(self) -> frozenset[str]:
        """The records that are this job's to answer."""
        done = self.step is Step.DONE
        return frozenset((*self.found, *self.refused) if done else self.asked)

    def as_json(self) -> dict[str, Any]:
        kept = {
            key: {kind: base64.b64encode(vector.tobytes()).decode() for kind, vector in of.items()}
            for key, of in self.found.items()
        }
        asked = {key: asdict(usage) for key, usage in self.asked.items()}
        plain = {name: getattr(self, name) for name in PLAIN}
        return {
            **plain,
            "asked": asked,
            "reserved": dict(self.reserved),
            "found": kept,
            "refused": dict(self.refused),
            "billed": sorted(self.billed),
        }

    @classmethod
    def of_json(cls, state: Mapping[str, Any]) -> BatchJob:
        found = {
            key: {kind: np.frombuffer(base64.b64decode(text), "<f4") for kind, text in of.items()}
            for key, of in state["found"].items()
        }
        asked = {key: Usage(**usage) for key, usage in state["asked"].items()}
        plain = {name: state[name] for name in PLAIN}
        return cls(
            **{**plain, "step": Step(state["step"])},
            asked=asked,
            reserved=state["reserved"],
            found=found,
            refused=state["refused"],
            billed=frozenset(state["billed"]),
        )


PLAIN = (
    *("token", "role", "folder", "dim", "mode", "step"),
    *("arn", "status", "settled", "cleared"),
)


def record_of(piece: Piece, dim: int, mode: str, region: str) -> Record:
    """Raises BadInput for what Amazon Nova would refuse."""
    body = nova_request.body_of(piece, Purpose.INDEX, dim, mode)
    usage = replace(nova_request.usage_of(piece, region), sent_bytes=len(body))
    return Record(xxhash.xxh3_128_hexdigest(body), piece, usage)


def files_of(records: Iterable[Record], dim: int, mode: str) -> Iterator[bytes]:
    """The records in JSON Lines, up to `FILE_BYTES` a file; each is made when it is asked for.

    [data] a record is {"recordId", "modelInput"}, and modelInput what InvokeModel takes.
    """
    held = bytearray()
    for record in records:
        body = nova_request.body_of(record.piece, Purpose.INDEX, dim, mode)
        for end, escaped in LINE_ENDS.items():
            body = body.replace(end, escaped)
        line = b'{"recordId":"%s","modelInput":%s}\n' % (record.key.encode(), body)
        if held and len(held) + len(line) > FILE_BYTES:
            yield bytes(held)
            held.clear()
        held += line
    if held:
        yield bytes(held)


def answered(job: BatchJob, lines: Iterable[bytes], account: Account) -> BatchJob:
    """The job with what its output says. A record without an answer to keep is in neither part.

    [results] a line is {"recordId", "modelInput", "modelOutput" or "error"}; one version of the
    page says that their order is that of the input, another that it need not be.
    """
    found: dict[str, Lanes] = {}
    refused: dict[str, str] = {}
    billed = set()
    for line in filter(None, lines):
        try:
            said = json.loads(line)
            key = str(said["recordId"])
            if key not in job.asked:
                continue
            if "modelOutput" in said:
                billed.add(key)
                found[key] = _lanes(said["modelOutput"], job.asked[key], job)
            elif isinstance(why := _error(said.get("error") or {}, account), BadInput):
                refused[key] = str(why)
        except (ValueError, KeyError, TypeError, AttributeError, Garbled, Faltered) as e:
            # It is asked again by itself, and says there what is wrong for good.
            log.warning("A record of %s has no answer that can be used: %s", job.name, e)
    left = {key: why for key, why in refused.items() if key not in found}
    return replace(job, step=Step.DONE, found=found, refused=left, billed=frozenset(billed))


def by_kind(usages: Iterable[Usage]) -> Mapping[str, Usage]:
    """The sums: what records of one kind cost is booked as one."""
    sums: dict[str, Usage] = {}
    for usage in usages:
        before = sums.get(usage.kind)
        sums[usage.kind] = usage if before is None else _plus(before, usage)
    return sums


def _plus(one: Usage, other: Usage) -> Usage:
    counted = [usage.tokens for usage in (one, other) if usage.tokens is not None]
    return replace(
        one,
        tokens=sum(counted) if counted else None,
        images=one.images + other.images,
        seconds=one.seconds + other.seconds,
        sent_bytes=one.sent_bytes + other.sent_bytes,
    )


def lane_of(piece: Piece, lanes: Lanes, mode: str) -> NDArray[np.float32]:
    """The piece's own vector of those that its request gave. Raises BadInput where it has none."""
    if not (mode == SEPARATE and nova_request.kind_of(piece) == "video"):
        return next(iter(lanes.values()))
    wanted = "AUDIO" if piece.source is Source.SOUND else "VIDEO"
    if wanted not in lanes:
        raise BadInput("Amazon Nova finds no sound in this part of the film.")
    return lanes[wanted]


def _lanes(output: Any, usage: Usage, job: BatchJob) -> Lanes:
    kind = "image" if "image" in usage.kind else usage.kind
    apart = kind == "video" and job.mode == SEPARATE
    expected = ("VIDEO", "AUDIO") if apart else TYPES[kind]
    found = nova_answer.vectors_of(json.dumps(output).encode(), job.dim, expected)
    if not apart and len(found) > 1:
        raise nova_answer.unknown("it holds two embeddings where one was asked for")
    return found


def _error(error: Mapping[str, Any], account: Account) -> Exception:
    """[results] errorCode is the HTTP status in its examples."""
    code, message = str(error.get("errorCode", "")), str(error.get("errorMessage", ""))
    status = int(code) if code.isdecimal() else 400 if code == "ValidationException" else 500
    if status not in FINAL:
        return Faltered(message)
    name = "ValidationException" if status == FINAL[0] else code
    return reaction_to(name, message, status, account)
