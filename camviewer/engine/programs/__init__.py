"""Runs models that bring their own network: ``torch.export`` programs, TorchScript and ONNX."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.programs.black_box import BlackBox, without_layers
    from camviewer.engine.programs.loading import require_program
    from camviewer.engine.programs.packing import import_program, program_classifier
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "black_box": ["BlackBox", "without_layers"],
            "loading": ["require_program"],
            "packing": ["import_program", "program_classifier"],
        },
    )

__all__ = [
    "BlackBox",
    "import_program",
    "program_classifier",
    "require_program",
    "without_layers",
]
