"""A further space beside the device's: what may leave the device, and what it costs to be sure."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

import numpy as np
import pytest

from nova_desktop.errors import BadInput, NeedsUser, TryLater
from nova_desktop.library import work
from nova_desktop.model import Modality, Purpose, Space, State
from nova_desktop.query import Filters, Part, Query
from nova_desktop.spending import Rule
from tests.fakes import ColourEngine
from tests.library.desk import Counted, Desk, added, eventually, photo


@dataclass(frozen=True)
class PaidEngine(ColourEngine):
    """Sees the same, and is another; the first `dim` numbers of its vectors say it all."""

    dim: int = 8

    @property
    def space(self) -> Space:
        return Space("paid", "mean", self.dim, 1)

    def embed(self, pieces, purpose):
        whole = (
            super().embed(pieces, purpose) if self.dim == 8 else PaidEngine().embed(pieces, purpose)
        )
        cut = whole[:, : self.dim]
        return cut / np.linalg.norm(cut, axis=1, keepdims=True)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "data")
    desk.data.mkdir()
    desk.paid = Counted(PaidEngine())
    desk.open()
    yield desk
    desk.library.close()


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "pictures"
    for colour in ("red", "green", "blue"):
        photo(folder / f"{colour}.png", colour)
    return folder


def allow(desk, folder):
    desk.library.set_rule(folder, Rule.CLOUD, 0.01)
    assert desk.library.wait(30)


def test_a_sidecar_that_changes_costs_nothing(desk, pictures):
    added(desk, pictures)
    allow(desk, pictures)
    read = desk.engine.pieces
    (pictures / "red.xmp").write_text("<x:xmpmeta/>")
    eventually(lambda: desk.library.wait(30) and desk.engine.pieces == read + 1)
    assert desk.paid.pieces == 3


def test_nothing_is_sent_before_it_is_allowed(desk, pictures):
    added(desk, pictures)
    assert desk.paid.pieces == 0
    assert desk.library.sent(10) == ()
    assert desk.library.status().further.allowed == ()


def test_nothing_can_be_allowed_without_the_quote_that_was_seen(desk, pictures):
    added(desk, pictures)
    with pytest.raises(BadInput, match="quote"):
        desk.library.set_rule(pictures, Rule.CLOUD)
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.paid.pieces == 0


def test_a_quote_says_what_would_be_sent_and_sends_nothing(desk, pictures):
    shutil.copy(pictures / "red.png", pictures / "a copy.png")
    added(desk, pictures)
    (line,) = desk.library.quote(pictures).lines
    assert (line.kind, line.files, line.units, line.spared) == ("image", 4, 3, 1)
    assert desk.library.quote(pictures).usd == pytest.approx(3 * 0.00006)
    assert desk.paid.pieces == 0
    allow(desk, pictures)
    assert desk.library.quote(pictures).lines == ()


def test_no_quote_is_given_of_what_is_not_watched(desk, tmp_path):
    with pytest.raises(BadInput, match="not in a watched folder"):
        desk.library.quote(tmp_path)


def test_what_is_allowed_is_sent_once_a_content_and_logged(desk, pictures):
    shutil.copy(pictures / "red.png", pictures / "a copy.png")
    added(desk, pictures)
    allow(desk, pictures)
    assert desk.paid.pieces == 3
    now = desk.library.status().further
    assert (now.indexed, now.waiting, now.failed, now.held) == (3, 0, 0, "")
    sent = desk.library.sent(10)
    assert {line.path.name for line in sent} >= {"green.png", "blue.png"}
    assert [line.place for line in sent] == ["elsewhere"] * 3
    assert all(line.bytes > 50 for line in sent)


def test_what_comes_later_is_sent_too_and_what_moves_is_not_sent_again(desk, pictures):
    added(desk, pictures)
    allow(desk, pictures)
    photo(pictures / "white.png", "white")
    (pictures / "inside").mkdir()
    (pictures / "red.png").rename(pictures / "inside/scarlet.png")
    desk.library.rescan()
    eventually(lambda: desk.library.status().further.indexed == 4)
    assert desk.library.wait(30)
    assert desk.paid.pieces == 4


def test_a_restart_sends_nothing(desk, pictures):
    added(desk, pictures)
    allow(desk, pictures)
    desk.reopen()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.paid.pieces == 3


def test_what_was_paid_for_just_before_a_crash_is_kept(desk, pictures):
    added(desk, pictures)
    allow(desk, pictures)
    with desk.library._parts.catalog.write() as db:
        db.execute("DELETE FROM indexed WHERE space = ?", [desk.paid.space.name])
    desk.reopen()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.paid.pieces == 3
    assert desk.library.status().further.indexed == 3


def test_rows_that_are_lost_are_asked_for_again(desk, pictures):
    added(desk, pictures)
    allow(desk, pictures)
    gone = next(iter(desk.store.contents(desk.paid.space)))
    desk.store.forget([gone])
    desk.reopen()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.paid.pieces == 4


def test_the_nearest_rule_counts(desk, pictures):
    photo(pictures / "private/black.png", "black")
    photo(pictures / "private/shown/white.png", "white")
    added(desk, pictures)
    desk.library.set_rule(pictures / "private", Rule.DEVICE)
    desk.library.set_rule(pictures / "private/shown", Rule.CLOUD, 0.01)
    allow(desk, pictures)
    assert {line.path.name for line in desk.library.sent(10)} == {
        *("red.png", "green.png", "blue.png", "white.png")
    }


def test_a_folder_that_is_never_indexed_is_excluded_and_comes_back(desk, pictures):
    photo(pictures / "private/black.png", "black")
    photo(pictures / "private/shown/white.png", "white")
    added(desk, pictures)
    desk.library.set_rule(pictures / "private", Rule.NEVER)
    desk.library.set_rule(pictures / "private/shown", Rule.DEVICE)
    assert desk.library.wait(30)
    eventually(lambda: desk.counts() == {State.INDEXED: 4, State.EXCLUDED: 1})
    assert "black.png" not in desk.find("black")
    desk.library.set_rule(pictures / "private", Rule.DEVICE)
    eventually(lambda: desk.counts() == {State.INDEXED: 5})


def test_forbidding_stops_what_is_not_sent_yet(desk, pictures):
    added(desk, pictures)
    desk.paid.errors = [TryLater("It is busy.")]
    desk.library.set_rule(pictures, Rule.CLOUD, 0.01)
    eventually(lambda: not desk.paid.errors)
    desk.library.set_rule(pictures, Rule.DEVICE)
    assert desk.library.wait(30)
    assert desk.paid.pieces == 0


def test_an_engine_that_needs_the_user_stops_alone(desk, pictures):
    added(desk, pictures)
    desk.paid.errors = [NeedsUser("There are no keys.")]
    desk.library.set_rule(pictures, Rule.CLOUD, 0.01)
    with pytest.raises(NeedsUser, match="keys"):
        desk.library.wait(30)
    photo(pictures / "white.png", "white")
    desk.library.rescan()
    eventually(lambda: desk.counts() == {State.INDEXED: 4})
    assert desk.library.status().further.held == "There are no keys."
    desk.library.resume()
    eventually(lambda: desk.library.status().further.indexed == 4)
    assert desk.library.wait(30)
    assert desk.paid.pieces == 4


def test_what_the_engine_refuses_is_listed_and_can_be_retried(desk, pictures):
    added(desk, pictures)
    desk.paid.refuses = lambda _: True
    allow(desk, pictures)
    reasons = {failure.path.name: failure.reason for failure in desk.library.failures()}
    assert set(reasons) == {"red.png", "green.png", "blue.png"}
    assert "The model does not take this picture." in reasons["red.png"]
    assert desk.counts() == {State.INDEXED: 3}  # on this device they are
    desk.paid.refuses = lambda _: False
    desk.library.retry()
    assert desk.library.wait(30)
    assert desk.library.failures() == ()
    assert desk.paid.pieces == 3


def test_a_question_is_asked_of_both_and_goes_on_without_the_other(desk, pictures):
    asked = []
    embed = desk.paid.inner.embed

    class Asked(PaidEngine):
        def embed(self, pieces, purpose):
            asked.append(purpose)
            return embed(pieces, purpose)

    desk.paid.inner = Asked()
    added(desk, pictures)
    desk.library.find(Query.of("red"))
    assert asked == []  # nothing was ever sent there
    allow(desk, pictures)
    asked.clear()
    only_pictures = Query((Part(text="red"),), Filters(modalities=frozenset({Modality.IMAGE})))
    assert desk.library.find(only_pictures).hits[0].path.name == "red.png"
    assert asked == [Purpose.QUERY_IMAGE]
    desk.paid.errors = [NeedsUser("There are no keys.")]
    answer = desk.library.find(Query.of("red"))
    assert answer.hits[0].path.name == "red.png"
    assert answer.note == "Found by this device alone. There are no keys."


def test_a_file_that_may_not_be_sent_is_compared_on_this_device(desk, pictures, tmp_path):
    added(desk, pictures)
    allow(desk, pictures)
    strange = photo(tmp_path / "elsewhere/mine.png", "red", size=50)
    before = len(desk.library.sent(10))
    answer = desk.library.find(Query((Part(path=strange),)))
    assert answer.hits[0].path.name == "red.png"
    assert "was not sent" in answer.note
    assert len(desk.library.sent(10)) == before


def test_a_folder_that_is_removed_is_asked_about_anew(desk, pictures):
    added(desk, pictures)
    allow(desk, pictures)
    desk.library.remove_folder(pictures)
    assert desk.library.rules() == ()


def test_longer_vectors_that_were_paid_for_serve_shorter_ones(desk, pictures):
    added(desk, pictures)
    allow(desk, pictures)
    desk.older, desk.paid = (desk.paid,), Counted(PaidEngine(dim=4))
    desk.reopen()
    desk.library.rescan()
    assert desk.library.wait(30)
    eventually(lambda: desk.library.status().further.indexed == 3)
    assert desk.paid.pieces == 0
    rows = {
        row.content: row
        for c in desk.store.contents(desk.paid.space)
        for row in desk.store.rows(desk.paid.space, c, 9)
    }
    for content, row in rows.items():
        (whole,) = desk.store.rows(desk.older[0].space, content, 9)
        assert row.vector.shape == (4,)
        assert np.linalg.norm(row.vector) == pytest.approx(1, abs=1e-6)
        assert row.vector @ whole.vector[:4] == pytest.approx(
            np.linalg.norm(whole.vector[:4]), abs=1e-6
        )
    photo(pictures / "white.png", "white")
    desk.library.rescan()
    eventually(lambda: desk.library.status().further.indexed == 4)
    assert desk.paid.pieces == 1


def test_shorter_vectors_do_not_serve_longer_ones_and_answer_until_those_are_there(desk, pictures):
    desk.library.close()
    short = Counted(PaidEngine(dim=4))
    desk.older, desk.paid = (), short
    desk.open()
    added(desk, pictures)
    allow(desk, pictures)
    desk.older, desk.paid = (short,), Counted(PaidEngine())
    desk.paid.errors = [NeedsUser("There are no keys.")]
    desk.reopen()
    desk.library.rescan()
    with pytest.raises(NeedsUser, match="keys"):
        desk.library.wait(30)
    asked = []
    short.refuses = lambda _: asked.append(1) or False
    assert desk.library.find(Query.of("red")).hits[0].path.name == "red.png"
    assert asked
    desk.library.resume()
    assert desk.library.wait(30)
    eventually(lambda: desk.library.status().further.indexed == 3)
    asked.clear()
    desk.library.find(Query.of("red"))
    assert not asked


def test_what_could_not_be_reached_is_tried_again_after_a_start(desk, pictures, monkeypatch):
    added(desk, pictures)
    monkeypatch.setattr("nova_desktop.library.endings.LATER_S", 0.01)
    read = work.hash_file

    def away(path, *_):
        raise TryLater(f"{path.name} can't be reached.")

    monkeypatch.setattr(work, "hash_file", away)
    allow(desk, pictures)
    assert {f.path.name for f in desk.library.failures()} == {"red.png", "green.png", "blue.png"}
    monkeypatch.setattr(work, "hash_file", read)
    desk.reopen()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.library.failures() == ()
    assert desk.paid.pieces == 3


def test_what_was_answered_before_a_kill_is_not_paid_again(desk, pictures):
    added(desk, pictures)

    def killed(*_):
        raise NeedsUser("The disk is full.")  # as near before the record as can be

    put = desk.store.put
    desk.store.put = killed
    desk.library.set_rule(pictures, Rule.CLOUD, 0.01)
    with pytest.raises(NeedsUser, match="full"):
        desk.library.wait(30)
    assert desk.paid.pieces == 3
    desk.library.close()
    desk.store.put = put
    desk.open()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.library.status().further.indexed == 3
    assert desk.paid.pieces == 3
    assert desk.library._parts.catalog.read("SELECT * FROM kept") == []
    assert len(desk.store.contents(desk.paid.space)) == 3
