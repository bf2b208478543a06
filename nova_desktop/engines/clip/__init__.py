"""CLIP models on this device: pictures and words as vectors of one space, from ONNX towers."""

from __future__ import annotations

from nova_desktop.engines.clip.engine import ClipEngine
from nova_desktop.engines.clip.proof import Proof, kept_proof, prove

__all__ = ["ClipEngine", "Proof", "kept_proof", "prove"]
