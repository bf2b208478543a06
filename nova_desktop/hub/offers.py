"""The models that are offered by name: each with its licence, its revision, and known hashes.

Sources: the models' pages on huggingface.co; hashes and revisions as pinned by public programs
that use these files. A hash that is given here is checked; the hub's own is checked always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nova_desktop.shelf import Task


@dataclass(frozen=True, slots=True)
class Offer:
    name: str
    task: Task
    text: str
    licence: str
    bytes: int  # about
    revision: str
    files: tuple[str, ...] = ()  # () is what the task needs, as it is found there
    sha256: Mapping[str, str] = field(default_factory=dict)


CONFIGURATION = (
    *("config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"),
    "special_tokens_map.json",
)
OFFERS = (
    Offer(
        "onnx-community/siglip2-base-patch16-224-ONNX",
        Task.SEARCH,
        "SigLIP 2 base: asked in many languages.",
        "Apache-2.0",
        690_000_000,
        "ba1f3b0843f24bc5417d38e19c37b287d719b2f4",
        # The exact tower of words is 1.1 GB, most of it one table.
        ("onnx/vision_model.onnx", "onnx/text_model_quantized.onnx", *CONFIGURATION),
        {
            "onnx/vision_model.onnx": (
                "c0573e3f4140c3a7c4e9cc5912bd6b26a033b46a6a8e8af26cbea262b163bcad"
            ),
            "onnx/text_model_quantized.onnx": (
                "3a0603d3a00c05a80a6ded4743c16aaac7b1e62cdcc7e362e7ce418659b96400"
            ),
            "tokenizer.json": "cb9140fae3ac5122c972d37adf83e1248471a38147ad76f8215c8872c6fd8322",
        },
    ),
    Offer(
        "Xenova/clip-vit-base-patch32",
        Task.SEARCH,
        "CLIP ViT-B/32 by OpenAI: English.",
        "MIT",
        608_500_000,
        "d15189d7028b43f1d3e65039190477f6af591c2a",
        ("onnx/vision_model.onnx", "onnx/text_model.onnx", *CONFIGURATION),
        {
            "onnx/vision_model.onnx": (
                "fd6e1402a588279d1723c7534d4bcba5bc0b14b47dfab0e46f8c47b8270d7d40"
            ),
            "onnx/text_model.onnx": (
                "3f6571f5bad13a97c469c1622e1cfc4d9aef78b79fdbfcff804ca357bfada8cc"
            ),
            "tokenizer.json": "f7f3b7af117d467b58374797691a6438d3e6b9e9cef800dfd5dced7f697a90cd",
        },
    ),
    Offer(
        "onnx-community/TinyCLIP-ViT-8M-16-Text-3M-YFCC15M-ONNX",
        Task.SEARCH,
        "TinyCLIP: small and fast, English.",
        "MIT",
        96_500_000,
        "9463a9c508a344c837ffefe9d724f3827bf2dc79",
        ("onnx/model.onnx", *CONFIGURATION),
        {
            "onnx/model.onnx": "31d28cb07209533d10fc4fef73ac324ce17de6741a2372e7e1531a4ac8fdaeb2",
            "tokenizer.json": "6d9109cc838977f3ca94a379eec36aecc7c807e1785cd729660ca2fc0171fb35",
        },
    ),
    Offer(
        "Systran/faster-whisper-small",
        Task.SPEECH,
        "Whisper small: mishears less than the base one that ships, and is slower.",
        "MIT",
        486_000_000,
        "536b0662742c02347bc0e980a01041f333bce120",
    ),
    Offer(
        "Systran/faster-whisper-medium",
        Task.SPEECH,
        "Whisper medium: mishears less still, is much slower, and needs more memory.",
        "MIT",
        1_530_000_000,
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        sha256={"model.bin": "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae"},
    ),
)


def offer_of(name: str) -> Offer | None:
    return next((one for one in OFFERS if one.name == name), None)
