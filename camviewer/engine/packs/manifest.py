"""Defines what ``model.toml`` says of a pack's model, and writes it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import tomli_w

from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.geometry.recipe_records import recipe_record
from camviewer.engine.results.values import NO_ACTIVATION
from camviewer.engine.results.without_classes import FEATURES

MODEL, WEIGHTS, LABELS = "model.toml", "weights.safetensors", "labels.txt"
CONFIG = "config.json"
"""File that a network of transformers is built from; only such packs have it."""
TENSORS, TORCH_EXPORT, TORCHSCRIPT, ONNX = "safetensors", "torch_export", "torchscript", "onnx"
TRANSFORMERS = "transformers"
FORMATS = {
    TENSORS: WEIGHTS,
    TORCH_EXPORT: "program.pt2",
    TORCHSCRIPT: "program.pt",
    ONNX: "model.onnx",
    TRANSFORMERS: WEIGHTS,
}
"""Formats that a model can be kept in, with the file of each: tensors, or a program in its own
format."""
TRAINING = "training.json"
"""File that says how a model was trained; only models that were trained here have it."""
CALIBRATION = "calibration.safetensors"
"""File of what was fitted on a labelled run; only models that were calibrated have it."""
ACTIVATIONS = ("softmax", "sigmoid", NO_ACTIVATION, FEATURES)
CROP_FRACTIONS = (0.05, 1.25)
INPUT_SIDES = (8, 8192)
MEANS = (-1000.0, 1000.0)
STDS = (1e-4, 1000.0)
VALUES = 3.4e38
"""Maximum of a stored value, in the file's units; because stored values are single precision."""
MOST_BYTES = {
    MODEL: 256 * 1024,
    LABELS: 64_000_000,
    TRAINING: 64_000_000,
    CONFIG: 64_000_000,
    CALIBRATION: 256_000_000,
    **dict.fromkeys(FORMATS.values(), 1 << 40),
}

SCHEMA = 1
"""Version of the format of ``model.toml``."""
MOST_CLASSES = 1_000_000
"""Maximum number of classes of a model; because a hostile file may claim any number."""
_LONGEST_TITLE = 200


@dataclass(frozen=True)
class FileRecord:
    """What a file of a pack must be.

    Attributes:
        size: in bytes.
        sha256: in hexadecimal.
    """

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Everything that ``model.toml`` holds.

    Attributes:
        title: name on screen.
        architecture: for example ``torchvision/resnet50``.
        classes: how many numbers the network puts out, one for each class; of a single one there
            are two classes, see ``one_output``.
        activation: ``softmax`` or ``sigmoid``; ``none`` of a network that puts out values, and
            ``features`` of one without classes.
        recipe: what the network is fed.
        published: what it was found to be fed when it was imported; ``recipe`` may be edited.
        origin: the name of the file that the weights came from, without its folder.
        created: in UTC, to the second.
        notes: what was chosen or changed as the weights were read.
        weights: of the file with the weights, see ``FORMATS``.
        labels: of ``labels.txt``.
        pooled: where the architecture was cut for a pooled head; None when it is whole.
        training: of ``training.json``; None when there is none.
        format: one of ``FORMATS``.
        config: of ``config.json``; None when there is none.
        changes: what differs from the architecture; None when nothing does.
        calibration: of ``calibration.safetensors``; None when there is none.
        unit: of the values that it puts out; empty where they have none.
        output: which of several tensors of a program is taken; empty for the first.
    """

    title: str
    architecture: str
    classes: int
    activation: str
    recipe: Recipe
    published: Recipe
    origin: str
    created: datetime
    notes: tuple[str, ...]
    weights: FileRecord
    labels: FileRecord
    pooled: PooledCut | None = None
    training: FileRecord | None = None
    format: str = TENSORS
    config: FileRecord | None = None
    changes: NetworkChanges | None = None
    calibration: FileRecord | None = None
    unit: str = ""
    output: str = ""

    @property
    def weights_file(self) -> str:
        """The name of the file with the weights."""
        return FORMATS[self.format]

    @property
    def files(self) -> dict[str, FileRecord]:
        """What each file beside ``model.toml`` must be, by name."""
        always = {self.weights_file: self.weights, LABELS: self.labels}
        others = {TRAINING: self.training, CONFIG: self.config, CALIBRATION: self.calibration}
        return always | {name: record for name, record in others.items() if record is not None}


def one_line(words: str, longest: int = _LONGEST_TITLE) -> str:
    """Words without line ends and control characters, not too long."""
    valid = words.encode("utf-8", "replace").decode("utf-8")
    printable = "".join(letter if letter.isprintable() else " " for letter in valid)
    return " ".join(printable.split())[:longest].strip()


def manifest_text(manifest: Manifest) -> str:
    """The manifest as TOML."""
    pooled = {} if manifest.pooled is None else {"pooled_head": manifest.pooled.table()}
    changes = {} if manifest.changes is None else {"changes": manifest.changes.table()}
    said = {"unit": manifest.unit, "output": manifest.output}
    unit = {name: words for name, words in said.items() if words}
    return tomli_w.dumps(
        {
            "schema": SCHEMA,
            "format": manifest.format,
            "title": manifest.title,
            "architecture": manifest.architecture,
            "classes": manifest.classes,
            "activation": manifest.activation,
            **unit,
            "origin": manifest.origin,
            "created": manifest.created,
            "notes": list(manifest.notes),
            "recipe": recipe_record(manifest.recipe),
            "published": recipe_record(manifest.published),
            "files": {name: asdict(record) for name, record in manifest.files.items()},
        }
        | pooled
        | changes
    )
