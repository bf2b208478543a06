"""Towers that ask for odd things, give odd things, or refuse some of what they are given."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from nova_desktop.engines.clip import ClipEngine, prove
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Piece, Purpose
from tests.engines.tiny_clip import SAMPLES, Tiny, build, saved, words, written


def test_what_a_tower_refuses_of_one_text_is_no_reason_to_stop_for_all(tmp_path):
    folder = build(tmp_path / "model")
    graph = onnx.load(folder / "onnx" / "text_model.onnx")
    table = graph.graph.initializer[0]
    assert list(words())[-1] == "Tower"  # which no text of the probe has
    table.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(table)[:-1], "table"))
    onnx.save(graph, folder / "onnx" / "text_model.onnx")
    engine = ClipEngine(prove(folder, SAMPLES, 1))
    assert len(engine.embed([Piece.of_words("a horse")], Purpose.INDEX)) == 1
    with pytest.raises(BadInput, match=r"fails on what it was made for: .* Leave it out"):
        engine.embed([Piece.of_words("a Tower")], Purpose.INDEX)


def test_a_text_that_the_tokenizer_can_not_read_is_no_reason_to_stop_for_all(tmp_path):
    folder = build(tmp_path / "model")
    said = json.loads((folder / "tokenizer.json").read_text())
    del said["model"]["vocab"]["[UNK]"]
    written(folder / "tokenizer.json", said)
    engine = ClipEngine(prove(folder, SAMPLES, 1))
    with pytest.raises(BadInput, match=r"can't read this text: .* Leave it out"):
        engine.embed([Piece.of_words("a horse"), Piece.of_words("unheard-of")], Purpose.INDEX)


@pytest.mark.parametrize("changed", [{"size": {"shortest_edge": 32}}, {"do_resize": False}])
def test_pictures_that_keep_their_shapes_are_seen_one_by_one(tmp_path, changed):
    folder = build(tmp_path / "model", Tiny(any_size=True))
    model = onnx.load(folder / "onnx" / "vision_model.onnx")  # which takes any shape from now on
    model.opset_import[0].version = 18
    graph, inputs = model.graph, ["wide", "", "", "edges"]
    small = helper.make_node("Resize", inputs, ["small"], axes=[2, 3], mode="linear", antialias=1)
    graph.node.insert(1, small)
    graph.node[2].input[0] = "small"
    graph.initializer.append(onnx.numpy_helper.from_array(np.array([32, 32]), "edges"))
    saved(model, folder / "onnx" / "vision_model.onnx")
    said = json.loads((folder / "preprocessor_config.json").read_text())
    written(folder / "preprocessor_config.json", {**said, **changed, "do_center_crop": False})
    assert prove(folder, SAMPLES, 1).found.startswith("9 of 9")


@pytest.mark.parametrize(
    ("tower", "shape", "said"),
    [
        ("vision_model", None, "vision_model.onnx takes no pictures"),
        ("text_model", None, "text_model.onnx takes no words"),
        ("text_model", ["length"], "text_model.onnx takes no words"),
    ],
)
def test_a_graph_for_what_is_no_batch_is_refused(tmp_path, tower, shape, said):
    folder = build(tmp_path / "model")
    graph = onnx.load(folder / "onnx" / f"{tower}.onnx")
    asked = graph.graph.input[0]
    kind = asked.type.tensor_type.elem_type
    asked.CopyFrom(helper.make_tensor_value_info(asked.name, kind, shape))
    onnx.save(graph, folder / "onnx" / f"{tower}.onnx")
    with pytest.raises(NeedsUser, match=said):
        prove(folder, SAMPLES, 1)


@pytest.mark.parametrize("layout", ["transformers", "combined"])
def test_a_tower_that_asks_which_pixels_count_is_told_that_all_do(tmp_path, layout):
    folder = build(tmp_path / "model", Tiny(layout=layout))
    file = folder / "onnx" / ("model.onnx" if layout == "combined" else "vision_model.onnx")
    model = onnx.load(file)
    graph, shape = model.graph, ["batch", "height", "width"]
    graph.input.append(
        helper.make_tensor_value_info("pixel_attention_mask", TensorProto.BOOL, shape)
    )
    graph.initializer.append(onnx.numpy_helper.from_array(np.array([1]), "channels"))
    masked = [
        helper.make_node("Cast", ["pixel_attention_mask"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["real", "channels"], ["counts"]),
        helper.make_node("Mul", ["wide", "counts"], ["kept"]),
    ]
    for at, node in enumerate(masked):
        graph.node.insert(1 + at, node)
    graph.node[4].input[0] = "kept"
    saved(model, file)
    assert prove(folder, SAMPLES, 1).found.startswith("9 of 9")


def test_onnxruntime_keeps_to_itself_what_it_runs(tmp_path):
    """It would number this device, and lay by what it tells, in a database in its cache."""
    model, home = build(tmp_path / "model"), tmp_path / "home"
    home.mkdir()
    code = f"""
from pathlib import Path
from nova_desktop.engines.clip.towers import load
load(Path({str(model)!r}) / "onnx" / "vision_model.onnx", 1)
"""
    places = ("HOME", "XDG_CACHE_HOME", "USERPROFILE", "LOCALAPPDATA")
    surroundings = {**os.environ, **dict.fromkeys(places, str(home))}
    surroundings.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=surroundings, check=True)
    assert [one.name for one in home.rglob("*") if one.is_file()] == []
