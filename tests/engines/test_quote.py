"""The quote of the sample library, against what the emulator bills for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_request import MODEL
from nova_desktop.engines.wrappers import steady
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.cost import quote
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.plan import plan
from nova_desktop.library.unpaid import unpaid
from nova_desktop.library.work import hash_file
from nova_desktop.media.readers import readers
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Purpose, Stamp
from nova_desktop.settings import load_prices, resource
from tests.engines.recording import connected

SAMPLE = resource("sample").absolute()
SEGMENT_S = 15.0
REGION = "us-east-1"


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    yield made
    made.close()


def test_the_quote_of_the_sample_library_is_the_bill_within_15_percent(bedrock, catalog):  # noqa: ARG001 – it answers
    prices = load_prices("")
    ledger = Ledger(catalog, prices, "run")
    stop = threading.Event()
    engine = steady(NovaEngine(connected(), 256, budget=ledger), stop)
    space, kinds = engine.space.name, readers(SEGMENT_S, "")

    catalog.add_root(str(SAMPLE))
    (root,) = catalog.roots()
    disk = {str(file): Stamp.of(file.stat()) for file in SAMPLE.rglob("*") if file.is_file()}
    catalog.apply(root.number, str(SAMPLE), plan(disk, {}), disk, {}, {})
    pieces = []
    for file in catalog.waiting(1000):
        path = Path(file.path)
        modality = sniff(path)
        reading = kinds[modality].read(path)
        content = hash_file(path, stop)
        facts = modality, reading.info, "", len(reading.chunks)
        catalog.record([(file, content)], "device", {content: facts})
        for chunk in reading.chunks:
            pieces += kinds[modality].encode(path, chunk, engine.limits)

    missing = unpaid(catalog, SAMPLE, space, (), SEGMENT_S)
    said = quote(SAMPLE, space, missing.items, prices, MODEL, REGION, missing.unknown)
    engine.embed(pieces, Purpose.INDEX)
    stop.set()

    spent = ledger.spent()
    assert said.unknown == 0
    assert sum(line.files for line in said.lines) == len(disk)
    assert said.usd == pytest.approx(spent.run_usd, rel=0.15)
    billed = dict(spent.by_kind)
    assert {line.kind for line in said.lines} == billed.keys()
    for line in said.lines:
        assert line.usd == pytest.approx(billed[line.kind], rel=0.15), line.kind
