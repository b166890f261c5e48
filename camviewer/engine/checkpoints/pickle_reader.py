"""Reads a pickle without calling, importing or restoring anything that it names.

A pickle is a program for a small stack machine. This one carries it out with plain data alone: a
class or function is its name (``Global``), an object made by it a ``Record``. Only what torch's own
files need is understood (``pickle_calls``). There is no way from here to an import, an attribute or
a method of anything: Python's own unpickler, whose hooks can be set from the file, is not used.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from typing import IO, Any

from camviewer.engine.checkpoints.pickle_calls import Nested, call
from camviewer.engine.checkpoints.pickled_objects import Global, PickleRefused, Record

MOST_OPERATIONS = 5_000_000
"""Maximum operations of a file: a checkpoint of 1,000 tensors with its optimiser has 150,000."""
_LONGEST_NAME = 500
_LARGEST_KEY = 1 << 60
"""Limit of whole numbers as keys; because larger ones can be chosen so that all share one hash."""
_LARGEST_PROTOCOL = 5

_SYSTEM = (
    "asyncio bdb code codeop commands ctypes importlib marshal multiprocessing nt ntpath os "
    "pdb pip pkgutil platform popen2 posix posixpath profile pty pydoc runpy shutil signal "
    "socket subprocess sys tempfile threading timeit trace types urllib webbrowser _winapi"
)
_RUNNING = (
    "__import__ breakpoint compile delattr eval exec execfile exit globals input locals "
    "open setattr vars"
)
_DANGEROUS_MODULES, _DANGEROUS_BUILTINS = frozenset(_SYSTEM.split()), frozenset(_RUNNING.split())
_BUILTINS = frozenset({"builtins", "__builtin__"})


class Budget:
    """How many operations a file may still take, nested pickles included."""

    def __init__(self, operations: int = MOST_OPERATIONS) -> None:
        self._left = operations

    def spend(self) -> None:
        """One operation.

        Raises:
            PickleRefused: there were too many.
        """
        self._left -= 1
        if self._left < 0:
            raise PickleRefused("its pickle has more operations than any checkpoint needs")


def read_pickle(
    stream: IO[bytes], budget: Budget, persistent: Callable[[object], Any], nested: Nested
) -> Any:
    """The object that a pickle describes.

    Args:
        stream: at its beginning; it is left behind the pickle's end. Reading more than there is
            must give what is there.
        budget: of the whole file.
        persistent: what to make of a persistent id.
        nested: reads what torch writes as a file within a pickle.

    Raises:
        PickleRefused: it does what no checkpoint needs, or calls what could run any code.
        ValueError: it is malformed, as are those below.
        IndexError: it takes from an empty stack.
        TypeError: it sets an item of something that has none.
    """
    return _Machine(budget, persistent, nested).run(stream)


class _Mark:
    pass


_MARK = _Mark()
_Set = list
"""A set is read as a list: nothing is hashed that a file has made up."""


class _Machine:
    """The stack, the memo, and what each operation does with them."""

    def __init__(self, budget: Budget, persistent: Callable[[object], Any], nested: Nested) -> None:
        self._budget = budget
        self._nested = nested
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._operations: dict[str, Callable[[Any], None]] = {
            **dict.fromkeys(_PUSHES.split(), self._stack.append),
            **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), self._remember),
            **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), self._recall),
            "MEMOIZE": lambda _: self._remember(len(self._memo)),
            "FRAME": lambda _: None,
            "PROTO": self._require_protocol,
            "NONE": lambda _: self._stack.append(None),
            "NEWTRUE": lambda _: self._stack.append(True),
            "NEWFALSE": lambda _: self._stack.append(False),
            "EMPTY_LIST": lambda _: self._stack.append([]),
            "EMPTY_DICT": lambda _: self._stack.append({}),
            "EMPTY_TUPLE": lambda _: self._stack.append(()),
            "EMPTY_SET": lambda _: self._stack.append(_Set()),
            "MARK": lambda _: self._stack.append(_MARK),
            "POP": lambda _: self._drop(),
            "POP_MARK": lambda _: self._drop_to_mark(),
            "DUP": lambda _: self._stack.append(self._top()),
            "LIST": lambda _: self._stack.append(self._to_mark()),
            "TUPLE": lambda _: self._stack.append(tuple(self._to_mark())),
            "TUPLE1": lambda _: self._tuple(1),
            "TUPLE2": lambda _: self._tuple(2),
            "TUPLE3": lambda _: self._tuple(3),
            "FROZENSET": lambda _: self._stack.append(self._to_mark()),
            "DICT": self._dict,
            "APPEND": lambda _: self._extend([self._pop()]),
            "APPENDS": lambda _: self._extend(self._to_mark()),
            "ADDITEMS": lambda _: self._extend(self._to_mark()),
            "SETITEM": lambda _: self._set([self._pop(), self._pop()][::-1]),
            "SETITEMS": lambda _: self._set(self._to_mark()),
            "GLOBAL": self._global,
            "STACK_GLOBAL": self._stack_global,
            "REDUCE": self._reduce,
            "NEWOBJ": self._reduce,
            "NEWOBJ_EX": self._new_with_names,
            "OBJ": self._object,
            "INST": self._instance,
            "BUILD": self._build,
            "PERSID": lambda text: self._stack.append(persistent(text)),
            "BINPERSID": lambda _: self._stack.append(persistent(self._pop())),
        }

    def run(self, stream: IO[bytes]) -> Any:
        """Carries a pickle out."""
        for operation, argument, _ in pickletools.genops(stream):
            self._budget.spend()
            if operation.name == "STOP":
                return self._pop()
            what = self._operations.get(operation.name)
            if what is None:  # the registry of extensions, buffers beside the file
                raise PickleRefused("its pickle does what no checkpoint needs")
            what(argument)
        raise ValueError("the pickle has no end")

    def _top(self) -> Any:
        top = self._stack[-1]
        if top is _MARK:
            raise ValueError("a mark is no object")
        return top

    def _pop(self) -> Any:
        top = self._top()
        del self._stack[-1]
        return top

    def _drop(self) -> None:
        del self._stack[-1]

    def _drop_to_mark(self) -> None:
        self._to_mark()

    def _to_mark(self) -> list[Any]:
        """What lies above the last mark, in order; the mark goes, too."""
        found: list[Any] = []
        while (top := self._stack.pop()) is not _MARK:
            found.append(top)
        found.reverse()
        return found

    def _tuple(self, length: int) -> None:
        found = [self._pop() for _ in range(length)]
        self._stack.append(tuple(found[::-1]))

    def _remember(self, place: int) -> None:
        self._memo[place] = self._top()

    def _recall(self, place: int) -> None:
        try:
            self._stack.append(self._memo[place])
        except KeyError as error:
            raise ValueError("nothing is remembered there") from error

    def _require_protocol(self, protocol: int) -> None:
        if protocol > _LARGEST_PROTOCOL:
            raise ValueError("a newer protocol")

    def _dict(self, _argument: object) -> None:
        pairs = self._to_mark()
        self._stack.append({})
        self._set(pairs)

    def _extend(self, values: list[Any]) -> None:
        target = self._top()
        if isinstance(target, list):
            target.extend(values)
        elif isinstance(target, Record):
            target.items.extend(values)
        else:
            raise TypeError("nothing can be appended to it")

    def _set(self, pairs: list[Any]) -> None:
        target = self._top()
        entries = target.entries if isinstance(target, Record) else target
        if not isinstance(entries, dict) or len(pairs) % 2:
            raise TypeError("no item of it can be set")
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            if isinstance(key, str) or (type(key) is int and abs(key) < _LARGEST_KEY):
                entries[key] = value

    def _global(self, argument: str) -> None:
        module, _, name = argument.partition(" ")
        self._stack.append(_named(module, name))

    def _stack_global(self, _argument: object) -> None:
        name, module = self._pop(), self._pop()
        if not (isinstance(name, str) and isinstance(module, str)):
            raise TypeError("a name is a word")
        self._stack.append(_named(module, name))

    def _reduce(self, _argument: object) -> None:
        arguments, what = self._pop(), self._pop()
        self._stack.append(self._called(what, arguments))

    def _new_with_names(self, _argument: object) -> None:
        named, arguments, what = self._pop(), self._pop(), self._pop()
        if not isinstance(named, dict):
            raise TypeError("named arguments have names")
        made = self._called(what, arguments)
        if isinstance(made, Record):
            made.entries.update(named)
        self._stack.append(made)

    def _object(self, _argument: object) -> None:
        what, *arguments = self._to_mark()
        self._stack.append(self._called(what, tuple(arguments)))

    def _instance(self, argument: str) -> None:
        module, _, name = argument.partition(" ")
        arguments = tuple(self._to_mark())
        self._stack.append(self._called(_named(module, name), arguments))

    def _called(self, what: object, arguments: object) -> Any:
        if not isinstance(arguments, tuple):
            raise TypeError("arguments are a tuple")
        if isinstance(what, Record):  # what was made by a call is called
            return Record(what.kind, arguments, state=what)
        if not isinstance(what, Global):
            raise TypeError("this cannot be called")
        _require_harmless(what)
        return call(what, arguments, self._nested)

    def _build(self, _argument: object) -> None:
        state, target = self._pop(), self._top()
        if isinstance(target, Global):
            raise PickleRefused("its pickle changes a class", str(target))
        if isinstance(target, Record):
            target.state = state


_PUSHES = (
    "INT BININT BININT1 BININT2 LONG LONG1 LONG4 FLOAT BINFLOAT STRING BINSTRING "
    "SHORT_BINSTRING UNICODE BINUNICODE SHORT_BINUNICODE BINUNICODE8 BINBYTES "
    "SHORT_BINBYTES BINBYTES8 BYTEARRAY8"
)


def _named(module: str, name: str) -> Global:
    if len(module) > _LONGEST_NAME or len(name) > _LONGEST_NAME:
        raise ValueError("no name is so long")
    return Global(module, name)


def _require_harmless(what: Global) -> None:
    """A call that no model needs is not only left out: whoever made the file meant harm.

    Raises:
        PickleRefused: it is such a call.
    """
    root = what.module.partition(".")[0]
    first = what.name.partition(".")[0]
    inner = set(what.name.split(".")) | set(what.module.split("."))
    if (
        root in _DANGEROUS_MODULES
        or (root in _BUILTINS and first in _DANGEROUS_BUILTINS)
        or (root != first and inner & {"os", "subprocess", "__globals__", "__builtins__"})
    ):
        raise PickleRefused("it calls what could run any code", str(what))
