"""Archives that people download: ``.tar.zst`` and ``.deb`` on Linux, ``.zip`` elsewhere."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_MAINTAINER = "The camviewer developers <camviewer@localhost>"
_CONTROL = """\
Package: camviewer
Version: {version}
Section: science
Priority: optional
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: libc6 (>= {libc}), libegl1, libgl1
Recommends: shared-mime-info, desktop-file-utils, xdg-utils
Description: shows where an image classifier looks
 Drop a picture into its window: the classes that the model sees appear beside
 it, and for each of them a heatmap lies on the picture, where the evidence is.
 Works offline, with a classifier built in, and with models of torchvision and
 timm. Everything that it needs is inside.
"""


def make(folder: Path, version: str, level: int, epoch: int) -> list[Path]:
    """Archives of the program's folder, beside it, and their SHA-256 sums."""
    if sys.platform.startswith("linux"):
        if shutil.which("zstd") is None:
            raise SystemExit("zstd packs the archive, and is not installed: apt-get install zstd")
        made = [_tar(folder, level, epoch)]
        if shutil.which("dpkg-deb"):
            made.append(_deb(folder, version, level, epoch))
        else:
            print("  no dpkg-deb: no .deb was made")
    else:
        made = [Path(shutil.make_archive(str(folder), "zip", folder.parent, folder.name))]
    sums = folder.parent / "SHA256SUMS"
    sums.write_text("".join(f"{_sha256(path)}  {path.name}\n" for path in made), encoding="utf-8")
    return [*made, sums]


def _tar(folder: Path, level: int, epoch: int) -> Path:
    archive = folder.parent / f"{folder.name}.tar.zst"
    pack = ["tar", *_same_always(epoch), "-C", str(folder.parent), "-cf", "-", folder.name]
    compress = ["zstd", "-q", "-f", "-T0", f"-{level}", "-o", str(archive)]
    with subprocess.Popen(pack, stdout=subprocess.PIPE) as tar:
        subprocess.run(compress, stdin=tar.stdout, check=True)
    if tar.returncode:
        raise SystemExit(f"tar could not read {folder}")
    return archive


def _same_always(epoch: int) -> list[str]:
    owner = ["--owner=0", "--group=0", "--numeric-owner"]
    return ["--sort=name", f"--mtime=@{epoch}", *owner, "--mode=u+rwX,go+rX,go-w"]


def _deb(folder: Path, version: str, level: int, epoch: int) -> Path:
    architecture = _ARCHITECTURES.get(platform.machine(), platform.machine())
    tree = folder.parent / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    program = tree / "opt" / "camviewer"
    program.parent.mkdir(parents=True)
    # Links, because the folder has gigabytes; what a system's package does not need goes.
    shutil.copytree(folder, program, symlinks=True, copy_function=_link)
    for file in ("install.sh", "uninstall.sh", "README.txt"):
        (program / file).unlink()
    _integrate(program, tree)
    control = _CONTROL.format(
        version=version,
        architecture=architecture,
        maintainer=_MAINTAINER,
        kilobytes=_kilobytes(tree),
        libc=platform.libc_ver()[1] or "2.28",
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    archive = folder.parent / f"camviewer_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{min(level, 12)}", "--build"]
    environment = {"SOURCE_DATE_EPOCH": str(epoch), "PATH": "/usr/bin:/bin"}
    subprocess.run(
        [*command, str(tree), str(archive)], check=True, env=environment, stdout=subprocess.DEVNULL
    )
    shutil.rmtree(tree)
    return archive


def _integrate(program: Path, tree: Path) -> None:
    """Menu entry, icons, file type, command and copyright, where the system looks for them."""
    share = tree / "usr" / "share"
    (share / "applications").mkdir(parents=True)
    (share / "mime" / "packages").mkdir(parents=True)
    (share / "doc" / "camviewer").mkdir(parents=True)
    (tree / "usr" / "bin").mkdir()
    entry = (program / "share" / "camviewer.desktop").read_text("utf-8")
    entry = entry.replace("@EXEC@", "/opt/camviewer/camviewer")
    entry = entry.replace("@TRYEXEC@", "/opt/camviewer/camviewer")
    (share / "applications" / "camviewer.desktop").write_text(entry, encoding="utf-8")
    mime = program / "share" / "camviewer-mime.xml"
    shutil.copy(mime, share / "mime" / "packages" / "camviewer.xml")
    for icon in sorted((program / "share" / "icons").glob("camviewer-*.png")):
        size = icon.stem.rpartition("-")[2]
        place = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True)
        shutil.copy(icon, place / "camviewer.png")
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copy(program / "share" / "icons" / "camviewer.svg", scalable)
    shutil.rmtree(program / "share")
    (tree / "usr" / "bin" / "camviewer").symlink_to("/opt/camviewer/camviewer")
    copyright_file = share / "doc" / "camviewer" / "copyright"
    own = (program / "LICENSE").read_text("utf-8")
    others = "All others: /opt/camviewer/THIRD_PARTY_LICENSES.txt\n"
    copyright_file.write_text(f"{own}\n{others}", encoding="utf-8")


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def _kilobytes(tree: Path) -> int:
    sizes = (path.lstat().st_size for path in tree.rglob("*") if not path.is_dir())
    return sum(sizes) // 1024


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
