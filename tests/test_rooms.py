"""What the packages hand out."""

from __future__ import annotations

import pkgutil
import runpy
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


def test_the_picture_of_the_rooms_is_that_of_the_contracts() -> None:
    script = runpy.run_path(str(ROOT.parent / "scripts" / "make_rooms_picture.py"))
    found = (ROOT.parent / "docs" / "architecture.svg").read_text(encoding="utf-8")
    assert found == script["picture"](), "run python scripts/make_rooms_picture.py"
