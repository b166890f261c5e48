"""The channels of a layer: sorted, scaled, and each as a map that can be made again."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from camviewer.engine.structure.channels import channel_sheet, sheet_of
from camviewer.engine.structure.module_tree import ChannelOrder, ChannelWish

WISH = ChannelWish("layer", 0)
GRIDS = torch.tensor([[[0.0, 1.0]], [[-4.0, 2.0]], [[3.0, 3.0]], [[0.0, 0.0]]])
WEIGHTS = torch.tensor([0.5, 2.0, -1.0, 0.0])


def sheet(**changes: object):  # noqa: ANN201
    from dataclasses import replace

    return sheet_of(GRIDS, WEIGHTS, "class weight", replace(WISH, **changes))


def test_channels_are_sorted_by_mean_by_weight_or_not_at_all() -> None:
    assert sheet().channels.tolist() == [2, 0, 3, 1]
    assert sheet(order=ChannelOrder.WEIGHT).channels.tolist() == [1, 0, 3, 2]
    assert sheet(order=ChannelOrder.NUMBER).channels.tolist() == [0, 1, 2, 3]
    assert sheet(order=ChannelOrder.WEIGHT).weights.tolist() == [2.0, 0.5, 0.0, -1.0]


def test_each_channel_fills_its_own_range_unless_they_share_one() -> None:
    own = sheet(order=ChannelOrder.NUMBER)
    assert own.places.tolist() == [[[0, 255]], [[0, 255]], [[255, 255]], [[0, 0]]]
    assert own.ends.tolist() == [1.0, 2.0, 3.0, 0.0]
    shared = sheet(order=ChannelOrder.NUMBER, shared=True)
    assert shared.places.tolist() == [[[0, 85]], [[0, 170]], [[255, 255]], [[0, 0]]]
    assert set(shared.ends.tolist()) == {3.0}


def test_signed_values_have_their_middle_at_nothing() -> None:
    signed = sheet(order=ChannelOrder.NUMBER, signed=True)
    assert signed.places.tolist() == [[[128, 255]], [[0, 191]], [[255, 255]], [[128, 128]]]
    assert signed.lows.tolist() == [0.0, -4.0, 3.0, 0.0]


def test_a_large_grid_is_averaged_down_in_its_proportions() -> None:
    assert sheet_of(torch.rand((3, 224, 112)), WEIGHTS[:3], "", WISH).places.shape == (3, 56, 28)


def test_on_the_layer_of_cam_channels_are_weighed_by_the_class_weights(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    layer = session.info.cam_layer or ""
    wish = ChannelWish(layer, 281, order=ChannelOrder.WEIGHT)
    found = channel_sheet(session, photographs["chelsea"], wish)
    head = session.classifier.head
    assert head is not None
    assert found.weight_meaning == "class weight"
    assert found.places.shape == (1280, 7, 7)
    assert np.allclose(found.weights, head.weight[281][found.channels.tolist()])
    assert np.all(np.diff(found.weights) <= 0)


def test_on_another_layer_they_are_weighed_by_their_mean_gradient(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    found = channel_sheet(session, photographs["chelsea"], ChannelWish("blocks.5", 281))
    forward = session.pass_of(photographs["chelsea"], "blocks.5", WISH.mode, 1.0)
    expected = forward.gradients(281).mean((1, 2))
    assert found.weight_meaning == "mean gradient"
    assert np.allclose(found.weights, expected[found.channels.tolist()])


def test_one_channel_is_a_map_of_the_raw_activation(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(method="channel", layer="blocks.5", options=(("channel", 7),))
    explanation = session.explain(photographs["chelsea"], request)
    forward = session.pass_of(photographs["chelsea"], "blocks.5", WISH.mode, 1.0)
    assert np.array_equal(explanation.heatmap.values, forward.activations[7].numpy())
    assert explanation.heatmap.unit == "activation"
    assert explanation.request.options == (("channel", 7),)


def test_a_channel_that_the_layer_has_not_is_refused_with_those_that_it_has(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(method="channel", options=(("channel", 1280),))
    with pytest.raises(CamviewerError, match="no channel 1280: it has 1280"):
        session.explain(photographs["chelsea"], request)
