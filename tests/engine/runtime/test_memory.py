"""What happens when a device has not enough memory: fewer pictures at once, then the processor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torchvision
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.network.efficientnet_lite import EfficientNetLite0
from camviewer.engine.network.embedded import load_embedded
from camviewer.engine.network.out_of_memory import is_out_of_memory
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels, read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.opening import open_session
from camviewer.engine.session.session import Session
from camviewer.engine.support.resources import resource

CPU, CARD = torch.device("cpu"), torch.device("meta")
"""No machine that tests has a card for sure: meta stands for one that holds no numbers."""

ERRORS = {
    "CUDA": torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB."),
    "MPS": RuntimeError(
        "MPS backend out of memory (MPS allocated: 8.90 GB, other allocations: 1.10 GB, max "
        "allowed: 9.07 GB). Tried to allocate 256.00 MB on private pool."
    ),
    "cuBLAS": RuntimeError(
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
    ),
    "cuDNN": RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS.keys())
def test_the_errors_of_every_kind_of_card_are_known(error: RuntimeError) -> None:
    assert is_out_of_memory(error)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("mat1 and mat2 shapes cannot be multiplied (1x3 and 4x5)"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: 8 bytes"),
        RuntimeError("CUDA error: device-side assert triggered"),
        MemoryError(),
        ValueError("CUDA out of memory"),
    ],
)
def test_other_errors_are_not_taken_for_it(error: BaseException) -> None:
    assert not is_out_of_memory(error)


class OnASmallCard(EfficientNetLite0):
    """Runs out of memory wherever a picture comes to it that is not in the processor's memory."""

    error: RuntimeError

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  (torch.nn says input)
        if input.device.type != "cpu":
            raise self.error
        return super().forward(input)


def on_a_small_card(error: RuntimeError) -> Session:
    loaded = load_embedded(CPU)
    loaded.network.__class__ = OnASmallCard
    loaded.network.error = error
    return Session(replace(loaded, device=CARD))


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS.keys())
def test_without_memory_on_the_card_the_map_is_made_on_the_processor(error: RuntimeError) -> None:
    image = read_image(resource("samples", "chelsea.png"))
    expected = Session.embedded(device=CPU).explain(image, ExplainRequest())
    session = on_a_small_card(error)
    explanation = session.explain(image, ExplainRequest())
    assert explanation.device == "CPU"
    assert "this ran on the CPU" in " ".join(map(str, explanation.notes))
    assert (explanation.heatmap.values == expected.heatmap.values).all()
    assert session.verdict(image).top(1) == (expected.class_index,)


def test_an_error_of_another_kind_is_not_hidden() -> None:
    image = read_image(resource("samples", "chelsea.png"))
    with pytest.raises(RuntimeError, match="device-side assert"):
        on_a_small_card(RuntimeError("CUDA error: device-side assert triggered")).verdict(image)


class Small(nn.Module):
    """A small network that holds no more than some pictures at once."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Conv2d(3, 8, 8, stride=8)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(8, 5)
        self.most = 1000
        self.batches: list[int] = []

    def forward(self, pictures: Tensor) -> Tensor:
        self.batches.append(len(pictures))
        if len(pictures) > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return self.head(self.pool(self.features(pictures).relu()).flatten(1))


@pytest.fixture
def small() -> Classifier:
    torch.manual_seed(0)
    return classifier(
        Small(),
        identifier="small",
        title="Small",
        labels=tuple("abcde"),
        recipe=Recipe(input_size=(64, 64), crop_fraction=1.0, step=8),
        weights_sha256="0" * 64,
        device=CPU,
    )


@pytest.fixture
def noise() -> SourceImage:
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    return image_from_pixels(pixels, "noise")


@pytest.mark.parametrize("method", ["occlusion", "score-cam"])
def test_the_work_goes_on_with_fewer_pictures_at_once_and_says_so(
    small: Classifier, noise: SourceImage, method: str
) -> None:
    request = ExplainRequest(class_index=2, method=method)
    expected = Session(small).explain(noise, request)
    assert max(small.network.batches) > 2
    assert not any("memory" in note.text for note in expected.notes)

    small.network.most, small.network.batches = 2, []
    explanation = Session(small).explain(noise, request)
    assert np.allclose(explanation.heatmap.values, expected.heatmap.values, atol=1e-6)
    assert sum(size > 2 for size in small.network.batches) == 1  # it is not tried again
    (note,) = [note.text for note in explanation.notes if "memory" in note.text]
    assert note == "The memory of CPU did not suffice, so this went on with 2 pictures at once."


def failing_moves(monkeypatch: pytest.MonkeyPatch) -> list[torch.device]:
    """No network fits on the card; returns which moves were tried."""
    tried: list[torch.device] = []
    move: Callable[..., Any] = nn.Module.to

    def to(network: nn.Module, *arguments: Any, **named: Any) -> nn.Module:
        if arguments and arguments[0] == CARD:
            tried.append(arguments[0])
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 64.00 MiB.")
        return move(network, *arguments, **named)

    monkeypatch.setattr(nn.Module, "to", to)
    return tried


@pytest.mark.usefixtures("data")
def test_a_model_too_large_for_the_card_makes_room_and_then_runs_on_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noise: SourceImage
) -> None:
    torch.save(torchvision.models.squeezenet1_1(num_classes=3).state_dict(), tmp_path / "m.pth")
    info = import_checkpoint(tmp_path / "m.pth")
    tried = failing_moves(monkeypatch)
    room = iter([True, False])
    session = open_session(info.id, device=CARD, make_room=lambda: next(room))
    assert len(tried) == 2  # once more after there was room
    assert session.info.device == "CPU"
    notes = session.explain(noise, ExplainRequest(method="grad-cam")).notes
    said = [note.text for note in notes]
    assert "The GPU's memory did not suffice, so this ran on the CPU." in said


def test_a_model_that_does_not_fit_on_another_device_stays_where_it_is(
    small: Classifier, noise: SourceImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(small)
    before = session.verdict(noise)
    failing_moves(monkeypatch)
    with pytest.raises(CamviewerError) as failure:
        session.move_to(CARD)
    assert failure.value.message == "META does not have enough free memory for Small."
    assert session.info.device == "CPU"
    assert (session.explain(noise, ExplainRequest()).logit == before.logits).any()
