"""The first map without a window, timed from the start of its process.

``python -m benchmarks.bare_map NANOSECONDS PICTURE`` prints one line of JSON; the number is the
moment of the start on the monotonic clock.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import monotonic_ns

from camviewer.engine.picture import read_image
from camviewer.engine.results import ExplainRequest
from camviewer.engine.session import Session


def main() -> None:
    started, picture = int(sys.argv[1]), Path(sys.argv[2])
    Session.embedded().explain(read_image(picture), ExplainRequest())
    print(json.dumps({"bare_map_ms": (monotonic_ns() - started) / 1e6}))


if __name__ == "__main__":
    main()
