"""transformers: its classifiers of pictures, and what they share; see ``contents.py``.

Its modules are imported by name, and its packages list their own sources when they are imported.
"""

from __future__ import annotations

from contents import modules_below, unwanted_models
from PyInstaller.utils.hooks import copy_metadata

_ASKED_FOR = (
    *("transformers", "huggingface-hub", "filelock", "numpy", "packaging", "pyyaml", "regex"),
    *("safetensors", "tokenizers", "torch", "torchvision", "pillow", "tqdm", "timm"),
)
"""Distributions whose versions it looks up before it uses them."""

module_collection_mode = "pyz+py"
_UNWANTED = tuple(f"{name}." for name in unwanted_models())
hiddenimports = [
    name for name in modules_below("transformers") if not f"{name}.".startswith(_UNWANTED)
]
datas = [found for name in _ASKED_FOR for found in copy_metadata(name)]
