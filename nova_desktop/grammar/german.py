"""Dates and durations as they are said in German, in the grammar's words: gestern → yesterday."""

from __future__ import annotations

import re

from nova_desktop.folding import fold

WORDS = (
    *("heute", "gestern", "vorgestern", "diese Woche", "letzte Woche", "dieser Monat"),
    *("letzter Monat", "letztes Wochenende", "letzte 7 Tage", "vor 3 Tagen", "dieses Jahr"),
    *("letztes Jahr", "letzten Frühling", "letzten Sommer", "letzten Herbst", "letzten Winter"),
    *("Januar", "Februar", "März", "Mai", "Juni", "Juli", "Oktober", "Dezember"),
)
SAID = {
    "heute": "today",
    "gestern": "yesterday",
    "vorgestern": "2 days ago",
    "jetzt": "today",
    "nacht": "night",
    "wochenende": "weekend",
    "fruhling": "spring",
    "fruehling": "spring",
    "fruhjahr": "spring",
    "fruehjahr": "spring",
    "sommer": "summer",
    "herbst": "autumn",
    "januar": "january",
    "janner": "january",
    "jaenner": "january",
    "februar": "february",
    "marz": "march",
    "maerz": "march",
    "mai": "may",
    "juni": "june",
    "juli": "july",
    "okt": "october",
    "oktober": "october",
    "dez": "december",
    "dezember": "december",
    "montag": "monday",
    "dienstag": "tuesday",
    "mittwoch": "wednesday",
    "donnerstag": "thursday",
    "freitag": "friday",
    "samstag": "saturday",
    "sonnabend": "saturday",
    "sonntag": "sunday",
    "weihnachten": "christmas",
    "ostern": "easter",
    "quartal": "quarter",
    **dict.fromkeys(("tag", "tage", "tagen"), "day"),
    **dict.fromkeys(("woche", "wochen"), "week"),
    **dict.fromkeys(("monat", "monate", "monaten", "monats"), "month"),
    **dict.fromkeys(("jahr", "jahre", "jahren", "jahres"), "year"),
    **dict.fromkeys(("ein", "eine", "einem", "einen", "einer"), "one"),
    "zwei": "two",
    "drei": "three",
    "vier": "four",
    "funf": "five",
    "fuenf": "five",
    "sechs": "six",
    "sieben": "seven",
    "acht": "eight",
    "neun": "nine",
    "zehn": "ten",
}
_ENDINGS = ("e", "en", "er", "es", "em")
_LAST = frozenset(stem + ending for stem in ("letzt", "vergangen", "vorig") for ending in _ENDINGS)
_THIS = frozenset(("dies", *(f"dies{ending}" for ending in _ENDINGS)))
FORMS = (*_LAST, *_THIS)
_BEFORE = re.compile(r"(?:im|in|am|an|zu|der|die|das|den|dem) ")
_LENGTHS = (
    (r"stunden?|std\.?", "h"),
    (r"minuten?", "m"),
    (r"sekunden?|sek\.?", "s"),
)


def dates(text: str) -> str:
    """The text, whose blanks are single ones; as it is where nothing in it is German."""
    bare = fold(text)
    while found := _BEFORE.match(bare):
        bare = bare[found.end() :]
    words = [_word(word) for word in re.split(r"[ -]", bare)]
    said = " ".join(words)
    if said == re.sub("-", " ", fold(text)):
        return text
    if found := re.fullmatch(r"vor (.+ (?:day|week|month|year))", said):
        return f"{found[1]} ago"
    said = re.sub(r"^(\d+0s) year$", r"\1", said)  # 90er Jahre
    return re.sub(r" (?:den|der|des|dem|im) ", " ", said)


def durations(text: str) -> str:
    """The text with German units as the grammar has them: 5 Minuten → 5 m."""
    for pattern, unit in _LENGTHS:
        text = re.sub(rf"(?<=[\d\s])(?:{pattern})(?![a-z])", unit, text)
    return text


def _word(word: str) -> str:
    if word in _LAST:
        return "last"
    if word in _THIS:
        return "this"
    if found := re.fullmatch(r"(\d{0,2}\d0)ern?", word):
        return f"{found[1]}s"
    return SAID.get(word.rstrip(".") if word.rstrip(".") in SAID else word, word)
