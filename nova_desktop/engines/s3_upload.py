"""A file → one object in S3, in parts: what arrived before a restart is not sent again.

Source of the limits: "Amazon S3 multipart upload limits", Amazon S3 user guide.
"""

from __future__ import annotations

import base64
import hashlib
import os
import queue
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from nova_desktop.aws.stopping import POLL_S, persistent
from nova_desktop.engines.s3_bucket import Bucket, is_gone
from nova_desktop.errors import BadInput, Stopped, TryLater, shown

PART_BYTES = 8 * 1024 * 1024  # at least 5 MiB, but for the last one
MOST_PARTS = 10_000
BLOCK_BYTES = 256 * 1024  # of a part that are in memory at once
AT_ONCE = 8  # parts on their way; what a restart may have to send again
STARTS = 2  # an upload that S3 has forgotten is begun anew once


@dataclass(frozen=True, slots=True)
class Upload:
    """One that has begun: with this it goes on after a restart."""

    id: str  # UploadId
    part_bytes: int


@dataclass(frozen=True, slots=True)
class _Part:
    number: int  # from 1
    start: int  # byte of the file
    size: int


def parts_of(size: int, part_bytes: int) -> list[_Part]:
    starts = range(0, size, part_bytes)
    return [_Part(n, at, min(part_bytes, size - at)) for n, at in enumerate(starts, 1)]


def part_bytes_for(size: int) -> int:
    """A multiple of PART_BYTES, with which the file has no more parts than S3 takes."""
    return PART_BYTES * max(1, -(-size // (PART_BYTES * MOST_PARTS)))


def upload(
    bucket: Bucket,
    key: str,
    path: Path,
    going: Upload | None,
    begun: Callable[[Upload], None],
    tell: Callable[[float], None],
) -> None:
    """Sends what is missing of the file; the object is whole when this returns.

    `going` is what `begun` was told earlier for this key. `tell` hears the share that arrived, 0
    to 1; both are called in this thread. Every part goes with its CRC-32, which S3 checks. Raises
    as the bucket does; BadInput for an empty file; Stopped leaves all that arrived.
    """
    before = _stat(path)
    if not before.st_size:
        raise BadInput(f"{shown(path)} is empty; replace it with a good copy.")
    if going and bucket.size(key) == before.st_size:
        return  # it was whole, and the program ended before that was kept
    for start in range(STARTS):
        if going is None:
            made = bucket.ask("create_multipart_upload", Key=key, ChecksumAlgorithm="CRC32")
            going = Upload(str(made["UploadId"]), part_bytes_for(before.st_size))
            begun(going)
        try:
            kept = dict(_kept(bucket, key, going))
            sent = _Sending(bucket, key, path, going, kept).run(before.st_size, tell)
            after = _stat(path)
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise TryLater(f"{shown(path)} changed while it was sent. It is sent again later.")
            _complete(bucket, key, going, sent, before.st_size)
        except TryLater as e:
            if not is_gone(e) or start == STARTS - 1:
                raise
            going = None  # S3 or a lifecycle rule has ended it
        else:
            return


def _stat(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as e:
        raise unreadable(path, e) from e


def unreadable(path: Path, error: OSError) -> TryLater:
    why = error.strerror or "it is gone"
    return TryLater(f"{shown(path)} can't be read just now ({why}). It is sent when it can.")


def _kept(bucket: Bucket, key: str, going: Upload) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The parts that S3 has, by number."""
    more: dict[str, int] = {}
    while True:
        page = bucket.ask("list_parts", Key=key, UploadId=going.id, **more)
        yield from ((part["PartNumber"], part) for part in page.get("Parts", ()))
        if not page.get("IsTruncated"):
            return
        more = {"PartNumberMarker": page["NextPartNumberMarker"]}


def _complete(
    bucket: Bucket, key: str, going: Upload, sent: list[dict[str, object]], size: int
) -> None:
    try:
        bucket.ask(
            "complete_multipart_upload",
            Key=key,
            UploadId=going.id,
            MultipartUpload={"Parts": sent},
        )
    except TryLater as e:
        # Its answer may have been lost on the way, and asking again finds no upload any more.
        if not is_gone(e) or bucket.size(key) != size:
            raise


class _Sending:
    """Sends the parts of one file in threads of its own, which a stop leaves behind."""

    def __init__(
        self,
        bucket: Bucket,
        key: str,
        path: Path,
        going: Upload,
        kept: Mapping[int, Mapping[str, Any]],
    ) -> None:
        self._bucket, self._key, self._path = bucket, key, path
        self._going, self._kept = going, kept
        self._over = threading.Event()  # stopped, or one part failed: no other need go on
        self._ended: queue.SimpleQueue[tuple[_Part, dict[str, object]] | BaseException]
        self._ended = queue.SimpleQueue()

    def run(self, size: int, tell: Callable[[float], None]) -> list[dict[str, object]]:
        """All parts as CompleteMultipartUpload wants them."""
        parts = parts_of(size, self._going.part_bytes)
        waiting = iter(parts)
        lock = threading.Lock()

        def work() -> None:
            while not self._over.is_set():
                with lock:
                    part = next(waiting, None)
                if part is None:
                    return
                try:
                    self._ended.put((part, self._sent(part)))
                except BaseException as e:  # the caller's, whatever it is
                    self._ended.put(e)
                    return

        for _ in range(min(AT_ONCE, len(parts))):
            threading.Thread(target=work, name="upload", daemon=True).start()
        done: dict[int, dict[str, object]] = {}
        arrived = 0
        try:
            while len(done) < len(parts):
                part, answer = self._next()
                done[part.number] = answer
                arrived += part.size
                tell(arrived / size)
        finally:
            self._over.set()
        return [done[part.number] for part in parts]

    def _next(self) -> tuple[_Part, dict[str, object]]:
        while True:
            if self._bucket.stop.is_set():
                raise Stopped
            try:
                ended = self._ended.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if isinstance(ended, BaseException):
                raise ended
            return ended

    def _sent(self, part: _Part) -> dict[str, object]:
        try:
            with self._path.open("rb") as file:
                return self._sent_from(_Slice(file, part, self._over), part)
        except OSError as e:
            raise unreadable(self._path, e) from e

    def _sent_from(self, data: _Slice, part: _Part) -> dict[str, object]:
        checksum = 0
        for block in data.blocks():
            checksum = zlib.crc32(block, checksum)
        if data.tell() != part.size:
            raise TryLater(f"{shown(self._path)} became shorter. It is sent again later.")
        told = base64.b64encode(checksum.to_bytes(4, "big")).decode()
        kept = self._kept.get(part.number)
        if kept is not None and _is_same(kept, data, part.size, told):
            return {"PartNumber": part.number, "ETag": kept["ETag"], "ChecksumCRC32": told}

        def send() -> Any:
            data.seek(0)
            return self._bucket.once(
                "upload_part",
                Key=self._key,
                UploadId=self._going.id,
                PartNumber=part.number,
                Body=data,
                ContentLength=part.size,
                ChecksumCRC32=told,
            )

        answer = persistent(send, self._over, self._bucket.pauses, is_gone)
        return {"PartNumber": part.number, "ETag": answer["ETag"], "ChecksumCRC32": told}


class _Slice:
    """A part of an open file, as botocore reads one: never all of it is in memory.

    Reading it fails as soon as all is over, so that a request on its way ends.
    """

    def __init__(self, file: IO[bytes], part: _Part, over: threading.Event) -> None:
        self._file, self._part, self._over = file, part, over
        self.seek(0)

    def read(self, size: int = -1) -> bytes:
        if self._over.is_set():
            raise Stopped
        left = self._part.size - self.tell()
        return self._file.read(left if size < 0 else min(size, left))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self._part.size}[whence]
        self._file.seek(self._part.start + base + offset)
        return self.tell()

    def tell(self) -> int:
        return self._file.tell() - self._part.start

    def blocks(self) -> Iterator[bytes]:
        """All of it, from the start."""
        self.seek(0)
        while block := self.read(BLOCK_BYTES):
            yield block


def _is_same(kept: Mapping[str, Any], data: _Slice, size: int, checksum: str) -> bool:
    """Whether S3 has this very part: a cut made again after a restart could be another."""
    if kept.get("Size") != size:
        return False
    if "ChecksumCRC32" in kept:
        return bool(kept["ChecksumCRC32"] == checksum)
    # Stores that keep no checksums name a part by its MD5.
    digest = hashlib.md5(usedforsecurity=False)
    for block in data.blocks():
        digest.update(block)
    return bool(str(kept["ETag"]).strip('"') == digest.hexdigest())
