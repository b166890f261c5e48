"""Keeps calibrations with the models that they were fitted for."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from camviewer.engine.calibration.calibration import Calibration
from camviewer.engine.calibration.calibration_file import calibration_bytes, calibration_of
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.recipe_records import recipe_sha256
from camviewer.engine.results.messages import ModelInfo
from camviewer.engine.support.folders import data_folder

_log = logging.getLogger(__name__)


def keep(calibration: Calibration, model: str) -> None:
    """Keeps a calibration with a model, in place of an earlier one.

    Args:
        calibration: what was fitted.
        model: id of the model: a pack's, or the embedded one's.

    Raises:
        CamviewerError: the model is opened from a file and not kept, is gone, or its folder cannot
            be written.
    """
    _replace(model, calibration_bytes(calibration))


def forget(model: str) -> None:
    """Removes a model's calibration, if there is one.

    Raises:
        CamviewerError: there is no such model, or its folder cannot be written.
    """
    _replace(model, None)


def kept_calibration(info: ModelInfo) -> Calibration | None:
    """The calibration that holds for a model as it is loaded.

    None where there is none, where it is damaged (which the log says), or where it was fitted with
    other weights or another preprocessing.
    """
    try:
        content = _content(info.id)
        if content is None:
            return None
        found = calibration_of(content, info.title)
    except (OSError, CamviewerError) as error:
        _log.warning("the calibration of %s is not used: %s", info.id, error)
        return None
    same = found.weights_sha256 == info.weights_sha256 and info.activation == "softmax"
    return found if same and found.recipe_sha256 == recipe_sha256(info.recipe) else None


def require_kept(model: str) -> None:
    """Checks that a calibration can be kept with a model.

    Raises:
        CamviewerError: the model is opened from a file and not kept, or is gone.
    """
    from camviewer.engine.packs.store import EMBEDDED, find_pack  # noqa: PLC0415  (start-up)

    if model == EMBEDDED:
        return
    if Path(model).is_absolute():
        raise CamviewerError(
            f"{Path(model).name} is not kept as a model, so nothing can be kept with it.",
            "Import it (`camviewer models import`), and run over the pictures with that model.",
        )
    find_pack(model)


def _replace(model: str, content: bytes | None) -> None:
    from camviewer.engine.packs.editing import (  # noqa: PLC0415  (start-up)
        keep_calibration,
        replace_files,
    )
    from camviewer.engine.packs.store import EMBEDDED, find_pack  # noqa: PLC0415
    from camviewer.engine.packs.writing import unwritable  # noqa: PLC0415

    require_kept(model)
    if model != EMBEDDED:
        keep_calibration(find_pack(model), content)
        return
    file = _file_beside_packs(model)
    try:
        if content is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_files(file.parent, {file.name: content})
    except OSError as error:
        raise unwritable(f"The calibration of {model}", error) from error


def _file_beside_packs(model: str) -> Path:
    """The file of a model that is no pack."""
    return data_folder() / "calibrations" / f"{model}.safetensors"


def _content(model: str) -> bytes | None:
    """The bytes of a model's calibration, checked against the pack's own record of them."""
    from camviewer.engine.network.embedded import IDENTIFIER  # noqa: PLC0415  (imports torch)

    if Path(model).is_absolute():
        return None
    if model == IDENTIFIER:  # which needs nothing that packs need: the window opens sooner
        file = _file_beside_packs(model)
        return file.read_bytes() if file.is_file() else None
    from camviewer.engine.packs.manifest import CALIBRATION, MOST_BYTES  # noqa: PLC0415
    from camviewer.engine.packs.store import manifest_of, models_folder  # noqa: PLC0415

    folder = models_folder() / model
    if not folder.is_dir():
        return None
    record = manifest_of(folder).calibration
    if record is None:
        return None
    file = folder / CALIBRATION
    if file.stat().st_size != record.size or record.size > MOST_BYTES[CALIBRATION]:
        raise CamviewerError(f"{file.name} has another size than when it was made.", "")
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise CamviewerError(f"{file.name} is not what it was when it was made.", "")
    return content
