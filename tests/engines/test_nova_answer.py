"""Answers of Amazon Nova: as documented, and otherwise."""

from __future__ import annotations

import json

import numpy as np
import pytest

from nova_desktop.aws.outcomes import Faltered, Garbled
from nova_desktop.engines.nova_answer import vectors_of
from nova_desktop.library.derive import shortened
from tests.engines.recording import direction

DIM = 256


def entry(kind: str = "IMAGE", length: float = 1.0, dim: int = DIM, **more: object):
    vector = [number * length for number in direction(kind.encode(), dim)]
    return {"embeddingType": kind, "embedding": vector, **more}


def body(*entries: object, **more: object) -> bytes:
    return json.dumps({"embeddings": list(entries), **more}).encode()


def test_one_embedding_is_one_vector_of_unit_length():
    found = vectors_of(body(entry()), DIM, ["IMAGE"])
    assert list(found) == ["IMAGE"]
    assert found["IMAGE"].dtype == np.float32
    assert np.allclose(found["IMAGE"], direction(b"IMAGE", DIM), atol=1e-6)


@pytest.mark.parametrize("order", [("VIDEO", "AUDIO"), ("AUDIO", "VIDEO")])
def test_two_lanes_are_told_apart_in_any_order(order):
    found = vectors_of(body(*map(entry, order)), DIM, ["VIDEO", "AUDIO"])
    assert np.allclose(found["AUDIO"], direction(b"AUDIO", DIM), atol=1e-6)
    assert np.allclose(found["VIDEO"], direction(b"VIDEO", DIM), atol=1e-6)


def test_what_is_not_known_is_passed_over():
    answer = body(entry(embeddingLength=DIM, new={}), requestId="r", usage=None)
    assert len(vectors_of(answer, DIM, ["IMAGE"])) == 1


def test_a_text_that_was_cut_is_still_a_vector(caplog):
    caplog.set_level("INFO")
    assert vectors_of(body(entry("TEXT", truncatedCharLength=7980)), DIM, ["TEXT"])
    assert "first 7980 characters" in caplog.text


WRONG = {
    "not JSON": (b"<html>", "no embeddings"),
    "cut short": (body(entry())[:-5], "no embeddings"),
    "not UTF-8": (b'{"embeddings": "\xff"}', "no embeddings"),
    "a list": (b"[]", "no embeddings"),
    "no embeddings": (b"{}", "no embeddings"),
    "embeddings of nothing": (b'{"embeddings": null}', "no embeddings"),
    "none": (body(), "holds nothing where IMAGE"),
    "another type": (body(entry("AUDIO")), "holds AUDIO where IMAGE"),
    "one type twice": (body(entry(), entry()), "holds IMAGE where"),
    "no type": (body({"embedding": []}), "no embeddings"),
    "too short": (body(entry(dim=384)), r"shape \(384,\) where \(256,\)"),
    "no numbers": (body({"embeddingType": "IMAGE"}), r"shape \(\)"),
    "words": (body({"embeddingType": "IMAGE", "embedding": ["a"]}), "not a list of numbers"),
    "nested": (body({"embeddingType": "IMAGE", "embedding": [[1.0]]}), "shape"),
    "too long a vector": (body(entry(length=1.01)), "length 1.01"),
    "too short a vector": (body(entry(length=0.5)), "length 0.5"),
}


@pytest.mark.parametrize(("answer", "words"), WRONG.values(), ids=WRONG)
def test_an_answer_that_is_not_as_documented_is_not_believed(answer, words):
    with pytest.raises(Garbled, match=words) as caught:
        vectors_of(answer, DIM, ["IMAGE"])
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("number", ["0", "NaN", "Infinity", "1e400"])
def test_a_vector_without_direction_is_not_believed(number):
    numbers = ",".join([number] * DIM)
    answer = f'{{"embeddings":[{{"embeddingType":"IMAGE","embedding":[{numbers}]}}]}}'
    with pytest.raises(Faltered):
        vectors_of(answer.encode(), DIM, ["IMAGE"])


def test_a_vector_nearly_of_unit_length_becomes_one():
    found = vectors_of(body(entry(length=1.0005)), DIM, ["IMAGE"])
    assert np.linalg.norm(found["IMAGE"].astype(float)) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("dim", [256, 384, 1024])
def test_a_long_vector_serves_smaller_dimensions(dim):
    whole = np.array([direction(bytes([n]), 3072) for n in range(3)], np.float32)
    cut = shortened(whole, dim)
    assert cut.shape == (3, dim)
    assert cut.dtype == np.float32
    assert np.allclose(np.linalg.norm(cut, axis=1), 1.0, atol=1e-6)
    assert np.allclose(cut[1] * np.linalg.norm(whole[1, :dim]), whole[1, :dim], atol=1e-6)
