"""Keeps a dropped file as a model; runs in the model's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.support import Progress
from camviewer.ui.style import tr
from camviewer.ui.work.model_file_kinds import PACK_SUFFIX, ImportRequest

if TYPE_CHECKING:
    from camviewer.engine.packs import PackInfo


@dataclass(frozen=True)
class Candidate:
    """An architecture that has a checkpoint's tensors.

    Attributes:
        architecture: its name.
        verdict: the three most probable classes of the picture by it; empty when it does not run.
    """

    architecture: str
    verdict: str = ""


@dataclass(frozen=True)
class ImportQuestion:
    """What the user must say before a file can be kept as a model.

    Attributes:
        request: that cannot be carried out yet.
        candidates: architectures that have its tensors, to choose one of; empty when the question
            is whether a program that can run any code may be opened.
    """

    request: ImportRequest
    candidates: tuple[Candidate, ...]


def kept_model(request: ImportRequest, progress: Progress) -> PackInfo | ImportQuestion:
    """The model that was kept, or the question that must be answered first.

    Raises:
        CamviewerError: the file is refused.
        Cancelled: nobody wants it any more; nothing was kept.
    """
    from camviewer.engine.checkpoints import ConsentNeeded  # noqa: PLC0415
    from camviewer.engine.importing import (  # noqa: PLC0415  (start-up)
        AmbiguousArchitecture,
        import_checkpoint,
        import_pack_file,
    )

    try:
        if request.path.suffix.lower() == PACK_SUFFIX:
            words = tr("Checking {name}").format(name=request.path.name)
            return import_pack_file(
                request.path,
                allow_code=request.allow_code,
                report=lambda share: progress.at(share, words),
                cancelled=progress.cancelled,
            )
        return import_checkpoint(
            request.path,
            architecture=request.architecture,
            labels=request.labels,
            title=request.title,
            activation=request.activation,
            unit=request.unit,
            allow_code=request.allow_code,
            report=progress.report,
            cancelled=progress.cancelled,
        )
    except AmbiguousArchitecture as question:
        return ImportQuestion(request, _candidates(request, question.candidates))
    except ConsentNeeded:
        return ImportQuestion(request, ())


def _candidates(request: ImportRequest, architectures: tuple[str, ...]) -> tuple[Candidate, ...]:
    from camviewer.engine.importing.candidate_verdicts import (  # noqa: PLC0415  (imports torch)
        candidate_verdicts,
    )

    said = candidate_verdicts(request.path, architectures, request.picture, request.labels)
    return tuple(map(Candidate, architectures, said))
