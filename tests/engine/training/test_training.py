"""Training for real: what is learnt, where the maps point, and what survives an interruption."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from torchvision.models.vgg import VGG, make_layers

from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.architectures.pooled_network import PooledNetwork
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import Recipe, place
from camviewer.engine.importing.checkpoints import load_pack
from camviewer.engine.network.forward import run
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.network.pooled_head import find_head
from camviewer.engine.packs.store import PackInfo
from camviewer.engine.picture.source_image import image_from_pixels, read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from camviewer.engine.support.control import Control
from camviewer.engine.training.base_model import BaseModel, open_base
from camviewer.engine.training.cutting import find_cut, pruned
from camviewer.engine.training.data_set import find_data_set
from camviewer.engine.training.events import (
    TRAINING_LINES,
    Epoch,
    Finished,
    Preparing,
    Skipped,
    Split,
)
from camviewer.engine.training.features import compute_features
from camviewer.engine.training.head import FeatureHead, class_weights
from camviewer.engine.training.plan import FineTune, TrainingPlan, plan_from
from camviewer.engine.training.training_run import train_from
from tests.engine.training.conftest import SIZE, ignore
from tests.scenes import make_scenes

CPU = torch.device("cpu")


def pointing(session: Session, count: int = 24) -> tuple[float, float]:
    """Over new scenes: the share of maps whose peak lies in the object's box, and chance."""
    hits, chance = [], []
    for scene in make_scenes(count, seed=99, size=SIZE):
        image = image_from_pixels(scene.pixels, "scene")
        index = session.info.labels.index(scene.label)
        request = ExplainRequest(class_index=index, nominal=True)
        heatmap = session.explain(image, request).heatmap
        row, column = divmod(int(heatmap.values.argmax()), heatmap.values.shape[1])
        hits.append(scene.box.contains(*heatmap.geometry.centre(row, column)))
        chance.append(scene.chance)
    return float(np.mean(hits)), float(np.mean(chance))


def test_the_embedded_model_learns_classes_and_its_exact_maps_point_at_them(
    trained, listener
) -> None:
    info = trained(epochs=20)
    (result,) = listener.of(Finished)
    assert result.model == info.id
    assert result.accuracy >= 0.9
    classifier = load_pack(info, CPU)
    assert classifier.head is not None
    assert classifier.info.labels == ("cross", "dots", "ring", "stripes")
    session = Session(classifier, OffsetStore(info.weights_sha256))
    share, chance = pointing(session)
    assert chance < 0.15
    assert share > 4 * chance


def test_the_pack_carries_the_record_of_its_training(trained, listener, scenes) -> None:
    info = trained(epochs=4, seed=5)
    record = json.loads((info.folder / "training.json").read_text())
    (split,), (result,) = listener.of(Split), listener.of(Finished)
    assert record["base"]["id"] == "efficientnet-lite0"
    assert record["settings"]["seed"] == 5
    assert [c["validation"] for c in record["data"]["classes"]] == list(split.validation)
    assert record["result"]["accuracy"] == result.accuracy
    assert np.trace(np.array(record["result"]["confusion"])) / 20 == pytest.approx(result.accuracy)
    assert len(record["phases"][0]["curve"]) == len(listener.of(Epoch))
    assert record["versions"]["torch"] == torch.__version__
    assert str(scenes) not in json.dumps(record)
    assert len(record["data"]["validation_pictures"]) == 20


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(trained) -> None:
    first, again = trained(epochs=3), trained(epochs=3)
    assert first.weights_sha256 == again.weights_sha256
    assert trained(epochs=3, seed=1).weights_sha256 != first.weights_sha256


def test_what_the_pack_says_of_its_accuracy_is_what_it_reaches_when_loaded(
    trained, listener, scenes
) -> None:
    info = trained(epochs=5)
    record = json.loads((info.folder / "training.json").read_text())
    session = Session(load_pack(info, CPU), OffsetStore(info.weights_sha256))
    right = 0
    for name in record["data"]["validation_pictures"]:
        pixels = np.array(Image.open(scenes / name).convert("RGB"))
        verdict = session.verdict(image_from_pixels(pixels, name))
        right += session.info.labels[verdict.top(1)[0]] == name.partition("/")[0]
    assert right / len(record["data"]["validation_pictures"]) == record["result"]["accuracy"]


@pytest.mark.slow
def test_fine_tuning_changes_the_last_block_alone_and_never_makes_it_worse(
    trained, listener, embedded
) -> None:
    info = trained(epochs=2, fine_tune=FineTune.LAST_BLOCK, fine_tune_epochs=1, batch=8)
    tuned = load_pack(info, CPU).network.state_dict()
    before = embedded.network.state_dict()
    changed = {
        name.removeprefix("base.").rpartition(".")[0]
        for name, tensor in tuned.items()
        if name.startswith("base.") and not torch.equal(tensor, before[name.removeprefix("base.")])
    }
    assert "head.conv" in changed
    assert not [name for name in changed if name.startswith(("stem", "blocks.4"))]
    start, *rest = (epoch for epoch in listener.of(Epoch) if epoch.phase == "fine-tuning")
    assert start.epoch == 0
    assert min(epoch.validation_loss for epoch in rest) < start.validation_loss
    (result,) = listener.of(Finished)
    assert result.accuracy >= start.validation_accuracy


def interrupted(trained, listener, phase: str, epoch: int, **settings: Any) -> PackInfo:
    def stop(event) -> None:
        if isinstance(event, Epoch) and (event.phase, event.epoch) == (phase, epoch):
            listener.control.cancel()

    listener.act = stop
    with pytest.raises(Cancelled):
        trained(title="Stopped", **settings)
    listener.act = ignore
    listener.control = Control()
    return trained(title="Stopped", **settings)


@pytest.mark.parametrize(("phase", "epoch"), [("head", 3), ("fine-tuning", 1)])
def test_a_training_that_was_stopped_ends_as_if_it_never_was(
    trained, listener, own_folders, small, phase: str, epoch: int
) -> None:
    settings = {"data": small, "epochs": 6, "fine_tune": FineTune.LAST_BLOCK, "batch": 8}
    settings |= {"fine_tune_epochs": 2}
    whole = trained(title="Whole", **settings)
    resumed = interrupted(trained, listener, phase, epoch, **settings)
    assert resumed.weights_sha256 == whole.weights_sha256
    assert not list((own_folders / "training").iterdir())


def test_pictures_that_changed_since_are_not_mixed_with_what_was_learnt(
    trained, listener, small
) -> None:
    listener.act = lambda event: isinstance(event, Epoch) and listener.control.cancel()
    with pytest.raises(Cancelled):
        trained(data=small)
    next(iter((small / "ring").iterdir())).unlink()
    listener.act, listener.control = ignore, Control()
    with pytest.raises(CamviewerError, match="pictures changed"):
        trained(data=small)


def test_bad_pictures_are_listed_with_their_reasons_and_left_out(
    trained, listener, small, scenes
) -> None:
    mine = small
    whole = next(iter(sorted((scenes / "ring").iterdir())))
    Image.open(whole).convert("RGB").save(mine / "ring" / "cut.jpg", quality=95)
    cut = (mine / "ring" / "cut.jpg").read_bytes()
    (mine / "ring" / "cut.jpg").write_bytes(cut[: len(cut) // 2])
    (mine / "dots" / "words.png").write_text("no picture")
    (mine / "dots" / "empty.jpg").write_bytes(b"")
    (mine / "dots" / "twin.png").write_bytes(whole.read_bytes())
    info = trained(data=mine, epochs=2)
    reasons = {event.picture: event.reason for event in listener.of(Skipped)}
    assert set(reasons) == {
        "ring/cut.jpg", "dots/words.png", "dots/empty.jpg", f"ring/{whole.name}",
    }  # fmt: skip
    assert "cut short" in reasons["ring/cut.jpg"]
    assert "same picture as dots/twin.png" in reasons[f"ring/{whole.name}"]
    record = json.loads((info.folder / "training.json").read_text())
    assert {entry["name"] for entry in record["data"]["skipped"]} == set(reasons)


def test_a_class_whose_pictures_cannot_be_read_is_refused(trained, tmp_path, scenes) -> None:
    mine = tmp_path / "mine"
    for name in ("ring", "dots"):
        (mine / name).mkdir(parents=True)
    for path in sorted((scenes / "ring").iterdir())[:3]:
        (mine / "ring" / path.name).write_bytes(path.read_bytes())
    (mine / "dots" / "1.png").write_text("no picture")
    (mine / "dots" / "2.png").write_text("no picture either")
    with pytest.raises(CamviewerError, match="only the class ring"):
        trained(data=mine)


def test_features_are_computed_once_and_then_only_read(own_folders, scenes, listener) -> None:
    base, data = open_base("efficientnet-lite0", CPU), find_data_set(scenes)
    first = compute_features(data, base, flips=True, on_event=listener, control=Control())
    broken = replace(base, network=torch.nn.Identity())
    again = compute_features(data, broken, flips=True, on_event=listener, control=Control())
    assert all(
        np.array_equal(one, other) for one, other in zip(first.rows, again.rows, strict=True)
    )
    assert listener.of(Preparing)[-1].done == 96


def test_kept_features_are_those_of_the_picture_and_of_its_mirror_image(
    own_folders, scenes, listener, embedded
) -> None:
    base, data = open_base("efficientnet-lite0", CPU), find_data_set(scenes)
    usable = compute_features(data, base, flips=True, on_event=listener, control=Control())
    image = read_image(usable.pictures[5].path)
    seen = picture_tensor(image, place(image.size, base.recipe), base.recipe)
    for side, tensor in enumerate((seen, seen.flip(-1))):
        with torch.no_grad():
            network = embedded.network
            expected = network.head(network.blocks(network.stem(tensor))).mean((2, 3))[0]
        assert np.abs(usable.rows[5][side] - expected.numpy()).max() < 1e-4


@pytest.mark.parametrize("convolution", [0, 12])
def test_a_head_in_its_network_says_the_same_as_on_features(convolution: int) -> None:
    torch.manual_seed(0)
    grids = torch.rand(20, 6, 5, 5) * torch.logspace(-2, 2, 6).view(6, 1, 1)
    features = grids if convolution else grids.mean((2, 3))
    head = FeatureHead(features, convolution, 3)
    cut = PooledCut(layer="0", channels=6, convolution=convolution)
    network = PooledNetwork(torch.nn.Sequential(torch.nn.Identity()), cut, 3)
    head.put_into(network)
    with torch.no_grad():
        difference = network(grids) - head(features)
    assert float(difference.abs().max()) < 1e-4


def test_classes_count_alike_however_many_pictures_they_have() -> None:
    weights = class_weights([0] * 30 + [1] * 10, 2)
    assert torch.allclose(weights * torch.tensor([30.0, 10.0]), torch.tensor([20.0, 20.0]))


def test_a_learning_rate_that_breaks_everything_is_told_in_a_sentence(trained) -> None:
    with pytest.raises(CamviewerError) as refusal:
        trained(epochs=0)
    assert "epochs cannot be 0" in refusal.value.message
    with pytest.raises(CamviewerError, match="learning rate cannot be"):
        trained(learning_rate=math.nan)


def test_plans_and_events_come_back_from_json() -> None:
    plan = TrainingPlan(Path("/x"), "base", "New", fine_tune=FineTune.ALL, seed=4)
    assert plan_from(json.loads(json.dumps(plan.record()))) == plan
    event = Finished("id", "New", ("a", "b"), 0.5, (1.0, 0.0), ((2, 0), (2, 0)), 1.5)
    assert TRAINING_LINES.read(TRAINING_LINES.line(event)) == event
    assert TRAINING_LINES.read("no event") is None


def small_vgg_base() -> BaseModel:
    """A VGG11 with narrow layers through the same code as any."""
    torch.manual_seed(0)
    narrow = [16, "M", 32, "M", 48, 48, "M", 64, 64, "M", 64, 64, "M"]
    network = VGG(make_layers(narrow, batch_norm=True), num_classes=10)
    network.classifier = torch.nn.Sequential(torch.nn.Linear(64 * 49, 10))
    network.eval().requires_grad_(False)
    example = torch.rand(1, 3, *SIZE)
    cut = pruned(network, example, find_cut(network, example, None, 10, convolution=48))
    return BaseModel(
        network, cut, "torchvision/narrow_vgg", "vgg", "VGG", Recipe(), "1" * 64, CPU,
        (14, 14),
    )  # fmt: skip


def test_a_vgg_gets_a_convolution_a_finer_grid_and_an_exact_cam(
    own_folders, small, listener
) -> None:
    base = small_vgg_base()
    plan = TrainingPlan(
        small, "vgg", "Narrow", epochs=3, convolution=48, batch=4, fine_tune=FineTune.ALL,
        fine_tune_epochs=1,
    )  # fmt: skip
    info = train_from(base, find_data_set(small), plan, listener, Control())
    curve = [epoch for epoch in listener.of(Epoch) if epoch.phase == "head"]
    assert curve[-1].training_loss < curve[0].training_loss
    loaded = PooledNetwork(small_vgg_base().network, base.cut, 2).eval()
    loaded.load_state_dict(load_file(info.folder / "weights.safetensors"))
    example = torch.rand(1, 3, *SIZE)
    search = find_head(loaded, example)
    assert search.head is not None
    forward = run(loaded, example, search.head.layer, search.head, search.layout)
    assert forward.activations.shape == (48, 14, 14)
    map_ = torch.einsum("k,khw->hw", search.head.weight[1], forward.activations)
    logit = map_.mean() + search.head.bias[1]
    assert float(logit) == pytest.approx(float(forward.logits[1]), rel=1e-4)
