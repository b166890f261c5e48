"""Small libraries in the place of large ones that are linked to but never called.

torch's CUDA library names libraries for training on many cards and for sparse tensor cores, and
the loader insists on them; nothing in camviewer leads to a call of theirs. libheif names an
encoder under the GPL, and camviewer only decodes. A stand-in has the real one's name and the
functions that its users link to; each of them refuses.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(frozen=True)
class StandIn:
    """A library that is named and not called.

    Attributes:
        pattern: of the real library's file name.
        prefix: that all names of its own functions have; what it hands on of C++ stays out.
        answer: what each function returns: the library's own code for "not supported".
        reason: why nothing calls it.
    """

    pattern: str
    prefix: str
    answer: int
    reason: str


STAND_INS = (
    StandIn(
        "libnccl.so*", "nccl", 3, "speaks between several cards in training (ncclInternalError)"
    ),
    StandIn(
        "libcusparseLt.so*",
        "cusparseLt",
        10,
        "matrices with 2:4 sparsity (CUSPARSE_STATUS_NOT_SUPPORTED)",
    ),
    StandIn("libcurand.so*", "curand", 0, "torch names it and takes no function from it"),
    StandIn("libnvshmem_host.so*", "nvshmem", 1, "memory shared between machines (NVSHMEMX_ERROR)"),
    StandIn(
        "libx265-*.so*", "x265_", 0, "encodes HEIC, under the GPL; here HEIC is only decoded (NULL)"
    ),
)

_COMPILE = ("cc", "-shared", "-fPIC", "-O1", "-fno-builtin", "-w", "-s", "-Wl,--build-id=none")


def stand_in_for(name: str) -> StandIn | None:
    """The stand-in for a library of this file name; None for those that are needed."""
    return next((each for each in STAND_INS if fnmatchcase(name, each.pattern)), None)


def can_be_made() -> bool:
    """Whether this machine has what makes a library: a C compiler and ``nm``."""
    return all(shutil.which(tool) for tool in ("cc", "nm", "readelf"))


def make_stand_in(library: Path, users: Iterable[Path], kind: StandIn, folder: Path) -> Path:
    """Makes the stand-in for ``library``, with the functions that ``users`` take from it.

    Returns:
        Its file in ``folder``, named as the library.
    """
    offered = _symbols(library, "--defined-only")
    taken = {
        name: version
        for user in users
        for name, version in _symbols(user, "--undefined-only").items()
        if name in offered and name.startswith(kind.prefix)
    }
    folder.mkdir(parents=True, exist_ok=True)
    source, script = folder / f"{library.name}.c", folder / f"{library.name}.map"
    lines = [f"long {name}(void) {{ return {kind.answer}; }}" for name in sorted(taken)]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [*_COMPILE, f"-Wl,-soname,{_soname(library)}", str(source)]
    versions = sorted(set(taken.values()) - {""})
    if versions:
        nodes = [_node(version, taken) for version in versions]
        script.write_text("".join(nodes), encoding="utf-8")
        command.append(f"-Wl,--version-script,{script}")
    made = folder / library.name
    subprocess.run([*command, "-o", str(made)], check=True)
    return made


def _node(version: str, taken: dict[str, str]) -> str:
    names = " ".join(f"{name};" for name in sorted(taken) if taken[name] == version)
    return f"{version} {{ {names} }};\n"


def _symbols(library: Path, which: str) -> dict[str, str]:
    """The functions and their versions; an empty version where there is none."""
    done = subprocess.run(
        ["nm", "-D", which, str(library)], check=True, capture_output=True, text=True
    )
    words = [line.split()[-1] for line in done.stdout.splitlines() if line]
    return {
        word.partition("@")[0]: word.rpartition("@")[2] if "@" in word else "" for word in words
    }


def _soname(library: Path) -> str:
    done = subprocess.run(
        ["readelf", "-d", str(library)], check=True, capture_output=True, text=True
    )
    for line in done.stdout.splitlines():
        if "(SONAME)" in line:
            return line.rpartition("[")[2].rstrip("] ")
    return library.name
