"""Which films and sounds are one, which are a part of another, and which are neither."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from nova_desktop.duplicates import FRAME, LOOK, SOUND_STEP_S, Likeness, Same
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.likes import Known, pairs
from nova_desktop.library.texts import sketched
from nova_desktop.model import Modality

CHANCE = np.random.default_rng(7)
A_SECOND = round(1 / SOUND_STEP_S)


def codes(seconds: float) -> np.ndarray:
    return CHANCE.integers(1, 2**32, round(seconds * A_SECOND), dtype=np.uint32)


def encoded_anew(heard: np.ndarray) -> np.ndarray:
    """As a codec leaves them: one bit in twelve is another one, and silence stays silence."""
    flips = CHANCE.random((len(heard), 32)) < 1 / 12
    bits = (flips * (1 << np.arange(32, dtype=np.uint64))).sum(axis=1)
    return np.where(heard == 0, heard, heard ^ bits.astype(np.uint32)).astype("<u4")


def sound(heard: np.ndarray, name: str = "") -> Known:
    anew = encoded_anew(heard)
    length_s = len(heard) * SOUND_STEP_S
    return Known(name, Modality.AUDIO, Likeness(sound=anew.tobytes()), duration_s=length_s)


def shots(seconds: int) -> np.ndarray:
    """A look a second; another scene every five."""
    scenes = CHANCE.integers(0, 256, (seconds // 5 + 1, 6, 6))
    grown = np.kron(scenes, np.ones((1, LOOK // 6, LOOK // 6)))
    return np.repeat(grown, 5, axis=0)[:seconds].astype(np.uint8)


def film(seen: np.ndarray, heard: np.ndarray | None = None, every: int = 1) -> Known:
    """Looked at every so many seconds."""
    times_s = tuple(float(at) + 0.5 for at in range(0, len(seen), every))
    if every > 1:
        times_s = tuple((n + 0.5) * every for n in range(len(times_s)))
    looks = b"".join(seen[min(int(at), len(seen) - 1)].tobytes() for at in times_s)
    said = b"" if heard is None else encoded_anew(heard).tobytes()
    return Known("", Modality.VIDEO, Likeness(looks, times_s, said), duration_s=float(len(seen)))


def found(*known: Known) -> list[tuple[int, int, Same]]:
    return sorted((it.one, it.other, it.same) for it in pairs(known, lambda _: None))


def test_a_part_of_a_sound_comes_after_the_whole_wherever_it_was_cut_out():
    whole = codes(200)
    part = whole[50 * A_SECOND : 70 * A_SECOND]
    assert found(sound(part), sound(whole), sound(codes(60))) == [(1, 0, Same.EXCERPT)]
    assert found(sound(whole), sound(whole[-30 * A_SECOND :])) == [(0, 1, Same.EXCERPT)]


def test_a_sound_that_is_trimmed_a_little_is_the_same_and_no_part():
    whole = codes(60)
    assert found(sound(whole), sound(whole[15 * A_SECOND :])) == [(0, 1, Same.SOUND)]


def test_a_jingle_and_what_only_begins_alike_are_no_part():
    jingle = codes(4)
    show, other = (np.concatenate([jingle, codes(60)]) for _ in range(2))
    assert found(sound(jingle), sound(show), sound(other)) == []


def test_a_part_of_a_film_is_known_by_its_sound_though_the_film_is_looked_at_seldom():
    seen, heard = shots(90), codes(90)
    whole = film(seen, heard, every=8)
    part = film(seen[40:56], heard[40 * A_SECOND : 56 * A_SECOND])
    assert found(whole, part) == [(0, 1, Same.EXCERPT)]
    other = film(shots(16), heard[40 * A_SECOND : 56 * A_SECOND])
    assert found(whole, other) == []  # another film with the same music


def pictured(codes: np.ndarray, length_s: float, heard: np.ndarray | None = None) -> Known:
    """A film by the codes of its pictures, saved anew, evenly over its length."""
    made = np.zeros(len(codes), FRAME)
    made["ms"] = (np.arange(len(codes)) + 0.5) * length_s / len(codes) * 1000
    made["code"] = codes ^ saved_anew(len(codes))
    looks = CHANCE.integers(0, 256, LOOK * LOOK, np.uint8).tobytes()  # at another time each
    said = b"" if heard is None else encoded_anew(heard).tobytes()
    likeness = Likeness(looks, (length_s / 2,), said, frames=made.tobytes())
    return Known("", Modality.VIDEO, likeness, duration_s=length_s)


def saved_anew(count: int) -> np.ndarray:
    """Two bits of 64 of each code are other ones."""
    bits = CHANCE.integers(0, 64, (count, 2)).astype(np.uint64)
    return np.bitwise_xor.reduce(np.uint64(1) << bits, axis=1)


def scenes(length_s: int, each_s: int = 5, step_s: float = 0.5) -> np.ndarray:
    """Codes of a film that shows another scene every few seconds."""
    count = length_s // each_s + 1
    return np.repeat(CHANCE.integers(1, 2**64, count, dtype=np.uint64), round(each_s / step_s))[
        : round(length_s / step_s)
    ]


def test_a_part_of_a_silent_film_is_known_by_what_is_seen_wherever_it_begins():
    seen = scenes(300)
    cut = seen[203:233]  # 15 s, from within a scene
    assert found(pictured(seen, 300), pictured(cut, 15)) == [(0, 1, Same.EXCERPT)]
    assert found(pictured(cut, 15), pictured(seen, 300)) == [(1, 0, Same.EXCERPT)]
    assert found(pictured(seen, 300), pictured(scenes(15), 15)) == []
    more = np.concatenate([scenes(10), cut])  # its second half alone is in the film
    assert found(pictured(seen, 300), pictured(more, 25)) == []


def test_a_part_of_a_long_film_is_known_by_its_few_key_pictures():
    seen = scenes(3600, each_s=6)
    key_pictures = seen[::8]  # each four seconds
    cut = seen[4001:4081]  # 40 s
    assert found(pictured(key_pictures, 3600), pictured(cut, 40)) == [(0, 1, Same.EXCERPT)]


def test_what_a_film_shows_again_and_again_tells_no_part_of_it():
    still = np.repeat(scenes(5), 12)  # a room where nothing moves
    assert found(pictured(still, 60), pictured(still[:30], 15)) == []
    cameras = scenes(15)  # three take turns for an hour, and in another talk, too
    talk = np.tile(cameras, 40)
    assert found(pictured(talk, 600), pictured(cameras, 15)) == []


def test_a_part_with_another_sound_than_the_film_has_there_is_none():
    seen, heard = scenes(120), codes(120)
    film_heard = pictured(seen, 120, heard)
    silent, dubbed = pictured(seen[80:110], 15), pictured(seen[80:110], 15, codes(15))
    assert found(film_heard, silent) == [(0, 1, Same.EXCERPT)]
    assert found(film_heard, dubbed) == []
    assert found(pictured(seen, 120), dubbed) == []  # nor where the film is silent
    own = pictured(seen[80:110], 15, heard[40 * A_SECOND : 55 * A_SECOND])
    assert found(film_heard, own) == [(0, 1, Same.EXCERPT)]


def test_the_sound_of_a_part_of_a_film_is_a_part_of_it():
    seen, heard = shots(60), codes(60)
    cut = sound(heard[20 * A_SECOND : 35 * A_SECOND])
    assert found(film(seen, heard), cut) == [(0, 1, Same.EXCERPT)]
    assert found(film(seen, heard), sound(heard)) == [(0, 1, Same.RECORDING)]


def test_a_picture_that_was_turned_is_the_same():
    seen = shots(20)[::5]

    def still(look: np.ndarray) -> Known:
        return Known("", Modality.IMAGE, Likeness(look.tobytes()))

    turned = [np.rot90(seen[0], quarters) for quarters in (1, 2, 3)]
    known = [still(it) for it in (seen[0], *turned, *seen[1:])]
    with_first = {other for one, other, _ in found(*known) if one == 0}
    assert with_first == {1, 2, 3}
    assert all(same is Same.PICTURE and other < 4 for _, other, same in found(*known))


def test_a_page_that_was_turned_is_the_same_and_another_page_is_not():
    def page() -> np.ndarray:
        lines = np.full((LOOK, LOOK), 250)
        for row in range(3, LOOK - 3, 2):
            lines[row, 3 : 3 + CHANCE.integers(6, LOOK - 6)] = CHANCE.integers(90, 200)
        return lines.astype(np.uint8)

    first = page()
    known = [
        Known("", Modality.IMAGE, Likeness(it.tobytes()))
        for it in (first, np.rot90(first, 2), np.rot90(first), page(), page())
    ]
    assert [(one, other) for one, other, _ in found(*known)] == [(0, 1), (0, 2), (1, 2)]


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    yield made
    made.close()


def test_a_page_that_was_cropped_is_one_text_and_what_stands_in_a_window_is_none():
    words = [f"w{n}ord" for n in range(300)]
    paper = np.full((LOOK, LOOK), 250, np.uint8)
    paper[4:20:2, 4:20] = 90
    screen = CHANCE.integers(0, 200, (LOOK, LOOK)).astype(np.uint8)

    def still(said: list[str], seen: np.ndarray) -> Known:
        looks = np.roll(seen, int(CHANCE.integers(1, 9)), axis=1)
        return Known(
            "", Modality.IMAGE, Likeness(looks.tobytes()), sketch=sketched([" ".join(said)])
        )

    cropped, beside = words[30:270], [*words[:200], *(f"n{n}ew" for n in range(100))]
    pages = [still(words, paper), still(cropped, paper), still(beside, paper)]
    assert [(one, other) for one, other, same in found(*pages) if same is Same.TEXT] == [(0, 1)]
    assert found(still(words, screen), still(words, 255 - screen)) == []


def test_only_long_sounds_are_listened_to_again_after_an_update(catalog):
    of_all = [
        ("picture", "image", None),
        ("short", "audio", 60),
        ("long", "audio", 600),
        ("film", "video", 3600),
        ("new", "audio", 30),
        ("jingle", "audio", 1),
    ]
    with catalog.write() as db:
        for content, kind, length_s in of_all:
            info = json.dumps({"duration_s": length_s} if length_s else {})
            db.execute(
                "INSERT INTO contents (content, modality, info) VALUES (?, ?, ?)",
                [content, kind, info],
            )
            if content != "new":
                db.execute(
                    "INSERT INTO likenesses VALUES (?, 1, x'', '[]', x'', 0, x'')",
                    [content],
                )
        db.execute("UPDATE contents SET files = 1, path = x'2f61'")  # as if each had one
    likenesses = Likenesses(catalog)
    assert {content for content, _, _ in likenesses.missing()} == {"long", "film", "new", "jingle"}
    assert set(likenesses.of([it[0] for it in of_all])) == {
        "picture",
        "short",
        "long",
        "film",
        "jingle",
    }
    likenesses.keep(dict.fromkeys(("long", "film", "new", "jingle"), Likeness()))
    assert likenesses.missing() == []


def test_what_goes_on_where_the_other_is_silent_is_no_part_of_it():
    said, silence, song = codes(4), np.zeros(26 * A_SECOND, np.uint32), codes(26)
    talk = np.concatenate([codes(60), said, silence, codes(60)])
    assert found(sound(talk), sound(np.concatenate([said, song]))) == []
    pauses = np.concatenate([codes(20), silence, codes(10)])
    talk = np.concatenate([codes(60), pauses, codes(60)])
    assert found(sound(talk), sound(pauses)) == [(0, 1, Same.EXCERPT)]


def still(cells: np.ndarray) -> Known:
    seen = np.clip(cells, 0, 255).astype(np.uint8).tobytes()
    return Known("", Modality.IMAGE, Likeness(seen, sharpness=1.0))


def scenery(seed: int) -> np.ndarray:
    """Soft shapes of little contrast, in cells of a look."""
    cells = np.random.default_rng(seed).integers(110, 146, (7, 7)).astype(np.uint8)
    grown = Image.fromarray(cells).resize((LOOK, LOOK), Image.Resampling.BICUBIC)
    return np.asarray(grown, np.float64)


def framed(cells: np.ndarray, bars: int, brightness: int) -> np.ndarray:
    """Between bars above and below, as a film's picture on a screen."""
    inner = Image.fromarray(cells.astype(np.uint8)).resize((LOOK, LOOK - 2 * bars))
    found = np.full((LOOK, LOOK), float(brightness))
    found[bars : LOOK - bars] = np.asarray(inner)
    return found


@pytest.mark.parametrize("brightness", [0, 255], ids=["black", "white"])
def test_two_pictures_with_the_same_bars_are_not_one(brightness):
    one, other = (framed(scenery(seed), 4, brightness) for seed in (1, 2))
    assert found(still(one), still(other)) == []
    saved_again = one * 0.9 + 5 + CHANCE.normal(0, 0.5, one.shape)
    assert found(still(one), still(saved_again)) == [(0, 1, Same.PICTURE)]
    assert found(still(one), still(np.rot90(saved_again))) == [(0, 1, Same.PICTURE)]


def test_a_picture_that_was_cropped_a_little_is_one_in_its_details_too():
    whole = Image.fromarray(scenery(3).astype(np.uint8)).resize(
        (400, 400), Image.Resampling.BICUBIC
    )
    cropped = whole.crop((0, 0, 372, 372))
    seen = [np.asarray(it.resize((LOOK, LOOK), Image.Resampling.BOX)) for it in (whole, cropped)]
    assert found(*map(still, seen)) == [(0, 1, Same.PICTURE)]


FORM = (
    "Invoice {number} of ACME Services, 12 High Street. Bill to {name}. Service hours for "
    "maintenance, {hours} hours at 185 pounds, {sum} pounds in all. Please pay within fourteen "
    "days to account 12345678. Thank you very much for the good work with us this year."
)

GOODS = ["flour", "sugar", "butter", "milk", "eggs", "bread", "cheese", "apples", "pears", "plums"]


def test_pages_of_one_form_are_told_apart_by_what_is_read_in_them():
    page = framed(scenery(1), 8, 255)
    march = FORM.format(number=10231, name="Miller & Sons", hours=112, sum=20720)
    april = FORM.format(number=10232, name="Jones", hours=140, sum=25900)
    one, copy, other, unread = (still(page + CHANCE.normal(0, 0.5, page.shape)) for _ in range(4))
    one = replace(one, sketch=sketched([march]))
    copy = replace(copy, sketch=sketched([march.replace("maintenance", "rnaintenance")]))
    assert found(one, copy) == [(0, 1, Same.PICTURE)]
    assert found(one, replace(other, sketch=sketched([april]))) == []
    slip = " ".join(f"{goods} {much}" for much in ["one", "two", "three"] for goods in GOODS)
    assert found(one, replace(other, sketch=sketched([slip]))) == []
    assert found(one, unread) == [(0, 1, Same.PICTURE)]
