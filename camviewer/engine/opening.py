"""A session with any model: the embedded one, or a pack."""

from __future__ import annotations

from pathlib import Path

import torch

from camviewer.engine.devices import find_device
from camviewer.engine.embedded import IDENTIFIER
from camviewer.engine.offset_store import OffsetStore
from camviewer.engine.session import Session


def open_session(
    model: str | None = None, cache: Path | None = None, device: torch.device | None = None
) -> Session:
    """A session with the model of this id.

    Args:
        model: None for the embedded one.
        cache: folder for measured offsets; None keeps them for this run only.
        device: the best one when None.

    Raises:
        CamviewerError: there is no such model, or it is damaged.
    """
    if model is None or model == IDENTIFIER:
        return Session.embedded(cache, device)
    # The embedded model needs neither of these, and its window opens sooner without.
    from camviewer.engine.importing import load_pack  # noqa: PLC0415
    from camviewer.engine.packs import find_pack  # noqa: PLC0415

    classifier = load_pack(find_pack(model), device or find_device())
    return Session(classifier, OffsetStore(classifier.info.weights_sha256, cache))
