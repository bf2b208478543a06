"""JSON with vectors in it: a hundred times as fast as float by float."""

from __future__ import annotations

from typing import Any

import orjson


def dumps(answer: Any) -> bytes:
    """As JSON; float32 arrays in it as lists of their shortest decimals."""
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)
