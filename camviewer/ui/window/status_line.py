"""Says in words what is shown, and what lies under the cursor."""

from __future__ import annotations

from math import isnan

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from camviewer.engine.render.number_words import number_words
from camviewer.engine.results.messages import Explanation, ScoreKind
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.style import mark, subject_words, tr, translated, unit_words
from camviewer.ui.style.theme import current_tokens, notifier
from camviewer.ui.style.wording import duration, grid_words, percent, placement_words
from camviewer.ui.widgets.plain_text import in_tip
from camviewer.ui.work.model_answers import ModelReady
from camviewer.ui.work.picture_client import LoadedPicture

_GAP = 14
_OF_SCORE = {
    ScoreKind.LOG_PROBABILITY: mark("of the log-probability"),
    ScoreKind.PROBABILITY: mark("of the probability"),
}
_LEAST = 24


def words(explanation: Explanation) -> tuple[str, ...]:
    """Gives class, method, layer, placement, time and device, in this order."""
    request, heatmap = explanation.request, explanation.heatmap
    method = explanation.method.title
    if request.score is not ScoreKind.LOGIT and not explanation.method.classless:
        of_score = tr(_OF_SCORE[request.score])
        method = f"{method} {of_score}"
    said = [_subject(explanation), method]
    if explanation.method.classless:
        said = [method, tr("no class")]
    said += map(translated, explanation.facts)
    if explanation.underway or explanation.share < 1:
        said.append(_share_words(explanation))
    said += [
        f"{explanation.layer.name} {grid_words(heatmap.geometry.shape)}",
        placement_words(explanation.placement.mode, explanation.placement.detail),
    ]
    if not explanation.underway:
        time = duration(explanation.milliseconds)
        if explanation.engine:
            words = tr("{time} on {device} with {engine}")
            said.append(
                words.format(time=time, device=explanation.device, engine=explanation.engine)
            )
        else:
            said.append(tr("{time} on {device}").format(time=time, device=explanation.device))
    own_grid = bool(explanation.method.fixed_layer)
    if not own_grid and (request.nominal or not heatmap.geometry.measured):
        said.append(tr("nominal centres"))
    return tuple(said)


def _subject(explanation: Explanation) -> str:
    if explanation.target_name:
        return f"{subject_words(explanation)} {number_words(explanation.target_score)}"
    if isnan(explanation.probability):
        value = f"{number_words(explanation.logit)} {unit_words(explanation.heatmap.unit)}".rstrip()
        return f"{explanation.class_name} {value}"
    return f"{explanation.class_name} {percent(explanation.probability)}"


def _share_words(explanation: Explanation) -> str:
    if not explanation.underway:
        return tr("stopped at {share}").format(share=f"{explanation.share:.0%}")
    share, left = f"{explanation.share:.0%}", explanation.milliseconds_left
    if left is None:
        return tr("{share} done, Esc stops").format(share=share)
    words = tr("{share} done, about {time} left, Esc stops")
    return words.format(share=share, time=duration(left))


def hover_words(x: float, y: float, value: float | None, explanation: Explanation) -> str:
    """Says which source pixel lies under the cursor and what its cell holds.

    A cell of an additive method adds its value, divided by the number of cells, to the logit of the
    place where the map was made.
    """
    where = f"x {int(x)} y {int(y)}"
    if value is None:
        return where
    heatmap = explanation.heatmap
    unit = unit_words(heatmap.unit)
    if not explanation.method.additive:
        cell = tr("cell {value} {unit}").format(value=number_words(value), unit=unit)
        return f"{where} · {cell}".rstrip()
    share = value / heatmap.values.size
    total = f"{number_words(explanation.target_score)} {unit}"
    words = tr("takes {part} from {total}") if share < 0 else tr("adds {part} of {total}")
    return f"{where} · {words.format(part=number_words(abs(share)), total=total)}"


class StatusLine(QWidget):
    """One line: the map's words at the left, the hovered value at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = _Words(self)
        self._hover = QLabel(self)
        self._hover.setProperty("role", "hint")
        self._hover.setTextFormat(Qt.TextFormat.PlainText)
        self._hover.setAccessibleName(tr("Under the cursor"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._hover, 0)

    def follow(self, exploration: Exploration) -> None:
        """Says what is looked at, and what is being loaded."""
        self._exploration = exploration
        models = exploration.models
        models.loading_changed.connect(self._show_loading)
        models.progressed.connect(self._show_progress)
        exploration.model_ready.connect(self._show_ready)
        exploration.pictures.opening.connect(self._show_opening)
        exploration.picture_shown.connect(self._show_picture)
        exploration.explanation_changed.connect(self._show_map)
        exploration.failed.connect(self._return_to_map)
        exploration.emptied.connect(self.clear)

    def show_explanation(self, explanation: Explanation) -> None:
        """Says what the map on screen is."""
        self.show_words(words(explanation))

    def show_words(self, said: tuple[str, ...]) -> None:
        """Shows the words of a map, the first one bold."""
        self._words.show_parts(said, lead=True)

    def show_message(self, text: str) -> None:
        """Shows one sentence in place of the map's words."""
        self._words.show_parts((text,))

    def show_hover(self, text: str) -> None:
        """Shows the readout of the cursor; empty when it has left the picture."""
        self._hover.setText(text)

    def show_place(self, place: tuple[float, float, float | None] | None) -> None:
        """Says what lies under the cursor; None when it has left the picture."""
        explanation = self._exploration.explanation
        if place is None:
            self.show_hover("")
        elif explanation is None:
            self.show_hover(f"x {int(place[0])} y {int(place[1])}")
        else:
            self.show_hover(hover_words(*place, explanation))

    def clear(self) -> None:
        """Says nothing."""
        self._words.show_parts(())
        self._hover.clear()

    def shown_parts(self) -> list[tuple[str, int]]:
        """The words that fit, elided where need be, each with where it begins in pixels."""
        return self._words.shown_parts()

    @property
    def text(self) -> str:
        """What the left side says, unabridged."""
        return self._words.accessibleName()

    @property
    def hover_text(self) -> str:
        """What the right side says."""
        return self._hover.text()

    def _show_loading(self, name: str) -> None:
        models, explanation = self._exploration.models, self._exploration.explanation
        if name:
            self.show_message(tr("Loading {title}…").format(title=models.title_of(name)))
        elif explanation is not None:
            self.show_explanation(explanation)
        elif models.info is not None:
            self.show_message(tr("{title} is asked as before.").format(title=models.info.title))

    def _show_opening(self, name: str) -> None:
        self.show_message(tr("Opening {name}…").format(name=name))

    def _show_progress(self, title: str, share: float, doing: str) -> None:
        self.show_words(
            (tr("Loading {title}").format(title=title), translated(doing), f"{share:.0%}")
        )

    def _show_ready(self, ready: ModelReady) -> None:
        if self._exploration.picture is None:
            name = ready.info.title.split(" · ")[0]
            self.show_message(
                tr("Ready. {name} on {device}.").format(name=name, device=ready.info.device)
            )

    def _show_picture(self, loaded: LoadedPicture) -> None:
        image = loaded.image
        size = f"{image.name}, {image.width} × {image.height}"
        self.show_message(" · ".join((size, *map(translated, image.notes))))

    def _show_map(self, explanation: Explanation | None) -> None:
        if explanation is not None:
            self.show_explanation(explanation)

    def _return_to_map(self) -> None:
        """Something failed; what was on screen before is there still, and is said again."""
        if self._exploration.explanation is not None:
            self.show_explanation(self._exploration.explanation)
        elif self._exploration.picture is None:
            self.clear()


class _Words(QWidget):
    """Words side by side that give way from the right when the line is narrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        self._lead = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        notifier().changed.connect(self.update)

    def show_parts(self, parts: tuple[str, ...], *, lead: bool = False) -> None:
        self._parts, self._lead = parts, lead
        said = " · ".join(parts)
        self.setAccessibleName(said)
        self.setToolTip(in_tip(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 26)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 26)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.update()
        super().changeEvent(event)

    def shown_parts(self) -> list[tuple[str, int]]:
        """The words that fit, elided where need be, each with where it begins in pixels."""
        shown: list[tuple[str, int]] = []
        left = 0
        for index, part in enumerate(self._parts):
            metrics = QFontMetrics(self._font_of(index))
            room = self.width() - left
            wanted = metrics.horizontalAdvance(part)
            if wanted > room:
                if room >= _LEAST:
                    elided = metrics.elidedText(part, Qt.TextElideMode.ElideRight, room)
                    shown.append((elided, left))
                break
            shown.append((part, left))
            left += wanted + _GAP
        return shown

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        for index, (text, left) in enumerate(self.shown_parts()):
            bold = self._lead and index == 0
            painter.setFont(self._font_of(index))
            painter.setPen(tokens.colour("text" if bold else "muted"))
            box = self.rect().adjusted(left, 0, 0, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _font_of(self, index: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        if self._lead and index == 0:
            font.setWeight(QFont.Weight.DemiBold)
        return font
