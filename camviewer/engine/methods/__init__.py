"""The CAM family: each method one short function, all of them in one registry."""

from camviewer.engine.methods import black_box, cam, decomposition, gradient, perturbation
from camviewer.engine.methods.registry import ClassMap, Method, all_methods, find_method

__all__ = [
    "ClassMap",
    "Method",
    "all_methods",
    "black_box",
    "cam",
    "decomposition",
    "find_method",
    "gradient",
    "perturbation",
]
