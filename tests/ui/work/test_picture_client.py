"""Which thumbnails are made, and which nobody waits for any more."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from camviewer.ui.work.picture_client import PictureClient, PictureHost
from camviewer.ui.work.query import Query, UnderWay
from tests.engine.small_runs import write_picture
from tests.ui.conftest import PATIENCE


@dataclass(frozen=True)
class KeepBusy(Query[PictureHost, None]):
    until: threading.Event

    def answer(self, host: PictureHost, under_way: UnderWay[None]) -> None:
        self.until.wait()


def test_a_thumbnail_that_was_given_up_does_not_come_before_others(qtbot, tmp_path) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(4)]
    for number, path in enumerate(paths):
        write_picture(path, number)
    client, free = PictureClient(), threading.Event()
    made: list[Path] = []
    try:
        client.ask(KeepBusy(free))
        client.want_thumbnails(paths[:3], lambda path, _pixels: made.append(path))
        client.give_up_thumbnails(paths[:2])
        client.want_thumbnails(paths[3:], lambda path, _pixels: made.append(path))
        free.set()
        qtbot.waitUntil(lambda: paths[3] in made, timeout=PATIENCE)
    finally:
        free.set()
        client.stop()
    assert made == paths[2:]
