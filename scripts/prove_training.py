"""Trains heads on generated scenes and measures whether their maps point at the objects.

    python scripts/prove_training.py [--pictures 400] [--only VGG]

Prints a table: accuracy on new scenes, and the share of maps whose highest cell lies inside the
object's box, against the share of the picture that the box takes, which is what chance would hit.
The embedded model is taught as it comes; a narrow VGG is first trained with linear layers on its
flattened grid, as VGG has them, then cut and taught in both ways. docs/training.md has the figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch  # noqa: TID253  (nobody waits for a window here)
from safetensors.torch import load_file
from torch import nn  # noqa: TID253
from torchvision.models.vgg import VGG, make_layers  # noqa: TID253

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.importing.checkpoints import load_pack
from camviewer.engine.network.classifier import classifier
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.packs import store as packs
from camviewer.engine.picture.source_image import image_from_pixels
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from camviewer.engine.support.control import Control
from camviewer.engine.training import features, run_place
from camviewer.engine.training.base_model import BaseModel, open_base
from camviewer.engine.training.cutting import find_cut, pruned
from camviewer.engine.training.data_set import find_data_set
from camviewer.engine.training.events import Epoch, Finished, TrainingEvent
from camviewer.engine.training.plan import FineTune, TrainingPlan
from camviewer.engine.training.training_run import train_from
from tests.scenes import CLASSES, Scene, make_scenes, write_folder

SIZE = (224, 224)
CPU = torch.device("cpu")
NARROW = (16, "M", 32, "M", 48, 48, "M", 64, 64, "M", 64, 64, "M")


@dataclass(frozen=True)
class Figures:
    """What was measured of one training."""

    name: str
    grid: str
    accuracy: float
    nominal: float
    measured: float
    chance: float
    seconds: float

    def row(self) -> str:
        """A row of the table."""
        return (
            f"| {self.name} | {self.grid} | {self.accuracy:.1%} | {self.measured:.1%} "
            f"| {self.nominal:.1%} | {self.chance:.1%} | {self.seconds:.0f} s |"
        )


def say(event: TrainingEvent) -> None:
    """Shows every tenth epoch."""
    if isinstance(event, Epoch) and event.epoch % 10 == 0:
        print(f"  {event.phase} {event.epoch}: {event.validation_accuracy:.1%}", flush=True)


def measured(name: str, session: Session, scenes: Sequence[Scene], seconds: float) -> Figures:
    """Accuracy, and where the peaks lie: with the layer's measured offset and without."""
    layer = session.info.cam_layer or session.info.default_layer or ""
    session.measure_offset(layer)
    right, hits, nominal_hits = [], [], []
    for scene in scenes:
        image = image_from_pixels(scene.pixels, "scene")
        index = session.info.labels.index(scene.label)
        right.append(session.verdict(image).top(1)[0] == index)
        for nominal, found in ((False, hits), (True, nominal_hits)):
            request = ExplainRequest(class_index=index, nominal=nominal)
            heatmap = session.explain(image, request).heatmap
            row, column = divmod(int(heatmap.values.argmax()), heatmap.values.shape[1])
            found.append(scene.box.contains(*heatmap.geometry.centre(row, column)))
    rows, columns = heatmap.values.shape
    return Figures(
        name,
        f"{columns} x {rows}",
        float(np.mean(right)),
        float(np.mean(nominal_hits)),
        float(np.mean(hits)),
        float(np.mean([scene.chance for scene in scenes])),
        seconds,
    )


def taught(base: BaseModel, data: Path, **settings: object) -> tuple[packs.PackInfo, float]:
    """Teaches a base model; gives the pack and the seconds that it took."""
    results: list[Finished] = []

    def on_event(event: TrainingEvent) -> None:
        say(event)
        if isinstance(event, Finished):
            results.append(event)

    plan = TrainingPlan(data, base.identifier, "Scenes", **settings)  # type: ignore[arg-type]
    info = train_from(base, find_data_set(data), plan, on_event, Control())
    return info, results[0].seconds


def narrow_vgg(data: list[Scene], epochs: int) -> tuple[VGG, float]:
    """A VGG11 with narrow layers, trained on scenes with linear layers on its 7 x 7 grid."""
    torch.manual_seed(0)
    network = VGG(make_layers(list(NARROW), batch_norm=True), num_classes=len(CLASSES))
    network.classifier = nn.Sequential(
        nn.Linear(64 * 49, 256), nn.ReLU(), nn.Dropout(), nn.Linear(256, len(CLASSES))
    )
    pixels = torch.from_numpy(np.stack([scene.pixels for scene in data])).permute(0, 3, 1, 2)
    labels = torch.tensor([sorted(CLASSES).index(scene.label) for scene in data])
    mean, std = (torch.tensor(values).view(3, 1, 1) for values in (Recipe().mean, Recipe().std))
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 2e-3, epochs=epochs, steps_per_epoch=-(-len(data) // 32)
    )
    network.train()
    right = 0.0
    for epoch in range(epochs):
        right = 0.0
        for chosen in torch.randperm(len(data)).split(32):
            batch = (pixels[chosen].float() / 255 - mean) / std
            if torch.rand(()) < 0.5:
                batch = batch.flip(-1)
            logits = network(batch)
            loss = nn.functional.cross_entropy(logits, labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            right += float((logits.argmax(1) == labels[chosen]).sum())
        print(f"  VGG epoch {epoch + 1}: {right / len(data):.1%}", flush=True)
    return network.eval().requires_grad_(False), right / len(data)


def vgg_base(network: VGG, **options: object) -> BaseModel:
    """What is left of the VGG when its linear layers are cut off."""
    copy = VGG(make_layers(list(NARROW), batch_norm=True), num_classes=len(CLASSES))
    copy.classifier = nn.Sequential(*network.classifier)
    copy.load_state_dict(network.state_dict())
    copy.eval().requires_grad_(False)
    example = torch.rand(1, 3, *SIZE, generator=torch.Generator().manual_seed(0))
    cut = find_cut(copy, example, None, len(CLASSES), **options)  # type: ignore[arg-type]
    cut = pruned(copy, example, cut)
    side = 7 if options.get("keep_last_pool") else 14
    digest = ("7" if side == 7 else "e") * 64
    return BaseModel(
        copy, cut, "torchvision/narrow_vgg", "narrow-vgg", "Narrow VGG",
        Recipe(crop_fraction=1.0), digest, CPU, (side, side),
    )  # fmt: skip


def vgg_session(base: BaseModel, info: packs.PackInfo) -> Session:
    """The taught VGG, from the pack's own tensors."""
    network = base.with_head(len(CLASSES))
    network.load_state_dict(load_file(info.folder / "weights.safetensors"))
    made = classifier(
        network,
        identifier=info.id,
        title=info.title,
        labels=tuple(sorted(CLASSES)),
        recipe=base.recipe,
        weights_sha256=info.weights_sha256,
        device=CPU,
    )
    return Session(made, OffsetStore(info.weights_sha256))


def main() -> None:
    """Trains and measures all that is in the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=400, help="that are trained on")
    parser.add_argument("--only", default="", help="what has this in its name")
    arguments = parser.parse_args()
    count = int(arguments.pictures)
    new = make_scenes(max(count // 2, 40), seed=99, size=SIZE)
    rows: list[Figures] = []

    def teach(name: str, base: BaseModel, **settings: object) -> None:
        if arguments.only not in name:
            return
        info, seconds = taught(base, data, **settings)
        embedded = base.identifier == IDENTIFIER
        session = (
            Session(load_pack(info, CPU), OffsetStore(info.weights_sha256))
            if embedded
            else vgg_session(base, info)
        )
        rows.append(measured(name, session, new, seconds))
        print(rows[-1].row(), flush=True)

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        packs.models_folder = lambda: root / "models"
        run_place.runs_folder = lambda: root / "training"
        features.feature_stores_folder = lambda: root / "features"
        data = write_folder(root / "scenes", make_scenes(count, seed=1, size=SIZE))
        teach("EfficientNet-Lite0, head", open_base(IDENTIFIER, CPU))
        began = time.monotonic()
        many = make_scenes(2 * count, seed=2, size=(128, 128), scale=(0.38, 0.7))
        network, accuracy = narrow_vgg(many, 12)
        print(f"VGG: {accuracy:.1%} in {time.monotonic() - began:.0f} s", flush=True)
        teach(
            "Narrow VGG, head on 7 x 7",
            vgg_base(network, keep_last_pool=True),
            keep_last_pool=True,
        )
        teach("Narrow VGG, head on 14 x 14", vgg_base(network))
        teach(
            "Narrow VGG, convolution of 128 on 14 x 14",
            vgg_base(network, convolution=128),
            convolution=128,
            epochs=20,
        )
        teach(
            "EfficientNet-Lite0, last block fine-tuned",
            open_base(IDENTIFIER, CPU),
            fine_tune=FineTune.LAST_BLOCK,
            fine_tune_epochs=3,
        )
        teach(
            "EfficientNet-Lite0, convolution of 256",
            open_base(IDENTIFIER, CPU, convolution=256),
            convolution=256,
            epochs=6,
        )
    print("| network | map | accuracy | peak in box | nominal | chance | time |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        print(row.row())


if __name__ == "__main__":
    main()
