"""Runs networks as fast as possible: by OpenVINO, with folded batch norm, or unchanged."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.runtime.conversion_process import (
        convert_model,
        converted_networks_of,
        second_engine_for,
        shared_engine_for,
    )
    from camviewer.engine.runtime.converted_networks import ConvertedNetworks
    from camviewer.engine.runtime.half_precision import HalfScores, is_in_hardware
    from camviewer.engine.runtime.network_runner import NetworkRunner
    from camviewer.engine.runtime.recipe_preview import preview
    from camviewer.engine.runtime.second_engine import PassEngine, SecondEngine
    from camviewer.engine.runtime.shared_openvino import SharedEngine
    from camviewer.engine.runtime.tail_network import TailNetwork
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "conversion_process": [
                "convert_model",
                "converted_networks_of",
                "second_engine_for",
                "shared_engine_for",
            ],
            "converted_networks": ["ConvertedNetworks"],
            "half_precision": ["HalfScores", "is_in_hardware"],
            "network_runner": ["NetworkRunner"],
            "recipe_preview": ["preview"],
            "second_engine": ["PassEngine", "SecondEngine"],
            "shared_openvino": ["SharedEngine"],
            "tail_network": ["TailNetwork"],
        },
    )

__all__ = [
    "ConvertedNetworks",
    "HalfScores",
    "NetworkRunner",
    "PassEngine",
    "SecondEngine",
    "SharedEngine",
    "TailNetwork",
    "convert_model",
    "converted_networks_of",
    "is_in_hardware",
    "preview",
    "second_engine_for",
    "shared_engine_for",
]
