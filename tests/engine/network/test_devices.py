"""Where a network can run."""

from __future__ import annotations

import pytest
import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.devices import find_device, list_devices
from camviewer.engine.results.messages import DeviceInfo


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
