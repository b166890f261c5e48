"""highdicom: its tables of the standard and its colour profile."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("highdicom")
