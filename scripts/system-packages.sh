#!/usr/bin/env bash
# Finds out which system libraries Qt still needs on Linux, and installs or names them.
#
#   scripts/system-packages.sh          what the window needs; goes on with a warning
#   scripts/system-packages.sh --test   also what the tests need; fails when something is missing
#
# On Debian, Ubuntu and their kin root gets them from apt; everybody else is told the command.
set -euo pipefail

for_tests=false
if [[ "${1:-}" == "--test" ]]; then
    for_tests=true
fi

if [[ "$(uname -s)" != "Linux" ]]; then
    exit 0
fi

# The shared libraries that Qt's wheel links to but does not carry, and the Debian packages
# that hold them.
libraries="
    libEGL.so.1             libegl1
    libGL.so.1              libgl1
    libX11-xcb.so.1         libx11-xcb1
    libX11.so.6             libx11-6
    libdbus-1.so.3          libdbus-1-3
    libfontconfig.so.1      libfontconfig1
    libfreetype.so.6        libfreetype6
    libglib-2.0.so.0        libglib2.0-0
    libgthread-2.0.so.0     libglib2.0-0
    libwayland-client.so.0  libwayland-client0
    libwayland-cursor.so.0  libwayland-cursor0
    libxcb-cursor.so.0      libxcb-cursor0
    libxcb-icccm.so.4       libxcb-icccm4
    libxcb-image.so.0       libxcb-image0
    libxcb-keysyms.so.1     libxcb-keysyms1
    libxcb-randr.so.0       libxcb-randr0
    libxcb-render-util.so.0 libxcb-render-util0
    libxcb-render.so.0      libxcb-render0
    libxcb-shape.so.0       libxcb-shape0
    libxcb-shm.so.0         libxcb-shm0
    libxcb-sync.so.1        libxcb-sync1
    libxcb-util.so.1        libxcb-util1
    libxcb-xfixes.so.0      libxcb-xfixes0
    libxcb-xkb.so.1         libxcb-xkb1
    libxkbcommon-x11.so.0   libxkbcommon-x11-0
    libxkbcommon.so.0       libxkbcommon0
"

# The commands that the tests drive a real X window with.
commands="
    Xvfb    xvfb
    xauth   xauth
    xdotool xdotool
"

missing_names=()
missing_packages=()

note_missing() {
    missing_names+=("$1")
    if [[ " ${missing_packages[*]:-} " != *" $2 "* ]]; then
        missing_packages+=("$2")
    fi
}

python="${PYTHON:-python3}"

check_everything() {
    missing_names=()
    missing_packages=()
    local known name package
    # ldconfig lies in a folder that only root's PATH has.
    if known="$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null)" && [[ -n "$known" ]]; then
        while read -r name package; do
            if [[ -n "$name" && "$known" != *"	$name "* ]]; then
                note_missing "$name" "$package"
            fi
        done <<<"$libraries"
    fi
    if $for_tests; then
        while read -r name package; do
            if [[ -n "$name" ]] && ! command -v "$name" >/dev/null; then
                note_missing "$name" "$package"
            fi
        done <<<"$commands"
    fi
    # Debian keeps what `python3 -m venv` needs in a package of its own.
    if [[ ! -x .venv/bin/python ]]; then
        if ! command -v "$python" >/dev/null; then
            note_missing python3 python3
            note_missing python3-venv python3-venv
        elif ! "$python" -c "import ensurepip, venv" 2>/dev/null; then
            note_missing "Python's venv" python3-venv
        fi
    fi
}

check_everything
if [[ ${#missing_packages[@]} -eq 0 ]]; then
    exit 0
fi

if command -v apt-get >/dev/null && [[ "$(id -u)" -eq 0 ]]; then
    echo "Installing system packages: ${missing_packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    log="$(mktemp)"
    trap 'rm -f "$log"' EXIT
    # An update can fail for one stale source while the packages are there: the install decides.
    apt-get update -qq >"$log" 2>&1 || true
    if apt-get install -y -qq --no-install-recommends "${missing_packages[@]}" >>"$log" 2>&1; then
        check_everything
    else
        cat "$log" >&2
    fi
    if [[ ${#missing_packages[@]} -eq 0 ]]; then
        exit 0
    fi
fi

{
    echo "Missing on this system: ${missing_names[*]}"
    if command -v apt-get >/dev/null; then
        echo "Install with:"
        echo "    sudo apt-get install --no-install-recommends ${missing_packages[*]}"
    else
        echo "Install them with this system's package manager (Debian calls the packages" \
            "${missing_packages[*]})."
    fi
} >&2

if $for_tests; then
    exit 1
fi
echo "The window may not open without them; going on." >&2
