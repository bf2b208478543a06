"""A loaded CLIP model: pictures and texts as unit-length vectors of one space."""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nova_desktop.engines.clip.layout import Layout, layout_of
from nova_desktop.engines.clip.tokens import LEAVE_OUT, Tokens
from nova_desktop.engines.clip.towers import AT_ONCE, Towers
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Vectors

if TYPE_CHECKING:
    from PIL.Image import Image

CHANGED = (
    "The CLIP model in {folder} has changed. Start Nova Desktop again, so that it proves itself "
    "anew."
)
WRONG = "The CLIP model gives no direction to this {what}."


class ClipModel:
    """Both towers with what they need. Any number of threads: they take turns."""

    def __init__(self, layout: Layout, threads: int) -> None:
        self.layout = layout
        self._towers = Towers(layout, threads)
        self._turn = threading.RLock()

    @functools.cached_property
    def _tokens(self) -> Tokens:
        return Tokens(self.layout.wording, self._towers.context)

    def check_edges(self) -> None:
        """NeedsUser when pictures are prepared in another size than the tower takes."""
        prepared, taken = self.layout.preprocessing.edges, self._towers.edges
        if taken and prepared != taken:
            shown = f"{prepared[1]} × {prepared[0]}" if prepared else "any size"
            raise NeedsUser(
                f"{self.layout.picture} takes pictures of {taken[1]} × {taken[0]} pixels, and the "
                f"model's files prepare {shown}. Copy the model again, all its files."
            )

    def see(self, pictures: Sequence[Image]) -> Vectors:
        with self._turn:
            found: list[NDArray[np.float32]] = []
            for start in range(0, len(pictures), AT_ONCE):  # pixels of all would be much memory
                part = pictures[start : start + AT_ONCE]
                pixels = [self.layout.preprocessing.pixels(picture) for picture in part]
                # Where nothing crops them they keep their shapes, and go one by one.
                alike = len({one.shape for one in pixels}) == 1
                together = [np.stack(pixels)] if alike else [one[np.newaxis] for one in pixels]
                found += map(self._towers.see, together)
        return _unit(np.concatenate(found), "picture")

    def read(self, texts: Sequence[str]) -> Vectors:
        """What has several windows is their mean."""
        with self._turn:
            encoded = self._tokens.encode(texts)
            windows = _unit(self._towers.read(encoded), "text")
        starts = np.cumsum([0, *encoded.counts[:-1]])
        return _unit(np.add.reduceat(windows, starts, axis=0), "text")


@functools.lru_cache(maxsize=1)
def loaded(folder: Path, stamp: tuple[tuple[object, ...], ...], threads: int) -> ClipModel:
    """The model in `folder` as it was at `stamp`, whose entries begin with the files' names.

    Kept, one a process, until it is another one. NeedsUser when other files than those would be
    used, such as more exact towers that were added since.
    """
    layout = layout_of(folder)
    if not layout.named() <= {entry[0] for entry in stamp}:
        raise NeedsUser(CHANGED.format(folder=folder))
    return ClipModel(layout, threads)


def decoded(data: bytes, mime: str) -> Image:
    """A picture as a Reader encodes it. BadInput for anything else."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            return picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as e:
        raise BadInput(f"A CLIP model sees pictures, not this {mime}. Replace the file.") from e


def _unit(vectors: NDArray[np.float32], what: str) -> Vectors:
    # In double: half-precision towers give numbers whose squares single precision can't hold.
    wide = vectors.astype(np.float64)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and lengths.all()):
        raise BadInput(f"{WRONG.format(what=what)} {LEAVE_OUT}")
    return np.asarray(wide / lengths, np.float32)
