"""Opens the preprocessing dialog, asks for its previews, and saves what was set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from camviewer.engine.geometry import Recipe
from camviewer.engine.geometry.input_scale import InputChoice
from camviewer.engine.picture import sample_pictures
from camviewer.engine.results import ModelInfo, without_guesses
from camviewer.ui.preprocessing.model_dialog_commands import (
    KnownPack,
    ModelDialogCommands,
    with_recipe,
)
from camviewer.ui.state import Exploration
from camviewer.ui.style import mark, tr, translated
from camviewer.ui.widgets import Notice
from camviewer.ui.work import Job, ModelClient, ModelReady

if TYPE_CHECKING:
    from camviewer.engine.packs import PackInfo, Preview
    from camviewer.engine.picture import SourceImage
    from camviewer.engine.statistics import StatisticsCheck
    from camviewer.ui.preprocessing.dialog import PreprocessingDialog, Wishes
    from camviewer.ui.preprocessing.preview_query import Refusal

_EMBEDDED = mark(
    "This model comes with the program: size, mean and deviation are as it was published. The "
    "range of values and the bands can be chosen, until the program ends."
)
_FOR_THIS_RUN = mark(
    "This model was opened for this run only: the range of values and the bands can be chosen, "
    "until the program ends. Import it to keep them, and to change the rest."
)
_GONE = mark("The files of this model are gone, so nothing can be saved.")


@dataclass(frozen=True)
class _Names:
    labels: tuple[str, ...]
    source: str


class Preprocessing(ModelDialogCommands["PreprocessingDialog"]):
    """Stands between the dialog and the model's thread.

    Args:
        window: the dialog's parent.
        exploration: tells which picture is shown.
        model: answers with previews.
        notice: says after an import whether the preprocessing fits.
    """

    def __init__(
        self,
        window: QWidget,
        exploration: Exploration,
        model: ModelClient,
        notice: Notice,
    ) -> None:
        super().__init__(window, exploration, model)
        self._published = Recipe()
        self._sample: SourceImage | None = None
        self._notice = notice
        self._imported: PackInfo | None = None
        """What was imported last, as long as its check is awaited."""
        self._models.kept.connect(self._await_check)
        exploration.picture_shown.connect(self._picture_changed)
        exploration.emptied.connect(self._picture_changed)
        exploration.model_ready.connect(self._model_changed)

    def _made(self, known: KnownPack) -> PreprocessingDialog:
        info, pack = known.info, known.pack
        from camviewer.ui.preprocessing.dialog import (  # noqa: PLC0415  (the window opens sooner)
            Editing,
            PreprocessingDialog,
        )

        editing, remark = Editing.ALL, ""
        if pack is None:
            remark = _why_not_all(info)
            editing = Editing.NOTHING if remark == tr(_GONE) else Editing.VALUES
        self._published = (info.own_recipe or info.recipe) if pack is None else pack.published
        dialog = PreprocessingDialog(info, self._published, editing, remark, self._window)
        dialog.tried.connect(self._try)
        dialog.labels_chosen.connect(self._read_labels)
        if pack is not None:
            dialog.saved.connect(lambda wishes: self._save(pack, wishes))
        elif editing is Editing.VALUES:
            dialog.saved.connect(self._feed)
        return dialog

    def _await_check(self, pack: PackInfo) -> None:
        self._imported = pack

    def _check(self, info: ModelInfo) -> None:
        from camviewer.ui.preprocessing.statistics_query import (  # noqa: PLC0415  (start-up)
            CheckStatistics,
            looked_at,
        )

        query = CheckStatistics(info.id, *looked_at(self._exploration))
        self._model.ask(
            query,
            partial(self._take_check, info.id),
            failed=self._say_unchecked,
            dropped=self._check_again,
        )

    def _take_check(self, model: str, check: StatisticsCheck) -> None:
        if self._dialog is not None and self._dialog.info.id == model:
            self._dialog.show_check(check)
        pack = self._imported
        if pack is None or pack.id != model:
            return
        self._imported = None
        # The statistics say more than a guess does.
        notes = pack.notes if check.own is None else without_guesses(pack.notes)
        title, words = (
            tr("{title} was imported.").format(title=pack.title),
            [translated(one) for one in (*notes, check.sentence)],
        )
        better = check.suggested
        if better is None:
            self._notice.show_info(title, " ".join(words))
            return
        from camviewer.ui.preprocessing.statistics_panel import use_words  # noqa: PLC0415  (start-up)

        used = tr("Judged by {pictures}. Model > Model details has the figures.").format(
            pictures=translated(check.pictures)
        )
        recipe = better.applied_to(pack.recipe)
        self._notice.show_choice(
            title,
            " ".join([*words, used]),
            use_words(better),
            lambda: self._use(pack, recipe),
        )

    def _use(self, pack: PackInfo, recipe: Recipe) -> None:
        """Feeds a model that was just imported as its statistics suggest, and checks it again."""
        job = Job(lambda: with_recipe(pack, recipe))
        job.done.connect(self._used)
        job.failed.connect(self._notice.show_error)
        job.start()

    def _used(self, pack: PackInfo) -> None:
        self._models.list_kept()
        info = self._models.info
        if info is not None and info.id == pack.id:
            self._imported = pack
            self._models.reload()

    def _try(self, recipe: Recipe, activation: str, head_activations: tuple[str, ...]) -> None:
        from camviewer.engine.picture import read_image  # noqa: PLC0415  (start-up)
        from camviewer.ui.preprocessing.preview_query import PreviewRecipe  # noqa: PLC0415  (start-up)

        picture = self._exploration.picture
        image = self._sample if picture is None else picture.image
        if image is None:
            job = Job(lambda: read_image(sample_pictures()[0]))
            job.done.connect(self._take_sample)
            job.start()
            return
        if self._dialog is not None:
            self._dialog.form.values.set_picture_bands(image.values.bands)
        query = PreviewRecipe(image, recipe, activation, self._published, head_activations)
        self._model.ask(
            query, self._take_preview, failed=self._say_refused, dropped=self._try_again
        )

    def _say_refused(self, message: str, hint: str) -> None:
        if self._dialog is not None:
            self._dialog.show_refusal(message, hint)

    def _take_sample(self, image: SourceImage) -> None:
        self._sample = image
        self._try_again()

    def _take_preview(self, preview: Preview | Refusal) -> None:
        from camviewer.ui.preprocessing.preview_query import Refusal  # noqa: PLC0415  (start-up)

        if self._dialog is None:
            return
        if isinstance(preview, Refusal):
            self._dialog.show_refusal(preview.message, preview.hint)
            if preview.histogram is not None:
                self._dialog.form.values.show_histogram(preview.histogram)
        else:
            self._dialog.show_preview(preview)

    def _try_again(self) -> None:
        if self._dialog is not None:
            self._dialog.try_again()

    def _check_again(self) -> None:
        info = self._models.info
        if info is not None and (self._dialog is not None or self._awaits(info)):
            self._check(info)

    def _picture_changed(self) -> None:
        if self._dialog is not None:
            self._dialog.change_picture()
        self._check_again()

    def _model_changed(self, ready: ModelReady) -> None:
        """The values belong to the model before."""
        info = ready.info
        if self._dialog is not None and info != self._dialog.info:
            self._dialog.reject()
        if self._awaits(info):
            self._check(info)

    def _awaits(self, info: ModelInfo) -> bool:
        """Whether this model was just imported, and its check has not come yet."""
        return self._imported is not None and self._imported.id == info.id

    def _read_labels(self, path: Path) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        job = Job(lambda: _names(path, dialog.info))
        job.done.connect(self._take_labels)
        job.failed.connect(self._say)
        job.start()

    def _take_labels(self, names: _Names) -> None:
        if self._dialog is not None:
            self._dialog.set_labels(names.labels, names.source)

    def _save(self, pack: PackInfo, wishes: Wishes) -> None:
        from camviewer.engine.packs import edit_pack  # noqa: PLC0415  (hashing, TOML)

        job = Job(
            lambda: edit_pack(
                pack,
                recipe=wishes.recipe,
                activation=wishes.activation,
                labels=wishes.labels,
                head_activations=wishes.head_activations or None,
            )
        )
        job.done.connect(self._saved)
        job.failed.connect(self._say)
        job.start()

    def _feed(self, wishes: Wishes) -> None:
        """Feeds a model that keeps nothing as it is wished, until the program ends."""
        recipe, own = wishes.recipe, self._published
        is_own = (recipe.bands, recipe.scale) == (own.bands, own.scale)
        self._models.feed(None if is_own else InputChoice(recipe.bands, recipe.scale))

    def _saved(self, pack: PackInfo) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        super()._saved(pack)

    def _closed(self) -> None:
        from camviewer.ui.preprocessing.preview_query import PreviewRecipe  # noqa: PLC0415  (start-up)
        from camviewer.ui.preprocessing.statistics_query import (  # noqa: PLC0415  (start-up)
            CheckStatistics,
        )

        super()._closed()
        self._model.give_up(PreviewRecipe)
        if self._imported is None:
            self._model.give_up(CheckStatistics)


def _why_not_all(info: ModelInfo) -> str:
    if _is_embedded(info):
        return tr(_EMBEDDED)
    return tr(_FOR_THIS_RUN) if info.is_for_this_run else tr(_GONE)


def _is_embedded(info: ModelInfo) -> bool:
    from camviewer.engine.packs import EMBEDDED  # noqa: PLC0415  (hashing, TOML)

    return info.id == EMBEDDED


def _names(path: Path, info: ModelInfo) -> _Names:
    from camviewer.engine.packs import read_labels, require_count  # noqa: PLC0415  (start-up)
    from camviewer.engine.results import both_names  # noqa: PLC0415  (start-up)

    labels = read_labels(path)
    require_count(labels, 1 if info.one_output else len(info.labels), path.name)
    if info.one_output:
        labels = both_names(labels)
    return _Names(labels, path.name)
