"""Implements the methods of the CAM family, each as one short function in one registry."""

from camviewer.engine.methods import (
    ablation,
    averaging,
    black_box,
    cam,
    channel,
    concepts,
    contrast,
    decomposition,
    full_gradient,
    fusion,
    gradient,
    perturbation,
    polycam,
    shapley,
    smoothed,
    transformers,
)
from camviewer.engine.methods import convolutional_cam as windows
from camviewer.engine.methods.core.registry import ClassMap, Method, all_methods, find_method

__all__ = [
    "ClassMap",
    "Method",
    "ablation",
    "all_methods",
    "averaging",
    "black_box",
    "cam",
    "channel",
    "concepts",
    "contrast",
    "decomposition",
    "find_method",
    "full_gradient",
    "fusion",
    "gradient",
    "perturbation",
    "polycam",
    "shapley",
    "smoothed",
    "transformers",
    "windows",
]
