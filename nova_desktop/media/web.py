"""The words of HTML: what a browser would show as text, without running or fetching anything."""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass, field

from nova_desktop.media.passages import cleaned
from nova_desktop.media.plain import decoded

# Elements whose content is no markup, up to their own end tag; of these only two are shown.
_RAW = frozenset({"script", "style", "title", "textarea", "iframe", "noscript", "svg", "template"})
_PARAGRAPH_NAMES = "p h1 h2 h3 h4 h5 h6 table ul ol blockquote pre section article"
_LINE_NAMES = """
    address aside body br caption dd details dialog div dl dt fieldset figcaption figure footer form
    head header hr html li main nav summary tbody tfoot thead title tr
"""
_PARAGRAPHS = frozenset(_PARAGRAPH_NAMES.split())
_LINES = frozenset(_LINE_NAMES.split())
_TAG = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_.:-]+)""")
_QUOTED = 20_000  # characters: a tag whose quote stays open longer is taken to end at its ">"


@dataclass
class Page:
    """What was found so far."""

    title: str = ""
    about: dict[str, str] = field(default_factory=dict)  # meta: description, keywords, author
    text: list[str] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)  # elements that do not end from here on


def page_of(data: bytes) -> Page:
    """The page in these bytes, `text` in one piece; never fails, as HTML is whatever it is."""
    page = scan(characters(data))
    page.text = [cleaned("".join(page.text))]
    return page


def characters(data: bytes) -> str:
    """Decoded as the page itself says, where it does and that is right; else by its bytes."""
    named = _CHARSET.search(data[:2048])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeError):
            return decoded(data)
    return decoded(data)


def scan(source: str) -> Page:
    """One pass over the page: each character is looked at a bounded number of times."""
    page = Page()
    at, in_pre = 0, 0
    while at < len(source):
        opening = source.find("<", at)
        stop = len(source) if opening < 0 else opening
        _say(page, source[at:stop], in_pre > 0)
        if opening < 0:
            break
        tag = _TAG.match(source, opening)
        if tag is None:
            at = _past_markup(source, opening, page)
            continue
        at = _end_of_tag(source, tag.end())
        name = tag[1].lower()
        closing = source.startswith("</", opening)
        if name == "meta" and not closing:
            _meta(page, source[tag.end() : at])
        if name == "img" and not closing:
            _say(page, f" {_attributes(source[tag.end() : at]).get('alt', '')} ", False)
        if name == "pre":
            in_pre = max(0, in_pre + (-1 if closing else 1))
        if name in _RAW and not closing:
            at = _raw(source, at, name, page)
        if name in _PARAGRAPHS or name in _LINES:
            page.text.append("\n\n" if name in _PARAGRAPHS else "\n")
        elif name in ("td", "th"):
            page.text.append("\t")
    return page


def _say(page: Page, text: str, as_is: bool) -> None:
    if text:
        text = html.unescape(text)
        page.text.append(text if as_is else re.sub(r"\s+", " ", text))


def _past_markup(source: str, opening: int, page: Page) -> int:
    """Past a comment, a declaration, or a "<" that is just a character."""
    if source.startswith("<!--", opening):
        end = source.find("-->", opening + 4)
        return len(source) if end < 0 else end + 3
    if source.startswith(("<!", "<?", "</"), opening):
        end = source.find(">", opening)
        return len(source) if end < 0 else end + 1
    page.text.append("<")
    return opening + 1


def _end_of_tag(source: str, at: int) -> int:
    end = source.find(">", at)
    if end < 0:
        return len(source)
    inside = source[at:end] if end - at < _QUOTED else ""
    for quote in "\"'":
        # A ">" inside a quoted value does not end the tag.
        if inside.count(quote) % 2 and (quote + inside).find("=" + quote) >= 0:
            closing = source.find(quote, end, end + _QUOTED)
            after = source.find(">", closing, closing + _QUOTED) if closing >= 0 else -1
            return after + 1 if after >= 0 else end + 1
    return end + 1


def _raw(source: str, at: int, name: str, page: Page) -> int:
    """Past an element whose content is no markup; a title is kept, what is hidden is not."""
    if name in page.unclosed:
        return at
    end = re.compile(f"</{name}", re.IGNORECASE).search(source, at)
    if end is None:
        page.unclosed.add(name)
        # Never closed: a browser would take the rest, which is no use to anyone.
        return len(source) if name in ("script", "style") else at
    if name == "title" and not page.title:
        page.title = " ".join(html.unescape(source[at : end.start()][:1000]).split())
    elif name == "textarea":
        _say(page, source[at : end.start()], False)
    return _end_of_tag(source, end.end())


def _meta(page: Page, inside: str) -> None:
    attributes = _attributes(inside)
    name = (attributes.get("name") or attributes.get("property") or "").lower()
    if name in ("description", "keywords", "author", "og:title", "og:description"):
        page.about.setdefault(name.removeprefix("og:"), attributes.get("content", "")[:4000])


def _attributes(inside: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(inside[:_QUOTED])
    return {name.lower(): html.unescape(a or b or c) for name, a, b, c in found}
