"""timm: every architecture, though its registry imports them by name."""

from contents import modules_below
from PyInstaller.utils.hooks import collect_data_files

module_collection_mode = "pyz+py"
hiddenimports = modules_below("timm")
datas = collect_data_files("timm")
