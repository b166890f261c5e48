"""A training in a process of its own: the window stays quick, and a crash costs nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject

from camviewer.engine.training import TRAINING_LINES, Finished, Stopped, TrainingPlan
from camviewer.ui.style import mark
from camviewer.ui.work import EventProcess


def plan_words(plan: TrainingPlan, *, resume: bool, restart: bool) -> list[str]:
    """The arguments that start a training at the terminal."""
    if resume:  # it goes on with its own settings
        settings: list[str] = ["--resume"]
    else:
        settings = [
            f"--epochs={plan.epochs}",
            f"--lr={plan.learning_rate!r}",
            f"--batch={plan.batch}",
            f"--conv={plan.convolution}",
            f"--fine-tune={plan.fine_tune.value}",
            f"--fine-tune-epochs={plan.fine_tune_epochs}",
            f"--fine-tune-lr={plan.fine_tune_rate!r}",
            f"--val-share={plan.validation_share!r}",
            f"--seed={plan.seed}",
            f"--patience={plan.patience}",
            "--class-weights" if plan.class_weights else "--no-class-weights",
            "--flips" if plan.flips else "--no-flips",
            *(["--keep-last-pool"] if plan.keep_last_pool else []),
            *(["--restart"] if restart else []),
        ]
    names = [f"--base={plan.base}", f"--output={plan.title}", "--json-lines"]
    return ["train", *names, *settings, "--", str(plan.data)]


class TrainingProcess(EventProcess):
    """Starts the program's own ``train`` command and talks with it.

    It saves its state as it learns, so that even killing it costs seconds at most.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(mark("training"), TRAINING_LINES, (Finished, Stopped), parent=parent)

    def start(self, plan: TrainingPlan, *, resume: bool = False, restart: bool = False) -> None:
        """Begins a training, or goes on with one."""
        self.run(plan_words(plan, resume=resume, restart=restart))
