"""A sync in a process of its own, so that it can be killed: python -m tests.e2e.sync_once DATA

The library is the same in every run: what a real one would still have after a kill.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from nova_desktop.aws.errors import Account
from nova_desktop.stores.s3_vectors import S3VectorBucket
from nova_desktop.sync import Direction
from tests.library.buckets import OneMachine

CONTENTS, ROWS = 24, 100


def bucket() -> S3VectorBucket:
    return S3VectorBucket(Account("", "us-east-1"), "shared", threading.Event())


def machine(data: Path) -> OneMachine:
    return OneMachine(data, bucket(), data.name)


def filled(data: Path) -> OneMachine:
    made = machine(data)
    known = {c for (c,) in made.catalog.read("SELECT content FROM contents")}
    for number in range(CONTENTS):
        content = f"{number:032x}"
        if content not in known:
            made.hold(content, ROWS)
        else:
            made.refill(content, ROWS)  # a store on disk would have them still
    return made


if __name__ == "__main__":
    one = filled(Path(sys.argv[1]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    one.sync(Direction.BOTH)
    one.catalog.close()
