"""Builds a torch network from a program, with one module per operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.programs.black_box import in_batches
from camviewer.engine.programs.operators import (
    bound,
    function,
    is_allowed,
    only_checks,
    refused_operator,
    require_plain_words,
)
from camviewer.engine.programs.program import (
    OperatorCall,
    OwnDevice,
    Program,
    Ref,
    named,
    place_layer,
)
from camviewer.engine.programs.torch_modules import module_of

_SWITCHES = {"train", "training"}
"""Names of arguments that switch between training and evaluation."""


class GraphNetwork(nn.Module):
    """Runs the operators of a program one after the other.

    Every operator is a submodule with its layer's name, so that layers are listed and tapped as in
    any network.

    Args:
        program: the program; its weights are not copied.
        batch: fixed batch size of its operators; None for any. Replaced activations of a layer
            must have this batch size.

    Raises:
        CamviewerError: it uses an operator that is not allowed, or names a missing value.
    """

    def __init__(self, program: Program, batch: int | None = None) -> None:
        super().__init__()
        self.fixed_batch = batch
        calls = tuple(call for call in program.calls if not only_checks(call.operator))
        for call in calls:
            if not is_allowed(call.operator):
                raise refused_operator(call.operator)
            require_plain_words(call.operator, call.arguments, call.keywords)
        self._picture, self._logits = program.picture, program.logits
        constants: dict[str, Any] = dict(program.tensors)
        attention = _attention_outputs(calls)
        self._calls: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        known = {program.picture}
        for call in named(tuple(_evaluated(call) for call in _needed(calls, program.logits))):
            dynamic = tuple(ref for ref in call.refs if ref not in constants)
            if not known.issuperset(dynamic):
                raise _broken()
            if not dynamic:
                _keep(constants, call.outputs, _folded(call, constants))
                continue
            module, inputs = module_of(call, constants) or (
                _operator_class(call.short_name)(call, constants, dynamic),
                dynamic,
            )
            if attention.intersection(call.outputs) and isinstance(module, nn.Softmax):
                module = AttentionSoftmax(module.dim)
            place_layer(self, call.path, module)
            self._calls.append((call.path, inputs, call.outputs))
            known.update(call.outputs)
        if program.logits not in known:
            raise _broken()
        # A copy, because the program may work in place and the picture is cached.
        self._overwrites = any(
            _is_in_place(call) and call.refs[:1] == (program.picture,) for call in calls
        )
        self._last_use = {
            name: index for index, (_, inputs, _) in enumerate(self._calls) for name in inputs
        }

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 3, h, w) to (N, K)."""
        return in_batches(self._run, pictures, self.fixed_batch)

    def _run(self, pictures: Tensor) -> Tensor:
        first = pictures.clone() if self._overwrites else pictures
        values: dict[str, Any] = {self._picture: first}
        for index, (path, inputs, outputs) in enumerate(self._calls):
            module = self.get_submodule(path)
            arguments = [values[name] for name in inputs]
            if isinstance(module, Operator):
                module.device = pictures.device
            _keep(values, outputs, module(*arguments))
            for name in inputs:
                if self._last_use[name] == index and name != self._logits:
                    del values[name]
        logits = values[self._logits]
        if not isinstance(logits, Tensor):
            raise _broken()
        return logits


def graph_network(program: Program, example: Tensor) -> GraphNetwork:
    """Builds the network of a program, with a free batch size if its operators allow that.

    A program for one picture often works for several without declaring it, and a script may behave
    differently for several. A comparison of results decides.

    Args:
        program: the program.
        example: (1, 3, h, w), not constant.

    Raises:
        CamviewerError: it uses an operator that is not allowed, or does not run.
    """
    network = GraphNetwork(program, program.input_shape[0] or 1).eval()
    several = torch.cat([example, example.flip(3)])
    try:
        with torch.no_grad():
            expected = network(several)
    except (RuntimeError, TypeError, KeyError, IndexError, ValueError) as error:
        raise CamviewerError(
            "The program does not run for a picture of its size.", "Export the network again."
        ) from error
    free = GraphNetwork(program).eval()
    try:
        with torch.no_grad():
            together = free(several)
    except (RuntimeError, TypeError, KeyError, IndexError, ValueError):
        return network
    agree = together.shape == expected.shape and torch.allclose(together, expected, 1e-4, 1e-5)
    return free if agree else network


class AttentionSoftmax(nn.Softmax):
    """The softmax of an attention, after which every cell depends on the whole picture."""


class Operator(nn.Module):
    """An operator without a torch module; tensors among its arguments are its weights."""

    def __init__(
        self, call: OperatorCall, constants: Mapping[str, Any], dynamic: tuple[str, ...]
    ) -> None:
        super().__init__()
        self._function = function(call.operator)
        self._dynamic = dynamic
        self._plain: dict[str, Any] = {}
        self._held: dict[str, str] = {}
        for name in call.refs:
            if name in dynamic:
                continue
            value = constants[name]
            if isinstance(value, Tensor):
                held = f"constant_{len(self._held)}"
                self.register_buffer(held, value.detach())
                self._held[name] = held
            else:
                self._plain[name] = value
        self._arguments, self._keywords = call.arguments, dict(call.keywords)
        self.device = torch.device("cpu")

    def forward(self, *inputs: Any) -> Any:
        """Applies the operator to values."""
        values = dict(zip(self._dynamic, inputs, strict=True)) | self._plain
        values |= {name: getattr(self, held) for name, held in self._held.items()}
        arguments = _filled(self._arguments, values, self.device)
        return self._function(*arguments, **_filled(self._keywords, values, self.device))


@cache
def _operator_class(short_name: str) -> type[Operator]:
    """A separate class for each operator, because lists of layers show the class."""
    title = "".join(part.capitalize() for part in short_name.split("_"))
    return type(title, (Operator,), {"__doc__": Operator.__doc__})


def _attention_outputs(calls: tuple[OperatorCall, ...]) -> set[str]:
    """Names of the outputs of attention softmaxes."""
    softmaxes = {name for call in calls if call.short_name == "softmax" for name in call.outputs}
    passed_on = dict.fromkeys(softmaxes, "")
    for call in calls:
        if call.short_name in {"dropout", "expand", "view", "reshape", "clone", "to"}:
            passed_on.update(
                {out: ref for ref in call.refs if ref in passed_on for out in call.outputs}
            )
    found = set()
    for call in calls:
        if call.short_name in {"matmul", "bmm", "einsum"}:
            for ref in call.refs:
                name = ref
                while passed_on.get(name):
                    name = passed_on[name]
                found |= {name} & softmaxes
    return found


def _needed(calls: tuple[OperatorCall, ...], logits: str) -> list[OperatorCall]:
    """The operators that the logits depend on, and those that work in place."""
    wanted = {logits}
    kept = []
    for call in reversed(calls):
        if _is_in_place(call) or wanted.intersection(call.outputs):
            wanted.update(call.refs)
            kept.append(call)
    return kept[::-1]


def _is_in_place(call: OperatorCall) -> bool:
    return call.operator.split(".")[1].endswith("_")


def _evaluated(call: OperatorCall) -> OperatorCall:
    """The operator with all switches set to evaluation."""
    arguments = bound(call.operator, call.arguments, call.keywords)
    if arguments is None or not any(arguments.get(switch) for switch in _SWITCHES):
        return call
    off = {switch: False for switch in _SWITCHES if switch in arguments}
    return replace(call, arguments=(), keywords={**arguments, **off})


def _folded(call: OperatorCall, constants: Mapping[str, Any]) -> Any:
    with torch.no_grad():
        run = function(call.operator)
        cpu = torch.device("cpu")
        arguments = _filled(call.arguments, constants, cpu)
        return run(*arguments, **_filled(dict(call.keywords), constants, cpu))


def _filled(template: Any, values: Mapping[str, Any], device: torch.device) -> Any:
    if isinstance(template, Ref):
        return values[template.name]
    if isinstance(template, OwnDevice):
        return device
    if isinstance(template, tuple):
        return tuple(_filled(item, values, device) for item in template)
    if isinstance(template, list):
        return [_filled(item, values, device) for item in template]
    if isinstance(template, dict):
        return {key: _filled(item, values, device) for key, item in template.items()}
    return template


def _keep(values: dict[str, Any], names: tuple[str, ...], value: Any) -> None:
    if len(names) == 1:
        values[names[0]] = value
    elif isinstance(value, tuple | list):
        values.update(zip(names, value, strict=False))
    elif names:
        values[names[0]] = value  # a module gives the one value that others take


def _broken() -> CamviewerError:
    return CamviewerError(
        "The program names a value that it does not compute.", "Export the network again."
    )
