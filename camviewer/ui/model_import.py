"""Keeps a dropped file as a model; runs in the model's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.steps import Steps
from camviewer.ui.model_files import PACK_SUFFIX, ImportRequest

if TYPE_CHECKING:
    from camviewer.engine.packs import PackInfo


@dataclass(frozen=True)
class Ambiguous:
    """Several architectures have the tensors of a checkpoint.

    Attributes:
        request: that cannot be carried out yet.
        candidates: the architectures.
    """

    request: ImportRequest
    candidates: tuple[str, ...]


def kept_model(request: ImportRequest, steps: Steps) -> PackInfo | Ambiguous:
    """The model that was kept, or the question that must be answered first.

    Raises:
        CamviewerError: the file is refused.
        Cancelled: nobody wants it any more; nothing was kept.
    """
    from camviewer.engine.importing import (  # noqa: PLC0415  (imports torch)
        AmbiguousArchitecture,
        import_checkpoint,
    )
    from camviewer.engine.pack_files import import_pack_file  # noqa: PLC0415

    if request.path.suffix.lower() == PACK_SUFFIX:
        words = f"Checking {request.path.name}"
        return import_pack_file(
            request.path,
            report=lambda share: steps.at(share, words),
            cancelled=steps.cancelled,
        )
    try:
        return import_checkpoint(
            request.path,
            architecture=request.architecture,
            labels=request.labels,
            title=request.title,
            activation=request.activation,
            progress=steps.report,
            cancelled=steps.cancelled,
        )
    except AmbiguousArchitecture as question:
        return Ambiguous(request, question.candidates)
