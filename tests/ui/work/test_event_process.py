"""What a process that works for the window says, and when it says that it is gone."""

from __future__ import annotations

import sys

from camviewer.engine.support.event_lines import EventLines
from camviewer.ui.work.event_process import Done, EventProcess
from tests.ui.conftest import PATIENCE

ECHO = "import sys\nfor word in sys.argv[1:]: print(word)"


def test_what_one_process_said_is_not_said_of_the_next(qtbot, monkeypatch) -> None:
    echo = (sys.executable, "-c", ECHO)
    monkeypatch.setattr("camviewer.ui.work.event_process.own_command", lambda: echo)
    process = EventProcess("export", EventLines({}), ())
    heard: list[object] = []
    process.told.connect(heard.append)
    for words in (["4 rows are written."], []):
        with qtbot.waitSignal(process.ended, timeout=PATIENCE):
            process.run(words)
    assert heard == [Done("4 rows are written."), Done("")]
