"""Previews, as the library keeps them."""

from __future__ import annotations

import threading

import pytest

from nova_desktop.library.previews import Previews
from nova_desktop.media.image import ImageReader
from nova_desktop.model import Preview
from tests.library.desk import added, photo


@pytest.fixture
def made(monkeypatch):
    """How often a preview was made."""
    calls = []
    real = ImageReader.preview

    def preview(self, path, *args):
        calls.append(path)
        return real(self, path, *args)

    monkeypatch.setattr(ImageReader, "preview", preview)
    return calls


def kept(desk):
    return list((desk.data / "previews").glob("*/*"))


def test_a_preview_is_made_once_and_outlives_its_file(desk, folder, tmp_path, made):
    file = photo(folder / "a.png", "red")
    added(desk, folder)
    first = desk.library.preview(file, None, 64)
    folder.rename(tmp_path / "unplugged")
    assert desk.library.preview(file, None, 64) == first
    assert len(made) == 1


def test_what_is_kept_is_for_the_user_alone(desk, folder):
    added(desk, folder)
    file = photo(folder / "a.png", "red")
    desk.library.rescan()
    assert desk.library.wait(30)
    desk.library.preview(file, None, 64)
    (one,) = kept(desk)
    places = (one, one.parent, one.parent.parent)
    assert [place.stat().st_mode & 0o777 for place in places] == [0o600, 0o700, 0o700]


def test_a_file_that_was_written_over_is_not_shown_for_its_copies(desk, folder, made):
    a, b = photo(folder / "a.png", "red"), folder / "b.png"
    b.write_bytes(a.read_bytes())
    added(desk, folder)
    desk.library.pause()
    photo(a, "blue", 50)
    blue = desk.library.preview(a, None, 64)
    red = desk.library.preview(b, None, 64)
    assert blue != red
    assert made == [a, b]


def test_a_kept_preview_that_was_cut_short_is_made_again(desk, folder, made):
    file = photo(folder / "a.png", "red")
    added(desk, folder)
    first = desk.library.preview(file, None, 64)
    (one,) = kept(desk)
    one.write_bytes(b"")
    assert desk.library.preview(file, None, 64) == first
    assert len(made) == 2


def test_a_preview_is_shown_although_it_can_not_be_kept(desk, folder):
    file = photo(folder / "a.png", "red")
    added(desk, folder)
    (desk.data / "previews").write_text("in the way")
    assert desk.library.preview(file, None, 64).jpeg


def test_one_preview_asked_for_by_many_at_once_is_whole(desk, folder):
    file = photo(folder / "a.png", "red", 400)
    added(desk, folder)
    got: list[Preview] = []
    threads = [
        threading.Thread(target=lambda: got.append(desk.library.preview(file, None, 64)))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1
    assert len(got) == 16
    assert len(kept(desk)) == 1


def test_the_oldest_previews_go_first(desk, tmp_path):
    previews = Previews(tmp_path / "kept", desk.library._parts.catalog, None, {})
    for n in range(4):
        previews._keep(previews._file(str(n), 64), Preview(bytes(1000)))
    previews.trim(2500)
    left = [n for n in range(4) if previews._file(str(n), 64).exists()]
    assert left == [2, 3]
