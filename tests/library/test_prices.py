"""The price table: what a request costs, and how a mistake in it is named."""

from __future__ import annotations

import copy
from datetime import date, datetime

import pytest

from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.library.prices import PER, prices_of
from nova_desktop.settings import load_prices
from nova_desktop.spending import Usage

NOVA = "amazon.nova-2-multimodal-embeddings-v1:0"
TABLE = {
    "dated": date(2026, 1, 31),
    "source": "a price list",
    "price": [
        {"model": "m", "region": "r", "kind": kind, "per": PER[kind][0], "usd": 2}
        for kind in ("text", "image", "video")
    ],
}


def used(kind: str, model: str = "m", region: str = "r", **more) -> Usage:
    return Usage("nova", model, region, kind, **more)


def changed(row: dict | None = None, **more) -> dict:
    table = {**copy.deepcopy(TABLE), **more}
    if row:
        table["price"][1].update(row)
    return table


@pytest.mark.parametrize(
    ("usage", "usd"),
    [
        (used("text", tokens=500), 1.0),
        (used("text"), 0.0),  # nothing was counted
        (used("image", images=3), 6.0),
        (used("video", seconds=1.5, images=1, tokens=9), 3.0),  # film is billed by time alone
    ],
)
def test_each_kind_is_billed_by_its_own_unit(usage, usd):
    assert prices_of(TABLE).usd(usage) == pytest.approx(usd)


def test_what_is_not_in_the_table_has_no_price():
    with pytest.raises(NeedsUser, match=r"m costs for audio in r is not known.*table of prices"):
        prices_of(TABLE).usd(used("audio"))


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (changed(currency="EUR"), "no entry 'currency'"),
        (changed(dated="yesterday"), "dated must be the day"),
        (changed(dated=datetime(2026, 1, 1, 12)), "dated must be the day"),
        (changed(source=" "), "source must say"),
        (changed(price=[]), "at least one"),
        (changed(price={"usd": 1}), "at least one"),
        (changed(price=[3]), "price 1 must be a table"),
        (changed({"colour": 1}), "price 2: there is no 'colour'"),
        (changed({"model": ""}), "price 2: model and region"),
        (changed({"region": 3}), "price 2: model and region"),
        (changed({"kind": "smell"}), "price 2: kind must be one of text, image"),
        (changed({"kind": ["image"]}), "price 2: kind must be one of"),
        (changed({"per": "second"}), "price 2: image is billed per 'image', not per 'second'"),
        (changed({"usd": "2"}), "price 2: usd must be a number"),
        (changed({"usd": True}), "price 2: usd must be a number"),
        (changed({"usd": -1}), "price 2: usd must be a number from 0"),
        (changed({"usd": float("nan")}), "price 2: usd must be a number"),
        (changed({"usd": 1e9}), "price 2: usd must be a number"),
        (changed({"estimate": "yes"}), "price 2: estimate must be true or false"),
        (changed({"kind": "text", "per": "1000 tokens"}), "price 2: m r text has a price already"),
    ],
)
def test_a_mistake_in_the_table_is_named(table, named):
    with pytest.raises(BadInput, match=named):
        prices_of(table)


@pytest.mark.parametrize(
    ("usage", "usd"),  # the contract's table, section 1
    [
        (used("text", NOVA, "us-east-1", tokens=1000), 0.000135),
        (used("image", NOVA, "us-east-1", images=1), 0.00006),
        (used("video", NOVA, "us-east-1", seconds=60), 0.042),
        (used("audio", NOVA, "us-east-1", seconds=60), 0.0084),
        (used("text", NOVA, "us-gov-west-1", tokens=1000), 0.000162),
        (used("image", NOVA, "us-gov-west-1", images=1), 0.000072),
        (used("video", NOVA, "us-gov-west-1", seconds=1), 0.00084),
        (used("audio", NOVA, "us-gov-west-1", seconds=1), 0.000168),
    ],
)
def test_our_own_table_says_what_is_known(usage, usd):
    assert load_prices("").usd(usage) == pytest.approx(usd)


def test_a_page_is_never_held_cheaper_than_a_picture_and_is_called_an_estimate():
    prices = load_prices("")
    page, picture = (prices.of(NOVA, "us-east-1", k) for k in ("document image", "image"))
    assert page.estimate
    assert page.usd > picture.usd
    said = prices.said(NOVA, "us-east-1")
    assert "2026-11-22" in said
    assert said.endswith("An estimate: document image.")


def test_a_table_of_the_users_own_counts_instead(tmp_path):
    (tmp_path / "prices.toml").write_text(
        'dated = 2027-02-01\nsource = "my contract"\n'
        '[[price]]\nmodel = "m"\nregion = "r"\nkind = "image"\nper = "image"\nusd = 0.5\n'
    )
    prices = load_prices(str(tmp_path / "prices.toml"))
    assert prices.usd(used("image", images=2)) == 1.0
    assert prices.said("m", "r") == "Prices of 2027-02-01 from my contract."


@pytest.mark.parametrize("text", ["dated = ", "dated = 2027-02-01", "\xff"])
def test_a_bad_table_of_the_users_own_is_named_with_its_place(tmp_path, text):
    (tmp_path / "prices.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInput, match=r"prices\.toml"):
        load_prices(str(tmp_path / "prices.toml"))
