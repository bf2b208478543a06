"""A library over real files, with an engine that sees colours and a store in memory."""

from __future__ import annotations

import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

from PIL import Image

from nova_desktop.errors import BadInput
from nova_desktop.library import Library, Parts
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.closeups import Looking
from nova_desktop.library.derive import larger
from nova_desktop.library.further import Further
from nova_desktop.library.halt import Halt
from nova_desktop.library.kept import KeptVectors
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.mirror import Sharing
from nova_desktop.library.mirror_meter import Meter
from nova_desktop.library.places import Places
from nova_desktop.library.pools import Pools
from nova_desktop.library.previews import Previews
from nova_desktop.library.prices import prices_of
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.rules import Rules
from nova_desktop.library.sent import SentLog
from nova_desktop.library.work import Tools
from nova_desktop.media.closeup import MediaCloseup
from nova_desktop.media.image import ImageReader
from nova_desktop.media.likeness import MediaLikening
from nova_desktop.media.sniff import sniff
from nova_desktop.media.text import TextReader
from nova_desktop.model import Chunk, Modality, Purpose, State
from nova_desktop.query import Query
from nova_desktop.settings import resource
from nova_desktop.stores.memory import MemoryStore
from nova_desktop.upkeep import Around, Conditions
from tests.fakes import COLOURS, ColourEngine

PRICES = prices_of(tomllib.loads(resource("prices.toml").read_text("utf-8")))
CHUNK = Chunk(0, Modality.IMAGE, None)


class Counted:
    """An engine that counts what it embeds for the index, and fails on demand."""

    def __init__(self, inner):
        self.inner = inner
        self.pieces = 0
        self.errors = []  # raised one by one by the next calls
        self.refuses = lambda _: False

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def embed(self, pieces, purpose):
        if self.errors:
            raise self.errors.pop(0)
        if self.refuses(pieces):
            raise BadInput("The model does not take this picture.")
        vectors = self.inner.embed(pieces, purpose)
        self.pieces += len(pieces) if purpose is Purpose.INDEX else 0
        return vectors


class Machine:
    """A computer that does what a test says, and remembers how it was limited."""

    def __init__(self):
        self.now = Around(on_battery=False, metered=False, full_screen=False, untouched_s=0.0)
        self.limits = []

    def around(self):
        return self.now

    def limit(self, cores, memory_bytes):
        self.limits.append((cores, memory_bytes))


class KeptStore(MemoryStore):
    """One that outlives the library, as a store on disk does."""

    def close(self) -> None:
        pass


class Desk:
    """A library over one data folder that can be closed and opened again."""

    def __init__(self, data: Path):
        self.data = data
        self.engine = Counted(ColourEngine())
        self.store = KeptStore()
        self.events = []
        self.readers = {Modality.IMAGE: ImageReader(), Modality.TEXT: TextReader()}
        self.library: Library | None = None
        self.paid: Counted | None = None  # an engine of a further space
        self.machine = Machine()
        self.conditions = Conditions()
        self.older = ()  # of spaces that were filled before
        self.bucket = None  # a VectorBucket that several desks share
        self.shares = {"named": True, "thumbnails": False}
        self.previous = ()  # engines of this device that were used before

    def open(self) -> Library:
        halt = Halt()
        readers = self.readers
        tools = Tools(sniff, readers, (), self.engine, halt, MediaLikening())
        catalog = Catalog(self.data / "catalog.sqlite")
        pools = Pools(ThreadPoolExecutor(2), 2, ThreadPoolExecutor(1))

        rulebook, sent = Rulebook(catalog), SentLog(catalog)
        ledger = Ledger(catalog, PRICES, "a run")
        beside = self._beside(catalog, rulebook, sent, tools, pools) if self.paid else None

        def end() -> None:
            pools.reading.shutdown()
            pools.embedding.shutdown()
            if beside:
                beside.end()

        self.library = Library(
            Parts(
                data=self.data,
                catalog=catalog,
                store=self.store,
                tools=tools,
                asking=replace(tools, halt=Halt()),
                pools=pools,
                looking=Looking(MediaCloseup(), lambda _: MediaCloseup()),
                previews=Previews(self.data / "previews", catalog, sniff, readers),
                places=Places(lambda: resource("cities.xz").read_bytes()),
                rules=Rules.of([self.data]),
                rulebook=rulebook,
                beside=beside,
                ledger=ledger,
                sharing=self._sharing(ledger) if self.bucket else None,
                sent=sent,
                machine=self.machine,
                conditions=self.conditions,
                describers=lambda: (),
                checks=lambda: (),
                end=end,
                older=self.previous,
            )
        )
        self.library.subscribe(self.events.append)
        return self.library

    def _beside(self, catalog, rulebook, sent, tools, pools) -> Beside:
        pool = ThreadPoolExecutor(1)
        return Beside(
            queue=Further(
                catalog,
                self.paid.space.name,
                rulebook,
                KeptVectors(catalog, self.paid.space.name),
                tuple(s.name for s in larger(self.paid.space, [e.space for e in self.older])),
            ),
            tools=replace(tools, engine=self.paid, describers=()),
            pools=replace(pools, embedding=pool),
            asking=self.paid,
            older=self.older,
            place="elsewhere",
            sent=sent,
            prices=PRICES,
            model="amazon.nova-2-multimodal-embeddings-v1:0",
            region="us-east-1",
            segment_s=15.0,
            end=pool.shutdown,
        )

    def _sharing(self, ledger) -> Sharing:
        return Sharing(
            bucket=self.bucket,
            asking=self.bucket,
            meter=Meter(ledger, "us-east-1", Event()),
            prefix="nova",
            host=str(self.data),
            name=self.data.name,
            prices=PRICES,
            region="us-east-1",
            **self.shares,
        )

    def reopen(self) -> Library:
        self.library.close()
        return self.open()

    def find(self, text: str) -> list[str]:
        return [hit.path.name for hit in self.library.find(Query.of(text)).hits]

    def counts(self) -> dict[State, int]:
        return {state: n for state, n in self.library.status().counts.items() if n}


def photo(path: Path, colour: str, size: int = 40) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (size, size), COLOURS[colour]).save(path)
    return path


def added(desk: Desk, folder: Path) -> None:
    desk.library.add_folder(folder)
    assert desk.library.wait(30)


def eventually(true, within_s: float = 10.0) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
