"""Writes the large pictures that tests keep packed, which takes a minute and 2.7 GB.

Run it when one of those in tests/engine/large_pictures.py changes:

    python -m scripts.make_large_pictures
"""

from __future__ import annotations

import lzma
import tempfile
from pathlib import Path

from tests.engine.large_pictures import FOLDER, KEPT, marked


def main() -> None:
    """Writes each of them."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (side, options) in KEPT.items():
            path = Path(folder) / name
            marked("RGB", side, side).save(path, **options)
            (FOLDER / f"{name}.xz").write_bytes(lzma.compress(path.read_bytes()))


if __name__ == "__main__":
    main()
