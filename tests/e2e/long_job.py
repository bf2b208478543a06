"""One film by Amazon Nova's jobs, in a process that may be killed: embed, then finish and drop.

python long_job.py RECORDS BUCKET FILE SECONDS [FILE SECONDS …]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from nova_desktop.aws.errors import Account
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines.nova_jobs import NovaJobs, Waits
from nova_desktop.long_media import LongPart
from nova_desktop.model import Modality
from tests.engines.job_records import FileRecords


class Told(FileRecords):
    """Says when it is first asked: all is loaded then, and the work begins."""

    said = False

    def load(self, part: int) -> dict[str, Any] | None:
        if not self.said:
            self.said = True
            sys.stdout.write("begun\n")
            sys.stdout.flush()
        return super().load(part)


def main(records_file: str, bucket: str, *files: str) -> int:
    records = Told(Path(records_file))
    waits = Waits(Pauses(0.02, 0.05), Pauses(0.02, 0.1), 0.01)
    engine = NovaJobs(Account(), bucket, dim=256, segment_s=2, waits=waits)
    parts, start_s = [], 0.0
    for file, seconds in zip(files[::2], files[1::2], strict=True):
        parts.append(LongPart(Path(file), "video/mp4", start_s, start_s + float(seconds)))
        start_s += float(seconds)
    done = Path(records_file).with_suffix(".done")
    if not done.exists():
        segments = engine.embed(lambda: parts, Modality.VIDEO, records, *[lambda *_: None] * 2)
        good = [segment.span.start for segment in segments if segment.vector is not None]
        new = done.with_suffix(".rows")
        new.write_text(" ".join(f"{start:g}" for start in good))
        new.replace(done)  # the rows are durable
    engine.finish(records)
    records.drop()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
