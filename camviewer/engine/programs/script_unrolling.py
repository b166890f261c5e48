"""Unrolls a TorchScript program into a list of operators by interpreting it with one picture.

A script may have branches and loops, but in a classifier they hardly ever depend on the picture.
Interpreting it once gives the plain list of operators that layers and gradients need. A comparison
of results afterwards checks that the list is equivalent to the script.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Any

import torch
from torch import Tensor

from camviewer.engine.network.structured_output import tensors_by_path
from camviewer.engine.programs.operators import function, is_allowed
from camviewer.engine.programs.program import OperatorCall, OwnDevice, Program, Ref
from camviewer.engine.programs.script_numbers import KEPT, OBSERVED, ON_NUMBERS
from camviewer.engine.programs.script_values import (
    KnownValue,
    UnconvertibleError,
    copied,
    is_plain,
    logits_among,
)

_MOST_STEPS = 200_000
_BRANCHES = 3


def unrolled(module: torch.jit.ScriptModule, example: Tensor, output: str = "") -> Program:
    """The operators that a script runs for a picture, with its weights.

    Args:
        module: in eval mode, on the CPU.
        example: (1, C, h, w).
        output: the path of the tensor that is taken; empty for the class scores among all.

    Raises:
        UnconvertibleError: it cannot be expressed as a list of allowed operators.
    """
    place = None
    if output:
        with torch.no_grad():
            place = list(tensors_by_path(module(example.clone()))).index(output)
    return _Unrolling(module, example).program(place)


class _Unrolling:
    def __init__(self, module: torch.jit.ScriptModule, example: Tensor) -> None:
        graph = module.inlined_graph
        inputs = [value.debugName() for value in graph.inputs()]
        if len(inputs) != 2:
            raise UnconvertibleError(f"{len(inputs) - 1} inputs")
        self._graph = graph
        self._picture = inputs[1]
        self._channels = example.shape[1]
        self._title = str(getattr(module, "original_name", ""))
        self._known = {
            inputs[0]: KnownValue(None, module),
            inputs[1]: KnownValue(Ref(inputs[1]), example),
        }
        self._tensors: dict[str, Tensor] = {}
        self._calls: list[OperatorCall] = []
        self._place = ""
        self._origins: dict[str, str] = {}

    def program(self, place: int | None) -> Program:
        """Interprets the script to its end.

        Args:
            place: which of all tensors that it puts out is taken; None for the class scores.
        """
        with torch.no_grad():
            self._follow(self._graph)
        results = [self._known[value.debugName()] for value in self._graph.outputs()]
        (result,) = results
        logits = logits_among(result, place)
        return Program(
            picture=self._picture,
            logits=logits.name,
            calls=tuple(self._calls),
            tensors=self._tensors,
            input_shape=(None, self._channels, None, None),
            title=self._title,
        )

    def _follow(self, block: Any) -> None:
        for node in block.nodes():
            if len(self._calls) > _MOST_STEPS:
                raise UnconvertibleError("an endless script")
            self._take(node)

    def _take(self, node: Any) -> None:
        kind = node.kind()
        special = _SPECIAL.get(kind)
        if special is not None:
            special(self, node)
        elif kind in OBSERVED:
            answer = OBSERVED[kind](*(known.real for known in self._inputs(node)))
            self._set(node, answer, answer)
        elif kind in ON_NUMBERS and all(is_plain(self._of(value).real) for value in node.inputs()):
            self._compute(node, ON_NUMBERS[kind])
        elif kind.startswith("aten::"):
            self._operate(node)
        else:
            raise UnconvertibleError(kind)

    def _of(self, value: Any) -> KnownValue:
        return self._known[value.debugName()]

    def _inputs(self, node: Any) -> list[KnownValue]:
        return [self._of(value) for value in node.inputs()]

    def _set(self, node: Any, template: Any, real: Any, path: str = "") -> None:
        self._known[node.output().debugName()] = KnownValue(template, real, path)

    def _add(
        self,
        target: str,
        inputs: list[KnownValue],
        output: str,
        keywords: dict[str, Any] | None = None,
    ) -> KnownValue:
        """Appends an operator with one output and runs it."""
        keywords = keywords or {}
        real = function(target)(*(known.real for known in inputs), **keywords)
        arguments = tuple(copied(known.template) for known in inputs)
        self._calls.append(OperatorCall(target, arguments, keywords, (output,), self._parent))
        return KnownValue(Ref(output), real)

    @property
    def _parent(self) -> str:
        """Path for an operator without weights: the block of the last operator with weights."""
        return self._place.rpartition(".")[0]

    def _joined(self, inputs: list[KnownValue]) -> str:
        """The block whose branches an operator joins; empty for fewer than three branches."""
        joined = next((known.template for known in inputs if isinstance(known.template, list)), [])
        refs = [item.name for item in joined if isinstance(item, Ref)]
        if len(refs) < _BRANCHES or len(refs) < len(joined):
            return ""
        paths = [self._origins.get(name, "").split(".") for name in refs]
        shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))
        return ".".join(parts[0] for parts in shared)

    # what stands in every script

    def _constant(self, node: Any) -> None:
        value = None if node.mustBeNone() else node.output().toIValue()
        if isinstance(value, Tensor):
            name = f"constant_{len(self._tensors)}"
            self._tensors[name] = value.detach()
            self._set(node, Ref(name), value)
        elif isinstance(value, torch.device):
            self._set(node, OwnDevice(), value)
        else:
            self._set(node, value, value)

    def _attribute(self, node: Any) -> None:
        (owner,) = self._inputs(node)
        name = node.s("name")
        real = getattr(owner.real, name)
        path = f"{owner.path}.{name}".lstrip(".")
        if isinstance(real, Tensor):
            real = real.detach()
            self._tensors[path] = real
            self._set(node, Ref(path), real, owner.path)
        else:
            inside = isinstance(real, torch.jit.ScriptModule)
            self._set(node, real, real, path if inside else "")

    def _list(self, node: Any) -> None:
        items = self._inputs(node)
        self._set(node, [item.template for item in items], [item.real for item in items])

    def _dictionary(self, node: Any) -> None:
        items = self._inputs(node)
        keys = [item.real for item in items[::2]]
        if not all(isinstance(key, str | int) for key in keys):
            raise UnconvertibleError("a dictionary by tensors")
        templates = dict(zip(keys, (item.template for item in items[1::2]), strict=True))
        reals = dict(zip(keys, (item.real for item in items[1::2]), strict=True))
        self._set(node, templates, reals)

    def _as_dictionary(self, node: Any) -> None:
        """Another dictionary's copy, or one of pairs."""
        templates: dict[Any, Any] = {}
        reals: dict[Any, Any] = {}
        for value in self._inputs(node):
            templates, reals = dict(value.template), dict(value.real)
        self._set(node, templates, reals)

    def _unpack(self, node: Any) -> None:
        (values,) = self._inputs(node)
        for index, output in enumerate(node.outputs()):
            name = output.debugName()
            if isinstance(values.template, list):
                self._known[name] = KnownValue(values.template[index], values.real[index])
            else:
                place = KnownValue(index, index)
                self._known[name] = self._add("_operator.getitem", [values, place], name)

    def _item(self, node: Any) -> None:
        values, index = self._inputs(node)
        if isinstance(values.template, list | dict):
            self._set(node, values.template[index.real], values.real[index.real])
        else:
            name = node.output().debugName()
            self._known[name] = self._add("_operator.getitem", [values, index], name)

    def _append(self, node: Any) -> None:
        values, item = self._inputs(node)
        if not isinstance(values.template, list):
            raise UnconvertibleError("a list that grows")
        values.template.append(item.template)
        values.real.append(item.real)
        for output in node.outputs():
            self._known[output.debugName()] = values

    def _branch(self, node: Any) -> None:
        (condition,) = self._inputs(node)
        then, otherwise = node.blocks()
        block = then if condition.real else otherwise
        self._follow(block)
        for output, value in zip(node.outputs(), block.outputs(), strict=True):
            self._known[output.debugName()] = self._of(value)

    def _loop(self, node: Any) -> None:
        (block,) = node.blocks()
        most, going, *carried = self._inputs(node)
        number, *inside = [value.debugName() for value in block.inputs()]
        count = 0
        while going.real and count < most.real:
            self._known[number] = KnownValue(count, count)
            self._known.update(zip(inside, carried, strict=True))
            self._follow(block)
            going, *carried = [self._of(value) for value in block.outputs()]
            count += 1
        self._known.update(
            zip((value.debugName() for value in node.outputs()), carried, strict=True)
        )

    def _alias(self, node: Any) -> None:
        self._known[node.output().debugName()] = self._inputs(node)[0]

    def _replace(self, node: Any) -> None:
        values, index, item = self._inputs(node)
        if not isinstance(values.template, list | dict):
            raise UnconvertibleError("a list that changes")
        values.template[index.real], values.real[index.real] = item.template, item.real
        for output in node.outputs():
            self._known[output.debugName()] = values

    def _slice(self, node: Any) -> None:
        values, *bounds = self._inputs(node)
        if not isinstance(values.template, list):
            self._operate(node)
            return
        part = slice(*(bound.real for bound in bounds))
        self._set(node, values.template[part], values.real[part])

    def _copy(self, node: Any) -> None:
        (value,) = self._inputs(node)
        if not isinstance(value.template, list):
            self._operate(node)
            return
        self._set(node, copied(value.template), list(value.real))

    def _as_number(self, node: Any) -> None:
        (value,) = self._inputs(node)
        if isinstance(value.real, Tensor):
            name = node.output().debugName()
            self._known[name] = self._add("torch.sym_int", [value], name)
        else:
            self._alias(node)

    def _as_tensor(self, node: Any) -> None:
        name = node.output().debugName()
        value, *wanted = self._inputs(node)
        if not isinstance(value.real, bool | int | float):
            raise UnconvertibleError("a tensor of a list")
        keywords = {"dtype": torch.int64} if isinstance(value.real, int) else {}
        if wanted and wanted[0].real is not None:
            keywords = {"dtype": wanted[0].real}
        self._known[name] = self._add("aten.scalar_tensor.default", [value], name, keywords)

    def _size(self, node: Any) -> None:
        tensor, *index = self._inputs(node)
        name = node.output().debugName()
        wanted = [index[0].real] if index else range(tensor.real.dim())
        sizes = [
            self._add("aten.sym_size.int", [tensor, KnownValue(axis, axis)], f"{name}_{axis}")
            for axis in wanted
        ]
        if index:
            self._known[name] = sizes[0]
        else:
            self._set(node, [size.template for size in sizes], [size.real for size in sizes])

    def _device(self, node: Any) -> None:
        self._set(node, OwnDevice(), self._inputs(node)[0].real.device)

    def _raise(self, node: Any) -> None:
        raise UnconvertibleError(f"an error is raised: {node.kind()}")

    def _skip(self, node: Any) -> None:
        for output in node.outputs():
            self._known[output.debugName()] = KnownValue("", "")

    def _compute(self, node: Any, compute: Callable[..., Any]) -> None:
        inputs = self._inputs(node)
        name = node.output().debugName()
        target = KEPT.get(node.kind())
        changing = any(isinstance(known.template, Ref) for known in inputs)
        if (
            changing
            and target is not None
            and not any(isinstance(known.real, list) for known in inputs)
        ):
            self._known[name] = self._add(target, inputs, name)
            return
        real = compute(*(known.real for known in inputs))
        if changing and isinstance(real, list) and target == "_operator.add":
            self._set(node, inputs[0].template + inputs[1].template, real)
        else:
            self._set(node, real, real)

    def _operate(self, node: Any) -> None:
        schema = torch._C.parse_schema(node.schema())
        name = schema.name.removeprefix("aten::")
        target = f"aten.{name}.{schema.overload_name or 'default'}"
        if not is_allowed(target):
            raise UnconvertibleError(target)
        inputs = self._inputs(node)
        outputs = tuple(value.debugName() for value in node.outputs())
        owner = next((known.path for known in inputs if known.path), "")
        if owner:
            self._place = owner
        path = owner or self._joined(inputs) or self._parent
        positional_names = [
            argument.name for argument in schema.arguments if not argument.kwarg_only
        ]
        keyword_names = [argument.name for argument in schema.arguments if argument.kwarg_only]
        keywords = dict(zip(keyword_names, inputs[len(positional_names) :], strict=True))
        positional = inputs[: len(positional_names)]
        result = function(target)(
            *(known.real for known in positional),
            **{key: known.real for key, known in keywords.items()},
        )
        self._calls.append(
            OperatorCall(
                target,
                tuple(copied(known.template) for known in positional),
                {key: copied(known.template) for key, known in keywords.items()},
                outputs,
                path,
            )
        )
        self._origins |= dict.fromkeys(outputs, owner or self._place)
        results = (result,) if len(outputs) == 1 else tuple(result)
        for output, real in zip(outputs, results, strict=True):
            self._known[output] = KnownValue(Ref(output), real)


_SPECIAL: dict[str, Callable[[_Unrolling, Any], None]] = {
    "prim::Constant": _Unrolling._constant,
    "prim::GetAttr": _Unrolling._attribute,
    "prim::ListConstruct": _Unrolling._list,
    "prim::TupleConstruct": _Unrolling._list,
    "prim::DictConstruct": _Unrolling._dictionary,
    "aten::dict": _Unrolling._as_dictionary,
    "prim::ListUnpack": _Unrolling._unpack,
    "prim::TupleUnpack": _Unrolling._unpack,
    "aten::__getitem__": _Unrolling._item,
    "prim::TupleIndex": _Unrolling._item,
    "aten::append": _Unrolling._append,
    "prim::If": _Unrolling._branch,
    "prim::Loop": _Unrolling._loop,
    "prim::unchecked_cast": _Unrolling._alias,
    "aten::_set_item": _Unrolling._replace,
    "aten::copy": _Unrolling._copy,
    "aten::slice": _Unrolling._slice,
    "aten::ScalarImplicit": _Unrolling._as_number,
    "aten::IntImplicit": _Unrolling._as_number,
    "aten::Int": _Unrolling._as_number,
    "prim::NumToTensor": _Unrolling._as_tensor,
    "aten::tensor": _Unrolling._as_tensor,
    "aten::size": _Unrolling._size,
    "prim::device": _Unrolling._device,
    "prim::RaiseException": _Unrolling._raise,
    "prim::Uninitialized": _Unrolling._skip,
    "prim::Print": _Unrolling._skip,
    "aten::format": _Unrolling._skip,
    "aten::warn": _Unrolling._skip,
}
