"""A backbone without a classifier can be taught classes, from the file where it lies."""

from __future__ import annotations

from pathlib import Path

import torch

from camviewer.engine.packs.store import list_packs
from camviewer.engine.training.base_model import open_base
from tests.engine.conftest import CPU
from tests.engine.program_files import example, network_of


def test_the_cells_of_a_backbone_are_those_of_its_network(data: Path, tmp_path: Path) -> None:
    network = network_of("resnet18", classes=4)
    body = {
        f"backbone.{name}": value
        for name, value in network.state_dict().items()
        if not name.startswith("fc.")
    }
    path = tmp_path / "backbone.pth"
    torch.save({"state_dict": body}, path)
    base = open_base(str(path), CPU)
    assert base.cut.channels == 512
    kept: list[torch.Tensor] = []
    network.layer4.register_forward_hook(lambda *call: kept.append(call[2]))
    with torch.no_grad():
        network(example(64))
        cells = base.cells(example(64))
        assert torch.allclose(cells, kept[0], atol=1e-5)
        assert base.with_head(3)(example(64)).shape == (1, 3)
    assert list_packs() == ()
