"""The model itself: what one piece of content becomes, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.emulators import formats, senses, space, tokens
from tests.emulators.asked import Asked
from tests.emulators.calls import Usage
from tests.emulators.conditions import Conditions
from tests.emulators.content import Content, fetched, undecodable
from tests.emulators.errors import invalid, malformed
from tests.emulators.formats import Undecodable
from tests.emulators.space import Senses
from tests.emulators.storage import Storage

COMBINED = {"picture": 0.75, "sound": 0.35}
# A sync refusal of content is not documented: this says what it is, in our words.
REJECTED = (
    "The content was rejected by the Responsible AI content policy filter. "
    "Submit content that keeps to the policy."
)


class Rejected(Exception):
    """The content is not wanted. `reason`: as the result of a job names it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Made:
    """One vector. `kind`: embeddingType. `kept_chars`: of text that was cut."""

    kind: str
    vector: list[float]
    kept_chars: int | None = None


def single(asked: Asked, storage: Storage, now: Conditions) -> tuple[list[dict[str, Any]], Usage]:
    """The entries of a sync answer, and what they cost."""
    try:
        with fetched(asked, storage, now, segmented=False) as content:
            if asked.modality == "text":
                made, usage = of_text(asked, content.text, now)
            elif asked.modality == "image":
                made, usage = of_image(asked, content, now)
            else:
                made, usage = of_span(asked, content, (0.0, content.seconds), now)
    except Rejected as e:
        raise invalid(REJECTED) from e
    except Undecodable as e:
        raise undecodable(asked, e) from e
    return [_entry(one) for one in made], usage


def _entry(made: Made) -> dict[str, Any]:
    entry: dict[str, Any] = {"embeddingType": made.kind, "embedding": made.vector}
    if made.kept_chars is not None:
        entry["truncatedCharLength"] = made.kept_chars
    return entry


def of_text(asked: Asked, text: str, now: Conditions) -> tuple[list[Made], Usage]:
    """Raises Refused when it is too long and nothing may be dropped; Rejected."""
    if now.rejected_words & set(text.lower().split()):
        raise Rejected("RAI_VIOLATION_INPUT_TEXT_DEFLECTION")
    count = tokens.count(text)
    if asked.truncation == "NONE" and count > tokens.MOST:
        raise malformed([f"{asked.path}: expected maxTokens: {tokens.MOST}, actual: {count}"])
    part, kept = tokens.cut(text, asked.truncation)
    vector = space.vector(senses.of_text(part), "TEXT", asked.purpose, asked.dim)
    return [Made("TEXT", vector, kept)], Usage(tokens=tokens.count(part))


def of_image(asked: Asked, content: Content, now: Conditions) -> tuple[list[Made], Usage]:
    seen = _allowed(senses.of_picture(content.file), now)
    kind = "DOCUMENT" if asked.document else "IMAGE"
    vector = space.vector(seen, kind, asked.purpose, asked.dim)
    usage = Usage(document_images=1) if asked.document else Usage(images=1)
    return [Made("IMAGE", vector)], usage


def of_span(
    asked: Asked, content: Content, span: tuple[float, float], now: Conditions
) -> tuple[list[Made], Usage]:
    """Of sound or video between two times in seconds: one vector, or two when kept apart."""
    start, stop = span

    def made(kind: str, felt: Senses) -> Made:
        modality = "AUDIO" if kind == "AUDIO" else "VIDEO"
        return Made(kind, space.vector(felt, modality, asked.purpose, asked.dim))

    if asked.modality == "audio":
        heard = senses.of_sound(content.file, start, stop)
        return [made("AUDIO", heard)], Usage(audio_s=stop - start)
    usage = Usage(video_s=stop - start)
    third = (stop - start) / 6
    times = (start + third, start + 3 * third, start + 5 * third)
    seen = _allowed(senses.of_frames(content.file, times), now)
    audible = formats.has(content.file, "audio")
    if asked.separate:
        apart = [made("VIDEO", seen)]
        if audible:
            apart.append(made("AUDIO", senses.of_sound(content.file, start, stop)))
        elif now.silent_video == "fail":
            raise malformed([f"{asked.path}/source: there is no audio track"])
        return apart, usage
    if audible:
        parts = {"picture": seen, "sound": senses.of_sound(content.file, start, stop)}
        seen = space.mixed(parts, COMBINED)
    return [made("AUDIO_VIDEO_COMBINED", seen)], usage


def _allowed(seen: Senses, now: Conditions) -> Senses:
    if any(seen.get(f"colour:{colour}", 0) > 0.5 for colour in now.rejected_colours):
        raise Rejected("RAI_VIOLATION_INPUT_IMAGE_DEFLECTION")
    return seen
