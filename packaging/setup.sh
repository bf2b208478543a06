# shellcheck shell=sh
# What run and test share: finds Python, gets system packages, makes .venv, stamps it.
# Sourced with `root` (the checkout) set. Messages go to stderr; the exit codes are its own:
NEEDS_PACKAGES=10 # system packages are missing and may not be installed from here
NEEDS_PYTHON=11   # no Python 3.11 or newer
NEEDS_NETWORK=12  # pip could not install
NEEDS_SPACE=13    # the checkout cannot be written to

# shellcheck disable=SC2154 # root is set by who sources this
venv=$root/.venv
lock=$root/.venv.lock

# These would send what is installed elsewhere, or break the interpreter in .venv.
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_ROOT
export PIP_USER=0

say() {
    printf '%s\n' "$*" >&2
}

fail() { # code sentence...
    code=$1
    shift
    say "$@"
    exit "$code"
}

probe() { # python group...
    probing=$1
    shift
    "$probing" -I -B "$root/packaging/probe.py" "$@"
}

# What an installation depends on; another content of this line makes it anew. The folder is in
# it because an installation cannot be moved.
stamp_for() { # version extras
    printf '%s %s %s %s\n' "$(cksum <"$root/pyproject.toml")" "$1" "$2" "$root"
}

# setup NAME EXTRAS GROUPS...: returns when everything is there.
# NAME is the stamp's; GROUPS are what probe.py is asked for.
setup() {
    name=$1 extras=$2
    shift 2
    if is_ready "$@"; then return; fi
    [ -w "$root" ] || fail "$NEEDS_SPACE" "$root cannot be written to. Copy it to a folder of your own and start it there."
    take_lock
    # Whoever held the lock before may have done it all.
    if ! is_ready "$@"; then
        choose_python
        get_packages venv "$@"
        make_venv
    fi
    drop_lock
}

is_ready() {
    [ -f "$venv/stamp-$name" ] && [ -x "$venv/bin/nova-desktop" ] || return 1
    found=$(probe "$venv/bin/python" "$@" 2>/dev/null) || return 1
    # One line: the version, and no missing package after it.
    [ "$(cat "$venv/stamp-$name")" = "$(stamp_for "$found" "$extras")" ]
}

version_is() { # python lowest highest, of Python 3
    "$1" -I -c 'import sys; sys.exit(not [3, int(sys.argv[1])] <= list(sys.version_info[:2]) <= [3, int(sys.argv[2])])' \
        "$2" "$3" >/dev/null 2>&1
}

# python3 where it is one of those that every dependency has wheels for, else the newest of them,
# else a python3 that is newer still.
choose_python() {
    if version_is python3 11 13; then python=python3 && return; fi
    for python in python3.13 python3.12 python3.11; do
        if version_is "$python" 11 13; then return; fi
    done
    python=python3
    if version_is python3 11 999; then return; fi
    if found=$(python3 --version 2>/dev/null); then
        fail "$NEEDS_PYTHON" "Nova Desktop needs Python 3.11 or newer; python3 here is $found. Install a newer one (on Debian 12: apt-get install python3) and start again."
    fi
    fail "$NEEDS_PYTHON" "Nova Desktop needs Python 3.11 or newer, and there is no python3 on the PATH. Install it (on Debian 12: apt-get install python3) and start again."
}

get_packages() {
    missing=$(missing_packages "$@") || fail "$NEEDS_PYTHON" "$python does not start. Install Python 3.11 or newer and start again."
    while [ -n "$missing" ]; do
        install_packages
        before=$missing
        missing=$(missing_packages "$@")
        if [ "$missing" = "$before" ]; then say_packages "are still missing after apt-get ran"; fi
    done
}

missing_packages() {
    probed=$(probe "$python" "$@") || return 1
    printf '%s\n' "$probed" | sed 1d | tr '\n' ' ' | sed 's/ $//'
}

install_packages() {
    command -v apt-get >/dev/null || say_packages "are missing (these are Debian's names for them)"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        say_packages "are missing"
    fi
    say "Installing system packages (this takes a minute or two): $missing"
    # shellcheck disable=SC2086 # both are lists of words
    {
        # An update may fail for one source of many: whether it mattered, the installation shows.
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update >/dev/null || true
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
            install -y --no-install-recommends $missing </dev/null >/dev/null ||
            say_packages "could not be installed (the reason is above)"
    }
}

say_packages() { # what is wrong
    say "System packages $1: $missing"
    if [ "$(uname -s)" = Darwin ]; then
        fail "$NEEDS_PACKAGES" "Install them and start again:  brew install $missing"
    fi
    say "Install them with this command, and start again:"
    fail "$NEEDS_PACKAGES" "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
}

make_venv() {
    # Someone's own environment is kept and filled; one that was left half-made, or whose
    # interpreter is gone or of another version, is made anew.
    version=$(probe "$python" | head -n 1)
    if [ -e "$venv/installing" ] || [ "$(probe "$venv/bin/python" 2>/dev/null | head -n 1)" != "$version" ] ||
        ! "$venv/bin/python" -I -m pip --version >/dev/null 2>&1 || moved; then
        say "Making $venv"
        "$python" -m venv --clear "$venv" || fail "$NEEDS_SPACE" "$venv could not be made (the reason is above). Remove it, see that the disk has 3 GB free, and start again."
    fi
    rm -f "$venv/stamp-$name"
    : >"$venv/installing"
    say "Installing Nova Desktop and what it needs into .venv (the first time takes some minutes)"
    (cd "$root" && "$venv/bin/python" -I -m pip install --quiet --disable-pip-version-check --no-input -e ".[$extras]") >&2 ||
        fail "$NEEDS_NETWORK" "The Python packages could not be installed (pip's reason is above). See that the network is there and the disk has 3 GB free, and start again."
    stamp_for "$version" "$extras" >"$venv/stamp-$name.part"
    mv "$venv/stamp-$name.part" "$venv/stamp-$name"
    rm -f "$venv/installing"
}

# An environment remembers where it was made: its scripts start that place's interpreter.
moved() {
    for stamp in "$venv"/stamp-*; do
        [ -f "$stamp" ] || continue
        case $(cat "$stamp") in *" $root") ;; *) return 0 ;; esac
    done
    return 1
}

# A folder is made by one of several starts only. One that was killed leaves it behind with the id
# of a process that is no more; of those who wait, the first to make `after-ID` inherits it.
take_lock() {
    waited=0
    until mkdir "$lock" 2>/dev/null; do
        [ -d "$lock" ] || [ "$waited" -lt 5 ] || fail "$NEEDS_SPACE" "$lock could not be made. See that the disk has room and the folder can be written to, and start again."
        holder=$(cat "$lock/pid" 2>/dev/null) || holder=
        if [ -n "$holder" ] || [ "$waited" -ge 5 ]; then
            if ! is_alive "$holder" && mkdir "$lock/after-${holder:-nobody}" 2>/dev/null; then break; fi
        fi
        if [ "$waited" = 1 ]; then say "Another start is installing; waiting for it."; fi
        waited=$((waited + 1))
        sleep 1
    done
    printf '%s\n' "$$" >"$lock/pid"
    trap drop_lock EXIT
    trap 'exit 130' INT HUP TERM
}

is_alive() { # process
    # /proc also shows the processes of other users, which may not be signalled.
    [ -n "$1" ] && { kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ]; }
}

drop_lock() {
    trap - EXIT INT HUP TERM
    rm -rf "$lock"
}
