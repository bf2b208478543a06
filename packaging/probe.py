"""Prints this Python's version, then each missing system package on a line of its own.

Usage: probe.py GROUP...   Run by setup.sh, with any Python 3: it uses nothing newer than 3.6.
The loader itself is asked for every library, so it does not matter who installed it or where.
"""

import shutil
import sys

LIBRARIES = {
    "offscreen": {  # Qt without a screen
        "libglib2.0-0": ["libglib-2.0.so.0", "libgthread-2.0.so.0"],
        "libgl1": ["libGL.so.1"],
        "libegl1": ["libEGL.so.1"],
        "libxkbcommon0": ["libxkbcommon.so.0"],
        "libdbus-1-3": ["libdbus-1.so.3"],
        "libfontconfig1": ["libfontconfig.so.1"],
        "libbrotli1": ["libbrotlidec.so.1"],
    },
    "multimedia": {  # QtMultimedia
        "libpulse0": ["libpulse.so.0"],
        "libxrandr2": ["libXrandr.so.2"],
        "libdrm2": ["libdrm.so.2"],
    },
    "xcb": {  # a real window on X11
        "libx11-xcb1": ["libX11-xcb.so.1"],
        "libxcb-cursor0": ["libxcb-cursor.so.0"],
        "libxcb-icccm4": ["libxcb-icccm.so.4"],
        "libxcb-image0": ["libxcb-image.so.0"],
        "libxcb-keysyms1": ["libxcb-keysyms.so.1"],
        "libxcb-randr0": ["libxcb-randr.so.0"],
        "libxcb-render-util0": ["libxcb-render-util.so.0"],
        "libxcb-shape0": ["libxcb-shape.so.0"],
        "libxcb-sync1": ["libxcb-sync.so.1"],
        "libxcb-xfixes0": ["libxcb-xfixes.so.0"],
        "libxcb-xkb1": ["libxcb-xkb.so.1"],
        "libxkbcommon-x11-0": ["libxkbcommon-x11.so.0"],
    },
    "wayland": {  # a real window on Wayland
        "libwayland-client0": ["libwayland-client.so.0"],
        "libwayland-cursor0": ["libwayland-cursor.so.0"],
        "libwayland-egl1": ["libwayland-egl.so.1"],
    },
}
PROGRAMS = {
    "programs": {"ffmpeg": ["ffmpeg", "ffprobe"]},
    "window-tests": {
        "xvfb": ["Xvfb"],
        "openbox": ["openbox"],
        "xdotool": ["xdotool"],
        "imagemagick": ["convert"],
    },
}


def loads(soname):
    """Whether the loader finds the library."""
    import ctypes

    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def venv_package():
    """The package that gives this Python its venv module, as Debian names it; "" when it has it."""
    try:
        import ensurepip  # noqa: F401  # Debian takes it out of python3: asked for, not used
        import venv  # noqa: F401  # likewise
    except ImportError:
        return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return ""


def missing(groups):
    """The Debian packages that these groups need and this machine lacks."""
    packages = []
    if "venv" in groups and venv_package():
        packages.append(venv_package())
    linux = sys.platform.startswith("linux")
    try:
        import ctypes  # noqa: F401  # python3-minimal comes without it
    except ImportError:
        packages.append("python3")
        linux = False  # asked again once it is there
    for group in groups:
        for package, sonames in LIBRARIES.get(group, {}).items() if linux else ():
            if not all(loads(soname) for soname in sonames):
                packages.append(package)
        for package, programs in PROGRAMS.get(group, {}).items():
            if not all(shutil.which(program) for program in programs):
                packages.append(package)
    return packages


if __name__ == "__main__":
    version = ".".join(str(part) for part in sys.version_info[:3])
    sys.stdout.write("\n".join([version, *missing(sys.argv[1:])]) + "\n")
