"""What of an installed environment goes into the package, and what stays out, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePath
from posixpath import normpath

Entry = tuple[str, str, str]
"""Place in the package, source, and PyInstaller's word for its kind."""


@dataclass(frozen=True)
class LeftOut:
    """Files that the program never uses.

    Attributes:
        pattern: of their place in the package; ``*`` crosses folders.
        reason: why nothing misses them.
    """

    pattern: str
    reason: str


NOT_IMPORTED = (
    "IPython",
    "PyInstaller",
    "_gdbm",
    "altgraph",
    "cuda",
    "cupy",
    "curses",
    "fsspec",
    "hf_xet",
    "ipywidgets",
    "jedi",
    "lib2to3",
    "matplotlib",
    "networkx",
    "numpy.f2py",
    "numpy.testing",
    "onnx.backend.test",
    "onnx.reference",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "onnxscript",
    "openvino.torch",
    "openvino_telemetry",
    "pandas",
    "pip",
    "pkg_resources",
    "pydoc_data",
    "pytest",
    "readline",
    "requests",
    "scipy",
    "setuptools",
    "tensorboard",
    "tkinter",
    "torch.distributed.debug",
    "torch.utils.benchmark",
    "torch.utils.bottleneck",
    "torch.utils.tensorboard",
    "torch.utils.viz",
    "triton",
    "xmlrpc",
)
"""Modules that a library would take if they were there; each has a way without.

Triton compiles kernels for ``torch.compile``, which nothing here calls and which needs a compiler.
transformers imports Hugging Face's hub, which fetches files and is never asked to.
GNU's readline and gdbm are under the GPL.
"""

NEVER_USED = (
    # What CUDA brings for those who write CUDA programs.
    LeftOut("nvidia/*/include/*", "headers"),
    LeftOut("nvidia/*.a", "static libraries"),
    LeftOut("nvidia/*.bc", "device code for compilers"),
    LeftOut("nvidia/*/bin/*", "compilers and tools"),
    LeftOut("nvidia/*libnvperf*", "profiler"),
    LeftOut("nvidia/*libpcsamplingutil*", "profiler"),
    LeftOut("nvidia/*libcheckpoint*", "profiler"),
    LeftOut("nvidia/*libnvrtc*.alt.*", "the second copy of a compiler, for an option"),
    LeftOut("nvidia/*libcusolverMg*", "linear algebra across several cards"),
    LeftOut("nvidia/*libcufftw*", "imitates FFTW's interface; torch uses cuFFT's own"),
    LeftOut("nvidia/*libnvblas*", "imitates BLAS's interface; torch uses cuBLAS's own"),
    LeftOut("nvidia/*libcudnn_adv*", "recurrent networks and CTC"),
    LeftOut("nvidia/*libcudnn_ext*", "causal convolutions in one dimension"),
    LeftOut("nvidia/*libcufile_rdma*", "storage over a network"),
    LeftOut("nvidia/nvshmem/lib/nvshmem_*", "memory shared between machines"),
    LeftOut("nvidia/nvshmem/lib/libnvshmem_device*", "memory shared between machines"),
    # torch.
    LeftOut("torch/include/*", "headers"),
    LeftOut("torch/share/*", "files for CMake"),
    LeftOut("torch/testing/*.py", "source of test suites, whose bytecode torch imports"),
    LeftOut("torch/_inductor/*.py", "source of a compiler that is not used"),
    LeftOut("torch/_dynamo/*.py", "source of a compiler that is not used"),
    LeftOut("torch/distributed/*.py", "source for training on many machines"),
    LeftOut("torch/onnx/*.py", "source for writing ONNX files"),
    LeftOut("torch/ao/*.py", "source for quantising"),
    LeftOut("torch/_vendor/*.py", "source of packaging tools"),
    LeftOut("torch/fx/*.py", "source for rewriting networks"),
    LeftOut("torch/export/*.py", "source for writing networks"),
    LeftOut("torch/_export/*.py", "source for writing networks"),
    LeftOut("torch/_functorch/*.py", "source of a compiler that is not used"),
    LeftOut("torch/_higher_order_ops/*.py", "source of a compiler that is not used"),
    LeftOut("torch/_subclasses/*.py", "source of a compiler that is not used"),
    LeftOut("torch/test/*", "test suites"),
    LeftOut("torch/bin/*test*", "test suites"),
    LeftOut("torch/bin/*Test*", "test suites"),
    LeftOut("torch/bin/*.ptl", "test suites"),
    LeftOut("torch/bin/upgrader_models/*", "test suites"),
    LeftOut("torch/lib/*_test.so", "test suites"),
    LeftOut("torch/lib/libaoti_custom_ops.so", "test suites"),
    LeftOut("torch/lib/libbackend_with_compiler.so", "test suites"),
    LeftOut("torch/utils/benchmark/*", "measures torch itself"),
    LeftOut("torch/utils/model_dump/*", "a web page"),
    LeftOut("torch/utils/viz/*", "a web page"),
    LeftOut("torch/bin/protoc*", "a compiler"),
    LeftOut("torch/lib/*.a", "static libraries"),
    LeftOut("torch/lib/*.lib", "import libraries"),
    LeftOut("torch/lib/libshm_windows/*", "source"),
    LeftOut("torch/lib/libshm/*", "source"),
    LeftOut("torch/lib/*nnapi*", "Android"),
    LeftOut("torchgen/packaged/*", "makes torch itself"),
    LeftOut("functorch/*", "an old name of torch.func; nothing imports it"),
    LeftOut("*.dist-info/RECORD", "for pip, with paths of the machine that builds"),
    LeftOut("*.dist-info/direct_url.json", "for pip, with a path of the machine that builds"),
    LeftOut("*.pyi", "for type checkers"),
    LeftOut("*.pxd", "for compilers"),
    LeftOut("*/tests/*", "test suites"),
    # OpenVINO runs on the processor here, and reads what torch traced or its own files.
    LeftOut("openvino/*_gpu_plugin*", "graphics cards are torch's"),
    LeftOut("openvino/*_npu_plugin*", "neural processors"),
    LeftOut("openvino/libs/cache.json", "for graphics cards"),
    LeftOut("openvino/*_tensorflow*", "files of other frameworks"),
    LeftOut("openvino/*_paddle_*", "files of other frameworks"),
    LeftOut("openvino/*_gguf_*", "files of other frameworks"),
    LeftOut("openvino/*_jax_*", "files of other frameworks"),
    LeftOut("openvino/*_onnx_*", "ONNX files go through ONNX Runtime"),
    LeftOut("openvino/libs/libopenvino_c.*", "for programs in C"),
    LeftOut("openvino/*libtbbmalloc_proxy*", "replaces the memory of whole programs"),
    LeftOut("openvino/include/*", "headers"),
    LeftOut("openvino/cmake/*", "files for CMake"),
    LeftOut("onnx/backend/*", "test suites"),
    LeftOut("onnx/*.h", "headers"),
    LeftOut("onnx/*.cc", "source"),
    LeftOut("onnx/*.proto", "source"),
    # Qt: the program is made of widgets, and stays offline.
    LeftOut("PySide6/Qt/qml/*", "Qt Quick"),
    LeftOut("PySide6/*libQt6Qml*", "Qt Quick"),
    LeftOut("PySide6/*libQt6Quick*", "Qt Quick"),
    LeftOut("PySide6/*libQt6VirtualKeyboard*", "Qt Quick"),
    LeftOut("PySide6/*libQt6Pdf*", "PDF"),
    LeftOut("PySide6/*libQt6EglFS*", "screens without a window system"),
    LeftOut("PySide6/*egldeviceintegrations/*", "screens without a window system"),
    LeftOut("PySide6/*platforms/libqeglfs*", "screens without a window system"),
    LeftOut("PySide6/*platforms/libqlinuxfb*", "screens without a window system"),
    LeftOut("PySide6/*platforms/libqvnc*", "serves the window over a network"),
    LeftOut("PySide6/*platforms/libqvkkhrdisplay*", "screens without a window system"),
    LeftOut("PySide6/*platformthemes/libqgtk3*", "links to a system's GTK, copied in part"),
    LeftOut("PySide6/*generic/*", "screens without a window system"),
    LeftOut("PySide6/*platforminputcontexts/libqtvirtualkeyboard*", "Qt Quick"),
    LeftOut("PySide6/*imageformats/libqpdf*", "PDF"),
    LeftOut("PySide6/*plugins/tls/*", "the network"),
    LeftOut("PySide6/*plugins/networkinformation/*", "the network"),
    LeftOut("PySide6/*translations/[!q]*", "not the window's own texts"),
    LeftOut("PySide6/*translations/qt[!b]*", "not the window's own texts"),
    LeftOut("PySide6/*translations/qtbase_[!d]*", "the window speaks English and German"),
    LeftOut("PySide6/*translations/qtbase_d[!e]*", "the window speaks English and German"),
)
"""Also never collected; the self-test of what was built proves that nothing asks for them."""

FOR_CUDA = find_spec("nvidia") is not None
"""Whether the installed torch brings CUDA's libraries."""

EXTRAS = tuple(
    name
    for name in (
        "highdicom",
        "imagecodecs",
        "onnx",
        "onnx2pytorch",
        "onnxruntime",
        "openvino",
        "transformers",
    )
    if find_spec(name)
)
"""Libraries that the program takes where they are installed."""

_MODELS = "transformers.models"
_SHARED_MODELS = frozenset({"auto", "encoder_decoder"})
"""Not networks themselves, and imported whenever one is built."""
_IMPORTED_MODEL = re.compile(r"^\s*from (?:\.\.|transformers\.models\.)(\w+)", re.MULTILINE)


@cache
def unwanted_models() -> list[str]:
    """The packages of transformers' networks that are no classifiers of pictures, by their names.

    Of over five hundred some forty remain, a fiftieth of the size.
    """
    spec = find_spec("transformers")
    if spec is None:
        return []
    folder = Path(str(spec.origin)).parent / "models"
    every = {path.parent.name for path in folder.glob("*/__init__.py")}
    names = (folder / "auto" / "modeling_auto.py").read_text(encoding="utf-8")
    _, _, listed = names.partition("MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING_NAMES = ")
    kinds = set(re.findall(r'"(\w+ForImageClassification\w*)"', listed.partition("\n)")[0]))
    wanted, waiting = set[str](), set(_SHARED_MODELS)
    for model in every:
        files = (folder / model).glob("modeling_*.py")
        texts = [path.read_text(encoding="utf-8") for path in files if model not in _SHARED_MODELS]
        if any(f"class {kind}(" in text for text in texts for kind in kinds):
            waiting.add(model)
    while waiting:
        model = waiting.pop()
        wanted.add(model)
        for path in (folder / model).glob("*.py"):
            if path.name.startswith(("configuration_", "modeling_")):
                found = _IMPORTED_MODEL.findall(path.read_text(encoding="utf-8"))
                waiting |= (set(found) & every) - wanted
    return [f"{_MODELS}.{model}" for model in sorted(every - wanted)]


EXCLUDED = (*NOT_IMPORTED, *unwanted_models())
"""All modules that stay out."""

SOURCES_WANTED = ("timm", "torch", "torchvision", "transformers")
"""Packages whose source lies beside their bytecode: torch.jit and ``inspect`` ask for it."""

READ_AS_SOURCE = ("torch/*/config.py", "torch/*/_config.py")
"""Modules that read their own source when they are imported; no rule leaves them out."""

STRIPPED = (
    "torch/lib/*.so",
    "libpython3*.so*",
    "python3*/lib-dynload/*.so",
    "PIL/_imaging*.so",
    "yaml/*.so",
)
"""Libraries that come with tables for debuggers, a fifth of their size and more."""


def modules_below(package: str) -> list[str]:
    """The package and every module in it, found by their files: nothing is imported."""
    folder = Path(str(find_spec(package).origin)).parent
    places = (path.relative_to(folder.parent) for path in sorted(folder.rglob("*.py")))
    dotted = (".".join(place.with_suffix("").parts) for place in places)
    return [name.removesuffix(".__init__") for name in dotted]


_OPERATORS = "torchvision/_C*"
_BESIDE_OPERATORS = ("torchvision/image.", "torchvision.libs/")
"""They are built for the same torch: where the operators cannot be loaded, these cannot."""


def is_left_out(place: str) -> bool:
    """Whether a file is one of those that nothing uses.

    Args:
        place: where it would lie in the package.
    """
    posix = PurePath(place).as_posix()
    if any(fnmatchcase(posix, pattern) for pattern in READ_AS_SOURCE):
        return False
    return any(fnmatchcase(posix, rule.pattern) for rule in NEVER_USED)


def wanted(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that go into the package, in a fixed order, without links that lead nowhere."""
    kept = [entry for entry in entries if not is_left_out(entry[0])]
    if not any(fnmatchcase(place, _OPERATORS) for place, _, _ in kept):
        kept = [entry for entry in kept if not entry[0].startswith(_BESIDE_OPERATORS)]
    places = {place for place, _, _ in kept}
    return sorted(entry for entry in kept if entry[2] != "SYMLINK" or _target(entry) in places)


def _target(link: Entry) -> str:
    place, target, _ = link
    return normpath((PurePath(place).parent / target).as_posix())
