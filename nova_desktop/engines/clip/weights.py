"""Weights that lie apart from their graph: exports keep them so above 2 GB, and some always."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from nova_desktop.errors import NeedsUser

# An entry of TensorProto.external_data with the key "location", as protobuf writes it; then its
# value, with the length before it, which is below 128 for the name of a file.
LOCATION = re.compile(rb"\n\x08location\x12([\x01-\x7f])")


def beside(tower: str) -> re.Pattern[str]:
    """What a tower's weights may be called in a repository, also where they are in parts."""
    stem = re.escape(tower.removesuffix(".onnx"))
    return re.compile(rf"{stem}(\.onnx)?(_data|\.data)(_\d+)?")


def apart(graph: Path) -> tuple[str, ...]:
    """The files that a graph says its weights are in, as it names them: from its own folder.

    NeedsUser where it can't be read.
    """
    try:
        return tuple(sorted(set(_apart(graph))))
    except OSError as e:
        raise NeedsUser(
            f"{graph} can't be read: {e.strerror}. Give access to it, or copy the model again."
        ) from e


def _apart(graph: Path) -> Iterator[str]:
    with graph.open("rb") as file:
        if not graph.stat().st_size:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for found in LOCATION.finditer(data):
                end = found.end()
                yield data[end : end + found[1][0]].decode("utf-8", "replace")
