"""Answers that no client should believe: what a `wrong_…` fault makes of a good one."""

from __future__ import annotations

import json
from typing import Any

from tests.emulators.web import Reply

GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"


def spoiled(kind: str, entries: list[dict[str, Any]]) -> bytes:
    """The body of an InvokeModel answer, spoiled in one way."""
    first, *rest = entries
    vector = first["embedding"]
    match kind:
        case "wrong_empty":
            return _body([])
        case "wrong_length":
            first = {**first, "embedding": vector[:-1]}
        case "wrong_norm":
            first = {**first, "embedding": [1.5 * number for number in vector]}
        case "wrong_nan":
            first = {**first, "embedding": [float("nan"), *vector[1:]]}
        case "wrong_type":
            other = "IMAGE" if first["embeddingType"] == "TEXT" else "TEXT"
            first = {**first, "embeddingType": other}
        case _:  # wrong_json
            return _body(entries)[:-20]
    return _body([first, *rest])


def gateway() -> Reply:
    """What a proxy on the way says in place of Bedrock."""
    return Reply(502, GATEWAY, {"Content-Type": "text/html"})


def _body(entries: list[dict[str, Any]]) -> bytes:
    return json.dumps({"embeddings": entries}).encode()
