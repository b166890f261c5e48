"""The most memory that a Score-CAM run needs: ``python -m benchmarks.peak_memory``.

VGG16 with an input of 448 x 448 pixels, in a process of its own, which prints megabytes. Before it
comes what the window does before it: a first map, and what makes later ones faster. The run is
ended once ``_SECONDS`` have passed: later batches are like those before.
"""

from __future__ import annotations

import resource as unix
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.own_process import said_by

_SECONDS = 40


def peak_megabytes() -> float:
    """Of a run in a process of its own, everything included."""
    return float(said_by("benchmarks.peak_memory"))


def main() -> None:
    from benchmarks.subjects import subject, write_pictures  # noqa: PLC0415
    from camviewer.engine.picture import read_image  # noqa: PLC0415
    from camviewer.engine.results import ExplainRequest  # noqa: PLC0415
    from camviewer.engine.session import Session  # noqa: PLC0415

    network = subject("vgg16")
    session, stopped = Session(network.classifier), threading.Event()
    with TemporaryDirectory() as folder:
        image = read_image(write_pictures(Path(folder), 1)[0])
    session.explain(image, ExplainRequest(method="grad-cam", layer=network.layer))
    while session.warm_up():
        pass
    request = ExplainRequest(method="score-cam", layer=network.layer, detail=2.0)
    threading.Timer(_SECONDS, stopped.set).start()
    session.explain(image, request, stopped=stopped)
    print(unix.getrusage(unix.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
