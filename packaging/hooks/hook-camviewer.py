"""camviewer: most of its modules are imported late, inside functions."""

from PyInstaller.utils.hooks import collect_submodules, copy_metadata

hiddenimports = collect_submodules("camviewer")
datas = copy_metadata("camviewer", recursive=False)
