"""Lets a package hand out names of its modules without importing them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def lazy_names(package: str, names: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """The ``__getattr__`` of a package, which imports a name's module when it is asked for first.

    Args:
        package: its ``__name__``.
        names: what each of its modules hands out; modules are named from the package on.
    """
    modules = {name: f"{package}.{module}" for module, listed in names.items() for name in listed}

    def find(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(modules[name]), name)

    return find
