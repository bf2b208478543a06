"""A folder of many files to Amazon Nova as one batch job, as the settings join it."""

from __future__ import annotations

import pytest

from nova_desktop import compose
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines import nova_batch_jobs
from nova_desktop.library import Library, opened
from nova_desktop.settings import Settings
from nova_desktop.spending import Rule
from tests.emulators.fixtures import _clients, aws, bedrock, bedrock_server, s3_server
from tests.library.desk import eventually

__all__ = ["_clients", "aws", "bedrock", "bedrock_server", "s3_server"]

ROLE = "arn:aws:iam::123456789012:role/batch"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(20):
        (folder / f"note {number}.txt").write_text(f"The boat of number {number} is red.")
    return folder


OFF = {"ocr": False, "tags": False, "speech": False}  # what this device adds by itself


def test_a_folder_goes_as_one_job(bedrock, aws, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(nova_batch_jobs, "LEAST", 10)
    monkeypatch.setattr(nova_batch_jobs, "LOOKS", Pauses(0.05, 0.1))
    settings = Settings(engine="nova", batch_role=ROLE, bucket=aws.bucket, **OFF)
    with opened(Library(compose.parts(tmp_path / "data", settings))) as library:
        library.add_folder(folder)
        assert library.wait(120)
        quote = library.quote(folder)
        library.set_rule(folder, Rule.CLOUD, quote.usd)
        assert library.wait(60)
        assert library.failures() == ()
        assert library.status().further.indexed == 20
        assert library.spent().total_usd == pytest.approx(quote.usd, rel=0.15)
        kept = "SELECT COUNT(*) FROM jobs"
        eventually(lambda: library._parts.catalog.read(kept) == [(0,)])
        in_bucket = [line for line in library.sent(100) if line.place.startswith("s3://")]
    assert bedrock.log.bill.jobs == 1
    assert bedrock.log.bill.calls == 0
    assert len(bedrock.log.charges) == 20
    assert in_bucket
    assert all(line.deleted_s for line in in_bucket)


@pytest.mark.usefixtures("bedrock")
def test_without_a_role_there_are_no_jobs(tmp_path):
    parts = compose.parts(tmp_path / "data", Settings(engine="nova", **OFF))
    try:
        assert parts.beside.tools.engine.limits.batch == 1
    finally:
        parts.end()
        parts.store.close()
        parts.catalog.close()
