"""The CLIP engine on tiny towers of every layout, through the code that loads real ones."""

from __future__ import annotations

import errno
import io
import json
import os
import pickle
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from PIL import Image

from nova_desktop.engines.clip import ClipEngine, kept_proof, prove
from nova_desktop.engines.clip.probe import KNOWN
from nova_desktop.engines.clip.proof import keep_proof, name_of
from nova_desktop.engines.clip.towers import load
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Modality, Piece, Purpose, Source
from tests.contracts.engine import EngineContract
from tests.engines.tiny_clip import (
    DEVIATION,
    MEAN,
    SAMPLES,
    Tiny,
    build,
    pictures,
    saved,
    text_graph,
    words,
    written,
)

LAYOUTS = {
    "two towers": Tiny(),
    "masked and cropped": Tiny(attention_mask=True, squash=False),
    "one graph": Tiny(layout="combined", attention_mask=True, any_size=True),
    "one graph, of one size": Tiny(layout="combined", batch=2, fixed_context=True),
    "OpenCLIP, int32, one at a time": Tiny(
        layout="open_clip", ids=TensorProto.INT32, batch=1, fixed_context=True
    ),
    "four at a time": Tiny(batch=4, fixed_context=True),
    "half precision": Tiny(precision="_fp16", pixels=TensorProto.FLOAT16),
}


def photo(name: str) -> Piece:
    data = io.BytesIO()
    Image.open(SAMPLES / name).convert("RGB").save(data, "JPEG", quality=95)
    return Piece(Modality.IMAGE, "image/jpeg", data.getvalue())


@pytest.fixture(scope="module")
def proofs(tmp_path_factory):
    found = {}
    for name, tiny in LAYOUTS.items():
        folder = build(tmp_path_factory.mktemp("model"), tiny)
        found[name] = prove(folder, SAMPLES, 1)
    return found


class TestClipEngine(EngineContract):
    @pytest.fixture(params=["two towers", "one graph", "OpenCLIP, int32, one at a time"])
    def engine(self, request, proofs):
        return ClipEngine(proofs[request.param])

    @pytest.fixture
    def pieces(self):
        texts = [
            Piece.of_words("a brick wall"),
            Piece.of_words("stars and galaxies", Source.SPEECH),
        ]
        return [*texts, photo("horse.png"), photo("morning coffee.jpg")]

    @pytest.fixture
    def refused(self):
        return Piece(Modality.AUDIO, "audio/wav", b"RIFF")


@pytest.fixture
def engine(proofs):
    return ClipEngine(proofs["two towers"])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_find_their_pictures_in_every_layout(proofs, layout):
    engine = ClipEngine(proofs[layout])
    seen = engine.embed([photo(name) for name, *_ in KNOWN], Purpose.INDEX)
    asked = engine.embed([Piece.of_words(text) for _, text, _ in KNOWN], Purpose.QUERY)
    assert (asked @ seen.T).argmax(axis=1).tolist() == list(range(len(KNOWN)))


def test_it_is_sent_to_another_process_and_loads_there(engine):
    sent = pickle.loads(pickle.dumps(engine))  # noqa: S301  # our own
    pieces = [Piece.of_words("a brick wall")]
    assert np.array_equal(sent.embed(pieces, "query"), engine.embed(pieces, "query"))


def test_a_long_text_counts_beyond_the_first_window_of_tokens(engine):
    start = "a brick wall " * 10
    one, other = engine.embed(
        [Piece.of_words(start), Piece.of_words(start + "a horse " * 10)], Purpose.INDEX
    )
    assert one @ other < 0.95


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_no_words_are_bad_input(engine, blank):
    with pytest.raises(BadInput, match="words"):
        engine.embed([Piece.of_words("a horse"), Piece.of_words(blank)], Purpose.INDEX)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff no picture", b"GIF89a"])
def test_a_damaged_picture_is_bad_input(engine, data):
    with pytest.raises(BadInput, match="sees pictures"):
        engine.embed([Piece(Modality.IMAGE, "image/jpeg", data)], Purpose.INDEX)


def test_scores_of_pictures_and_of_words_end_at_places_of_their_own(engine):
    pictures_end, words_end = engine.scales
    assert pictures_end.sources == {Source.PICTURE}
    assert Source.PICTURE not in words_end.sources
    assert pictures_end.sources | words_end.sources == set(Source)
    assert pictures_end.file_floor != pictures_end.floor


# A model that ranks at chance


@pytest.mark.parametrize(
    ("tiny", "said"),
    [
        (Tiny(blind=True, precision="_int8"), "choose fp32 or fp16"),
        (Tiny(blind=True), "no better than by chance"),
        (Tiny(deaf=True), "onnx/text_model.onnx tells texts apart no better than by chance"),
        (Tiny(layout="combined", blind=True), "onnx/model.onnx tells"),
        (Tiny(dim_of_text=30), "they are no pair"),
    ],
)
def test_a_model_that_does_not_rank_is_refused_and_says_why(tmp_path, tiny, said):
    with pytest.raises(NeedsUser, match=said):
        prove(build(tmp_path / "model", tiny), SAMPLES, 1)


def test_towers_that_give_no_numbers_are_refused(tmp_path):
    folder = build(tmp_path / "model")
    graph = onnx.load(folder / "onnx" / "vision_model.onnx")
    broken = np.full((48, 24), np.nan, np.float32)
    graph.graph.initializer[0].CopyFrom(onnx.numpy_helper.from_array(broken, "projection"))
    onnx.save(graph, folder / "onnx" / "vision_model.onnx")
    with pytest.raises(NeedsUser, match=r"no direction to this picture\. Choose another\.$"):
        prove(folder, SAMPLES, 1)


def test_an_export_without_its_projection_is_refused(tmp_path):
    folder = build(tmp_path / "model")
    graph = onnx.load(folder / "onnx" / "vision_model.onnx")
    del graph.graph.output[:]
    graph.graph.output.append(
        helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, None)
    )
    graph.graph.node[-2].output[0] = "flat"
    graph.graph.node.append(helper.make_node("Identity", ["means"], ["last_hidden_state"]))
    onnx.save(graph, folder / "onnx" / "vision_model.onnx")
    with pytest.raises(NeedsUser, match="without its projection"):
        prove(folder, SAMPLES, 1)


def test_a_graph_that_asks_for_something_unknown_is_refused(tmp_path):
    folder = build(tmp_path / "model")
    (folder / "onnx" / "vision_model.onnx").write_bytes(b"no graph at all")
    with pytest.raises(NeedsUser, match=r"vision_model.onnx can't be loaded"):
        prove(folder, SAMPLES, 1)


def test_pictures_of_another_size_than_the_tower_takes_are_refused(tmp_path):
    folder = build(tmp_path / "model")
    said = json.loads((folder / "preprocessor_config.json").read_text())
    said["size"] = {"height": 64, "width": 64}
    (folder / "preprocessor_config.json").write_text(json.dumps(said))
    with pytest.raises(NeedsUser, match="takes pictures of 32 × 32 pixels"):
        prove(folder, SAMPLES, 1)


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("onnx/text_model.onnx", "There is no CLIP model in"),
        ("tokenizer.json", "has no tokenizer.json"),
        ("preprocessor_config.json", "does not say how pictures are prepared"),
    ],
)
def test_what_is_missing_is_named(tmp_path, gone, said):
    folder = build(tmp_path / "model")
    (folder / gone).unlink()
    with pytest.raises(NeedsUser, match=said):
        prove(folder, SAMPLES, 1)


@pytest.mark.parametrize("tiny", [Tiny(), Tiny(any_size=True)])
def test_open_clip_s_own_configuration_is_enough(tmp_path, tiny):
    folder = build(tmp_path / "model", tiny)
    for name in ("preprocessor_config.json", "config.json"):
        (folder / name).unlink()
    said = {
        "model_cfg": {"vision_cfg": {"image_size": 32}, "text_cfg": {"context_length": 16}},
        "preprocess_cfg": {"mean": MEAN, "std": DEVIATION},  # as most are: without a size
    }
    written(folder / "open_clip_config.json", said)
    assert prove(folder, SAMPLES, 1).edge == 32


@pytest.mark.parametrize("strange", ["words", [1], 5])
def test_a_part_of_a_configuration_that_is_none_counts_as_missing(tmp_path, strange):
    folder = build(tmp_path / "model")
    written(folder / "config.json", {"text_cfg": strange, "text_config": strange})
    written(folder / "open_clip_config.json", {"model_cfg": strange, "preprocess_cfg": strange})
    assert prove(folder, SAMPLES, 1).edge == 32


def test_no_folder_at_all_is_said_so(tmp_path):
    with pytest.raises(NeedsUser, match="Plug in its drive"):
        prove(tmp_path / "away", SAMPLES, 1)


def test_a_file_in_place_of_the_folder_is_said_so(tmp_path):
    file = build(tmp_path / "model") / "onnx" / "vision_model.onnx"
    with pytest.raises(NeedsUser, match=r"is a file\. Choose the folder"):
        prove(file, SAMPLES, 1)


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are Unicode there")
def test_a_folder_whose_name_is_no_utf8_is_said_so(tmp_path):
    folder = build(tmp_path / "model").rename(tmp_path / os.fsdecode(b"model\xff"))
    with pytest.raises(NeedsUser, match=r"not UTF-8.*Rename it"):
        prove(folder, SAMPLES, 1)


def test_what_can_not_be_read_is_said_so(tmp_path):
    with pytest.raises(NeedsUser, match=r"can't be read|There is no folder"):  # by the system
        prove(tmp_path / ("model" * 100), SAMPLES, 1)
    with pytest.raises(NeedsUser, match=r"gone\.onnx can't be read: No such file"):
        load(tmp_path / "gone.onnx", 1)


@pytest.mark.parametrize("closed", ["", "onnx", "onnx/vision_model.onnx"])
def test_what_may_not_be_read_is_said_so(tmp_path, closed):
    folder = build(tmp_path / "model")
    mode = (folder / closed).stat().st_mode
    (folder / closed).chmod(0)
    try:
        if os.access(folder / "onnx" / "vision_model.onnx", os.R_OK):
            pytest.skip("everything may be read here")
        with pytest.raises(NeedsUser, match="can't be read: Permission denied"):
            prove(folder, SAMPLES, 1)
    finally:
        (folder / closed).chmod(mode)


@pytest.mark.parametrize("text", ["{", "[]", '"a"', "[" * 100_000, "\udcff"])
def test_a_damaged_configuration_is_named(tmp_path, text):
    folder = build(tmp_path / "model")
    (folder / "config.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(NeedsUser, match=r"config\.json"):
        prove(folder, SAMPLES, 1)


def test_a_damaged_tokenizer_is_named(tmp_path):
    folder = build(tmp_path / "model")
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(NeedsUser, match=r"tokenizer\.json can't be read"):
        prove(folder, SAMPLES, 1)


def test_the_exact_towers_are_taken_where_there_are_several(tmp_path):
    folder = build(tmp_path / "model", Tiny(blind=True, precision="_quantized"))
    build(folder, Tiny(precision="_fp16"))
    assert "onnx/vision_model_fp16.onnx" in prove(folder, SAMPLES, 1).files


# What is kept of a proof


def test_a_proof_is_kept_until_the_files_are_others(tmp_path, proofs):
    folder, kept = tmp_path / "model", tmp_path / "proofs"
    shutil.copytree(proofs["two towers"].folder, folder)
    first = prove(folder, SAMPLES, 1)
    keep_proof(first, kept)
    assert kept_proof(folder, kept) == first
    saved(text_graph(Tiny(deaf=True), words()), folder / "onnx" / "text_model.onnx")
    assert kept_proof(folder, kept) is None
    with pytest.raises(NeedsUser, match="has changed"):
        ClipEngine(first).embed([Piece.of_words("a horse")], Purpose.QUERY)


def test_a_model_that_went_away_keeps_its_space_and_says_so_when_asked(tmp_path, proofs):
    folder, kept = tmp_path / "model", tmp_path / "proofs"
    shutil.copytree(proofs["two towers"].folder, folder)
    keep_proof(prove(folder, SAMPLES, 1), kept)
    folder.rename(tmp_path / "elsewhere")
    away = kept_proof(folder, kept)
    assert away.space == proofs["two towers"].space
    with pytest.raises(NeedsUser, match="Plug in its drive"):
        ClipEngine(away).embed([Piece.of_words("a horse")], Purpose.QUERY)


def test_the_same_files_are_the_same_space_wherever_they_are(tmp_path, proofs):
    folder = tmp_path / "moved"
    shutil.copytree(proofs["one graph"].folder, folder)
    assert prove(folder, SAMPLES, 1).space == proofs["one graph"].space
    assert len({proof.space for proof in proofs.values()}) == len(proofs)


def test_a_proof_that_is_damaged_is_made_again(tmp_path, proofs):
    keep_proof(proofs["two towers"], tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text()[:40])
    assert kept_proof(Path(proofs["two towers"].folder), tmp_path) is None


def test_a_proof_that_can_not_be_kept_is_said_so_and_leaves_nothing(tmp_path, proofs, monkeypatch):
    proof = proofs["two towers"]
    (tmp_path / "file").write_text("words")
    with pytest.raises(NeedsUser, match=r"can't be kept in .*file"):
        keep_proof(proof, tmp_path / "file")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(NeedsUser, match="No space left on device"):
        keep_proof(proof, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_fetched_model_is_called_by_its_name(tmp_path):
    assert name_of(tmp_path / "google--siglip2-base" / ("a" * 40)) == "siglip2-base"
    assert name_of(tmp_path / "my model") == "my model"


def test_the_pictures_of_the_probe_ship_with_the_program():
    assert len(pictures()) == len(KNOWN) == len({text for known in KNOWN for text in known}) / 3


def exact_and_broken(tmp_path, folder: Path) -> None:
    """Puts towers that rank at chance where they are taken before those that are there."""
    other = build(tmp_path / "other", Tiny(blind=True, deaf=True))
    for name in ("vision_model.onnx", "text_model.onnx"):
        shutil.copy(other / "onnx" / name, folder / "onnx")


def test_towers_that_are_added_later_are_not_used_on_the_proof_of_others(tmp_path):
    folder = build(tmp_path / "model", Tiny(precision="_fp16"))
    keep_proof(prove(folder, SAMPLES, 1), tmp_path / "proofs")
    engine = ClipEngine(kept_proof(folder, tmp_path / "proofs"))
    exact_and_broken(tmp_path, folder)
    assert kept_proof(folder, tmp_path / "proofs") is None
    with pytest.raises(NeedsUser, match="has changed"):
        engine.embed([Piece.of_words("a horse")], Purpose.QUERY)


def test_a_configuration_that_is_added_later_is_proved_anew(tmp_path):
    folder = build(tmp_path / "model")
    keep_proof(prove(folder, SAMPLES, 1), tmp_path / "proofs")
    (folder / "open_clip_config.json").write_text("{}")
    assert kept_proof(folder, tmp_path / "proofs") is None


def test_a_model_whose_towers_were_replaced_by_others_is_proved_anew(tmp_path):
    folder = build(tmp_path / "model", Tiny(precision="_int8"))
    keep_proof(prove(folder, SAMPLES, 1), tmp_path / "proofs")
    for file in (folder / "onnx").iterdir():
        file.rename(file.with_name(file.name.replace("_int8", "_fp16")))
    assert kept_proof(folder, tmp_path / "proofs") is None
    assert "onnx/vision_model_fp16.onnx" in prove(folder, SAMPLES, 1).files
