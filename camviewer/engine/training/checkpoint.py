"""Saves the state of a training on disk so that it survives a crash at any moment.

Tensors go to a new file. Then ``state.json``, which has that file's name and hash, is renamed into
place. At any moment the disk has either the old or the new state, and always a complete one.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from safetensors.torch import load_file
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.store import file_sha256
from camviewer.engine.packs.weights import save_weights
from camviewer.engine.packs.writing import unwritable
from camviewer.engine.training.epochs import PhaseState
from camviewer.engine.training.events import Epoch
from camviewer.engine.training.plan import TrainingPlan, plan_from
from camviewer.engine.training.run_place import STATE

_SCHEMA = 1


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The state of an unfinished training.

    Attributes:
        plan: its settings.
        data_sha256: hash of the pictures and their labels.
        base_sha256: hash of the base model's weights.
        head: state of the first phase.
        fine_tuning: state of the second phase; None before it begins.
        seconds: duration of the training up to now.
        begun: time of its start, in UTC.
    """

    plan: TrainingPlan
    data_sha256: str
    base_sha256: str
    head: PhaseState
    fine_tuning: PhaseState | None
    seconds: float
    begun: str


def save_checkpoint(folder: Path, checkpoint: Checkpoint) -> None:
    """Replaces the saved state.

    Raises:
        CamviewerError: the disk is full or not writable; the previous state is still there.
    """
    tensors: dict[str, Tensor] = {}
    record = {
        "schema": _SCHEMA,
        "plan": checkpoint.plan.record(),
        "data_sha256": checkpoint.data_sha256,
        "base_sha256": checkpoint.base_sha256,
        "seconds": checkpoint.seconds,
        "begun": checkpoint.begun,
        "head": _phase_record(checkpoint.head, "head", tensors),
        "fine_tuning": None
        if checkpoint.fine_tuning is None
        else _phase_record(checkpoint.fine_tuning, "fine_tuning", tensors),
    }
    weights = folder / f"{secrets.token_hex(8)}.safetensors"
    beside = folder / f"{STATE}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            save_weights(tensors, weights)
            _flush(weights)
            record |= {"tensors": weights.name, "tensors_sha256": file_sha256(weights)}
            beside.write_text(json.dumps(record, allow_nan=False), encoding="utf-8")
            _flush(beside)
            beside.replace(folder / STATE)
        except BaseException:
            weights.unlink(missing_ok=True)
            beside.unlink(missing_ok=True)
            raise
        for other in folder.glob("*.safetensors"):
            if other != weights:
                other.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable("The state of the training", error) from error


def load_checkpoint(folder: Path) -> Checkpoint | None:
    """The state of a training; None when there is none.

    Raises:
        CamviewerError: it is damaged, or of another version.
    """
    path = folder / STATE
    if not path.is_file():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["schema"] != _SCHEMA:
            raise ValueError("another version")
        weights = folder / Path(record["tensors"]).name
        if file_sha256(weights) != record["tensors_sha256"]:
            raise ValueError("the tensors are not those that were written")
        tensors = load_file(weights)
        tuning = record["fine_tuning"]
        return Checkpoint(
            plan=plan_from(record["plan"]),
            data_sha256=str(record["data_sha256"]),
            base_sha256=str(record["base_sha256"]),
            head=_phase(record["head"], "head", tensors),
            fine_tuning=None if tuning is None else _phase(tuning, "fine_tuning", tensors),
            seconds=float(record["seconds"]),
            begun=str(record["begun"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CamviewerError(
            "The unfinished training cannot be read any more.",
            "Begin it anew (--restart).",
        ) from error


def remove_checkpoint(folder: Path) -> None:
    """Deletes the state of a training, as far as its files can be deleted."""
    shutil.rmtree(folder, ignore_errors=True)


def _phase_record(state: PhaseState, phase: str, tensors: dict[str, Tensor]) -> dict[str, Any]:
    for kind, weights in (("weights", state.weights), ("best", state.best)):
        tensors.update({f"{phase}.{kind}.{name}": tensor for name, tensor in weights.items()})
    moments: dict[str, list[str]] = {}
    for index, values in state.optimiser.get("state", {}).items():
        moments[str(index)] = list(values)
        tensors.update({f"{phase}.optimiser.{index}.{key}": v for key, v in values.items()})
    return {
        "done": state.done,
        "curve": [asdict(epoch) for epoch in state.curve],
        "best_epoch": state.best_epoch,
        "over": state.over,
        "weights": list(state.weights),
        "best": list(state.best),
        "moments": moments,
        "groups": state.optimiser.get("param_groups"),
        "schedule": {k: v for k, v in state.schedule.items() if k != "lr_lambdas"},
    }


def _phase(record: Mapping[str, Any], phase: str, tensors: Mapping[str, Tensor]) -> PhaseState:
    def named(kind: str) -> dict[str, Tensor]:
        return {name: tensors[f"{phase}.{kind}.{name}"] for name in record[kind]}

    state = PhaseState(
        done=int(record["done"]),
        curve=tuple(Epoch(**epoch) for epoch in record["curve"]),
        best_epoch=int(record["best_epoch"]),
        weights=named("weights"),
        best=named("best"),
        over=bool(record["over"]),
    )
    if record["groups"] is None:
        return state
    optimiser = {
        "state": {
            int(index): {key: tensors[f"{phase}.optimiser.{index}.{key}"] for key in keys}
            for index, keys in record["moments"].items()
        },
        "param_groups": record["groups"],
    }
    schedule = dict(record["schedule"]) | {"lr_lambdas": [None]}
    return replace(state, optimiser=optimiser, schedule=schedule)


def _flush(path: Path) -> None:
    """Waits until a file is on disk, because the rename must not come before the content."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
