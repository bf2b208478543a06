"""Folder rules: the nearest one counts, and nothing goes to the cloud that nobody allowed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.spending import Rule

ROOT = Path(os.path.abspath(os.sep), "photos")  # noqa: PTH100  # has a drive where there are some


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    yield made
    made.close()


@pytest.fixture
def book(catalog):
    return Rulebook(catalog, clock=lambda: 5.0)


def test_what_nobody_decided_about_stays_on_this_device(book):
    assert book.rule_of(ROOT / "a.jpg") is Rule.DEVICE
    assert book.rules() == ()


def test_a_rule_counts_for_the_folder_and_all_below_it_alone(book):
    book.set_rule(ROOT / "shared", Rule.CLOUD, 1.5)
    assert book.rule_of(ROOT / "shared") is Rule.CLOUD
    assert book.rule_of(str(ROOT / "shared" / "2024" / "a.jpg")) is Rule.CLOUD
    assert book.rule_of(ROOT / "shared by name" / "a.jpg") is Rule.DEVICE
    assert book.rule_of(ROOT) is Rule.DEVICE


@pytest.mark.parametrize(("outer", "inner"), [(Rule.CLOUD, Rule.NEVER), (Rule.NEVER, Rule.CLOUD)])
def test_the_nearest_rule_wins_whichever_it_is(book, outer, inner):
    book.set_rule(ROOT, outer, 1.0)
    book.set_rule(ROOT / "in", inner, 1.0)
    book.set_rule(ROOT / "in" / "deep", Rule.DEVICE)
    assert book.rule_of(ROOT / "a") is outer
    assert book.rule_of(ROOT / "in" / "a") is inner
    assert book.rule_of(ROOT / "in" / "deep" / "a") is Rule.DEVICE


def test_the_cloud_is_not_allowed_before_its_quote_was_seen(book):
    with pytest.raises(BadInput, match=r"“photos”.*quote"):
        book.set_rule(ROOT, Rule.CLOUD)
    assert book.rule_of(ROOT) is Rule.DEVICE
    book.set_rule(ROOT, Rule.CLOUD, 0.0)  # a quote of nothing was seen too


def test_rules_are_kept_with_what_was_seen(book, catalog):
    odd = os.fsdecode(b"caf\xe9")
    book.set_rule(ROOT / odd, Rule.CLOUD, 1.25)
    book.set_rule(ROOT / "a", Rule.NEVER)
    book.set_rule(ROOT / "a", Rule.DEVICE)
    later = Rulebook(catalog)
    assert later.rules() == book.rules()
    assert [(r.path, r.rule, r.quoted_usd, r.decided_s) for r in later.rules()] == [
        (ROOT / "a", Rule.DEVICE, None, 5.0),
        (ROOT / odd, Rule.CLOUD, 1.25, 5.0),
    ]


def test_a_folder_that_is_forgotten_is_asked_about_anew(book, catalog):
    for path in (ROOT, ROOT / "in" / "deep", ROOT.with_name("photos2")):
        book.set_rule(path, Rule.CLOUD, 1.0)
    book.forget(ROOT)
    assert [rule.path for rule in book.rules()] == [ROOT.with_name("photos2")]
    assert Rulebook(catalog).rule_of(ROOT / "in" / "deep") is Rule.DEVICE
