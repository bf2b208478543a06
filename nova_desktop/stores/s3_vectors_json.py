"""Vectors as JSON, both ways, past botocore's own: that takes minutes where this takes seconds.

botocore walks through every number in Python, twice. Here a request's body is written whole, and
an answer's vectors become arrays, by its own events; signing, sending and errors stay botocore's.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from nova_desktop.ports import Kept
from nova_desktop.stores.s3_vectors_limits import PAYLOAD_BYTES, PUT, in_parts, written

ANSWERS = ("GetVectors", "ListVectors")  # that have vectors in them
_ROOM = 4096  # of a body, for the names in it
_writing = threading.Lock()  # as the GIL allows one at a time, one is in memory, too


class Fast:
    """The events of one client. Its calls are made by threads that each have one at a time."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._parsing = threading.Lock()  # likewise

    def fasten(self, client: Any) -> None:
        client.meta.events.register("before-call.s3vectors.PutVectors", self._fill)
        for name in ANSWERS:
            client.meta.events.register(f"before-parse.s3vectors.{name}", self._read)

    def put(self, client: Any, bucket: str, index: str, body: bytes) -> None:
        """A PutVectors; `body`: the vectors, as `bodies` writes them."""
        names = {"vectorBucketName": bucket, "indexName": index}
        self._own.body = b"".join((json.dumps(names)[:-1].encode(), b', "vectors": ', body, b"}"))
        client.put_vectors(**names, vectors=[])

    def _fill(self, params: dict[str, Any], **_: Any) -> None:
        params["body"] = self._own.body
        self._own.body = b""

    def _read(
        self, response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any
    ) -> None:
        if response_dict["status_code"] != 200:
            return
        try:
            with self._parsing:
                said = orjson.loads(response_dict["body"])
                vectors = said["vectors"]
                full = [one for one in vectors if "data" in one]
                arrays = np.array([one["data"]["float32"] for one in full], np.float32)
                for one, array in zip(full, arrays, strict=True):
                    one["data"] = array
        except (ValueError, KeyError, TypeError):
            return  # what that is, botocore says as it does of every answer
        customized_response_dict.update({**said, "vectors": vectors})
        response_dict["body"] = b"{}"


def bodies(kept: Iterable[Kept]) -> Iterator[tuple[list[Kept], bytes]]:
    """(vectors of one PutVectors, they as a JSON list), in order: as many as one call takes.

    Strings become what every service takes: half a surrogate, as file names may have, is "?".
    """
    for part in in_parts(kept, PUT):
        with _writing:
            texts = list(map(_one, part, _decimals(part)))
        begin = size = 0
        for at, text in enumerate(texts):
            if size + len(text) + 1 > PAYLOAD_BYTES - _ROOM:
                yield part[begin:at], _list(texts[begin:at])
                begin, size = at, 0
            size += len(text) + 1
        yield part[begin:], _list(texts[begin:])


def _list(texts: Sequence[bytes]) -> bytes:
    return b"[" + b",".join(texts) + b"]"


def _one(kept: Kept, decimals: str) -> bytes:
    noted = f',"metadata":{written(kept.metadata)}' if kept.metadata else ""
    text = f'{{"key":{json.dumps(kept.key)},"data":{{"float32":[{decimals}]}}{noted}}}'
    return text.encode("utf-8", "replace")


def _decimals(part: Sequence[Kept]) -> list[str]:
    """The shortest decimals of each vector's float32, with commas."""
    arrays = np.stack([np.asarray(kept.vector, np.float32) for kept in part])
    with np.errstate(over="ignore"):
        halves = arrays.astype(np.float16)
    if (halves == arrays).all():
        # Stores keep vectors in half precision, of which there are few different numbers.
        known = _halves()[halves.view(np.uint16)]
        return [",".join(row) for row in known.tolist()]
    numbers = _texts(arrays.ravel())
    dim = arrays.shape[1]
    return [",".join(numbers[at : at + dim]) for at in range(0, len(numbers), dim)]


@functools.cache
def _halves() -> NDArray[np.object_]:
    """The text of each half, by its bits."""
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    return np.array(_texts(every.astype(np.float32)), object)


def _texts(numbers: NDArray[np.float32]) -> list[str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts: list[str] = pc.cast(pa.array(numbers), pa.string()).to_pylist()
    return texts
