"""LanceDB without what it does not need here, and with all of it for who does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

IMPORT = "import sys; from nova_desktop.stores import lance_import; lance_import.lancedb(); "


def told(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT + code], check=True, capture_output=True, text=True
    )
    assert not done.stderr  # nor was it logged that all had to be imported
    return done.stdout.strip()


def test_what_a_question_does_not_need_is_not_imported() -> None:
    code = 'print(*{"pyarrow.compute", "pyarrow.dataset", "lance_namespace"} & set(sys.modules))'
    assert told(code) == ""


@pytest.mark.parametrize(
    "code",
    [
        "import pyarrow.compute as pc; print(pc.sum([1, 2]))",
        "import lancedb.table; print(lancedb.table.pc.sum([1, 2]))",
        "import pyarrow as pa, lancedb.query; print(lancedb.query.pc.sum(pa.array([3])))",
        "import pyarrow as pa; assert not isinstance(3, pa.dataset.Dataset); print(3)",
        "import pyarrow.dataset as ds; assert ds.Dataset.to_table; print(3)",
        "import lancedb.util as u; assert not isinstance(3, u.pa_fs.FileSystem); print(3)",
    ],
)
def test_parts_of_pyarrow_come_with_their_first_use(code: str) -> None:
    assert told(code) == "3"


ASKED = """
from pathlib import Path
import numpy as np
from nova_desktop.model import Modality, Row, RowFilter, Source, Space
from nova_desktop.stores.lance import LanceStore
space, east = Space("test", "one", 8, 1), np.eye(8, dtype=np.float32)[0]
store = LanceStore(Path(PLACE), exact_bytes=0)
kind = Modality.IMAGE, None, Source.TAGS
rows = [Row(f"{n:032x}", 0, *kind, f"boats {n}", 1.0, east) for n in range(300)]
store.put(space, rows)
store.maintain(stopped=True)
everything = RowFilter()
assert len(store.nearest(space, east, 5, everything)) == 5
assert len(store.nearest(space, east, 5, RowFilter(contents=frozenset([rows[3].content])))) == 1
assert len(store.matching(space, "boats", 5, everything)) == 5
assert [near.content for near in store.holding(space, "boats 7", everything)] == [rows[7].content]
store.forget([rows[0].content])
store.compact()
assert store.count(space) == 299 == len(store.contents(space))
assert len(store.rows_of(space, [rows[1].content])) == 1
"""


def test_all_that_is_asked_of_the_store_is_answered_without_pydantic(tmp_path: Path) -> None:
    asked = ASKED.replace("PLACE", repr(str(tmp_path)))
    end = 'print(*{"pydantic", "pydantic_core"} & set(sys.modules))'
    assert told(f"pass\n{asked}\n{end}") == ""


def test_who_needs_pydantic_later_gets_the_real_one() -> None:
    code = "import pydantic; print(pydantic.TypeAdapter(int).validate_python('3'))"
    assert told(code) == "3"


def test_pydantic_that_is_there_already_is_what_lancedb_takes() -> None:
    code = "import pydantic; " + IMPORT
    code += "import lancedb.query; print(issubclass(lancedb.query.Query, pydantic.BaseModel))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "True"
