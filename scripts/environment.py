"""Makes .venv and installs camviewer into it: ``python3 scripts/environment.py [EXTRA ...]``.

The variable ENVIRONMENT names another folder than .venv, and TORCH=cpu asks for a build of torch
without CUDA: constraints-cpu.txt.

An environment that is whole is kept; one that an interruption left damaged is made anew. Written
for Python 3.6 and newer, so that an old one says a sentence instead of a traceback.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / os.environ.get("ENVIRONMENT", ".venv")
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / ".unfinished"
"""Is there while packages are being installed; found at the start, it tells of an interruption."""

NEEDED = (3, 11)

IS_OWN_AND_NEW = f"""
import sys, pip
sys.exit(sys.prefix == sys.base_prefix or sys.version_info < {NEEDED!r})
"""

HAS_ALL_FILES = """
import importlib.metadata, sys
for package in importlib.metadata.distributions():
    if package.files is None:
        sys.exit(1)
    for file in package.files:
        if file.suffix != ".pyc" and not file.locate().exists():
            sys.exit(1)
"""


def main(extras: "list[str]") -> int:
    """Returns the exit code; 0 when everything that the extras ask for is installed."""
    if sys.version_info < NEEDED:
        found = ".".join(str(number) for number in sys.version_info[:2])
        _complain(
            f"camviewer needs Python {NEEDED[0]}.{NEEDED[1]} or newer, and {sys.executable} is"
            f" {found}: name a newer one with PYTHON=python3.12 after make run or make test."
        )
        return 1
    if os.path.lexists(str(VENV)) and not _is_sound():
        _say(f"The environment in {VENV.name} is damaged or half made: making it anew.")
        _remove_environment()
    if not VENV.exists():
        _say(f"Making an environment in {VENV.name}")
        code = subprocess.call([sys.executable, "-m", "venv", str(VENV)])
        if code:
            _remove_environment()
            return code
    return _install(extras)


def _is_sound() -> bool:
    """Whether .venv has a working Python with pip, and every file that its packages list."""
    if not _succeeds(IS_OWN_AND_NEW):
        return False
    return not UNFINISHED.exists() or _succeeds(HAS_ALL_FILES)


def _succeeds(program: str) -> bool:
    try:
        return subprocess.call([str(PYTHON), "-c", program], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def _remove_environment() -> None:
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    else:
        shutil.rmtree(str(VENV), ignore_errors=True)


def _install(extras: "list[str]") -> int:
    """Installs the project in place; pip speaks only of errors."""
    _say("Installing what camviewer needs; the first time this takes a few minutes.")
    UNFINISHED.touch()
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq"]
    constraints = ["--constraint", str(constraints_for(os.environ.get("TORCH", "")))]
    code = subprocess.call([*pip, "install", *constraints, "--editable", project])
    if code:
        _complain("pip could not install everything; the next try goes on from here.")
        return code
    UNFINISHED.unlink()
    return 0


def constraints_for(torch: str) -> Path:
    """The file of exact versions; for a special build of torch, one that is put together."""
    usual = ROOT / "constraints.txt"
    if torch in {"", "cuda"}:
        return usual
    special = (ROOT / f"constraints-{torch}.txt").read_text(encoding="utf-8").splitlines()
    replaced = {_package(line) for line in special}
    kept = [
        line
        for line in usual.read_text(encoding="utf-8").splitlines()
        if _package(line) not in replaced
    ]
    merged = VENV / "constraints.txt"
    merged.write_text("\n".join([*kept, *special, ""]), encoding="utf-8")
    return merged


def _package(line: str) -> str:
    """The package that a line pins; empty for a comment."""
    found = re.match(r"[\w.-]+", line)
    return found.group().lower() if found else ""


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
