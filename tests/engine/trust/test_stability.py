"""Whether a map moves with its picture."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from camviewer.engine.trust.stability import moved, moved_back, shifts, stability
from tests.engine.trust.conftest import SIDE


def test_sixteen_shifts_stay_within_half_a_stride() -> None:
    found = shifts((32.0, 32.0))

    assert len(set(found)) == 16
    assert max(max(abs(x), abs(y)) for x, y in found) == 16


def test_what_moves_right_and_down_is_moved_back() -> None:
    picture = torch.zeros(1, 3, SIDE, SIDE)
    picture[..., 20, 30] = 1.0

    assert moved(picture, (5, 3))[0, 0, 23, 35] == 1.0
    assert moved(picture, (-8, 2))[0, 0, 22, 22] == 1.0

    values = torch.arange(16.0).view(4, 4)
    back, inside = moved_back(values, (8, 0), (16.0, 16.0))
    assert back[0, :3].tolist() == [0.5, 1.5, 2.5]
    assert inside[0].tolist() == [True, True, True, False]


def test_a_map_that_follows_the_picture_is_stable_and_one_that_stays_is_not() -> None:
    ramp = torch.rand((1, 1, 4, 4), generator=torch.Generator().manual_seed(2))
    scene = nn.functional.interpolate(ramp, (SIDE, SIDE), mode="bilinear").expand(1, 3, -1, -1)

    def follows(picture: Tensor) -> Tensor:
        return nn.functional.avg_pool2d(picture[:, 0], 8)[0]

    values = follows(scene)
    stays = torch.rand((8, 8), generator=torch.Generator().manual_seed(4))

    following = list(stability(follows, scene, values, (8.0, 8.0)))
    staying = list(stability(lambda _: stays, scene, stays, (8.0, 8.0)))

    assert len(following) == 16
    assert min(following) > 0.98
    assert np.mean(staying) < 0.85
