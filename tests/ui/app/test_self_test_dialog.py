"""File > Self-test, About, and the report that is offered after a crash."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from camviewer.engine.selftest.pictures import picture_checks
from camviewer.engine.selftest.run import GROUPS
from camviewer.engine.support import folders
from camviewer.engine.support.crash_reports import CrashReport
from camviewer.ui.app.crash_notice import offer_reports
from camviewer.ui.help.about import about_text
from camviewer.ui.help.self_test_dialog import SelfTestDialog, check_words


def test_the_menu_runs_the_self_test_and_shows_its_rows(qtbot, window, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    window.actions_by_id["self_test"].trigger()
    dialog = window.findChild(SelfTestDialog)
    qtbot.waitUntil(lambda: dialog.rows.topLevelItemCount() >= 3, timeout=200_000)
    pictures = dialog.rows.topLevelItem(1)
    assert pictures.text(0) == "Pictures"
    assert [pictures.child(row).text(0) for row in range(3)] == ["PNG", "JPEG", "WebP"]
    assert pictures.childCount() == len(list(picture_checks()))
    dialog.close()  # ends the process, which has more to do


def test_about_tells_versions_licences_and_devices(window) -> None:
    window.actions_by_id["about"].trigger()
    box = window.findChild(QMessageBox)
    for word in ("camviewer 0", "torch 2", "LGPL", "Apache", "Devices", "CPU"):
        assert word in box.text()
    box.close()
    assert "Devices" not in about_text()


def test_after_a_crash_the_report_is_offered_once(qtbot, window, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(folders, "own_root", lambda: tmp_path)
    report = CrashReport(folders.log_folder())
    report.start()
    report.note(ValueError("the cat is gone"))
    report.finish()
    (path,) = folders.log_folder().glob("crash-*.txt")
    path.rename(path.with_name("crash-999999999.txt"))  # as if by a process that is gone
    box = offer_reports(window)
    assert "the cat is gone" in box.detailedText()
    box.close()
    assert offer_reports(window) is None


def test_a_german_window_names_every_group_of_checks_in_german(german) -> None:
    said = {name: check_words(name) for name, _ in GROUPS}
    assert said["Pictures"] == "Bilder"
    assert not [name for name, words in said.items() if name == words]
