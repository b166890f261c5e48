"""The Linux packages' scripts: installing for one user, and taking it back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import archives
import checking
import pytest

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
ICONS = ROOT / "resources" / "icons" / "app"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="scripts for Linux")


@pytest.fixture(params=["camviewer", 'mit Leer "zeichen" $HOME `x` 100% ü\\n'])
def unpacked(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder as the archive holds it, with a program that says its arguments."""
    folder = tmp_path / request.param
    (folder / "share").mkdir(parents=True)
    for script in ("install.sh", "uninstall.sh"):
        shutil.copy(LINUX / script, folder)
    for file in ("camviewer.desktop", "camviewer-mime.xml", "refresh.sh"):
        shutil.copy(LINUX / file, folder / "share")
    shutil.copytree(ICONS, folder / "share" / "icons")
    (folder / "LICENSE").write_text("Apache")
    program = folder / "camviewer"
    program.write_text('#!/bin/sh\nprintf "%s|" "$0" "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The empty home of a user."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def run(script: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(script), *arguments],
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def entry_of(home: Path) -> Path:
    return home / ".local/share/applications/camviewer.desktop"


def test_the_desktop_entry_starts_the_program_with_the_picture(unpacked: Path, home: Path) -> None:
    done = run(unpacked / "install.sh", home, "--here")
    assert done.returncode == 0, done.stderr
    words = checking.exec_of(entry_of(home), Path("/tmp/a b.png"))
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said == f"{unpacked.resolve()}/camviewer|/tmp/a b.png|"


def test_installing_copies_the_program_and_uninstalling_leaves_nothing(
    unpacked: Path, home: Path
) -> None:
    assert run(unpacked / "install.sh", home).returncode == 0
    program = home / ".local/opt/camviewer"
    assert checking.exec_of(entry_of(home), Path("x"))[0] == str(program / "camviewer")
    assert (home / ".local/bin/camviewer").resolve() == (program / "camviewer").resolve()
    icons = home / ".local/share/icons/hicolor"
    assert {path.parents[1].name for path in icons.glob("*/apps/camviewer.png")} == {
        f"{size}x{size}" for size in (16, 32, 48, 64, 128, 256, 512)
    }
    assert run(unpacked / "install.sh", home).returncode == 0  # a second time, as an update
    (home / ".local/share/camviewer/models").mkdir(parents=True)
    done = run(program / "uninstall.sh", home)
    assert done.returncode == 0, done.stderr
    assert not program.exists()
    left = {path.name for path in home.rglob("*") if not path.is_dir() and "mime" not in str(path)}
    assert left <= {"mimeinfo.cache", "icon-theme.cache"}
    assert not (home / ".local/share/icons/hicolor/256x256").exists()
    assert (home / ".local/share/camviewer/models").is_dir()


def test_uninstalling_everything_removes_models_and_settings(unpacked: Path, home: Path) -> None:
    run(unpacked / "install.sh", home, "--here")
    for folder in (".local/share/camviewer/models", ".config/camviewer", ".cache/camviewer"):
        (home / folder).mkdir(parents=True)
    run(unpacked / "uninstall.sh", home, "--all")
    assert not list(home.rglob("camviewer"))
    assert (unpacked / "camviewer").exists()


def test_a_folder_of_something_else_is_never_replaced(unpacked: Path, home: Path) -> None:
    mine = home / "mine"
    mine.mkdir()
    (mine / "thesis.txt").touch()
    done = run(unpacked / "install.sh", home, str(mine))
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert list(mine.iterdir()) == [mine / "thesis.txt"]
    assert not entry_of(home).exists()


def test_the_desktop_entry_offers_every_picture_format_and_models() -> None:
    text = (LINUX / "camviewer.desktop").read_text()
    offered = next(line for line in text.splitlines() if line.startswith("MimeType="))
    for kind in ("png", "jpeg", "webp", "bmp", "gif", "tiff", "heic", "avif"):
        assert f"image/{kind};" in offered
    mime = ElementTree.parse(LINUX / "camviewer-mime.xml").getroot()
    declared = mime.find("{*}mime-type")
    assert declared is not None
    assert f"{declared.get('type')};" in offered
    glob = declared.find("{*}glob")
    assert glob is not None
    assert glob.get("pattern") == "*.camviewer"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="not installed")
def test_the_desktop_entry_is_valid(unpacked: Path, home: Path) -> None:
    run(unpacked / "install.sh", home, "--here")
    done = subprocess.run(
        ["desktop-file-validate", str(entry_of(home))], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("script", [*sorted(LINUX.glob("*.sh")), ROOT / "packaging/macos/sign.sh"])
def test_the_scripts_are_sound_shell(script: Path) -> None:
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb")
@pytest.mark.skipif(shutil.which("zstd") is None, reason="no zstd")
def test_the_archives_hold_the_program_and_are_the_same_each_time(
    unpacked: Path, tmp_path: Path
) -> None:
    if unpacked.name != "camviewer":
        pytest.skip("an archive's name has no blanks")
    shutil.copy(LINUX / "README.txt", unpacked)
    made = archives.make(unpacked, "1.2.3", 3, 1_700_000_000)
    assert [path.name.split("_")[0] for path in made] == [
        "camviewer.tar.zst",
        "camviewer",
        "SHA256SUMS",
    ]
    sums = made[2].read_text()
    assert archives.make(unpacked, "1.2.3", 3, 1_700_000_000)[2].read_text() == sums
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0
    tree = tmp_path / "root"
    subprocess.run(["dpkg-deb", "-x", str(made[1]), str(tree)], check=True)
    entry = tree / "usr/share/applications/camviewer.desktop"
    assert checking.exec_of(entry, Path("x")) == ["/opt/camviewer/camviewer", "x"]
    assert (tree / "opt/camviewer/camviewer").stat().st_mode & 0o777 == 0o755
    assert (tree / "usr/share/icons/hicolor/256x256/apps/camviewer.png").is_file()
    field = subprocess.run(
        ["dpkg-deb", "-f", str(made[1]), "Version"], capture_output=True, text=True, check=True
    )
    assert field.stdout == "1.2.3\n"
