"""What an assistant can ask for: five tools, what each takes, and what it may not ask."""

from __future__ import annotations

from typing import Any

MOST_HITS = 50  # in one answer
MOST_CHARACTERS = 8_000  # of a file's text in one answer: some 2,000 tokens

_PLACE: dict[str, Any] = {
    "id": {"type": "string", "maxLength": 64, "description": "of an item, as search tells it"},
    "path": {"type": "string", "maxLength": 4096, "description": "its path, instead of its id"},
}
_LIMIT = {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": 10}
_SPAN = {
    "type": "object",
    "description": "where in it: the span of a hit; without one, how it begins",
    "properties": {
        "unit": {"enum": ["seconds", "page", "characters"]},
        "start": {"type": "number", "minimum": 0},
        "stop": {"type": "number", "minimum": 0},
    },
    "required": ["unit", "start", "stop"],
    "additionalProperties": False,
}


def _takes(required: tuple[str, ...] = (), **properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


INSTRUCTIONS = (
    "The user's own photos, videos, recordings, documents and notes, indexed on their computer. "
    "`search` finds them by meaning; `get_item` then tells all that is known of one, with the text "
    "around a hit. Nothing here changes or sends a file. Say so when an answer has a note, and "
    "when nothing is close."
)

# name → (title, description, what it takes)
TOOLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "search": (
        "Search the library",
        (
            "Finds files by what is in them, best first: words in any of sixteen languages, which "
            'may be narrowed by forms: "exact phrase", -word (less of it), '
            "type:photo|video|sound|document|note, in:FOLDER, name:TEXT, ext:pdf, date:2024-05 or "
            'date:"last summer", dur:<30s, camera:Canon, rating:>=4, tag:family, near:Rome, '
            "sort:newest; -ext:jpg leaves out. Forms alone list all that passes, the newest first. "
            "A hit has its best moment (`span`), and why it was found."
        ),
        _takes(
            ("query",),
            query={"type": "string", "minLength": 1, "maxLength": 2_000},
            limit=_LIMIT,
            offset={"type": "integer", "minimum": 0, "maximum": 10_000, "default": 0},
        ),
    ),
    "get_item": (
        "Look at one file",
        (
            "All that is known of one file: when and with what it was taken, how long it is, what "
            "is said, read or recognised in it, and its text around a span (of a document the "
            f"page), at most {MOST_CHARACTERS} characters."
        ),
        _takes(**_PLACE, span=_SPAN),
    ),
    "similar": (
        "Find what is like a file",
        (
            "Finds files that are like one of the library, best first, in the form of `search`. "
            "With the `span` of a hit, what is like that moment, page or passage."
        ),
        _takes(**_PLACE, span=_SPAN, limit=_LIMIT),
    ),
    "list_folders": (
        "List the folders",
        "The folders that are indexed, with their files by state.",
        _takes(),
    ),
    "status": (
        "Say how complete the index is",
        "How many files are indexed, wait or failed, what searches, and whether indexing rests.",
        _takes(),
    ),
}
