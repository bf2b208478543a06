"""What the value of each form means for the filters and the order."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from nova_desktop.folding import same_case
from nova_desktop.grammar import dates, lengths
from nova_desktop.grammar.begun import begun
from nova_desktop.grammar.cutting import Cut, items
from nova_desktop.grammar.said import Mistyped
from nova_desktop.kinds import Sort
from nova_desktop.model import Modality
from nova_desktop.query import Around, Filters

KINDS = {
    Modality.IMAGE: (
        *("photo", "photos", "image", "images", "picture", "pictures"),
        *("foto", "fotos", "bild", "bilder"),
    ),
    Modality.VIDEO: ("video", "videos", "film", "films", "movie", "movies", "filme"),
    Modality.AUDIO: (
        *("sound", "sounds", "audio", "music", "recording", "recordings"),
        *("ton", "töne", "toene", "musik", "aufnahme", "aufnahmen"),
    ),
    Modality.DOCUMENT: ("document", "documents", "doc", "docs", "dokument", "dokumente"),
    Modality.TEXT: ("note", "notes", "text", "texts", "texte", "notiz", "notizen"),
}
NAMED = {name: kind for kind, names in KINDS.items() for name in names}
NO_ENDING = frozenset('*?/\\|<>:"')  # no file of every system has these in its name
MOST_KM = 20_000.0  # half around the earth
RADIUS_KM = Around().radius_km
_NUMBER = r"-?\d+(?:\.\d+)?"
_COORDINATES = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*")
_NAMED_COORDINATES = re.compile(rf"(.+?)\s*\(({_NUMBER})\s*,\s*({_NUMBER})\)", re.DOTALL)
_COORDINATES_NEED = (
    "Coordinates are degrees north (-90 to 90), a comma, and degrees east (-180 to 180), "
    "as near:47.37,8.54."
)


class Unfinished(Mistyped):
    """More letters could make a value of it."""


@dataclass(slots=True)
class Collected:
    """What the forms of a text add up to."""

    now_s: float
    kinds: set[Modality] = field(default_factory=set)
    other_kinds: set[Modality] = field(default_factory=set)
    folders: dict[Path, None] = field(default_factory=dict)
    since_s: float | None = None
    until_s: float | None = None
    name: str = ""
    extensions: set[str] = field(default_factory=set)
    phrases: dict[str, None] = field(default_factory=dict)
    shortest_s: float | None = None
    longest_s: float | None = None
    cameras: set[str] = field(default_factory=set)
    rating: int | None = None
    tags: set[str] = field(default_factory=set)
    around: Around | None = None
    sort: Sort | None = None
    without: dict[Filters, None] = field(default_factory=dict)

    def check(self, cut: Cut) -> None:
        """Whether a form says anything; raises as `take` does."""
        if cut.minus and cut.key == "sort":
            raise Mistyped("An order can't be left out: take the minus before sort: away.")
        if not cut.text.strip():
            raise Unfinished(f"{cut.key}: needs a value, as {EXAMPLES[cut.key]}.")
        if cut.open:
            raise Unfinished("A quote is not closed.")

    def take(self, cut: Cut) -> None:
        """Raises Mistyped or Unfinished; with a sentence alone where the whole form is wrong."""
        if cut.minus and cut.key != "type":
            self._without(cut)
        else:
            _TAKES[cut.key](self, cut)

    def _without(self, cut: Cut) -> None:
        """A form with a minus: what passes it does not pass; of a list, what has any of it."""
        others = Collected(self.now_s)
        _TAKES[cut.key](others, cut)
        found = others.filters()
        each = [replace(found, tags=frozenset((tag,))) for tag in sorted(found.tags)]
        self.without |= dict.fromkeys(each or ([found] if found != Filters() else []))

    def filters(self) -> Filters:
        kinds = self.kinds or (set(Modality) if self.other_kinds else set())
        return Filters(
            modalities=frozenset(kinds - self.other_kinds),
            folders=tuple(self.folders),
            since_s=self.since_s,
            until_s=self.until_s,
            name=self.name,
            extensions=frozenset(self.extensions),
            phrases=tuple(self.phrases),
            shortest_s=self.shortest_s,
            longest_s=self.longest_s,
            cameras=frozenset(self.cameras),
            least_rating=self.rating,
            tags=frozenset(self.tags),
            around=self.around,
            without=tuple(self.without),
        )

    def _type(self, cut: Cut) -> None:
        named = set[Modality]()
        for item in items(cut):
            name = same_case(item.text.strip())
            if name not in NAMED:
                every = ", ".join(names[0] for names in KINDS.values())
                raise _wrong(
                    f"There is no type “{item.text}”: choose from {every}.",
                    any(known.startswith(name) for known in NAMED),
                    item[1:],
                )
            named.add(NAMED[name])
        kinds, others = self.kinds, self.other_kinds
        if cut.minus:
            others = others | named
        else:
            kinds = kinds | named
        if others and not (kinds or set(Modality)) - others:
            raise Mistyped("No type is left: take one of these away.")
        self.kinds, self.other_kinds = kinds, others

    def _in(self, cut: Cut) -> None:
        for item in items(cut):
            if "\0" in item.text:
                sentence = "No folder's name has a null character: take it away."
                raise Mistyped(sentence, *item[1:])
            folder = Path(item.text)
            if item.text.startswith("~"):
                try:
                    folder = folder.expanduser()
                except RuntimeError as e:
                    raise Mistyped(f"There is no home folder “{item.text}”.", *item[1:]) from e
            if not folder.parts:
                sentence = f"in: needs the name of a folder, as {EXAMPLES['in']}."
                raise Mistyped(sentence, *item[1:])
            self.folders[folder] = None

    def _name(self, cut: Cut) -> None:
        _once(bool(self.name), "name")
        self.name = cut.text

    def _ext(self, cut: Cut) -> None:
        found = set[str]()
        for item in items(cut):
            ending = item.text.strip().removeprefix("*").lstrip(".").lower()
            if not ending or set(ending) & NO_ENDING:
                sentence = f"“{item.text}” is no ending of a name: write it as {EXAMPLES['ext']}."
                raise Mistyped(sentence, *item[1:])
            found.add(ending)
        if not found:
            raise Mistyped(f"ext: needs the ending of a name, as {EXAMPLES['ext']}.", *cut.value)
        self.extensions |= found

    def _date(self, cut: Cut) -> None:
        bounds = dates.between(cut.text, self.now_s)
        if bounds is None:
            wrong, where = _of(cut, lambda text: dates.between(text, self.now_s) is not None)
            if dates.between(wrong, self.now_s) is not None:
                raise Mistyped(f"{cut.key}: takes one date, or two as 2023..2024.", *where)
            raise _wrong(
                f"“{wrong}” is no date: write it as 2024, 2024-05-31, 2023..2024, "
                '>2024-01-01, yesterday, "3 days ago", may or "last summer".',
                begun(cut.text),
                where,
            )
        since_s, until_s = bounds
        # Two moments may be one; the stretch of a year or a day is never empty.
        over = since_s is not None and until_s is not None and since_s >= until_s
        if over and not (since_s == until_s and "@" in cut.text):
            sentence = f"“{cut.text}” ends before it begins: write the earlier date first."
            raise Mistyped(sentence, *cut.value)
        self.since_s = _tighter(self.since_s, since_s, max)
        self.until_s = _tighter(self.until_s, until_s, min)

    def _dur(self, cut: Cut) -> None:
        bounds = lengths.between(cut.text)
        if bounds is None:
            wrong, where = _of(cut, lambda text: lengths.between(text) is not None)
            if lengths.between(wrong) is not None:
                raise Mistyped("dur: takes one duration, or two as 1m..3m.", *where)
            raise _wrong(
                f"“{wrong}” is no duration: write it as <30s, >5m or 1m..3m.",
                lengths.begun(cut.text),
                where,
            )
        shortest_s, longest_s = bounds
        if shortest_s is not None and longest_s is not None and shortest_s > longest_s:
            sentence = f"“{cut.text}” ends before it begins: write the shorter one first."
            raise _wrong(sentence, cut.text[-1:].isdigit(), cut.value)  # 5m..1 may become 5m..10
        self.shortest_s = _tighter(self.shortest_s, shortest_s, max)
        self.longest_s = _tighter(self.longest_s, longest_s, min)

    def _camera(self, cut: Cut) -> None:
        self.cameras |= {item.text for item in items(cut)}

    def _rating(self, cut: Cut) -> None:
        _once(self.rating is not None, "rating")
        found = re.fullmatch(r"(?:(>=?)?([0-5])|([0-5])\+)", cut.text.strip())
        rating = int(found[2] or found[3]) + (found[1] == ">") if found else 0
        if not 1 <= rating <= 5:
            raise _wrong(
                "A rating is a number from 1 to 5, as rating:4 or rating:>=3.",
                cut.text.strip() in (">", ">="),
                cut.value,
            )
        self.rating = rating

    def _tag(self, cut: Cut) -> None:
        self.tags |= {item.text for item in items(cut)}

    def _near(self, cut: Cut) -> None:
        _once(self.around is not None, "near")
        place, radius_km = _split_radius(cut)
        if found := _COORDINATES.fullmatch(place):
            name, latitude, longitude = "", float(found[1]), float(found[2])
        elif found := _NAMED_COORDINATES.fullmatch(place):
            name, latitude, longitude = found[1], float(found[2]), float(found[3])
        else:
            if re.fullmatch(rf"\s*{_NUMBER},?\s*-?", place):
                raise Unfinished(_COORDINATES_NEED, *cut.value)
            self.around = Around(place, radius_km=radius_km)
            return
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise Mistyped(_COORDINATES_NEED, *cut.value)
        self.around = Around(name, latitude, longitude, radius_km)

    def _sort(self, cut: Cut) -> None:
        _once(self.sort is not None, "sort")
        try:
            self.sort = Sort(cut.text.strip().lower())
        except ValueError as e:
            raise _wrong(
                f"There is no order “{cut.text}”: choose from {', '.join(Sort)}.",
                any(sort.startswith(cut.text.strip().lower()) for sort in Sort),
                cut.value,
            ) from e


_TAKES: dict[str, Callable[[Collected, Cut], None]] = {
    "type": Collected._type,
    "in": Collected._in,
    "name": Collected._name,
    "ext": Collected._ext,
    "date": Collected._date,
    "dur": Collected._dur,
    "camera": Collected._camera,
    "rating": Collected._rating,
    "tag": Collected._tag,
    "near": Collected._near,
    "sort": Collected._sort,
}
EXAMPLES = {
    "type": "type:photo",
    "in": 'in:"Summer 2024"',
    "name": "name:IMG_2024",
    "ext": "ext:jpg",
    "date": "date:2024-05",
    "dur": "dur:<30s",
    "camera": "camera:Canon",
    "rating": "rating:>=3",
    "tag": "tag:family",
    "near": 'near:"New York"',
    "like": "like:beach.jpg",
    "sort": "sort:newest",
}


def _split_radius(cut: Cut) -> tuple[str, float]:
    """(the place, the radius in km) of near:place~25km; a ~ in quotes belongs to the place."""
    place, radius, after = "", "", False
    for piece in cut.pieces:
        if piece.quoted or after:
            place, radius = (place, radius + piece.text) if after else (place + piece.text, radius)
        else:
            before, tilde, more = piece.text.partition("~")
            place, radius, after = place + before, radius + more, bool(tilde)
    if not place.strip():
        raise Mistyped(f"near: needs a place, as {EXAMPLES['near']}.", *cut.value)
    if not after:
        return place, RADIUS_KM
    where = cut.place(len(place) + 1, len(cut.text)) if radius else cut.value
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(km|m)?", radius.strip().lower())
    if not found:
        raise _wrong(
            "A radius is a number of kilometres, as near:Rome~25km.",
            bool(re.fullmatch(r"(\d+\.?\d*k?)?", radius.strip().lower())),
            where,
        )
    radius_km = float(found[1]) / (1000 if found[2] == "m" else 1)
    if not 0 < radius_km <= MOST_KM or not math.isfinite(radius_km):
        raise Mistyped(f"A radius is more than 0 and at most {MOST_KM:.0f} km.", *where)
    return place, radius_km


def _tighter(
    one: float | None, other: float | None, choose: Callable[[float, float], float]
) -> float | None:
    """Several bounds hold together."""
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


def _once(there: bool, key: str) -> None:
    if there:
        raise Mistyped(f"{key}: is there twice: leave one out.")


def _wrong(sentence: str, could_be: bool, where: tuple[int, int]) -> Mistyped:
    return (Unfinished if could_be else Mistyped)(sentence, *where)


def _of(cut: Cut, is_one: Callable[[str], bool]) -> tuple[str, tuple[int, int]]:
    """Which of the parts of a value is wrong, and where it stands.

    Parts of a stretch (a..b) and of a list, which is not taken; the second where each is right.
    """
    text = cut.text
    sign = re.match(r"\s*[<>]=?", text)
    first, dots, _ = text.partition("..")
    if sign:
        parts = [(sign.end(), len(text))]
    elif dots:
        parts = [(0, len(first)), (len(first) + len(dots), len(text))]
    else:
        parts = [found.span() for found in re.finditer(r"[^,]+", text)]
    parts = [(start, stop) for start, stop in parts if text[start:stop].strip()]
    wrong = [(start, stop) for start, stop in parts if not is_one(text[start:stop])]
    if not parts or (len(parts) == 1 and not wrong):
        return text, cut.value
    start, stop = wrong[0] if wrong else parts[1]
    inner = text[start:stop].strip()
    start = text.index(inner, start)
    return inner, cut.place(start, start + len(inner))
