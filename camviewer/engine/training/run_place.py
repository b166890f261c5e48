"""Locates the folders of unfinished trainings."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from camviewer.engine.support.folders import data_folder
from camviewer.engine.training.plan import TrainingPlan

STATE = "state.json"


def runs_folder() -> Path:
    """The folder of all unfinished trainings; it may not exist yet."""
    return data_folder() / "training"


def run_folder(plan: TrainingPlan) -> Path:
    """The folder of the training with this name, base model and data."""
    identity = json.dumps([str(plan.data.absolute()), plan.base, plan.title])
    words = re.sub(r"[^a-z0-9]+", "-", plan.title.lower()).strip("-")[:40] or "model"
    return runs_folder() / f"{words}-{hashlib.sha256(identity.encode()).hexdigest()[:12]}"


def was_begun(plan: TrainingPlan) -> bool:
    """Whether there is an unfinished training with this name, base model and data."""
    return (run_folder(plan) / STATE).is_file()
