"""Every setting in plain words, page by page."""

from __future__ import annotations

from nova_desktop.settings import DIMENSIONS
from nova_desktop.ui.look.words import noop
from nova_desktop.ui.settings.catalogue_shared import SHARED
from nova_desktop.ui.settings.fields import (
    Group,
    Hours,
    Line,
    Lines,
    Number,
    Pick,
    Switch,
    Text,
)

NONE: Text = ("", "")

ENGINE = (
    Group(
        NONE,
        (
            Pick(
                "engine",
                noop("Settings", "Search with"),
                noop(
                    "Settings",
                    "Amazon Nova also sees pictures and hears sounds, for money; what may leave "
                    "this computer is decided folder by folder.",
                ),
                (
                    ("basic", noop("Settings", "This computer alone")),
                    ("clip", noop("Settings", "This computer, with a CLIP model")),
                    ("nova", noop("Settings", "This computer and Amazon Nova")),
                    ("clip+nova", noop("Settings", "A CLIP model and Amazon Nova")),
                ),
            ),
            Line(
                "clip_model",
                noop("Settings", "CLIP model"),
                noop(
                    "Settings",
                    "The folder of one, or the name of one that was fetched. Use one under Models, "
                    "and this is written for you.",
                ),
                noop("Settings", "none"),
            ),
        ),
    ),
    Group(
        noop("Settings", "Amazon Nova"),
        (
            Pick(
                "dimension",
                noop("Settings", "Numbers in a vector"),
                noop(
                    "Settings",
                    "Fewer take less room and find a little less. Fewer than before are made "
                    "without paying again.",
                ),
                tuple((number, ("", str(number))) for number in DIMENSIONS),
            ),
            Switch(
                "separate_sound",
                noop("Settings", "Find the sound of a film apart from its picture"),
                noop("Settings", "A film is asked for twice, and costs more."),
            ),
            Switch(
                "skip_still",
                noop("Settings", "Do not pay for what is still and silent"),
                noop("Settings", "Such parts of films are found by what comes before them."),
            ),
            Number(
                "month_cap_usd",
                noop("Settings", "At most in a month"),
                noop("Settings", "Nothing that would cost more is sent."),
                0,
                100_000,
                noop("Settings", "$"),
                1,
                noop("Settings", "no limit"),
            ),
            Number(
                "run_cap_usd",
                noop("Settings", "At most in one run"),
                noop("Settings", "From one start of the program to the next."),
                0,
                100_000,
                noop("Settings", "$"),
                1,
                noop("Settings", "no limit"),
            ),
            Number(
                "calls_at_once",
                noop("Settings", "Requests at a time"),
                noop("Settings", "Fewer by itself, when the service bears no more."),
                1,
                256,
            ),
            Line(
                "bucket_prefix",
                noop("Settings", "Folder in the S3 bucket"),
                noop("Settings", "Only what lies under it is touched; it ends with a slash."),
            ),
            Line(
                "batch_role",
                noop("Settings", "Role for batch jobs"),
                noop(
                    "Settings",
                    "The ARN of an IAM role, by which large backlogs are sent as jobs.",
                ),
                noop("Settings", "none: no batch jobs"),
            ),
            Line(
                "prices",
                noop("Settings", "File with prices"),
                noop("Settings", "Amazon's prices of your own, written as resources/prices.toml."),
                noop("Settings", "as shipped"),
                is_file=True,
            ),
        ),
    ),
    SHARED,
)

READING = (
    Group(
        noop("Settings", "What is recognised"),
        (
            Switch(
                "ocr",
                noop("Settings", "Letters in pictures"),
                noop("Settings", "Finds photos of pages, signs and screens by what they say."),
            ),
            Switch(
                "speech",
                noop("Settings", "What is said"),
                noop("Settings", "Writes down speech in films and recordings; takes the longest."),
            ),
            Line(
                "speech_model",
                noop("Settings", "Speech model"),
                noop(
                    "Settings",
                    "A larger Whisper model: its folder, or the name of one that was fetched under "
                    "Models.",
                ),
                noop("Settings", "the one that ships"),
            ),
            Switch(
                "tags",
                noop("Settings", "Things in pictures"),
                noop(
                    "Settings",
                    "Names about a thousand kinds of things, colours, light, and kinds of sound.",
                ),
            ),
        ),
    ),
    Group(
        noop("Settings", "Files"),
        (
            Number(
                "segment_s",
                noop("Settings", "Length of a moment"),
                noop(
                    "Settings",
                    "So much of a film or a sound is found as one. Counts for files that are "
                    "indexed from now on.",
                ),
                1,
                30,
                noop("Settings", " s"),
            ),
            Lines(
                "exclude",
                noop("Settings", "Never index"),
                noop(
                    "Settings",
                    "Patterns as in a .gitignore, one a line, such as *.bak or Private/. What "
                    "matches is forgotten; the files stay.",
                ),
            ),
            Number(
                "file_limit_s",
                noop("Settings", "Longest time for one file"),
                noop("Settings", "After it the file is listed as failed, and the next begins."),
                1,
                86_400,
                noop("Settings", " s"),
                10,
            ),
            Line(
                "ffmpeg",
                noop("Settings", "The ffmpeg program"),
                noop("Settings", "What films and sounds are read with."),
                noop("Settings", "found by itself"),
                is_file=True,
            ),
        ),
    ),
)

PERFORMANCE = (
    Group(
        noop("Settings", "How much indexing takes"),
        (
            Number(
                "cores",
                noop("Settings", "Processor cores while you are here"),
                noop("Settings", "At most; everything else on this computer goes first anyway."),
                1,
                256,
            ),
            Number(
                "cores_away",
                noop("Settings", "Processor cores while nobody is here"),
                noop("Settings", "After five minutes without a key or a movement."),
                0,
                256,
                NONE,
                1,
                noop("Settings", "all"),
            ),
            Number(
                "memory_mb",
                noop("Settings", "Memory"),
                noop(
                    "Settings",
                    "Above it, what is only held ready is let go, and one file is read at a time.",
                ),
                256,
                1_000_000,
                noop("Settings", " MB"),
                256,
            ),
            Number(
                "min_free_mb",
                noop("Settings", "Free space to keep"),
                noop("Settings", "Below it on the disk of the index, nothing more is written."),
                0,
                1_000_000,
                noop("Settings", " MB"),
                256,
            ),
            Number(
                "readers",
                noop("Settings", "Files at a time"),
                noop("Settings", "Never more than there are cores for them."),
                1,
                64,
            ),
        ),
    ),
    Group(
        noop("Settings", "When it rests"),
        (
            Hours(
                "quiet_hours",
                noop("Settings", "Quiet hours"),
                noop("Settings", "Nothing is indexed between these times."),
            ),
            Switch(
                "pause_on_battery",
                noop("Settings", "On battery"),
                noop("Settings", "Goes on when the computer is plugged in."),
            ),
            Switch(
                "pause_on_metered",
                noop("Settings", "On a metered network"),
                noop("Settings", "Only while Amazon Nova is used; nothing else is sent."),
            ),
            Switch(
                "pause_full_screen",
                noop("Settings", "While a program fills the screen"),
                noop("Settings", "A film, a game or a presentation is not disturbed."),
            ),
        ),
    ),
)

PRIVACY = (
    Group(
        NONE,
        (
            Switch(
                "keep_searches",
                noop("Settings", "Remember recent searches"),
                noop("Settings", "On this computer only; off forgets them at once."),
            ),
        ),
    ),
)
