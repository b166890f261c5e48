"""torchvision's networks can be had even where its compiled operators cannot be loaded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from camviewer.engine.support import lazy_libraries as network_libraries

WITHOUT_OPERATORS = """
import logging, sys
sys.path.insert(0, {folder!r})
logging.basicConfig(level=logging.WARNING, stream=sys.stdout, format="%(message)s")
import torch
assert not hasattr(torch.ops.torchvision, "nms")
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The start of a program beside a torchvision that has lost its compiled libraries."""
    (installed,) = find_spec("torchvision").submodule_search_locations
    folder = tmp_path_factory.mktemp("without operators")
    (folder / "torchvision").mkdir()
    for path in Path(installed).iterdir():
        if path.suffix not in {".so", ".pyd", ".dylib", ".dll"}:
            (folder / "torchvision" / path.name).symlink_to(path)
    return WITHOUT_OPERATORS.format(folder=str(folder))


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_without_operators_torchvision_alone_fails_in_the_well_known_way(program: str) -> None:
    done = run(f"{program}\nimport torchvision")
    assert done.returncode != 0
    assert "operator torchvision::nms does not exist" in done.stderr


def test_without_operators_networks_are_built_and_classify_and_onnx_files_can_be_read(
    program: str,
) -> None:
    body = """
from camviewer.engine.architectures.catalogue import build
from camviewer.engine.architectures.published_recipes import published_recipe
from camviewer.engine.programs.onnx_file import require_extra
for name in ("torchvision/resnet18", "timm/resnet18"):
    network = build(name, 7)
    print(name, tuple(network(torch.rand(1, 3, 64, 64)).shape), published_recipe(name).input_size)
require_extra()
"""
    done = run(program + body)
    assert done.returncode == 0, done.stderr
    log, *results = done.stdout.splitlines()
    assert "torchvision::nms does not exist" in log
    assert results == [
        "torchvision/resnet18 (1, 7) (224, 224)",
        "timm/resnet18 (1, 7) (224, 224)",
    ]


def test_with_operators_torchvision_is_left_as_it_is() -> None:
    body = """
from camviewer.engine.support.lazy_libraries import timm, torchvision
boxes = torch.tensor([[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 2.1]])
print(torchvision().ops.nms(boxes, torch.tensor([0.2, 0.9]), 0.5).tolist(), timm().__name__)
"""
    done = run(f"import torch\n{body}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[1] timm"


@pytest.mark.slow
def test_networks_are_built_without_torchs_compiler_which_still_works_afterwards() -> None:
    body = """
import sys
import torch
from camviewer.engine.architectures.catalogue import build
for name in ("torchvision/resnet18", "timm/resnet18"):
    print(tuple(build(name, 7)(torch.rand(1, 3, 64, 64)).shape), "torch._dynamo" in sys.modules)
graphs = []
def backend(graph, _inputs):
    graphs.append(graph)
    return graph.forward
double = torch.compile(lambda number: number * 2, backend=backend)
print(double(torch.tensor([3.0])).tolist(), len(graphs))
print(torch.compiler.disable(double) is double)
"""
    done = run(body)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["(1, 7) False"] * 2 + ["[6.0] 1", "False"]


@pytest.mark.slow
def test_while_a_library_is_imported_it_can_have_the_whole_compiler(tmp_path: Path) -> None:
    (tmp_path / "torchvision").mkdir()
    (tmp_path / "torchvision" / "__init__.py").write_text(
        "import torch._dynamo\nfrom torch._dynamo.utils import counters\n"
    )
    body = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from camviewer.engine.support.lazy_libraries import torchvision
print(torchvision().counters is sys.modules["torch._dynamo.utils"].counters)
"""
    done = run(body)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "True\n"


def test_another_fault_of_torchvision_is_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "torchvision").mkdir()
    (tmp_path / "torchvision" / "__init__.py").write_text('raise RuntimeError("of its own")\n')
    body = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from camviewer.engine.support.lazy_libraries import torchvision
torchvision()
"""
    done = run(body)
    assert done.returncode != 0
    assert "RuntimeError: of its own" in done.stderr


def test_onnx_runtime_leaves_no_trace_in_the_home_of_the_user(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    body = """
from camviewer.engine.support.lazy_libraries import onnxruntime
print(onnxruntime().SessionOptions().use_deterministic_compute)
"""
    done = subprocess.run(
        [sys.executable, "-c", body],
        env={**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
    assert list(tmp_path.rglob("*")) == []


def test_no_other_part_of_the_program_imports_onnx_runtime() -> None:
    engine = Path(network_libraries.__file__).parents[2]
    files = [path for path in engine.rglob("*.py") if path.name != "lazy_libraries.py"]
    assert len(files) > 100
    direct = re.compile(r"^\s*(import onnxruntime|from onnxruntime)", re.MULTILINE)
    assert [path.name for path in files if direct.search(path.read_text("utf-8"))] == []
