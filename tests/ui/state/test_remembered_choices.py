"""Options and score: what was chosen comes back with its method, and at the next start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from camviewer.engine.methods import all_methods
from camviewer.engine.results.messages import ExplainRequest, ModelInfo, ScoreKind
from camviewer.ui.state.request_rules import RequestFitting
from camviewer.ui.state.settings import Settings
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE

METHODS = {method.info.id: method.info for method in all_methods()}


def opened(qtbot: QtBot, new_window: Callable[..., MainWindow]) -> MainWindow:
    window = new_window()
    qtbot.waitUntil(lambda: window.exploration.models.info is not None, timeout=PATIENCE)
    return window


def test_options_and_score_come_back_at_the_next_start(
    qtbot: QtBot, new_window: Callable[..., MainWindow]
) -> None:
    explored = opened(qtbot, new_window).exploration
    explored.set_request(replace(explored.request, method="occlusion", options=()))
    explored.set_request(replace(explored.request, options=(("patch", 112),)))
    explored.set_request(replace(explored.request, score=ScoreKind.PROBABILITY))

    again = opened(qtbot, new_window).exploration
    assert again.request.method == "cam"
    assert again.request.score is ScoreKind.LOGIT  # the only one that CAM explains
    again.set_request(replace(again.request, method="occlusion", options=()))
    assert again.request.options == (("patch", 112),)
    assert again.request.score is ScoreKind.PROBABILITY


def test_the_methods_used_last_come_back_at_the_next_start(
    qtbot: QtBot, new_window: Callable[..., MainWindow]
) -> None:
    window = opened(qtbot, new_window)
    for method in ("layercam", "occlusion"):
        window.exploration.set_request(
            replace(window.exploration.request, method=method, options=())
        )
    again = opened(qtbot, new_window)
    assert again.settings.recent_methods[:3] == ("cam", "occlusion", "layercam")


def fitting_for(info: ModelInfo, **kept: object) -> RequestFitting:
    fitting = RequestFitting(**kept)  # type: ignore[arg-type]
    fitting.know(info, METHODS)
    return fitting


def test_a_score_survives_a_method_that_cannot_explain_it(window: MainWindow) -> None:
    fitting = fitting_for(window.exploration.models.info)
    gradient = ExplainRequest(method="grad-cam")
    chosen = fitting.fitted(replace(gradient, score=ScoreKind.PROBABILITY), gradient)
    cam = fitting.fitted(replace(chosen, method="cam"), chosen)
    assert cam.score is ScoreKind.LOGIT
    assert fitting.fitted(replace(cam, method="grad-cam"), cam).score is ScoreKind.PROBABILITY


def test_what_names_a_class_or_a_layer_is_forgotten_with_its_model(window: MainWindow) -> None:
    info = window.exploration.models.info
    fitting = fitting_for(info)
    finer = ExplainRequest(method="finer-cam")
    fitting.fitted(replace(finer, options=(("versus", "281"), ("strength", 0.9))), finer)
    assert fitting.set_before("finer-cam") == (("versus", "281"), ("strength", 0.9))
    assert fitting.lasting_options["finer-cam"] == (("strength", 0.9),)
    fitting.know(replace(info, id="another"), METHODS)
    assert fitting.set_before("finer-cam") == (("strength", 0.9),)


def test_options_that_a_settings_file_has_no_right_to_count_as_not_set(
    window: MainWindow, settings_folder: object
) -> None:
    del settings_folder
    settings = Settings()
    settings.set_options({"occlusion": (("patch", -5), ("stride", 24)), "gone": (("x", 1),)})
    fitting = fitting_for(window.exploration.models.info, options=settings.options)
    assert fitting.set_before("occlusion") == (("stride", 24),)
    assert settings.options != {}
    ini = QSettings.Format.IniFormat  # the file that a user could edit
    edited = QSettings(ini, QSettings.Scope.UserScope, "camviewer", "camviewer")
    edited.setValue("explain/options", "{no json")
    assert settings.options == {}


def test_signs_that_only_a_method_called_for_do_not_come_back(
    qtbot: QtBot, new_window: Callable[..., MainWindow]
) -> None:
    window = opened(qtbot, new_window)
    explored = window.exploration
    explored.set_request(replace(explored.request, method="difference", options=()))
    assert window.panel.look.signed
    assert not Settings().look.signed
    explored.set_request(replace(explored.request, method="grad-cam", options=()))
    assert not window.panel.look.signed
    window.actions_by_id["signed"].trigger()
    assert Settings().look.signed
