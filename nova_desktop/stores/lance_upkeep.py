"""Keeps one LanceDB table fast and small: indexes, compaction, clean-up, each when it is due."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from nova_desktop.stores.lance_errors import meaning
from nova_desktop.stores.lance_scratch import scratch

_INDEX_ROWS = 1_000  # below, looking at every row is as fast
_COMMITS = 20  # so many small ones double the time of a search
OLD = timedelta(minutes=2)  # no search of another process takes as long
JUST_NOW = timedelta(seconds=10)  # no search of this process takes as long

log = logging.getLogger(__name__)


class Upkeep:
    """Called from the thread that writes."""

    def __init__(self, folder: Path, table: Any) -> None:
        self._folder = folder
        self._table = table
        self._commits = 0  # since the last compaction
        self._clean_s = 0.0  # monotonic: when to clean up next; at once after a start

    def committed(self) -> None:
        self._commits += 1

    def renew(self, table: Any) -> None:
        """Goes on with a newly opened handle of the same table."""
        self._table = table

    def run(self, stopped: bool) -> bool:
        """What is due; raises what only the user can mend, and logs the rest to try it again.

        True when files were removed, which older handles keep open.
        """
        rows = self._table.count_rows()
        made = {index.columns[0]: index for index in self._table.list_indices()}
        if not rows:
            # What was forgotten is not to stay on the disk, and indexes hold its words too.
            for index in made.values():
                self._step("drop an index", partial(self._table.drop_index, index.name))
            return self._clean_up()
        for column, bitmap in (
            ("id", False), ("content", False), ("taken_s", False), ("modality", True)
        ):  # fmt: skip
            if rows >= _INDEX_ROWS and column not in made:
                self._step(f"index {column}", partial(self._index, column, bitmap))
        if older := made.get("vector"):  # of an earlier version, which LanceDB is not asked by now
            self._step("drop an index", partial(self._table.drop_index, older.name))
        # Compacting writes a small table anew, so it waits for longer in a larger one.
        due = max(1, rows // 20_000) if stopped else max(_COMMITS, rows // 2_000)
        if self._commits >= due and self._has_room():
            self._step("compact", partial(self._optimize, timedelta(days=3650)))
            self._commits = 0
        return self._clean_up()

    def compact(self) -> None:
        """Whether it is due or not; what a search may still be reading stays a moment longer."""
        if self._has_room():
            self._step("compact", partial(self._optimize, JUST_NOW))
            self._commits = 0

    def _clean_up(self) -> bool:
        """Removes what only versions hold that no reader needs any more; whether it was due."""
        if time.monotonic() < self._clean_s:
            return False
        self._clean_s = time.monotonic() + OLD.total_seconds()
        self._step("clean up", partial(self._optimize, OLD))
        return True

    def index_again(self) -> None:
        """Each index from the rows alone."""
        for index in self._table.list_indices():
            self._table.drop_index(index.name)
        if self._table.count_rows():
            self.index_words()
        self.run(stopped=True)

    def make_key(self) -> None:
        """Without a key, two writers that race on one new row both insert it."""
        if not self._table.schema.field("id").metadata:
            self._table.set_unenforced_primary_key("id")

    def index_words(self) -> None:
        """Made when there are rows: made before, it would cover none."""
        from lancedb.index import FTS

        if "terms" in {index.name for index in self._table.list_indices()}:
            return

        # The terms are cut and folded already, and no language is assumed.
        plain = FTS(
            base_tokenizer="whitespace",
            lower_case=False,
            stem=False,
            remove_stop_words=False,
            ascii_folding=False,
            max_token_length=None,
        )
        with scratch(self._folder):
            self._table.create_index("terms", config=plain, name="terms")

    def _index(self, column: str, bitmap: bool) -> None:
        from lancedb.index import Bitmap, BTree

        self._table.create_index(column, config=Bitmap() if bitmap else BTree(), name=column)

    def _optimize(self, older_than: timedelta) -> None:
        self._table.optimize(cleanup_older_than=older_than)

    def _has_room(self) -> bool:
        needed = 2 * self._table.stats()["total_bytes"]
        if shutil.disk_usage(self._folder).free > needed:
            return True
        log.warning("Too little free disk to compact the index: it needs %d bytes", needed)
        return False

    def _step(self, name: str, work: Callable[[], None]) -> None:
        try:
            with scratch(self._folder):
                work()
        except (OSError, RuntimeError) as e:
            if meaning(e, self._folder):
                raise
            # The rows are safe and can be searched; only this is slower until it works.
            log.warning("Could not %s, will try again: %s", name, e)
