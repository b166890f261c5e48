"""Asks for what a checkpoint cannot tell by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.results.values import NO_ACTIVATION
from camviewer.ui.models.candidate_list import CandidateList
from camviewer.ui.style import mark, theme, tr
from camviewer.ui.widgets.segmented_control import Segmented
from camviewer.ui.work.model_file_kinds import (
    LABEL_FILES,
    PACK_SUFFIX,
    PROGRAM_SUFFIXES,
    ImportRequest,
)
from camviewer.ui.work.model_import import Candidate

_BY_ITSELF = mark("Recognised by itself")
_ACTIVATIONS = (
    ("", mark("By the file")),
    ("softmax", mark("One class")),
    ("sigmoid", mark("Several")),
    (NO_ACTIVATION, mark("Values")),
)


class ImportDialog(QDialog):
    """Architecture (when several fit), name, class names, and how many classes a picture has.

    Signals:
        confirmed: (ImportRequest).
    """

    confirmed = Signal(object)

    def __init__(
        self, request: ImportRequest, candidates: tuple[Candidate, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import a model"))
        self.setMinimumWidth(500)
        self._request = request
        self._candidates = candidates
        self._architecture = QLabel(tr(_BY_ITSELF), self)
        self.candidates = CandidateList(candidates, self)
        self._title = QLineEdit(request.title or request.path.stem, self)
        self._labels = QLineEdit(str(request.labels or ""), self)
        self._activation = Segmented(
            [(value, tr(words)) for value, words in _ACTIVATIONS], tr("A picture shows"), self
        )
        self._unit = QLineEdit(request.unit, self)
        self._form = QFormLayout()
        self._build()

    def _build(self) -> None:
        head = QLabel(self._request.path.name, self)
        head.setProperty("role", "title")
        hint = QLabel(self._explanation(), self)
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        for label in (head, hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._architecture.setProperty("role", "muted")
        self._labels.setAccessibleName(tr("Class names"))
        self._labels.setPlaceholderText(tr("ImageNet's names, or numbers"))
        self._activation.set_value(self._request.activation or "")
        self._unit.setAccessibleName(tr("Unit"))
        self._unit.setPlaceholderText(tr("Of the values, such as years"))
        form = self._form
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(tr("Architecture"), self._architecture)
        form.addRow(tr("Name"), self._title)
        form.addRow(tr("Class names"), self._labels_row())
        form.addRow(tr("A picture shows"), self._activation)
        form.addRow(tr("Unit"), self._unit)
        if self._request.path.suffix.lower() == PACK_SUFFIX:
            for row in range(form.rowCount()):
                form.setRowVisible(row, False)
        form.setRowVisible(0, not self._brings_network and form.isRowVisible(0))
        if self._candidates:
            form.setRowVisible(0, False)
        self._activation.chosen.connect(self._show_unit)
        self._show_unit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(hint)
        layout.addWidget(self.candidates)
        self.candidates.setVisible(bool(self._candidates))
        layout.addLayout(form)
        layout.addSpacing(8)
        layout.addWidget(self._buttons())

    def _show_unit(self) -> None:
        """Values alone have a unit."""
        has_values = self._activation.value == NO_ACTIVATION
        self._form.setRowVisible(self._unit, has_values and self._form.isRowVisible(3))

    @property
    def _brings_network(self) -> bool:
        return self._request.path.suffix.lower() in PROGRAM_SUFFIXES

    def _explanation(self) -> str:
        if self._brings_network:
            return tr(
                "The file brings its network, but does not tell its preprocessing: ImageNet's "
                "usual one is taken, which you can edit afterwards."
            )
        if self._request.path.suffix.lower() == PACK_SUFFIX:
            return tr("A pack holds everything that is needed. It is checked before it is kept.")
        if self._candidates:
            seen = self._request.picture is not None
            of = tr("the picture on screen") if seen else tr("a sample picture")
            return tr(
                "{count} architectures have just these tensors, and each computes "
                "something else with them. Choose the one that the model was trained with: "
                "below is what each says of {of}."
            ).format(count=len(self._candidates), of=of)
        return tr("The architecture and its preprocessing are told by the file's tensors.")

    def _labels_row(self) -> QHBoxLayout:
        choose = QPushButton(tr("Choose…"), self)
        choose.clicked.connect(self._choose_labels)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._labels, 1)
        row.addWidget(choose)
        return row

    def _buttons(self) -> QWidget:
        buttons = QDialogButtonBox(self)
        confirm = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        confirm.setProperty("kind", "primary")
        theme.restyle(confirm)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._confirm)
        buttons.rejected.connect(self.reject)
        return buttons

    def _choose_labels(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            tr("Class names"),
            str(self._request.path.parent),
            tr(LABEL_FILES),
        )
        if name:
            self._labels.setText(name)

    def _confirm(self) -> None:
        labels = self._labels.text().strip()
        request = replace(
            self._request,
            architecture=self.candidates.chosen or None,
            title=self._title.text().strip() or None,
            labels=Path(labels) if labels else None,
            activation=str(self._activation.value) or None,
            unit=self._unit.text().strip() if self._activation.value == NO_ACTIVATION else "",
        )
        self.accept()
        self.confirmed.emit(request)
