"""The one language of questions, for the window, the command line and saved searches.

Words, "exact phrases" and -words say what is meant; a weight makes a word count for more or less
(dog^2, -cat^0.5), and a plus makes it a part of its own (+"night at sea"^2). Forms as type:photo or
date:2024 filter; with a minus they leave out. A form may stand anywhere, and several values of one
are written type:photo,video. What holds a space, a comma or a quote stands in quotes, and a quote
in quotes is doubled. A word that only looks like something else is written with a backslash before
it: \\type:photo.
"""

from nova_desktop.grammar.completing import complete, file_begun, place_begun
from nova_desktop.grammar.parsing import parse
from nova_desktop.grammar.said import KEYS, Mistyped, Parsed, Suggestion, Token, TokenKind
from nova_desktop.grammar.writing import write

__all__ = [
    "KEYS",
    "Mistyped",
    "Parsed",
    "Suggestion",
    "Token",
    "TokenKind",
    "complete",
    "file_begun",
    "parse",
    "place_begun",
    "write",
]
