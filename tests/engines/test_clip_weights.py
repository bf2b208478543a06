"""Which files a CLIP model is: weights apart from their graphs, and folders near the right one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import onnx
import pytest

from nova_desktop.engines.clip import kept_proof, prove
from nova_desktop.engines.clip.layout import wanted
from nova_desktop.engines.clip.proof import keep_proof
from nova_desktop.errors import NeedsUser
from tests.engines.tiny_clip import SAMPLES, build

VISION = "onnx/vision_model.onnx"


def apart(folder: Path, location: str) -> Path:
    """The model in `folder` with the weights of its picture's tower in a file of their own."""
    graph = onnx.load(folder / VISION)
    onnx.save_model(
        graph,
        str(folder / VISION),
        save_as_external_data=True,
        location=location,
        size_threshold=64,
    )
    return folder / "onnx" / location


LOCATIONS = ["vision_model.onnx_data", "vision_model.onnx_data_1", "weights of vision.bin"]


@pytest.mark.parametrize("location", LOCATIONS)
def test_weights_apart_belong_to_the_model_whatever_they_are_called(tmp_path, location):
    folder = build(tmp_path / "model")
    weights = apart(folder, location)
    proof = prove(folder, SAMPLES, 1)
    assert f"onnx/{location}" in proof.files
    keep_proof(proof, tmp_path / "proofs")
    data = bytearray(weights.read_bytes())
    data[5] ^= 255
    weights.write_bytes(data)
    assert kept_proof(folder, tmp_path / "proofs") is None


def test_weights_that_are_missing_are_named(tmp_path):
    folder = build(tmp_path / "model")
    apart(folder, "weights.bin").unlink()
    with pytest.raises(NeedsUser, match=r"has its weights in weights\.bin, which is not beside it"):
        prove(folder, SAMPLES, 1)


def test_weights_that_did_not_come_whole_are_refused(tmp_path):
    folder = build(tmp_path / "model")
    weights = apart(folder, "vision_model.onnx_data")
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(NeedsUser, match=r"vision_model\.onnx can't be loaded"):
        prove(folder, SAMPLES, 1)


def test_of_a_repository_weights_in_parts_are_wanted_and_those_of_other_towers_are_not():
    names = [
        *(VISION, "onnx/vision_model.onnx_data", "onnx/vision_model.onnx_data_1"),
        *("onnx/text_model.onnx", "onnx/text_model.onnx.data", "tokenizer.json"),
        *("onnx/vision_model_fp16.onnx", "onnx/vision_model_fp16.onnx_data", "model.safetensors"),
    ]
    assert wanted(names) == sorted(names[:6])


def test_a_model_in_the_cache_of_the_hub_is_loaded_through_its_links(tmp_path):
    made = build(tmp_path / "made")
    apart(made, "vision_model.onnx_data")
    cached = tmp_path / "models--maker--tiny"
    revision, blobs = cached / "snapshots" / ("a" * 40), cached / "blobs"
    blobs.mkdir(parents=True)
    for file in [one for one in made.rglob("*") if one.is_file()]:
        blob = blobs / hashlib.sha256(file.read_bytes()).hexdigest()
        file.rename(blob)
        link = revision / file.relative_to(made)
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            link.symlink_to(os.path.relpath(blob, link.parent))
        except OSError:
            pytest.skip("links need a permission here")
    assert f"{VISION}_data" in prove(revision, SAMPLES, 1).files
    with pytest.raises(NeedsUser, match=f"Choose .*{revision.name}"):
        prove(cached, SAMPLES, 1)


def test_a_folder_above_or_below_the_model_s_leads_to_it(tmp_path):
    folder = build(tmp_path / "models" / "tiny")
    with pytest.raises(NeedsUser, match=r"Choose .*tiny$"):
        prove(tmp_path / "models", SAMPLES, 1)
    with pytest.raises(NeedsUser, match=r"part of the CLIP model in .*tiny\. Choose that"):
        prove(folder / "onnx", SAMPLES, 1)
