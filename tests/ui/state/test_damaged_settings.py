"""No setting, whatever it says, keeps the window shut."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QThread, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import DETAILS, PlacementMode
from camviewer.engine.render.look import Look
from camviewer.engine.results.messages import ExplainRequest, ScoreKind
from camviewer.ui.app.launch import open_window
from camviewer.ui.state.settings import Settings
from camviewer.ui.window.main_window import MainWindow

DEEP = "[" * 100_000
GARBAGE = {
    "nan": "nan",
    "infinite": "inf",
    "minus infinite": "-inf",
    "huge": "99999999999",
    "huge float": "1e300",
    "negative": "-1",
    "zero": "0",
    "empty": "",
    "words": "surely not",
    "list": "a, b, c",
    "nested lists": DEEP,
    "nested objects": '"' + r"{\"occlusion\":" * 20_000 + '"',
    "numbers for options": r'"{\"occlusion\": {\"patch\": 1e999, \"stride\": NaN}}"',
    "a list for options": r'"{\"occlusion\": [1, 2]}"',
    "a list in place of options": r'"[1, 2]"',
    "long": "x" * 100_000,
    "zero byte": r"a\x0" + "b",
    "control": r"\x1b[31m\x7",
    "bytes": "@ByteArray(no geometry)",
    "invalid": "@Invalid()",
    "variant": r"@Variant(\0\0\0\x7f\0\0)",
    "rectangle": "@Rect(1 2 3 4)",
    "path": "../../../etc/passwd",
}


def write_all_settings() -> tuple[Settings, list[str]]:
    """Settings with a value for every key; returns the keys, too."""
    settings = Settings()
    settings.set_folder(Path.home())
    settings.add_recent(Path.home() / "cat.png")
    settings.set_class_count(7)
    settings.set_theme("dark")
    settings.set_model("my-model")
    settings.set_second_engine(False)
    settings.set_half_precision(True)
    settings.set_crop_frame(False)
    settings.set_look(Look(opacity=0.3))
    settings.set_request(
        ExplainRequest(mode=PlacementMode.WHOLE, detail=2.0, score=ScoreKind.PROBABILITY)
    )
    settings.set_options({"occlusion": (("patch", 64),)})
    settings.set_geometry(QByteArray(b"geometry"), QByteArray(b"state"))
    settings.sync()
    keys = []
    section = ""
    for line in settings.path.read_text().splitlines():
        if line.startswith("["):
            section = line
        elif "=" in line:
            keys.append(f"{section}\n{line.split('=')[0]}")
    return settings, keys


def spoil(path: Path, keys: list[str], garbage: str) -> None:
    path.write_text("\n".join(f"{key}={garbage}" for key in keys) + "\n")


def test_every_setting_has_a_key_in_this_test(settings_folder) -> None:
    settings, keys = write_all_settings()
    assert settings.class_count == 7
    properties = [name for name, value in vars(Settings).items() if isinstance(value, property)]
    assert len(keys) >= len(properties) - 1  # all but the path have one or more


@pytest.mark.parametrize("detail", DETAILS)
def test_sound_settings_come_back_from_the_file(settings_folder, detail, caplog) -> None:
    settings, _ = write_all_settings()
    settings.set_request(replace(settings.request, detail=detail))
    settings.sync()
    path = settings.path
    text = path.read_text()
    del settings
    path.unlink()
    assert Settings().request.detail == 1.0
    path.write_text(text)  # what another process would find
    settings = Settings()
    assert settings.request.detail == detail
    assert settings.request.mode is PlacementMode.WHOLE
    assert settings.look.opacity == 0.3
    assert not settings.crop_frame
    assert settings.options == {"occlusion": (("patch", 64),)}
    assert settings.model == "my-model"
    assert not caplog.records


@pytest.mark.parametrize("kind", GARBAGE)
def test_the_window_opens_whatever_the_settings_say(
    qtbot, qapp, settings_folder, kind, caplog
) -> None:
    settings, keys = write_all_settings()
    path = settings.path
    del settings
    spoil(path, keys, GARBAGE[kind])
    with caplog.at_level(logging.WARNING, "camviewer"):
        settings = Settings()
        window = MainWindow(settings)
    window.show()
    qapp.processEvents()
    assert window.isVisible()
    assert 1 <= settings.class_count <= 1_000_000
    assert 0.0 <= settings.look.opacity <= 1.0
    assert settings.request.detail == 1.0
    assert settings.path == path
    assert "\0" not in settings.model
    said = [record.getMessage() for record in caplog.records]
    assert any("placement/mode" in line and str(path) in line for line in said)
    assert len(said) == len(set(said))
    window.close()
    window.deleteLater()


def test_a_file_of_settings_that_is_none_at_all(qtbot, qapp, settings_folder) -> None:
    path = Settings().path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(range(256)) * 40)
    window = MainWindow(Settings())
    assert window.settings.class_count == 5
    window.close()
    window.deleteLater()


@pytest.fixture
def shut_window(monkeypatch: pytest.MonkeyPatch, settings_folder: Path) -> Path:
    """Settings that no window can be made with; returns their file."""
    settings = Settings()
    settings.set_class_count(13)
    settings.sync()
    look = Settings.look.fget

    def fail(settings: Settings) -> Look:
        if settings.class_count == 13:
            raise OverflowError
        return look(settings)

    monkeypatch.setattr(Settings, "look", property(fail))
    return settings.path


def answer(text: str, said: list[str]) -> None:
    """Presses a button of the question as soon as it is asked."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(50, press)
            return
        said.extend((box.text(), box.informativeText()))
        next(button for button in box.buttons() if button.text() == text).click()

    QTimer.singleShot(50, press)


def test_a_failure_offers_to_start_without_settings_and_keeps_a_copy(qtbot, shut_window) -> None:
    said: list[str] = []
    answer("Start without settings", said)
    window = open_window()
    assert window.isVisible()
    assert window.settings.class_count == 5
    assert str(shut_window) in said[1]
    kept = shut_window.with_suffix(".before.ini").read_text()
    assert "class_count=13" in kept
    assert "class_count" not in shut_window.read_text()
    window.close()
    window.deleteLater()


def test_who_would_rather_quit_is_told_where_the_settings_are(qtbot, qapp, shut_window) -> None:
    answer("Quit", [])
    with pytest.raises(CamviewerError, match="OverflowError") as caught:
        open_window()
    assert str(shut_window) in str(caught.value)
    assert "class_count=13" in shut_window.read_text()
    assert not [thread for thread in qapp.findChildren(QThread) if thread.isRunning()]
