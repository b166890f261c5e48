"""Opens a session with the embedded model, a pack, or a model file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.input_scale import InputChoice
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.devices import find_device
from camviewer.engine.network.embedded import IDENTIFIER, load_embedded
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.network.out_of_memory import is_out_of_memory, release_memory
from camviewer.engine.packs.recipe_limits import require_recipe
from camviewer.engine.session.session import Session
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_log = logging.getLogger(__name__)


def open_session(
    model: str | None = None,
    cache: Path | None = None,
    device: torch.device | None = None,
    *,
    progress: Progress = NO_PROGRESS,
    make_room: Callable[[], bool] | None = None,
    choice: InputChoice | None = None,
    output: str = "",
) -> Session:
    """A session with the model of this id, or with that of a file or folder.

    Args:
        model: None for the embedded one; a path when no model has this id.
        cache: folder for measured offsets; None keeps them for this run only.
        device: the best one when None.
        progress: reports how far it is.
        make_room: frees memory on the device when it does not suffice; returns whether it could.
        choice: what the model is fed in place of what its recipe says.
        output: which of several tensors a program gives, as in ``load_program``; of a model that is
            kept, the one that was chosen when it was imported.

    Raises:
        CamviewerError: there is no such model, it is damaged, or it cannot be fed what is chosen.
        Cancelled: nobody wants it any more.
    """
    device = device or find_device()
    try:
        return _opened(model, cache, device, progress, choice, output=output)
    except RuntimeError as error:
        if device.type == "cpu" or not is_out_of_memory(error):
            raise
        _log.warning("not enough memory on %s to load %s", device, model)
    # Outside of the block above, because its exception keeps the partly loaded model alive.
    release_memory(device)
    if make_room is not None and make_room():
        release_memory(device)
        return open_session(model, cache, device, progress=progress, choice=choice, output=output)
    session = _opened(model, cache, torch.device("cpu"), progress, choice, output=output)
    session.fell_back()
    return session


def _opened(
    model: str | None,
    cache: Path | None,
    device: torch.device,
    progress: Progress,
    choice: InputChoice | None,
    *,
    output: str,
) -> Session:
    model = IDENTIFIER if model is None else model
    shipped = IDENTIFIER if model == IDENTIFIER else None
    if shipped and output:
        raise _has_its_own_output(model)
    classifier = load_embedded(device) if shipped else _loaded(model, device, progress, output)
    if choice is not None and choice != InputChoice():
        classifier = _fed(classifier, choice)
    return Session(classifier, OffsetStore(classifier.info.weights_sha256, cache, shipped))


def _has_its_own_output(model: str) -> CamviewerError:
    return CamviewerError(
        f"{model} is kept, and puts out what was chosen when it was imported.",
        "Choose the output of a file, or import the file with `camviewer models import --output`.",
    )


def _loaded(model: str, device: torch.device, progress: Progress, output: str) -> Classifier:
    """The classifier of a model that does not come with the program."""
    # Imported late, because the embedded model needs neither and the window opens sooner.
    from camviewer.engine.importing.checkpoints import load_pack  # noqa: PLC0415
    from camviewer.engine.packs.store import file_of_model, find_pack  # noqa: PLC0415

    path = file_of_model(model)
    if path is not None:
        from camviewer.engine.importing.temporary_models import open_file  # noqa: PLC0415

        return open_file(path, device, progress, output=output)
    pack = find_pack(model)
    if output not in {"", pack.output}:
        raise _has_its_own_output(model)
    return load_pack(pack, device, progress)


def _fed(classifier: Classifier, choice: InputChoice) -> Classifier:
    """The classifier with another scale or other bands."""
    own = classifier.info.recipe
    recipe = own.with_input(choice)
    require_recipe(recipe, own)
    return replace(classifier, info=replace(classifier.info, recipe=recipe, own_recipe=own))
