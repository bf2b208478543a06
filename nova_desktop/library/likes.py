"""Which pictures, films, recordings and texts of a library are near-duplicates: pairs; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import SOUND_STEP_S, Likeness, Same
from nova_desktop.library import looks as look
from nova_desktop.library.excerpts import pairs_in_common, share_seen, where_seen
from nova_desktop.library.films import OVERLAP, one_film, other_sound, part_of_film, shown_looks
from nova_desktop.library.looks import ALIKE, CLOSE, COARSE, Codes, Looks
from nova_desktop.library.lookup import like_pairs
from nova_desktop.library.recordings import Match, is_part, recordings
from nova_desktop.library.short_sounds import like_sounds
from nova_desktop.library.texts import INSIDE, Sketch, like_texts, say_otherwise, share_inside
from nova_desktop.model import Modality

MOVING = (Modality.VIDEO, Modality.AUDIO)
BURST_S = 3.0  # between two photos of one burst
CODE_BYTES = 4  # of a sound's code
ZONE_S = 900.0  # zones are apart by multiples of it
MOST_ZONES_S = 26 * 3600 + BURST_S  # from UTC-12 to UTC+14
AGAIN_S = 0.001  # photos of one burst are not taken at the very same time
VERIFIED = 256  # pairs that are looked at closely at once: 40 MB


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one content, for comparing it."""

    content: str
    modality: Modality
    likeness: Likeness
    taken_s: float = 0.0
    camera: str = ""  # "" as well where it is not the camera that says when it was taken
    burst: str = ""  # what the camera calls the burst that it is of
    duration_s: float | None = None
    sketch: Sketch | None = None  # of what it says


class Pair(NamedTuple):
    """Two contents, by their numbers, that are near-duplicates; `strength` only orders pairs.

    Of an EXCERPT, `one` is what has all of the other, and the strength is its length in seconds.
    """

    one: int
    other: int
    same: Same
    strength: float


Tell = Callable[[float], None]  # hears the share that is done, 0 to 1, and may raise to end it


def pairs(known: Sequence[Known], tell: Tell) -> list[Pair]:
    """All of them."""
    stills = [n for n, it in enumerate(known) if it.modality is Modality.IMAGE]
    moving = [n for n, it in enumerate(known) if it.modality in MOVING]
    found = pictures([known[n] for n in stills], lambda share: tell(share * 0.6))
    whole = [it._replace(one=stills[it.one], other=stills[it.other]) for it in found]
    heard = films([_by_codes(known[n]) for n in moving], lambda share: tell(0.6 + share * 0.3))
    whole += [it._replace(one=moving[it.one], other=moving[it.other]) for it in heard]
    whole += _short(known, {(it.one, it.other) for it in whole})
    seen = {(it.one, it.other) for it in whole}
    said = texts(known, lambda share: tell(0.9 + share * 0.1))
    return whole + [it for it in said if (it.one, it.other) not in seen]


def texts(known: Sequence[Known], tell: Tell) -> list[Pair]:
    """Of one text. Of two pictures of a page one may be cropped, which says no more than the other.

    Of 20 pages of a manual, read as pictures, all that were cropped by 12 % and 19 that were cut by
    a quarter were known, and none was taken for another (`tests.benchmarks.duplicates --scans`).
    """
    said = [(n, it.sketch) for n, it in enumerate(known) if it.sketch is not None]
    found = []
    for first, second, strength in like_texts([sketch for _, sketch in said], tell):
        (one, a), (other, b) = said[first], said[second]
        stills = [known[n] for n in (one, other) if known[n].modality is Modality.IMAGE]
        if len(stills) < 2 or (
            share_inside(a, b) >= INSIDE and all(_is_page(still) for still in stills)
        ):
            found.append(Pair(one, other, Same.TEXT, strength))
    return found


def _is_page(still: Known) -> bool:
    """Whether it shows paper; the words of a program's window are there whatever is open in it."""
    seen = look.looks_of(still.likeness.looks)
    return bool(len(seen)) and bool(look.written(seen).all())


def pictures(stills: Sequence[Known], tell: Tell) -> list[Pair]:
    """Of one picture, and of one burst."""
    seen = look.looks_of(b"".join(it.likeness.looks for it in stills if it.likeness.looks))
    owners = np.array([n for n, it in enumerate(stills) if it.likeness.looks], np.int64)
    shown = look.shows(seen) if len(seen) else np.zeros(0, np.bool_)
    if not shown.all():
        seen, owners = seen[shown], owners[shown]
    if len(seen) < 2:
        return []
    keys = _in_blocks(seen, look.traits)
    one, other = like_pairs(
        keys,
        lambda start, stop: look.window_traits(seen[start:stop]),
        COARSE,
        lambda share: tell(share * 0.6),
    )
    bursts = _bursts(stills, owners)
    count = len(seen)
    both = np.union1d(one * count + other, bursts[:, 0] * count + bursts[:, 1])
    one, other = both // count, both % count
    scores = _scores(seen, one, other, lambda share: tell(0.6 + share * 0.4))
    near = np.nonzero(scores >= CLOSE)[0]  # few, of what may be millions
    firsts, seconds = owners[one[near]].tolist(), owners[other[near]].tolist()
    found = []
    for first, second, score in zip(firsts, seconds, scores[near].tolist(), strict=True):
        a, b = stills[first], stills[second]
        if _two_cameras(a, b):
            continue  # however alike: neither was made of the other
        if _in_burst(a, b):
            found.append(Pair(first, second, Same.BURST, score))
        elif score >= ALIKE and not (_two_moments(a, b) or _two_texts(a, b)):
            found.append(Pair(first, second, Same.PICTURE, score))
    return found


def _in_blocks(seen: Looks, made: Callable[[Looks], NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate([made(seen[at : at + 4096]) for at in range(0, len(seen), 4096)])


def _two_cameras(one: Known, other: Known) -> bool:
    """Whether they were taken by two; one that tells less of itself may be the same."""
    shorter, longer = sorted((one.camera.strip(), other.camera.strip()), key=len)
    return bool(shorter) and not longer.startswith(shorter)


def _two_moments(one: Known, other: Known) -> bool:
    """Whether one camera took them at two times: a copy keeps when its original was taken.

    A copy may lack the fraction of a second or the time zone, which are told by quarter hours.
    """
    if not (one.camera and other.camera and one.taken_s and other.taken_s):
        return False
    apart_s = abs(one.taken_s - other.taken_s)
    within_s = apart_s % ZONE_S
    return min(within_s, ZONE_S - within_s) > BURST_S or apart_s > MOST_ZONES_S


def _two_texts(one: Known, other: Known) -> bool:
    """Whether letters that were read in both tell them apart, which a look is too coarse for."""
    return (
        one.sketch is not None
        and other.sketch is not None
        and say_otherwise(one.sketch, other.sketch)
    )


def _in_burst(one: Known, other: Known) -> bool:
    if one.burst and other.burst:
        return one.burst == other.burst
    apart_s = abs(one.taken_s - other.taken_s)
    return bool(one.camera) and one.camera == other.camera and AGAIN_S < apart_s <= BURST_S


def _bursts(stills: Sequence[Known], owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs of looks that may be of one burst: shape (n, 2), the lower first."""
    by_camera: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for place, owner in enumerate(owners.tolist()):
        if stills[owner].camera:
            by_camera[stills[owner].camera].append((stills[owner].taken_s, place))
    by_name: dict[str, list[int]] = defaultdict(list)
    for place, owner in enumerate(owners.tolist()):
        if stills[owner].burst:
            by_name[stills[owner].burst].append(place)
    found = [two for places in by_name.values() for two in pairwise(places)]
    for taken in by_camera.values():
        taken.sort()
        for (before_s, one), (after_s, other) in pairwise(taken):
            if AGAIN_S < after_s - before_s <= BURST_S:
                found.append((min(one, other), max(one, other)))
    return np.array(found, np.int64).reshape(-1, 2)


def _scores(
    seen: Looks, one: NDArray[np.int64], other: NDArray[np.int64], tell: Tell
) -> NDArray[np.float32]:
    """How alike the looks of each pair are; windows are tried only where the whole is not."""
    scores = np.empty(len(one), np.float32)
    for at in range(0, len(one), VERIFIED):
        tell(at / len(one))
        some = slice(at, at + VERIFIED)
        whole = (look.slopes(seen[one[some]]) * look.slopes(seen[other[some]])).sum(axis=1)
        unsure = np.nonzero(whole < ALIKE)[0]
        if len(unsure):
            first, second = one[some][unsure], other[some][unsure]
            whole[unsure] = look.likeness(seen[first], seen[second])
        alike = np.nonzero(whole >= ALIKE)[0]
        if len(alike):
            first, second = one[some][alike], other[some][alike]
            details = look.share_details(seen[first], seen[second])
            whole[alike] = np.where(details, whole[alike], CLOSE)  # of one scene at most
        pages = np.nonzero(look.written(seen[one[some]]) & look.written(seen[other[some]]))[0]
        if len(pages):
            first, second = one[some][pages], other[some][pages]
            fine = look.finely(seen[first], seen[second])
            whole[pages] = np.where(fine >= look.SAME_PAGE, whole[pages], 0.0)
        scores[some] = whole
    tell(1.0)
    return scores


# Films and sounds


def _by_codes(one: Known) -> Known:
    """Without the looks of a short sound, which are not those of a film."""
    if one.modality is not Modality.AUDIO:
        return one
    return replace(one, likeness=replace(one.likeness, looks=b"", times_s=()))


def _short(known: Sequence[Known], found: set[tuple[int, int]]) -> list[Pair]:
    """Of one short sound, beside those that are `found`."""
    short = [n for n, it in enumerate(known) if it.modality is Modality.AUDIO and it.likeness.looks]
    alike = like_sounds([known[n].likeness for n in short], lambda _: None)
    made = (Pair(short[one], short[other], Same.SOUND, much) for one, other, much in alike)
    return [pair for pair in made if (pair.one, pair.other) not in found]


def films(moving: Sequence[Known], tell: Tell) -> list[Pair]:
    """Of one film, of one sound, and a film with its sound."""
    sounds: list[Codes] = [np.frombuffer(it.likeness.sound, "<u4") for it in moving]
    matches = recordings(sounds, lambda share: tell(share * 0.5))
    heard = {(match.one, match.other): match for match in matches}
    seen = _seen_in_both(moving, lambda share: tell(0.5 + share * 0.2))
    seen |= pairs_in_common([it.likeness for it in moving], lambda it: tell(0.7 + it * 0.2))
    found = []
    both = sorted(seen | heard.keys())
    for number, (one, other) in enumerate(both):
        tell(0.9 + 0.1 * number / len(both))
        match = heard.get((one, other))
        pair = _one(one, other, moving, match) or _part(one, other, moving, match)
        if pair is not None:
            found.append(pair)
    return found


def _one(one: int, other: int, moving: Sequence[Known], match: Match | None) -> Pair | None:
    """Whether they are one: nothing is missing in either, or it is trimmed a little."""
    if not _as_long(moving[one], moving[other]):
        return None
    a, b = moving[one].likeness, moving[other].likeness
    if match is not None and match.steps < OVERLAP * _most_codes(a, b):
        match = None
    if a.looks and b.looks:
        strength = one_film(a, b, match.offset * SOUND_STEP_S if match else None)
        return Pair(one, other, Same.FILM, strength) if strength else None
    if match is None:
        return None
    same = Same.RECORDING if a.looks or b.looks else Same.SOUND
    return Pair(one, other, same, match.bits)


def _part(one: int, other: int, moving: Sequence[Known], match: Match | None) -> Pair | None:
    """Whether one is an excerpt of the other, which comes first; the longer, the stronger."""
    first_s, second_s = (moving[n].duration_s or _length_s(moving[n]) for n in (one, other))
    offset_s = match.offset * SOUND_STEP_S if match else 0.0
    if first_s < second_s:
        one, other, first_s, second_s = other, one, second_s, first_s
        offset_s = -offset_s
    a, b = moving[one].likeness, moving[other].likeness
    codes, others = len(a.sound) // CODE_BYTES, len(b.sound) // CODE_BYTES
    heard = match is not None and is_part(codes, others, match.steps)
    if a.looks and b.looks:
        if match is not None:
            inside = heard and (
                part_of_film(a, b, offset_s) or share_seen(a, b, second_s, offset_s) >= OVERLAP
            )
        else:
            at_s = where_seen(a, b, first_s, second_s)
            inside = at_s is not None and not other_sound(a, b, at_s)
    else:
        inside = heard
    return Pair(one, other, Same.EXCERPT, first_s) if inside else None


def _most_codes(one: Likeness, other: Likeness) -> int:
    return max(len(one.sound), len(other.sound)) // CODE_BYTES


def _length_s(one: Known) -> float:
    """As far as its likeness says it."""
    heard_s = len(one.likeness.sound) // CODE_BYTES * SOUND_STEP_S
    return max(heard_s, one.likeness.times_s[-1] if one.likeness.times_s else 0.0)


def _as_long(one: Known, other: Known) -> bool:
    """Whether one may be the other, trimmed; what is not known may be so."""
    lengths_s = [it.duration_s for it in (one, other) if it.duration_s]
    return len(lengths_s) < 2 or min(lengths_s) >= OVERLAP * max(lengths_s)


def _seen_in_both(moving: Sequence[Known], tell: Tell) -> set[tuple[int, int]]:
    """Films that have a look in common."""
    owners: list[int] = []
    looks = []
    for number, it in enumerate(moving):
        shown, _ = shown_looks(it.likeness)
        owners += [number] * len(shown)
        looks.append(shown)
    if len(owners) < 2:
        return set()
    keys = _in_blocks(np.concatenate(looks), look.traits)
    one, other = like_pairs(keys, lambda start, stop: keys[start:stop, None], COARSE, tell)
    owner = np.array(owners)
    pairs = np.stack([owner[one], owner[other]], axis=1)
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    return {(first, second) for first, second in pairs.tolist()}
