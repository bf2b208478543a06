"""Files of cloud drives that are not on this device: opening one would download it."""

from __future__ import annotations

import os
import stat

ONLINE_ONLY = "Online only: it is not on this device. Download it to have it found."
# Windows: FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS; macOS: SF_DATALESS.
_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000
_DATALESS = 0x40000000
_SMALL = 4096  # bytes; file systems keep smaller files without a block of their own

# Where a stat tells of it by more than blocks, which cost nothing to look at.
FLAGGED = hasattr(os.stat_result, "st_file_attributes") or hasattr(os.stat_result, "st_flags")


def online_only(facts: os.stat_result) -> bool:
    """Whether a file is a cloud drive's placeholder, which opening would download.

    Flagged as such, or with a size and not one block on the disk.
    """
    if getattr(facts, "st_file_attributes", 0) & _ATTRIBUTES:
        return True
    if getattr(facts, "st_flags", 0) & _DATALESS:
        return True
    blocks = getattr(facts, "st_blocks", None)
    return blocks == 0 and facts.st_size >= _SMALL and stat.S_ISREG(facts.st_mode)
