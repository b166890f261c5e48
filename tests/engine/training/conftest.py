"""Folders of generated scenes, and trainings whose files stay out of each other's way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from camviewer.engine.packs import store as packs
from camviewer.engine.support.control import Control
from camviewer.engine.training import feature_store, run_place
from camviewer.engine.training.events import TrainingEvent
from camviewer.engine.training.plan import TrainingPlan
from camviewer.engine.training.training_run import train
from tests.scenes import make_scenes, write_folder

SIZE = (224, 224)


@pytest.fixture(scope="session")
def scenes(tmp_path_factory) -> Path:
    """96 scenes of four classes, one subfolder a class."""
    return write_folder(tmp_path_factory.mktemp("scenes"), make_scenes(96, seed=1, size=SIZE))


@pytest.fixture(scope="session")
def shared_features(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("features")


@pytest.fixture
def own_folders(tmp_path, monkeypatch, shared_features) -> Path:
    """Models and unfinished trainings of this test alone; features are computed once for all."""
    monkeypatch.setattr(packs, "models_folder", lambda: tmp_path / "models")
    monkeypatch.setattr(run_place, "runs_folder", lambda: tmp_path / "training")
    monkeypatch.setattr(
        "camviewer.engine.training.features.feature_stores_folder", lambda: shared_features
    )
    assert feature_store.feature_stores_folder() != shared_features
    return tmp_path


@pytest.fixture
def small(tmp_path, scenes) -> Path:
    """Six pictures of each of two classes, for this test alone."""
    for name in ("ring", "dots"):
        (tmp_path / "small" / name).mkdir(parents=True)
        for path in sorted((scenes / name).iterdir())[:6]:
            (tmp_path / "small" / name / path.name).write_bytes(path.read_bytes())
    return tmp_path / "small"


def ignore(_event: TrainingEvent) -> None:
    """Does nothing about an event."""


class Listener:
    """Notes events, and may act on one."""

    def __init__(self) -> None:
        self.events: list[TrainingEvent] = []
        self.control = Control()
        self.act: Callable[[TrainingEvent], None] = ignore

    def __call__(self, event: TrainingEvent) -> None:
        self.events.append(event)
        self.act(event)

    def of(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def trained(own_folders, scenes, listener) -> Callable[..., packs.PackInfo]:
    """Trains the embedded model on the scenes: ``trained(**settings)``."""

    def make(**settings: Any) -> packs.PackInfo:
        plan = TrainingPlan(
            **{"data": scenes, "base": "efficientnet-lite0", "title": "Shapes"} | settings
        )
        return train(plan, listener, listener.control, device="cpu")

    return make
