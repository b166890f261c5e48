"""Keeps models on disk as packs: manifest, weights, class names."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.packs.cleaning import remove_left_over
    from camviewer.engine.packs.draft import ImportChoices, PackDraft
    from camviewer.engine.packs.editing import edit_pack, rename_pack
    from camviewer.engine.packs.labels import chosen_labels, read_labels, require_count
    from camviewer.engine.packs.manifest import (
        CONFIG,
        CROP_FRACTIONS,
        INPUT_SIDES,
        MEANS,
        MOST_CLASSES,
        ONNX,
        STDS,
        TENSORS,
        TORCH_EXPORT,
        TORCHSCRIPT,
        TRANSFORMERS,
        Manifest,
    )
    from camviewer.engine.packs.recipe_limits import Preview
    from camviewer.engine.packs.store import (
        EMBEDDED,
        DamagedPack,
        Pack,
        PackInfo,
        file_of_model,
        file_sha256,
        find_pack,
        list_packs,
        list_with_damaged,
        models_folder,
        read_pack,
        remove_pack,
    )
    from camviewer.engine.packs.writing import kept_unless_cancelled, unwritable, write_pack
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "cleaning": ["remove_left_over"],
            "draft": ["ImportChoices", "PackDraft"],
            "editing": ["edit_pack", "rename_pack"],
            "labels": ["chosen_labels", "read_labels", "require_count"],
            "manifest": [
                "MOST_CLASSES",
                "CONFIG",
                "CROP_FRACTIONS",
                "INPUT_SIDES",
                "MEANS",
                "Manifest",
                "ONNX",
                "STDS",
                "TENSORS",
                "TORCHSCRIPT",
                "TORCH_EXPORT",
                "TRANSFORMERS",
            ],
            "recipe_limits": ["Preview"],
            "store": [
                "DamagedPack",
                "EMBEDDED",
                "Pack",
                "PackInfo",
                "file_of_model",
                "file_sha256",
                "find_pack",
                "list_packs",
                "list_with_damaged",
                "models_folder",
                "read_pack",
                "remove_pack",
            ],
            "writing": ["kept_unless_cancelled", "unwritable", "write_pack"],
        },
    )

__all__ = [
    "CONFIG",
    "CROP_FRACTIONS",
    "EMBEDDED",
    "INPUT_SIDES",
    "MEANS",
    "MOST_CLASSES",
    "ONNX",
    "STDS",
    "TENSORS",
    "TORCHSCRIPT",
    "TORCH_EXPORT",
    "TRANSFORMERS",
    "DamagedPack",
    "ImportChoices",
    "Manifest",
    "Pack",
    "PackDraft",
    "PackInfo",
    "Preview",
    "chosen_labels",
    "edit_pack",
    "file_of_model",
    "file_sha256",
    "find_pack",
    "kept_unless_cancelled",
    "list_packs",
    "list_with_damaged",
    "models_folder",
    "read_labels",
    "read_pack",
    "remove_left_over",
    "remove_pack",
    "rename_pack",
    "require_count",
    "unwritable",
    "write_pack",
]
