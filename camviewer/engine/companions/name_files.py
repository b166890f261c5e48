"""Files with class names that lie beside a model."""

from __future__ import annotations

import logging
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.labels import read_labels, require_count

_log = logging.getLogger(__name__)

_STEMS = (
    *("labels", "classes", "class_names", "names", "categories", "label_names", "classnames"),
    *("idx_to_class", "class_to_idx", "index_to_name", "id2label", "label_map"),
)
_SUFFIXES = (".txt", ".json", ".csv", ".names", ".yaml", ".yml")


def names_beside(path: Path, classes: int) -> tuple[tuple[str, ...], str]:
    """The names in a file beside a model, where they are as many as its classes.

    Args:
        path: of the model.
        classes: how many numbers it puts out.

    Returns:
        The names, and what is to be said of them; both empty where there is no such file.
    """
    own = (path.stem, f"{path.stem}_labels", f"{path.stem}_classes", f"{path.stem}-labels")
    for stem in (*own, *_STEMS):
        for suffix in _SUFFIXES:
            file = path.with_name(stem + suffix)
            if not file.is_file() or file == path:
                continue
            try:
                names = read_labels(file)
                require_count(names, classes, file.name)
            except CamviewerError as error:
                _log.info("%s beside the model was left aside: %s", file.name, error)
                continue
            return names, f"The class names are those of {file.name} beside the file."
    return (), ""
