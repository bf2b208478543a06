"""Previews, kept on disk by content, so that what is offline still has a face."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import xxhash

from nova_desktop.errors import BadInput, shown
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Modality, Preview, Span, Stamp
from nova_desktop.ports import Reader, Sniff

log = logging.getLogger(__name__)

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
        held = self.catalog.held(str(path))
        content = held[0] if held else self.catalog.content_of(str(path))
        if held is None and path.exists():
            content = None  # it is not, or not any more, what is known of it
        kept = self._file(f"{content}/{span}/{edge}/{frames}") if content else None
        if kept is not None and (preview := _load(kept)) is not None:
            return preview
        modality = self._modality(path, content)
        preview = self.readers[modality].preview(path, span, edge, frames)
        if kept is not None and held is not None and _is_still(path, held[1]):
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
        said = {"frames": preview.frames, "peaks": preview.peaks, "text": preview.text}
        try:
            for folder in (self.folder, file.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
                part.write(json.dumps(said).encode() + b"\n" + preview.jpeg)
            Path(part.name).replace(file)
        except OSError as e:  # a full disk: it is made again the next time
            log.info("a preview could not be kept: %s", e)
            return
        self._made += 1
        if self._made % TRIM_EVERY == 0:
            self.trim()

    def trim(self, most_bytes: int = KEPT_BYTES) -> None:
        """Removes the oldest previews until at most `most_bytes` are kept."""
        kept = []
        for file in self.folder.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):  # another thread trims, too
                stat = file.stat()
                kept.append((stat.st_mtime_ns, stat.st_size, file))
        total = sum(size for _, size, _ in kept)
        for _, size, file in sorted(kept):
            if total <= most_bytes:
                break
            file.unlink(missing_ok=True)
            total -= size


def _is_still(path: Path, stamp: Stamp) -> bool:
    """Whether what was shown is what is indexed: else it would be shown for all its copies."""
    try:
        return Stamp.of(os.lstat(path)) == stamp
    except OSError:
        return False


def _load(file: Path) -> Preview | None:
    """None where nothing is kept, or what is kept was cut short."""
    try:
        said, _, jpeg = file.read_bytes().partition(b"\n")
        about = json.loads(said)
        return Preview(jpeg, about["frames"], tuple(about["peaks"]), about["text"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as e:  # cut short when the power went
        log.info("a preview that was kept can't be read: %r", e)
        return None
