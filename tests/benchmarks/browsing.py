"""How long pages of a large library take, and the counts of its filters.

    python -m tests.benchmarks.browsing [FILES]     (200,000 unless told)

Promised: a page without words in less than 100 ms, at any offset. "first" is right after a change
of the catalog, with all counts taken anew; "again" is the next page.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path

from nova_desktop.kinds import Sort
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.facets import facets
from nova_desktop.library.places import Places
from nova_desktop.library.search import Search
from nova_desktop.library.work import Tools
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Info, Modality
from nova_desktop.query import Around, Filters, Query
from nova_desktop.settings import resource
from nova_desktop.stores.memory import MemoryStore
from tests.fakes import ColourEngine

ENDINGS = {"image": "jpg", "video": "mp4", "audio": "wav", "document": "pdf"}
CAMERAS = ("Canon EOS R5", "Apple iPhone 15", "NIKON Z 6", "")
TAGS = ("family", "beach", "dog", "work", "trip", "été")


def fill(catalog: Catalog, files: int) -> None:
    chance = random.Random(1)
    towns = [(chance.uniform(36, 60), chance.uniform(-5, 30)) for _ in range(300)]
    catalog.add_root("/home/u")
    with catalog.write() as db:
        for n in range(files):
            kind = chance.choice(["image"] * 7 + ["video", "audio", "document"])
            north, east = chance.choice(towns)
            info = Info(
                taken_s=chance.uniform(1.0e9, 1.75e9),
                camera=chance.choice(CAMERAS),
                latitude=None if n % 2 else north + chance.uniform(-0.05, 0.05),
                longitude=None if n % 2 else east + chance.uniform(-0.05, 0.05),
                duration_s=chance.uniform(1, 900) if kind in ("video", "audio") else None,
                rating=chance.choice((None, None, 3, 4, 5)),
                keywords=tuple(chance.sample(TAGS, 2)) if n % 3 == 0 else (),
            )
            content = f"{n * 7919:032x}"
            path = f"/home/u/Pictures/{2000 + n % 20}/trip {n % 997}/IMG_{n:06}.{ENDINGS[kind]}"
            db.execute(
                "INSERT INTO files (folder, path, name, ending, size, mtime_ns, file_id, state, "
                "content) VALUES (1, ?1, name_key(?1), ending_of(?1), 1, 1, ?2, 'indexed', ?3)",
                [path.encode(), n, content],
            )
            db.execute(
                "INSERT INTO contents (content, modality, info) VALUES (?, ?, ?)",
                [content, kind, json.dumps(asdict(info))],
            )
            db.executemany(
                "INSERT INTO tags VALUES (?, ?, ?)",
                [(tag.replace("é", "e"), content, tag) for tag in info.keywords],
            )


def milliseconds(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]  # a function
    return 1000 * (time.perf_counter() - began)


def main(files: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog(Path(folder) / "catalog.sqlite")
        print(
            f"filled with {files:,} files in {milliseconds(lambda: fill(catalog, files)):,.0f} ms"
        )
        places = Places(lambda: resource("cities.xz").read_bytes())
        tools = Tools(sniff, {}, (), ColourEngine(), threading.Event())
        search = Search(catalog, MemoryStore(), tools, None, places.locate)
        photos = frozenset([Modality.IMAGE])
        questions = {
            **{
                f"{sort}, page at {at:,}": Query(offset=at, sort=sort)
                for sort in (Sort.NEWEST, Sort.OLDEST, Sort.NAME)
                for at in (0, files // 2, files - 50)
            },
            "everything, by its folder": Query(
                filters=Filters(folders=(Path("/home/u/Pictures"),))
            ),
            "a folder by name": Query(filters=Filters(folders=(Path("trip 7"),))),
            "photos with 4 stars": Query(filters=Filters(photos, least_rating=4), offset=5000),
            "a camera": Query(filters=Filters(cameras=frozenset(["canon"])), offset=5000),
            "a tag": Query(filters=Filters(tags=frozenset(["family"])), offset=5000),
            "a name": Query(filters=Filters(name="99")),
            "25 km around a city": Query(filters=Filters(around=Around("Vienna"))),
        }
        for name, query in questions.items():
            first = []
            for _ in range(3):
                with catalog.write():  # nothing that was kept holds any more
                    pass
                first.append(milliseconds(lambda query=query: search.find(query)))
            again = min(milliseconds(lambda query=query: search.find(query)) for _ in range(3))
            print(f"{name:32} first {min(first):7.1f} ms   again {again:7.1f} ms")
        print(f"counts of filters {milliseconds(lambda: facets(catalog, places)):,.0f} ms")
        catalog.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
