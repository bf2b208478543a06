"""LanceDB without what it does not need here, and with all of it for who does."""

from __future__ import annotations

import subprocess
import sys

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
