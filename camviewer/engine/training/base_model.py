"""Opens the model to train, and cuts its network at the layer that feeds the new head."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.grid_cells import cells_of
from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.architectures.pooled_network import EMBEDDED_ARCHITECTURE, PooledNetwork
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.geometry.recipe_records import recipe_record
from camviewer.engine.importing.checkpoints import load_pack
from camviewer.engine.importing.temporary_models import kept_for_this_run
from camviewer.engine.network.embedded import IDENTIFIER, load_embedded
from camviewer.engine.packs.manifest import TENSORS
from camviewer.engine.packs.store import PackInfo, file_of_model, find_pack
from camviewer.engine.training.cutting import find_cut, pruned

_FEATURES_VERSION = 1


@dataclass(frozen=True, eq=False)
class BaseModel:
    """A network up to its last grid.

    Attributes:
        network: in eval mode with frozen parameters, on its device; still without a new head.
        cut: the layer where a pass ends.
        architecture: name of its architecture.
        identifier: id of the model.
        title: name of the model on screen.
        recipe: its preprocessing.
        weights_sha256: hash of the model's weights.
        device: where it runs.
        grid: (rows, columns) of its last grid, for the trained input size.
        changes: what differs from the architecture; None when nothing does.
    """

    network: nn.Module
    cut: PooledCut
    architecture: str
    identifier: str
    title: str
    recipe: Recipe
    weights_sha256: str
    device: torch.device
    grid: tuple[int, int]
    changes: NetworkChanges | None = None

    @property
    def features_key(self) -> str:
        """A key of everything that features depend on, except for the picture."""
        cut = asdict(self.cut) | {"convolution": bool(self.cut.convolution), "without": None}
        identity = [_FEATURES_VERSION, self.weights_sha256, recipe_record(self.recipe), cut]
        return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:32]

    def cells(self, pictures: Tensor) -> Tensor:
        """(N, 3, h, w) in, the last grid (N, C, rows, columns) out."""
        return cells_of(self.network, self.cut, pictures)

    def with_head(self, classes: int) -> PooledNetwork:
        """The network with a new head; it shares the parameters of this one."""
        return PooledNetwork(self.network, self.cut, classes).eval().to(self.device)


def open_base(
    identifier: str, device: torch.device, *, convolution: int = 0, keep_last_pool: bool = False
) -> BaseModel:
    """Opens a model and cuts it.

    Args:
        identifier: of the embedded model or of a pack, or the path of a file or folder; there the
            network needs no classifier.
        device: where it is to run.
        convolution: channels of the 3x3 convolution that the new head begins with; 0 for none.
        keep_last_pool: whether to keep a final pooling layer.

    Raises:
        CamviewerError: there is no such model, or it cannot be cut.
    """
    if identifier == IDENTIFIER:
        found, architecture, former = load_embedded(device), EMBEDDED_ARCHITECTURE, None
        changes, outputs = None, len(found.info.labels)
    else:
        with _pack_of(identifier) as pack:
            if pack.format != TENSORS:
                raise CamviewerError(
                    f"{pack.title} cannot be taught new classes: it is a whole program, whose "
                    "layers cannot be taken apart.",
                    "Choose a base model that was imported as a checkpoint, or the embedded one.",
                )
            found, architecture, former = load_pack(pack, device), pack.architecture, pack.pooled
            changes, outputs = pack.changes, pack.classes
    recipe, network = found.info.recipe, found.network
    generator = torch.Generator().manual_seed(0)
    example = torch.rand((1, recipe.channels, *recipe.input_size), generator=generator)
    example = example.to(device)
    if isinstance(network, PooledNetwork) and former is not None:
        network, cut = network.base, replace(former, convolution=convolution)
    else:
        cut = find_cut(
            network,
            example,
            found.head,
            # Without a head, the last grid may well have as many channels as there are features.
            len(found.info.labels),
            keep_last_pool=keep_last_pool,
            convolution=convolution,
        )
        cut = replace(cut, base_classes=outputs)
        cut = pruned(network, example, cut)
    with torch.no_grad():
        rows, columns = cells_of(network, cut, example).shape[2:]
    return BaseModel(
        network=network,
        cut=cut,
        architecture=architecture,
        identifier=found.info.id,
        title=found.info.title,
        recipe=recipe,
        weights_sha256=found.info.weights_sha256,
        device=device,
        grid=(rows, columns),
        changes=changes,
    )


@contextmanager
def _pack_of(model: str) -> Iterator[PackInfo]:
    """The pack of a kept model, or a temporary pack of a model file."""
    path = file_of_model(model)
    if path is None:
        yield find_pack(model)
    else:
        with kept_for_this_run(path) as pack:
            yield pack
