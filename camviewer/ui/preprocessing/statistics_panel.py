"""Shows whether a network's own statistics agree with what it is fed, and what fits better."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.geometry import Recipe
from camviewer.engine.statistics import Convention, ConventionFit, PublishedFit, StatisticsCheck
from camviewer.ui.style import difference_words, tr, translated

_ROOM = 4
_MOST_PUBLISHED = 4
_LONGEST_BUTTON = 36
"""Maximum length of a button's text, in letters."""


class StatisticsPanel(QWidget):
    """One sentence, the button that follows it, the figures behind a second one, published recipes.

    Signals:
        recipe_chosen: (Recipe) is to be used.
    """

    recipe_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, lists_published: bool = True) -> None:
        """Waits for a check.

        Args:
            parent: the dialog.
            lists_published: whether published recipes are listed, too.
        """
        super().__init__(parent)
        self._lists_published = lists_published
        self._sentence = QLabel(tr("Comparing with the network's own statistics…"), self)
        self.use_button = QPushButton(self)
        self.figures_button = QPushButton(tr("Show figures"), self)
        self._figures = QWidget(self)
        self._published = QWidget(self)
        self._published_rows: list[tuple[str, QPushButton]] = []
        self._recipe = Recipe()
        self._suggested: Convention | None = None
        self._build()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._sentence.text()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """(preprocessing, figure) as listed, the one in use first."""
        labels = [label.text() for label in self._figures.findChildren(QLabel)]
        return tuple(zip(labels[::2], labels[1::2], strict=True))

    @property
    def published(self) -> tuple[tuple[str, QPushButton], ...]:
        """(what is said of it, the button that uses it) of each published recipe."""
        return tuple(self._published_rows)

    def show_check(self, check: StatisticsCheck, recipe: Recipe, *, can_edit: bool) -> None:
        """Says what was found of a model that is fed by ``recipe``."""
        self._recipe, self._suggested = recipe, check.suggested
        used = (
            " " + tr("Judged by {pictures}.").format(pictures=translated(check.pictures))
            if check.pictures
            else ""
        )
        self._sentence.setText(f"{translated(check.sentence)}{used}")
        if self._suggested is not None:
            self.use_button.setText(use_words(self._suggested))
        self.use_button.setVisible(self._suggested is not None and can_edit)
        if check.own is not None:
            self._list((check.own, *check.others))
            self.figures_button.show()
        if self._lists_published:
            self._list_published(check.published[:_MOST_PUBLISHED], can_edit=can_edit)

    def show_failure(self, message: str, hint: str) -> None:
        """Says why nothing was found."""
        self._sentence.setText(translated(f"{message} {hint}".strip()))

    def _build(self) -> None:
        head = QLabel(tr("THE NETWORK'S OWN STATISTICS"), self)
        head.setProperty("role", "head")
        self._sentence.setProperty("role", "hint")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        for button in (self.use_button, self.figures_button):
            button.setAutoDefault(False)
            button.hide()
        self.use_button.clicked.connect(self._use)
        self.figures_button.setCheckable(True)
        self.figures_button.toggled.connect(self._show_figures)
        self.figures_button.setToolTip(
            tr(
                "How far each preprocessing is from what the network remembers: 0 is a perfect "
                "fit, below 0.3 fits."
            )
        )
        self._figures.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(self._sentence)
        # In the narrow column beside the form both would be cut.
        is_wide = self._lists_published
        buttons = QBoxLayout(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        buttons.setSpacing(8)
        for button in (self.use_button, self.figures_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addWidget(self._figures)
        layout.addSpacing(8)
        layout.addWidget(self._published)
        self._published.hide()
        for part in (self._figures, self._published):
            rows = QGridLayout(part)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setVerticalSpacing(_ROOM)
            rows.setColumnStretch(0, 1)

    def _list(self, fits: tuple[ConventionFit, ...]) -> None:
        rows = self._figures.layout()
        assert isinstance(rows, QGridLayout)  # noqa: S101
        for label in self._figures.findChildren(QLabel):
            label.setParent(None)
        for number, fit in enumerate(fits):
            in_use = " " + tr("(in use)") if number == 0 else ""
            name = _hint(f"{translated(fit.convention.title)}{in_use}", self._figures)
            figure = QLabel(_figure(fit.divergence), self._figures)
            figure.setProperty("role", "hint")
            rows.addWidget(name, number, 0)
            rows.addWidget(figure, number, 1, Qt.AlignmentFlag.AlignRight)

    def _list_published(self, fits: tuple[PublishedFit, ...], *, can_edit: bool) -> None:
        rows = self._published.layout()
        assert isinstance(rows, QGridLayout)  # noqa: S101
        for child in self._published.findChildren(QWidget):
            child.setParent(None)
        self._published_rows = []
        head = QLabel(tr("OTHER PUBLISHED PREPROCESSING"), self._published)
        head.setProperty("role", "head")
        rows.addWidget(head, 0, 0, 1, 2)
        for number, fit in enumerate(fits, start=1):
            recipe = fit.published.recipe
            figure = (
                ""
                if fit.divergence is None
                else ". " + tr("Divergence {figure}").format(figure=_figure(fit.divergence))
            )
            words = f"{fit.published.source}: {difference_words(recipe, self._recipe)}{figure}"
            button = QPushButton(tr("Use"), self._published)
            button.setAutoDefault(False)
            button.setAccessibleName(
                tr("Use the preprocessing of {source}").format(source=fit.published.source)
            )
            button.setVisible(can_edit)
            button.clicked.connect(lambda _=False, chosen=recipe: self.recipe_chosen.emit(chosen))
            rows.addWidget(_hint(words, self._published), number, 0)
            rows.addWidget(button, number, 1, Qt.AlignmentFlag.AlignTop)
            self._published_rows.append((words, button))
        self._published.setVisible(bool(fits))

    def _show_figures(self, shown: bool) -> None:
        self._figures.setVisible(shown)
        self.figures_button.setText(tr("Hide figures") if shown else tr("Show figures"))

    def _use(self) -> None:
        if self._suggested is not None:
            self.recipe_chosen.emit(self._suggested.applied_to(self._recipe))


def use_words(convention: Convention) -> str:
    """What stands on the button that uses a convention."""
    words = tr("Use {title}").format(title=translated(convention.title))
    return words if len(words) <= _LONGEST_BUTTON else tr("Use it")


def _hint(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setProperty("role", "hint")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _figure(divergence: float) -> str:
    return f"{divergence:,.0f}" if divergence >= 100 else f"{divergence:.3f}"
