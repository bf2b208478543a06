"""Which files of a folder are a joint image–text model, and what they say of how it is used.

Three layouts of the Hugging Face hub are known: two towers with Transformers' configuration
(onnx/vision_model.onnx, onnx/text_model.onnx), one graph with both (onnx/model.onnx), and OpenCLIP
exports (visual/model.onnx, textual/model.onnx with their preprocess_cfg.json).
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from nova_desktop.engines.clip.preprocessing import Preprocessing, from_open_clip, from_transformers
from nova_desktop.engines.clip.tokens import Wording, part_of, wording_of
from nova_desktop.engines.clip.weights import apart, beside
from nova_desktop.errors import NeedsUser

# By rising loss: whole numbers first break what they are made from. int8 towers of some models
# rank at chance without any error, so they are taken only where there is nothing better.
PRECISIONS = ("", "_fp16", "_quantized", "_int8", "_uint8", "_q8", "_q4f16", "_q4", "_bnb4")
PICTURES = (
    *("onnx/vision_model", "vision_model", "visual/model", "onnx/visual", "visual"),
    *("onnx/vision_encoder", "vision_encoder", "onnx/image_encoder", "image_encoder"),
)
TEXTS = (
    *("onnx/text_model", "text_model", "textual/model", "onnx/textual", "textual"),
    *("onnx/text_encoder", "text_encoder"),
)
BOTH = ("onnx/model", "model")
CONFIGURATION = (
    *("config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"),
    *("special_tokens_map.json", "open_clip_config.json", "visual/preprocess_cfg.json"),
    *("textual/tokenizer.json", "textual/tokenizer_config.json"),
    "textual/special_tokens_map.json",
)
MOST_LOOKED_AT = 100  # folders inside one that is no model's
LARGEST_JSON = 8_000_000  # bytes; of a configuration, which is some thousand


@dataclass(frozen=True, slots=True)
class Layout:
    """A model's files, below `folder`; both towers are one file where they are one graph."""

    folder: Path
    picture: str
    text: str
    preprocessing: Preprocessing
    wording: Wording

    @property
    def combined(self) -> bool:
        return self.picture == self.text

    def named(self) -> frozenset[str]:
        """The towers and what is said of them. Reads no tower."""
        there = {name for name in CONFIGURATION if (self.folder / name).is_file()}
        return frozenset({self.picture, self.text} | there)

    def files(self) -> tuple[str, ...]:
        """All that the vectors depend on, in order of their names. Reads the towers' files."""
        names = set()
        for tower in {self.picture, self.text}:
            within = PurePosixPath(tower).parent
            names |= {str(within / name) for name in apart(self.folder / tower)}
        there = {name for name in names if (self.folder / name).is_file()}
        return tuple(sorted(self.named() | there))


def layout_of(folder: Path) -> Layout:
    """Reads the configuration; no tower is opened. NeedsUser where something is missing."""
    try:
        return _layout_of(folder)
    except OSError as e:
        raise NeedsUser(
            f"The CLIP model in {folder} can't be read: {e.strerror}. Give access to the folder, "
            "or choose another model."
        ) from e


def _layout_of(folder: Path) -> Layout:
    try:
        str(folder).encode()
    except UnicodeEncodeError as e:
        raise NeedsUser(
            f"{folder} has a name that is not UTF-8, which models can't be loaded from. Rename it."
        ) from e
    if folder.is_file():
        raise NeedsUser(f"{folder} is a file. Choose the folder that the CLIP model is in.")
    if not folder.is_dir():
        raise NeedsUser(
            f"There is no folder {folder} with a CLIP model. Plug in its drive, or choose another "
            "model."
        )
    picture, text = _towers(folder)
    alone = not any((folder / name).is_file() for name in CONFIGURATION)
    if picture and alone and _towers(folder.parent)[0]:
        raise NeedsUser(
            f"{folder} is a part of the CLIP model in {folder.parent}. Choose that folder."
        )
    if not picture and (below := _below(folder)):
        raise NeedsUser(f"The CLIP model in {folder} is in a folder below it. Choose {below}")
    if not picture:
        raise NeedsUser(
            f"There is no CLIP model in {folder}: it needs onnx/vision_model.onnx and "
            "onnx/text_model.onnx, or visual/model.onnx and textual/model.onnx, or onnx/model.onnx."
        )
    said = {name: _json(folder / name) for name in CONFIGURATION if not _is_tokenizer(name)}
    return Layout(folder, picture, text, _preprocessing(folder, said), wording_of(folder, said))


def towers_in(there: Callable[[str], bool]) -> tuple[str, str]:
    """The names of the picture's tower and the text's, the most exact ones; "" for none.

    `there` says whether there is a file of a name.
    """
    picture, text = _first(PICTURES, there), _first(TEXTS, there)
    if picture and text:
        return picture, text
    both = _first(BOTH, there)
    return both, both


def wanted(names: Sequence[str]) -> list[str]:
    """Of the files of a repository, those that a model needs; none where it holds no model."""
    there = set(names)
    picture, text = towers_in(there.__contains__)
    if not picture:
        return []
    towers = {picture, text}
    weights = {name for name in names for tower in towers if beside(tower).fullmatch(name)}
    return sorted(towers | weights | (there & set(CONFIGURATION)))


def _towers(folder: Path) -> tuple[str, str]:
    return towers_in(lambda name: (folder / name).is_file())


def _below(folder: Path) -> Path | None:
    """A model's folder right inside, or where the hub's own cache keeps it."""
    within = itertools.chain(folder.glob("*/"), folder.glob("snapshots/*/"))
    return next((one for one in itertools.islice(within, MOST_LOOKED_AT) if _towers(one)[0]), None)


def _first(stems: Iterable[str], there: Callable[[str], bool]) -> str:
    names = (f"{stem}{precision}.onnx" for precision in PRECISIONS for stem in stems)
    return next((name for name in names if there(name)), "")


def _preprocessing(folder: Path, said: Mapping[str, dict[str, Any]]) -> Preprocessing:
    if cfg := said["visual/preprocess_cfg.json"]:
        return from_open_clip(cfg)
    open_clip = said["open_clip_config.json"]
    if cfg := part_of(open_clip, "preprocess_cfg"):
        # It seldom gives the size, and where both do, open_clip takes the model's.
        edge = part_of(part_of(open_clip, "model_cfg"), "vision_cfg").get("image_size")
        return from_open_clip({**cfg, "size": edge} if edge else cfg)
    if said["preprocessor_config.json"]:
        return from_transformers(said["preprocessor_config.json"])
    raise NeedsUser(
        f"The CLIP model in {folder} does not say how pictures are prepared: its "
        "preprocessor_config.json is missing. Add it from where the model is from."
    )


def _is_tokenizer(name: str) -> bool:
    return name.endswith("tokenizer.json")


def _json(path: Path) -> dict[str, Any]:
    """What a configuration says; {} where there is none."""
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise NeedsUser(f"{path} is no configuration of a model: it is too large. Replace it.")
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError, OSError) as e:
        raise NeedsUser(f"{path} can't be read: {e}. Copy the model again.") from e
    if not isinstance(found, dict):
        raise NeedsUser(f"{path} is no configuration of a model. Copy the model again.")
    return found
