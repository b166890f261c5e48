"""What the packages hand out."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import camviewer

ROOT = Path(camviewer.__file__).parent
PACKAGES = ["camviewer"] + [
    module.name for module in pkgutil.walk_packages([str(ROOT)], "camviewer.") if module.ispkg
]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_name_that_a_package_promises_is_there(name: str) -> None:
    package = import_module(name)
    assert package.__doc__
    promised = getattr(package, "__all__", [])
    assert len(promised) == len(set(promised))
    for word in promised:
        assert getattr(package, word) is not None
    with pytest.raises(AttributeError, match="has no attribute 'no_such_name'"):
        _ = package.no_such_name
