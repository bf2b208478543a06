"""Fetching the content of a request, inline or from S3, and checking it against the limits."""

from __future__ import annotations

import base64
import binascii
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from tests.emulators import conditions as limits
from tests.emulators import formats
from tests.emulators.asked import Asked
from tests.emulators.conditions import Conditions
from tests.emulators.errors import malformed
from tests.emulators.formats import Undecodable
from tests.emulators.storage import NotThere, Storage


@dataclass(frozen=True)
class Content:
    """Text, or a file in the declared format; `seconds` of audio and video."""

    text: str = ""
    file: IO[bytes] = io.BytesIO()  # noqa: RUF009 – the empty file stands for none
    seconds: float = 0.0


@contextmanager
def fetched(asked: Asked, storage: Storage, now: Conditions, segmented: bool) -> Iterator[Content]:
    """The checked content. Raises Refused in the words of the schema: what, where, how much."""
    most = (now.async_bytes if segmented else now.sync_bytes)[asked.modality]
    if asked.source.text is not None:
        yield Content(text=asked.source.text)
        return
    with tempfile.SpooledTemporaryFile(limits.MB) as file:
        if asked.source.base64 is not None:
            _decode(asked, file)
        else:
            _download(asked, storage, most, file)
        if asked.modality == "text":
            yield Content(text=_text(asked, file, None if segmented else limits.SYNC_S3_CHARS))
        else:
            yield _media(asked, file, now, segmented)


def _decode(asked: Asked, file: IO[bytes]) -> None:
    try:
        file.write(base64.b64decode(asked.source.base64 or "", validate=True))
    except binascii.Error as e:
        raise malformed([f"{asked.path}/source/bytes: is not valid base64"]) from e
    file.seek(0)


def _download(asked: Asked, storage: Storage, most: int, file: IO[bytes]) -> None:
    uri = asked.source.uri or ""
    where = f"{asked.path}/source/s3Location"
    try:
        size = storage.size(uri, asked.source.owner)
        if size > most:
            raise malformed([f"{where}: expected maxSize: {most} bytes, actual: {size}"])
        if size == 0:
            raise malformed([f"{where}: the object is empty"])
        storage.read(uri, file)
    except NotThere as e:
        raise malformed([f"{where}: {uri} could not be read"]) from e


def _text(asked: Asked, file: IO[bytes], most: int | None) -> str:
    where = f"{asked.path}/source/s3Location"
    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError as e:
        raise malformed([f"{where}: is not UTF-8"]) from e
    if most is not None and len(text) > most:
        raise malformed([f"{where}: expected maxLength: {most}, actual: {len(text)}"])
    return text


def _media(asked: Asked, file: IO[bytes], now: Conditions, segmented: bool) -> Content:
    if not formats.matches(file, asked.format):
        raise malformed([f"{asked.path}/source: content is not of format {asked.format}"])
    if asked.modality == "image":
        return Content(file=file)
    try:
        if not formats.has(file, asked.modality):
            raise malformed([f"{asked.path}/source: there is no {asked.modality} track"])
        seconds = formats.duration_s(file)
    except Undecodable as e:
        raise undecodable(asked, e) from e
    most = limits.ASYNC_SECONDS if segmented else limits.SYNC_SECONDS
    if seconds > most + now.seconds_slack:
        raise malformed(
            [f"{asked.path}/source: expected maxDuration: {most:g} s, actual: {seconds:.3f} s"]
        )
    return Content(file=file, seconds=seconds)


def undecodable(asked: Asked, error: Undecodable) -> Exception:
    return malformed([f"{asked.path}/source: could not be decoded ({error})"])
