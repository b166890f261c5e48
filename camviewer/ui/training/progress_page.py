"""Shows a training while it runs, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.support import Failed, Paused
from camviewer.engine.training import (
    Epoch,
    Finished,
    Found,
    Preparing,
    Skipped,
    Split,
    Stopped,
    TrainingEvent,
    TrainingStep,
)
from camviewer.ui.style import duration, mark, tr, translated, whole
from camviewer.ui.training.confusion import ConfusionView
from camviewer.ui.training.curves import CurvesView
from camviewer.ui.widgets import in_tip
from camviewer.ui.widgets.progress_head import ProgressHead

_TITLES = {"head": mark("Training the head"), "fine-tuning": mark("Fine-tuning")}
_FRAME_MS = 40
_LIST_HEAD, _LIST_ROW, _MOST_ROWS = 34, 26, 3


class ProgressPage(QWidget):
    """Progress line, curves, skipped pictures; at the end accuracy and confusion matrix."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = ProgressHead(tr("Progress of the training"), self)
        self._loss = CurvesView(tr("Loss"), as_percent=False, parent=self)
        self._accuracy = CurvesView(tr("Accuracy"), as_percent=True, parent=self)
        self._confusion = ConfusionView(self)
        self._confusion_head = QLabel(
            tr("CONFUSION MATRIX · TRUE CLASS BY ROW, PREDICTED BY COLUMN")
        )
        self._skipped_head = QLabel(self)
        self._skipped = QTreeWidget(self)
        self._epochs: list[Epoch] = []
        self._pictures = ""
        # Epochs on kept features come faster than a screen shows.
        self._soon = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._soon.timeout.connect(self._draw)
        self._build()
        self.clear()

    @property
    def title(self) -> str:
        """The line that says what is going on."""
        return self._head.title

    @property
    def confusion(self) -> ConfusionView:
        """The matrix at the end."""
        return self._confusion

    @property
    def skipped_list(self) -> QTreeWidget:
        """The pictures that are not used, with the reasons."""
        return self._skipped

    @property
    def epochs(self) -> tuple[Epoch, ...]:
        """What the curves show."""
        return tuple(self._epochs)

    def clear(self) -> None:
        """Makes ready for another training."""
        self._epochs = []
        self._pictures = ""
        self._skipped.clear()
        self._head.begin(tr("Starting…"))
        for widget in (self._confusion, self._confusion_head, self._skipped, self._skipped_head):
            widget.hide()
        self._draw()

    def take(self, event: TrainingEvent) -> None:
        """Shows an event."""
        match event:
            case Found(classes, counts, _, base):
                self._pictures = tr("{pictures} pictures of {classes} classes").format(
                    pictures=whole(sum(counts)), classes=whole(len(classes))
                )
                self._head.say(tr("Opening {base}").format(base=base), self._pictures)
            case Preparing(done, total, left):
                words = tr("Looking at the pictures: {done} of {total}")
                words = words.format(done=whole(done), total=whole(total))
                self._show_step(words, done / max(total, 1), left)
            case Skipped(picture, reason):
                self._list_skipped(picture, reason)
            case Split(training, validation):
                words = tr("{training} pictures to learn from, {validation} to be measured with")
                self._pictures = words.format(
                    training=whole(sum(training)), validation=whole(sum(validation))
                )
            case TrainingStep(phase, epoch, epochs, share, left):
                words = _epoch_words(phase, epoch, epochs)
                self._show_step(words, (epoch - 1 + share) / epochs, left)
            case Epoch():
                self._show_epoch(event)
            case Paused(paused):
                self._show_paused(paused=paused)
            case Finished():
                self._show_result(event)
            case Stopped(resumable):
                self._head.end(tr("Stopped"), tr("It can go on from here.") if resumable else "")
            case Failed():
                self._head.end(tr("The training failed"), "")

    # -- what happens --------------------------------------------------------------------------

    def _show_step(self, words: str, share: float, seconds: float | None) -> None:
        left = (
            ""
            if seconds is None
            else tr("at most {time} left").format(time=duration(1000 * max(seconds, 1)))
        )
        self._head.show_share(share)
        self._head.say(words, " · ".join(part for part in (left, self._pictures) if part))

    def _show_epoch(self, epoch: Epoch) -> None:
        if epoch.epoch:  # what fine-tuning begins with is what the head ended with
            self._epochs.append(epoch)
        words = _epoch_words(epoch.phase, epoch.epoch, epoch.epochs)
        self._show_step(words, epoch.epoch / epoch.epochs, epoch.seconds_left)
        if not self._soon.isActive():
            self._soon.start()

    def _show_paused(self, *, paused: bool) -> None:
        if paused:
            self._head.pause(self._pictures)
        else:
            self._head.resume(self._pictures)

    def _list_skipped(self, picture: str, reason: str) -> None:
        reason = translated(reason)
        item = QTreeWidgetItem([picture, reason])
        item.setToolTip(0, in_tip(picture))
        item.setToolTip(1, in_tip(reason))
        self._skipped.addTopLevelItem(item)
        count = self._skipped.topLevelItemCount()
        self._skipped_head.setText(tr("SKIPPED PICTURES: {count}").format(count=whole(count)))
        self._skipped.setFixedHeight(_LIST_HEAD + _LIST_ROW * min(count, _MOST_ROWS))
        self._skipped_head.show()
        self._skipped.show()

    def _show_result(self, result: Finished) -> None:
        pictures = sum(map(sum, result.confusion))
        self._head.end(
            tr("{share} of {count} pictures found").format(
                share=f"{result.accuracy:.1%}", count=whole(pictures)
            ),
            tr(
                "{title} is kept with your models, after {time}. None of these pictures was learnt "
                "from."
            ).format(title=result.title, time=duration(1000 * result.seconds)),
        )
        self._confusion.show_counts(result.classes, result.confusion)
        self._confusion_head.show()
        self._confusion.show()

    def _draw(self) -> None:
        epochs = self._epochs
        tuning = [number for number, e in enumerate(epochs, start=1) if e.phase == "fine-tuning"]
        second = min(tuning, default=0)
        self._loss.show_points(
            [epoch.training_loss for epoch in epochs],
            [epoch.validation_loss for epoch in epochs],
            second,
        )
        self._accuracy.show_points(
            [epoch.training_accuracy for epoch in epochs],
            [epoch.validation_accuracy for epoch in epochs],
            second,
        )

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        for head in (self._confusion_head, self._skipped_head):
            head.setProperty("role", "head")
        self._skipped.setHeaderLabels([tr("Picture"), tr("Reason")])
        self._skipped.setRootIsDecorated(False)
        self._skipped.setUniformRowHeights(True)
        self._skipped.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._skipped.setAccessibleName(tr("Pictures that are not used"))
        self._skipped.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._skipped.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        curves = QHBoxLayout()
        curves.setSpacing(16)
        curves.addWidget(self._loss, 1)
        curves.addWidget(self._accuracy, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addSpacing(8)
        layout.addLayout(curves, 2)
        layout.addWidget(self._skipped_head)
        layout.addWidget(self._skipped)
        layout.addWidget(self._confusion_head)
        layout.addWidget(self._confusion, 3)


def _epoch_words(phase: str, epoch: int, epochs: int) -> str:
    title = tr(_TITLES[phase]) if phase in _TITLES else phase
    return tr("{title}: epoch {epoch} of {epochs}").format(title=title, epoch=epoch, epochs=epochs)
