"""Previews, kept on disk by content, so that what is offline still has a face."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import xxhash

from nova_desktop.errors import BadInput, TryLater, shown
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
        """As Reader.preview. Of what is offline, the nearest size that was ever seen."""

        def make() -> Preview:
            content = self._content(path)[0]
            return self.readers[self._modality(path, content)].preview(path, span, edge, frames)

        try:
            return self.kept(path, f"{span}/{frames}", make, edge)
        except TryLater:
            content, _ = self._content(path)
            if content and (preview := self._of_another_size(content, span, edge)):
                return preview
            raise

    def kept(self, path: Path, name: str, make: Callable[[], Preview], size: int) -> Preview:
        """What is kept of a file under `name` in this size, else what `make` makes and is kept."""
        content, stamp = self._content(path)
        kept = self._file(f"{content}/{name}", size) if content else None
        if kept is not None and (preview := _load(kept)) is not None:
            return preview
        preview = make()
        if kept is not None and stamp is not None and _is_still(path, stamp):
            self._keep(kept, preview)
        return preview

    def _content(self, path: Path) -> tuple[str | None, Stamp | None]:
        """What is known to be in a file, and the stamp that it had when it was read."""
        if held := self.catalog.held(str(path)):
            return held
        # Where there is a file, it is not, or not any more, what is known of it.
        return (None if path.exists() else self.catalog.content_of(str(path))), None

    def _of_another_size(self, content: str, span: Span | None, edge: int) -> Preview | None:
        """What it looked like in the size that is nearest; of the whole, where there is none."""
        for part in dict.fromkeys((span, None)):
            name = self._file(f"{content}/{part}/1", edge)
            others = [
                (abs(int(size) - edge), file)
                for file in name.parent.glob(f"{name.name.partition('-')[0]}-*")
                if (size := file.name.partition("-")[2]).isdigit()
            ]
            for _, other in sorted(others):
                if preview := _load(other):
                    return preview
        return None

    def _modality(self, path: Path, content: str | None) -> Modality:
        known = self.catalog.info(content) if content else None
        modality = known[0] if known else self.sniff(path)
        if modality is None:
            raise BadInput(f"{shown(path)} is of a kind that has no preview.")
        return modality

    def _file(self, key: str, size: int) -> Path:
        name = xxhash.xxh3_128_hexdigest(key.encode())
        return self.folder / name[:2] / f"{name[2:]}-{size}"

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
