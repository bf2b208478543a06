"""Previews, kept on disk by content, so that what is offline still has a face."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import xxhash

from nova_desktop.errors import BadInput, shown
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Modality, Preview, Span
from nova_desktop.ports import Reader, Sniff

KEPT_BYTES = 2 << 30  # of previews on disk; the oldest go first
TRIM_EVERY = 500  # new previews


@dataclass(slots=True)
class Previews:
    """Called from any thread. What is kept is written whole or not at all, for the user alone."""

    folder: Path
    catalog: Catalog
    sniff: Sniff
    readers: Mapping[Modality, Reader]
    _made: int = 0

    def get(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        content = self.catalog.content_of(str(path))
        kept = self._file(f"{content}/{span}/{edge}/{frames}") if content else None
        if kept is not None and (preview := _load(kept)) is not None:
            return preview
        modality = self._modality(path, content)
        preview = self.readers[modality].preview(path, span, edge, frames)
        if kept is not None:
            self._keep(kept, preview)
        return preview

    def _modality(self, path: Path, content: str | None) -> Modality:
        known = self.catalog.info(content) if content else None
        modality = known[0] if known else self.sniff(path)
        if modality is None:
            raise BadInput(f"{shown(path)} is of a kind that has no preview.")
        return modality

    def _file(self, key: str) -> Path:
        name = xxhash.xxh3_128_hexdigest(key.encode())
        return self.folder / name[:2] / name[2:]

    def _keep(self, file: Path, preview: Preview) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        said = {"frames": preview.frames, "peaks": preview.peaks, "text": preview.text}
        part.write_bytes(json.dumps(said).encode() + b"\n" + preview.jpeg)
        part.replace(file)
        self._made += 1
        if self._made % TRIM_EVERY == 0:
            self.trim()

    def trim(self, most_bytes: int = KEPT_BYTES) -> None:
        """Removes the oldest previews until at most `most_bytes` are kept."""
        kept = [(file.stat(), file) for file in self.folder.glob("*/*")]
        total = sum(stat.st_size for stat, _ in kept)
        for stat, file in sorted(kept, key=lambda one: one[0].st_mtime_ns):
            if total <= most_bytes:
                break
            file.unlink(missing_ok=True)
            total -= stat.st_size


def _load(file: Path) -> Preview | None:
    """None where nothing is kept."""
    try:
        said, _, jpeg = file.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    about = json.loads(said)
    return Preview(jpeg, about["frames"], tuple(about["peaks"]), about["text"])
