"""What a file of somebody else's may ask a network to be built with."""

from __future__ import annotations

from typing import Any

import pytest

from camviewer.engine.architectures.build_arguments import read_arguments


@pytest.mark.parametrize(
    "arguments",
    [
        {"img_size": 4096},
        {"img_size": [256, 4096]},
        {"img_size": 4096.0},
        {"img_size": 512, "window_size": 64},
        {"img_size": 2048, "window_size": 256},
    ],
)
def test_arguments_that_fill_the_memory_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"img_size|window_size"):
        read_arguments(arguments)


def test_the_largest_published_ones_are_taken() -> None:
    # swinv2_base_window12to24_192to384 has the largest window of timm.
    arguments = {"img_size": 384, "window_size": 24, "embed_dim": 3072}
    assert dict(read_arguments(arguments)) == arguments
