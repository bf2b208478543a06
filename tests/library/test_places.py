"""Cities by name, and the city that a place is called by."""

from __future__ import annotations

import random

import numpy as np
import pytest

from nova_desktop.library.naming import km_apart
from nova_desktop.library.places import Places
from nova_desktop.settings import resource


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(lambda: resource("cities.xz").read_bytes())


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Rome", 41.9, 12.5),
        ("roma", 41.9, 12.5),
        ("MÜNCHEN", 48.1, 11.6),
        ("munchen", 48.1, 11.6),
        ("東京", 35.7, 139.7),
        ("  New   York ", 40.7, -74.0),
        ("Paris", 48.9, 2.3),
        ("Paris, France", 48.9, 2.3),
        ("Paris, US", 33.7, -95.6),
        ("Paris,us", 33.7, -95.6),
        ("Springfield, IL, United States", 39.8, -89.6),
        ("Washington, D.C.", 38.9, -77.0),
    ],
)
def test_a_city_is_found_by_its_names(
    places: Places, name: str, latitude: float, longitude: float
) -> None:
    found = places.locate(name)
    assert found is not None
    assert found.name == name
    assert found.latitude == pytest.approx(latitude, abs=0.1)
    assert found.longitude == pytest.approx(longitude, abs=0.1)


@pytest.mark.parametrize("name", ["", " ", ",", "|", "Qwxyz", "Paris, Japan", "\0", "a|b"])
def test_what_is_no_city_is_none(places: Places, name: str) -> None:
    assert places.locate(name) is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "name"),
    [
        (40.706, -73.997, "New York City"),  # a bridge of it
        (47.37, 8.54, "Zürich"),
        (52.4, 13.06, "Potsdam"),
        (39.8, -89.64, "Springfield, IL, US"),
        (-16.43, 179.38, "Labasa"),
        (0.0, -140.0, ""),
        (90.0, 0.0, ""),
        (-90.0, -180.0, ""),
    ],
)
def test_a_place_is_called_by_its_city(
    places: Places, latitude: float, longitude: float, name: str
) -> None:
    assert places.named(np.array([latitude]), np.array([longitude])) == [name]


def test_what_places_are_called_finds_them_again(places: Places) -> None:
    chance = random.Random(1)
    north = np.array([chance.uniform(-50, 60) for _ in range(3000)])
    east = np.array([chance.uniform(-180, 180) for _ in range(3000)])
    called = 0
    for latitude, longitude, name in zip(north, east, places.named(north, east), strict=True):
        if name and "(" not in name:  # else it names its coordinates itself
            found = places.locate(name)
            assert found is not None, name
            assert found.latitude is not None
            assert found.longitude is not None
            where = (found.latitude, found.longitude)
            assert km_apart(latitude, longitude, *where) < 110, name
            called += 1
    assert called > 100


def test_distances_are_those_of_a_globe() -> None:
    assert km_apart(52.52, 13.405, 48.8566, 2.3522) == pytest.approx(878, rel=0.006)
    assert km_apart(0, 179.5, 0, -179.5) == pytest.approx(111, rel=0.006)
    assert km_apart(90, 0, -90, 77) == pytest.approx(20015, rel=0.001)
