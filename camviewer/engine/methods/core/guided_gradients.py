"""Changes the gradient of every ReLU in a pass to that of guided backpropagation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor
from torch.overrides import TorchFunctionMode

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.activation_kinds import (
    function_name,
    is_other_activation,
    is_rectifier,
)


class GuidedGradients(TorchFunctionMode):
    """Lets only positive gradients through the ReLUs of a pass made inside the context.

    It sees functions as well as modules, in place or not.

    Attributes:
        rectifiers: number of ReLUs so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rectifiers = 0

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Calls a torch function.

        Raises:
            CamviewerError: it is an activation other than ReLU.
        """
        keywords, name = kwargs or {}, function_name(func)
        result = func(*args, **keywords)
        if not isinstance(result, Tensor) or not result.requires_grad:
            return result
        if is_rectifier(name, args, keywords):
            self.rectifiers += 1
            result.register_hook(lambda gradient: gradient.clamp_min(0))  # type: ignore[no-untyped-call]
        elif is_other_activation(name):
            raise CamviewerError(
                f"Guided backpropagation is not defined here: this network has {name}, not only "
                "ReLU.",
                "Choose SmoothGrad, Grad-CAM or another method.",
            )
        return result
