"""A piece → the body of one InvokeModel call, with every limit of Amazon Nova checked first.

Sources: [schema] "Complete embeddings request and response schema" and [guide] "Using Nova
Embeddings", both in the Amazon Nova user guide; [api] the Bedrock runtime's service model, which
ships with botocore; [field] seen by others who called it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from nova_desktop.engines.nova_media import container_of, seconds_of
from nova_desktop.errors import BadInput
from nova_desktop.model import Modality, Piece, Purpose, Unit
from nova_desktop.spending import Usage, tokens_in

MODEL = "amazon.nova-2-multimodal-embeddings-v1:0"  # [guide]
SCHEMA = "nova-multimodal-embed-v1"  # [schema] schemaVersion: the only value
DIMENSIONS = (3072, 1024, 384, 256)  # [schema] embeddingDimension
# [schema] text.value. The service was seen to take 50,000 [field], and less can't be wrong.
MAX_CHARACTERS = 8192
MAX_SECONDS = 30.0  # [schema] of sound or film in one request
MAX_BODY_BYTES = 25_000_000  # [api] InvokeModel, the whole body; [schema] the media after base64
# What a piece may hold so that its body stays below: base64 makes 4 bytes of 3, and the rest of
# the body is less than 1,000.
MAX_PIECE_BYTES = (MAX_BODY_BYTES - 1_000) // 4 * 3

COMBINED, SEPARATE = "AUDIO_VIDEO_COMBINED", "AUDIO_VIDEO_SEPARATE"  # [schema] embeddingMode

# [schema] the formats of each kind, by mime. "jpg", m4a, aac and flac are refused [field].
IMAGES = {"image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
SOUNDS = {
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/ogg": "ogg",
}
FILMS = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/x-matroska": "mkv",
    "video/webm": "webm",
    "video/x-flv": "flv",
    "video/mpeg": "mpeg",
    "video/x-ms-wmv": "wmv",
    "video/3gpp": "3gp",
}
FORMATS: Mapping[str, Mapping[str, str]] = {"image": IMAGES, "audio": SOUNDS, "video": FILMS}

# [schema] embeddingPurpose: anything is indexed with GENERIC_INDEX, and asked for by what is in
# the index. A document's pages are pictures of high detail, which have a purpose of their own.
PURPOSES: Mapping[Purpose, str] = {
    Purpose.INDEX: "GENERIC_INDEX",
    Purpose.QUERY: "GENERIC_RETRIEVAL",
    Purpose.QUERY_TEXT: "TEXT_RETRIEVAL",
    Purpose.QUERY_IMAGE: "IMAGE_RETRIEVAL",
    Purpose.QUERY_VIDEO: "VIDEO_RETRIEVAL",
    Purpose.QUERY_AUDIO: "AUDIO_RETRIEVAL",
    Purpose.QUERY_DOCUMENT: "DOCUMENT_RETRIEVAL",
    Purpose.CLASSIFICATION: "CLASSIFICATION",
    Purpose.CLUSTERING: "CLUSTERING",
}


def kind_of(piece: Piece) -> str:
    """The part of the request that the piece goes into: "text", "image", "audio" or "video".

    Raises BadInput for what Amazon Nova has no part for.
    """
    if piece.modality is Modality.TEXT or piece.mime == "text/plain":
        return "text"
    kind = next((kind for kind, mimes in FORMATS.items() if piece.mime in mimes), "")
    if not kind:
        raise BadInput(
            f"Amazon Nova takes no {piece.mime}; save it as JPEG, PNG, MP3, WAV, MP4 or text."
        )
    return kind


def is_page(piece: Piece) -> bool:
    """Whether it is the picture of a document's page: letters need the higher detail."""
    of_page = piece.span is not None and piece.span.unit is Unit.PAGE
    return piece.mime in IMAGES and (of_page or piece.modality is Modality.DOCUMENT)


def usage_of(piece: Piece, region: str) -> Usage:
    """What asking for this piece will be billed by, as far as the piece tells.

    Tokens are a guess; the answer says how many there were.
    """
    kind = kind_of(piece)
    return Usage(
        engine="nova",
        model=MODEL,
        region=region,
        kind="document image" if is_page(piece) else kind,
        tokens=tokens_in(piece.text) if kind == "text" else None,
        images=int(kind == "image"),
        seconds=_seconds(piece) if kind in ("audio", "video") else 0.0,
        sent_bytes=len(piece.data),
    )


def body_of(piece: Piece, purpose: Purpose, dim: int, mode: str = COMBINED) -> bytes:
    """The JSON to send. Raises BadInput for what the service would refuse, so it never leaves."""
    kind = kind_of(piece)
    if not piece.data:
        raise BadInput("The piece is empty; replace the file with a good copy.")
    part = _text(piece) if kind == "text" else _media(piece, kind, mode)
    request: dict[str, Any] = {
        "schemaVersion": SCHEMA,
        "taskType": "SINGLE_EMBEDDING",  # [schema] the only one that InvokeModel takes
        "singleEmbeddingParams": {
            "embeddingPurpose": PURPOSES[purpose],
            "embeddingDimension": dim,
            kind: part,
        },
    }
    body = json.dumps(request, separators=(",", ":"), ensure_ascii=False).encode()
    if len(body) > MAX_BODY_BYTES:
        raise BadInput(
            f"Amazon Nova takes {MAX_BODY_BYTES:,} bytes in one request, and this would be "
            f"{len(body):,}; save it smaller."
        )
    return body


def _text(piece: Piece) -> dict[str, object]:
    try:
        text = piece.text
    except UnicodeDecodeError as e:
        raise BadInput("The text is not valid UTF-8; save it as UTF-8.") from e
    if not text.strip():
        raise BadInput("There are no words in this text; give at least one.")
    if len(text) > MAX_CHARACTERS:
        raise BadInput(
            f"Amazon Nova takes {MAX_CHARACTERS:,} characters in one request, and this text has "
            f"{len(text):,}; split it."
        )
    # [schema] required. Few characters can still be too many tokens (8,192) in some scripts: then
    # the end is cut, and the answer says where.
    return {"truncationMode": "END", "value": text}


def _media(piece: Piece, kind: str, mode: str) -> dict[str, object]:
    if len(piece.data) > MAX_PIECE_BYTES:
        raise BadInput(
            f"Amazon Nova takes {MAX_PIECE_BYTES:,} bytes of media in one request, and this has "
            f"{len(piece.data):,}; save it smaller."
        )
    declared = FORMATS[kind][piece.mime]
    # [field] The service compares the container with the declared format and refuses others.
    if (found := container_of(piece.data)) != declared:
        raise BadInput(
            f"This is {found or 'no format that is known'}, and not {declared} as it says; "
            "replace the file with a good copy."
        )
    part: dict[str, object] = {"format": declared}
    if kind == "image":
        part["detailLevel"] = "DOCUMENT_IMAGE" if is_page(piece) else "STANDARD_IMAGE"
    elif (seconds := _seconds(piece)) > MAX_SECONDS:
        raise BadInput(
            f"Amazon Nova takes {MAX_SECONDS:g} s in one request, and this lasts {seconds:.2f} s; "
            "choose shorter segments."
        )
    if kind == "video":
        part["embeddingMode"] = mode
    part["source"] = {"bytes": base64.b64encode(piece.data).decode("ascii")}
    return part


def _seconds(piece: Piece) -> float:
    """How long it lasts: as it says itself; where it is silent, as long as its span."""
    said = seconds_of(piece.data)
    if said is not None:
        return said
    in_time = piece.span is not None and piece.span.unit is Unit.SECONDS
    return piece.span.stop - piece.span.start if piece.span and in_time else 0.0
