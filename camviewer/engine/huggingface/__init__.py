"""Image classifiers of Hugging Face's transformers: a folder in, a network and its recipe out."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.huggingface.folder import classifier_folder, weights_in
    from camviewer.engine.huggingface.folder_packs import (
        import_folder,
        require_fitting_folder,
        transformers_classifier,
    )
    from camviewer.engine.huggingface.pickled import pickled_classifier
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "folder": ["classifier_folder", "weights_in"],
            "folder_packs": ["import_folder", "require_fitting_folder", "transformers_classifier"],
            "pickled": ["pickled_classifier"],
        },
    )

__all__ = [
    "classifier_folder",
    "import_folder",
    "pickled_classifier",
    "require_fitting_folder",
    "transformers_classifier",
    "weights_in",
]
