"""Class names: read from the files that people keep them in, or taken from ImageNet."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.packs.label_documents import is_document, names_of_document
from camviewer.engine.packs.label_lines import names_of_lines
from camviewer.engine.packs.label_rows import FORMS
from camviewer.engine.results.one_output import SIDES, both_names
from camviewer.engine.support.lazy_libraries import timm
from camviewer.engine.support.resources import resource

_MOST_BYTES = 32_000_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IMAGENET = 1000
_SAME_NAMES = 0.9
"""Minimum share of equal names in a list of ImageNet's classes; because such lists differ in the
names of a few."""
_TIMM_SUBSETS = {
    11221: "imagenet-21k-miil",
    11821: "imagenet-12k",
    21841: "imagenet-22k",
    21842: "imagenet-22k-ms",
    21843: "imagenet-21k-goog",
}


def read_labels(path: Path) -> tuple[str, ...]:
    """The class names in a file of lines, CSV, JSON, YAML or a Python value, by index.

    Raises:
        CamviewerError: it cannot be read, or an index is missing, doubled or no number.
    """
    text = _text(path)
    if not text.strip():
        raise CamviewerError(f"{path.name} is empty.", FORMS)
    read = names_of_document if is_document(text, path.suffix) else names_of_lines
    labels = tuple(_one_line(label) for label in read(path.name, text))
    nameless = next((index for index, label in enumerate(labels) if not label), None)
    if nameless is not None:
        raise CamviewerError(
            f"{path.name} has no name for class {nameless}.", "Give each class a name."
        )
    return labels


def default_labels(classes: int) -> tuple[str, ...]:
    """Names for a head of so many classes: ImageNet's where the count tells it, else numbers."""
    if classes == 1:
        return both_names(())
    if classes == _IMAGENET:
        text = resource("models", "efficientnet-lite0", "labels.txt").read_text(encoding="utf-8")
        return tuple(text.splitlines())
    subset = _TIMM_SUBSETS.get(classes)
    if subset is not None:
        descriptions = timm().data.ImageNetInfo(subset).label_descriptions()
        if len(descriptions) == classes:
            return tuple(descriptions)
    return tuple(f"class {index}" for index in range(classes))


def wordnet_ids(labels: Sequence[str]) -> tuple[str, ...]:
    """WordNet's ids of ImageNet's 1000 classes, such as ``n01440764``, by index.

    Args:
        labels: of a model.

    Returns:
        Nothing where these are not ImageNet's names in ImageNet's order.
    """
    known = default_labels(_IMAGENET)
    if len(labels) != len(known):
        return ()
    same = sum(
        _first_name(one) == _first_name(other) for one, other in zip(labels, known, strict=True)
    )
    if same < _SAME_NAMES * len(known):
        return ()
    return tuple(timm().data.ImageNetInfo("imagenet-1k").label_names())


def _first_name(label: str) -> str:
    return label.partition(",")[0].strip().casefold()


def chosen_labels(file: Path | None, classes: int) -> tuple[str, ...]:
    """The names in a file, or those that the number of classes tells.

    Args:
        file: one name per class.
        classes: how many numbers the model puts out; of a single one both sides have names.

    Raises:
        CamviewerError: the file cannot be read, or has more or fewer names.
    """
    if file is None:
        return default_labels(classes)
    labels = read_labels(file)
    require_count(labels, classes, file.name)
    return both_names(labels) if classes == 1 else labels


def require_count(labels: Sequence[str], classes: int, source: str) -> None:
    """Checks that there is a name for each class.

    Args:
        labels: by index.
        classes: of the model's head; with a single output, one name or both are right.
        source: the name of the labels' file.

    Raises:
        CamviewerError: there are more or fewer.
    """
    if len(labels) != classes and (classes, len(labels)) != (1, SIDES):
        names = "name" if len(labels) == 1 else "names"
        words = "one output" if classes == 1 else f"{classes} classes"
        hint = "Choose the list that the model was trained with."
        if len(labels) == classes + 1:
            hint += f" If its first line, {labels[0][:40]!r}, is a header, remove that."
        raise CamviewerError(
            f"{source} has {len(labels)} {names}, and the model has {words}.", hint
        )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CamviewerError(f"{path.name} is too large to be a list of names.", FORMS)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise CamviewerError(
            f"There is no file {path.name}.", "Check its name and folder."
        ) from error
    except OSError as error:
        raise CamviewerError(
            f"{path.name} cannot be read: {reason_of(error)}.", "Choose another file."
        ) from error
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in content[:4]:
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(path) from error
    if "\0" in text:
        raise _not_text(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_text(path: Path) -> CamviewerError:
    return CamviewerError(f"{path.name} is no text in UTF-8 or UTF-16.", "Save it as UTF-8.")


def _one_line(label: str) -> str:
    """A name without line ends, control characters and halves of characters."""
    valid = label.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c >= " " and c != "\x7f" else " " for c in valid).split())
