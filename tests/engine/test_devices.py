"""Where a network runs, and what happens when a device has not enough memory."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from camviewer.engine.devices import find_device, list_devices
from camviewer.engine.efficientnet_lite import EfficientNetLite0
from camviewer.engine.embedded import load_embedded
from camviewer.engine.errors import CamviewerError
from camviewer.engine.image import read_image
from camviewer.engine.messages import DeviceInfo, ExplainRequest
from camviewer.engine.resources import resource
from camviewer.engine.session import Session


@pytest.fixture
def two_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """What torch would say of a machine with two CUDA cards."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: f"Card {index}")
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda index: (1000 + index, 2000))


def test_the_processor_is_always_there() -> None:
    assert list_devices()[-1] == DeviceInfo("cpu", "CPU")
    assert find_device("cpu") == torch.device("cpu")


@pytest.mark.usefixtures("two_cards")
def test_every_card_is_listed_by_name_with_its_free_memory() -> None:
    assert list_devices()[:2] == (
        DeviceInfo("cuda:0", "Card 0", 1000),
        DeviceInfo("cuda:1", "Card 1", 1001),
    )


@pytest.mark.usefixtures("two_cards")
def test_the_first_card_is_chosen_by_itself() -> None:
    assert find_device() == torch.device("cuda", 0)
    assert find_device("cuda") == torch.device("cuda", 0)
    assert find_device("cuda:1") == torch.device("cuda", 1)


def test_a_device_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(CamviewerError, match=r"no device called tpu.*cpu"):
        find_device("tpu")


class OnASmallCard(EfficientNetLite0):
    """Runs out of memory wherever a picture comes to it that is not in the processor's memory."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  (torch.nn says input)
        if input.device.type != "cpu":
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")
        return super().forward(input)


def test_without_memory_on_the_card_the_map_is_made_on_the_processor() -> None:
    image = read_image(resource("samples", "chelsea.png"))
    expected = Session.embedded(device=torch.device("cpu")).explain(image, ExplainRequest())
    classifier = load_embedded(torch.device("cpu"))
    classifier.network.__class__ = OnASmallCard
    session = Session(replace(classifier, device=torch.device("meta")))
    explanation = session.explain(image, ExplainRequest())
    assert explanation.device == "CPU"
    assert "this ran on the CPU" in " ".join(explanation.notes)
    assert (explanation.heatmap.values == expected.heatmap.values).all()
    assert session.verdict(image).top(1) == (expected.class_index,)
