"""What is reported of a bug: enough to find it, and nothing that is private."""

from __future__ import annotations

import datetime
import os
import re
import traceback
from pathlib import Path

from nova_desktop import __version__

# Access keys of AWS and their secrets, API keys of Amazon Bedrock, tokens of sessions, passwords in
# addresses. Longer than words of ours, and than the hashes that we name things by.
SECRETS = re.compile(
    r"\b(?:A3T[A-Z0-9]|AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b"
    r"|\b(?:ABSK|bedrock-api-key-)[A-Za-z0-9+/=_-]{20,}"
    r"|(?<![A-Za-z0-9+/])(?=[A-Za-z0-9+/]{0,39}[A-Z])(?=[A-Za-z0-9+/]{0,39}[a-z])"
    r"(?=[A-Za-z0-9+/]{0,39}[0-9])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])"
    r"|\b[A-Za-z0-9+/]{100,}={0,2}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
NAMED = re.compile(
    r"((?:secret|token|password|passwd|api[_-]?key|authkey|bearer)[\w-]*[\"']?\s*[=:]\s*[\"']?)"
    r"(?!None\b)[^\s\"',)}]{6,}",
    re.IGNORECASE,
)


def told(error: BaseException) -> str:
    """What a developer needs, as text: version, system, time and traceback, made private."""
    import platform  # only here, and slow

    now = datetime.datetime.now(datetime.UTC)
    system = f"Python {platform.python_version()}, {platform.platform()}"
    trace = "".join(traceback.format_exception(error))
    head = f"Nova Desktop {__version__}, {system}\n{now:%Y-%m-%d %H:%M:%S} UTC\n\n"
    return head + private(trace)


def private(text: str) -> str:
    """`text` without secrets, and with the user's own folder and name as ~."""
    home = os.path.expanduser("~")  # noqa: PTH111  # Path.home() raises where there is none
    user = Path(home).name
    if len(home) > 1:
        text = re.sub(re.escape(home) + r"(?![\w-])", "~", text)
    if len(user) > 2 and user != "root":
        text = re.sub(rf"(?<=[/\\]){re.escape(user)}(?=[/\\])", "~", text)
    return SECRETS.sub("…", NAMED.sub(r"\1…", text))
