"""The CAM family: each method one short function, all of them in one registry."""

from camviewer.engine.methods import (
    averaging,
    black_box,
    cam,
    concepts,
    contrast,
    decomposition,
    fusion,
    gradient,
    perturbation,
    shapley,
    transformers,
    windows,
)
from camviewer.engine.methods.registry import ClassMap, Method, all_methods, find_method

__all__ = [
    "ClassMap",
    "Method",
    "all_methods",
    "averaging",
    "black_box",
    "cam",
    "concepts",
    "contrast",
    "decomposition",
    "find_method",
    "fusion",
    "gradient",
    "perturbation",
    "shapley",
    "transformers",
    "windows",
]
