"""The weights of a small network, and how a file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.errors import CamviewerError

Weights = dict[str, Tensor]


def small_network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))


@pytest.fixture
def weights() -> Weights:
    return dict(small_network().state_dict())


def refusal(path: Path) -> CamviewerError:
    with pytest.raises(CamviewerError) as refused:
        read_checkpoint(path)
    assert refused.value.hint
    assert "\n" not in str(refused.value)
    assert str(path.parent) not in str(refused.value)
    return refused.value
