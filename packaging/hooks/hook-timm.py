"""timm: every architecture, though its registry imports them by name."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

module_collection_mode = "pyz+py"
hiddenimports = collect_submodules("timm", on_error="ignore")
datas = collect_data_files("timm")
