"""How a date, a number, a path or a kind is read that was typed.

Raises argparse.ArgumentTypeError, which says what can be typed instead.
"""

from __future__ import annotations

import argparse
import re
import time

from nova_desktop.kinds import Modality

KINDS = tuple(modality.value for modality in Modality)


def offset(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 999999999")
    return int(text)


def place(text: str) -> str:
    """A path; "" is what an unset variable of the shell leaves, and would mean this folder."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty; name a file or a folder")
    return text


def bucket(text: str) -> str:
    """A name; what S3 makes of it is told later."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty; name an S3 bucket")
    return text


def account_id(text: str) -> str:
    digits = text.replace("-", "")  # as the AWS console shows it
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise argparse.ArgumentTypeError(f"{text!r} is not an AWS account's number of 12 digits")
    return digits


def since(text: str) -> float:
    """The beginning of a day, month, year or minute, as seconds since 1970."""
    return _span_of(text)[0]


def until(text: str) -> float:
    """Its end: `--until 2024` includes all of 2024."""
    return _span_of(text)[1]


def limit(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 10000")
    return int(text)


def _span_of(text: str) -> tuple[float, float]:
    """[start, stop) of a date, as date: takes it, as long as its last part says."""
    from nova_desktop.grammar.dates import stretch  # other commands have no dates

    found = stretch(text, time.time())
    if found is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; write it as 2024-05-31, 2024-05, 2024 or yesterday"
        )
    return found
