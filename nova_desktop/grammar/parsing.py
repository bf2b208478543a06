"""From a text to what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nova_desktop.grammar import files
from nova_desktop.grammar.cutting import Cut, cuts
from nova_desktop.grammar.forms import Collected, Unfinished
from nova_desktop.grammar.said import Mistyped, Parsed, Token, TokenKind
from nova_desktop.kinds import Sort
from nova_desktop.query import Part

MOST_WEIGHT = 10.0  # beyond, nothing else of a question would count


def parse(text: str, now_s: float, lenient: bool = False) -> Parsed:
    """What `text` means at the time `now_s` (of "yesterday"), in local time.

    Raises Mistyped for a form that can't be meant. With `lenient`, while somebody types, it is left
    out and told in `mistakes`; one that could still become something is left out of both.
    """
    collected = Collected(now_s)
    words: list[str] = []
    own: list[Part] = []
    tokens: list[Token] = []
    mistakes: list[Mistyped] = []
    for cut in cuts(text):
        kind = _kind(cut)
        try:
            _take(cut, kind, collected, words, own)
        except Mistyped as e:
            start, stop = (e.start, e.stop) if e.stop else (cut.start, cut.stop)
            mistake = Mistyped(str(e), start, stop)
            if not lenient:
                raise mistake from e
            kind = TokenKind.UNFINISHED if isinstance(e, Unfinished) else TokenKind.WRONG
            if kind is TokenKind.WRONG:
                mistakes.append(mistake)
        tokens.append(Token(kind, cut.start, cut.stop, cut.key, cut.text))
    own.sort(key=lambda part: part.weight < 0)
    parts = (*([Part(" ".join(words))] if words else ()), *own)
    sort = collected.sort or Sort.RELEVANCE
    return Parsed(
        parts,
        collected.filters(),
        sort,
        tuple(tokens),
        tuple(mistakes),
        _called(text, parts, tokens),
    )


def _called(text: str, parts: Sequence[Part], tokens: Sequence[Token]) -> str:
    """dog^2.jpg is two things: a part with its weight, and what a file may be called."""
    text = " ".join(text.split())
    forms = (TokenKind.FILTER, TokenKind.FILE, TokenKind.UNFINISHED, TokenKind.WRONG)
    plain = any(part.text == text for part in parts) or not any(part.weight > 0 for part in parts)
    return "" if plain or any(token.kind in forms for token in tokens) else text


def _kind(cut: Cut) -> TokenKind:
    if cut.key:
        return TokenKind.FILE if cut.key == "like" else TokenKind.FILTER
    if cut.minus:
        return TokenKind.LESS
    return TokenKind.PHRASE if cut.phrase and not cut.plus else TokenKind.WORD


def _take(
    cut: Cut, kind: TokenKind, collected: Collected, words: list[str], own: list[Part]
) -> None:
    if kind in (TokenKind.FILTER, TokenKind.FILE):
        collected.check(cut)
    if kind is TokenKind.FILTER:
        collected.take(cut)
        return
    if kind is TokenKind.FILE:
        part, where = files.part_of(cut)
        weight = checked(part.weight, where)
        own.append(replace(part, weight=-weight if cut.minus else weight))
        return
    if cut.open:
        raise Unfinished("A quote is not closed.")
    if not cut.text.strip():
        raise Unfinished("There is nothing between the quotes.")
    match kind:
        case TokenKind.LESS:
            own.append(Part(cut.text, weight=-_weight(cut)))
        case TokenKind.PHRASE:
            if cut.weight is not None:
                raise Mistyped(
                    "What stands in quotes has to be there, so a weight says nothing of it: "
                    'write a plus before the quotes, as +"night at sea"^2.',
                    *cut.weighed,
                )
            collected.phrases[cut.text] = None
        case _ if cut.plus or cut.weight is not None:
            own.append(Part(cut.text, weight=_weight(cut)))
        case _:
            words.append(cut.text)


def _weight(cut: Cut) -> float:
    return checked(1.0 if cut.weight is None else cut.weight, cut.weighed)


def checked(weight: float, where: tuple[int, int]) -> float:
    """The weight; `where` it stands in the text."""
    if not 0 < weight <= MOST_WEIGHT:
        sentence = f"A weight is more than 0 and at most {MOST_WEIGHT:.0f}, as dog^2."
        raise Mistyped(sentence, *where)
    return weight
