"""Where the packaged program starts."""

from __future__ import annotations

import multiprocessing
import os
import sys


def _give_back_library_paths() -> None:
    """Undoes what the loader of the package set for itself, so that other programs start well.

    The system's loader has read these variables by now; a file manager or a browser that the
    window opens must not take the package's libraries for its own.
    """
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    _give_back_library_paths()
    from camviewer.app import main

    sys.exit(main())
