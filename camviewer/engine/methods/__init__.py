"""The CAM family: each method one short function, all of them in one registry."""

from camviewer.engine.methods import cam, gradient

# isort: split
# Methods are listed in the order in which they are imported: what most people want comes first.
from camviewer.engine.methods import decomposition
from camviewer.engine.methods.registry import ClassMap, Method, all_methods, find_method

__all__ = ["ClassMap", "Method", "all_methods", "cam", "decomposition", "find_method", "gradient"]
