"""Words as CLIP towers read them: the real tokenizer of CLIP, and what towers are really given."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper
from tokenizers import Tokenizer

from nova_desktop.engines.clip.layout import layout_of
from nova_desktop.engines.clip.tokens import CANONICAL, LOWER, SPACES, Tokens, Wording, cleaned
from nova_desktop.engines.clip.towers import Towers
from nova_desktop.errors import NeedsUser
from tests.engines.tiny_clip import (
    END,
    PAD,
    START,
    UNKNOWN,
    Tiny,
    build,
    modelled,
    saved,
    words,
)

ROOT = Path(__file__).parents[2]
# The tokenizer of OpenAI's CLIP, and texts whose numbers two other implementations agree on.
SHARED = Path(os.environ.get("NOVA_DESKTOP_SHARED", ROOT.parent / "shared")) / "clip-tokenizer"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the tokenizer of CLIP is not here")


def wording(context: int = 77) -> Wording:
    return Wording(SHARED / "tokenizer.json", context, "<|endoftext|>")


@real
@pytest.mark.parametrize("known", json.loads((SHARED / "clip_bpe_golden.json").read_text("utf-8"))
                         if SHARED.is_dir() else [])  # fmt: skip
def test_texts_become_the_numbers_that_others_agree_on(known):
    encoded = Tokens(wording()).encode([known["text"]])
    assert encoded.ids.shape == (1, 77)
    count = len(known["ids"])
    assert encoded.ids[0, :count].tolist() == known["ids"]
    assert set(encoded.ids[0, count:].tolist()) <= {49407}  # CLIP pads with its end
    assert encoded.mask[0].tolist() == [1] * count + [0] * (77 - count)


@real
def test_every_merge_of_the_published_vocabulary_is_in_the_tokenizer():
    packed = (SHARED / "bpe_simple_vocab_16e6.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8")
    merges = [tuple(line.split()) for line in lines.split("\n")[1 : 49152 - 256 - 2 + 1]]
    said = json.loads((SHARED / "tokenizer.json").read_text("utf-8"))["model"]["merges"]
    assert [tuple(one.split() if isinstance(one, str) else one) for one in said] == merges


@real
def test_what_is_longer_goes_on_in_windows_with_their_own_begin_and_end():
    text = " ".join(f"word{n}" for n in range(200))
    encoded = Tokens(wording(20)).encode(["short", text])
    assert encoded.counts == (1, 4)
    for row in encoded.ids[1:]:
        assert (row[0], row[-1]) == (49406, 49407)


# What a tower is given


def given(tmp_path, texts, tiny=Tiny()):  # noqa: B008  # frozen
    """The numbers that arrive in the tower of words, by a tower that gives them back."""
    folder = build(tmp_path / "model", tiny)
    echo(folder, tiny)
    layout = layout_of(folder)
    towers = Towers(layout, 1)
    return towers.read(Tokens(layout.wording, towers.context).encode(texts)).astype(int).tolist()


def echo(folder: Path, tiny: Tiny) -> None:
    open_clip = tiny.layout == "open_clip"
    name = "text" if open_clip else "input_ids"
    shape = [tiny.batch, tiny.context if tiny.fixed_context else "length"]
    graph = modelled(
        [helper.make_node("Cast", [name], ["text_embeds"], to=TensorProto.FLOAT)],
        [helper.make_tensor_value_info(name, tiny.ids, shape)],
        [helper.make_tensor_value_info("text_embeds", TensorProto.FLOAT, shape)],
        {},
    )
    saved(graph, folder / ("textual/model.onnx" if open_clip else "onnx/text_model.onnx"))


HORSE = [START, words()["a"], words()["horse"], END]


@pytest.mark.parametrize(
    "tiny",
    [
        Tiny(context=9),
        Tiny(context=9, ids=TensorProto.INT32),
        Tiny(context=9, layout="open_clip", ids=TensorProto.INT32, batch=1, fixed_context=True),
    ],
)
def test_a_tower_is_given_its_whole_context_padded(tmp_path, tiny):
    padding = [PAD] * 5
    long = ["a horse " * 40]
    assert given(tmp_path, ["a horse"], tiny) == [HORSE + padding]
    assert {len(row) for row in given(tmp_path, long, tiny)} == {9}


def test_siglip_2_reads_64_tokens_in_lower_case_without_a_mask(tmp_path):
    tiny = Tiny(
        context=10**30,  # as its tokenizer says
        config=(("model_type", "siglip"),),
        tokenizer_config=(("tokenizer_class", "GemmaTokenizer"),),
    )
    (row,) = given(tmp_path, ["A HORSE"], tiny)
    assert len(row) == 64
    assert row[:4] == HORSE


def test_other_models_keep_capitals_to_their_tokenizer(tmp_path):
    (row,) = given(tmp_path, ["A Tower"])
    assert row[:4] == [START, UNKNOWN, words()["Tower"], END]


def test_siglip_1_and_open_clip_read_without_punctuation(tmp_path):
    siglip = Tiny(
        config=(("model_type", "siglip"),),
        tokenizer_config=(("tokenizer_class", "SiglipTokenizer"),),
    )
    clean = {"tokenizer_kwargs": {"clean": "canonicalize"}, "context_length": 12}
    open_clip = Tiny(layout="open_clip", context=12, config=(("text_cfg", clean),))
    for at, tiny in enumerate((siglip, open_clip)):
        (row,) = given(tmp_path / str(at), ["A horse!"], tiny)
        assert row[:4] == HORSE


@pytest.mark.parametrize(
    ("how", "text", "read"),
    [
        (CANONICAL, "Don't_stop,  NOW!", "dont stop now"),
        (CANONICAL, "fish &amp; chips", "fish chips"),
        (CANONICAL, "Straße, 東京!", "straße 東京"),
        (SPACES, " A  Horse,\n black ", "A Horse, black"),
        (LOWER, " A  Horse,\n black ", "a horse, black"),
        ("as it is", " A  Horse ", " A  Horse "),
    ],
)
def test_texts_are_cleaned_as_the_sources_do(how, text, read):
    assert cleaned(text, how) == read


@pytest.mark.parametrize(
    ("clean", "first"), [("whitespace", "Tower"), ("lower", "[UNK]"), ("canonicalize", "[UNK]")]
)
def test_open_clip_keeps_capitals_where_only_its_spaces_are_cleaned(tmp_path, clean, first):
    clean = {"tokenizer_kwargs": {"clean": clean}, "context_length": 12}
    tiny = Tiny(layout="open_clip", context=12, config=(("text_cfg", clean),))
    (row,) = given(tmp_path, ["Tower"], tiny)
    assert row[1] == words()[first]


@pytest.mark.parametrize("padded", [True, False])
def test_what_pads_is_the_tokenizer_s_own_where_no_other_file_says_it(tmp_path, padded):
    folder = build(tmp_path / "model", Tiny(context=9))
    (folder / "tokenizer_config.json").unlink()
    if padded:
        own = Tokenizer.from_file(str(folder / "tokenizer.json"))
        own.enable_padding(pad_id=END, pad_token="[EOS]")
        own.save(str(folder / "tokenizer.json"))
    assert Tokens(layout_of(folder).wording).pad_id == (END if padded else 0)


def test_a_context_that_holds_begin_and_end_alone_is_refused(tmp_path):
    folder = build(tmp_path / "model", Tiny(context=2, fixed_context=True))
    layout = layout_of(folder)
    with pytest.raises(NeedsUser, match="no room for words"):
        Tokens(layout.wording, Towers(layout, 1).context)


def test_the_context_of_a_fixed_export_counts_before_all_that_is_said(tmp_path):
    folder = build(tmp_path / "model", Tiny(context=9, fixed_context=True))
    (folder / "tokenizer_config.json").write_text('{"model_max_length": 512, "pad_token": "[PAD]"}')
    layout = layout_of(folder)
    assert layout.wording.context == 512
    assert Tokens(layout.wording, Towers(layout, 1).context).context == 9


def test_a_token_that_pads_and_is_not_known_is_refused(tmp_path):
    folder = build(tmp_path / "model", Tiny(tokenizer_config=(("pad_token", "<nothing>"),)))
    with pytest.raises(NeedsUser, match="<nothing>"):
        Tokens(layout_of(folder).wording)


def test_a_mask_covers_what_is_read_and_nothing_else(tmp_path):
    folder = build(tmp_path / "model", Tiny(context=9))
    encoded = Tokens(layout_of(folder).wording).encode(["a horse", "a"])
    assert encoded.mask.tolist() == [[1] * 4 + [0] * 5, [1] * 3 + [0] * 6]
    assert encoded.mask.dtype == encoded.ids.dtype == np.int64
