"""Texts as numbers, by the tokenizer that comes with the model, as long as it was trained on."""

from __future__ import annotations

import html
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import BadInput, NeedsUser

# A passage is 300 to 600 characters; a tower reads 64 or 77 tokens, some 300 characters. What is
# longer is read in so many windows, and is their mean.
MOST_WINDOWS = 4
LONGEST_CONTEXT = 2048  # tokens
# Where nothing says how many: transformers' defaults of the model types.
CONTEXTS = {"siglip": 64, "siglip2": 64, "clip": 77}
AS_IT_IS, SPACES, LOWER, CANONICAL = "as it is", "whitespace", "lower", "canonical"

LEAVE_OUT = "Leave it out, or choose another model."  # of what a model can't take


@dataclass(frozen=True, slots=True)
class Wording:
    """How texts are made ready for one model."""

    tokenizer: Path
    context: int  # tokens that the tower takes, always padded to so many
    pad: str  # the token that pads; "" is the tokenizer's own, or else number 0
    cleaning: str = AS_IT_IS  # before the tokenizer's own


@dataclass(frozen=True, slots=True)
class Encoded:
    """Windows of texts: `ids` and `mask` of shape (windows, context), int64.

    `counts` says how many windows each text has, in order.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]  # 0 where there is only padding
    counts: tuple[int, ...]


class Tokens:
    """One loaded tokenizer. Used by one thread at a time."""

    def __init__(self, wording: Wording, context: int | None = None) -> None:
        """`context`: what the tower was exported for, where that is fixed."""
        from tokenizers import Tokenizer

        try:
            self._tokenizer: Any = Tokenizer.from_file(str(wording.tokenizer))
        except Exception as e:  # a plain Exception is all that tokenizers raises
            raise NeedsUser(f"{wording.tokenizer} can't be read: {e}. Copy the model again.") from e
        self.context = context or wording.context
        self._cleaning = wording.cleaning
        self.pad_id = self._id_of(wording.pad)
        self._tokenizer.no_padding()
        if self._tokenizer.num_special_tokens_to_add(is_pair=False) >= self.context:
            raise NeedsUser(f"{wording.tokenizer} has no room for words. Copy it again.")
        self._tokenizer.enable_truncation(max_length=self.context)

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Up to MOST_WINDOWS windows a text; what is longer still does not count.

        BadInput for what the tokenizer can't read.
        """
        try:
            found = self._tokenizer.encode_batch([cleaned(text, self._cleaning) for text in texts])
        except Exception as e:  # it knows neither the word nor a token for what it does not know
            raise BadInput(
                f"The CLIP model's tokenizer can't read this text: {e}. {LEAVE_OUT}"
            ) from e
        windows = [[one, *one.overflowing][:MOST_WINDOWS] for one in found]
        every = [window for some in windows for window in some]
        ids = np.full((len(every), self.context), self.pad_id, np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(every):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
        return Encoded(ids, mask, tuple(map(len, windows)))

    def _id_of(self, token: str) -> int:
        if not token:
            padding = self._tokenizer.padding
            return int(padding["pad_id"]) if padding else 0
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise NeedsUser(
                f"The tokenizer does not know {token!r}, which its files pad with. Copy the model "
                "again, all its files."
            )
        return int(found)


def cleaned(text: str, how: str) -> str:
    """`text` as the model was trained to read it."""
    if how == CANONICAL:  # open_clip's and SigLIP's canonicalize_text
        text = html.unescape(html.unescape(text)).replace("_", " ")
        text = text.translate(str.maketrans("", "", string.punctuation))
    if how == AS_IT_IS:
        return text
    return " ".join((text if how == SPACES else text.lower()).split())


def wording_of(folder: Path, said: Mapping[str, dict[str, Any]]) -> Wording:
    """From the configuration beside the tokenizer; NeedsUser without a tokenizer.json."""
    inside = "textual/" if (folder / "textual" / "tokenizer.json").is_file() else ""
    tokenizer = folder / f"{inside}tokenizer.json"
    if not tokenizer.is_file():
        raise NeedsUser(
            f"The CLIP model in {folder} has no tokenizer.json, so it can read no words. Add it "
            "from where the model is from."
        )
    own = said[f"{inside}tokenizer_config.json"]
    config = said["config.json"]
    special = said[f"{inside}special_tokens_map.json"]
    open_clip = part_of(said["open_clip_config.json"], "model_cfg") or config
    text_cfg = part_of(open_clip, "text_cfg")
    pad = _token(own.get("pad_token")) or _token(special.get("pad_token"))
    return Wording(
        tokenizer, _context(own, config, text_cfg), pad, _cleaning(own, config, text_cfg)
    )


def _context(own: dict[str, Any], config: dict[str, Any], text_cfg: dict[str, Any]) -> int:
    kind = str(config.get("model_type") or "")
    positions = part_of(config, "text_config").get("max_position_embeddings")
    default = next((n for name, n in CONTEXTS.items() if kind == name), 0)
    if kind.startswith("siglip"):
        # Its tokenizers name other lengths, or none; the tower has so many places and no more.
        candidates = [positions, default]
    else:
        candidates = [text_cfg.get("context_length"), own.get("model_max_length"), positions]
    for found in (*candidates, default, CONTEXTS["clip"]):
        if isinstance(found, int) and 2 < found <= LONGEST_CONTEXT:
            return found
    return CONTEXTS["clip"]


def _cleaning(own: dict[str, Any], config: dict[str, Any], text_cfg: dict[str, Any]) -> str:
    if how := part_of(text_cfg, "tokenizer_kwargs").get("clean"):
        return {"canonicalize": CANONICAL, "whitespace": SPACES}.get(str(how), LOWER)
    tokenizer, kind = str(own.get("tokenizer_class") or ""), str(config.get("model_type") or "")
    if tokenizer.startswith("SiglipTokenizer"):
        return CANONICAL
    # SigLIP 2 was trained on lower case with a tokenizer, Gemma's, that keeps capitals.
    if kind.startswith("siglip") or own.get("do_lower_case"):
        return LOWER
    return AS_IT_IS


def part_of(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What a configuration says under a name; {} where that is nothing, or no part of its own."""
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _token(said: object) -> str:
    if isinstance(said, dict):
        said = said.get("content")
    return said if isinstance(said, str) else ""
