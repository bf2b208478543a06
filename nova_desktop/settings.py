"""What the user may choose, and where things live. TOML in, TOML out."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import platformdirs

from nova_desktop.errors import BadInput

if TYPE_CHECKING:
    from nova_desktop.library.prices import Prices
    from nova_desktop.upkeep import Conditions

NAME = "nova-desktop"
DIMENSIONS = (3072, 1024, 384, 256)  # of Amazon Nova's vectors: engines/nova_request.py
LANGUAGES = ("en", "de")  # of the window; "" is the system's
THEMES = ("system", "light", "dark")
FORMAT = 1  # of the file: raised when a setting is renamed, or comes to mean something else
LARGEST = 1e15  # of any number here; beyond it int() and float() may fail


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice with its default; the README's table of settings is checked against it."""

    engine: str = "basic"
    clip_model: str = ""
    speech_model: str = ""
    ocr: bool = True
    tags: bool = True
    speech: bool = True
    segment_s: float = 15.0
    exclude: tuple[str, ...] = ()
    ffmpeg: str = ""
    readers: int = 2
    file_limit_s: float = 600.0
    dimension: int = 1024
    separate_sound: bool = False
    skip_still: bool = True
    aws_profile: str = ""
    aws_region: str = "us-east-1"
    bucket: str = ""
    bucket_prefix: str = "nova-desktop/"
    batch_role: str = ""
    calls_at_once: int = 16
    sync_bucket: str = ""
    sync_index: str = "nova-desktop"
    sync_paths: bool = False
    sync_thumbnails: bool = False
    sync_kb_s: int = 0
    month_cap_usd: float = 20.0
    run_cap_usd: float = 0.0
    prices: str = ""
    language: str = ""
    tray: bool = True
    notifications: bool = True
    start_at_login: bool = False
    cores: int = 1
    cores_away: int = 0
    memory_mb: int = 1536
    min_free_mb: int = 1024
    pause_on_battery: bool = True
    pause_on_metered: bool = True
    pause_full_screen: bool = True
    quiet_hours: str = ""
    keep_searches: bool = True
    theme: str = "system"
    text_size: int = 100
    tile_size: int = 196
    reduced_motion: bool = False
    shortcuts: tuple[str, ...] = ()

    @property
    def sees(self) -> bool:
        """Whether a CLIP model is this device's engine."""
        return self.engine in ("clip", "clip+nova")

    @property
    def sends(self) -> bool:
        """Whether Amazon Nova stands beside it."""
        return self.engine in ("nova", "clip+nova")

    def __post_init__(self) -> None:
        if not 1.0 <= self.segment_s <= 30.0:
            raise BadInput("segment_s must be from 1 to 30 seconds.")
        if not 1 <= self.readers <= 64:
            raise BadInput("readers must be from 1 to 64.")
        if not 0 < self.file_limit_s <= 86_400:
            raise BadInput("file_limit_s must be above 0 and at most 86400 seconds, a day.")
        if self.dimension not in DIMENSIONS:
            raise BadInput(f"dimension must be one of {', '.join(map(str, DIMENSIONS))}.")
        if not 1 <= self.calls_at_once <= 256:
            raise BadInput("calls_at_once must be from 1 to 256.")
        if self.month_cap_usd < 0 or self.run_cap_usd < 0:
            raise BadInput("A cap can't be below 0; month_cap_usd and run_cap_usd are in dollars.")
        # The names of indexes begin so, and have 63 letters at most: Amazon S3 Vectors.
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,28}[a-z0-9]", self.sync_index):
            raise BadInput(
                "sync_index must be of 3 to 30 lower-case letters, digits and hyphens, with a "
                "letter or a digit at both ends."
            )
        if not 0 <= self.sync_kb_s <= 10_000_000:
            raise BadInput("sync_kb_s must be from 0, no limit, to 10000000 kilobytes a second.")
        if self.language not in ("", *LANGUAGES):
            raise BadInput(f"language must be one of {', '.join(LANGUAGES)}, or empty.")
        if not 1 <= self.cores <= 256 or not 0 <= self.cores_away <= 256:
            raise BadInput("cores must be from 1 to 256, and cores_away from 0, all, to 256.")
        if not 256 <= self.memory_mb <= 1_000_000:
            raise BadInput("memory_mb must be from 256 to 1000000 megabytes.")
        if not 0 <= self.min_free_mb <= 1_000_000:
            raise BadInput("min_free_mb must be from 0 to 1000000 megabytes.")
        if self.quiet_hours:
            minutes_of(self.quiet_hours)
        if self.theme not in THEMES:
            raise BadInput(f"theme must be one of {', '.join(THEMES)}.")
        if not 80 <= self.text_size <= 200:
            raise BadInput("text_size must be from 80 to 200 percent.")
        if not 96 <= self.tile_size <= 480:
            raise BadInput("tile_size must be from 96 to 480 pixels.")
        keys_of(self.shortcuts)


def minutes_of(quiet_hours: str) -> tuple[int, int]:
    """(start, stop) of quiet hours written as 22:00-07:00, in minutes of the day; BadInput else."""
    found = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*", quiet_hours)
    if found:
        hour, minute, until, past = map(int, found.groups())
        if max(hour, until) < 24 and max(minute, past) < 60 and (hour, minute) != (until, past):
            return hour * 60 + minute, until * 60 + past
    raise BadInput("quiet_hours must be written as 22:00-07:00; empty is none.")


def keys_of(shortcuts: tuple[str, ...]) -> dict[str, str]:
    """{action: keys} of shortcuts written as find=Ctrl+K; no keys means none. BadInput else."""
    found: dict[str, str] = {}
    for one in shortcuts:
        action, equals, keys = one.partition("=")
        if not equals or not re.fullmatch(r"[a-z_]+", action) or action in found:
            raise BadInput(f"shortcuts must be written as find=Ctrl+K, once an action, not {one}.")
        found[action] = keys
    return found


def conditions(chosen: Settings) -> Conditions:
    """When indexing may work, as the settings say."""
    from nova_desktop.upkeep import Conditions

    return Conditions(
        cores=chosen.cores,
        cores_away=chosen.cores_away,
        memory_mb=chosen.memory_mb,
        min_free_bytes=chosen.min_free_mb << 20,
        pause_on_battery=chosen.pause_on_battery,
        pause_on_metered=chosen.pause_on_metered,
        pause_full_screen=chosen.pause_full_screen,
        quiet=minutes_of(chosen.quiet_hours) if chosen.quiet_hours else None,
    )


def settings_path() -> Path:
    """The settings file, whether or not it exists: NOVA_DESKTOP_SETTINGS, or the usual place."""
    if chosen := os.environ.get("NOVA_DESKTOP_SETTINGS"):
        return Path(chosen).absolute()
    return Path(platformdirs.user_config_dir(NAME, appauthor=False)) / "settings.toml"


def data_folder() -> Path:
    """Where the index lives: NOVA_DESKTOP_DATA, else the system's place for it."""
    chosen = os.environ.get("NOVA_DESKTOP_DATA")
    return Path(chosen or platformdirs.user_data_dir(NAME, appauthor=False)).absolute()


def kept_encoder() -> Path:
    """Where the sentence encoder is kept as it is when loaded, for all libraries of this user."""
    return Path(platformdirs.user_cache_dir(NAME, appauthor=False)) / "sentence-encoder"


def address_file(data: Path) -> Path:
    """Where the process that owns `data` says how it is reached."""
    return data / "host.json"


def resource(name: str) -> Path:
    """A file that ships with the program: beside the package in a checkout, inside it installed."""
    inside = Path(__file__).with_name("resources")
    root = inside if inside.is_dir() else Path(__file__).parent.parent / "resources"
    return Path(getattr(sys, "_MEIPASS", "")) / "resources" / name if frozen() else root / name


def frozen() -> bool:
    """True in a packaged program, where there is no interpreter beside it."""
    return bool(getattr(sys, "frozen", False))


def load(path: Path) -> Settings:
    """The settings in `path`; the defaults where there is none.

    A file that can't be used is kept aside with the ending `.bad` by the caller's next `save`;
    raises BadInput naming the key and what it may be.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (UnicodeDecodeError, OSError) as e:
        raise BadInput(f"The settings file {path} can't be read: {e}. Mend or remove it.") from e
    import tomllib  # without a file there is nothing to read, and the window is painted sooner

    try:
        table = tomllib.loads(text)
    except ValueError as e:  # no TOML, or a number without end
        raise BadInput(f"The settings file {path} can't be read: {e}. Mend or remove it.") from e
    _check_format(path, table.pop("format", FORMAT))
    types = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in types:
            known = ", ".join(sorted(types))
            raise BadInput(f"{path}: there is no setting {key!r}. There are: {known}.")
        values[key] = _checked(path, key, value, types[key])
    try:
        return Settings(**values)
    except BadInput as e:
        raise BadInput(f"{path}: {e}") from e


def _check_format(path: Path, number: object) -> None:
    """A file of an earlier format would be brought up to date here; there was none yet."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BadInput(f"{path}: format must be a whole number from 1, not {number!r}. Remove it.")
    if number > FORMAT:
        raise BadInput(
            f"The settings file {path} was written by a newer Nova Desktop. Update the program, "
            "or move the file away to begin with the defaults."
        )


def load_prices(file: str) -> Prices:
    """What paid engines charge: the table in `file`, or the one that ships for "".

    Raises BadInput naming what is wrong in it.
    """
    import tomllib  # only here, as the window is painted without either

    from nova_desktop.library.prices import prices_of

    path = Path(file).expanduser() if file else resource("prices.toml")
    try:
        return prices_of(tomllib.loads(path.read_text("utf-8")))
    except (ValueError, OSError) as e:  # no UTF-8, no TOML, or not to be read
        raise BadInput(f"The prices in {path} can't be read: {e}. Mend or remove it.") from e
    except BadInput as e:
        raise BadInput(f"{path}: {e}") from e


def save(settings: Settings, path: Path) -> None:
    """Writes whole or not at all; a file that could not be loaded is kept beside it as `.bad`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        load(path)
    except BadInput:
        path.replace(path.with_suffix(".bad"))
    part = path.with_suffix(".part")
    import tomli_w  # only here: most starts save nothing

    new = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # for this user alone
    with os.fdopen(new, "w", encoding="utf-8") as out:
        out.write(tomli_w.dumps({"format": FORMAT, **dataclasses.asdict(settings)}))
        out.flush()
        os.fsync(out.fileno())  # else a power cut could leave the new name with nothing in it
    part.replace(path)


def _checked(path: Path, key: str, value: object, kind: type) -> object:
    match value:
        case bool() if kind is bool:
            return value
        case int() | float() if kind in (int, float) and not isinstance(value, bool):
            if value != value:  # TOML has nan, and nothing equals it
                raise BadInput(f"{path}: {key} must be a number, not nan.")
            if abs(value) > LARGEST:
                raise BadInput(f"{path}: {key} is far too large a number.")
            if kind is int and value != int(value):
                raise BadInput(f"{path}: {key} must be a whole number, not {value}.")
            return kind(value)
        case str() if kind is str:
            return value
        case list() if kind not in (bool, int, float, str):
            if all(isinstance(item, str) for item in value):
                return tuple(value)
    wanted = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    raise BadInput(f"{path}: {key} must be {wanted.get(kind, 'a list of texts')}, not {value!r}.")
