"""How a date, a number, a path or a kind is read that was typed.

Raises argparse.ArgumentTypeError, which says what can be typed instead.
"""

from __future__ import annotations

import argparse
import datetime
import re

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
    """[start, stop) of an ISO date in local time, as long as its last part says."""
    try:
        if re.fullmatch(r"\d{4}", text):
            start = datetime.datetime(int(text), 1, 1)
            stop = start.replace(year=start.year + 1)
        elif re.fullmatch(r"\d{4}-\d{2}", text):
            start = datetime.datetime.strptime(text, "%Y-%m")
            stop = (start + datetime.timedelta(days=31)).replace(day=1)
        else:
            start = datetime.datetime.fromisoformat(text)
            day = re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text)
            stop = start + datetime.timedelta(days=1) if day else start
        return start.timestamp(), stop.timestamp()
    except (ValueError, OverflowError, OSError) as e:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; write it as 2024-05-31, 2024-05 or 2024"
        ) from e
