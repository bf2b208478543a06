"""Small real media with a known colour and pitch, made once, and what refusals look like."""

from __future__ import annotations

import base64
import functools
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from PIL import Image

from tests.fakes import COLOURS
from tests.media.clips import CONTAINERS, SOUNDS, ffmpeg

SIZE = {"3gp": "176x144"}  # H.263 and AMR aside, any size would do; this is the usual one


@functools.cache
def picture(colour: str = "red", format: str = "png") -> bytes:  # noqa: A002 – Nova's name
    data = io.BytesIO()
    Image.new("RGB", (32, 24), COLOURS[colour]).save(data, format)
    return data.getvalue()


@functools.cache
def clip(ending: str = "mp4", colour: str = "red", seconds: float = 2, hz: int = 440) -> bytes:
    """A film of one colour with a tone; without sound when `hz` is 0."""
    ending, container = ("mpg", "mpeg") if ending == "mpeg" else (ending, ending)
    how = CONTAINERS[ending]
    size = SIZE.get(ending, "64x48")
    seen = f"-f lavfi -i color={colour}:s={size}:r=25:d={seconds}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"clip.{container}"
        if hz:
            ffmpeg(seen, f"-f lavfi -i sine={hz}:d={seconds}", how, path)
        else:
            ffmpeg(seen, how.partition("-c:a")[0], "-an", path)
        return path.read_bytes()


@functools.cache
def tone(ending: str = "wav", hz: int = 440, seconds: float = 2, rate: int = 16_000) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"tone.{ending}"
        more = f"-ar {rate}" if ending != "ogg" else ""
        ffmpeg(f"-f lavfi -i sine={hz}:d={seconds}", SOUNDS[ending], more, path)
        return path.read_bytes()


@functools.cache
def noise(seconds: float = 2) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "noise.wav"
        ffmpeg(f"-f lavfi -i anoisesrc=d={seconds}:a=0.5:seed=1", path)
        return path.read_bytes()


def inline(data: bytes) -> dict[str, str]:
    return {"bytes": base64.b64encode(data).decode()}


def at(uri: str, **more: str) -> dict[str, dict[str, str]]:
    return {"s3Location": {"uri": uri, **more}}


def index(**part: Any) -> dict[str, Any]:
    """Parameters for one modality."""
    return {"embeddingPurpose": "GENERIC_INDEX", "embeddingDimension": 256, **part}


def text(value: str = "a dog jumping into a lake", mode: str = "END") -> dict[str, Any]:
    return index(text={"truncationMode": mode, "value": value})


def image(data: bytes | None = None, format: str = "png", **more: str) -> dict[str, Any]:  # noqa: A002
    return index(image={"format": format, "source": inline(data or picture()), **more})


def audio(data: bytes | None = None, format: str = "wav") -> dict[str, Any]:  # noqa: A002
    return index(audio={"format": format, "source": inline(data or tone())})


def video(
    data: bytes | None = None,
    format: str = "mp4",  # noqa: A002
    mode: str = "AUDIO_VIDEO_COMBINED",
) -> dict[str, Any]:
    source = inline(data or clip())
    return index(video={"format": format, "source": source, "embeddingMode": mode})


def refusal(call: Callable[[], object]) -> tuple[int, str, str]:
    """The HTTP status, the code and the sentence with which the call is refused."""
    with pytest.raises(ClientError) as caught:
        call()
    answer = caught.value.response
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    return status, answer["Error"]["Code"], answer["Error"]["Message"]


def malformed(*errors: str) -> tuple[int, str, str]:
    told = "".join(errors)
    return (
        400,
        "ValidationException",
        f"Malformed input request: {told}, please reformat your input and try again.",
    )


@functools.cache
def only_sound() -> bytes:
    """An MP4 whose only track is sound."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound.mp4"
        ffmpeg("-f lavfi -i sine=440:d=1 -c:a aac", path)
        return path.read_bytes()
