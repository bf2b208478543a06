"""Texts that near-duplicates are looked for among: prose, forms, and what becomes of both."""

from __future__ import annotations

import html
import importlib
import inspect
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import media_samples as samples

PROSE, FORMS = 60, 30
LEAST_WORDS = 150
LINE, LINES = 88, 44  # characters of a line, lines of a page
MODULES = (
    "argparse ast asyncio.queues bz2 calendar cmd code codecs collections configparser contextlib "
    "copy csv ctypes dataclasses datetime decimal difflib dis doctest email.message email.policy "
    "enum filecmp fileinput fractions functools gettext glob gzip hashlib heapq hmac html.parser "
    "http.client http.cookiejar http.server imaplib importlib.util inspect io ipaddress json "
    "locale logging logging.handlers mailbox mimetypes multiprocessing.pool netrc "
    "ntpath numbers optparse os pathlib pickle pickletools platform plistlib pprint profile "
    "pstats queue random re sched secrets select selectors shelve shlex shutil signal site "
    "smtplib socket socketserver sqlite3 ssl statistics string struct subprocess sysconfig "
    "tarfile tempfile textwrap threading timeit tokenize trace traceback turtle typing "
    "unittest unittest.mock urllib.parse urllib.request urllib.robotparser uuid warnings wave "
    "weakref webbrowser wsgiref.handlers xml.dom.minidom xml.etree.ElementTree xmlrpc.client "
    "zipapp zipfile zipimport zoneinfo"
)
Paragraphs = list[str]
Change = Callable[[Paragraphs, random.Random], Paragraphs]


def prose() -> dict[str, Paragraphs]:
    """What modules and classes of the standard library say of themselves: people wrote it."""
    found: dict[str, Paragraphs] = {}
    for name in MODULES.split():
        module = importlib.import_module(name)
        inside = inspect.getmembers(module, inspect.isclass)
        own = [one for _, one in inside if one.__module__ == name]
        for what in (module, *own):
            text = what.__doc__ or ""
            paragraphs = [" ".join(it.split()) for it in re.split(r"\n\s*\n", text) if it.strip()]
            if len(text.split()) >= LEAST_WORDS and len(paragraphs) >= 4:
                found[f"{name} {getattr(what, '__name__', '')}"] = paragraphs
                break
        if len(found) == PROSE:
            break
    return found


def invoice(seed: int) -> Paragraphs:
    """All of one firm, with one text around what differs."""
    chance = random.Random(seed)
    items = [
        f"{chance.choice(THINGS)} {chance.randint(1, 40)} x {_euros(chance)} {_euros(chance)}"
        for _ in range(chance.randint(2, 8))
    ]
    return [
        (
            "Lindgren & Daughters, Timber and Tools, Harbour Road 112, 24937 Flensburg, "
            "Telephone 0461 555 3380, VAT DE 811 220 934"
        ),
        (
            f"{chance.choice(FIRST)} {chance.choice(LAST)}, {chance.choice(ROADS)} "
            f"{chance.randint(1, 200)}, {chance.randint(10000, 99999)} {chance.choice(TOWNS)}"
        ),
        (
            f"Invoice {chance.randint(10000, 99999)} of {chance.randint(1, 28)}."
            f"{chance.randint(1, 12)}.{chance.randint(2015, 2025)}, "
            f"your order {chance.randint(1000, 9999)}"
        ),
        *items,
        f"Total {_euros(chance)}, of which value added tax at 19 % {_euros(chance)}",
        (
            "Please pay within fourteen days without deduction to the account given below, and "
            "name the number of the invoice. The goods remain our property until they are paid "
            "in full. Returns are accepted within thirty days if they are unused and packed."
        ),
        (
            "Account DE89 3704 0044 0532 0130 00, Bank of the North, Flensburg. Managing "
            "directors: Ebba Lindgren, Runa Lindgren. Court of registration Flensburg HRB 4471."
        ),
    ]


def _euros(chance: random.Random) -> str:
    return f"{chance.randint(1, 2999)},{chance.randint(0, 99):02}"


def anew(paragraphs: Paragraphs, chance: random.Random) -> Paragraphs:
    """The shortest of the longer half of the paragraphs in other words."""
    at = sorted(range(len(paragraphs)), key=lambda n: len(paragraphs[n]))[len(paragraphs) // 2]
    words = [chance.choice(WORDS.split()) for _ in paragraphs[at].split()]
    return [*paragraphs[:at], " ".join(words), *paragraphs[at + 1 :]]


def more(paragraphs: Paragraphs, chance: random.Random) -> Paragraphs:
    words = [chance.choice(WORDS.split()) for _ in range(len(" ".join(paragraphs).split()) // 5)]
    return [*paragraphs[:2], " ".join(words), *paragraphs[2:]]


def mended(paragraphs: Paragraphs, chance: random.Random) -> Paragraphs:
    """One word in fifty is another one."""
    return [
        " ".join(
            chance.choice(WORDS.split()) if chance.random() < 0.02 else it for it in one.split()
        )
        for one in paragraphs
    ]


def read(paragraphs: Paragraphs, chance: random.Random) -> Paragraphs:
    """As letters are seen: one word in twenty with a wrong one."""

    def seen(word: str) -> str:
        if chance.random() >= 0.05:
            return word
        at = chance.randrange(len(word))
        return f"{word[:at]}{chance.choice('lirnmeoc')}{word[at + 1 :]}"

    return [" ".join(map(seen, one.split())) for one in paragraphs]


CHANGES: dict[str, Change] = {
    "a paragraph anew": anew,
    "a fifth more": more,
    "words mended": mended,
    "read by OCR": read,
}


def pages(paragraphs: Paragraphs) -> list[str]:
    """Set in lines, words parted at their ends, with a number under each page."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            room = LINE - len(line) - 1
            if len(word) > room and word.isalpha() and len(word) > 7 and room > 4:
                cut = min(room - 1, len(word) - 3)
                lines.append(f"{line} {word[:cut]}-")
                line = word[cut:]
            elif len(word) > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines += [line, ""]
    each = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    return ["\n".join([*some, f"Page {number}"]) for number, some in enumerate(each, 1)]


def latin(text: str) -> str:
    """What the fonts of a PDF without its own can show."""
    return text.encode("latin-1", "replace").decode("latin-1")


def made(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """(original, what was done to it, file); the original itself first."""
    texts = prose() | {f"invoice {n}": invoice(n) for n in range(FORMS)}
    for number, (name, paragraphs) in enumerate(texts.items()):
        chance = random.Random(number)
        escaped = [html.escape(one) for one in paragraphs]
        yield name, "", samples.docx(folder / f"text {number}.docx", escaped)
        pdf = [latin(one) for one in pages(paragraphs)]
        yield name, "as a PDF", samples.pdf(folder / f"text {number}.pdf", pdf)
        page = folder / f"text {number}.html"
        body = "".join(f"<p>{one}</p>" for one in escaped)
        page.write_text(f"<html><body><h1>{html.escape(name)}</h1>{body}</body></html>")
        yield name, "as a page of the web", page
        if name.startswith("invoice"):
            continue  # another form is another invoice
        for which, (how, change) in enumerate(CHANGES.items()):
            plain = folder / f"text {number} {which}.txt"
            plain.write_text("\n\n".join(change(paragraphs, chance)))
            yield name, how, plain


THINGS = ("Oak board", "Pine lath", "Wood screws", "Saw blade", "Plane", "Glue", "Varnish", "Hinge")
FIRST = ("Anna", "Bo", "Carla", "Dario", "Edda", "Finn", "Greta", "Hugo", "Ines", "Jonas")
LAST = ("Petersen", "Schulz", "Okafor", "Novak", "Lang", "Moreau", "Sato", "Ruiz", "Kaya")
ROADS = ("Mill Lane", "Station Road", "Church Street", "High Street", "Garden Way")
TOWNS = ("Kiel", "Husum", "Lübeck", "Schleswig", "Rendsburg", "Eutin")
WORDS = (
    "harbour winter paper kettle morning bridge yellow seldom written garden under carried "
    "thought window quiet river stone walked evening letter garment silver apples northern "
    "between slowly table candle forest seven islands answer heavy little second promise"
)
