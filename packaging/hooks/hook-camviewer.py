"""camviewer: most of its modules are imported late, inside functions."""

from PyInstaller.utils.hooks import collect_submodules, copy_metadata

# Pillow and pillow_heif are imported by name, when a picture of a kind is met.
hiddenimports = [*collect_submodules("camviewer"), *collect_submodules("PIL"), "pillow_heif"]
datas = copy_metadata("camviewer", recursive=False)
