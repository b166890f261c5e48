"""Makes the package: ``python packaging/build.py [STEP ...]``, in an environment with the extra
``package``. Without a step it takes all of them, in this order:

    folder     the program's folder, by PyInstaller, with licences, SBOM and install scripts
    check      the self-test of that folder in an empty environment, and its window on a screen
    archive    .tar.zst and .deb on Linux, .zip elsewhere, with SHA-256 sums
    sizes      where the bytes go, and whether a folder without CUDA stays below its limit
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import archives
import checking
import inventory
import sbom
import sizes
from contents import FOR_CUDA
from stand_ins import stand_in_for

from camviewer import __version__

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD, DIST = ROOT / "build" / "package", ROOT / "dist"
STEPS = ("folder", "check", "archive", "sizes")
_Result = TypeVar("_Result")
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def main() -> int:
    """Returns the exit code; 0 when every step went well."""
    parser = argparse.ArgumentParser(description=__doc__, usage="build.py [STEP ...] [OPTIONS]")
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    parser.add_argument("--level", type=int, default=9, help="of zstd's compression")
    parser.add_argument("--no-window", action="store_true", help="check without a screen")
    options = parser.parse_args()
    unknown = set(options.steps) - set(STEPS)
    if unknown:
        parser.error(f"there is no step {', '.join(sorted(unknown))}")
    steps = options.steps or STEPS
    folder = DIST / name()
    if "folder" in steps:
        timed("folder", lambda: make_folder(folder))
    if "check" in steps and not timed(
        "check", lambda: checking.check(folder, ROOT, window=not options.no_window)
    ):
        return 1
    if "archive" in steps:
        made = timed("archive", lambda: archives.make(folder, __version__, options.level, epoch()))
        print("\n".join(f"  {path.name}  {path.stat().st_size / 1e6:.0f} MB" for path in made))
    if "sizes" in steps:
        print(sizes.report(folder))
        too_large = "" if FOR_CUDA else sizes.too_large(folder)
        if too_large:
            print(too_large)
            return 1
    return 0


def name() -> str:
    """The folder's name: program, version, system, processor, and what torch was built for."""
    system = SYSTEMS.get(sys.platform, sys.platform)
    kind = "-cuda" if FOR_CUDA else ""
    return f"camviewer-{__version__}-{system}-{platform.machine().lower()}{kind}"


def make_folder(folder: Path) -> None:
    """Runs PyInstaller and puts beside the program what belongs there."""
    work = BUILD / "work"
    made = BUILD / "made"
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch())}
    spec = str(HERE / "camviewer.spec")
    command = [sys.executable, "-m", "PyInstaller", spec, "--noconfirm", "--log-level", "ERROR"]
    where = ["--distpath", str(made), "--workpath", str(work)]
    subprocess.run([*command, *where], env=environment, cwd=ROOT, check=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    (made / "camviewer").rename(folder)
    if sys.platform == "darwin":
        shutil.rmtree(folder)
        folder.mkdir()
        (made / "camviewer.app").rename(folder / "camviewer.app")
    write_papers(folder, work / "camviewer" / "sources.json")
    if sys.platform.startswith("linux"):
        add_install_scripts(folder)


def write_papers(folder: Path, sources: Path) -> None:
    """Licences, list of contents and SBOM."""
    files = [Path(source) for source in json.loads(sources.read_text("utf-8"))]
    found = inventory.components(files)
    stand_ins = sorted(path.name for path in files if stand_in_for(path.name) and is_made(path))
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    text = inventory.licences_text(found, stand_ins)
    (folder / "THIRD_PARTY_LICENSES.txt").write_text(text, encoding="utf-8")
    (folder / "CONTENTS.txt").write_text(inventory.contents_list(found), encoding="utf-8")
    executables = {
        path.name: sha256(path)
        for path in folder.iterdir()
        if os.access(path, os.X_OK) and path.is_file()
    }
    document = sbom.sbom("camviewer", __version__, found, epoch(), executables)
    objection = sbom.problems(document)
    if objection:
        raise SystemExit(f"The SBOM does not follow CycloneDX's schema: {objection}")
    (folder / "sbom.cdx.json").write_text(document, encoding="utf-8")


def is_made(path: Path) -> bool:
    """Whether a library is a stand-in of ours and not the real one."""
    return path.is_relative_to(BUILD)


def add_install_scripts(folder: Path) -> None:
    """What a Linux desktop needs to know of the program."""
    for script in ("install.sh", "uninstall.sh"):
        shutil.copy(HERE / "linux" / script, folder / script)
    shutil.copy(HERE / "linux" / "README.txt", folder / "README.txt")
    share = folder / "share"
    shutil.copytree(ROOT / "resources" / "icons" / "app", share / "icons")
    for file in ("camviewer.desktop", "camviewer-mime.xml", "refresh.sh"):
        shutil.copy(HERE / "linux" / file, share / file)


def epoch() -> int:
    """The time that everything made bears: the last commit's, so that it can be made again."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 1_700_000_000


def sha256(path: Path) -> str:
    """In hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def timed(step: str, work: Callable[[], _Result]) -> _Result:
    """Says how long a step took."""
    print(f"{step} ...", flush=True)
    start = time.monotonic()
    result = work()
    print(f"{step}: {time.monotonic() - start:.0f} s", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
