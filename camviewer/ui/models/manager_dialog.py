"""The list of imported models: what they are, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.results import class_count
from camviewer.ui.style import file_size, mark, theme, tr, translated
from camviewer.ui.widgets import Placeholder, confirmed, in_tip, show_folder
from camviewer.ui.widgets.plain_text import warn
from camviewer.ui.work import PACK_SUFFIX, Job

if TYPE_CHECKING:
    from camviewer.engine.packs import DamagedPack, PackInfo

    Known = PackInfo | DamagedPack

_COLUMNS = (
    mark("Name"),
    mark("Architecture"),
    mark("Classes"),
    mark("Size"),
    mark("From"),
    "SHA-256",
)
_ID = Qt.ItemDataRole.UserRole


class ModelManager(QDialog):
    """Lists packs; renames, exports and removes them.

    Signals:
        changed: the packs on the disk are others now.
        removed: (id).
        import_requested: another model is to be imported.
    """

    changed = Signal()
    removed = Signal(str)
    import_requested = Signal()

    def __init__(
        self,
        packs: tuple[PackInfo, ...] | None,
        damaged: tuple[DamagedPack, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Models"))
        self.resize(820, 400)
        self._packs: dict[str, PackInfo] = {}
        self._damaged: dict[str, DamagedPack] = {}
        self._problem = QLabel(self)
        self._list = QTreeWidget(self)
        self._empty = Placeholder("box", self)
        self._buttons: list[tuple[QPushButton, bool]] = []
        self._build()
        self.show_packs(packs, damaged)

    @property
    def view(self) -> QTreeWidget:
        """The list itself."""
        return self._list

    def show_packs(
        self, known: tuple[PackInfo, ...] | None, damaged: tuple[DamagedPack, ...]
    ) -> None:
        """Lists packs, keeping the one that is chosen.

        Args:
            known: those that can be asked; None while they are looked up.
            damaged: those that cannot, which are listed with what is wrong with them.
        """
        packs = known or ()
        if known is None:
            self._empty.say(tr("Looking for models…"))
        else:
            self._empty.say(tr("No model was imported yet"), tr("Drop a checkpoint on the window."))
        chosen = self._chosen()
        self._packs = {pack.id: pack for pack in packs}
        self._damaged = {pack.id: pack for pack in damaged}
        self._list.clear()
        for pack in packs:
            self._list.addTopLevelItem(_item(pack))
        for broken in damaged:
            item = _damaged_item(broken)
            self._list.addTopLevelItem(item)
            item.setFirstColumnSpanned(True)
        for row in range(self._list.topLevelItemCount()):
            listed = self._list.topLevelItem(row)
            if listed is not None and chosen is not None and listed.data(0, _ID) == chosen.id:
                self._list.setCurrentItem(listed)
        self._empty.setVisible(not packs and not damaged)
        self._list.setVisible(bool(packs or damaged))
        self._allow()

    def _build(self) -> None:
        self._list.setHeaderLabels([tr(words) for words in _COLUMNS])
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setAccessibleName(tr("Imported models"))
        header = self._list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.itemSelectionChanged.connect(self._allow)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._problem)
        layout.addLayout(self._button_row())

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        add = QPushButton(tr("Import…"), self)
        add.clicked.connect(self.import_requested)
        row.addWidget(add)
        row.addStretch(1)
        sound: tuple[tuple[str, Callable[[PackInfo], None]], ...] = (
            (tr("Rename…"), self._rename),
            (tr("Export…"), self._export),
        )
        for text, of_sound in sound:
            button = self._button(row, text, needs_sound=True)
            button.clicked.connect(lambda _checked=False, slot=of_sound: self._with_sound(slot))
        every: tuple[tuple[str, Callable[[Known], None]], ...] = (
            (tr("Show in folder"), lambda known: show_folder(known.folder, self)),
            (tr("Remove…"), self._remove),
        )
        for text, slot in every:
            button = self._button(row, text, needs_sound=False)
            button.clicked.connect(lambda _checked=False, slot=slot: self._with_chosen(slot))
        close = QPushButton(tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addSpacing(16)
        row.addWidget(close)
        return row

    def _button(self, row: QHBoxLayout, text: str, *, needs_sound: bool) -> QPushButton:
        button = QPushButton(text, self)
        row.addWidget(button)
        self._buttons.append((button, needs_sound))
        return button

    def _chosen(self) -> Known | None:
        item = self._list.currentItem()
        if item is None:
            return None
        identifier = str(item.data(0, _ID))
        return self._packs.get(identifier) or self._damaged.get(identifier)

    def _with_chosen(self, slot: Callable[[Known], None]) -> None:
        pack = self._chosen()
        if pack is not None:
            slot(pack)

    def _with_sound(self, slot: Callable[[PackInfo], None]) -> None:
        chosen = self._chosen()
        sound = None if chosen is None else self._packs.get(chosen.id)
        if sound is not None:
            slot(sound)

    def _allow(self) -> None:
        chosen = self._chosen()
        damaged = None if chosen is None else self._damaged.get(chosen.id)
        for button, needs_sound in self._buttons:
            button.setEnabled(chosen is not None and not (needs_sound and damaged))
        words = "" if damaged is None else translated(f"{damaged.problem} {damaged.hint}")
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _rename(self, pack: PackInfo) -> None:
        title, accepted = QInputDialog.getText(self, tr("Rename"), tr("Name:"), text=pack.title)
        if accepted and title.strip() and title.strip() != pack.title:
            self.rename(pack, title.strip())

    def rename(self, pack: PackInfo, title: str) -> None:
        """Gives a pack another name; its id stays."""
        from camviewer.engine.packs import rename_pack  # noqa: PLC0415  (imports torch)

        self._run(lambda: rename_pack(pack, title))

    def _remove(self, pack: Known) -> None:
        question = tr("Remove {title} ({size}) from the disk?").format(
            title=pack.title, size=file_size(pack.size_bytes)
        )
        if confirmed(self, tr("Remove"), question):
            self.remove(pack)

    def remove(self, pack: Known) -> None:
        """Deletes a pack."""
        from camviewer.engine.packs import remove_pack  # noqa: PLC0415  (imports torch)

        self.removed.emit(pack.id)
        self._run(lambda: remove_pack(pack))

    def _export(self, pack: PackInfo) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("Export"),
            str(Path.home() / f"{pack.id}{PACK_SUFFIX}"),
            tr("Packs (*{suffix})").format(suffix=PACK_SUFFIX),
        )
        if name:
            path = Path(name)
            self.export(pack, path if path.suffix == PACK_SUFFIX else Path(name + PACK_SUFFIX))

    def export(self, pack: PackInfo, path: Path) -> None:
        """Writes a pack as one file; the file dialog has asked whether to replace one."""
        from camviewer.engine.importing import export_pack  # noqa: PLC0415  (imports torch)

        self._run(lambda: export_pack(pack, path, overwrite=True))

    def _run(self, work: Callable[[], object]) -> None:
        job = Job(work)
        job.done.connect(self._finish)
        job.failed.connect(self._say)
        job.start()

    def _finish(self, _result: object) -> None:
        self.changed.emit()

    def _say(self, message: str, hint: str) -> None:
        warn(self, tr("Models"), f"{message}\n{hint}".strip())


def _item(pack: PackInfo) -> QTreeWidgetItem:
    item = QTreeWidgetItem(_row(pack))
    item.setData(0, _ID, pack.id)
    item.setToolTip(0, in_tip("\n".join((pack.title, *pack.notes))))
    item.setToolTip(5, pack.weights_sha256)
    return item


def _damaged_item(pack: DamagedPack) -> QTreeWidgetItem:
    item = QTreeWidgetItem([translated(pack.problem)])
    item.setData(0, _ID, pack.id)
    item.setIcon(0, theme.icon("circle-alert", "text", 16))
    item.setToolTip(0, in_tip(translated(f"{pack.problem}\n{pack.hint}")))
    return item


def _row(pack: PackInfo) -> list[str]:
    return [
        pack.title,
        pack.architecture,
        f"{class_count(pack.classes, pack.activation)}",
        file_size(pack.size_bytes),
        pack.origin,
        pack.weights_sha256[:12],
    ]
