"""camviewer: most of its modules are imported late, inside functions."""

from importlib import metadata

from PyInstaller.utils.hooks import collect_submodules

from camviewer.engine.support.crash_reports import LIBRARIES


def _version_of(package: str) -> list[tuple[str, str]]:
    """The file by which a running program knows a package's version."""
    files = metadata.distribution(package).files or ()
    return [
        (str(file.locate()), str(file.parent))
        for file in files
        if file.name == "METADATA" and file.parent.suffix == ".dist-info"
    ]


# Pillow and pillow_heif are imported by name, when a picture of a kind is met.
hiddenimports = [*collect_submodules("camviewer"), *collect_submodules("PIL"), "pillow_heif"]
datas = [found for package in ("camviewer", *LIBRARIES) for found in _version_of(package)]
