"""A quote: what a folder would cost, from what this device knows of it."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.errors import NeedsUser
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.cost import Share, Unpaid, quote, share_of
from nova_desktop.library.plan import plan
from nova_desktop.library.prices import Price, Prices
from nova_desktop.library.unpaid import unpaid
from nova_desktop.model import Info, Modality, Stamp, State
from nova_desktop.spending import FolderRule, Rule

ROOT = Path(os.path.abspath(os.sep), "root")  # noqa: PTH100  # has a drive where there are some
DEVICE, PAID = "device-1", "paid-1"
USD = {"text": 0.001, "image": 0.01, "document image": 0.1, "audio": 1.0, "video": 5.0}
TABLE = {("m", "r", kind): Price(usd) for kind, usd in USD.items()}
PRICES = Prices(date(2026, 1, 1), "a test", TABLE)


def of(*items: Unpaid, **more):
    return quote(ROOT, PAID, items, PRICES, "m", "r", **more)


# What one content sends


@pytest.mark.parametrize(
    ("item", "share"),
    [
        (Unpaid(Modality.IMAGE), Share("image", 1)),
        (Unpaid(Modality.AUDIO, duration_s=90.0), Share("audio", 90.0)),
        (Unpaid(Modality.VIDEO, duration_s=90.0), Share("video", 90.0)),
        (Unpaid(Modality.VIDEO, duration_s=90.0, seen=False), Share("audio", 90.0)),
        (Unpaid(Modality.DOCUMENT, pages=7), Share("document image", 7)),
        (Unpaid(Modality.DOCUMENT, pages=7, tokens=900), Share("text", 900)),  # slides have no look
        (Unpaid(Modality.DOCUMENT, tokens=900), Share("text", 900)),
        (Unpaid(Modality.TEXT, tokens=120, duration_s=60.0), Share("text", 120)),  # subtitles
        (Unpaid(Modality.TEXT, tokens=0), Share("text", 0)),
    ],
)
def test_each_kind_of_media_is_sent_as_the_reader_encodes_it(item, share):
    assert share_of(item) == share


def test_still_and_silent_parts_are_spared():
    film = Unpaid(Modality.VIDEO, duration_s=90.0, telling_s=30.0)
    assert share_of(film) == Share("video", 30.0, spared=60.0)
    assert share_of(Unpaid(Modality.AUDIO, duration_s=9.0, telling_s=9.5)) == Share("audio", 9.0)


def test_a_job_takes_all_of_a_film():
    film = Unpaid(Modality.VIDEO, duration_s=90.0, telling_s=30.0, by_job=True)
    assert share_of(film) == Share("video", 90.0)


UNKNOWN = [
    Unpaid(Modality.VIDEO, files=2),
    Unpaid(Modality.AUDIO),
    Unpaid(Modality.DOCUMENT),
    Unpaid(Modality.TEXT),
]


def test_what_too_little_is_known_of_is_said_and_not_guessed():
    assert [share_of(item) for item in UNKNOWN] == [None] * 4
    assert of(*UNKNOWN, unknown=3).unknown == 8
    assert of(*UNKNOWN).lines == ()


# The sum


def test_a_quote_is_a_line_a_kind_dearest_first():
    made = of(
        Unpaid(Modality.IMAGE),
        Unpaid(Modality.IMAGE),
        Unpaid(Modality.TEXT, tokens=500),
        Unpaid(Modality.VIDEO, duration_s=20.0, by_job=True),
        Unpaid(Modality.VIDEO, duration_s=10.0),
    )
    assert [(line.kind, line.files, line.units, line.by_job) for line in made.lines] == [
        ("video", 2, 30.0, 1),
        ("text", 1, 500, 0),
        ("image", 2, 2, 0),
    ]
    assert made.usd == pytest.approx(150 + 0.5 + 0.02)
    assert (made.folder, made.space) == (ROOT, PAID)
    assert made.prices == "Prices of 2026-01-01 from a test."


def test_a_content_of_several_files_is_paid_for_once():
    film = Unpaid(Modality.VIDEO, files=3, duration_s=10.0, telling_s=8.0)
    (line,) = of(film).lines
    assert (line.files, line.units, line.spared) == (3, 8.0, 22.0)


def test_what_has_no_price_can_not_be_quoted():
    with pytest.raises(NeedsUser, match="Give a table of prices"):
        quote(ROOT, PAID, [Unpaid(Modality.IMAGE)], PRICES, "m", "elsewhere")


ITEMS = st.lists(
    st.builds(
        Unpaid,
        modality=st.sampled_from(Modality),
        files=st.integers(1, 4),
        duration_s=st.none() | st.floats(0.1, 1e4),
        telling_s=st.none() | st.floats(0.0, 1e4),
        seen=st.booleans(),
        pages=st.none() | st.integers(0, 500),
        tokens=st.none() | st.integers(0, 10**6),
        by_job=st.booleans(),
    )
)


@given(items=ITEMS)
def test_what_is_paid_and_spared_is_what_all_files_would_cost(items):
    made = of(*items)
    assert sum(line.files for line in made.lines) + made.unknown == sum(i.files for i in items)
    shares = [(item.files, share) for item in items if (share := share_of(item))]
    for line in made.lines:
        every = sum(n * (s.units + s.spared) for n, s in shares if s.kind == line.kind)
        assert line.units + line.spared == pytest.approx(every)
        assert line.spared >= 0
        assert line.usd == pytest.approx(line.units * USD[line.kind])


# What the catalog gives


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    made.add_root(str(ROOT))
    yield made
    made.close()


def fill(catalog: Catalog, files: dict[str, tuple[str, Modality, Info] | None]) -> None:
    """Name below the root → its content, indexed on this device; None: it waits."""
    disk = {str(ROOT / name): Stamp(40, n, n) for n, name in enumerate(files, 1)}
    number = catalog.roots()[0].number
    todo = plan(disk, catalog.stamps(number, str(ROOT)))
    catalog.apply(number, str(ROOT), todo, disk, {}, {})
    for file in catalog.waiting(100):
        if held := files[Path(file.path).relative_to(ROOT).as_posix()]:
            content, modality, info = held
            catalog.record([(file, content)], DEVICE, {content: (modality, info, "", 1)})


def picture(content: str) -> tuple[str, Modality, Info]:
    return content, Modality.IMAGE, Info()


def found(catalog: Catalog, folder: Path = ROOT, *rules: tuple[str, Rule], **more):
    decided = [FolderRule(ROOT / name, rule, None, 0.0) for name, rule in rules]
    return unpaid(catalog, folder, PAID, decided, 15.0, **more)


def test_what_the_space_has_or_was_refused_is_not_quoted_again(catalog):
    fill(catalog, {f"{name}.jpg": picture(name) for name in "abc"})
    with catalog.write() as db:
        db.execute("INSERT INTO indexed VALUES ('a', ?, 1)", [PAID])
        db.execute("INSERT INTO further VALUES ('b', ?, 'refused', 1, 1, 0)", [PAID])
    assert len(found(catalog).items) == 1


def test_what_waits_to_be_indexed_here_is_not_known_yet(catalog):
    fill(catalog, {"a.jpg": picture("a"), "b.jpg": None, "c.jpg": None})
    (file, _) = catalog.waiting(5)
    catalog.settle(file, State.FAILED, "damaged")
    assert (len(found(catalog).items), found(catalog).unknown) == (1, 1)


def test_files_of_one_content_are_one_item_and_other_folders_are_left_alone(catalog):
    names = ("in/a.jpg", "in/deep/b.jpg", "inner/c.jpg")
    fill(catalog, {name: picture("same") for name in names})
    (item,) = found(catalog, ROOT / "in").items
    assert item.files == 2


def test_the_rules_inside_a_folder_stand_and_its_own_is_what_is_asked_about(catalog):
    names = ("a.jpg", "kept/b.jpg", "kept/shared/c.jpg", "never/d.jpg")
    fill(catalog, {name: picture(name) for name in names} | {"kept/new.jpg": None})
    rules = (
        ("", Rule.DEVICE),
        ("kept", Rule.DEVICE),
        ("kept/shared", Rule.CLOUD),
        ("never", Rule.NEVER),
    )
    assert found(catalog, ROOT, *rules).items == (Unpaid(Modality.IMAGE, seen=False),) * 2
    assert found(catalog, ROOT, *rules).unknown == 0
    assert len(found(catalog, ROOT / "kept", *rules).items) == 2


def test_what_is_known_of_a_content_is_in_its_item(catalog):
    film = Info(duration_s=50.0, width=640, height=480)
    talk = Info(duration_s=50.0)
    fill(
        catalog,
        {
            "film.mp4": ("f", Modality.VIDEO, film),
            "talk.mp3": ("t", Modality.AUDIO, talk),
            "plan.pdf": ("p", Modality.DOCUMENT, Info(pages=3)),
            "note.txt": ("n", Modality.TEXT, Info(tokens=9)),
            "old.txt": ("o", Modality.TEXT, Info()),
        },
    )
    with catalog.write() as db:
        db.executemany(
            "INSERT INTO sameness VALUES (?, ?, ?)",
            [("f", 15.0, json.dumps([1, 3])), ("t", 10.0, json.dumps([1]))],  # t: other segments
        )
    asked = []

    def by_job(modality, seconds, segments, waiting):
        asked.append((modality, seconds, segments, waiting))
        return modality is Modality.AUDIO

    items = found(catalog, by_job=by_job).items
    assert set(items) == {
        Unpaid(Modality.VIDEO, duration_s=50.0, telling_s=30.0),
        Unpaid(Modality.AUDIO, duration_s=50.0, telling_s=50.0, seen=False, by_job=True),
        Unpaid(Modality.DOCUMENT, pages=3, seen=False),
        Unpaid(Modality.TEXT, tokens=9, seen=False),
        Unpaid(Modality.TEXT, tokens=10, seen=False),  # by its size
    }
    assert set(asked) == {(Modality.VIDEO, 50.0, 4, 5), (Modality.AUDIO, 50.0, 4, 5)}
