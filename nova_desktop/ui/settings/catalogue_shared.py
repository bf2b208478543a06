"""The settings of a library that several machines share, in plain words."""

from __future__ import annotations

from nova_desktop.ui.look.words import noop
from nova_desktop.ui.settings.fields import Group, Line, Number, Switch

SHARED = Group(
    noop("Settings", "One library on several computers"),
    (
        Line(
            "sync_bucket",
            noop("Settings", "Vector bucket"),
            noop(
                "Settings",
                "Your own in Amazon S3 Vectors; it is made when something is pushed. Nothing "
                "leaves this computer before that.",
            ),
            noop("Settings", "none: nothing is shared"),
        ),
        Line(
            "sync_index",
            noop("Settings", "Name of the library in it"),
            noop("Settings", "Computers that are to share one library choose the same."),
        ),
        Switch(
            "sync_paths",
            noop("Settings", "Tell the names and places of files"),
            noop("Settings", "Other computers then see what a file is called, and where it is."),
        ),
        Switch(
            "sync_thumbnails",
            noop("Settings", "Send small pictures"),
            noop("Settings", "So that files that are on another computer have a face here."),
        ),
        Number(
            "sync_kb_s",
            noop("Settings", "At most on the line"),
            noop("Settings", "So that a sync leaves room for others."),
            0,
            10_000_000,
            noop("Settings", " kB/s"),
            100,
            noop("Settings", "no limit"),
        ),
    ),
)
