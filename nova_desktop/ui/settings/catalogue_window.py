"""The settings of the window itself in plain words, page by page."""

from __future__ import annotations

from nova_desktop.settings import LANGUAGES
from nova_desktop.ui.look.words import noop
from nova_desktop.ui.settings.fields import Group, Number, Pick, Switch, Text

# Named as they are known; a language is named in itself.
LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}
NONE: Text = ("", "")

APPEARANCE = (
    Group(
        NONE,
        (
            Pick(
                "theme",
                noop("Settings", "Theme"),
                noop("Settings", "Light or dark."),
                (
                    ("system", noop("Settings", "As the system")),
                    ("light", noop("Settings", "Light")),
                    ("dark", noop("Settings", "Dark")),
                ),
            ),
            Pick(
                "language",
                noop("Settings", "Language"),
                noop("Settings", "Counts from the next start."),
                (
                    ("", noop("Settings", "As the system")),
                    *((code, ("", LANGUAGE_NAMES.get(code, code))) for code in LANGUAGES),
                ),
            ),
            Number(
                "text_size",
                noop("Settings", "Text size"),
                noop("Settings", "Of the system's; headings follow at the next start."),
                80,
                200,
                noop("Settings", " %"),
                10,
            ),
            Number(
                "tile_size",
                noop("Settings", "Size of results"),
                noop("Settings", "The width of a picture in the grid."),
                96,
                480,
                noop("Settings", " px"),
                16,
            ),
            Switch(
                "reduced_motion",
                noop("Settings", "Less motion"),
                noop("Settings", "Menus and lists do not move or fade."),
            ),
        ),
    ),
)

DESKTOP = (
    Group(
        NONE,
        (
            Switch(
                "tray",
                noop("Settings", "Stay in the tray"),
                noop("Settings", "Closing the window keeps the program there, where there is one."),
            ),
            Switch(
                "start_at_login",
                noop("Settings", "Start at login"),
                noop("Settings", "Begins with the desktop, without showing its window."),
            ),
            Switch(
                "notifications",
                noop("Settings", "Notifications"),
                noop(
                    "Settings",
                    "Says once each that a long run is done, a drive has gone or come back, or "
                    "much has failed.",
                ),
            ),
        ),
    ),
)
