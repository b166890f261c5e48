"""Chooses how the picture is explained and how the map is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.geometry.geometry import DETAILS, PlacementMode
from camviewer.engine.geometry.region import Region
from camviewer.engine.render.look import Look
from camviewer.engine.results.messages import (
    ExplainRequest,
    Explanation,
    LayerInfo,
    MethodInfo,
    OptionValues,
    Verdict,
)
from camviewer.engine.results.targets import ClassDifference, scores_classes, why_not_explained
from camviewer.ui.explain.choices import (
    DETAIL_TIP,
    MODE_TIPS,
    MODES,
    SCORE_TIPS,
    SCORES,
    unavailable_placements,
)
from camviewer.ui.explain.layer_box import LayerBox
from camviewer.ui.explain.look_controls import LookControls
from camviewer.ui.explain.method_box import MethodBox
from camviewer.ui.explain.option_form import OptionRows
from camviewer.ui.explain.progress_row import WorkRow
from camviewer.ui.explain.target_box import TargetBox
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.style import tr, translated
from camviewer.ui.style.wording import times
from camviewer.ui.widgets.form_rows import FormRows
from camviewer.ui.widgets.pick_box import class_items, layer_items
from camviewer.ui.widgets.segmented_control import Segmented
from camviewer.ui.work.model_answers import ModelReady


class ExplainPanel(QWidget):
    """The sections EXPLAIN and SHOW, and what can be done with the map."""

    request_changed = Signal(object)
    """The ExplainRequest that the user has just made, without a class."""

    look_changed = Signal(object)
    """The Look that the user has just made."""

    recent_methods_changed = Signal(list)
    """The ids of the methods that were used last, the last one first."""

    refused_chosen = Signal(str)
    """The id of a method that the user chose although it is not defined for the model."""

    stop_requested = Signal()
    """The map that is being made is wanted as far as it is."""

    rest_requested = Signal()
    """The map that was stopped is wanted whole."""

    copy_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request = ExplainRequest()
        self._methods: dict[str, tuple[MethodInfo, str]] = {}
        self._forecasts: dict[str, float] = {}
        self._signed_before = False
        self._has_scores = True
        self._defined: tuple[tuple[MethodInfo, str], ...] = ()
        # Tab follows the order in which they are made, so that is how they are read.
        self._target = TargetBox(self)
        self._method = MethodBox(self)
        self._options = OptionRows(self)
        self._score = Segmented([(score, tr(words)) for score, words in SCORES], tr("Score"), self)
        self._hint = QLabel(self)
        self._work = WorkRow(self)
        self._layer = LayerBox(self)
        self._mode = Segmented([(mode, tr(words)) for mode, words in MODES], tr("Picture"), self)
        self._detail = Segmented(
            [(detail, times(detail)) for detail in DETAILS], tr("Detail"), self
        )
        self._detail.set_choice_shown(DETAILS[-1], False)  # until a method is made for it
        self._look = LookControls(self)
        self._rows = FormRows(tr("EXPLAIN"))
        self._sections = QWidget(self)
        self.save_bar = QWidget(self)
        """Copy and Save, which a window may take out to keep them in view."""
        self._copy = QPushButton(tr("Copy"), self.save_bar)
        self._save = QPushButton(tr("Save…"), self.save_bar)
        self._build()
        self._connect()

    def follow(self, exploration: Exploration) -> None:
        """Shows which map is looked at, and asks for another one when something is chosen."""
        self._exploration = exploration
        # By then another thread has imported numpy and the colormaps.
        self._look.wait_with_swatches()
        exploration.model_ready.connect(self._look.paint_swatches_soon)
        self.set_request(exploration.request)
        self.set_enabled_for_picture(exploration.picture is not None)
        exploration.model_ready.connect(self._take_model)
        exploration.picture_shown.connect(lambda _: self.set_enabled_for_picture(True))
        exploration.verdict_changed.connect(self._take_verdict)
        exploration.explanation_changed.connect(self._take_explanation)
        exploration.forecast.connect(self.set_forecasts)
        exploration.layers_changed.connect(self._take_layers)
        exploration.request_changed.connect(self.set_request)
        exploration.work_changed.connect(self.set_working)
        exploration.emptied.connect(self._forget_picture)
        self.request_changed.connect(exploration.set_request)
        self.stop_requested.connect(exploration.finish_early)
        self.rest_requested.connect(exploration.explain_again)

    @property
    def request(self) -> ExplainRequest:
        """What the controls ask for, without a class."""
        return self._request

    @property
    def layers(self) -> tuple[LayerInfo, ...]:
        """The layers that can be chosen now."""
        return self._layer.layers if self._layer.isEnabled() else ()

    @property
    def look(self) -> Look:
        """How the controls want the map shown."""
        return self._look.look

    @property
    def lasting_look(self) -> Look:
        """The look without the signs that only the method in use calls for."""
        if self._is_signed(self._request.method):
            return replace(self.look, signed=self._signed_before)
        return self.look

    def set_methods(self, methods: Sequence[tuple[MethodInfo, str]]) -> None:
        """Lists methods, each with why this model does not allow it; empty when it does."""
        self._defined, self._methods = tuple(methods), {}
        self._list_methods()

    def _list_methods(self) -> None:
        """Lists all methods, with why one cannot explain the target in use."""
        target = self._request.target
        methods = {
            method.id: (method, refusal or _upper_first(why_not_explained(method, target)))
            for method, refusal in self._defined
        }
        if methods != self._methods:  # listing them anew forgets how long each will take
            self._methods = methods
            self._method.set_methods(tuple(methods.values()))
        self._show_method()

    def set_recent_methods(self, recent: Sequence[str]) -> None:
        """Takes the ids of the methods that were used last, the last one first."""
        self._method.set_recent(recent)

    def set_forecasts(self, forecasts: Sequence[tuple[str, float]]) -> None:
        """Takes how many seconds methods will take on this machine."""
        self._forecasts = dict(forecasts)
        self._method.set_forecasts(self._forecasts)
        self._show_hint()

    def set_working(self, working: bool) -> None:
        """A map that takes more than an instant is being made, or none is any more."""
        self._work.set_working(working)

    def show_explanation(self, explanation: Explanation) -> None:
        """A map has come, the whole of it or a part."""
        self._work.show_explanation(explanation)

    def set_layers(self, layers: tuple[LayerInfo, ...], chosen: str) -> None:
        """Takes the network's layers and the one in use, empty when not known yet. No signal."""
        self._layer.set_layers(layers, chosen)
        self._options.set_pickable("layers", lambda: layer_items(layers))

    def set_classes(self, labels: Sequence[str], verdict: Verdict | None = None) -> None:
        """Takes the model's classes, and, once the model has spoken, what it says of each."""
        self._options.set_pickable("class", lambda: class_items(labels, verdict))
        self._target.set_classes(lambda: class_items(labels, verdict))

    def set_region(self, region: Region | None) -> None:
        """Takes the region that is drawn on the picture; None without one."""
        self._target.set_region(region)

    def set_request(self, request: ExplainRequest) -> None:
        """Shows a request, without a signal of it."""
        before, self._request = self._request.method, replace(request, class_index=None)
        self._follow_sign(before)
        self._target.set_target(request.target)
        self._score.set_value(request.score)
        self._list_methods()
        if request.layer is not None:
            self._layer.set_chosen(request.layer)
        self._mode.set_value(request.mode)
        self._detail.set_value(request.detail)

    def set_look(self, look: Look) -> None:
        """Shows a look, without a signal."""
        self._look.set_look(look)

    def set_map_high(self, high: float) -> None:
        """Takes the largest value of the map on screen, where a fixed range begins."""
        self._look.set_map_high(high)

    def open_layers(self) -> None:
        """Opens the tree of layers, as a click on its box does."""
        if self._layer.isEnabled():
            self._layer.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._layer.showPopup()

    def set_enabled_for_picture(self, enabled: bool) -> None:
        """Allows everything once there is a picture to explain."""
        self._sections.setEnabled(enabled)
        self._copy.setEnabled(enabled)
        self._save.setEnabled(enabled)

    def set_unavailable_placements(
        self, modes: Mapping[PlacementMode, str], details: Mapping[float, str]
    ) -> None:
        """Forbids placements and details that the network does not accept, each with why."""
        for mode, _ in MODES:
            refusal = modes.get(mode, "")
            self._mode.set_choice_enabled(mode, not refusal, refusal or tr(MODE_TIPS[mode]))
        for detail in DETAILS:
            refusal = details.get(detail, "")
            self._detail.set_choice_enabled(detail, not refusal, refusal or tr(DETAIL_TIP))

    def _take_model(self, ready: ModelReady) -> None:
        self.set_classes(ready.info.labels)
        self._target.set_model(ready.info)
        self._has_scores = ready.info.has_probabilities
        self.set_methods(ready.methods)
        self.set_unavailable_placements(*unavailable_placements(ready.info))

    def _take_verdict(self, verdict: Verdict) -> None:
        info = self._exploration.models.info
        if info is not None:
            self.set_classes(info.labels, verdict)

    def _take_explanation(self, explanation: Explanation | None) -> None:
        if explanation is not None:
            self.show_explanation(explanation)
            heatmap = explanation.heatmap
            self.set_map_high(min(heatmap.high, heatmap.largest_coloured))

    def _take_layers(self, layers: tuple[LayerInfo, ...]) -> None:
        self.set_layers(layers, self._exploration.request.layer or "")

    def _forget_picture(self) -> None:
        self.set_enabled_for_picture(False)
        self.set_working(False)
        info = self._exploration.models.info
        if info is not None:
            self.set_classes(info.labels)

    def _build(self) -> None:
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self.set_unavailable_placements({}, {})
        self._rows.add_row(tr("What"), self._target, self._target)
        self._rows.add_row(tr("Than"), self._target.other, self._target.other)
        self._rows.set_row_visible(self._target.other, False)
        self._rows.add_row(tr("Method"), self._method, self._method)
        self._rows.add_wide(self._hint)
        self._rows.add_wide(self._work)
        self._rows.add_wide(self._options)
        self._rows.add_row(tr("Score"), self._score, self._score)
        self._rows.add_row(tr("Layer"), self._layer, self._layer)
        self._rows.add_row(tr("Picture"), self._mode, self._mode)
        self._rows.add_row(tr("Detail"), self._detail, self._detail)
        sections = QVBoxLayout(self._sections)
        sections.setContentsMargins(16, 4, 16, 4)
        sections.setSpacing(12)
        sections.addLayout(self._rows)
        sections.addWidget(self._look)
        self._save.setProperty("kind", "primary")
        buttons = QHBoxLayout(self.save_bar)
        buttons.setContentsMargins(16, 8, 16, 14)
        buttons.setSpacing(8)
        buttons.addWidget(self._copy, 1)
        buttons.addWidget(self._save, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._sections)
        layout.addStretch(1)
        layout.addWidget(self.save_bar)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _connect(self) -> None:
        self._method.method_chosen.connect(self._on_method)
        self._method.refused_chosen.connect(self.refused_chosen)
        self._method.recent_changed.connect(self.recent_methods_changed)
        self._work.stop_requested.connect(self.stop_requested)
        self._work.rest_requested.connect(self.rest_requested)
        self._options.options_changed.connect(self._on_options)
        self._target.other_wanted.connect(
            lambda wanted: self._rows.set_row_visible(self._target.other, wanted)
        )
        self._target.target_chosen.connect(
            lambda target: self._change(replace(self._request, target=target))
        )
        self._score.chosen.connect(lambda score: self._change(replace(self._request, score=score)))
        self._layer.layer_chosen.connect(
            lambda name: self._change(replace(self._request, layer=name))
        )
        self._mode.chosen.connect(lambda mode: self._change(replace(self._request, mode=mode)))
        self._detail.chosen.connect(
            lambda detail: self._change(replace(self._request, detail=detail))
        )
        self._look.look_changed.connect(self.look_changed)
        self._copy.clicked.connect(self.copy_requested)
        self._save.clicked.connect(self.save_requested)

    def _change(self, request: ExplainRequest) -> None:
        self._request = request
        self.request_changed.emit(request)

    def _on_method(self, method_id: str) -> None:
        before, self._request = (
            self._request.method,
            replace(self._request, method=method_id, options=()),
        )
        self._follow_sign(before)
        self._change(self._request)
        self._show_method()

    def _follow_sign(self, before: str) -> None:
        """Shows signed values for a method that is about them, and what was shown before after."""
        was, wants = self._is_signed(before), self._is_signed(self._request.method)
        if was == wants:
            return
        signed = wants or self._signed_before
        self._signed_before = wants and self.look.signed
        if signed != self.look.signed:
            self._look.set_look(replace(self.look, signed=signed))
            self.look_changed.emit(self.look)

    def _is_signed(self, method_id: str) -> bool:
        return method_id in self._methods and self._methods[method_id][0].signed

    def _on_options(self, options: OptionValues) -> None:
        self._change(replace(self._request, options=options))

    def _show_method(self) -> None:
        self._method.set_chosen(self._request.method)
        known = self._methods.get(self._request.method)
        if known is not None:
            method = known[0]
            self._options.show_options(method.options, self._request.options)
            self._layer.set_fixed(method.fixed_layer)
            self._show_details(method)
            self._rows.set_row_visible(self._layer, not method.fixed_layer)
            several = len(method.scores) > 1 and not method.classless
            several = several and self._has_scores and scores_classes(self._request.target)
            self._rows.set_row_visible(self._target, not method.classless)
            compared = isinstance(self._request.target, ClassDifference)
            self._rows.set_row_visible(self._target.other, compared and not method.classless)
            self._rows.set_row_visible(self._score, several)
            for score, _ in SCORES:
                fits = score in method.scores
                why = "" if fits else tr("{title} does not explain it").format(title=method.title)
                self._score.set_choice_enabled(score, fits, why or tr(SCORE_TIPS[score]))
        self._show_hint()

    def _show_details(self, method: MethodInfo) -> None:
        """Offers the largest detail where a method is made for it, and 1x where it is not."""
        enlarges, chosen = method.detail > DETAILS[0], self._request.detail
        self._detail.set_choice_shown(DETAILS[0], not enlarges or chosen == DETAILS[0])
        self._detail.set_choice_shown(DETAILS[-1], enlarges or chosen == DETAILS[-1])

    def _show_hint(self) -> None:
        method = self._request.method
        known = self._methods.get(method)
        text = "" if known is None else translated(known[1] or known[0].summary)
        self._work.set_forecast(method, self._forecasts.get(method, 0.0))
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._method.setToolTip("" if known is None else known[0].citation)


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]
