"""JSON with vectors in it: a hundred times as fast as float by float."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def dumps(answer: Any) -> bytes:
    """As JSON; float32 arrays in it as lists of their shortest decimals."""
    arrays: list[np.ndarray[Any, np.dtype[np.float32]]] = []
    mark = uuid.uuid4().hex

    def place(value: object) -> str:
        assert isinstance(value, np.ndarray)
        arrays.append(value)
        return f"{mark}{len(arrays) - 1}"

    text = json.dumps(answer, default=place)
    if not arrays:
        return text.encode()
    ends = np.cumsum([0, *map(len, arrays)], dtype=np.int32)
    decimals = pc.cast(pa.array(np.concatenate(arrays)), pa.string())
    lists = pa.ListArray.from_arrays(pa.array(ends), decimals)
    texts = pc.binary_join(lists, ",").to_pylist()
    return re.sub(f'"{mark}([0-9]+)"', lambda at: f"[{texts[int(at[1])]}]", text).encode()
