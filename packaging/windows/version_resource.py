"""What Windows shows of the program in its properties, for PyInstaller."""

from __future__ import annotations

from pathlib import Path

_TEMPLATE = """\
VSVersionInfo(
    ffi=FixedFileInfo(
        filevers={numbers},
        prodvers={numbers},
        mask=0x3F,
        flags=0x0,
        OS=0x40004,
        fileType=0x1,
        subtype=0x0,
        date=(0, 0),
    ),
    kids=[
        StringFileInfo(
            [
                StringTable(
                    "040904B0",
                    [
                        StringStruct("CompanyName", "The camviewer developers"),
                        StringStruct("FileDescription", "Shows where an image classifier looks"),
                        StringStruct("FileVersion", "{version}"),
                        StringStruct("InternalName", "camviewer"),
                        StringStruct("LegalCopyright", "Apache License 2.0"),
                        StringStruct("OriginalFilename", "camviewer.exe"),
                        StringStruct("ProductName", "camviewer"),
                        StringStruct("ProductVersion", "{version}"),
                    ],
                )
            ]
        ),
        VarFileInfo([VarStruct("Translation", [1033, 1200])]),
    ],
)
"""


def version_resource(version: str) -> str:
    """The text of a version file for a version such as 1.2.3."""
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    four = tuple((*numbers, 0, 0, 0, 0)[:4])
    return _TEMPLATE.format(numbers=four, version=version)


def write_version_resource(version: str, file: Path) -> str:
    """Writes the version file and gives its path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(version_resource(version), encoding="utf-8")
    return str(file)
