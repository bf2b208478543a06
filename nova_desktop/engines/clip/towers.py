"""The two towers in onnxruntime: pixels and tokens in, vectors out."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.engines.clip.layout import Layout
from nova_desktop.engines.clip.tokens import LEAVE_OUT, Encoded
from nova_desktop.engines.clip.weights import apart
from nova_desktop.errors import BadInput, NeedsUser

# At once through a tower: more is hardly faster on a processor, and its memory grows with it.
AT_ONCE = 8
TYPES = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
}
# What exports call the vector that compares with the other tower's, the surest name first. The
# last hidden state and the logits are none.
PICTURE_OUTPUTS = ("image_embeds", "image_embeddings", "image_features", "pooler_output")
TEXT_OUTPUTS = ("text_embeds", "text_embeddings", "text_features", "pooler_output")
MISSING = "Install onnxruntime: pip install onnxruntime"


@dataclass(frozen=True, slots=True)
class Input:
    """What a graph asks for: its name, its element type, and its fixed sizes (0: any)."""

    name: str
    kind: type
    shape: tuple[int, ...]


class Tower:
    """One loaded graph of a model, asked for one of the two kinds of vectors."""

    def __init__(self, session: Any, file: str, outputs: Sequence[str], *, combined: bool) -> None:
        self._session, self.file = session, file
        self.inputs = tuple(map(_input, session.get_inputs()))
        self._output = _output(session.get_outputs(), outputs, file, combined)
        self.combined = combined

    def asks_for(self, *names: str) -> Input | None:
        return next((one for one in self.inputs if one.name in names), None)

    def run(self, given: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """Vectors as the graph gives them, not of unit length.

        BadInput when it refuses what it is given, NeedsUser when it can't work at all.
        """
        feeds: dict[str, NDArray[Any]] = {
            one.name: given[one.name].astype(one.kind)
            if one.name in given
            else np.zeros(tuple(size or 1 for size in one.shape), one.kind)
            for one in self.inputs
        }
        try:
            (found,) = self._session.run([self._output], feeds)
        except Exception as e:  # onnxruntime's errors share no class of their own
            from onnxruntime.capi.onnxruntime_pybind11_state import InvalidArgument

            said = f"{self.file} fails on what it was made for: {_short(e)}"
            if isinstance(e, InvalidArgument):  # a token beyond its table, say
                raise BadInput(f"{said} {LEAVE_OUT}") from e
            raise NeedsUser(f"{said} Choose another model.") from e
        if found.ndim != 2:
            raise NeedsUser(
                f"{self.file} gives no vectors but {found.ndim} dimensions: it was exported "
                "without its projection. Choose another export of the model."
            )
        return np.asarray(found, np.float32)


class Towers:
    """Both towers of a model, each loaded when it is first asked. One thread at a time."""

    def __init__(self, layout: Layout, threads: int) -> None:
        self._layout, self._threads = layout, threads

    @functools.cached_property
    def picture(self) -> Tower:
        file, combined = self._layout.picture, self._layout.combined
        tower = Tower(self._session(file), file, PICTURE_OUTPUTS, combined=combined)
        if self._pixels(tower) is None:
            raise NeedsUser(f"{file} takes no pictures. Choose another export of the model.")
        return tower

    @functools.cached_property
    def text(self) -> Tower:
        file, combined = self._layout.text, self._layout.combined
        tower = Tower(self._session(file), file, TEXT_OUTPUTS, combined=combined)
        if self._ids(tower) is None:
            raise NeedsUser(f"{file} takes no words. Choose another export of the model.")
        return tower

    @property
    def edges(self) -> tuple[int, int] | None:
        """(height, width) that the picture's tower was exported for; None for any."""
        pixels = self._pixels(self.picture)
        height, width = pixels.shape[2:] if pixels else (0, 0)
        return (height, width) if height and width else None

    @property
    def context(self) -> int | None:
        """How many tokens the text's tower was exported for; None for any."""
        ids = self._ids(self.text)
        return (ids.shape[1] or None) if ids else None

    def see(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Shape (n, 3, height, width) → (n, dim)."""
        asked = self._pixels(self.picture)
        assert asked is not None  # noqa: S101  # looked at when the tower was loaded
        beside = self._no_words if self._layout.combined else {}
        return _in_parts(
            len(pixels),
            asked.shape[0],
            lambda part: self.picture.run({**self._shown(self.picture, pixels[part]), **beside}),
        )

    def read(self, encoded: Encoded) -> NDArray[np.float32]:
        """One vector for each window."""
        ids = self._ids(self.text)
        assert ids is not None  # noqa: S101  # looked at when the tower was loaded
        beside = self._no_picture if self._layout.combined else {}
        return _in_parts(
            len(encoded.ids),
            ids.shape[0],
            lambda part: self.text.run(
                {**self._words(self.text, encoded.ids[part], encoded.mask[part]), **beside}
            ),
        )

    # onnxruntime works out the whole of a graph, whatever is asked of it, so one with both towers
    # is given something for the other: the least that it can take.

    @functools.cached_property
    def _no_words(self) -> dict[str, NDArray[Any]]:
        ids = self._ids(self.picture)
        length = (ids.shape[1] if ids else 0) or self._layout.wording.context
        nothing = np.zeros(((ids.shape[0] if ids else 0) or 1, length), np.int64)
        return self._words(self.picture, nothing, np.ones_like(nothing))

    @functools.cached_property
    def _no_picture(self) -> dict[str, NDArray[Any]]:
        pixels = self._pixels(self.text)
        if pixels is None:
            return {}
        edges = self._layout.preprocessing.edges or (224, 224)
        sizes = zip(pixels.shape, (1, 3, *edges), strict=True)
        nothing = np.zeros([fixed or size for fixed, size in sizes], np.float32)
        return self._shown(self.text, nothing)

    def _shown(self, tower: Tower, pixels: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
        """What a graph asks for of pictures, by name: none of them has a margin to leave out."""
        given: dict[str, NDArray[Any]] = {}
        if asked := self._pixels(tower):
            given[asked.name] = pixels
        if asked := tower.asks_for("pixel_attention_mask", "pixel_mask"):
            given[asked.name] = np.ones((len(pixels), *pixels.shape[2:]), np.int64)
        return given

    def _words(
        self, tower: Tower, ids: NDArray[np.int64], mask: NDArray[np.int64]
    ) -> dict[str, NDArray[Any]]:
        """What a graph asks for of texts, by name."""
        given: dict[str, NDArray[Any]] = {}
        if asked := self._ids(tower):
            given[asked.name] = ids
        if asked := tower.asks_for("attention_mask", "text_attention_mask"):
            given[asked.name] = mask
        if asked := tower.asks_for("position_ids"):
            given[asked.name] = np.broadcast_to(np.arange(ids.shape[1]), ids.shape)
        if asked := tower.asks_for("token_type_ids"):
            given[asked.name] = np.zeros_like(ids)
        return given

    def _session(self, name: str) -> Any:
        if self._layout.combined and (
            loaded := vars(self).get("picture") or vars(self).get("text")
        ):
            return loaded._session  # one graph, loaded once
        return load(self._layout.folder / name, self._threads)

    @staticmethod
    def _pixels(tower: Tower) -> Input | None:
        named = tower.asks_for("pixel_values", "image", "images", "input_image")
        return next((one for one in (named, *tower.inputs) if one and len(one.shape) == 4), None)

    @staticmethod
    def _ids(tower: Tower) -> Input | None:
        named = tower.asks_for("input_ids", "text", "texts", "text_input_ids", "input")
        whole = (one for one in tower.inputs if one.kind in (np.int32, np.int64))
        return next((one for one in (named, *whole) if one and len(one.shape) == 2), None)


def load(file: Path, threads: int) -> Any:
    """An onnxruntime.InferenceSession on the processor. NeedsUser where the file is no graph."""
    try:
        import onnxruntime
    except ImportError as e:
        raise NeedsUser(f"onnxruntime, which runs CLIP models, is missing. {MISSING}") from e
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # Threads that wait must not keep a processor busy that other programs could have.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # it keeps for ever what the largest batch once took
    options.log_severity_level = 4  # what goes wrong is raised, too
    try:
        return onnxruntime.InferenceSession(str(file), options, ["CPUExecutionProvider"])
    except Exception as e:  # onnxruntime's errors share no class of their own
        if missing := [name for name in apart(file) if not (file.parent / name).is_file()]:
            raise NeedsUser(
                f"{file.name} has its weights in {missing[0]}, which is not beside it. Add that "
                "file from where the model is from."
            ) from e
        raise NeedsUser(
            f"{file.name} can't be loaded: {_short(e)} Fetch the model again, or choose another."
        ) from e


def _in_parts(count: int, fixed: int, run: Any) -> NDArray[np.float32]:
    """All of `count`, AT_ONCE at a time; or as many as an export with a fixed batch takes."""
    size = fixed or AT_ONCE
    found = []
    for start in range(0, count, size):
        part = np.arange(start, min(start + size, count))
        padded = np.resize(part, fixed) if fixed else part  # repeated where it is too few
        found.append(run(padded)[: len(part)])
    return np.concatenate(found) if found else np.empty((0, 0), np.float32)


def _input(said: Any) -> Input:
    if said.type not in TYPES:
        raise NeedsUser(
            f"The CLIP model asks for {said.name} as {said.type}, which is not known. Choose "
            "another export of it."
        )
    sizes = tuple(size if isinstance(size, int) and size > 0 else 0 for size in said.shape)
    return Input(said.name, TYPES[said.type], sizes)


def _output(given: Sequence[Any], names: Sequence[str], file: str, combined: bool) -> str:
    """The vector's name; that of an export that names it otherwise is its only flat output."""
    there = [one.name for one in given]
    if found := next((name for name in names if name in there), None):
        return str(found)
    flat = [one.name for one in given if len(one.shape or ()) == 2]
    if flat and not combined:
        return str(flat[0])
    if there and not combined and len(there) == 1:
        return str(there[0])  # its shape is seen when it runs
    raise NeedsUser(
        f"{file} gives {', '.join(there) or 'nothing'}, and none of these is a vector of "
        f"{names[0]}. Choose another export of the model."
    )


def _short(error: Exception) -> str:
    said = re.sub(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ", "", str(error).strip())
    lines = said.splitlines() or [type(error).__name__]
    return f"{lines[0][:200].rstrip('. ')}."
