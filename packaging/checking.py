"""Tries the program's folder where there is nothing else: what a stranger's machine is like.

On Linux, as root: another user, an empty environment and home, a path with spaces and letters
beyond ASCII, a folder that cannot be written, no network, no Python and no compiler on the PATH,
and the repository and the Python that built the package out of sight. Without root it does what
the system allows, and says what it left out.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

_NOBODY = 65534
_TIMEOUT_S = 600
_CACHES_OF_THE_SYSTEM = (".cache/fontconfig/", ".cache/mesa_shader_cache/")
_SHOT = Path(__file__).with_name("screenshot.py")


@dataclass
class Place:
    """An installed copy and a home for who runs it."""

    program: Path
    home: Path
    hidden: list[Path]
    isolated: bool
    notes: list[str] = field(default_factory=list)

    def command(self, *words: str, path: str = "/nowhere") -> list[str]:
        """The words as they are run there, with nothing of this process's environment."""
        variables = {"HOME": str(self.home), "PATH": path, "LANG": "C.UTF-8"}
        if "DISPLAY" in os.environ:
            variables["DISPLAY"] = os.environ["DISPLAY"]
        bare = ["env", "-i", *(f"{name}={value}" for name, value in variables.items()), *words]
        if not self.isolated:
            return bare
        as_nobody = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        hide = " && ".join(f"mount -t tmpfs none {shlex.quote(str(each))}" for each in self.hidden)
        inner = f'{hide or "true"} && cd {shlex.quote(str(self.home))} && exec "$@"'
        return ["unshare", "--net", "--mount", "sh", "-c", inner, "sh", *as_nobody, *bare]


def check(folder: Path, root: Path, *, window: bool = True) -> bool:
    """Whether the self-test passes there, and the window opens by the desktop entry."""
    if not sys.platform.startswith("linux"):
        return _plain_self_test(folder)
    with _place(folder, root) as place:
        print("\n".join(f"  {note}" for note in place.notes), flush=True)
        well = _run(place.command(str(place.program / "camviewer"), "self-test")) == 0
        traces = _traces(place.home)
        if traces:
            print(f"  the self-test left in the home: {', '.join(traces)}")
        well = well and not traces
        if window and well:
            well = _check_window(place, root / "build" / "screenshots")
        written = [path for path in place.program.rglob("*") if path.name == "__pycache__"]
        return well and not written


def _traces(home: Path) -> list[str]:
    """What lies in the home, where the self-test keeps nothing: a library's statistics, perhaps."""
    files = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    return [file for file in files if not file.startswith(_CACHES_OF_THE_SYSTEM)]


def _plain_self_test(folder: Path) -> bool:
    name = "camviewer-console.exe" if sys.platform == "win32" else "camviewer"
    program = next(path for path in folder.rglob(name) if path.is_file())
    return _run([str(program), "self-test"]) == 0


@contextmanager
def _place(folder: Path, root: Path) -> Iterator[Place]:
    with TemporaryDirectory(prefix="camviewer-check-", dir=_roomy(folder)) as name:
        base = Path(name)
        base.chmod(0o755)
        program = base / "Prüfstand mit Leerzeichen é" / folder.name
        program.parent.mkdir()
        # Links where the disk allows them: the copy has gigabytes.
        shutil.copytree(folder, program, symlinks=True, copy_function=_link_or_copy)
        home = base / "home"
        home.mkdir()
        place = Place(program, home, [], _can_isolate())
        if place.isolated:
            os.chown(home, _NOBODY, _NOBODY)
            place.hidden = _out_of_sight(root, base)
            hidden = ", ".join(map(str, place.hidden))
            place.notes.append(f"user {_NOBODY}, no network, out of sight: {hidden}")
        else:
            place.notes.append(
                "not root, or the system allows no namespaces: "
                "the same user, with network and repository there"
            )
        _forbid_writing(program.parent)
        try:
            yield place
        finally:
            program.parent.chmod(0o755)
            for path in program.rglob("*"):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o755)
            program.chmod(0o755)


def _roomy(folder: Path) -> str:
    """Where the copy lies: outside of the repository, on the same disk if that can be had."""
    for place in ("/var/tmp", "/tmp"):
        if Path(place).stat().st_dev == folder.stat().st_dev:
            return place
    return "/var/tmp"


def _out_of_sight(root: Path, base: Path) -> list[Path]:
    python = Path(sys.base_prefix).resolve()
    wanted = [root.resolve(), Path(sys.prefix).resolve()]
    if python != Path("/usr"):  # a system's Python cannot be hidden without the system
        wanted.append(python)
    apart = [each for each in wanted if not base.is_relative_to(each)]
    return [each for each in apart if not any(each != o and each.is_relative_to(o) for o in apart)]


def _forbid_writing(folder: Path) -> None:
    """Nobody may write there: root owns it, and for others the folders' rights say so."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(stat.S_IRUSR | stat.S_IXUSR | 0o055)


def _check_window(place: Place, screenshots: Path) -> bool:
    """Double-clicks a picture in a file manager's stead, and another while the window is open."""
    if shutil.which("Xvfb") is None:
        print("  no Xvfb: the window was not opened")
        return True
    scripts = "/usr/bin:/bin"
    installed = _run(place.command(str(place.program / "install.sh"), "--here", path=scripts))
    entry = place.home / ".local/share/applications/camviewer.desktop"
    if installed or not entry.is_file():
        print("  install.sh failed")
        return False
    pictures = [_sample(place, name) for name in ("chelsea.png", "coffee.png")]
    screenshots.mkdir(parents=True, exist_ok=True)
    with _screen() as display:
        os.environ["DISPLAY"] = display
        try:
            first = subprocess.Popen(place.command(*exec_of(entry, pictures[0])))
            shot = _shoot(screenshots / "packaged.png")
            second = _run(place.command(*exec_of(entry, pictures[1])))
            time.sleep(1)
            again = _shoot(screenshots / "packaged-second.png")
            alive = first.poll() is None
            first.terminate()
            first.wait(_TIMEOUT_S)
        finally:
            del os.environ["DISPLAY"]
    print(
        f"  window: map {_words(shot)}; second picture: handed over {_words(second == 0)}, "
        f"map {_words(again)}; screenshots in {screenshots}"
    )
    removed = _run(place.command(str(place.program / "uninstall.sh"), path=scripts)) == 0
    return shot and again and second == 0 and alive and removed and not entry.exists()


def exec_of(entry: Path, picture: Path) -> list[str]:
    """What a desktop runs for a file, by the rules for the key Exec."""
    lines = entry.read_text("utf-8").splitlines()
    value = next(line for line in lines if line.startswith("Exec=")).removeprefix("Exec=")
    value = value.replace("\\\\", "\\")  # as in every string of a desktop entry
    words = [_unquoted(found[0]) for found in re.finditer(r'"(?:\\.|[^"\\])*"|\S+', value)]
    return [str(picture) if word == "%F" else word.replace("%%", "%") for word in words]


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') else word


def _sample(place: Place, name: str) -> Path:
    copy = place.home / f"ein Bild ß {name}"
    shutil.copy(place.program / "lib" / "resources" / "samples" / name, copy)
    copy.chmod(0o644)
    return copy


def _shoot(file: Path) -> bool:
    """Waits for a map on the screen and keeps a picture of it."""
    return _run([sys.executable, str(_SHOT), str(file)]) == 0


@contextmanager
def _screen() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-ac"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def _run(command: list[str]) -> int:
    return subprocess.run(command, timeout=_TIMEOUT_S, check=False).returncode


def _words(well: bool) -> str:
    return "yes" if well else "NO"


def _can_isolate() -> bool:
    """Whether another user, a network of its own and hidden folders can be had."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "setpriv"))):
        return False
    trial = ["unshare", "--net", "--mount", "setpriv", f"--reuid={_NOBODY}", "--clear-groups"]
    return subprocess.run([*trial, "true"], capture_output=True, check=False).returncode == 0


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
