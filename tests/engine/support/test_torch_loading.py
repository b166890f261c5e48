"""Importing torch gently gives the same torch, and leaves the interpreter as it was."""

from __future__ import annotations

import subprocess
import sys


def output_of(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_torch_works_and_the_interpreter_is_as_before() -> None:
    program = """
import gc, sys
sys.setswitchinterval(0.0042)
from camviewer.engine.support.torch_loading import load_torch
assert "torch" not in sys.modules
load_torch()
assert "torch" in sys.modules
assert gc.isenabled()
assert abs(sys.getswitchinterval() - 0.0042) < 1e-6
import torch
weight = torch.arange(6.0).reshape(2, 3).requires_grad_()
(weight @ torch.ones(3)).sum().backward()
assert weight.grad.tolist() == [[1.0] * 3] * 2
convolved = torch.nn.Conv2d(3, 4, 3)(torch.rand(1, 3, 8, 8))
print(tuple(convolved.shape))
"""
    assert output_of(program) == "(1, 4, 6, 6)"


def test_a_collector_that_was_off_stays_off_and_a_second_call_does_nothing() -> None:
    program = """
import gc, sys
from camviewer.engine.support.torch_loading import load_torch
gc.disable()
load_torch()
assert not gc.isenabled()
frozen = gc.get_freeze_count()
assert frozen > 10_000
load_torch()
print(gc.get_freeze_count() == frozen)
"""
    assert output_of(program) == "True"


def test_what_is_there_when_nothing_is_imported_is_collected_once_it_is_dropped() -> None:
    program = """
import gc, weakref
from camviewer.engine.support.torch_loading import others_may_run
class Closed:
    pass
with others_may_run():
    import fractions
closed = Closed()
closed.itself = closed
left = weakref.ref(closed)
with others_may_run():
    import fractions
del closed
gc.collect()
print(left() is None)
"""
    assert output_of(program) == "True"


def test_it_may_run_beside_the_main_thread() -> None:
    program = """
import sys, threading
from camviewer.engine.support.torch_loading import load_torch
worker = threading.Thread(target=load_torch)
worker.start()
worker.join()
import torch
print(float(torch.ones(3).sum()))
"""
    assert output_of(program) == "3.0"


def test_without_dlopen_a_plain_import_does_the_same() -> None:
    program = """
import ctypes, sys
from camviewer.engine.support import torch_loading
torch_loading.find_spec = lambda name: None
torch_loading.load_torch()
import torch
print(float(torch.ones(3).sum()))
"""
    assert output_of(program) == "3.0"
