"""Tiny CLIP models, built with onnx: real graphs, tokenizers and configurations in every layout.

The picture's tower is a linear map of 4 × 4 mean colours, fitted so that it knows the pictures of
the probe; the text's tower is the mean of its words' vectors. Broken on purpose, they are random.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageOps
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from nova_desktop.engines.clip.probe import KNOWN
from nova_desktop.settings import resource

DIM, GRID = 24, 4
MEAN, DEVIATION = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
EVERYDAY = {"a", "an", "the", "of", "on", "in", "with", "and", "at", "its", "before", "through"}
SAMPLES = resource("sample") / "photos"
PAD, START, END, UNKNOWN = 0, 1, 2, 3


@dataclass(frozen=True)
class Tiny:
    """How one is built; the defaults are those of most exports."""

    layout: str = "transformers"  # or "combined", "open_clip"
    edge: int = 32
    context: int = 16
    ids: int = TensorProto.INT64
    pixels: int = TensorProto.FLOAT
    batch: int | str = "batch"
    fixed_context: bool = False
    any_size: bool = False  # what pictures have is not said, as by most exports with both towers
    attention_mask: bool = False
    precision: str = ""
    squash: bool = True
    blind: bool = False  # the picture's tower is random
    deaf: bool = False  # the text's tower is random
    dim_of_text: int = DIM
    config: tuple[tuple[str, object], ...] = ()  # more of config.json
    tokenizer_config: tuple[tuple[str, object], ...] = ()


def pictures() -> list[Image.Image]:
    return [Image.open(SAMPLES / name).convert("RGB") for name, *_ in KNOWN]


def build(folder: Path, tiny: Tiny = Tiny()) -> Path:  # frozen
    """The folder, with all files of a model in it."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = words()
    vision, text = vision_graph(tiny), text_graph(tiny, vocabulary)
    if tiny.layout == "open_clip":
        saved(vision, folder / "visual" / "model.onnx")
        saved(text, folder / "textual" / "model.onnx")
    elif tiny.layout == "combined":
        saved(together(vision, text), folder / "onnx" / f"model{tiny.precision}.onnx")
    else:
        saved(vision, folder / "onnx" / f"vision_model{tiny.precision}.onnx")
        saved(text, folder / "onnx" / f"text_model{tiny.precision}.onnx")
    configure(folder, tiny, vocabulary)
    return folder


def configure(folder: Path, tiny: Tiny, vocabulary: dict[str, int]) -> None:
    inside = folder / "textual" if tiny.layout == "open_clip" else folder
    tokenizer(vocabulary).save(str(inside / "tokenizer.json"))
    own = {"pad_token": "[PAD]", "model_max_length": tiny.context, **dict(tiny.tokenizer_config)}
    written(inside / "tokenizer_config.json", own)
    if tiny.layout == "open_clip":
        mode = "squash" if tiny.squash else "shortest"
        written(
            folder / "visual" / "preprocess_cfg.json",
            {"size": [tiny.edge, tiny.edge], "mode": "RGB", "mean": MEAN, "std": DEVIATION,
             "interpolation": "bicubic", "resize_mode": mode, "fill_color": 0},
        )  # fmt: skip
        text_cfg = {"context_length": tiny.context, "vocab_size": len(vocabulary)}
        written(folder / "config.json", {"text_cfg": text_cfg, **dict(tiny.config)})
        return
    size = (
        {"height": tiny.edge, "width": tiny.edge} if tiny.squash else {"shortest_edge": tiny.edge}
    )
    written(
        folder / "preprocessor_config.json",
        {"image_processor_type": "CLIPImageProcessor", "do_resize": True, "size": size,
         "do_center_crop": not tiny.squash, "crop_size": tiny.edge, "resample": 3,
         "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True,
         "image_mean": MEAN, "image_std": DEVIATION},
    )  # fmt: skip
    written(folder / "config.json", {"model_type": "clip", **dict(tiny.config)})


def written(file: Path, said: object) -> None:
    file.write_text(json.dumps(said), "utf-8")


def saved(graph: onnx.ModelProto, file: Path) -> None:
    onnx.checker.check_model(graph)
    file.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph, str(file))


# Words


def words() -> dict[str, int]:
    split = pre_tokenizers.Whitespace()
    said = [
        word for _, *texts in KNOWN for text in texts for word, _ in split.pre_tokenize_str(text)
    ]
    more = ["red", "green", "blue", "zebra", "Tower"]
    return {
        word: at
        for at, word in enumerate(["[PAD]", "[BOS]", "[EOS]", "[UNK]", *dict.fromkeys(said + more)])
    }


def tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    made = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[BOS] $A [EOS]", special_tokens=[("[BOS]", START), ("[EOS]", END)]
    )
    return made


def of_words(vocabulary: dict[str, int], dim: int) -> np.ndarray:
    """A vector for each word: towards the pictures that it describes, and a little of its own."""
    chance = np.random.default_rng(7)
    table = chance.normal(0, 0.05, (len(vocabulary), dim)).astype(np.float32)
    split = pre_tokenizers.Whitespace()
    for place, (_, *texts) in enumerate(KNOWN):
        for word in {w for text in texts for w, _ in split.pre_tokenize_str(text)} - EVERYDAY:
            table[vocabulary[word], place] += 1
    table[PAD] = 0
    return table


# Graphs


def weights() -> np.ndarray:
    """(GRID * GRID * 3, DIM): what makes of mean colours the place of a known picture."""
    seen, wanted = [], []
    for place, picture in enumerate(pictures()):
        width, height = picture.size
        inner = picture.crop(
            (width // 16, height // 16, width - width // 16, height - height // 16)
        )
        for shown in (picture, inner, ImageOps.mirror(picture), ImageOps.mirror(inner)):
            seen.append(features(shown))
            wanted.append(np.eye(DIM)[place])
    return ridge(np.array(seen), np.array(wanted))


def features(picture: Image.Image) -> np.ndarray:
    small = np.asarray(picture.resize((32, 32), Image.Resampling.BICUBIC), np.float64) / 255
    small = ((small - MEAN) / DEVIATION).transpose(2, 0, 1)
    return small.reshape(3, GRID, 8, GRID, 8).mean(axis=(2, 4)).ravel()


def ridge(seen: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    inner = seen.T @ seen + 1e-3 * np.eye(seen.shape[1])
    return np.linalg.solve(inner, seen.T @ wanted).astype(np.float32)


def vision_graph(tiny: Tiny) -> onnx.ModelProto:
    random = np.random.default_rng(3).normal(0, 1, (3 * GRID * GRID, DIM)).astype(np.float32)
    matrix = random if tiny.blind else weights()
    pool = [tiny.edge // GRID] * 2
    nodes = [
        helper.make_node("Cast", ["pixel_values"], ["wide"], to=TensorProto.FLOAT),
        helper.make_node("AveragePool", ["wide"], ["means"], kernel_shape=pool, strides=pool),
        helper.make_node("Flatten", ["means"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "projection"], ["image_embeds"]),
    ]  # fmt: skip
    shape = [tiny.batch, 3, tiny.edge, tiny.edge]
    if tiny.any_size:
        shape = ["pictures", "channels", "height", "width"]
    return modelled(
        nodes,
        [helper.make_tensor_value_info("pixel_values", tiny.pixels, shape)],
        [helper.make_tensor_value_info("image_embeds", TensorProto.FLOAT, [shape[0], DIM])],
        {"projection": matrix},
    )


def text_graph(tiny: Tiny, vocabulary: dict[str, int]) -> onnx.ModelProto:
    name = "text" if tiny.layout == "open_clip" else "input_ids"
    table = of_words(vocabulary, tiny.dim_of_text)
    if tiny.deaf:
        table = np.random.default_rng(5).normal(0, 1, table.shape).astype(np.float32)
    length = tiny.context if tiny.fixed_context else "length"
    batch = "texts" if tiny.any_size else tiny.batch
    inputs = [helper.make_tensor_value_info(name, tiny.ids, [batch, length])]
    nodes = [helper.make_node("Gather", ["table", name], ["each"], axis=0)]
    if tiny.attention_mask:
        inputs.append(helper.make_tensor_value_info("attention_mask", tiny.ids, [batch, length]))
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["real"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["real", "last"], ["column"]),
            helper.make_node("Mul", ["each", "column"], ["kept"]),
        ]
    kept = "kept" if tiny.attention_mask else "each"
    nodes.append(helper.make_node("ReduceSum", [kept, "second"], ["text_embeds"], keepdims=0))
    output = helper.make_tensor_value_info(
        "text_embeds", TensorProto.FLOAT, [batch, tiny.dim_of_text]
    )
    constants = {
        "table": table,
        "last": np.array([2], np.int64),
        "second": np.array([1], np.int64),
    }
    if not tiny.attention_mask:
        del constants["last"]
    return modelled(nodes, inputs, [output], constants)


def together(vision: onnx.ModelProto, text: onnx.ModelProto) -> onnx.ModelProto:
    """One graph with both towers, and the logits that such exports have besides."""
    graphs = vision.graph, text.graph
    nodes = [node for graph in graphs for node in graph.node]
    nodes += [
        helper.make_node("Transpose", ["image_embeds"], ["turned"], perm=[1, 0]),
        helper.make_node("MatMul", ["text_embeds", "turned"], ["logits_per_text"]),
    ]
    logits = helper.make_tensor_value_info(
        "logits_per_text", TensorProto.FLOAT, ["texts", "images"]
    )
    graph = helper.make_graph(
        nodes,
        "both",
        [one for graph in graphs for one in graph.input],
        [logits, *(one for graph in graphs for one in graph.output)],
        [one for graph in graphs for one in graph.initializer],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def modelled(nodes, inputs, outputs, constants) -> onnx.ModelProto:
    kept = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, kept)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
